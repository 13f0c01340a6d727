"""A set of pieces as one int, bit p for piece p: whole sets are joined and compared at memory speed."""

from collections.abc import Iterable

from shared.errors import Violation

Bits = int

_MIRRORED = bytes(int(f"{byte:08b}"[::-1], 2) for byte in range(256))
"""On the wire the highest bit of a byte is its first piece."""


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


def of(pieces: Iterable[int]) -> Bits:
    """O(highest piece / 64 + pieces): one int per piece would make a thousand of them cost milliseconds."""
    pieces = list(pieces)
    raw = bytearray(max(pieces, default=-1) // 8 + 1)
    for piece in pieces:
        raw[piece >> 3] |= 1 << (piece & 7)
    return int.from_bytes(raw, "little")


def lowest(bits: Bits) -> int:
    """The first piece of a set that is not empty."""
    return (bits & -bits).bit_length() - 1
