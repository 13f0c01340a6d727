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
from collections.abc import Callable, Coroutine
from pathlib import Path
from typing import Any

from PySide6.QtCore import QSize, Qt
from PySide6.QtGui import QImage
from PySide6.QtWidgets import QApplication, QPushButton, QWidget

from desktop.qt_loop import QtLoop
from desktop.ui import languages, theme
from desktop.ui.groups.model import Place
from desktop.ui.main_window import SIZE, SIZE_MIN
from desktop.ui.notices import Toast
from tests.bench import gui
from tests.gui import first_pages, tour
from tests.gui.company import FILES, company, share
from tests.gui.person import Person, until

DOCS = Path(__file__).parents[2] / "docs" / "screenshots"
SCALES = ("1", "1.5")
LANGUAGES = ("en", "ar")
TAKES_MS = 150
"""Until a window that was resized or dressed anew is drawn as it stays."""


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
        for look in looks or self._looks:
            theme.apply(self._app, look)
            for said, size in self._sizes.items():
                window.resize(size)
                await asyncio.sleep(TAKES_MS / 1000)
                self._save(window, name, look, said)

    def look(self, window: QWidget, name: str) -> list[str]:
        """For a tour: at once, and as large as it is."""
        for look in self._looks:
            theme.apply(self._app, look)
            self._save(window, name, look, "")
        return []

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
        await person.speak("en")
        camera.mark = "en"
        await person.sign_up("ana")
        await camera.take(person.window, "no_groups")
        await person.create_group("design")
        await camera.take(person.window, "no_files")


async def busy(camera: Camera, home: Path) -> None:
    async with company(home) as (ana, bo):
        await in_the_middle(ana, bo, home)
        for language in LANGUAGES:
            camera.mark = language
            await ana.speak(language)
            await tour.go(ana, camera.look)
            ana.window.groups.reveal(Place("design"))
            await camera.take(ana.window, "owner")
            await bo.speak(language)
            await bo.at_group("design")
            bo.window.transfers.view.setCurrentIndex(bo.window.transfers.model.index(0, 0))
            await camera.take(bo.window, "member")
            bo.act("to_details")
            await camera.take(bo.window, "member_details")


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
            if not toast.findChildren(QPushButton):
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


async def documented(camera: Camera, home: Path) -> None:
    async with Person(home / "new") as person:
        await until(lambda: person.window.status._colour == "good")
        await camera.take(person.window, "welcome", "light")
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
        bo.find(QWidget, "account").setAttribute(Qt.WidgetAttribute.WA_UnderMouse, False)  # that is at 0, 0
        await asyncio.sleep(1.5)
        await camera.take(bo.window, "arabic", "light")


async def invited(camera: Camera, ana: Person) -> None:
    ana.act("invite")
    ana.click("makeInvite")
    opened = ana.window.findChildren(QWidget, "openInvites")
    await until(lambda: any(one.isVisible() for one in opened))
    await asyncio.sleep(TAKES_MS / 1000)
    camera.look(ana.find(QWidget, "invite"), "invite")
    ana.click("closeInvite")


async def from_two(camera: Camera, ana: Person, bo: Person, home: Path) -> None:
    """bo goes on with the largest, which somebody else has by now too."""
    async with Person(home / "mira", ana.own_tracker_file) as mira:
        await mira.sign_up("mira")
        await mira.ask_to_join("design")
        await until(ana.sees_notice("mira asks to join"))
        ana.click("toastAccept", "mira")
        await mira.at_group("design")
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
        await very_many(camera, profile)

    with tempfile.TemporaryDirectory() as home:
        _looped(lambda app: all_of_them(app, Path(home)))


def _looped(scenario: Callable[[QApplication], Coroutine[Any, Any, None]]) -> None:
    app = QApplication.instance() or QApplication(["shoal"])
    assert isinstance(app, QApplication)
    tour.release()
    with asyncio.Runner(loop_factory=lambda: QtLoop(app)) as runner:
        runner.run(scenario(app))
    languages.apply(app, "en")


if __name__ == "__main__":
    main()
