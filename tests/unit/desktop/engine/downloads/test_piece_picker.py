import random
import time
from collections import Counter

import pytest
from hypothesis import given
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, invariant, rule

from desktop.engine.downloads.piece_picker import FIRST_PIECES, PiecePicker
from desktop.engine.files import bitfield
from desktop.engine.files.bitfield import pieces_of

PIECES = 8
sets = st.sets(st.integers(0, PIECES - 1)).map(bitfield.of)


def started_picker(piece_count: int) -> PiecePicker:
    """One that has its first pieces (the highest), and picks by rarity."""
    return PiecePicker(
        piece_count + FIRST_PIECES, random.Random(1), bitfield.full(FIRST_PIECES) << piece_count
    )


def test_the_rarest_piece_is_asked_first() -> None:
    picker = started_picker(3)
    picker.peer_has(bitfield.full(picker.piece_count))
    picker.peer_has(bitfield.of([0, 1, 2]))
    picker.peer_has(bitfield.of([0, 2]))
    assert picker.pick(bitfield.full(3)) == 1


def test_the_first_pieces_are_any() -> None:
    picked = set()
    for seed in range(50):
        picker = PiecePicker(20, random.Random(seed))
        picker.peer_has(bitfield.of(range(19)))
        picked.add(picker.pick(bitfield.full(20)))
    assert len(picked) > 10


def test_peers_that_start_at_one_seed_take_different_pieces() -> None:
    first = [PiecePicker(1000, random.Random(seed)).pick(bitfield.full(1000)) for seed in range(20)]
    assert len(set(first)) > 15


def test_what_is_had_already_is_never_picked() -> None:
    picker = PiecePicker(10, random.Random(1), had=bitfield.of(range(9)))
    assert picker.pick(bitfield.full(10)) == 9
    assert picker.pick(bitfield.full(10)) is None


def test_a_file_without_pieces_is_complete() -> None:
    assert PiecePicker(0, random.Random(1)).is_complete


@given(st.lists(sets), st.randoms(use_true_random=False))
def test_rarity_is_the_order_of_the_counts_of_those_that_are_here(
    peers: list[int], lot: random.Random
) -> None:
    picker = started_picker(PIECES)
    stayed = []
    for pieces in peers:
        picker.peer_has(pieces)
        if lot.randrange(2):
            stayed.append(pieces)
        else:
            picker.peer_left(pieces)
    holders = Counter(piece for pieces in stayed for piece in pieces_of(pieces))
    order = [picker.pick(bitfield.full(PIECES)) for _ in range(PIECES)]
    assert [holders[piece] for piece in order if piece is not None] == sorted(
        holders[piece] for piece in range(PIECES)
    )


def test_a_peer_that_became_complete_and_left_leaves_no_trace() -> None:
    picker = started_picker(3)
    everything = bitfield.full(picker.piece_count)
    for _ in range(100):
        picker.peer_has(bitfield.of([0]))
        picker.peer_has(everything & ~1)
        picker.peer_left(everything)
    picker.peer_has(bitfield.of([0, 2]))
    assert picker.pick(bitfield.full(3)) == 1
    assert len(picker._rarity.groups) <= 3


@pytest.mark.slow
def test_picking_stays_quick_at_200000_pieces() -> None:
    picker = PiecePicker(200_000, random.Random(1))
    some = random.Random(2).getrandbits(200_000)
    for _ in range(20):
        picker.peer_has(random.Random(3).getrandbits(200_000))
    started = time.perf_counter()
    for _ in range(2000):
        piece = picker.pick(some)
        assert piece is not None
        picker.verified(piece)
    assert (time.perf_counter() - started) / 2000 < 0.001


class AnyOrderOfEvents(RuleBasedStateMachine):
    """Whatever peers do, a piece is in one place, and no piece is ever lost."""

    def __init__(self) -> None:
        super().__init__()
        self.picker = PiecePicker(PIECES, random.Random(1))
        self.requests: list[int] = []

    @rule(has=sets)
    def pick(self, has: int) -> None:
        piece = self.picker.pick(has)
        if piece is None:
            assert not self.picker.wanted & has
        else:
            assert has >> piece & 1
            self.requests.append(piece)

    @rule(lot=st.randoms(use_true_random=False))
    def ask_another_peer_too(self, lot: random.Random) -> None:
        if self.picker.asked:
            piece = lot.choice(list(self.picker.asked))
            self.picker.ask_again(piece)
            self.requests.append(piece)

    @rule(lot=st.randoms(use_true_random=False), good=st.booleans())
    def answer(self, lot: random.Random, good: bool) -> None:
        if self.requests:
            piece = self.requests.pop(lot.randrange(len(self.requests)))
            (self.picker.verified if good else self.picker.failed)(piece)

    @rule(has=sets, more=sets)
    def come_and_go(self, has: int, more: int) -> None:
        self.picker.peer_has(has)
        self.picker.peer_has(more & ~has)
        self.picker.peer_left(has | more)

    @rule(piece=st.integers(0, PIECES - 1))
    def come_by_another_way(self, piece: int) -> None:
        self.picker.verified(piece)

    @invariant()
    def every_piece_is_in_one_place(self) -> None:
        picker = self.picker
        places = [*pieces_of(picker.wanted), *picker.asked, *pieces_of(picker.had)]
        assert sorted(places) == list(range(PIECES))
        assert sorted(piece for group in picker._rarity.groups for piece in pieces_of(group)) == list(
            range(PIECES)
        )

    @invariant()
    def what_is_asked_is_asked_of_somebody(self) -> None:
        assert all(count <= self.requests.count(piece) for piece, count in self.picker.asked.items())


TestAnyOrderOfEvents = AnyOrderOfEvents.TestCase
