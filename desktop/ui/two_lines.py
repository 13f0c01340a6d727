"""Lists whose rows have two lines, each with something at its end: people, trackers."""

from collections.abc import Callable, Mapping, Sequence
from typing import Any

from PySide6.QtCore import QAbstractListModel, QModelIndex, QPersistentModelIndex, QRect, QSize, Qt
from PySide6.QtGui import QColor, QPainter
from PySide6.QtWidgets import QApplication, QListView, QStyle, QStyledItemDelegate, QStyleOptionViewItem

from desktop.ui.icons import icon
from desktop.ui.rows import ICON
from desktop.ui.theme import colours

Index = QModelIndex | QPersistentModelIndex
LINES = Qt.ItemDataRole.UserRole + 10
"""(first, its end, second, its end) of a row."""
ROW_PX = 46
_ICON_PX = 18
Lines = tuple[str, str, str, str]


class TwoLineDelegate(QStyledItemDelegate):
    def sizeHint(self, _option: QStyleOptionViewItem, _index: Index) -> QSize:
        return QSize(120, ROW_PX)

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: Index) -> None:
        drawn = QStyleOptionViewItem(option)
        self.initStyleOption(drawn, index)
        drawn.text = ""
        QApplication.style().drawControl(QStyle.ControlElement.CE_ItemViewItem, drawn, painter, option.widget)
        lines: Lines = index.data(LINES)
        shape, colour = index.data(ICON)
        theme, metrics = colours(option.palette), option.fontMetrics
        whole = option.rect.adjusted(12, 0, -12, 0)

        def place(x: int, y: int, width: int, height: int) -> QRect:
            rect = QRect(whole.left() + x, whole.top() + y, width, height)
            return QStyle.visualRect(option.direction, whole, rect)

        picture = icon(shape, getattr(theme, colour)).pixmap(_ICON_PX, _ICON_PX)
        painter.drawPixmap(place(0, (ROW_PX - _ICON_PX) // 2, _ICON_PX, _ICON_PX), picture)
        start, half = _ICON_PX + 10, ROW_PX // 2 - 3
        leading = Qt.AlignmentFlag.AlignVCenter | Qt.AlignmentFlag.AlignLeading
        trailing = Qt.AlignmentFlag.AlignVCenter | Qt.AlignmentFlag.AlignTrailing
        for y, text, end, ink in (
            (3, lines[0], lines[1], theme.text),
            (half + 3, lines[2], lines[3], theme.muted),
        ):
            end_px = metrics.horizontalAdvance(end) + 8 if end else 0
            room = max(whole.width() - start - end_px, 0)
            said = metrics.elidedText(text, Qt.TextElideMode.ElideRight, room)
            painter.setPen(QColor(ink))
            painter.drawText(place(start, y, room, half), leading, said)
            painter.drawText(place(start + room, y, end_px, half), trailing, end)


class TwoLineView(QListView):
    def __init__(self, name: str, said: str) -> None:
        super().__init__()
        self.setObjectName(name)
        self.setAccessibleName(said)
        self.setUniformItemSizes(True)
        self.setItemDelegate(TwoLineDelegate(self))
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setEditTriggers(QListView.EditTrigger.NoEditTriggers)


class TwoLineModel(QAbstractListModel):
    def __init__(self, key: Callable[[Any], object], read: Mapping[int, Callable[[Any], object]]) -> None:
        """`key`: which row it is; `read`: what a view asks for, of a row."""
        super().__init__()
        self._rows: list[Any] = []
        self._key, self._read = key, read

    def show_rows(self, rows: Sequence[Any]) -> None:
        """A view keeps what it is at as long as the rows are the same ones, in whatever order."""
        rows = list(rows)
        before, now = ([self._key(one) for one in many] for many in (self._rows, rows))
        if set(now) != set(before):
            self.beginResetModel()
            self._rows = rows
            self.endResetModel()
        elif now != before:
            self.layoutAboutToBeChanged.emit()
            kept = self.persistentIndexList()
            self._rows = rows
            at = {key: self.index(row) for row, key in enumerate(now)}
            self.changePersistentIndexList(kept, [at[before[index.row()]] for index in kept])
            self.layoutChanged.emit()
        elif rows != self._rows:
            self._rows = rows
            self.dataChanged.emit(self.index(0), self.index(len(rows) - 1))

    def rowCount(self, parent: Index = QModelIndex()) -> int:
        return 0 if parent.isValid() else len(self._rows)

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        read = self._read.get(role)
        return read(self._rows[index.row()]) if read else None
