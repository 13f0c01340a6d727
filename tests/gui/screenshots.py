"""Makes the pictures of docs/screenshots from real windows on real engines: python -m tests.gui.screenshots.

With a folder as argument they go there, in three sizes and both palettes, for whoever works on the looks.
"""

import asyncio
import os
import random
import sys
import tempfile
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from pathlib import Path

from PySide6.QtCore import QSize
from PySide6.QtGui import QImage
from PySide6.QtWidgets import QApplication, QPushButton

from desktop.qt_loop import QtLoop
from desktop.ui import theme
from desktop.ui.groups_model import Place
from desktop.ui.main_window import SIZE, SIZE_MIN
from desktop.ui.notices import Toast
from tests.gui.person import Person, until

DOCS = Path(__file__).parents[2] / "docs" / "screenshots"
SIZES = {"small": SIZE_MIN, "": SIZE, "large": QSize(1600, 1000)}
FILES = {
    "brand/logo.svg": 18_200,
    "brand/palette.pdf": 2_400_000,
    "brand/fonts/Plex Sans.ttf": 812_000,
    "rushes/day 1/take 01.mov": 140_000_000,
    "rushes/day 1/take 02.mov": 90_000_000,
    "Meeting notes 2026-11-20.odt": 84_000,
    "storyboard.pdf": 14_700_000,
    "סקיצה.png": 620_000,
}


class Camera:
    def __init__(self, app: QApplication, folder: Path, *, all_of_them: bool) -> None:
        self._app = app
        self._folder = folder
        self._all = all_of_them
        folder.mkdir(parents=True, exist_ok=True)

    async def take(self, person: Person, name: str, look: str = "light") -> None:
        """In docs only in one palette, `look`."""
        for palette in ("light", "dark") if self._all else [look]:
            theme.apply(self._app, palette)
            for said, size in SIZES.items() if self._all else [("", SIZE)]:
                person.window.resize(size)
                await asyncio.sleep(0.15)
                image = person.window.grab().toImage().convertToFormat(QImage.Format.Format_RGB888)
                path = self._folder / ("-".join(filter(None, (name, palette, said))) + ".png")
                image.save(str(path), quality=0)  # of a PNG: the smallest file, with nothing lost


@asynccontextmanager
async def company(home: Path) -> AsyncIterator[tuple[Person, Person]]:
    """ana, who owns two groups, and bo, who is in one of them."""
    async with Person(home / "ana") as ana:
        await ana.sign_up("ana")
        for group in ("film crew", "design"):
            await ana.create_group(group)
        async with (
            Person(home / "bo", ana.own_tracker_file) as bo,
            Person(home / "joão", ana.own_tracker_file) as joao,
        ):
            for person, name in ((bo, "bo"), (joao, "joão")):
                await person.sign_up(name)
                await person.ask_to_join("design")
            await until(ana.sees_notice("bo asks to join"))
            await until(ana.sees_notice("joão asks to join"))
            ana.click("toastAccept", "bo")
            await until(bo.sees_notice("You are now a member"))
            await bo.at_group("design")
            yield ana, bo


async def shoot(camera: Camera, home: Path) -> None:
    lot = random.Random(1)
    for name, size in FILES.items():
        (home / "stuff" / name).parent.mkdir(parents=True, exist_ok=True)
        (home / "stuff" / name).write_bytes(lot.randbytes(size))
    async with Person(home / "new") as person:
        await until(lambda: person.window.welcome.isVisible())
        await until(lambda: "own tracker" in person.window.status.text)
        await camera.take(person, "welcome")
    async with company(home) as (ana, bo):
        ana.drop(sorted((home / "stuff").iterdir()))
        await until(lambda: len(bo.files) == len(FILES) + 4)
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
        for person in (ana, bo):
            model, tree = person.window.groups.model, person.window.groups.view
            for place in (Place("design"), Place("design", "members"), Place("design", "requests")):
                if item := model.item_of(place):
                    tree.expand(item.index())
            person.window.files.view.expand(person.window.files.model.index_of("brand/"))
            for toast in person.window.findChildren(Toast):
                if not toast.findChildren(QPushButton):
                    toast.end()  # what only tells would hide what is to be seen
        await asyncio.sleep(1.5)  # members, and the speeds of a second
        await camera.take(ana, "owner", "dark")
        await camera.take(bo, "member")


def main() -> None:
    os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")
    app = QApplication(["shoal"])
    folder = Path(sys.argv[1]) if len(sys.argv) > 1 else DOCS
    with tempfile.TemporaryDirectory() as home, asyncio.Runner(loop_factory=lambda: QtLoop(app)) as runner:
        runner.run(shoot(Camera(app, folder, all_of_them=len(sys.argv) > 1), Path(home)))


if __name__ == "__main__":
    main()
