"""No state of the window shows a word past `tr`, has a thing without a name, or cuts text off."""

import ast
import re
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest
from PySide6.QtCore import QLocale
from PySide6.QtWidgets import QApplication, QWidget

from desktop.qt_loop import QtLoop
from desktop.ui import languages, theme
from tests.gui import seen, tour
from tests.gui.company import company
from tests.gui.found_words import ROOT

pytestmark = [pytest.mark.gui, pytest.mark.slow]
SHOWING = {
    "QAction", "QCheckBox", "QGroupBox", "QLabel", "QPushButton", "QRadioButton", "addAction", "addItem",
    "addMenu", "addRow", "addTab", "fail", "label", "push_button", "say", "setAccessibleDescription",
    "setAccessibleName", "setPlaceholderText", "setPrefix", "setSpecialValueText", "setSuffix", "setText",
    "setTitle", "setToolTip", "setWindowTitle", "tell", "warn",
}  # fmt: skip
"""What shows its arguments to a person."""
AT = {"push_button": (1, 2), "addItem": (0, 1)}
"""Which of them, where the others are not for people."""


@pytest.fixture
def english_again(qapp: QApplication) -> Iterator[None]:
    before = QLocale()
    theme.apply(qapp, "light")
    tour.release()
    yield
    languages.apply(qapp, "en")
    QLocale.setDefault(before)


def test_every_word_passed_tr_and_every_thing_has_a_name_and_room(
    qloop: QtLoop, tmp_path: Path, english_again: None
) -> None:
    """The words in a language that marks them all."""

    kinds = set[type[QWidget]]()

    def look(root: QWidget, name: str) -> list[str]:
        kinds.update(type(one) for one in [root, *root.findChildren(QWidget)] if one.isVisible())
        said = () if name == "command offers" else seen.texts(root)  # the prompt speaks English
        past = [f"{name}, {where}: {text!r}" for where, text in said if seen.unmarked(text)]
        return past + [f"{name}, without a name: {one}" for one in seen.unnamed(root)]

    async def scene() -> list[str]:
        async with company(tmp_path) as (ana, bo):
            await tour.prepare(ana, bo, tmp_path / "stuff")
            await ana.speak("en", seen.Marking())
            wrong = await tour.go(ana, look) + [f"a member's: {one}" for one in seen.unnamed(bo.window)]
            return wrong + await tour.clipped(ana, languages.LANGUAGES)

    wrong = sorted(set(qloop.run_until_complete(scene())))
    assert not wrong, "\n".join(wrong)
    unseen = sorted(kind.__name__ for kind in _kinds(QWidget) - kinds)
    assert not unseen, f"{unseen} are in no state that is looked at"


def _kinds(above: type[QWidget]) -> set[type[QWidget]]:
    """Of widgets that the window's code makes, but for the first pages."""
    below = {one for kind in above.__subclasses__() for one in _kinds(kind) or {kind}}
    return {one for one in below if re.match(r"desktop\.ui\.(?!welcome)", one.__module__)}


def test_no_text_is_cut_off_at_a_larger_scale() -> None:
    ran = subprocess.run(
        [sys.executable, "-m", "tests.gui.tour", "1.5"], cwd=ROOT, capture_output=True, text=True
    )
    warnings = [line for line in ran.stderr.splitlines() if not line.startswith("This plugin")]
    assert (ran.stdout, warnings, ran.returncode) == ("", [], 0)


def test_no_sentence_of_the_code_is_shown_past_tr() -> None:
    """By the calls that show something, also where no state of a test comes to."""
    past = [
        f"{path.relative_to(ROOT)}:{line}: {text!r}"
        for path in (ROOT / "desktop" / "ui").rglob("*.py")
        for node in ast.walk(ast.parse(path.read_text()))
        if isinstance(node, ast.Call) and _called(node) in SHOWING
        for argument in node.args[slice(*AT.get(_called(node), (0, None)))]
        for line, text in _plain(argument)
        if seen.unmarked(text)
    ]
    assert not past, "\n".join(past)


def _called(call: ast.Call) -> str:
    function = call.func
    if isinstance(function, ast.Attribute):
        return function.attr
    return function.id if isinstance(function, ast.Name) else ""


def _plain(node: ast.AST) -> Iterator[tuple[int, str]]:
    """Texts in an expression that no function that speaks has, with their lines."""
    if isinstance(node, ast.Constant) and isinstance(node.value, str):
        yield node.lineno, node.value
    elif isinstance(node, ast.BinOp | ast.IfExp | ast.JoinedStr | ast.FormattedValue | ast.BoolOp):
        for child in ast.iter_child_nodes(node):
            yield from _plain(child)
