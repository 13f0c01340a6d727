import ast
import io
import json
import logging
import re
import sys
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import NamedTuple

import pytest

from trackerd.said import Event, LogFormat, start_log, tell

ROOT = Path(__file__).parents[3]
Start = Callable[[LogFormat], io.StringIO]


class Told(NamedTuple):
    levels: set[str]
    fields: set[str]


@pytest.fixture
def start(monkeypatch: pytest.MonkeyPatch) -> Iterator[Start]:
    """Begins to log; gives what is written."""
    root = logging.getLogger()
    handlers, level = root.handlers, root.level

    def begin(form: LogFormat) -> io.StringIO:
        written = io.StringIO()
        root.handlers = []  # pytest's
        monkeypatch.setattr(sys, "stderr", written)
        start_log(form, "info")
        return written

    yield begin
    root.handlers = handlers
    root.setLevel(level)


def told(call: ast.Call) -> Iterator[tuple[Event, Told]]:
    """What one call of tell() may say."""
    levels = {node.attr.lower() for node in ast.walk(call.args[0]) if isinstance(node, ast.Attribute)}
    fields = {keyword.arg or "**" for keyword in call.keywords} - {"bug"}
    for node in ast.walk(call.args[1]):
        if isinstance(node, ast.Attribute):
            yield Event[node.attr], Told(levels, fields)


def calls() -> Iterator[tuple[Event, Told]]:
    for path in sorted((ROOT / "trackerd").rglob("*.py")):
        for node in ast.walk(ast.parse(path.read_text())):
            if isinstance(node, ast.Call) and isinstance(node.func, ast.Name) and node.func.id == "tell":
                yield from told(node)


def test_the_page_for_administrators_has_every_event_as_it_is_told() -> None:
    said: dict[Event, Told] = {}
    for event, one in calls():
        levels, fields = said.setdefault(event, Told(set(), set()))
        levels.update(one.levels)
        fields.update(one.fields)
    page = (ROOT / "docs/operation.md").read_text().partition("## Log")[2].partition("\n## ")[0]
    documented = {
        Event(event): Told(set(levels.split(" or ")), set(re.findall(r"`(\w+)`", fields)))
        for event, levels, fields in re.findall(r"^\| `(\w+)` \| ([^|]*) \| ([^|]*) \|", page, re.MULTILINE)
    }
    said[Event.OTHER] = Told({"any"}, {"by", "text"})
    assert documented == said
    assert documented.keys() == set(Event)


def test_nothing_is_logged_but_through_tell() -> None:
    loggers = re.compile(
        r"getLogger|\b(log|logger|logging)\.(debug|info|warning|error|exception|critical|log)\("
    )
    for path in (ROOT / "trackerd").rglob("*.py"):
        assert path.name == "said.py" or not loggers.search(path.read_text()), path


def test_text_shows_where_a_value_ends_and_cannot_steer_a_terminal(start: Start) -> None:
    written = start("text")
    tell(logging.WARNING, Event.VIOLATION, ip="::1", what='so "it"\n2026 error\x1b[2J \u202egnorw', count=3)
    (line,) = written.getvalue().splitlines()
    assert re.fullmatch(r"[-0-9]{10} [0-9:,]{12} warning violation ip=::1 what=.* count=3", line)
    assert r'what="so \"it\"\n2026 error\u001b[2J \u202egnorw" count=3' in line


def test_json_is_one_object_a_line_with_numbers_as_numbers(start: Start) -> None:
    written = start("json")
    tell(logging.INFO, Event.FILE_READ, path=Path("a\nb"), trackers=2)
    said = json.loads(written.getvalue())
    assert written.getvalue().count("\n") == 1
    assert isinstance(said.pop("at"), float)
    assert said == {"level": "info", "event": "file_read", "path": "a\nb", "trackers": 2}


@pytest.mark.parametrize("form", ["text", "json"])
def test_a_bug_comes_with_its_traceback_and_a_library_is_heard_too(start: Start, form: LogFormat) -> None:
    written = start(form)
    tell(logging.ERROR, Event.REQUEST_FAILED, ZeroDivisionError("by nought"), ip="::1")
    logging.getLogger("asyncio").warning("Executing %s took 3 s", "something")
    tell(logging.DEBUG, Event.CLOSED, ip="::1", why=None)
    assert "ZeroDivisionError: by nought" in written.getvalue()
    assert "Executing something took 3 s" in written.getvalue().splitlines()[-1]
    assert "other" in written.getvalue()
    assert "closed" not in written.getvalue()
