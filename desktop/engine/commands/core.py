"""What all commands of the engine stand on: its parts, who is logged in, and what it tells of them."""

import asyncio
import random
from collections.abc import Callable, Coroutine, Sequence
from contextlib import AsyncExitStack, suppress
from functools import partial, wraps
from typing import Any, Concatenate, ParamSpec, TypeVar

import shared.wire.tracker_messages as m
from desktop.engine import events
from desktop.engine.account import Account
from desktop.engine.account_session import AccountSession
from desktop.engine.background import Background
from desktop.engine.files.hasher import Hasher
from desktop.engine.library import Library
from desktop.engine.limits.rate_limits import RateLimits
from desktop.engine.link_use import LinkUse
from desktop.engine.mirror import Mirror
from desktop.engine.offers import Offer
from desktop.engine.peers.addresses import Endpoint
from desktop.engine.peers.peer_pool import Peers
from desktop.engine.peers.uploads import Uploads
from desktop.engine.surroundings import Surroundings
from desktop.engine.trackers.known_networks import KnownNetwork
from desktop.engine.trackers.own_tracker import OwnTracker
from desktop.engine.trackers.tracker_client import TrackerClient
from desktop.paths import Profile
from desktop.settings import Settings
from shared.clock import Clock, SystemClock
from shared.errors import NotLoggedIn, ShoalError
from shared.facts.derive import shown_user
from shared.facts.ids import DeviceId, EntryId, Epoch, GroupId, UserId
from shared.tracker_info import TrackerInfo

EVERY_ADDRESS = ("0.0.0.0", "::")  # noqa: S104  peers are to reach it
Listener = Callable[[events.Event], None]
P = ParamSpec("P")
T = TypeVar("T")
S = TypeVar("S", bound="Core")
_Command = Callable[Concatenate[S, P], Coroutine[Any, Any, T]]


def ended_by_logout(command: _Command[S, P, T]) -> _Command[S, P, T]:
    """What it stands on is closed then: it raises NotLoggedIn."""

    @wraps(command)
    async def run(self: S, /, *args: P.args, **kwargs: P.kwargs) -> T:
        async with self._logged_in().command():
            return await command(self, *args, **kwargs)

    return run


