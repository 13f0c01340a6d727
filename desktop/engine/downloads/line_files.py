"""Where each file of a download is: it waits for its turn, is in work, is done, or cannot be. Pure."""

from collections import deque
from collections.abc import Callable, Iterable, Mapping
from dataclasses import replace
from functools import cached_property

from desktop.engine.downloads.fetch import Fetch, bytes_of
from desktop.engine.files.bitfield import Bits
from desktop.engine.files.piece_set import PieceSet
from desktop.engine.library import DownloadRecord, FileRecord
from shared.errors import Coded
from shared.facts.ids import EntryId
from shared.limits import SOURCELESS_S_MAX
from shared.manifest import pieces_in

Journaled = Mapping[int, Mapping[int, Bits]]
"""Of files by number: the pieces that are verified and on the disk, by blocks."""


class LineFiles:
    def __init__(self, line: DownloadRecord, records: list[FileRecord], journaled: Journaled) -> None:
        self.records = records
        """By number."""
        self.waiting: deque[FileRecord] = deque()
        self.active: dict[int, Fetch] = {}
        """In work. A bundle has the number of its first file."""
        self.spoilt: dict[int, Coded] = {}
        """These cannot be, whoever is asked; the others are fetched all the same."""
        self.alone: set[int] = set()
        """Small ones that did not come in a bundle."""
        self.in_order, self.priority = line.in_order, line.priority
        self.done_count = sum(file.done for file in records)
        self.size = sum(file.size for file in records)
        self._done_bytes = sum(file.size for file in records if file.done)
        self.had = {n: self._pieces(n, blocks) for n, blocks in journaled.items()}
        """What is on the disk of those that wait."""

    @cached_property
    def eids(self) -> frozenset[EntryId]:
        return frozenset(file.eid for file in self.records)

    @property
    def are_through(self) -> bool:
        """Nothing is left to do for any."""
        return self.done_count + len(self.spoilt) >= len(self.records)

    @property
    def done_bytes(self) -> int:
        waiting = sum(bytes_of(had, self.records[n].size) for n, had in self.had.items())
        return self._done_bytes + waiting + sum(fetch.done_bytes for fetch in self.active.values())

    def had_bytes(self, file: FileRecord) -> int:
        """Of one that waits."""
        had = self.had.get(file.n)
        return bytes_of(had, file.size) if had else 0

    def had_of(self, file: FileRecord) -> PieceSet:
        """Of one that is not in work."""
        count = pieces_in(file.size)
        return PieceSet.whole(count) if file.done else self.had.get(file.n) or PieceSet(count)

    def in_the_way(self, now: float, is_busy: Callable[[Fetch], bool]) -> list[Fetch]:
        """Those that cannot be, or that nobody brings while others wait for their place."""
        return [
            fetch for n, fetch in self.active.items()
            if n in self.spoilt or (
                self.waiting and not fetch.channels and not fetch.is_stopped
                and now - fetch.began_at > SOURCELESS_S_MAX and not is_busy(fetch)
            )
        ]  # fmt: skip

    # --- what becomes of them --------------------------------------------------------------------

    def begin(self) -> None:
        self.waiting = deque(file for file in self.records if not file.done and file.n not in self.spoilt)

    def begun(self, fetch: Fetch, now: float) -> None:
        fetch.began_at = now
        fetch.priority = self.priority
        fetch.choosing.is_in_order = self.in_order
        self.active[fetch.file.n] = fetch

    def take_had(self, file: FileRecord) -> PieceSet:
        """It comes into work."""
        return self.had.pop(file.n, None) or PieceSet(pieces_in(file.size))

    def done(self, files: Iterable[FileRecord]) -> None:
        for file in files:
            self.records[file.n] = file
            self.had.pop(file.n, None)  # of one that lay there, as a crash left it
            self.done_count += 1
            self._done_bytes += file.size

    def undone(self, files: Iterable[FileRecord]) -> None:
        """They were done, and are to be fetched again."""
        for file in files:
            self.records[file.n] = replace(file, done=False)
            self.done_count -= 1
            self._done_bytes -= file.size

    def laid_aside(self, fetch: Fetch, journaled: Journaled) -> int:
        """It waits again, with what the journal says is on the disk. The bytes that are lost."""
        n = fetch.file.n
        del self.active[n]
        if n not in self.spoilt:
            self.waiting.extend(file for file in fetch.files if not self.records[file.n].done)
        if n not in journaled:
            return fetch.done_bytes
        had = self.had[n] = self._pieces(n, journaled[n])
        return max(0, fetch.done_bytes - bytes_of(had, fetch.size))

    def begin_anew(self, files: list[FileRecord]) -> int:
        """What is on the disk of these was not believed. The bytes that are lost."""
        self.waiting.extendleft(files)
        return sum(bytes_of(self.had.pop(file.n), file.size) for file in files)

    def set_in_order(self, in_order: bool) -> None:
        self.in_order = in_order
        for fetch in self.active.values():
            fetch.choosing.is_in_order = in_order

    def set_priority(self, priority: int) -> None:
        self.priority = priority
        for fetch in self.active.values():
            fetch.priority = priority

    def _pieces(self, n: int, blocks: Mapping[int, Bits]) -> PieceSet:
        return PieceSet.of_blocks(pieces_in(self.records[n].size), blocks)
