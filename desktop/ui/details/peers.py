"""The people of a download in two lines each: who and how fast, then what they do and what they gave."""

from collections.abc import Callable
from typing import Any

from PySide6.QtCore import (
    QAbstractListModel,
    QModelIndex,
    QPersistentModelIndex,
    QRect,
    QSize,
    Qt,
)
from PySide6.QtGui import QColor, QPainter
from PySide6.QtWidgets import QApplication, QListView, QStyle, QStyledItemDelegate, QStyleOptionViewItem

from desktop.engine.views import SourceView
from desktop.ui import amounts
from desktop.ui.details import sayings
from desktop.ui.icons import icon
from desktop.ui.rows import ICON
from desktop.ui.theme import colours
from desktop.ui.words import tr

Index = QModelIndex | QPersistentModelIndex
LINES = Qt.ItemDataRole.UserRole + 10
"""(first, its end, second, its end) of a row."""
_ROW_PX = 46
_ICON_PX = 18
Lines = tuple[str, str, str, str]


class TwoLineDelegate(QStyledItemDelegate):
    def sizeHint(self, _option: QStyleOptionViewItem, _index: Index) -> QSize:
        return QSize(120, _ROW_PX)

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
        painter.drawPixmap(place(0, (_ROW_PX - _ICON_PX) // 2, _ICON_PX, _ICON_PX), picture)
        start, half = _ICON_PX + 10, _ROW_PX // 2 - 3
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


class PeersModel(QAbstractListModel):
    def __init__(self) -> None:
        super().__init__()
        self._peers: list[SourceView] = []

    def show(self, peers: list[SourceView]) -> None:
        """Who moves most now comes first, then who gave most."""
        peers = sorted(peers, key=lambda peer: (peer.state == "gone", -peer.given, peer.user, peer.device))
        if [one.device for one in peers] != [one.device for one in self._peers]:
            self.beginResetModel()
            self._peers = peers
            self.endResetModel()
        elif peers != self._peers:
            self._peers = peers
            self.dataChanged.emit(self.index(0), self.index(len(peers) - 1))

    def rowCount(self, parent: Index = QModelIndex()) -> int:
        return 0 if parent.isValid() else len(self._peers)

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        read = _READ.get(role)
        return read(self._peers[index.row()]) if read else None


def _lines(peer: SourceView) -> Lines:
    down, up = (f"{arrow} {amounts.rate(rate)}" for arrow, rate in (("↓", peer.down), ("↑", peer.up)))
    does = "  ·  ".join(filter(None, (sayings.peer_state(peer), sayings.peer_amounts(peer))))
    return amounts.name(peer.user), down, does, up


def _tip(peer: SourceView) -> str:
    lines = [amounts.name(peer.user)]
    if peer.address:
        lines.append(tr("at {address}", address=amounts.isolated(peer.address)))
    if peer.proven:
        lines.append(tr("Membership proven: their key is that of a member"))
    return "\n".join(lines)


_READ: dict[int, Callable[[SourceView], Any]] = {
    Qt.ItemDataRole.AccessibleTextRole: sayings.peer_said,
    Qt.ItemDataRole.ToolTipRole: _tip,
    LINES: _lines,
    ICON: lambda peer: ("proven", "good") if peer.proven else ("offline", "muted"),
}
