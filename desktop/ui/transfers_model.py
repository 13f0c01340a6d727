"""The table of downloads, newest on top. Shows what the engine last said of each."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from typing import Any

import msgspec
from PySide6.QtCore import QAbstractTableModel, QModelIndex, QPersistentModelIndex, Qt

from desktop.engine.events import DownloadProgress
from desktop.engine.views import DownloadView
from desktop.ui import amounts
from desktop.ui.desk import said_by_code
from desktop.ui.rows import ICON, MILLE, TINT
from desktop.ui.words import mark, tr

Index = QModelIndex | QPersistentModelIndex
COLUMNS = (
    mark("Name"),
    mark("Group"),
    mark("Progress"),
    mark("Status"),
    mark("Time left"),
    mark("Sources"),
)
PROGRESS, STATUS = 2, 3

_ICONS = {
    "D": ("download", "accent"),
    "C": ("good", "good"),
    "P": ("pause", "muted"),
    "F": ("failed", "bad"),
}


@dataclass
class Row:
    view: DownloadView
    texts: tuple[str, ...]
    said: str
    mille: int


class TransfersModel(QAbstractTableModel):
    def __init__(self) -> None:
        super().__init__()
        self._rows: list[Row] = []
        self._row_of: dict[int, int] = {}

    @property
    def views(self) -> list[DownloadView]:
        return [row.view for row in self._rows]

    def show(self, views: Iterable[DownloadView]) -> None:
        """All downloads as they are now, in the order they were started."""
        newest_first = list(views)[::-1]
        wanted = {view.id for view in newest_first}
        for at in reversed(range(len(self._rows))):
            if self._rows[at].view.id not in wanted:
                self.beginRemoveRows(QModelIndex(), at, at)
                del self._rows[at]
                self.endRemoveRows()
        new = len(newest_first) - len(self._rows)  # ids only grow: what is new is on top
        if new:
            self.beginInsertRows(QModelIndex(), 0, new - 1)
            self._rows[:0] = [_row(view) for view in newest_first[:new]]
            self.endInsertRows()
        self._row_of = {row.view.id: at for at, row in enumerate(self._rows)}
        for at, view in enumerate(newest_first):
            self._rows[at] = _row(view)
        if self._rows:
            self._tell(0, len(self._rows) - 1)

    def progress(self, events: Iterable[DownloadProgress]) -> None:
        """The slot that the bridge feeds, ten times a second at most."""
        changed = []
        for event in events:
            at = self._row_of.get(event.id)
            if at is None or self._rows[at].view.state != "D":
                continue
            self._rows[at] = _row(
                msgspec.structs.replace(
                    self._rows[at].view,
                    done=event.done,
                    size=event.size,
                    files=event.files,
                    files_done=event.files_done,
                    rate=event.rate,
                    sources=event.sources,
                )
            )
            changed.append(at)
        if changed:
            self._tell(min(changed), max(changed))

    def view(self, index: Index) -> DownloadView:
        return self._rows[index.row()].view

    def states(self, group: str) -> dict[str, str]:
        """What the files of `group` are doing, by their names."""
        return {
            row.view.name: tr(_STATE_WORDS[row.view.state]) for row in self._rows if row.view.group == group
        }

    def _tell(self, first: int, last: int) -> None:
        self.dataChanged.emit(self.index(first, 0), self.index(last, len(COLUMNS) - 1))

    def rowCount(self, parent: Index = QModelIndex()) -> int:
        return 0 if parent.isValid() else len(self._rows)

    def columnCount(self, parent: Index = QModelIndex()) -> int:
        return 0 if parent.isValid() else len(COLUMNS)

    def headerData(
        self, section: int, orientation: Qt.Orientation, role: int = Qt.ItemDataRole.DisplayRole
    ) -> Any:
        if orientation is Qt.Orientation.Horizontal and role == Qt.ItemDataRole.DisplayRole:
            return tr(COLUMNS[section])
        return None

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        read = _READ.get(role)
        return read(self._rows[index.row()], index.column()) if read else None


_STATE_WORDS = {
    "D": mark("downloading"),
    "C": mark("downloaded"),
    "P": mark("paused"),
    "F": mark("failed"),
}


def _state(view: DownloadView) -> str:
    if view.error:
        return said_by_code(view.error.code, view.error.message)
    if view.state == "D" and view.rate < 1:
        return tr("waiting for data") if view.sources else tr("nobody online now")
    return tr(_STATE_WORDS[view.state])


def _row(view: DownloadView) -> Row:
    mille = 1000 if view.state == "C" else min(amounts.per_mille(view.done, view.size), 999)
    moving = view.state == "D"
    left = amounts.time_left(view.size - view.done, view.rate) if moving else ""
    parts = (
        " "
        + amounts.isolated(
            tr(
                "({done} of {whole})",
                done=amounts.number(view.files_done),
                whole=amounts.number(view.files),
            )
        )
        if view.files > 1 and view.state != "C"
        else ""
    )
    texts = (
        amounts.name(view.name.rstrip("/").rpartition("/")[2]) + parts,
        amounts.name(view.group),
        amounts.size(view.size) if view.state == "C" else amounts.percent(mille),
        amounts.rate(view.rate) if moving and view.rate >= 1 else _state(view),
        left,
        amounts.number(view.sources) if moving else "",
    )
    percent = tr("{number} percent", number=amounts.number(mille // 10))
    said = ", ".join([texts[0], percent, texts[3], *([tr("{time} left", time=left)] if left else [])])
    return Row(view, texts, said, mille)


_TINTS = {"D": "accent", "C": "good", "P": "muted", "F": "bad"}
_READ: dict[int, Callable[[Row, int], Any]] = {
    Qt.ItemDataRole.DisplayRole: lambda row, column: row.texts[column],
    Qt.ItemDataRole.ToolTipRole: lambda row, column: (
        row.texts[column] if column == STATUS else amounts.name(row.view.path)
    ),
    Qt.ItemDataRole.AccessibleTextRole: lambda row, column: row.texts[column] if column else row.said,
    ICON: lambda row, column: None if column else _ICONS[row.view.state],
    MILLE: lambda row, _: row.mille,
    TINT: lambda row, _: _TINTS[row.view.state],
}
