"""Any number of files as one list: the engine's order of them, and the texts of those seen last."""

from collections import OrderedDict
from collections.abc import Callable, Iterable, Mapping, Sequence
from typing import Any

from PySide6.QtCore import (
    QAbstractTableModel,
    QMimeData,
    QModelIndex,
    QPersistentModelIndex,
    Qt,
    QTimer,
    Signal,
)

from desktop.engine.file_views import FileRow, FilesFound
from desktop.ui.files.drags import MimeOf
from desktop.ui.files.texts import (
    COLUMNS,
    DRAGGED,
    READ,
    Line,
    MembersOf,
    StateOf,
    line,
    title,
)

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
        self._visible: Callable[[], range]
        self.unwatch()
        self._ask = QTimer(self, singleShot=True, interval=0)
        self._ask.timeout.connect(self._ask_blocks)
        self._flush = QTimer(self, singleShot=True, interval=FLUSH_MS)
        self._flush.timeout.connect(self._look_again)
        self.totals = (0, 0)
        """Files, bytes."""

    def watch(self, visible: Callable[[], range]) -> None:
        """`visible`: the rows that a person sees now; none while the view is hidden."""
        self._visible = visible

    def unwatch(self) -> None:
        """The view is gone, and a timer may still be due."""
        self._visible = lambda: range(0)

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

    def rows_now(self, before: Mapping[int, int]) -> dict[int, int]:
        """Where lines are that stood in those rows before, by their ids. In a long list they are only looked
        for around there. Costs one look at each line of the list, or of 4,000 around each that is asked for.
        """
        spans: list[list[int]] = []
        for row in sorted(before.values()):
            few = len(self._order) <= _FOUND_ALL_MAX
            first, last = (0, len(self._order)) if few else (max(0, row - _NEAR), row + _NEAR)
            if spans and first <= spans[-1][1]:
                spans[-1][1] = last
            else:
                spans.append([first, last])
        around = (enumerate(self._order[first:last], first) for first, last in spans)
        return {id_: row for lines in around for row, id_ in lines if id_ in before}

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
        return title(section, role) if orientation is Qt.Orientation.Horizontal else None

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
