"""One TLS connection for two threads, one that sends and one that receives, with blocking calls."""

import contextlib
import socket
import ssl
import struct
import threading
from typing import NamedTuple, cast

from desktop.engine.peers.addresses import Endpoint
from shared.clock import Clock
from shared.facts.ids import DeviceId
from shared.limits import KIB, PEER_SEND_S_MAX, PEER_SILENT_S_MAX, TCP_NOTSENT_BYTES

_RECEIVE_BYTES_MIN, _RECEIVE_BYTES_MAX = 16 * KIB, 256 * KIB
_SEAL_BYTES = 128 * KIB
"""Sealed and sent at a time: what stays in the processor's cache."""


class Guest(NamedTuple):
    """A connection whose handshake is done, with what came after it still in `incoming`."""

    socket: socket.socket
    tls: ssl.SSLObject
    incoming: ssl.MemoryBIO
    outgoing: ssl.MemoryBIO
    device: DeviceId
    address: Endpoint
    is_ours_dialled: bool


class TlsSocket:
    """Python's `ssl` is not safe for a reader and a writer at once: the lock is held around each use of the
    object, and never around one of the socket. All methods raise OSError, which TLS's own errors are too."""

    def __init__(self, guest: Guest, clock: Clock) -> None:
        self._socket, self._tls = guest.socket, guest.tls
        self._incoming, self._outgoing = guest.incoming, guest.outgoing
        self._clock = clock
        self._lock = threading.Lock()
        self._raw = memoryview(bytearray(_RECEIVE_BYTES_MIN))
        self._socket.settimeout(PEER_SEND_S_MAX)
        _tune(self._socket)

    def send(self, data: memoryview | bytes) -> None:
        """Only ever called by one thread."""
        rest = memoryview(data)
        while rest:
            chunk, rest = rest[:_SEAL_BYTES], rest[_SEAL_BYTES:]
            with self._lock:
                while chunk:
                    chunk = chunk[self._tls.write(chunk) :]
                sealed = self._outgoing.read()
            self._socket.sendall(sealed)

    def receive_into(self, view: memoryview) -> None:
        """Fills `view`. Only ever called by one thread."""
        at = self._open(view, b"")
        while at < len(view):
            count = self._receive()
            at += self._open(view[at:], self._raw[:count])
            if count == len(self._raw) < _RECEIVE_BYTES_MAX:  # most links are idle
                self._raw = memoryview(bytearray(2 * count))

    def finish(self) -> None:
        """What was sent still arrives; nothing follows it."""
        with contextlib.suppress(OSError):
            self._socket.shutdown(socket.SHUT_WR)

    def abort(self) -> None:
        """Wakes both threads; after close() nothing that is not sent yet is."""
        with contextlib.suppress(OSError):
            self._socket.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, struct.pack("ii", 1, 0))
            self._socket.shutdown(socket.SHUT_RDWR)

    def close(self) -> None:
        """When no thread uses it any more."""
        self._socket.close()

    def _open(self, view: memoryview, received: memoryview | bytes) -> int:
        """How much of `view` could be filled."""
        at = 0
        with self._lock, contextlib.suppress(ssl.SSLWantReadError):
            if received:
                self._incoming.write(received)
            while at < len(view):
                count = cast("int", self._tls.read(len(view) - at, view[at:]))  # with a buffer: how many
                if not count:
                    raise ConnectionError("the other side ended TLS")
                at += count
        return at

    def _receive(self) -> int:
        silent_since = self._clock.monotonic_s()
        while True:
            try:
                count = self._socket.recv_into(self._raw)
            except TimeoutError:
                if self._clock.monotonic_s() - silent_since >= PEER_SILENT_S_MAX:
                    raise
                continue
            if not count:
                raise ConnectionError("the connection was closed")
            return count


def _tune(sock: socket.socket) -> None:
    sock.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
    if hasattr(socket, "TCP_NOTSENT_LOWAT"):
        sock.setsockopt(socket.IPPROTO_TCP, socket.TCP_NOTSENT_LOWAT, TCP_NOTSENT_BYTES)
    if hasattr(socket, "TCP_CONGESTION"):
        with contextlib.suppress(OSError):  # not built in, or not allowed
            sock.setsockopt(socket.IPPROTO_TCP, socket.TCP_CONGESTION, b"bbr")
