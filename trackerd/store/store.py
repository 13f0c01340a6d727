"""The tracker's rows on disk: many jobs to a commit, each answered once it is safe.

One thread writes; the jobs that come while it commits are the next commit, in their order. What is made from
rows to find them by (projections) is written in the same transaction, and can be made again from the rows.
"""

import asyncio
import functools
import random
import sqlite3
from collections.abc import AsyncGenerator, Callable, Mapping
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from pathlib import Path
from typing import Any, TypeVar

from shared.clock import Clock
from shared.errors import Busy, Coded, NoTracker
from shared.facts.replica import Pen, new_log
from shared.facts.rows import Row
from shared.limits import COMMANDS_WAITING_MAX, COMMIT_COMMANDS_MAX
from trackerd.questions import Listed
from trackerd.rules import Book
from trackerd.store.book import Commit, SqlBook, TrackerRows, Written
from trackerd.store.projections import PROJECTION
from trackerd.store.rounds import RoundPart, round_parts
from trackerd.store.schema import as_coded, connection, prepare

T = TypeVar("T")


@dataclass
class _Job:
    run: Callable[[SqlBook], Any]
    answer: asyncio.Future[Any]

    def resolve(self, outcome: Any) -> None:
        if self.answer.done():  # its caller was cancelled; the write stands
            return
        if isinstance(outcome, BaseException):
            self.answer.set_exception(outcome)
        else:
            self.answer.set_result(outcome)


