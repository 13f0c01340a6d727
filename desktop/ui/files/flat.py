"""Any number of files as one list: the engine's order of them, and the texts of those seen last."""

from collections import OrderedDict
from collections.abc import Callable, Iterable, Sequence
from typing import Any

from PySide6.QtCore import (
    QAbstractTableModel,
    QEvent,
    QItemSelection,
    QItemSelectionModel,
    QMimeData,
    QModelIndex,
    QPersistentModelIndex,
    QRect,
    Qt,
    QTimer,
    Signal,
)
from PySide6.QtGui import QKeyEvent, QPainter, QPaintEvent, QResizeEvent
from PySide6.QtWidgets import QHeaderView, QTableView

from desktop.engine.file_views import FileRow, FilesFound
from desktop.ui.files.drags import MimeOf
from desktop.ui.files.texts import (
    AVAILABILITY,
    COLUMNS,
    DRAGGED,
    READ,
    WIDEST,
    Line,
    MembersOf,
    StateOf,
    line,
)
from desktop.ui.rows import BarDelegate, RowDelegate, chooses, draw_ring
from desktop.ui.theme import row_px
from desktop.ui.words import tr

Index = QModelIndex | QPersistentModelIndex
FLUSH_MS = 100
LINES_MAX = 1024
"""Kept with their texts."""
BLOCK = 128
"""Lines that are asked for at once."""
_ASKED_MAX = 4
"""Blocks that are waited for; of one who scrolls fast the others are of no interest any more."""
_NAME_CHARS = 26
_NEAR = 2000
"""How far a line that is selected may have moved to be found again in a list of any length."""
_FOUND_ALL_MAX = 50_000


class FlatModel(QAbstractTableModel):
    wanted = Signal(list)
    """Ids of lines that are looked at, whose texts are not here or not new: tell() is to bring them."""
    sort_wanted = Signal(int, bool)
    """Column, and whether downwards."""

    def __init__(self, state_of: StateOf, members_of: MembersOf, mime_of: MimeOf | None = None) -> None:
        super().__init__()
        self._mime_of = mime_of
        self._state_of, self._members_of = state_of, members_of
        self._order: Sequence[int] = []
        self._lines: OrderedDict[int, Line | None] = OrderedDict()
        """None for one that is gone meanwhile."""
        self._stale: set[int] = set()
        """Of those: what is shown until there is newer."""
        self._asked: OrderedDict[int, None] = OrderedDict()
        """Blocks."""
        self._waits = False
        """For an answer to `wanted`."""
        self._visible: Callable[[], range] = lambda: range(0)
        self._ask = QTimer(self, singleShot=True, interval=0)
        self._ask.timeout.connect(self._ask_blocks)
        self._flush = QTimer(self, singleShot=True, interval=FLUSH_MS)
        self._flush.timeout.connect(self._look_again)
        self.totals = (0, 0)
        """Files, bytes."""

    def watch(self, visible: Callable[[], range]) -> None:
        """`visible`: the rows that a person sees now; none while the view is hidden."""
        self._visible = visible

    def show(self, found: FilesFound) -> None:
        """Costs the same for any number of lines: those that are seen are drawn again, no row is touched."""
        before, after = len(self._order), len(found.order)
        self.totals = (found.files, found.size)
        self._stale.update(self._lines)
        self._asked.clear()
        if after > before:
            self.beginInsertRows(QModelIndex(), before, after - 1)
        elif after < before:
            self.beginRemoveRows(QModelIndex(), after, before - 1)
        self._order = found.order
        if after > before:
            self.endInsertRows()
        elif after < before:
            self.endRemoveRows()
        self._keep(found.rows)
        self._draw(self._visible())
        self._look_again()

    def tell(self, ids: Sequence[int], rows: Sequence[FileRow]) -> None:
        """The answer to `wanted`."""
        self._waits = False
        self._keep(rows)
        for id_ in set(ids).difference(row.id for row in rows):
            self._lines[id_] = None
            self._stale.discard(id_)
        self._draw(self._visible())
        if self._asked:
            self._ask.start()
        elif self._stale:
            self._flush.start()

    def no_answer(self) -> None:
        self._waits = False

    def _keep(self, rows: Iterable[FileRow]) -> None:
        for row in rows:
            self._lines[row.id] = line(row, self._state_of, self._members_of)
            self._lines.move_to_end(row.id)
            self._stale.discard(row.id)
        while len(self._lines) > LINES_MAX:
            self._stale.discard(self._lines.popitem(last=False)[0])

    def changed(self, ids: Iterable[int]) -> None:
        """Something about these is different, but not their place. Any number, any number of times: ten
        times a second what is seen of it is asked for again."""
        known = self._lines.keys() & ids if isinstance(ids, set) else {i for i in ids if i in self._lines}
        if known:
            self._stale |= known
            if not self._flush.isActive():
                self._flush.start()

    def all_changed(self) -> None:
        self.changed(set(self._lines))

    def states_changed(self) -> None:
        """What the transfers say."""
        self._keep([known.row for known in self._lines.values() if known])
        self._draw(self._visible())

    def id_at(self, row: int) -> int:
        return self._order[row]

    def line_at(self, row: int) -> Line | None:
        """None if its texts are not here."""
        return self._lines.get(self._order[row])

    def row_of(self, id_: int, near: int) -> int | None:
        """Where it is now. In a long list only looked for around `near`."""
        few = len(self._order) <= _FOUND_ALL_MAX
        first = 0 if few else max(0, near - _NEAR)
        last = len(self._order) if few else near + _NEAR
        try:
            return first + list(self._order[first:last]).index(id_)
        except ValueError:
            return None

    def _draw(self, rows: range) -> None:
        if rows:
            last = min(rows[-1], len(self._order) - 1)
            self.dataChanged.emit(self.index(rows[0], 0), self.index(last, len(COLUMNS) - 1))

    def _want(self, row: int) -> None:
        block = row // BLOCK
        if block not in self._asked:
            self._asked[block] = None
            while len(self._asked) > _ASKED_MAX:
                self._asked.popitem(last=False)
            if not self._waits:
                self._ask.start()

    def _ask_blocks(self) -> None:
        blocks = [self._order[block * BLOCK : (block + 1) * BLOCK] for block in self._asked]
        ids = [id_ for block in blocks for id_ in block if id_ not in self._lines]
        ids += [id_ for id_ in self._seen() if id_ in self._stale]
        self._asked.clear()
        if ids:
            self._waits = True
            self.wanted.emit(ids)

    def _look_again(self) -> None:
        if not self._waits and any(id_ in self._stale for id_ in self._seen()):
            self._ask.start()

    def _seen(self) -> list[int]:
        rows = self._visible()
        return list(self._order[rows.start : rows.stop])

    def sort(self, column: int, order: Qt.SortOrder = Qt.SortOrder.AscendingOrder) -> None:
        self.sort_wanted.emit(column, order is Qt.SortOrder.DescendingOrder)

    def flags(self, index: Index) -> Qt.ItemFlag:
        return DRAGGED if index.isValid() else Qt.ItemFlag.NoItemFlags

    def mimeData(self, indexes: Sequence[QModelIndex]) -> QMimeData:
        lines = [self.line_at(index.row()) for index in indexes if index.column() == 0]
        return self._mime_of([one.row for one in lines if one]) if self._mime_of else QMimeData()

    def supportedDragActions(self) -> Qt.DropAction:
        return Qt.DropAction.CopyAction  # what is shared stays where it is

    def rowCount(self, parent: Index = QModelIndex()) -> int:
        return 0 if parent.isValid() else len(self._order)

    def columnCount(self, parent: Index = QModelIndex()) -> int:
        return 0 if parent.isValid() else len(COLUMNS)

    def headerData(
        self, section: int, orientation: Qt.Orientation, role: int = Qt.ItemDataRole.DisplayRole
    ) -> Any:
        if orientation is Qt.Orientation.Horizontal and role == Qt.ItemDataRole.DisplayRole:
            return tr(COLUMNS[section])
        return None

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        read = READ.get(role)
        if read is None:
            return None
        id_ = self._order[index.row()]
        known = self._lines.get(id_)
        if known is None and id_ not in self._lines:
            self._want(index.row())
        elif id_ in self._stale and not self._flush.isActive():
            self._flush.start()
        return read(known, index.column()) if known else None


