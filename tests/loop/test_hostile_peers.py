"""What a peer with a true certificate and bad manners gets, over real sockets: nothing, and the door."""

import asyncio
import os
import socket
import ssl
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any, Self

import pytest
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey

from desktop.engine.files.part_file import PartFile
from desktop.engine.files.piece_io import PieceOutcome, PieceSink
from desktop.engine.peers.peer_link import PeerLink
from shared.facts.ids import EntryId, device_id
from shared.limits import (
    BUNDLE_FILES_MAX,
    BUNDLED_FILES_PER_LINK_MAX,
    PIECE_BYTES,
    REQUEST_BATCH_MAX,
    REQUESTS_OUTSTANDING_MAX,
    STRIKES_MAX,
)
from shared.manifest import encode_header, hash_piece
from shared.trust.certificates import Leaf, device_leaf
from shared.trust.identity import raw_public
from shared.trust.tls import peer_context
from shared.wire import peer_messages as m
from shared.wire.framing import PIECE, PIECE_HEADER, peer_control_frame
from tests.support.linked_device import D_KEY, EID, GID, NOW_S, Device, run, share
from tests.support.parts import part_in
from tests.support.waiting import LONG_S

HELLO = m.Hello(1, 1, "rude")
OPENED = m.Opened(0, encode_header(2 * PIECE_BYTES, bytes(20)), bytes(32), None, None)


class Rude:
    """Speaks the real protocol with a real certificate, and says what it likes."""

    def __init__(
        self, key: Ed25519PrivateKey, reader: asyncio.StreamReader, writer: asyncio.StreamWriter
    ) -> None:
        self.dev = device_id(raw_public(key))
        self._reader, self.writer = reader, writer

    @classmethod
    async def dial(
        cls, other: Device, hello: m.Message | None = HELLO, key: Ed25519PrivateKey | None = None
    ) -> Self:
        key = key or Ed25519PrivateKey.generate()
        leaf = Leaf(device_leaf(D_KEY, raw_public(key), NOW_S), key)
        context = peer_context(leaf, [raw_public(D_KEY)], server_side=False)
        rude = cls(key, *await asyncio.open_connection(*other.address, ssl=context))
        if hello:
            rude.say(hello)
        return rude

    def say(self, *messages: m.Message) -> None:
        self.writer.writelines(peer_control_frame(m.encode(message)) for message in messages)

    def say_piece(self, ch: int, piece: int, offset: int, data: bytes) -> None:
        self.writer.write(PIECE_HEADER.pack(13 + len(data), PIECE, ch, piece, offset) + data)

    async def hear(self) -> m.AnyMessage | bytes:
        """A message, or a piece frame's header and bytes."""
        async with asyncio.timeout(LONG_S):
            size = int.from_bytes(await self._reader.readexactly(4), "big")
            body = await self._reader.readexactly(size)
        return m.decode(body[1:]) if body[0] == 0 else body

    async def hear_kind(self, kind: type[m.Message]) -> Any:
        while not isinstance(heard := await self.hear(), kind):
            pass
        return heard

    async def hear_end(self) -> None:
        """Whatever is still said, and then the end."""
        try:
            while True:
                await self.hear()
        except (asyncio.IncompleteReadError, OSError):
            self.writer.transport.abort()


def hostile(scenario: Callable[[Rude, Device], Any]) -> None:
    """`scenario` with a member of the group that has said Hello."""

    async def with_rude(a: Device, _b: Device) -> None:
        rude = await Rude.dial(a)
        a.members.add((rude.dev, GID))
        await a.linked.get()
        await scenario(rude, a)
        rude.writer.transport.abort()

    run(with_rude)


async def asked_by(a: Device, rude: Rude, part: PartFile, data: bytes) -> PeerLink:
    """`a` has opened channel 0 at `rude` and awaits piece 0 with `data`."""
    link = a.peers.links[rude.dev]
    (ch,) = link.open_channels([(GID, EID)], a)
    await rude.hear_kind(m.Open)
    rude.say(OPENED)
    assert (await a.next())[0] == "opened"
    link.expect(ch, 0, PieceSink(part, 0, len(data), hash_piece(data)))
    return link


