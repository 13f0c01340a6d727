"""How a link leaves TLS for the seal, with everything that can go wrong on the way, over real sockets."""

import _ssl
import asyncio
import ctypes
import gc
import os
import socket
import ssl
import struct
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager, suppress
from pathlib import Path

import pytest
from cryptography.hazmat.primitives.ciphers.aead import AESGCM, ChaCha20Poly1305
from hypothesis import given, settings
from hypothesis import strategies as st

from desktop.engine.files.part_file import PartFile
from desktop.engine.files.piece_io import PieceOutcome, PieceSink
from desktop.engine.peers.addresses import Endpoint
from desktop.engine.peers.frames import Frames
from desktop.engine.peers.greeting import Greeted, greet
from desktop.engine.peers.link_socket import LinkSocket
from desktop.engine.peers.peer_link import PeerLink
from desktop.engine.peers.sealed_frames import SealedFrames
from desktop.engine.peers.tls_frames import Guest, TlsFrames
from shared.clock import SystemClock
from shared.errors import Violation
from shared.facts.ids import DeviceId, device_id
from shared.limits import FRAME_PIECE_BYTES_MAX, PIECE_BYTES, SEAL_EPOCH_FRAMES, SEAL_FRAMES_MAX
from shared.manifest import encode_header, hash_piece, pieces_in
from shared.trust.certificates import Leaf
from shared.trust.identity import raw_public
from shared.trust.seal import LENGTH_BYTES, SEAL_OVERHEAD_BYTES, FrameCipher, Suites, plain_size
from shared.wire import peer_messages as m
from shared.wire.framing import PIECE, PIECE_HEADER, peer_control_frame
from tests.support.ends import (
    READY,
    Drip,
    Hand,
    Leaping,
    arrive,
    connected,
    greeting,
    guests,
    hello,
    new_leaf,
    sealed,
    unmetered,
)
from tests.support.linked_device import EID, GID, Device, expect, run, share
from tests.support.parts import part_in, parts_in
from tests.support.waiting import LONG_S

D_HELLO, A_HELLO = hello(bytes(32)), hello(bytes([1]) * 32)
SAID_HELLO = peer_control_frame(m.encode(A_HELLO))
PONG = peer_control_frame(m.encode(m.Pong()))
LONG = PIECE_HEADER.pack(13 + 100_000, PIECE, 0, 0, 0) + os.urandom(100_000)


def received(frames: Frames) -> bytes:
    frame = bytearray(frames.receive_size())
    frames.receive_into(memoryview(frame))
    return len(frame).to_bytes(4, "big") + frame


def cut(stream: bytes) -> list[bytes]:
    """A sealed stream, frame by frame."""
    frames = []
    while stream:
        size = 4 + int.from_bytes(stream[:4], "big")
        frames.append(stream[:size])
        stream = stream[size:]
    return frames


def opened(cipher: FrameCipher, frame: bytes) -> bytes:
    """With the length that it has inside TLS."""
    view = memoryview(frame)
    plain = bytearray(plain_size(view[:4]))
    cipher.open_into(view[:4], view[4:], memoryview(plain))
    return len(plain).to_bytes(4, "big") + plain


@contextmanager
def by_hand(**options: int) -> Iterator[tuple[Hand, Callable[[], Greeted]]]:
    """The accepting end is the test's; the other greets, and has its Hello out. What comes of that."""
    here, there = guests(new_leaf(), new_leaf(), **options)
    with greeting(here, D_HELLO) as greeted:
        hand = Hand(there, A_HELLO)
        hand.hear_hello()
        yield hand, lambda: greeted.result(LONG_S)
    there.socket.close()


