"""All links to other devices: who is let in, who is dialled, one link for each pair, bans and cuts."""

import asyncio
import logging
import threading
from collections import Counter
from collections.abc import Callable, Iterable

from desktop.engine.files.piece_checker import PieceChecker
from desktop.engine.limits.fair_share import Person
from desktop.engine.limits.throttle import Throttles
from desktop.engine.peers.addresses import Candidates, Endpoint, dialable
from desktop.engine.peers.doorman import Doorman, Entrance, NotReached
from desktop.engine.peers.inbox import Inbox
from desktop.engine.peers.lanes import Lanes
from desktop.engine.peers.peer_link import PeerLink
from desktop.engine.peers.peer_session import Question
from desktop.engine.peers.rate import TokenBucket
from desktop.engine.peers.sealed_frames import suites
from desktop.engine.peers.tls_frames import Guest
from desktop.engine.peers.uploads import Uploads
from shared.clock import Clock
from shared.errors import Busy, Exists, Violation
from shared.facts.ids import DeviceId
from shared.limits import (
    BAD_PIECES_MAX,
    BAN_S,
    DIALS_PER_S,
    HANDSHAKE_S_MAX,
    LANE_RTT_S_MIN,
    LINK_CLOSE_S,
    PEER_LINKS_MAX,
    TWO_LINKS_S,
)
from shared.trust.certificates import Leaf
from shared.trust.seal import Suites
from shared.wire.peer_messages import FEATURE_LANES, Open

_TICK_S = 1.0
log = logging.getLogger(__name__)


