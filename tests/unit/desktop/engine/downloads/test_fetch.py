import os
import random
from collections import Counter
from collections.abc import Iterator
from contextlib import ExitStack, closing
from dataclasses import dataclass, field
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from desktop.engine.downloads.asked_peer import AskedPeer
from desktop.engine.downloads.fetch import Fetch
from desktop.engine.downloads.file_fetch import FileFetch
from desktop.engine.downloads.givers import HERE
from desktop.engine.downloads.piece_picker import FIRST_PIECES
from desktop.engine.downloads.tally import Source, sources
from desktop.engine.files import bitfield
from desktop.engine.files.bitfield import pieces_of
from desktop.engine.files.part_file import PartFile
from desktop.engine.files.piece_io import PieceOutcome
from desktop.engine.files.piece_set import PieceSet
from desktop.engine.library import FileRecord, Library
from desktop.engine.peers.crediting import Crediting
from shared.errors import Coded, DiskFull
from shared.facts.ids import DeviceId, EntryId, GroupId
from shared.limits import BLOCK_PIECES, CHANNEL_STALLED_S, PIECE_BYTES
from shared.manifest import Manifest, hash_piece, pieces_in, root_of
from shared.wire import peer_messages as m
from tests.support.bits import bits_of
from tests.support.parts import parts_in
from tests.support.scripted_link import Content, FixedRate, ScriptedLink, content_of, work, zeros

GID, EID = GroupId(b"g" * 16), EntryId(b"e" * 16)
CONTENT = content_of(random.Random(1).randbytes(20 * PIECE_BYTES + 77))
PIECES = 21


@dataclass
class Told:
    """Host and judge in one: remembers what it was told."""

    got_pieces: list[int] = field(default_factory=list)
    is_fetched: bool = False
    errors: list[Coded] = field(default_factory=list)
    bad: list[tuple[DeviceId, int, str]] = field(default_factory=list)
    wasted_bytes: int = 0
    lost: list[tuple[DeviceId, str]] = field(default_factory=list)

    def got(self, fetch: Fetch, piece: int, length: int) -> None:
        self.got_pieces.append(piece)

    def fetched(self, fetch: Fetch) -> None:
        assert not self.is_fetched
        self.is_fetched = True
        fetch.stop()

    def failed(self, fetch: Fetch, error: Coded) -> None:
        self.errors.append(error)
        fetch.stop()

    def rejected(self, device: DeviceId, piece: int, reason: str) -> None:
        self.bad.append((device, piece, reason))

    def wasted(self, length: int) -> None:
        self.wasted_bytes += length

    def channel_lost(self, fetch: Fetch, device: DeviceId, code: str) -> None:
        self.lost.append((device, code))


class Bench:
    """One file, fetched from scripted links."""

    def __init__(
        self, folder: Path, content: Content = CONTENT, had: int = 0, *, is_sparse: bool = False
    ) -> None:
        self.content = content
        self.told = Told()
        self.now = 100.0
        folder.mkdir(exist_ok=True)
        self.library = Library(folder / "library.sqlite")
        self._open = ExitStack()
        self._open.callback(self.library.close)
        parts = self._open.enter_context(parts_in(folder))
        self.path = parts.path / "part"
        if is_sparse:
            with self.path.open("wb") as file:
                file.truncate(content.size)
            reopened = PartFile.reopen(parts, "part", content.size)
            assert reopened
            self.part = reopened
        else:
            self.part = PartFile.create(parts, "part", content.size)
            for piece in pieces_of(had):
                self.part.write(piece, content.piece(piece))
        self._open.callback(self.part.close)
        record = FileRecord(0, EID, "a", content.manifest.root, content.size, "a", "part")
        begun = PieceSet(pieces_in(content.size), pieces_of(had))
        self.fetch = FileFetch(GID, record, self.part, begun, self.told, self.library, random.Random(5))
        self.peers: list[AskedPeer] = []

    def close(self) -> None:
        self._open.close()

    def link(self, **how: object) -> ScriptedLink:
        link = ScriptedLink(DeviceId(os.urandom(16)), {EID: self.content}, **how)  # type: ignore[arg-type]
        peer = AskedPeer(link, lambda: self.now)
        peer.open([self.fetch])
        self.peers.append(peer)
        return link

    def wait(self, seconds: float) -> None:
        for _ in range(int(seconds * 2)):
            self.now += 0.5
            for peer in self.peers:
                peer.check(self.now)
            self.fetch.look_after_blocks(self.now)

    def assert_complete(self) -> None:
        assert self.told.is_fetched
        assert self.path.read_bytes() == self.content.data
        assert sorted(self.told.got_pieces) == list(range(len(self.told.got_pieces)))
        assert all(peer._window.requests == peer._window.in_flight_bytes == 0 for peer in self.peers)
        assert self.fetch.done_bytes == len(self.content.data)
        assert not self.fetch._blocks.here
        assert not self.fetch.channels