@pytest.mark.parametrize("suites", [Suites.BOTH, Suites.BOTH | Suites.AES_IS_FAST])
@pytest.mark.parametrize("drips", [False, True])
def test_two_that_want_it_seal_and_every_frame_arrives(suites: Suites, drips: bool) -> None:
    here, there = guests(new_leaf(), new_leaf())
    if drips:
        here, there = (end._replace(socket=Drip.of(end.socket)) for end in (here, there))
    with greeting(here, hello(bytes(32), suites)) as one, greeting(there, A_HELLO) as other:
        ends = [end.result(LONG_S).frames for end in (one, other)]
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
        ends = [end.result(LONG_S).frames for end in (one, other)]
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


def test_ready_comes_along_with_the_end_of_tls_and_waits_for_nothing() -> None:
    with by_hand() as (hand, greeted):
        hand.say_hello()
        close_notify = hand.read(24)
        assert opened(hand.ciphers()[1], hand.read(21)) == READY
        hand.guest.incoming.write(close_notify)
        hand.tls.end()
        hand.socket.sendall(sealed(hand.ciphers()[0], READY))
        assert isinstance(greeted().frames, SealedFrames)


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


# --- what else may come in place of the end of TLS and of `ready` -----------------------------------


def content_in_the_record_of_hello(hand: Hand) -> None:
    hand.socket.sendall(hand.records(SAID_HELLO + PONG) + hand.close_notify())


def content_in_the_next_record(hand: Hand) -> None:
    hand.socket.sendall(hand.records(SAID_HELLO, PONG) + hand.close_notify())


def end_of_tcp(hand: Hand) -> None:
    hand.say_hello()
    hand.socket.shutdown(socket.SHUT_WR)


def reset_of_tcp(hand: Hand) -> None:
    hand.say_hello()
    hand.socket.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, struct.pack("ii", 1, 0))
    hand.socket.close()


def close_notify_in_the_open(hand: Hand) -> None:
    hand.say_hello()
    hand.socket.sendall(b"\x15\x03\x03\x00\x02\x01\x00")


def ready_in_the_open(hand: Hand) -> None:
    hand.say_hello()
    hand.socket.sendall(READY)


def ready_before_the_end_of_tls(hand: Hand) -> None:
    hand.say_hello()
    hand.socket.sendall(sealed(hand.ciphers()[0], READY) + hand.close_notify())


def half_a_close_notify(hand: Hand) -> None:
    hand.say_hello()
    hand.socket.sendall(hand.close_notify()[:-1])
    hand.socket.shutdown(socket.SHUT_WR)


def a_close_notify_that_was_changed(hand: Hand) -> None:
    hand.say_hello()
    *rest, last = hand.close_notify()
    hand.socket.sendall(bytes([*rest, last ^ 1]))


def end_of_tcp_before_ready(hand: Hand) -> None:
    hand.say_hello()
    hand.tls.end()
    hand.socket.shutdown(socket.SHUT_WR)


def ready_unsealed(hand: Hand) -> None:
    hand.say_hello()
    hand.tls.end()
    hand.socket.sendall(READY)


def ready_cut_short(hand: Hand) -> None:
    hand.say_hello()
    hand.tls.end()
    hand.socket.sendall(sealed(hand.ciphers()[0], READY)[:-1])
    hand.socket.shutdown(socket.SHUT_WR)


def ready_with_a_bit_changed(hand: Hand) -> None:
    hand.say_hello()
    hand.tls.end()
    *rest, last = sealed(hand.ciphers()[0], READY)
    hand.socket.sendall(bytes([*rest, last ^ 1]))


def its_own_ready_sent_back(hand: Hand) -> None:
    hand.say_hello()
    came = hand.tls.end()
    hand.socket.sendall(came + hand.read(21 - len(came)))


def the_second_frame_for_the_first(hand: Hand) -> None:
    hand.say_hello()
    hand.tls.end()
    sends, _ = hand.ciphers()
    sealed(sends, READY)
    hand.socket.sendall(sealed(sends, READY))


def the_other_cipher(hand: Hand) -> None:
    hand.say_hello()
    hand.tls.end()
    sends, _ = hand.ciphers()
    hand.socket.sendall(sealed(FrameCipher(ChaCha20Poly1305, sends._secret), READY))


