"""What another tracker lacks, read page by page while this one goes on writing."""

import sqlite3
from collections.abc import Iterator, Mapping
from typing import NamedTuple

from shared.facts.rows import Row
from shared.limits import ROWS_PAGE_MAX
from shared.wire.tracker_messages import Vector
from trackerd.pages import pages

_SEQ_MAX = (1 << 63) - 1


class RoundPart(NamedTuple):
    rows: list[Row]
    """In the order of their dots, which begins anew once, near the end."""
    end: Vector | None
    """With the last part: what a tracker that takes all of them has seen."""
    whole: bool = False


def round_parts(db: sqlite3.Connection, theirs: Mapping[int, int]) -> Iterator[RoundPart]:
    """Pages up to the vector as it is now, then one short snapshot of what came meanwhile.

    A row that is replaced while the pages are read comes back with its new dot, in the snapshot. What the
    vector does not cover (of an unfinished round) goes along: it may have replaced what the vector covers.
    """
    begun = _vector(db)
    for page in pages(_rows(db, theirs, begun)):
        yield RoundPart(page, None)
    floor = {log: max(theirs.get(log, 0), begun.get(log, 0)) for log in {**theirs, **begun}}
    db.execute("BEGIN")
    end = _vector(db)
    last: list[Row] = []
    for page in pages(_rows(db, floor, dict.fromkeys(_logs(db), _SEQ_MAX))):
        if last:
            yield RoundPart(last, None)
        last = page
    yield RoundPart(last, end)
    db.execute("ROLLBACK")


def _vector(db: sqlite3.Connection) -> Vector:
    return dict(db.execute("SELECT log, seq FROM vv"))


def _logs(db: sqlite3.Connection) -> Iterator[int]:
    # Jumps from log to log in the index, where DISTINCT would read all of it.
    log = -1
    while found := db.execute("SELECT log FROM row WHERE log > ? ORDER BY log LIMIT 1", (log,)).fetchone():
        (log,) = found
        yield log


def _rows(db: sqlite3.Connection, above: Mapping[int, int], upto: Mapping[int, int]) -> Iterator[Row]:
    """In the order of the dots. Between pages it holds no snapshot of its own."""
    sql = """SELECT kind, id, hlc, log, seq, body FROM row WHERE log = ? AND seq > ? AND seq <= ?
        ORDER BY seq LIMIT ?"""
    for log in sorted(upto):
        seq = above.get(log, 0)
        while seq < upto[log]:
            found = [Row(*row) for row in db.execute(sql, (log, seq, upto[log], ROWS_PAGE_MAX))]
            yield from found
            seq = found[-1].seq if len(found) == ROWS_PAGE_MAX else upto[log]
