"""All handshakes with peers, of those who come and those who are dialled, in one thread.

Before anyone is known a connection costs a few kilobytes here and no thread of its own, so silent
strangers keep nobody out.
"""

import contextlib
import selectors
import socket
import ssl
import threading
from collections import deque
from collections.abc import Callable
from dataclasses import dataclass, field
from typing import NamedTuple

from desktop.engine.peers.addresses import Endpoint
from desktop.engine.peers.tls_frames import Guest
from shared.addresses import plain_ip
from shared.clock import Clock
from shared.errors import Violation
from shared.facts.ids import DeviceId, device_id
from shared.limits import (
    ACCEPT_PAUSE_S,
    DIAL_S_MAX,
    HANDSHAKE_BYTES_MAX,
    HANDSHAKE_S_MAX,
    KIB,
    PEER_HALF_OPEN_MAX,
    PEER_HALF_OPEN_PER_SOURCE_MAX,
)
from shared.trust.admission import HalfOpen
from shared.trust.certificates import DeviceIdentity, Leaf
from shared.trust.identity import raw_public
from shared.trust.tls import peer_context, who_is

_READ_BYTES = 4 * KIB
_LOOK_S = 0.25
"""How often it looks whose time is up."""


class Entrance:
    """Who this side is and whom it lets in. Made anew when either changes; links that are there stay."""

    def __init__(self, leaf: Leaf, d_keys: tuple[bytes, ...]) -> None:
        self.device = device_id(raw_public(leaf.key))
        self.certificate, self.d_keys = leaf.der, d_keys
        self.accepting = peer_context(leaf, d_keys, server_side=True)
        self.dialling = peer_context(leaf, d_keys, server_side=False)


class NotReached(NamedTuple):
    """A dial that came to nothing."""

    device: DeviceId
    address: Endpoint
    is_lane: bool = False


@dataclass(eq=False)
class _Arrival:
    """A connection until its handshake is done."""

    socket: socket.socket
    address: Endpoint
    entrance: Entrance
    deadline: float
    dialled: DeviceId | None = None
    is_lane: bool = False
    rtt_s: float | None = None
    tls: ssl.SSLObject | None = None
    """None while it is not connected yet."""
    incoming: ssl.MemoryBIO = field(default_factory=ssl.MemoryBIO)
    outgoing: ssl.MemoryBIO = field(default_factory=ssl.MemoryBIO)
    unsent: bytes = b""
    received: int = 0


