"""The files that a name means, out of the catalogue: one, or all in a folder, whatever else the group has."""

# ruff: noqa: S608  only texts of this module are put into statements

from collections.abc import Iterator

from shared.fact_tables import SqlRows
from shared.facts.derive import Rights, Sharer, VisibleEntry, live_shares_of
from shared.facts.ids import EntryId, GroupId
from shared.facts.rows import KEY_BYTES_MAX, Entry, Kind, Row, body_of
from shared.names import fold

_FILE = "SELECT eid, path || shown AS called FROM folder JOIN file ON file.folder = folder.id WHERE gid = ?"
_SO = "AND path = ? AND (file.fold = ? AND file.name = ? OR shown <> file.name AND shown = ?)"
_BELOW = "AND path BETWEEN ? AND ? AND newer = 0 ORDER BY path, shown"
_ROWS = f"""SELECT eid, called, row.kind, row.id, row.hlc, row.log, row.seq, row.body
FROM ({_FILE} %s) CROSS JOIN row ON row.kind IN ({Kind.ENTRY}, {Kind.SHARE})
AND row.id BETWEEN CAST(? || eid AS BLOB) AND CAST(? || eid || ? AS BLOB)"""
"""Of each file its entry and its shares, as their keys begin with gid and eid."""


def entries_called(rows: SqlRows, gid: GroupId, name: str) -> list[VisibleEntry]:
    """Those that are shown as `name` or were shared so; and all below the folder of that name, without older
    versions. 10 us for each."""
    bare = name.rstrip("/")
    above, slash, last = bare.rpartition("/")
    return [
        *_entries(rows, gid, _SO, above + slash, fold(last), last, last),
        *_entries(rows, gid, _BELOW, bare + "/", bare + "/\U0010ffff"),
    ]


def _entries(rows: SqlRows, gid: GroupId, which: str, *values: str) -> Iterator[VisibleEntry]:
    span = (gid, gid, b"\xff" * (KEY_BYTES_MAX - len(gid)))
    names: dict[EntryId, str] = {}
    entries: dict[EntryId, Entry] = {}
    shares: dict[EntryId, list[Row]] = {}
    for eid, called, *found in rows.db.execute(_ROWS % which, (gid, *values, *span)):
        row, names[eid] = Row(*found), called
        if row.kind == Kind.ENTRY:
            entries[eid] = body_of(row, Entry)
        else:
            shares.setdefault(eid, []).append(row)
    rights = Rights(rows, gid)
    for eid, entry in entries.items():
        sharers: list[Sharer] = [sharer for _, sharer in live_shares_of(shares.get(eid, ()), rights)]
        yield VisibleEntry(EntryId(eid), names[eid], entry, tuple(sharers))
