"""The system's clocks behind one Protocol, so that tests and simulations bring their own."""

import time
from typing import Protocol


class Clock(Protocol):
    def wall_s(self) -> float:
        """Seconds since the epoch. For display, certificates and stamps; may jump."""

    def monotonic_s(self) -> float:
        """Seconds from some start. For every wait and every rate; never jumps."""


class SystemClock:
    def wall_s(self) -> float:
        return time.time()  # noqa: TID251  this is the one place

    def monotonic_s(self) -> float:
        return time.monotonic()
