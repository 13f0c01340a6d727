"""Which piece to ask of a peer: the rarest, ties by lot; while little is had, any."""

import random
from collections import Counter

from desktop.engine.files import bitfield
from desktop.engine.files.bitfield import Bits

FIRST_PIECES = 4
"""So many are taken at random: the rarest come slowly, and something to give is wanted soon."""


class PiecePicker:
    """Pure bookkeeping of one download. Knows piece numbers, and no peer, socket, clock or disk.

    A piece is in exactly one of three places, and only moves forward, save by failed():
    wanted (nobody is asked) -> asked (piece: how many peers are) -> had (verified and on disk).
    """

    def __init__(self, piece_count: int, lot: random.Random, had: Bits = 0) -> None:
        self._all = bitfield.full(piece_count)
        self._lot = lot
        self.piece_count = piece_count
        self.had = had
        self.wanted = self._all & ~had
        self.asked: Counter[int] = Counter()
        self._by_rarity: list[Bits] = [self._all]
        """Each the pieces that one more peer has than those before. Only the order counts, so what all peers
        have in common is left out: a peer that has everything changes nothing."""

    @property
    def is_complete(self) -> bool:
        return self.had == self._all

    def peer_has(self, pieces: Bits) -> None:
        """A peer has come with these, or has got these too."""
        if pieces != self._all:
            self._by_rarity = _trimmed(_moved_on([*self._by_rarity, 0], pieces))

    def peer_left(self, pieces: Bits) -> None:
        """The opposite of peer_has(): all that this peer was said to have, in however many calls."""
        if pieces != self._all:
            self._by_rarity = _trimmed(_moved_on([*self._by_rarity[::-1], 0], pieces)[::-1])

    def pick(self, has: Bits) -> int | None:
        """A wanted piece among `has`, which is asked from now on. 40 us at 200,000 pieces."""
        candidates = self.wanted & has
        if not candidates:
            return None
        if self.had.bit_count() >= FIRST_PIECES:
            candidates = next(rarest for pieces in self._by_rarity if (rarest := candidates & pieces))
        start = self._lot.randrange(self.piece_count) if candidates & candidates - 1 else 0
        after = candidates >> start
        piece = start + bitfield.lowest(after) if after else bitfield.lowest(candidates)
        self.wanted ^= 1 << piece
        self.asked[piece] = 1
        return piece

    def ask_again(self, piece: int) -> None:
        """One more peer is asked for a piece that is still out."""
        assert piece in self.asked
        self.asked[piece] += 1

    def verified(self, piece: int) -> None:
        """It is here, by whatever way it came."""
        self.asked.pop(piece, None)
        self.wanted &= ~(1 << piece)
        self.had |= 1 << piece

    def failed(self, piece: int) -> None:
        """One asked peer left, was too slow or sent garbage."""
        if piece not in self.asked:
            return  # another peer was faster
        self.asked[piece] -= 1
        if self.asked[piece] == 0:
            del self.asked[piece]
            self.wanted |= 1 << piece


def _moved_on(groups: list[Bits], pieces: Bits) -> list[Bits]:
    for at in range(len(groups) - 2, -1, -1):
        moving = groups[at] & pieces
        groups[at] ^= moving
        groups[at + 1] |= moving
    return groups


def _trimmed(groups: list[Bits]) -> list[Bits]:
    used = [at for at, pieces in enumerate(groups) if pieces]
    return groups[used[0] : used[-1] + 1] if used else [0]
