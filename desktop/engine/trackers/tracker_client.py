"""At most one connection to a tracker at a time: finds one, stays with it, finds the next, proves who we are.

Who asks does not see any of that: a command waits some seconds for a tracker, and is repeated once where
its answer was lost.
"""

import asyncio
import logging
import random
from collections.abc import Callable, Coroutine, Iterable, Iterator
from contextlib import contextmanager, suppress
from typing import Any, TypeVar

import msgspec

import shared.wire.tracker_messages as m
from desktop.engine import events
from desktop.engine.account import Account, Accounts
from desktop.engine.background import Background
from desktop.engine.mirror import Mirror
from desktop.engine.trackers.alarms import Alarms
from desktop.engine.trackers.announcer import Announcer
from desktop.engine.trackers.finding import first_of
from desktop.engine.trackers.following import Following, comes
from desktop.engine.trackers.known_networks import Candidate, KnownNetwork
from desktop.engine.trackers.meeting import Meeting
from desktop.engine.trackers.newsroom import Newsroom
from desktop.engine.trackers.tracker_link import TrackerLink
from desktop.engine.trackers.tracker_session import Push
from desktop.engine.trackers.tracker_states import TrackerStates
from desktop.engine.views import TrackerInUse, TrackerView
from shared.addresses import shown_address
from shared.clock import Clock
from shared.errors import (
    DeviceRevoked,
    DeviceTaken,
    DiskError,
    DiskFull,
    NotLoggedIn,
    NoTracker,
    Refused,
    ShoalError,
    WrongLogin,
)
from shared.fact_tables import SqlRows
from shared.facts.ids import Dot
from shared.limits import (
    BEHIND_ASKED_S,
    CERTIFICATE_RENEW_DAYS_LEFT,
    DISK_RETRY_S,
    DRAINED_S_MAX,
    NO_TRACKER_WAIT_S,
    REQUEST_S_MAX,
    TRACKER_BACKOFF_S_MAX,
    TRACKER_BACKOFF_S_MIN,
    TRACKER_CHECKED_S,
)
from shared.tracker_info import TrackerInfo, TrackerLine
from shared.trust.certificates import expires_at_s
from shared.trust.identity import PrivateKey, Purpose, proof, raw_public

log = logging.getLogger(__name__)
A = TypeVar("A", bound=m.Answer)
_FOR_ANYONE = (m.CreateUser, m.Login)
_WITH_PASSWORD = (m.CreateUser, m.Login, m.ChangePassword, m.DeleteUser)


