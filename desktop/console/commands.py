"""The prompt's commands: one table of words, arguments and help. Pure: typed text in, a Call out."""

import re
import shlex
from collections.abc import Sequence
from dataclasses import dataclass

from shared.errors import Usage


@dataclass(frozen=True)
class Argument:
    form: str
    """As the usage line has it: `<group>`, `<id>|all`, `-v`, `--uses N`."""
    optional: bool = False
    flag: bool = False
    """A literal option such as -v, that may stand anywhere; with the word behind it if its form has two."""

    @property
    def name(self) -> str:
        return self.form.partition("|")[0].partition(" ")[0].strip("<>")

    @property
    def has_value(self) -> bool:
        return " " in self.form

    def __str__(self) -> str:
        return f"[{self.form}]" if self.optional else self.form


@dataclass(frozen=True)
class Command:
    word: str
    arguments: tuple[Argument, ...]
    help: str
    needs_login: bool = True

    @property
    def usage(self) -> str:
        return " ".join([self.word, *map(str, self.arguments)])


@dataclass(frozen=True)
class Call:
    """One command as typed: its word and its arguments by name; a flag is present or not."""

    command: Command
    arguments: dict[str, str]


def _command(words: str, help_: str, needs_login: bool = True) -> Command:
    """`words` as in the usage line: `download_file <group> [-v] [<destination>]`."""
    word, *rest = re.findall(r"\[[^\]]*\]|\S+", words)
    arguments = []
    for text in rest:
        optional = text.startswith("[")
        form = text.strip("[]")
        arguments.append(Argument(form, optional, flag=form.startswith("-")))
    return Command(word, tuple(arguments), help_, needs_login)


COMMANDS: dict[str, Command] = {
    command.word: command
    for command in (
        _command("create_user <user> <password>", "make an account", needs_login=False),
        _command("login <user> <password>", "log in, proving the password", needs_login=False),
        _command("logout [--forget]", "stop sharing and end the session; --forget drops this device too"),
        _command("create_group <group>", "make a group; you own it"),
        _command("join_group <group>", "ask the owner to let you in"),
        _command("leave_group <group>", "leave; an owner hands on to the oldest member"),
        _command("list_requests <group>", "who asks to join (owner)"),
        _command("accept_request <group> <user>", "let a user in (owner)"),
        _command("reject_request <group> <user>", "turn a user down (owner)"),
        _command("withdraw_request <group>", "take your own request back"),
        _command("remove_member <group> <user>", "put a member out (owner)"),
        _command("transfer_group <group> <user>", "make another member the owner (owner)"),
        _command(
            "invite <group> [--uses N] [--hours H]",
            "make a link to a group; with an option: one that lets so many in at once, so long (owner)",
        ),
        _command("read_link <link>", "what an invite link says, before it is used", needs_login=False),
        _command("join_link <link>", "join the group of an invite link", needs_login=False),
        _command("list_invites <group>", "the links that let people in at once (owner)"),
        _command("revoke_invite <group> <id>", "take such a link back (owner)"),
        _command("change_password <old> <new>", "set a new password"),
        _command("delete_user <password>", "delete your account for ever"),
        _command("devices", "your devices"),
        _command("revoke_device <id>", "shut one of your devices out for ever"),
        _command("list_groups", "every group of this network"),
        _command("list_members <group>", "the members of a group"),
        _command("activity <group>", "what happened in a group, newest first"),
        _command("list_files <group>", "the files of a group"),
        _command(
            "find_files <words> [<group>]", "the files of all your groups, or of one, by words of their names"
        ),
        _command("older_versions <group> <name>", "what was shared by that name before"),
        _command("who_has <group> <name>", "how much of a file or a folder each member has"),
        _command("upload_file <path> <group>", "share a file or a folder with a group"),
        _command("download_file <group> <name> <destination>", "fetch a file or a folder"),
        _command("show_downloads [-v]", "your downloads: [D] running, [C] complete"),
        _command("show_files <id>", "the files of a download"),
        _command("wait [<id>|all] [<seconds>]", "block until that download is complete, or all of them"),
        _command("pause <id>|all", "let a download stand still, or all that run"),
        _command("resume <id>|all", "let it go on, or all that are paused"),
        _command("order <id> first|rarest", "fetch from first to last, for a preview, or rarest first"),
        _command("priority <id> high|normal|low", "ask for it before, or after, other downloads"),
        _command("cancel <id>", "drop a download and its part files"),
        _command("verify <id>", "read a finished download again and compare"),
        _command("show_shares", "what others may fetch from here, and who does so now"),
        _command("stop_share <group> <name>", "stop sharing a file or a folder"),
        _command("share_again", "take your last stop_share back"),
        _command(
            "relink <group> <name> <path>",
            "share a file again that was not where it was: its content is at <path> now, or in that folder",
        ),
        _command(
            "limit [<up|down>] [<kib>|off] [<group>]",
            "cap what goes up or comes down, in KiB a second, of all or of a group; alone: show all caps",
            needs_login=False,
        ),
        _command("limit_alternative <up|down> <kib>|off", "the caps of alternative hours", needs_login=False),
        _command(
            "limit_schedule <days>|off [<hours>] [normal]",
            "make hours of the week alternative ones: mon-fri 9-17; or normal again",
            needs_login=False,
        ),
        _command("limit_lan <on|off>", "leave your own network out of all caps, or not", needs_login=False),
        _command(
            "host_on_network [on|off]",
            "let other computers use the tracker of this one, or not; alone: where it is found",
            needs_login=False,
        ),
        _command(
            "serve_tracker [on|off]",
            "have the system keep that tracker running without this program, or not; alone: whether",
            needs_login=False,
        ),
        _command(
            "use_network <file>|own", "go to the trackers of a file, or of this computer", needs_login=False
        ),
        _command("check_trackers <file>", "whether the trackers of a file can be reached", needs_login=False),
        _command("retry_trackers", "look for a tracker now, where it would wait", needs_login=False),
        _command("check_network", "trackers, port, clock, disk: what is not well", needs_login=False),
        _command("status [-v]", "user, tracker, peers, rates", needs_login=False),
        _command("help [<command>]", "this list, or one command's usage", needs_login=False),
        _command("quit", "stop sharing and end", needs_login=False),
    )
}
ALIASES = {
    ("exit",): "quit",
    ("limit", "alternative"): "limit_alternative",
    ("limit", "schedule"): "limit_schedule",
    ("limit", "lan"): "limit_lan",
}
"""Other words for a command, one or two."""


