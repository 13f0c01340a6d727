"""Keeps one mirror in step with one tracker, for as long as the connection lasts."""

import asyncio
from collections import defaultdict
from collections.abc import Awaitable, Callable, Coroutine
from typing import Any

import shared.wire.tracker_messages as m
from desktop.engine.mirror import Mirror
from desktop.engine.mirror_file import Merged
from desktop.engine.trackers.tracker_link import TrackerLink
from shared.errors import NotAMember, NotFound, Refused
from shared.facts.derive import membership
from shared.facts.ids import GroupId
from shared.limits import APPLYING_MAX, SCOPES_SYNCED_AT_ONCE

Pushed = m.Delta | m.Changed | m.Revoked | m.Named


class MirrorSync:
    """One session's subscriptions. Its methods raise OSError when the link ends, DiskFull and DiskError."""

    def __init__(
        self,
        link: TrackerLink,
        mirror: Mirror,
        spawn: Callable[[Coroutine[Any, Any, None]], object],
        on_whole: Callable[[GroupId], None],
    ) -> None:
        """`on_whole` is called for each group once all its rows are here."""
        self._link = link
        self._mirror = mirror
        self._spawn = spawn
        self._on_whole = on_whole
        self._groups: set[GroupId] = set()
        self._unheard: set[GroupId] = set()
        """Groups that I am in, as another tracker said, and of which this one has not heard yet."""
        self._syncing: defaultdict[m.Scope, asyncio.Lock] = defaultdict(asyncio.Lock)
        self._following = asyncio.Lock()
        self._at_once = asyncio.Semaphore(SCOPES_SYNCED_AT_ONCE)
        self._applying = 0
        self.is_in_step = False

    async def run(self) -> None:
        """Brings everything up to date."""
        await self._mind_restored_backup()
        await asyncio.gather(self.sync(m.NETWORK), self.sync(m.ME))
        await self.follow_groups()
        self.is_in_step = True
        self._mirror.synced()

    async def follow_groups(self) -> None:
        """Mirrors the groups that I am in now, and no others."""
        async with self._following:
            rows, me = self._mirror.rows, self._mirror.uid
            now = {gid for gid in rows.groups_of(me) if membership(rows, gid, me) is not None}
            left, joined = self._groups - now, now - self._groups
            self._groups, self._unheard = now, set()
            for gid in sorted(left):
                await self._mirror.drop(gid)
            await asyncio.gather(*map(self._list, sorted(joined)))
            if joined or not self.is_in_step:
                await self._subscribe()
            for gid in sorted(joined & self._groups):
                self._on_whole(gid)

    async def sync(self, scope: m.Scope) -> None:
        """Fetches what is missing; what was written before it was called is then here."""
        async with self._syncing[scope]:
            while not await self._fetch(scope):
                await self._mirror.restart(scope)
        await self._look_again(scope)

    async def _fetch(self, scope: m.Scope) -> bool:
        """False: something that was missing was deleted for good meanwhile, so that all has to be listed."""
        above = self._mirror.vector(scope)
        page = await self._link.ask(m.Sync(scope, above), m.SyncPage)
        covered = page.vv or {}
        if is_full := page.full or not above:
            above = {}
            await self._mirror.restart(scope)
        while page.next is not None:
            await self._mirror.apply(scope, page.rows, None, full=is_full)
            page = await self._link.ask(m.Sync(scope, above, page.next), m.SyncPage)
            if page.full and not is_full:
                return False
        await self._mirror.apply(scope, page.rows, covered, full=is_full, since=above)
        return True

    def push(self, push: Pushed) -> None:
        """Raises nothing: rows are queued for the mirror, and the rest is asked for."""
        if isinstance(push, m.Named):
            if push.gid in self._groups:
                self._mirror.call(push)
        elif isinstance(push, m.Changed):
            self._spawn(self.sync(push.scope))
        elif isinstance(push, m.Revoked):
            # The rows that say so come with the next delta; but a loss is to be acted on now.
            lost = {push.gid} if push.gid else {*self._mirror.rows.groups_of(push.uid)}
            for scope in [m.ME] if push.uid == self._mirror.uid else sorted(self._groups & lost):
                self._spawn(self.sync(scope))
        elif push.scope in (m.NETWORK, m.ME, *self._groups):
            self._applying += 1
            if self._applying > APPLYING_MAX:
                self._link.pause_reading()
            applied = self._mirror.apply(push.scope, push.rows, push.vv1, since=push.vv0)
            self._spawn(self._applied(push.scope, applied))

    async def _applied(self, scope: m.Scope, applied: Awaitable[Merged]) -> None:
        try:
            merged = await applied
        finally:
            self._applying -= 1
            if self._applying == APPLYING_MAX // 2:
                self._link.resume_reading()
        if merged.vv is None:
            await self.sync(scope)
        elif self.is_in_step:
            self._mirror.synced()
        await self._look_again(scope)

    async def _look_again(self, changed: m.Scope) -> None:
        # The row that says that I am in may be here already, so that its coming changes nothing.
        if changed == m.ME and self._unheard:
            await self.follow_groups()

    async def _list(self, gid: GroupId) -> None:
        """The whole group, where it is new here."""
        if not self._mirror.vector(gid):
            await self._try(gid)

    async def _try(self, gid: GroupId) -> None:
        try:
            async with self._at_once:
                await self.sync(gid)
        except Refused:  # put out again meanwhile, or not in yet at a tracker that is behind: `me` says next
            self._groups.discard(gid)
            self._unheard.add(gid)

    async def _subscribe(self) -> None:
        try:
            await self._ask_for_news()
        except (NotAMember, NotFound):
            await asyncio.gather(*map(self._try, sorted(self._groups)))
            await self._ask_for_news()

    async def _ask_for_news(self) -> None:
        """The tracker sends what is above the vectors before it answers: as deltas, or as Changed."""
        scopes = [m.NETWORK, m.ME, *sorted(self._groups)]
        await self._link.request(
            m.Subscribe([m.ScopeSeen(scope, self._mirror.vector(scope)) for scope in scopes])
        )
        await self._mirror.apply(m.NETWORK, [], None)  # after them, so they are here too
        for scope in scopes:
            async with self._syncing[scope]:
                pass

    async def _mind_restored_backup(self) -> None:
        """Of a tracker that lost its last writes, all is fetched anew, so that theirs go here too."""
        welcome = self._link.welcome
        key = f"generation {welcome.number}"
        before = self._mirror.recall(key)
        if before is not None and before < welcome.generation:
            for scope in (m.NETWORK, m.ME, *self._mirror.rows.groups_of(self._mirror.uid)):
                await self._mirror.restart(scope)
        if before != welcome.generation:
            self._mirror.remember(key, welcome.generation)
