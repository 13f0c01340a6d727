"""All links to other devices: accepts, dials, keeps one for each pair, pings, bans, and cuts."""

import asyncio
import itertools
import logging
import socket
from collections import deque
from collections.abc import Callable, Iterable
from dataclasses import dataclass

from desktop.engine.files.piece_checker import PieceChecker
from desktop.engine.peers.addresses import may_dial
from desktop.engine.peers.doorman import Doorman, Greeted, NotReached
from desktop.engine.peers.peer_link import PeerLink, Serving
from shared.clock import Clock
from shared.errors import ShoalError, Violation
from shared.facts.ids import DeviceId
from shared.limits import (
    ADDRESSES_MAX,
    PEER_LINKS_MAX,
    PEER_PING_S,
    PEER_SILENT_S_MAX,
)
from shared.trust import tls
from shared.trust.certificates import DeviceIdentity, Leaf

AGENT = "shoal/0.1"
BAN_S = 600.0
BAD_PIECES_MAX = 2
DIALS_PER_S_MAX = 10
BACKOFF_S_MIN = 1.0
BACKOFF_S_MAX = 60.0
ADDRESSES_PER_DEVICE_MAX = 4
TICK_S = 1.0
log = logging.getLogger(__name__)


@dataclass
class _Backoff:
    until_s: float
    wait_s: float


