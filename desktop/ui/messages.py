"""What the system is asked to tell a person who does not look at the window."""

from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

from PySide6.QtCore import QObject, QTimer
from PySide6.QtWidgets import QApplication

from desktop.engine import events
from desktop.engine.events import DownloadChanged, RequestCame
from desktop.ui.amounts import name
from desktop.ui.desk import Desk
from desktop.ui.groups.model import Place
from desktop.ui.notifications import Told
from desktop.ui.words import mark, tr, tr_n

GATHER_MS = 1500
"""Downloads that end together are one message."""


@dataclass(frozen=True)
class MessageActs:
    """What the messages have of the window."""

    tell: Callable[[Told], object]
    accept: Callable[[str, str], object]
    reject: Callable[[str, str], object]
    """Group and user."""
    reveal: Callable[[str], object]
    retry: Callable[[list[int]], object]
    """Downloads, by their ids."""


class Messages(QObject):
    def __init__(self, desk: Desk, acts: MessageActs) -> None:
        super().__init__(desk.window)
        self._desk = desk
        self._acts = acts
        self._ended: list[DownloadChanged] = []
        self._gather = QTimer(self, interval=GATHER_MS, singleShot=True)
        self._gather.timeout.connect(self._tell_ended)

    def hear(self, event: events.Event) -> None:
        settings = self._desk.settings
        match event:
            case RequestCame() if settings.notify_requests and not self._is_in_front():
                self._tell_of_request(event.group, event.user)
            case DownloadChanged(state="C" | "F") if settings.notify_downloads and not self._is_in_front():
                self.tell_soon(event)
            case _:
                pass

    def tell_soon(self, *ended: DownloadChanged) -> None:
        self._ended += ended
        self._gather.start()

    def stop(self) -> None:
        self._gather.stop()

    def go_on_in(self, heir: "Messages") -> None:
        """What is still to be told here is told there."""
        if self._ended:
            heir.tell_soon(*self._ended)

    def _is_in_front(self) -> bool:
        """The window, or a dialog over it."""
        active, window = QApplication.activeWindow(), self._desk.window
        return active is not None and window in (active, active.parentWidget())

    def _tell_of_request(self, group: str, user: str) -> None:
        text = tr("{user} asks to join {group}", user=name(user), group=name(group))
        acts = (
            (mark("Accept"), lambda: self._acts.accept(group, user)),
            (mark("Reject"), lambda: self._acts.reject(group, user)),
        )
        self._acts.tell(Told(tr("Request to join"), text, Place(group, "request", user), acts))

    def _tell_ended(self) -> None:
        ended, self._ended = self._ended, []
        done = [event for event in ended if event.state == "C"]
        failed = [event for event in ended if event.state == "F"]
        if done:
            folders = {Path(event.path).parent for event in done}
            reveal = (mark("Show in folder"), lambda: self._acts.reveal(done[0].path))
            acts = (reveal,) if len(folders) == 1 else ()
            self._acts.tell(Told(tr("Download complete"), _named(done), acts=acts))
        if failed:
            again = (mark("Try again"), lambda: self._acts.retry([event.id for event in failed]))
            self._acts.tell(Told(tr("Download failed"), _named(failed), acts=(again,)))


def _named(ended: list[DownloadChanged]) -> str:
    """By name, or how many."""
    return name(ended[0].name) if len(ended) == 1 else tr_n("%n downloads", len(ended), one="%n download")
