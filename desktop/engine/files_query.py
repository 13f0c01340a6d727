"""A question after files as SQL over the catalogue's tables. What a person typed is always a parameter."""

# ruff: noqa: S608  only texts of this module are put into statements

from collections.abc import Mapping
from typing import NamedTuple

from desktop.engine.file_views import FilesAsked
from shared.names import fold

WORDS_MAX = 8
_COLUMNS = {
    "name": "fold",
    "size": "size",
    "people": "sharers",
    "by": "(SELECT person.fold FROM person WHERE person.id = file.person)",
    "at": "at",
    "state": "NOT mine",
}
_INDEX = {"size": "file_by_size", "at": "file_by_date"}
_FOLDER_COLUMNS = {"name": "fold", "size": "size"}


class Question(NamedTuple):
    """Its answer is one row: the keys of all lines one after another, how many files, how many bytes."""

    sql: str
    values: tuple[object, ...]


def words(search: str) -> list[str]:
    return fold(search).split()[:WORDS_MAX]


def files_question(asked: FilesAsked, tops: Mapping[int, str], folder: int | None) -> Question:
    """`tops`: the outermost folders of the groups to look in, with the groups' names; `folder`: the one
    whose own files are asked for, if so. All is read from one index, in 0.2 to 0.6 s for a million files."""
    looked, values = words(asked.search), list[object]()
    order = f" ORDER BY {_order(asked, tops)}"
    # Each index has all that is read; left alone, SQLite takes one that has not.
    if folder is not None:
        source, where, values = "file INDEXED BY file_in_folder", "folder = ?", [folder]
    elif asked.column == "folder":  # through the folders in their order, so that no file is sorted
        source, where, order = _by_folder(asked, tops), "1", ""
    elif asked.column == "by":  # the same through the people
        source, where, order = _by_person(asked), _in_groups(tops), ""
    else:
        index = _INDEX.get("" if looked else asked.column, "file_in_group")
        source, where = f"file INDEXED BY {index}", _in_groups(tops)
    for word in looked:
        where += " AND (instr(fold, ?) OR folder IN (SELECT id FROM folder WHERE instr(folder.fold, ?)))"
        values += [word, word]
    files = f"SELECT key, size FROM {source} WHERE newer = 0 AND {where}{order}"
    return Question(_counted(files, "count(*)"), tuple(values))


def _in_groups(tops: Mapping[int, str]) -> str:
    # Equal to one, as SQLite then sees that an index has them in order.
    return f"top = {next(iter(tops))}" if len(tops) == 1 else f"top IN ({', '.join(map(str, tops))})"


def _by_folder(asked: FilesAsked, tops: Mapping[int, str]) -> str:
    groups = f"SELECT gid FROM folder WHERE id IN ({', '.join(map(str, tops))})"
    turned = " DESC" if asked.down else ""
    folders = f"SELECT id AS d FROM folder WHERE gid IN ({groups}) AND files > 0 ORDER BY fold{turned}"
    return f"({folders}) CROSS JOIN file INDEXED BY file_in_folder ON file.folder = d"


def _by_person(asked: FilesAsked) -> str:
    people = f"SELECT id AS p FROM person ORDER BY fold{' DESC' if asked.down else ''}"
    return f"({people}) CROSS JOIN file INDEXED BY file_by_person ON file.person = p"


def folders_question(asked: FilesAsked, folder: int) -> Question:
    """The folders right in `folder`."""
    by = _FOLDER_COLUMNS.get(asked.column, "fold")
    turned = " DESC" if asked.down and asked.column in _FOLDER_COLUMNS else ""
    inside = f"SELECT key, size, files FROM folder WHERE above = ? AND files > 0 ORDER BY {by}{turned}, fold"
    return Question(_counted(inside, "coalesce(sum(files), 0)"), (folder,))


def _counted(inside: str, count: str) -> str:
    # One value for the whole listing: its making is one call into SQLite, which leaves Python to the window.
    return f"SELECT CAST(group_concat(key, '') AS BLOB), {count}, coalesce(sum(size), 0) FROM ({inside})"


def _order(asked: FilesAsked, tops: Mapping[int, str]) -> str:
    if asked.column == "group":
        ranks = enumerate(sorted(tops, key=lambda top: fold(tops[top])))
        by = f"CASE top {' '.join(f'WHEN {top} THEN {rank}' for rank, top in ranks)} END"
    else:
        by = _COLUMNS.get(asked.column, "fold")
    # Equal ones stay as the index has them, by name.
    return f"{by} DESC" if asked.down else by