class Peers:
    """To be used on the loop. `links` has one link for each device that is linked now."""

    def __init__(self, checker: PieceChecker, serving: Serving, clock: Clock) -> None:
        self.links: dict[DeviceId, PeerLink] = {}
        self.on_link: Callable[[PeerLink], None] = lambda _link: None
        """Called once for each new link, when both sides have proven who they are."""
        self.on_banned: Callable[[DeviceId, str], None] = lambda _dev, _reason: None
        self.received_before, self.sent_before = 0, 0
        """Bytes of links that have ended."""
        self._checker = checker
        self._serving = serving
        self._clock = clock
        self._leaf: Leaf | None = None
        self._d_keys: frozenset[bytes] = frozenset()
        self._me: DeviceId | None = None
        self._seen_as = ""
        self._doorman: Doorman | None = None
        self._tick: asyncio.TimerHandle | None = None
        self._bans: dict[DeviceId, float] = {}
        self._bad_pieces: dict[DeviceId, int] = {}
        self._dialling: set[DeviceId] = set()
        self._backoff: dict[tuple[str, int], _Backoff] = {}
        self._dialled_at_s: deque[float] = deque(maxlen=DIALS_PER_S_MAX)

    def start(self, sock: socket.socket) -> None:
        """`sock` is bound; from now on it listens."""
        self._doorman = Doorman(asyncio.get_running_loop(), self._clock, self._took)
        self._doorman.listen(sock)
        self._schedule()

    def stop(self) -> None:
        """Ends all links, closes the port. Blocks for the milliseconds that the doorman needs to end."""
        if self._tick is not None:
            self._tick.cancel()
        if self._doorman is not None:
            self._doorman.close()
            self._doorman = None
        for link in list(self.links.values()):
            link.close("quit")

    def identify(self, me: DeviceId, leaf: Leaf, d_keys: Iterable[bytes]) -> None:
        """Who we are, and whose devices we trust, from now on. Links that stand are not touched."""
        self._me, self._leaf, self._d_keys = me, leaf, frozenset(d_keys)
        if self._doorman is not None:
            self._doorman.trust(tls.peer_context(leaf, self._d_keys, server_side=True))

    def forget_identity(self) -> None:
        """Nobody is logged in: no more links, and those that stand end."""
        self._me = self._leaf = None
        if self._doorman is not None:
            self._doorman.trust(None)
        for link in list(self.links.values()):
            link.close("logout")

    def seen_as(self, ip: str) -> None:
        """The address that the tracker sees this device at."""
        self._seen_as = ip

    def want(self, dev: DeviceId, addresses: Iterable[tuple[str, int]]) -> None:
        """Dials a device that is not linked yet, where that is allowed and not too soon."""
        if dev in self.links or dev in self._dialling or dev == self._me or self.is_banned(dev):
            return
        if self._leaf is None or self._doorman is None or len(self.links) >= PEER_LINKS_MAX:
            return
        now = self._clock.monotonic_s()
        for address in itertools.islice(addresses, ADDRESSES_PER_DEVICE_MAX):
            backoff = self._backoff.get(address)
            if not may_dial(*address, self._seen_as) or (backoff is not None and now < backoff.until_s):
                continue
            if len(self._dialled_at_s) == DIALS_PER_S_MAX and now - self._dialled_at_s[0] < 1:
                return
            self._dialled_at_s.append(now)
            self._dialling.add(dev)
            self._doorman.dial(address, tls.peer_context(self._leaf, self._d_keys, server_side=False), dev)
            return

    def is_banned(self, dev: DeviceId) -> bool:
        return self._bans.get(dev, 0) > self._clock.monotonic_s()

    def ban(self, dev: DeviceId, reason: str) -> None:
        """For ten minutes: no link either way."""
        self._bans[dev] = self._clock.monotonic_s() + BAN_S
        self._bad_pieces.pop(dev, None)
        log.warning("banned device=%s reason=%s", dev.hex(), reason)
        if (link := self.links.get(dev)) is not None:
            link.close("banned")
        self.on_banned(dev, reason)

    def bad_piece(self, dev: DeviceId) -> None:
        """It sent bytes that are not what was asked for. Twice, and it is banned."""
        self._bad_pieces[dev] = self._bad_pieces.get(dev, 0) + 1
        if self._bad_pieces[dev] >= BAD_PIECES_MAX:
            self.ban(dev, "bad pieces")

    def cut(self, dev: DeviceId) -> None:
        """This device is nobody's any more."""
        if (link := self.links.get(dev)) is not None:
            link.close("revoked")

    @property
    def received_bytes(self) -> int:
        return self.received_before + sum(link.down.total for link in self.links.values())

    @property
    def sent_bytes(self) -> int:
        return self.sent_before + sum(link.up.total for link in self.links.values())

    # inside

    def _took(self, ended: list[Greeted | NotReached]) -> None:
        for one in ended:
            if isinstance(one, NotReached):
                assert isinstance(one.dialled, bytes)
                self._dialling.discard(DeviceId(one.dialled))
                self._not_reached(one.address)
            else:
                self._greet(one)

    def _not_reached(self, address: tuple[str, int]) -> None:
        before = self._backoff.get(address)
        wait_s = min(BACKOFF_S_MAX, 2 * before.wait_s) if before is not None else BACKOFF_S_MIN
        if len(self._backoff) > PEER_LINKS_MAX * ADDRESSES_MAX:
            self._backoff.clear()
        self._backoff[address] = _Backoff(self._clock.monotonic_s() + wait_s, wait_s)

    def _greet(self, greeted: Greeted) -> None:
        """Who is it? Ends the connection with a reason, or makes a link of it."""
        dialled = greeted.dialled
        if isinstance(dialled, bytes):
            self._dialling.discard(DeviceId(dialled))
        try:
            dev = self._proven(greeted)
        except Violation as error:
            log.info("peer refused address=%s reason=%s", greeted.address, error)
            greeted.pipe.close()
            if dialled is not None:
                self._not_reached(greeted.address)
            return
        self._backoff.pop(greeted.address, None)
        other = self.links.get(dev)
        if other is not None and not other.is_closed:
            if not self._is_preferred(dev, is_ours_dialled=dialled is not None, than=other):
                greeted.pipe.close()
                return
            other.close("another link")
        link = PeerLink(
            greeted.pipe,
            dev,
            greeted.address,
            self._checker,
            self._serving,
            self._clock,
            is_ours_dialled=dialled is not None,
        )
        self.links[dev] = link
        link.on_closed = self._closed
        link.start(AGENT)
        link.ping()
        log.info("linked device=%s address=%s dialled=%s", dev.hex(), greeted.address, dialled is not None)
        self.on_link(link)

    def _proven(self, greeted: Greeted) -> DeviceId:
        who = tls.who_is(greeted.pipe.tls, (), self._d_keys)
        if self._leaf is None or not isinstance(who, DeviceIdentity):
            raise Violation("no device of this network")
        if greeted.dialled is not None and who.dev != greeted.dialled:
            raise Violation("not the device that was dialled")
        if who.dev == self._me:
            raise Violation("this is ourselves")
        if self.is_banned(who.dev):
            raise Violation("banned")
        if len(self.links) >= PEER_LINKS_MAX:
            raise Violation("too many links")
        return who.dev

    def _is_preferred(self, dev: DeviceId, *, is_ours_dialled: bool, than: PeerLink) -> bool:
        """Of two links between one pair, the one stays that the smaller device dialled; both sides agree."""
        if than.is_ours_dialled == is_ours_dialled:
            return True  # the same side dialled again: its older link is dead
        assert self._me is not None
        return is_ours_dialled == (self._me < dev)

    def _closed(self, link: PeerLink, error: ShoalError) -> None:
        self.received_before += link.down.total
        self.sent_before += link.up.total
        if self.links.get(link.device) is link:
            del self.links[link.device]
        log.info("link ended device=%s reason=%s", link.device.hex(), error)
        if isinstance(error, Violation):
            self.ban(link.device, "broke the protocol")

    def _schedule(self) -> None:
        self._tick = asyncio.get_running_loop().call_later(TICK_S, self._every_second)

    def _every_second(self) -> None:
        now = self._clock.monotonic_s()
        for link in list(self.links.values()):
            silent_s = now - link.heard_at_s
            if silent_s > PEER_SILENT_S_MAX:
                link.close("silent")
            elif silent_s > PEER_PING_S:
                link.ping()
        self._bans = {dev: until_s for dev, until_s in self._bans.items() if until_s > now}
        self._schedule()
