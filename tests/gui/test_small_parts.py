"""What many parts of the window are made of does as they rely on."""

import asyncio

import pytest
from PySide6.QtCore import QElapsedTimer, QEvent, QPoint, Qt
from PySide6.QtGui import QAction, QHelpEvent, QStandardItemModel
from PySide6.QtWidgets import (
    QApplication,
    QLineEdit,
    QListView,
    QMainWindow,
    QPushButton,
    QStyleOptionMenuItem,
    QToolTip,
    QWidget,
)
from pytestqt.qtbot import QtBot

from desktop.app import TaskRunner
from desktop.qt_loop import QtLoop
from desktop.settings import Kept, Settings
from desktop.ui import parts
from desktop.ui.dialogs import Form
from desktop.ui.empty_state import EmptyState
from desktop.ui.files.head import FilesHead
from desktop.ui.menus import Menus
from desktop.ui.parts import Elided
from desktop.ui.runner import IDLE_MS_MAX, Asked
from shared.errors import ShoalError
from tests.gui import seen
from tests.gui.person import LONG_MS

pytestmark = [pytest.mark.gui, pytest.mark.slow]


def test_a_latin_name_begins_at_the_right_where_one_reads_from_there(qapp: QApplication) -> None:
    qapp.setLayoutDirection(Qt.LayoutDirection.RightToLeft)
    try:
        shown = [parts.label("film", bold=True), parts.label("film"), parts.head("film")]
        for label in shown:
            label.resize(300, 30)
            picture = label.grab().toImage()
            paper = picture.pixel(0, 0)
            assert all(picture.pixel(x, y) == paper for x in range(150) for y in range(30))
    finally:
        qapp.setLayoutDirection(Qt.LayoutDirection.LeftToRight)


def test_buttons_where_nothing_is_yet_stay_while_the_same_is_said(qtbot: QtBot) -> None:
    view = QListView()
    qtbot.addWidget(view)
    view.setModel(QStandardItemModel(view))
    empty, act, other = EmptyState(view, "share", "empty"), QAction("Share", view), QAction("Join", view)
    said = []
    for actions in ([act], [act], [act, other]):
        empty.say("Nothing yet", "Share something.", actions)
        said.append(empty.findChildren(QPushButton)[-1])
    assert said[0] is said[1]
    assert [one.text() for one in empty.findChildren(QPushButton)][-2:] == ["Share", "Join"]


def test_a_question_is_asked_again_also_where_its_answer_could_not_be_shown(qloop: QtLoop) -> None:
    asked: list[int] = []

    async def scene() -> None:
        runner, again = TaskRunner(), asyncio.Event()

        async def answer() -> int:
            return 1

        def show(_: int) -> None:
            if len(asked) == 1:
                raise ZeroDivisionError
            again.set()

        def ask() -> None:
            asked.append(1)
            question.run(answer(), show, _never)

        question = Asked(runner, ask)
        question.now()
        question.stale()
        await asyncio.wait_for(again.wait(), 20)
        await runner.stop()

    qloop.run_until_complete(scene())


def test_a_question_whose_answer_was_long_in_coming_is_asked_again_soon(qloop: QtLoop) -> None:
    class Long(QElapsedTimer):
        def elapsed(self) -> int:
            return 60_000

    question = Asked(TaskRunner(), lambda: None)
    question._rest(Long())
    assert question._timer.interval() == IDLE_MS_MAX


def _never(_: ShoalError) -> None:
    raise AssertionError


def test_keys_in_menus_stand_apart_from_words_of_either_direction(qtbot: QtBot) -> None:
    window = QMainWindow()
    qtbot.addWidget(window)
    menus = Menus(window, Kept(None, Settings(), Settings(), lambda _: None), lambda **_: None)
    option = QStyleOptionMenuItem()
    for name, keys in (("preferences", "\t\u2068Ctrl+,\u2069"), ("devices", "")):
        menus.of["Account"].initStyleOption(option, menus.action(name))
        assert option.text == menus.action(name).text() + keys


def test_the_search_is_emptied_by_its_cross(qtbot: QtBot) -> None:
    window = QMainWindow()
    qtbot.addWidget(window)
    head = FilesHead(Menus(window, Kept(None, Settings(), Settings(), lambda _: None), lambda **_: None))
    qtbot.addWidget(head)
    assert not head._clear.isVisible()
    head.search.setText("film")
    assert head._clear.isVisible()
    head._clear.trigger()
    assert (head.search.text(), head._clear.isVisible()) == ("", False)


@pytest.mark.parametrize("fails", [False, True])
def test_a_choice_in_the_menus_is_ticked_as_it_is_kept(qtbot: QtBot, *, fails: bool) -> None:
    window, kept = QMainWindow(), Kept(None, Settings(), Settings(), lambda _: None)
    qtbot.addWidget(window)
    Menus(window, kept, (lambda **_: None) if fails else kept.change)
    dark, system = (window.findChild(QAction, f"appearance_{one}") for one in ("dark", "system"))
    assert dark
    assert system
    dark.trigger()
    assert (dark.isChecked(), system.isChecked()) == (not fails, fails)


def test_what_an_ellipsis_stands_for_is_told_under_the_mouse(qtbot: QtBot) -> None:
    label = Elided("title")
    qtbot.addWidget(label)
    label.setText("Found in all groups")
    label.show()
    for width, told in ((60, label.text()), (600, "")):
        label.resize(width, 20)
        place = label.mapToGlobal(QPoint(5, 5))
        QApplication.sendEvent(label, QHelpEvent(QEvent.Type.ToolTip, QPoint(5, 5), place))
        qtbot.waitUntil(lambda told=told: QToolTip.text() == told, timeout=LONG_MS)  # type: ignore[misc]


def test_a_form_is_high_enough_for_what_is_wrong_in_it(qtbot: QtBot) -> None:
    window = QWidget()
    qtbot.addWidget(window)
    window.show()
    form = Form(
        window, "Name", [("Name", False)], "Make", lambda _: None, fault=lambda _: "too long by far " * 12
    )
    form.open()
    form.findChildren(QLineEdit)[0].setText("x")
    assert not seen.clipped(form)
