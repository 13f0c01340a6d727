"""What is known of each tracker of the network, for whoever looks at the list of them."""

import asyncio
from collections.abc import Iterable
from contextlib import suppress

import shared.wire.tracker_messages as m
from desktop.engine.trackers.finding import why_not
from desktop.engine.trackers.known_networks import Candidate
from desktop.engine.trackers.tracker_link import TrackerLink
from desktop.engine.views import TrackerInUse, TrackerView
from shared.clock import Clock
from shared.errors import ShoalError

_BEST_FIRST = ("connected", "up", "unknown", "lost")


class TrackerStates:
    def __init__(self, clock: Clock) -> None:
        self._clock = clock
        self._lost: dict[str, str] = {}
        """Addresses of trackers that were asked and were not there; why, and empty for one that is back."""
        self._rtt_s: dict[str, float] = {}
        self._asked_at: dict[str, float] = {}
        """When somebody was last looked for there."""

    def lost(self, address: str, error: Exception | None) -> None:
        self._lost[address] = why_not(error)
        self._asked_at[address] = self._clock.monotonic_s()

    def met(self, address: str, rtt_s: float) -> None:
        self._lost.pop(address, None)
        self.measured(address, rtt_s)

    def measured(self, address: str, rtt_s: float) -> None:
        self._rtt_s[address] = rtt_s
        self._asked_at[address] = self._clock.monotonic_s()

    def views(
        self, candidates: Iterable[Candidate], in_use: TrackerInUse | None, *, behind: bool
    ) -> list[TrackerView]:
        """One for each tracker, at the best of its addresses. `behind`: the one in use lacks something."""
        found: dict[bytes | str, TrackerView] = {}
        for one in candidates:
            is_here = in_use is not None and one.address == in_use.address
            view = self._view(one, is_here=is_here, behind=behind and is_here)
            known = found.setdefault(one.pin or one.address, view)
            if _BEST_FIRST.index(view.state) < _BEST_FIRST.index(known.state):
                found[one.pin or one.address] = view
        return list(found.values())

    def _view(self, one: Candidate, *, is_here: bool, behind: bool) -> TrackerView:
        why, asked_at = self._lost.get(one.address), self._asked_at.get(one.address)
        state = "unknown" if why is None else "lost" if why else "up"
        return TrackerView(
            number=one.number,
            address=one.address,
            state="connected" if is_here else state,
            why=why or "",
            rtt=None if why else self._rtt_s.get(one.address),
            behind=behind,
            asked_s=None if asked_at is None else int(self._clock.monotonic_s() - asked_at),
        )

    async def ask_lost(self, candidates: Iterable[Candidate]) -> None:
        """Whether they are back."""
        for candidate in candidates:
            if self._lost.get(candidate.address):
                await self.ask(candidate)

    async def look_again(
        self, candidates: Iterable[Candidate], in_use: TrackerInUse | None, link: TrackerLink | None
    ) -> None:
        """All of them; the one in use on its link."""
        here = in_use and in_use.address
        asking = [self.ask(one) for one in candidates if one.address != here]
        await asyncio.gather(*asking, *([self._measure(link, here)] if link and here else []))

    async def _measure(self, link: TrackerLink, address: str) -> None:
        asked_at = self._clock.monotonic_s()
        with suppress(OSError, ShoalError):  # the link ends, or did
            await link.ask(m.Ping(), m.Alive)
            self.measured(address, self._clock.monotonic_s() - asked_at)

    async def ask(self, candidate: Candidate) -> None:
        """Whether it is there. As nobody: the session of the account is elsewhere."""
        if candidate.pin:
            address = (candidate.host, candidate.port)
            try:
                link = await TrackerLink.dial(address, candidate.pin, None, self._clock)
            except (OSError, UnicodeError, ShoalError) as error:
                self.lost(candidate.address, error)
            else:
                link.close()
                self._lost[candidate.address] = ""
                self.measured(candidate.address, link.rtt_s)
