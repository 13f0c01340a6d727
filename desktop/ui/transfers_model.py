"""The transfers as a tree: downloads, newest on top, whose folders open to their files; or what is shared."""

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from typing import Any

import msgspec
from PySide6.QtCore import QAbstractItemModel, QModelIndex, QPersistentModelIndex, Qt

from desktop.engine.events import DownloadProgress
from desktop.engine.transfer_views import DownloadFile, SharedItem, Taken
from desktop.engine.views import DownloadView
from desktop.ui import transfers_rows as rows
from desktop.ui.rows import AT_THE_END, FADED, ICON, MILLE, TINT
from desktop.ui.transfers_rows import ALL, COLUMNS, NUMBERS, PROGRESS, SHARING, STATES, STATUS, Row
from desktop.ui.words import tr

Index = QModelIndex | QPersistentModelIndex
FILES_MAX = 1000
"""Of a folder, that are rows; how many there are beyond is said."""
REMOVED_MAX = 64
"""Rows that are taken out one by one; more go at once."""
_TOP = 0
"""Instead of the id of the download above a row."""
AskFiles = Callable[[int, int], list[DownloadFile]]

__all__ = ["COLUMNS", "PROGRESS", "STATUS", "TransfersModel"]


@dataclass
class _Top:
    """A row that is in no other."""

    view: DownloadView | SharedItem
    row: Row | None = None
    """Made when it is drawn: of thousands that change ten times a second, few are seen."""
    files: list[Row] | None = None
    """None: not asked for yet."""


