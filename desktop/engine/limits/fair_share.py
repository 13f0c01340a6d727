"""Who may pass how many bytes now: a cap over all and caps of single groups, each shared by persons.

There are no upload slots: why is in docs/ARCHITECTURE.md.
"""

import math
from collections.abc import Callable, Mapping
from dataclasses import dataclass

from desktop.engine.limits.token_bucket import TokenBucket
from shared.facts.ids import GroupId
from shared.limits import CAP_PERSONS_MAX

Person = bytes
"""A uid; of a device whose user is not known yet, its id."""
Wake = Callable[[], None]


@dataclass(eq=False)
class Wish:
    """What one thread wants to pass. It has one at a time."""

    person: Person
    group: GroupId | None
    wanted: int
    """Bytes."""
    count: int = 0
    """What it may pass of them, once it may."""
    is_granted: bool = False
    wake: Wake = lambda: None
    """Tells the thread that it may ask again."""


class CappedQueue:
    """One cap, and who waits there. Whoever had least so far is next.

    Start-time fair queueing (Goyal, Vin, Cheng 1996) with one turn a person, so that neither devices nor
    channels bring more. What somebody leaves is for the others, and gives no claim to more later.
    """

    def __init__(self, bytes_per_s: float, now_s: float) -> None:
        self.bucket = TokenBucket(bytes_per_s, now_s)
        self.waiting: dict[Wish, None] = {}
        """In the order in which they came."""
        self._had: dict[Person, float] = {}
        """Bytes since the beginning, as if everybody had always wanted some."""
        self._least = 0.0
        """What the last one who had a turn had before it."""

    def grant(self, now_s: float) -> list[Wish]:
        """Those that may pass now, which then wait no more. O(waiting) each."""
        granted = []
        while (wish := self._next()) and not self.bucket.seconds_to(wish.count, now_s):
            del self.waiting[wish]
            self.bucket.take(wish.count)
            self._count_as_had(wish)
            granted.append(wish)
        return granted

    def seconds_to_next(self, now_s: float) -> float:
        wish = self._next()
        return self.bucket.seconds_to(wish.count, now_s) if wish else math.inf

    def _next(self) -> Wish | None:
        return min(self.waiting, key=lambda wish: self._had_by(wish.person), default=None)

    def _had_by(self, person: Person) -> float:
        return max(self._had.get(person, 0.0), self._least)

    def _count_as_had(self, wish: Wish) -> None:
        self._least = self._had_by(wish.person)
        self._had[wish.person] = self._least + wish.count
        if len(self._had) > CAP_PERSONS_MAX:
            self._had = {other: had for other, had in self._had.items() if had > self._least}


class FairShare:
    """One direction. A wish waits at its group's cap, then at the cap over all. A portion that was granted
    and is not used yet holds nobody up."""

    def __init__(self) -> None:
        self._whole: CappedQueue | None = None
        self._groups: dict[GroupId, CappedQueue] = {}
        self._free: dict[Wish, None] = {}
        """Those that wait for no cap any more."""

    def change(self, whole: float | None, groups: Mapping[GroupId, float], now_s: float) -> None:
        """Caps in bytes a second, from now on and for those too that wait. grant() must follow."""
        waiting = self.waiting
        for queue in self._queues:
            queue.waiting.clear()
        self._free.clear()
        self._whole = None if whole is None else _changed(self._whole, whole, now_s)
        self._groups = {gid: _changed(self._groups.get(gid), cap, now_s) for gid, cap in groups.items()}
        for wish in waiting:
            self.ask(wish)

    @property
    def waiting(self) -> list[Wish]:
        return [wish for queue in self._queues for wish in queue.waiting] + list(self._free)

    def portion_bytes(self, group: GroupId | None) -> int | None:
        """What passes at a time; None where there is no cap."""
        caps = self._whole, self._groups.get(group) if group else None
        return min((cap.bucket.portion_bytes for cap in caps if cap), default=None)

    def ask(self, wish: Wish) -> None:
        """It waits until grant() has it."""
        wish.count = min(wish.wanted, self.portion_bytes(wish.group) or wish.wanted)
        own = self._groups.get(wish.group) if wish.group else None
        (own.waiting if own else self._last)[wish] = None

    def drop(self, wish: Wish) -> None:
        for queue in self._queues:
            queue.waiting.pop(wish, None)
        self._free.pop(wish, None)

    def grant(self, now_s: float) -> list[Wish]:
        """Those that may pass now, and wait no more."""
        for queue in self._groups.values():
            self._last.update(dict.fromkeys(queue.grant(now_s)))
        granted = [*self._free, *(self._whole.grant(now_s) if self._whole else [])]
        self._free.clear()
        for wish in granted:
            wish.is_granted = True
        return granted

    def seconds_to_next(self, now_s: float) -> float:
        """Until grant() may find something; infinity where nothing waits but for a change of the caps."""
        return min((queue.seconds_to_next(now_s) for queue in self._queues), default=math.inf)

    @property
    def _queues(self) -> list[CappedQueue]:
        return [*self._groups.values(), *([self._whole] if self._whole else [])]

    @property
    def _last(self) -> dict[Wish, None]:
        """Where those wait whom their group's cap lets pass."""
        return self._whole.waiting if self._whole else self._free


def _changed(queue: CappedQueue | None, bytes_per_s: float, now_s: float) -> CappedQueue:
    if queue is None:
        return CappedQueue(bytes_per_s, now_s)
    queue.bucket.change(bytes_per_s, now_s)
    return queue
