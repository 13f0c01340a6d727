"""The tracker's rows in SQLite: many commands to a commit, each answered once it is on the disk.

One thread writes; the commands that arrive while it commits are the next commit. What is made from rows to
find them by (projections) is written in the same transaction, and can be made again from the rows alone.
"""

import asyncio
import random
import sqlite3
from collections.abc import Callable, Iterator, Mapping
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Generic, NamedTuple, TypeVar

from shared.clock import Clock
from shared.errors import (
    Busy,
    Coded,
    Damaged,
    DiskError,
    DiskFull,
    NoTracker,
    PinMismatch,
    ShoalError,
    Version,
)
from shared.fact_tables import TABLES, SqlRows, connect
from shared.facts.ids import Dot
from shared.facts.replica import Pen, new_log
from shared.facts.rows import (
    FIRST_CLAIM,
    Body,
    Device,
    Group,
    Key,
    Kind,
    Member,
    Row,
    Share,
    User,
    body_of,
    split,
)
from shared.limits import COMMANDS_WAITING_MAX, COMMIT_COMMANDS_MAX, COMMIT_S_MAX
from shared.tracker_info import format_pin
from trackerd.questions import Listed
from trackerd.rules import Book

SCHEMA = 1
PROJECTION = 1
"""To be raised with every change of what is projected: stores then project anew."""
_CACHE_KIB = 32 * 1024
_TABLES = f"""
{TABLES}
CREATE UNIQUE INDEX IF NOT EXISTS row_dot ON row(log, seq);
CREATE INDEX IF NOT EXISTS row_scope ON row(substr(id, 1, 16), log, seq);
CREATE TABLE IF NOT EXISTS vv(log INTEGER PRIMARY KEY, seq INT);
CREATE TABLE IF NOT EXISTS tally(kind INT, id BLOB, n INT, PRIMARY KEY(kind, id)) WITHOUT ROWID;
"""
_ADD = {
    "name_idx": "INSERT OR IGNORE INTO name_idx VALUES (?, ?, ?)",
    "user_row": "INSERT OR IGNORE INTO user_row VALUES (?, ?, ?)",
    "tally": "INSERT INTO tally VALUES (?, ?, 1) ON CONFLICT DO UPDATE SET n = n + 1",
}
_REMOVE = {
    "name_idx": "DELETE FROM name_idx WHERE kind = ? AND fold = ? AND id = ?",
    "user_row": "DELETE FROM user_row WHERE uid = ? AND kind = ? AND id = ?",
    "tally": "UPDATE tally SET n = n - 1 WHERE kind = ? AND id = ?",
}
T = TypeVar("T")


class Written(NamedTuple, Generic[T]):
    value: T
    dot: Dot | None
    """Of the last row; None where nothing had to be written."""
    rows: list[Row]


@dataclass
class _Command:
    decide: Callable[[Book], Any]
    answer: asyncio.Future[Written[Any]]

    def resolve(self, outcome: Written[Any] | BaseException) -> None:
        if self.answer.done():  # its caller was cancelled; the write stands
            return
        if isinstance(outcome, BaseException):
            self.answer.set_exception(outcome)
        else:
            self.answer.set_result(outcome)