@pytest.fixture
def part(tmp_path: Path) -> Iterator[PartFile]:
    made = part_in(tmp_path, 2 * PIECE_BYTES)
    yield made
    made.close()


RAW = {
    "a frame of 4 GiB": b"\xff\xff\xff\xff\x00",
    "an empty frame": b"\0\0\0\0\0",
    "an empty message": b"\0\0\0\x01\0",
    "too long a message": (320 * 1024 + 1).to_bytes(4, "big") + bytes(320 * 1024 + 1),
    "a frame of an unknown kind": b"\0\0\0\x05\x02abcd",
    "a piece without bytes": b"\0\0\0\x0d\x01" + bytes(12),
    "a word of the greeting": b"\0\0\0\1\2",
    "a piece that is too long": (512 * 1024 + 14).to_bytes(4, "big") + b"\x01" + bytes(12),
    "no msgpack": peer_control_frame(b"\xc1"),
    "an unknown message": peer_control_frame(b"\x91\x7f"),
    "deep nesting": peer_control_frame(b"\x91" * 200_000),
    "a huge list": peer_control_frame(b"\x93\x08\x01\xdd\xff\xff\xff\xff"),
    "a second Hello": peer_control_frame(m.encode(HELLO)),
    "an answer that nobody asked for": peer_control_frame(m.encode(OPENED)),
    "a piece that nobody asked for": PIECE_HEADER.pack(14, PIECE, 0, 0, 0) + b"x",
}


@pytest.mark.parametrize("raw", RAW.values(), ids=RAW.keys())
def test_who_breaks_the_protocol_is_hung_up_on_and_banned(raw: bytes) -> None:
    async def scenario(rude: Rude, a: Device) -> None:
        rude.writer.write(raw)
        await rude.hear_end()
        assert [dev for dev, _ in a.banned] == [rude.dev]

    hostile(scenario)


@pytest.mark.slow
def test_who_opens_more_bundles_than_may_be_is_told_so_and_gets_those_before(tmp_path: Path) -> None:
    (tmp_path / "small").write_bytes(b"small")

    async def scenario(rude: Rude, a: Device) -> None:
        share(a, tmp_path / "small")
        count = BUNDLED_FILES_PER_LINK_MAX // BUNDLE_FILES_MAX
        rude.say(*(m.OpenBundle(ch, GID, [EID] * BUNDLE_FILES_MAX) for ch in range(count)))
        rude.say(m.OpenBundle(count, GID, [EID]), m.Request(count, [0]), m.Request(0, [0]))
        assert await rude.hear_kind(m.Refuse) == m.Refuse(count, "busy")
        piece = await rude.hear()
        assert isinstance(piece, bytes)
        assert piece.endswith(b"small" * BUNDLE_FILES_MAX)
        rude.say(m.Close(1), m.OpenBundle(count, GID, [EID]), m.Request(count, [0]))
        piece = await rude.hear()
        assert isinstance(piece, bytes)
        assert piece.endswith(b"small")
        assert not a.banned

    hostile(scenario)


def test_who_says_anything_before_hello_is_hung_up_on() -> None:
    async def scenario(a: Device, _b: Device) -> None:
        rude = await Rude.dial(a, m.Ping())
        await rude.hear_end()
        assert [dev for dev, _ in a.banned] == [rude.dev]
        assert a.linked.empty()

    run(scenario)


def test_who_speaks_a_newer_protocol_only_is_told_so_and_not_banned() -> None:
    async def scenario(a: Device, _b: Device) -> None:
        rude = await Rude.dial(a, m.Hello(2, 9, "from the future"))
        assert await rude.hear_kind(m.Bye) == m.Bye("version")
        await rude.hear_end()
        assert not a.banned

    run(scenario)


def test_who_is_banned_has_no_other_connection_either_that_greets_still() -> None:
    async def scenario(a: Device, _b: Device) -> None:
        key = Ed25519PrivateKey.generate()
        first, second = await Rude.dial(a, key=key), await Rude.dial(a, None, key)
        await a.linked.get()
        await a.until(lambda: len(a.peers._all) == 2)
        a.peers.ban(first.dev, "test")
        second.say(HELLO)
        for rude in (first, second):
            await rude.hear_end()
        await a.until(lambda: not a.peers._all)
        assert a.linked.empty()

    run(scenario)


