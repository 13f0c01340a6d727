"""Any number of files as one list, on show: one line a row, columns as there is room, what is chosen."""

from collections import Counter

from PySide6.QtCore import (
    QEvent,
    QItemSelection,
    QItemSelectionModel,
    QModelIndex,
    QPersistentModelIndex,
    QRect,
    Qt,
    Signal,
)
from PySide6.QtGui import QKeyEvent, QPainter, QPaintEvent, QResizeEvent
from PySide6.QtWidgets import QHeaderView, QTableView

from desktop.engine.file_views import FileRow, FilesFound
from desktop.ui.files.drag_picture import drag
from desktop.ui.files.drags import CHOSEN_MAX, DRAGGED_MAX, Chosen
from desktop.ui.files.flat_model import LINES_MAX, FlatModel
from desktop.ui.files.texts import AVAILABILITY, WIDEST
from desktop.ui.rows import BarDelegate, RowDelegate, chooses, column_px, draw_ring, runs_of
from desktop.ui.theme import row_px
from desktop.ui.words import tr

Index = QModelIndex | QPersistentModelIndex
_CHARS = [0, 15, 12, 13, 14, 18, 13]
"""Widths as of column_px() of all columns but the first, which takes the rest."""
_NAME_CHARS = 26
_DISPENSABLE = (4, 3, 5, 2, 1, 7, 6)
"""In this order they go where there would be less room for a name."""


