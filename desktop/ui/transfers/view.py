"""The list of transfers, in which thousands move ten times a second and few are seen."""

from collections.abc import Sequence

from PySide6.QtCore import QPoint, QRect, Qt, Signal
from PySide6.QtGui import QKeyEvent, QPainter, QPaintEvent, QRegion
from PySide6.QtWidgets import QStyleOptionViewItem, QTreeView

from desktop.ui.amounts import widest
from desktop.ui.rows import BarDelegate, Index, RowDelegate, RowsView
from desktop.ui.transfers.model import TransfersModel
from desktop.ui.transfers.rows import PROGRESS
from desktop.ui.words import tr


class TransfersView(RowsView):
    deleted = Signal()
    """The key of that name was pressed."""

    def __init__(self, model: TransfersModel) -> None:
        super().__init__("transfers", tr("Transfers"))
        self._transfers = model
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
        """Qt has all cells of a row drawn where one is another."""
        return self._damaged is None or self._damaged.intersects(cell)

    def dataChanged(self, first: Index, last: Index, roles: Sequence[int] = ()) -> None:
        """Only of cells that are seen and look different, and drawn anew without more: a tree would ask of
        each row of the range whether it has children now, and measure all texts of the first one. Neither
        ever changes here; that takes ten times as long as all else when thousands move."""
        if first.parent().isValid():
            super().dataChanged(first, last, roles)
            return
        model = self._transfers
        top, bottom = self._row_at(0), self._row_at(self.viewport().height() - 1)
        begin = max(first.row(), 0 if top is None else top)
        end = min(last.row(), model.rowCount() - 1 if bottom is None else bottom)
        for row in range(begin, end + 1):
            for column in model.renew(row):
                cell = model.index(row, column)
                super(QTreeView, self).dataChanged(cell, cell, roles)

    def _row_at(self, y: int) -> int | None:
        """In no other; None below the last."""
        index = self.indexAt(QPoint(1, y))
        while index.parent().isValid():
            index = index.parent()
        return index.row() if index.isValid() else None


class _Cell(RowDelegate):
    def __init__(self, view: TransfersView) -> None:
        super().__init__(view)
        self._view = view

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: Index) -> None:
        if self._view.is_to_draw(option.rect):
            super().paint(painter, option, index)


class _BarCell(BarDelegate):
    def __init__(self, view: TransfersView, widest: str) -> None:
        super().__init__(view, widest)
        self._view = view

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: Index) -> None:
        if self._view.is_to_draw(option.rect):
            super().paint(painter, option, index)