class Store:
    """Belongs to the loop's thread."""

    on_commit: Callable[[list[Row]], None]
    """Called on the loop with the rows of each commit, in order, before their writers are answered."""

    def __init__(self, path: Path, book: "_SqlBook", meta: Mapping[str, Any]) -> None:
        self.store_id: bytes = meta["store_id"]
        self.generation: int = meta["generation"]
        self.log = book.pen.log
        self.on_commit = lambda _rows: None
        self._book = book
        self._points, self._snapshots = _SqlRows(_connect(path)), _SqlRows(_connect(path))
        self._writer, self._reader = (
            ThreadPoolExecutor(1, "store-writer"),
            ThreadPoolExecutor(1, "store-reader"),
        )
        self._waiting: list[_Command] = []
        self._one_by_one = 0
        """So many of those waiting were in a commit that one of them broke."""
        self._commit: asyncio.Future[list[Written[Any] | ShoalError]] | None = None
        self._is_closed = False

    @classmethod
    def open(cls, path: Path, *, number: int, ca_key: bytes, clock: Clock, lot: random.Random) -> "Store":
        """Takes the file up, or makes it. Blocks, O(file) for the check of all its pages.

        Raises PinMismatch for the store of another tracker, Version for a newer program's, Damaged.
        """
        try:
            db = _connect(path)
            if db.execute("PRAGMA quick_check(1)").fetchone() != ("ok",):
                raise Damaged(
                    f"{path} is damaged: set it aside, and restore a backup or start from the others"
                )
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
            meta = {"store_id": lot.randbytes(16), "generation": 0, "hlc": 0, "projection": 0} | found | ours
            book = _SqlBook(db, Pen(new_log(number, clock.wall_s(), lot), meta["hlc"]), clock)
            db.execute("BEGIN IMMEDIATE")
            if meta["projection"] != PROJECTION:
                book.project_all()
            meta["projection"] = PROJECTION
            db.executemany("INSERT OR REPLACE INTO meta VALUES (?, ?)", meta.items())
            db.execute("COMMIT")
        except sqlite3.Error as error:
            raise _as_coded(error) from error
        return cls(path, book, meta)

    @property
    def rows(self) -> Listed:
        """What is committed, for point reads on the loop (some 10 us each)."""
        return self._points

    def vector(self) -> dict[int, int]:
        return self._points.vector()

    async def write(self, decide: Callable[[Book], T]) -> Written[T]:
        """Runs `decide` on the writer's thread; returns once what it wrote is on the disk.

        What it raises comes back to this caller alone, and leaves nothing; nor do DiskFull and DiskError.
        """
        if self._is_closed:
            raise NoTracker("the tracker is stopping")
        if len(self._waiting) >= COMMANDS_WAITING_MAX:
            raise Busy
        answer: asyncio.Future[Written[T]] = asyncio.get_running_loop().create_future()
        self._waiting.append(_Command(decide, answer))
        self._commit_next()
        return await answer

    async def read(self, question: Callable[[Listed], T]) -> T:
        """Asks one snapshot, on a thread of its own: for pages and scans."""
        loop = asyncio.get_running_loop()
        return await loop.run_in_executor(self._reader, self._snapshots.ask, question)

    async def close(self) -> None:
        """Finishes what is waiting, and takes nothing more."""
        self._is_closed = True
        while self._commit:
            await asyncio.wait([self._commit])
        self._writer.shutdown()
        self._reader.shutdown()
        for rows in (self._points, self._snapshots, self._book):
            rows.db.close()

    def _commit_next(self) -> None:
        if self._commit or not self._waiting:
            return
        count = 1 if self._one_by_one else COMMIT_COMMANDS_MAX
        self._one_by_one = max(0, self._one_by_one - count)
        batch, self._waiting = self._waiting[:count], self._waiting[count:]
        loop = asyncio.get_running_loop()
        decides = [command.decide for command in batch]
        self._commit = loop.run_in_executor(self._writer, self._book.commit, decides)
        self._commit.add_done_callback(lambda commit: self._committed(batch, commit))

    def _committed(
        self, batch: list[_Command], commit: "asyncio.Future[list[Written[Any] | ShoalError]]"
    ) -> None:
        self._commit = None
        error = commit.exception()
        if error and len(batch) > 1 and not isinstance(error, Coded):
            # A bug in one command: nothing was kept, so all can be tried again, and it be found.
            self._waiting = batch + self._waiting
            self._one_by_one = len(batch)
        elif error:
            for command in batch:
                command.resolve(error)
        else:
            self._deliver(batch, commit.result())
        self._commit_next()

    def _deliver(self, batch: list[_Command], outcomes: list[Written[Any] | ShoalError]) -> None:
        self._waiting = batch[len(outcomes) :] + self._waiting
        if rows := [row for outcome in outcomes if isinstance(outcome, Written) for row in outcome.rows]:
            # In a callback of its own, so that a fault of the listener's holds no writer up.
            asyncio.get_running_loop().call_soon(self.on_commit, rows)
        for command, outcome in zip(batch, outcomes, strict=False):
            command.resolve(outcome)


class _SqlRows(SqlRows):
    """Listed, over one connection."""

    def unseen(self, prefix: bytes, vv: Mapping[int, int], at_most: int, /) -> list[Row]:
        where = "FROM row WHERE substr(id, 1, 16) = ? AND log = ? AND seq > ? LIMIT ?"
        found: list[Row] = []
        for log in self.logs(prefix):
            found += self._select(where, prefix, log, vv.get(log, 0), at_most - len(found))
        return found

    def logs(self, prefix: bytes, /) -> Iterator[int]:
        # Jumps from log to log in the index, where DISTINCT would read all that the scope has.
        sql = "SELECT log FROM row WHERE substr(id, 1, 16) = ? AND log > ? ORDER BY log LIMIT 1"
        log = -1
        while found := self.db.execute(sql, (prefix, log)).fetchone():
            (log,) = found
            yield log

    def tally(self, kind: int, id_: bytes, /) -> int:
        found = self.db.execute("SELECT n FROM tally WHERE kind = ? AND id = ?", (kind, id_)).fetchone()
        return int(found[0]) if found else 0

    def vector(self) -> dict[int, int]:
        return dict(self.db.execute("SELECT log, seq FROM vv"))


