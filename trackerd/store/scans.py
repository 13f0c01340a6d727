"""Readings of all rows, for the care of the store: a few at a time, so that others have their turn."""

import itertools
import sqlite3
import struct
from collections import defaultdict
from collections.abc import Iterator

from blake3 import blake3

from shared.facts.rows import GROUP_KINDS, INVITE_KINDS, Key, Kind, Row
from shared.facts.tombstones import OpenInvites, is_collectable, is_live
from shared.limits import ROWS_PAGE_MAX
from shared.wire.tracker_messages import Vector
from trackerd.invites import is_spent
from trackerd.store.book import TrackerRows

SUM_BYTES = 16
_TOMBSTONE_KINDS = (Kind.REQUEST, Kind.MEMBER, Kind.SHARE, *INVITE_KINDS)
_OF_GROUPS = (*GROUP_KINDS, *INVITE_KINDS)
_STAMPS = struct.Struct(">QQQ")
_STEP_ROWS = ROWS_PAGE_MAX
_STEP_INVITES = 100
"""Of each its uses are counted."""


def checksums(db: sqlite3.Connection) -> Iterator[tuple[Vector, dict[bytes, bytes]]]:
    """The vector of a snapshot, and what the live rows of each group come to (b"": all other rows).

    Whole in the last that it yields; with rows of a round that is not over, too, for which the vector does
    not speak. O(rows), about 5 us each.
    """
    rows = TrackerRows(db)
    db.execute("BEGIN")
    vector, found = rows.vector(), rows.select("FROM row")
    sums: defaultdict[bytes, int] = defaultdict(int)
    while page := [*itertools.islice(found, _STEP_ROWS)]:
        for row in page:
            if is_live(rows, row):
                sums[row.id[:16] if row.kind in _OF_GROUPS else b""] ^= _sum(row)
        yield vector, {}
    db.execute("ROLLBACK")
    yield vector, {scope: total.to_bytes(SUM_BYTES, "big") for scope, total in sums.items()}


def _sum(row: Row) -> int:
    told = b"%c%b%b" % (row.kind, row.id, _STAMPS.pack(row.hlc, row.log, row.seq))
    return int.from_bytes(blake3(told).digest(SUM_BYTES), "big")


def tombstones(db: sqlite3.Connection, older_than_hlc: int, after: Key | None) -> Iterator[list[Row]]:
    """Rows that may be deleted once all trackers have them, in the order of their keys. O(rows)."""
    rows, where = TrackerRows(db), "FROM row WHERE kind = ? AND id > ? ORDER BY id LIMIT ?"
    for kind in _TOMBSTONE_KINDS:
        start = after.id if after and after.kind == kind else b""
        while after is None or kind >= after.kind:
            page = [*rows.select(where, kind, start, _STEP_ROWS)]
            is_open = OpenInvites(rows)  # of now: others write between the pages
            yield [row for row in page if row.hlc < older_than_hlc and is_collectable(rows, row, is_open)]
            if len(page) < _STEP_ROWS:
                break
            start = page[-1].id


def spent_invites(db: sqlite3.Connection, at: int) -> Iterator[list[bytes]]:
    """Ids of invites that are to be closed. O(invites and their uses)."""
    rows, start = TrackerRows(db), b""
    where = "FROM row WHERE kind = ? AND id > ? ORDER BY id LIMIT ?"
    while page := [*rows.select(where, Kind.INVITE, start, _STEP_INVITES)]:
        yield [row.id for row in page if is_spent(rows, row, at)]
        start = page[-1].id
