"""While the window is closed, a person answers and looks by the buttons of the system's own messages."""

import os
from collections.abc import Iterator
from pathlib import Path

import pytest
from PySide6.QtCore import QObject, QUrl, Slot
from PySide6.QtGui import QDesktopServices

from desktop.engine.events import DownloadChanged
from desktop.qt_loop import QtLoop
from desktop.ui.groups.model import Place
from desktop.ui.notifications import Notifications, Told
from shared.limits import NOTIFICATIONS_MAX
from tests.gui.person import Person, until
from tests.support.desktop_bus import Notification, Shower, session_bus

pytestmark = [pytest.mark.gui, pytest.mark.slow]


@pytest.fixture
def bus(tmp_path_factory: pytest.TempPathFactory, monkeypatch: pytest.MonkeyPatch) -> Iterator[str]:
    monkeypatch.setenv("XDG_ACTIVATION_TOKEN", "")
    with session_bus(tmp_path_factory.mktemp("b")) as address:
        yield address


@pytest.fixture
def shower(bus: str) -> Iterator[Shower]:
    made = Shower(bus, "actions", "body")
    made.appear()
    yield made
    made.leave()


class Folders(QObject):
    """What opens them."""

    def __init__(self) -> None:
        super().__init__()
        self.opened: list[str] = []

    @Slot(QUrl)
    def open(self, url: QUrl) -> None:
        self.opened.append(url.toLocalFile())


async def request(shower: Shower) -> Notification:
    """Until the system shows it, wherever the window is with it."""
    await until(lambda: shower.shown)
    return shower.shown[0]


def plain(text: str) -> str:
    return text.replace("\u2068", "").replace("\u2069", "")


def test_requests_are_answered_and_downloads_found_with_the_window_closed(
    qloop: QtLoop, tmp_path: Path, shower: Shower
) -> None:
    folders = Folders()
    QDesktopServices.setUrlHandler("file", folders, "open")  # type: ignore[arg-type]

    async def scenario() -> None:
        async with Person(tmp_path / "ana") as ana, Person(tmp_path / "bo", ana.own_tracker_file) as bo:
            await ana.sign_up("ana")
            await ana.create_group("design")
            ana.window.hide()
            await bo.sign_up("bo")
            await bo.engine.join_group("design")
            asked = await request(shower)
            assert (asked.title, plain(asked.text)) == ("Request to join", "bo asks to join design")
            assert list(asked.buttons) == ["Open Shoal", "Accept", "Reject"]
            await bo.engine.withdraw_request("design")
            await until(lambda: not shower.shown, "a request that is no more takes its message along")

            await bo.engine.join_group("design")
            asked = await request(shower)
            shower.ActionInvoked.emit(asked.number + 1, asked.buttons["Reject"])  # what others asked
            shower.press(asked.number, asked.buttons["Accept"])
            await until(bo.sees_notice("You are now a member"))

            for one in ("one.txt", "two.txt"):
                path = str(tmp_path / one)
                ana.engine.emit(DownloadChanged(id=1, group="design", name=one, state="C", path=path))
            ana.engine.emit(DownloadChanged(id=1, group="design", name="x", state="F", path="", error="io"))
            await ana.speak("en")  # a window made anew tells what the one before was about to
            await until(lambda: len(shower.shown) == 2)
            done, failed = shower.shown
            assert (done.text, plain(failed.text)) == ("2 downloads", "x")
            assert list(failed.buttons) == ["Open Shoal", "Try again"]
            shower.press(done.number, done.buttons["Show in folder"])
            await until(lambda: folders.opened == [str(tmp_path)])
            ana.window.tray.stop()
            await until(lambda: not shower.shown, "nobody would hear its buttons")

    try:
        qloop.run_until_complete(scenario())
    finally:
        QDesktopServices.unsetUrlHandler("file")


def test_buttons_come_back_after_the_bus_was_lost(
    qloop: QtLoop, tmp_path_factory: pytest.TempPathFactory
) -> None:
    """It was started anew, as another one; or Shoal was there before it."""
    told, plainly, owner = Told("title", "text"), list[Told](), QObject()
    notifications = Notifications(owner, lambda _: None, plainly.append)

    async def on_a_bus() -> None:
        del plainly[:]
        with session_bus(tmp_path_factory.mktemp("b")) as address:
            shower = Shower(address, "actions")
            shower.appear()
            notifications.tell(told)
            await until(lambda: plainly and notifications._has_buttons)
            notifications.tell(told)
            await until(lambda: notifications._shown)
            assert list(notifications._shown) == [1], "what the last bus showed has no numbers here"
            shower.leave()

    async def scenario() -> None:
        notifications.start()
        for _ in range(2):
            await on_a_bus()
        notifications.stop()

    qloop.run_until_complete(scenario())


def test_without_buttons_it_is_told_plainly_and_those_that_come_later_are_used(
    qloop: QtLoop, bus: str
) -> None:
    told, place, owner = Told("title", "a <b> & c"), Place("design"), QObject()
    plainly, showed = list[Told](), list[Place | None]()
    notifications = Notifications(owner, showed.append, plainly.append)

    async def scenario() -> None:
        notifications.start()
        notifications.tell(told)
        assert plainly == [told], "nobody is asked first whether there is anything"
        later = Shower(bus, "body")
        later.appear()
        notifications.tell(told)
        await until(lambda: notifications._bus and not notifications._bus._waiting)
        notifications.tell(told)
        assert plainly == [told] * 3, "it has no buttons"
        later.capabilities = ["actions", "body-markup"]
        notifications.tell(told)
        await until(lambda: notifications._has_buttons)
        for _ in range(2):
            for _ in range(NOTIFICATIONS_MAX - 1):
                notifications.tell(told)
            await until(lambda: notifications._bus and not notifications._bus._waiting)
        assert len(later.shown) > NOTIFICATIONS_MAX
        assert later.shown[0].text == "a &lt;b&gt; &amp; c", "it reads markup"
        assert len(notifications._shown) == NOTIFICATIONS_MAX
        notifications.tell(Told("title", "text", place))
        await until(lambda: later.shown[-1].text == "text")
        later.press(later.shown[-1].number, "default")
        await until(lambda: showed == [place])
        assert os.environ["XDG_ACTIVATION_TOKEN"] == "token of default"
        notifications.tell(Told("title", "decided at once", place))
        notifications.withdraw({place})
        await until(lambda: later.taken_back)
        assert later.taken_back == [later._given]
        del plainly[:]
        later.leave()
        notifications.tell(told)
        await until(lambda: plainly, "one who is gone shows nothing")
        notifications.stop()
        notifications.tell(told)
        assert plainly[-1] == told

    qloop.run_until_complete(scenario())
