"""What is wrong, and told to the person: once, and not again before it was well in between."""

import logging
from collections.abc import Callable

import shared.wire.tracker_messages as m
from desktop.engine import events
from shared.clock import Clock
from shared.limits import CLOCK_OFF_S_MAX

log = logging.getLogger(__name__)


class Alarms:
    def __init__(self, clock: Clock, emit: Callable[[events.Event], None]) -> None:
        self.clock_off_s: float | None = None
        """How far this clock was before that of the tracker met last."""
        self.is_unproven = False
        """The account has to be proven by its password."""
        self._clock, self._emit = clock, emit
        self._is_clock_off = False
        self._other_keys: set[str] = set()

    def unproven(self, reason: str) -> None:
        if not self.is_unproven:
            self.is_unproven = True
            self._emit(events.LoginAgain(reason=reason))

    def other_key(self, address: str) -> None:
        """The tracker there has not the key that it must have."""
        if address not in self._other_keys:
            self._other_keys.add(address)
            log.error("tracker with another key than before address=%s", address)
            self._emit(events.PinMismatch(address=address))

    def met(self, address: str, welcome: m.Welcome) -> None:
        self._other_keys.discard(address)
        self.mind_clock(welcome)

    def mind_clock(self, welcome: m.Welcome) -> None:
        off_s = self.clock_off_s = self._clock.wall_s() - welcome.wall_ms / 1000
        was_off, self._is_clock_off = self._is_clock_off, abs(off_s) > CLOCK_OFF_S_MAX
        if self._is_clock_off and not was_off:
            self._emit(events.ClockOff(seconds=round(off_s)))
