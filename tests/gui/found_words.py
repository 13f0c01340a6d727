"""Finds the window's words in the code, and keeps the files of their translations in step: ./dev words.

A file is what Qt Linguist reads. Translations stay as they are; new words are added, gone ones removed.
"""

import ast
import os
import subprocess
import sys
import xml.etree.ElementTree as ET
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path
from xml.sax.saxutils import escape

import PySide6

from desktop.ui.languages import TRANSLATIONS
from desktop.ui.words import CONTEXT
from shared.errors import Coded

ROOT = Path(__file__).parents[2]
SPOKEN = {"tr": (0,), "mark": (0,), "tr_n": (0,), "Entry": (0, 2, 5)}
"""Functions, and which of their arguments are words."""
ERRORS = {kind.__name__ for kind in Coded.by_code.values()}
FORMS = {"de": 2, "ar": 6}
"""Plural forms of each language, in the order in which Qt has them."""


@dataclass
class Message:
    source: str
    plural: bool
    places: set[str] = field(default_factory=set)
    forms: list[str] = field(default_factory=list)
    """One, or for a plural as many as the language has; none yet, or empty, is not translated."""


def found() -> dict[str, Message]:
    """All words by their English, in the order of the code."""
    messages: dict[str, Message] = {}
    for path in sorted([*ROOT.glob("desktop/**/*.py"), *ROOT.glob("shared/**/*.py")]):
        name = str(path.relative_to(ROOT))
        for text, plural in _words(ast.parse(path.read_text()), name):
            message = messages.setdefault(text, Message(text, plural))
            message.plural |= plural
            message.places.add(name)
    return messages


def _words(tree: ast.Module, name: str) -> Iterator[tuple[str, bool]]:
    if name == "desktop/wording.py":
        yield from ((text, False) for text in _sentences(tree))
    for node in ast.walk(tree):
        if not isinstance(node, ast.Call):
            continue
        function = node.func.id if isinstance(node.func, ast.Name) else ""
        if name.startswith(("desktop/ui/", "desktop/app")):
            for at in SPOKEN.get(function, ()):
                if at < len(node.args) and (text := _constant(node.args[at])):
                    plural = function == "tr_n"
                    yield text.replace("%n", "%Ln") if plural else text, plural
        if function in ERRORS and node.args and (text := _constant(node.args[0])):
            yield text.partition("; type: ")[0], False


def _sentences(tree: ast.Module) -> Iterator[str]:
    """In the tables of desktop.wording: their values, less what to type, which only the prompt says."""
    for statement in tree.body:
        if isinstance(statement, ast.Assign | ast.AnnAssign) and statement.value:
            value = statement.value
            values = value.values if isinstance(value, ast.Dict) else getattr(value, "elts", [value])
            for one in values:
                if text := _constant(one):
                    yield text.partition("; type: ")[0]


def _constant(node: ast.expr) -> str:
    return node.value if isinstance(node, ast.Constant) and isinstance(node.value, str) else ""


def ts_path(language: str) -> Path:
    return TRANSLATIONS / f"shoal_{language}.ts"


def read(language: str) -> dict[str, Message]:
    messages: dict[str, Message] = {}
    if ts_path(language).exists():
        for one in ET.parse(ts_path(language)).iter("message"):
            source, translation = one.findtext("source") or "", one.find("translation")
            assert translation is not None
            forms = [form.text or "" for form in translation.iter("numerusform")]
            plural = one.get("numerus") == "yes"
            messages[source] = Message(source, plural, set(), forms or [translation.text or ""])
    return messages


def write(language: str, messages: dict[str, Message]) -> None:
    lines = [
        '<?xml version="1.0" encoding="utf-8"?>',
        "<!DOCTYPE TS>",
        f'<TS version="2.1" language="{language}" sourcelanguage="en">',
        f"<context><name>{CONTEXT}</name>",
    ]
    for message in messages.values():
        count = FORMS[language] if message.plural else 1
        forms = [*message.forms, *[""] * count][:count]
        numerus = ' numerus="yes"' if message.plural else ""
        state = "" if all(forms) else ' type="unfinished"'
        said = "".join(f"<numerusform>{escape(form)}</numerusform>" for form in forms)
        lines += [
            f"<message{numerus}>",
            *(f'  <location filename="{place}"/>' for place in sorted(message.places)),
            f"  <source>{escape(message.source)}</source>",
            f"  <translation{state}>{said if message.plural else escape(forms[0])}</translation>",
            "</message>",
        ]
    ts_path(language).write_text("\n".join([*lines, "</context>", "</TS>", ""]), encoding="utf-8")


def update(language: str) -> list[str]:
    """Brings the language's file in step; the words that it lacks."""
    known, messages = read(language), found()
    for source, message in messages.items():
        if source in known and known[source].plural == message.plural:
            message.forms = known[source].forms
    write(language, messages)
    count = {source: FORMS[language] if one.plural else 1 for source, one in messages.items()}
    return [
        source
        for source, one in messages.items()
        if len(one.forms) < count[source] or not all(one.forms[: count[source]])
    ]


def release(language: str) -> None:
    """Makes the file that Qt reads, as ./dev does before the program runs."""
    ts = ts_path(language)
    tool = Path(PySide6.__file__).parent / ("lrelease.exe" if sys.platform == "win32" else "lrelease")
    made = ts.with_suffix(f".{os.getpid()}.qm")
    subprocess.run([tool, "-silent", ts, "-qm", made], check=True)
    made.replace(ts.with_suffix(".qm"))  # at once: a window that speaks it has the file mapped, and would die


def main() -> None:
    for language in FORMS:
        lacking = update(language)
        release(language)
        sys.stdout.write(f"{language}: {len(lacking)} without translation\n")
        sys.stdout.writelines(f"  {source!r}\n" for source in lacking)


if __name__ == "__main__":
    main()