def a_length_of_4_gib(hand: Hand) -> None:
    hand.say_hello()
    hand.tls.end()
    hand.socket.sendall(b"\xff\xff\xff\xff")


@pytest.mark.parametrize(
    "script",
    [
        content_in_the_record_of_hello, content_in_the_next_record, end_of_tcp, reset_of_tcp,
        close_notify_in_the_open, ready_in_the_open, ready_before_the_end_of_tls, half_a_close_notify,
        a_close_notify_that_was_changed, end_of_tcp_before_ready, ready_unsealed, ready_cut_short,
        ready_with_a_bit_changed, its_own_ready_sent_back, the_second_frame_for_the_first, the_other_cipher,
        a_length_of_4_gib,
    ],
)  # fmt: skip
def test_the_link_is_lost_and_nobody_blamed_at(script: Callable[[Hand], None]) -> None:
    with by_hand() as (hand, greeted):
        script(hand)
        with pytest.raises(OSError):  # noqa: PT011  TLS's, the system's or our own
            greeted()


def test_another_first_word_under_the_seal_is_a_violation() -> None:
    with by_hand() as (hand, greeted):
        hand.say_hello()
        hand.tls.end()
        hand.socket.sendall(sealed(hand.ciphers()[0], PONG))
        with pytest.raises(Violation):
            greeted()


def test_nothing_leaves_in_the_open_once_tls_has_ended() -> None:
    with by_hand() as (hand, greeted):
        hand.say_hello()
        came = hand.tls.end()
        sends, receives = hand.ciphers()
        hand.socket.sendall(sealed(sends, READY))
        frames = greeted().frames
        for frame in (PONG, LONG):
            frames.send(frame)
        stream = came + hand.read(21 + len(PONG) + 16 + len(LONG) + 16 - len(came))
        assert [opened(receives, stream) for stream in cut(stream)] == [READY, PONG, LONG]
        with pytest.raises(ssl.SSLError):
            hand.guest.tls.write(b"in the open?")
        assert hand.guest.outgoing.read() == b""


def test_a_member_who_passes_the_frames_of_one_on_to_another_gets_nothing_opened() -> None:
    """It shows each the other's Hello, random bytes and all, and is itself at the end of both links."""
    member = new_leaf()
    (b_end, to_b), (to_c, c_end) = guests(new_leaf(), member), guests(member, new_leaf())
    with greeting(b_end, D_HELLO) as at_b, greeting(c_end, A_HELLO) as at_c:
        hands = Hand(to_b, A_HELLO), Hand(to_c, D_HELLO)
        for hand in hands:
            hand.hear_hello()
            hand.say_hello()
        readies = []
        for hand in hands:
            came = hand.tls.end()
            readies.append(came + hand.read(21 - len(came)))
        for hand, ready in zip(hands, readies[::-1], strict=True):
            hand.socket.sendall(ready)
        for greeted in (at_b, at_c):
            with pytest.raises(ConnectionError):
                greeted.result(LONG_S)
    for end in (to_b, to_c):
        end.socket.close()


def test_who_drips_its_way_through_the_change_has_five_seconds() -> None:
    here, there = guests(new_leaf(), new_leaf())
    hand = Hand(there, A_HELLO)
    hand.say_hello()
    with greeting(here._replace(socket=Drip.of(here.socket)), D_HELLO, Leaping(1.0)) as greeted:
        hand.hear_hello()
        hand.socket.sendall(hand.close_notify())
        with pytest.raises(TimeoutError, match="it took too long"):
            greeted.result(LONG_S)
    there.socket.close()


# --- a link that is sealed --------------------------------------------------------------------------