@pytest.fixture
def bench(tmp_path: Path) -> Iterator[Bench]:
    with closing(Bench(tmp_path)) as made:
        yield made


def test_a_file_comes_from_one_peer(bench: Bench) -> None:
    link = bench.link()
    work(link)
    bench.assert_complete()
    assert sorted(link.served) == [(EID, piece) for piece in range(PIECES)]
    bench.library.submit(lambda _: None).result()  # it is written behind what was asked to be written before
    assert bench.library.manifest(CONTENT.manifest.root) is not None


def test_who_gave_which_piece_is_known(tmp_path: Path) -> None:
    bench = Bench(tmp_path, had=0b111)
    first, second = bench.link(), bench.link()
    work(first, second)
    assert bench.told.is_fetched
    runs = bench.fetch.givers.runs(bench.fetch.picker.had)
    assert runs[0] == (3, HERE)
    givers = [giver for cells, giver in runs for _ in range(cells)]
    for link in (first, second):
        assert {piece for _, piece in link.served} == {
            at for at, one in enumerate(givers) if one == link.device
        }
    assert sum(bench.fetch.givers.bytes.values()) == CONTENT.size - 3 * PIECE_BYTES
    bench.close()


def test_who_gave_a_piece_that_was_being_checked_when_it_was_stopped_is_known(bench: Bench) -> None:
    link, other = bench.link(), bench.link(holds=lambda _: 0)
    link.work(1)
    checked, missing, heard = list(bench.fetch.channels[0].asked)[:3]
    bench.peers[0].outcomes(link, [PieceOutcome(0, heard, PIECE_BYTES, None)])
    bench.part.write(checked, CONTENT.piece(checked))
    bench.fetch.stop()
    bench.peers[0].outcomes(link, [PieceOutcome(0, checked, PIECE_BYTES, None)])  # too late
    bench.fetch.laid_aside(PieceSet(PIECES, [heard, checked]))
    assert bench.fetch.givers.bytes == {link.device: 2 * PIECE_BYTES}
    runs = bench.fetch.givers.runs(PieceSet(PIECES, [heard, checked]))
    assert {giver for _, giver in runs} == {None, link.device}
    assert missing not in bench.told.got_pieces
    assert other.device not in bench.fetch.givers.take_lately()


def test_what_each_peer_does_now_is_told(bench: Bench) -> None:
    sends, idles, opening = bench.link(), bench.link(holds=lambda _: 0), bench.link()
    sends.work(1)
    idles.work(1)

    def told(*elsewhere: DeviceId) -> dict[DeviceId, Source]:
        given = Counter(dict.fromkeys(elsewhere, 5))
        return {one.device: one for one in sources(given, [bench.fetch], bench.now)}

    assert {device: one.state for device, one in told().items()} == {
        sends.device: "sending",
        idles.device: "idle",
        opening.device: "opening",
    }
    assert told()[sends.device].in_flight == len(sends._sinks) > 0
    sends.work(1)
    bench.now += 60
    assert told()[sends.device].state == "late"
    gone = DeviceId(b"gone")
    assert told(gone)[gone] == (gone, "gone", 5, 0)
    assert next(iter(told(gone))) == sends.device  # who gave most


