"""Dialogs hand on what was typed and chosen; notices come, stay as long as they must, and go."""

import re
from pathlib import Path

import pytest
from msgspec.structs import replace
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import (
    QFileDialog,
    QFileSystemModel,
    QLabel,
    QLineEdit,
    QListWidget,
    QPushButton,
    QWidget,
)
from pytestqt.qtbot import QtBot

from desktop.app import TaskRunner
from desktop.engine.engine import Engine
from desktop.engine.events import (
    ClockOff,
    DiskFilled,
    DownloadChanged,
    InviteRefused,
    MemberCame,
    NameChanged,
    OwnerChanged,
    PinMet,
    PinMismatch,
    ShareWithdrawn,
)
from desktop.paths import Profile
from desktop.settings import Kept, Settings
from desktop.ui import happenings
from desktop.ui.desk import Desk
from desktop.ui.dialogs import Choice, Confirm, Form, ask_paths
from desktop.ui.groups.acts import GroupActs
from desktop.ui.lost_shares import LostShares
from desktop.ui.notices import SHOWN_MAX, SHOWN_MS, Notices, Toast
from tests.gui.person import LONG_MS

pytestmark = pytest.mark.gui


@pytest.fixture
def window(qtbot: QtBot) -> QWidget:
    window = QWidget()
    window.resize(800, 600)
    qtbot.addWidget(window)
    window.show()
    return window


def push(parent: QWidget, text: str) -> QPushButton:
    return next(button for button in parent.findChildren(QPushButton) if button.text() == text)


def test_a_form_waits_until_all_is_filled_in(window: QWidget) -> None:
    got: list[tuple[str, ...]] = []
    form = Form(window, "New", [("Name", False), ("Password", True)], "Make", lambda *all_: got.append(all_))
    form.open()
    assert not push(form, "Make").isEnabled()
    name, password = form.findChildren(QLineEdit)
    QTest.keyClicks(name, "ana")
    assert not push(form, "Make").isEnabled()
    QTest.keyClicks(password, " secret")
    QTest.keyClick(password, Qt.Key.Key_Return)
    assert got == [("ana", " secret")]


def test_escape_does_nothing(window: QWidget) -> None:
    got: list[object] = []
    dialog = Confirm(window, "Delete it?", "For good.", ("Delete", lambda: got.append(1)))
    dialog.open()
    QTest.keyClick(dialog, Qt.Key.Key_Escape)
    assert not dialog.isVisible()
    assert got == []


def test_a_choice_is_found_by_a_part_of_it(window: QWidget) -> None:
    got: list[str] = []
    rows = [(f"key {name}", name) for name in ("Alpha", "BETA", "gamma ray")]
    dialog = Choice(window, "Join", "One of", rows, "Join", got.append)
    dialog.open()
    choices = dialog.findChild(QListWidget, "choices")
    assert choices is not None
    QTest.keyClicks(dialog.focusWidget(), "beta")
    assert [choices.item(row).isHidden() for row in range(3)] == [True, False, True]
    QTest.mouseClick(push(dialog, "Join"), Qt.MouseButton.LeftButton)
    assert got == ["key BETA"]


def test_nothing_can_be_chosen_where_there_is_nothing(window: QWidget) -> None:
    dialog = Choice(window, "Join", "One of", [], "Join", lambda _: None)
    dialog.open()
    assert not push(dialog, "Join").isEnabled()
    assert "There is nothing to choose from" in [label.text() for label in dialog.findChildren(QLabel)]


def test_nothing_can_be_chosen_where_nothing_is_left(window: QWidget) -> None:
    dialog = Choice(window, "Join", "One of", [("a", "a")], "Join", lambda _: None)
    dialog.open()
    QTest.keyClicks(dialog.focusWidget(), "zzz")
    assert not push(dialog, "Join").isEnabled()


def test_few_notices_show_and_the_same_one_once(window: QWidget) -> None:
    notices = Notices(window)
    for number in (1, 2, 3, 4, 4):
        notices.tell(f"message {number}")
    assert len(notices.texts()) == SHOWN_MAX
    assert notices.texts()[-1] == "message 4"
    tops = [toast.y() for toast in notices._toasts]
    assert tops == sorted(tops)
    assert all(window.rect().contains(toast.geometry()) for toast in notices._toasts)


