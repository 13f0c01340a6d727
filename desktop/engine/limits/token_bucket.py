"""How many bytes may pass now under a cap of so many a second. Knows no clock."""

import math

from shared.limits import CAP_BURST_S, CAP_PORTION_BYTES_MIN, CAP_PORTION_S

_ROUNDING_BYTES = 1e-3


class TokenBucket:
    """Nothing is saved up beyond CAP_BURST_S: also after a computer slept, no second has more than that
    above its cap."""

    def __init__(self, bytes_per_s: float, now_s: float) -> None:
        """Begins empty."""
        self._bytes_per_s, self._at_s = bytes_per_s, now_s
        self._level = 0.0

    @property
    def portion_bytes(self) -> int:
        """What passes at a time: little, so that bytes flow evenly and many have turns within a second."""
        return max(int(self._bytes_per_s * CAP_PORTION_S), CAP_PORTION_BYTES_MIN)

    def change(self, bytes_per_s: float, now_s: float) -> None:
        """At once, also for who waits."""
        self._refill(now_s)
        self._bytes_per_s = bytes_per_s
        self._refill(now_s)

    def seconds_to(self, count: int, now_s: float) -> float:
        """Until `count` bytes, at most a portion, may pass: 0 for now, infinity under a cap of 0."""
        self._refill(now_s)
        lacking = count - self._level
        if lacking <= _ROUNDING_BYTES:
            return 0.0
        return lacking / self._bytes_per_s if self._bytes_per_s else math.inf

    def take(self, count: int) -> None:
        """After seconds_to() said 0."""
        self._level -= count

    def _refill(self, now_s: float) -> None:
        full = max(self._bytes_per_s * CAP_BURST_S, self.portion_bytes) if self._bytes_per_s else 0.0
        passed_s = max(now_s - self._at_s, 0.0)
        self._level = min(full, self._level + passed_s * self._bytes_per_s)
        self._at_s = now_s
