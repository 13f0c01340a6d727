"""Links between real devices over real sockets: who is let in, what is served, and to whom."""

import asyncio
import os
import socket
import ssl
from collections.abc import Iterator
from contextlib import suppress
from dataclasses import replace
from functools import partial
from pathlib import Path

import pytest
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey

from desktop.engine.downloads.bundle_part import BundlePart
from desktop.engine.files import bitfield
from desktop.engine.files.held_folder import HeldFolder
from desktop.engine.files.part_file import PartFile
from desktop.engine.files.piece_io import PieceOutcome, PieceSink
from desktop.engine.library import FileRecord
from desktop.engine.peers.peeking import peek
from desktop.engine.peers.peer_link import PeerLink
from desktop.engine.peers.tls_frames import Guest
from shared.facts.ids import DeviceId, EntryId, GroupId, device_id
from shared.limits import BUNDLED_FILE_BYTES_MAX, LANES_MAX, PIECE_BYTES
from shared.manifest import PieceHash, pieces_in, root_of
from shared.trust.certificates import Leaf, device_leaf
from shared.trust.identity import raw_public
from shared.trust.tls import peer_context
from shared.wire import peer_messages as m
from tests.support.bits import bits_of
from tests.support.linked_device import (
    D_KEY,
    EID,
    GID,
    NOW_S,
    Device,
    channel_of,
    device,
    expect,
    run,
    share,
)
from tests.support.parts import part_in, parts_in
from tests.support.waiting import LONG_S


@pytest.mark.parametrize("seals", [(True, True), (True, False), (False, True), (False, False)])
def test_a_member_gets_the_file_piece_by_piece(tmp_path: Path, seals: tuple[bool, bool]) -> None:
    source = tmp_path / "source.bin"
    source.write_bytes(os.urandom(9 * PIECE_BYTES + 77))
    part = part_in(tmp_path, source.stat().st_size)

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

    run(scenario, seals)
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


def test_an_early_request_out_of_range_ends_the_link_too(tmp_path: Path) -> None:
    source = tmp_path / "source.bin"
    source.write_bytes(b"film")

    async def scenario(a: Device, b: Device) -> None:
        share(a, source)
        a.learns_from_tracker = True
        link = await b.link_to(a)
        (ch,) = link.open_channels([(GID, EID)], b)
        link.send(m.Request(ch, [1]))
        heard = await b.next()
        if heard[0] == "opened":  # it was on its way
            heard = await b.next()
        assert heard == ("closed", ch)
        assert [dev for dev, _ in a.banned] == [b.dev]

    run(scenario)


def test_who_logged_in_as_another_meanwhile_is_not_linked_as_the_one_before() -> None:
    async def scenario(a: Device, b: Device) -> None:
        def shake_hands(guest: socket.socket) -> bytes:
            context = peer_context(b.leaf, (raw_public(D_KEY),), server_side=False)
            with context.wrap_socket(guest) as tls, suppress(OSError):
                return tls.recv(1)
            return b""

        guest = socket.create_connection(a.address, timeout=LONG_S)
        await a.until(lambda: a.peers._doorman._arrivals)
        other = Ed25519PrivateKey.generate()
        leaf = Leaf(device_leaf(D_KEY, raw_public(other), NOW_S), other)
        a.peers.enter(leaf, [raw_public(D_KEY)])
        assert await asyncio.to_thread(shake_hands, guest) == b""
        assert not a.peers._all

    run(scenario)


def test_who_is_put_out_gets_no_further_piece(tmp_path: Path) -> None:
    source = tmp_path / "source.bin"
    source.write_bytes(os.urandom(3 * PIECE_BYTES))

    async def scenario(a: Device, b: Device) -> None:
        share(a, source)
        link, ch = await channel_of(b, a)
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
        await channel_of(b, a)
        a.members.clear()
        a.peers.recheck()
        assert await b.next() == ("refused", "not_yet")

    run(scenario)


