"""The line at the bottom: which tracker is in use, how fast bytes come and go, how many peers."""

from PySide6.QtWidgets import QFrame, QLabel

from desktop.engine.events import TrackerChanged
from desktop.engine.views import StatusView
from desktop.ui import amounts, parts
from desktop.ui.icons import icon_for


class StatusLine(QFrame):
    def __init__(self, *, own_tracker: bool) -> None:
        super().__init__()
        self.setObjectName("statusLine")
        self._own_tracker = own_tracker
        self._colour = "muted"
        self._dot = QLabel()
        self._tracker = parts.Elided("trackerState")
        self._tracker.setText("Looking for a tracker…")
        self._tracker.setAccessibleName("Tracker connection")
        self._rates = parts.label(name="rates", kind="muted")
        self._rates.setWordWrap(False)
        self._rates.setAccessibleName("Speeds")
        line = parts.row(self, spacing=8, margins=(14, 6, 14, 6))
        line.addWidget(self._dot)
        line.addWidget(self._tracker, stretch=1)
        line.addWidget(self._rates)
        self.redraw()

    @property
    def text(self) -> str:
        return self._tracker.text()

    def show_tracker(self, changed: TrackerChanged) -> None:
        if changed.state == "lost":
            self._say("No tracker reachable, showing what was known; retrying", "warn")
        elif self._own_tracker:
            self._say("Using your own tracker on this computer", "good")
        else:
            number = f"Tracker {changed.number}" if changed.number else "Tracker"
            behind = ", catching up" if changed.state == "behind" else ""
            self._say(f"{number} at {amounts.isolated(changed.address)}{behind}", "good")

    def show_status(self, status: StatusView) -> None:
        peers = amounts.counted(status.peers, "peer", "peers")
        self._rates.setText(f"↓ {amounts.rate(status.down)}   ↑ {amounts.rate(status.up)}   ·   {peers}")

    def redraw(self) -> None:
        """After a change of theme."""
        self._dot.setPixmap(icon_for(self, "online", self._colour).pixmap(16, 16))

    def _say(self, text: str, colour: str) -> None:
        self._colour = colour
        self._tracker.setText(text)
        self.redraw()
