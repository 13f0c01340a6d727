"""The prompt's commands for a line in the window: run one, say how it may go on, and what of it is secret."""

import re
import shlex
import sys
from collections.abc import Awaitable, Callable, Sequence

from desktop.console.actions import Actions
from desktop.console.commands import ALIASES, COMMANDS, Argument, Command, parse
from desktop.engine.engine import Engine
from desktop.engine.file_views import FilesAsked
from shared.errors import NotLoggedIn, ShoalError
from shared.names import fold

SECRETS = ("password", "old", "new")
"""Arguments that nobody may look at; in every command they are the last ones."""
UNKEPT = (*SECRETS, "link")
"""Those that are not to be found in a history."""
OFFERED_MAX = 50
_ASKING = ("accept_request", "reject_request")


class OneLine:
    def __init__(self, engine: Engine) -> None:
        self._engine = engine
        self._actions = Actions(engine)
        self._known: dict[str, Callable[[dict[str, str], str], Awaitable[list[str]]]] = {
            "group": self._groups,
            "user": self._users,
            "name": self._files,
            "id": self._ids,
        }

    async def run(self, line: str, secrets: Sequence[str] = ()) -> list[str]:
        """What the prompt would print. `secrets` are the arguments behind `line`. Raises ShoalError."""
        whole = " ".join([line.rstrip(), *map(shlex.quote, secrets)])
        call = parse(whole, backslash_is_plain=sys.platform == "win32")
        return (await self._actions.run(call)).lines

    def meant(self, line: str) -> tuple[str, dict[str, str]]:
        """The command and its arguments, for the words of a refusal."""
        command, bound = _bound(split(line + " ")[0])
        names = [argument.name for argument in _plain(command)] if command else []
        return (command.word if command else "", dict(zip(names, bound, strict=False)))

    def ends(self, line: str) -> bool:
        """Whether it is the command that ends the program."""
        words = line.split()
        return len(words) == 1 and words[0] in ("quit", "exit")

    def hidden(self, line: str) -> tuple[int, list[str], int]:
        """Where in a line that is being typed secrets begin, which are typed, the last maybe in part, and
        how many belong there; that is 0 if none is begun."""
        begins = starts(line)
        command = COMMANDS.get(line[: begins[1]].strip()) if len(begins) > 1 else None
        names = [argument.name for argument in _plain(command)] if command else []
        before = 1 + sum(name not in SECRETS for name in names)
        if not before <= len(names) or len(begins) <= before:
            return 0, [], 0
        ends = [*begins[before + 1 :], len(line)]
        words = [_unquoted(line[at:end].rstrip()) for at, end in zip(begins[before:], ends, strict=True)]
        count = len(names) - before + 1
        return begins[before], words[:count], count

    def kept(self, line: str) -> bool:
        """Whether it may stand in a history."""
        command, _ = _bound(split(line + " ")[0])
        return command is None or not any(one.name in UNKEPT for one in command.arguments)

    async def offered(self, line: str) -> list[str]:
        """Whole lines that it may become, by its last word."""
        done, at = split(line)
        begun = line[at:].strip("'\"")
        if not done:
            return [word for word in COMMANDS if word.startswith(begun)]
        command, bound = _bound(done)
        if command is None or len(bound) >= len(plain := _plain(command)):
            return []
        argument = plain[len(bound)]
        given = dict(zip((one.name for one in plain), bound, strict=False)) | {"": command.word}
        try:
            found = await self._candidates(argument, given, begun)
        except ShoalError:
            return []  # what cannot be known now is not offered
        fitting = [word for word in found if fold(word).startswith(fold(begun))]
        return [line[:at] + shlex.quote(word) for word in fitting[:OFFERED_MAX]]

    async def _candidates(self, argument: Argument, given: dict[str, str], begun: str) -> list[str]:
        one_of = re.fullmatch(r"<([^>]*\|[^>]*)>", argument.form)  # <up|down>, where <kib>|off has one word
        words = [one for one in (one_of[1] if one_of else argument.form).split("|") if one[0] != "<"]
        ask = self._known.get(argument.name)
        return words + (await ask(given, begun) if ask else [])

    async def _groups(self, given: dict[str, str], _: str) -> list[str]:
        others = given[""] == "join_group"
        groups = await self._engine.list_groups()
        return [one.name for one in groups if (one.mine == "none") == others]

    async def _users(self, given: dict[str, str], _: str) -> list[str]:
        group = given.get("group")
        if group is None:
            return []
        if given[""] in _ASKING:
            return [one.user for one in await self._engine.list_requests(group)]
        return [one.user for one in await self._engine.list_members(group) if one.user != self._engine.user]

    async def _files(self, given: dict[str, str], begun: str) -> list[str]:
        asked = FilesAsked(group=given["group"], search=begun, all_below=True)
        return [row.name for row in (await self._engine.find_files(asked)).rows]

    async def _ids(self, given: dict[str, str], _: str) -> list[str]:
        if given[""] == "revoke_device":
            return [one.id for one in await self._engine.devices() if not one.this]
        if given[""] == "revoke_invite":
            return [one.id for one in await self._engine.list_invites(given["group"])]
        if self._engine.user is None:
            raise NotLoggedIn
        return [str(one.id) for one in self._engine.downloads()]


def split(line: str) -> tuple[list[str], int]:
    """The words of a line that is being typed, without the last, which may be empty; and where it begins."""
    last = starts(line)[-1]
    return shlex.split(line[:last]), last


def starts(line: str) -> list[int]:
    """Where its words begin, quotes and all; the last may be empty."""
    quote, begins, escaped = "", [0], False
    for at, letter in enumerate(line):
        if escaped:
            escaped = False
        elif letter == "\\" and quote != "'" and sys.platform != "win32":
            escaped = True
        elif quote:
            quote = "" if letter == quote else quote
        elif letter in "'\"":
            quote = letter
        elif letter.isspace():
            begins = [*begins[: -1 if begins[-1] == at else None], at + 1]
    return begins


def _unquoted(word: str) -> str:
    """As it is while its quote is not closed."""
    try:
        return "".join(shlex.split(word))
    except ValueError:
        return word


def _bound(words: list[str]) -> tuple[Command | None, list[str]]:
    """The command, and its arguments so far without the options."""
    count = 2 if tuple(words[:2]) in ALIASES else 1
    command = COMMANDS.get(ALIASES.get(tuple(words[:count]), words[0] if words else ""))
    return command, [word for word in words[count:] if not word.startswith("-")]


def _plain(command: Command) -> list[Argument]:
    return [argument for argument in command.arguments if not argument.flag]
