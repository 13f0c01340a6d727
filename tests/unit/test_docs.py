"""The documents say what the code does: every message, field, bound, kind, limit, command, code and event."""

import re
import types
import typing
from pathlib import Path
from typing import Any

import msgspec
import pytest

from desktop.console.commands import COMMANDS
from desktop.console.prompt import NOT_FOR_THE_PROMPT
from desktop.engine import events
from desktop.engine.views import View
from shared import limits
from shared.errors import Coded
from shared.exit_codes import Exit
from shared.facts import ids, rows
from shared.wire import mesh_messages as mesh
from shared.wire import peer_messages as peer
from shared.wire import tracker_messages as tracker
from trackerd.arguments import TOOLS

ROOT = Path(__file__).parents[2]
PROTOCOL = (ROOT / "docs/protocol.md").read_text()
CONSOLE = (ROOT / "docs/console.md").read_text()
OPERATION = (ROOT / "docs/operation.md").read_text()
PAGES = ["protocol.md", "console.md", "operation.md", "ARCHITECTURE.md"]
BLOCKS = " ".join(" ".join(re.findall(r"```text\n(.*?)```", PROTOCOL, re.DOTALL)).split())
"""The notation of protocol.md, without its line breaks."""

BASES = [tracker.Message, tracker.FromTracker, tracker.Answer, peer.Message, mesh.Message, rows.Body]
NAMED = [
    (ids.Uid, "uid"),
    (ids.Gid, "gid"),
    (ids.Eid, "eid"),
    (ids.Dev, "dev"),
    (tracker.Vector, "Vector"),
    (msgspec.Raw, "any"),
    (type(None), "nil"),
]

WORDS = {"None": "nil", "True": "true", "False": "false", "b''": '""', "''": '""'}


def notation(type_: Any) -> str:
    """A type of ours as protocol.md writes it."""
    for known, name in NAMED:
        if type_ == known:
            return name
    arguments = typing.get_args(type_)
    match typing.get_origin(type_):
        case typing.Annotated:
            return bounded(arguments[0], arguments[-1])
        case typing.Union | types.UnionType:
            return " or ".join(map(notation, arguments))
        case origin if origin is list:
            return f"[{notation(arguments[0])}]"
        case origin if origin is dict:
            return f"{{{notation(arguments[0])}: {notation(arguments[1])}}}"
        case origin if origin is tuple:
            return f"({', '.join(map(notation, arguments))})"
    return str(type_.__name__)


def bounded(base: Any, bounds: Any) -> str:
    if bounds.pattern is not None:
        return " or ".join(f'"{word}"' for word in bounds.pattern.strip("^()$").split("|"))
    if base is not int:
        lowest = "" if bounds.min_length is None else bounds.min_length
        same = bounds.min_length == bounds.max_length
        return f"{notation(base)} {'' if same else f'{lowest}..'}{bounds.max_length}"
    lowest, above = bounds.ge, bounds.lt if bounds.lt is not None else bounds.le + 1
    bits = (above - 1).bit_length()
    if lowest == 0 and above == 1 << bits:
        return f"u{bits}"
    highest = above - 1
    return f"int {lowest}..{f'2^{bits - 1}' if highest == 1 << bits - 1 else highest}"


def fields(kind: Any) -> str:
    hints = typing.get_type_hints(kind, include_extras=True)
    if issubclass(kind, tuple):
        return ", ".join(f"{name} {notation(hints[name])}" for name in kind._fields)
    shown = []
    for field in msgspec.structs.fields(kind):
        factory: Any = field.default_factory
        default: Any = field.default if factory is msgspec.NODEFAULT else factory()
        text = "" if default is msgspec.NODEFAULT else f" = {WORDS.get(repr(default), default)}"
        shown.append(f"{field.name} {notation(hints[field.name])}{text}")
    return ", ".join(shown)


def as_written(kind: Any) -> str:
    if issubclass(kind, tuple):
        return f"{kind.__name__}({fields(kind)})"
    tag = kind.__struct_config__.tag
    before = "" if tag is None else f"{tag} "
    if issubclass(kind, rows.Body):
        before = f"{next(number for number, body in rows.BODY_OF.items() if body is kind)} "
    answer = kind.answer.__name__ if issubclass(kind, tracker.Message) else ""
    after = f" → {answer}" if answer else ""
    return f"{before}{kind.__name__}{{{fields(kind)}}}{after}"


def tuples_of(module: Any) -> list[Any]:
    return [one for one in vars(module).values() if isinstance(one, type) and hasattr(one, "_fields")]


