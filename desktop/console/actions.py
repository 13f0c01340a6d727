"""What each command of the prompt does with the engine, and how its answer reads in plain mode."""

from collections.abc import Awaitable, Callable

from desktop.console.acts.accounts import AccountActs
from desktop.console.acts.answers import Answer
from desktop.console.acts.downloads import DownloadActs
from desktop.console.acts.files import FileActs
from desktop.console.acts.groups import GroupActs
from desktop.console.acts.invites import InviteActs
from desktop.console.acts.limits import LimitActs
from desktop.console.acts.program import ProgramActs
from desktop.console.commands import Call
from shared.errors import NotLoggedIn


class Actions(AccountActs, GroupActs, InviteActs, FileActs, DownloadActs, LimitActs, ProgramActs):
    async def run(self, call: Call) -> Answer:
        """Raises ShoalError for a refusal; the prompt words it."""
        if call.command.needs_login and self._engine.user is None:
            raise NotLoggedIn
        action: Callable[..., Awaitable[Answer]] = getattr(self, call.command.word)
        return await action(**{name.lstrip("-"): value for name, value in call.arguments.items()})
