"""Hashes the many files of one share, two at a time, and lets what is ready go on before the rest is."""

import asyncio
import threading
from collections import deque
from collections.abc import Callable, Sequence
from dataclasses import dataclass

from desktop.engine.files.hasher import HashedFile, Hasher, HashingCancelled
from desktop.engine.files.source_file import FoundFile, Skipped, Stamp, stamp_of
from shared.clock import Clock
from shared.errors import Coded
from shared.limits import FILES_HASHED_AT_ONCE, PROGRESS_S, SHARE_BATCH_MAX, SHARE_ROWS_S_MAX


@dataclass(frozen=True)
class Known:
    """A file and what it holds."""

    found: FoundFile
    root: bytes
    stamp: Stamp
    hashed: HashedFile | None
    """None: it was hashed before, and nobody wrote to it since."""


class Hashing:
    """To be used on the loop: some() until it gives nothing more."""

    def __init__(
        self,
        files: Sequence[FoundFile],
        hasher: Hasher,
        clock: Clock,
        known_root: Callable[[FoundFile, Stamp], bytes | None],
        tell: Callable[[], None],
    ) -> None:
        """`known_root` is asked in threads; `tell` is called on the loop, about ten times a second."""
        self.hashed = 0
        """Bytes so far, of `size`."""
        self.size = 0
        self.failed: list[tuple[Skipped, Coded]] = []
        self._todo = deque(files)
        self._is_measured = False
        self._ready: list[Known] = []
        self._hasher = hasher
        self._clock = clock
        self._known_root = known_root
        self._tell = tell
        self._told_at = clock.monotonic_s()
        self._lock = threading.Lock()
        self._is_cancelled = False

    async def some(self) -> list[Known]:
        """Those hashed in the next second or so, at most a batch of them; [] at the end.

        Cancelling stops the threads within milliseconds.
        """
        loop = asyncio.get_running_loop()
        if not self._is_measured:
            self.size = await asyncio.to_thread(self._measure)
            self._is_measured = True
        while self._todo:
            until = self._clock.monotonic_s() + SHARE_ROWS_S_MAX
            work = [asyncio.to_thread(self._hash_until, until, loop) for _ in range(FILES_HASHED_AT_ONCE)]
            try:
                await asyncio.gather(*work)
            except asyncio.CancelledError:
                self._is_cancelled = True
                raise
            if self._ready:
                ready, self._ready = self._ready, []
                return ready
        return []

    def _measure(self) -> int:
        size = 0
        for file in self._todo:
            try:
                size += file.path.lstat().st_size
            except OSError:
                continue  # the hasher says it better
        return size

    def _hash_until(self, until_s: float, loop: asyncio.AbstractEventLoop) -> None:
        room = SHARE_BATCH_MAX - FILES_HASHED_AT_ONCE
        while self._clock.monotonic_s() < until_s and len(self._ready) < room:
            try:
                file = self._todo.popleft()
            except IndexError:
                return
            try:
                self._ready.append(self._know(file, lambda count: self._progress(count, loop)))
            except HashingCancelled:
                return
            except Coded as error:
                self.failed.append((Skipped(file.path, error.code), error))

    def _know(self, file: FoundFile, progress: Callable[[int], None]) -> Known:
        try:
            stamp = stamp_of(file.path)
        except OSError:
            stamp = None  # the hasher says it better
        if stamp and (root := self._known_root(file, stamp)):
            progress(stamp.size)
            return Known(file, root, stamp, None)
        hashed = self._hasher.hash(file.path, progress, lambda: self._is_cancelled)
        return Known(file, hashed.root, hashed.stamp, hashed)

    def _progress(self, count: int, loop: asyncio.AbstractEventLoop) -> None:
        with self._lock:
            self.hashed += count
            now = self._clock.monotonic_s()
            if now - self._told_at < PROGRESS_S:
                return
            self._told_at = now
        loop.call_soon_threadsafe(self._tell)
