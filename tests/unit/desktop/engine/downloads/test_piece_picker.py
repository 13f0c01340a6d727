import random
from collections import Counter

from hypothesis import given
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, invariant, rule

from desktop.engine.downloads.piece_picker import AHEAD_PIECES, FIRST_PIECES, PiecePicker
from desktop.engine.files.piece_set import PieceSet
from shared.limits import BLOCK_PIECES
from tests.support.bits import bits_of

COUNT = BLOCK_PIECES + 8
FIRST = BLOCK_PIECES - 4
PIECES = range(FIRST, FIRST + 8)
"""Those that tests play with: of two blocks."""
BLOCKS = [0, 1]
sets = st.sets(st.sampled_from(PIECES))


def few(pieces: set[int] | range | list[int]) -> PieceSet:
    return PieceSet(COUNT, pieces)


def started_picker() -> PiecePicker:
    """One that has all but PIECES, and picks by rarity."""
    return PiecePicker(COUNT, random.Random(1), few({*range(COUNT)} - {*PIECES}))


def test_the_rarest_piece_is_asked_first() -> None:
    picker = started_picker()
    picker.peer_has(PieceSet.whole(COUNT))
    picker.peer_has(few(PIECES))
    picker.peer_has(few({*PIECES} - {FIRST + 5}))
    assert picker.pick(PieceSet.whole(COUNT), BLOCKS) == FIRST + 5


def test_the_first_pieces_are_any() -> None:
    picked = set()
    for seed in range(50):
        picker = PiecePicker(20, random.Random(seed))
        picker.peer_has(PieceSet(20, range(19)))
        picked.add(picker.pick(PieceSet.whole(20), [0]))
    assert len(picked) > 10


def test_peers_that_start_at_one_seed_take_different_pieces() -> None:
    whole = PieceSet.whole(1000)
    first = [PiecePicker(1000, random.Random(seed)).pick(whole, [0]) for seed in range(20)]
    assert len(set(first)) > 15


def test_what_is_had_already_is_never_picked() -> None:
    picker = PiecePicker(10, random.Random(1), PieceSet(10, range(9)))
    assert picker.pick(PieceSet.whole(10), [0]) == 9
    assert picker.pick(PieceSet.whole(10), [0]) is None


def test_only_pieces_of_the_blocks_that_are_told_are_picked() -> None:
    picker = started_picker()
    picked = [picker.pick(PieceSet.whole(COUNT), [1]) for _ in range(5)]
    assert sorted(picked[:4]) == [*PIECES][4:]  # type: ignore[type-var]
    assert picked[4] is None


def test_the_next_block_is_the_first_of_those_with_the_rarest_pieces() -> None:
    count = 4 * BLOCK_PIECES
    picker, whole = PiecePicker(count, random.Random(1)), PieceSet.whole(count)
    assert picker.next_block(whole, without=()) == 0
    picker.peer_has(PieceSet(count, range(BLOCK_PIECES + 1)))  # all of the first, and one of the second
    assert picker.next_block(whole, without=()) == 1
    assert picker.next_block(whole, without=(1, 3)) == 2
    assert picker.next_block(PieceSet(count, [BLOCK_PIECES]), without=()) == 1
    assert picker.next_block(PieceSet(count), without=()) is None


def test_for_a_preview_what_comes_soon_is_picked_in_order_and_the_rest_by_rarity() -> None:
    picker, whole = PiecePicker(1000, random.Random(1)), PieceSet.whole(1000)
    picker.peer_has(PieceSet(1000, range(999)))
    for piece in range(FIRST_PIECES):
        picker.verified(piece)
    ahead = [picker.pick_ahead(whole, [0], behind=0) for _ in range(AHEAD_PIECES)]
    assert ahead == list(range(FIRST_PIECES, FIRST_PIECES + AHEAD_PIECES))
    assert picker.pick_ahead(whole, [0], behind=0) == 999
    picker.verified(FIRST_PIECES)
    assert picker.pick_ahead(whole, [0], behind=0) == FIRST_PIECES + AHEAD_PIECES


def test_for_a_preview_a_peer_can_leave_the_next_pieces_to_others() -> None:
    picker, whole = PiecePicker(1000, random.Random(1)), PieceSet.whole(1000)
    assert picker.pick_ahead(whole, [0], behind=5) == 5
    assert picker.pick_ahead(whole, [0], behind=AHEAD_PIECES) == AHEAD_PIECES - 1
    assert picker.pick_ahead(PieceSet(1000, [900]), [0], behind=0) == 900
    assert picker.pick_ahead(PieceSet(1000), [0], behind=0) is None


def test_what_comes_soon_begins_after_what_is_left_to_others_and_is_never_empty_for_that() -> None:
    picker = PiecePicker(1000, random.Random(1), PieceSet(1000, range(10)))
    some = bits_of([12, 20, 73, 74])
    assert picker.soon({0: some}, behind=0) == [12, 20, 73]
    assert picker.soon({0: some}, behind=1) == [20, 73]
    assert picker.soon({0: some}, behind=3) == [73]
    assert picker.soon({0: bits_of([74])}, behind=0) == []
    assert [picker.is_soon(piece) for piece in (73, 74)] == [True, False]


