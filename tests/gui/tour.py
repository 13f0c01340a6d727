"""Goes through every state of the window, in one language after another, and says what is wrong with each.

As a program it does so at another scale, which Qt takes only at its start: python -m tests.gui.tour 1.5
"""

import asyncio
import os
import sys
import tempfile
from collections.abc import Callable, Iterable
from pathlib import Path

from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QDialog, QListWidget, QWidget

from desktop.qt_loop import QtLoop
from desktop.ui import menus, theme
from desktop.ui.details.beside import NARROW_PX
from desktop.ui.groups.model import Place
from desktop.ui.languages import LANGUAGES
from desktop.ui.main_window import SIZE_MIN
from desktop.ui.transfers.rows import FILTERS
from tests.gui import found_words, seen
from tests.gui.company import FEW, company, share
from tests.gui.person import Person, until

Look = Callable[[QWidget, str], list[str]]
"""A window or a dialog, and what it is called; what is wrong with it."""
PLACES = (
    Place("design"),
    Place("design", "members"),
    Place("design", "member", "bo"),
    Place("design", "requests"),
    Place("design", "request", "joão"),
)

LOOKING = ("preferences", "check_network")
"""What shows more as soon as it was looked for."""
ASKING = [entry.name for entry in menus.ENTRIES if entry.text.endswith("…")]


async def go(person: Person, look: Look) -> list[str]:
    """ana's panes, and every dialog that an entry of the menus opens which ends in dots."""
    window, wrong = person.window, []
    await person.at_group("design")
    await until(lambda: window.transfers.model.views and person.files)
    await asyncio.sleep(0.2)  # what is asked for when a window opens is there
    wrong += look(window, "files")
    for title, menu in window.menus.of.items():
        menu.popup(window.pos())
        wrong += look(menu, f"menu {title}")
        menu.hide()
    opened: set[str] = set()
    for place in PLACES:
        await until(lambda place=place: window.groups.model.item_of(place))  # type: ignore[misc]
        if item := window.groups.model.item_of(place):
            window.groups.view.expand(item.index())
        window.groups.reveal(place)
        window.files.view.selectAll()
        window.transfers.view.selectAll()
        wrong += await _dialogs(person, opened, look)
    person.select("storyboard.pdf")
    wrong += await _dialogs(person, opened, look)
    wrong += [f"{act} was never possible" for act in ASKING if act not in opened]
    wrong += look(window, "people")
    window.groups.reveal(Place("design", "activity"))
    await until(lambda: window.activity.model.rowCount() > 2)
    wrong += look(window, "activity")
    await person.at_group("design")
    window.transfers.view.selectAll()
    window.transfers.view.setCurrentIndex(window.transfers.model.index(0, 0))
    person.act("to_details")
    await until(window.details.tabs.isVisible)
    for tab in range(window.details.tabs.count()):
        window.details.tabs.setCurrentIndex(tab)
        wrong += look(window, f"details {tab + 1}")
    size = window.size()
    window.resize(NARROW_PX, size.height())
    wrong += look(window, "details beside the rest")
    window.resize(size)
    window.beside.set_open(False)
    await until(window.transfers.tabs.isVisible)
    window.transfers.tabs.setCurrentIndex(FILTERS.index("sharing"))
    await until(lambda: window.transfers.model.rowCount() > 0)
    wrong += look(window, "sharing")
    window.transfers.tabs.setCurrentIndex(0)
    window.status.trackers_wanted.emit()
    await until(lambda: window.trackers.model.rowCount() > 0)
    wrong += look(window.trackers, "trackers")
    window.trackers.hide()
    wrong += await _command(person, look)
    return wrong


async def _command(person: Person, look: Look) -> list[str]:
    window = person.window
    person.act("command")
    QTest.keyClicks(window.command.edit, "list_members design")
    QTest.keyClick(window.command.edit, Qt.Key.Key_Return)
    await until(lambda: "bo" in window.command.out.toPlainText())
    wrong = look(window, "command bar")
    QTest.keyClick(window.command.edit, Qt.Key.Key_Escape)
    return wrong


async def _dialogs(person: Person, opened: set[str], look: Look) -> list[str]:
    """All that are possible now and were not before."""
    wrong = []
    for act in ASKING:
        if act not in opened and person.window.menus.action(act).isEnabled():
            opened.add(act)
            wrong += await _dialog(person, act, look)
    return wrong


async def _dialog(person: Person, act: str, look: Look) -> list[str]:
    person.act(act)
    await until(lambda: _open(person), f"the dialog of {act}")
    if act in LOOKING:
        await asyncio.sleep(0.3)
    wrong = []
    for dialog in _open(person):
        wrong += look(dialog, act)
        for pages in dialog.findChildren(QListWidget, "preferencePages"):
            for row in range(1, pages.count()):
                pages.setCurrentRow(row)
                wrong += look(dialog, f"{act} {row + 1}")
        dialog.reject()
    await until(lambda: not _open(person))
    return wrong


def _open(person: Person) -> list[QDialog]:
    return [one for one in person.window.findChildren(QDialog) if one.isVisible()]


async def prepare(ana: Person, bo: Person, home: Path) -> None:
    """Files, a download, a group and a request that are there in every language."""
    await share(bo, ana, home, FEW)
    ana.select("brand/", "storyboard.pdf")
    ana.act("download")
    await ana.arrived(2)
    (home / "storyboard.pdf").write_bytes(b"as it is now")
    bo.drop([home / "storyboard.pdf"])

    def has_older() -> bool:
        ana.select("storyboard.pdf")
        return "older" in ana.window.files.possible()

    await until(has_older)


async def clipped(person: Person, spoken: Iterable[str]) -> list[str]:
    """In these languages, in the smallest window."""
    wrong = []
    for language in spoken:

        def look(root: QWidget, name: str, language: str = language) -> list[str]:
            return [f"{language}, {name}: {one}" for one in seen.clipped(root)]

        await person.speak(language)
        person.window.resize(SIZE_MIN)
        wrong += await go(person, look)
    return wrong


def release() -> None:
    for language in found_words.FORMS:
        found_words.release(language)


async def _scene(home: Path) -> list[str]:
    async with company(home) as (ana, bo):
        await prepare(ana, bo, home / "stuff")
        return await clipped(ana, LANGUAGES)


def main() -> None:
    os.environ["QT_SCALE_FACTOR"] = sys.argv[1]
    os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")
    app = QApplication(["shoal"])
    theme.apply(app, "light")
    release()
    with tempfile.TemporaryDirectory() as home, asyncio.Runner(loop_factory=lambda: QtLoop(app)) as runner:
        sys.stdout.writelines(f"{one}\n" for one in runner.run(_scene(Path(home))))


if __name__ == "__main__":
    main()
