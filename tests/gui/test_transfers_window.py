"""A person looks into their transfers, by mouse and keyboard, on real engines."""

import random
from pathlib import Path

import pytest
from PySide6.QtCore import QSize, Qt
from PySide6.QtGui import QGuiApplication
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QToolButton

from desktop.qt_loop import QtLoop
from desktop.ui.details.people import HERE, MISSING
from desktop.ui.main_window import SIZE_MIN
from shared.manifest import pieces_in
from tests.gui.person import Person, until

pytestmark = [pytest.mark.gui, pytest.mark.slow]
SIZE = 12_000_000


async def let_in(owner: Person, guest: Person, user: str) -> None:
    await guest.sign_up(user)
    await guest.ask_to_join("design")
    await until(owner.sees_notice(f"{user} asks"))
    owner.click("toastAccept", user)
    await until(guest.sees_notice("You are now a member"))
    await guest.at_group("design")


def test_the_details_say_where_a_download_comes_from(qloop: QtLoop, tmp_path: Path) -> None:
    file = tmp_path / "film.mov"
    file.write_bytes(random.Random(1).randbytes(SIZE))

    async def scene() -> None:
        async with Person(tmp_path / "ana") as ana, Person(tmp_path / "bo", ana.own_tracker_file) as bo:
            await ana.sign_up("ana")
            await ana.create_group("design")
            await let_in(ana, bo, "bo")
            ana.drop([file])
            await until(lambda: bo.files == ["film.mov"])
            await bo.engine.limit("down", 2000)
            bo.double_click("film.mov")
            transfers, details = bo.window.transfers, bo.window.details
            await until(lambda: bool(transfers.model.views))
            QTest.mouseClick(
                transfers.view.viewport(), Qt.MouseButton.LeftButton,
                pos=transfers.view.visualRect(transfers.model.index(0, 0)).center(),
            )  # fmt: skip
            assert not details.isVisible()
            bo.window.activateWindow()
            await until(bo.window.isActiveWindow)
            QTest.keyClick(bo.window, Qt.Key.Key_Return, Qt.KeyboardModifier.AltModifier)
            await until(details.isVisible)
            overview = details.overview
            await until(lambda: any(line.share.user == "ana" for line in overview.legend.lines))
            piece_map = overview._maps[0]
            assert len(piece_map._cells) == pieces_in(SIZE)
            assert set(piece_map._cells) == {0, MISSING}
            at = piece_map._cells.index(0)
            assert "from \u2068ana" in piece_map.said(at)

            # A name alone, by keyboard; then all again.
            line = overview.legend.lines[0]
            line.setFocus()
            QTest.keyClick(line, Qt.Key.Key_Space)
            await until(lambda: piece_map._only == 0)
            QTest.keyClick(line, Qt.Key.Key_Space)
            await until(lambda: piece_map._only is None)

            # The next tabs, by arrow keys.
            details.tabs.setFocus()
            QTest.keyClick(details.tabs, Qt.Key.Key_Right)
            said = Qt.ItemDataRole.AccessibleTextRole
            await until(lambda: details.peers.rowCount() == 1)
            assert "membership proven" in details.peers.index(0).data(said)
            assert "gave" in details.peers.index(0).data(said)
            QTest.keyClick(details.tabs, Qt.Key.Key_Right)
            await until(lambda: "ana\u2069 gives pieces of it" in details.log.toPlainText())

            # Paused and gone on with, it still says who gave what.
            bo.act("pause")
            await until(lambda: "Paused" in details.log.toPlainText())
            assert details._timer.interval() == 1000
            for _ in range(2):
                QTest.keyClick(details.tabs, Qt.Key.Key_Left)
            assert 0 in piece_map._cells
            assert HERE not in piece_map._cells
            await bo.engine.limit("down", None)
            bo.act("resume")
            await bo.arrived(1)
            await until(lambda: set(piece_map._cells) == {0})
            QTest.mouseClick(bo.find(QToolButton, "detailsSha1Button"), Qt.MouseButton.LeftButton)
            assert QGuiApplication.clipboard().text() == (await bo.engine.list_files("design"))[0].sha1

            # In a small window it stands alone; hidden, nothing ticks.
            bo.window.resize(SIZE_MIN)
            await until(lambda: not transfers.isVisible() and details.isVisible())
            QTest.keyClick(details.tabs, Qt.Key.Key_Escape)
            await until(lambda: transfers.isVisible() and not details.isVisible())
            assert not details._timer.isActive()
            bo.window.resize(QSize(1180, 720))
            bo.window.beside.restore(420)
            assert bo.window.beside.width == 420

    qloop.run_until_complete(scene())