class FlatView(QTableView):
    """One line a row, of one height. Columns for which there is no room beside the names are left out."""

    typed = Signal(str)
    """What is looked for. Qt would ask each of a million lines whether it begins so."""

    def __init__(self, model: FlatModel) -> None:
        super().__init__()
        self.setObjectName("filesFlat")
        self.setAccessibleName(tr("Files"))
        self._model = model
        self.setModel(model)
        model.watch(self._seen)
        self.destroyed.connect(model.unwatch)
        self._left_out: set[int] = set()
        self._widths: dict[int, int] = {}
        self.setItemDelegate(RowDelegate(self))
        self.setItemDelegateForColumn(AVAILABILITY, BarDelegate(self, WIDEST))
        self.setSelectionBehavior(QTableView.SelectionBehavior.SelectRows)
        self.setSelectionMode(QTableView.SelectionMode.ExtendedSelection)
        self.setEditTriggers(QTableView.EditTrigger.NoEditTriggers)
        self.setContextMenuPolicy(Qt.ContextMenuPolicy.CustomContextMenu)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setVerticalScrollMode(QTableView.ScrollMode.ScrollPerPixel)
        self.setShowGrid(False)
        self.setTabKeyNavigation(False)
        self.setWordWrap(False)
        self.setCornerButtonEnabled(False)
        rows, header = self.verticalHeader(), self.horizontalHeader()
        rows.hide()
        rows.setSectionResizeMode(QHeaderView.ResizeMode.Fixed)
        self._set_heights()
        header.setHighlightSections(False)
        header.setSelectionModel(QItemSelectionModel(model, self))  # else it asks whether each line is chosen
        header.setMinimumSectionSize(40)
        header.setDefaultAlignment(Qt.AlignmentFlag.AlignLeading | Qt.AlignmentFlag.AlignVCenter)
        header.setSectionResizeMode(0, QHeaderView.ResizeMode.Stretch)
        for column, count in enumerate(_CHARS, start=1):
            self._widths[column] = column_px(count, self.fontMetrics())
            header.resizeSection(column, self._widths[column])
        self._name_px = self.fontMetrics().horizontalAdvance("0" * _NAME_CHARS)
        header.setSortIndicator(0, Qt.SortOrder.AscendingOrder)
        self.setSortingEnabled(True)

    def leave_out(self, columns: set[int]) -> None:
        self._left_out = columns
        self._hide()

    def show_found(self, found: FilesFound, *, anew: bool) -> None:
        """`anew`: another list than before, so that it is seen from its top and nothing is selected. Else
        what is selected, current and in sight is so still, wherever it is by now."""
        selection, model = self.selectionModel(), self._model
        is_all = not anew and 0 < self.chosen_count == model.rowCount()
        chosen, seen = ([], []) if anew else (self.chosen_rows(LINES_MAX), self._seen())
        current = self.currentIndex().row() if not anew else -1
        stood = {model.id_at(row): row for row in (*chosen, *seen, current) if row >= 0}
        selection.blockSignals(True)
        selection.clear()
        model.show(found)
        now = model.rows_now(stood)
        row_now = {row: now[id_] for id_, row in stood.items() if id_ in now}
        if anew:
            self.scrollToTop()
        else:
            self._scroll_along([row_now[row] - row for row in seen if row in row_now])
        flags = QItemSelectionModel.SelectionFlag
        if current in row_now:
            selection.setCurrentIndex(model.index(row_now[current], 0), flags.NoUpdate)
        runs = runs_of(sorted(row_now[row] for row in chosen if row in row_now))
        again = QItemSelection()
        for first, last in [(0, model.rowCount() - 1)] if is_all else runs:
            again.select(model.index(first, 0), model.index(last, 0))
        selection.select(again, flags.ClearAndSelect | flags.Rows)
        selection.blockSignals(False)
        selection.selectionChanged.emit(QItemSelection(), QItemSelection())
        self.viewport().update()

    def _scroll_along(self, moved: list[int]) -> None:
        """By as many rows as most of those went that are in sight; who is at the top stays there."""
        bar = self.verticalScrollBar()
        if moved and bar.value():
            self.updateGeometries()  # else it ends where it did with fewer rows
            bar.setValue(bar.value() + row_px() * Counter(moved).most_common(1)[0][0])

    def stand_at(self, id_: int, before: int) -> None:
        """Chooses the line that stood in the row `before`, where it is by now."""
        for row in self._model.rows_now({id_: before}).values():
            self.setCurrentIndex(self._model.index(row, 0))

    def keyboardSearch(self, search: str) -> None:
        self.typed.emit(search)

    def chosen_rows(self, at_most: int) -> list[int]:
        rows: list[int] = []
        for part in self.selectionModel().selection().toList():
            rows += range(part.top(), min(part.bottom(), part.top() + at_most - len(rows)) + 1)
            if len(rows) >= at_most:
                break
        return rows[:at_most]

    def startDrag(self, actions: Qt.DropAction) -> None:
        drag(self, [self._model.index(row, 0) for row in self.chosen_rows(DRAGGED_MAX)], actions)

    @property
    def chosen_count(self) -> int:
        return sum(part.height() for part in self.selectionModel().selection().toList())

    @property
    def totals(self) -> tuple[int, int]:
        return self._model.totals

    def chosen(self) -> list[Chosen]:
        """Of what is selected that whose texts are here."""
        return [Chosen(row.id, row.group, row.name) for row in self.chosen_files()]

    def chosen_files(self) -> list[FileRow]:
        lines = [self._model.line_at(row) for row in self.chosen_rows(CHOSEN_MAX)]
        return [one.row for one in lines if one]

    def chosen_unknown(self) -> list[int]:
        """Ids of lines that are selected and were never seen."""
        rows = self.chosen_rows(CHOSEN_MAX)
        return [self._model.id_at(row) for row in rows if self._model.line_at(row) is None]

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if not chooses(self, event):
            super().keyPressEvent(event)

    def resizeEvent(self, event: QResizeEvent) -> None:
        self._hide()
        super().resizeEvent(event)

    def changeEvent(self, event: QEvent) -> None:
        if event.type() == QEvent.Type.PaletteChange:
            self.viewport().update()
        if event.type() == QEvent.Type.StyleChange:  # which comes with another density
            self._set_heights()
        super().changeEvent(event)

    def currentChanged(self, current: Index, previous: Index) -> None:
        super().currentChanged(current, previous)
        self.viewport().update()  # of the ring, too, which is around all cells

    def paintEvent(self, event: QPaintEvent) -> None:
        super().paintEvent(event)
        at = self.currentIndex().row()
        if self.hasFocus() and at >= 0:
            row = QRect(0, self.rowViewportPosition(at), self.viewport().width(), self.rowHeight(at))
            draw_ring(self, QPainter(self.viewport()), row)

    def _set_heights(self) -> None:
        for tell in (
            self.verticalHeader().setMinimumSectionSize,
            self.verticalHeader().setDefaultSectionSize,
        ):
            tell(row_px())

    def _hide(self) -> None:
        wanted = self._widths.keys() - self._left_out
        for column in _DISPENSABLE:
            if self.width() - sum(self._widths[one] for one in wanted) >= self._name_px:
                break
            wanted.discard(column)
        for column in self._widths:
            self.setColumnHidden(column, column not in wanted)

    def _seen(self) -> range:
        if not self.isVisible() or not self._model.rowCount():
            return range(0)
        first = max(0, self.rowAt(0))
        last = self.rowAt(self.viewport().height() - 1)
        return range(first, (last if last >= 0 else self._model.rowCount() - 1) + 1)
