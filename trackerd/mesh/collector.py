"""When rows that say that something is no more may be deleted: once nobody can bring back what they ended.

Pure: told of rounds, asked what is due. By the end of a first round with every tracker each has said what it
had when the rows were long here. By the end of a second one each has all that any of them had said, the noted
rows among it: so whatever it writes from then on comes after them. And what it wrote before, without them, is
in what it said, and seen here too: it will be dropped if it should come late.
"""

from collections.abc import Iterable, Mapping, Sequence

from shared.facts.replica import dominates, lift
from shared.facts.rows import Row


class Collector:
    """One pass over some rows. Begun anew where a tracker is listed or removed meanwhile."""

    def __init__(self, noted: Sequence[Row], seen: Mapping[int, int], listed: Iterable[int]) -> None:
        """`noted` are to be deleted, `seen` is this tracker's vector, `listed` are the other trackers."""
        # What came of a round that is not over is nothing that this tracker claims to have.
        self._noted = [row for row in noted if row.seq <= seen.get(row.log, 0)]
        self._upper = dict(seen)
        """What any tracker had in the first round."""
        self._listed = dict.fromkeys(listed)
        self._said: dict[int, int] = {}
        """What any tracker had in the second."""
        self._awaited = dict(self._listed)
        self._under_way: dict[int, None] = {}
        self._is_second = not self._listed

    def wanted(self) -> list[int]:
        """Trackers of which a round is to be asked for now, or as soon as there is a link."""
        return [number for number in self._awaited if number not in self._under_way]

    def asked(self, number: int) -> None:
        """A round is asked for. One that was asked for before now is none that counts."""
        if number in self._awaited:
            self._under_way[number] = None

    def ended(self, number: int, end: Mapping[int, int]) -> None:
        """A round is on the disk, and this tracker's vector has moved to `end`, or was there."""
        if number not in self._under_way:
            return
        del self._under_way[number]
        if self._is_second and not dominates(end, self._upper):
            return
        del self._awaited[number]
        lift(self._said if self._is_second else self._upper, end)
        if not self._awaited and not self._is_second:
            self._is_second, self._awaited = True, dict(self._listed)

    def lost(self, number: int) -> None:
        """The link is cut: the tracker may come back as its own old backup, which had less."""
        self._under_way.pop(number, None)
        if self._is_second and number in self._listed:
            self._awaited[number] = None

    def due(self, seen: Mapping[int, int]) -> Sequence[Row] | None:
        """What may be deleted now, and the pass is over; None while a tracker is awaited."""
        is_over = self._is_second and not self._awaited and dominates(seen, self._said)
        return self._noted if is_over else None
