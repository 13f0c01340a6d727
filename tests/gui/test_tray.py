"""The window is closed and Shoal goes on in the tray, where a person hears who asks for them."""

from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QAction
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QSystemTrayIcon

from desktop import settings
from desktop.engine.events import DownloadChanged
from desktop.qt_loop import QtLoop
from desktop.ui.groups.model import Place
from desktop.ui.rows import COUNT
from tests.gui.person import Person, until

pytestmark = [
    pytest.mark.gui,
    pytest.mark.slow,
    pytest.mark.qt_log_ignore("No such signal QPlatformNativeInterface", extend=True),  # offscreen
]

NAMES = ["one.txt", "two.txt"]


def entry(person: Person, part: str) -> QAction:
    """Of the tray's menu, as it is when it is opened."""
    person.window.tray.menu.aboutToShow.emit()
    found = [action for action in person.window.tray.menu.actions() if part in action.text()]
    assert len(found) == 1, [action.text() for action in person.window.tray.menu.actions()]
    return found[0]


def ended(person: Person) -> bool:
    """Whether they did since it was asked last."""
    was, person.closed = person.closed, False
    return was


def test_closing_ends_shoal_where_there_is_no_tray_and_nobody_is_asked(qloop: QtLoop, tmp_path: Path) -> None:
    async def scenario() -> None:
        async with Person(tmp_path / "ana") as ana:
            await ana.sign_up("ana")
            ana.window.close()
            assert ana.closed

    qloop.run_until_complete(scenario())


def test_closing_asks_once_and_then_shares_on_from_the_tray(
    qloop: QtLoop, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(QSystemTrayIcon, "isSystemTrayAvailable", lambda: True)

    async def scenario() -> None:
        async with Person(tmp_path / "ana") as ana, Person(tmp_path / "bo", ana.own_tracker_file) as bo:
            said: list[str] = []
            ana.window.tray.told.connect(lambda title, text: said.append(f"{title}: {text}"))
            await ana.sign_up("ana")
            await ana.create_group("design")
            ana.window.close()
            assert ana.window.isVisible()
            ana.click("Keep sharing")
            assert not ana.window.isVisible()
            assert not ana.closed
            assert settings.load(ana.profile.settings).tray == "stay"
            assert not entry(ana, "No requests").isEnabled()
            assert not entry(ana, "Pause all").isEnabled()

            await bo.sign_up("bo")
            await bo.ask_to_join("design")
            await until(lambda: said)
            assert said[0].startswith("Request to join: ")
            await until(lambda: entry(ana, "to join").text() == "1 person asks to join")
            entry(ana, "to join").trigger()
            assert ana.window.isVisible()
            assert ana.window.groups.place == Place("design", "request", "bo")

            ana.window.close()
            assert not ana.window.isVisible(), "it asks only once"
            for name in NAMES:
                ana.engine.emit(DownloadChanged(id=1, group="design", name=name, state="C", path=""))
            await until(lambda: said[1:] == ["Download complete: 2 downloads"])

            # What came while nobody looked is counted until somebody does.
            head = ana.window.groups.model.item_of(Place("design", "activity"))
            assert head is not None
            ana.window.groups.model.came("design", 3)
            ana.window.groups.settle()
            assert head.data(COUNT) == 3
            entry(ana, "Open").trigger()
            assert ana.window.isVisible()
            await until(lambda: head.data(COUNT) is None)

            ana.act("command")
            QTest.keyClicks(ana.window.command.edit, "quit")
            QTest.keyClick(ana.window.command.edit, Qt.Key.Key_Return)
            assert ended(ana), "the command ends Shoal, though closing the window does not"
            entry(ana, "Quit").trigger()
            assert ended(ana)

    qloop.run_until_complete(scenario())
