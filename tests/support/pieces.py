"""Sets of pieces as tests look at them."""

from collections.abc import Iterator

from desktop.engine.files.bitfield import Bits


def pieces_of(bits: Bits) -> Iterator[int]:
    return (piece for piece in range(bits.bit_length()) if bits >> piece & 1)
