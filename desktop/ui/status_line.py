"""The line at the bottom: which tracker is in use, rates, how many connections; ways to more about each."""

from PySide6.QtCore import QEvent, QObject, Qt, Signal
from PySide6.QtWidgets import QFrame, QToolButton

from desktop.engine.events import Event, NetworkChanged, TrackerChanged
from desktop.engine.views import StatusView, TrackerView
from desktop.ui import amounts, parts
from desktop.ui.icons import icon_for
from desktop.ui.tracker_rows import none_answers
from desktop.ui.words import joined, tr, tr_n


class StatusLine(QFrame):
    limits_wanted = Signal()
    trackers_wanted = Signal()

    def __init__(self, *, own_tracker: bool) -> None:
        super().__init__()
        self.setObjectName("statusLine")
        self._own_tracker = own_tracker
        self._colour = "muted"
        self._changed: TrackerChanged | None = None
        self._known: list[TrackerView] = []
        self._none_answers = False
        self._button = QToolButton()
        self._button.setObjectName("trackers")
        self._button.setProperty("kind", "plain")
        self._button.clicked.connect(self.trackers_wanted)
        self._button.setToolTip(tr("Trackers"))
        self._button.setAccessibleName(tr("Trackers"))
        self._tracker = parts.Elided("trackerState")
        self._tracker.setAccessibleDescription(tr("Tracker connection"))
        self._tracker.setCursor(Qt.CursorShape.PointingHandCursor)
        self._tracker.installEventFilter(self)
        self._rates = QToolButton()
        self._rates.setObjectName("rates")
        self._rates.setProperty("kind", "plain")
        self._rates.setToolTip(tr("Limits"))
        self._rates.setAccessibleName(tr("Speeds"))
        self._rates.clicked.connect(self.limits_wanted)
        line = parts.row(self, spacing=2, margins=(10, 6, 14, 6))
        line.addWidget(self._button)
        line.addWidget(self._tracker, stretch=1)
        line.addWidget(self._rates)
        self._say(tr("Looking for a tracker…"), "muted")

    @property
    def text(self) -> str:
        return self._tracker.text()

    def hear(self, event: Event) -> None:
        match event:
            case NetworkChanged():  # its tracker is still to be found
                self._own_tracker, self._changed, self._known = event.tracker_info is None, None, []
                self._none_answers = False
                self._say(tr("Looking for a tracker…"), "muted")
            case TrackerChanged():
                self._changed = event
                self._show()
            case _:
                pass

    def show_status(self, status: StatusView) -> None:
        links = amounts.isolated(tr_n("%n connections", status.peers, one="%n connection"))
        down, up = amounts.rate(status.down), amounts.rate(status.up)
        is_limited = status.limits.up is not None or status.limits.down is not None
        about = [links, tr("limited")] if is_limited else [links]
        self._rates.setText("   ·   ".join([amounts.rates(status.down, status.up), *about]))
        self._rates.setAccessibleDescription(joined([tr("down {down}, up {up}", down=down, up=up), *about]))
        self._known, self._none_answers = status.trackers, none_answers(status)
        if self._changed is None and (tracker := status.tracker):  # it was there before this line
            self._changed = TrackerChanged(number=tracker.number, address=tracker.address, state="connected")
        self._show()

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """The words are as good to click on as the button."""
        if watched is self._tracker and event.type() == QEvent.Type.MouseButtonRelease:
            self.trackers_wanted.emit()
        return super().eventFilter(watched, event)

    def changeEvent(self, event: QEvent) -> None:
        if event.type() == QEvent.Type.PaletteChange:
            self._draw()
        super().changeEvent(event)

    def _draw(self) -> None:
        self._button.setIcon(icon_for(self, "online", self._colour))

    def _show(self) -> None:
        is_gone = self._changed is None or self._changed.state in ("lost", "drain")
        if is_gone and self._none_answers:
            self._say(tr("No tracker reachable, showing what was known; retrying"), "warn")
        elif self._changed is None:
            pass  # it looks for one
        elif self._changed.state == "lost" and len(self._known) == 1:
            self._say(tr("{tracker} is lost, asking it again…", tracker=self._named(self._changed)), "warn")
        elif self._changed.state == "lost":
            self._say(
                tr("{tracker} is lost, looking for another…", tracker=self._named(self._changed)), "warn"
            )
        elif self._changed.state == "drain":
            self._say(
                tr("{tracker} is stopping, moving to another…", tracker=self._named(self._changed)), "good"
            )
        elif self._own_tracker:
            self._say(tr("Using your own tracker on this computer"), "good")
        else:
            named, is_behind = self._named(self._changed), self._changed.state == "behind"
            self._say(tr("{tracker}, catching up", tracker=named) if is_behind else named, "good")

    def _named(self, tracker: TrackerChanged) -> str:
        address = amounts.isolated(tracker.address)
        if not tracker.number:
            return tr("Tracker at {address}", address=address)
        number = amounts.number(tracker.number)
        if len(self._known) <= 1:
            return tr("Tracker {number} at {address}", number=number, address=address)
        count = amounts.number(len(self._known))
        return tr("Tracker {number} of {count} at {address}", number=number, count=count, address=address)

    def _say(self, text: str, colour: str) -> None:
        if (text, colour) != (self.text, self._colour):
            self._colour = colour
            self._tracker.setText(text)
            self._tracker.setToolTip(text)
            self._button.setAccessibleDescription(text)
            parts.announce(self, text)
            self._draw()