class Doorman:
    def __init__(self, clock: Clock, tell: Callable[[Guest | NotReached], None]) -> None:
        """`tell` is called in the doorman's thread."""
        self.entrance: Entrance | None = None
        """None while nobody is logged in: then nobody is let in. May be set at any time."""
        self._clock, self._tell = clock, tell
        self._half_open: HalfOpen[_Arrival] = HalfOpen(PEER_HALF_OPEN_MAX, PEER_HALF_OPEN_PER_SOURCE_MAX)
        self._arrivals: set[_Arrival] = set()
        self._listeners: list[socket.socket] = []
        self._accept_again_at: float | None = None
        self._orders: deque[Callable[[], None]] = deque()
        self._is_open = True
        self._selector = selectors.DefaultSelector()
        self._wake, self._woken = socket.socketpair()
        self._woken.setblocking(False)
        self._selector.register(self._woken, selectors.EVENT_READ)
        self._thread = threading.Thread(target=self._run, name="doorman")
        self._thread.start()

    def listen(self, address: Endpoint) -> Endpoint:
        """Where it listens now; port 0 takes a free one. Raises OSError."""
        family = socket.AF_INET6 if ":" in address.ip else socket.AF_INET
        listener = socket.create_server(
            address,
            family=family,
            backlog=256,
            dualstack_ipv6=address.ip == "::" and socket.has_dualstack_ipv6(),
        )
        listener.setblocking(False)
        self._order(lambda: self._begin_listening(listener))
        return Endpoint(*listener.getsockname()[:2])

    def dial(self, device: DeviceId, address: Endpoint, *, is_lane: bool = False) -> None:
        """A Guest or a NotReached will be told of."""
        self._order(lambda: self._dial(device, address, is_lane))

    def close(self) -> None:
        """Blocks until the thread has ended."""
        self._order(self._end)
        self._thread.join()
        self._wake.close()  # not in the thread: whoever gives it an order may still be about to wake it
        self._woken.close()

    # --- in the thread ---------------------------------------------------------------------------

    def _order(self, order: Callable[[], None]) -> None:
        self._orders.append(order)
        with contextlib.suppress(BlockingIOError):
            self._wake.send(b"!")

    def _run(self) -> None:
        look_at = 0.0
        while self._is_open:
            for key, _ in self._selector.select(_LOOK_S if self._arrivals or self._accept_again_at else None):
                if key.fileobj is self._woken:
                    self._woken.recv(_READ_BYTES)
                elif isinstance(key.data, socket.socket):
                    self._accept(key.data)
                elif key.data in self._arrivals:  # not cut by one that came before it in this round
                    self._advance(key.data)
            while self._orders:
                self._orders.popleft()()
            now = self._clock.monotonic_s()
            if now >= look_at:
                look_at = now + _LOOK_S
                self._look(now)

    def _end(self) -> None:
        for arrival in list(self._arrivals):
            self._cut(arrival)
        for listener in self._listeners:
            listener.close()
        self._selector.close()
        self._is_open = False

    def _begin_listening(self, listener: socket.socket) -> None:
        self._listeners.append(listener)
        self._selector.register(listener, selectors.EVENT_READ, listener)

    def _look(self, now: float) -> None:
        for arrival in [arrival for arrival in self._arrivals if now > arrival.deadline]:
            self._cut(arrival)
        if self._accept_again_at is not None and now >= self._accept_again_at:
            self._accept_again_at = None
            for listener in self._listeners:
                self._selector.register(listener, selectors.EVENT_READ, listener)

    def _accept(self, listener: socket.socket) -> None:
        try:
            sock, (ip, port, *_) = listener.accept()
        except BlockingIOError:
            return
        except OSError:  # no descriptor is left: it would be ready again at once
            self._accept_again_at = self._clock.monotonic_s() + ACCEPT_PAUSE_S
            for each in self._listeners:
                self._selector.unregister(each)
            return
        entrance = self.entrance
        if entrance is None:
            sock.close()
            return
        now = self._clock.monotonic_s()
        arrival = _Arrival(sock, Endpoint(str(plain_ip(ip)), port), entrance, now + HANDSHAKE_S_MAX)
        self._arrivals.add(arrival)
        cut = self._half_open.arrived(arrival, ip, now)
        self._enter(arrival, entrance.accepting, server_side=True)
        if cut is not None:
            self._cut(cut)

    def _dial(self, device: DeviceId, address: Endpoint, is_lane: bool) -> None:
        entrance = self.entrance
        try:
            if entrance is None:
                raise ConnectionError("nobody is logged in")
            sock = socket.socket(socket.AF_INET6 if ":" in address.ip else socket.AF_INET)
        except OSError:
            self._tell(NotReached(device, address, is_lane))
            return
        now = self._clock.monotonic_s()
        arrival = _Arrival(sock, address, entrance, now + DIAL_S_MAX, device, is_lane)
        self._arrivals.add(arrival)
        sock.setblocking(False)
        sock.connect_ex(address)  # what it says comes again as SO_ERROR, or as a deadline
        self._selector.register(sock, selectors.EVENT_READ | selectors.EVENT_WRITE, arrival)

    def _enter(self, arrival: _Arrival, context: ssl.SSLContext, *, server_side: bool) -> None:
        arrival.socket.setblocking(False)
        arrival.tls = context.wrap_bio(arrival.incoming, arrival.outgoing, server_side=server_side)
        if server_side:
            self._selector.register(arrival.socket, selectors.EVENT_READ, arrival)

    def _advance(self, arrival: _Arrival) -> None:
        try:
            if arrival.tls is None:
                if error := arrival.socket.getsockopt(socket.SOL_SOCKET, socket.SO_ERROR):
                    raise OSError(error, "not reached")
                now = self._clock.monotonic_s()
                arrival.rtt_s = now - (arrival.deadline - DIAL_S_MAX)
                arrival.deadline = now + HANDSHAKE_S_MAX - DIAL_S_MAX
                self._enter(arrival, arrival.entrance.dialling, server_side=False)
            else:
                self._read(arrival)
            assert arrival.tls is not None
            guest = self._shake_hands(arrival, arrival.tls)
        except (OSError, Violation):
            with contextlib.suppress(OSError):
                arrival.socket.send(arrival.outgoing.read())  # why, so that an honest one can tell its user
            self._cut(arrival)
            return
        if guest is not None:
            self._forget(arrival)
            self._tell(guest)

    def _read(self, arrival: _Arrival) -> None:
        with contextlib.suppress(BlockingIOError):  # it may only have become writable
            data = arrival.socket.recv(_READ_BYTES)
            if not data:
                raise ConnectionError("closed in the handshake")
            arrival.incoming.write(data)
            arrival.received += len(data)

    def _shake_hands(self, arrival: _Arrival, tls: ssl.SSLObject) -> Guest | None:
        """The guest, once the handshake is done. Raises OSError and Violation."""
        is_done = True
        try:
            tls.do_handshake()
        except ssl.SSLWantReadError:
            is_done = False
            if arrival.received > HANDSHAKE_BYTES_MAX:
                raise Violation("too long a handshake") from None
        arrival.unsent += arrival.outgoing.read()
        with contextlib.suppress(BlockingIOError):
            arrival.unsent = arrival.unsent[arrival.socket.send(arrival.unsent) :]
        if not is_done or arrival.unsent:
            writes = selectors.EVENT_WRITE if arrival.unsent else 0
            self._selector.modify(arrival.socket, selectors.EVENT_READ | writes, arrival)
            return None
        identity = who_is(tls, (), arrival.entrance.d_keys)
        if not isinstance(identity, DeviceIdentity) or identity.dev == arrival.entrance.device:
            raise Violation("not a peer, or this very device")
        if self.entrance is None or self.entrance.device != arrival.entrance.device:
            raise ConnectionError("this side is nobody, or another, by now")
        if arrival.dialled not in (None, identity.dev):
            raise Violation("another device than the one that was dialled")
        return Guest(
            arrival.socket, tls, arrival.incoming, arrival.outgoing,
            identity.dev, arrival.address, arrival.dialled is not None, arrival.entrance.certificate,
            arrival.is_lane, arrival.rtt_s,
        )  # fmt: skip

    def _forget(self, arrival: _Arrival) -> None:
        self._arrivals.discard(arrival)
        self._half_open.done(arrival)
        self._selector.unregister(arrival.socket)

    def _cut(self, arrival: _Arrival) -> None:
        self._forget(arrival)
        arrival.socket.close()
        if arrival.dialled is not None:
            self._tell(NotReached(arrival.dialled, arrival.address, arrival.is_lane))
