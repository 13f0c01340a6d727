"""Which piece to ask of a peer: the rarest, ties by lot; while little is had, any. Or from first to last."""

import random
from collections import Counter
from collections.abc import Container, Iterable

from desktop.engine.files import bitfield
from desktop.engine.files.bitfield import Bits
from desktop.engine.files.piece_set import PieceSet
from desktop.engine.files.rarity import Rarest, Rarity
from shared.limits import BLOCK_PIECES

FIRST_PIECES = 4
"""So many are taken at random: the rarest come slowly, and something to give is wanted soon."""
AHEAD_PIECES = 64
"""For a preview so many are fetched in order, which is more than is in flight; then the rarest."""
_AHEAD = bitfield.full(AHEAD_PIECES)


class PiecePicker:
    """Pure bookkeeping of one download. Knows piece numbers, and no peer, socket, clock or disk.

    A piece is in exactly one of three places, and only moves forward, save by failed():
    wanted (nobody is asked) -> asked (piece: how many peers are) -> had (verified and on disk).
    """

    def __init__(self, piece_count: int, lot: random.Random, had: PieceSet | None = None) -> None:
        self._lot = lot
        self.piece_count = piece_count
        self.had = PieceSet(piece_count) if had is None else had
        self.whole = PieceSet.whole(piece_count)
        self.wanted = self.whole.without(self.had)
        self.asked: Counter[int] = Counter()
        self._rarity = [Rarity(pieces) for pieces in self.whole.blocks]
        """Only the order counts, so peers that came with everything are left out."""
        self._first_block = 0
        """None before it has a piece that is not had."""

    @property
    def is_complete(self) -> bool:
        return self.had.is_whole

    def peer_has(self, pieces: PieceSet) -> None:
        """A peer has come with these."""
        if not pieces.is_whole:
            for rarity, bits in zip(self._rarity, pieces.blocks, strict=True):
                rarity.more(bits)

    def peer_got(self, block: int, pieces: Bits) -> None:
        """It has got these of a block too."""
        self._rarity[block].more(pieces)

    def peer_lacks(self, piece: int) -> None:
        """It has not, although it said so."""
        block, place = divmod(piece, BLOCK_PIECES)
        self._rarity[block].fewer(1 << place)

    def peer_left(self, pieces: PieceSet) -> None:
        """The opposite of all of these: with all that this peer was said to have."""
        if not pieces.is_whole:
            for rarity, bits in zip(self._rarity, pieces.blocks, strict=True):
                rarity.fewer(bits)

    def pick(self, has: PieceSet, blocks: Iterable[int]) -> int | None:
        """A wanted piece among `has` in one of `blocks`, which is asked from now on. 2 us a block."""
        wanted = self.wanted.blocks
        among = {block: some for block in blocks if (some := wanted[block] & has.blocks[block])}
        if not among:
            return None
        if len(self.had) < FIRST_PIECES:
            block = self._lot.choice(list(among))
        else:
            block, among[block] = self.rarest_of(among)
        piece = block * BLOCK_PIECES + bitfield.any_of(among[block], self._lot)
        self.take(piece)
        return piece

    def pick_ahead(self, has: PieceSet, blocks: Iterable[int], behind: int = 0) -> int | None:
        """For a preview: as pick(), but of what comes soon after the first piece that is not had, the first
        after `behind` others. With nothing of that at this peer, the rarest: the others will want it."""
        wanted = self.wanted.blocks
        soon = self.soon({block: wanted[block] & has.blocks[block] for block in blocks}, behind)
        if not soon:
            return self.pick(has, blocks)
        self.take(soon[0])
        return soon[0]

    def soon(self, among: dict[int, Bits], behind: int) -> list[int]:
        """Of some blocks' pieces those that come soon after the first that is not had, in order, from the one
        after `behind` others; the last of them alone if they are fewer."""
        first = self.first_missing
        block, place = divmod(first, BLOCK_PIECES)
        bits = among.get(block, 0) >> place | among.get(block + 1, 0) << BLOCK_PIECES - place
        ahead = [first + at for at in bitfield.pieces_of(bits & _AHEAD)]
        return ahead[behind:] or ahead[-1:]

    def is_soon(self, piece: int) -> bool:
        return piece < self.first_missing + AHEAD_PIECES

    def rarest_of(self, among: dict[int, Bits]) -> tuple[int, Bits]:
        """Of some blocks' pieces, none of which are empty, those that the fewest have: all in one block."""
        rarest = {block: self._rarest(block, pieces) for block, pieces in among.items()}
        fewest = min(found.holders for found in rarest.values())
        block = self._lot.choice([block for block, found in rarest.items() if found.holders == fewest])
        return block, rarest[block].pieces

    def next_block(self, has: PieceSet, without: Container[int]) -> int | None:
        """The block outside `without` with the rarest wanted pieces of `has`, the first of them if many are
        as rare. O(blocks): 40 us at 2^21 pieces where there is none, 500 us at the most."""
        among = (
            (self._rarest(block, some).holders, block)
            for block, (wanted, theirs) in enumerate(zip(self.wanted.blocks, has.blocks, strict=True))
            if (some := wanted & theirs) and block not in without
        )
        return min(among, default=(0, None))[1]

    def first_block(self, has: PieceSet) -> int | None:
        """Of those with pieces that come soon, the first with a wanted piece of `has`."""
        wanted, first = self.wanted.blocks, self.first_missing
        last = min(first + AHEAD_PIECES, self.piece_count) - 1
        soon = range(first // BLOCK_PIECES, last // BLOCK_PIECES + 1)
        return next((block for block in soon if wanted[block] & has.blocks[block]), None)

    def take(self, piece: int) -> None:
        """A wanted piece, which is asked from now on."""
        self.wanted.discard(piece)
        self.asked[piece] = 1

    def ask_again(self, piece: int) -> None:
        """One more peer is asked for a piece that is still out."""
        assert piece in self.asked
        self.asked[piece] += 1

    def verified(self, piece: int) -> None:
        """It is here, by whatever way it came."""
        self.asked.pop(piece, None)
        self.wanted.discard(piece)
        self.had.add(piece)

    def failed(self, piece: int) -> None:
        """One asked peer left, was too slow or sent garbage."""
        if piece not in self.asked:
            return  # another peer was faster
        self.asked[piece] -= 1
        if self.asked[piece] == 0:
            del self.asked[piece]
            self.wanted.add(piece)

    @property
    def first_missing(self) -> int:
        """The first piece that is not had, of a file that is not complete."""
        whole, had = self.whole.blocks, self.had.blocks
        while self._first_block < len(whole) - 1 and had[self._first_block] == whole[self._first_block]:
            self._first_block += 1
        missing = whole[self._first_block] & ~had[self._first_block]
        return self._first_block * BLOCK_PIECES + bitfield.lowest(missing)

    def _rarest(self, block: int, among: Bits) -> Rarest:
        return next(self._rarity[block].from_rarest(among))
