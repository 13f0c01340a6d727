"""How a link leaves TLS for the seal, with everything that can go wrong on the way, over real sockets."""

import _ssl
import ctypes
import os
from collections.abc import Callable, Iterator
from contextlib import contextmanager

import pytest
from cryptography.hazmat.primitives.ciphers.aead import AESGCM, ChaCha20Poly1305

from desktop.engine.peers.frames import Frames
from desktop.engine.peers.greeting import Greeted
from desktop.engine.peers.sealed_frames import SealedFrames
from desktop.engine.peers.tls_frames import TlsFrames
from shared.trust.seal import Suites
from shared.wire import peer_messages as m
from shared.wire.framing import PIECE, PIECE_HEADER, peer_control_frame
from tests.support.ends import READY, Drip, Hand, greeting, guests, hello, new_leaf, sealed

D_HELLO, A_HELLO = hello(bytes(32)), hello(bytes([1]) * 32)
PONG = peer_control_frame(m.encode(m.Pong()))
LONG = PIECE_HEADER.pack(13 + 100_000, PIECE, 0, 0, 0) + os.urandom(100_000)


def received(frames: Frames) -> bytes:
    frame = bytearray(frames.receive_size())
    frames.receive_into(memoryview(frame))
    return len(frame).to_bytes(4, "big") + frame


@contextmanager
def by_hand(**options: int) -> Iterator[tuple[Hand, Callable[[], Greeted]]]:
    """The accepting end is the test's; the other greets, and has its Hello out. What comes of that."""
    here, there = guests(new_leaf(), new_leaf(), **options)
    with greeting(here, D_HELLO) as greeted:
        hand = Hand(there, A_HELLO)
        hand.hear_hello()
        yield hand, lambda: greeted.result(5)
    there.socket.close()


@pytest.mark.parametrize("suites", [Suites.BOTH, Suites.BOTH | Suites.AES_IS_FAST])
@pytest.mark.parametrize("drips", [False, True])
def test_two_that_want_it_seal_and_every_frame_arrives(suites: Suites, drips: bool) -> None:
    here, there = guests(new_leaf(), new_leaf())
    if drips:
        here, there = (end._replace(socket=Drip.of(end.socket)) for end in (here, there))
    with greeting(here, hello(bytes(32), suites)) as one, greeting(there, A_HELLO) as other:
        ends = [end.result(5).frames for end in (one, other)]
        for end in ends:
            assert isinstance(end, SealedFrames)
            assert end._sending._aead is (AESGCM if Suites.AES_IS_FAST in suites else ChaCha20Poly1305)
        for sender, receiver in (ends, ends[::-1]):
            frames = [PONG, PONG, LONG[:-90_000] if drips else LONG, PONG]
            frames[2] = (len(frames[2]) - 4).to_bytes(4, "big") + frames[2][4:]
            for frame in frames:
                sender.send(frame)
            assert [received(receiver) for _ in frames] == frames
        assert one.result().first == A_HELLO


@pytest.mark.parametrize(("d_seal", "a_seal"), [(None, None), (bytes(32), None), (None, bytes(32))])
def test_where_either_declines_the_link_goes_on_in_tls(d_seal: bytes | None, a_seal: bytes | None) -> None:
    here, there = guests(new_leaf(), new_leaf())
    with greeting(here, hello(d_seal)) as one, greeting(there, hello(a_seal)) as other:
        ends = [end.result(5).frames for end in (one, other)]
        for sender, receiver in (ends, ends[::-1]):
            assert isinstance(sender, TlsFrames)
            sender.send(LONG)
            assert received(receiver) == LONG


def test_all_that_is_said_at_once_is_heard_in_its_order() -> None:
    with by_hand() as (hand, greeted):
        sends, _ = hand.ciphers()
        said = hand.records(peer_control_frame(m.encode(A_HELLO))) + hand.close_notify()
        hand.socket.sendall(said + b"".join(sealed(sends, frame) for frame in (READY, PONG, LONG, PONG)))
        frames = greeted().frames
        assert [received(frames) for _ in range(3)] == [PONG, LONG, PONG]


def key_update(hand: Hand, *, wants_one_back: bool) -> bytes:
    """`ssl` has no word for it. The pointer to OpenSSL's object is the third in Python's."""
    openssl = ctypes.CDLL(_ssl.__file__)
    if not hasattr(openssl, "SSL_key_update"):
        pytest.skip("this Python has OpenSSL built in")
    inner = ctypes.c_void_p.from_address(id(hand.guest.tls._sslobj) + 24)  # type: ignore[attr-defined]
    assert openssl.SSL_key_update(inner, int(wants_one_back)) == openssl.SSL_do_handshake(inner) == 1
    return hand.guest.outgoing.read()


def test_tickets_before_the_end_of_tls_are_read_over() -> None:
    with by_hand(tickets=3) as (hand, greeted):
        hand.say_hello()
        hand.tls.end()
        hand.socket.sendall(sealed(hand.ciphers()[0], READY))
        assert isinstance(greeted().frames, SealedFrames)


@pytest.mark.parametrize("wants_one_back", [False, True])
def test_key_updates_around_hello_are_read_over(wants_one_back: bool) -> None:
    with by_hand() as (hand, greeted):
        said = key_update(hand, wants_one_back=wants_one_back)
        said += hand.records(peer_control_frame(m.encode(A_HELLO)))
        said += key_update(hand, wants_one_back=wants_one_back) + hand.close_notify()
        hand.socket.sendall(said + sealed(hand.ciphers()[0], READY))
        assert isinstance(greeted().frames, SealedFrames)
