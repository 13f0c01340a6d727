"""Goes through every state of the window, in one language after another, and says what is wrong with each.

As a program it does so at another scale, which Qt takes only at its start: python -m tests.gui.tour 1.5
"""

import asyncio
import os
import sys
import tempfile
from collections.abc import Callable
from pathlib import Path

from PySide6.QtWidgets import QApplication, QDialog, QWidget

from desktop.qt_loop import QtLoop
from desktop.ui import languages, menus, theme
from desktop.ui.groups_model import Place
from desktop.ui.main_window import SIZE_MIN
from tests.gui import found_words, seen
from tests.gui.person import Person, until
from tests.gui.screenshots import company

Look = Callable[[QWidget], list[str]]


async def go(person: Person, look: Look) -> list[str]:
    """Every pane, and every dialog that an entry of the menus opens which ends in dots."""
    said = []
    person.window.resize(SIZE_MIN)
    await person.at_group("design")
    await until(lambda: person.window.transfers.model.views and person.files)
    await asyncio.sleep(0.2)  # what is asked for when a window opens is there
    said += look(person.window)
    tree, opened = person.window.groups, set()
    for place in (Place("design"), Place("design", "members"), Place("design", "member", "bo"),
                  Place("design", "requests"), Place("design", "request", "joão")):  # fmt: skip
        await until(lambda place=place: tree.model.item_of(place))  # type: ignore[misc]
        item = tree.model.item_of(place)
        assert item is not None
        tree.view.expand(item.index())
        tree.view.setCurrentIndex(item.index())
        person.window.files.view.selectAll()
        person.window.transfers.view.selectAll()
        for entry in menus.ENTRIES:
            if (
                "…" in entry.text
                and entry.name not in opened
                and person.window.menus.action(entry.name).isEnabled()
            ):
                opened.add(entry.name)
                said += [f"{entry.name}: {one}" for one in await _dialog(person, entry.name, look)]
    said += look(person.window)
    tree.choose("design")
    tree.reveal(Place("design", "activity"))
    await until(lambda: person.window.activity.model.rowCount() > 2)
    return said + look(person.window)


async def _dialog(person: Person, act: str, look: Look) -> list[str]:
    before = len(person.window.notices.texts())
    person.act(act)
    await until(
        lambda: _open(person) or len(person.window.notices.texts()) != before, f"{act} asks something"
    )
    said = []
    for dialog in _open(person):
        said += look(dialog)
        dialog.reject()
    await until(lambda: not _open(person))
    return said


def _open(person: Person) -> list[QDialog]:
    return [one for one in person.window.findChildren(QDialog) if one.isVisible()]


async def prepare(ana: Person, bo: Person, home: Path) -> None:
    """Files, a download, a group and a request that are there in every language."""
    for name in ("brand/logo.svg", "storyboard.pdf"):
        (home / name).parent.mkdir(parents=True, exist_ok=True)
        (home / name).write_bytes(bytes(30_000))
    await until(lambda: (group := bo.window.groups.group) and group.mine == "member")
    bo.drop([home / "brand", home / "storyboard.pdf"])
    await ana.at_group("design")
    await until(lambda: len(ana.files) == 3)
    ana.select("brand/", "storyboard.pdf")
    ana.act("download")
    await ana.arrived(2)


async def clipped(person: Person) -> list[str]:
    """In each language."""
    said = []
    for language in languages.LANGUAGES:
        await person.speak(language)
        said += [f"{language}: {one}" for one in await go(person, seen.clipped)]
    return said


def release() -> None:
    for language in found_words.FORMS:
        found_words.release(language)


async def _scene(home: Path) -> list[str]:
    async with company(home) as (ana, bo):
        await prepare(ana, bo, home / "stuff")
        return await clipped(ana)


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
