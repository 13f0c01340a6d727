"""The one place where engine events become Qt signals."""

from collections import Counter
from collections.abc import Callable

from PySide6.QtCore import QObject, Qt, QTimer, Signal

from desktop.engine import events

FLUSH_MS = 100


class Bridge(QObject):
    """Passes on what happened at once, and of what goes on the newest word, ten times a second at most."""

    groups_stale = Signal()
    files_stale = Signal(str)
    """A group's name; empty: every group's."""
    sharers_stale = Signal(str)
    """The same files, had by others."""
    downloads_stale = Signal()
    progressed = Signal(list)
    """The newest DownloadProgress of each download that moved."""
    hashed = Signal(object)
    """The newest ShareProgress."""
    added = Signal(object)
    """A dict: how many files came, by (group, user)."""
    told = Signal(object)
    """Every other event."""

    def __init__(self, subscribe: Callable[[Callable[[events.Event], None]], Callable[[], None]]) -> None:
        super().__init__()
        self._progress: dict[int, events.DownloadProgress] = {}
        self._hashing: events.ShareProgress | None = None
        self._added: Counter[tuple[str, str]] = Counter()
        # Precise, as some others: Qt lets those that are not come in one go, to wake up less often.
        self._timer = QTimer(self, interval=FLUSH_MS, timerType=Qt.TimerType.PreciseTimer)
        self._timer.timeout.connect(self._flush)
        self._stop = subscribe(self._hear)

    def stop(self) -> None:
        self._stop()
        self._timer.stop()

    def _hear(self, event: events.Event) -> None:
        match event:
            case events.DownloadProgress():
                self._progress[event.id] = event
                self._run_timer()
            case events.ShareProgress():
                self._hashing = event
                self._run_timer()
            case events.FileAdded():
                self._added[event.group, event.user] += 1
                self._run_timer()
            case events.FilesChanged():
                (self.sharers_stale if event.same else self.files_stale).emit(event.group)
            case events.GroupsChanged():
                self.groups_stale.emit()
            case events.DownloadChanged():
                self.downloads_stale.emit()
                self.told.emit(event)
            case events.LoggedIn() | events.LoggedOut() | events.NameChanged():
                self.groups_stale.emit()
                self.files_stale.emit("")
                self.downloads_stale.emit()
                self.told.emit(event)
            case _:
                self.told.emit(event)

    def _run_timer(self) -> None:
        if not self._timer.isActive():
            self._timer.start()

    def _flush(self) -> None:
        progress, self._progress = self._progress, {}
        hashing, self._hashing = self._hashing, None
        added, self._added = self._added, Counter()
        if progress:
            self.progressed.emit(list(progress.values()))
        if hashing:
            self.hashed.emit(hashing)
        if added:
            self.added.emit(dict(added))
        if not progress and not hashing and not added:
            self._timer.stop()
