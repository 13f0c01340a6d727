"""One tracker in memory as a crash and a lost disk leave it, and a round as it is on its way between two."""

import random
from collections.abc import Iterable, Iterator
from copy import deepcopy
from dataclasses import dataclass, field
from typing import NamedTuple

from shared.facts.replica import dominates, lift
from shared.facts.rows import Key, Row
from shared.facts.tombstones import is_collectable, is_live
from tests.support.memory_book import MemoryBook
from trackerd.mesh.collector import Collector


class Backup(NamedTuple):
    facts: dict[Key, Row]
    seen: dict[int, int]
    collected: dict[int, int]
    hlc: int


class Node(MemoryBook):
    """A tracker, and what of it a crash forgets."""

    def __init__(self, number: int, lot: random.Random) -> None:
        super().__init__(number=number)
        self.restart(lot)
        self.backups: list[Backup] = []
        self.begin()

    def begin(self) -> None:
        self.streamed: dict[int, tuple[int, dict[int, int]]] = {}
        """By a sender's number: its log, and what came of a round of it that was cut."""
        self.collector: Collector | None = None
        self.is_behind = False
        """Its disk was lost or is old: it has to hear another before it writes."""

    def back_up(self) -> Backup:
        return Backup(dict(self.facts), dict(self.seen), dict(self.collected), self.pen.hlc)

    def restore(self, backup: Backup) -> None:
        self.facts, self.seen, self.collected, self.pen.hlc = deepcopy(backup)

    def is_comparable(self) -> bool:
        """No row is here that the vector does not cover: none of a round that was cut."""
        return all(row.seq <= self.seen.get(row.log, 0) for row in self.facts.values())

    def live(self) -> dict[Key, Row]:
        return {key: row for key, row in self.facts.items() if is_live(self, row)}

    # What a mutant does otherwise

    def take_part(self, rows: Iterable[Row]) -> None:
        self.merge(rows)

    def collect(self, lot: random.Random, others: Iterable["Node"]) -> None:
        """Goes on with a pass, or begins one."""
        due = self.collector.due(self.seen) if self.collector else []
        if due:
            self.purge([row for row in due if is_collectable(self, row)])
        if due is not None:
            noted = [row for row in self.facts.values() if is_collectable(self, row) and lot.random() < 0.7]
            self.collector = Collector(noted, self.seen, [node.number for node in others]) if noted else None


class Part(NamedTuple):
    rows: list[Row]
    end: dict[int, int] | None
    hlc: int


@dataclass
class Round:
    """One that is read page by page from a table that goes on changing, as the store's is."""

    sender: Node
    receiver: Node
    under_way: list[Part] = field(default_factory=list)
    after: tuple[int, int] = (0, 0)
    is_read: bool = False

    def __post_init__(self) -> None:
        sender, receiver = self.sender, self.receiver
        log, streamed = receiver.streamed.get(sender.number, (0, {}))
        self.above = dict(receiver.seen)
        if log == sender.pen.log:
            lift(self.above, streamed)
        self.begun_at, self.collected = dict(sender.seen), dict(sender.collected)
        self.is_whole = not dominates(self.above, sender.collected)
        if self.is_whole:
            self.above = {}
        self.listed: dict[Key, None] = {}

    def read(self, at_most: int) -> bool:
        """The next part goes out. False: a purge came between, and the round is no good any more."""
        if self.sender.collected != self.collected:
            return False
        rest = self.sender.above(self.above)
        page = [row for row in rest if row.seq <= self.begun_at.get(row.log, 0) and row.dot > self.after]
        if len(page) > at_most:
            self.under_way.append(Part(page[:at_most], None, 0))
            self.after = page[at_most - 1].dot
            return True
        since = [row for row in rest if row.seq > self.begun_at.get(row.log, 0)]
        parts = [Part(rows, None, 0) for rows in _cut(page + since, at_most)]
        self.under_way += [*parts, Part([], dict(self.sender.seen), self.sender.pen.hlc)]
        self.is_read = True
        return True

    def take(self) -> bool:
        """The receiver takes the next part in. True with the last one."""
        part = self.under_way.pop(0)
        self.receiver.take_part(part.rows)
        self.listed.update((row.key, None) for row in part.rows)
        if part.end is None:
            self._note_streamed(part.rows)
            return False
        if self.is_whole:
            self.receiver.keep_only(self.listed, part.end)
            lift(self.receiver.collected, self.collected)
        self.receiver.finish_round(part.end)
        self.receiver.pen.hlc = max(self.receiver.pen.hlc, part.hlc)
        self.receiver.streamed.pop(self.sender.number, None)
        self.receiver.is_behind &= self.sender.is_behind
        if self.receiver.collector:
            self.receiver.collector.ended(self.sender.number, part.end)
        return True

    def _note_streamed(self, rows: Iterable[Row]) -> None:
        if self.is_whole:
            return
        log, streamed = self.receiver.streamed.get(self.sender.number, (0, {}))
        if log != self.sender.pen.log:
            streamed = {}
        for row in rows:
            if (sure := min(row.seq, self.begun_at.get(row.log, 0))) > streamed.get(row.log, 0):
                streamed[row.log] = sure
        self.receiver.streamed[self.sender.number] = self.sender.pen.log, streamed


def _cut(rows: list[Row], at_most: int) -> Iterator[list[Row]]:
    for first in range(0, len(rows), at_most):
        yield rows[first : first + at_most]
