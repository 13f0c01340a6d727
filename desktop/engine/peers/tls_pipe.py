"""A finished TLS connection used by one sending and one receiving thread at once.

Python's ssl object may not be used by two threads at a time. So it works on memory, under a lock that is
held for microseconds, and never while the socket is waited for.
"""

import contextlib
import socket
import ssl
import threading
from dataclasses import dataclass, field
from typing import cast

from shared.errors import ShoalError

RECEIVE_BYTES = 256 * 1024


class PipeEnded(ShoalError):
    """The connection is at its end, by a goodbye or without."""


@dataclass(eq=False)
class TlsPipe:
    """Blocking; each method names its thread. What goes wrong is PipeEnded."""

    sock: socket.socket
    tls: ssl.SSLObject
    incoming: ssl.MemoryBIO
    outgoing: ssl.MemoryBIO
    _lock: threading.Lock = field(default_factory=threading.Lock)
    _received: memoryview = field(default_factory=lambda: memoryview(bytearray(RECEIVE_BYTES)))

    def read_into(self, target: memoryview) -> None:
        """Fills `target`; by the receiving thread. Decrypts straight into it, one TLS record a call."""
        at, end = 0, len(target)
        while at < end:
            try:
                with self._lock:
                    while at < end:
                        count = cast("int", self.tls.read(end - at, target[at:]))  # a count, with a buffer
                        if count == 0:
                            raise PipeEnded("goodbye")
                        at += count
            except ssl.SSLWantReadError:
                self._receive()
            except ssl.SSLError as error:
                raise PipeEnded(str(error)) from error

    def write(self, data: bytes | memoryview) -> int:
        """Seals and sends all; by the sending thread. The bytes that went out."""
        try:
            with self._lock:
                self.tls.write(data)
                sealed = self.outgoing.read()
            self.sock.sendall(sealed)
        except (OSError, ssl.SSLError) as error:
            raise PipeEnded(str(error)) from error
        return len(sealed)

    def say_goodbye(self) -> None:
        """By the sending thread, after its last write."""
        with contextlib.suppress(OSError, ssl.SSLError):
            with self._lock:
                with contextlib.suppress(ssl.SSLWantReadError):
                    self.tls.unwrap()
                sealed = self.outgoing.read()
            self.sock.sendall(sealed)

    def cut(self) -> None:
        """From any thread: both threads wake up and end. The socket itself is closed by close()."""
        with contextlib.suppress(OSError):
            self.sock.shutdown(socket.SHUT_RDWR)

    def close(self) -> None:
        self.sock.close()

    def _receive(self) -> None:
        try:
            count = self.sock.recv_into(self._received)
        except OSError as error:
            raise PipeEnded(str(error)) from error
        if count == 0:
            raise PipeEnded("the other side is gone")
        with self._lock:
            self.incoming.write(self._received[:count])