@contextmanager
def sealed_link(seq: int = 0) -> Iterator[tuple[SealedFrames, socket.socket, FrameCipher]]:
    """What receives; where it receives from; what seals as the other side would."""
    near, far = connected()
    ciphers = [FrameCipher(AESGCM, bytes(32), seq) for _ in range(3)]
    yield (
        SealedFrames(LinkSocket(near, SystemClock(), unmetered()), ciphers[0], ciphers[1], b""),
        far,
        ciphers[2],
    )
    near.close()
    far.close()


SPOILT: dict[str, Callable[[bytes, bytes], bytes]] = {
    "swapped": lambda one, two: two + one,
    "repeated": lambda one, two: one + one + two,
    "left out": lambda _one, two: two,
    "without its tag's end": lambda one, two: (
        one[:-8] + two
    ),  # a byte less is there by chance, one time in 256
    "without its middle": lambda one, two: one[:9] + one[10:] + two,
}


@pytest.mark.parametrize("spoil", SPOILT.values(), ids=SPOILT.keys())
def test_no_frame_is_believed_out_of_its_turn(spoil: Callable[[bytes, bytes], bytes]) -> None:
    with sealed_link() as (frames, far, sends):
        far.sendall(spoil(sealed(sends, LONG), sealed(sends, PONG)) + bytes(100))
        came = []
        with pytest.raises(ConnectionError):
            came += [received(frames) for _ in range(3)]
        assert not came


def test_a_frame_whose_end_never_comes_is_a_lost_link() -> None:
    with sealed_link() as (frames, far, sends):
        far.sendall(sealed(sends, PONG) + sealed(sends, LONG)[:-1])
        far.shutdown(socket.SHUT_WR)
        assert received(frames) == PONG
        with pytest.raises(ConnectionError):
            received(frames)


@pytest.mark.parametrize("size", [0, 16, FRAME_PIECE_BYTES_MAX + 17, 1 << 31, (1 << 32) - 1])
def test_a_length_that_no_frame_has_costs_no_memory(size: int) -> None:
    with sealed_link() as (frames, far, _):
        before = len(frames._raw)
        far.sendall(size.to_bytes(4, "big"))
        with pytest.raises(ConnectionError):
            frames.receive_size()
        assert len(frames._raw) == before


def test_an_epoch_ends_between_two_frames_and_the_last_number_ends_the_link() -> None:
    with sealed_link(SEAL_EPOCH_FRAMES - 2) as (frames, far, sends):
        for _ in range(4):
            far.sendall(sealed(sends, PONG))
            assert received(frames) == PONG
            frames.send(PONG)
    with sealed_link(SEAL_FRAMES_MAX - 1) as (frames, far, sends):
        far.sendall(sealed(sends, PONG) + bytes([0, 0, 0, 17]) + bytes(17))
        frames.send(PONG)
        with pytest.raises(ConnectionError):
            frames.send(PONG)
        assert received(frames) == PONG
        with pytest.raises(ConnectionError):
            received(frames)
        assert far.recv(100)[23:] == b""


def test_small_frames_wait_for_each_other_and_a_long_one_for_nothing() -> None:
    with sealed_link() as (frames, far, _):
        far.setblocking(False)
        for _ in range(3):
            frames.hold(PONG)
        with pytest.raises(BlockingIOError):
            far.recv(1)
        far.setblocking(True)
        size = len(PONG) - LENGTH_BYTES + SEAL_OVERHEAD_BYTES
        frames.flush()
        assert len(far.recv(3 * size, socket.MSG_WAITALL)) == 3 * size
        frames.hold(PONG)
        frames.hold(piece_frame(0, bytes(20_000)))
        assert len(far.recv(size + 20_000, socket.MSG_WAITALL)) == size + 20_000


