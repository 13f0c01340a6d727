"""What peers are asked for, played by hand: bytes come, and time passes, when a test says so."""

import math
import random
from collections import Counter
from dataclasses import dataclass, field
from typing import cast

from hypothesis import settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, invariant, rule

from desktop.engine.downloads.asked_peer import AskedPeer
from desktop.engine.downloads.early_part import UNPROVEN
from desktop.engine.downloads.fetch import Fetch
from desktop.engine.downloads.file_fetch import FileFetch
from desktop.engine.files import bitfield
from desktop.engine.files.part_file import PartFile
from desktop.engine.files.piece_io import PieceOutcome, PieceSink
from desktop.engine.files.piece_set import PieceSet
from desktop.engine.library import FileRecord, Library
from shared.errors import Coded
from shared.facts.ids import DeviceId, EntryId, GroupId
from shared.limits import CHANNEL_STALLED_S, PIECE_BYTES, PIECE_STALLED_S
from shared.wire import peer_messages as m
from tests.sim.swarm.node import Memory, NoPart
from tests.support.bits import bits_of
from tests.support.scripted_link import FixedRate, zeros

GID, EID = GroupId(b"g" * 16), EntryId(b"e" * 16)
PIECES = 24
CONTENT = zeros(PIECES)
RATE = 2 * PIECE_BYTES


@dataclass(eq=False)
class Line:
    """A link whose bytes come by deliver()."""

    device: DeviceId
    rtt_s: float = 0.05
    person: bytes = b""
    features: int = 0
    down: FixedRate = field(default_factory=lambda: FixedRate(RATE))
    awaited: dict[tuple[int, int], PieceSink] = field(default_factory=dict)
    queue: list[tuple[int, int]] = field(default_factory=list)
    """What the other side is to send, in order."""
    closed: list[int] = field(default_factory=list)

    def open_channels(self, entries: list[tuple[GroupId, EntryId]], listener: AskedPeer) -> list[int]:
        return list(range(len(entries)))

    def open_bundle(self, gid: GroupId, eids: list[EntryId], listener: AskedPeer) -> int:
        raise NotImplementedError

    def send(self, message: m.Message) -> None:
        match message:
            case m.Request(ch, pieces):
                self.queue += [(ch, piece) for piece in pieces]
            case m.Cancel(ch, pieces):
                self.queue = [key for key in self.queue if key not in {(ch, piece) for piece in pieces}]
            case m.Close(ch):
                self.closed.append(ch)
                self.queue = [key for key in self.queue if key[0] != ch]
            case _:
                pass

    def may_ask(self, gid: GroupId) -> bool:
        return True

    def expect(self, ch: int, piece: int, sink: PieceSink) -> None:
        assert (ch, piece) not in self.awaited, "asked for twice"
        self.awaited[ch, piece] = sink

    def forget(self, ch: int, piece: int) -> None:
        del self.awaited[ch, piece]


