"""The lists of files at a real window: searched, sorted, entered, and what they say of who has a file."""

from pathlib import Path

import pytest
from PySide6.QtCore import QMimeData, QPoint, QPointF, Qt, QUrl
from PySide6.QtGui import QDragEnterEvent, QDragLeaveEvent, QDropEvent
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QDialog, QListWidget, QToolButton

from desktop.qt_loop import QtLoop
from desktop.ui import amounts
from desktop.ui.empty_state import DropOverlay
from desktop.ui.files import feed
from desktop.ui.files.acts import FileActs
from desktop.ui.files.drags import Chosen, chosen_in
from desktop.ui.files.texts import AVAILABILITY
from desktop.ui.notices import Toast
from desktop.ui.transfers.rows import FILTERS
from tests.gui.person import Person, group_of_two, until

pytestmark = [pytest.mark.gui, pytest.mark.slow]
KEY, CTRL, SHIFT = Qt.Key, Qt.KeyboardModifier.ControlModifier, Qt.KeyboardModifier.ShiftModifier
LEFT, NONE = Qt.MouseButton.LeftButton, Qt.KeyboardModifier.NoModifier
FILES = {"reports/a report.txt": 300, "reports/b.txt": 20, "reports/old/c.txt": 4000, "take one.mov": 1}


def lines(person: Person, column: int = 0) -> list[str]:
    """What one column of the list says, from its top, without isolates."""
    flat = person.window.files.flat
    return [(flat.index(row, column).data() or "").strip("\u2068\u2069") for row in range(flat.rowCount())]


def click(person: Person, row: int, keys: Qt.KeyboardModifier = NONE, *, twice: bool = False) -> None:
    view = person.window.files.flat_view
    spot = view.visualRect(view.model().index(row, 0)).center()
    QTest.mouseClick(view.viewport(), LEFT, keys, spot)
    if twice:
        QTest.mouseDClick(view.viewport(), LEFT, keys, spot)


async def shares(ana: Person, home: Path) -> None:
    for name, size in FILES.items():
        (home / name).parent.mkdir(parents=True, exist_ok=True)
        (home / name).write_bytes(bytes(size))
    target, overlay = ana.window.files.view.viewport(), ana.window.findChild(DropOverlay)
    assert overlay is not None
    mime = QMimeData()
    mime.setUrls([QUrl.fromLocalFile(str(home / name)) for name in ("reports", "take one.mov")])
    over = QDragEnterEvent(QPoint(40, 40), Qt.DropAction.CopyAction, mime, LEFT, NONE)
    QApplication.sendEvent(target, over)
    assert "Share \u2068reports\u2069 and 1 more\nin \u2068design" in overlay.accessibleName()
    await until(lambda: overlay.accessibleName().endswith(f"\n4 files, {amounts.size(sum(FILES.values()))}"))
    QApplication.sendEvent(target, QDragLeaveEvent())
    assert not overlay.isVisible()
    (home / "empty").mkdir()
    mime.setUrls([QUrl.fromLocalFile(str(home / "empty"))])
    QApplication.sendEvent(
        target, QDragEnterEvent(QPoint(40, 40), Qt.DropAction.CopyAction, mime, LEFT, NONE)
    )
    await until(lambda: overlay.accessibleName() == "There is nothing in it that can be shared")
    QApplication.sendEvent(target, QDragLeaveEvent())
    (home / "reports" / "link").symlink_to(home)
    assert ana.drop([home / "reports", home / "take one.mov"])
    await until(ana.sees_notice("link: it is a link, cannot be read"))


async def searches_and_fetches(bo: Person) -> None:
    window, search = bo.window, bo.window.files.search
    window.activateWindow()
    await until(window.isActiveWindow)
    QTest.keyClick(window, KEY.Key_F, CTRL)
    await until(search.hasFocus)
    QTest.keyClicks(search, "TXT repo")
    await until(lambda: lines(bo) == ["a report.txt", "b.txt", "c.txt"])
    assert lines(bo, 6) == ["reports", "reports", "reports/old"]
    assert lines(bo, 7) == ["design"] * 3
    QTest.keyClicks(search, " old")
    await until(lambda: lines(bo) == ["c.txt"])
    QTest.keyClick(search, KEY.Key_Down)
    assert window.files.flat_view.hasFocus()
    QTest.keyClick(window.files.flat_view, KEY.Key_Return)
    await bo.arrived(1)
    await until(lambda: lines(bo, AVAILABILITY) == ["2 of 2"])
    tip = window.files.flat.index(0, 0).data(Qt.ItemDataRole.ToolTipRole)
    assert "you are one of them" in tip
    search.setFocus()
    QTest.keyClick(search, KEY.Key_Escape)
    await until(lambda: not window.files.is_flat and window.files.view.hasFocus())
    search.setFocus()
    QTest.keyClick(search, KEY.Key_Down)
    assert window.files.view.hasFocus(), "not the list that is hidden"
    assert [one.name for one in window.files.on_show.chosen()] == ["reports/"]
    search.setFocus()
    QTest.keyClicks(search, "b.txt")
    QTest.keyClick(search, KEY.Key_Return)
    assert search.hasFocus(), "what was found before is not meant"
    await until(window.files.flat_view.hasFocus)
    assert [one.name for one in window.files.on_show.chosen()] == ["reports/b.txt"]
    QTest.keyClick(window.files.flat_view, KEY.Key_Escape)
    await until(lambda: not window.files.is_flat)


