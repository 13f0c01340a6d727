"""The window is honest about the network: each tracker, since when there is none, what to do about it."""

from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QColor, QImage
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QDialog, QLabel, QPushButton, QToolButton

from desktop.engine.network_views import NetworkCheck
from desktop.engine.views import TrackerView
from desktop.qt_loop import QtLoop
from desktop.ui import theme
from desktop.ui.network_check import CheckDialog, findings
from desktop.ui.theme import DARK, LIGHT
from desktop.ui.tracker_rows import distance, state
from tests.gui.person import Person, until
from tests.support.tracker import running_trackers

SAID = Qt.ItemDataRole.AccessibleTextRole


def a_check(**more: object) -> NetworkCheck:
    fields: dict[str, object] = {
        "trackers": 2, "reachable": 2, "rtt": 0.01, "listen": "0.0.0.0:21500", "port": "reached",
        "clock_off_s": 0.2, "folder": "/home/ana", "free": 10**12,
    }  # fmt: skip
    return NetworkCheck(**(fields | more))  # type: ignore[arg-type]


@pytest.mark.parametrize(
    ("found", "name", "part"),
    [
        ({}, None, ""),
        ({"reachable": 0}, "Trackers", "None answers"),
        ({"reachable": 1}, "Trackers", "of 2 trackers answer"),
        ({"rtt": 0.7}, "Trackers", "slowly"),
        ({"port": "local"}, "Your port", "Only programs on this computer"),
        ({"port": "unknown"}, "Your port", "No tracker could try it"),
        ({"port": "timeout"}, "Firewall and router", "Allow TCP port \u206821500\u2069"),
        ({"port": "refused"}, "Firewall and router", "Forward it"),
        ({"clock_off_s": -700.0}, "Clock", "behind"),
        ({"clock_off_s": 700.0}, "Clock", "ahead"),
        ({"clock_off_s": None}, "Clock", "No tracker"),
        ({"reachable": 0}, "Clock", "No tracker"),
        ({"free": 10**9}, "Disk", "Make room"),
        ({"free": None}, "Disk", "is not there"),
    ],
)
def test_what_is_not_well_says_what_to_do(found: dict[str, object], name: str | None, part: str) -> None:
    bad = {one.name: one.said for one in findings(a_check(**found)) if not one.is_well}
    assert "{" not in "".join(one.said for one in findings(a_check(**found)))
    assert not bad if name is None else part in bad[name]


def test_a_tracker_says_how_far_it_is_or_why_it_is_not_there() -> None:
    here = TrackerView(number=1, address="a:1", state="connected", rtt=0.0123, behind=True)
    assert (state(here), distance(here)) == ("in use, catching up", "\u206812 ms\u2069")
    gone = TrackerView(number=2, address="b:1", state="lost", why="no answer", asked_s=70)
    assert (state(gone), distance(gone)) == ("not reachable, no answer; asked \u20681 min\u2069 ago", "")


@pytest.mark.gui
@pytest.mark.slow
def test_a_person_sees_which_trackers_are_there_and_looks_at_the_network(
    qloop: QtLoop, qapp: QApplication, tmp_path: Path
) -> None:
    async def scene() -> None:
        async with (
            running_trackers(tmp_path, 2) as network,
            Person(tmp_path / "ana", network.info_file) as ana,
        ):
            await ana.sign_up("ana")
            await ana.create_group("design")
            panel, window = ana.window.trackers, ana.window

            def said() -> list[str]:
                return [str(panel.model.index(row, 0).data(SAID)) for row in range(panel.model.rowCount())]

            QTest.mouseClick(ana.find(QToolButton, "trackers"), Qt.MouseButton.LeftButton)
            assert panel.isVisible()
            await until(lambda: len(said()) == 2 and all(" ms" in one for one in said()))
            first = next(number for number in (1, 2) if "in use" in said()[number - 1])
            used = 3 - first
            await network.stop(first)
            await until(lambda: "in use" in said()[used - 1])
            QTest.mouseClick(button(ana, "retryTrackers"), Qt.MouseButton.LeftButton)
            await until(lambda: "no tracker runs there" in said()[first - 1])
            await until(lambda: window.status.text.startswith(f"Tracker {used} of 2 at"))
            await until(lambda: not window.offline.isVisible())
            assert not [one for one in window.findChildren(QDialog) if one.isVisible()]

            # The look at the network, from there.
            QTest.mouseClick(button(ana, "checkNetwork"), Qt.MouseButton.LeftButton)
            await until(lambda: not panel.isVisible() and window.findChild(CheckDialog))
            assert not panel._timer.isActive()
            dialog = window.findChild(CheckDialog)
            assert dialog is not None
            await until(lambda: len(dialog.said) == 5)
            assert "Only programs on this computer" in dialog.said[1]
            for appearance, colours in (("dark", DARK), ("light", LIGHT)):
                theme.apply(qapp, appearance)
                pictures = [one for one in dialog.findChildren(QLabel) if one.accessibleName() == "well"]
                assert QColor(colours.good) in middle_row(pictures[0].pixmap().toImage())
            ana.downloads.rmdir()  # as with a disk that was taken away
            QTest.mouseClick(button(ana, "checkAgain"), Qt.MouseButton.LeftButton)
            await until(lambda: "is not there" in dialog.said[4])
            QTest.keyClick(dialog, Qt.Key.Key_Escape)

            # Nobody is there any more; then one is back, and is found without a wait.
            await network.stop(used)
            await until(window.offline.isVisible)
            await until(lambda: window.offline.text.text().endswith(" ago"))
            assert panel.findChild(QLabel, "trackersText").text().startswith("You see what was known \u2068")  # type: ignore[union-attr]
            assert window.offline.text.text().startswith(
                "No tracker reachable: showing what was known \u2068"
            )
            await network.start(used)
            QTest.mouseClick(button(ana, "retryOffline"), Qt.MouseButton.LeftButton)
            await until(lambda: not window.offline.isVisible())

    qloop.run_until_complete(scene())


def middle_row(image: QImage) -> list[QColor]:
    return [image.pixelColor(x, image.height() // 2) for x in range(image.width())]


def button(person: Person, name: str) -> QPushButton:
    found = person.window.findChild(QPushButton, name)
    assert isinstance(found, QPushButton)
    return found
