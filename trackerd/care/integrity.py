"""Whether a store holds together: its pages, its rows, its vector, and what is made from the rows."""

import itertools
import sqlite3
from collections import Counter
from collections.abc import Iterator
from pathlib import Path
from typing import Any, NamedTuple

import msgspec

from shared.errors import Damaged, Version, Violation
from shared.facts.replica import writer_of
from shared.facts.rows import Row, check
from trackerd.care.store_file import Known, known, opened, store_of
from trackerd.store.projections import TALLY, places
from trackerd.store.schema import SCHEMA
from trackerd.store.sums import row_sum, seen_sum

PROBLEMS_MAX = 1000
_BATCH_ROWS = 10_000
_BESIDE = """
CREATE TEMP TABLE anew(made, a, b, c);
CREATE TEMP VIEW stands AS SELECT 'name_idx' AS made, kind AS a, fold AS b, id AS c FROM main.name_idx
    UNION ALL SELECT 'user_row', uid, kind, id FROM main.user_row
    UNION ALL SELECT 'tally', kind, id, n FROM main.tally WHERE n <> 0;
"""
_LACKS = "SELECT made, count(*) FROM (SELECT * FROM anew EXCEPT SELECT * FROM stands) GROUP BY made"
_HAS = "SELECT made, count(*) FROM (SELECT * FROM stands EXCEPT SELECT * FROM anew) GROUP BY made"
_ABOVE = """
SELECT row.log, count(*) FROM row LEFT JOIN vv USING (log) WHERE row.seq > ifnull(vv.seq, 0) GROUP BY row.log
"""


class Found(NamedTuple):
    rows: int
    logs: int
    problems: list[str]


def look_over(data: Path) -> Found:
    """At one moment, also of a running tracker. O(rows). Raises NotFound, Version, DiskError, OSError."""
    store = store_of(data)
    try:
        with opened(store, to_change=True, remedy="") as db:  # its own temporary table, and nothing else
            db.executescript(_BESIDE)
            db.execute("BEGIN")
            it = known(db, store)
            if it.schema < SCHEMA:
                raise Version(f"{store} is of an older trackerd: start this one once")
            return _look_over(db, it)
    except Damaged as error:
        return Found(0, 0, [str(error)])


def _look_over(db: sqlite3.Connection, it: Known) -> Found:
    pages = (said for (said,) in db.execute("PRAGMA main.integrity_check"))
    if broken := [f"pages: {said}" for said in pages if said != "ok"]:
        return Found(0, 0, broken)
    problems = itertools.chain(_rows(db), _stamps(db, it), _places(db))
    listed = list(itertools.islice(problems, PROBLEMS_MAX))
    (rows,), (logs,) = db.execute("SELECT count(*) FROM row UNION ALL SELECT count(*) FROM vv")
    return Found(rows, logs, listed)


def _rows(db: sqlite3.Connection) -> Iterator[str]:
    """What no tracker would take. Of all others, makes anew what is made from them."""
    counts: Counter[tuple[Any, ...]] = Counter()
    found = db.execute("SELECT kind, id, hlc, log, seq, body, crc FROM row")
    while batch := found.fetchmany(_BATCH_ROWS):
        anew: list[tuple[Any, ...]] = []
        for *values, crc in batch:
            try:
                row = msgspec.convert(values, Row)
                check(row)
            except (msgspec.ValidationError, Violation) as error:
                yield f"row {values[0]} {values[1]!r}: {error}"
                continue
            if crc != row_sum(*values):
                yield f"row {row.kind} {row.id.hex()}: it is not what was written"
            for table, key in places(row):
                if table == TALLY:
                    counts[key] += 1
                else:
                    anew.append((table, *key))
        db.executemany("INSERT INTO anew VALUES (?, ?, ?, ?)", anew)
    db.executemany("INSERT INTO anew VALUES ('tally', ?, ?, ?)", ((*key, n) for key, n in counts.items()))


def _stamps(db: sqlite3.Connection, it: Known) -> Iterator[str]:
    """What the next row that is written, and the next round, rest on."""
    (newest,) = db.execute("SELECT max(hlc) FROM row").fetchone()
    if newest is not None and newest > it.hlc:
        yield f"clock: a row has the stamp {newest}, and it stands at {it.hlc}"
    for log, seq, crc in db.execute("SELECT log, seq, crc FROM vv"):
        if crc != seen_sum(log, seq):
            yield f"vector: {seq} of log {log} is not what was written"
    if not it.generation:  # else the end of an own log may just be coming back from another tracker
        for log, count in db.execute(_ABOVE):
            if writer_of(log) == it.number:
                yield f"vector: {count:,} rows of the own log {log} are above it"


def _places(db: sqlite3.Connection) -> Iterator[str]:
    for made, count in db.execute(_LACKS):
        yield f"{made}: {count:,} places of rows are missing in it"
    for made, count in db.execute(_HAS):
        yield f"{made}: {count:,} places in it are of no row"
