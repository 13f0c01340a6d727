"""Goes through every state of the window, in one language after another, and says what is wrong with each.

As a program it does so at another scale, which Qt takes only at its start: python -m tests.gui.tour 1.5
"""

import asyncio
import os
import random
import sys
import tempfile
from collections.abc import AsyncIterator, Callable, Iterable
from pathlib import Path

from msgspec.structs import replace
from PySide6.QtCore import Qt
from PySide6.QtGui import QDragLeaveEvent
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QDialog, QListWidget, QPushButton, QWidget

from desktop.engine.views import TrackerView
from desktop.qt_loop import QtLoop
from desktop.ui import languages, menus, theme
from desktop.ui.details.beside import NARROW_PX
from desktop.ui.groups.model import Place
from desktop.ui.languages import LANGUAGES
from desktop.ui.main_window import SIZE_MIN
from desktop.ui.notices import Toast
from desktop.ui.preferences.trackers_page import ToStay
from desktop.ui.transfers.rows import FILTERS
from shared.facts.ids import GroupId
from shared.invite_link import InviteLink, LinkTracker, invite_link
from tests.gui import first_pages, found_words, seen
from tests.gui.company import FEW, company, share
from tests.gui.person import Person, until

Look = Callable[[QWidget, str], list[str]]
"""A window or a dialog, and what it is called; what is wrong with it."""
States = AsyncIterator[tuple[QWidget, str]]
"""The same, one after another, as long as each is looked at."""
PLACES = (
    Place("design"),
    Place("design", "members"),
    Place("design", "member", "bo"),
    Place("design", "requests"),
    Place("design", "request", "joão"),
)

LINK = invite_link(
    [LinkTracker("192.168.1.5:21001", bytes(32))],
    InviteLink([], GroupId(bytes(16)), "film crew", bytes(16), 2**32 - 1),
)
"""Into another network."""
LOOKING = ("preferences", "check_network")
"""What shows more as soon as it was looked for."""
ASKING = [entry.name for entry in menus.ENTRIES if entry.text.endswith("…")]


async def go(person: Person, look: Look) -> list[str]:
    return [one async for root, name in states(person) for one in look(root, name)]


async def states(person: Person) -> States:
    """ana's panes, and every dialog that an entry of the menus opens which ends in dots."""
    window = person.window
    await person.at_group("design")
    await until(lambda: window.transfers.model.views and person.files)
    await asyncio.sleep(0.2)  # what is asked for when a window opens is there
    yield window, "files"
    async for state in _commanded(person):  # before any menu, which takes the keyboard from the window
        yield state
    for title, menu in window.menus.of.items():
        menu.popup(window.pos())
        yield menu, f"menu {title}"
        menu.hide()
    async for state in _asked(person):
        yield state
    async for state in _found(person):
        yield state
    async for state in _told(person):
        yield state
    async for state in _details(person):
        yield state
    window.transfers.tabs.setCurrentIndex(FILTERS.index("sharing"))
    await until(lambda: window.transfers.model.rowCount() > 0)
    yield window, "sharing"
    window.transfers.tabs.setCurrentIndex(0)
    window.status.trackers_wanted.emit()
    await until(lambda: window.trackers.model.rowCount() > 0)
    yield window.trackers, "trackers"
    window.trackers.hide()


async def _asked(person: Person) -> States:
    window, opened = person.window, set[str]()
    for place in PLACES:
        await until(lambda place=place: window.groups.model.item_of(place))  # type: ignore[misc]
        if item := window.groups.model.item_of(place):
            window.groups.view.expand(item.index())
        window.groups.reveal(place)
        window.files.view.selectAll()
        window.transfers.view.selectAll()
        async for state in _dialogs(person, opened):
            yield state
    person.select("storyboard.pdf")
    for act in ASKING:
        if act not in opened:
            await until(window.menus.action(act).isEnabled, f"{act} to be possible")
    async for state in _dialogs(person, opened):
        yield state
    yield window, "people"
    window.groups.view.activated.emit(window.groups.view.currentIndex())
    await until(lambda: _open(person))
    yield _open(person)[0], "decide"
    _open(person)[0].reject()
    window._joining.by_link(LINK)
    yield _open(person)[0], "invited"
    _open(person)[0].reject()
    window.groups.reveal(Place("design", "activity"))
    await until(lambda: window.activity.model.rowCount() > 2)
    yield window, "activity"
    await person.at_group("design")


async def _found(person: Person) -> States:
    files = person.window.files
    person.act("as_list")
    await until(lambda: files.is_flat and files.flat.rowCount())
    yield person.window, "files as a list"
    for words, name in (("o", "files found"), ("no such", "no files found")):
        files.search.setText(words)
        await until(lambda words=words: bool(files.flat.rowCount()) is (words == "o"))  # type: ignore[misc]
        yield person.window, name
    files.search.clear()
    person.act("as_list")
    await until(lambda: not files.is_flat and person.files)
    files.enter("brand/")
    await until(files.crumbs.isVisible)
    yield person.window, "a folder"
    files.enter("")
    await until(lambda: not files.crumbs.isVisible() and files.model.index_of("brand/").isValid())


