"""Which of the system's ways to send suits the path of a link, by what the system knows of it."""

import contextlib
import math
import socket
import struct
from typing import NamedTuple

from shared.limits import NEAR_S

_INFO = struct.Struct("=68xI28xI32xI8xI")
"""Of Linux's tcp_info."""
_LAN_S = 0.001
_PACKETS_MIN = 200
"""That were sent between two looks, else they say little."""
_LOST_ONE_IN = 500


class Path(NamedTuple):
    rtt_us: int
    """Lately."""
    repeated: int
    """Packets, in all."""
    sent: int
    min_rtt_us: int
    """Of the handshake at least."""

    @property
    def min_rtt_s(self) -> float:
        return self.min_rtt_us / 1e6


class Pace:
    """How the sender of one connection finds its rate.

    BBR fills long paths, and those that lose packets by themselves. On a short path where what is lost is
    what a full queue had no room for, several senders share it worse by BBR: 1x8 at 40 Mbit/s and 10 ms took
    1.25 times the bound and takes 1.19 by CUBIC. Within 1 ms BBR's timers and small parts cost too much: over
    loopback it had 1.2 GB/s at 0.85 CPU s/GiB of both sides together, CUBIC 1.9 GB/s at 0.53.
    """

    def __init__(self, sock: socket.socket) -> None:
        self._socket = sock
        self._seen = path_of(sock)
        rtt_s, is_here = self._seen.min_rtt_s if self._seen else math.inf, _is_here(sock)
        self._may_change = not is_here and _LAN_S <= rtt_s < NEAR_S
        _choose(sock, (b"cubic", b"reno") if is_here or rtt_s < NEAR_S else (b"bbr",))

    def look(self) -> None:
        """To be called every second or so. Raises OSError."""
        now = path_of(self._socket) if self._may_change else None
        if now and self._seen and now.sent - self._seen.sent >= _PACKETS_MIN:
            if loses_by_itself(self._seen, now):
                self._may_change = False
                _choose(self._socket, (b"bbr",))
            self._seen = now


def loses_by_itself(before: Path, now: Path) -> bool:
    """Whether packets are lost although next to none wait in a queue on the way."""
    is_lossy = (now.repeated - before.repeated) * _LOST_ONE_IN > now.sent - before.sent
    return is_lossy and now.rtt_us < 1.25 * now.min_rtt_us + 1000


def path_of(sock: socket.socket) -> Path | None:
    """None where the system does not tell. Raises OSError."""
    if not hasattr(socket, "TCP_INFO"):
        return None
    known = sock.getsockopt(socket.IPPROTO_TCP, socket.TCP_INFO, _INFO.size)
    return Path(*_INFO.unpack(known)) if len(known) == _INFO.size else None


def _is_here(sock: socket.socket) -> bool:
    """On this computer, though it may be busy and slow to answer."""
    with contextlib.suppress(OSError):  # it is lost already
        return bool(sock.getsockname()[0] == sock.getpeername()[0])
    return False


def _choose(sock: socket.socket, names: tuple[bytes, ...]) -> None:
    if hasattr(socket, "TCP_CONGESTION"):
        for name in names:
            with contextlib.suppress(OSError):  # not built in, or not allowed
                sock.setsockopt(socket.IPPROTO_TCP, socket.TCP_CONGESTION, name)
                break
