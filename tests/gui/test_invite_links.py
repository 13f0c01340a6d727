"""A link that is opened while somebody is logged in: what is said of it, and where it leads."""

from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QLabel, QPushButton

from desktop.engine import events
from desktop.qt_loop import QtLoop
from desktop.ui.invites.joining import JoinDialog
from shared.facts.ids import GroupId
from shared.invite_link import InviteLink, LinkTracker, invite_link, read
from tests.gui.person import PASSWORD, Person, until

pytestmark = [pytest.mark.gui, pytest.mark.slow]
CHESS = GroupId(bytes(16))


def seen(person: Person, label: str) -> str:
    return person.find(QLabel, label).text().replace("\u2068", "").replace("\u2069", "")


def labels(person: Person, name: str) -> list[QLabel]:
    return [one for one in person.window.findChildren(QLabel, name) if one.isVisible()]


def close(person: Person) -> None:
    QTest.keyClick(person.find(JoinDialog, "joinLink"), Qt.Key.Key_Escape)


async def is_asked_again_with_a_link_on_show(bo: Person, link: str) -> None:
    bo.window.open_link(link)
    bo.window.open_link(link[:-9])  # waits
    bo.engine.emit(events.LoginAgain(reason="device_revoked"))
    await until(lambda: bo.window.login.error)
    assert bo._dialog("joinLink") is None, "it is for somebody who is logged in"
    bo.type_in("password", PASSWORD)
    bo.click("logIn")
    await until(lambda: bo._dialog("joinLink"))
    assert seen(bo, "linkGroup") == "film crew"
    close(bo)
    await until(lambda: bo._dialog("joinLink"))
    assert "not whole" in seen(bo, "linkError")
    close(bo)


async def goes_to_another_network(bo: Person, link: str) -> None:
    bo.window.open_link(link)
    await bo.answer("joinLink")
    await until(lambda: bo.window.login.sign_up.text() == "Create account and join")
    assert seen(bo, "linkGroup") == "film crew"
    bo.click("loginBack")
    await until(lambda: bo.engine.user == "bo" and bo.window.groups.isVisible())
    bo.window.open_link(link)
    await bo.answer("joinLink")
    await until(lambda: bo.window.login.isVisible() and labels(bo, "linkGroup"))
    bo.click("otherWay")  # a network that is known, but nobody's account is there yet
    bo.type_in("password", PASSWORD)
    bo.click("createAccount")
    button = bo.find(QPushButton, "createAccount")
    assert (button.text(), button.isEnabled()) == ("Connecting…", False)
    await until(lambda: "film crew" in bo.window.groups.model.groups)
    assert bo.engine.user == "bo"


async def are_said_for_what_they_are(bo: Person, link: str) -> None:
    """A group that one is in; one whose time is over; a tracker by another key."""
    bo.window.open_link(link)
    assert bo.find(QPushButton, "Join").text() == "Show group"
    await bo.answer("joinLink")
    assert bo.window.groups.group is not None
    told = read(link)
    over = invite_link(told.trackers, InviteLink([], CHESS, "chess", bytes(16), 1))
    forged = [LinkTracker(told.trackers[0].address, bytes(32))]
    other_key = invite_link(forged, InviteLink([], CHESS, "chess"))
    for one, why in ((over, "The time of this invitation is over"), (other_key, "names another key")):
        bo.window.open_link(one)
        assert why in seen(bo, "linkError")
        assert not bo.find(QPushButton, "Join").isEnabled()
        close(bo)


def test_a_link_leads_on_from_wherever_one_is(qloop: QtLoop, tmp_path: Path) -> None:
    async def scenario() -> None:
        async with Person(tmp_path / "ana") as ana, Person(tmp_path / "bo") as bo:
            await ana.sign_up("ana")
            await ana.create_group("film crew")
            link = (await ana.engine.invite("film crew", 2, 24)).link
            await bo.sign_up("bo")
            await is_asked_again_with_a_link_on_show(bo, link)
            await goes_to_another_network(bo, link)
            await are_said_for_what_they_are(bo, link)

    qloop.run_until_complete(scenario())
