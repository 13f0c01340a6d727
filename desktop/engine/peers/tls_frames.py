"""Frames inside TLS records: while two devices greet, and for the whole link where one declines to seal."""

import contextlib
import socket
import ssl
import threading
from typing import NamedTuple, cast

from desktop.engine.peers.addresses import Endpoint
from desktop.engine.peers.link_socket import LinkSocket
from shared.errors import Violation
from shared.facts.ids import DeviceId
from shared.limits import FRAME_PIECE_BYTES_MAX, KIB
from shared.wire.framing import LENGTH

_RECEIVE_BYTES_MIN, _RECEIVE_BYTES_MAX = 16 * KIB, 256 * KIB
_RECORD_BYTES_MAX = 17 * KIB
"""Of a record begun, so many may be inside the TLS object already."""
_SEALED_BYTES = 128 * KIB
"""Given to TLS and sent at a time: what stays in the processor's cache."""


class Guest(NamedTuple):
    """A connection whose handshake is done, with what came after it still in `incoming`."""

    socket: socket.socket
    tls: ssl.SSLObject
    incoming: ssl.MemoryBIO
    outgoing: ssl.MemoryBIO
    device: DeviceId
    address: Endpoint
    is_ours_dialled: bool
    certificate: bytes
    """This side's own, DER."""
    is_lane: bool = False
    """Dialled beside a link that is there."""
    rtt_s: float | None = None
    """Of the first packet and its answer, where this side dialled."""


class TlsFrames:
    """Python's `ssl` is not safe for a reader and a writer at once: the lock is held around each use of the
    object, and never around one of the socket. TLS's own errors are OSErrors."""

    def __init__(self, guest: Guest, sock: LinkSocket) -> None:
        self._socket, self._tls = sock, guest.tls
        self._incoming, self._outgoing = guest.incoming, guest.outgoing
        self._lock = threading.Lock()
        self._raw = memoryview(bytearray(_RECEIVE_BYTES_MIN))
        self._length = memoryview(bytearray(LENGTH.size))

    def send(self, frame: memoryview | bytes) -> None:
        rest = memoryview(frame)
        while rest:
            chunk, rest = rest[:_SEALED_BYTES], rest[_SEALED_BYTES:]
            with self._lock:
                while chunk:
                    chunk = chunk[self._tls.write(chunk) :]
                sealed = self._outgoing.read()
            self._socket.send(sealed)

    def hold(self, frame: memoryview | bytes) -> None:
        self.send(frame)

    def flush(self) -> None:
        pass

    def receive_size(self) -> int:
        self.receive_into(self._length)
        size: int = LENGTH.unpack(self._length)[0]
        if not 0 < size <= FRAME_PIECE_BYTES_MAX:
            raise Violation(f"a frame of {size} bytes")
        return size

    def receive_into(self, frame: memoryview) -> None:
        at = self._open(frame, b"")
        while at < len(frame):
            count = self._socket.receive_into(self._raw, max(1, len(frame) - at - _RECORD_BYTES_MAX))
            at += self._open(frame[at:], self._raw[:count])
            if count == len(self._raw) < _RECEIVE_BYTES_MAX:  # most links are idle
                self._raw = memoryview(bytearray(2 * count))

    def end(self, behind: bytes = b"") -> bytes:
        """TLS's authenticated end, both ways, while there is one thread. Sends what comes `behind` its own
        along with it, and returns what came behind the other side's.

        The other side has said nothing since the last frame, or this raises. Whatever the object may want to
        say later is not sent: it never had the socket, so nothing can go out unsealed by mistake.
        """
        is_ended = self._has_ended()
        self._socket.send(self._outgoing.read() + behind)
        while not is_ended:
            self._incoming.write(self._raw[: self._socket.receive_into(self._raw)])
            is_ended = self._has_ended()
        return self._incoming.read()

    def _has_ended(self) -> bool:
        try:
            self._tls.unwrap()
        except ssl.SSLWantReadError:
            return False
        return True

    def _open(self, frame: memoryview, received: memoryview | bytes) -> int:
        """How much of `frame` could be filled."""
        at = 0
        with self._lock, contextlib.suppress(ssl.SSLWantReadError):
            if received:
                self._incoming.write(received)
            while at < len(frame):
                count = cast("int", self._tls.read(len(frame) - at, frame[at:]))  # with a buffer: how many
                if not count:
                    raise ConnectionError("the other side ended TLS")
                at += count
        return at