class FlatView(QTableView):
    """One line a row, of one height. Columns for which there is no room beside the names are left out."""

    def __init__(self, model: FlatModel) -> None:
        super().__init__()
        self.setObjectName("filesFlat")
        self.setAccessibleName(tr("Files"))
        self._model = model
        self.setModel(model)
        model.watch(self._seen)
        self._left_out: set[int] = set()
        self._widths: dict[int, int] = {}
        self._dispensable: Sequence[int] = ()
        self._name_px = 0
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
        header.setMinimumSectionSize(40)
        header.setDefaultAlignment(Qt.AlignmentFlag.AlignLeading | Qt.AlignmentFlag.AlignVCenter)

    def set_columns(self, chars: list[int], dispensable: Sequence[int]) -> None:
        """Widths in digits for all but the first, which takes the rest; where that would be too little for
        a name, they go in the order of `dispensable`."""
        header = self.horizontalHeader()
        header.setSectionResizeMode(0, QHeaderView.ResizeMode.Stretch)
        digit = self.fontMetrics().horizontalAdvance("0")
        for column, count in enumerate(chars, start=1):
            self._widths[column] = digit * count + 16
            header.resizeSection(column, self._widths[column])
        self._name_px = digit * _NAME_CHARS
        self._dispensable = dispensable

    def leave_out(self, columns: set[int]) -> None:
        self._left_out = columns
        self._hide()

    def show_found(self, found: FilesFound, *, anew: bool) -> None:
        """`anew`: another list than before, so that it is seen from its top and nothing is selected."""
        selection = self.selectionModel()
        chosen = [] if anew else [(self._model.id_at(row), row) for row in self.chosen_rows(LINES_MAX)]
        current = self.currentIndex()
        at = (self._model.id_at(current.row()), current.row()) if current.isValid() and not anew else None
        selection.blockSignals(True)
        selection.clear()
        self._model.show(found)
        if anew:
            self.scrollToTop()
        found_again = QItemSelection()
        for id_, before in chosen:
            if (row := self._model.row_of(id_, before)) is not None:
                found_again.select(self._model.index(row, 0), self._model.index(row, 0))
        flags = QItemSelectionModel.SelectionFlag
        if at and (row := self._model.row_of(*at)) is not None:
            selection.setCurrentIndex(self._model.index(row, 0), flags.NoUpdate)
        selection.select(found_again, flags.ClearAndSelect | flags.Rows)
        selection.blockSignals(False)
        selection.selectionChanged.emit(QItemSelection(), QItemSelection())
        self.viewport().update()

    def chosen_rows(self, at_most: int) -> list[int]:
        rows: list[int] = []
        for part in self.selectionModel().selection().toList():
            rows += range(part.top(), min(part.bottom(), part.top() + at_most - len(rows)) + 1)
            if len(rows) >= at_most:
                break
        return rows[:at_most]

    @property
    def chosen_count(self) -> int:
        return sum(part.height() for part in self.selectionModel().selection().toList())

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
        for column in self._dispensable:
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
