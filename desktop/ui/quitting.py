"""Before Shoal ends: what that breaks off, and whether it shall."""

from collections.abc import Callable

from PySide6.QtGui import QGuiApplication

from desktop.ui.desk import Desk
from desktop.ui.dialogs import Confirm
from desktop.ui.words import mark, tr, tr_n


class Quitting:
    def __init__(self, desk: Desk, end: Callable[[], object]) -> None:
        self._desk, self._end = desk, end
        self._is_asked = False

    def quit(self) -> None:
        """Asks where something is under way; who wants it once more means it, and so does a session's end."""
        app = QGuiApplication.instance()
        is_session_over = isinstance(app, QGuiApplication) and app.isSavingSession()
        under_way = [] if self._is_asked or is_session_over else self._under_way()
        if not under_way:
            self._end()
            return
        self._is_asked = True
        act = (mark("Quit Shoal"), self._end)
        asked = Confirm(self._desk.window, tr("Quit Shoal?"), "\n".join(under_way), act)
        asked.finished.connect(self._answered)
        asked.open()

    def _answered(self) -> None:
        self._is_asked = False

    def _under_way(self) -> list[str]:
        engine = self._desk.engine
        if engine.user is None:
            return []
        count = sum(view.state == "D" and view.sources > 0 for view in engine.downloads())
        people = len({user for one in engine.taken() for user in one.people})
        coming = tr_n(
            "%n downloads are under way; they go on when Shoal is opened again.",
            count,
            one="%n download is under way; it goes on when Shoal is opened again.",
        )
        going = tr_n(
            "%n people download from you now; without you they may have to wait.",
            people,
            one="%n person downloads from you now; without you they may have to wait.",
        )
        return [coming] * bool(count) + [going] * bool(people)
