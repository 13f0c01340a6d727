"""Pictures of real windows on real engines: ./dev screenshots [FOLDER [FILES [PROFILE]]]

Without a folder those of docs/screenshots are made. With one they go there: every state of the window in
light and dark, in one and one and a half times the size, from left to right and from right to left, in the
usual and smallest size; with nothing in it yet, and with a million files (or FILES; their profile takes two
minutes for a million, and is kept where PROFILE names a folder).
"""

import asyncio
import os
import subprocess
import sys
import tempfile
from collections.abc import AsyncIterator, Callable, Coroutine
from contextlib import asynccontextmanager
from pathlib import Path
from typing import Any

from msgspec.structs import replace
from PySide6.QtCore import QPoint, QSize
from PySide6.QtGui import QCursor, QDragLeaveEvent, QImage
from PySide6.QtWidgets import QApplication, QDialog, QWidget

from desktop.qt_loop import QtLoop
from desktop.ui import languages, theme
from desktop.ui.groups.model import Place
from desktop.ui.main_window import SIZE, SIZE_MIN, MainWindow
from desktop.ui.network_check import CheckDialog
from desktop.ui.notices import Toast
from desktop.ui.rows import ICON
from tests.bench import gui
from tests.gui import first_pages, tour
from tests.gui.company import FILES, company, share
from tests.gui.person import Person, until
from tests.support.tracker import Network, running_trackers

DOCS = Path(__file__).parents[2] / "docs" / "screenshots"
SCALES = ("1", "1.5")
LANGUAGES = ("en", "ar")
TAKES_MS = 150
"""Until a window that was resized or dressed anew is drawn as it stays."""
AWAY = QPoint(9999, 9999)
"""From all that looks different below a pointer."""


class Camera:
    def __init__(
        self, app: QApplication, folder: Path, looks: tuple[str, ...], sizes: dict[str, QSize]
    ) -> None:
        """`sizes`: what is put into a picture's name, and how large a window is then."""
        self._app, self._folder, self._looks, self._sizes = app, folder, looks, sizes
        self.mark = ""
        """In all names from now on."""
        folder.mkdir(parents=True, exist_ok=True)

    async def take(self, window: QWidget, name: str, *looks: str) -> None:
        for said, size in self._sizes.items():
            window.resize(size)
            await self.look(window, "-".join(filter(None, (name, said))), *looks)

    async def look(self, window: QWidget, name: str, *looks: str) -> None:
        """As large as it is."""
        for look in looks or self._looks:
            theme.apply(self._app, look)
            QCursor.setPos(AWAY)
            await asyncio.sleep(TAKES_MS / 1000)
            self._save(window, name, look)

    def _save(self, window: QWidget, *names: str) -> None:
        image = window.grab().toImage().convertToFormat(QImage.Format.Format_RGB888)
        path = self._folder / ("-".join(filter(None, (self.mark, *names))).replace(" ", "_") + ".png")
        image.save(str(path), quality=0)  # of a PNG: the smallest file, with nothing lost


async def nothing_yet(camera: Camera, home: Path) -> None:
    async with Person(home / "new") as person:
        for language in LANGUAGES:
            camera.mark = language
            await person.speak(language)
            await until(lambda: person.window.welcome.isVisible())
            await until(lambda: person.window.status._colour == "good")
            for state in first_pages.states(person.window.welcome):
                await camera.take(person.window, f"welcome_{state}")
            person.window.welcome.use_link(tour.LINK)
            await camera.take(person.window, "welcome_invited")
            person.window.welcome.choose()
        await person.speak("en")
        camera.mark = "en"
        await person.sign_up("ana")
        await camera.take(person.window, "no_groups")
        person.drag([home], person.window.files.view.viewport())
        await camera.look(person.window, "no_drop")
        QApplication.sendEvent(person.window.files.view.viewport(), QDragLeaveEvent())
        await person.create_group("design")
        await camera.take(person.window, "no_files")


async def busy(camera: Camera, home: Path) -> None:
    async with company(home) as (ana, bo):
        camera.mark = "en"
        await camera.look(ana.window, "asked")
        await in_the_middle(ana, bo, home)
        await every_state(ana, bo, home)
        for language in LANGUAGES:
            camera.mark = language
            await ana.speak(language)
            async for window, name in tour.states(ana):
                await camera.look(window, name)
            ana.window.groups.reveal(Place("design"))
            await camera.take(ana.window, "owner")
            await bo.speak(language)
            await bo.at_group("design")
            bo.window.transfers.view.setCurrentIndex(bo.window.transfers.model.index(2, 0))
            await camera.take(bo.window, "member")
            bo.act("cancel")
            await camera.look(bo.find(QDialog, "confirm"), "cancel")
            bo.find(QDialog, "confirm").reject()
            bo.act("to_details")
            await camera.take(bo.window, "member_details")
            bo.window.beside.set_open(False)