def test_peers_that_are_alike_give_alike(bench: Bench) -> None:
    links = [bench.link(down=FixedRate(1_000_000)) for _ in range(4)]
    work(*links)
    bench.assert_complete()
    assert all(len(link.served) >= PIECES // 4 - 2 for link in links)
    assert sum(len(link.served) for link in links) == PIECES


def test_what_is_had_is_not_asked_again(tmp_path: Path) -> None:
    bench = Bench(tmp_path, had=bits_of([0, 3, 20]))
    link = bench.link()
    work(link)
    assert bench.told.is_fetched
    assert {piece for _, piece in link.served} == set(range(PIECES)) - {0, 3, 20}
    assert bench.path.read_bytes() == CONTENT.data
    bench.close()


def test_peers_that_have_a_part_each_make_a_whole(bench: Bench) -> None:
    odd, even = bits_of(range(1, PIECES, 2)), bits_of(range(0, PIECES, 2))
    links = [bench.link(holds=lambda _: odd), bench.link(holds=lambda _: even)]
    work(*links)
    bench.assert_complete()


def test_a_piece_that_a_peer_gets_later_is_asked_of_it(bench: Bench) -> None:
    link = bench.link(holds=lambda _: 0)
    work(link)
    bench.peers[0].have(link, 0, list(range(PIECES)))
    work(link)
    bench.assert_complete()


def test_a_lying_peer_never_gets_a_byte_in(bench: Bench) -> None:
    liar = bench.link(spoil=lambda _eid, _piece, data: bytes([data[0] ^ 1]) + data[1:])
    honest = bench.link()
    work(liar, honest)
    bench.assert_complete()
    assert {device for device, _, _ in bench.told.bad} == {liar.device}
    pieces = [piece for _, piece, _ in bench.told.bad]
    assert len(pieces) == len(set(pieces)), "asked the same of it again"


def test_a_piece_is_good_only_if_both_hashes_match(tmp_path: Path) -> None:
    bench = Bench(tmp_path, content_of(b"x" * 100))
    link = bench.link()
    bench.peers[0].opened(link, 0, opened(bench.content.manifest))
    sink = link._sinks[0, 0]
    assert sink.expected == hash_piece(b"x" * 100)
    assert sink.length == 100
    bench.close()


def opened(manifest: Manifest, **changed: object) -> m.Opened:
    fields = {
        "header": manifest.header,
        "index": manifest.index,
        "block0": manifest.blocks[0],
        "bitfield": None,
    }
    return m.Opened(0, **(fields | changed))  # type: ignore[arg-type]


OTHER = content_of(random.Random(2).randbytes(len(CONTENT.data))).manifest


@pytest.mark.parametrize(
    "forged",
    [
        {"header": OTHER.header},
        {"index": OTHER.index},
        {"header": OTHER.header, "index": OTHER.index, "block0": OTHER.blocks[0]},
        {"index": CONTENT.manifest.index + OTHER.index},
        {"block0": OTHER.blocks[0]},
        {"block0": CONTENT.manifest.blocks[0][:-1]},
        {"block0": b""},
        {"bitfield": b"\xff"},
        {"bitfield": b"\xff\xff\xff\xff"},
        {"bitfield": b"\xff\xff\xff"},
    ],
)
def test_a_forged_manifest_is_caught_before_any_piece_is_asked(
    bench: Bench, forged: dict[str, object]
) -> None:
    link = bench.link()
    link._todo.clear()
    link.hear(lambda peer: peer.opened(link, 0, opened(CONTENT.manifest, **forged)))
    assert link.violation
    assert not any(isinstance(message, m.Request) for message in link.sent)
    work(bench.link())
    bench.assert_complete()


def test_lists_that_differ_by_peer_are_caught(bench: Bench) -> None:
    first, second = bench.link(), bench.link()
    first.work()
    second.hear(lambda peer: peer.opened(second, 0, opened(OTHER)))
    assert second.violation
    work(first)
    bench.assert_complete()


@pytest.mark.parametrize("pieces", [[PIECES], [1 << 20]])
def test_a_piece_beyond_the_end_is_a_violation(bench: Bench, pieces: list[int]) -> None:
    link = bench.link()
    link.work(1)
    link.hear(lambda peer: peer.have(link, 0, pieces))
    assert link.violation


def test_an_entry_whose_size_is_not_that_of_its_root_fails(tmp_path: Path) -> None:
    bench = Bench(tmp_path)
    manifest = content_of(b"x").manifest
    bench.fetch.root = root_of(manifest.header, manifest.index)
    link = bench.link()
    bench.peers[0].opened(link, 0, opened(manifest))
    assert [error.code for error in bench.told.errors] == ["damaged"]
    bench.close()


def test_what_a_lost_peer_was_asked_is_asked_of_others(bench: Bench) -> None:
    lost, other = bench.link(), bench.link()
    lost.work(1)
    other.work(1)
    assert bench.fetch.channels[0].asked
    lost.lose()
    assert bench.told.lost == [(lost.device, "")]
    work(other)
    bench.assert_complete()


def test_all_peers_lost_and_one_back_goes_on_where_it_stood(bench: Bench) -> None:
    first = bench.link()
    first.work(1)
    first.work(1)
    first.lose()
    had = len(bench.told.got_pieces)
    assert 0 < had < PIECES
    second = bench.link()
    work(second)
    bench.assert_complete()
    assert len(second.served) == PIECES - had


def test_a_stalled_peer_costs_a_second_or_two(bench: Bench) -> None:
    stalled, other = bench.link(), bench.link()
    stalled.work(1)
    stalled.is_stalled = True
    stalled.down.rate = 0
    work(other)
    assert not bench.told.is_fetched
    bench.wait(2)
    work(other)
    bench.assert_complete()
    assert sorted(stalled.forgotten) == sorted(set(stalled.forgotten))


def test_what_a_cap_stops_is_not_asked_until_the_cap_goes(bench: Bench) -> None:
    link = bench.link()
    link.work(3)
    assert bench.fetch.picker.asked
    link.stopped = {GID}
    bench.wait(0.5)
    assert not bench.fetch.picker.asked
    asked = sum(isinstance(message, m.Request) for message in link.sent)
    work(link)
    bench.wait(30)
    assert sum(isinstance(message, m.Request) for message in link.sent) == asked
    assert not bench.told.lost
    link.stopped = set()
    bench.wait(0.5)
    work(link)
    bench.assert_complete()


def test_a_dripping_peer_does_not_hold_the_end_up(bench: Bench) -> None:
    dripping, other = bench.link(), bench.link()
    dripping.work(1)
    dripping.is_stalled = True
    dripping.down.rate = 100
    work(other)
    bench.wait(2)
    work(other)
    bench.assert_complete()


def test_a_slow_but_steady_peer_is_left_its_pieces(bench: Bench) -> None:
    slow, other = bench.link(), bench.link(down=FixedRate(0))
    slow.work(1)
    slow.down.rate = 200_000
    slow.is_stalled = True
    for _ in range(4):
        slow.down.total += 100_000
        bench.wait(0.5)
    work(other)
    assert not bench.told.is_fetched
    assert not bench.fetch.choosing.late
    slow.is_stalled = False
    work(slow)
    bench.assert_complete()
    assert bench.told.wasted_bytes == 0


def test_a_piece_late_at_two_peers_is_asked_of_a_third_but_not_of_all(tmp_path: Path) -> None:
    bench = Bench(tmp_path, had=bitfield.full(PIECES) & ~1)
    links = [bench.link() for _ in range(4)]
    for link in links:
        link.work(1)
        link.is_stalled = True
        link.down.rate = 0
    asked = [bench.fetch.picker.asked[0]]
    for _ in range(3):
        bench.wait(1)
        asked.append(bench.fetch.picker.asked[0])
    assert asked[0] == 1
    assert asked[1] <= 2
    assert asked[-1] <= 3
    bench.close()


def test_a_peer_that_brings_nothing_for_long_is_let_go(bench: Bench) -> None:
    stalled = bench.link()
    stalled.work(1)
    stalled.is_stalled = True
    stalled.down.rate = 0
    bench.wait(CHANNEL_STALLED_S + 1)
    assert bench.told.lost == [(stalled.device, "stalled")]
    assert bench.fetch.picker.wanted.is_whole
    assert any(isinstance(message, m.Close) for message in stalled.sent)


def test_in_the_endgame_a_fast_peer_takes_over_from_a_slow_one_and_the_loser_is_cancelled(
    bench: Bench,
) -> None:
    slow, fast = bench.link(down=FixedRate(500_000)), bench.link()
    slow.work(1)
    slow.is_stalled = True
    work(fast)
    bench.assert_complete()
    assert any(isinstance(message, m.Cancel) for message in slow.sent)


def test_in_the_endgame_nothing_is_asked_twice_where_it_gains_nothing(bench: Bench) -> None:
    links = [bench.link() for _ in range(4)]
    for _ in range(100):
        for link in links:
            link.work(1)
    bench.assert_complete()
    asked = Counter(piece for link in links for message in link.sent if isinstance(message, m.Request)
                    for piece in message.pieces)  # fmt: skip
    assert sum(asked.values()) == PIECES


def test_a_piece_that_comes_after_its_cancel_counts_once(bench: Bench) -> None:
    link = bench.link()
    link.work(1)
    channel = bench.fetch.channels[0]
    piece = next(iter(channel.asked))
    bench.part.write(piece, CONTENT.piece(piece))
    bench.peers[0].cancel(channel, piece)
    bench.fetch.picker.failed(piece)
    bench.fetch.came(channel, outcome_of(piece))
    bench.fetch.came(channel, outcome_of(piece))
    assert bench.told.got_pieces == [piece]
    assert bench.told.wasted_bytes == PIECE_BYTES
    work(link)
    bench.assert_complete()


def outcome_of(piece: int) -> PieceOutcome:
    return PieceOutcome(0, piece, PIECE_BYTES, None)


def test_a_rejected_piece_is_not_asked_of_that_peer_again(bench: Bench) -> None:
    link, other = bench.link(), bench.link()
    link.work(1)
    piece = next(iter(bench.fetch.channels[0].asked))
    bench.peers[0].rejected(link, 0, piece, "not_found")
    work(link, other)
    bench.assert_complete()
    assert (EID, piece) in other.served


def test_a_refused_channel_is_told_to_who_may_try_again(bench: Bench) -> None:
    link = bench.link(refuses={EID: "not_yet"})
    work(link)
    assert bench.told.lost == [(link.device, "not_yet")]
    assert not bench.fetch.channels


def test_a_full_disk_stops_the_file_and_says_so(bench: Bench) -> None:
    link = bench.link()
    link.work(1)
    sink = next(iter(link._sinks.values()))
    bench.peers[0].outcomes(link, [PieceOutcome(0, sink.piece, sink.length, "disk_full")])
    assert isinstance(bench.told.errors[0], DiskFull)
    work(link)
    assert bench.told.got_pieces == []


def test_it_offers_what_it_has_while_it_runs(bench: Bench) -> None:
    link = bench.link(holds=lambda _: bits_of([2, 4]))
    assert bench.fetch.offer() is None
    work(link)
    offer = bench.fetch.offer()
    assert offer is not None
    assert offer.bitfield() == bitfield.to_wire(bits_of([2, 4]), PIECES)
    assert (offer.header, offer.index) == (CONTENT.manifest.header, CONTENT.manifest.index)
    assert offer.block(0) == CONTENT.manifest.blocks[0]
    assert offer.has(4)
    assert not offer.has(3)
    assert not offer.has(PIECES)
    with offer.file as fd:
        assert os.pread(fd, PIECE_BYTES, offer.source(4).offset) == CONTENT.piece(4)


def test_own_bytes_go_the_same_verified_way(bench: Bench) -> None:
    work(bench.link(holds=lambda _: 1))
    bench.fetch.stop()
    bench.fetch.is_stopped = False
    while sinks := bench.fetch.take_own(4):
        for sink in sinks:
            bench.part.write(sink.piece, CONTENT.piece(sink.piece))
            bench.fetch.own_came(sink, is_good=True)
    bench.assert_complete()


def test_the_blocks_of_a_large_file_are_asked_as_they_are_needed(tmp_path: Path) -> None:
    count = 3 * BLOCK_PIECES + 5
    missing = [5, BLOCK_PIECES + 7, count - 1]
    bench = Bench(tmp_path, zeros(count), had=bitfield.full(count) & ~bits_of(missing), is_sparse=True)
    link = bench.link()
    work(link)
    assert bench.told.is_fetched
    assert sorted(bench.told.got_pieces) == missing
    assert [message.block for message in link.sent if isinstance(message, m.GetBlock)] == [0, 1, 3]
    assert not bench.fetch._blocks.here
    bench.close()


def test_a_forged_block_is_a_violation_and_comes_from_another(tmp_path: Path) -> None:
    count = BLOCK_PIECES + 1
    bench = Bench(tmp_path, zeros(count), had=bitfield.full(count) & ~1, is_sparse=True)
    liar = bench.link()
    liar.work(1)
    forged = bench.content.block(0)[:-1] + b"x"
    liar.hear(lambda peer: peer.block(liar, 0, 0, forged))
    assert liar.violation
    work(bench.link())
    assert bench.told.is_fetched
    bench.close()


def test_a_block_that_does_not_come_is_asked_of_another(tmp_path: Path) -> None:
    count = BLOCK_PIECES + 1
    bench = Bench(tmp_path, zeros(count), had=bitfield.full(count) & ~1, is_sparse=True)
    stalled, other = bench.link(), bench.link()
    stalled.work(1)
    stalled.is_stalled = True
    work(other)
    assert bench.told.got_pieces == []
    bench.wait(6)
    work(other)
    assert bench.told.is_fetched
    bench.close()


def test_several_connections_to_one_device_make_nothing_less_rare(bench: Bench) -> None:
    def fewest_have() -> int:
        return next(bench.fetch.picker._rarity[0].from_rarest(1)).holders

    links = [bench.link(holds=lambda _: 1), bench.link(holds=lambda _: 1)]
    other = bench.link(holds=lambda _: 1)
    links[1].device = links[0].device
    for link in (*links, other):
        link.work(1)
    assert fewest_have() == 2
    links[0].lose()
    assert fewest_have() == 2, "the other connection counts for it now"
    links[1].lose()
    assert fewest_have() == 1


def credited(bench: Bench, **how: object) -> ScriptedLink:
    return bench.link(features=m.FEATURE_CREDIT, down=FixedRate(1_000_000), **how)


def asked_of(link: ScriptedLink) -> list[int]:
    return [piece for message in link.sent if isinstance(message, m.Request) for piece in message.pieces]


def test_a_lone_seeder_gives_each_piece_once_before_any_twice(tmp_path: Path) -> None:
    giving = Crediting(random.Random(7))
    benches = [Bench(tmp_path / str(n)) for n in range(3)]
    for bench in benches:
        bench.link(holds=lambda _: 0).work()  # somebody to share with
    links = [credited(bench, giving=giving) for bench in benches]
    for link in links:
        link.work(1)  # all have asked for a first piece, and for credit
    while sum(len(asked_of(link)) for link in links) < PIECES:
        for link in links:
            link.work(1)
    times = Counter(piece for link in links for piece in asked_of(link))
    assert len(times) >= PIECES - 3, "only the first ones, which are asked for without an answer, may collide"
    work(*links)
    for bench in benches:
        bench.assert_complete()
        bench.close()


def test_no_piece_comes_twice_where_several_seeders_grant_the_same(bench: Bench) -> None:
    links = [credited(bench) for _ in range(4)]
    work(*links)
    bench.assert_complete()
    assert sum(len(link.served) for link in links) == PIECES
    assert not bench.fetch.choosing.granted


def test_while_others_may_not_be_seen_yet_no_more_is_granted_than_may_be_in_flight(bench: Bench) -> None:
    link = credited(bench)
    while len(bench.told.got_pieces) < FIRST_PIECES:
        granted = len(bench.fetch.choosing.granted)
        assert granted <= bench.peers[0].window_pieces
        link.work(1)
    work(link)
    bench.assert_complete()


def test_a_seeder_that_leaves_takes_its_grants_with_it(bench: Bench) -> None:
    leaving, other = credited(bench), credited(bench)
    leaving.work(1)
    leaving.work(1)
    assert bench.fetch.choosing.granted
    leaving.lose()
    assert not bench.fetch.choosing.granted
    work(other)
    bench.assert_complete()


def test_who_has_a_part_only_is_asked_for_the_rarest_and_not_for_credit(bench: Bench) -> None:
    part = credited(bench, holds=lambda _: bitfield.full(PIECES) & ~1)
    old = bench.link()
    work(part, old)
    bench.assert_complete()
    assert not any(isinstance(message, m.Credit) for link in (part, old) for message in link.sent)


@pytest.mark.parametrize("answer", [[], None])
def test_a_peer_that_grants_nothing_is_asked_without(bench: Bench, answer: list[int] | None) -> None:
    link = credited(bench)
    link.work(1)
    assert isinstance(link.sent[0], m.Credit)
    link._todo = [message for message in link._todo if not isinstance(message, m.Credit)]
    if answer is None:
        bench.wait(2)
    else:
        bench.peers[0].granted(link, 0, answer)
    assert len(bench.fetch.channels[0].asked) > 1
    link.giving.grant = lambda *_: []  # type: ignore[method-assign]
    work(link)
    bench.assert_complete()


def test_a_piece_granted_and_then_had_of_another_is_not_asked_again(bench: Bench) -> None:
    seeder, other = credited(bench), bench.link()
    seeder.work(1)
    seeder.work(1)
    granted = set(bench.fetch.choosing.granted)
    assert granted
    work(other)
    work(seeder)
    bench.assert_complete()
    assert sum(len(link.served) for link in (seeder, other)) == PIECES


@pytest.mark.parametrize("pieces", [[0] * 2, [PIECES], [BLOCK_PIECES], list(range(PIECES))])
def test_pieces_granted_that_nobody_asked_for_are_a_violation(bench: Bench, pieces: list[int]) -> None:
    link = credited(bench)
    link.work(1)
    link.hear(lambda peer: peer.granted(link, 0, pieces))
    assert link.violation
    assert not bench.fetch.choosing.granted


def test_pieces_granted_without_a_question_are_a_violation(bench: Bench) -> None:
    link = bench.link()
    link.work(1)
    link.hear(lambda peer: peer.granted(link, 0, []))
    assert link.violation


def test_what_is_granted_to_one_file_of_many_blocks_is_of_a_block_that_is_known(tmp_path: Path) -> None:
    count = 2 * BLOCK_PIECES + 9
    missing = [7, BLOCK_PIECES + 1, *range(2 * BLOCK_PIECES, count)]
    bench = Bench(tmp_path, zeros(count), had=bitfield.full(count) & ~bits_of(missing), is_sparse=True)
    link = credited(bench)
    work(link)
    assert bench.told.is_fetched
    assert sorted(asked_of(link)) == missing
    bench.close()


def in_order(bench: Bench) -> Bench:
    bench.fetch.choosing.is_in_order = True
    return bench


def test_for_a_preview_pieces_are_asked_from_first_to_last_of_several_peers(bench: Bench) -> None:
    links = [in_order(bench).link(down=FixedRate(1_000_000)) for _ in range(2)]
    for link in links:
        link.work(1)
    first = sorted(piece for link in links for piece in asked_of(link))
    assert first == list(range(len(first)))
    work(*links)
    bench.assert_complete()
    assert all(link.served for link in links)


def test_for_a_preview_a_slow_peer_is_asked_for_what_is_needed_later(bench: Bench) -> None:
    fast = in_order(bench).link(down=FixedRate(10_000_000))
    fast.work(1)
    asked = len(asked_of(fast))
    slow = bench.link(down=FixedRate(1_000_000))
    slow.work(1)
    assert asked_of(slow)[0] > asked, "the fast one will have brought that"
    work(fast, slow)
    bench.assert_complete()


def test_for_a_preview_a_seeder_gives_the_first_of_what_it_gave_to_the_fewest(bench: Bench) -> None:
    link = credited(in_order(bench))
    work(link)
    bench.assert_complete()
    assert asked_of(link) == list(range(PIECES))
    assert all(message.in_order for message in link.sent if isinstance(message, m.Credit))


def test_many_who_look_at_a_file_while_it_comes_get_different_pieces_of_one_seeder(tmp_path: Path) -> None:
    giving = Crediting(random.Random(7))
    benches = [in_order(Bench(tmp_path / str(n))) for n in range(3)]
    for bench in benches:
        bench.link(holds=lambda _: 0).work()  # somebody to share with
    links = [credited(bench, giving=giving) for bench in benches]
    while sum(len(asked_of(link)) for link in links) < PIECES // 2:
        for link in links:
            link.work(1)
    asked = sorted(piece for link in links for piece in asked_of(link))
    assert asked == list(range(len(asked)))
    work(*links)
    for bench in benches:
        bench.assert_complete()
        bench.close()


def test_for_a_preview_what_a_slow_seeder_granted_is_asked_of_a_fast_one(bench: Bench) -> None:
    slow = in_order(bench).link(features=m.FEATURE_CREDIT, down=FixedRate(100_000))
    slow.work(1)
    slow.work(1)
    granted = [piece for piece in bench.fetch.channels[0].grants.pieces if piece not in asked_of(slow)]
    assert granted
    fast = bench.link(features=m.FEATURE_CREDIT, down=FixedRate(50_000_000))
    fast.work(1)
    assert granted[0] in asked_of(fast)
    work(fast, slow)
    bench.assert_complete()


def test_for_a_preview_the_next_piece_is_asked_of_a_second_peer_that_is_sooner(bench: Bench) -> None:
    slow = in_order(bench).link(down=FixedRate(100_000))
    slow.work(1)
    slow.is_stalled = True
    fast = bench.link(down=FixedRate(50_000_000))
    fast.work(1)
    assert bench.fetch.picker.first_missing in asked_of(slow)
    assert bench.fetch.picker.first_missing in asked_of(fast)
    work(fast)
    bench.wait(2)
    work(fast)
    bench.assert_complete()


def test_the_order_may_change_on_the_way(bench: Bench) -> None:
    link = credited(bench)
    for _ in range(3):
        link.work(1)
    in_order(bench)
    before = len(asked_of(link))
    link.work(1)
    later = asked_of(link)[before:]
    assert later == sorted(later)
    bench.fetch.choosing.is_in_order = False
    work(link)
    bench.assert_complete()


def test_for_a_preview_the_hashes_of_the_first_missing_piece_are_asked_first(tmp_path: Path) -> None:
    count = 3 * BLOCK_PIECES
    missing = [5, BLOCK_PIECES + 7, count - 1]
    bench = Bench(tmp_path, zeros(count), had=bitfield.full(count) & ~bits_of(missing), is_sparse=True)
    last = bench.link(holds=lambda _: bits_of([count - 1]))
    last.work()  # whose hashes are asked before any others
    link = in_order(bench).link()
    work(link)
    assert [message.block for message in link.sent if isinstance(message, m.GetBlock)] == [0, 1]
    work(last)
    assert bench.told.is_fetched
    bench.close()


@pytest.mark.slow
@settings(suppress_health_check=[HealthCheck.function_scoped_fixture], max_examples=30)
@given(script=st.lists(st.tuples(st.integers(0, 3), st.sampled_from("workworklosestalllate")), max_size=60))
def test_whatever_peers_do_the_file_comes_once_an_honest_one_stays(
    tmp_path_factory: pytest.TempPathFactory, script: list[tuple[int, str]]
) -> None:
    bench = Bench(
        tmp_path_factory.mktemp("fetch"), content_of(random.Random(3).randbytes(9 * PIECE_BYTES + 1))
    )
    links = [bench.link(features=number % 2) for number in range(4)]
    for number, act in script:
        link = links[number]
        match act:
            case "w" | "o" | "r" | "k":
                link.work(1)
            case "l":
                link.lose()
                if not bench.told.is_fetched:
                    links[number] = bench.link(features=number % 2)
            case "s":
                link.is_stalled = True
                link.down.rate = 0
            case _:
                bench.wait(1.5)
    if not bench.told.is_fetched:
        for link in links:
            link.lose()
        work(bench.link())
    bench.assert_complete()
    bench.close()


def test_who_is_near_is_asked_what_it_would_give_before_it_is_asked_for_anything(bench: Bench) -> None:
    near, far = credited(bench, rtt_s=0.001), credited(bench, rtt_s=0.1)
    near.work(1)
    far.work(1)
    assert not any(isinstance(message, m.Request) for message in near.sent)
    assert any(isinstance(message, m.Request) for message in far.sent)
    work(near, far)
    bench.assert_complete()


def test_a_seeder_is_asked_for_what_others_do_not_have(bench: Bench) -> None:
    bench.link(holds=lambda _: 0xFF).work(1)
    seeder = credited(bench)
    seeder.work(1)
    credit = next(message for message in seeder.sent if isinstance(message, m.Credit))
    assert bitfield.from_wire(credit.wanted, PIECES) == bitfield.full(PIECES) & ~0xFF
