"""The pages of somebody who is new, one after another, each with something on it."""

from collections.abc import Callable, Iterator
from pathlib import Path

from PySide6.QtWidgets import QApplication, QWidget

from desktop.app import TaskRunner
from desktop.engine.engine import Engine
from desktop.engine.views import TrackerView
from desktop.paths import Profile
from desktop.settings import Kept, Settings
from desktop.ui.desk import Desk, said_by_code
from desktop.ui.groups.acts import GroupActs
from desktop.ui.main_window import SIZE_MIN
from desktop.ui.notices import Notices
from desktop.ui.welcome.page import WelcomePage
from shared.errors import BadArgument

BARS_PX = 80
"""Of the window's height, for its menus and the line at the bottom."""


def wrong(home: Path, look: Callable[[QWidget, str], list[str]]) -> list[str]:
    """What `look` finds in each, in a low window."""
    profile, window = Profile.open(home), QWidget()
    kept = Kept(None, Settings(), Settings(), profile.check_download_dir)
    desk = Desk(window, Engine(profile, Settings()), TaskRunner(), Notices(window), kept)
    page = WelcomePage(desk, GroupActs(desk, lambda _: None))
    page.resize(SIZE_MIN.width(), SIZE_MIN.height() - BARS_PX)
    page.show()
    found = []
    for state in states(page):
        QApplication.processEvents()
        found += look(page, state)
    page.close()
    return found


def states(page: WelcomePage) -> Iterator[str]:
    page.choose()
    yield "ways"
    page._start()
    page.login.user.setText("ana")
    page.login.password.setText("correct horse")
    yield "start"
    page.login._other.click()
    yield "log in"
    page.use_link("shoal://join/half")
    yield "link"
    page._link._entry._fail(BadArgument("the QR code in this picture is no invite of Shoal"))
    yield "picture"
    page._link._entry._fail(
        BadArgument("no QR code was found in this picture; take one that shows all of it, and sharp")
    )
    yield "picture"
    page._open_file()
    page._file._tell(Path(), TrackerView(number=1, address="192.168.1.5:21001", state="up"))
    page._file._tell(Path(), TrackerView(number=2, address="a.example:1", state="lost", why="no answer"))
    yield "file"
    why = said_by_code("device_revoked")
    page.log_in_again("ana", why[:1].upper() + why[1:])
    yield "again"
