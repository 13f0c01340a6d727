"""Which of some pieces the fewest have: sets of pieces in the order of how many hold each."""

from collections.abc import Iterator

from desktop.engine.files.bitfield import Bits


class Rarity:
    """Only the order counts, so what all holders have in common is left out: one more that has everything
    changes nothing. A change costs one pass over the set for each different count; at most one per holder."""

    def __init__(self, pieces: Bits) -> None:
        self.groups: list[Bits] = [pieces]
        """Each the pieces that one more has than those before; together all that there are, each once."""

    def more(self, pieces: Bits) -> None:
        """One more holder of each of these."""
        self.groups = _trimmed(_moved_on([*self.groups, 0], pieces))

    def fewer(self, pieces: Bits) -> None:
        """One less."""
        self.groups = _trimmed(_moved_on([*self.groups[::-1], 0], pieces)[::-1])

    def from_rarest(self, among: Bits) -> Iterator[Bits]:
        """`among` in groups that as many have, fewest holders first; none is empty."""
        return (some for pieces in self.groups if (some := among & pieces))


def _moved_on(groups: list[Bits], pieces: Bits) -> list[Bits]:
    for at in range(len(groups) - 2, -1, -1):
        moving = groups[at] & pieces
        groups[at] ^= moving
        groups[at + 1] |= moving
    return groups


def _trimmed(groups: list[Bits]) -> list[Bits]:
    used = [at for at, pieces in enumerate(groups) if pieces]
    return groups[used[0] : used[-1] + 1] if used else [0]
