"""The transfers as a tree: downloads, newest on top, whose folders open to their files; or what is shared."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from typing import Any

from PySide6.QtCore import QAbstractItemModel, QModelIndex, QPersistentModelIndex, Qt

from desktop.engine.events import DownloadProgress
from desktop.engine.transfer_views import DownloadFile, SharedItem, Taken
from desktop.engine.views import DownloadView
from desktop.ui.rows import AT_THE_END, FADED, GAP, ICON, MILLE, TINT
from desktop.ui.transfers import rows
from desktop.ui.transfers.known import Known, key_of
from desktop.ui.transfers.rows import COLUMNS, NUMBERS, PROGRESS, SHARING, STATUS, Row
from desktop.ui.words import tr

Index = QModelIndex | QPersistentModelIndex
FILES_MAX = 1000
"""Of a folder, that are rows; how many there are beyond is said."""
REMOVED_MAX = 64
"""Rows that are taken out one by one; more go at once."""
_TOP = 0
"""Instead of the id of the download above a row."""
AskFiles = Callable[[int, int], list[DownloadFile]]


@dataclass
class _Top:
    """A row that is in no other."""

    view: DownloadView | SharedItem
    row: Row | None = None
    """Made when it is drawn: of thousands that change ten times a second, few are seen."""
    is_stale: bool = False
    """It says what was so before."""
    files: list[Row] | None = None
    """None: not asked for yet."""


class TransfersModel(QAbstractItemModel):
    def __init__(self, ask_files: AskFiles = lambda _id, _count: []) -> None:
        """`ask_files`: the first so many files of a download."""
        super().__init__()
        self._ask_files = ask_files
        self.known = Known()
        """To be asked; it is told by way of what is here."""
        self._rows: list[_Top] = []
        """On show, without the files."""
        self._row_of: dict[int, int] = {}

    # --- what it is told -------------------------------------------------------------------------

    def show_only(self, filter_: str) -> None:
        """One of FILTERS."""
        self.beginResetModel()
        self.known.filter = filter_
        self._rows = [_Top(view) for view in self.known.wanted()]
        self._place()
        self.endResetModel()

    def show(self, views: Iterable[DownloadView]) -> None:
        """All downloads as they are now, in the order they were started."""
        self.known.learn(views)
        if self.known.filter != SHARING:
            self._follow(list(self.known.wanted()))

    def show_items(self, items: list[SharedItem]) -> None:
        """All that is shared from here, always in the same order."""
        self.known.items = items
        if self.known.filter == SHARING:
            self._follow(list(self.known.wanted()))

    def show_taken(self, taken: Iterable[Taken]) -> None:
        """What others fetch now, of downloads and shares."""
        changed = self.known.learn_taken(taken)
        if changed:
            self._tell_changed(at for at, row in enumerate(self._rows) if key_of(row.view) in changed)

    def show_why(self, id_: int, why: str) -> None:
        """Why a download brings nothing now, in more words than its view has."""
        if self.known.learn_why(id_, why):
            self._tell_changed(self._places([id_]))

    def show_untold(self, why: str) -> None:
        """Why nobody is known who has anything; empty while a tracker says who has it."""
        if self.known.learn_untold(why):
            self._tell_changed(range(len(self._rows)))

    def show_stopped(self, groups: frozenset[str]) -> None:
        """Of which the person's own limits let nothing come."""
        if self.known.learn_stopped(groups):
            self._tell_changed(range(len(self._rows)))

    def progress(self, events: Iterable[DownloadProgress]) -> None:
        """The slot that the bridge feeds, ten times a second at most."""
        self._tell_changed(self._places(event.id for event in events if self.known.moves(event)))

    def refresh_files(self, id_: int) -> None:
        """Of a folder that is open."""
        at = self._row_of.get(id_)
        row = self._rows[at] if at is not None else None
        if row is None or row.files is None:
            return
        fresh = self._files(id_)
        if len(fresh) == len(row.files) and fresh != row.files:
            row.files[:] = fresh
            first, last = (self.index(line, 0, self.index(at or 0, 0)) for line in (0, len(fresh) - 1))
            self.dataChanged.emit(first, last.siblingAtColumn(len(COLUMNS) - 1))

    # --- what is asked of it ---------------------------------------------------------------------

    @property
    def views(self) -> list[DownloadView]:
        """Of all downloads, whatever is on show; the newest first."""
        return self.known.views

    def view(self, index: Index) -> DownloadView | SharedItem:
        """Of a file, its download's."""
        return self._rows[self.top(index)].view

    def row(self, index: Index) -> Row:
        if above := index.internalId():
            return (self._rows[self._row_of[above]].files or [])[index.row()]
        top = self._rows[index.row()]
        if top.row is None or top.is_stale:
            top.row, top.is_stale = self.known.row(top.view), False
        return top.row

    def top(self, index: Index) -> int:
        """The row that it is in or below, which is in no other."""
        above = index.internalId()
        return self._row_of[above] if above else index.row()

    def renew(self, at: int) -> Iterable[int]:
        """A row that was told of is made anew: the columns in which it looks different."""
        top = self._rows[at]
        if not top.is_stale:
            return ()
        before, top.row, top.is_stale = top.row, self.known.row(top.view), False
        return range(len(COLUMNS)) if before is None else rows.differing(before, top.row)

    def index_of(self, id_: int) -> QModelIndex:
        at = self._row_of.get(id_)
        return QModelIndex() if at is None else self.index(at, 0)

    # --- inside ----------------------------------------------------------------------------------

    def _follow(self, wanted: list[DownloadView | SharedItem]) -> None:
        """Rows keep their places: those that went are taken out, those that came are put in."""
        keys = {key_of(view) for view in wanted}
        gone = [at for at, row in enumerate(self._rows) if key_of(row.view) not in keys]
        if len(gone) > REMOVED_MAX:
            self._keep_only(keys)
        else:
            for at in reversed(gone):
                self.beginRemoveRows(QModelIndex(), at, at)
                del self._rows[at]
                self._place()
                self.endRemoveRows()
        there = {key_of(row.view) for row in self._rows}
        at = 0
        while at < len(wanted):
            end = at
            while end < len(wanted) and key_of(wanted[end]) not in there:
                end += 1
            if end > at:
                self.beginInsertRows(QModelIndex(), at, end - 1)
                self._rows[at:at] = [_Top(view) for view in wanted[at:end]]
                self._place()
                self.endInsertRows()
            at = end + 1
        changed = [at for at, view in enumerate(wanted) if self._rows[at].view != view]
        for at in changed:
            self._rows[at].view = wanted[at]
        self._tell_changed(changed)

    def _keep_only(self, keys: set[object]) -> None:
        """In time that does not grow with how many go; what a view is at stays: those that go are moved
        behind the others, and taken out in one go. (To move rows and have fewer unselects all of many.)"""
        self.layoutAboutToBeChanged.emit()
        before = [index for index in self.persistentIndexList() if not index.internalId()]
        tops = [self._rows[index.row()] for index in before]
        self._rows.sort(key=lambda row: key_of(row.view) not in keys)
        self._place()
        place_of = {key_of(row.view): at for at, row in enumerate(self._rows)}
        now = [
            self.index(place_of[key_of(top.view)], index.column())
            for index, top in zip(before, tops, strict=True)
        ]
        self.changePersistentIndexList(before, now)
        self.layoutChanged.emit()
        kept = sum(key_of(row.view) in keys for row in self._rows)
        self.beginRemoveRows(QModelIndex(), kept, len(self._rows) - 1)
        del self._rows[kept:]
        self._place()
        self.endRemoveRows()

    def _place(self) -> None:
        self._row_of = {
            row.view.id: at for at, row in enumerate(self._rows) if isinstance(row.view, DownloadView)
        }

    def _places(self, ids: Iterable[int]) -> list[int]:
        """Of those that are on show."""
        return [at for id_ in ids if (at := self._row_of.get(id_)) is not None]

    def _tell_changed(self, changed: Iterable[int]) -> None:
        """These rows are made anew when they are drawn, and told of in one go."""
        changed = list(changed)
        for at in changed:
            top = self._rows[at]
            top.view = self.known.latest(top.view)
            top.is_stale = True
        if changed:
            first, last = self.index(min(changed), 0), self.index(max(changed), len(COLUMNS) - 1)
            self.dataChanged.emit(first, last)

    def _files(self, id_: int) -> list[Row]:
        view = self.known.download(id_)
        made = [rows.file(one, view.name) for one in self._ask_files(id_, FILES_MAX)]
        return made + ([rows.and_more(view.files - len(made))] if view.files > len(made) else [])

    # --- as Qt asks ------------------------------------------------------------------------------

    def index(self, row: int, column: int, parent: Index = QModelIndex()) -> QModelIndex:
        if not (0 <= row < self.rowCount(parent) and 0 <= column < len(COLUMNS)):
            return QModelIndex()
        above = self._rows[parent.row()].view if parent.isValid() else None
        return self.createIndex(row, column, above.id if isinstance(above, DownloadView) else _TOP)

    def parent(self, index: Index = QModelIndex()) -> QModelIndex:  # type: ignore[override]
        above = index.internalId() if index.isValid() else _TOP
        return self.createIndex(self._row_of[above], 0, _TOP) if above in self._row_of else QModelIndex()

    def rowCount(self, parent: Index = QModelIndex()) -> int:
        if not parent.isValid():
            return len(self._rows)
        if parent.internalId() != _TOP or parent.column():
            return 0
        return len(self._rows[parent.row()].files or ())

    def columnCount(self, _parent: Index = QModelIndex()) -> int:
        return len(COLUMNS)

    def hasChildren(self, parent: Index = QModelIndex()) -> bool:
        if not parent.isValid():
            return bool(self._rows)
        view = self._rows[parent.row()].view if parent.internalId() == _TOP else None
        return isinstance(view, DownloadView) and view.name.endswith("/") and parent.column() == 0

    def canFetchMore(self, parent: Index) -> bool:
        return parent.isValid() and self.hasChildren(parent) and self._rows[parent.row()].files is None

    def fetchMore(self, parent: Index) -> None:
        top = self._rows[parent.row()]
        assert isinstance(top.view, DownloadView)
        if files := self._files(top.view.id):
            self.beginInsertRows(self.index(parent.row(), 0), 0, len(files) - 1)
            top.files = files
            self.endInsertRows()

    def headerData(
        self, section: int, orientation: Qt.Orientation, role: int = Qt.ItemDataRole.DisplayRole
    ) -> Any:
        is_size = (section, self.known.filter) == (PROGRESS, SHARING)
        is_number = is_size or section in NUMBERS
        if orientation is Qt.Orientation.Horizontal and role == Qt.ItemDataRole.DisplayRole:
            return (tr("Size") if is_size else tr(COLUMNS[section])) + (GAP if is_number else "")
        return AT_THE_END if role == Qt.ItemDataRole.TextAlignmentRole and is_number else None

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        read = _READ.get(role)
        if read is None:
            return None
        return read(self.row(index), index.column())


_READ: dict[int, Callable[[Row, int], Any]] = {
    Qt.ItemDataRole.DisplayRole: lambda row, column: row.texts[column],
    Qt.ItemDataRole.ToolTipRole: lambda row, column: row.texts[column] if column == STATUS else row.tip,
    Qt.ItemDataRole.AccessibleTextRole: lambda row, column: row.texts[column] if column else row.said,
    Qt.ItemDataRole.TextAlignmentRole: lambda _, column: AT_THE_END if column in NUMBERS else None,
    ICON: lambda row, column: None if column else row.icon,
    FADED: lambda row, _: row.faded,
    MILLE: lambda row, _: row.mille,
    TINT: lambda row, _: row.tint,
}