def test_for_a_preview_the_first_block_is_the_one_of_the_first_piece_that_a_peer_can_bring() -> None:
    count = 3 * BLOCK_PIECES
    picker, whole = PiecePicker(count, random.Random(1)), PieceSet.whole(count)
    assert picker.first_block(whole) == 0
    assert picker.first_block(PieceSet(count, [count - 1])) is None
    for piece in range(BLOCK_PIECES):
        picker.verified(piece)
    assert picker.first_block(whole) == 1
    assert picker.pick_ahead(whole, [1, 2], behind=0) == BLOCK_PIECES
    assert picker.first_block(PieceSet(count)) is None


def test_a_file_without_pieces_is_complete() -> None:
    assert PiecePicker(0, random.Random(1)).is_complete


@given(st.lists(sets), st.randoms(use_true_random=False))
def test_rarity_is_the_order_of_the_counts_of_those_that_are_here(
    peers: list[set[int]], lot: random.Random
) -> None:
    picker = started_picker()
    stayed = []
    for pieces in peers:
        picker.peer_has(few(pieces))
        if lot.randrange(2):
            stayed.append(pieces)
        else:
            picker.peer_left(few(pieces))
    holders = Counter(piece for pieces in stayed for piece in pieces)
    order = [picker.pick(few(PIECES), BLOCKS) for _ in PIECES]
    assert [holders[piece] for piece in order if piece is not None] == sorted(
        holders[piece] for piece in PIECES
    )


def test_a_peer_that_became_complete_and_left_leaves_no_trace() -> None:
    picker = started_picker()
    for _ in range(100):
        has = few([FIRST])
        picker.peer_has(has)
        for block, rest in enumerate(PieceSet.whole(COUNT).without(has).blocks):
            picker.peer_got(block, has.add_of(block, rest))
        picker.peer_left(has)
    picker.peer_has(few({*PIECES} - {FIRST + 1}))
    assert picker.pick(few(PIECES), BLOCKS) == FIRST + 1
    assert all(len(rarity._groups) <= 3 for rarity in picker._rarity)


def test_a_piece_that_a_peer_said_it_has_and_has_not_is_rarer() -> None:
    picker = started_picker()
    picker.peer_has(few(PIECES))
    picker.peer_lacks(FIRST + 6)
    assert picker.pick(few(PIECES), BLOCKS) == FIRST + 6


class AnyOrderOfEvents(RuleBasedStateMachine):
    """Whatever peers do, a piece is in one place, none is ever lost, and the rarest comes first."""

    def __init__(self) -> None:
        super().__init__()
        self.picker = started_picker()
        self.requests: list[int] = []
        self.peers: list[set[int]] = []

    @rule(has=sets)
    def pick(self, has: set[int]) -> None:
        among = {piece for piece in has if piece in self.picker.wanted}
        piece = self.picker.pick(few(has), BLOCKS)
        if piece is None:
            assert not among
        else:
            holders = Counter(piece for peer in self.peers for piece in peer)
            assert piece in among
            assert holders[piece] == min(holders[other] for other in among)
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

    @rule(has=sets)
    def come(self, has: set[int]) -> None:
        self.picker.peer_has(few(has))
        self.peers.append(set(has))

    @rule(lot=st.randoms(use_true_random=False), piece=st.sampled_from(PIECES))
    def get_or_lack_one(self, lot: random.Random, piece: int) -> None:
        if self.peers:
            peer = lot.choice(self.peers)
            if piece in peer:
                self.picker.peer_lacks(piece)
                peer.remove(piece)
            else:
                self.picker.peer_got(piece // BLOCK_PIECES, 1 << piece % BLOCK_PIECES)
                peer.add(piece)

    @rule(lot=st.randoms(use_true_random=False))
    def go(self, lot: random.Random) -> None:
        if self.peers:
            self.picker.peer_left(few(self.peers.pop(lot.randrange(len(self.peers)))))

    @rule(piece=st.sampled_from(PIECES))
    def come_by_another_way(self, piece: int) -> None:
        self.picker.verified(piece)

    @invariant()
    def every_piece_is_in_one_place(self) -> None:
        picker = self.picker
        places = [*picker.wanted, *picker.asked, *(piece for piece in PIECES if piece in picker.had)]
        assert sorted(places) == list(PIECES)
        for rarity, pieces in zip(picker._rarity, PieceSet.whole(COUNT).blocks, strict=True):
            assert sum(rarity._groups) == pieces
            assert rarity._groups[0]
            assert rarity._groups[-1]

    @invariant()
    def what_is_asked_is_asked_of_somebody(self) -> None:
        assert all(count <= self.requests.count(piece) for piece, count in self.picker.asked.items())


TestAnyOrderOfEvents = AnyOrderOfEvents.TestCase
