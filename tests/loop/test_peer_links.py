"""Links between real devices over real sockets: who is let in, what is served, what hostile peers get."""

import asyncio
import os
import socket
import ssl
import time
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager, suppress
from pathlib import Path

from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey

from desktop.engine.background import Background
from desktop.engine.files.hasher import Hasher
from desktop.engine.files.open_file import OpenFile
from desktop.engine.files.part_file import HeldFolder, PartFile, parts_of
from desktop.engine.files.piece_checker import PieceChecker
from desktop.engine.files.piece_io import PieceOutcome, PieceSink
from desktop.engine.library import StoredManifest
from desktop.engine.offers import Offer
from desktop.engine.peers.peer_link import PeerLink
from desktop.engine.peers.peer_pool import Peers
from desktop.engine.peers.uploads import Uploads
from shared.clock import SystemClock
from shared.facts.ids import DeviceId, EntryId, Epoch, GroupId, UserId, device_id
from shared.limits import PIECE_BYTES
from shared.manifest import BLOCK_BYTES_MAX, PieceHash, piece_hash, piece_length, pieces_in
from shared.trust.certificates import Leaf, device_leaf
from shared.trust.identity import raw_public
from shared.wire import peer_messages as m

GID, EID = GroupId(b"g" * 16), EntryId(b"e" * 16)
D_KEY = Ed25519PrivateKey.generate()
NOW_S = time.time()  # noqa: TID251  certificates are checked by the system's clock


class Device:
    """One device with its port open: what it offers, who may have it, and what it heard on its channels."""

    def __init__(self, d_key: Ed25519PrivateKey = D_KEY) -> None:
        self.key = Ed25519PrivateKey.generate()
        self.dev = device_id(raw_public(self.key))
        self.leaf = Leaf(device_leaf(d_key, raw_public(self.key), NOW_S), self.key)
        self.offers: dict[tuple[GroupId, EntryId], Offer] = {}
        self.members: set[tuple[DeviceId, GroupId]] = set()
        self.asked_tracker: list[tuple[DeviceId, GroupId]] = []
        self.learns_from_tracker = False
        self.checker = PieceChecker()
        self.uploads = Uploads(self, self, self._ask_tracker, Background(), SystemClock())
        self.peers = Peers(self.checker, self.uploads, SystemClock())
        self.linked: asyncio.Queue[PeerLink] = asyncio.Queue()
        self.peers.on_link = self.linked.put_nowait
        self.banned: list[tuple[DeviceId, str]] = []
        self.peers.on_banned = lambda dev, reason: self.banned.append((dev, reason))
        self.heard: asyncio.Queue[tuple[str, object]] = asyncio.Queue()

        self.peers.seen_as = "127.0.0.1"
        self.address = self.peers.listen("127.0.0.1", 0)
        self.peers.enter(self.leaf, [raw_public(D_KEY)])

    async def stop(self) -> None:
        await self.peers.stop()
        self.checker.close()

    def offer(self, gid: GroupId, eid: EntryId) -> Offer | None:
        return self.offers.get((gid, eid))

    def may_talk(self, dev: DeviceId, gid: GroupId) -> bool:
        return (dev, gid) in self.members

    def user_of(self, dev: DeviceId) -> UserId | None:
        return UserId(dev)

    def my_epoch(self, gid: GroupId) -> Epoch | None:
        return Epoch(1, 1) if gid == GID else None

    async def _ask_tracker(self, dev: DeviceId, gid: GroupId) -> None:
        self.asked_tracker.append((dev, gid))
        if self.learns_from_tracker:
            self.members.add((dev, gid))

    async def link_to(self, other: "Device") -> PeerLink:
        self.peers.want(other.dev, [other.address])
        async with asyncio.timeout(5):
            return await self.linked.get()

    async def next(self) -> tuple[str, object]:
        async with asyncio.timeout(5):
            return await self.heard.get()

    async def until(self, holds: Callable[[], object]) -> None:
        async with asyncio.timeout(5):
            while not holds():  # noqa: ASYNC110  what threads and the other end do tells no event here
                await asyncio.sleep(0.01)

    # ChannelListener
    def opened(self, link: PeerLink, ch: int, message: m.Opened) -> None:
        self.heard.put_nowait(("opened", message))

    def refused(self, link: PeerLink, ch: int, code: str) -> None:
        self.heard.put_nowait(("refused", code))

    def block(self, link: PeerLink, ch: int, block: int, hashes: bytes) -> None:
        self.heard.put_nowait(("block", hashes))

    def have(self, link: PeerLink, ch: int, pieces: list[int]) -> None:
        self.heard.put_nowait(("have", pieces))

    def outcomes(self, link: PeerLink, outcomes: list[PieceOutcome]) -> None:
        for outcome in outcomes:
            self.heard.put_nowait(("outcome", outcome))

    def rejected(self, link: PeerLink, ch: int, piece: int, code: str) -> None:
        self.heard.put_nowait(("rejected", piece))

    def closed(self, link: PeerLink, ch: int) -> None:
        self.heard.put_nowait(("closed", ch))