def test_who_was_banned_is_not_let_in_again() -> None:
    async def scenario(a: Device, b: Device) -> None:
        a.peers.ban(b.dev, "test")
        b.peers.want(a.dev, [a.address])
        await b.until(lambda: not b.peers._doorman._arrivals and not b.peers._candidates._dialled)
        assert not a.peers.links
        assert not b.peers.links

    run(scenario)


@pytest.mark.parametrize(("offset", "length"), [(1, 10), (0, 101), (100, 1), (2**32 - 1, 1)])
def test_bytes_at_another_place_than_their_turn_end_the_link(
    part: PartFile, offset: int, length: int
) -> None:
    async def scenario(rude: Rude, a: Device) -> None:
        await asked_by(a, rude, part, os.urandom(100))
        rude.say_piece(0, 0, offset, bytes(length))
        await rude.hear_end()
        assert [dev for dev, _ in a.banned] == [rude.dev]

    hostile(scenario)


def test_a_piece_in_single_bytes_and_with_messages_between_is_a_piece(part: PartFile) -> None:
    async def scenario(rude: Rude, a: Device) -> None:
        data = os.urandom(100)
        await asked_by(a, rude, part, data)
        for at in range(100):
            rude.say_piece(0, 0, at, data[at : at + 1])
            rude.say(m.Pong())
        assert await a.next() == ("outcome", PieceOutcome(0, 0, 100, None))

    hostile(scenario)


def test_a_piece_given_up_for_another_may_come_again_whole(part: PartFile) -> None:
    async def scenario(rude: Rude, a: Device) -> None:
        data = os.urandom(100)
        link = await asked_by(a, rude, part, data)
        link.expect(0, 1, PieceSink(part, 1, 100, hash_piece(data)))
        rude.say_piece(0, 0, 0, data[:50])
        rude.say_piece(0, 1, 0, data)
        rude.say_piece(0, 0, 0, data)
        came = {await a.next(), await a.next()}  # two threads check them
        assert came == {("outcome", PieceOutcome(0, piece, 100, None)) for piece in (0, 1)}

    hostile(scenario)


def test_a_piece_that_was_forgotten_is_dropped_and_counted_once_and_no_more(part: PartFile) -> None:
    async def scenario(rude: Rude, a: Device) -> None:
        data = os.urandom(100)
        link = await asked_by(a, rude, part, data)
        rude.say_piece(0, 0, 0, data[:50])
        await a.until(lambda: link.down.total)
        link.forget(0, 0)
        rude.say_piece(0, 0, 50, data[50:])
        rude.say(m.Ping())
        await rude.hear_kind(m.Pong)
        assert link.wasted_bytes == 50
        rude.say_piece(0, 0, 0, data)
        await rude.hear_end()
        assert a.heard.get_nowait() == ("closed", 0)
        assert [dev for dev, _ in a.banned] == [rude.dev]

    hostile(scenario)


def test_a_piece_that_was_forgotten_and_asked_for_again_may_come_twice(part: PartFile) -> None:
    async def scenario(rude: Rude, a: Device) -> None:
        data = os.urandom(100)
        link = await asked_by(a, rude, part, data)
        link.forget(0, 0)
        link.expect(0, 0, PieceSink(part, 0, 100, hash_piece(data)))
        rude.say_piece(0, 0, 0, data)
        rude.say_piece(0, 0, 0, data)
        assert await a.next() == ("outcome", PieceOutcome(0, 0, 100, None))
        rude.say(m.Ping())
        await rude.hear_kind(m.Pong)
        assert not a.banned

    hostile(scenario)


def big_file(a: Device, folder: Path, piece_count: int) -> None:
    path = folder / "big.bin"
    with path.open("wb") as file:
        file.truncate(piece_count * PIECE_BYTES)
    share(a, path)