class _SqlBook(_SqlRows):
    """Book, over the connection that writes."""

    def __init__(self, db: sqlite3.Connection, pen: Pen, clock: Clock) -> None:
        super().__init__(db)
        self.pen = pen
        self._clock = clock
        self._written: list[Row] = []
        """By the command that is being decided."""

    def commit(self, decides: list[Callable[[Book], Any]]) -> list[Written[Any] | ShoalError]:
        """The outcomes of the first few, as many as there was time for, once they are on the disk."""
        kept, begun_s = self.pen.seq, self._clock.monotonic_s()
        outcomes: list[Written[Any] | ShoalError] = []
        try:
            self.db.execute("BEGIN IMMEDIATE")
            for decide in decides:
                outcomes.append(self._decide(decide))
                if self._clock.monotonic_s() - begun_s > COMMIT_S_MAX:
                    break
            if self.pen.seq > kept:
                self.db.execute("INSERT OR REPLACE INTO vv VALUES (?, ?)", (self.pen.log, self.pen.seq))
                self.db.execute("UPDATE meta SET v = ? WHERE k = 'hlc'", (self.pen.hlc,))
            self.db.execute("COMMIT")
            kept = self.pen.seq
        except sqlite3.Error as error:
            raise _as_coded(error) from error
        finally:
            self.pen.seq = kept  # no gaps: what failed was never there
            if self.db.in_transaction:
                self.db.execute("ROLLBACK")
        return outcomes

    def write(self, kind: Kind, id_: bytes, body: Body, /) -> Row:
        old = self.get(kind, id_)
        if old and kind >= FIRST_CLAIM:
            return old
        row = self.pen.write(Key(kind, id_), body, old, self._clock.wall_s())
        if not self._written:
            self.db.execute("SAVEPOINT command")
        self.keep(row)
        self._project(old, row)
        self._written.append(row)
        return row

    def project_all(self) -> None:
        """O(rows)."""
        for table in _ADD:
            self.db.execute(f"DELETE FROM {table}")  # noqa: S608  the names are ours
        for row in self._select("FROM row"):
            self._project(None, row)

    def _decide(self, decide: Callable[[Book], T]) -> Written[T] | ShoalError:
        seq = self.pen.seq
        written: list[Row] = []
        self._written = written
        try:
            outcome: Written[T] | ShoalError = Written(
                decide(self), written[-1].dot if written else None, written
            )
        except ShoalError as error:
            if written:
                self.db.execute("ROLLBACK TO command")
            self.pen.seq = seq
            outcome = error
        if written:
            self.db.execute("RELEASE command")
        return outcome

    def _project(self, old: Row | None, new: Row) -> None:
        before, after = set(_projections(old)) if old else set(), set(_projections(new))
        for table, key in before - after:
            self.db.execute(_REMOVE[table], key)
        for table, key in after - before:
            self.db.execute(_ADD[table], key)


def _projections(row: Row) -> Iterator[tuple[str, tuple[Any, ...]]]:
    """Where this row is to be found: by a name, by a user, and counted towards a quota."""
    gid, rest = split(row.id)
    match row.kind:
        case Kind.USER:
            yield "name_idx", (row.kind, body_of(row, User).fold, row.id)
            yield "user_row", (row.id, Kind.USER, row.id)
            yield "user_row", (row.id, Kind.GONE, row.id)
        case Kind.GROUP:
            yield "name_idx", (row.kind, body_of(row, Group).fold, row.id)
        case Kind.DEVICE:
            uid = body_of(row, Device).uid
            yield "user_row", (uid, Kind.DEVICE, row.id)
            yield "user_row", (uid, Kind.REVOKED, row.id)
        case Kind.REQUEST:
            yield "user_row", (rest, row.kind, row.id)
        case Kind.MEMBER:
            yield "user_row", (rest, row.kind, row.id)
            if body_of(row, Member).is_in:
                yield "tally", (row.kind, gid)
        case Kind.ENTRY:
            yield "tally", (row.kind, gid)
        case Kind.SHARE if (share := body_of(row, Share)).live:
            yield "tally", (row.kind, share.uid)


def _connect(path: Path) -> sqlite3.Connection:
    db = connect(path, "FULL")
    db.execute(f"PRAGMA cache_size = -{_CACHE_KIB}")
    return db


def _as_coded(error: sqlite3.Error) -> Coded:
    match getattr(error, "sqlite_errorcode", 0) & 0xFF:
        case sqlite3.SQLITE_FULL:
            return DiskFull()
        case sqlite3.SQLITE_CORRUPT | sqlite3.SQLITE_NOTADB:
            return Damaged(f"the store is damaged: {error}")
        case _:
            return DiskError(f"the store could not be written: {error}")