class Store:
    """Belongs to the loop's thread."""

    on_commit: Callable[[Commit], None]
    """Called on the loop with each commit, in order, before those who wrote it are answered."""

    def __init__(self, path: Path, book: SqlBook, meta: Mapping[str, Any]) -> None:
        self.store_id: bytes = meta["store_id"]
        self.generation: int = meta["generation"]
        self.log = book.pen.log
        self.seen = book.vector()
        """What is incorporated, as of the last commit that on_commit was told of. To be read only."""
        self.on_commit = lambda _commit: None
        self._path, self._book = path, book
        self._points, self._snapshots = TrackerRows(connection(path)), TrackerRows(connection(path))
        self._writer, self._reader, self._rounds = (
            ThreadPoolExecutor(1, f"store-{name}") for name in ("writer", "reader", "rounds")
        )
        self._waiting: list[_Job] = []
        self._one_by_one = 0
        """So many of those waiting were in a commit that one of them broke."""
        self._commit: asyncio.Future[tuple[list[Any], Commit]] | None = None
        self._is_closed = False

    @classmethod
    def open(cls, path: Path, *, number: int, ca_key: bytes, clock: Clock, lot: random.Random) -> "Store":
        """Takes the file up, or makes it. Blocks, O(file) for the check of all its pages.

        Raises PinMismatch for the store of another tracker, Version for a newer program's, Damaged.
        """
        try:
            db = connection(path)
            meta = dict(prepare(db, path, number, ca_key, lot))
            book = SqlBook(db, Pen(new_log(number, clock.wall_s(), lot), meta["hlc"]), clock)
            db.execute("BEGIN IMMEDIATE")
            if meta["projection"] != PROJECTION:
                book.project_all()
            meta["projection"] = PROJECTION
            db.executemany("INSERT OR REPLACE INTO meta VALUES (?, ?)", meta.items())
            db.execute("COMMIT")
        except sqlite3.Error as error:
            raise as_coded(error) from error
        return cls(path, book, meta)

    @property
    def rows(self) -> Listed:
        """What is committed, for point reads on the loop (some 10 us each)."""
        return self._points

    def vector(self) -> dict[int, int]:
        return dict(self.seen)

    async def write(self, decide: Callable[[Book], T]) -> Written[T]:
        """Runs `decide` on the writer's thread; returns once what it wrote is on the disk.

        What it raises comes back to this caller alone, and leaves nothing; nor do DiskFull and DiskError.
        """
        if len(self._waiting) >= COMMANDS_WAITING_MAX:
            raise Busy
        written: Written[T] = await self._do(lambda book: book.decide(decide))
        return written

    async def read(self, question: Callable[[Listed], T]) -> T:
        """Asks one snapshot, on a thread of its own: for pages and scans."""
        loop = asyncio.get_running_loop()
        return await loop.run_in_executor(self._reader, self._snapshots.ask, question)

    # --- what comes from other trackers, and goes to them; rows that come were let in by rows.check() ---

    async def take_live(self, log: int, first: int, last: int, rows: list[Row]) -> bool:
        """Takes a commit of `log`, whole. False where one before it is missing: then nothing is taken."""
        taken: bool = await self._do(lambda book: book.take_live(log, first, last, rows))
        return taken

    async def take_rows(self, rows: list[Row], *, repair: bool = False) -> None:
        """Takes a part of a round. The vector stays: a cut round must not claim what it skipped.

        `repair` takes also what this store should have: it was found not to.
        """
        await self._do(lambda book: book.take(rows, repair=repair))

    async def finish_round(self, end: Mapping[int, int]) -> None:
        """All parts of a round that comes to `end` were taken."""
        await self._do(lambda book: book.finish_round(end))

    async def round_above(self, theirs: Mapping[int, int]) -> AsyncGenerator[RoundPart, None]:
        """What a tracker lacks that has seen `theirs`. Who stops early closes it (contextlib.aclosing)."""
        loop = asyncio.get_running_loop()
        db = await loop.run_in_executor(self._rounds, connection, self._path)
        parts = round_parts(db, theirs)
        try:
            while part := await loop.run_in_executor(self._rounds, next, parts, None):
                yield part
        finally:
            # There, as a page may still be on its way that nobody waits for any more.
            loop.run_in_executor(self._rounds, db.close)

    async def close(self) -> None:
        """Finishes what is waiting, and takes nothing more."""
        self._is_closed = True
        while self._commit:
            await asyncio.wait([self._commit])
        for thread in (self._writer, self._reader, self._rounds):
            thread.shutdown()
        for rows in (self._points, self._snapshots, self._book):
            rows.db.close()

    # --- commits ---

    def _do(self, run: Callable[[SqlBook], Any]) -> asyncio.Future[Any]:
        if self._is_closed:
            raise NoTracker("the tracker is stopping")
        answer = asyncio.get_running_loop().create_future()
        self._waiting.append(_Job(run, answer))
        self._commit_next()
        return answer

    def _commit_next(self) -> None:
        if self._commit or not self._waiting:
            return
        count = 1 if self._one_by_one else COMMIT_COMMANDS_MAX
        self._one_by_one = max(0, self._one_by_one - count)
        batch, self._waiting = self._waiting[:count], self._waiting[count:]
        loop = asyncio.get_running_loop()
        self._commit = loop.run_in_executor(self._writer, self._book.commit, [job.run for job in batch])
        self._commit.add_done_callback(functools.partial(self._committed, batch))

    def _committed(self, batch: list[_Job], commit: "asyncio.Future[tuple[list[Any], Commit]]") -> None:
        self._commit = None
        error = commit.exception()
        if error and len(batch) > 1 and not isinstance(error, Coded):
            # A bug in one job: nothing was kept, so all can be tried again, and it be found.
            self._waiting = batch + self._waiting
            self._one_by_one = len(batch)
        elif error:
            for job in batch:
                job.resolve(error)
        else:
            self._deliver(batch, *commit.result())
        self._commit_next()

    def _deliver(self, batch: list[_Job], outcomes: list[Any], commit: Commit) -> None:
        self._waiting = batch[len(outcomes) :] + self._waiting
        if commit.rows or commit.seen:
            # In a callback of its own, so that a fault of the listener's holds no writer up.
            asyncio.get_running_loop().call_soon(self._tell, commit)
        for job, outcome in zip(batch, outcomes, strict=False):
            job.resolve(outcome)

    def _tell(self, commit: Commit) -> None:
        self.seen |= commit.seen
        self.on_commit(commit)
