"""Rules of the window's code and colours that no type can hold."""

import ast
import inspect
import math
import re
from dataclasses import asdict
from functools import cache
from itertools import combinations
from pathlib import Path
from textwrap import dedent

import pytest
from PySide6.QtGui import QColor, QPalette, Qt
from PySide6.QtWidgets import QApplication, QCheckBox, QWidget
from pytestqt.qtbot import QtBot

from desktop.console.actions import Actions
from desktop.console.commands import COMMANDS
from desktop.ui import amounts, icons, keys_help, menus, theme
from desktop.ui.desk import worded
from desktop.wording import OF_PATHS, SENTENCES
from shared.errors import BadPath, NoSpace

UI = Path(theme.__file__).parent
WINDOW_PAGE = UI.parents[1] / "docs" / "window.md"
INSTEAD = {
    "list_files": "find_files",
    "show_downloads": "downloads",
    "wait": "downloads",
    "show_files": "download_files",
    "show_shares": "shared_items",
    "who_has": "holders",
}
"""What the window asks for where the prompt asks for another thing, or has another word for it."""
NO_ACTS = {
    "download", "download_details", "downloads", "engine", "events", "file_rows", "file_views", "files_below",
    "hosting", "limits", "listen", "local_file", "local_files", "look_at_trackers", "look_who_is_online",
    "network_views", "subscribe", "taken", "tracker_service", "transfer_views", "tree_files", "user", "views",
    "waited_for", "weigh", "who_has",
}  # fmt: skip
"""What the window asks of the engine besides, to show it: the answer of a command holds as much."""
OF_THE_WINDOW_ALONE = {"help", "quit"}
PROGRAM = [*UI.rglob("*.py"), UI.parent / "app.py"]


@pytest.mark.parametrize("path", PROGRAM, ids=lambda path: path.name)
def test_nothing_spins_a_second_event_loop(path: Path) -> None:
    """exec() inside a coroutine breaks other tasks for good; open() and popup() do not."""
    text = path.read_text().replace("dragged.exec(", "")  # which Qt does inside of a drag as well
    assert not re.search(r"\.exec\(|processEvents|QSortFilterProxyModel|asyncClose", text)


def test_settings_are_changed_where_a_disk_that_fails_is_told_of() -> None:
    assert [path.name for path in UI.rglob("*.py") if "kept.change(" in path.read_text()] == ["desk.py"]


@pytest.mark.parametrize("colours", [theme.LIGHT, theme.DARK], ids=["light", "dark"])
@pytest.mark.parametrize("text", ["text", "muted", "accent", "good", "warn", "bad"])
def test_text_is_readable_on_every_ground(colours: theme.Colours, text: str) -> None:
    grounds = ["window", "base", "raised", *(["hover", "chosen"] if text in ("text", "muted") else [])]
    for ground in grounds:
        assert contrast(getattr(colours, text), getattr(colours, ground)) >= 4.5, ground


@pytest.mark.parametrize("colours", [theme.LIGHT, theme.DARK], ids=["light", "dark"])
def test_buttons_are_readable(colours: theme.Colours) -> None:
    assert contrast(colours.on_accent, colours.accent) >= 4.5


@pytest.mark.parametrize("colours", [theme.LIGHT, theme.DARK], ids=["light", "dark"])
def test_the_colours_of_people_are_told_apart_and_from_what_is_grey(colours: theme.Colours) -> None:
    for one, other in combinations([*colours.people, colours.muted, colours.line], 2):
        parts = ([int(colour[at : at + 2], 16) for at in (1, 3, 5)] for colour in (one, other))
        assert math.dist(*parts) >= 40, (one, other)


def test_every_entry_has_its_icon_and_no_key_is_given_twice() -> None:
    keys = [entry.keys for entry in menus.ENTRIES if entry.keys]
    assert len(keys) == len(set(keys))
    for entry in menus.ENTRIES:
        assert not entry.icon or entry.icon in icons._SHAPES


@pytest.mark.parametrize("word", COMMANDS)
def test_s63_every_command_is_an_act_of_the_window_too(word: str) -> None:
    """It asks the engine for what the prompt asks it for, and its page says where that is."""
    assert f"`{word}`" in WINDOW_PAGE.read_text()
    if word not in OF_THE_WINDOW_ALONE:
        action = ast.parse(dedent(inspect.getsource(getattr(Actions, word))))
        assert word in INSTEAD or f"self._engine.{word}(" in ast.unparse(action)
        assert INSTEAD.get(word, word) in _asked_by_the_window()


def test_every_act_of_the_window_is_a_command_of_the_prompt_too() -> None:
    assert _asked_by_the_window() - NO_ACTS <= {INSTEAD.get(word, word) for word in COMMANDS}


@cache
def _asked_by_the_window() -> set[str]:
    return {name for path in UI.rglob("*.py") for name in re.findall(r"engine\.(\w+)", path.read_text())}