async def every_state(ana: Person, bo: Person, home: Path) -> None:
    """Of transfers, at bo's: one that failed, one that waits for mira, one that is paused, one that runs; and
    a newer version of a file that is here."""
    (home / "stuff" / "storyboard.pdf").write_bytes(bytes(15_000_000))
    ana.drop([home / "stuff" / "storyboard.pdf"])
    await bo.engine.join_group("film crew")
    await until(ana.sees_notice("bo asks to join film crew"))
    ana.click("toastAccept", "film crew")
    await until(bo.sees_notice("You are now a member of film crew"))
    await ana.at_group("film crew")
    await bo.at_group("film crew")
    await share(ana, bo, home / "more", {"call sheet.pdf": 40_000_000})
    await bo.engine.limit("down", 500)
    bo.select("call sheet.pdf")
    bo.act("download")
    await until(lambda: bo.window.transfers.model.views[0].done)
    await ana.engine.remove_member("film crew", "bo")
    await until(lambda: any(view.state == "F" for view in bo.window.transfers.model.views))
    async with guest(home / "mira", ana, "mira") as mira:
        await bo.at_group("design")
        await share(mira, bo, home / "even more", {"interview.wav": 60_000_000})
        bo.select("interview.wav")
        bo.act("download")
        await until(lambda: bo.window.transfers.model.views[0].done)
    bo.window.transfers.view.setCurrentIndex(bo.window.transfers.model.index(2, 0))
    bo.act("resume")


@asynccontextmanager
async def guest(home: Path, owner: Person, name: str) -> AsyncIterator[Person]:
    """Somebody who is let into the group, for a while."""
    async with Person(home, owner.own_tracker_file) as person:
        await person.sign_up(name)
        await person.ask_to_join("design")
        await until(owner.sees_notice(f"{name} asks to join"))
        owner.click("toastAccept", name)
        await person.at_group("design")
        await until(lambda: (group := person.window.groups.group) and group.mine == "member")
        yield person


async def away(camera: Camera, home: Path) -> None:
    """Trackers: one that is behind, one of two, none."""
    async with running_trackers(home, 2) as network, Person(home / "eva", network.info_file) as eva:
        await eva.sign_up("eva")
        await eva.create_group("design")
        for language in LANGUAGES:
            camera.mark = language
            await eva.speak(language)
            await fails(camera, eva, network)


async def fails(camera: Camera, eva: Person, network: Network) -> None:
    window = eva.window
    window.status.trackers_wanted.emit()
    await until(lambda: window.trackers.model.rowCount() == 2)
    status = await eva.engine.status()
    behind = [replace(one, behind=True) for one in status.trackers]
    window.trackers.show_status(replace(status, trackers=behind))
    await camera.look(window.trackers, "trackers behind", "light")
    for number in (1, 2):
        await network.stop(number)
        await until(lambda number=number: _lost(window, number))  # type: ignore[misc]
        await camera.look(window.trackers, f"trackers {number} lost")
    window.trackers.hide()
    await until(window.offline.isVisible)
    await camera.take(window, "offline")
    eva.act("check_network")
    await until(lambda: len(eva.find(CheckDialog, "networkCheck").said) == 5)
    await camera.look(eva.find(CheckDialog, "networkCheck"), "nothing is well")
    eva.find(CheckDialog, "networkCheck").reject()
    for number in (1, 2):
        await network.start(number)
    eva.engine.retry_trackers()
    await until(lambda: not window.offline.isVisible())


def _lost(window: MainWindow, number: int) -> bool:
    return bool(window.trackers.model.index(number - 1, 0).data(ICON)[0] == "failed")


async def in_the_middle(ana: Person, bo: Person, home: Path) -> None:
    """bo has some of what ana shares, and stopped within the largest; ana has what bo shares."""
    await share(ana, bo, home / "stuff", FILES)
    for name in ("brand/", "storyboard.pdf"):
        bo.select(name)
        bo.act("download")
    await bo.arrived(2)
    bo.select("rushes/")
    bo.act("download")
    await until(lambda: any(0 < view.done < view.size for view in bo.window.transfers.model.views))
    bo.window.transfers.view.selectAll()
    bo.act("pause")
    bo.window.transfers.view.clearSelection()
    await share(bo, ana, home / "more", {"references.zip": 3_200_000})
    ana.select("references.zip")
    ana.act("download")
    await ana.arrived(1)
    ana.window.files.view.clearSelection()
    for person in (ana, bo):
        model, tree = person.window.groups.model, person.window.groups.view
        for place in (Place("design"), Place("design", "members"), Place("design", "requests")):
            if item := model.item_of(place):
                tree.expand(item.index())
        for toast in person.window.findChildren(Toast):
            if not toast.notice.weight:
                toast.end()  # what only tells would hide what is to be seen
    await asyncio.sleep(1.5)  # members, and the speeds of a second


