"""Two ends of one connection whose handshake is done: one for the program, one to be played by hand."""

import socket
import ssl
from collections.abc import Iterator
from concurrent.futures import Future, ThreadPoolExecutor
from contextlib import contextmanager, suppress
from itertools import count
from typing import Self

from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey

from desktop.engine.limits.allowance import Allowance, Meter
from desktop.engine.limits.throttle import Throttle
from desktop.engine.peers.addresses import Endpoint
from desktop.engine.peers.greeting import Greeted, greet
from desktop.engine.peers.link_socket import LinkSocket
from desktop.engine.peers.tls_frames import Guest, TlsFrames
from shared.clock import Clock, SystemClock
from shared.facts.ids import DeviceId, device_id
from shared.trust.certificates import Leaf, device_leaf
from shared.trust.identity import raw_public
from shared.trust.seal import (
    LENGTH_BYTES,
    SEAL_OVERHEAD_BYTES,
    FrameCipher,
    Side,
    Suites,
    agreed,
    secrets_of,
)
from shared.trust.tls import peer_context
from shared.wire import peer_messages as m
from shared.wire.framing import peer_control_frame
from tests.support.linked_device import D_KEY, NOW_S
from tests.support.waiting import LONG_S

READY = b"\0\0\0\1\2"


class Drip(socket.socket):
    """Gives one byte at a time, as a network may."""

    @classmethod
    def of(cls, sock: socket.socket) -> Self:
        return cls(fileno=sock.detach())

    def recv_into(self, buffer: memoryview, _bytes_max: int = 0, flags: int = 0) -> int:  # type: ignore[override]
        return super().recv_into(buffer, 1, flags)


class Leaping:
    """A clock on which so many seconds pass whenever somebody looks."""

    def __init__(self, step_s: float) -> None:
        self._looks, self._step_s = count(), step_s

    def wall_s(self) -> float:
        raise NotImplementedError

    def monotonic_s(self) -> float:
        return next(self._looks) * self._step_s


def connected() -> tuple[socket.socket, socket.socket]:
    """Who dialled, and who accepted."""
    with socket.create_server(("127.0.0.1", 0)) as listener:
        near = socket.create_connection(listener.getsockname())
        far, _ = listener.accept()
    return near, far


def new_leaf() -> Leaf:
    key = Ed25519PrivateKey.generate()
    return Leaf(device_leaf(D_KEY, raw_public(key), NOW_S), key)


def hello(seal: bytes | None, suites: Suites = Suites.BOTH | Suites.AES_IS_FAST) -> m.Hello:
    return m.Hello(1, 1, "test", 0, suites, seal)


def guests(dialler: Leaf, accepter: Leaf, *, tickets: int = 0) -> tuple[Guest, Guest]:
    near, far = connected()
    ends = []
    for leaf, other, sock, is_dialler in ((dialler, accepter, near, True), (accepter, dialler, far, False)):
        context = peer_context(leaf, [raw_public(D_KEY)], server_side=not is_dialler)
        if not is_dialler:
            context.num_tickets = tickets
        incoming, outgoing = ssl.MemoryBIO(), ssl.MemoryBIO()
        tls = context.wrap_bio(incoming, outgoing, server_side=not is_dialler)
        dev, address = device_id(raw_public(other.key)), Endpoint("127.0.0.1", 1)
        ends.append(Guest(sock, tls, incoming, outgoing, dev, address, is_dialler, leaf.der))
    for _ in range(3):
        for this, other_end in (ends, ends[::-1]):
            with suppress(ssl.SSLWantReadError):
                this.tls.do_handshake()
            other_end.incoming.write(this.outgoing.read())
    return ends[0], ends[1]


def arrive(address: Endpoint, leaf: Leaf, device: DeviceId) -> Guest:
    """The dialling end of a connection to `device`, which is a real one."""
    sock = socket.create_connection(address, timeout=LONG_S)
    incoming, outgoing = ssl.MemoryBIO(), ssl.MemoryBIO()
    tls = peer_context(leaf, [raw_public(D_KEY)], server_side=False).wrap_bio(incoming, outgoing)
    while True:
        with suppress(ssl.SSLWantReadError):
            tls.do_handshake()
            sock.sendall(outgoing.read())
            return Guest(sock, tls, incoming, outgoing, device, address, True, leaf.der)
        sock.sendall(outgoing.read())
        incoming.write(sock.recv(4096))


class Hand:
    """The end that the test plays."""

    def __init__(self, guest: Guest, mine: m.Hello) -> None:
        self.guest, self.socket = guest, guest.socket
        self.tls = TlsFrames(guest, LinkSocket(guest.socket, SystemClock(), unmetered()))
        self.mine = mine
        self.heard = b""

    def say_hello(self) -> None:
        self.tls.send(peer_control_frame(m.encode(self.mine)))

    def hear_hello(self) -> m.Hello:
        frame = memoryview(bytearray(self.tls.receive_size()))
        self.tls.receive_into(frame)
        self.heard = bytes(frame[1:])
        theirs = m.decode(self.heard)
        assert isinstance(theirs, m.Hello)
        return theirs

    def ciphers(self) -> tuple[FrameCipher, FrameCipher]:
        """For what this end sends and receives, as it should be."""
        theirs = m.decode(self.heard)
        assert isinstance(theirs, m.Hello)
        aead = agreed(self.mine, theirs)
        assert aead
        this = Side(self.guest.certificate, m.encode(self.mine), self.mine.seal)
        other = Side(self.guest.tls.getpeercert(binary_form=True) or b"", self.heard, theirs.seal)
        if self.guest.is_ours_dialled:
            sends, receives = secrets_of(this, other)
        else:
            receives, sends = secrets_of(other, this)
        return FrameCipher(aead, sends), FrameCipher(aead, receives)

    def records(self, *contents: bytes) -> bytes:
        """TLS records with these."""
        for content in contents:
            self.guest.tls.write(content)
        return self.guest.outgoing.read()

    def close_notify(self) -> bytes:
        with suppress(ssl.SSLWantReadError):
            self.guest.tls.unwrap()
        return self.guest.outgoing.read()

    def read(self, count: int) -> bytes:
        came = b""
        while len(came) < count:
            came += self.socket.recv(count - len(came))
        return came


def sealed(cipher: FrameCipher, frame: bytes) -> bytes:
    """`frame` has its length, as inside TLS."""
    into = bytearray(len(frame) - LENGTH_BYTES + SEAL_OVERHEAD_BYTES)
    cipher.seal_into(memoryview(frame)[LENGTH_BYTES:], memoryview(into))
    return bytes(into)


def unmetered() -> Meter:
    return Meter(Allowance(Throttle(SystemClock()), b"", lambda _: None, is_lan=False))


@contextmanager
def greeting(guest: Guest, mine: m.Hello, clock: Clock | None = None) -> Iterator[Future[Greeted]]:
    """The program's end, in a thread."""
    sock = LinkSocket(guest.socket, clock or SystemClock(), unmetered())
    with ThreadPoolExecutor(1) as pool:
        try:
            yield pool.submit(greet, guest, sock, mine)
        finally:
            sock.abort()
    sock.close()