class Game:
    """One file from some peers. Fetch's Host."""

    def __init__(self, missing: int = PIECES) -> None:
        self.now = 100.0
        self.got_pieces: list[int] = []
        self.is_fetched = False
        self.wasted_bytes = 0
        record = FileRecord(0, EID, "a", CONTENT.manifest.root, CONTENT.size, "a", "part")
        library = cast("Library", Memory())
        part, had = cast("PartFile", NoPart()), PieceSet(PIECES, range(missing, PIECES))
        self.fetch = FileFetch(GID, record, part, had, self, library, random.Random(5))
        self.peers: list[AskedPeer] = []

    def join(
        self,
        has: int | None = None,
        rate: float = RATE,
        rtt_s: float = 0.05,
        number: int | None = None,
        *,
        answers: bool = True,
    ) -> AskedPeer:
        number = len(self.peers) if number is None else number
        line = Line(DeviceId(number.to_bytes(16)), rtt_s, down=FixedRate(rate))
        peer = AskedPeer(line, lambda: self.now)
        self.peers.append(peer)
        peer.open([self.fetch])
        if answers:
            self.answer(peer, has)
        return peer

    def answer(self, peer: AskedPeer, has: int | None) -> None:
        raw = None if has is None else bitfield.to_wire(has, PIECES)
        manifest = CONTENT.manifest
        peer.opened(peer.link, 0, m.Opened(0, manifest.header, manifest.index, manifest.blocks[0], raw))

    def deliver(self, peer: AskedPeer) -> None:
        """The next piece that it was asked for."""
        line = line_of(peer)
        if line.queue:
            ch, piece = line.queue.pop(0)
            sink = line.awaited.pop((ch, piece))
            line.down.total += sink.length
            peer.outcomes(line, [PieceOutcome(ch, piece, sink.length, None)])

    def lose(self, peer: AskedPeer) -> None:
        self.peers.remove(peer)
        for ch in list(peer.channels):
            peer.closed(peer.link, ch)

    def wait(self, seconds: float) -> None:
        for _ in range(int(seconds * 10)):
            self.now += 0.1
            for peer in self.peers:
                peer.check(self.now)

    def got(self, fetch: Fetch, piece: int, length: int) -> None:
        self.got_pieces.append(piece)

    def fetched(self, fetch: Fetch) -> None:
        self.is_fetched = True
        fetch.stop()

    def failed(self, fetch: Fetch, error: Coded) -> None:
        raise AssertionError(error)

    def rejected(self, device: DeviceId, piece: int, reason: str) -> None:
        raise AssertionError(reason)

    def channel_lost(self, fetch: Fetch, device: DeviceId, code: str) -> None:
        pass

    def wasted(self, length: int) -> None:
        self.wasted_bytes += length


def line_of(peer: AskedPeer) -> Line:
    return cast("Line", peer.link)


def test_who_brings_nothing_is_asked_for_nothing_more_until_something_comes() -> None:
    game = Game()
    peer = game.join()
    asked = len(line_of(peer).queue)
    assert asked > 0
    game.wait(PIECE_STALLED_S + 0.2)
    line_of(peer).down.rate = 100 * RATE
    game.wait(1)
    assert len(line_of(peer).queue) == asked
    game.deliver(peer)
    assert len(line_of(peer).queue) > asked


def test_what_a_stalled_peer_was_asked_for_is_asked_of_another_and_no_sooner() -> None:
    game = Game()
    stalled = game.join()
    pieces = [piece for _, piece in line_of(stalled).queue]
    other = game.join(has=bits_of(pieces))
    game.wait(PIECE_STALLED_S - 0.2)
    assert line_of(other).queue == []
    game.wait(0.5)
    assert sorted(piece for _, piece in line_of(other).queue) == sorted(pieces)


def test_a_piece_that_comes_slowly_is_left_to_who_brings_it() -> None:
    game = Game()
    slow = game.join(rate=50_000)
    other = game.join(has=bits_of(piece for _, piece in line_of(slow).queue), rate=50_000)
    for _ in range(30):
        line_of(slow).down.total += 5000
        game.wait(0.1)
    assert line_of(other).queue == []


def test_who_skips_a_piece_and_brings_others_is_found_out() -> None:
    game = Game()
    peer = game.join()
    skipped = line_of(peer).queue.pop(0)[1]
    other = game.join(has=1 << skipped)
    for _ in range(20):
        game.wait(0.5)
        game.deliver(peer)
    assert [piece for _, piece in line_of(other).queue] == [skipped]


def test_at_the_end_an_idle_peer_takes_over_what_would_come_last() -> None:
    game = Game()
    slow, fast = game.join(rate=50_000), game.join(rate=50 * RATE)
    last = [piece for _, piece in line_of(slow).queue]
    while len(game.got_pieces) < PIECES - len(last):
        game.deliver(fast)
    assert line_of(fast).queue[0][1] == last[-1]
    for _ in last:
        game.deliver(fast)
    assert game.is_fetched
    assert line_of(slow).queue == []


