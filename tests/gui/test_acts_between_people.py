"""What a person does by mouse and keyboard to a group, a file or their account is so for the others, too."""

import asyncio
import random
from pathlib import Path

import pytest
from PySide6.QtCore import QItemSelectionModel, QModelIndex, Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QDialog, QLabel, QListWidget, QPushButton

from desktop.engine.events import RequestCame
from desktop.qt_loop import QtLoop
from desktop.ui.empty_state import DropOverlay
from desktop.ui.groups.model import Place
from shared.errors import ShoalError
from tests.gui.person import LEFT, NO_KEY, PASSWORD, SECONDS_MAX, Person, group_of_two, until

pytestmark = [pytest.mark.gui, pytest.mark.slow]
KEY, CTRL, SHIFT = Qt.Key, Qt.KeyboardModifier.ControlModifier, Qt.KeyboardModifier.ShiftModifier
OTHER_PASSWORD = "battery staple"
BO = Place("design", "member", "bo")
BOS_REQUEST = Place("design", "request", "bo")


async def row_of(person: Person, place: Place) -> QModelIndex:
    """Of the groups, once it is there, and opened so that it is seen."""
    groups = person.window.groups
    if top := groups.model.item_of(Place(place.group)):
        groups.view.expand(top.index())
    await until(lambda: groups.model.item_of(place), str(place))
    item = groups.model.item_of(place)
    assert item is not None
    groups.view.expand(item.index().parent())
    return item.index()


async def on_group(person: Person, place: Place, entry: str) -> None:
    person.right_click(person.window.groups.view, await row_of(person, place), entry)


def role(person: Person) -> str:
    group = person.window.groups.model.groups.get("design")
    return group.mine if group else "none"


async def asks(guest: Person, owner: Person, name: str = "bo") -> None:
    await until(lambda: role(guest) == "none")
    await guest.ask_to_join("design")
    await until(owner.sees_notice(f"{name} asks to join"))


async def is_kept_out_until_let_in(bo: Person, path: Path) -> None:
    """Who asked may drop nothing yet, and may change their mind."""
    await bo.at_group("design")
    overlay = bo.window.findChild(DropOverlay)
    assert overlay is not None
    assert not bo.drop([path])
    assert "has not let you in yet" in overlay.accessibleName()
    await on_group(bo, Place("design"), "withdraw")
    await until(bo.sees_notice("Request to join design withdrawn"))
    await until(lambda: role(bo) == "none")


async def removes_rejects_and_lets_in(ana: Person, bo: Person, home: Path) -> None:
    await on_group(ana, BO, "remove_member")
    await ana.answer("confirm")
    await until(bo.sees_notice("You are no longer a member of design"))
    with pytest.raises(ShoalError):
        await bo.engine.list_files("design")

    await asks(bo, ana)
    ana.click("toastReject", "bo")
    await until(bo.sees_notice("Your request to join design was turned down"))
    await asks(bo, ana)
    ana.engine.emit(RequestCame(group="design", user="cleo", at=1))  # of one that was withdrawn since
    assert ana.sees_notice("cleo asks to join")()
    await until(lambda: "cleo" not in ana.notices)
    assert ana.sees_notice("bo asks to join")()
    await on_group(ana, BOS_REQUEST, "reject")
    await until(lambda: role(bo) == "none")
    await until(lambda: "asks to join" not in ana.notices)
    await asks(bo, ana)
    await row_of(ana, BOS_REQUEST)
    await is_kept_out_until_let_in(bo, home)
    await until(lambda: "asks to join" not in ana.notices)

    await asks(bo, ana)
    ana.double_click_on(ana.window.groups.view, await row_of(ana, BOS_REQUEST))
    await ana.answer("confirm")
    await until(bo.sees_notice("You are now a member of design"))
    await until(lambda: role(bo) == "member")


