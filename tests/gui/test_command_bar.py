"""The prompt's commands typed into the window."""

from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QLineEdit, QPlainTextEdit
from shiboken6 import delete

from desktop.qt_loop import QtLoop
from tests.gui.person import PASSWORD, Person, until

pytestmark = [pytest.mark.gui, pytest.mark.slow]


def test_commands_are_completed_run_and_remembered_and_secrets_are_masked(
    qloop: QtLoop, tmp_path: Path
) -> None:
    async def scene() -> None:
        async with Person(tmp_path / "ana") as ana:
            await until(lambda: ana.window.welcome.isVisible())
            bar = ana.window.command

            def press(*keys: Qt.Key) -> None:
                for key in keys:
                    QTest.keyClick(bar.edit, key)

            async def says(part: str) -> None:
                await until(lambda: part in ana.find(QPlainTextEdit, "commandOut").toPlainText())

            ana.act("command")
            edit = ana.find(QLineEdit, "command")
            QTest.keyClicks(edit, "create_user ana ")
            assert edit.echoMode() is QLineEdit.EchoMode.Password
            QTest.keyClicks(edit, PASSWORD)
            press(Qt.Key.Key_Return)
            await says("user ana created")
            assert edit.echoMode() is QLineEdit.EchoMode.Normal
            edit.clear()
            edit.insert(f"login ana '{PASSWORD}'")  # as it is pasted
            edit.textEdited.emit(edit.text())
            assert edit.echoMode() is QLineEdit.EchoMode.Password
            assert PASSWORD not in bar._typed.text()
            press(Qt.Key.Key_Return)
            await says("logged in as ana")
            await until(ana.window.groups.isVisible)
            assert ana.window.focusWidget() is edit, "the next command can be typed at once"
            press(Qt.Key.Key_Escape)
            assert ana.window.focusWidget() is ana.window.groups.view
            ana.act("command")
            for group in ("design", "film crew"):
                QTest.keyClicks(edit, f"create_group '{group}'")
                press(Qt.Key.Key_Return)
                await says(f"group {group} created")

            QTest.keyClicks(edit, "list_m")
            await until(lambda: bar._offers.stringList() == ["list_members"])
            press(Qt.Key.Key_Tab)
            QTest.keyClicks(edit, "f")
            await until(lambda: bar._offers.stringList() == ["list_members 'film crew'"])
            press(Qt.Key.Key_Tab, Qt.Key.Key_Return)
            await says("ana (owner) online")
            press(Qt.Key.Key_Up)
            assert edit.text() == "list_members 'film crew'"
            press(Qt.Key.Key_Up, Qt.Key.Key_Up, Qt.Key.Key_Up, Qt.Key.Key_Up)
            assert edit.text() == "create_group 'design'", "what had a password is in no history"

            edit.setText("leave_group nowhere")
            press(Qt.Key.Key_Return)
            await says("Group nowhere not found")
            press(Qt.Key.Key_Escape)
            assert not bar.isVisible()
            gone = QLineEdit(ana.window)
            gone.show()
            gone.setFocus()
            ana.act("command")
            delete(gone)  # as what is made anew while the line is open
            press(Qt.Key.Key_Escape)
            assert not bar.isVisible()
            assert bar._back is None
            for key, name in (
                (Qt.Key.Key_2, "files"),
                (Qt.Key.Key_3, "transfers"),
                (Qt.Key.Key_1, "groups"),
            ):
                await ana.press_with_control(key)
                assert ana.window.focusWidget().objectName() == name
            ana.act("as_list")
            await until(lambda: ana.window.files.is_flat)
            ana.act("to_groups")
            ana.act("to_files")
            assert ana.window.focusWidget().objectName() == "filesFlat"

    qloop.run_until_complete(scene())