def test_of_who_stalled_nothing_is_expected_of_what_it_is_asked_next() -> None:
    game = Game()
    frozen = game.join(rate=50 * RATE)
    game.deliver(frozen)
    line_of(frozen).down.rate = 0.0
    game.wait(PIECE_STALLED_S + 0.2)
    channel = frozen.channels[0]
    for piece in list(channel.asked):
        frozen.cancel(channel, piece)
    frozen.fill(channel)
    assert [seconds for _, seconds in frozen.due_s(channel)] == [math.inf]


def test_a_piece_is_asked_twice_only_where_that_saves_more_than_is_on_its_way_already() -> None:
    game = Game(missing=1)
    slow, fast = game.join(rate=RATE, rtt_s=0.5), game.join(rate=100 * RATE, rtt_s=0.01)
    assert not line_of(fast).queue, "it comes in half a second, and that is how far its sender is"
    line_of(slow).rtt_s = 0.1
    fast.fill(fast.channels[0])
    assert line_of(fast).queue


def test_of_who_is_quiet_the_end_is_asked_once_more_before_it_counts_as_stalled() -> None:
    for number in (1, 0):
        game = Game(missing=1)
        game.join(rate=4 * RATE)
        others = [game.join(rate=4 * RATE, number=number) for _ in range(2)]
        assert not any(line_of(other).queue for other in others)
        game.wait(PIECE_STALLED_S - 0.2)
        # Be it of another device or over another connection to the same one.
        assert sum(len(line_of(other).queue) for other in others) == 1


def test_two_connections_to_one_device_do_not_race_each_other() -> None:
    game = Game(missing=1)
    game.join(rate=RATE / 10)
    second = game.join(rate=100 * RATE, number=0)
    assert not line_of(second).queue
    game.wait(PIECE_STALLED_S + 0.2)
    assert line_of(second).queue, "but one may stand still while the other does not"


def test_of_a_far_peer_one_piece_is_asked_for_before_it_says_what_it_has() -> None:
    game = Game()
    peer = game.join(answers=False)
    (early,) = line_of(peer).queue
    sink = line_of(peer).awaited[early]
    piece = CONTENT.piece(sink.piece)
    assert sink.part.keep(sink.piece, piece, sink.expected) == UNPROVEN
    game.wait(0.5)
    assert line_of(peer).queue == [early]
    game.answer(peer, None)
    assert sink.part.keep(sink.piece, bytes(1), sink.expected) == "sha1"
    assert sink.part.keep(sink.piece, piece, sink.expected) is None
    later = game.join(answers=False)
    assert not line_of(later).queue, "somebody is there to ask meanwhile"


def test_a_piece_that_is_here_before_its_hashes_is_dropped_and_nobody_blamed() -> None:
    game = Game()
    peer = game.join(answers=False)
    ((ch, piece),) = line_of(peer).queue
    line_of(peer).queue.clear()
    del line_of(peer).awaited[ch, piece]
    peer.outcomes(peer.link, [PieceOutcome(ch, piece, PIECE_BYTES, UNPROVEN)])
    assert game.wasted_bytes == PIECE_BYTES
    assert piece in game.fetch.picker.wanted
    near = Game()
    assert not line_of(near.join(rtt_s=0.001, answers=False)).queue


def test_a_peer_that_was_fast_before_it_was_idle_is_still_held_to_be_fast() -> None:
    game = Game()
    fast = game.join(has=1, rate=50 * RATE)
    game.deliver(fast)
    slow = game.join(rate=50_000)
    line_of(fast).down.rate = 0.0
    game.wait(0.5)
    fast.have(fast.link, 0, list(range(PIECES)))
    assert len(line_of(fast).queue) >= 4
    assert len(line_of(slow).queue) == 2


def test_a_channel_of_which_nothing_comes_for_long_is_closed() -> None:
    game = Game()
    peer = game.join()
    line_of(peer).down.rate = 0.0
    game.wait(CHANNEL_STALLED_S - 0.5)
    assert line_of(peer).closed == []
    game.wait(1)
    assert line_of(peer).closed == [0]
    assert line_of(peer).awaited == {}


