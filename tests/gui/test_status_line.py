import pytest
from msgspec.structs import replace
from PySide6.QtGui import QAccessible, QColor, QPalette
from PySide6.QtWidgets import QLabel, QToolButton, QWidget
from pytestqt.qtbot import QtBot

from desktop.engine.events import TrackerChanged
from desktop.engine.views import LimitsInForce, StatusView, TrackerInUse, TrackerView
from desktop.ui import theme
from desktop.ui.amounts import isolated
from desktop.ui.status_line import StatusLine

pytestmark = pytest.mark.gui


def status(in_use: int | None, **states: str) -> StatusView:
    """`states`: of each tracker, by t and its number; "" is lost."""
    views = [
        TrackerView(
            number=int(name[1:]), address=name, state=state or "lost", why="" if state else "no answer"
        )
        for name, state in states.items()
    ]
    here = TrackerInUse(number=in_use, address=f"t{in_use}") if in_use else None
    return StatusView(
        user="ana", listen="", tracker=here, trackers=views, peers=0, down=0, up=0,
        sent=0, received=0, refetched=0, wasted=0, rejected=0, banned=0,
        limits=LimitsInForce(up=None, down=None, alternative_now=False),
    )  # fmt: skip


def changed(number: int, state: str) -> TrackerChanged:
    return TrackerChanged(number=number, address=f"t{number}", state=state)


def test_it_says_which_tracker_is_in_use_and_what_becomes_of_it(qtbot: QtBot) -> None:
    line = StatusLine(own_tracker=False)
    qtbot.addWidget(line)
    assert line.text == "Looking for a tracker…"
    line.hear(changed(1, "connected"))
    line.show_status(status(1, t1="connected", t2="unknown"))
    assert line.text == f"Tracker 1 of 2 at {isolated('t1')}"
    line.hear(changed(1, "lost"))
    assert line.text == f"Tracker 1 of 2 at {isolated('t1')} is lost, looking for another…"
    line.hear(changed(2, "behind"))
    line.show_status(status(2, t1="", t2="connected"))
    assert line.text == f"Tracker 2 of 2 at {isolated('t2')}, catching up"
    line.hear(changed(2, "connected"))
    assert line.text == f"Tracker 2 of 2 at {isolated('t2')}"
    line.hear(changed(2, "drain"))
    assert "is stopping, moving to another" in line.text
    line.hear(changed(2, "lost"))
    line.show_status(status(None, t1="", t2=""))
    assert line.text == "No tracker reachable, showing what was known; retrying"


def test_with_no_tracker_from_the_start_it_says_so_once_all_were_asked(qtbot: QtBot) -> None:
    line = StatusLine(own_tracker=False)
    qtbot.addWidget(line)
    line.show_status(status(None, t1="", t2="unknown"))
    assert line.text == "Looking for a tracker…"
    line.show_status(status(None, t1="", t2=""))
    assert line.text == "No tracker reachable, showing what was known; retrying"


@pytest.mark.slow
def test_its_dot_is_of_the_colours_that_are_in_use(qtbot: QtBot) -> None:
    line = StatusLine(own_tracker=True)
    qtbot.addWidget(line)
    line.hear(changed(1, "connected"))
    line.show_status(status(1, t1="connected"))
    button = line.findChild(QToolButton, "trackers")
    assert button
    for colours in (theme.LIGHT, theme.DARK):
        line.setPalette(QPalette(QColor(colours.raised), QColor(colours.window)))
        dot = button.icon().pixmap(16, 16).toImage()
        assert dot.pixelColor(dot.width() // 2, dot.height() // 2) == QColor(colours.good)


def test_where_no_tracker_was_asked_yet_it_asks(qtbot: QtBot) -> None:
    line = StatusLine(own_tracker=False)
    qtbot.addWidget(line)
    line.hear(changed(1, "connected"))
    line.show_status(status(1, t1="connected"))
    line.hear(changed(1, "lost"))
    line.show_status(replace(status(None, t1=""), searching=True))
    assert line.text == f"Tracker 1 at {isolated('t1')} is lost, asking it again…"
    line.show_status(status(None, t1=""))
    assert line.text == "No tracker reachable, showing what was known; retrying"


def test_who_hears_the_line_hears_what_it_says_not_only_what_it_is(qtbot: QtBot) -> None:
    line = StatusLine(own_tracker=True)
    qtbot.addWidget(line)
    line.hear(changed(1, "connected"))
    line.show_status(status(1, t1="connected"))

    def heard(kind: type[QWidget], name: str) -> list[str]:
        found = line.findChild(kind, name)
        assert found
        part = QAccessible.queryAccessibleInterface(found)
        return [part.text(QAccessible.Text.Name), part.text(QAccessible.Text.Description)]

    used = "Using your own tracker on this computer"
    assert heard(QLabel, "trackerState") == [used, "Tracker connection"]
    assert heard(QToolButton, "trackers") == ["Trackers", used]
    assert heard(QToolButton, "rates")[0] == "Speeds"
    assert "down" in heard(QToolButton, "rates")[1]
