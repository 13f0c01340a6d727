"""Keeps what the panes show in step with the engine: asks for a list when it is needed or stale."""

from PySide6.QtCore import QTimer

from desktop.engine.events import RequestCame, TrackerChanged
from desktop.engine.views import GroupView
from desktop.ui.bridge import Bridge
from desktop.ui.desk import Desk
from desktop.ui.files.feed import FilesFeed
from desktop.ui.files.pane import FilesPane
from desktop.ui.groups.pane import GroupsPane
from desktop.ui.runner import Asked, keep_what_is_shown
from desktop.ui.transfers.pane import TransfersPane

PRESENCE_MS = 10_000
"""No tracker tells who came or went; so the lists on show are asked for so often."""


class Listings:
    def __init__(
        self, desk: Desk, bridge: Bridge, groups: GroupsPane, files: FilesPane, transfers: TransfersPane
    ) -> None:
        self._engine = desk.engine
        self._groups_pane = groups
        self._transfers = transfers
        self._shown: str | None = None
        self._groups = Asked(desk.runner, self._ask_groups)
        self._files = FilesFeed(desk, files)
        self._files_pane = files
        self._downloads = Asked(desk.runner, self._show_downloads)
        bridge.groups_stale.connect(self._groups.stale)
        bridge.files_stale.connect(self._files.stale)
        bridge.sharers_stale.connect(self._files.sharers_stale)
        bridge.downloads_stale.connect(self._downloads.stale)
        bridge.progressed.connect(transfers.model.progress)
        for changed in (
            bridge.downloads_stale,
            bridge.groups_stale,
        ):  # of a group that was left nothing is shared
            changed.connect(transfers.items.stale)
        for stale in (bridge.files_stale, bridge.sharers_stale):
            stale.connect(lambda _group: transfers.items.stale())
        bridge.told.connect(self._heard)
        self._presence = QTimer(interval=PRESENCE_MS)
        self._presence.timeout.connect(self._look_who_is_online)
        self._presence.start()
        groups.moved.connect(self._follow)
        groups.people_wanted.connect(self._groups.stale)

    def refresh(self) -> None:
        """After somebody logged in or out: everything may be different."""
        self._groups.now()
        self._files.now()
        self._show_downloads()
        self._transfers.items.now()

    def stop(self) -> None:
        self._presence.stop()
        for asked in (self._groups, self._files, self._downloads):
            asked.stop()

    def _heard(self, event: object) -> None:
        """With a tracker one knows who is online; a question from before that waits in vain. An answer from
        before a request would not have it."""
        if isinstance(event, TrackerChanged):
            (self._groups.now if event.state == "connected" else self._groups.stale)()
        elif isinstance(event, RequestCame):
            self._groups_pane.model.request_came(event.group, event.user)
            self._groups.now()

    def _look_who_is_online(self) -> None:
        if self._groups_pane.isVisible():
            self._groups.stale()
            self._files.look_who_is_online()

    def _ask_groups(self) -> None:
        if self._engine.user is None:
            self._show_groups([])
        else:
            self._groups.run(self._list_groups(), lambda _: None, keep_what_is_shown)

    async def _list_groups(self) -> None:
        """Groups are shown before their people are asked for: with no tracker those may be long in coming."""
        groups = await self._engine.list_groups()
        self._show_groups(groups)
        inside = [group.name for group in groups if group.mine in ("owner", "member")]
        for name in self._groups_pane.open_groups.intersection(inside):
            self._groups_pane.model.show_members(name, await self._engine.list_members(name))
        for group in groups:
            if group.mine == "owner":
                asking = await self._engine.list_requests(group.name)
                self._groups_pane.model.show_requests(group.name, asking)

    def _show_groups(self, groups: list[GroupView]) -> None:
        self._groups_pane.model.show_groups(groups)
        self._groups_pane.settle()

    def _follow(self) -> None:
        """The files on show are those of the group that is current in the tree."""
        group = self._groups_pane.group
        name = group.name if group else None
        self._files.open(group)
        if name != self._shown:
            self._shown = name
            self._groups.stale()

    def _show_downloads(self) -> None:
        self._transfers.show_downloads(self._engine.downloads() if self._engine.user else [])
        self._files_pane.show_states(self._transfers.model.known.states())