class TransfersModel(QAbstractItemModel):
    def __init__(self, ask_files: AskFiles = lambda _id, _count: []) -> None:
        """`ask_files`: the first so many files of a download."""
        super().__init__()
        self._ask_files = ask_files
        self._views: dict[int, DownloadView] = {}
        """All of them, in the order in which they were started."""
        self._items: list[SharedItem] = []
        self._filter = ALL
        self._rows: list[_Top] = []
        """On show, without the files."""
        self._row_of: dict[int, int] = {}
        self._why: dict[int, str] = {}
        self._taken: dict[object, Taken] = {}
        """By the id of a download, or group and name of a share."""

    # --- what it is told -------------------------------------------------------------------------

    @property
    def views(self) -> list[DownloadView]:
        """Of all downloads, whatever is on show; the newest first."""
        return list(self._views.values())[::-1]

    @property
    def filter(self) -> str:
        return self._filter

    def count(self, filter_: str) -> int:
        if filter_ == SHARING:
            return len(self._items)
        return sum(view.state in STATES[filter_] for view in self._views.values())

    def show_only(self, filter_: str) -> None:
        """One of FILTERS."""
        self.beginResetModel()
        self._filter = filter_
        self._rows = [_Top(view) for view in self._wanted()]
        self._place()
        self.endResetModel()

    def show(self, views: Iterable[DownloadView]) -> None:
        """All downloads as they are now, in the order they were started."""
        self._views = {view.id: view for view in views}
        self._why = {id_: why for id_, why in self._why.items() if id_ in self._views}
        if self._filter != SHARING:
            self._follow(list(self._wanted()))

    def show_items(self, items: list[SharedItem]) -> None:
        """All that is shared from here, always in the same order."""
        self._items = items
        if self._filter == SHARING:
            self._follow(list(self._wanted()))

    def show_taken(self, taken: Iterable[Taken]) -> None:
        """What others fetch now, of downloads and shares."""
        before = self._taken
        self._taken = {one.download or (one.group, one.name): one for one in taken}
        if self._taken != before:
            self._tell_changed(
                at
                for at, row in enumerate(self._rows)
                if self._taken.get(key_of(row.view)) != before.get(key_of(row.view))
            )

    def show_why(self, id_: int, why: str) -> None:
        """Why a download stands still, in more words than its view has."""
        if self._why.get(id_) != why:
            self._why[id_] = why
            if (at := self._row_of.get(id_)) is not None:
                self._tell_changed([at])

    def progress(self, events: Iterable[DownloadProgress]) -> None:
        """The slot that the bridge feeds, ten times a second at most."""
        changed = []
        for event in events:
            view = self._views.get(event.id)
            if view is None or view.state != "D":
                continue
            self._views[event.id] = msgspec.structs.replace(
                view, done=event.done, size=event.size, files=event.files, files_done=event.files_done,
                rate=event.rate, sources=event.sources,
            )  # fmt: skip
            if (at := self._row_of.get(event.id)) is not None:
                changed.append(at)
        self._tell_changed(changed)

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

    def view(self, index: Index) -> DownloadView | SharedItem:
        """Of a file, its download's."""
        above = index.internalId()
        return self._rows[self._row_of[above] if above else index.row()].view

    def why(self, id_: int) -> str:
        return self._why.get(id_, "")

    def index_of(self, id_: int) -> QModelIndex:
        at = self._row_of.get(id_)
        return QModelIndex() if at is None else self.index(at, 0)

    def states(self) -> dict[str, dict[str, str]]:
        """What the files of each group are doing, by their names."""
        found: dict[str, dict[str, str]] = {}
        for view in self._views.values():
            found.setdefault(view.group, {})[view.name] = rows.state_word(view)
        return found

    # --- inside ----------------------------------------------------------------------------------

    def _wanted(self) -> Iterator[DownloadView | SharedItem]:
        """What is to be on show, from the top."""
        if self._filter == SHARING:
            yield from self._items
        else:
            yield from (view for view in self.views if view.state in STATES[self._filter])

    def _made(self, view: DownloadView | SharedItem) -> Row:
        taken = self._taken.get(key_of(view))
        if isinstance(view, SharedItem):
            return rows.shared(view, taken)
        return rows.download(view, taken, self._why.get(view.id, ""))

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
        """In time that does not grow with how many go; what a view is at stays, as where rows are moved."""
        self.layoutAboutToBeChanged.emit()
        before = self.persistentIndexList()
        tops = [self._rows[self._row_of[id_] if (id_ := one.internalId()) else one.row()] for one in before]
        self._rows = [row for row in self._rows if key_of(row.view) in keys]
        self._place()
        place_of = {key_of(row.view): at for at, row in enumerate(self._rows)}
        places = [place_of.get(key_of(top.view), -1) for top in tops]
        now = [
            index if at >= 0 and index.internalId() else self.index(at, index.column())
            for index, at in zip(before, places, strict=True)
        ]
        self.changePersistentIndexList(before, now)
        self.layoutChanged.emit()

    def _place(self) -> None:
        self._row_of = {
            row.view.id: at for at, row in enumerate(self._rows) if isinstance(row.view, DownloadView)
        }

    def _tell_changed(self, changed: Iterable[int]) -> None:
        """These rows are made anew when they are drawn, and told of in one go."""
        changed = list(changed)
        for at in changed:
            top = self._rows[at]
            if isinstance(top.view, DownloadView):
                top.view = self._views.get(top.view.id, top.view)
            top.row = None
        if changed:
            first, last = self.index(min(changed), 0), self.index(max(changed), len(COLUMNS) - 1)
            self.dataChanged.emit(first, last)

    def _files(self, id_: int) -> list[Row]:
        view = self._views[id_]
        made = [rows.file(one, view.name) for one in self._ask_files(id_, FILES_MAX)]
        return made + ([rows.and_more(view.files - len(made))] if view.files > len(made) else [])

    # --- as Qt asks ------------------------------------------------------------------------------

    def index(self, row: int, column: int, parent: Index = QModelIndex()) -> QModelIndex:
        if not self.hasIndex(row, column, parent):
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
        if orientation is Qt.Orientation.Horizontal and role == Qt.ItemDataRole.DisplayRole:
            return tr("Size") if (section, self._filter) == (PROGRESS, SHARING) else tr(COLUMNS[section])
        return AT_THE_END if role == Qt.ItemDataRole.TextAlignmentRole and section in NUMBERS else None

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        read = _READ.get(role)
        if read is None:
            return None
        return read(self._shown(index), index.column())

    def _shown(self, index: Index) -> Row:
        if above := index.internalId():
            return (self._rows[self._row_of[above]].files or [])[index.row()]
        top = self._rows[index.row()]
        if top.row is None:
            top.row = self._made(top.view)
        return top.row


def key_of(view: DownloadView | SharedItem) -> object:
    return view.id if isinstance(view, DownloadView) else (view.group, view.name)


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
