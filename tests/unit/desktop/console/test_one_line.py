"""A line that is being typed: its words, and where its secrets begin."""

import asyncio
from collections.abc import Callable
from typing import Any, cast

import pytest

from desktop.console.commands import COMMANDS
from desktop.console.one_line import SECRETS, OneLine, split
from desktop.engine.engine import Engine

NOBODY = cast("Engine", None)


def test_the_last_word_is_the_one_that_is_being_typed() -> None:
    assert split("") == ([], 0)
    assert split("list_f") == ([], 0)
    assert split("list_files ") == (["list_files"], 11)
    assert split("list_files 'film crew' a") == (["list_files", "film crew"], 23)
    assert split("list_files 'film cr") == (["list_files"], 11)


@pytest.mark.parametrize("command", COMMANDS.values(), ids=lambda command: command.word)
def test_secrets_are_the_last_arguments(command: Any) -> None:
    secret = [argument.name in SECRETS for argument in command.arguments if not argument.flag]
    assert secret == sorted(secret)


def test_secrets_are_hidden_from_their_first_letter_on_and_kept_by_nobody() -> None:
    line = OneLine(NOBODY)
    for typed in ("login", "login ana", "list_groups ", "nonsense a b"):
        assert line.hidden(typed) == (0, [], 0)
    assert line.hidden("login ana ") == (10, [""], 1)
    assert line.hidden("login 'film crew' 'my secr") == (18, ["'my secr"], 1)
    assert line.hidden("login ana  'my secret' ") == (11, ["my secret"], 1)
    assert line.hidden("change_password ") == (16, [""], 2)
    assert line.hidden("change_password one tw") == (16, ["one", "tw"], 2)
    assert [line.kept(text) for text in ("status -v", "what is this", "login ana x", "delete_user")] == [
        True,
        True,
        False,
        False,
    ]


@pytest.mark.parametrize(
    ("typed", "offered"),
    [
        ("list_m", ["list_members"]),
        ("order 3 ", ["order 3 first", "order 3 rarest"]),
        ("limit u", ["limit up"]),
        ("limit up o", ["limit up off"]),
        ("status ", []),
        ("nonsense ", []),
    ],
)
def test_what_may_follow_is_offered_as_whole_lines(typed: str, offered: list[str]) -> None:
    ask: Callable[..., Any] = OneLine(NOBODY).offered
    assert asyncio.run(ask(typed)) == offered
