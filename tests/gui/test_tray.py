"""The window is closed and Shoal goes on in the tray, where a person hears who asks for them."""

from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QAction
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QSystemTrayIcon

from desktop import settings
from desktop.engine.events import DownloadChanged, RequestCame
from desktop.qt_loop import QtLoop
from desktop.ui import theme
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


def dot_of(person: Person) -> str:
    """The colour of the icon where a dot would be."""
    return person.window.tray._icon.icon().pixmap(64).toImage().pixelColor(49, 14).name()


async def tells_nothing_where_nobody_wants_it(ana: Person, bo: Person) -> None:
    """In the window that is in front it would be told twice."""
    came = DownloadChanged(id=1, group="design", name="seen.txt", state="C", path="")
    ana.window.activateWindow()
    await until(ana.window.isActiveWindow)
    ana.engine.emit(came)
    bo.window.activateWindow()
    await until(bo.window.isActiveWindow)
    ana.kept.change(notify_downloads=False, notify_requests=False)
    ana.engine.emit(came)
    ana.engine.emit(RequestCame(group="design", user="cleo", at=1))
    ana.kept.change(notify_downloads=True, notify_requests=True)


async def shares_something(bo: Person, ana: Person, home: Path) -> None:
    await ana.engine.accept_request("design", "bo")
    await until(bo.sees_notice("You are now a member of design"))
    await until(lambda: bo.window.groups.model.groups["design"].mine == "member")
    await bo.at_group("design")
    (home / "one.txt").write_bytes(b"one")
    bo.drop([home / "one.txt"])


async def pauses_what_waits(ana: Person, bo: Person) -> None:
    await until(lambda: ana.files == ["one.txt"])
    await bo.engine.logout(forget=False)
    ana.double_click("one.txt")
    for state, said in (("P", "Pause all"), ("D", "Resume all")):
        await until(lambda: ana.window.transfers.model.views)
        entry(ana, said).trigger()
        await until(lambda state=state: [one.state for one in ana.window.transfers.model.views] == [state])  # type: ignore[misc]


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
            assert not ana.window.transfers._timer.isActive(), "nothing ticks that nobody sees"
            assert settings.load(ana.profile.settings).tray == "stay"
            assert not entry(ana, "No requests").isEnabled()
            assert not entry(ana, "Pause all").isEnabled()
            await until(lambda: "kB/s" in entry(ana, "\N{UPWARDS ARROW}").text())
            assert dot_of(ana) != theme.DARK.warn
            ana.window.tray._icon.activated.emit(QSystemTrayIcon.ActivationReason.Trigger)
            assert ana.window.isVisible()
            ana.window.hide()

            await bo.sign_up("bo")
            await bo.ask_to_join("design")
            await until(lambda: said[0].startswith("Request to join: "))
            await until(lambda: entry(ana, "to join").text() == "1 person asks to join")
            assert dot_of(ana) == theme.DARK.warn
            entry(ana, "to join").trigger()
            assert ana.window.isVisible()
            assert ana.window.groups.place == Place("design", "request", "bo")

            await tells_nothing_where_nobody_wants_it(ana, bo)
            ana.window.close()
            assert not ana.window.isVisible(), "it asks only once"
            for name in NAMES:
                ana.engine.emit(DownloadChanged(id=1, group="design", name=name, state="C", path=""))
            await until(lambda: said[1:] == ["Download complete: 2 downloads"])

            # What came while nobody looked is counted until somebody does.
            head = ana.window.groups.model.item_of(Place("design", "activity"))
            assert head is not None
            await shares_something(bo, ana, tmp_path)
            await until(lambda: head.data(COUNT) == 1)
            entry(ana, "Open").trigger()
            assert ana.window.isVisible()
            await until(lambda: head.data(COUNT) is None)
            await pauses_what_waits(ana, bo)

            ana.act("command")
            QTest.keyClicks(ana.window.command.edit, "quit")
            QTest.keyClick(ana.window.command.edit, Qt.Key.Key_Return)
            assert ended(ana), "the command ends Shoal, though closing the window does not"
            entry(ana, "Quit").trigger()
            assert ended(ana)

    qloop.run_until_complete(scenario())
