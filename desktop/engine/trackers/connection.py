"""Keeps up one connection to some tracker of the network: finds one, stays with it, finds the next."""

import asyncio
import logging
import random
from collections.abc import Callable, Iterable
from contextlib import suppress
from typing import Protocol

import shared.wire.tracker_messages as m
from desktop.engine import events
from desktop.engine.background import Background
from desktop.engine.mirror import Mirror
from desktop.engine.trackers.finding import first_of
from desktop.engine.trackers.following import comes
from desktop.engine.trackers.known_networks import Candidate, KnownNetwork
from desktop.engine.trackers.meeting import Meeting
from desktop.engine.trackers.mirror_sync import Pushed
from desktop.engine.trackers.tracker_link import TrackerLink
from desktop.engine.trackers.tracker_session import Push
from desktop.engine.trackers.tracker_states import TrackerStates
from desktop.engine.views import TrackerInUse, TrackerView
from shared.addresses import shown_address
from shared.clock import Clock
from shared.errors import ShoalError
from shared.fact_tables import SqlRows
from shared.facts.ids import Dot
from shared.limits import (
    BEHIND_ASKED_S,
    DRAINED_S_MAX,
    TRACKER_BACKOFF_S_MAX,
    TRACKER_BACKOFF_S_MIN,
    TRACKER_CHECKED_S,
)
from shared.tracker_info import TrackerInfo, TrackerLine

log = logging.getLogger(__name__)


class Host(Protocol):
    """Who speaks on the connection. Told on the loop."""

    on_identity: Callable[[], None]
    """Other device authorities are trusted from now on."""

    @property
    def mirror(self) -> Mirror | None: ...
    def began(self, link: TrackerLink) -> None: ...
    def pushed(self, push: Pushed) -> None: ...
    async def look_after(self, link: TrackerLink) -> None: ...
    def ended(self) -> None: ...


