"""Keeps an account's mirror in step with the tracker in use, whichever that is, and tells what is new."""

import asyncio
from collections.abc import Callable, Coroutine
from typing import Any

import shared.wire.tracker_messages as m
from desktop.engine.mirror import Mirror
from desktop.engine.mirror_file import Merged
from desktop.engine.trackers.mirror_sync import MirrorSync, Pushed
from desktop.engine.trackers.newsroom import Newsroom
from desktop.engine.trackers.tracker_link import TrackerLink
from shared.errors import ShoalError
from shared.limits import SEEN_S_MAX

_OF_MINE = (m.CreateGroup, m.Join, m.UseInvite, m.Withdraw, m.Leave, m.RevokeDevice)
"""Writes that change what `me` mirrors."""
_OF_A_GROUP = (m.Accept, m.Reject, m.RemoveMember, m.Transfer, m.Share, m.StopShare)


class Following:
    """Of one account, from login to logout."""

    on_network: Callable[[], None]
    """Called when the network's trackers or authorities are others."""
    on_in_step: Callable[[], None]
    """Called each time that the mirror has caught up with a tracker, after a new connection."""

    def __init__(
        self, mirror: Mirror, newsroom: Newsroom, spawn: Callable[[Coroutine[Any, Any, None]], object]
    ) -> None:
        self.mirror = mirror
        self.in_step = asyncio.Event()
        self.on_network = self.on_in_step = lambda: None
        self._newsroom, self._spawn = newsroom, spawn
        self._sync: MirrorSync | None = None
        mirror.on_news = self._changed

    def began(self, link: TrackerLink) -> None:
        """A session of this account, on that connection."""
        self._sync = MirrorSync(link, self.mirror, self._spawn, self._newsroom.group_whole)
        self._spawn(self._catch_up(self._sync))

    def ended(self) -> None:
        self.in_step.clear()
        self._sync = None

    def close(self) -> None:
        """The mirror is not touched any more."""
        self.ended()
        self.mirror.on_news = lambda _merged: None

    def push(self, push: Pushed) -> None:
        if self._sync:
            self._sync.push(push)

    def asks(self, message: m.Message) -> None:
        """The person is about to: what comes of it is no news to them."""
        if isinstance(message, m.Withdraw):
            self._newsroom.withdraws(message.gid)
        if isinstance(message, m.Accept):
            self._newsroom.lets_in(message.gid, message.uid)

    async def see(self, written: m.Message) -> None:
        """Until what a write changed is in the mirror, or some seconds."""
        sync = self._sync
        try:
            if sync and isinstance(written, _OF_MINE):
                await sync.sync(m.ME)
                await sync.follow_groups()
            if sync and isinstance(written, _OF_A_GROUP):
                await sync.sync(written.gid)
        except OSError:  # it is done; the mirror has it with the next session
            while self._sync is sync:  # noqa: ASYNC110  its end is about to be noticed
                await asyncio.sleep(0)
            await comes(self.in_step, SEEN_S_MAX)
        except ShoalError:
            pass

    async def _catch_up(self, sync: MirrorSync) -> None:
        await sync.run()
        if self._sync is not sync:
            return
        self._newsroom.whole()
        self.in_step.set()
        self.on_in_step()

    def _changed(self, merged: Merged) -> None:
        """The mirror's rows are different now."""
        self._newsroom.changed(merged)
        if m.NETWORK in merged.scopes:
            self.on_network()
        if m.ME in merged.people and self._sync:
            self._spawn(self._sync.follow_groups())


async def comes(event: asyncio.Event, timeout_s: float) -> bool:
    """Whether it is set within that time."""
    try:
        async with asyncio.timeout(timeout_s):
            return await event.wait()
    except TimeoutError:
        return False
