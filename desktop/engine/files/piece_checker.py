"""Checks received pieces by both hashes and writes the good ones, in threads that all links share."""

import os
import queue
import sys
import threading
from collections import Counter
from collections.abc import Callable
from typing import NamedTuple

from desktop.engine.files.piece_io import PieceOutcome, PieceSink
from shared.errors import DiskError, DiskFull
from shared.limits import (
    CHECKED_AT_ONCE_BYTES_MAX,
    CHECKING_NICENESS,
    CHECKING_THREADS,
    FRAME_PIECE_HEADER_BYTES,
    OUTCOMES_TOLD_TOGETHER,
    PIECE_BUFFERS_AT_ONCE,
    PIECE_BUFFERS_PER_LINK_MAX,
    PIECE_BUFFERS_SHARED,
    PIECE_BYTES,
)

PIECE_AT = FRAME_PIECE_HEADER_BYTES
"""Where the bytes of a piece begin in its buffer: a frame, header and all, comes to lie before them."""


class Received(NamedTuple):
    """A whole piece as it came, and who is told what became of it, in the checking thread."""

    owner: object
    ch: int
    sink: PieceSink
    buffer: bytearray
    report: Callable[[PieceOutcome], None]


_Told = tuple[Callable[[PieceOutcome], None], PieceOutcome]


class PieceBuffers:
    """Memory for pieces under way. Who takes too fast waits, and so does the network behind it.

    An owner's first buffer is always granted: links that hold one for long, as their peer is slow or means
    ill, cannot starve the others. Who had to wait goes on when there is room for several, and so receives as
    many in a row: to be woken for each would cost more than to receive it.
    """

    def __init__(self) -> None:
        self._changed = threading.Condition()
        self._free: list[bytearray] = []
        self._held: Counter[object] = Counter()
        self._waiting: set[object] = set()

    def take(self, owner: object) -> bytearray:
        """To be called by one thread of an owner."""
        with self._changed:
            if not self._may_take(owner, 1):
                self._waiting.add(owner)
                self._changed.wait_for(lambda: self._may_take(owner, PIECE_BUFFERS_AT_ONCE))
                self._waiting.discard(owner)
            self._held[owner] += 1
            return self._free.pop() if self._free else bytearray(PIECE_AT + PIECE_BYTES)

    def give(self, owner: object, buffer: bytearray) -> None:
        with self._changed:
            self._held[owner] -= 1
            if not self._held[owner]:
                del self._held[owner]
            if len(self._free) < PIECE_BUFFERS_SHARED:
                self._free.append(buffer)
            if any(self._may_take(one, PIECE_BUFFERS_AT_ONCE) for one in self._waiting):
                self._changed.notify_all()

    def _may_take(self, owner: object, count: int) -> bool:
        held = self._held[owner]
        shared = self._held.total() - len(self._held)
        return held == 0 or (
            held + count <= PIECE_BUFFERS_PER_LINK_MAX and shared + count <= PIECE_BUFFERS_SHARED
        )


class PieceChecker:
    """Its queue is as long as there are buffers."""

    def __init__(self) -> None:
        self.buffers = PieceBuffers()
        self._queue: queue.SimpleQueue[Received | None] = queue.SimpleQueue()
        self._threads = [
            threading.Thread(target=self._run, name=f"checker-{n}") for n in range(CHECKING_THREADS)
        ]
        for thread in self._threads:
            thread.start()

    def check(self, piece: Received) -> None:
        """The buffer goes back to the pool from here. A small file is judged at once, in the caller's thread:
        to hand it over costs more than to hash it."""
        if piece.sink.part.size > CHECKED_AT_ONCE_BYTES_MAX:
            self._queue.put(piece)
        else:
            piece.report(self._check(piece))

    def close(self) -> None:
        """Blocks until all that came is checked."""
        for _ in self._threads:
            self._queue.put(None)
        for thread in self._threads:
            thread.join()

    def _run(self) -> None:
        """A thread. Where each has a niceness of its own, who decides, receives and paints goes before it."""
        if sys.platform == "linux":
            os.nice(CHECKING_NICENESS)
        outcomes: list[_Told] = []
        while (piece := self._next(outcomes)) is not None:
            outcomes.append((piece.report, self._check(piece)))
            if len(outcomes) == OUTCOMES_TOLD_TOGETHER:
                _tell(outcomes)
        _tell(outcomes)

    def _next(self, outcomes: list[_Told]) -> Received | None:
        """What is known is told before this waits. While there is more to check, some are told together: the
        loop, and the threads that it sends by, wake up once for them."""
        try:
            return self._queue.get_nowait()
        except queue.Empty:
            _tell(outcomes)
            return self._queue.get()

    def _check(self, piece: Received) -> PieceOutcome:
        sink = piece.sink
        with memoryview(piece.buffer) as view, view[PIECE_AT : PIECE_AT + sink.length] as data:
            try:
                reason = sink.part.keep(sink.piece, data, sink.expected)
            except (DiskFull, DiskError) as error:
                reason = error.code
        self.buffers.give(piece.owner, piece.buffer)
        return PieceOutcome(piece.ch, sink.piece, sink.length, reason)


def _tell(outcomes: list[_Told]) -> None:
    for report, outcome in outcomes:
        report(outcome)
    outcomes.clear()
