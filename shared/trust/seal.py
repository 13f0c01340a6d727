"""The sealed link between two devices: its keys, from the TLS connection that greeted, and its frames.

Both ends of one connection make the same two secrets of what they told each other inside TLS and of both
their certificates; from then on each frame is sealed whole. What that is worth and why: docs/protocol.md 10.1
and 10.2. The published bytes: tests/vectors/seal.json.
"""

import enum
import hashlib
from typing import NamedTuple

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCM, ChaCha20Poly1305
from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.kdf.hkdf import HKDF

from shared.limits import FRAME_PIECE_BYTES_MAX, SEAL_EPOCH_FRAMES, SEAL_FRAMES_MAX
from shared.wire.framing import LENGTH
from shared.wire.peer_messages import Hello

LENGTH_BYTES, TAG_BYTES = LENGTH.size, 16
SEAL_OVERHEAD_BYTES = LENGTH_BYTES + TAG_BYTES

_KEY_BYTES, _IV_BYTES = 32, 12


class Suites(enum.IntFlag):
    """What Hello says in `suites`. Who seals has both ciphers."""

    AES_256_GCM = 1
    CHACHA20_POLY1305 = 2
    AES_IS_FAST = 4
    BOTH = AES_256_GCM | CHACHA20_POLY1305


Aead = type[AESGCM] | type[ChaCha20Poly1305]


def agreed(ours: Hello, theirs: Hello) -> Aead | None:
    """What the link is sealed with; None: it stays as it is. Both sides come to the same."""
    common = ours.suites & theirs.suites
    if None in (ours.seal, theirs.seal) or common & Suites.BOTH != Suites.BOTH or not theirs.has_our_version:
        return None
    return AESGCM if common & Suites.AES_IS_FAST else ChaCha20Poly1305


class Side(NamedTuple):
    """What one of the two brought to the link."""

    certificate: bytes
    """DER, as it was shown in the handshake."""
    hello: bytes
    """The message's bytes, as they travelled."""
    seal: bytes | None
    """Never None where the sides have agreed."""


class Secrets(NamedTuple):
    """One for each direction; by them alone a frame that is sent back is refused."""

    of_dialler: bytes
    of_accepter: bytes


def secrets_of(dialler: Side, accepter: Side) -> Secrets:
    assert dialler.seal
    assert accepter.seal
    parts = (dialler.certificate, accepter.certificate, dialler.hello, accepter.hello)
    salt = hashlib.sha256(b"shoal seal/1" + b"".join(hashlib.sha256(part).digest() for part in parts))
    both = _expand(dialler.seal + accepter.seal, b"shoal seal/1 secrets", 64, salt.digest())
    return Secrets(both[:32], both[32:])


class FrameCipher:
    """One direction of one link. Every call takes the next number: what a call raised ends the link."""

    def __init__(self, aead: Aead, secret: bytes, seq: int = 0) -> None:
        """`secret` is that of the epoch in which `seq` lies."""
        self._aead, self._seq = aead, seq
        self._begin_epoch(seq // SEAL_EPOCH_FRAMES, secret)

    def seal_into(self, plain: memoryview, frame: memoryview) -> None:
        """`frame` is SEAL_OVERHEAD_BYTES longer than `plain`, and lies elsewhere."""
        LENGTH.pack_into(frame, 0, len(plain) + TAG_BYTES)
        nonce = self._next_nonce()
        self._cipher.encrypt_into(nonce, plain, frame[:LENGTH_BYTES], frame[LENGTH_BYTES:])

    def open_into(self, length: memoryview, sealed: memoryview, plain: memoryview) -> None:
        """`length` is the four bytes before `sealed`, and `plain` TAG_BYTES shorter than that.

        Raises ConnectionError for what the other side did not seal as its next frame. `plain` holds nothing
        that may be believed until this has returned.
        """
        nonce = self._next_nonce()
        try:
            self._cipher.decrypt_into(nonce, sealed, length, plain)
        except InvalidTag:
            raise ConnectionError("a frame that the other side did not send, or not now") from None

    def _next_nonce(self) -> bytes:
        seq, self._seq = self._seq, self._seq + 1
        if seq >= SEAL_FRAMES_MAX:
            raise ConnectionError("the keys of this link are used up")
        if seq // SEAL_EPOCH_FRAMES != self._epoch:
            self._begin_epoch(self._epoch + 1, _expand(self._secret, b"shoal seal/1 next", 32))
        return (self._iv ^ seq).to_bytes(_IV_BYTES, "big")

    def _begin_epoch(self, epoch: int, secret: bytes) -> None:
        self._epoch, self._secret = epoch, secret
        made = _expand(secret, b"shoal seal/1 key", _KEY_BYTES + _IV_BYTES)
        self._cipher = self._aead(made[:_KEY_BYTES])
        self._iv = int.from_bytes(made[_KEY_BYTES:], "big")


def plain_size(length: memoryview) -> int:
    """Bytes of the frame that follows a sealed frame's length, once it is opened. Nobody vouches for the
    length before that: a wrong one is a ConnectionError, and nobody's fault."""
    (size,) = LENGTH.unpack(length)
    if not TAG_BYTES < size <= FRAME_PIECE_BYTES_MAX + TAG_BYTES:
        raise ConnectionError(f"a sealed frame of {size} bytes")
    return int(size) - TAG_BYTES


def _expand(secret: bytes, info: bytes, length: int, salt: bytes | None = None) -> bytes:
    return HKDF(SHA256(), length, salt, info).derive(secret)
