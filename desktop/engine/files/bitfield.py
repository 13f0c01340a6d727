"""Up to a block of pieces as one int, bit p for piece p: they are joined and compared at memory speed."""

import random
from collections.abc import Iterator

from shared.errors import Violation
from shared.limits import BLOCK_PIECES

Bits = int

_MIRRORED = bytes(int(f"{byte:08b}"[::-1], 2) for byte in range(256))
"""On the wire the highest bit of a byte is its first piece."""

WHOLE_BLOCK = (1 << BLOCK_PIECES) - 1


def full(piece_count: int) -> Bits:
    return (1 << piece_count) - 1


def from_wire(raw: bytes, piece_count: int) -> Bits:
    """Raises Violation for a wrong length and for spare bits that are set."""
    bits = int.from_bytes(raw.translate(_MIRRORED), "little")
    if len(raw) != -(-piece_count // 8) or bits >> piece_count:
        raise Violation(f"a bitfield of {len(raw)} bytes, or spare bits, for {piece_count} pieces")
    return bits


def to_wire(bits: Bits, piece_count: int) -> bytes:
    return bits.to_bytes(-(-piece_count // 8), "little").translate(_MIRRORED)


def lowest(bits: Bits) -> int:
    """The first piece of a set that is not empty."""
    return (bits & -bits).bit_length() - 1


def any_of(bits: Bits, lot: random.Random) -> int:
    """One of a set that is not empty. One that stands behind a gap is likelier: that is even enough."""
    if not bits & bits - 1:
        return lowest(bits)
    start = lot.randrange(bits.bit_length())
    return start + lowest(bits >> start)


def pieces_of(bits: Bits) -> Iterator[int]:
    """From the first to the last. Quick for few."""
    while bits:
        yield lowest(bits)
        bits &= bits - 1
