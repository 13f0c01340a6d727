"""The first two minutes, by each of the three ways to begin: from an empty profile to a file that arrived."""

from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QGuiApplication
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QComboBox, QDialog, QLabel, QLineEdit, QListView, QWidget

from desktop.qt_loop import QtLoop
from desktop.ui.invites.picture import link_in
from desktop.ui.invites.qr import QrCode
from desktop.ui.welcome.strength import strength
from shared.clock import SystemClock
from shared.invite_link import LinkTracker, invite_link, is_link, read
from tests.gui.person import PASSWORD, Person, until

pytestmark = pytest.mark.gui
KEY = Qt.Key
SPOKEN = Qt.ItemDataRole.AccessibleTextRole


def press_enter(person: Person, widget: str = "password") -> None:
    QTest.keyClick(person.find(QLineEdit, widget), KEY.Key_Return)


def rows(person: Person, name: str, role: Qt.ItemDataRole = Qt.ItemDataRole.DisplayRole) -> list[str]:
    """Of a list, once it is seen."""
    found = [one.model() for one in person.window.findChildren(QListView, name) if one.isVisible()]
    texts = [str(model.index(row, 0).data(role)) for model in found for row in range(model.rowCount())]
    return [text.replace("\u2068", "").replace("\u2069", "") for text in texts]


async def name_and_password(person: Person, user: str) -> None:
    await until(lambda: person.window.login.isVisible())
    person.type_in("name", user)
    person.type_in("password", PASSWORD)
    press_enter(person)
    await until(lambda: person.engine.user == user and person.window.groups.isVisible())


async def starts_here_and_invites(ana: Person, folder: Path) -> str:
    """Four acts, after the card: who one is, a group, a folder, an invite."""
    await until(lambda: ana.window.welcome.isVisible())
    ana.click("startHere")
    ana.press("reachNobody")
    await name_and_password(ana, "ana")

    await until(lambda: isinstance(QApplication.activeModalWidget(), QDialog))
    ana.type_in("name", "film crew")
    press_enter(ana, "name")
    await ana.at_group("film crew")

    ana.drop([folder])
    await until(lambda: "take.mov" in "".join(ana.files))

    await ana.press_with_control(KEY.Key_I)
    QTest.keyClick(ana.find(QDialog, "invite"), KEY.Key_Return)
    await until(lambda: is_link(QGuiApplication.clipboard().text()))
    await until(lambda: "".join(rows(ana, "openInvites")).startswith("0 of 10 came in"))
    assert ana.find(QWidget, "hostOnNetwork").isVisible(), "only this computer can use it"
    link = QGuiApplication.clipboard().text()
    assert link_in(ana.find(QrCode, "qrCode").grab().toImage()) == link
    return link


async def comes_by_a_pasted_link(bo: Person) -> None:
    """Three acts: the link, who one is, the file."""
    await until(lambda: bo.window.welcome.isVisible())
    await bo.press_with_control(KEY.Key_V)
    assert bo.find(QLabel, "linkGroup").text().strip("\u2068\u2069") == "film crew"
    assert bo.engine.user is None
    bo.window.open_link("shoal://join/another")  # does not take its place, but waits
    assert bo.find(QLabel, "linkGroup").text().strip("\u2068\u2069") == "film crew"
    await name_and_password(bo, "bo")
    await until(lambda: bo._dialog("joinLink"))
    assert bo.find(QLabel, "linkError").text(), "the other one, which is of no use"
    QTest.keyClick(bo.find(QDialog, "joinLink"), KEY.Key_Escape)
    await until(lambda: "take.mov" in "".join(bo.files))
    bo.select("rushes/")
    bo.act("download")
    await bo.arrived(1)


async def comes_by_a_tracker_file(cleo: Person, file: Path) -> None:
    await until(lambda: cleo.window.welcome.isVisible())
    cleo.click("haveFile")
    assert not cleo.find(QWidget, "useFile").isEnabled()
    cleo.click("chooseFile")
    await cleo.choose(file)
    gone = "Tracker 2 of 2, 127.0.0.1:1, not reachable, no tracker runs there"
    await until(lambda: rows(cleo, "trackerLines", SPOKEN)[1:] == [gone])
    await until(lambda: rows(cleo, "trackerLines", SPOKEN)[0].endswith(", reachable"))
    cleo.click("useFile")
    await name_and_password(cleo, "cleo")


