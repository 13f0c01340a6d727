"""The library's tables: how its file is made and opened, its failures named, and many values said at once."""

import sqlite3
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from itertools import chain
from pathlib import Path
from typing import NamedTuple

from shared.errors import Damaged, DiskError, DiskFull, Version

SCHEMA = 3
_TABLES = """
CREATE TABLE manifest (root BLOB PRIMARY KEY, header BLOB NOT NULL, idx BLOB NOT NULL) WITHOUT ROWID;
CREATE TABLE block (id INTEGER PRIMARY KEY, root BLOB NOT NULL, n INTEGER NOT NULL, hashes BLOB NOT NULL,
    UNIQUE (root, n));
CREATE TABLE share (gid BLOB, eid BLOB, name TEXT NOT NULL, root BLOB NOT NULL, size INTEGER NOT NULL,
    path BLOB NOT NULL, mtime INTEGER NOT NULL, inode BLOB NOT NULL, ctime INTEGER NOT NULL,
    stopped INTEGER NOT NULL DEFAULT 0, PRIMARY KEY (gid, eid)) WITHOUT ROWID;
CREATE INDEX share_path ON share (path);
CREATE INDEX share_root ON share (root);
CREATE TABLE download (id INTEGER PRIMARY KEY AUTOINCREMENT, gid BLOB NOT NULL, name TEXT NOT NULL,
    folder BLOB NOT NULL, target TEXT NOT NULL, state TEXT NOT NULL, error TEXT NOT NULL DEFAULT '',
    in_order INTEGER NOT NULL DEFAULT 0, priority INTEGER NOT NULL DEFAULT 1);
CREATE TABLE download_file (download INTEGER, n INTEGER, eid BLOB NOT NULL, name TEXT NOT NULL,
    root BLOB NOT NULL, size INTEGER NOT NULL, target TEXT NOT NULL, part TEXT NOT NULL,
    done INTEGER NOT NULL DEFAULT 0, PRIMARY KEY (download, n)) WITHOUT ROWID;
CREATE TABLE had (download INTEGER, n INTEGER, block INTEGER, bits BLOB NOT NULL,
    PRIMARY KEY (download, n, block)) WITHOUT ROWID;
"""
_STEPS = (
    _TABLES,
    "ALTER TABLE download ADD COLUMN in_order INTEGER NOT NULL DEFAULT 0;",
    "ALTER TABLE download ADD COLUMN priority INTEGER NOT NULL DEFAULT 1;",
)
"""From nothing to the newest, then from each version to the next."""
_VALUES_MAX = 500
"""In one statement; SQLite before 3.32 takes 999."""


class Some(NamedTuple):
    sql: str
    values: Sequence[object]


def in_parts(values: Sequence[object]) -> Iterator[Some]:
    """To look for many values in few statements."""
    for at in range(0, len(values), _VALUES_MAX):
        some = values[at : at + _VALUES_MAX]
        yield Some(f"IN ({', '.join('?' * len(some))})", some)


def insert(db: sqlite3.Connection, into: str, rows: Sequence[tuple[object, ...]]) -> None:
    """Many rows by one statement: at the end of each, another thread may take the interpreter."""
    columns = len(rows[0]) if rows else 1
    for at in range(0, len(rows), _VALUES_MAX // columns):
        some = rows[at : at + _VALUES_MAX // columns]
        one = f"({', '.join('?' * columns)})"
        db.execute(f"{into} VALUES {', '.join([one] * len(some))}", [*chain.from_iterable(some)])


def made(path: Path) -> sqlite3.Connection:
    """Makes the file where there is none. Raises Version for a newer one, Damaged for no library."""
    path.touch(0o600)  # before SQLite: its other files take the rights of this one
    with library_errors(path):
        db = connected(path)
        try:
            _bring_up_to_date(db, path)
        except BaseException:
            db.close()
            raise
    return db


def _bring_up_to_date(db: sqlite3.Connection, path: Path) -> None:
    (version,) = db.execute("PRAGMA user_version").fetchone()
    if version > SCHEMA:
        raise Version(f"{path} was written by a newer Shoal")
    if version < SCHEMA:
        change = "".join(_STEPS[version:]) if version else _TABLES
        db.executescript(f"BEGIN; {change} PRAGMA user_version = {SCHEMA}; COMMIT;")


def connected(path: Path) -> sqlite3.Connection:
    assert sqlite3.threadsafety == 3, "SQLite must let threads share a connection"
    db = sqlite3.connect(path, isolation_level=None, check_same_thread=False)
    try:
        db.execute("PRAGMA journal_mode = WAL")
        db.execute("PRAGMA synchronous = FULL")
    except sqlite3.Error:
        db.close()
        raise
    return db


@contextmanager
def library_errors(path: Path) -> Iterator[None]:
    try:
        yield
    except sqlite3.OperationalError as error:
        full = error.sqlite_errorcode == sqlite3.SQLITE_FULL
        raise (DiskFull if full else DiskError)(f"{path}: {error}") from error
    except sqlite3.DatabaseError as error:
        raise Damaged(f"{path}: {error}") from error
