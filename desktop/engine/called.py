"""The files that a name means, out of the catalogue: one, or all in a folder, whatever else the group has."""

from shared.fact_tables import SqlRows
from shared.facts.derive import Rights, VisibleEntry, fact, live_shares
from shared.facts.ids import EntryId, GroupId
from shared.facts.rows import Entry
from shared.names import fold

_FILE = "SELECT eid, path || shown FROM folder JOIN file ON file.folder = folder.id WHERE gid = ?"
_SO = "AND path = ? AND (file.fold = ? AND file.name = ? OR shown <> file.name AND shown = ?)"
_BELOW = "AND path BETWEEN ? AND ? AND newer = 0 ORDER BY path, shown"


def entries_called(rows: SqlRows, gid: GroupId, name: str) -> list[VisibleEntry]:
    """Those that are shown as `name` or were shared so; and all below the folder of that name, without older
    versions. 30 us for each."""
    bare = name.rstrip("/")
    above, slash, last = bare.rpartition("/")
    found = [
        *rows.db.execute(f"{_FILE} {_SO}", (gid, above + slash, fold(last), last, last)),
        *rows.db.execute(f"{_FILE} {_BELOW}", (gid, bare + "/", bare + "/\U0010ffff")),
    ]
    rights = Rights(rows, gid)
    return [
        VisibleEntry(
            EntryId(eid), shown, entry, tuple(sharer for _, sharer in live_shares(rows, gid, eid, rights))
        )
        for eid, shown in found
        if (entry := fact(rows, Entry, gid + eid))
    ]
