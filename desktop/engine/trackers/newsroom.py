"""Tells the person what changed in the mirror: looks when it changes, and asks a tracker what it lacks."""

import asyncio
from collections.abc import Awaitable, Callable, Coroutine
from typing import Any

import shared.wire.tracker_messages as m
from desktop.engine import events
from desktop.engine.file_changes import FileChanges
from desktop.engine.mirror import Mirror
from desktop.engine.mirror_file import Merged
from desktop.engine.trackers.news import News
from shared.facts.ids import GroupId, UserId
from shared.facts.rows import Kind, split
from shared.limits import FILES_TOLD_S

EVENTS_IN_A_ROW_MAX = 100


class Newsroom:
    """Of one account, from login to logout, over all connections."""

    def __init__(
        self,
        mirror: Mirror,
        called: str,
        emit: Callable[[events.Event], None],
        spawn: Callable[[Coroutine[Any, Any, None]], object],
        ask: Callable[[m.Message], Awaitable[m.Answer]],
    ) -> None:
        self._mirror = mirror
        self._emit = emit
        self._spawn = spawn
        self._ask = ask
        self._news = News(mirror.rows, mirror.uid, called, mirror.named)
        self._changes: dict[GroupId, FileChanges] = {}
        """Of groups whose files are told of within FILES_TOLD_S."""
        self._closed_by_me: set[GroupId] = set()
        self._is_first = not mirror.vector(m.ME)
        """Nothing is news to a device that has never seen this account."""
        if not self._is_first:
            self._take_for_known()

    def whole(self) -> None:
        """All of the account is here."""
        self._tell_names()
        if self._is_first:
            self._take_for_known()
            self._is_first = False
            self._emit(events.GroupsChanged())

    def group_whole(self, gid: GroupId) -> None:
        """All rows of the group are here, for the first time since the connection began."""
        self._news.know_files(gid)
        self._emit(events.FilesChanged(group=self._news.shown(gid)))
        self._look(gid)

    def changed(self, merged: Merged) -> None:
        people = merged.people
        if m.ME in people and not self._is_first:
            self._tell_names()
        for gid in map(GroupId, sorted(people - {m.ME, m.NETWORK})):
            self._look(gid)
        told = {change.gid for change in merged.files if self._news.has_files(change.gid)}
        for gid in told - self._changes.keys():
            self._changes[gid] = FileChanges()
            self._spawn(self._tell_files_soon(gid))
        for change in merged.files:
            if change.gid in told:
                self._changes[change.gid].add(change)

    def withdraws(self, gid: GroupId) -> None:
        """I take my own request back, which looks as if it had been rejected."""
        self._closed_by_me.add(gid)

    def lets_in(self, gid: GroupId, uid: UserId) -> None:
        """I accept somebody's request."""
        self._news.lets_in(gid, uid)

    def _tell_names(self) -> None:
        for event in self._news.own_name():
            if not (self._is_first and event.rival):
                self._emit(event)

    def _take_for_known(self) -> None:
        rows, me = self._mirror.rows, self._mirror.uid
        for row in [*rows.about(me, Kind.MEMBER), *rows.about(me, Kind.REQUEST)]:
            self._news.look(GroupId(split(row.id)[0]))

    def _look(self, gid: GroupId) -> None:
        is_in = self._mirror.my_epoch(gid) is not None
        if self._is_first or (is_in and not self._news.has_files(gid)):
            return  # it is told once it is whole, and has a name
        before = self._news.standing(gid)
        for event in self._news.look(gid):
            if not isinstance(event, events.Rejected):
                self._emit(event)
            elif gid not in self._closed_by_me:
                self._spawn(self._tell_rejected(gid))
        self._closed_by_me.discard(gid)
        if came := self._news.standing(gid).asking - before.asking:
            self._spawn(self._tell_requests(gid, {uid for uid, _ in came}))
        if not is_in:
            self._news.forget(gid)

    async def _tell_files_soon(self, gid: GroupId) -> None:
        """All that came of a group's files meanwhile is told together, and leaves the loop its turns."""
        await asyncio.sleep(FILES_TOLD_S)
        changes = self._changes.pop(gid)
        if not self._news.has_files(gid):
            return
        same = changes.is_only_people
        self._emit(events.FilesChanged(group=self._news.shown(gid), same=same))
        for number, event in enumerate(self._news.files(gid, changes.seen())):
            self._emit(event)
            if number % EVENTS_IN_A_ROW_MAX == EVENTS_IN_A_ROW_MAX - 1:
                await asyncio.sleep(0)

    async def _tell_requests(self, gid: GroupId, came: set[UserId]) -> None:
        """Who asks to be let in is no member yet, so that only a tracker knows the name."""
        page = await self._ask(m.ListRequests(gid))
        assert isinstance(page, m.RequestsPage)
        for one in page.requests:
            if one.uid in came:
                self._emit(events.RequestCame(group=self._news.shown(gid), user=one.name, at=one.at))

    async def _tell_rejected(self, gid: GroupId) -> None:
        before = (int.from_bytes(gid, "big") - 1) % (1 << 128)
        page = await self._ask(m.ListGroups(GroupId(before.to_bytes(16, "big"))))
        assert isinstance(page, m.GroupsPage)
        if page.groups and page.groups[0].gid == gid:
            self._emit(events.Rejected(group=page.groups[0].name))
