import errno

import pytest
from hypothesis import given
from hypothesis import strategies as st

from desktop.console.commands import COMMANDS
from desktop.wording import IN_COMMAND, SENTENCES, sentence
from shared.errors import BadName, Coded, NotAMember, NotFound, NotOwner, Violation, from_code
from shared.exit_codes import Exit, exit_of

CODES = sorted(Coded.by_code)


def test_every_code_has_a_sentence_and_no_sentence_lacks_its_code() -> None:
    assert sorted(SENTENCES) == CODES


def test_what_is_said_of_a_command_is_said_of_a_real_one() -> None:
    for command, code in IN_COMMAND:
        assert command in COMMANDS
        assert code in SENTENCES


@pytest.mark.parametrize(
    ("error", "command", "arguments", "said"),
    [
        (NotAMember(), "list_files", {"group": "film"}, "not a member of film"),
        (NotAMember(), "remove_member", {"group": "film", "user": "bo"}, "bo is not a member of film"),
        (
            NotOwner(),
            "accept_request",
            {"group": "film"},
            "not the owner of film: only its owner may do that",
        ),
        (NotFound(), "join_group", {"group": "film"}, "group film not found; type: list_groups"),
        (NotFound(), "stop_share", {"group": "film", "name": "a"}, "a not found in film"),
        (from_code("exists"), "create_user", {"user": "bo"}, "user bo already exists; choose another name"),
        (
            from_code("no_pending"),
            "accept_request",
            {"group": "g", "user": "u"},
            "no pending request of u in g",
        ),
        (BadName("too long"), "create_user", {"user": "x"}, "too long"),
        (NotFound("there is no download 7"), "pause", {"id": "7"}, "there is no download 7"),
        (NotAMember(), "", {}, "not a member of it"),
        (NotFound(), "list_files", {"group": "film"}, "group film not found; type: list_groups"),
        (from_code("busy"), "", {}, "too much is asked at once; try again in a moment"),
        (from_code("busy", {"retry_after_s": 5}), "", {}, "too much is asked at once; try again in 5 s"),
        (Violation("nonsense"), "", {}, "the other side broke the protocol: nonsense"),
        (OSError(errno.EADDRINUSE, "Address already in use"), "", {}, "Address already in use"),
        (OSError(errno.EACCES, "Permission denied", "/x"), "", {}, "/x: Permission denied"),
    ],
)
def test_an_error_is_said_in_the_words_of_its_command(
    error: Coded | OSError, command: str, arguments: dict[str, object], said: str
) -> None:
    assert sentence(error, command, **arguments) == said


@pytest.mark.parametrize("code", CODES)
def test_every_code_after_every_command_is_one_sentence(code: str) -> None:
    for word, command in COMMANDS.items():
        arguments = {argument.name: "{0}" for argument in command.arguments if not argument.flag}
        said = sentence(from_code(code), word, **arguments)
        assert said
        assert "\n" not in said
        assert "{" not in said.replace("{0}", "")


@given(st.sampled_from(CODES), st.text(), st.text())
def test_no_text_of_the_other_side_breaks_a_sentence(code: str, text: str, name: str) -> None:
    assert sentence(Coded.by_code[code](text), "create_group", group=name)


def test_a_code_of_a_newer_program_is_internal() -> None:
    assert from_code("from_the_future").code == "internal"


@pytest.mark.parametrize(
    ("error", "code"),
    [
        (from_code("no_tracker"), Exit.NO_TRACKER),
        (from_code("bad_argument"), Exit.USAGE),
        (from_code("not_a_member"), Exit.OTHER),
        (Violation(), Exit.OTHER),
        (OSError(errno.EADDRINUSE, "in use"), Exit.IN_USE),
        (OSError(errno.EACCES, "no"), Exit.IDENTITY),
        (OSError(errno.ENOENT, "none"), Exit.USAGE),
        (OSError("nothing more is known"), Exit.OTHER),
    ],
)
def test_the_exit_code_says_what_ended_the_program(error: Coded | OSError, code: Exit) -> None:
    assert exit_of(error) == code