KINDS: list[Any] = [kind for base in BASES for kind in base.__subclasses__()]
MODULES = [ids, rows, tracker, peer, mesh]
TUPLES = [*dict.fromkeys(one for module in MODULES for one in tuples_of(module))]


@pytest.mark.parametrize(
    "kind", [*KINDS, *TUPLES, rows.Row], ids=lambda kind: f"{kind.__module__[-7:]}.{kind.__name__}"
)
def test_the_protocol_has_every_message_and_row_field_by_field(kind: Any) -> None:
    assert as_written(kind) in BLOCKS


def test_the_protocol_has_no_message_that_the_program_lacks() -> None:
    assert set(re.findall(r"(\w+)\{", BLOCKS)) == {kind.__name__ for kind in [*KINDS, rows.Row]}
    assert set(re.findall(r"(\w+)\(", BLOCKS)) == {kind.__name__ for kind in TUPLES}


def number(text: str) -> float:
    """`524,288 B`, `4 KiB`, `2^21`, `24 h`."""
    digits, _, unit = text.partition(" ")
    base, _, power = digits.replace(",", "").partition("^")
    scale = {"KiB": limits.KIB, "MiB": limits.MIB, "h": 3600}.get(unit, 1)
    return (int(base) ** int(power) if power else float(base)) * scale


def test_limits_are_cited_as_they_are() -> None:
    cited = dict(re.findall(r"^\| `([A-Z_0-9]+)` \| ([^|]+?) \|", PROTOCOL + OPERATION, re.MULTILINE))
    assert cited
    assert {name: number(value) for name, value in cited.items()} == {
        name: getattr(limits, name) for name in cited
    }


@pytest.mark.parametrize("document", PAGES)
def test_a_name_in_capitals_is_a_limit(document: str) -> None:
    for name in re.findall(r"`([A-Z][A-Z0-9]*_[A-Z0-9_]+)`", (ROOT / "docs" / document).read_text()):
        assert hasattr(limits, name), name


def test_every_limit_is_said_once() -> None:
    names = re.findall(r"^([A-Z_0-9]+) = ", (ROOT / "shared/limits.py").read_text(), re.MULTILINE)
    assert len(names) == len(set(names))


def test_the_protocol_words_every_kind_of_row() -> None:
    for kind in rows.Kind:
        key = {"TRACKER": "number u8", "SHARE": "gid+eid+dev", "REMOVED": "SHA-256(key)[:16]"}
        assert re.search(rf"^\| {kind.value} {kind.name.lower()} \|", PROTOCOL, re.MULTILINE), kind
        if kind.name in key:
            assert key[kind.name] in PROTOCOL


@pytest.mark.parametrize("command", COMMANDS.values(), ids=lambda command: command.word)
def test_the_console_page_has_every_command_as_it_is_typed(command: Any) -> None:
    assert f"`{command.usage}`".replace("|", "\\|") in CONSOLE


def test_the_console_page_has_every_code_and_no_other() -> None:
    table = CONSOLE.partition("## Codes")[2].partition("\n## ")[0]
    assert set(re.findall(r"^\| `(\w+)` \|", table, re.MULTILINE)) == set(Coded.by_code)


def test_the_console_page_has_every_event_with_its_fields() -> None:
    table = CONSOLE.partition("## Events")[2].partition("\n## ")[0]
    told = dict(re.findall(r"^\| `(\w+)` \| ([^|]*) \|", table, re.MULTILINE))
    assert told == {
        kind.__struct_config__.tag: ", ".join(f"`{name}`" for name in kind.__struct_fields__)
        for kind in typing.get_args(events.Event)
        if kind not in NOT_FOR_THE_PROMPT
    }


def test_the_console_page_has_every_exit_code() -> None:
    table = CONSOLE.partition("## Exit codes")[2].partition("\n## ")[0]
    assert [int(code) for code in re.findall(r"^\| (\d+) \|", table, re.MULTILINE)] == list(Exit)


def test_the_console_page_has_every_field_of_every_result() -> None:
    for view in View.__subclasses__():
        for name in view.__struct_fields__:
            assert f'"{name}"' in CONSOLE, (view, name)


@pytest.mark.parametrize("tool", TOOLS)
def test_the_page_for_administrators_has_every_tool(tool: str) -> None:
    assert f"trackerd {tool} " in OPERATION.replace("`", " ")


@pytest.mark.parametrize("document", ["README.md", *(f"docs/{name}" for name in PAGES)])
def test_what_a_document_links_to_is_there(document: str) -> None:
    page = ROOT / document
    for target in re.findall(r"\]\(([^)#:]+)(?:#[^)]*)?\)", page.read_text()):
        assert (page.parent / target).exists() or target.endswith(".png"), target
