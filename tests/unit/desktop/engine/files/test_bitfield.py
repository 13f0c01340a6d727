import pytest
from hypothesis import given
from hypothesis import strategies as st

from desktop.engine.files import bitfield
from shared.errors import Violation
from tests.support.bits import bits_of

sets = st.sets(st.integers(0, 99))


@given(sets)
def test_a_set_survives_the_wire(pieces: set[int]) -> None:
    bits = bits_of(pieces)
    assert bitfield.from_wire(bitfield.to_wire(bits, 100), 100) == bits
    assert set(bitfield.pieces_of(bits)) == pieces


def test_the_first_piece_is_the_highest_bit_of_the_first_byte() -> None:
    assert bitfield.to_wire(bits_of([0, 9]), 10) == b"\x80\x40"


@pytest.mark.parametrize("raw", [b"\xff", b"\xff\xc0\x00", b"\xff\xe0", b""])
def test_a_wrong_length_and_spare_bits_are_refused(raw: bytes) -> None:
    with pytest.raises(Violation):
        bitfield.from_wire(raw, 10)


def test_a_file_without_pieces_has_an_empty_bitfield() -> None:
    assert bitfield.from_wire(b"", 0) == bitfield.full(0) == 0
    assert bitfield.to_wire(0, 0) == b""
