"""A set of a file's pieces, in blocks of 4,096 bits: what concerns one piece costs one block, however large
the file is."""

from collections.abc import Iterable, Iterator, Mapping
from typing import Self

from desktop.engine.files import bitfield
from desktop.engine.files.bitfield import Bits
from shared.errors import Violation
from shared.limits import BLOCK_PIECES

_BLOCK_BYTES = BLOCK_PIECES // 8


class PieceSet:
    """Half a KiB a block, less where a block is empty or whole: those are one object for all sets."""

    __slots__ = ("_count", "blocks", "piece_count")

    def __init__(self, piece_count: int, pieces: Iterable[int] = ()) -> None:
        self.piece_count = piece_count
        self.blocks: list[Bits] = [0] * -(-piece_count // BLOCK_PIECES)
        """Of each block of the manifest; bit 0 is its first piece."""
        self._count = 0
        for block, bits in by_block(pieces).items():
            self.add_of(block, bits)

    @classmethod
    def whole(cls, piece_count: int) -> Self:
        made = cls(piece_count)
        made.blocks = [bitfield.WHOLE_BLOCK] * len(made.blocks)
        if rest := piece_count % BLOCK_PIECES:
            made.blocks[-1] = bitfield.full(rest)
        made._count = piece_count
        return made

    @classmethod
    def of_blocks(cls, piece_count: int, blocks: Mapping[int, Bits]) -> Self:
        """Each block by its number."""
        made = cls(piece_count)
        for block, bits in blocks.items():
            made.add_of(block, bits)
        return made

    @classmethod
    def from_wire(cls, raw: bytes, piece_count: int) -> Self:
        """Raises Violation for a wrong length and for spare bits that are set."""
        made = cls(piece_count)
        if len(raw) != -(-piece_count // 8):
            raise Violation(f"a bitfield of {len(raw)} bytes for {piece_count} pieces")
        for block in range(len(made.blocks)):
            count = min(BLOCK_PIECES, piece_count - block * BLOCK_PIECES)
            made.add_of(block, bitfield.from_wire(raw[block * _BLOCK_BYTES :][:_BLOCK_BYTES], count))
        return made

    def to_wire(self) -> bytes:
        raw = b"".join(bitfield.to_wire(bits, BLOCK_PIECES) for bits in self.blocks)
        return raw[: -(-self.piece_count // 8)]

    @property
    def is_whole(self) -> bool:
        return self._count == self.piece_count

    def __len__(self) -> int:
        return self._count

    def __contains__(self, piece: int) -> bool:
        block, place = divmod(piece, BLOCK_PIECES)
        return bool(self.blocks[block] >> place & 1)

    def __iter__(self) -> Iterator[int]:
        for block, bits in enumerate(self.blocks):
            yield from (block * BLOCK_PIECES + place for place in bitfield.pieces_of(bits))

    def __eq__(self, other: object) -> bool:
        return isinstance(other, PieceSet) and self.blocks == other.blocks

    __hash__ = None  # type: ignore[assignment]

    def copy(self) -> "PieceSet":
        made = PieceSet(self.piece_count)
        made.blocks, made._count = list(self.blocks), self._count
        return made

    def without(self, other: "PieceSet") -> "PieceSet":
        """As a set of its own."""
        made = PieceSet(self.piece_count)
        made.blocks = [ours & ~theirs for ours, theirs in zip(self.blocks, other.blocks, strict=True)]
        made._count = sum(bits.bit_count() for bits in made.blocks)
        return made

    def exceeds(self, other: "PieceSet") -> bool:
        """Whether it has one that the other has not."""
        return len(self) > len(other) or any(
            ours & ~theirs for ours, theirs in zip(self.blocks, other.blocks, strict=True)
        )

    def add(self, piece: int) -> None:
        block, place = divmod(piece, BLOCK_PIECES)
        self.add_of(block, 1 << place)

    def add_of(self, block: int, pieces: Bits) -> Bits:
        """Those of one block. The ones that are new."""
        new = pieces & ~self.blocks[block]
        if new:
            bits = self.blocks[block] | new
            self.blocks[block] = bitfield.WHOLE_BLOCK if bits == bitfield.WHOLE_BLOCK else bits
            self._count += new.bit_count()
        return new

    def discard(self, piece: int) -> bool:
        """Whether it was there."""
        block, place = divmod(piece, BLOCK_PIECES)
        was_there = bool(self.blocks[block] >> place & 1)
        if was_there:
            self.blocks[block] ^= 1 << place
            self._count -= 1
        return was_there


def by_block(pieces: Iterable[int]) -> dict[int, Bits]:
    """Some pieces as blocks: number to bits."""
    blocks: dict[int, Bits] = {}
    for piece in pieces:
        block, place = divmod(piece, BLOCK_PIECES)
        blocks[block] = blocks.get(block, 0) | 1 << place
    return blocks
