"""What is typed becomes a Call, or a usage line; nothing else."""

import shlex

import pytest
from hypothesis import given
from hypothesis import strategies as st

from desktop.console.commands import COMMANDS, Command, parse
from shared.errors import Usage

ALL = sorted(COMMANDS)


def words_for(command: Command, *, optional: bool) -> list[str]:
    return [
        f"x{place}"
        for place, argument in enumerate(command.arguments)
        if not argument.flag and (optional or not argument.optional)
    ]


@pytest.mark.parametrize("word", ALL)
def test_a_command_takes_what_its_usage_names(word: str) -> None:
    command = COMMANDS[word]
    for optional in (False, True):
        call = parse(shlex.join([word, *words_for(command, optional=optional)]))
        assert call.command is command
        assert list(call.arguments.values()) == words_for(command, optional=optional)


@pytest.mark.parametrize("word", ALL)
def test_one_word_too_few_or_too_many_gives_the_usage_line(word: str) -> None:
    command = COMMANDS[word]
    too_many = [*words_for(command, optional=True), "more"]
    too_few = words_for(command, optional=False)[:-1]
    for words in (too_many, too_few) if words_for(command, optional=False) else (too_many,):
        with pytest.raises(Usage) as told:
            parse(shlex.join([word, *words]))
        assert str(told.value) == f"incorrect number of arguments; usage: {command.usage}"


def test_the_source_systems_commands_have_its_words_and_order() -> None:
    usages = {command.usage for command in COMMANDS.values()}
    assert usages >= {
        "create_user <user> <password>",
        "login <user> <password>",
        "logout [--forget]",
        "create_group <group>",
        "join_group <group>",
        "leave_group <group>",
        "list_requests <group>",
        "accept_request <group> <user>",
        "list_groups",
        "list_files <group>",
        "upload_file <path> <group>",
        "download_file <group> <name> <destination>",
        "show_downloads [-v]",
        "stop_share <group> <name>",
        "wait [<id>|all] [<seconds>]",
    }


@pytest.mark.parametrize(
    ("line", "path", "group"),
    [
        ("upload_file a.txt film", "a.txt", "film"),
        ("  upload_file\ta.txt   film \r", "a.txt", "film"),
        ("upload_file 'my holiday.txt' \"film club\"", "my holiday.txt", "film club"),
        (r"upload_file my\ holiday.txt film\ club", "my holiday.txt", "film club"),
        (r"""upload_file "she said \"no\"" 'it\s'""", 'she said "no"', r"it\s"),
        ("upload_file it's here' film", "its here", "film"),
        ("upload_file '' \"\"", "", ""),
        ("upload_file #1.txt #film", "#1.txt", "#film"),
        ("upload_file 😀👩\u200d👩\u200d👧/ملف.txt שלום", "😀👩\u200d👩\u200d👧/ملف.txt", "שלום"),
        ("upload_file a;b|c>d&e$f`g`(h)*? film", "a;b|c>d&e$f`g`(h)*?", "film"),
        ("upload_file a\u00a0b c\u2003d", "a\u00a0b", "c\u2003d"),
    ],
)
def test_quoting_is_the_shells_and_nothing_is_expanded(line: str, path: str, group: str) -> None:
    assert parse(line).arguments == {"path": path, "group": group}


def test_on_windows_a_backslash_is_a_character() -> None:
    line = r"""download_file film a "C:\My Files\new" """
    assert parse(line, backslash_is_plain=True).arguments["destination"] == r"C:\My Files\new"
    line = r"download_file film a C:\new"
    assert parse(line, backslash_is_plain=True).arguments["destination"] == r"C:\new"
    assert parse(line).arguments["destination"] == "C:new"


def test_a_flag_may_stand_anywhere_and_only_where_it_is_known() -> None:
    assert parse("show_downloads -v").arguments == {"-v": "-v"}
    assert parse("show_downloads").arguments == {}
    assert parse("logout --forget").arguments == {"--forget": "--forget"}
    assert parse("create_group -v").arguments == {"group": "-v"}
    with pytest.raises(Usage):
        parse("show_downloads -x")


def test_an_option_takes_the_word_behind_it() -> None:
    words = {"group": "film club", "--uses": "3", "--hours": "24"}
    assert parse("invite --uses 3 'film club' --hours 24").arguments == words
    assert parse("invite film --uses").arguments == {"group": "film", "--uses": ""}
    with pytest.raises(Usage):
        parse("invite --uses 3")


def test_exit_is_quit() -> None:
    assert parse("exit").command is COMMANDS["quit"]


@pytest.mark.parametrize(
    ("line", "what"),
    [
        ("", "type a command"),
        (" \t\r", "type a command"),
        ("fly home", "unknown command 'fly'"),
        ("HELP", "unknown command 'HELP'"),
        ("'' a", "unknown command ''"),
        ("\x1b[2J", r"unknown command '\\x1b\[2J'"),
        ("login 'mira", "no closing quotation"),
        ("login mira \\", "no escaped character"),
        ("login mira \0", "NUL"),
    ],
)
def test_what_is_no_command_is_named(line: str, what: str) -> None:
    with pytest.raises(Usage, match=what):
        parse(line)


pieces = st.sampled_from(
    [*ALL, "'", '"', "\\", " ", "\n", "\0", "#", "-v", "--forget", "a", "ü", "\ud800", "😀"]
)


@given(st.text() | st.lists(pieces).map(" ".join) | st.lists(pieces).map("".join), st.booleans())
def test_any_text_is_a_call_or_a_usage_line(line: str, backslash_is_plain: bool) -> None:
    try:
        call = parse(line, backslash_is_plain=backslash_is_plain)
    except Usage:
        return
    assert set(call.arguments) <= {argument.name for argument in call.command.arguments}


@given(st.text(st.characters(exclude_characters="\0", exclude_categories=["Cs"])), st.text("ab '\"\\\n\t"))
def test_what_is_quoted_as_a_shell_does_arrives_as_it_was(path: str, group: str) -> None:
    call = parse(shlex.join(["upload_file", path, group]))
    assert call.arguments == {"path": path, "group": group}
