"""`python -m tests.support.trackerd_off SECONDS PACE ARGUMENT...`: trackerd on a computer whose clock is off,
and where all takes less time or more."""

import sys

from shared.clock import SystemClock
from trackerd.__main__ import main


class Off(SystemClock):
    def __init__(self, seconds: float, pace: float = 1.0) -> None:
        self._seconds, self._pace = seconds, pace

    def wall_s(self) -> float:
        return super().wall_s() + self._seconds

    def monotonic_s(self) -> float:
        return super().monotonic_s() * self._pace


if __name__ == "__main__":
    sys.exit(main(sys.argv[3:], Off(float(sys.argv[1]), float(sys.argv[2]))))