@given(sizes=st.lists(st.sampled_from([1, 3, 16_000, 17_000, 70_000, FRAME_PIECE_BYTES_MAX]), max_size=8))
@settings(max_examples=15)
def test_frames_of_all_lengths_come_through_one_buffer(sizes: list[int]) -> None:
    with sealed_link() as (frames, far, sends), ThreadPoolExecutor(1) as pool:
        sent = [size.to_bytes(4, "big") + bytes([n]) * size for n, size in enumerate(sizes)]
        done = pool.submit(far.sendall, b"".join(sealed(sends, frame) for frame in sent))
        assert [received(frames) for _ in sent] == sent
        done.result()
        assert len(frames._raw) <= FRAME_PIECE_BYTES_MAX + 20


@pytest.fixture
def part(tmp_path: Path) -> Iterator[PartFile]:
    with parts_in(tmp_path) as parts:
        made = PartFile.create(parts, "part", PIECE_BYTES)
        yield made
        made.close()


async def sealed_member(a: Device) -> tuple[SealedFrames, PeerLink]:
    """A member of the group with a sealed link to `a`, to be played by hand; the same link as `a` has it."""
    leaf = new_leaf()
    dev = device_id(raw_public(leaf.key))
    a.members.add((dev, GID))
    guest = await asyncio.to_thread(arrive, a.address, leaf, a.dev)
    sock = LinkSocket(guest.socket, SystemClock(), unmetered())
    frames, _ = await asyncio.to_thread(greet, guest, sock, D_HELLO)
    assert isinstance(frames, SealedFrames)
    while (link := await a.linked.get()).device != dev:
        pass
    return frames, link


def piece_frame(offset: int, data: bytes) -> bytes:
    return PIECE_HEADER.pack(13 + len(data), PIECE, 0, 0, offset) + data


async def asked(a: Device, frames: SealedFrames, link: PeerLink, part: PartFile, data: bytes) -> None:
    """`a` has opened channel 0 at the member, and awaits piece 0 with `data`."""
    link.open_channels([(GID, EID)], a)
    opened = m.Opened(0, encode_header(len(data), bytes(20)), bytes(32), None, None)
    frames.send(peer_control_frame(m.encode(opened)))
    assert (await a.next())[0] == "opened"
    link.expect(0, 0, PieceSink(part, 0, len(data), hash_piece(data)))


def test_a_frame_that_does_not_open_ends_its_link_at_once_and_touches_nothing_else(
    part: PartFile, tmp_path: Path
) -> None:
    async def scenario(a: Device, b: Device) -> None:
        honest = await b.link_to(a)
        frames, link = await sealed_member(a)
        data = os.urandom(PIECE_BYTES)
        await asked(a, frames, link, part, data)
        frames.send(piece_frame(0, data[:1000]))
        frames.send(PONG)
        *rest, last = sealed(frames._sending, piece_frame(1000, data[1000:]))
        frames._socket.send(bytes([*rest, last ^ 1]) + sealed(frames._sending, PONG))
        assert await a.next() == ("closed", 0)
        await a.until(lambda: link not in a.peers._all)
        assert link.down.total == 1000
        assert a.heard.empty()
        assert not a.banned
        honest.open_channels([(GID, EID)], b)
        assert await b.next() == ("refused", "not_yet")
        frames._socket.close()

    run(scenario)
    assert not any(any(path.read_bytes()) for path in tmp_path.rglob("*") if path.is_file())


def all_said(frames: SealedFrames) -> list[m.AnyMessage]:
    """Until the connection ends."""
    words = []
    with suppress(OSError):
        while True:
            words.append(m.decode(received(frames)[5:]))
    return words


@pytest.mark.parametrize("says_bye", [False, True])
def test_an_end_without_bye_is_a_lost_link_and_one_with_it_is_taken_leave_of(says_bye: bool) -> None:
    async def scenario(a: Device, _b: Device) -> None:
        frames, link = await sealed_member(a)
        if says_bye:
            frames.send(peer_control_frame(m.encode(m.Bye())))
        else:
            frames._socket.finish()
        await a.until(lambda: link not in a.peers._all)
        words = await asyncio.to_thread(all_said, frames)
        assert (m.Bye() in words) == says_bye
        assert not a.banned
        frames._socket.close()

    run(scenario)


