"""What another tracker lacks, read page by page while this one goes on writing."""

import sqlite3
from collections.abc import Iterator, Mapping
from typing import Literal, NamedTuple

from shared.facts.replica import lift
from shared.facts.rows import Row
from shared.limits import ROWS_PAGE_MAX
from shared.wire.mesh_messages import Collected
from shared.wire.tracker_messages import Vector
from trackerd.pages import pages
from trackerd.store.book import TrackerRows

_SEQ_MAX = (1 << 63) - 1


class RoundPart(NamedTuple):
    rows: list[Row]
    """In the order of their dots, which begins anew once, near the end."""
    end: Vector | None
    """With the last part: what a tracker that takes all of them has seen."""
    whole: bool
    """On all parts, or (begun anew) on all from one on: every row there is comes."""
    gc: list[Collected]
    hlc: int = 0
    """With the last part: the greatest stamp that was read or written here."""


def round_parts(db: sqlite3.Connection, theirs: Mapping[int, int]) -> Iterator[RoundPart]:
    """Pages up to the vector as it is now, then one short snapshot of what came meanwhile.

    A row that is replaced while the pages are read comes back with its new dot, in the snapshot. What the
    vector does not cover (of an unfinished round) goes along: it may have replaced what the vector covers.

    Who lacks a row that said that something is no more, and is deleted by now, gets the whole.
    """
    noted, missed = _noted(db), _collected(db, theirs)
    whole = bool(theirs and missed)
    may_begin_anew = bool(theirs) and not whole
    above = {} if whole else theirs
    yield from _told(missed, whole)
    begun = TrackerRows(db).vector()
    for page in pages(_rows(db, above, begun)):
        if may_begin_anew and _collected(db, theirs, noted):
            # Before the page goes out: once cut, what came of the round would claim what is deleted.
            yield from round_parts(db, theirs)
            return
        yield RoundPart(page, None, whole, [])
    floor = dict(above)
    lift(floor, begun)
    db.execute("BEGIN")
    missed = _collected(db, theirs, noted)
    if may_begin_anew and missed:
        db.execute("ROLLBACK")
        yield from round_parts(db, theirs)
        return
    yield from _told(missed, whole)
    end, (hlc,) = TrackerRows(db).vector(), db.execute("SELECT v FROM meta WHERE k = 'hlc'").fetchone()
    last: list[Row] = []
    for page in pages(_rows(db, floor, dict.fromkeys(_logs(db, "row"), _SEQ_MAX))):
        if last:
            yield RoundPart(last, None, whole, [])
        last = page
    yield RoundPart(last, end, whole, [], hlc)
    db.execute("ROLLBACK")


def _told(missed: list[Collected], whole: bool) -> Iterator[RoundPart]:
    for first in range(0, len(missed), ROWS_PAGE_MAX):
        yield RoundPart([], None, whole, missed[first : first + ROWS_PAGE_MAX])


def _noted(db: sqlite3.Connection) -> int:
    """Grows with every dot that is noted as deleted, or as deleted by others."""
    (n,) = db.execute("SELECT ifnull(max(n), 0) FROM gc").fetchone()
    return int(n)


def _collected(db: sqlite3.Connection, theirs: Mapping[int, int], after: int = 0) -> list[Collected]:
    """Dots above `theirs` of rows that were deleted, as far as noted after `after`."""
    if _noted(db) == after:
        return []
    sql = "SELECT scope, log, seq FROM gc WHERE log = ? AND seq > ? AND n > ?"
    found = (db.execute(sql, (log, theirs.get(log, 0), after)) for log in _logs(db, "gc"))
    return [Collected(*dot) for dots in found for dot in dots]


def _logs(db: sqlite3.Connection, table: Literal["row", "gc"]) -> Iterator[int]:
    # Jumps from log to log in the index, where DISTINCT would read all of it.
    sql = f"SELECT log FROM {table} WHERE log > ? ORDER BY log LIMIT 1"  # noqa: S608  one of ours
    log = -1
    while found := db.execute(sql, (log,)).fetchone():
        (log,) = found
        yield log


def _rows(db: sqlite3.Connection, above: Mapping[int, int], upto: Mapping[int, int]) -> Iterator[Row]:
    """In the order of the dots. Between pages it holds no snapshot of its own."""
    rows, where = TrackerRows(db), "FROM row WHERE log = ? AND seq > ? AND seq <= ? ORDER BY seq LIMIT ?"
    for log in sorted(upto):
        seq = above.get(log, 0)
        while seq < upto[log]:
            found = [*rows.select(where, log, seq, upto[log], ROWS_PAGE_MAX)]
            yield from found
            seq = found[-1].seq if len(found) == ROWS_PAGE_MAX else upto[log]