def test_a_wrong_piece_is_found_and_its_sender_banned_at_the_second(tmp_path: Path) -> None:
    source = tmp_path / "source.bin"
    source.write_bytes(os.urandom(2 * PIECE_BYTES))
    part = part_in(tmp_path, source.stat().st_size)

    async def scenario(a: Device, b: Device) -> None:
        share(a, source)
        link, ch = await channel_of(b, a)
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
        link, ch = await channel_of(b, a)
        os.truncate(source, PIECE_BYTES)
        link.send(m.Request(ch, [1]))
        assert await b.next() == ("rejected", 1)
        assert spoilt == [True]

    run(scenario)


@pytest.mark.slow
def test_who_looks_how_much_another_has_and_waits_no_more_leaves_no_channel() -> None:
    async def scenario(a: Device, b: Device) -> None:
        link = await b.link_to(a)
        with pytest.raises(TimeoutError):
            async with asyncio.timeout(0):
                await peek(link, GID, EID, 1)
        assert link.session.new_channel() == 1, "it had one"
        assert not link.asked

    run(scenario)


@pytest.fixture
def parts(tmp_path: Path) -> Iterator[HeldFolder]:
    with parts_in(tmp_path) as parts:
        yield parts


def bundle_of(owner: Device, parts: HeldFolder, sizes: list[int]) -> tuple[list[EntryId], BundlePart]:
    """The owner offers small files of these sizes; what is to become of them in the folder."""
    files = []
    for n, size in enumerate(sizes):
        path, eid = parts.path.parent / str(n), EntryId(b"%016d" % n)
        path.write_bytes(os.urandom(size))
        share(owner, path)
        offer = owner.offers[GID, eid] = owner.offers.pop((GID, EID))
        root = root_of(offer.header, offer.index)
        files.append(FileRecord(n, eid, str(n), root, size, f"got {n}", f"part {n}"))
    return [file.eid for file in files], BundlePart(parts, files)


def open_bundle(link: PeerLink, asker: Device, eids: list[EntryId], part: BundlePart) -> int:
    ch = link.open_bundle(GID, eids, asker)
    link.expect(ch, 0, PieceSink(part, 0, part.size, PieceHash(bytes(20), bytes(32))))
    link.send(m.Request(ch, [0]))
    return ch


def test_small_files_come_as_one_piece(parts: HeldFolder) -> None:
    async def scenario(a: Device, b: Device) -> None:
        sizes = [1, 5000, BUNDLED_FILE_BYTES_MAX, 77]
        eids, part = bundle_of(a, parts, sizes)
        a.learns_from_tracker = True
        link = await b.link_to(a)
        ch = open_bundle(link, b, eids, part)
        assert await b.next() == ("outcome", PieceOutcome(ch, 0, sum(sizes), None))
        assert [one.record.n for one in part.kept.values()] == [0, 1, 2, 3]
        a.uploads.withdraw(GID, EID)
        a.uploads.withdraw(GID, eids[2])
        assert await b.next() == ("refused", "not_yet")
        assert not link.session.served
        part.close()

    run(scenario)


def test_a_bundle_that_cannot_be_whole_is_refused_and_one_that_cannot_be_read_rejected(
    tmp_path: Path, parts: HeldFolder
) -> None:
    async def scenario(a: Device, b: Device) -> None:
        eids, part = bundle_of(a, parts, [5, BUNDLED_FILE_BYTES_MAX + 1, 6])
        a.members.add((b.dev, GID))
        link = await b.link_to(a)
        for asked in (eids, [eids[0], EntryId(b"x" * 16)]):
            open_bundle(link, b, asked, part)
            assert await b.next() == ("refused", "not_yet")
        (tmp_path / "2").unlink()
        doubted: list[EntryId] = []
        for eid in eids:
            a.offers[GID, eid] = replace(a.offers[GID, eid], read_failed=partial(doubted.append, eid))
        open_bundle(link, b, [eids[0], eids[2]], part)
        assert await b.next() == ("rejected", 0)
        assert doubted == [eids[2]]
        part.close()

    run(scenario)


