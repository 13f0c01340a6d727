"""What there is to know of each tracker, above the line at the bottom: which, how far, or why not."""

from collections.abc import Callable
from typing import Any

from PySide6.QtCore import QAbstractListModel, QModelIndex, QPersistentModelIndex, QPoint, Qt, QTimer
from PySide6.QtGui import QHideEvent, QShowEvent
from PySide6.QtWidgets import QFrame, QWidget

from desktop.engine.views import StatusView, TrackerView
from desktop.ui import amounts, parts
from desktop.ui.desk import Desk
from desktop.ui.details.peers import LINES, Lines, TwoLineView
from desktop.ui.rows import ICON
from desktop.ui.words import joined, tr
from desktop.wording import tracker_state
from shared.errors import ShoalError

Index = QModelIndex | QPersistentModelIndex
WIDTH_PX = 400
_INSET_PX = 8
_ROWS_MAX = 5
_ROW_PX = 46
_ASK_MS = 5000
_LATELY_S = 3
"""Until then nobody need be told when."""


def named(tracker: TrackerView, count: int) -> str:
    """Which of them it is."""
    if not tracker.number or count == 1:
        return tr("Tracker")
    number = amounts.number(tracker.number)
    return tr("Tracker {number} of {count}", number=number, count=amounts.number(count))


def state(tracker: TrackerView) -> str:
    """What it does, or why it does nothing and when it was asked."""
    said = tracker_state(tracker.state, tracker.why, words=tr)
    if tracker.state == "connected":
        return tr("in use, catching up") if tracker.behind else tr("in use, and knows all that you know")
    if tracker.state == "lost" and (tracker.asked_s or 0) >= _LATELY_S:
        return tr("{state}; asked {time} ago", state=said, time=amounts.span(tracker.asked_s or 0))
    return said


def distance(tracker: TrackerView) -> str:
    if tracker.rtt is None:
        return ""
    ms = 1000 * tracker.rtt
    return amounts.isolated(tr("{number} ms", number=amounts.number(round(ms)) if ms >= 1 else "<1"))


class TrackersModel(QAbstractListModel):
    def __init__(self) -> None:
        super().__init__()
        self._trackers: list[TrackerView] = []

    def show(self, trackers: list[TrackerView]) -> None:
        if len(trackers) != len(self._trackers):
            self.beginResetModel()
            self._trackers = trackers
            self.endResetModel()
        elif trackers != self._trackers:
            self._trackers = trackers
            self.dataChanged.emit(self.index(0), self.index(len(trackers) - 1))

    def rowCount(self, parent: Index = QModelIndex()) -> int:
        return 0 if parent.isValid() else len(self._trackers)

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        read = _READ.get(role)
        return read(self._trackers[index.row()], len(self._trackers)) if read else None


