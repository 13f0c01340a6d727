"""The list of transfers, in which thousands move ten times a second and few are seen.

Beside a transfer at full speed many threads want Python's lock, and may have it whenever Qt is called, or
calls what is written here, or a rectangle is freed. What happens ten times a second does little of all that.
"""

from collections.abc import Iterable, Sequence

from PySide6.QtCore import QPoint, QRect, Qt, Signal
from PySide6.QtGui import QAccessible, QKeyEvent, QPainter, QPaintEvent, QRegion
from PySide6.QtWidgets import QStyleOptionViewItem, QTreeView

from desktop.ui.amounts import widest
from desktop.ui.rows import AT_THE_END, BarDelegate, Index, RowDelegate, RowsView
from desktop.ui.transfers.model import TransfersModel
from desktop.ui.transfers.rows import COLUMNS, NAME, NUMBERS, PROGRESS
from desktop.ui.words import tr


class TransfersView(RowsView):
    deleted = Signal()
    """The key of that name was pressed."""

    def __init__(self, model: TransfersModel) -> None:
        super().__init__("transfers", tr("Transfers"))
        self.rows = model
        self._damaged: QRegion | None = None
        """While it is painted, what of it."""
        self.setModel(model)
        self.setItemDelegate(_Cell(self))
        self.setItemDelegateForColumn(PROGRESS, _BarCell(self, widest(self.fontMetrics())))

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() == Qt.Key.Key_Delete:
            self.deleted.emit()
        else:
            super().keyPressEvent(event)

    def paintEvent(self, event: QPaintEvent) -> None:
        self._damaged = event.region()
        super().paintEvent(event)
        self._damaged = None

    def is_to_draw(self, cell: QRect) -> bool:
        """Qt has more cells of a row drawn than look different."""
        return self._damaged is None or self._damaged.intersects(cell)

    def dataChanged(self, first: Index, last: Index, roles: Sequence[int] = ()) -> None:
        """Only of cells that are seen and look different, and drawn anew without more: a tree would ask of
        each row of the range whether it has children now, and measure all texts of the first one. Neither
        ever changes here; that takes ten times as long as all else when thousands move."""
        if first.internalId():  # files of one
            super().dataChanged(first, last, roles)
            return
        begin, end = first.row(), last.row()
        if begin < end:
            top, bottom = self._top_at(0), self._top_at(self.viewport().height() - 1)
            begin = begin if top is None else max(begin, top)
            end = end if bottom is None else min(end, bottom)
        for row in range(begin, end + 1):
            if columns := self.rows.renew(row):
                self._redraw(row, columns)

    def _redraw(self, row: int, columns: Iterable[int]) -> None:
        line = self.visualRect(self.rows.index(row, NAME))
        for column in columns:
            cell = QRect(
                self.columnViewportPosition(column), line.y(), self.columnWidth(column), line.height()
            )
            self.viewport().update(cell)
        if QAccessible.isActive():
            first, last = self.rows.index(row, 0), self.rows.index(row, len(COLUMNS) - 1)
            super(QTreeView, self).dataChanged(first, last)

    def _top_at(self, y: int) -> int | None:
        """None below the last."""
        index = self.indexAt(QPoint(1, y))
        return self.rows.top(index) if index.isValid() else None


class _Cell(RowDelegate):
    """Draws what the model's row says, without asking by way of Qt."""

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: Index) -> None:
        view = option.widget
        assert isinstance(view, TransfersView)
        if view.is_to_draw(option.rect):
            super().paint(painter, option, index)

    def initStyleOption(self, option: QStyleOptionViewItem, index: Index) -> None:
        view = option.widget
        assert isinstance(view, TransfersView)
        row, column = view.rows.row(index), index.column()
        option.index = index  # type: ignore[assignment]  # of either kind
        option.text = row.texts[column]
        option.features |= QStyleOptionViewItem.ViewItemFeature.HasDisplay
        if column in NUMBERS:
            option.displayAlignment = AT_THE_END
        self.dress(option, None if column else row.icon, is_faded=row.faded)


class _BarCell(_Cell, BarDelegate):
    pass