class TrackerClient:
    """Belongs to the loop's thread. Without an account it is connected too, so that a login is quick."""

    account: Account | None
    """Whose sessions it opens."""
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
        self.account = None
        self.on_identity = self.on_in_step = lambda: None
        self._network, self._info, self._accounts = network, info, accounts
        self._clock, self._lot, self._emit = clock, lot, emit
        self._following: Following | None = None
        self._link: TrackerLink | None = None
        self._here: TrackerInUse | None = None
        self._states = TrackerStates(clock)
        self._newest: Dot | None = None
        self.alarms = Alarms(clock, emit)
        self._meeting = Meeting(clock, self.alarms, emit)
        self._is_behind = False
        """The tracker in use lacks something that this device saw elsewhere."""
        self._lost_at: float | None = None
        """When the last tracker went, of a clock that never goes back."""
        self._is_in_vain = False
        """Each was asked since there was one, or since the start."""
        self._hurry = asyncio.Event()
        self._is_left = False
        """By us, or as the tracker stops: no alarm, unless there is no other."""
        self._linked, self._proven = asyncio.Event(), asyncio.Event()
        self._running = Background()
        self._asking: asyncio.Task[None] | None = None
        """Of the trackers that were lost, whether they are back."""
        self._for_account = Background()
        self._announcer = Announcer(self.request, self._spawn)

    def start(self) -> None:
        """Begins to look for a tracker."""
        self._running.spawn(self._run())

    async def stop(self) -> None:
        await self._for_account.close()
        await self._running.close()

    # --- what is so ------------------------------------------------------------------------------

    @property
    def in_use(self) -> TrackerInUse | None:
        return self._here if self._link else None

    @property
    def seen_as(self) -> str | None:
        """This device's address, as the tracker sees it."""
        return self._link.welcome.seen_as if self._link else None

    @property
    def d_keys(self) -> frozenset[bytes]:
        """The device authorities whose devices may be peers."""
        return self._network.d_keys(self._rows)

    def trackers(self) -> list[TrackerView]:
        return self._states.views(self.candidates(), self.in_use, behind=self._is_behind)

    @property
    def offline_s(self) -> int | None:
        """For so long no tracker has been there, as far as is known; None while one is."""
        if self._link:
            return None
        if self._lost_at is not None:
            return int(self._clock.monotonic_s() - self._lost_at)
        return self._following.mirror.synced_s_ago if self._following else 0

    @property
    def is_searching(self) -> bool:
        """There is no tracker, and some are still to be asked since."""
        return self._link is None and not self._is_in_vain

    def retry(self) -> None:
        """Looks for a tracker at once, where it would wait."""
        self._hurry.set()

    async def look_again(self) -> None:
        """Asks each tracker whether it is there, and how far. Takes as long as one that does not answer."""
        link, here = self._link, self.in_use
        others = [one for one in self.candidates() if here is None or one.address != here.address]
        asking = [self._states.ask(one) for one in others]
        await asyncio.gather(*asking, *([self._measure(link, here.address)] if link and here else []))

    async def _measure(self, link: TrackerLink, address: str) -> None:
        asked_at = self._clock.monotonic_s()
        with suppress(OSError, ShoalError):  # the link ends, or did
            await link.ask(m.Ping(), m.Alive)
            self._states.measured(address, self._clock.monotonic_s() - asked_at)

    def candidates(self) -> list[Candidate]:
        """Whom it would dial, in this order."""
        return self._network.candidates(self._info, self._rows)

    def try_also(self, lines: Iterable[TrackerLine]) -> None:
        """Where trackers of this network are too, by their known keys, as somebody says. Until it is stopped:
        what is so stands in the rows of whoever is found there."""
        known = {one.address for one in self.candidates()}
        new = (line for line in lines if shown_address(line.host, line.port) not in known)
        self._info = TrackerInfo((*self._info.lines, *new))

    async def wait_connected(self, timeout_s: float) -> bool:
        return await comes(self._linked, timeout_s)

    async def wait_in_step(self, timeout_s: float) -> bool:
        """Until the mirror has all that the tracker has for this account."""
        return self._following is not None and await comes(self._following.in_step, timeout_s)

    @property
    def _rows(self) -> SqlRows | None:
        """What is mirrored here of the network, and of who is logged in."""
        return self._following.mirror.rows if self._following else None

    # --- the account -----------------------------------------------------------------------------

    async def login(self, name: str, password: str, label: str) -> Account:
        """Proves the password, and enrols this device or has its certificate renewed. attach() is next.

        Raises WrongLogin, AlreadyLoggedIn, Busy, NoTracker. A password is not repeated at another tracker.
        """
        known = self._accounts.called(name)
        refusal: Refused = DeviceTaken()
        for key in [*(account.key for account in known), PrivateKey.generate()]:

            def enrol(link: TrackerLink, key: PrivateKey = key) -> m.Login:
                signed = proof(key, Purpose.ENROL, link.welcome.t_key, link.welcome.challenge, name.encode())
                return m.Login(name, password, raw_public(key), signed, label)

            try:
                answer, link = await self._request(enrol, REQUEST_S_MAX, is_for_anyone=True)
            except (DeviceTaken, DeviceRevoked) as error:  # a namesake's; or it takes a new one
                refusal = error
                continue
            assert isinstance(answer, m.LoggedIn)
            if "~" in answer.name and answer.name not in (name, *(account.name for account in known)):
                self._emit(events.NameChanged(kind="user", old=name, new=answer.name))
            return self._prove(link, answer, key)
        raise refusal

    def attach(self, account: Account, mirror: Mirror) -> None:
        """Opens this account's sessions from now on, and keeps its mirror in step with them."""
        self.account = account
        newsroom = Newsroom(mirror, account.name, self._tell_news, self._spawn, self.request)
        following = Following(mirror, newsroom, self._spawn)
        following.on_network, following.on_in_step = self.on_identity, self.on_in_step
        self._following = following
        if self._link and self._link.uid == account.uid:
            self._begin_session(self._link)
        elif self._link:
            self._leave()
            self._link.close()

    async def logout(self, *, forget: bool = False) -> None:
        """Ends the session here and at the tracker. `forget` revokes the device and deletes its key: it
        raises what the tracker refuses with, and NoTracker, and nothing is then changed."""
        account = self.account
        if forget:
            await self.request(m.Logout(forget=True))
        elif self._link and self._link.uid:
            with suppress(OSError, ShoalError):
                await self._link.request(m.Logout(), DRAINED_S_MAX)
        self._accounts.log_out()
        if forget and account:
            self._accounts.forget(account)
        await self.detach()

    async def detach(self) -> None:
        """Nobody's from now on. The mirror is not touched any more."""
        if self._following:
            self._following.close()
        self.account = self._following = None
        self._announcer.clear()
        self.alarms.is_unproven = False
        self._end_session()
        if self._link:
            self._leave()
            self._link.close()
        await self._for_account.close()

    # --- requests --------------------------------------------------------------------------------

    async def request(self, message: m.Message, timeout_s: float = REQUEST_S_MAX) -> m.Answer:
        """What `message.answer` says. Raises NoTracker, Timeout, and the refusal.

        What a write changed is in the mirror when this returns.
        """
        following = self._following
        if following:
            following.asks(message)
        is_for_anyone = isinstance(message, _FOR_ANYONE)
        answer, _ = await self._request(lambda _: message, timeout_s, is_for_anyone=is_for_anyone)
        if following:
            await following.see(message)
        return answer

    async def ask(self, message: m.Message, expected: type[A], timeout_s: float = REQUEST_S_MAX) -> A:
        answer = await self.request(message, timeout_s)
        assert isinstance(answer, expected)
        return answer

    def announce(self, *, add: Iterable[m.EntryRef] = (), drop: Iterable[m.EntryRef] = ()) -> None:
        """Entries of which this device holds pieces while it downloads them. Told in batches, each second."""
        self._announcer.announce(add, drop)

    def found_at(self, addresses: Iterable[m.Endpoint]) -> None:
        """Where peers find this device."""
        self._announcer.found_at(addresses)

    async def _request(
        self, make: Callable[[TrackerLink], m.Message], timeout_s: float, *, is_for_anyone: bool = False
    ) -> tuple[m.Answer, TrackerLink]:
        """The answer, and from whom it is."""
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
        try:
            async with asyncio.timeout(NO_TRACKER_WAIT_S):
                while True:
                    await (self._linked if is_for_anyone else self._proven).wait()
                    if self._link and not self._link.closed.done():
                        return self._link
                    await asyncio.sleep(0)  # its end is about to be noticed
        except TimeoutError:
            raise NoTracker from None

    # --- connections -----------------------------------------------------------------------------

    async def _run(self) -> None:
        wait_s = TRACKER_BACKOFF_S_MIN
        while True:
            if found := await first_of(self.candidates(), self._try, self._running.spawn):
                await self._stay(*found)
                wait_s = TRACKER_BACKOFF_S_MIN
            else:
                self._is_in_vain = True
                self._tell_lost()  # also of one that stopped as planned: there is no other
                if await comes(self._hurry, wait_s * self._lot.uniform(0.5, 1.0)):
                    self._hurry.clear()
                wait_s = min(2 * wait_s, TRACKER_BACKOFF_S_MAX)

    async def _try(self, candidate: Candidate) -> TrackerLink | None:
        try:
            return await self._reach(candidate)
        except (OSError, UnicodeError, ShoalError) as error:  # the second: no name that DNS can have
            log.info("tracker not reached address=%s error=%s", candidate.address, error)
            self._states.lost(candidate.address, error)
        return None

    async def _reach(self, candidate: Candidate) -> TrackerLink:
        leaf = self.account.leaf(self._clock.wall_s()) if self.account else None
        link = await self._meeting.dial(candidate, leaf, self._newest)
        with _closed_on_error(link):
            await self._know(link, candidate)
        return link

    async def _know(self, link: TrackerLink, candidate: Candidate) -> None:
        """Remembers the tracker, and proves who we are by the key where the certificate did not."""
        t_key, welcome = link.welcome.t_key, link.welcome
        before = self.d_keys
        self._network.met(candidate.address, t_key, welcome.number, welcome.d_keys)
        if self.d_keys != before:
            self.on_identity()
        self.alarms.met(candidate.address, welcome)
        if self.account and link.uid is None:
            await self._renew(link, is_behind=welcome.behind)
        if link.uid is not None and (self.account is None or self.account.uid != link.uid):
            raise ConnectionAbortedError("its user logged out meanwhile")

    async def _stay(self, link: TrackerLink, candidate: Candidate) -> None:
        """Until the connection ends."""
        self._link, link.on_push = link, self._pushed
        before, self._here = self._here, TrackerInUse(number=link.welcome.number, address=candidate.address)
        is_back = self._is_left and self._here == before
        self._is_left = self._is_in_vain = False
        self._states.met(candidate.address, link.rtt_s)
        self._linked.set()
        lacking = self._newest if link.welcome.behind else None
        if lacking or not is_back:
            self._tell_state("behind" if lacking else "connected")
        if self.account and link.uid == self.account.uid:
            self._begin_session(link)
        try:
            while not link.closed.done():
                checked_s = TRACKER_CHECKED_S * self._lot.uniform(0.5, 1.0)
                await asyncio.wait({link.closed}, timeout=BEHIND_ASKED_S if lacking else checked_s)
                if lacking:
                    if not await _is_behind(link, lacking):
                        lacking = None
                        self._tell_state("connected")
                    if self.account and link.uid is None:  # also while it lacks what a lost disk alone had
                        with suppress(OSError, ShoalError):  # the link ends, or did
                            await self._renew(link, is_behind=lacking is not None)
                await self._look_after(link)
        finally:
            link.close()
            self._newest = link.newest or self._newest
            self._end_session()
            self._linked.clear()
            self._link = None
            self._lost_at = self._clock.monotonic_s()
        log.info("tracker lost address=%s why=%s", candidate.address, link.closed.result())
        if not self._is_left:
            self._states.lost(candidate.address, link.closed.result())
            self._tell_lost()

    def _tell_lost(self) -> None:
        if self._here:
            self._tell_state("lost")
            self._here = None

    def _tell_state(self, state: str) -> None:
        assert self._here is not None
        self._is_behind = state == "behind"
        self._emit(events.TrackerChanged(number=self._here.number, address=self._here.address, state=state))

    async def _look_after(self, link: TrackerLink) -> None:
        if link.closed.done() or not (self._following and self._following.in_step.is_set() and self.account):
            return
        self._following.mirror.synced()
        if self._asking is None or self._asking.done():  # beside, as the next tracker would wait for it
            self._asking = self._running.spawn(self._states.ask_lost(self.candidates()))
        if self.account.days_left(self._clock.wall_s()) < CERTIFICATE_RENEW_DAYS_LEFT:
            with suppress(OSError, ShoalError):  # there are days to try again
                await self._renew(link)

    # --- sessions --------------------------------------------------------------------------------

    async def _renew(self, link: TrackerLink, *, is_behind: bool = False) -> None:
        """Proves the account by its key. Where that is refused, a person has to type the password, but for
        a tracker that `is_behind`: it may hear of the device yet, and is then asked once more."""
        account = self.account
        assert account is not None
        signed = proof(account.key, Purpose.RENEW, link.welcome.t_key, link.welcome.challenge, account.uid)
        try:
            answer = await link.ask(m.Renew(account.dev, signed), m.LoggedIn)
        except Refused as refusal:
            if is_behind and isinstance(refusal, WrongLogin):
                return
            self.alarms.unproven(refusal.code)
            return
        if self.account is account:
            self._prove(link, answer, account.key)

    def _prove(self, link: TrackerLink, answer: m.LoggedIn, key: PrivateKey) -> Account:
        """The connection is this account's now. Raises Violation for what is no certificate."""
        expires_at_s(answer.certificate)
        link.uid = answer.uid
        self.account = self._accounts.keep(answer.uid, answer.name, key, answer.certificate)
        self.alarms.is_unproven = False
        if link is self._link and not self._proven.is_set():
            self._begin_session(link)
        self.on_identity()
        return self.account

    def _begin_session(self, link: TrackerLink) -> None:
        self._proven.set()
        self.alarms.is_unproven = False
        if self._following:
            self._following.began(link)
        self._announcer.session_began()

    def _end_session(self) -> None:
        self._proven.clear()
        if self._following:
            self._following.ended()
        self._announcer.session_ended()

    def _pushed(self, push: Push) -> None:
        assert self._link is not None
        if isinstance(push, m.Drain):
            self._tell_state("drain")
            self._leave()
            self._link.close_when_idle(min(push.within_ms / 1000, DRAINED_S_MAX))
        elif isinstance(push, m.Revoked) and self._is_all_of_mine(push):
            self._leave()
            self._link.close_when_idle(DRAINED_S_MAX)  # the next one says whether the key may renew it
        elif self._following:
            self._following.push(push)

    def _leave(self) -> None:
        """What is asked from now on waits for the next connection."""
        self._is_left = True
        self._linked.clear()
        self._proven.clear()

    def _is_all_of_mine(self, push: m.Revoked) -> bool:
        account = self.account
        return (
            push.gid is None
            and account is not None
            and (push.dev == account.dev if push.dev else push.uid == account.uid)
        )

    def _tell_news(self, event: events.Event) -> None:
        if (
            isinstance(event, events.NameChanged)
            and event.kind == "user"
            and not event.rival
            and self.account
        ):
            self.account = self._accounts.renamed(self.account, event.new)
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
            if self._following:
                self._emit(events.DiskFilled(path=str(self._following.mirror.path)))
            await asyncio.sleep(DISK_RETRY_S)
            if self._link:
                self._link.close()  # the next session fetches what is missing
        except (OSError, ShoalError) as error:
            log.info("left for the next session: %s", error)


@contextmanager
def _closed_on_error(link: TrackerLink) -> Iterator[None]:
    try:
        yield
    except BaseException:
        link.close()
        raise


async def _is_behind(link: TrackerLink, seen: Dot) -> bool:
    try:
        return (await link.ask(m.Ping(seen), m.Alive)).behind
    except (OSError, ShoalError):
        return True