async def lists_and_sorts(bo: Person) -> None:
    bo.act("as_list")
    await until(lambda: lines(bo) == ["a report.txt", "b.txt", "c.txt", "take one.mov"])
    header = bo.window.files.flat_view.horizontalHeader()
    spot = header.rect().center()
    spot.setX(header.sectionPosition(1) + 30)
    QTest.mouseClick(header.viewport(), LEFT, NONE, spot)
    await until(lambda: lines(bo) == ["take one.mov", "b.txt", "a report.txt", "c.txt"])
    QTest.mouseClick(header.viewport(), LEFT, NONE, spot)
    await until(lambda: lines(bo)[0] == "c.txt")
    click(bo, 1)
    click(bo, 3, SHIFT)
    assert [one.name for one in bo.window.files.on_show.chosen()] == [
        "reports/a report.txt", "reports/b.txt", "take one.mov",
    ]  # fmt: skip
    bo.act("download")
    await bo.arrived(4)
    bo.act("as_list")
    await until(lambda: not bo.window.files.is_flat)


async def sees_versions(ana: Person, bo: Person, home: Path) -> None:
    (home / "take one.mov").write_bytes(b"another take")
    assert ana.drop([home / "take one.mov"])
    model = bo.window.files.model
    await until(lambda: "new version" in model.index_of("take one.mov").siblingAtColumn(5).data())
    bo.select("take one.mov")
    bo.act("who_has")
    await until(lambda: bo._dialog("people"))
    assert bo.find(QListWidget, "choices").item(0).text().strip("\u2068\u2069") == "ana"
    QTest.keyClick(bo.find(QDialog, "people"), KEY.Key_Escape)
    await until(lambda: not bo._dialog("people"))
    bo.act("older")
    await until(lambda: bo._dialog("choice"))
    assert bo.find(QListWidget, "choices").count() == 1
    here = {path.name for path in bo.downloads.iterdir()}
    QTest.keyClick(bo.find(QListWidget, "choices"), KEY.Key_Return)
    await bo.arrived(5)
    (older,) = {path.name for path in bo.downloads.iterdir()} - here
    assert older.startswith("take one")
    assert (bo.downloads / older).read_bytes() == bytes(FILES["take one.mov"])
    bo.select("take one.mov")
    bo.act("preview")
    await until(bo.sees_notice("exist"))


async def drags_out(bo: Person) -> None:
    """What is not here goes to Transfers alone, what is here to other programs, too."""
    files, transfers, overlay = bo.window.files, bo.window.transfers, bo.window.findChild(DropOverlay)
    assert overlay is not None
    here, new = (files.model.index_of(name) for name in ("reports/b.txt", "take one.mov"))
    urls = files.model.mimeData([here]).urls()
    assert [url.toLocalFile() for url in urls] == [str(bo.downloads / "b.txt")]
    mime = files.model.mimeData([new])
    assert (mime.urls(), chosen_in(mime)[0].name) == ([], "take one.mov")
    await until(bo.sees_notice("Drop it on Transfers"))
    for toast in bo.window.findChildren(Toast):
        toast.end()
    target = bo.window.workspace
    for widget, is_welcome in ((files, False), (transfers, True)):
        spot = widget.mapTo(target, widget.rect().center())
        how = (Qt.DropAction.CopyAction, mime, LEFT, NONE)
        over = QDragEnterEvent(spot, *how)
        QApplication.sendEvent(target, over)
        assert over.isAccepted() is is_welcome
        assert ("take one.mov\u2069\n1 file, \u206812 bytes" in overlay.accessibleName()) is is_welcome
        QApplication.sendEvent(target, QDropEvent(QPointF(spot), *how))
    await until(bo.sees_notice("take one.mov: it already exists"))


