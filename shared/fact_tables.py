"""Rows in SQLite: the tables that a tracker's store and a desktop's mirror share, and their questions."""

import sqlite3
from collections.abc import Callable, Iterable, Iterator
from pathlib import Path
from typing import Literal, Self, TypeVar

from shared.facts.ids import GroupId, UserId
from shared.facts.rows import KEY_BYTES_MAX, Kind, Member, Row, body_of, split

TABLES_BESIDE_ROWS = """
CREATE TABLE IF NOT EXISTS meta(k TEXT PRIMARY KEY, v) WITHOUT ROWID;
CREATE TABLE IF NOT EXISTS name_idx(kind INT, fold TEXT, id BLOB, PRIMARY KEY(kind, fold, id)) WITHOUT ROWID;
CREATE TABLE IF NOT EXISTS user_row(uid BLOB, kind INT, id BLOB, PRIMARY KEY(uid, kind, id)) WITHOUT ROWID;
"""
TABLES = f"""
CREATE TABLE IF NOT EXISTS row(kind INT, id BLOB, hlc INT, log INT, seq INT, body BLOB,
    PRIMARY KEY(kind, id)) WITHOUT ROWID;
{TABLES_BESIDE_ROWS}
"""
T = TypeVar("T")


def connect(path: Path, synchronous: Literal["FULL", "NORMAL"]) -> sqlite3.Connection:
    """To a file for this user alone. Each connection is for one thread at a time, not just its maker."""
    path.touch(0o600)  # before SQLite: its other files take the rights of this one
    db = sqlite3.connect(path, isolation_level=None, check_same_thread=False)
    try:
        db.execute("PRAGMA journal_mode = WAL")
        db.execute(f"PRAGMA synchronous = {synchronous}")
    except sqlite3.Error:
        db.close()
        raise
    return db


class SqlRows:
    """derive.Rows over one connection; in its transaction, if it has begun one."""

    def __init__(self, db: sqlite3.Connection) -> None:
        self.db = db

    def ask(self, question: Callable[[Self], T]) -> T:
        """All that it reads is one snapshot."""
        self.db.execute("BEGIN")
        try:
            return question(self)
        finally:
            self.db.execute("ROLLBACK")

    def get(self, kind: int, id_: bytes, /) -> Row | None:
        return next(self.select("FROM row WHERE kind = ? AND id = ?", kind, id_), None)

    def scan(self, kind: int, prefix: bytes, start: bytes = b"", /) -> Iterator[Row]:
        last = prefix.ljust(KEY_BYTES_MAX, b"\xff")
        where = "FROM row WHERE kind = ? AND id BETWEEN ? AND ? ORDER BY id"
        return self.select(where, kind, max(prefix, start), last)

    def claims(self, kind: int, folded: str, /) -> Iterable[bytes]:
        found = self.db.execute("SELECT id FROM name_idx WHERE kind = ? AND fold = ?", (kind, folded))
        return [id_ for (id_,) in found]

    def groups_of(self, uid: UserId, /) -> Iterable[GroupId]:
        members = self.about(uid, Kind.MEMBER)
        return [GroupId(split(row.id)[0]) for row in members if body_of(row, Member).is_in]

    def about(self, uid: UserId, kind: Kind | None = None, /) -> Iterator[Row]:
        """The rows that user_row names for the user: all, or those of one kind."""
        joined = "FROM user_row CROSS JOIN row USING (kind, id) WHERE uid = ?"
        return self.select(f"{joined} AND kind = ?", uid, kind) if kind else self.select(joined, uid)

    def keep(self, row: Row) -> None:
        values = (row.kind, row.id, row.hlc, row.log, row.seq, row.body)
        self.db.execute("INSERT OR REPLACE INTO row VALUES (?, ?, ?, ?, ?, ?)", values)

    def select(self, sql: str, *values: int | bytes) -> Iterator[Row]:
        """The rows of a statement, from its FROM on; lazy."""
        columns = "SELECT row.kind, row.id, row.hlc, row.log, row.seq, row.body "
        return (Row(*found) for found in self.db.execute(columns + sql, values))
