"""What happened to one download lately, for whoever asks why it stands as it does. Pure."""

from collections import deque
from collections.abc import Callable
from typing import NamedTuple

from shared.facts.ids import DeviceId
from shared.limits import DIARY_NOTES_MAX


class Note(NamedTuple):
    at: int
    """Seconds since the epoch."""
    what: str
    """begun, goes_on, waits, gives, left, stalled, bad_piece, again, paused, complete or failed."""
    device: DeviceId | None
    """Whom it is about."""
    detail: str
    """A code, or a number of bytes."""


class Diary:
    """The last DIARY_NOTES_MAX notes, since the program began."""

    def __init__(self, wall_s: Callable[[], float]) -> None:
        self.notes: deque[Note] = deque(maxlen=DIARY_NOTES_MAX)
        self._wall_s = wall_s
        self._giving: set[DeviceId] = set()

    def note(self, what: str, device: DeviceId | None = None, detail: str = "") -> None:
        self.notes.append(Note(int(self._wall_s()), what, device, detail))

    def rests(self, what: str, detail: str = "") -> None:
        """Nobody gives any more; that each of them goes is not told."""
        self._giving.clear()
        self.note(what, None, detail)

    def gave(self, device: DeviceId) -> None:
        """It gave a piece: told once, until it is lost. Cheap."""
        if device not in self._giving:
            self._giving.add(device)
            self.note("gives", device)

    def lost(self, device: DeviceId, code: str) -> None:
        """A channel to it ended: `code` is empty if its link did, or "stalled"."""
        if device in self._giving and code in ("", "stalled"):
            self._giving.discard(device)
            self.note(code or "left", device)