def test_the_page_of_the_window_names_entries_that_are_in_its_menus_with_their_keys() -> None:
    titles = "|".join({entry.menu.replace("&", "") for entry in menus.ENTRIES})
    page = " ".join(WINDOW_PAGE.read_text().split())
    named = re.findall(rf"\b({titles}) > ([A-Z][^.;:|>]*)", page)
    assert len(named) >= 30
    for menu, text in named:
        inside = [entry for entry in menus.ENTRIES if entry.name and entry.menu.replace("&", "") == menu]
        begun = {menus.plain(entry.text).partition(",")[0]: entry.keys for entry in inside}
        found = {plain: keys for plain, keys in begun.items() if text.startswith(plain)}
        assert found or (menu, text[:8]) == ("View", "Language"), f"{menu} > {text}"
        meant = max(found, key=len, default="")
        if said := re.match(r", ((Ctrl|Alt)[+\w]+)", text.removeprefix(meant)):
            assert said[1] == found[meant], f"{menu} > {text}"


def test_f1_lists_every_key_that_is_bound() -> None:
    listed = {key for keys, _ in keys_help.OTHERS for key in keys.split()}
    bound = {"Ctrl+V"} if "StandardKey.Paste" in "".join(path.read_text() for path in PROGRAM) else set()
    for path in UI.rglob("*.py"):
        tree = ast.parse(path.read_text())
        for case in (node for node in ast.walk(tree) if isinstance(node, ast.match_case)):
            if case.guard and "ShiftModifier" in ast.unparse(case.guard):
                bound |= {f"Shift+{key}" for key in _keys(case.pattern)}
        bound |= _keys(tree)
    assert bound - {"Enter", "Shift+Enter"} <= listed


def _keys(tree: ast.AST) -> set[str]:
    names = {node.attr for node in ast.walk(tree) if isinstance(node, ast.Attribute)}
    keys = {name.removeprefix("Key_") for name in names if name.startswith("Key_")}
    return {"Esc" if key == "Escape" else key for key in keys}


@pytest.mark.gui
def test_icons_take_the_colour_they_are_asked_for(qtbot: QtBot) -> None:
    widget = QWidget()
    qtbot.addWidget(widget)
    image = icons.icon_for(widget, "online", "good").pixmap(16, 16).toImage()
    assert image.pixelColor(image.width() // 2, image.height() // 2) == QColor(
        asdict(theme.colours(widget.palette()))["good"]
    )


@pytest.mark.gui
@pytest.mark.slow
@pytest.mark.parametrize(("appearance", "colours"), [("light", theme.LIGHT), ("dark", theme.DARK)])
@pytest.mark.parametrize("ticked", [False, True])
def test_a_tick_box_is_seen_on_every_ground(
    qapp: QApplication, qtbot: QtBot, appearance: str, colours: theme.Colours, *, ticked: bool
) -> None:
    style, sheet, palette = qapp.style().name(), qapp.styleSheet(), QPalette(qapp.palette())
    theme.apply(qapp, appearance)
    try:
        window = QWidget()
        qtbot.addWidget(window)
        box = QCheckBox(window)
        box.setChecked(ticked)
        drawn = window.grab(box.geometry()).toImage()
    finally:
        qapp.setStyle(style)
        qapp.setPalette(palette)
        qapp.setStyleSheet(sheet)
    across = [drawn.pixelColor(x, drawn.height() // 2).name() for x in range(2)]
    for ground in (colours.window, colours.base):
        assert max(contrast(one, ground) for one in across) >= 3


def contrast(one: str, other: str) -> float:
    """WCAG 2's ratio."""
    light, dark = sorted((_luminance(one), _luminance(other)), reverse=True)
    return (light + 0.05) / (dark + 0.05)


def _luminance(colour: str) -> float:
    parts = [int(colour[at : at + 2], 16) / 255 for at in (1, 3, 5)]
    red, green, blue = (one / 12.92 if one <= 0.04045 else ((one + 0.055) / 1.055) ** 2.4 for one in parts)
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


@pytest.mark.parametrize("name", ["<b>hi</b>.txt", "<img src='x'>", "&lt;b&gt;", "a\u202e<br>"])
def test_no_name_is_taken_for_html(name: str) -> None:
    assert not Qt.mightBeRichText(amounts.name(name))


@pytest.mark.slow
def test_what_the_engine_says_of_a_path_is_said_in_the_windows_language() -> None:
    """All that it raises as `path: what is wrong with it` is in the table of it."""
    said = {
        about.partition("; type: ")[0]
        for path in (UI.parent / "engine").rglob("*.py")
        for about in re.findall(r'\(f"\{[^"{}]+\}: ([^"{}]+)["{]', path.read_text())
    }
    assert said - {*OF_PATHS, *SENTENCES.values()} == {"it is larger than "}, "add it to desktop.wording"
    assert "1.0 GB are needed" in re.sub("[\u2068\u2069]", "", worded(NoSpace("x", needed=10**9, free=1)))
    assert worded(BadPath("/a/b: it is a link")) == "\u2068/a/b\u2069: it is a link"
