import random
from collections import Counter

from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, invariant, rule

from desktop.engine.files import bitfield
from desktop.engine.files.bitfield import pieces_of
from desktop.engine.peers.crediting import Crediting
from shared.limits import BLOCK_PIECES
from tests.support.bits import bits_of

PIECES = 10
takers = st.sampled_from("abc")
blocks = st.integers(0, 1)
sets = st.sets(st.integers(0, PIECES - 1)).map(bits_of)


def test_each_piece_goes_out_once_before_any_goes_out_twice() -> None:
    giving = Crediting(random.Random(1))
    wanted = {taker: bitfield.full(PIECES) for taker in range(4)}
    granted = []
    for turn in range(PIECES):
        (piece,) = giving.grant(turn % 4, 0, wanted[turn % 4], 1)
        wanted[turn % 4] ^= 1 << piece
        granted.append(piece)
    assert sorted(granted) == list(range(PIECES))


def test_what_was_asked_for_by_name_is_granted_to_others_last() -> None:
    giving = Crediting(random.Random(1))
    giving.gave("a", 3)
    giving.gave("a", 3)
    assert set(giving.grant("b", 0, bitfield.full(5), 4)) == {0, 1, 2, 4}
    assert giving.grant("c", 0, 1 << 3, 9) == [3]


def test_who_leaves_takes_the_pieces_along() -> None:
    giving = Crediting(random.Random(1))
    giving.grant("a", 0, 0b11, 2)
    giving.left("a")
    giving.grant("b", 0, 0b10, 1)
    assert giving.grant("c", 0, 0b11, 1) == [0]


def test_for_one_who_takes_them_in_order_ties_are_the_first() -> None:
    giving = Crediting(random.Random(1))
    giving.gave("a", 0)
    assert giving.grant("b", 0, bitfield.full(1000), 3, in_order=True) == [1, 2, 3]
    assert giving.grant("c", 0, 0b11, 1, in_order=True) == [0]


def test_ties_are_by_lot() -> None:
    first = {Crediting(random.Random(seed)).grant("a", 0, bitfield.full(1000), 1)[0] for seed in range(20)}
    assert len(first) > 15


def test_pieces_that_are_granted_together_follow_each_other_where_they_can() -> None:
    giving = Crediting(random.Random(1))
    first, *rest = giving.grant("a", 0, bitfield.full(1000), 40)
    assert rest == [*range(first + 1, first + 40)]
    giving.gave("a", 2)
    assert giving.grant("b", 0, 0b1100111, 4) == [0, 1, 5, 6]


class AnyOrderOfTakers(RuleBasedStateMachine):
    """Against counting in the simplest way."""

    def __init__(self) -> None:
        super().__init__()
        self.giving = Crediting(random.Random(1))
        self.given: set[tuple[str, int]] = set()

    def times(self) -> Counter[int]:
        return Counter(piece for _, piece in self.given)

    @rule(taker=takers, block=blocks, wanted=sets, count=st.integers(1, 4))
    def grant(self, taker: str, block: int, wanted: int, count: int) -> None:
        pieces = {block * BLOCK_PIECES + place for place in pieces_of(wanted)}
        self.given -= {(taker, piece) for piece in pieces}
        times = self.times()
        granted = self.giving.grant(taker, block, wanted, count)
        assert set(granted) <= pieces
        assert len(set(granted)) == len(granted) == min(count, len(pieces))
        fewest = sorted(times[piece] for piece in pieces)[: len(granted)]
        assert sorted(times[piece] for piece in granted) == fewest
        self.given |= {(taker, piece) for piece in granted}

    @rule(taker=takers, block=blocks, place=st.integers(0, PIECES - 1))
    def ask_by_name(self, taker: str, block: int, place: int) -> None:
        self.giving.gave(taker, block * BLOCK_PIECES + place)
        self.given.add((taker, block * BLOCK_PIECES + place))

    @rule(taker=takers)
    def leave(self, taker: str) -> None:
        self.giving.left(taker)
        self.given = {one for one in self.given if one[0] != taker}

    @invariant()
    def it_knows_who_was_given_what(self) -> None:
        known = {
            (taker, block * BLOCK_PIECES + place)
            for taker, blocks in self.giving._given.items()
            for block, pieces in blocks.items()
            for place in pieces_of(pieces)
        }
        assert known == self.given


TestAnyOrderOfTakers = AnyOrderOfTakers.TestCase
