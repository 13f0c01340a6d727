"""What a desktop asks the trackers of its network, and what they tell it, whichever of them is there."""

import asyncio
import logging
import random
from collections.abc import Callable, Coroutine
from contextlib import suppress
from typing import Any, TypeVar

import msgspec

import shared.wire.tracker_messages as m
from desktop.engine import events
from desktop.engine.account import Account, Accounts
from desktop.engine.background import Background
from desktop.engine.mirror import Mirror
from desktop.engine.trackers.alarms import Alarms
from desktop.engine.trackers.announcer import Announcer
from desktop.engine.trackers.connection import Connection
from desktop.engine.trackers.following import Following, comes
from desktop.engine.trackers.known_networks import KnownNetwork
from desktop.engine.trackers.meeting import Make, Meeting
from desktop.engine.trackers.mirror_sync import Pushed
from desktop.engine.trackers.newsroom import Newsroom
from desktop.engine.trackers.tracker_link import TrackerLink
from shared.clock import Clock
from shared.errors import DiskError, DiskFull, NotLoggedIn, NoTracker, ShoalError
from shared.limits import DISK_RETRY_S, DRAINED_S_MAX, NO_TRACKER_WAIT_S, REQUEST_S_MAX
from shared.tracker_info import TrackerInfo

log = logging.getLogger(__name__)
A = TypeVar("A", bound=m.Answer)
_FOR_ANYONE = (m.CreateUser, m.Login)
_WITH_PASSWORD = (m.CreateUser, m.Login, m.ChangePassword, m.DeleteUser)


