"""Caps at work, in one direction: the threads of links wait for their turn, one thread says whose it is."""

import math
import threading

from desktop.engine.limits.fair_share import FairShare, Person, Wake, Wish
from desktop.engine.limits.rules import Caps
from shared.clock import Clock
from shared.facts.ids import GroupId


class Throttle:
    """Until there was a cap there is no thread, and nothing that links would contend for."""

    def __init__(self, clock: Clock, *, stops_at_source: bool = False) -> None:
        """`stops_at_source`: what a cap of 0 stops is not asked for any more, and what still comes passes."""
        self.caps = Caps(None, {})
        """As they were set."""
        self.spares_all = True
        """There is no cap."""
        self.spares_lan = False
        self._clock, self._stops_at_source = clock, stops_at_source
        self._changed = threading.Condition()
        self._share = FairShare()
        self._to_wake: list[Wish] = []
        self._wakes_at_s = math.inf
        """When the thread looks again by itself."""
        self._thread: threading.Thread | None = None
        self._is_closed = False

    def change(self, caps: Caps, *, lan_exempt: bool) -> None:
        """From now on, also for who waits."""
        self.caps = caps
        if self._stops_at_source:
            caps = caps.of_what_flows()
        self.spares_all = caps.whole is None and not caps.groups
        self.spares_lan = lan_exempt
        with self._changed:
            self._share.change(caps.whole, caps.groups, self._clock.monotonic_s())
            # Also those who are spared now, or may ask for more at a time.
            self._to_wake += self._share.waiting
            self._changed.notify()
        if self._thread is None and not self.spares_all:
            self._thread = threading.Thread(target=self._run, name="throttle")
            self._thread.start()

    def close(self) -> None:
        """Once no link uses it any more. Waits for the thread, which never blocks for long."""
        with self._changed:
            self._is_closed = True
            self._changed.notify()
        if self._thread:
            self._thread.join()

    def portion_bytes(self, group: GroupId | None) -> int | None:
        """What passes at a time; None where there is no cap."""
        with self._changed:
            return self._share.portion_bytes(group)

    def ask(self, person: Person, group: GroupId | None, wanted: int, wake: Wake) -> Wish | None:
        """None if there is no cap. `wake` is called in another thread, and under no lock of this one."""
        with self._changed:
            if self._share.portion_bytes(group) is None:
                return None
            wish = Wish(person, group, wanted, wake=wake)
            self._share.ask(wish)
            now = self._clock.monotonic_s()
            self._to_wake += [one for one in self._share.grant(now) if one is not wish]
            if self._to_wake or now + self._share.seconds_to_next(now) < self._wakes_at_s:
                self._changed.notify()
            return wish

    def drop(self, wish: Wish) -> None:
        with self._changed:
            self._share.drop(wish)

    def _run(self) -> None:
        while woken := self._next():
            for wish in woken:
                wish.wake()

    def _next(self) -> list[Wish]:
        """Those to wake now; none at the end."""
        with self._changed:
            while not self._is_closed:
                now = self._clock.monotonic_s()
                woken = self._to_wake + self._share.grant(now)
                self._to_wake = []
                if woken:
                    return woken
                wait_s = self._share.seconds_to_next(now)
                self._wakes_at_s = now + wait_s
                self._changed.wait(min(wait_s, threading.TIMEOUT_MAX))
                self._wakes_at_s = -math.inf
        return []


class Throttles:
    """Of both directions."""

    def __init__(self, clock: Clock) -> None:
        self.up = Throttle(clock)
        self.down = Throttle(clock, stops_at_source=True)

    def close(self) -> None:
        self.up.close()
        self.down.close()