@pytest.mark.slow
def test_what_was_asked_for_early_and_cancelled_does_not_come(tmp_path: Path) -> None:
    source = tmp_path / "source.bin"
    source.write_bytes(os.urandom(2 * PIECE_BYTES))
    part = part_in(tmp_path, source.stat().st_size)

    async def scenario(a: Device, b: Device) -> None:
        blocks = share(a, source)
        may_be_known = asyncio.Event()

        async def ask_tracker(dev: DeviceId, gid: GroupId) -> None:
            await may_be_known.wait()
            a.members.add((dev, gid))

        a.uploads._ask_tracker = ask_tracker
        link = await b.link_to(a)
        (ch,) = link.open_channels([(GID, EID)], b)
        for piece in (0, 1):
            expect(link, ch, part, blocks, piece)
        link.send(m.Request(ch, [0, 1]))
        link.send(m.Cancel(ch, [0]))
        served = (await a.linked.get()).session.served
        await a.until(lambda: ch in served and served[ch].early == m.Request(ch, [1]))
        may_be_known.set()
        assert (await b.next())[0] == "opened"
        assert await b.next() == ("outcome", PieceOutcome(ch, 1, PIECE_BYTES, None))
        link.send(m.Request(ch, [0]))
        assert await b.next() == ("outcome", PieceOutcome(ch, 0, PIECE_BYTES, None))

    run(scenario)
    part.close()


@pytest.mark.parametrize("asked", [m.Request(0, [1]), m.Credit(0, 0, b"\xff", 1), m.GetBlock(0, 0)])
def test_a_bundle_has_one_piece_and_no_hashes(parts: HeldFolder, asked: m.Message) -> None:
    async def scenario(a: Device, b: Device) -> None:
        eids, part = bundle_of(a, parts, [5, 6])
        a.members.add((b.dev, GID))
        link = await b.link_to(a)
        assert link.open_bundle(GID, eids, b) == 0
        link.send(asked)
        assert await b.next() == ("closed", 0)
        assert [dev for dev, _ in a.banned] == [b.dev]
        part.close()

    run(scenario)


def test_bytes_that_nobody_asked_for_end_the_link_and_ban_their_sender(tmp_path: Path) -> None:
    source = tmp_path / "source.bin"
    source.write_bytes(os.urandom(PIECE_BYTES))

    async def scenario(a: Device, b: Device) -> None:
        share(a, source)
        link, ch = await channel_of(b, a)
        link.send(m.Request(ch, [0]))  # without expect(): as if it had been pushed
        assert await b.next() == ("closed", ch)
        await b.until(lambda: b.banned)
        assert [dev for dev, _ in b.banned] == [a.dev]

    run(scenario)


def test_two_that_dial_each_other_at_once_end_up_with_one_link() -> None:
    async def scenario(a: Device, b: Device) -> None:
        a.peers.want(b.dev, [b.address])
        b.peers.want(a.dev, [a.address])
        async with asyncio.timeout(LONG_S):
            await a.linked.get()
            await b.linked.get()
        await a.until(lambda: len(a.peers._all) == len(b.peers._all) == 1)
        ours, theirs = a.peers.links[b.dev], b.peers.links[a.dev]
        assert ours.is_ours_dialled != theirs.is_ours_dialled

    run(scenario)


async def widened(a: Device, b: Device, connections: int) -> PeerLink:
    """b is linked to a by so many, as if it were far. The first."""
    first = await b.link_to(a)
    await a.linked.get()
    b.peers.widen(a.dev, connections)
    assert b.peers.links_to(a.dev) == [first], "it is too near"
    first.rtt_s = 0.1
    b.peers.widen(a.dev, connections)
    for one in (a, b):
        for _ in range(connections - 1):
            async with asyncio.timeout(LONG_S):
                assert (await one.linked.get()).is_lane
    return first