class TrackerClient:
    """Belongs to the loop's thread. Without an account it is connected too, so that a login is quick."""

    on_identity: Callable[[], None]
    """Called when our certificate or the set of device authorities is another one."""
    on_in_step: Callable[[], None]
    """Called each time that the mirror has caught up with a tracker, after a new connection."""

    def __init__(
        self,
        network: KnownNetwork,
        info: TrackerInfo,
        accounts: Accounts,
        *,
        clock: Clock,
        lot: random.Random,
        emit: Callable[[events.Event], None],
    ) -> None:
        self.on_identity = self.on_in_step = lambda: None
        self._accounts, self._emit = accounts, emit
        self._following: Following | None = None
        self.alarms = Alarms(clock, emit)
        self._meeting = Meeting(accounts, self.alarms, self._request, self._proven, clock, emit)
        self.connection = Connection(network, info, self._meeting, self, clock, lot, emit)
        self._for_account = Background()
        self._announcer = Announcer(self.request, self._spawn)
        self.login = self._meeting.login
        self.announce, self.found_at = self._announcer.announce, self._announcer.found_at
        self.start = self.connection.start
        """Begins to look for a tracker."""

    async def stop(self) -> None:
        await self._for_account.close()
        await self.connection.stop()

    @property
    def account(self) -> Account | None:
        """Whose sessions it opens."""
        return self._meeting.account

    @property
    def mirror(self) -> Mirror | None:
        """Of who is logged in."""
        return self._following.mirror if self._following else None

    async def wait_in_step(self, timeout_s: float) -> bool:
        """Until the mirror has all that the tracker has for this account."""
        return self._following is not None and await comes(self._following.in_step, timeout_s)

    # --- what is asked ---------------------------------------------------------------------------

    async def request(self, message: m.Message, timeout_s: float = REQUEST_S_MAX) -> m.Answer:
        """What `message.answer` says. Raises NoTracker, Timeout, and the refusal.

        What a write changed is in the mirror when this returns.
        """
        following = self._following
        if following:
            following.asks(message)
        is_for_anyone = isinstance(message, _FOR_ANYONE)
        answer, _ = await self._request(lambda _: message, timeout_s, is_for_anyone)
        if following:
            await following.see(message)
        return answer

    async def ask(self, message: m.Message, expected: type[A], timeout_s: float = REQUEST_S_MAX) -> A:
        answer = await self.request(message, timeout_s)
        assert isinstance(answer, expected)
        return answer

    async def _request(
        self, make: Make, timeout_s: float, is_for_anyone: bool
    ) -> tuple[m.Answer, TrackerLink]:
        """The answer, and from whom it is. Waits some seconds for a tracker, and sends it once more, to the
        next one, where the answer was lost."""
        link = await self._ready(is_for_anyone)
        message = make(link)
        try:
            return await link.request(message, timeout_s), link
        except (ConnectionError, NoTracker):  # the latter from a tracker that stops
            link.close()
        other = await self._ready(is_for_anyone)
        if isinstance(message, _WITH_PASSWORD) and other.welcome.t_key != link.welcome.t_key:
            raise NoTracker
        message = make(other)
        if hasattr(message, "again"):
            message = msgspec.structs.replace(message, again=True)
        try:
            return await other.request(message, timeout_s), other
        except ConnectionError as error:
            raise NoTracker from error

    async def _ready(self, is_for_anyone: bool) -> TrackerLink:
        if not is_for_anyone and (self.account is None or self.alarms.is_unproven):
            raise NotLoggedIn
        connection = self.connection
        try:
            async with asyncio.timeout(NO_TRACKER_WAIT_S):
                while True:
                    await (connection.linked if is_for_anyone else connection.proven).wait()
                    if connection.link and not connection.link.closed.done():
                        return connection.link
                    await asyncio.sleep(0)  # its end is about to be noticed
        except TimeoutError:
            raise NoTracker from None

    # --- the account -----------------------------------------------------------------------------

    def attach(self, account: Account, mirror: Mirror) -> None:
        """After a login(), or as at the last one: opens this account's sessions from now on, and keeps its
        mirror in step with them."""
        self._meeting.account = account
        newsroom = Newsroom(mirror, account.name, self._tell_news, self._spawn, self.request)
        following = Following(mirror, newsroom, self._spawn)
        following.on_network, following.on_in_step = self.on_identity, self.on_in_step
        self._following = following
        if self.connection.link and self.connection.link.uid == account.uid:
            self._begin_session(self.connection.link)
        else:
            self.connection.leave()

    async def logout(self, *, forget: bool = False) -> None:
        """Ends the session here and at the tracker. `forget` revokes the device and deletes its key: it
        raises what the tracker refuses with, and NoTracker, and nothing is then changed."""
        account, link = self.account, self.connection.link
        if forget:
            await self.request(m.Logout(forget=True))
        elif link and link.uid:
            with suppress(OSError, ShoalError):
                await link.request(m.Logout(), DRAINED_S_MAX)
        self._accounts.log_out()
        if forget and account:
            self._accounts.forget(account)
        await self.detach()

    async def detach(self) -> None:
        """Nobody's from now on. The mirror is not touched any more."""
        if self._following:
            self._following.close()
        self._meeting.account = self._following = None
        self._announcer.clear()
        self.alarms.is_unproven = False
        self.ended()
        self.connection.leave()
        await self._for_account.close()

    # --- what the connection tells (connection.Host) ---------------------------------------------

    async def look_after(self, link: TrackerLink) -> None:
        if self._following and self._following.in_step.is_set() and self.account:
            self._following.mirror.synced()
            self.connection.ask_lost()
            await self._meeting.look_after(link)

    def began(self, link: TrackerLink) -> None:
        if self.account and link.uid == self.account.uid:
            self._begin_session(link)

    def ended(self) -> None:
        if self._following:
            self._following.ended()
        self._announcer.session_ended()

    def pushed(self, push: Pushed) -> None:
        if isinstance(push, m.Revoked) and self._meeting.is_ended_by(push):
            self.connection.leave(DRAINED_S_MAX)  # the next one says whether the key may renew it
        elif self._following:
            self._following.push(push)

    # --- inside ----------------------------------------------------------------------------------

    def _proven(self, link: TrackerLink) -> None:
        if link is self.connection.link and not self.connection.proven.is_set():
            self._begin_session(link)
        self.on_identity()

    def _begin_session(self, link: TrackerLink) -> None:
        self.connection.proven.set()
        self.alarms.is_unproven = False
        if self._following:
            self._following.began(link)
        self._announcer.session_began()

    def _tell_news(self, event: events.Event) -> None:
        if isinstance(event, events.NameChanged) and event.kind == "user" and not event.rival:
            self._meeting.renamed(event.new)
        self._emit(event)

    def _spawn(self, coroutine: Coroutine[Any, Any, None]) -> None:
        task = self._for_account.spawn(self._minded(coroutine))
        task.add_done_callback(lambda _: coroutine.close())  # one that was cancelled before it began

    async def _minded(self, coroutine: Coroutine[Any, Any, None]) -> None:
        """What goes wrong beside the commands."""
        try:
            await coroutine
        except (DiskFull, DiskError) as error:
            log.error("mirror not written error=%s", error)  # noqa: TRY400  told to the person instead
            if self.mirror:
                self._emit(events.DiskFilled(path=str(self.mirror.path)))
            await asyncio.sleep(DISK_RETRY_S)
            if self.connection.link:
                self.connection.link.close()  # the next session fetches what is missing
        except (OSError, ShoalError) as error:
            log.info("left for the next session: %s", error)
