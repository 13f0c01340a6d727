"""The prompt over a real pipe and the real engine, as far as no tracker is needed."""

import asyncio
import io
import json
import os
import random
import threading
from pathlib import Path
from typing import Any

import pytest

from desktop.console.prompt import LINE_BYTES_MAX, LINES_WAITING_MAX, Prompt, lines
from desktop.engine import events
from desktop.engine.engine import Engine
from desktop.paths import Profile
from desktop.settings import Settings
from tests.support.waiting import LONG_S


def answers(tmp_path: Path, typed: bytes, *, json_: bool = False, interactive: bool = False) -> str:
    """What the prompt of an engine that was not started says to `typed`."""
    out = io.StringIO()
    with Profile.open(tmp_path / "profile").lock():
        prompt = Prompt(
            Engine(Profile.open(tmp_path / "profile"), Settings()), out, json=json_, interactive=interactive
        )
        source = tmp_path / "typed"
        source.write_bytes(typed)
        fd = os.open(source, os.O_RDONLY)
        asyncio.run(prompt.run(fd))
        os.close(fd)
    return out.getvalue()


def json_answers(tmp_path: Path, typed: bytes) -> list[dict[str, Any]]:
    return [json.loads(line) for line in answers(tmp_path, typed, json_=True).splitlines()]


def test_garbage_gets_one_usage_line_each_and_the_prompt_goes_on(tmp_path: Path) -> None:
    typed = b"\n   \nfly\nlogin 'x\nlogin\n\xff\xfe\n\x00\n" + b"x" * 200_000 + b"\nquit\n"
    said = answers(tmp_path, typed).splitlines()
    assert len(said) == 9
    assert all(line.startswith("error: ") for line in said[:-1])
    assert said[-1] == "bye"


def test_random_bytes_end_nothing(tmp_path: Path) -> None:
    typed = random.Random(7).randbytes(50_000)
    assert answers(tmp_path, typed + b"\nquit\n").endswith("bye\n")


def test_under_json_every_line_but_a_blank_one_gets_exactly_one_line(tmp_path: Path) -> None:
    said = json_answers(
        tmp_path, b"\n\r\nfly\r\nlist_groups\nhelp login\nhelp fly\nshow_downloads\nexit\nstatus\n"
    )
    assert [(one["ok"], one["command"]) for one in said] == [
        (False, ""),
        (False, "list_groups"),
        (True, "help"),
        (False, "help"),
        (False, "show_downloads"),
        (True, "quit"),
    ]
    assert [one["error"]["code"] for one in said if not one["ok"]] == [
        "usage",
        "not_logged_in",
        "usage",
        "not_logged_in",
    ]
    assert said[2]["result"] == {"help": ["login <user> <password>: log in, proving the password"]}


def test_the_end_of_input_is_quit_without_a_word(tmp_path: Path) -> None:
    assert answers(tmp_path, b"") == ""
    assert answers(tmp_path, b"help quit") == "quit: stop sharing and end\n"


def test_only_a_terminal_is_invited(tmp_path: Path) -> None:
    assert answers(tmp_path, b"help quit\n", interactive=True) == "> quit: stop sharing and end\n> "
    assert "> " not in answers(tmp_path, b"help quit\n")


def test_paths_that_no_system_has_are_refused_and_end_nothing(tmp_path: Path) -> None:
    long = b"x" * 6000
    typed = b"login\n" + b"\n".join(
        b"upload_file %s film" % path for path in (b"''", long, b"~nobody-is-called-so/x", b"/dev/null/x")
    )
    assert len(answers(tmp_path, typed).splitlines()) == 5


def test_a_fault_of_the_program_fails_one_command_and_ends_nothing(
    tmp_path: Path, caplog: pytest.LogCaptureFixture
) -> None:
    said = json_answers(tmp_path, b"status\nhelp quit\n")  # the engine was never started
    assert [one.get("error", {}).get("code") for one in said] == ["internal", None]
    assert caplog.records[0].exc_info


