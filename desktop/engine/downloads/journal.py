"""Makes verified pieces survive a crash: syncs their files, then writes down which pieces they are."""

import threading
from collections.abc import Callable
from dataclasses import dataclass, field
from functools import partial

from desktop.engine import library_changes as lib
from desktop.engine.files.bitfield import Bits
from desktop.engine.files.part_file import PartFile
from desktop.engine.files.piece_set import PieceSet, by_block
from desktop.engine.library import Library
from shared.errors import Coded, DiskError, DiskFull
from shared.limits import JOURNAL_PIECES_MAX, JOURNAL_S_MAX, UNJOURNALED_PIECES_MAX


@dataclass
class _Tracked:
    download: int
    n: int
    had: PieceSet
    failed: Callable[[Coded], object]
    written: list[int] = field(default_factory=list)
    """Pieces that are not written down yet."""

    def of(self, pieces: list[int]) -> dict[int, Bits]:
        """The blocks that these are in."""
        return {block: self.had.blocks[block] for block in by_block(pieces)}


class Journal:
    """One thread for all downloads. While it syncs, what comes gathers for its next batch.

    Who writes a piece while too many are not written down yet is held up: that bounds what a crash costs,
    however fast the network is and however slow the disk.
    """

    def __init__(self, library: Library) -> None:
        self._library = library
        self._tracked: dict[PartFile, _Tracked] = {}
        self._changed = threading.Condition()
        self._busy_with: set[PartFile] = set()
        self._pieces = 0
        self._is_urgent = False
        self._is_open = True
        self._thread = threading.Thread(target=self._run, name="journal", daemon=True)
        self._thread.start()

    def track(
        self, part: PartFile, download: int, n: int, had: PieceSet, failed: Callable[[Coded], object]
    ) -> None:
        """From now on what is written to `part` is written down, after `had`.

        `failed` is called in the journal's thread when the disk refuses: what is not written down is lost.
        """
        with self._changed:
            self._tracked[part] = _Tracked(download, n, had.copy(), failed)
        part.written = self._written

    def settle(self, part: PartFile) -> None:
        """Blocks until all that was written to `part` is written down, and forgets it."""
        with self._changed:
            self._is_urgent = True
            self._changed.notify_all()
            self._changed.wait_for(lambda: self._is_idle(part) and not self._has_written(part))
            self._tracked.pop(part, None)

    def forget(self, part: PartFile) -> None:
        """What is not written down yet never will be. Blocks while a sync is under way."""
        with self._changed:
            if tracked := self._tracked.pop(part, None):
                self._pieces -= len(tracked.written)
                self._changed.notify_all()
            self._changed.wait_for(lambda: self._is_idle(part))

    def close(self) -> None:
        """Blocks until all is written down."""
        with self._changed:
            self._is_open = False
            self._changed.notify_all()
        self._thread.join()

    def _written(self, part: PartFile, piece: int, _length: int) -> None:
        """In whatever thread writes pieces."""
        with self._changed:
            self._changed.wait_for(
                lambda: (
                    self._pieces < UNJOURNALED_PIECES_MAX or part not in self._tracked or not self._is_open
                )
            )
            if part in self._tracked:
                self._tracked[part].written.append(piece)
                self._pieces += 1
                if self._gathered() in (1, JOURNAL_PIECES_MAX):  # else its thread would only sleep on
                    self._changed.notify_all()

    def _is_idle(self, part: PartFile) -> bool:
        return part not in self._busy_with

    def _has_written(self, part: PartFile) -> bool:
        return part in self._tracked and bool(self._tracked[part].written)

    def _run(self) -> None:
        is_open = True
        while is_open:
            with self._changed:
                self._changed.wait_for(lambda: self._gathered() > 0 or not self._is_open)
                self._changed.wait_for(
                    lambda: self._gathered() >= JOURNAL_PIECES_MAX or self._is_urgent or not self._is_open,
                    timeout=JOURNAL_S_MAX,
                )
                self._is_urgent = False
                is_open = self._is_open or self._gathered() > 0
                batch = {part: one for part, one in self._tracked.items() if one.written}
                pieces = {part: one.written for part, one in batch.items()}
                for one in batch.values():
                    one.written = []
                self._busy_with = set(batch)
            self._write_down({part: (batch[part], pieces[part]) for part in batch})
            with self._changed:
                self._busy_with = set()
                self._pieces -= sum(map(len, pieces.values()))
                self._changed.notify_all()

    def _gathered(self) -> int:
        return sum(len(one.written) for one in self._tracked.values())

    def _write_down(self, batch: dict[PartFile, tuple[_Tracked, list[int]]]) -> None:
        synced: list[tuple[_Tracked, list[int]]] = []
        for part, (tracked, pieces) in batch.items():
            try:
                part.sync(pieces)
            except (DiskFull, DiskError) as error:
                tracked.failed(error)
            else:
                for piece in pieces:
                    tracked.had.add(piece)
                synced.append((tracked, pieces))
        jobs = [
            self._library.submit(partial(lib.set_had, download=one.download, n=one.n, blocks=one.of(pieces)))
            for one, pieces in synced
        ]
        for job, (tracked, _) in zip(jobs, synced, strict=True):
            try:
                job.result()
            except Coded as error:
                tracked.failed(error)
