"""The front door of all that works without a screen: commands in, events out.

The window, the prompt and the tests are its users, and none of them reaches behind it. Groups, users
and files are named as they are shown; names are made ids here. Every command raises ShoalError for a
refusal, and nothing is then changed. Runs on any asyncio loop and imports no Qt. What it does stands in
`commands`, a module for each idea.
"""

from desktop.engine.commands.accounts import AccountCommands
from desktop.engine.commands.downloads import DownloadCommands
from desktop.engine.commands.files import FileCommands
from desktop.engine.commands.groups import GroupCommands
from desktop.engine.commands.links import LinkCommands
from desktop.engine.commands.network import NetworkCommands


class Engine(AccountCommands, GroupCommands, LinkCommands, FileCommands, DownloadCommands, NetworkCommands):
    """start() comes first, stop() last."""
