"""Which pieces to give to one who takes any: those that went out the least, so that each is sent once before
any is sent twice and those who have got them can give them to each other."""

import random
from collections.abc import Hashable

from desktop.engine.files import bitfield
from desktop.engine.files.bitfield import Bits
from desktop.engine.files.rarity import Rarity
from shared.limits import BLOCK_PIECES


class Crediting:
    """What of one entry was given to whom, by blocks. `taker` is whatever stands for one device.

    Of each block that was given from, half a KiB for each taker and for each different count.
    """

    def __init__(self, lot: random.Random) -> None:
        self._lot = lot
        self._given: dict[Hashable, dict[int, Bits]] = {}
        self._rarity: dict[int, Rarity] = {}

    def grant(
        self, taker: Hashable, block: int, wanted: Bits, count: int, *, in_order: bool = False
    ) -> list[int]:
        """Up to `count` of the `wanted` (bit 0: the block's first piece), which count as given from now on.
        Fewer only if fewer are wanted; ties are the first, or those from one on that is drawn by lot: which
        pieces they are makes no difference, and disks on both sides, and the memory before them, are quicker
        with pieces that follow each other. 10 us, and 1 us a piece."""
        # What was given to it and is wanted all the same did not come: it was dropped, or was bad.
        self._take_back(taker, block, wanted)
        granted: Bits = 0
        for _, some in self._rarity_of(block).from_rarest(wanted):
            while some and count:
                first = bitfield.lowest(some) if in_order else bitfield.any_of(some, self._lot)
                length = min(count, bitfield.lowest(~(some >> first)))  # ones that follow each other
                run = bitfield.full(length) << first
                some ^= run
                granted |= run
                count -= length
        self._give(taker, block, granted)
        return [block * BLOCK_PIECES + place for place in bitfield.pieces_of(granted)]

    def gave(self, taker: Hashable, piece: int) -> None:
        """It asked for this one, granted before or not."""
        block, place = divmod(piece, BLOCK_PIECES)
        self._give(taker, block, 1 << place)

    def left(self, taker: Hashable) -> None:
        """And took with it what it was given: nobody can have that of it."""
        for block, pieces in self._given.pop(taker, {}).items():
            self._rarity_of(block).fewer(pieces)

    def _give(self, taker: Hashable, block: int, pieces: Bits) -> None:
        given = self._given.setdefault(taker, {})
        before = given.get(block, 0)
        given[block] = before | pieces
        self._rarity_of(block).more(pieces & ~before)

    def _take_back(self, taker: Hashable, block: int, pieces: Bits) -> None:
        given = self._given.get(taker, {})
        if back := given.get(block, 0) & pieces:
            given[block] ^= back
            self._rarity_of(block).fewer(back)

    def _rarity_of(self, block: int) -> Rarity:
        if block not in self._rarity:
            self._rarity[block] = Rarity(bitfield.WHOLE_BLOCK)
        return self._rarity[block]
