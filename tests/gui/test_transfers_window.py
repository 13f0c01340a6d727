"""A person looks into their transfers, by mouse and keyboard, on real engines."""

import asyncio
import random
import re
import socket
from pathlib import Path

import pytest
from PySide6.QtCore import QSize, Qt
from PySide6.QtGui import QGuiApplication
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QDialog, QLabel, QPlainTextEdit, QToolButton

from desktop.qt_loop import QtLoop
from desktop.ui.details.people import HERE, MISSING
from desktop.ui.main_window import SIZE_MIN
from desktop.ui.transfers.rows import FILTERS, STATUS
from shared.manifest import pieces_in
from tests.gui.person import Person, until
from tests.support.tracker import Network, running_trackers

pytestmark = [pytest.mark.gui, pytest.mark.slow]
SIZE = 12_000_000
SLOW = 64
"""KiB/s: by which nothing comes to its end while it is looked at."""


async def let_in(owner: Person, guest: Person, user: str) -> None:
    await guest.sign_up(user)
    await guest.ask_to_join("design")
    await until(owner.sees_notice(f"{user} asks"))
    owner.click("toastAccept", user)
    await until(guest.sees_notice("You are now a member"))
    await guest.at_group("design")
    await until(lambda: guest.window.groups.model.groups["design"].mine == "member")


def test_a_person_looks_into_their_transfers(qloop: QtLoop, tmp_path: Path) -> None:
    async def scene() -> None:
        async with (
            running_trackers(tmp_path, 1) as network,
            Person(tmp_path / "ana", network.info_file) as ana,
            Person(tmp_path / "bo", network.info_file) as bo,
        ):
            await ana.sign_up("ana")
            await ana.create_group("design")
            await let_in(ana, bo, "bo")
            await where_it_comes_from(ana, bo, tmp_path)
            await what_becomes_of_each(ana, bo, tmp_path)
            await why_one_waits(ana, bo, network, tmp_path)

    qloop.run_until_complete(scene())


async def where_it_comes_from(ana: Person, bo: Person, home: Path) -> None:
    """The details say it, while it comes and after."""
    file = home / "film.mov"
    file.write_bytes(random.Random(1).randbytes(SIZE))
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
    await bo.engine.limit("down", SLOW)

    await until(lambda: re.search(r"down at most \D*[1-9]", overview.graph.accessibleName()))

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
    assert bo.engine.download_details(transfers.model.views[0].id).peers[0].label == socket.gethostname()
    QTest.keyClick(details.tabs, Qt.Key.Key_Right)
    await until(lambda: details.everyone.model.rowCount() == 2)
    holders = [details.everyone.model.index(row).data(said) for row in (0, 1)]
    assert "has all of it, online" in holders[0]
    assert "has some of it, this is you" in holders[1]
    assert details.everyone.summary.text() == "1 of 2 people has all of it"
    QTest.keyClick(details.tabs, Qt.Key.Key_Right)
    await until(lambda: "ana\u2069 gives pieces of it" in details.log.toPlainText())

    # Paused and gone on with, it still says who gave what.
    bo.double_click_on(transfers.view, transfers.model.index(0, 0))
    await until(lambda: "Paused" in details.log.toPlainText())
    await until(lambda: details._timer.interval() == 1000)
    mine = [one.done for one in await bo.engine.holders("design", "film.mov") if one.me]
    assert mine == [bo.engine.download(transfers.model.views[0].id).done], "a pause takes nothing away"
    assert mine[0] > 0
    for _ in range(3):
        QTest.keyClick(details.tabs, Qt.Key.Key_Left)
    assert 0 in piece_map._cells
    assert HERE not in piece_map._cells
    await bo.engine.limit("down", None)
    await until(bo.window.menus.action("resume").isEnabled)
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
    bo.window.beside.restore(240, 420)
    assert bo.window.beside.width == 420
    await bo.press_with_control(Qt.Key.Key_4)
    assert details.tabs.hasFocus()