@pytest.mark.slow
def test_who_asks_for_more_than_may_be_outstanding_is_not_given_it(tmp_path: Path) -> None:
    async def scenario(rude: Rude, a: Device) -> None:
        big_file(a, tmp_path, 400)
        link = a.peers.links[rude.dev]
        rude.say(m.Open([m.Opening(0, GID, EID)]))
        for first in range(0, 320, REQUEST_BATCH_MAX):
            rude.say(m.Request(0, list(range(first, first + REQUEST_BATCH_MAX))))
        await rude.hear_end()  # the strikes: it asked five times for what may be asked for once
        assert [dev for dev, _ in a.banned] == [rude.dev]
        assert link.queued_pieces == 0
        assert a.peers.sent_bytes < REQUESTS_OUTSTANDING_MAX * PIECE_BYTES

    hostile(scenario)


def test_who_asks_for_the_same_piece_over_and_over_is_hung_up_on(tmp_path: Path) -> None:
    async def scenario(rude: Rude, a: Device) -> None:
        big_file(a, tmp_path, 40)
        rude.say(m.Open([m.Opening(0, GID, EID)]))
        rude.say(m.Request(0, list(range(40))))
        rude.say(*[m.Request(0, [39])] * (STRIKES_MAX + 1))
        await rude.hear_end()
        assert [dev for dev, _ in a.banned] == [rude.dev]

    hostile(scenario)


@pytest.mark.slow
def test_who_asks_on_and_reads_nothing_is_cut_before_much_waits_for_it(tmp_path: Path) -> None:
    async def scenario(rude: Rude, a: Device) -> None:
        big_file(a, tmp_path, 4)
        for n in range(0, 2_560_000, 256):
            refused = [m.Opening(ch, GID, EntryId(os.urandom(16))) for ch in range(n, n + 255)]
            rude.say(m.Open([*refused, m.Opening(n + 255, GID, EID)]))
            if rude.dev not in a.peers.links:
                break
            await rude.writer.drain()
        await a.until(lambda: rude.dev not in a.peers.links)

    async def cut(rude: Rude, a: Device) -> None:
        rude._reader._transport.pause_reading()  # type: ignore[attr-defined]
        try:
            await scenario(rude, a)
        except ConnectionError:
            await a.until(lambda: rude.dev not in a.peers.links)
        assert not a.uploads._open

    hostile(cut)


def test_a_group_of_its_own_invention_makes_nobody_ask_the_tracker() -> None:
    async def scenario(rude: Rude, a: Device) -> None:
        rude.say(m.Open([m.Opening(n, type(GID)(bytes([n]) * 16), EID) for n in range(50)]))
        for n in range(50):
            assert await rude.hear_kind(m.Refuse) == m.Refuse(n, "not_yet")
        assert not a.asked_tracker

    hostile(scenario)


class Cut(Exception):
    """So many bytes were sent."""


def talk(address: tuple[str, int], leaf: Leaf, bytes_max: int) -> None:
    """Shakes hands, says Hello, opens a channel, asks for a piece; and is gone after so many bytes."""
    incoming, outgoing = ssl.MemoryBIO(), ssl.MemoryBIO()
    tls = peer_context(leaf, [raw_public(D_KEY)], server_side=False).wrap_bio(incoming, outgoing)
    left = bytes_max
    with socket.create_connection(address) as sock:

        def flush() -> None:
            nonlocal left
            data = outgoing.read()[:left]
            left -= len(data)
            sock.sendall(data)
            if not left:
                raise Cut

        while True:
            try:
                tls.do_handshake()
                break
            except ssl.SSLWantReadError:
                flush()
                incoming.write(sock.recv(4096))
        for message in (HELLO, m.Open([m.Opening(0, GID, EID)]), m.Request(0, [0])):
            tls.write(peer_control_frame(m.encode(message)))
            flush()


def test_a_connection_cut_at_any_byte_leaves_nothing_behind(tmp_path: Path) -> None:
    async def scenario(a: Device, b: Device) -> None:
        big_file(a, tmp_path, 2)
        a.members.add((b.dev, GID))
        with pytest.raises(Cut):
            await asyncio.to_thread(talk, a.address, b.leaf, 1)
        size = 1
        while True:  # until all was said
            size += 37
            try:
                await asyncio.to_thread(talk, a.address, b.leaf, size)
            except Cut:
                pass
            else:
                break
        await a.until(lambda: not a.peers._all and not a.peers._doorman._arrivals)
        assert size > 1000
        assert not a.banned
        await b.link_to(a)

    run(scenario)
