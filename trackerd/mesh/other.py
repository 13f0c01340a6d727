"""One other tracker of the file, linked or not: how it is dialled, and what is known of it meanwhile."""

import asyncio
import functools
import logging
import random
from collections.abc import Mapping
from typing import NamedTuple, Protocol

import shared.wire.mesh_messages as mm
from shared.addresses import shown_address
from shared.errors import Violation
from shared.facts.replica import dominates
from shared.limits import CLOCK_OFF_S_MAX, CLOCK_WARNED_S, MESH_BACKOFF_S_MAX
from shared.trust.certificates import Leaf
from shared.trust.tls import tracker_to_tracker, who_is
from shared.trust.tls_channel import TlsChannel
from trackerd.mesh.copies import Copies
from trackerd.mesh.dialling import Dialler
from trackerd.mesh.link import Link
from trackerd.mesh.link import Owner as LinkOwner
from trackerd.network import Peer
from trackerd.said import Event, tell


class LinkState(NamedTuple):
    """The link to one other tracker, or why there is none."""

    number: int
    address: str
    is_up: bool
    since_s: float
    """Up, or down, since then, on the monotonic clock."""
    lag_rows: int
    """Rows of this run that are not on its disk yet, as far as is known; 0 while it is down."""
    is_lagging: bool
    """Up, but no writer waits for it."""
    clock_off_s: float
    """As of its last Hello, its clock is ahead by so much."""
    why: str
    """Empty while it is up."""


class Owner(LinkOwner, Protocol):
    def missed(self, other: "Other", error: Exception | None, /) -> None:
        """It could not be reached."""


class Other:
    """Tracker `number`, as its line has it."""

    def __init__(self, number: int, peer: Peer, leaf: Leaf, owner: Owner, lot: random.Random) -> None:
        self.number, self.peer = number, peer
        self.dialler = Dialler(self._dial, functools.partial(owner.missed, self), lot)
        self.address = shown_address(peer.host, peer.port)
        self.since_s = owner.clock.monotonic_s()
        """When the link came up, or went down."""
        self.clock_off_s = 0.0
        self.why = "not reached yet"
        self._owner = owner
        self._last: Link | None = None
        self._run_before: int | None = None
        """The log of the run before that of the last link."""
        self._context = tracker_to_tracker(peer.t_key, leaf)

    def state(self, known: Copies, *, is_up: bool) -> LinkState:
        return LinkState(
            self.number,
            self.address,
            is_up,
            self.since_s,
            known.lag_rows(self.number) if is_up else 0,
            is_up and known.is_lagging(self.number),
            self.clock_off_s,
            self.why,
        )

    def up(self, link: Link, hello: mm.Hello) -> Mapping[int, int]:
        """What is known to be on the disk of a round of the same run, which was cut."""
        self.dialler.stop()
        last, self._last = self._last, link
        self._set(self._owner.clock.monotonic_s(), "")
        tell(logging.INFO, Event.LINK_UP, number=self.number, address=self.address)
        self._compare_clocks(hello)
        if last and last.session.log == hello.log:
            return last.session.asking.streamed
        if hello.log == self._run_before:  # it was not over when the other one began
            tell(logging.ERROR, Event.TWIN, number=self.number, address=self.address)
        self._run_before = last.session.log if last else None
        return {}

    def is_half_heard(self, seen: Mapping[int, int]) -> bool:
        """A round of it is under way here, or was cut, and `seen` does not cover what came of it."""
        if self._last is None:
            return False
        asking = self._last.session.asking
        return (self._last.is_open and asking.is_asked) or not dominates(seen, asking.streamed)

    def down(self, error: Exception | None) -> None:
        """The link is lost."""
        now_s = self._owner.clock.monotonic_s()
        if now_s - self.since_s > MESH_BACKOFF_S_MAX:
            self.dialler.lasted()
        self._set(now_s, _why(error, "it said goodbye"))
        tell(
            logging.ERROR if isinstance(error, Violation) else logging.WARNING,
            Event.LINK_DOWN,
            number=self.number,
            why=self.why,
        )

    def missed(self, error: Exception | None) -> None:
        """There is no link yet, and there was no getting one."""
        why = _why(error, "it hung up")
        if why != self.why:
            self.why = why
            tell(logging.INFO, Event.LINK_DOWN, number=self.number, why=why)

    def _set(self, now_s: float, why: str) -> None:
        self.since_s, self.why = now_s, why

    def _compare_clocks(self, hello: mm.Hello) -> None:
        off_s = self.clock_off_s = hello.wall_ms / 1000 - self._owner.clock.wall_s()
        if abs(off_s) > CLOCK_WARNED_S:
            tell(
                logging.ERROR if abs(off_s) > CLOCK_OFF_S_MAX else logging.WARNING,
                Event.CLOCK_OFF,
                number=self.number,
                seconds=round(off_s, 1),
            )

    async def _dial(self) -> None:
        link = Link(self._owner, self.number, is_dialled=True)
        channel = TlsChannel(
            self._context,
            server_side=False,
            on_arrived=link.arrived,
            on_open=functools.partial(self._opened, link),
            on_bytes=link.received,
            on_close=link.closed,
        )
        loop = asyncio.get_running_loop()
        await loop.create_connection(lambda: channel, self.peer.host, self.peer.port)

    def _opened(self, link: Link, channel: TlsChannel) -> None:
        who_is(channel.ssl_object, [self.peer.t_key], [])  # none but this one, as its context trusts no other
        link.opened(channel)


def _why(error: Exception | None, planned: str) -> str:
    """Not every error of the system has words."""
    return planned if error is None else str(error) or type(error).__name__