def parse(line: str, *, backslash_is_plain: bool = False) -> Call:
    """One line as a command. Raises Usage with the line to type; a blank line is Usage too.

    Quoting is the shell's, so names may hold spaces. `backslash_is_plain` is for Windows paths.
    """
    if "\0" in line:
        raise Usage("unreadable line: it holds a NUL, which no name and no path can")
    lexer = shlex.shlex(line, posix=True, punctuation_chars=False)
    lexer.whitespace_split = True
    lexer.commenters = ""
    if backslash_is_plain:
        lexer.escape = ""
    try:
        words = list(lexer)
    except ValueError as error:
        raise Usage(
            f"unreadable line ({str(error).lower()}); put names with spaces or quotes in quotes"
        ) from error
    if not words:
        raise Usage("type a command; `help` lists them")
    count = 2 if tuple(words[:2]) in ALIASES else 1
    command = COMMANDS.get(ALIASES.get(tuple(words[:count]), words[0]))
    if command is None:
        raise Usage(f"unknown command {words[0]!r}; type: help")
    return Call(command, _bind(command, words[count:]))


def _bind(command: Command, words: Sequence[str]) -> dict[str, str]:
    flags = {argument.name: argument.has_value for argument in command.arguments if argument.flag}
    plain = [argument for argument in command.arguments if not argument.flag]
    given, options = [], {}
    rest = iter(words)
    for word in rest:
        if word in flags:
            options[word] = next(rest, "") if flags[word] else word
        else:
            given.append(word)
    needed = sum(not argument.optional for argument in plain)
    if not needed <= len(given) <= len(plain):
        raise Usage(f"incorrect number of arguments; usage: {command.usage}")
    bound = {argument.name: word for argument, word in zip(plain, given, strict=False)}
    return bound | options
