"""A sum beside each row and each entry of the vector: what a disk changed later does not match it any more.

SQLite notices only what breaks the order of its pages.
"""

import sqlite3
import struct
import zlib
from typing import Any

from shared.facts.rows import Row

_stamps = struct.Struct(">BQQQ").pack


def summed(row: Row) -> tuple[Any, ...]:
    """The values of its columns; half a microsecond."""
    kind, id_, hlc, log, seq, body = row.kind, row.id, row.hlc, row.log, row.seq, row.body
    return kind, id_, hlc, log, seq, body, row_sum(kind, id_, hlc, log, seq, body)


def row_sum(kind: int, id_: bytes, hlc: int, log: int, seq: int, body: bytes) -> int:
    return zlib.crc32(body, zlib.crc32(id_, zlib.crc32(_stamps(kind, hlc, log, seq))))


def seen_sum(log: int, seq: int) -> int:
    return zlib.crc32(f"{log} {seq}".encode())


def add_functions(db: sqlite3.Connection) -> None:
    """Both by their names, for statements."""
    db.create_function("row_sum", 6, row_sum, deterministic=True)
    db.create_function("seen_sum", 2, seen_sum, deterministic=True)
