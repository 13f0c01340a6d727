"""What one replica knows: a row for each fact, and a vector of what it has seen. No clock, disk or peer.

Two replicas that have seen the same rows hold the same rows, in whatever order those came.
"""

import random
from collections.abc import Container, Iterable, Mapping
from dataclasses import dataclass, field

from shared.errors import ClockOff
from shared.facts.rows import Body, Key, Row, encode_body

HLC_END = 1 << 62


def new_log(number: int, wall_s: float, lot: random.Random) -> int:
    """Names one run of tracker `number`. The lot keeps two starts within one second apart."""
    return number << 55 | (int(wall_s) & (1 << 34) - 1) << 21 | lot.getrandbits(21)


def writer_of(log: int) -> int:
    """The number of the tracker one of whose runs `log` is."""
    return log >> 55


@dataclass
class Pen:
    """Stamps the rows that one run of one tracker writes. To set `seq` back is to unwrite what nobody saw."""

    log: int
    hlc: int = 0
    """The greatest stamp written or read, in this run or before it."""
    seq: int = 0

    def write(self, key: Key, body: Body, replaced: Row | None, wall_s: float) -> Row:
        """Raises ClockOff where the stamp would be one that other replicas refuse."""
        hlc = max(int(wall_s * 1000) << 15, self.hlc + 1, replaced.hlc + 1 if replaced else 0)
        if hlc >= HLC_END:
            raise ClockOff
        self.hlc = hlc
        self.seq += 1
        return Row(key.kind, key.id, hlc, self.log, self.seq, encode_body(body))

    def read(self, row: Row) -> None:
        """What is written from now on comes after `row`."""
        self.hlc = max(self.hlc, row.hlc)


def dominates(seen: Mapping[int, int], other: Mapping[int, int]) -> bool:
    """Whether who has seen `seen` has seen all of `other`. O(logs)."""
    return all(seen.get(log, 0) >= seq for log, seq in other.items())


def lift(seen: dict[int, int], other: Mapping[int, int]) -> None:
    """Makes `seen` the least vector that dominates both."""
    for log, seq in other.items():
        seen[log] = max(seq, seen.get(log, 0))


@dataclass
class Replica:
    facts: dict[Key, Row] = field(default_factory=dict)
    seen: dict[int, int] = field(default_factory=dict)
    """Log to the highest seq that, with all before it, is here, or gone: replaced by a row that is, or
    collected."""
    collected: dict[int, int] = field(default_factory=dict)
    """The greatest dots of rows that were deleted. Who has not seen them is sent every row there is."""

    def merge(self, came: Iterable[Row]) -> None:
        """Takes rows in. `seen` waits for finish_round(): a cut round must not claim what it skipped."""
        for row in came:
            ours = self.facts.get(row.key)
            if row.seq > self.seen.get(row.log, 0) and (ours is None or row.beats(ours)):
                self.facts[row.key] = row

    def push(self, log: int, first: int, last: int, came: Iterable[Row]) -> bool:
        """Takes a commit of `log` whole. False where one before it is missing: only a round mends that."""
        if self.seen.get(log, 0) < first - 1:
            return False
        self.merge(came)
        self.seen[log] = max(last, self.seen.get(log, 0))
        return True

    def above(self, theirs: dict[int, int]) -> list[Row]:
        """What a replica that has seen `theirs` lacks, in order of the dots. A round is this and `seen`."""
        found = [row for row in self.facts.values() if row.seq > theirs.get(row.log, 0)]
        return sorted(found, key=lambda row: row.dot)

    def finish_round(self, theirs: Mapping[int, int]) -> None:
        """Everything that a sender with the vector `theirs` had to give is in."""
        lift(self.seen, theirs)

    def keep_only(self, listed: Container[Key], end: Mapping[int, int]) -> None:
        """A round that listed every row of a sender with the vector `end` is in: what it collected goes."""
        for key, row in list(self.facts.items()):
            if key not in listed and row.seq <= end.get(row.log, 0):
                del self.facts[key]

    def purge(self, rows: Iterable[Row]) -> None:
        """Collects rows that every tracker has, as they stand; one that was replaced meanwhile stays."""
        for row in rows:
            if self.facts.get(row.key) == row:
                del self.facts[row.key]
                lift(self.collected, dict([row.dot]))
