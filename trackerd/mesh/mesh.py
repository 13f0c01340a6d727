"""The links to all other trackers: one that counts for each, told of every commit and of who is online."""

import asyncio
import contextlib
import random
from collections.abc import Mapping

import shared.wire.mesh_messages as mm
from shared.addresses import plain_ip
from shared.clock import Clock
from shared.errors import Violation
from shared.facts.ids import Dot
from shared.limits import DRAIN_S, PRESENCE_TOLD_S, ROUND_ALONE_S, TAKE_OVER_S_MAX, TWO_LINKS_S
from shared.trust.certificates import Leaf
from shared.trust.tls_channel import TlsChannel
from shared.wire.tracker_messages import PROTOCOL
from trackerd.mesh.collecting import Collecting
from trackerd.mesh.comparing import Comparing
from trackerd.mesh.link import Link, frame_of
from trackerd.mesh.other import LinkState, Other
from trackerd.mesh.telling import live_frames
from trackerd.mesh.waiting import CopyWaits
from trackerd.network import Peer
from trackerd.presence import Presence
from trackerd.store.book import Commit
from trackerd.store.store import Store


class Mesh:
    """Of tracker `number`. Belongs to the loop's thread."""

    def __init__(
        self,
        number: int,
        leaf: Leaf,
        store: Store,
        presence: Presence,
        clock: Clock,
        lot: random.Random,
    ) -> None:
        self.store, self.presence, self.clock = store, presence, clock
        self._number, self._leaf, self._lot = number, leaf, lot
        self._others: dict[int, Other] = {}
        self._links: dict[Link, None] = {}
        """All that have a connection."""
        self._up: dict[int, Link] = {}
        """The one that counts for each tracker. It has greeted."""
        self._ending: dict[Link, None] = {}
        """Closed, while what came on them is being applied."""
        self._waits = CopyWaits(clock)
        self.collecting = Collecting(store, clock)
        self._comparing = Comparing(number, store, self._repair, self._is_quiet)
        self._awaited: dict[int, None] = {}
        """By a start that takes over what others have."""
        self._settled = asyncio.Event()
        self._has_round = False
        self._ticking: asyncio.TimerHandle | None = None

    # --- from the first to the last moment ---

    def set_peers(self, peers: Mapping[int, Peer]) -> None:
        """All other trackers, by number. Links to those that are gone or changed end, new ones begin."""
        for other in [*self._others.values()]:
            if other.peer != peers.get(other.number):
                self._drop(other)
        for number, peer in peers.items():
            if number not in self._others:
                other = self._others[number] = Other(number, peer, self._leaf, self, self._lot)
                if number > self._number:
                    other.dialler.now()
        if self._ticking is None:
            self._tick()

    async def take_over(self, *, must_refill: bool = False) -> None:
        """Until this tracker has what the others have: of each a round is in, or it cannot be reached.

        In TAKE_OVER_S_MAX at most; but `must_refill` waits for one round, however long that takes.
        """
        self._awaited = dict.fromkeys(self._others)
        for other in self._others.values():
            other.dialler.now()
        limit_s = None if must_refill else TAKE_OVER_S_MAX
        with contextlib.suppress(TimeoutError):
            async with asyncio.timeout(limit_s):
                while self._awaited or (must_refill and not self._has_round):
                    self._settled.clear()
                    await self._settled.wait()
        self._awaited = {}

    async def stop(self) -> None:
        """Says goodbye after the last that there was to say, and applies what the others said before."""
        if self._ticking:
            self._ticking.cancel()
        self._waits.close()
        self._tell_online()  # that the clients have gone: else they are looked for here for a while
        self._comparing.stop()
        for other in self._others.values():
            other.dialler.stop()
        self._others = {}
        for link in [*self._links]:
            link.channel.close()
        work = [task for link in (*self._links, *self._ending) for task in link.work]
        if work:
            await asyncio.wait(work, timeout=DRAIN_S)
        for link in [*self._links]:
            link.channel.abort()

    # --- what the rest of the tracker asks and tells ---

    def accepted(self, channel: TlsChannel, t_key: bytes) -> Link:
        """Takes a connection of the tracker with that key. Raises Violation."""
        numbers = [number for number, other in self._others.items() if other.peer.t_key == t_key]
        if not numbers:
            raise Violation("a tracker that is trusted no more")
        link = Link(self, numbers[0], is_dialled=False)
        link.arrived(channel)
        link.opened(channel)
        return link

    def committed(self, commit: Commit) -> None:
        """To be called with each commit, before its writers are answered. O(rows) once, and O(links)."""
        self._waits.known.wrote(commit.last)
        links = [link for link in self._links if link.is_open]
        if links:
            lives = live_frames(self.store.log, commit.first, commit.last, commit.own)
            moved = {log: seq for log, seq in commit.seen.items() if log != self.store.log}
            ack = frame_of(mm.Ack(moved)) if moved else b""
            for link in links:
                link.tell(lives, moved, ack)

    async def copies(self, dot: Dot | None) -> int:
        """On how many trackers this run's write lies: 1, or 2 if that is known within COPY_WAIT_S_MAX."""
        return 1 if dot is None else await self._waits.copies(dot.seq)

    def links(self) -> list[LinkState]:
        """By number."""
        known, others = self._waits.known, sorted(self._others.items())
        return [other.state(known, is_up=number in self._up) for number, other in others]

    # --- what links ask and tell ---

    def arrived(self, link: Link) -> None:
        self._links[link] = None

    def hello(self) -> mm.Hello:
        store, wall_ms = self.store, int(self.clock.wall_s() * 1000)
        return mm.Hello(PROTOCOL, PROTOCOL, self._number, store.store_id, store.log, store.vector(), wall_ms)

    def greeted(self, link: Link, hello: mm.Hello) -> Mapping[int, int]:
        number, now_s = link.number, self.clock.monotonic_s()
        rival = self._up.get(number)
        if rival and not _replaces(link, hello, rival, is_lower=self._number < number):
            link.channel.close(ConnectionAbortedError("there is a link already"))
            return {}
        if rival:
            rival.channel.close(ConnectionAbortedError("another link took its place"))
        self._waits.known.link_up(number, hello.vv.get(self.store.log, 0), now_s)
        self.collecting.lost(number)  # what another link of it was asked, or a run of it said
        self._up[number] = link
        link.tell_online([], self.presence.everything)
        return self._others[number].up(link, hello)

    def heard(self, link: Link, message: mm.Ack | mm.Presence | mm.Checksum) -> None:
        if self._up.get(link.number) is not link:
            return
        match message:
            case mm.Ack(vv):
                if seq := vv.get(self.store.log):
                    self._waits.known.heard(link.number, seq, self.clock.monotonic_s())
            case mm.Presence():
                self.presence.heard(link.number, message, plain_ip(link.channel.peer_address[0]))
            case mm.Checksum():
                self._comparing.heard(link, message)

    def told_elsewhere(self, link: Link) -> set[int]:
        return {other.session.log for other in self._up.values() if other is not link}

    def ask_next(self) -> None:
        links, stalled_s = self._up.values(), self.clock.monotonic_s() - ROUND_ALONE_S
        # One at a time, while it gets on: two rounds at once bring the same rows twice.
        is_alone = not any(link.session.asking.is_asked and link.got_on_s > stalled_s for link in links)
        if is_alone and (asked := next((link for link in links if link.ask()), None)):
            self.collecting.asked(asked.number)
        for number in [*self._awaited]:
            awaited = self._up.get(number)
            if awaited and not awaited.session.asking.lacks(self.store.seen):
                self._settle(number, has_round=True)

    def finished(self, link: Link, end: Mapping[int, int]) -> None:
        self._settle(link.number, has_round=True)
        if self._up.get(link.number) is link:
            self.collecting.ended(link.number, end)
        self.ask_next()

    def closed(self, link: Link, error: Exception | None) -> None:
        del self._links[link]
        self._ending[link] = None
        self._comparing.closed(link)
        other = self._others.get(link.number)
        if self._up.get(link.number) is link:
            del self._up[link.number]
            self.collecting.lost(link.number)
            self._waits.known.link_down(link.number)
            self.presence.link_lost(link.number, self.clock.monotonic_s())
            if other:
                other.down(error)
                self._lost(other)
        elif other and link.number not in self._up:
            self.missed(other, error)

    def missed(self, other: Other, error: Exception | None) -> None:
        """There was no getting a link to it."""
        other.missed(error)
        self._lost(other)

    # --- inside ---

    def _is_quiet(self) -> bool:
        return not any(other.is_half_heard(self.store.seen) for other in self._others.values())

    def _repair(self, link: Link) -> None:
        link.session.asking.repair()
        self.ask_next()

    def _lost(self, other: Other) -> None:
        self._settle(other.number)
        if other.number > self._number:
            other.dialler.again()

    def _settle(self, number: int, *, has_round: bool = False) -> None:
        self._has_round |= has_round
        self._awaited.pop(number, None)
        self._settled.set()

    def _drop(self, other: Other) -> None:
        del self._others[other.number]
        self.collecting.lost(other.number)
        other.dialler.stop()
        error = ConnectionAbortedError("it is not in the tracker file any more, or not as it was")
        if other.number in self._up:
            other.down(error)
        for link in self._links:
            if link.number == other.number:
                link.channel.close(error)

    def _tick(self) -> None:
        self._ticking = asyncio.get_running_loop().call_later(PRESENCE_TOLD_S, self._tick)
        now_s = self.clock.monotonic_s()
        for link in [*self._links]:
            link.tick(now_s)
        self._ending = {link: None for link in self._ending if link.work}
        for number in self.collecting.wanted():
            if number in self._up:
                self._up[number].session.asking.want_end()
        self.ask_next()
        self._comparing.turn(self._up.values(), now_s)
        self.presence.expire(now_s)
        self._tell_online()

    def _tell_online(self) -> None:
        news = [frame_of(message) for message in self.presence.changes()]
        for link in self._up.values():
            link.tell_online(news, self.presence.everything)


def _replaces(new: Link, hello: mm.Hello, old: Link, *, is_lower: bool) -> bool:
    """Who dials again has lost the old one. If both dialled at once, both keep that of the lower number."""
    is_crossing = new.is_dialled != old.is_dialled and new.since_s - old.since_s < TWO_LINKS_S
    return not is_crossing or hello.log != old.session.log or new.is_dialled == is_lower
