"""Who gave which pieces of a file on its way here, for those who want to see it. Pure."""

from array import array
from collections import Counter
from collections.abc import Iterable
from typing import NamedTuple

from desktop.engine.files.piece_set import PieceSet
from shared.facts.ids import DeviceId

CELLS_MAX = 1024
_LOOKED_AT_MAX = 16
"""Pieces of a cell."""
_MISSING, _HERE = 0, -1
_NUMBERS_MAX = 0xFFFF
HERE = DeviceId(b"")
"""Instead of a giver: it was here before, or was copied from a file of this computer."""


class Run(NamedTuple):
    cells: int
    giver: DeviceId | None
    """None: they are still to come."""


class Givers:
    """Two bytes a piece: 4 MiB for the largest file."""

    def __init__(self, piece_count: int) -> None:
        self.bytes: Counter[DeviceId] = Counter()
        """That each of them gave."""
        self._lately: set[DeviceId] = set()
        self._numbers: dict[DeviceId, int] = {}
        self._number_of = array("H", bytes(2 * piece_count))

    @property
    def cell_pieces(self) -> int:
        """So many pieces are one cell of runs()."""
        return max(1, -(-len(self._number_of) // CELLS_MAX))

    def gave(self, device: DeviceId, piece: int, length: int) -> None:
        """A good piece."""
        self._number_of[piece] = min(self._numbers.setdefault(device, len(self._numbers) + 1), _NUMBERS_MAX)
        self.bytes[device] += length
        self._lately.add(device)

    def take_lately(self) -> set[DeviceId]:
        """Who gave something since the last call."""
        lately, self._lately = self._lately, set()
        return lately

    def take_bytes(self) -> Counter[DeviceId]:
        """They are counted elsewhere from now on."""
        taken, self.bytes = self.bytes, Counter()
        return taken

    def runs(self, had: PieceSet) -> list[Run]:
        """The file from its start, in at most CELLS_MAX cells; one of several pieces is said to come from
        whoever gave most of some that are looked at. 5 ms at most, however large the file is."""
        cell = self.cell_pieces
        step = -(-cell // _LOOKED_AT_MAX)
        cells = [
            self._most(range(start, min(start + cell, had.piece_count), step), had)
            for start in range(0, had.piece_count, cell)
        ]
        givers = dict(zip(self._numbers.values(), self._numbers, strict=True)) | {_HERE: HERE}
        runs: list[Run] = []
        for number in cells:
            giver = givers.get(number)
            before = runs.pop() if runs and runs[-1].giver == giver else Run(0, giver)
            runs.append(Run(before.cells + 1, giver))
        return runs

    def _most(self, pieces: Iterable[int], had: PieceSet) -> int:
        found = Counter(self._number_of[at] or (_HERE if at in had else _MISSING) for at in pieces)
        return found.most_common(1)[0][0]
