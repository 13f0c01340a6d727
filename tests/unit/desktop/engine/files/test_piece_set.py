import pytest
from hypothesis import given
from hypothesis import strategies as st

from desktop.engine.files import bitfield
from desktop.engine.files.piece_set import PieceSet, by_block
from shared.errors import Violation
from shared.limits import BLOCK_PIECES
from tests.support.bits import bits_of

COUNT = 2 * BLOCK_PIECES + 9
places = st.sampled_from([0, 1, BLOCK_PIECES - 1, BLOCK_PIECES, 2 * BLOCK_PIECES - 1, COUNT - 2, COUNT - 1])
sets = st.sets(places)


@given(sets, st.lists(st.tuples(places, st.booleans())))
def test_it_is_a_set(first: set[int], changes: list[tuple[int, bool]]) -> None:
    ours, theirs = PieceSet(COUNT, first), set(first)
    for piece, is_added in changes:
        if is_added:
            ours.add(piece)
            theirs.add(piece)
        else:
            assert ours.discard(piece) == (piece in theirs)
            theirs.discard(piece)
    assert list(ours) == sorted(theirs)
    assert len(ours) == len(theirs)
    assert all((piece in ours) == (piece in theirs) for piece in (0, BLOCK_PIECES, COUNT - 1))
    assert ours.is_whole is False
    assert ours == ours.copy() == PieceSet.of_blocks(COUNT, by_block(theirs))


@given(sets, sets)
def test_sets_are_compared_by_what_is_in_them(first: set[int], second: set[int]) -> None:
    ours, theirs = PieceSet(COUNT, first), PieceSet(COUNT, second)
    assert set(ours.without(theirs)) == first - second
    assert len(ours.without(theirs)) == len(first - second)
    assert ours.exceeds(theirs) == bool(first - second)


@given(sets, sets)
def test_what_is_new_is_told(first: set[int], second: set[int]) -> None:
    ours = PieceSet(COUNT, first)
    new = {block: ours.add_of(block, bits) for block, bits in by_block(second).items()}
    assert set(PieceSet.of_blocks(COUNT, new)) == second - first
    assert set(ours) == first | second


@given(sets)
def test_the_wire_is_that_of_one_long_bitfield(pieces: set[int]) -> None:
    raw = bitfield.to_wire(bits_of(pieces), COUNT)
    assert PieceSet(COUNT, pieces).to_wire() == raw
    assert PieceSet.from_wire(raw, COUNT) == PieceSet(COUNT, pieces)


@pytest.mark.parametrize("count", [0, 1, 8, BLOCK_PIECES, BLOCK_PIECES + 1, 1 << 21])
def test_a_whole_set_is_the_one_that_has_all(count: int) -> None:
    whole = PieceSet.whole(count)
    assert whole.is_whole
    assert len(whole) == count
    assert not whole.without(whole)
    assert PieceSet.from_wire(whole.to_wire(), count) == whole
    assert PieceSet(count).is_whole == (count == 0)


@pytest.mark.parametrize("raw", [bytes(1025), bytes(1027), bytes(1025) + b"\x40", b""])
def test_a_wrong_length_and_spare_bits_are_refused(raw: bytes) -> None:
    with pytest.raises(Violation):
        PieceSet.from_wire(raw, 2 * BLOCK_PIECES + 9 if len(raw) != 1026 else 2 * BLOCK_PIECES + 1)