class CutAfter(socket.socket):
    """Sends so many bytes and no more."""

    left = 0

    def send(self, data: memoryview, flags: int = 0) -> int:  # type: ignore[override]
        if not self.left:
            raise ConnectionError("cut")
        sent = super().send(data[: self.left], flags)
        self.left -= sent
        return sent


def test_a_link_cut_at_any_byte_of_its_greeting_or_first_words_leaves_nothing_behind() -> None:
    def talk(address: Endpoint, leaf: Leaf, dev: DeviceId, bytes_max: int) -> bool:
        """Whether all could be said."""
        guest = arrive(address, leaf, dev)
        sock = CutAfter(fileno=guest.socket.detach())
        sock.left = bytes_max
        with sock, suppress(ConnectionError):
            link = LinkSocket(sock, SystemClock(), unmetered())
            frames = greet(guest._replace(socket=sock), link, D_HELLO).frames
            for message in (m.Open([m.Opening(0, GID, EID)]), m.Request(0, [0])):
                frames.send(peer_control_frame(m.encode(message)))
            return True
        return False

    async def scenario(a: Device, b: Device) -> None:
        leaf, size = new_leaf(), 0
        while not await asyncio.to_thread(talk, a.address, leaf, a.dev, size):
            size += 11
        assert size > 200
        await a.until(lambda: not a.peers._all and not a.peers._doorman._arrivals)
        assert not a.banned
        await b.link_to(a)

    run(scenario)


@pytest.mark.parametrize("seals", [(True, True), (True, False)])
def test_who_listens_on_the_way_reads_nothing_of_it(tmp_path: Path, seals: tuple[bool, bool]) -> None:
    marker = b"Marker of what is in the file. "
    source = tmp_path / "source.bin"
    source.write_bytes(marker * 20_000)
    part = part_in(tmp_path, source.stat().st_size)
    heard = bytearray()

    async def pass_on(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        with suppress(ConnectionError):
            while data := await reader.read(1 << 16):
                heard.extend(data)
                writer.write(data)
                await writer.drain()
        writer.close()

    async def scenario(a: Device, b: Device) -> None:
        async def relay(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
            there = await asyncio.open_connection(*a.address)
            await asyncio.gather(pass_on(reader, there[1]), pass_on(there[0], writer))

        blocks = share(a, source)
        a.members.add((b.dev, GID))
        async with await asyncio.start_server(relay, "127.0.0.1", 0) as server:
            b.peers.want(a.dev, [server.sockets[0].getsockname()])
            async with asyncio.timeout(LONG_S):
                link = await b.linked.get()
            (ch,) = link.open_channels([(GID, EID)], b)
            assert (await b.next())[0] == "opened"
            pieces = range(pieces_in(part.size))
            for piece in pieces:
                expect(link, ch, part, blocks, piece)
            link.send(m.Request(ch, list(pieces)))
            for _ in pieces:
                _, outcome = await b.next()
                assert isinstance(outcome, PieceOutcome)
                assert outcome.reason is None
            link.close()
            await a.until(lambda: not a.peers._all)
            await b.until(lambda: not b.peers._all)

    run(scenario, seals)
    part.close()
    assert len(heard) > part.size
    for secret in (marker, GID, EID, b"shoal/1"):
        assert secret not in heard.replace(b"shoal-peer/1", b"")


def test_what_the_keys_were_made_of_is_forgotten() -> None:
    def guests_left() -> list[Guest]:
        return [one for one in gc.get_objects() if isinstance(one, Guest)]

    async def scenario(a: Device, b: Device) -> None:
        link = await b.link_to(a)
        await a.linked.get()
        assert link.is_sealed
        await b.until(lambda: not guests_left())

    gc.collect()
    assert not guests_left(), "an earlier test's"
    gc.freeze()  # so that they are found among what is new
    try:
        run(scenario)
    finally:
        gc.unfreeze()
