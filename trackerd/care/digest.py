"""What a store comes to, in one number: equal on trackers that are in step."""

import hashlib
from pathlib import Path
from typing import NamedTuple

import msgspec

from shared.fact_tables import SqlRows
from shared.facts.tombstones import is_live
from trackerd.care.store_file import known, opened, store_of

_encode = msgspec.msgpack.Encoder().encode


class Digest(NamedTuple):
    rows: int
    sha256: str


def digest(data: Path) -> Digest:
    """Of one moment, also of a running tracker. O(rows). Raises NotFound, Damaged, Version, OSError."""
    store = store_of(data)
    with opened(store) as db:
        known(db, store)
        return SqlRows(db).ask(_digest)


def _digest(rows: SqlRows) -> Digest:
    sha, count = hashlib.sha256(), 0
    for row in rows.select("FROM row ORDER BY kind, id"):
        if is_live(rows, row):
            sha.update(_encode(row))
            count += 1
    return Digest(count, sha.hexdigest())
