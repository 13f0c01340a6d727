"""The store's tables: made, brought up to date, and whose they are; and what to call their faults."""

import contextlib
import random
import sqlite3
from pathlib import Path
from typing import Any

from shared.errors import Coded, DiskError, DiskFull, PinMismatch, Version
from shared.fact_tables import TABLES_BESIDE_ROWS, connect
from shared.tracker_info import format_pin
from trackerd.store.files import BACKUPS, STORE_FILE, copy_to, damaged, free_name, pages_damage
from trackerd.store.sums import add_functions

SCHEMA = 2
_CACHE_KIB = 32 * 1024
_ROWS = (
    # Not WITHOUT ROWID: keys come in no order, and to find the place of a key among keys alone, without the
    # bodies, takes a fourth of the pages. 1,000,000 rows of one group were taken 2 to 3 times as fast.
    """CREATE TABLE row(kind INT, id BLOB, hlc INT, log INT, seq INT, body BLOB, crc INT,
    PRIMARY KEY(kind, id))""",
    "CREATE UNIQUE INDEX row_dot ON row(log, seq)",
    "CREATE INDEX row_scope ON row(substr(id, 1, 16), log, seq)",
)
_COLLECTED = (
    # `n` grows with every change, so that what is new can be asked for.
    "CREATE TABLE gc(n INTEGER PRIMARY KEY AUTOINCREMENT, scope BLOB, log INT, seq INT, UNIQUE(scope, log))",
    "CREATE INDEX gc_log ON gc(log, seq)",
)
_FRESH = (
    *_ROWS,
    *filter(str.strip, TABLES_BESIDE_ROWS.split(";")),
    "CREATE TABLE vv(log INTEGER PRIMARY KEY, seq INT, crc INT)",
    "CREATE TABLE tally(kind INT, id BLOB, n INT, PRIMARY KEY(kind, id)) WITHOUT ROWID",
    *_COLLECTED,
)
_STEPS = {
    1: (
        "ALTER TABLE row RENAME TO rows_before",
        "DROP INDEX row_dot",
        "DROP INDEX row_scope",
        *_ROWS,
        "INSERT INTO row SELECT *, row_sum(kind, id, hlc, log, seq, body) FROM rows_before",
        "DROP TABLE rows_before",
        "ALTER TABLE vv ADD COLUMN crc INT",
        "UPDATE vv SET crc = seen_sum(log, seq)",
        *_COLLECTED,
    )
}
"""From each schema to the next."""


def connection(path: Path) -> sqlite3.Connection:
    db = connect(path, "FULL")
    db.execute(f"PRAGMA cache_size = -{_CACHE_KIB}")
    return db


def checkpoint(path: Path) -> None:
    """Copies SQLite's log into the file, as far as nobody holds it up."""
    with contextlib.suppress(sqlite3.Error), contextlib.closing(connection(path)) as db:
        db.execute("PRAGMA wal_checkpoint")  # what goes wrong here does so again where it is told of


def prepare(
    db: sqlite3.Connection, path: Path, number: int, ca_key: bytes, lot: random.Random
) -> dict[str, Any]:
    """Makes the tables, or brings those of an older program up to date; a copy is kept as it was.

    Begins the transaction for it, and returns what `meta` is to hold when that ends. Raises Damaged,
    PinMismatch for the store of another tracker, and Version for a newer program's. Blocks, O(file).
    """
    if wrong := pages_damage(db):
        raise damaged(path, wrong)
    is_fresh = db.execute("SELECT 1 FROM sqlite_master").fetchone() is None
    found = {} if is_fresh else dict(db.execute("SELECT k, v FROM meta"))
    schema = SCHEMA if is_fresh else found.get("schema", 1)
    if schema > SCHEMA:
        raise Version(f"{path} was written by a newer trackerd")
    ours = {"number": number, "ca_key": ca_key}
    if not found.items() >= {key: ours[key] for key in ours if key in found}.items():
        raise PinMismatch(
            f"{path} is of tracker {found['number']} with the key {format_pin(found['ca_key'])}:"
            " start that one, or name another --data folder"
        )
    if schema < SCHEMA:
        folder = path.with_name(BACKUPS)
        folder.mkdir(0o700, exist_ok=True)
        copy_to(db, free_name(folder / f"{path.stem}-schema{schema}{path.suffix}"))
    add_functions(db)
    db.execute("BEGIN IMMEDIATE")
    for sql in _FRESH if is_fresh else [sql for step in range(schema, SCHEMA) for sql in _STEPS[step]]:
        db.execute(sql)
    lost = is_fresh and any(path.parent.glob(f"{path.name}.damaged*"))
    default = {"store_id": lot.randbytes(16), "generation": 0, "hlc": 0, "projection": 0, "must_refill": lost}
    return default | found | ours | {"schema": SCHEMA}


def as_coded(error: sqlite3.Error | UnicodeDecodeError, path: Path = Path(STORE_FILE)) -> Coded:
    if isinstance(error, UnicodeDecodeError) or "decode to UTF-8" in str(error):
        return damaged(path, "it has text that is none")
    match getattr(error, "sqlite_errorcode", 0) & 0xFF:
        case sqlite3.SQLITE_FULL:
            return DiskFull()
        case sqlite3.SQLITE_CORRUPT | sqlite3.SQLITE_NOTADB:
            return damaged(path, error)
        case _:
            return DiskError(f"the store could not be written: {error}")