def test_what_others_wrote_cannot_steer_the_terminal(tmp_path: Path) -> None:
    assert answers(tmp_path, "help \x1b[2J\u202e\n".encode()).isprintable() is False  # its line end
    assert answers(tmp_path, "help \x1b[2J\u202e\n".encode()).strip().isprintable()


@pytest.mark.parametrize(
    ("json_", "interactive", "said"),
    [
        (True, False, '{"event":"file_added","group":"film","name":"a\\u001b.txt","size":5,"user":"bo"}\n'),
        (False, True, "\r* bo shared a\\x1b.txt in film, 5 B\n> "),
        (False, False, ""),
    ],
)
def test_events_are_told_to_programs_and_at_terminals(
    tmp_path: Path, json_: bool, interactive: bool, said: str
) -> None:
    out = io.StringIO()
    engine = Engine(Profile.open(tmp_path / "profile"), Settings())
    prompt = Prompt(engine, out, json=json_, interactive=interactive)
    prompt.tell(events.FileAdded(group="film", name="a\x1b.txt", size=5, user="bo"))
    prompt.tell(events.GroupsChanged())
    assert out.getvalue() == said


def test_a_path_that_is_not_utf8_is_still_one_line_of_json(tmp_path: Path) -> None:
    out = io.TextIOWrapper(io.BytesIO(), encoding="utf-8", errors="backslashreplace")
    prompt = Prompt(Engine(Profile.open(tmp_path / "profile"), Settings()), out, json=True, interactive=False)
    prompt.tell(events.DiskFilled(path="/tmp/\udcff"))
    assert out.buffer.getvalue() == b'{"event":"disk_full","path":"/tmp/\\udcff"}\n'


def test_when_nobody_reads_the_answers_the_prompt_ends(tmp_path: Path) -> None:
    reader, writer = os.pipe()
    os.close(reader)
    typed, typist = os.pipe()
    with os.fdopen(writer, "w") as out:
        engine = Engine(Profile.open(tmp_path / "profile"), Settings())
        os.write(typist, b"help\n")
        asyncio.run(Prompt(engine, out, json=True, interactive=False).run(typed))
    end_typing(typed, typist)


def end_typing(typed: int, typist: int) -> None:
    """Whoever reads has read to the end when `typed` is closed: its number may be another file's next."""
    os.close(typist)
    for thread in threading.enumerate():
        if thread.name == "stdin":
            thread.join(LONG_S)
    os.close(typed)


def read_all(fd: int) -> list[bytes]:
    async def scenario() -> list[bytes]:
        return [line async for line in lines(fd)]

    return asyncio.run(scenario())


@pytest.mark.parametrize(
    ("typed", "read"),
    [
        (b"", []),
        (b"a\nb", [b"a", b"b"]),
        (b"\n\na\r\n", [b"", b"", b"a\r"]),
        (b"x" * 300_000 + b"\nb\n", [b"x" * LINE_BYTES_MAX, b"b"]),
        (b"n\n" * 3 * LINES_WAITING_MAX, [b"n"] * 3 * LINES_WAITING_MAX),
    ],
    ids=["nothing", "no end", "blank", "long", "many"],
)
def test_lines_are_read_as_they_were_written(tmp_path: Path, typed: bytes, read: list[bytes]) -> None:
    (tmp_path / "typed").write_bytes(typed)
    fd = os.open(tmp_path / "typed", os.O_RDONLY)
    assert read_all(fd) == read
    os.close(fd)


def test_the_end_of_the_loop_leaves_no_error_behind_in_the_reading_thread(tmp_path: Path) -> None:
    typed, typist = os.pipe()

    async def scenario() -> bytes:
        async for line in lines(typed):
            return line
        return b""

    os.write(typist, b"n\n" * 10)
    assert asyncio.run(scenario()) == b"n"
    os.write(typist, b"n\n" * 10)  # it now finds the loop closed; pytest fails on what a thread raises
    end_typing(typed, typist)