def run(scenario: Callable[["Device", "Device"], object]) -> None:
    async def both() -> None:
        async with device() as a, device() as b:
            result = scenario(a, b)
            assert asyncio.iscoroutine(result)
            await result

    asyncio.run(both())


@asynccontextmanager
async def device(d_key: Ed25519PrivateKey = D_KEY) -> AsyncIterator[Device]:
    one = Device(d_key)
    try:
        yield one
    finally:
        await one.stop()


def share(owner: Device, path: Path, spoil: Callable[[], None] = lambda: None) -> bytes:
    """`owner` offers the file; its only block of hashes."""
    hasher = Hasher()
    hashed = hasher.hash(path, lambda _: None, lambda: False)
    hasher.close()
    file = OpenFile(lambda: os.open(path, os.O_RDONLY))

    def block(n: int) -> bytes:
        return hashed.blocks[n * BLOCK_BYTES_MAX : (n + 1) * BLOCK_BYTES_MAX]

    manifest = StoredManifest(hashed.header, hashed.index)
    owner.offers[GID, EID] = Offer(hashed.size, manifest, file, block, None, spoil)
    return hashed.blocks


def expect(link: PeerLink, ch: int, part: PartFile, blocks: bytes, piece: int) -> None:
    sink = PieceSink(part, piece, piece_length(part.size, piece), piece_hash(blocks, piece))
    link.expect(ch, piece, sink)


def test_a_member_gets_the_file_piece_by_piece(tmp_path: Path) -> None:
    source = tmp_path / "source.bin"
    source.write_bytes(os.urandom(9 * PIECE_BYTES + 77))
    part = PartFile.create(parts_of(HeldFolder.open(tmp_path)), "part", source.stat().st_size)

    async def scenario(a: Device, b: Device) -> None:
        blocks = share(a, source)
        a.members.add((b.dev, GID))
        link = await b.link_to(a)
        (ch,) = link.open_channels([(GID, EID)], b)
        kind, opened = await b.next()
        assert kind == "opened"
        assert isinstance(opened, m.Opened)
        assert opened.block0 == blocks
        pieces = list(range(pieces_in(part.size)))
        for piece in pieces:
            expect(link, ch, part, blocks, piece)
        link.send(m.Request(ch, pieces))
        outcomes = [(await b.next())[1] for _ in pieces]
        assert all(isinstance(outcome, PieceOutcome) and outcome.reason is None for outcome in outcomes)
        assert (tmp_path / ".shoal-part" / "part").read_bytes() == source.read_bytes()
        assert (b.peers.received_bytes, a.peers.sent_bytes) == (part.size, part.size)

    run(scenario)
    part.close()


