"""Time as a number: what is due runs in order, and nothing waits."""

import heapq
import itertools
from collections.abc import Callable


class Timeline:
    """A clock (shared.clock.Clock) and all that will happen."""

    def __init__(self) -> None:
        self.now_s = 0.0
        self.steps = 0
        self._due: list[tuple[float, int, Callable[[], None]]] = []
        self._numbers = itertools.count()

    def wall_s(self) -> float:
        return 1.8e9 + self.now_s

    def monotonic_s(self) -> float:
        return 1000.0 + self.now_s

    def at(self, when_s: float, act: Callable[[], None]) -> None:
        """Those of one moment in the order in which they were entered."""
        heapq.heappush(self._due, (max(when_s, self.now_s), next(self._numbers), act))

    def after(self, seconds: float, act: Callable[[], None]) -> None:
        self.at(self.now_s + seconds, act)

    def run(self, is_over: Callable[[], bool], seconds_max: float) -> None:
        while self._due and not is_over():
            when_s, _, act = heapq.heappop(self._due)
            if when_s > seconds_max:
                return
            self.now_s = when_s
            self.steps += 1
            act()
