"""Which pieces of one block the fewest have: sets of pieces in the order of how many hold each."""

from collections.abc import Iterator
from typing import NamedTuple

from desktop.engine.files.bitfield import Bits


class Rarest(NamedTuple):
    """Pieces that as few have."""

    holders: int
    pieces: Bits


class Rarity:
    """Costs a pass over the block for each different count: 4 us at 20 holders; 0.1 us where a holder has all
    or nothing of it."""

    def __init__(self, pieces: Bits) -> None:
        self._all = pieces
        self._fewest = 0
        self._groups: list[Bits] = [pieces]
        """Those that `_fewest` have, those that one more has, and so on; each piece in one. The first and the
        last are not empty."""

    def more(self, pieces: Bits) -> None:
        """One more holder of each of these."""
        if pieces == self._all:
            self._fewest += 1
        elif pieces:
            self._set(_moved_on([*self._groups, 0], pieces), self._fewest)

    def fewer(self, pieces: Bits) -> None:
        """One less."""
        if pieces == self._all:
            self._fewest -= 1
        elif pieces:
            self._set(_moved_on([*self._groups[::-1], 0], pieces)[::-1], self._fewest - 1)

    def from_rarest(self, among: Bits) -> Iterator[Rarest]:
        """`among` in groups that as many have, fewest holders first; none is empty."""
        return (
            Rarest(holders, some)
            for holders, pieces in enumerate(self._groups, self._fewest)
            if (some := among & pieces)
        )

    def _set(self, groups: list[Bits], fewest: int) -> None:
        used = [at for at, pieces in enumerate(groups) if pieces]
        self._groups = groups[used[0] : used[-1] + 1]
        self._fewest = fewest + used[0]


def _moved_on(groups: list[Bits], pieces: Bits) -> list[Bits]:
    for at in range(len(groups) - 2, -1, -1):
        moving = groups[at] & pieces
        groups[at] ^= moving
        groups[at + 1] |= moving
    return groups
