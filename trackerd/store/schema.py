"""The store's file: its tables, who may open it, and what to call its faults."""

import random
import sqlite3
from collections.abc import Mapping
from pathlib import Path
from typing import Any

from shared.errors import Coded, Damaged, DiskError, DiskFull, PinMismatch, Version
from shared.fact_tables import TABLES, connect
from shared.tracker_info import format_pin

SCHEMA = 1
REMEDY = (
    "move it away and start the tracker, which then takes everything from the others;"
    " where there are none, `trackerd restore` a backup first (docs/operation.md)"
)
_CACHE_KIB = 32 * 1024
_TABLES = f"""
{TABLES}
CREATE UNIQUE INDEX IF NOT EXISTS row_dot ON row(log, seq);
CREATE INDEX IF NOT EXISTS row_scope ON row(substr(id, 1, 16), log, seq);
CREATE TABLE IF NOT EXISTS vv(log INTEGER PRIMARY KEY, seq INT);
CREATE TABLE IF NOT EXISTS tally(kind INT, id BLOB, n INT, PRIMARY KEY(kind, id)) WITHOUT ROWID;
"""


def connection(path: Path) -> sqlite3.Connection:
    db = connect(path, "FULL")
    db.execute(f"PRAGMA cache_size = -{_CACHE_KIB}")
    return db


def prepare(
    db: sqlite3.Connection, path: Path, number: int, ca_key: bytes, lot: random.Random
) -> Mapping[str, Any]:
    """Makes the tables where they are missing. Returns what `meta` is to hold from now on.

    Raises PinMismatch for the store of another tracker, Version for a newer program's, Damaged. O(file).
    """
    if db.execute("PRAGMA quick_check(1)").fetchone() != ("ok",):
        raise Damaged(f"{path} is damaged: {REMEDY}")
    db.executescript(_TABLES)
    found = dict(db.execute("SELECT k, v FROM meta"))
    if found.get("schema", SCHEMA) > SCHEMA:
        raise Version(f"{path} was written by a newer trackerd")
    ours = {"schema": SCHEMA, "number": number, "ca_key": ca_key}
    if not found.items() >= {key: ours[key] for key in ours if key in found}.items():
        raise PinMismatch(
            f"{path} is of tracker {found['number']} with the key {format_pin(found['ca_key'])}:"
            " start that one, or name another --data folder"
        )
    return {"store_id": lot.randbytes(16), "generation": 0, "hlc": 0, "projection": 0} | found | ours


def as_coded(error: sqlite3.Error) -> Coded:
    match getattr(error, "sqlite_errorcode", 0) & 0xFF:
        case sqlite3.SQLITE_FULL:
            return DiskFull()
        case sqlite3.SQLITE_CORRUPT | sqlite3.SQLITE_NOTADB:
            return Damaged(f"the store is damaged ({error}): {REMEDY}")
        case _:
            return DiskError(f"the store could not be written: {error}")