def test_a_stranger_to_the_group_learns_nothing_and_the_tracker_is_asked_once(tmp_path: Path) -> None:
    source = tmp_path / "source.bin"
    source.write_bytes(b"secret")

    async def scenario(a: Device, b: Device) -> None:
        share(a, source)
        link = await b.link_to(a)
        for eid in (EID, EntryId(b"x" * 16), EID):
            link.open_channels([(GID, eid)], b)
            assert await b.next() == ("refused", "not_yet")
        assert a.asked_tracker == [(b.dev, GID)]
        a.members.add((b.dev, GID))
        link.open_channels([(GID, EntryId(b"x" * 16))], b)
        assert await b.next() == ("refused", "not_yet")

    run(scenario)


def test_a_member_that_the_mirror_does_not_know_yet_is_let_in_by_the_trackers_word(tmp_path: Path) -> None:
    source = tmp_path / "source.bin"
    source.write_bytes(b"film")

    async def scenario(a: Device, b: Device) -> None:
        share(a, source)
        a.learns_from_tracker = True
        link = await b.link_to(a)
        link.open_channels([(GID, EID)], b)
        assert (await b.next())[0] == "opened"

    run(scenario)


def test_who_is_put_out_gets_no_further_piece(tmp_path: Path) -> None:
    source = tmp_path / "source.bin"
    source.write_bytes(os.urandom(3 * PIECE_BYTES))

    async def scenario(a: Device, b: Device) -> None:
        share(a, source)
        a.members.add((b.dev, GID))
        link = await b.link_to(a)
        (ch,) = link.open_channels([(GID, EID)], b)
        assert (await b.next())[0] == "opened"
        a.members.clear()
        link.send(m.Request(ch, [0]))
        assert await b.next() == ("refused", "not_yet")
        assert link.down.total == 0

    run(scenario)


def test_a_member_put_out_is_cut_while_it_does_nothing(tmp_path: Path) -> None:
    source = tmp_path / "source.bin"
    source.write_bytes(b"film")

    async def scenario(a: Device, b: Device) -> None:
        share(a, source)
        a.members.add((b.dev, GID))
        link = await b.link_to(a)
        link.open_channels([(GID, EID)], b)
        assert (await b.next())[0] == "opened"
        a.members.clear()
        a.peers.recheck()
        assert await b.next() == ("refused", "not_yet")

    run(scenario)


def test_a_wrong_piece_is_found_and_its_sender_banned_at_the_second(tmp_path: Path) -> None:
    source = tmp_path / "source.bin"
    source.write_bytes(os.urandom(2 * PIECE_BYTES))
    part = PartFile.create(parts_of(HeldFolder.open(tmp_path)), "part", source.stat().st_size)

    async def scenario(a: Device, b: Device) -> None:
        share(a, source)
        a.members.add((b.dev, GID))
        link = await b.link_to(a)
        (ch,) = link.open_channels([(GID, EID)], b)
        assert (await b.next())[0] == "opened"
        for piece in range(2):
            wrong = PieceSink(part, piece, PIECE_BYTES, PieceHash(bytes(20), bytes(32)))
            link.expect(ch, piece, wrong)
            link.send(m.Request(ch, [piece]))
            _, outcome = await b.next()
            assert isinstance(outcome, PieceOutcome)
            assert outcome.reason == "sha1"
            b.peers.bad_piece(a.dev)
        assert b.banned == [(a.dev, "bad pieces")]
        assert a.dev not in b.peers.links
        b.peers.want(a.dev, [a.address])
        await asyncio.sleep(0.2)
        assert a.dev not in b.peers.links

    run(scenario)
    assert (tmp_path / ".shoal-part" / "part").read_bytes() == bytes(2 * PIECE_BYTES)
    part.close()


def test_a_truncated_source_is_rejected_and_reported(tmp_path: Path) -> None:
    source = tmp_path / "source.bin"
    source.write_bytes(os.urandom(2 * PIECE_BYTES))
    spoilt: list[bool] = []

    async def scenario(a: Device, b: Device) -> None:
        share(a, source, lambda: spoilt.append(True))
        a.members.add((b.dev, GID))
        link = await b.link_to(a)
        (ch,) = link.open_channels([(GID, EID)], b)
        assert (await b.next())[0] == "opened"
        os.truncate(source, PIECE_BYTES)
        link.send(m.Request(ch, [1]))
        assert await b.next() == ("rejected", 1)
        assert spoilt == [True]

    run(scenario)