async def what_becomes_of_each(ana: Person, bo: Person, home: Path) -> None:
    """The list says it, and why what stands still does."""
    lot, stuff = random.Random(2), home / "rushes"
    stuff.mkdir()
    for name, size in (("one.mov", 6_000_000), ("two.mov", 6_000_000), ("three.txt", 10)):
        (stuff / name).write_bytes(lot.randbytes(size))
    (home / "poster.psd").write_bytes(lot.randbytes(2_000_000))
    ana.act("share_folder")
    await ana.choose(stuff)
    ana.drop([home / "poster.psd"])
    await until(lambda: {"rushes", "poster.psd"} <= set(bo.files))
    await bo.engine.limit("down", 1500)
    pane = bo.window.transfers
    bo.select("rushes/")
    bo.act("download")
    await until(lambda: pane.model.known.count("active") == 1)

    # A folder opens to its files, by keyboard.
    view, model = pane.view, pane.model
    view.setCurrentIndex(model.index(0, 0))
    QTest.keyClick(view, Qt.Key.Key_Right)
    await until(lambda: model.rowCount(model.index(0, 0)) == 3)
    names = [model.index(row, 0, model.index(0, 0)).data() for row in range(3)]
    assert [name.strip("\u2068\u2069") for name in names] == ["one.mov", "three.txt", "two.mov"]
    await until(lambda: model.index(1, STATUS, model.index(0, 0)).data() == "downloaded")
    await bo.engine.limit("down", SLOW)

    # Who shares it sees who fetches it, and whether everyone has got it.
    click_tab(ana, "sharing")
    await until(lambda: ana.window.transfers.model.rowCount() == 3)
    theirs = ana.window.transfers.model
    await until(lambda: "1 person downloads it" in theirs.index(2, STATUS).data())
    ana.window.transfers.view.setCurrentIndex(theirs.index(2, 0))
    ana.act("details")
    everyone = ana.window.details.everyone
    await until(lambda: everyone.summary.text() == "1 of 2 people has all of it")

    # To quit now would break it off: both are told so first, and who wants it once more means it.
    for person, said in ((bo, "1 download is under way"), (ana, "1 person downloads from you")):
        person.act("quit")
        dialog = person.find(QDialog, "confirm")
        assert any(said in label.text() for label in dialog.findChildren(QLabel))
        QTest.keyClick(dialog, Qt.Key.Key_Escape)
        assert not person.closed
    ana.act("quit")
    ana.act("quit")
    assert ana.closed
    QTest.keyClick(ana.find(QDialog, "confirm"), Qt.Key.Key_Escape)

    # Priority, and a pause of all.
    for name in ("high", "normal"):
        bo.act(f"priority_{name}")
        await until(lambda name=name: model.views[0].priority == name)  # type: ignore[misc]
    bo.act("pause_all")
    await until(lambda: model.views[0].state == "P")
    bo.act("resume_all")
    await bo.engine.limit("down", None)
    await until(lambda: model.known.count("done") == 2)
    click_tab(bo, "active")
    assert model.rowCount() == 0
    await until(lambda: everyone.summary.text() == "Everyone has all of it")
    ana.window.transfers.view.setCurrentIndex(theirs.index(0, 0))
    ana.act("unshare")
    await until(lambda: theirs.rowCount() == 2)


async def why_one_waits(ana: Person, bo: Person, network: Network, home: Path) -> None:
    """No tracker answers, or nobody is there who has it; each is said where it is so."""
    view, model = bo.window.transfers.view, bo.window.transfers.model
    click_tab(bo, "all")
    (home / "late.txt").write_bytes(b"late")
    ana.drop([home / "late.txt"])
    await until(lambda: "late.txt" in bo.files)
    await network.stop(1)
    for person in (ana, bo):
        await until(person.window.offline.isVisible)
    bo.select("poster.psd")
    bo.act("download")
    await bo.arrived(3)  # who is linked needs no tracker for it
    assert "it starts by itself" not in bo.notices
    assert "goes on by itself" not in bo.notices
    await network.start(1)
    for person in (ana, bo):
        person.engine.retry_trackers()
        await until(lambda person=person: not person.window.offline.isVisible())  # type: ignore[misc]
    await ana.engine.logout(forget=False)
    (bo.downloads / "poster.psd").unlink()
    bo.select("poster.psd")
    bo.act("download")
    await until(bo.sees_notice("Nobody online has it; it starts by itself"))
    await until(lambda: "online: \u2068ana\u2069 was" in str(model.index(0, STATUS).data()))
    view.setCurrentIndex(model.index(0, 0))
    headline = bo.find(QLabel, "detailsHeadline")
    await until(lambda: headline.text().startswith("Nobody who has it is online: "))

    await network.stop(1)
    said = "no tracker for \u2068"
    await until(lambda: str(model.index(0, STATUS).data()).startswith(said))
    await until(lambda: headline.text().startswith(said.capitalize()))
    bo.select("late.txt")
    bo.act("download")
    await until(bo.sees_notice("No tracker for "))

    # A command that waits for it is ended by Esc, and the next one closes its line.
    await bo.press_with_control(Qt.Key.Key_K)
    QTest.keyClicks(bo.window.command.edit, "wait all")
    QTest.keyClick(bo.window.command.edit, Qt.Key.Key_Return)
    waiting = bo.window.command._running
    for said in ("Running…", "Stopped"):
        assert bo.find(QPlainTextEdit, "commandOut").toPlainText() == said
        QTest.keyClick(bo.window.command.edit, Qt.Key.Key_Escape)
    assert not bo.window.command.isVisible()
    assert isinstance(waiting, asyncio.Task)
    await until(waiting.cancelled)


def click_tab(person: Person, name: str) -> None:
    tabs = person.window.transfers.tabs
    spot = tabs.tabRect(FILTERS.index(name)).center()
    QTest.mouseClick(tabs, Qt.MouseButton.LeftButton, pos=spot)
    assert person.window.transfers.model.known.filter == name
