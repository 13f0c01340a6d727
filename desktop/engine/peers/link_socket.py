"""The socket of one link, with blocking calls for its threads, which wait for nobody without end."""

import contextlib
import math
import select
import socket
import struct
import sys
from collections.abc import Iterator

from desktop.engine.limits.allowance import Meter
from desktop.engine.peers.path import Pace, path_of
from shared.clock import Clock
from shared.limits import CAP_PORTION_S, KIB, PEER_SEND_S_MAX, PEER_SILENT_S_MAX, TCP_NOTSENT_BYTES

_SENT_BYTES = 128 * KIB
"""At a time: of more, little by little is taken."""
_AT_ONCE = socket.MSG_DONTWAIT if sys.platform == "linux" else 0
"""Elsewhere calls wait by themselves."""
_WOKEN_BYTES_MAX, _WOKEN_ONE_IN = 64 * KIB, 64

_BUFFERED_S = 0.1
"""Of a cap, or two round trips: with less, the buffer would be the cap; with more, bytes come unevenly."""
_BUFFERED_SEGMENTS_MIN = 4
_BUFFERED_BYTES_MAX = 1 << 24
_SO_BUF_LOCK = 72
"""With 0 the system sizes its buffers by itself again."""


class LinkSocket:
    """send() by one thread and receive_into() by one; all else by anybody. All raise OSError."""

    def __init__(self, sock: socket.socket, clock: Clock, meter: Meter) -> None:
        self._socket, self._clock, self._meter = sock, clock, meter
        self._read_bytes_max: int | None = None
        self._deadline = math.inf
        self._woken_at, self._received = 1, 0
        _limit(self._socket, PEER_SEND_S_MAX)
        _tune(self._socket)
        self._pace = Pace(self._socket)
        if _AT_ONCE:
            self._room, self._ready = select.poll(), select.poll()
            self._room.register(self._socket, select.POLLOUT)
            self._ready.register(self._socket, select.POLLIN)

    def send(self, data: memoryview | bytes) -> None:
        self._hurry()
        rest = memoryview(data)
        while rest:  # not sendall(), which gives up on a peer that reads as slowly as its caps let it
            try:
                rest = rest[self._socket.send(rest[:_SENT_BYTES], _AT_ONCE) :]
            except BlockingIOError:
                self._wait(self._room)

    def receive_into(self, view: memoryview, coming: int = 1) -> int:
        """How many bytes came, at least one. So many are `coming` for sure: the thread sleeps until some of
        them are here, and not until the next packet is. Waits behind them as caps say."""
        bytes_max = self._meter.read_bytes_max()
        if bytes_max != self._read_bytes_max:
            self._fit_buffer(bytes_max)
        view = view[:bytes_max]
        woken_at = min(coming, len(view), self._woken_bytes_max)
        count = self._receive_ready(view) if _AT_ONCE and woken_at < self._woken_at else None
        if count is None:
            self._wake_at(woken_at)
            count = self._receive(view)
        if not count:
            raise ConnectionError("the connection was closed")
        self._received += count
        self._meter.read(count)
        return count

    @contextlib.contextmanager
    def within(self, seconds: float) -> Iterator[None]:
        """All in it together may take so long. To be used by one thread, while there is no other."""
        self._deadline = self._clock.monotonic_s() + seconds
        yield
        self._deadline = math.inf
        _limit(self._socket, PEER_SEND_S_MAX)

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

    def _wait(self, until: select.poll) -> None:
        """To be woken when much may be sent or taken, and not for each packet as a call that waits itself is:
        with such a call to receive, five over lines of 40 Mbit/s took 1.3 times the bound, and not 1.13."""
        left_s = min(PEER_SEND_S_MAX, self._deadline - self._clock.monotonic_s())
        if not until.poll(1000 * max(0.0, left_s)):
            raise TimeoutError("nothing moves")

    def _receive_ready(self, view: memoryview) -> int | None:
        """What is here already; None: nothing. While bytes come faster than they are taken, nobody has to say
        anew for each frame at how many to wake up."""
        with contextlib.suppress(BlockingIOError):
            return self._socket.recv_into(view, 0, _AT_ONCE)
        return None

    def _receive(self, view: memoryview) -> int:
        silent_until = self._clock.monotonic_s() + PEER_SILENT_S_MAX
        while True:
            self._hurry()
            try:
                if _AT_ONCE:
                    self._wait(self._ready)
                return self._socket.recv_into(view, 0, _AT_ONCE)
            except (TimeoutError, BlockingIOError):
                if self._clock.monotonic_s() >= silent_until:
                    raise
                self._wake_at(1)  # by whatever little there is

    @property
    def rtt_s(self) -> float | None:
        """The shortest so far, if the system tells."""
        with contextlib.suppress(OSError):  # it is lost already
            path = path_of(self._socket)
            return path and path.min_rtt_s
        return None

    def look_at_path(self) -> None:
        """To be called every second or so."""
        with contextlib.suppress(OSError):  # it is lost already
            self._pace.look()

    @property
    def _woken_bytes_max(self) -> int:
        """Systems open the receive window by what is read in a round trip: at first all is, at once."""
        return max(1, min(self._received // _WOKEN_ONE_IN, _WOKEN_BYTES_MAX))

    def _wake_at(self, count: int) -> None:
        if count != self._woken_at and hasattr(socket, "SO_RCVLOWAT"):
            self._woken_at = count
            with contextlib.suppress(OSError):  # Windows knows the name alone
                self._socket.setsockopt(socket.SOL_SOCKET, socket.SO_RCVLOWAT, count)

    def _fit_buffer(self, read_bytes_max: int | None) -> None:
        """The system would take in a whole piece at the speed of the line before it holds the sender back."""
        self._read_bytes_max = read_bytes_max
        if sys.platform != "linux":
            return
        if read_bytes_max is None:
            self._socket.setsockopt(socket.SOL_SOCKET, socket.SO_RCVBUF, _BUFFERED_BYTES_MAX)
            with contextlib.suppress(OSError):  # before Linux 5.16 it stays as large as it may be
                self._socket.setsockopt(socket.SOL_SOCKET, _SO_BUF_LOCK, 0)
            return
        size = int(read_bytes_max / CAP_PORTION_S * max(_BUFFERED_S, 2 * (self.rtt_s or 0)))
        segment = self._socket.getsockopt(socket.IPPROTO_TCP, socket.TCP_MAXSEG)
        size = max(size, _BUFFERED_SEGMENTS_MIN * segment)
        self._socket.setsockopt(socket.SOL_SOCKET, socket.SO_RCVBUF, size)

    def _hurry(self) -> None:
        if self._deadline < math.inf:
            left_s = self._deadline - self._clock.monotonic_s()
            if left_s <= 0:
                raise TimeoutError("it took too long")
            _limit(self._socket, left_s)


def _limit(sock: socket.socket, seconds: float) -> None:
    """How long a call may wait that does so by itself: Python asks before each whether it has to. This is
    half of all calls, and of the turns at Python's lock."""
    sock.settimeout(None if _AT_ONCE else seconds)


def _tune(sock: socket.socket) -> None:
    sock.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
    if hasattr(socket, "TCP_NOTSENT_LOWAT"):
        sock.setsockopt(socket.IPPROTO_TCP, socket.TCP_NOTSENT_LOWAT, TCP_NOTSENT_BYTES)