class Peers:
    """To be used on the loop."""

    def __init__(self, checker: PieceChecker, uploads: Uploads, clock: Clock, *, seals: bool = True) -> None:
        """Links stay in TLS unless this side `seals` and the other does."""
        self.links: dict[DeviceId, PeerLink] = {}
        """Those that may be asked now."""
        self.on_link: Callable[[PeerLink], None] = lambda _link: None
        """Called for each that is new."""
        self.on_banned: Callable[[DeviceId, str], None] = lambda _dev, _reason: None
        self.rejected_pieces = self.bans = 0
        """Since the beginning."""
        self.seen_as: str | None = None
        """This device's own address, as its tracker sees it."""
        self.person_of: Callable[[DeviceId], Person] = lambda dev: dev
        """With whom a device shares what caps leave."""
        self.throttles = Throttles(clock)
        """What caps the links."""
        self._checker, self._uploads, self._clock = checker, uploads, clock
        self._suites = suites(clock) if seals else Suites(0)
        self._all: set[PeerLink] = set()
        """All whose threads run: those too that are not greeted yet, or closed already."""
        self._all_ended = asyncio.Event()
        self._all_ended.set()
        self._ending: list[threading.Thread] = []
        """Threads of links that have ended, and may have a few steps left."""
        self._ended_bytes: Counter[str] = Counter()
        self._banned_until: dict[DeviceId, float] = {}
        self._bad_pieces: Counter[DeviceId] = Counter()
        self._candidates = Candidates()
        self._lanes: Lanes[PeerLink] = Lanes()
        self._dials = TokenBucket(DIALS_PER_S)
        self._entrance: Entrance | None = None
        self._loop = asyncio.get_running_loop()
        self._arrivals: Inbox[Guest | NotReached] = Inbox(self._loop, self._arrived)
        self._doorman = Doorman(clock, self._arrivals.put)
        self._timer = self._loop.call_later(_TICK_S, self._tick)

    def listen(self, ip: str, port: int) -> Endpoint:
        """Where it listens now; port 0 takes a free one. Raises OSError. Nobody is let in before enter()."""
        return self._doorman.listen(Endpoint(ip, port))

    def enter(self, leaf: Leaf, d_keys: Iterable[bytes]) -> None:
        """Who this device is and whose devices it trusts, from now on; links that are there stay."""
        self._entrance = self._doorman.entrance = Entrance(leaf, tuple(d_keys))

    def leave(self) -> None:
        """Nobody is logged in: no new links, and those that are there end."""
        self._entrance = self._doorman.entrance = None
        self._candidates = Candidates()
        for link in list(self._all):
            link.close()

    async def stop(self) -> None:
        """Takes up to some seconds, for those who are slow to take their leave."""
        self.leave()
        self._timer.cancel()
        await asyncio.to_thread(self._doorman.close)
        try:
            async with asyncio.timeout(LINK_CLOSE_S):
                await self._all_ended.wait()
        except TimeoutError:
            for link in list(self._all):
                link.abort()
            await self._all_ended.wait()
        await asyncio.to_thread(self._join)

    def want(self, device: DeviceId, addresses: Iterable[tuple[str, int]]) -> None:
        """Links to it, unless it is linked, banned or was dialled in vain just now. To be called again
        while it is wanted."""
        if self._entrance is None or device == self._entrance.device or self.is_banned(device):
            return
        for ip, port in addresses:
            if device not in self.links and (endpoint := dialable(ip, port, self.seen_as)):
                self._candidates.found(device, endpoint, self._clock.monotonic_s())
        self._dial()

    def widen(self, device: DeviceId, connections: int) -> None:
        """Up to so many to it, if it is far, was dialled from here and takes them. May be called again and
        again."""
        link = self.links.get(device)
        if link and link.is_ours_dialled and link.features & FEATURE_LANES and link.rtt_s >= LANE_RTT_S_MIN:
            for _ in range(self._lanes.dialling(device, connections, self._clock.monotonic_s())):
                self._doorman.dial(device, link.address, is_lane=True)

    def links_to(self, device: DeviceId) -> list[PeerLink]:
        """The first one, and the others beside it; none if it is not linked."""
        link = self.links.get(device)
        return [link, *self._lanes.of(device)] if link else []

    @property
    def every_link(self) -> list[PeerLink]:
        return [*self.links.values(), *self._lanes.all]

    def is_banned(self, device: DeviceId) -> bool:
        return self._banned_until.get(device, 0.0) > self._clock.monotonic_s()

    def ban(self, device: DeviceId, reason: str) -> None:
        """No link to it for ten minutes."""
        log.warning("banned peer=%s reason=%s", device.hex(), reason)
        self._banned_until[device] = self._clock.monotonic_s() + BAN_S
        self._bad_pieces.pop(device, None)
        self.bans += 1
        self.links.pop(device, None)
        for link in [one for one in self._all if one.device == device]:  # those too that greet still
            link.close()
        self.on_banned(device, reason)

    def bad_piece(self, device: DeviceId) -> None:
        """It sent bytes that are not what they should be. The second time it is banned."""
        self.rejected_pieces += 1
        self._bad_pieces[device] += 1
        if self._bad_pieces[device] >= BAD_PIECES_MAX:
            self.ban(device, "bad pieces")

    def recheck(self) -> None:
        """The mirror has changed: nothing of a group is sent to, or asked of, who is not in it any more."""
        for link in self.every_link:
            link.person = self.person_of(link.device)
            self._uploads.recheck(link)
            for gid in link.asked.groups:
                if not self._uploads.members.may_talk(link.device, gid):
                    link.leave_group(gid)

    @property
    def received_bytes(self) -> int:
        """Of pieces, since the beginning, as the next two."""
        return self._ended_bytes["received"] + sum(link.down.total for link in self._all)

    @property
    def sent_bytes(self) -> int:
        return self._ended_bytes["sent"] + sum(link.up.total for link in self._all)

    @property
    def wasted_bytes(self) -> int:
        """That came when they were not awaited any more."""
        return self._ended_bytes["wasted"] + sum(link.wasted_bytes for link in self._all)

    # --- as links use it (peer_link.LinkHost) ----------------------------------------------------

    def greeted(self, link: PeerLink) -> None:
        """Of two links between one pair the one that the smaller device dialled stays. But who dials long
        after, or again, has lost the other link, whatever this side believes."""
        assert self._entrance
        old = self.links.get(link.device)
        if link.is_lane and (old or link.is_ours_dialled):
            self._lane_greeted(link, has_first=old is not None)
            return
        self._candidates.done(link.device, link.address)
        if old:
            is_race = (
                link.began_at - old.began_at < TWO_LINKS_S and link.is_ours_dialled != old.is_ours_dialled
            )
            if is_race and link.is_ours_dialled != (self._entrance.device < link.device):
                link.close(Exists.code)
                return
        self.links[link.device] = link
        if old:
            old.close(Exists.code)
        log.info(
            "linked peer=%s address=%s dialled=%s", link.device.hex(), link.address, link.is_ours_dialled
        )
        self.on_link(link)

    def asked(self, link: PeerLink, message: Question) -> None:
        self._uploads.asked(link, message)
        if isinstance(message, Open):
            self._share_lanes()

    def read_failed(self, link: PeerLink, ch: int, piece: int) -> None:
        self._uploads.read_failed(link, ch, piece)

    def closed(self, link: PeerLink, violation: Violation | None) -> None:
        self._uploads.link_ended(link)
        now = self._clock.monotonic_s()
        self._lanes.left(link, now)
        if self.links.get(link.device) is link:
            del self.links[link.device]
            if lanes := self._lanes.of(link.device):
                self.links[link.device] = lanes[0]
                self._lanes.left(lanes[0], now)
        if violation:
            self.ban(link.device, str(violation))

    def ended(self, link: PeerLink) -> None:
        self._all.discard(link)
        self._ending = [thread for thread in (*self._ending, *link.threads) if thread.is_alive()]
        if not self._all:
            self._all_ended.set()
        self._ended_bytes.update(received=link.down.total, sent=link.up.total, wasted=link.wasted_bytes)
        if link.is_ours_dialled and not link.is_greeted:
            self._dialled_in_vain(link.device, link.address, link.is_lane)

    # --- inside ----------------------------------------------------------------------------------

    def _join(self) -> None:
        for thread in self._ending:
            thread.join()
        self.throttles.close()

    def _arrived(self, arrivals: list[Guest | NotReached]) -> None:
        for one in arrivals:
            if isinstance(one, NotReached):
                self._dialled_in_vain(*one)
            elif self._entrance is None or self.is_banned(one.device) or not self._make_room():
                one.socket.close()
                if one.is_ours_dialled:
                    self._dialled_in_vain(one.device, one.address, one.is_lane)
            else:
                link = PeerLink(one, self, self._checker, self._clock, self._suites, self.throttles)
                link.person = self.person_of(link.device)
                self._all.add(link)
                self._all_ended.clear()
        self._dial()

    def _dialled_in_vain(self, device: DeviceId, address: Endpoint, is_lane: bool) -> None:
        if is_lane:
            self._lanes.failed(device, self._clock.monotonic_s())
        else:
            self._candidates.failed(device, address, self._clock.monotonic_s())

    def _lane_greeted(self, link: PeerLink, *, has_first: bool) -> None:
        """Others come before a second connection to one device."""
        is_room = link.is_ours_dialled or len(self._all) <= PEER_LINKS_MAX // 2
        if self._lanes.came(link, self._clock.monotonic_s()) and has_first and is_room:
            self.on_link(link)
            self._share_lanes()
        else:
            link.close(Busy.code)

    def _share_lanes(self) -> None:
        takers = {link.device for link in self.every_link if link.session.served}
        for lane in self._lanes.surplus(len(takers)):
            lane.close(Busy.code)

    def _make_room(self) -> bool:
        """For one more link, if need be at the cost of the oldest that nobody uses."""
        if len(self._all) < PEER_LINKS_MAX:
            return True
        idle = min((link for link in self._all if link.is_idle), key=lambda link: link.began_at, default=None)
        if idle is None:
            return False
        idle.close(Busy.code)
        return True

    def _dial(self) -> None:
        now = self._clock.monotonic_s()
        while len(self._all) < PEER_LINKS_MAX and self._dials.has_one(now):
            candidate = self._candidates.next(self.links)
            if candidate is None:
                return
            self._dials.take()
            self._doorman.dial(*candidate)

    def _tick(self) -> None:
        self._timer = self._loop.call_later(_TICK_S, self._tick)
        now = self._clock.monotonic_s()
        for link in list(self._all):
            if not link.is_greeted and now - link.began_at > HANDSHAKE_S_MAX:
                link.close()
            link.tick(now)
        for link in self._lanes.idle(now):
            link.close()
        self._banned_until = {dev: until for dev, until in self._banned_until.items() if until > now}
        self._dial()
