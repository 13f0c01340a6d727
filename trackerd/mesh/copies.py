"""Which writes lie on a second tracker's disk, and who waits to hear of it."""

from collections import deque
from collections.abc import Callable
from dataclasses import dataclass
from typing import NamedTuple

from shared.limits import COPY_WAIT_S_MAX

Answer = Callable[[int], None]


@dataclass
class _Link:
    acked: int
    """The seq up to which that tracker has this run's log on its disk."""
    goal: int
    """Once this is acknowledged in good time, the link is in step."""
    since_s: float
    """When the goal was set."""
    is_lagging: bool = True


class _Waiting(NamedTuple):
    seq: int
    until_s: float
    answer: Answer


class Copies:
    """Of this run's log. No clock and no timer: `now_s` comes in, and `until_s` says when to call again.

    A link that let one writer wait in vain is lagging: nobody waits for it until it has caught up. So a
    tracker that hangs costs one wait and not one for each write. O(1) a write.
    """

    def __init__(self) -> None:
        self._newest = 0
        self._links: dict[int, _Link] = {}
        self._waiting: deque[_Waiting] = deque()

    @property
    def until_s(self) -> float | None:
        """When the first of those that wait has waited for too long."""
        return self._waiting[0].until_s if self._waiting else None

    def is_lagging(self, number: int) -> bool:
        return self._links[number].is_lagging

    def lag_rows(self, number: int) -> int:
        """What that tracker has not acknowledged."""
        return self._newest - self._links[number].acked

    def wrote(self, seq: int) -> None:
        """This run's log goes up to `seq` now, and the links have been told."""
        self._newest = seq

    def link_up(self, number: int, acked: int, now_s: float) -> None:
        self._links[number] = _Link(0, self._newest, now_s)
        self.heard(number, acked, now_s)
        self._release()

    def link_down(self, number: int) -> None:
        self._links.pop(number, None)
        self._release()

    def heard(self, number: int, acked: int, now_s: float) -> None:
        """Tracker `number` has the log on its disk up to `acked`."""
        link = self._links[number]
        link.acked = max(link.acked, acked)
        if link.is_lagging and link.acked >= link.goal:
            link.is_lagging = link.acked < self._newest and now_s - link.since_s > COPY_WAIT_S_MAX / 2
            link.goal, link.since_s = self._newest, now_s
        while self._waiting and self._waiting[0].seq <= link.acked:
            self._waiting.popleft().answer(2)

    def wait(self, seq: int, now_s: float, answer: Answer) -> None:
        """Calls `answer` with the number of copies of the write `seq`: now, or when that is clear."""
        if any(link.acked >= seq for link in self._links.values()):
            answer(2)
        elif self._in_step():
            self._waiting.append(_Waiting(seq, now_s + COPY_WAIT_S_MAX, answer))
        else:
            answer(1)

    def expire(self, now_s: float) -> None:
        """To be called at `until_s`. Of the first in the queue no link in step has heard, so they all lag."""
        if self._waiting and self._waiting[0].until_s <= now_s:
            for link in self._in_step():
                link.is_lagging, link.goal, link.since_s = True, self._newest, now_s
            self._release()

    def _in_step(self) -> list[_Link]:
        return [link for link in self._links.values() if not link.is_lagging]

    def _release(self) -> None:
        if not self._in_step():
            waiting, self._waiting = self._waiting, deque()
            for one in waiting:
                one.answer(1)