async def hands_over_and_gets_it_back(ana: Person, bo: Person) -> None:
    await until(lambda: ana.window.groups.model.groups["design"].members == 2)
    await on_group(ana, Place("design"), "transfer")
    assert (await ana.answer("choice")).windowTitle().startswith("Hand over")
    await ana.answer("confirm")
    await until(bo.sees_notice("design belongs to bo now"))
    await until(lambda: (role(ana), role(bo)) == ("member", "owner"))
    await on_group(bo, Place("design", "member", "ana"), "transfer")
    await bo.answer("confirm")
    await until(lambda: (role(ana), role(bo)) == ("owner", "member"))


async def leaves_to_an_heir_and_comes_back(ana: Person, bo: Person) -> None:
    await on_group(ana, Place("design"), "leave")
    asked = await ana.answer("confirm")
    assert "bo\u2069 will own it" in " ".join(label.text() for label in asked.findChildren(QLabel))
    await until(ana.sees_notice("Left design; bo owns it now"))
    await until(lambda: role(bo) == "owner")
    await asks(ana, bo, "ana")
    await on_group(bo, Place("design", "request", "ana"), "accept")
    await until(ana.sees_notice("You are now a member of design"), "her own computer to know it, too")
    await until(lambda: role(ana) == "member")


async def opens_the_tracker_to_others(ana: Person) -> None:
    """Whom her link is of no use to, else."""
    ana.act("invite")
    about = ana.find(QDialog, "invite").findChild(QLabel, "inviteAbout")
    assert about is not None
    await until(about.isVisible)
    host = ana.find(QPushButton, "hostOnNetwork")
    ana.click("hostOnNetwork")
    await until(lambda: not host.isVisible() or "may not come through" in ana.notices)


async def fetches_elsewhere_and_looks_again(ana: Person, bo: Person, home: Path) -> None:
    (home / "plan.txt").write_bytes(b"as agreed" * 1000)
    ana.act("share_files")
    await ana.choose(home / "plan.txt")
    await until(lambda: bo.files == ["plan.txt"])
    view, only_there = bo.window.files.view, QItemSelectionModel.SelectionFlag.NoUpdate
    view.selectionModel().setCurrentIndex(view.model().index(0, 0), only_there)  # as the focus does
    QTest.keyClick(view, KEY.Key_Down)
    QTest.keyClick(view, KEY.Key_Return, SHIFT)
    elsewhere = home / "else where"
    elsewhere.mkdir()
    await bo.choose(elsewhere)
    await bo.arrived(1)
    fetched = elsewhere / "plan.txt"
    assert fetched.read_bytes() == (home / "plan.txt").read_bytes()

    transfers = bo.window.transfers.view
    bo.right_click(transfers, transfers.model().index(0, 0), "verify")
    await until(bo.sees_notice("It is what was shared, byte for byte"))
    fetched.write_bytes(b"not agreed" * 900)
    bo.right_click(transfers, transfers.model().index(0, 0), "verify")
    await until(bo.sees_notice("plan.txt: it is not what was downloaded any more"))
    QTest.mouseClick(bo.find(QPushButton, "toastFetch again"), LEFT)
    await until((elsewhere / "plan (1).txt").exists)
    assert (elsewhere / "plan (1).txt").read_bytes() == (home / "plan.txt").read_bytes()


async def changes_their_mind(ana: Person, bo: Person, home: Path) -> None:
    (home / "film.mov").write_bytes(random.Random(3).randbytes(8_000_000))
    ana.drop([home / "film.mov"])
    await until(lambda: "film.mov" in bo.files)
    await bo.engine.limit("down", 1000)
    bo.double_click("film.mov")
    model = bo.window.transfers.model
    await until(lambda: any(one.name == "film.mov" and one.done for one in model.views))
    await bo.engine.limit("down", 64)  # it is not to come while they think about it
    await until(ana.engine.taken, "ana gives it")
    assert any(one.is_file() for one in bo.downloads.rglob("*"))
    view = bo.window.transfers.view
    QTest.mouseClick(view.viewport(), LEFT, NO_KEY, view.visualRect(model.index(0, 0)).center())
    QTest.keyClick(view, KEY.Key_Delete)
    await bo.answer("confirm")
    await until(lambda: [one.name for one in model.views] == ["plan.txt"])
    await until(lambda: not ana.engine.taken())
    await until(lambda: not any(bo.downloads.rglob("*")), "nothing of it is left")
    await bo.engine.limit("down", None)
    ana.select("film.mov")
    QTest.keyClick(ana.window.files.view, KEY.Key_Delete)
    await until(lambda: "film.mov" not in bo.files)