def test_a_peer_is_kept_as_long_as_something_comes_however_seldom() -> None:
    """Of twelve connections over one slow line each brings a frame in six seconds."""
    game = Game()
    peer = game.join()
    line_of(peer).down.rate = 0.0
    for _ in range(5):
        game.wait(CHANNEL_STALLED_S / 2)
        line_of(peer).down.total += 1
    assert line_of(peer).closed == []
    game.wait(CHANNEL_STALLED_S + 1)
    assert line_of(peer).closed == [0]


class Peers(RuleBasedStateMachine):
    """Three peers that do whatever peers do. In the end an honest one makes it whole."""

    def __init__(self) -> None:
        super().__init__()
        self.game = Game()
        for has in (None, 0xFFF, 0xFFF000):
            self.game.join(has)

    def teardown(self) -> None:
        if not self.game.is_fetched:
            for peer in list(self.game.peers):
                self.game.lose(peer)
            honest = self.game.join()
            while line_of(honest).queue:
                self.game.deliver(honest)
        assert self.game.is_fetched
        assert sorted(self.game.got_pieces) == list(range(PIECES))
        assert all(not line_of(peer).awaited and not line_of(peer).queue for peer in self.game.peers)

    @rule(who=st.integers(0, 2))
    def a_piece_comes(self, who: int) -> None:
        self.game.deliver(self.game.peers[who])

    @rule(who=st.integers(0, 2), part=st.floats(0.1, 0.9))
    def some_of_a_piece_comes(self, who: int, part: float) -> None:
        peer = self.game.peers[who]
        if line_of(peer).queue:
            line_of(peer).down.total += int(part * PIECE_BYTES)
            peer.fill()

    @rule(who=st.integers(0, 2))
    def a_piece_is_refused(self, who: int) -> None:
        peer = self.game.peers[who]
        if line_of(peer).queue:
            ch, piece = line_of(peer).queue.pop(0)
            peer.rejected(peer.link, ch, piece, "not_yet")

    @rule(who=st.integers(0, 2), piece=st.integers(0, PIECES - 1))
    def one_has_more(self, who: int, piece: int) -> None:
        self.game.peers[who].have(self.game.peers[who].link, 0, [piece])

    @rule(who=st.integers(0, 2), has=st.integers(0, (1 << PIECES) - 1))
    def one_leaves_and_another_comes(self, who: int, has: int) -> None:
        if not self.game.is_fetched:
            self.game.lose(self.game.peers[who])
            self.game.join(has)

    @rule(seconds=st.sampled_from([0.1, 0.5, 1.5, 6.0, 25.0]))
    def time_passes(self, seconds: float) -> None:
        self.game.wait(seconds)

    @rule(who=st.integers(0, 2), rate=st.sampled_from([0.0, 1000.0, 1e5, 1e7]))
    def the_rate_changes(self, who: int, rate: float) -> None:
        line_of(self.game.peers[who]).down.rate = rate

    @invariant()
    def all_agree_on_what_is_in_flight(self) -> None:
        asked: Counter[int] = Counter()
        for peer in self.game.peers:
            pieces = [piece for channel in peer.channels.values() for piece in channel.asked]
            assert {piece for _, piece in line_of(peer).awaited} == set(pieces)
            assert set(line_of(peer).queue) == set(line_of(peer).awaited)
            assert peer._window.requests == len(pieces)
            assert peer._window.in_flight_bytes == len(pieces) * PIECE_BYTES
            asked.update(pieces)
        if not self.game.is_fetched:
            assert asked == self.game.fetch.picker.asked

    @invariant()
    def nothing_comes_twice(self) -> None:
        assert self.game.wasted_bytes == 0


Peers.TestCase.settings = settings(max_examples=30, stateful_step_count=40, deadline=None)
TestPeers = Peers.TestCase