def test_what_worked_goes_by_itself_and_what_failed_stays(window: QWidget, qtbot: QtBot) -> None:
    notices = Notices(window)
    notices.fail("it failed")
    notices.tell("it worked")
    notices._toasts[-1]._timer.setInterval(1)
    qtbot.waitUntil(lambda: notices.texts() == ["it failed"], timeout=LONG_MS)


@pytest.mark.slow
def test_what_the_keys_are_on_does_not_go_by_itself(window: QWidget, qtbot: QtBot) -> None:
    notices, elsewhere = Notices(window), QLineEdit(window)
    elsewhere.show()
    notices.offer("stopped", ("Undo", lambda: None), 1)
    push(notices._toasts[0], "Undo").setFocus()
    for at in range(SHOWN_MAX):
        notices.offer(f"later {at}", ("Undo", lambda: None), 1)
    qtbot.waitUntil(lambda: notices.texts() == ["stopped"], timeout=LONG_MS)
    elsewhere.setFocus()
    qtbot.waitUntil(lambda: not notices.texts(), timeout=LONG_MS)


def test_a_long_notice_has_room_for_all_its_lines(window: QWidget) -> None:
    notices = Notices(window)
    notices.warn("Some words that wrap, as they are more than a line takes, and then more\n" + "a line\n" * 4)
    said = notices._toasts[0].findChild(QLabel, "toastText")
    assert said is not None
    assert said.height() >= said.heightForWidth(said.width())


def test_a_question_is_answered_in_its_notice(window: QWidget) -> None:
    got: list[str] = []
    notices = Notices(window)
    notices.ask("bo asks", ("Accept", lambda: got.append("yes")), ("Reject", lambda: got.append("no")))
    QTest.mouseClick(push(notices._toasts[0], "Reject"), Qt.MouseButton.LeftButton)
    assert got == ["no"]
    assert notices.texts() == []


def test_what_wants_an_answer_waits_for_it_and_makes_room_for_nothing(window: QWidget) -> None:
    notices = Notices(window)
    notices.fail("it failed")
    for number in range(4):
        notices.ask(f"{number} asks", ("Accept", lambda: None))
        notices.tell(f"{number} came")
    assert notices.texts() == ["0 asks", "1 asks", "3 came"]
    notices.ask("3 asks", ("Accept", lambda: None))
    QTest.mouseClick(push(notices._toasts[0], "Accept"), Qt.MouseButton.LeftButton)
    assert notices.texts() == ["1 asks", "3 came", "2 asks"]
    for answered in (1, 2, 3):
        next(toast for toast in notices._toasts if toast.accessibleName() == f"{answered} asks").end()
    assert notices.texts() == ["3 came"]


def test_what_failed_stays_longer_than_what_is_only_told(window: QWidget) -> None:
    notices = Notices(window)
    notices.fail("it failed")
    for number in range(4):
        notices.tell(f"{number} came")
    assert notices.texts() == ["it failed", "2 came", "3 came"]
    notices.offer("stopped", ("Undo", lambda: None), 2 * SHOWN_MS)
    for name in "abc":
        notices.offer(f"{name} is here", ("Show", lambda: None), SHOWN_MS)
    assert "stopped" in notices.texts()


@pytest.mark.slow
def test_requests_wait_for_what_went_wrong(window: QWidget) -> None:
    notices = Notices(window)
    for user in ("ana", "bo", "cleo"):
        notices.ask(f"{user} asks", ("Accept", lambda: None), about=user)
    notices.fail("lost", ("Find it", lambda: None))
    assert notices.texts() == ["ana asks", "lost"]
    notices.fail("lost too", ("Find it", lambda: None))
    assert notices.texts() == ["lost", "lost too"]
    for left in (["lost too", "ana asks"], ["ana asks", "bo asks"]):
        notices._toasts[0].end()
        assert notices.texts() == left


