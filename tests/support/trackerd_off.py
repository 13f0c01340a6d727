"""`python -m tests.support.trackerd_off SECONDS ARGUMENT...`: trackerd on a computer whose clock is off."""

import sys

from shared.clock import SystemClock
from trackerd.__main__ import main


class Off(SystemClock):
    def __init__(self, seconds: float) -> None:
        self._seconds = seconds

    def wall_s(self) -> float:
        return super().wall_s() + self._seconds


if __name__ == "__main__":
    sys.exit(main(sys.argv[2:], Off(float(sys.argv[1]))))
