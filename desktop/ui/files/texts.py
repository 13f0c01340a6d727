"""What a line of a list of files says, in every list alike: texts of its columns, its bar, its sentence."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from PySide6.QtCore import QDateTime, Qt

from desktop.engine.file_views import FileRow
from desktop.ui import amounts
from desktop.ui.rows import AT_THE_END, FADED, GAP, ICON, MILLE, TINT
from desktop.ui.words import joined, mark, tr, tr_n

COLUMNS = (
    mark("Name"),
    mark("Size"),
    mark("Availability"),
    mark("Shared by"),
    mark("Added"),
    mark("Status"),
    mark("Folder"),
    mark("Group"),
)
KEYS = ("name", "size", "people", "by", "at", "state", "folder", "group")
"""What find_files() calls the columns."""
Sort = tuple[int, bool]
"""By which column, and whether downwards."""
SIZE, AVAILABILITY = 1, 2
WIDEST = "99 of 99"
"""Figure beside a bar."""
NEW_S = 24 * 3600
"""So long nobody is expected to have fetched a file."""
DRAGGED = Qt.ItemFlag.ItemIsEnabled | Qt.ItemFlag.ItemIsSelectable | Qt.ItemFlag.ItemIsDragEnabled
"""Every line."""
StateOf = Callable[[str, str], str]
"""What the transfers say of a group's file, by its name; empty for nothing."""
MembersOf = Callable[[str], int]
"""How many people a group has; 0 if that is not known."""


@dataclass(frozen=True, slots=True)
class Line:
    row: FileRow
    texts: tuple[str, ...]
    """One a column."""
    said: str
    tip: str
    mille: int | None
    """How many of the group's people have it, in thousandths."""
    tint: str


def is_folder(row: FileRow) -> bool:
    return row.name.endswith("/")


def line(row: FileRow, state_of: StateOf, members_of: MembersOf) -> Line:
    name, size, group = amounts.short_name(row.name), amounts.size(row.size), amounts.name(row.group)
    folder = amounts.name(row.name.rstrip("/").rpartition("/")[0])
    if is_folder(row):
        files = amounts.isolated(
            tr_n("%n files, here", row.files, one="%n file, here")
            if row.mine
            else tr_n("%n files", row.files, one="%n file")
        )
        texts = (name, size, "", "", "", files, folder, group)
        said = tr("{name} (folder)", name=name)
        return Line(row, texts, joined([said, size, files]), amounts.name(row.name), None, "accent")
    people = max(members_of(row.group), row.sharers)
    state = _state(row, state_of(row.group, row.name))
    state = amounts.isolated(state) if state else ""
    by, added = amounts.name(row.by) if row.by else "", amounts.day(row.at)
    has = tr("{count} of {people}", count=amounts.number(row.sharers), people=amounts.number(people))
    sentence = available(row, people)
    said = joined(filter(None, [tr("{name} (file)", name=name), size, sentence, by, added, state]))
    tip = "\n".join(filter(None, [amounts.name(row.name), sentence, _older(row)]))
    texts = (name, size, amounts.isolated(has), by, added, state, folder, group)
    tint = "warn" if is_last_copy(row) else "muted" if not row.online else "accent"
    return Line(row, texts, said, tip, amounts.per_mille(row.sharers, people), tint)


def available(row: FileRow, people: int) -> str:
    """Who has it, in numbers, and what this person is or would be among them."""
    if row.mine and row.sharers == 1:
        return tr("Only you have it yet: others can download it while you are online")
    who = tr_n("{count} of %n people", people, one="{count} of %n person", count=amounts.number(row.sharers))
    has = tr_n("{who} have it", row.sharers, one="{who} has it", who=who)
    online = tr("{count} of them online", count=amounts.number(row.online))
    if row.mine:
        return tr("{has}, {online}; you are one of them", has=has, online=online)
    if is_last_copy(row):
        return tr("{has}, {online}: the last copy", has=has, online=online)
    return tr("{has}, {online}; you would be number {next}", has=has, online=online,
              next=amounts.number(row.sharers + 1))  # fmt: skip


def is_last_copy(row: FileRow) -> bool:
    """One person's alone; but what was shared just now is nobody else's yet."""
    return row.sharers == 1 and not row.mine and row.at < QDateTime.currentSecsSinceEpoch() - NEW_S


def _state(row: FileRow, transfer: str) -> str:
    """Of what was fetched the same as of what was shared: it makes no difference to the others. Of one that
    was fetched before it was shared anew by its name, that it is another now."""
    if row.older and not row.mine and transfer in ("", tr("downloaded")):
        return tr("new version")
    if transfer and not (row.mine and transfer == tr("downloaded")):
        return transfer
    if row.mine:
        return tr("only you have it") if row.sharers == 1 else tr("you share it")
    if is_last_copy(row):
        return tr("last copy")
    return "" if row.online else tr("nobody online")


def _older(row: FileRow) -> str:
    return tr_n("%n older versions", row.older, one="%n older version") if row.older else ""


def title(column: int, role: int) -> Any:
    """What stands above a column, or how."""
    if role == Qt.ItemDataRole.DisplayRole:
        return tr(COLUMNS[column]) + (GAP if column == SIZE else "")
    return AT_THE_END if role == Qt.ItemDataRole.TextAlignmentRole and column == SIZE else None


def _icon(known: Line, column: int) -> tuple[str, str] | None:
    if column:
        return None
    return ("folder", "accent") if is_folder(known.row) else ("file", "muted")


READ: dict[int, Callable[[Line, int], Any]] = {
    Qt.ItemDataRole.DisplayRole: lambda known, column: known.texts[column],
    Qt.ItemDataRole.ToolTipRole: lambda known, _: known.tip,
    Qt.ItemDataRole.AccessibleTextRole: lambda known, column: known.texts[column] if column else known.said,
    Qt.ItemDataRole.TextAlignmentRole: lambda _, column: AT_THE_END if column == SIZE else None,
    ICON: _icon,
    FADED: lambda known, _: not is_folder(known.row) and not known.row.online,
    MILLE: lambda known, column: known.mille if column == AVAILABILITY else None,
    TINT: lambda known, _: known.tint,
}
