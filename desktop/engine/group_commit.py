"""One thread that writes a database: what came while it wrote goes into its next transaction together."""

import asyncio
import queue
import sqlite3
import threading
from collections.abc import Callable
from concurrent.futures import Future
from contextlib import AbstractContextManager
from typing import TypeVar

from shared.errors import ShoalError

_BATCH_MAX = 1000
T = TypeVar("T")
Job = Callable[[sqlite3.Connection], object]


class GroupCommit:
    """Each is answered after the commit."""

    def __init__(self, db: sqlite3.Connection, errors: Callable[[], AbstractContextManager[None]]) -> None:
        """`errors` makes ShoalErrors of SQLite's."""
        self._db, self._errors = db, errors
        self._jobs: queue.SimpleQueue[tuple[Job, Future[object]] | None] = queue.SimpleQueue()
        self._thread = threading.Thread(target=self._write_all, name="library", daemon=True)
        self._thread.start()

    def close(self) -> None:
        """Blocks until all that was asked is written."""
        if self._thread.is_alive():
            self._jobs.put(None)
            self._thread.join()
            self._db.close()

    def submit(self, job: Callable[[sqlite3.Connection], T]) -> "Future[T]":
        """`job` runs in the writing thread; the future is done after the commit. Order is kept."""
        future: Future[T] = Future()
        self._jobs.put((job, future))  # type: ignore[arg-type]
        return future

    async def write(self, job: Callable[[sqlite3.Connection], T]) -> T:
        return await asyncio.wrap_future(self.submit(job))

    def _write_all(self) -> None:
        """The writing thread."""
        is_open = True
        while is_open:
            batch = [self._jobs.get()]
            while batch[-1] is not None and len(batch) < _BATCH_MAX and not self._jobs.empty():
                batch.append(self._jobs.get())
            is_open = batch[-1] is not None
            # One whose waiter was cancelled is not done.
            self._write_batch([job for job in batch if job and job[1].set_running_or_notify_cancel()])

    def _write_batch(self, batch: list[tuple[Job, Future[object]]]) -> None:
        answers: list[tuple[Future[object], object, ShoalError | None]] = []
        try:
            with self._errors():
                self._db.execute("BEGIN IMMEDIATE")
                for job, future in batch:
                    self._db.execute("SAVEPOINT job")
                    try:
                        with self._errors():
                            answers.append((future, job(self._db), None))
                    except ShoalError as error:
                        if not self._db.in_transaction:
                            raise  # a full disk takes back all that came before, too
                        answers.append((future, None, error))
                        self._db.execute("ROLLBACK TO job")
                    self._db.execute("RELEASE job")
                self._db.execute("COMMIT")
        except ShoalError as error:  # the disk: nothing of it was kept
            if self._db.in_transaction:
                self._db.execute("ROLLBACK")
            answers = [(future, None, error) for _, future in batch]
        for future, answer, refused in answers:
            if refused:
                future.set_exception(refused)
            else:
                future.set_result(answer)
