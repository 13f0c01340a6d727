"""Which downloads are at work: so many at once, as each holds files open and is looked after. Pure."""

from collections.abc import Collection, Mapping

from desktop.engine.views import PRIORITIES
from shared.limits import DOWNLOADS_AT_WORK_MAX, TURN_S


class Turns:
    """By id. Each is at work, or waits for its turn; the others do not run."""

    def __init__(self) -> None:
        self.at_work: dict[int, float] = {}
        """Since when."""
        self._waiting: tuple[dict[int, None], ...] = tuple({} for _ in (*PRIORITIES, "again"))
        """By priority, in the order in which they came; then those that had a turn and stood still."""

    def wait(self, id_: int, priority: int) -> None:
        self._waiting[priority][id_] = None

    def wait_again(self, id_: int) -> None:
        """It had a turn and could do nothing: all others come first, whatever its priority."""
        self._waiting[-1][id_] = None

    def change(self, id_: int, priority: int) -> None:
        if any(waiting.pop(id_, self) is None for waiting in self._waiting):
            self.wait(id_, priority)

    def leave(self, id_: int) -> None:
        """It does not wait any more."""
        for waiting in self._waiting:
            waiting.pop(id_, None)

    def next(self, now: float) -> int | None:
        """One whose turn it is, and which is at work from now on."""
        waiting = next(filter(None, self._waiting), None)
        if waiting is None or len(self.at_work) >= DOWNLOADS_AT_WORK_MAX:
            return None
        id_ = next(iter(waiting))
        del waiting[id_]
        self.at_work[id_] = now
        return id_

    def to_give_way(self, now: float, still: Collection[int], priorities: Mapping[int, int]) -> list[int]:
        """Of those at work: the ones that stood `still` for their turn, and one that is less urgent than what
        waits. `priorities` are those of all at work."""
        due = [id_ for id_ in still if now - self.at_work[id_] > TURN_S][: sum(map(len, self._waiting))]
        first = next((priority for priority, waiting in enumerate(self._waiting) if waiting), len(PRIORITIES))
        last = max(reversed(self.at_work), key=lambda id_: priorities[id_], default=None)
        if not due and last is not None and priorities[last] > first:
            due.append(last)
        return due
