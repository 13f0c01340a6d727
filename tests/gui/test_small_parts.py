"""What many parts of the window are made of does as they rely on."""

import asyncio
from collections.abc import Callable

import pytest
from PySide6.QtGui import QAction, QStandardItemModel
from PySide6.QtWidgets import QListView, QMainWindow, QPushButton
from pytestqt.qtbot import QtBot

from desktop.app import TaskRunner
from desktop.qt_loop import QtLoop
from desktop.settings import Kept, Settings
from desktop.ui.empty_state import EmptyState
from desktop.ui.menus import ENTRIES, Menus
from desktop.ui.runner import Asked
from shared.errors import ShoalError

pytestmark = [pytest.mark.gui, pytest.mark.slow]


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


def _never(_: ShoalError) -> None:
    raise AssertionError


@pytest.mark.parametrize("fails", [False, True])
def test_a_choice_in_the_menus_is_ticked_as_it_is_kept(qtbot: QtBot, *, fails: bool) -> None:
    window, kept = QMainWindow(), Kept(None, Settings(), Settings(), lambda _: None)
    qtbot.addWidget(window)
    slots: dict[str, Callable[[], object]] = {entry.name: lambda: None for entry in ENTRIES}
    Menus(window, slots, kept, (lambda **_: None) if fails else kept.change)
    dark, system = (window.findChild(QAction, f"appearance_{one}") for one in ("dark", "system"))
    assert dark
    assert system
    dark.trigger()
    assert (dark.isChecked(), system.isChecked()) == (not fails, fails)