async def moves_and_loses(ana: Person, bo: Person, home: Path) -> None:
    """bo's wish to have them makes ana's side look for them."""
    for name in ("moved.txt", "lost.txt", "more.txt"):
        (home / name).write_bytes(name.encode())
        assert ana.drop([home / name])
    await until(lambda: {"moved.txt", "lost.txt"} <= set(bo.files))
    (home / "moved.txt").rename(home / "reports" / "moved.txt")
    far, taken = home.parent / ".away", home.parent / "taken"
    for folder in (far, taken):
        folder.mkdir()
    (home / "lost.txt").rename(far / "found.txt")
    bo.window.desk.change(ask_where=True)
    bo.select("moved.txt", "lost.txt")
    bo.act("download")
    await bo.choose(taken)
    bo.window.desk.change(ask_where=False)
    await until(ana.sees_notice("moved.txt was moved; it is shared from"))
    views = bo.window.transfers.model
    await until(lambda: ("moved.txt", "C") in [(view.name, view.state) for view in views.views])
    await until(ana.sees_notice("lost.txt is no longer shared in design: it is not where it was"))
    await until(lambda: "lost.txt" not in bo.files)
    ana.click("toastFind it")
    await ana.choose(far / "found.txt")
    await until(ana.sees_notice("lost.txt is shared again"))
    await until(lambda: "lost.txt" in bo.files)

    # What is lost and is shared elsewhere is shared by its old name again.
    (home / "away.txt").write_bytes(b"away")
    assert ana.drop([home / "away.txt"])
    await until(lambda: "away.txt" in bo.files)
    (home / "away.txt").rename(far / "here.txt")
    bo.select("away.txt")
    bo.act("download")
    await until(ana.sees_notice("away.txt is no longer shared in design: it is not where it was"))
    assert ana.drop([far / "here.txt"])
    await until(ana.sees_notice("away.txt, which was lost, is here again. Share it in design as before?"))
    ana.click("toastShare again")
    await until(ana.sees_notice("away.txt is shared again"))
    await until(lambda: {"away.txt", "here.txt"} <= set(bo.files))

    # Of several that are wanted all come that can, and the others are told of once.
    names = ("nowhere.txt", "gone.txt", "more.txt")
    FileActs(bo.window.desk).download([Chosen(0, "design", name) for name in names])
    await until(bo.sees_notice("2 downloads were not started\nnowhere.txt not found"))
    await until(
        lambda: ("more.txt", "C") in [(view.name, view.state) for view in bo.window.transfers.model.views]
    )


async def fetches_again(bo: Person) -> None:
    """What is not what was downloaded any more has failed, and is tried again from its notice or its row."""
    pane, path, again = bo.window.transfers, bo.downloads / "more.txt", bo.downloads / "more (1).txt"
    id_ = next(view.id for view in pane.model.views if view.name == "more.txt")

    def state() -> str:
        return pane.model.known.download(id_).state

    for is_by_notice in (True, False):
        path.write_bytes(b"MORE.TXT")
        again.unlink(missing_ok=True)
        QTest.mouseClick(pane.tabs, LEFT, pos=pane.tabs.tabRect(FILTERS.index("done")).center())
        pane.view.scrollTo(pane.model.index_of(id_))
        bo.right_click(pane.view, pane.model.index_of(id_), "verify")
        await until(lambda: state() == "F")
        QTest.mouseClick(pane.tabs, LEFT, pos=pane.tabs.tabRect(FILTERS.index("failed")).center())
        assert [pane.model.view(pane.model.index(row, 0)).name for row in range(pane.model.rowCount())] == [
            "more.txt"
        ]
        if is_by_notice:
            await until(bo.sees_notice("it is not what was downloaded any more"))
            bo.click("toastFetch again")
        else:
            bo.double_click_on(pane.view, pane.model.index_of(id_))
        await until(lambda: state() == "C")
        assert again.read_bytes() == b"more.txt"
        assert path.read_bytes() == b"MORE.TXT", "nothing of a person's is replaced"


async def enters_folders(bo: Person) -> None:
    await until(lambda: bo.window.files.is_flat and lines(bo) == ["reports", "take one.mov"])
    click(bo, 0, twice=True)
    await until(lambda: lines(bo) == ["old", "a report.txt", "b.txt"])
    crumbs = bo.window.files.crumbs
    assert crumbs.isVisible()
    QTest.keyClick(bo.window.files.flat_view, KEY.Key_Backspace)
    await until(lambda: lines(bo) == ["reports", "take one.mov"])
    assert not crumbs.isVisible()
    assert [one.name for one in bo.window.files.on_show.chosen()] == ["reports/"]
    QTest.keyClicks(bo.window.files.flat_view, "t")
    assert bo.window.files.search.text() == "t"
    QTest.keyClicks(bo.window.files.search, "ake")
    await until(lambda: lines(bo) == ["take one.mov"])
    QTest.keyClick(bo.window.files.search, KEY.Key_Escape)
    await until(lambda: lines(bo) == ["reports", "take one.mov"])
    bo.window.files.enter("reports/old/")  # there are few: a tree
    await until(lambda: not bo.window.files.is_flat and bo.files == ["c.txt"])
    first = crumbs.findChildren(QToolButton)[0]
    QTest.mouseClick(first, LEFT)
    await until(lambda: bo.window.files.is_flat)


def test_files_are_searched_sorted_entered_and_known_by_who_has_them(
    qloop: QtLoop, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    async def scenario() -> None:
        async with group_of_two(tmp_path) as (ana, bo):
            await shares(ana, tmp_path / "stuff")
            await until(lambda: len(bo.files) == 6)
            await searches_and_fetches(bo)
            await lists_and_sorts(bo)
            await sees_versions(ana, bo, tmp_path / "stuff")
            await drags_out(bo)
            monkeypatch.setattr(feed, "TREE_FILES_MAX", 2)
            bo.window.files.asked.emit()
            await enters_folders(bo)
            monkeypatch.undo()
            bo.window.files.asked.emit()
            await moves_and_loses(ana, bo, tmp_path / "stuff")
            await fetches_again(bo)

    qloop.run_until_complete(scenario())