def test_what_is_done_to_a_group_and_its_files_is_done_for_all(qloop: QtLoop, tmp_path: Path) -> None:
    async def scene() -> None:
        async with group_of_two(tmp_path) as (ana, bo):
            await removes_rejects_and_lets_in(ana, bo, tmp_path)
            await hands_over_and_gets_it_back(ana, bo)
            await bo.at_group("design")
            await ana.at_group("design")
            await fetches_elsewhere_and_looks_again(ana, bo, tmp_path)
            await changes_their_mind(ana, bo, tmp_path)
            await leaves_to_an_heir_and_comes_back(ana, bo)
            await opens_the_tracker_to_others(ana)

    qloop.run_until_complete(scene())


async def logs_in(person: Person, password: str) -> None:
    await until(person.window.login.isVisible)
    if person.window.login.sign_up.isVisible():
        person.click("otherWay")
    person.type_in("name", "bo")
    person.type_in("password", password)
    QTest.keyClick(person.window.login.password, KEY.Key_Return)


async def changes_password(bo: Person) -> None:
    bo.act("change_password")
    again = {"old_password": PASSWORD, "new_password": OTHER_PASSWORD}
    await bo.fill_in("form", **again, new_password_again=OTHER_PASSWORD[:-1])
    assert "not the same" in bo.find(QLabel, "formFault").text()
    await bo.fill_in("form", old_password="?", new_password_again=OTHER_PASSWORD)
    await until(bo.sees_notice("rong"))
    bo.act("change_password")
    await bo.fill_in("form", **again, new_password_again=OTHER_PASSWORD)
    await until(bo.sees_notice("Password changed"))


async def revokes_the_other_device(bo: Person, elsewhere: Person) -> None:
    await logs_in(elsewhere, PASSWORD)
    await until(lambda: "wrong" in elsewhere.window.login.error)
    await logs_in(elsewhere, OTHER_PASSWORD)
    await until(lambda: role(elsewhere) == "member")
    async with asyncio.timeout(SECONDS_MAX):
        while len(await bo.engine.devices()) < 2:  # noqa: ASYNC110  no event tells of it
            await asyncio.sleep(0.02)
    bo.act("devices")
    await until(lambda: bo._dialog("choice"))
    rows = bo.find(QListWidget, "choices")
    said = [rows.item(row).text() for row in range(rows.count())]
    assert ["this one" in one for one in said] == [False, True], "who presses Return keeps this one"
    devices = {one.id[:8] for one in await bo.engine.devices()}
    assert all(any(begin in one for begin in devices) for one in said), "both are called like this computer"
    rows.setFocus()
    QTest.mouseClick(rows.viewport(), LEFT, NO_KEY, rows.visualItemRect(rows.item(0)).center())
    await bo.answer("choice")
    await until(bo.sees_notice("Device revoked"))
    await until(elsewhere.window.login.isVisible)
    assert elsewhere.window.login.error.startswith("This device has been revoked")
    assert elsewhere.window.login.user.text() == "bo"


async def is_gone(bo: Person, ana: Person) -> None:
    bo.act("delete_account")
    await bo.fill_in("form", password=OTHER_PASSWORD)
    await until(bo.window.welcome.isVisible)
    await until(lambda: ana.window.groups.model.groups["design"].members == 1)
    await logs_in(bo, OTHER_PASSWORD)
    await until(lambda: "wrong" in bo.window.login.error)


def test_an_account_is_its_owners_alone(qloop: QtLoop, tmp_path: Path) -> None:
    async def scene() -> None:
        async with (
            group_of_two(tmp_path) as (ana, bo),
            Person(tmp_path / "elsewhere", ana.own_tracker_file) as elsewhere,
        ):
            await changes_password(bo)
            await revokes_the_other_device(bo, elsewhere)
            await is_gone(bo, ana)

    qloop.run_until_complete(scene())