class TrackersPanel(QFrame):
    def __init__(self, desk: Desk, check: Callable[[], object]) -> None:
        """`check` opens the look at the network."""
        super().__init__(desk.window, Qt.WindowType.Popup)
        self.setObjectName("trackersPanel")
        self.setAccessibleName(tr("Trackers"))
        self._desk = desk
        self.model = TrackersModel()
        self._list = TwoLineView("trackersList", tr("Trackers"))
        self._list.setModel(self.model)
        self._timer = QTimer(self, interval=_ASK_MS)
        self._timer.timeout.connect(self._ask)
        retry = parts.push_button("retryTrackers", tr("Retry now"), primary=True)
        retry.clicked.connect(self.retry)
        look = parts.push_button("checkNetwork", tr("Check my network…"))
        look.clicked.connect(self.hide)
        look.clicked.connect(check)
        self._text = parts.label(name="trackersText", kind="muted")
        buttons = parts.row(spacing=8)
        buttons.addStretch(1)
        buttons.addWidget(look)
        buttons.addWidget(retry)
        column = parts.column(self, spacing=8, margins=(8, 12, 12, 12))
        head = parts.row(margins=(8, 0, 0, 0))
        head.addWidget(parts.label(tr("Trackers"), bold=True, scale=1.1))
        column.addLayout(head)
        column.addWidget(self._list)
        column.addWidget(self._text)
        column.addLayout(buttons)
        self._text.setContentsMargins(8, 0, 0, 0)
        self.setFixedWidth(WIDTH_PX)

    def open_above(self, widget: QWidget) -> None:
        self.adjustSize()
        is_mirrored = self.layoutDirection() is Qt.LayoutDirection.RightToLeft
        corner = widget.rect().topRight() if is_mirrored else widget.rect().topLeft()
        aside = self.width() + _INSET_PX if is_mirrored else -_INSET_PX
        at = widget.mapToGlobal(corner) - QPoint(aside, self.height() + _INSET_PX)
        self.move(at)
        self.show()
        self._list.setFocus()

    def show_status(self, status: StatusView) -> None:
        self.model.show(status.trackers)
        self._list.setFixedHeight(_ROW_PX * max(1, min(len(status.trackers), _ROWS_MAX)) + 2)
        if status.offline is None:
            self._text.setText(tr("Trackers know who is online. Files never pass through them."))
        else:
            self._text.setText(tr("What is shown is what was known when the last one was there."))

    def retry(self) -> None:
        self._desk.engine.retry_trackers()
        self._ask()

    def _ask(self) -> None:
        """The status of each second then shows what came of it."""
        self._desk.runner.run(self._desk.engine.look_at_trackers(), None, _never_mind)

    def showEvent(self, event: QShowEvent) -> None:
        super().showEvent(event)
        self._ask()
        self._timer.start()

    def hideEvent(self, event: QHideEvent) -> None:
        self._timer.stop()
        super().hideEvent(event)


class OfflineBar(QFrame):
    """Says over everything that what is shown may be old, and since when."""

    def __init__(self, desk: Desk) -> None:
        super().__init__()
        self.setObjectName("offlineBar")
        self.text = parts.label(name="offlineText")
        retry = parts.push_button("retryOffline", tr("Retry now"))
        retry.clicked.connect(desk.engine.retry_trackers)
        row = parts.row(self, spacing=12, margins=(16, 6, 12, 6))
        row.addWidget(self.text, stretch=1)
        row.addWidget(retry)
        self.hide()

    def show_status(self, status: StatusView) -> None:
        """With nobody logged in nothing is shown that could be old."""
        lost = [one.state == "lost" for one in status.trackers]
        is_offline = status.user is not None and status.offline is not None and bool(lost) and all(lost)
        self.setVisible(is_offline)
        if is_offline and status.offline:
            ago = amounts.span(status.offline)
            self.text.setText(tr("No tracker reachable: showing what was known {time} ago", time=ago))
        elif is_offline:
            self.text.setText(tr("No tracker reachable: showing what was known"))


def _never_mind(_: ShoalError) -> None:
    """The state of each tracker says it."""


def _lines(tracker: TrackerView, count: int) -> Lines:
    where = f"{named(tracker, count)}  ·  {amounts.isolated(tracker.address)}"
    return where, distance(tracker), state(tracker), ""


def _icon(tracker: TrackerView, _count: int) -> tuple[str, str]:
    colours = {"connected": "good", "up": "good", "lost": "bad"}
    return "failed" if tracker.state == "lost" else "tracker", colours.get(tracker.state, "muted")


def _said(tracker: TrackerView, count: int) -> str:
    address = amounts.isolated(tracker.address)
    return joined(filter(None, (named(tracker, count), address, state(tracker), distance(tracker))))


_READ: dict[int, Callable[[TrackerView, int], Any]] = {
    Qt.ItemDataRole.AccessibleTextRole: _said,
    Qt.ItemDataRole.ToolTipRole: lambda tracker, _: state(tracker),
    LINES: _lines,
    ICON: _icon,
}
