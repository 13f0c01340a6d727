"""Uses invite links: at once, or later, when there is an account, a tracker, or one that knows the invite."""

import asyncio
from collections.abc import Awaitable, Callable, Coroutine
from typing import Any

import shared.wire.tracker_messages as m
from desktop.engine import events
from desktop.engine.invites import Waiting, WaitingLinks
from shared.clock import Clock
from shared.errors import (
    AlreadyMember,
    InviteOver,
    NotLoggedIn,
    NoTracker,
    NotYet,
    Refused,
    ShoalError,
    Unavailable,
)
from shared.facts.ids import Epoch, GroupId
from shared.invite_link import InviteLink
from shared.limits import LINKS_RETRIED_S


class LinkUse:
    links: WaitingLinks
    """Of the network in use."""

    def __init__(
        self,
        send: Callable[[m.Message], Awaitable[object]],
        my_epoch: Callable[[GroupId], Epoch | None],
        spawn: Callable[[Coroutine[Any, Any, None]], object],
        clock: Clock,
        emit: Callable[[events.Event], None],
    ) -> None:
        """`send` raises NotLoggedIn where nobody is logged in."""
        self._send, self._my_epoch, self._spawn, self._clock, self._emit = send, my_epoch, spawn, clock, emit
        self._using = asyncio.Lock()
        self._timer: asyncio.TimerHandle | None = None

    async def use(self, link: InviteLink) -> str:
        """Now, or later. See JoinedView.state. Raises what the tracker refuses with, and Unavailable."""
        links = self.links
        waiting = links.add(link, self._clock.wall_s())
        async with self._using:
            return await self._use(links, waiting)

    async def use_all(self) -> None:
        async with self._using:
            links = self.links
            for waiting in links:
                try:
                    await self._use(links, waiting)
                except Refused as refused:
                    self._emit(events.InviteRefused(group=waiting.group, reason=refused.code))
                except NotYet:  # of the others it may know
                    continue
                except ShoalError:
                    return

    def try_all(self) -> None:
        self._spawn(self.use_all())

    def stop(self) -> None:
        if self._timer:
            self._timer.cancel()

    async def _use(self, links: WaitingLinks, waiting: Waiting) -> str:
        """Raises what the tracker refuses with; then it waits no more."""
        gid = GroupId(waiting.gid)
        if links is not self.links:  # its secret is not for the trackers of another network
            return "login"
        try:
            await self._send(m.UseInvite(gid, waiting.secret) if waiting.secret else m.Join(gid))
        except AlreadyMember:
            pass
        except NotLoggedIn:
            return "login"
        except NotYet:  # but perhaps another tracker, or this one later, while it is time
            if waiting.until > self._clock.wall_s():
                self._try_later()
                raise
            links.remove(waiting)
            raise InviteOver from None
        except Refused:
            links.remove(waiting)
            raise
        except NoTracker:  # the next session tries again
            raise
        except Unavailable:  # it is busy or slow: there may be no next session for days
            self._try_later()
            raise
        links.remove(waiting)
        return "joined" if self._my_epoch(gid) is not None else "asked"

    def _try_later(self) -> None:
        self.stop()
        self._timer = asyncio.get_running_loop().call_later(LINKS_RETRIED_S, self.try_all)
