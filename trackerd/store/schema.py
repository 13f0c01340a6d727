"""The store's file: its tables, who may open it, older and damaged ones, and what to call its faults."""

import contextlib
import itertools
import random
import sqlite3
from pathlib import Path
from typing import Any

from shared.errors import Coded, Damaged, DiskError, DiskFull, PinMismatch, Version
from shared.fact_tables import TABLES, connect
from shared.tracker_info import format_pin

SCHEMA = 2
REMEDY = (
    "move it away and start the tracker, which then takes everything from the others;"
    " where there are none, `trackerd restore` a backup first (docs/operation.md)"
)
_CACHE_KIB = 32 * 1024
_COLLECTED = (
    # `n` grows with every change, so that what is new can be asked for.
    "CREATE TABLE gc(n INTEGER PRIMARY KEY AUTOINCREMENT, scope BLOB, log INT, seq INT, UNIQUE(scope, log))",
    "CREATE INDEX gc_log ON gc(log, seq)",
)
_FRESH = (
    *filter(str.strip, TABLES.split(";")),
    "CREATE UNIQUE INDEX row_dot ON row(log, seq)",
    "CREATE INDEX row_scope ON row(substr(id, 1, 16), log, seq)",
    "CREATE TABLE vv(log INTEGER PRIMARY KEY, seq INT)",
    "CREATE TABLE tally(kind INT, id BLOB, n INT, PRIMARY KEY(kind, id)) WITHOUT ROWID",
    *_COLLECTED,
)
_STEPS = {1: _COLLECTED}
"""From each schema to the next."""


def connection(path: Path) -> sqlite3.Connection:
    db = connect(path, "FULL")
    db.execute(f"PRAGMA cache_size = -{_CACHE_KIB}")
    return db


def prepare(
    db: sqlite3.Connection, path: Path, number: int, ca_key: bytes, lot: random.Random
) -> dict[str, Any]:
    """Makes the tables, or brings those of an older program up to date; a copy is kept as it was.

    Begins the transaction for it, and returns what `meta` is to hold when that ends. Raises Damaged,
    PinMismatch for the store of another tracker, and Version for a newer program's. Blocks, O(file).
    """
    if db.execute("PRAGMA quick_check(1)").fetchone() != ("ok",):
        raise Damaged(f"{path} is damaged: {REMEDY}")
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
        folder = path.with_name("backups")
        folder.mkdir(0o700, exist_ok=True)
        copy_to(db, _free(folder / f"{path.stem}-schema{schema}{path.suffix}"))
    db.execute("BEGIN IMMEDIATE")
    for sql in _FRESH if is_fresh else [sql for step in range(schema, SCHEMA) for sql in _STEPS[step]]:
        db.execute(sql)
    lost = is_fresh and any(path.parent.glob(f"{path.name}.damaged*"))
    default = {"store_id": lot.randbytes(16), "generation": 0, "hlc": 0, "projection": 0, "must_refill": lost}
    return default | found | ours | {"schema": SCHEMA}


def copy_to(db: sqlite3.Connection, path: Path) -> None:
    """All of the file in one snapshot, while others read and write. There whole, or not at all."""
    part = path.with_name(path.name + ".part")
    part.unlink(missing_ok=True)
    part.touch(0o600)
    with contextlib.closing(sqlite3.connect(part)) as copy:
        db.backup(copy)
    part.rename(path)


def set_aside(path: Path) -> Path:
    """Makes room for a new store, which knows from the file's being there that it must refill.

    Says where the damaged one went. Nobody may have it open.
    """
    aside = _free(path.with_name(f"{path.name}.damaged"))
    for suffix in ("", "-wal", "-shm"):  # what is left of a start that is cut here belongs to no new store
        part = path.with_name(path.name + suffix)
        if part.exists():
            part.rename(aside.with_name(aside.name + suffix))
    return aside


def _free(path: Path) -> Path:
    numbered = (path.with_name(f"{path.name}.{n}") for n in itertools.count(1))
    return next(name for name in itertools.chain([path], numbered) if not name.exists())


def as_coded(error: sqlite3.Error) -> Coded:
    match getattr(error, "sqlite_errorcode", 0) & 0xFF:
        case sqlite3.SQLITE_FULL:
            return DiskFull()
        case sqlite3.SQLITE_CORRUPT | sqlite3.SQLITE_NOTADB:
            return Damaged(f"the store is damaged ({error}): {REMEDY}")
        case _:
            return DiskError(f"the store could not be written: {error}")
