"""Who a download comes from, as map and legend show it: a colour for each, what they gave. No Qt."""

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass, field

from desktop.engine.views import DownloadView, PieceMapView, SourceView

MISSING, HERE = -1, -2
"""Of a cell, instead of somebody's number."""
SHOWN_MAX = 8
"""Names in the legend, one for each colour."""


@dataclass
class People:
    """Numbers that stay as long as one download is looked at, so that nobody changes colour."""

    _numbers: dict[str, int] = field(default_factory=dict)

    def number(self, user: str) -> int:
        """SHOWN_MAX of all who came later than those for whom there are colours."""
        return min(self._numbers.setdefault(user, len(self._numbers)), SHOWN_MAX)

    def cells(self, one: PieceMapView) -> list[int]:
        """Whose each cell is: a number, HERE or MISSING."""
        return [
            whose
            for count, user in one.runs
            for whose in [MISSING if user is None else HERE if user == "" else self.number(user)] * count
        ]

    def asked(self, one: PieceMapView) -> dict[int, int]:
        """Cells that are on their way, and whose they will be."""
        return {cell: self.number(user) for cell, user in one.asked}


@dataclass(frozen=True)
class Share:
    """A line of the legend."""

    whose: int
    user: str
    """Empty for HERE and MISSING, and for all who have no line of their own."""
    size: int
    mille: int
    others: int = 0
    """So many people are this line."""


def shares(people: People, view: DownloadView, peers: Iterable[SourceView]) -> list[Share]:
    """Who gave most first, then what was here before, then what is still to come."""
    given: Counter[str] = Counter()
    for peer in peers:
        given[peer.user] += peer.given
    by_size = [(user, size) for user, size in given.most_common() if size]
    for user, _ in by_size:
        people.number(user)

    def share(whose: int, user: str, size: int, others: int = 0) -> Share:
        return Share(whose, user, size, 1000 * size // max(view.size, 1), others)

    lines = [share(people.number(user), user, size) for user, size in by_size[:SHOWN_MAX]]
    if rest := by_size[SHOWN_MAX:]:
        lines.append(share(SHOWN_MAX, "", sum(size for _, size in rest), len(rest)))
    before = view.done - sum(given.values())
    if before > 0:
        lines.append(share(HERE, "", before))
    if view.done < view.size:
        here = 100 * view.done // max(view.size, 1)  # as it stands above: the two make 100 percent
        lines.append(Share(MISSING, "", view.size - view.done, 1000 - 10 * here))
    return lines
