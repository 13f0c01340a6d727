"""The pages of somebody who is new, one after another, each with something on it."""

from collections.abc import Iterator
from pathlib import Path

from desktop.engine.views import TrackerView
from desktop.ui.desk import said_by_code
from desktop.ui.welcome.page import WelcomePage
from shared.errors import BadArgument


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
