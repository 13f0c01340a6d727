"""Two threads, shared by all links, that check pieces by both hashes and write the good ones."""

import queue
import threading
from collections.abc import Callable
from typing import NamedTuple

from desktop.engine.files.piece_io import PieceOutcome, PieceSink
from shared.errors import DiskError, DiskFull
from shared.limits import PIECE_BYTES
from shared.manifest import verify_piece

THREADS = 2


class _Job(NamedTuple):
    ch: int
    sink: PieceSink
    buffer: memoryview
    done: Callable[[PieceOutcome], None]


class PieceChecker:
    """Each link bounds what it has in here by its own buffers, so the queue is bounded too."""

    def __init__(self) -> None:
        self._jobs: queue.SimpleQueue[_Job | None] = queue.SimpleQueue()
        self._free: queue.SimpleQueue[memoryview] = queue.SimpleQueue()
        self._threads = [threading.Thread(target=self._run, name=f"checker {n}") for n in range(THREADS)]
        for thread in self._threads:
            thread.start()

    def buffer(self) -> memoryview:
        """For one piece; given back by check() or give_back()."""
        try:
            return self._free.get_nowait()
        except queue.Empty:
            return memoryview(bytearray(PIECE_BYTES))

    def give_back(self, buffer: memoryview) -> None:
        self._free.put(buffer)

    def check(
        self, ch: int, sink: PieceSink, buffer: memoryview, done: Callable[[PieceOutcome], None]
    ) -> None:
        """`done` is called in a checking thread, after the buffer was given back."""
        self._jobs.put(_Job(ch, sink, buffer, done))

    def close(self) -> None:
        """Blocks until what is in here is done."""
        for _ in self._threads:
            self._jobs.put(None)
        for thread in self._threads:
            thread.join()

    def _run(self) -> None:
        while (job := self._jobs.get()) is not None:
            data = job.buffer[: job.sink.length]
            reason = verify_piece(data, job.sink.expected)
            if reason is None:
                try:
                    job.sink.part.write(job.sink.piece, data)
                except (DiskFull, DiskError) as error:
                    reason = error.code
            data.release()
            self.give_back(job.buffer)
            job.done(PieceOutcome(job.ch, job.sink.piece, job.sink.length, reason))
