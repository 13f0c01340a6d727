"""Frames on a sealed link, each sealed whole: one call of the cipher and one copy through memory for each."""

from cryptography.hazmat.primitives.ciphers.aead import AESGCM, ChaCha20Poly1305

from desktop.engine.peers.link_socket import LinkSocket
from shared.clock import Clock
from shared.limits import KIB
from shared.trust.seal import (
    LENGTH_BYTES,
    SEAL_OVERHEAD_BYTES,
    TAG_BYTES,
    Aead,
    FrameCipher,
    Suites,
    plain_size,
)

_AHEAD_BYTES = 16 * KIB
"""Read with a frame's length: many small frames take one call, and of a long one little is moved."""
_HELD_BYTES_MAX = 16 * KIB
_TRIED_BYTES, _TRIES = 64 * KIB, 3


class SealedFrames:
    def __init__(self, sock: LinkSocket, sending: FrameCipher, receiving: FrameCipher, came: bytes) -> None:
        """`came` is what was read already."""
        self._socket, self._sending, self._receiving = sock, sending, receiving
        self._sent = memoryview(bytearray(_HELD_BYTES_MAX))
        self._held = 0
        """Bytes at its beginning that are sealed and not sent yet."""
        self._raw = memoryview(bytearray(max(_AHEAD_BYTES, len(came))))
        self._raw[: len(came)] = came
        self._begin, self._end = 0, len(came)
        """What is here of the frames that are to be opened next."""

    def send(self, frame: memoryview | bytes) -> None:
        self.hold(frame)
        self.flush()

    def hold(self, frame: memoryview | bytes) -> None:
        plain = memoryview(frame)[LENGTH_BYTES:]
        size = len(plain) + SEAL_OVERHEAD_BYTES
        if self._held + size > _HELD_BYTES_MAX:
            self.flush()
        if size > len(self._sent):
            self._sent = memoryview(bytearray(size))
        self._sending.seal_into(plain, self._sent[self._held : self._held + size])
        self._held += size
        if size > _HELD_BYTES_MAX:
            self.flush()

    def flush(self) -> None:
        held, self._held = self._held, 0
        if held:
            self._socket.send(self._sent[:held])

    def receive_size(self) -> int:
        return plain_size(self._read(LENGTH_BYTES, _AHEAD_BYTES))

    def receive_into(self, frame: memoryview) -> None:
        size = len(frame) + SEAL_OVERHEAD_BYTES
        sealed = self._read(size, size)
        self._begin += size
        self._receiving.open_into(sealed[:LENGTH_BYTES], sealed[LENGTH_BYTES:], frame)

    def _read(self, size: int, at_most: int) -> memoryview:
        """The next `size` bytes, which stay next. No more than `at_most` are taken from the socket."""
        is_here = self._end >= self._begin + size
        if not is_here and self._begin + at_most > len(self._raw):
            rest = self._raw[self._begin : self._end]
            if at_most > len(self._raw):
                self._raw = memoryview(bytearray(at_most))
            self._raw[: len(rest)] = rest
            self._begin, self._end = 0, len(rest)
        while self._end < self._begin + size:
            coming = self._begin + size - self._end
            self._end += self._socket.receive_into(self._raw[self._end : self._begin + at_most], coming)
        return self._raw[self._begin : self._begin + size]


def suites(clock: Clock) -> Suites:
    """What this computer seals by. Tried out in 1 ms, as each system is asked in its own way whether its
    processor helps with AES; where it does not, that takes four times as long as ChaCha20."""

    def seconds(aead: Aead) -> float:
        cipher, data, sealed = aead(bytes(32)), bytes(_TRIED_BYTES), bytearray(_TRIED_BYTES + TAG_BYTES)
        began = clock.monotonic_s()
        cipher.encrypt_into(bytes(12), data, None, sealed)
        return clock.monotonic_s() - began

    times = {aead: min(seconds(aead) for _ in range(_TRIES)) for aead in (AESGCM, ChaCha20Poly1305)}
    is_fast = times[AESGCM] <= times[ChaCha20Poly1305]
    return Suites.BOTH | (Suites.AES_IS_FAST if is_fast else Suites(0))
