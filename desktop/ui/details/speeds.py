"""How fast it went in each second of the last minute. No Qt, no clock."""

from collections import OrderedDict, deque
from dataclasses import dataclass, field

SECONDS = 60
KEPT_MAX = 1024
"""Downloads whose speeds are remembered; of more, those that moved last."""


@dataclass
class Speeds:
    """Of one download. A second that nobody told of is one in which nothing moved."""

    _told: deque[tuple[int, float, float]] = field(default_factory=lambda: deque(maxlen=SECONDS + 1))

    def tell(self, second: int, down: float, up: float | None = None) -> None:
        """`up` of None: as it was told for this second, if it was."""
        if self._told and self._told[-1][0] == second:
            before = self._told.pop()
            up = before[2] if up is None else up
        self._told.append((second, down, up or 0.0))

    def line(self, now: int) -> list[tuple[float, float]]:
        """Down and up of the last SECONDS, the newest at the end. The second under way is left out."""
        told = {second: (down, up) for second, down, up in self._told}
        return [told.get(second, (0.0, 0.0)) for second in range(now - SECONDS, now)]


class AllSpeeds:
    def __init__(self) -> None:
        self._of: OrderedDict[int, Speeds] = OrderedDict()

    def of(self, id_: int) -> Speeds:
        speeds = self._of.setdefault(id_, Speeds())
        self._of.move_to_end(id_)
        if len(self._of) > KEPT_MAX:
            self._of.popitem(last=False)
        return speeds


def scale(highest: float) -> float:
    """The top of a graph: 1, 2 or 5 and zeros, not below `highest` nor below 10 kB/s."""
    top = 10_000.0
    while True:
        for step in (1, 2, 5):
            if top * step >= highest:
                return top * step
        top *= 10