@pytest.mark.slow
def test_files_that_go_together_are_one_notice(window: QWidget, qtbot: QtBot, tmp_path: Path) -> None:
    profile = Profile.open(tmp_path)
    kept, notices = Kept(None, Settings(), Settings(), profile.check_download_dir), Notices(window)
    lost = LostShares(Desk(window, Engine(profile, Settings()), TaskRunner(), notices, kept))
    for number in range(5):
        lost.hear(ShareWithdrawn(group="g", name=f"f/{number}", reason="missing"))
    lost.hear(ShareWithdrawn(group="g", name="a", reason="changed"))
    qtbot.waitUntil(lambda: len(notices.texts()) == 2, timeout=LONG_MS)
    many, one = [re.sub("[\u2068\u2069]", "", text) for text in notices.texts()]
    assert many.startswith("5 files are no longer shared")
    assert many.endswith("f/0\nf/1\nf/2\nand 2 more")
    push(notices._toasts[0], "Find them").click()
    asks = window.findChild(QFileDialog)
    assert asks is not None
    assert asks.fileMode() is QFileDialog.FileMode.Directory
    assert one == "a is no longer shared in g: it was changed on disk"


@pytest.mark.slow
def test_what_a_person_should_know_of_is_told_and_what_is_wrong_stays(
    window: QWidget, tmp_path: Path
) -> None:
    profile, notices = Profile.open(tmp_path), Notices(window)
    kept = Kept(None, Settings(), Settings(), profile.check_download_dir)
    acts = GroupActs(Desk(window, Engine(profile, Settings()), TaskRunner(), notices, kept), lambda _: None)
    ended, revealed = DownloadChanged(id=1, group="g", name="f/a", state="C", path="/x/a"), list[str]()
    for event, said, stays in (
        (ended, "a is here", False),
        (
            replace(ended, state="F", error="not_a_member"),
            "downloaded: you are no longer in the group",
            True,
        ),
        (replace(ended, state="P"), "", False),
        (DiskFilled(path="/x"), "No space left for /x", True),
        (ClockOff(seconds=700), "off by 700 seconds", True),
        (PinMismatch(address="a:1"), "a:1: the tracker does not have the key it had before", True),
        (PinMet(address="a:1", pin="key"), "its key is remembered\nkey", False),
        (NameChanged(kind="user", old="ana", new="ana (2)"), "ana (2)", True),
        (NameChanged(kind="file", old="a", new="a (7a4e)"), "", False),
        (MemberCame(group="g", user="bo"), "bo is in g now", False),
        (OwnerChanged(group="g", user="bo"), "g belongs to bo now", False),
        (InviteRefused(group="g", reason="not_found"), "The link to g was of no use: ", True),
    ):
        happenings.tell(event, notices, acts, revealed.append)
        told = [re.sub("[\u2068\u2069]", "", text) for text in notices.texts()]
        assert [said in text for text in told] == [True] * bool(said), event
        for toast in notices._toasts[:]:
            assert (not toast.notice.ms) == stays, event
            for _, act in toast.notice.acts:
                act()
            toast.end()
    assert revealed == ["/x/a"]


def test_markup_in_a_notice_is_only_text(window: QWidget) -> None:
    notices = Notices(window)
    notices.tell("<b>bold</b><img src='http://x/'>")
    toast = window.findChild(Toast)
    assert toast is not None
    assert "<b>" in toast.accessibleName()


@pytest.mark.slow
def test_the_kinds_of_files_are_asked_for_whatever_order_one_reads_in(qtbot: QtBot) -> None:
    window = QWidget()
    qtbot.addWidget(window)
    ask_paths(window, "Which?", QFileDialog.FileMode.ExistingFile, print, kinds="صور (*.png *.jpg)")
    dialog = window.findChild(QFileDialog)
    assert dialog is not None
    assert dialog.nameFilters()[0] == "صور \u2066(*.png *.jpg)"
    files = dialog.findChild(QFileSystemModel)
    assert files is not None
    assert files.nameFilters() == ["*.png", "*.jpg"]
    dialog.close()
