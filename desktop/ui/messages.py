"""What the system is asked to tell a person who does not look at the window."""

from collections.abc import Callable

from PySide6.QtCore import QObject, QTimer
from PySide6.QtWidgets import QApplication

from desktop.engine import events
from desktop.engine.events import DownloadChanged, RequestCame
from desktop.ui.amounts import name
from desktop.ui.desk import Desk
from desktop.ui.groups_model import Place
from desktop.ui.words import tr, tr_n

GATHER_MS = 1500
"""Downloads that end together are one message."""
Tell = Callable[[str, str, Place | None], object]
"""Title, text, and what a click on it shows; None is only the window."""


class Messages(QObject):
    def __init__(self, desk: Desk, tell: Tell) -> None:
        super().__init__(desk.window)
        self._desk = desk
        self._tell = tell
        self._ended: list[DownloadChanged] = []
        self._gather = QTimer(self, interval=GATHER_MS, singleShot=True)
        self._gather.timeout.connect(self._tell_ended)

    def hear(self, event: events.Event) -> None:
        settings = self._desk.settings
        match event:
            case RequestCame() if settings.notify_requests and not self._is_in_front():
                text = tr("{user} asks to join {group}", user=name(event.user), group=name(event.group))
                self._tell(tr("Request to join"), text, Place(event.group, "request", event.user))
            case DownloadChanged(state="C" | "F") if settings.notify_downloads and not self._is_in_front():
                self._ended.append(event)
                self._gather.start()
            case _:
                pass

    def stop(self) -> None:
        self._gather.stop()

    def _is_in_front(self) -> bool:
        """The window, or a dialog over it."""
        active, window = QApplication.activeWindow(), self._desk.window
        return active is not None and window in (active, active.parentWidget())

    def _tell_ended(self) -> None:
        ended, self._ended = self._ended, []
        for state, title in (("C", tr("Download complete")), ("F", tr("Download failed"))):
            names = [name(event.name) for event in ended if event.state == state]
            if len(names) == 1:
                self._tell(title, names[0], None)
            elif names:
                self._tell(title, tr_n("%n downloads", len(names), one="%n download"), None)
