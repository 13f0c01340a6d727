"""Bytes a second over the last seconds, and a bucket that lets so many things a second pass."""

from collections import deque

from shared.clock import Clock
from shared.limits import RATE_MEASURED_S

_SLOT_S = 0.25
_SLOTS = round(RATE_MEASURED_S / _SLOT_S)


class Rate:
    """One thread adds, any may ask meanwhile."""

    def __init__(self, clock: Clock) -> None:
        self._clock = clock
        self.total = 0
        """Bytes since the beginning."""
        self._slots: deque[tuple[int, int]] = deque(maxlen=_SLOTS)
        """(number of the slot of time, bytes), and none where none came."""

    def add(self, count: int) -> None:
        self.total += count
        slot = int(self._clock.monotonic_s() / _SLOT_S)
        if self._slots and self._slots[-1][0] == slot:
            self._slots[-1] = slot, self._slots[-1][1] + count
        else:
            self._slots.append((slot, count))

    def bytes_per_s(self) -> float:
        """Over three seconds, or since the first bytes in them. Asked for each piece, so in one pass."""
        now = self._clock.monotonic_s() / _SLOT_S
        bytes_, first, oldest = 0, now, now - _SLOTS
        for slot, count in tuple(self._slots):
            if slot > oldest:
                first = first if bytes_ else slot
                bytes_ += count
        return bytes_ / (max(now - first, 1.0) * _SLOT_S)


class TokenBucket:
    def __init__(self, per_s: float) -> None:
        """Holds a second's worth at most, and begins full."""
        self._per_s = self._tokens = per_s
        self._at_s = 0.0

    def has_one(self, now_s: float) -> bool:
        self._tokens = min(self._per_s, self._tokens + (now_s - self._at_s) * self._per_s)
        self._at_s = now_s
        return self._tokens >= 1

    def take(self) -> None:
        self._tokens -= 1