def test_bytes_that_nobody_asked_for_end_the_link_and_ban_their_sender(tmp_path: Path) -> None:
    source = tmp_path / "source.bin"
    source.write_bytes(os.urandom(PIECE_BYTES))

    async def scenario(a: Device, b: Device) -> None:
        share(a, source)
        a.members.add((b.dev, GID))
        link = await b.link_to(a)
        (ch,) = link.open_channels([(GID, EID)], b)
        assert (await b.next())[0] == "opened"
        link.send(m.Request(ch, [0]))  # without expect(): as if it had been pushed
        assert await b.next() == ("closed", ch)
        await b.until(lambda: b.banned)
        assert [dev for dev, _ in b.banned] == [a.dev]

    run(scenario)


def test_a_request_out_of_range_ends_the_link(tmp_path: Path) -> None:
    source = tmp_path / "source.bin"
    source.write_bytes(b"film")

    async def scenario(a: Device, b: Device) -> None:
        share(a, source)
        a.members.add((b.dev, GID))
        link = await b.link_to(a)
        (ch,) = link.open_channels([(GID, EID)], b)
        assert (await b.next())[0] == "opened"
        link.send(m.Request(ch, [1]))
        assert await b.next() == ("closed", ch)

    run(scenario)


def test_two_that_dial_each_other_at_once_end_up_with_one_link() -> None:
    async def scenario(a: Device, b: Device) -> None:
        a.peers.want(b.dev, [b.address])
        b.peers.want(a.dev, [a.address])
        async with asyncio.timeout(5):
            await a.linked.get()
            await b.linked.get()
        await a.until(lambda: len(a.peers._all) == len(b.peers._all) == 1)
        ours, theirs = a.peers.links[b.dev], b.peers.links[a.dev]
        assert ours.is_ours_dialled != theirs.is_ours_dialled

    run(scenario)


def test_a_device_of_another_network_is_not_linked() -> None:
    async def scenario() -> None:
        async with device() as a, device(Ed25519PrivateKey.generate()) as stranger:
            stranger.peers.want(a.dev, [a.address])
            await asyncio.sleep(0.3)
            assert not a.peers.links
            assert not stranger.peers.links

    asyncio.run(scenario())


def test_strangers_that_say_nothing_hold_up_nobody(tmp_path: Path) -> None:
    async def scenario(a: Device, b: Device) -> None:
        strangers = [socket.create_connection(a.address) for _ in range(100)]
        began = time.monotonic()
        await b.link_to(a)
        assert time.monotonic() - began < 1
        for stranger in strangers:
            stranger.close()

    run(scenario)


def test_who_speaks_no_tls_is_hung_up_on() -> None:
    async def scenario(a: Device, b: Device) -> None:
        for rude in (b"GET / HTTP/1.1\r\n\r\n", os.urandom(500), b""):
            reader, writer = await asyncio.open_connection(*a.address)
            writer.write(rude)
            writer.write_eof()
            async with asyncio.timeout(5):
                with suppress(ConnectionResetError):
                    while await reader.read(1000):
                        pass
            writer.close()
        await b.link_to(a)

    run(scenario)


def test_no_certificate_no_link() -> None:
    async def scenario(a: Device, _b: Device) -> None:
        context = ssl.SSLContext(ssl.PROTOCOL_TLS_CLIENT)
        context.check_hostname = False
        context.verify_mode = ssl.CERT_NONE
        context.set_alpn_protocols(["shoal-peer/1"])
        reader, writer = await asyncio.open_connection(*a.address, ssl=context)
        async with asyncio.timeout(5):
            with suppress(ssl.SSLError, ConnectionResetError):
                assert await reader.read(100) == b""
        writer.close()
        assert not a.peers.links

    run(scenario)