class Core:
    """Its parts are there from start() on (life)."""

    def __init__(self, profile: Profile, settings: Settings, clock: Clock | None = None) -> None:
        self.listen = ""
        """ip:port on which peers are served."""
        self._profile = profile
        self._settings = settings
        self._clock = clock or SystemClock()
        self._lot = random.Random()  # noqa: S311  no secrets; SystemRandom is a system call for each piece
        self._listeners: list[Listener] = []
        self._background = Background()
        self._session: AccountSession | None = None
        self._parts = AsyncExitStack()
        """What is started, to be stopped in the other order."""
        self._uploads: Uploads
        self._peers: Peers
        self._limits: RateLimits
        self._own_tracker: OwnTracker
        self._network: KnownNetwork
        self._info_in_use: TrackerInfo
        self._client: TrackerClient
        self._resumes = False
        """Takes up the last account of a network by its certificate."""
        self._bound: Endpoint
        self._changing_account = asyncio.Lock()
        self._links = LinkUse(self._do, self.my_epoch, self._background.spawn, self._clock, self.emit)

    def subscribe(self, listener: Listener) -> Callable[[], None]:
        """`listener` is called on the loop for each event, until the returned function is called."""
        self._listeners.append(listener)
        return lambda: self._listeners.remove(listener)

    def emit(self, event: events.Event) -> None:
        for listener in list(self._listeners):
            listener(event)

    @property
    def user(self) -> str | None:
        """The shown name of who is logged in."""
        account = self._client.account if self._session is not None else None
        return None if account is None else account.name

    # --- what links ask of whoever is logged in (uploads.Offers, uploads.Members) ------------------

    def offer(self, gid: GroupId, eid: EntryId) -> Offer | None:
        return None if self._session is None else self._session.downloads.offer(gid, eid)

    def foresee(self, gid: GroupId, eids: Sequence[EntryId]) -> None:
        if self._session is not None:
            self._session.sharing.offered.foresee(gid, eids)

    def may_talk(self, dev: DeviceId, gid: GroupId) -> bool:
        return self._session is not None and self._session.mirror.may_talk(dev, gid)

    def user_of(self, dev: DeviceId) -> UserId | None:
        return None if self._session is None else self._session.mirror.user_of(dev)

    def my_epoch(self, gid: GroupId) -> Epoch | None:
        return None if self._session is None else self._session.mirror.my_epoch(gid)

    # --- sessions --------------------------------------------------------------------------------

    def _open_session(self, account: Account) -> None:
        mirror = Mirror.open(account.folder.mirror, account.uid, self._clock)
        try:
            session = AccountSession(account, mirror, self._peers, self._uploads, self._surroundings)
        except ShoalError:
            mirror.close()
            raise
        mirror.on_change = partial(self._mirror_changed, session)
        self._limits.log_in(account.uid)
        self._limits.forget(mirror.has_left)
        self._session = session
        self._client.attach(account, mirror)
        self._identity_changed()
        session.begin()
        self.emit(events.LoggedIn(user=account.name))

    def _surroundings(
        self, account: Account, library: Library, mirror: Mirror, hasher: Hasher, background: Background
    ) -> Surroundings:
        return Surroundings(
            uid=account.uid,
            dev=account.dev,
            library=library,
            mirror=mirror,
            tracker=self._client,
            hasher=hasher,
            emit=self.emit,
            spawn=background.spawn,
            clock=self._clock,
            lot=self._lot,
            shown_group=lambda gid: mirror.named(gid).name,
            keep_out=self._profile.root,
        )

    def _mirror_changed(self, session: AccountSession, scopes: set[bytes]) -> None:
        session.mirror_changed(scopes)
        if m.ME in scopes:
            self._limits.forget(session.mirror.has_left)

    async def _close_session(self) -> None:
        session, self._session = self._session, None
        if session is not None:
            await self._client.detach()
            self._peers.leave()
            await session.close()

    def _tracker_told(self, event: events.Event) -> None:
        if isinstance(event, events.TrackerChanged):
            self._tell_place()
        self.emit(event)

    def _tell_place(self) -> None:
        """Where peers find this device, to the tracker in use."""
        if ip := self._client.connection.seen_as:
            self._peers.seen_as = ip
            here = ip if self._bound.ip in EVERY_ADDRESS else self._bound.ip
            self._client.found_at([m.Endpoint(here, self._bound.port)])

    def _in_step(self) -> None:
        if self._session is not None:
            self._session.in_step()
            self._links.try_all()

    def _identity_changed(self) -> None:
        """Another certificate, or other authorities that are trusted."""
        account = self._client.account
        leaf = None if account is None else account.leaf(self._clock.wall_s())
        if self._session is not None and leaf is not None:
            self._peers.enter(leaf, self._client.connection.d_keys)

    def _banned(self, dev: DeviceId, reason: str) -> None:
        self.emit(events.PeerBanned(peer=self._shown_peer(dev), reason=reason))

    def _shown_peer(self, dev: DeviceId) -> str:
        """The name of whose device it is, or its id; "" for none (givers.HERE)."""
        uid, session = self.user_of(dev), self._session
        return shown_user(session.mirror.rows, uid) if session and uid else dev.hex()

    async def _ask_who(self, dev: DeviceId, gid: GroupId) -> None:
        """A device is not known to be of a member: the tracker may know more than this mirror."""
        session = self._session
        if session is not None and session.mirror.my_epoch(gid) is not None:
            with suppress(ShoalError):
                async with session.command():
                    found = await self._client.ask(m.Who(dev, gid), m.RowsFound)
                    await session.mirror.apply(gid, found.rows, None)

    def _logged_in(self) -> AccountSession:
        if self._session is None:
            raise NotLoggedIn
        return self._session

    async def _do(self, message: m.Message) -> None:
        self._logged_in()
        await self._client.request(message)