def test_a_far_device_is_linked_by_several_connections_and_each_serves(tmp_path: Path) -> None:
    source = tmp_path / "source.bin"
    source.write_bytes(os.urandom(PIECE_BYTES))

    async def scenario(a: Device, b: Device) -> None:
        share(a, source)
        a.members.add((b.dev, GID))
        first = await widened(a, b, 4)
        b.peers.widen(a.dev, 4)
        links = b.peers.links_to(a.dev)
        assert links[0] is first
        assert len(links) == len(b.peers.every_link) == len(a.peers.links_to(b.dev)) == 4
        for link in links:
            link.open_channels([(GID, EID)], b)
            assert (await b.next())[0] == "opened"
        assert len(a.peers.links) == len(b.peers.links) == 1
        a.members.clear()
        a.peers.recheck()
        assert [await b.next() for _ in links] == [("refused", "not_yet")] * 4
        assert [len(one.peers._all) for one in (a, b)] == [4, 4]
        a.peers.ban(b.dev, "as it pleases")
        await a.until(lambda: not a.peers._all and not b.peers._all)

    run(scenario)


def test_who_is_dialled_cannot_say_that_the_connection_is_a_further_one() -> None:
    async def scenario(a: Device, b: Device) -> None:
        deliver = a.peers._arrivals._deliver
        a.peers._arrivals._deliver = lambda came: deliver(
            [one._replace(is_lane=True) for one in came if isinstance(one, Guest)]
        )
        link = await b.link_to(a)
        assert link.features & m.FEATURE_LANE
        assert b.peers.links_to(a.dev) == [link]

    run(scenario)


def test_when_another_wants_something_too_each_has_as_many_connections(tmp_path: Path) -> None:
    source = tmp_path / "source.bin"
    source.write_bytes(os.urandom(PIECE_BYTES))

    async def scenario(a: Device, b: Device) -> None:
        share(a, source)
        a.members.add((b.dev, GID))
        (await widened(a, b, LANES_MAX)).open_channels([(GID, EID)], b)
        assert (await b.next())[0] == "opened"
        async with device() as other:
            await channel_of(other, a)
            half = LANES_MAX // 2
            await a.until(lambda: len(a.peers.links_to(b.dev)) == len(b.peers.links_to(a.dev)) == half)
            assert len(a.peers.links) == 2

    run(scenario)


def test_where_the_first_connection_ends_another_takes_its_place() -> None:
    async def scenario(a: Device, b: Device) -> None:
        first = await widened(a, b, 3)
        first.abort()
        await a.until(lambda: first not in b.peers.every_link and len(a.peers.every_link) == 2)
        assert len(b.peers.links_to(a.dev)) == 2
        for link in b.peers.every_link:
            link.abort()
        await a.until(lambda: not a.peers.every_link and not b.peers.every_link)
        assert b.peers.links_to(a.dev) == []

    run(scenario)


def test_a_device_of_another_network_is_not_linked() -> None:
    async def scenario() -> None:
        async with device() as a, device(Ed25519PrivateKey.generate()) as stranger:
            stranger.peers.want(a.dev, [a.address])
            await a.until(lambda: not stranger.peers._candidates._dialled)
            await a.until(lambda: not a.peers._doorman._arrivals)
            assert not a.peers.links
            assert not stranger.peers.links

    asyncio.run(scenario())