class Connection:
    """At most one link at a time is in use."""

    link: TrackerLink | None
    """In use."""

    def __init__(
        self,
        network: KnownNetwork,
        info: TrackerInfo,
        meeting: Meeting,
        host: Host,
        clock: Clock,
        lot: random.Random,
        emit: Callable[[events.Event], None],
    ) -> None:
        self.link = None
        self.linked, self.proven = asyncio.Event(), asyncio.Event()
        """To whom anybody may speak; to whom the account may, as the link is proven to be its own."""
        self._network, self._info, self._meeting, self._host = network, info, meeting, host
        self._clock, self._lot, self._emit = clock, lot, emit
        self._here: TrackerInUse | None = None
        self._states = TrackerStates(clock)
        self._newest: Dot | None = None
        self._is_behind = False
        """The tracker in use lacks something that this device saw elsewhere."""
        self._lost_at: float | None = None
        """When the last tracker went, of a clock that never goes back."""
        self._is_in_vain = False
        """Each was asked since there was one, or since the start."""
        self._hurry = asyncio.Event()
        self._is_left = False
        """By us, or as the tracker stops: no alarm, unless there is no other."""
        self._running = Background()
        self._asking: asyncio.Task[None] | None = None
        """Of the trackers that were lost, whether they are back."""

    def start(self) -> None:
        """Begins to look for a tracker."""
        self._running.spawn(self._run())

    async def stop(self) -> None:
        await self._running.close()

    @property
    def in_use(self) -> TrackerInUse | None:
        return self._here if self.link else None

    @property
    def seen_as(self) -> str | None:
        """This device's address, as the tracker sees it."""
        return self.link.welcome.seen_as if self.link else None

    def trackers(self) -> list[TrackerView]:
        return self._states.views(self.candidates(), self.in_use, behind=self._is_behind)

    @property
    def offline_s(self) -> int | None:
        """For so long no tracker has been there, as far as is known; None while one is."""
        if self.link:
            return None
        if self._lost_at is not None:
            return int(self._clock.monotonic_s() - self._lost_at)
        return self._host.mirror.synced_s_ago if self._host.mirror else 0

    @property
    def is_searching(self) -> bool:
        """There is no tracker, and some are still to be asked since."""
        return self.link is None and not self._is_in_vain

    def candidates(self) -> list[Candidate]:
        """Whom it would dial, in this order."""
        return self._network.candidates(self._info, self._rows)

    @property
    def d_keys(self) -> frozenset[bytes]:
        """The device authorities whose devices may be peers."""
        return self._network.d_keys(self._rows)

    @property
    def _rows(self) -> SqlRows | None:
        return self._host.mirror.rows if self._host.mirror else None

    async def wait(self, timeout_s: float) -> bool:
        """Whether there is one within that time."""
        return await comes(self.linked, timeout_s)

    def retry(self) -> None:
        """Looks for a tracker at once, where it would wait."""
        self._hurry.set()

    def try_also(self, lines: Iterable[TrackerLine]) -> None:
        """Where trackers of this network are too, by their known keys, as somebody says. Until it is stopped:
        what is so stands in the rows of whoever is found there."""
        known = {one.address for one in self.candidates()}
        new = (line for line in lines if shown_address(line.host, line.port) not in known)
        self._info = TrackerInfo((*self._info.lines, *new))

    async def look_again(self) -> None:
        """Asks each tracker whether it is there, and how far. Takes as long as one that does not answer."""
        await self._states.look_again(self.candidates(), self.in_use, self.link)

    def ask_lost(self) -> None:
        """Whether trackers that were lost are back: beside, as the next one would wait for it."""
        if self._asking is None or self._asking.done():
            self._asking = self._running.spawn(self._states.ask_lost(self.candidates()))

    def leave(self, within_s: float = 0) -> None:
        """What is asked from now on waits for the next link. What was asked is answered within that time."""
        if self.link is None:
            return
        self._is_left = True
        self.linked.clear()
        self.proven.clear()
        if within_s:
            self.link.close_when_idle(within_s)
        else:
            self.link.close()

    # --- inside ----------------------------------------------------------------------------------

    async def _run(self) -> None:
        wait_s = TRACKER_BACKOFF_S_MIN
        while True:
            if found := await first_of(self.candidates(), self._try, self._running.spawn):
                await self._stay(*found)
                wait_s = TRACKER_BACKOFF_S_MIN
            else:
                self._is_in_vain = True
                self._tell_lost()  # also of one that stopped as planned: there is no other
                if await comes(self._hurry, wait_s * self._lot.uniform(0.5, 1.0)):
                    self._hurry.clear()
                wait_s = min(2 * wait_s, TRACKER_BACKOFF_S_MAX)

    async def _try(self, candidate: Candidate) -> TrackerLink | None:
        try:
            return await self._reach(candidate)
        except (OSError, UnicodeError, ShoalError) as error:  # the second: no name that DNS can have
            log.info("tracker not reached address=%s error=%s", candidate.address, error)
            self._states.lost(candidate.address, error)
        return None

    async def _reach(self, candidate: Candidate) -> TrackerLink:
        link = await self._meeting.dial(candidate, self._newest)
        try:
            before, welcome = self.d_keys, link.welcome
            self._network.met(candidate.address, welcome.t_key, welcome.number, welcome.d_keys)
            if self.d_keys != before:
                self._host.on_identity()
            await self._meeting.greet(candidate.address, link)
        except BaseException:
            link.close()
            raise
        return link

    async def _stay(self, link: TrackerLink, candidate: Candidate) -> None:
        """Until the link ends."""
        self.link, link.on_push = link, self._pushed
        before, self._here = self._here, TrackerInUse(number=link.welcome.number, address=candidate.address)
        is_back = self._is_left and self._here == before
        self._is_left = self._is_in_vain = False
        self._states.met(candidate.address, link.rtt_s)
        self.linked.set()
        lacking = self._newest if link.welcome.behind else None
        if lacking or not is_back:
            self._tell_state("behind" if lacking else "connected")
        self._host.began(link)
        try:
            while not link.closed.done():
                checked_s = TRACKER_CHECKED_S * self._lot.uniform(0.5, 1.0)
                await asyncio.wait({link.closed}, timeout=BEHIND_ASKED_S if lacking else checked_s)
                if lacking:
                    if not await link.is_behind(lacking):
                        lacking = None
                        self._tell_state("connected")
                    with suppress(OSError, ShoalError):  # the link ends, or did
                        await self._meeting.prove(link, is_behind=lacking is not None)
                if not link.closed.done():
                    await self._host.look_after(link)
        finally:
            link.close()
            self._newest = link.newest or self._newest
            self.proven.clear()
            self._host.ended()
            self.linked.clear()
            self.link = None
            self._lost_at = self._clock.monotonic_s()
        log.info("tracker lost address=%s why=%s", candidate.address, link.closed.result())
        if not self._is_left:
            self._states.lost(candidate.address, link.closed.result())
            self._tell_lost()

    def _pushed(self, push: Push) -> None:
        if isinstance(push, m.Drain):
            self._tell_state("drain")
            self.leave(min(push.within_ms / 1000, DRAINED_S_MAX))
        else:
            self._host.pushed(push)

    def _tell_lost(self) -> None:
        if self._here:
            self._tell_state("lost")
            self._here = None

    def _tell_state(self, state: str) -> None:
        assert self._here is not None
        self._is_behind = state == "behind"
        self._emit(events.TrackerChanged(number=self._here.number, address=self._here.address, state=state))
