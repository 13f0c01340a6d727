"""The list of transfers, in which thousands move ten times a second and few are seen."""

from collections.abc import Sequence

from PySide6.QtCore import QPoint, Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QTreeView

from desktop.ui.rows import Index, RowsView


class TransfersView(RowsView):
    deleted = Signal()
    """The key of that name was pressed."""

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() == Qt.Key.Key_Delete:
            self.deleted.emit()
        else:
            super().keyPressEvent(event)

    def dataChanged(self, first: Index, last: Index, roles: Sequence[int] = ()) -> None:
        """Only of what is seen, and drawn anew without more: a tree would ask of each row of the range
        whether it has children now, and measure all texts of the first one. Neither ever changes here; that
        takes ten times as long as all else when thousands move, this as long where one does."""
        if first.parent().isValid():
            super().dataChanged(first, last, roles)
            return
        top, bottom = self._row_at(0), self._row_at(self.viewport().height() - 1)
        begin = max(first.row(), 0 if top is None else top)
        end = min(last.row(), self.model().rowCount() - 1 if bottom is None else bottom)
        if begin <= end:
            model = self.model()
            super(QTreeView, self).dataChanged(model.index(begin, 0), model.index(end, last.column()), roles)

    def _row_at(self, y: int) -> int | None:
        """In no other; None below the last."""
        index = self.indexAt(QPoint(1, y))
        while index.parent().isValid():
            index = index.parent()
        return index.row() if index.isValid() else None