async def _told(person: Person) -> States:
    """What is dragged in, and notices: of what is to be undone, and of what did not work."""
    window, (missing, there) = person.window, (person.home / name for name in ("a missing film.mov", "there"))
    there.mkdir(exist_ok=True)
    (there / "take.mov").write_bytes(bytes(4_200_000))
    target = window.files.view.viewport()
    person.drag([there], target)
    yield window, "drop"
    QApplication.sendEvent(target, QDragLeaveEvent())
    person.drop([missing])
    await until(person.sees_notice("a missing film.mov"))
    person.select("brand/")
    person.act("stop_sharing")
    await until(lambda: _shown(window, "toastUndo"))
    person.find(QPushButton, "toastUndo").setFocus()  # so that it stays, however long the look takes
    yield window, "notices"
    person.click("toastUndo")
    await until(lambda: not _shown(window, "toastUndo"))
    for toast in window.findChildren(Toast):
        toast.end()
    window.sharing.begins(missing, "design")
    lost = [TrackerView(number=1, address="192.168.1.5:21001", state="lost", why="no answer", asked_s=70)]
    window.offline.show_status(replace(await person.engine.status(), trackers=lost, offline=70))
    yield window, "preparing, with no tracker"
    window.offline.hide()
    window.sharing.hide()


async def _details(person: Person) -> States:
    window = person.window
    window.transfers.view.selectAll()
    window.transfers.view.setCurrentIndex(window.transfers.model.index(0, 0))
    person.act("to_details")
    await until(window.details.tabs.isVisible)
    await until(lambda: window.details.overview.legend.lines)
    for tab in range(window.details.tabs.count()):
        window.details.tabs.setCurrentIndex(tab)
        await until(
            lambda: not window.details.everyone.isVisible() or window.details.everyone.model.rowCount()
        )
        yield window, f"details {tab + 1}"
    size = window.size()
    window.resize(NARROW_PX, size.height())
    yield window, "details beside the rest"
    window.resize(size)
    window.beside.set_open(False)
    await until(window.transfers.tabs.isVisible)


async def _commanded(person: Person) -> States:
    command = person.window.command
    person.act("command")
    QTest.keyClicks(command.edit, "list_")
    await until(command._offers.stringList)
    # Not without the keyboard, which the system gives to one window of several.
    if command._popup.isVisible():
        yield command._popup, "command offers"
    QTest.keyClicks(command.edit, "members design")
    QTest.keyClick(command.edit, Qt.Key.Key_Return)
    await until(lambda: "bo" in command.out.toPlainText())
    yield person.window, "command bar"
    QTest.keyClick(command.edit, Qt.Key.Key_Escape)


async def _dialogs(person: Person, opened: set[str]) -> States:
    """All that are possible now and were not before."""
    for act in ASKING:
        if act not in opened and person.window.menus.action(act).isEnabled():
            opened.add(act)
            async for state in _dialog(person, act):
                yield state


async def _dialog(person: Person, act: str) -> States:
    person.act(act)
    await until(lambda: _open(person), f"the dialog of {act}")
    if act in LOOKING:
        await asyncio.sleep(0.3)
    for dialog in _open(person):
        yield dialog, act
        for pages in dialog.findChildren(QListWidget, "preferencePages"):
            for row in range(1, pages.count()):
                pages.setCurrentRow(row)
                for to_stay in dialog.findChildren(ToStay):
                    to_stay.show_command("sudo loginctl enable-linger ana")
                yield dialog, f"{act} {row + 1}"
        if act == "invite":
            person.click("makeInvite")
            await until(lambda dialog=dialog: _shown(dialog, "revokeInvite"))  # type: ignore[misc]
            yield dialog, "invite made"
        dialog.reject()
    await until(lambda: not _open(person))


def _open(person: Person) -> list[QDialog]:
    return [one for one in person.window.findChildren(QDialog) if one.isVisible()]


def _shown(window: QWidget, name: str) -> bool:
    return any(one.isVisible() for one in window.findChildren(QPushButton, name))


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
    (home / "film.mov").write_bytes(random.Random(1).randbytes(8_000_000))
    bo.drop([home / "film.mov"])
    await until(lambda: "film.mov" in ana.files)
    await ana.engine.limit("down", 1000)
    ana.double_click("film.mov")
    model = ana.window.transfers.model
    await until(lambda: model.views[0].name == "film.mov" and model.views[0].done)
    ana.act("pause_all")
    await until(lambda: model.views[0].state == "P")
    await ana.engine.limit("down", None)


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
        wrong = runner.run(_scene(Path(home)))
        for language in LANGUAGES:
            languages.apply(app, language)
            wrong += first_pages.wrong(Path(home, "new"), lambda page, _: seen.clipped(page))
    sys.stdout.writelines(f"{one}\n" for one in wrong)


if __name__ == "__main__":
    main()
