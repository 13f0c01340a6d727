"""Only the next frame of the other side opens: not an old, later, changed, returned or foreign one."""

from itertools import product

import msgspec
import pytest
from cryptography.hazmat.primitives.ciphers.aead import AESGCM, ChaCha20Poly1305
from hypothesis import given
from hypothesis import strategies as st

from shared.limits import FRAME_PIECE_BYTES_MAX, SEAL_EPOCH_FRAMES, SEAL_FRAMES_MAX
from shared.trust.seal import (
    LENGTH_BYTES,
    SEAL_OVERHEAD_BYTES,
    TAG_BYTES,
    Aead,
    FrameCipher,
    Side,
    Suites,
    agreed,
    plain_size,
    secrets_of,
)
from shared.wire.peer_messages import Hello

SECRET = bytes(range(32))
DIALLER, ACCEPTER = Side(b"cert d", b"hello d", bytes(32)), Side(b"cert a", b"hello a", bytes([1]) * 32)
HELLO = Hello(1, 1, "a", 0, Suites.BOTH | Suites.AES_IS_FAST, bytes(32))
both_ciphers = pytest.mark.parametrize("aead", [AESGCM, ChaCha20Poly1305])


def sealed(cipher: FrameCipher, plain: bytes) -> bytes:
    frame = bytearray(len(plain) + SEAL_OVERHEAD_BYTES)
    cipher.seal_into(memoryview(plain), memoryview(frame))
    return bytes(frame)


def opened(cipher: FrameCipher, stream: bytes) -> bytes:
    view = memoryview(stream)
    plain = bytearray(plain_size(view[:LENGTH_BYTES]))
    sealed = view[LENGTH_BYTES : SEAL_OVERHEAD_BYTES + len(plain)]
    cipher.open_into(view[:LENGTH_BYTES], sealed, memoryview(plain))
    return bytes(plain)


def refused(aead: Aead, frame: bytes, seq: int = 0, secret: bytes = SECRET) -> None:
    with pytest.raises(ConnectionError):
        opened(FrameCipher(aead, secret, seq), frame)


@both_ciphers
@given(plains=st.lists(st.binary(min_size=1, max_size=50), max_size=9))
def test_what_is_sealed_opens_in_its_order(aead: Aead, plains: list[bytes]) -> None:
    there, here = FrameCipher(aead, SECRET), FrameCipher(aead, SECRET)
    assert [opened(here, sealed(there, plain)) for plain in plains] == plains


@both_ciphers
def test_no_frame_opens_out_of_its_turn(aead: Aead) -> None:
    there = FrameCipher(aead, SECRET)
    frames = [sealed(there, b"same") for _ in range(4)]
    assert len(set(frames)) == 4
    for turn, frame in product(range(4), range(4)):  # swapped, repeated, left out
        if turn != frame:
            refused(aead, frames[frame], turn)


@both_ciphers
def test_a_frame_with_any_bit_changed_is_refused(aead: Aead) -> None:
    frame = sealed(FrameCipher(aead, SECRET), b"\x00content")
    for bit in range(8 * len(frame)):
        flipped = (int.from_bytes(frame, "big") ^ 1 << bit).to_bytes(len(frame), "big")
        refused(aead, flipped + bytes(FRAME_PIECE_BYTES_MAX))


@both_ciphers
@pytest.mark.parametrize("lost", [1, 5, 23])
def test_a_frame_that_lost_its_end_is_refused_with_its_length_mended_too(aead: Aead, lost: int) -> None:
    frame = sealed(FrameCipher(aead, SECRET), b"\x00content")[LENGTH_BYTES:-lost]
    refused(aead, len(frame).to_bytes(LENGTH_BYTES, "big") + frame)


def test_a_frame_sent_back_to_its_sender_is_refused() -> None:
    secrets = secrets_of(DIALLER, ACCEPTER)
    frame = sealed(FrameCipher(AESGCM, secrets.of_dialler), b"\x02")
    refused(AESGCM, frame, secret=secrets.of_accepter)


def test_the_secrets_differ_with_every_part_of_what_either_side_brought() -> None:
    """So a member who relays between two links, or whoever changes a Hello, gets two that do not match."""
    mixed = {secrets_of(DIALLER, ACCEPTER), secrets_of(ACCEPTER, DIALLER)}
    for name in Side._fields:
        other = {name: b"x" * 32}
        mixed |= {secrets_of(DIALLER._replace(**other), ACCEPTER)}
        mixed |= {secrets_of(DIALLER, ACCEPTER._replace(**other))}
    assert len({secret for secrets in mixed for secret in secrets}) == 2 * (2 + 2 * 3)


@both_ciphers
def test_an_epoch_ends_unannounced_and_its_keys_open_nothing_of_the_next(aead: Aead) -> None:
    last = SEAL_EPOCH_FRAMES - 1
    there, here = FrameCipher(aead, SECRET, last), FrameCipher(aead, SECRET, last)
    before, after = sealed(there, b"\x00a"), sealed(there, b"\x00b")
    refused(aead, after, SEAL_EPOCH_FRAMES)  # with the secret of the first
    assert opened(here, before) + opened(here, after) == b"\x00a\x00b"
    assert here._secret != SECRET


@both_ciphers
def test_no_frame_is_sealed_or_opened_after_the_last_number(aead: Aead) -> None:
    last = SEAL_FRAMES_MAX - 1
    there, here = FrameCipher(aead, SECRET, last), FrameCipher(aead, SECRET, last)
    assert opened(here, sealed(there, b"\x00")) == b"\x00"
    for _ in range(2):
        with pytest.raises(ConnectionError):
            sealed(there, b"\x00")
        with pytest.raises(ConnectionError):
            opened(here, bytes([0, 0, 0, 17]) + bytes(17))


@pytest.mark.parametrize(
    "size", [0, 1, TAG_BYTES, FRAME_PIECE_BYTES_MAX + TAG_BYTES + 1, 1 << 31, (1 << 32) - 1]
)
def test_a_length_that_no_frame_has_is_refused_before_anything_is_allocated(size: int) -> None:
    with pytest.raises(ConnectionError):
        plain_size(memoryview(size.to_bytes(4, "big")))


def test_the_longest_and_the_shortest_frame_have_a_length() -> None:
    for plain in (1, FRAME_PIECE_BYTES_MAX):
        assert plain_size(memoryview((plain + TAG_BYTES).to_bytes(4, "big"))) == plain


def test_aes_is_taken_where_both_say_that_it_is_fast() -> None:
    slow = msgspec.structs.replace(HELLO, suites=Suites.BOTH)
    assert agreed(HELLO, HELLO) is AESGCM
    assert agreed(HELLO, slow) is agreed(slow, HELLO) is agreed(slow, slow) is ChaCha20Poly1305


@pytest.mark.parametrize(
    "other",
    [
        {"seal": None},
        {"suites": Suites.AES_256_GCM | Suites.AES_IS_FAST},
        {"suites": Suites.CHACHA20_POLY1305},
        {"proto_min": 2, "proto_max": 3},
    ],
)
def test_who_lacks_anything_of_it_keeps_tls(other: dict[str, object]) -> None:
    declining = msgspec.structs.replace(HELLO, **other)
    assert agreed(HELLO, declining) is None


def test_what_a_newer_program_adds_changes_nothing() -> None:
    newer = msgspec.structs.replace(HELLO, proto_max=9, suites=0xFFFFFFFF, features=0xFFFFFFFF)
    assert agreed(HELLO, newer) is AESGCM
