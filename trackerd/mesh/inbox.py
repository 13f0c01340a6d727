"""What came on a link and waits for the store, which takes all that it can take together in one go."""

from collections import deque
from dataclasses import dataclass, field
from typing import NamedTuple

import shared.wire.mesh_messages as mm
from shared.facts.rows import Row
from shared.limits import TAKEN_ROWS_MAX


class Claim(NamedTuple):
    """To be looked at when all before it is applied: only then does it show what lacks."""

    vv: dict[int, int]


Item = mm.Live | mm.Rows | Claim


@dataclass
class Inbox:
    _waiting: deque[Item] = field(default_factory=deque)

    def __len__(self) -> int:
        return len(self._waiting)

    def put(self, item: Item) -> None:
        self._waiting.append(item)

    def take(self) -> Item:
        """The next one, with those behind it that it may be one with. To be called while there are some."""
        item = self._waiting.popleft()
        while self._waiting and (joined := _joined(item, self._waiting[0])):
            item = joined
            self._waiting.popleft()
        return item


def _joined(one: Item, other: Item) -> Item | None:
    match one, other:
        case Claim(), Claim():
            return Claim({**one.vv, **other.vv})
        case mm.Live(), mm.Live() if one.last + 1 == other.first and _is_room(one.rows, other.rows):
            return mm.Live(one.log, one.first, other.last, one.rows + other.rows)
        case mm.Rows(end=None), mm.Rows() if one.whole == other.whole and _is_room(one.rows, other.rows):
            return mm.Rows(one.rows + other.rows, other.end, one.whole, one.gc + other.gc, other.hlc)
    return None


def _is_room(one: list[Row], other: list[Row]) -> bool:
    return len(one) + len(other) <= TAKEN_ROWS_MAX
