"""Bytes a second over the last seconds, as told from any one thread at a time."""

from collections import deque

from shared.clock import Clock

WINDOW_S = 3.0
SLOT_S = 0.25


class Rate:
    """`total` counts for ever; the rate forgets what is older than three seconds. Time is given in."""

    def __init__(self) -> None:
        self.total = 0
        self._slots: deque[tuple[float, int]] = deque()
        self._sum = 0

    def add(self, count: int, now_s: float) -> None:
        self.total += count
        self._sum += count
        if self._slots and now_s - self._slots[-1][0] < SLOT_S:
            at, already = self._slots[-1]
            self._slots[-1] = (at, already + count)
        else:
            self._slots.append((now_s, count))
        self._forget(now_s)

    def bytes_per_s(self, now_s: float) -> float:
        self._forget(now_s)
        if not self._slots:
            return 0.0
        return self._sum / max(SLOT_S, min(WINDOW_S, now_s - self._slots[0][0]))

    def _forget(self, now_s: float) -> None:
        while self._slots and now_s - self._slots[0][0] > WINDOW_S:
            self._sum -= self._slots.popleft()[1]


class Meter:
    """A Rate that reads the clock itself."""

    def __init__(self, clock: Clock) -> None:
        self._rate = Rate()
        self._clock = clock

    @property
    def total(self) -> int:
        return self._rate.total

    def add(self, count: int) -> None:
        self._rate.add(count, self._clock.monotonic_s())

    def bytes_per_s(self) -> float:
        return self._rate.bytes_per_s(self._clock.monotonic_s())