async def very_many(camera: Camera, profile: Path) -> None:
    async with Person(profile) as person:
        for language in LANGUAGES:
            camera.mark = language
            await person.speak(language)
            await person.at_group(gui.GROUP)
            await until(lambda: person.window.files.is_flat and person.window.files.flat.rowCount())
            await camera.take(person.window, "many")
            person.window.files.search.setText("report 99")
            await asyncio.sleep(1.5)
            await camera.take(person.window, "many_found")
            person.window.files.search.clear()
            person.window.files.enter("large/")
            await camera.take(person.window, "many_in_a_folder")


async def documented(camera: Camera, home: Path) -> None:
    async with Person(home / "new") as person:
        await until(lambda: person.window.status._colour == "good")
        await camera.take(person.window, "welcome", "light")
        person.window.welcome.use_link("")
        person.window.resize(SIZE_MIN)
        await camera.look(person.window, "link", "light")
    async with company(home) as (ana, bo):
        await in_the_middle(ana, bo, home)
        await camera.take(ana.window, "owner", "dark")
        await invited(camera, ana)
        bo.window.transfers.view.setCurrentIndex(bo.window.transfers.model.index(0, 0))
        bo.act("to_details")
        await camera.take(bo.window, "member", "light")
        await from_two(camera, ana, bo, home)
        await bo.speak("ar")
        await bo.at_group("design")
        bo.window.transfers.view.setCurrentIndex(bo.window.transfers.model.index(0, 0))
        await asyncio.sleep(1.5)
        await camera.take(bo.window, "arabic", "light")


async def invited(camera: Camera, ana: Person) -> None:
    ana.act("invite")
    ana.click("makeInvite")
    opened = ana.window.findChildren(QWidget, "openInvites")
    await until(lambda: any(one.isVisible() for one in opened))
    await camera.look(ana.find(QWidget, "invite"), "invite")
    ana.click("closeInvite")


async def from_two(camera: Camera, ana: Person, bo: Person, home: Path) -> None:
    """bo goes on with the largest, which somebody else has by now too."""
    async with guest(home / "mira", ana, "mira") as mira:
        await until(lambda: "rushes" in mira.files)
        mira.select("rushes/")
        mira.act("download")
        await mira.arrived(1)
        await bo.engine.limit("down", 30_000)
        view = bo.window.transfers.model.views[0]
        bo.act("resume")
        await until(lambda: bo.engine.download(view.id).done > view.size // 2)
        await bo.engine.limit("down", 3000)
        bo.window.details.tabs.setCurrentIndex(0)
        await asyncio.sleep(3)
        await camera.take(bo.window, "details", "light")
        bo.act("pause")
        await bo.engine.limit("down", None)


def main() -> None:
    os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")
    arguments = sys.argv[1:]
    if arguments[:1] == ["at"]:
        scale, folder, profile = arguments[1:]
        _run(scale, Path(folder), Path(profile))
    elif arguments:
        _in_all_scales(Path(arguments[0]), *arguments[1:])
    else:
        with tempfile.TemporaryDirectory() as home:
            _looped(lambda app: documented(Camera(app, DOCS, ("light",), {"": SIZE}), Path(home)))


def _in_all_scales(folder: Path, files: str = "1000000", profile: str = "") -> None:
    """Qt takes a scale only at its start."""
    with tempfile.TemporaryDirectory() as home:
        at = Path(profile or home) / "many"
        if not at.exists():
            _looped(lambda _: gui.make(at, int(files)))
        for scale in SCALES:
            command = [sys.executable, "-m", "tests.gui.screenshots", "at", scale, str(folder), str(at)]
            subprocess.run(command, env={**os.environ, "QT_SCALE_FACTOR": scale}, check=True)


def _run(scale: str, folder: Path, profile: Path) -> None:
    async def all_of_them(app: QApplication, home: Path) -> None:
        camera = Camera(app, folder / f"x{scale}", ("light", "dark"), {"small": SIZE_MIN, "": SIZE})
        await nothing_yet(camera, home)
        await busy(camera, home)
        await away(camera, home / "away")
        await very_many(camera, profile)

    with tempfile.TemporaryDirectory() as home:
        (Path(home) / "away").mkdir()
        _looped(lambda app: all_of_them(app, Path(home)))


def _looped(scenario: Callable[[QApplication], Coroutine[Any, Any, None]]) -> None:
    app = QApplication.instance() or QApplication(["shoal"])
    assert isinstance(app, QApplication)
    tour.release()
    languages.apply(app, "en")
    with asyncio.Runner(loop_factory=lambda: QtLoop(app)) as runner:
        runner.run(scenario(app))
    languages.apply(app, "en")


if __name__ == "__main__":
    main()