async def opens_a_link_when_logged_in(cleo: Person, link: str) -> None:
    cleo.window.open_link(link)
    await until(lambda: "let in at once" in cleo.find(QLabel, "linkAbout").text())
    cleo.window.open_link("shoal://join/another")  # does not take its place under the mouse
    QTest.keyClick(cleo.find(QDialog, "joinLink"), KEY.Key_Return)
    await until(lambda: cleo.find(QLabel, "linkError").text())
    QTest.keyClick(cleo.find(QDialog, "joinLink"), KEY.Key_Escape)
    await until(lambda: "take.mov" in "".join(cleo.files))


def sees_what_is_odd_about_others(cleo: Person, link: str) -> None:
    """Whose tracker has another key than the one that is known, or is in another network."""
    known = read(link)
    other = bytes(range(32))
    for address, field, said in (
        (known.trackers[0].address, "linkError", "another key for a tracker than the one that is known"),
        ("192.0.2.1:21001", "linkLeaves", "You leave the network that you use now"),
    ):
        cleo.window.open_link(invite_link([LinkTracker(address, other)], known))
        assert said in cleo.find(QLabel, field).text()
        QTest.keyClick(cleo.find(QDialog, "joinLink"), KEY.Key_Escape)


def choose(person: Person, box: str, key: Qt.Key) -> None:
    QTest.keyClick(person.find(QComboBox, box), key)


async def invites_otherwise(ana: Person) -> None:
    """More people for longer; then one whose bearer the owner is asked about."""
    choose(ana, "inviteUses", KEY.Key_Down)
    choose(ana, "inviteHours", KEY.Key_Down)
    ana.click("makeInvite")
    await until(lambda: any(row.startswith("0 of 100 came in") for row in rows(ana, "openInvites")))
    made = QGuiApplication.clipboard().text()
    hours = (read(made).until - SystemClock().wall_s()) / 3600
    assert 29 * 24 < hours <= 30 * 24
    choose(ana, "inviteDoor", KEY.Key_Down)
    ana.click("makeInvite")
    about = ana.find(QDialog, "invite").findChild(QLabel, "inviteAbout")
    await until(lambda: about and about.isVisible() and "the owner of the group decides" in about.text())
    assert read(QGuiApplication.clipboard().text()).secret is None


@pytest.mark.slow
def test_three_people_are_in_one_group_by_three_ways_and_type_no_address(
    qloop: QtLoop, tmp_path: Path
) -> None:
    (tmp_path / "rushes").mkdir()
    (tmp_path / "rushes" / "take.mov").write_bytes(b"action" * 1000)

    async def scenario() -> None:
        async with (
            Person(tmp_path / "ana") as ana,
            Person(tmp_path / "bo") as bo,
            Person(tmp_path / "cleo") as cleo,
        ):
            link = await starts_here_and_invites(ana, tmp_path / "rushes")
            await comes_by_a_pasted_link(bo)
            assert (bo.downloads / "rushes" / "take.mov").read_bytes() == b"action" * 1000
            file = tmp_path / "tracker_info.txt"
            file.write_text(ana.own_tracker_file.read_text() + "127.0.0.1:1\n")
            await comes_by_a_tracker_file(cleo, file)
            await opens_a_link_when_logged_in(cleo, link)
            sees_what_is_odd_about_others(cleo, link)

            ana.click("closeInvite")
            await ana.press_with_control(KEY.Key_I)
            await until(lambda: "".join(rows(ana, "openInvites")).startswith("2 of 10 came in"))
            ana.click("revokeInvite")
            await until(ana.sees_notice("Invite revoked"))
            await invites_otherwise(ana)
            assert bo.kept.now.welcomed

    qloop.run_until_complete(scenario())


def test_passwords_that_are_easy_to_guess_are_called_so() -> None:
    weak = ["aaaaaaaaaaaa", "12345678", "abcdefgh", "password", "anaanaana"]
    assert [strength(one, "ana") for one in weak] == [1] * len(weak)
    assert strength("short", "") == 0
    assert strength("correct horse", "ana") in (3, 4)
    assert strength("tK9!vw-Zq2#pL", "ana") == 4
