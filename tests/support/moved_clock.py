"""A clock that tests move, or stop."""

from collections.abc import Iterator
from contextlib import contextmanager

from shared.clock import SystemClock


class MovedClock(SystemClock):
    """Only ever moved forward."""

    ahead_s = 0.0
    _stopped_s: float | None = None

    def wall_s(self) -> float:
        return super().wall_s() + self.ahead_s

    def monotonic_s(self) -> float:
        return super().monotonic_s() + self.ahead_s if self._stopped_s is None else self._stopped_s

    @contextmanager
    def standing_still(self) -> Iterator[None]:
        """For what is counted by the second, however slow this machine is."""
        self._stopped_s = self.monotonic_s()
        try:
            yield
        finally:
            self._stopped_s = None
