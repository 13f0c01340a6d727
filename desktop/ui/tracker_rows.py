"""What there is to know of each tracker, in two lines: which, how far, or why not."""

from collections.abc import Callable, Sequence
from typing import Any, NamedTuple

from PySide6.QtCore import Qt

from desktop.engine.views import StatusView, TrackerView
from desktop.ui import amounts
from desktop.ui.rows import ICON
from desktop.ui.two_lines import LINES, ROW_PX, Lines, TwoLineModel, TwoLineView
from desktop.ui.words import joined, tr
from desktop.wording import tracker_state

_ROWS_MAX = 5
FRAME_PX = 5
"""Of a list with a line around it, on each side."""
_LATELY_S = 3
"""Until then nobody need be told when."""
_LOOKS = {"connected": ("tracker", "good"), "up": ("tracker", "good"), "lost": ("failed", "bad")}


class _Row(NamedTuple):
    tracker: TrackerView
    of_all: int
    is_asked: bool


class TrackersView(TwoLineView):
    """As high as its rows."""

    def __init__(self, name: str, said: str, *, frame_px: int = 1, are_asked: bool = False) -> None:
        """`are_asked`: those of which nothing is known are being asked now."""
        super().__init__(name, said)
        self._frame_px, self._are_asked = frame_px, are_asked
        self._trackers = TwoLineModel(lambda row: (row.tracker.number, row.tracker.address), _READ)
        self.setModel(self._trackers)
        self.show_trackers([])

    def show_trackers(self, trackers: Sequence[TrackerView]) -> None:
        self._trackers.show_rows([_Row(one, len(trackers), self._are_asked) for one in trackers])
        self.setFixedHeight(ROW_PX * max(1, min(len(trackers), _ROWS_MAX)) + 2 * self._frame_px)


def none_answers(status: StatusView) -> bool:
    """All were asked since there was one."""
    lost = [one.state == "lost" for one in status.trackers]
    return bool(lost) and all(lost) and not status.searching


def named(tracker: TrackerView, count: int) -> str:
    """Which of them it is."""
    if not tracker.number or count == 1:
        return tr("Tracker")
    number = amounts.number(tracker.number)
    return tr("Tracker {number} of {count}", number=number, count=amounts.number(count))


def state(tracker: TrackerView, *, is_asked: bool = False) -> str:
    """What it does, or why it does nothing and when it was asked."""
    if is_asked and tracker.state == "unknown":
        return tr("asking…")
    said = tracker_state(tracker.state, tracker.why, words=tr)
    if tracker.state == "connected":
        return tr("in use, catching up") if tracker.behind else tr("in use, up to date")
    if tracker.state == "lost" and (tracker.asked_s or 0) >= _LATELY_S:
        return tr("{state}; asked {time} ago", state=said, time=amounts.span(tracker.asked_s or 0))
    return said


def distance(tracker: TrackerView) -> str:
    if tracker.rtt is None:
        return ""
    ms = 1000 * tracker.rtt
    return amounts.isolated(tr("{number} ms", number=amounts.number(round(ms)) if ms >= 1 else "<1"))


def _lines(row: _Row) -> Lines:
    where = f"{named(row.tracker, row.of_all)}  ·  {amounts.isolated(row.tracker.address)}"
    return where, distance(row.tracker), state(row.tracker, is_asked=row.is_asked), ""


def _said(row: _Row) -> str:
    address = amounts.isolated(row.tracker.address)
    said = state(row.tracker, is_asked=row.is_asked)
    return joined(filter(None, (named(row.tracker, row.of_all), address, said, distance(row.tracker))))


_READ: dict[int, Callable[[_Row], Any]] = {
    Qt.ItemDataRole.AccessibleTextRole: _said,
    Qt.ItemDataRole.ToolTipRole: lambda row: state(row.tracker, is_asked=row.is_asked),
    LINES: _lines,
    ICON: lambda row: _LOOKS.get(row.tracker.state, ("tracker", "muted")),
}
