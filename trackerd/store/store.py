"""The tracker's rows on disk: many jobs to a commit, each answered once it is safe.

One thread writes; the jobs that come while it commits are the next commit, in their order. What is made from
rows to find them by (projections) is written in the same transaction, and can be made again from the rows.
"""

import asyncio
import contextlib
import functools
import random
import sqlite3
from collections.abc import AsyncGenerator, AsyncIterator, Callable, Iterator, Mapping, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from pathlib import Path
from typing import Any, TypeVar

from shared.clock import Clock
from shared.errors import Busy, Coded, Damaged, NoTracker
from shared.facts.replica import Pen, new_log
from shared.facts.rows import Key, Row
from shared.limits import COMMANDS_WAITING_MAX, COMMIT_COMMANDS_MAX
from shared.wire.mesh_messages import Collected
from trackerd.invites import close_spent
from trackerd.questions import Listed
from trackerd.rules import Book
from trackerd.store.book import Commit, KnownRows, SqlBook, Torn, TrackerRows, Written
from trackerd.store.files import damaged, pages_damage
from trackerd.store.projections import PROJECTION
from trackerd.store.rounds import RoundPart, round_parts
from trackerd.store.scans import checksums, spent_invites, tombstones
from trackerd.store.schema import as_coded, checkpoint, connection, prepare

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
    on_damaged: Callable[[Damaged], None]
    """Called on the loop when the file turns out not to be what was written to it."""

    def __init__(self, path: Path, book: SqlBook, meta: Mapping[str, Any]) -> None:
        self.store_id: bytes = meta["store_id"]
        self.generation: int = meta["generation"]
        """Grows when rows may have been lost: whoever mirrors them then lists all anew."""
        self.must_refill = bool(meta["must_refill"])
        """It stands in for one that was damaged, and has not got what other trackers have."""
        self.log = book.pen.log
        self.seen = book.vector()
        """What is incorporated, as of the last commit that on_commit was told of. To be read only."""
        self.on_commit, self.on_damaged = lambda _commit: None, lambda _damage: None
        self._path, self._book = path, book
        self._points, self._snapshots = KnownRows(connection(path)), TrackerRows(connection(path))
        self._writer, self._reader, self._rounds, self._care = (
            ThreadPoolExecutor(1, f"store-{name}") for name in ("writer", "reader", "rounds", "care")
        )
        self._waiting: list[_Job] = []
        self._one_by_one = 0
        """So many of those waiting were in a commit that one of them broke."""
        self._commit: asyncio.Future[tuple[list[Any], Commit]] | None = None
        self._listings = 0
        self._checking: sqlite3.Connection | None = None
        self._is_closed = False

    @classmethod
    def open(cls, path: Path, *, number: int, ca_key: bytes, clock: Clock, lot: random.Random) -> "Store":
        """Takes the file up, or makes it. Blocks, O(file) for the check of all its pages.

        Raises PinMismatch for the store of another tracker, Version for a newer program's, Damaged.
        """
        with contextlib.ExitStack() as opened:
            try:
                db = opened.enter_context(contextlib.closing(connection(path)))
                meta = prepare(db, path, number, ca_key, lot)
                if meta["must_refill"] and not meta["generation"]:
                    meta["generation"] = int(clock.wall_s())
                book = SqlBook(db, Pen(new_log(number, clock.wall_s(), lot), meta["hlc"]), clock)
                if meta["projection"] != PROJECTION:
                    book.project_all()
                meta["projection"] = PROJECTION
                db.executemany("INSERT OR REPLACE INTO meta VALUES (?, ?)", meta.items())
                db.execute("COMMIT")
                store = cls(path, book, meta)
            except (sqlite3.Error, UnicodeDecodeError) as error:
                raise as_coded(error, path) from error
            opened.pop_all()
        return store

    @property
    def rows(self) -> Listed:
        """What is committed, for point reads on the loop: some 10 us each, 1 us where it was read before."""
        return self._points

    def vector(self) -> dict[int, int]:
        return dict(self.seen)

    @property
    def rows_by_kind(self) -> dict[int, int]:
        return self._points.count_by_kind()

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
        try:
            return await loop.run_in_executor(self._reader, self._snapshots.ask, question)
        except sqlite3.DatabaseError as error:
            raise self._told(as_coded(error)) from error

    # --- what comes from other trackers, and goes to them; rows that come were let in by rows.check() ---

    async def take_live(self, log: int, first: int, last: int, rows: list[Row]) -> bool:
        """Takes a commit of `log`, whole. False where one before it is missing: then nothing is taken."""
        taken: bool = await self._do(lambda book: book.take_live(log, first, last, rows))
        return taken

    async def take_rows(
        self, rows: list[Row], *, gc: Sequence[Collected] = (), whole: int = 0, repair: bool = False
    ) -> None:
        """Takes a part of a round. The vector stays: a cut round must not claim what it skipped.

        `whole`, for a part that is: what new_listing() said for this round. Once cut it must begin anew:
        nothing of it may be taken as seen. `repair` takes also what the vector covers already, as this store
        was found not to have it.
        """
        await self._do(lambda book: book.take(rows, gc=gc, whole=whole, repair=repair))

    async def finish_round(self, end: Mapping[int, int], hlc: int = 0, *, whole: int = 0) -> None:
        """All parts of a round that comes to `end` were taken; its sender wrote and read up to `hlc`.

        Of a whole one, rows that were in no part go, if `end` covers them: others deleted them. O(rows).
        """
        await self._do(lambda book: book.finish_round(end, hlc, whole=whole))
        if whole:
            self._points.forget_all()
        self.must_refill = False
        # Beside the writer, which would else hold up the next commit with what the round has left.
        asyncio.get_running_loop().run_in_executor(self._care, checkpoint, self._path)

    def new_listing(self) -> int:
        """For a whole round: the number under which the store remembers what was in its parts."""
        self._listings += 1
        return self._listings

    async def forget_listing(self, whole: int) -> None:
        """That round is cut."""
        await self._do(lambda book: book.forget_listing(whole))

    def round_above(self, theirs: Mapping[int, int]) -> AsyncGenerator[RoundPart, None]:
        """What a tracker lacks that has seen `theirs`. Who stops early closes it (contextlib.aclosing)."""
        return self._steps(self._rounds, lambda db: round_parts(db, theirs))

    # --- care ---

    async def purge(self, rows: list[Row]) -> int:
        """Deletes for good those that are unchanged and still collectable; says how many.

        Only for rows that every tracker has, which must not ask for what is below them either.
        """
        purged: int = await self._do(lambda book: book.purge(rows))
        self._points.forget(rows)
        return purged

    async def close_invites(self, at: int) -> None:
        """Those that have been of use to nobody for a day. O(invites and their uses)."""
        async with contextlib.aclosing(self._steps(self._care, lambda db: spent_invites(db, at))) as steps:
            async for ids in steps:
                if ids:
                    await self.write(functools.partial(close_spent, ids=ids, at=at))

    async def tombstones(self, older_than_hlc: int, after: Key | None, at_most: int) -> list[Row]:
        """Collectable rows with a smaller stamp, in the order of their keys from behind `after`.

        Fewer than `at_most` where these are the last. O(rows).
        """
        found: list[Row] = []
        steps = self._steps(self._care, lambda db: tombstones(db, older_than_hlc, after))
        async with contextlib.aclosing(steps):
            async for some in steps:
                found += some
                if len(found) >= at_most:
                    break
        return found[:at_most]

    async def checksums(self) -> tuple[dict[int, int], dict[bytes, bytes]]:
        """The vector of a snapshot, and what the live rows of each group come to (b"": all other rows).

        O(rows), on a thread of its own.
        """
        summed: tuple[dict[int, int], dict[bytes, bytes]] = {}, {}
        async with contextlib.aclosing(self._steps(self._care, checksums)) as steps:
            async for step in steps:
                summed = step
        return summed

    async def check(self) -> None:
        """Looks at every page of the file, for who will not start anew for long. O(file), on a thread."""
        async with self._connected(self._care) as db:
            self._checking = db
            try:
                wrong = await asyncio.get_running_loop().run_in_executor(self._care, pages_damage, db)
            except sqlite3.DatabaseError as error:
                wrong = "" if self._is_closed else str(error)
            finally:
                self._checking = None
        if wrong:
            self._told(damaged(self._path, wrong))

    async def close(self) -> None:
        """Finishes what is waiting, and takes nothing more."""
        self._is_closed = True
        if self._checking:
            self._checking.interrupt()
        while self._commit:
            await asyncio.wait([self._commit])
        for thread in (self._writer, self._reader, self._rounds, self._care):
            thread.shutdown()
        for rows in (self._points, self._snapshots, self._book):
            rows.db.close()

    async def _steps(
        self, thread: ThreadPoolExecutor, begin: Callable[[sqlite3.Connection], Iterator[T]]
    ) -> AsyncGenerator[T, None]:
        """Each on that thread, over a connection of its own; between them it is free for others."""
        loop = asyncio.get_running_loop()
        async with self._connected(thread) as db:
            steps = begin(db)
            try:
                while (step := await loop.run_in_executor(thread, next, steps, None)) is not None:
                    yield step
            except sqlite3.Error as error:
                raise self._told(as_coded(error)) from error

    @contextlib.asynccontextmanager
    async def _connected(self, thread: ThreadPoolExecutor) -> AsyncIterator[sqlite3.Connection]:
        """For steps on that thread. It is closed there too, as one may still be on its way that nobody waits
        for any more: the first one, that opens it, or any other."""
        loop, opened = asyncio.get_running_loop(), contextlib.ExitStack()

        def begin() -> sqlite3.Connection:
            return opened.enter_context(contextlib.closing(connection(self._path)))

        try:
            yield await loop.run_in_executor(thread, begin)
        finally:
            loop.run_in_executor(thread, opened.close)

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
            self._told(error)
            for job in batch:
                job.resolve(error.__cause__ if isinstance(error, Torn) else error)
        else:
            self._deliver(batch, *commit.result())
        self._commit_next()

    def _told(self, error: T) -> T:
        if isinstance(error, Damaged):
            asyncio.get_running_loop().call_soon(self.on_damaged, error)
        return error

    def _deliver(self, batch: list[_Job], outcomes: list[Any], commit: Commit) -> None:
        self._waiting = batch[len(outcomes) :] + self._waiting
        if commit.rows or commit.seen:
            # In a callback of its own, so that a fault of the listener's holds no writer up.
            asyncio.get_running_loop().call_soon(self._tell, commit)
        for job, outcome in zip(batch, outcomes, strict=False):
            job.resolve(outcome)

    def _tell(self, commit: Commit) -> None:
        self.seen |= commit.seen
        self._points.forget(commit.rows)
        if commit.relist:  # a whole round: what it deleted is nowhere else
            self._points.forget_all()
        self.on_commit(commit)
