"""What is made from rows to find them by: names, what is about a user, and counts."""

from collections.abc import Iterator
from typing import Any

from shared.facts.rows import Device, Group, Kind, Member, Row, Share, User, body_of, split

PROJECTION = 2
"""To be raised with every change of what is projected: stores then project anew."""
Place = tuple[str, tuple[Any, ...]]
"""A table, and the key in it."""
OF_KIND = 0
"""In `tally`, the kind under which all rows of a kind are counted."""
TALLY = "tally"
TALLY_MORE = "INSERT INTO tally VALUES (?, ?, ?) ON CONFLICT DO UPDATE SET n = n + excluded.n"
ADD = {
    "name_idx": "INSERT OR IGNORE INTO name_idx VALUES (?, ?, ?)",
    "user_row": "INSERT OR IGNORE INTO user_row VALUES (?, ?, ?)",
}
REMOVE = {
    "name_idx": "DELETE FROM name_idx WHERE kind = ? AND fold = ? AND id = ?",
    "user_row": "DELETE FROM user_row WHERE uid = ? AND kind = ? AND id = ?",
}


def places(row: Row) -> Iterator[Place]:
    """Where this row is to be found: by a name, by a user, and counted towards a quota."""
    yield TALLY, (OF_KIND, bytes([row.kind]))
    gid, rest = split(row.id)
    match row.kind:
        case Kind.ENTRY:
            yield TALLY, (row.kind, gid)
        case Kind.SHARE:
            if (share := body_of(row, Share)).live:
                yield TALLY, (row.kind, share.uid)
        case Kind.USER:
            yield "name_idx", (row.kind, body_of(row, User).fold, row.id)
            yield "user_row", (row.id, Kind.USER, row.id)
            yield "user_row", (row.id, Kind.GONE, row.id)
        case Kind.GROUP:
            yield "name_idx", (row.kind, body_of(row, Group).fold, row.id)
        case Kind.DEVICE:
            uid = body_of(row, Device).uid
            yield "user_row", (uid, Kind.DEVICE, row.id)
            yield "user_row", (uid, Kind.REVOKED, row.id)
        case Kind.REQUEST:
            yield "user_row", (rest, row.kind, row.id)
        case Kind.MEMBER:
            yield "user_row", (rest, row.kind, row.id)
            if body_of(row, Member).is_in:
                yield TALLY, (row.kind, gid)
        case _:
            pass