def test_strangers_that_say_nothing_hold_up_nobody(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("desktop.engine.peers.doorman.HANDSHAKE_S_MAX", 2 * LONG_S)  # they stay

    async def scenario(a: Device, b: Device) -> None:
        strangers = [socket.create_connection(a.address) for _ in range(100)]
        await b.link_to(a)
        for stranger in strangers:
            stranger.close()

    run(scenario)


def test_who_speaks_no_tls_is_hung_up_on() -> None:
    async def scenario(a: Device, b: Device) -> None:
        for rude in (b"GET / HTTP/1.1\r\n\r\n", os.urandom(500), b""):
            reader, writer = await asyncio.open_connection(*a.address)
            writer.write(rude)
            writer.write_eof()
            async with asyncio.timeout(LONG_S):
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
        async with asyncio.timeout(LONG_S):
            with suppress(ssl.SSLError, ConnectionResetError):
                assert await reader.read(100) == b""
        writer.close()
        assert not a.peers.links

    run(scenario)


def test_a_piece_cancelled_and_asked_for_again_comes_and_nobody_is_banned(tmp_path: Path) -> None:
    source = tmp_path / "source.bin"
    source.write_bytes(os.urandom(3 * PIECE_BYTES))
    part = part_in(tmp_path, source.stat().st_size)

    async def scenario(a: Device, b: Device) -> None:
        blocks = share(a, source)
        link, ch = await channel_of(b, a)
        for turn in range(60):
            for piece in range(3):
                expect(link, ch, part, blocks, piece)
            link.send(m.Request(ch, [0, 1, 2]))
            await asyncio.sleep(turn / 20_000)
            for piece in range(3):
                link.forget(ch, piece)
            link.send(m.Cancel(ch, [0, 1, 2]))
        for piece in range(3):
            expect(link, ch, part, blocks, piece)
        link.send(m.Request(ch, [0, 1, 2]))
        kept: set[int] = set()
        while len(kept) < 3:
            _, outcome = await b.next()
            assert isinstance(outcome, PieceOutcome)
            assert outcome.reason is None
            kept.add(outcome.piece)
        assert not a.banned
        assert not b.banned
        assert (tmp_path / ".shoal-part" / "part").read_bytes() == source.read_bytes()

    run(scenario)
    part.close()


def test_the_only_piece_may_be_asked_for_before_the_channel_is_open(
    tmp_path: Path, parts: HeldFolder
) -> None:
    source = tmp_path / "source.bin"
    source.write_bytes(b"small")
    part = PartFile.create(parts, "part", 5)

    async def scenario(a: Device, b: Device) -> None:
        blocks = share(a, source)
        a.learns_from_tracker = True  # so the Request comes while the tracker is asked
        link = await b.link_to(a)
        (ch,) = link.open_channels([(GID, EID)], b)
        expect(link, ch, part, blocks, 0)
        link.send(m.Request(ch, [0]))
        assert (await b.next())[0] == "opened"
        assert await b.next() == ("outcome", PieceOutcome(ch, 0, 5, None))

    run(scenario)
    part.close()


def test_who_wants_a_file_hears_what_comes_of_it_until_it_is_withdrawn(tmp_path: Path) -> None:
    source = tmp_path / "source.bin"
    source.write_bytes(os.urandom(2 * PIECE_BYTES))

    async def scenario(a: Device, b: Device) -> None:
        share(a, source)
        await channel_of(b, a)
        a.uploads.have(GID, EID, [1])
        a.uploads.have(GID, EntryId(b"x" * 16), [0])
        assert await b.next() == ("have", [1])
        a.uploads.withdraw(GID, EID)
        assert await b.next() == ("refused", "not_yet")
        a.uploads.have(GID, EID, [0])
        assert a.uploads._open == {}

    run(scenario)


def test_who_lost_the_group_is_cut_both_ways(tmp_path: Path) -> None:
    source = tmp_path / "source.bin"
    source.write_bytes(os.urandom(PIECE_BYTES))

    async def scenario(a: Device, b: Device) -> None:
        for one, other in ((a, b), (b, a)):
            share(one, source)
            one.members.add((other.dev, GID))
        b_to_a = await b.link_to(a)
        a_to_b = await a.linked.get()
        for one, link in ((b, b_to_a), (a, a_to_b)):
            link.open_channels([(GID, EID)], one)
            assert (await one.next())[0] == "opened"
        a.members.clear()
        a.peers.recheck()
        assert await a.next() == ("refused", "not_yet")
        assert await b.next() == ("refused", "not_yet")
        assert not a_to_b.session.served
        await a.until(lambda: not b_to_a.session.served)

    run(scenario)


def test_a_device_is_not_linked_to_itself_nor_to_another_than_it_dialled() -> None:
    async def scenario(a: Device, b: Device) -> None:
        a.peers.want(a.dev, [a.address])
        assert not a.peers._candidates._dialled
        a.peers.want(b.dev, [a.address])  # somebody gave our own address out as another's
        await a.until(lambda: not a.peers._candidates._dialled)
        assert not a.peers._all
        b.peers.want(device_id(bytes(32)), [a.address])
        await a.until(lambda: not b.peers._candidates._dialled)
        await a.until(lambda: not a.peers._all)
        assert not b.peers._all

    run(scenario)


def test_who_is_not_at_its_first_address_is_found_at_the_next() -> None:
    async def scenario(a: Device, b: Device) -> None:
        with socket.create_server(("127.0.0.1", 0)) as closed:
            nobody = closed.getsockname()
        b.peers.want(a.dev, [nobody, a.address])
        assert (await b.linked.get()).address == a.address

    run(scenario)


def test_who_dials_again_has_lost_the_link_that_is_still_believed_in() -> None:
    async def scenario(a: Device, b: Device) -> None:
        await b.link_to(a)
        first = await a.linked.get()
        del b.peers.links[a.dev]  # b has forgotten it, as after a crash
        await b.link_to(a)
        second = await a.linked.get()
        assert first is not second is a.peers.links[b.dev]
        await b.until(lambda: a.peers._all == {second})

    run(scenario)


def test_a_logout_ends_all_links_and_lets_nobody_in_until_the_next_login() -> None:
    async def scenario(a: Device, b: Device) -> None:
        await b.link_to(a)
        a.peers.leave()
        await b.until(lambda: not b.peers._all)
        b.peers.want(a.dev, [a.address])
        await b.until(lambda: not b.peers._candidates._dialled)
        assert not b.peers._all
        a.peers.enter(a.leaf, [raw_public(D_KEY)])
        b.peers._candidates._failures.clear()
        await b.link_to(a)

    run(scenario)


def test_the_way_there_and_back_is_measured() -> None:
    async def scenario(a: Device, b: Device) -> None:
        link = await b.link_to(a)
        await b.until(lambda: link._has_rtt)
        assert 0 < link.rtt_s < 0.1

    run(scenario)


def test_a_seeder_grants_what_went_out_least_and_forgets_when_nobody_has_a_channel(tmp_path: Path) -> None:
    source = tmp_path / "source.bin"
    source.write_bytes(os.urandom(9 * PIECE_BYTES + 7))

    async def scenario(a: Device, b: Device) -> None:
        share(a, source)
        link, ch = await channel_of(b, a)
        assert link.features & m.FEATURE_CREDIT
        a.uploads._open[GID, EID].given.grant("another", 0, bits_of(range(9)), 9)
        link.send(m.Credit(ch, 0, bitfield.to_wire(bitfield.full(10), 10), 1))
        assert await b.next() == ("granted", [9])
        link.send(m.Credit(ch, 0, bitfield.to_wire(0, 10), 1))
        assert await b.next() == ("granted", [])
        link.send(m.Close(ch))
        await b.until(lambda: not a.uploads._open)

    run(scenario)


@pytest.mark.parametrize(
    "asked",
    [m.Request(0, [1]), m.Credit(0, 1, b"\xff", 1), m.Credit(0, 0, b"\xff", 1), m.Credit(0, 0, b"", 1)],
)
def test_asking_for_what_there_is_not_ends_the_link(tmp_path: Path, asked: m.Request | m.Credit) -> None:
    source = tmp_path / "source.bin"
    source.write_bytes(b"film")

    async def scenario(a: Device, b: Device) -> None:
        share(a, source)
        link, ch = await channel_of(b, a)
        link.send(asked)
        assert await b.next() == ("closed", ch)
        assert [dev for dev, _ in a.banned] == [b.dev]

    run(scenario)


def test_who_is_put_out_is_granted_nothing(tmp_path: Path) -> None:
    source = tmp_path / "source.bin"
    source.write_bytes(b"film")

    async def scenario(a: Device, b: Device) -> None:
        share(a, source)
        link, ch = await channel_of(b, a)
        a.members.clear()
        link.send(m.Credit(ch, 0, b"\x80", 1))
        assert await b.next() == ("refused", "not_yet")

    run(scenario)
