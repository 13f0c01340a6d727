"""The front door of all that works without a screen: commands in, events out.

The window, the prompt and the tests are its users, and none of them reaches behind it. Groups, users
and files are named as they are shown; names are made ids here. Every command raises ShoalError for a
refusal, and nothing is then changed. Runs on any asyncio loop and imports no Qt.
"""

import asyncio
import random
import secrets
import shutil
import socket
from collections.abc import Callable, Coroutine, Iterable, Sequence
from contextlib import AsyncExitStack, suppress
from functools import partial, wraps
from pathlib import Path
from typing import Any, Concatenate, ParamSpec, TypeVar

from msgspec.structs import replace

import shared.wire.tracker_messages as m
from desktop.engine import events, transfers
from desktop.engine.account import Account, Accounts
from desktop.engine.account_session import AccountSession
from desktop.engine.background import Background
from desktop.engine.browsing import Groups, entries_of, files_below
from desktop.engine.downloads.plan import wanted
from desktop.engine.file_views import FileRow, FilesAsked, FilesFound
from desktop.engine.files.hasher import Hasher
from desktop.engine.files.piece_checker import PieceChecker
from desktop.engine.files.weighing import weigh
from desktop.engine.invites import (
    Waiting,
    WaitingLinks,
    is_local,
    network_of,
    opening,
    reading,
    trackers_of,
)
from desktop.engine.library import Library
from desktop.engine.limits.rate_limits import RateLimits
from desktop.engine.limits.rules import Cap, Direction
from desktop.engine.limits.schedule import Week
from desktop.engine.mirror import Mirror
from desktop.engine.network_views import NetworkCheck, ServiceView
from desktop.engine.offers import Offer
from desktop.engine.peer_views import details, link_view, open_here
from desktop.engine.peers.addresses import Endpoint
from desktop.engine.peers.peeking import peek
from desktop.engine.peers.peer_pool import Peers
from desktop.engine.peers.uploads import Uploads
from desktop.engine.surroundings import Surroundings
from desktop.engine.trackers.checking import check
from desktop.engine.trackers.known_networks import KnownNetwork
from desktop.engine.trackers.own_tracker import LOOPBACK, OwnTracker
from desktop.engine.trackers.tracker_client import TrackerClient
from desktop.engine.transfer_views import DownloadFile, Holder, LastSeen, SharedItem, Taken, Weighed
from desktop.engine.views import (
    ActivityView,
    DeviceView,
    DownloadDetails,
    DownloadStarted,
    DownloadView,
    FileView,
    GroupView,
    HostView,
    InviteLinkView,
    InviteView,
    JoinedView,
    LimitsView,
    LinkView,
    MemberView,
    OpenInviteView,
    RequestView,
    ShareResult,
    StatusView,
    TrackerView,
)
from desktop.paths import Profile
from desktop.settings import Settings
from shared.addresses import is_loopback, shown_address
from shared.clock import Clock, SystemClock
from shared.errors import (
    AlreadyMember,
    BadArgument,
    InviteOver,
    NotAMember,
    NotFound,
    NotLoggedIn,
    NoTracker,
    NotYet,
    PinMismatch,
    Refused,
    ShoalError,
    Unavailable,
    Unsupported,
    WeakPassword,
)
from shared.facts.derive import fact, members, owner, resolve_group, shown_user
from shared.facts.ids import ID_BYTES, DeviceId, EntryId, Epoch, GroupId, UserId, invite_hash
from shared.facts.rows import Device, Group, Kind, Revoked, body_of
from shared.invite_link import InviteLink, invite_link, read
from shared.limits import (
    LABEL_CHARS_MAX,
    LINKS_RETRIED_S,
    OWN_TRACKER_BACKOFF_S_MAX,
    PASSWORD_CHARS_MAX,
    PASSWORD_CHARS_MIN,
)
from shared.names import check_name, fold, shown
from shared.tracker_info import TrackerInfo, parse

IN_STEP_S_MAX = 5.0
EVERY_ADDRESS = ("0.0.0.0", "::")  # noqa: S104  peers are to reach it
Listener = Callable[[events.Event], None]
P = ParamSpec("P")
T = TypeVar("T")
_Command = Callable[Concatenate["Engine", P], Coroutine[Any, Any, T]]


def _ended_by_logout(command: _Command[P, T]) -> _Command[P, T]:
    """What it stands on is closed then: it raises NotLoggedIn."""

    @wraps(command)
    async def run(self: "Engine", /, *args: P.args, **kwargs: P.kwargs) -> T:
        async with self._logged_in().command():
            return await command(self, *args, **kwargs)

    return run


class Engine:
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
        self._waiting_links: WaitingLinks
        self._client: TrackerClient
        self._resumes = False
        """Takes up the last account of a network by its certificate."""
        self._bound: Endpoint
        self._changing_account, self._using_links = asyncio.Lock(), asyncio.Lock()
        self._links_timer: asyncio.TimerHandle | None = None

    # --- its life --------------------------------------------------------------------------------

    async def start(self, listen: tuple[str, int] | None, tracker_file: Path | None, *, resume: bool) -> None:
        """Opens the port for peers and begins to look for a tracker; returns when both are under way.

        Without `tracker_file` it starts this profile's own tracker. `resume` takes up the last account by
        its certificate. Raises BadArgument for a malformed file, OSError for a port that cannot be had.
        """
        checker = PieceChecker()
        self._parts.push_async_callback(asyncio.to_thread, checker.close)
        self._uploads = Uploads(self, self, self._ask_who, self._background, self._clock, self._lot)
        self._peers = Peers(checker, self._uploads, self._clock)
        self._parts.push_async_callback(self._peers.stop)
        self._peers.on_banned = self._banned
        self._peers.person_of = lambda dev: self.user_of(dev) or dev
        self._limits = RateLimits(self._profile.limits, self._peers.throttles, self._clock)
        self._parts.callback(self._limits.close)
        self._parts.callback(self._stop_trying_links)
        own = self._own_tracker = OwnTracker(self._profile)
        is_for_others = tracker_file is not None or own.on_network
        ip, port = listen or (EVERY_ADDRESS[0] if is_for_others else LOOPBACK, 0)
        try:
            self._bound = self._peers.listen(ip, port)
        except OSError as error:
            why = str(error.strerror).partition(" (while")[0]  # what create_server() adds is for programmers
            raise OSError(error.errno, why, f"{ip}:{port}") from error
        self._parts.push_async_callback(own.stop)
        self._parts.push_async_callback(self._background.close)  # by which it may just be started
        self._parts.push_async_callback(self._leave_network)
        self._resumes = resume
        self._enter_network(await self._info(tracker_file))
        if tracker_file is not None and own.on_network:
            self._background.spawn(self._host())
        self.listen = shown_address(*self._bound)
        self.emit(events.Ready(listen=self.listen))

    async def use_network(self, tracker_file: Path | None) -> None:
        """Logs out here without a word to the tracker, and goes on in the network of that file, or at the own
        tracker. An account that was logged in there last is taken up again by the window. Returns as start()
        does. Raises BadArgument for a malformed file, NoTracker, and what an account there cannot be taken up
        for (Damaged, Version, DiskError): then the old network is in use again."""
        async with self._changing_account:
            info, before = await self._info(tracker_file), self._info_in_use
            if tracker_file is not None:
                self._serve_others()
            was_in = self.user is not None
            try:
                await self._leave_network()
                self._enter_network(info)
            except BaseException:
                await self._leave_network()
                self._enter_network(before)
                raise
            finally:
                if was_in and self.user is None:
                    self.emit(events.LoggedOut())
            if tracker_file is not None and not self._own_tracker.on_network:
                await self._own_tracker.stop()  # nobody else is there
        self.emit(events.NetworkChanged(tracker_info=None if tracker_file is None else str(tracker_file)))

    async def host_on_network(self, *, on: bool) -> HostView:
        """Lets other computers use the own tracker, or this one alone; also after the next start. Whoever can
        reach it may make an account there. It is started anew. Raises NoTracker."""
        async with self._changing_account:  # which starts and stops it, too
            await self._own_tracker.move(on_network=on)
            if on:
                self._serve_others()
        return await self.hosting()

    async def hosting(self) -> HostView:
        """Tries the way to the own tracker that others would take; some seconds where there is none."""
        own = self._own_tracker
        addresses = [place.address for place in own.candidates()]
        why = await own.why_not_reached(self._clock)
        return HostView(on=own.on_network, addresses=addresses, reachable=own.on_network and not why, why=why)

    async def serve_tracker(self, *, on: bool) -> ServiceView:
        """Hands the own tracker to the system, which keeps it up without this program, or takes it back. It
        is started anew, and stays the same tracker. Raises NoTracker."""
        own = self._own_tracker
        async with self._changing_account:  # as host_on_network()
            await own.serve(on=on)
            if not (own.is_of(self._network) or own.on_network):
                await own.stop()  # nobody else is there
        return self.tracker_service()

    def tracker_service(self) -> ServiceView:
        return self._own_tracker.service.view()

    async def check_trackers(self, tracker_file: Path, tell: Callable[[TrackerView], object]) -> None:
        """Whether the trackers of a file are there, whatever network is in use (trackers.checking). Raises
        BadArgument for a malformed one."""
        await check(_read(tracker_file), self._clock, tell)

    async def stop(self) -> None:
        """Ends sharing, downloads (kept for the next start) and the own tracker, within some seconds."""
        await self._parts.aclose()
        await self._background.close()

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

    async def wait_for_tracker(self, seconds_max: float) -> StatusView:
        """Until a tracker is connected. Raises NoTracker."""
        if not await self._client.wait_connected(seconds_max):
            raise NoTracker
        return await self.status()

    # --- accounts --------------------------------------------------------------------------------

    async def create_user(self, user: str, password: str) -> str:
        """The name as shown."""
        check_name(user)
        _check_password(password)
        created = await self._client.ask(m.CreateUser(secrets.token_bytes(32), user, password), m.Created)
        return created.name

    async def login(self, user: str, password: str) -> str:
        """Proves the password, also of who is logged in already. Returns the name as shown, once this
        device knows what the account's groups hold, or some seconds later."""
        async with self._changing_account:
            account = await self._client.login(user, password, socket.gethostname()[:LABEL_CHARS_MAX])
            if self._session is not None and self._session.account.dev != account.dev:
                await self._close_session()  # this device was revoked, and has a new key now
            if self._session is None:
                self._open_session(account)
                await self._client.wait_in_step(IN_STEP_S_MAX)
                await self._use_waiting_links()
            return account.name

    async def logout(self, *, forget: bool = False) -> None:
        """`forget` also revokes this device and deletes its key."""
        async with self._changing_account:
            self._logged_in()
            await self._client.logout(forget=forget)
            await self._close_session()
        self.emit(events.LoggedOut())

    async def change_password(self, old: str, new: str) -> None:
        self._logged_in()
        _check_password(new)
        await self._do(m.ChangePassword(old, new))

    async def delete_user(self, password: str) -> None:
        async with self._changing_account:
            self._logged_in()
            await self._do(m.DeleteUser(password))
            await self._client.logout()
            await self._close_session()
        self.emit(events.LoggedOut())

    async def devices(self) -> list[DeviceView]:
        """This user's, oldest first."""
        session = self._logged_in()
        rows = session.mirror.rows
        views = [
            DeviceView(
                id=row.id.hex(),
                label=device.label,
                at=device.at,
                this=row.id == session.account.dev,
                revoked=fact(rows, Revoked, row.id) is not None,
            )
            for row in rows.about(session.account.uid, Kind.DEVICE)
            for device in [body_of(row, Device)]
        ]
        return sorted(views, key=lambda view: (view.at, view.id))

    async def revoke_device(self, device: str) -> None:
        """By its id, or a beginning of it that no other has. Raises NotFound."""
        begins = device.lower()
        found = [view for view in await self.devices() if view.id.startswith(begins) and not view.revoked]
        if not device or len(found) != 1:
            raise NotFound
        await self._do(m.RevokeDevice(DeviceId(bytes.fromhex(found[0].id))))

    # --- groups ----------------------------------------------------------------------------------

    async def create_group(self, group: str) -> str:
        """The name as shown."""
        check_name(group)
        self._logged_in()
        await self._do(m.CreateGroup(secrets.token_bytes(32), group))
        return group

    async def join_group(self, group: str) -> None:
        await self._do(m.Join(await self._group(group)))

    async def leave_group(self, group: str) -> str | None:
        """The new owner's name, where ownership passed on."""
        session, gid = self._logged_in(), await self._group(group)
        rows = session.mirror.rows
        names = {uid: shown_user(rows, uid) for uid, _ in members(rows, gid)}
        left = await self._client.ask(m.Leave(gid), m.Left)
        return None if left.owner is None else names.get(left.owner, left.owner.hex())

    async def list_requests(self, group: str) -> list[RequestView]:
        page = await self._client.ask(m.ListRequests(await self._group(group)), m.RequestsPage)
        return [RequestView(user=one.name, at=one.at) for one in page.requests]

    async def accept_request(self, group: str, user: str) -> None:
        await self._do(m.Accept(await self._group(group), await self._user(user)))

    async def reject_request(self, group: str, user: str) -> None:
        await self._do(m.Reject(await self._group(group), await self._user(user)))

    async def withdraw_request(self, group: str) -> None:
        await self._do(m.Withdraw(await self._group(group)))

    async def remove_member(self, group: str, user: str) -> None:
        await self._do(m.RemoveMember(await self._group(group), await self._user(user)))

    async def transfer_group(self, group: str, user: str) -> None:
        await self._do(m.Transfer(await self._group(group), await self._user(user)))

    # --- invites ---------------------------------------------------------------------------------

    async def invite(self, group: str, uses: int | None = None, hours: int | None = None) -> InviteView:
        """A link to the group, by which others ask to join it. With `uses` or `hours`, for its owner alone:
        so many are let in at once, 1 if not said, within so long, INVITE_HOURS if not said."""
        session, gid = await self._my_group(group)
        made_as = fact(session.mirror.rows, Group, gid)
        own = self._own_tracker
        hosted = own.candidates() if own.is_of(self._network) else []
        trackers = trackers_of([*hosted, *self._client.candidates()])
        link = InviteLink(trackers[:1], gid, made_as.name if made_as else group)
        invite_link(trackers, link)  # before there is an invite of which nobody has the link
        id_ = b""
        if uses is not None or hours is not None:
            uses, hours = opening(uses, hours)
            secret = secrets.token_bytes(ID_BYTES)
            asked = m.Invite(gid, invite_hash(gid, secret), uses, hours)
            made = await self._client.ask(asked, m.Invited)
            link = replace(link, secret=secret, until=made.until)
            id_ = asked.hash[:ID_BYTES]
        return InviteView(
            link=invite_link(trackers, link),
            group=session.mirror.named(gid).name,
            id=id_.hex(),
            uses=uses or 0,
            until=link.until,
            reach="computer" if is_local(trackers[0]) else "network",
        )

    async def list_invites(self, group: str) -> list[OpenInviteView]:
        """Those of the group that let people in at once, the oldest first; for its owner."""
        return [
            OpenInviteView(id=one.invite.hex(), uses=one.uses, used=one.used, until=one.until, at=one.at)
            for one in await self._invites(await self._group(group))
        ]

    async def revoke_invite(self, group: str, invite: str) -> None:
        """By its id, or a beginning of it that no other has. Who came in by it stays. Raises NotFound."""
        gid = await self._group(group)
        begins = invite.lower()
        found = [one.invite for one in await self._invites(gid) if one.invite.hex().startswith(begins)]
        if not invite or len(found) != 1:
            raise NotFound(f"there is no one invite {shown(invite)}; type: list_invites {shown(group)}")
        await self._do(m.RevokeInvite(gid, found[0]))

    async def _invites(self, gid: GroupId) -> list[m.InviteListed]:
        return (await self._client.ask(m.ListInvites(gid), m.InvitesPage)).invites

    def read_link(self, text: str) -> InviteLinkView:
        """Dials nothing and changes nothing. Raises BadArgument for what is no whole link."""
        link = read(text)
        saved = [KnownNetwork(folder) for folder in self._profile.networks]
        is_member = self._session is not None and self._session.mirror.my_epoch(GroupId(link.gid)) is not None
        return reading(link, self._network, saved, self._clock.wall_s(), is_member=is_member)

    async def join_link(self, text: str) -> JoinedView:
        """Goes to the network of the link, if it is another one (see use_network), and joins the group, now
        or as soon as somebody is logged in. Raises PinMismatch where read_link() says so, what the tracker
        refuses with, and NoTracker: then it is used when there is one."""
        link, view = read(text), self.read_link(text)
        if view.refused:
            raise PinMismatch("the link names another key for a tracker than the one that is known here")
        if view.network != "here":
            await self.use_network(self._file_of(link))
        else:  # a tracker may have moved since, and the link come from who knows where to
            lines = [line for line in link.info.lines if line]
            self._client.try_also(line for line in lines if line.pin and self._network.knows(line.pin))
        links = self._waiting_links
        waiting = links.add(link, self._clock.wall_s())
        async with self._using_links:
            state = "login" if self._session is None else await self._use_link(links, waiting)
        return JoinedView(group=link.group, state=state, network=view.network)

    def _file_of(self, link: InviteLink) -> Path | None:
        """The tracker file of the link's network, None for the own tracker. To a network that is known here a
        link adds no tracker."""
        saved = [KnownNetwork(folder) for folder in self._profile.networks]
        known = network_of(link, saved)
        network = known or KnownNetwork.of(self._profile, link.info, self._lot)
        if self._own_tracker.is_of(network):
            return None
        return network.note_file([one for one in link.trackers if network.knows(one.key)])

    async def _use_link(self, links: WaitingLinks, waiting: Waiting) -> str:
        """Raises what the tracker refuses with; then it waits no more."""
        gid = GroupId(waiting.gid)
        if links is not self._waiting_links:  # its secret is not for the trackers of another network
            return "login"
        try:
            await self._do(m.UseInvite(gid, waiting.secret) if waiting.secret else m.Join(gid))
        except AlreadyMember:
            pass
        except NotLoggedIn:  # nobody is any more
            return "login"
        except NotYet:  # but perhaps another tracker, or this one later, while it is time
            if waiting.until > self._clock.wall_s():
                self._try_links_later()
                raise
            links.remove(waiting)
            raise InviteOver from None
        except Refused:
            links.remove(waiting)
            raise
        except NoTracker:  # the next session tries again
            raise
        except Unavailable:  # it is busy or slow: there may be no next session for days
            self._try_links_later()
            raise
        links.remove(waiting)
        session = self._session
        return "joined" if session and session.mirror.my_epoch(gid) is not None else "asked"

    def _try_links_later(self) -> None:
        self._stop_trying_links()
        self._links_timer = asyncio.get_running_loop().call_later(LINKS_RETRIED_S, self._try_links)

    def _stop_trying_links(self) -> None:
        if self._links_timer:
            self._links_timer.cancel()

    def _try_links(self) -> None:
        if self._session is not None:
            self._background.spawn(self._use_waiting_links())

    async def _use_waiting_links(self) -> None:
        async with self._using_links:
            links = self._waiting_links
            for waiting in links:
                try:
                    await self._use_link(links, waiting)
                except Refused as refused:
                    self.emit(events.InviteRefused(group=waiting.group, reason=refused.code))
                except NotYet:  # of the others it may know
                    continue
                except ShoalError:
                    return

    @_ended_by_logout
    async def list_groups(self) -> list[GroupView]:
        """Every group of the network; with no tracker, those this device mirrors."""
        session = self._logged_in()
        listed: list[m.GroupListed] = []
        try:
            page = await self._client.ask(m.ListGroups(), m.GroupsPage)
            listed += page.groups
            while page.more and page.groups:
                page = await self._client.ask(m.ListGroups(listed[-1].gid), m.GroupsPage)
                listed += page.groups
        except Unavailable:
            return [
                self._known_group(session, gid) for gid in session.mirror.rows.groups_of(session.account.uid)
            ]
        views = [
            GroupView(name=one.name, owner=one.owner, members=one.members, mine=one.mine) for one in listed
        ]
        return sorted(views, key=lambda view: view.name)

    @_ended_by_logout
    async def list_members(self, group: str) -> list[MemberView]:
        """The oldest first."""
        session, gid = await self._my_group(group)
        rows = session.mirror.rows
        online = {session.mirror.user_of(dev) for dev in await self._online(gid)}
        lord = owner(rows, gid)
        return [
            MemberView(user=shown_user(rows, uid), owner=uid == lord, online=uid in online)
            for uid, _ in members(rows, gid)
        ]

    @_ended_by_logout
    async def activity(self, group: str) -> list[ActivityView]:
        """What happened lately, newest first; what is known here, without asking anybody."""
        session, gid = await self._my_group(group)
        return await session.browsing.activity(gid)

    # --- files -----------------------------------------------------------------------------------

    @_ended_by_logout
    async def list_files(self, group: str) -> list[FileView]:
        """All that are visible, by name. With no tracker nobody is known to be online."""
        session, gid = await self._my_group(group)
        rows, my_dev = session.mirror.rows, session.account.dev
        online = await self._online(gid)
        listing = sorted(await session.mirror.listing(gid), key=lambda entry: entry.name)
        session.downloads.ahead.looked_at(gid, online)
        names = {uid: shown_user(rows, uid) for uid in {one.entry.by for one in listing}}
        return [
            FileView(
                name=one.name,
                size=one.entry.size,
                root=one.entry.root.hex(),
                sha1=one.entry.sha1.hex(),
                sharers=len({sharer.uid for sharer in one.sharers}),
                online=len({sharer.uid for sharer in one.sharers if sharer.dev in online}),
                mine=any(sharer.dev == my_dev for sharer in one.sharers),
                by=names[one.entry.by],
                at=one.entry.at,
            )
            for one in listing
        ]

    def files_below(self, group: str, folder: str = "") -> int:
        """How many there are in a folder of a group of mine, and below it; `folder` ends in a slash. Raises
        NotLoggedIn, NotFound."""
        session, gid = self._group_of_mine(group)
        return files_below(session.mirror.rows, gid, folder)

    @_ended_by_logout
    async def tree_files(self, group: str, folder: str = "") -> list[FileRow]:
        """All of these, without older versions. For some thousands at most."""
        session, gid = self._group_of_mine(group)
        return await session.browsing.tree(gid, folder, {gid: group})

    @_ended_by_logout
    async def find_files(self, asked: FilesAsked) -> FilesFound:
        """Any number of files, ordered; where they are many, within half a second. Ends at once when it is
        cancelled. Raises NotFound."""
        session = self._logged_in()
        return await session.browsing.find(asked, self._groups_in(asked))

    @_ended_by_logout
    async def file_rows(self, ids: Sequence[int]) -> list[FileRow]:
        """What lines of find_files() say now; those that are gone are left out. At most 512."""
        session = self._logged_in()
        return await session.browsing.page(ids, self._my_groups(session))

    def local_files(self, ids: Sequence[int]) -> list[Path]:
        """Where files of a listing lie that this device shares, as far as it knows without looking: a disk
        may be far away. 10 us each."""
        if self._session is None:
            return []
        rows, library = self._session.mirror.rows, self._session.library
        of_group: dict[GroupId, list[EntryId]] = {}
        for gid, eid in entries_of(rows, ids):
            of_group.setdefault(gid, []).append(eid)
        shares = [one for gid, eids in of_group.items() for one in library.shares_of(gid, eids)]
        return [one.path for one in shares if not one.stopped]

    async def local_file(self, id_: int) -> Path | None:
        """Where one of them lies, if it does."""
        for path in self.local_files([id_]):
            if await asyncio.to_thread(path.is_file):
                return path
        return None

    @_ended_by_logout
    async def older_versions(self, group: str, name: str) -> list[FileRow]:
        """Of a file: those that somebody still shares, newest first. Raises NotFound."""
        session, gid = self._group_of_mine(group)
        return await session.browsing.older(gid, name, {gid: group})

    @_ended_by_logout
    async def who_has(self, group: str, name: str) -> list[MemberView]:
        """Everybody who shares a file. Raises NotFound."""
        session, gid = self._group_of_mine(group)
        return await session.browsing.who_has(gid, name, await self._online(gid))

    @_ended_by_logout
    async def look_who_is_online(self, group: str) -> None:
        """For what lists of files say from now on, of a group that is shown."""
        session, gid = self._group_of_mine(group)
        session.browsing.online[gid] = await self._online(gid)
        session.downloads.ahead.looked_at(gid, session.browsing.online[gid])

    @_ended_by_logout
    async def upload_file(self, path: Path, group: str) -> ShareResult:
        """Returns once all is hashed, durable and visible to the group. ShareProgress tells meanwhile.
        Cancelling the task stops it; what was shared by then stays shared."""
        session, gid = await self._my_group(group)
        return await session.sharing.share(gid, path)

    async def weigh(self, paths: Sequence[Path]) -> Weighed:
        """How much it would be to share them; what cannot be looked at is left out."""
        return await asyncio.to_thread(weigh, paths, self._profile.root)

    @_ended_by_logout
    async def stop_share(self, group: str, name: str) -> list[str]:
        """What share_again() needs to take it back."""
        session, gid = await self._my_group(group)
        return [eid.hex() for eid in await session.sharing.stop_share(gid, name)]

    @_ended_by_logout
    async def share_again(self, group: str, stopped: Sequence[str]) -> None:
        """Takes stop_share() back."""
        session, gid = await self._my_group(group)
        await session.sharing.share_again(gid, [EntryId(bytes.fromhex(one)) for one in stopped])

    @_ended_by_logout
    async def relink(self, group: str, name: str, path: Path) -> None:
        """`name` was withdrawn, as it was missing; its content is at `path` now, or in that
        folder. Raises NotFound, BadPath."""
        session, gid = await self._my_group(group)
        await session.sharing.relink(gid, name, path)

    @_ended_by_logout
    async def download_file(self, group: str, name: str, destination: str) -> DownloadStarted:
        """A file or a folder; returns at once. Raises NotFound, NotAMember, BadPath, Exists, NoSpace."""
        session, gid = await self._my_group(group)
        return await session.downloads.start(gid, name, destination)

    def downloads(self) -> list[DownloadView]:
        """In the order in which they were started; none when nobody is logged in."""
        return [] if self._session is None else self._session.downloads.views()

    def download(self, id_: int) -> DownloadView:
        """Raises NotFound, NotLoggedIn."""
        return self._logged_in().downloads.line(id_).view()

    def download_files(self, id_: int, count_max: int) -> list[DownloadFile]:
        """The first of its files. Raises NotFound, NotLoggedIn."""
        return transfers.files_of(self._logged_in().downloads.line(id_), count_max)

    def taken(self) -> list[Taken]:
        """What others fetch from here now, of downloads and of shares. Some ms."""
        session = self._logged_in()
        lines, links = session.downloads.lines, self._peers.every_link
        return transfers.taken(links, lines, session.library, self._shown_peer, self._shown_group)

    @_ended_by_logout
    async def shared_items(self) -> list[SharedItem]:
        """What this device shares, by its outermost folders."""
        session = self._logged_in()
        return await transfers.shared_items(session.library, self._my_groups(session))

    @_ended_by_logout
    async def waited_for(self, id_: int) -> list[LastSeen]:
        """Who has what a download lacks, and when they were last seen; not who is asking."""
        session = self._logged_in()
        line = session.downloads.line(id_)
        who = transfers.waited_for(session.mirror.rows, line)
        seen = await self._last_seen(session, line.record.gid, who)
        return [one for uid, one in seen.items() if uid != session.account.uid]

    @_ended_by_logout
    async def holders(self, group: str, name: str) -> list[Holder]:
        """How much of a file or a folder each member has. Asks those who fetch it from here, where it is a
        single file. Raises NotFound, NotAMember."""
        session, gid = await self._my_group(group)
        mirror = session.mirror
        listing = await mirror.listing(gid, name)
        entries = (await asyncio.to_thread(wanted, listing, name)).entries
        eids = frozenset(one.eid for one in entries)
        links = [link for link in self._peers.links.values() if open_here([link], gid, eids)]
        parts = transfers.parts_here(session.downloads.lines, gid, eids, session.account.uid, mirror.user_of)
        if len(entries) == 1:
            entry = entries[0]
            had = await asyncio.gather(*(peek(link, gid, entry.eid, entry.entry.size) for link in links))
            owners = [mirror.user_of(link.device) for link in links]
            parts |= {uid: part for uid, part in zip(owners, had, strict=True) if uid}
        seen = await self._last_seen(session, gid, [uid for uid, _ in members(mirror.rows, gid)])
        fetching = {uid for link in links if (uid := mirror.user_of(link.device))}
        return transfers.holders(entries, seen, session.account.uid, parts, fetching)

    async def _last_seen(
        self, session: AccountSession, gid: GroupId, uids: Iterable[UserId]
    ) -> dict[UserId, LastSeen]:
        """Who was seen last comes first. With no tracker nobody is known to be online."""
        online = {uid for dev in await self._online(gid) if (uid := session.mirror.user_of(dev))}
        ago: dict[UserId, int] = {}
        with suppress(Unavailable, Unsupported):  # an older tracker does not tell
            ago = dict((await self._client.ask(m.Away(gid), m.AwayFound)).away)
        names = {uid: shown_user(session.mirror.rows, uid) for uid in uids}
        return transfers.last_seen(names, online, ago)

    def _shown_group(self, gid: GroupId) -> str:
        return self._logged_in().mirror.named(gid).name

    @_ended_by_logout
    async def wait(self, ids: list[int], seconds_max: float | None) -> list[DownloadView]:
        return await self._logged_in().downloads.wait(ids, seconds_max)

    @_ended_by_logout
    async def pause(self, id_: int) -> None:
        await self._logged_in().downloads.pause(id_)

    @_ended_by_logout
    async def resume(self, id_: int) -> None:
        await self._logged_in().downloads.resume(id_)

    @_ended_by_logout
    async def cancel(self, id_: int) -> None:
        await self._logged_in().downloads.cancel(id_)

    @_ended_by_logout
    async def order(self, id_: int, order: str) -> None:
        await self._logged_in().downloads.order(id_, order)

    @_ended_by_logout
    async def priority(self, id_: int, priority: str) -> None:
        await self._logged_in().downloads.priority(id_, priority)

    @_ended_by_logout
    async def verify(self, id_: int) -> None:
        await self._logged_in().downloads.verify(id_)

    def download_details(self, id_: int, maps_max: int | None = None) -> DownloadDetails:
        """Who brings it, and who brought which part, of so many of its files. Costs up to 5 ms for each of
        them, and nothing while nobody asks. Raises NotFound, NotLoggedIn."""
        session = self._logged_in()
        line = session.downloads.line(id_)
        gid = line.record.gid
        rows = session.mirror.rows

        def label(dev: DeviceId) -> str:
            device = fact(rows, Device, dev)
            return device.label if device else ""

        def is_member(dev: DeviceId) -> bool:
            return session.mirror.may_talk(dev, gid)

        return details(line, self._peers, self._shown_peer, is_member, label, maps_max)

    def links(self) -> list[LinkView]:
        """Every device that this one is linked to."""
        return [link_view(link, self._shown_peer) for link in self._peers.every_link]

    async def status(self) -> StatusView:
        links = self._peers.every_link
        downloads = None if self._session is None else self._session.downloads
        return StatusView(
            user=self.user,
            listen=self.listen,
            tracker=self._client.in_use,
            trackers=self._client.trackers(),
            peers=len(self._peers.links),
            down=sum(link.down.bytes_per_s() for link in links),
            up=sum(link.up.bytes_per_s() for link in links),
            sent=self._peers.sent_bytes,
            received=self._peers.received_bytes,
            refetched=0 if downloads is None else downloads.refetched_bytes,
            wasted=self._peers.wasted_bytes + (0 if downloads is None else downloads.wasted_bytes),
            rejected=self._peers.rejected_pieces,
            banned=self._peers.bans,
            limits=self._limits.in_force(),
            offline=self._client.offline_s,
        )

    def retry_trackers(self) -> None:
        """Looks for one at once, where it would wait some seconds."""
        self._client.retry()

    async def look_at_trackers(self) -> None:
        """Asks each whether it is there, and how far; status() tells then. Some seconds at most."""
        await self._client.look_again()

    async def check_network(self, folder: Path | None = None) -> NetworkCheck:
        """Looks at all that others and this device need of each other; `folder` is where downloads go, if not
        where they went at the start. Some seconds at most."""
        folder = folder or self._settings.download_dir
        await self._client.look_again()
        trackers = self._client.trackers()
        return NetworkCheck(
            trackers=len(trackers),
            reachable=sum(one.state in ("connected", "up") for one in trackers),
            rtt=next((one.rtt for one in trackers if one.state == "connected"), None),
            listen=self.listen,
            port=await self._port_seen(),
            clock_off_s=self._client.clock_off_s,
            folder=str(folder),
            free=(await asyncio.to_thread(shutil.disk_usage, folder)).free,
        )

    async def _port_seen(self) -> str:
        """See NetworkCheck.port."""
        seen_as = self._client.seen_as
        if is_loopback(self._bound.ip):
            return "local"
        if seen_as is None or self._session is None:
            return "unknown"
        if is_loopback(seen_as):
            return "same"
        try:
            return (await self._client.ask(m.Reach(self._bound.port), m.Reached)).why or "reached"
        except ShoalError:  # an older tracker, or one that is asked too often
            return "unknown"

    # --- rates -----------------------------------------------------------------------------------

    def limits(self) -> LimitsView:
        return self._limits.view(self._my_groups(self._session) if self._session else {})

    async def limit(self, direction: Direction, cap: Cap, group: str | None = None) -> None:
        """In KiB a second of pieces; 0 lets nothing pass, None all. In force at once, as the next three."""
        gid = None if group is None else (await self._my_group(group))[1]
        self._limits.change(self._limits.rules.capped(direction, cap, gid))

    async def limit_alternative(self, direction: Direction, cap: Cap) -> None:
        """Over all groups together, in alternative hours."""
        self._limits.change(replace(self._limits.rules, **{f"alternative_{direction}": cap}))

    async def limit_lan(self, *, exempt: bool) -> None:
        """Whether caps are not for this computer's own network."""
        self._limits.change(replace(self._limits.rules, lan_exempt=exempt))

    async def limit_schedule(self, week: Week) -> None:
        """Which hours are alternative ones."""
        self._limits.change(replace(self._limits.rules, schedule=week))

    # --- what links ask of whoever is logged in (uploads.Offers, uploads.Members) ------------------

    def offer(self, gid: GroupId, eid: EntryId) -> Offer | None:
        return None if self._session is None else self._session.downloads.offer(gid, eid)

    def foresee(self, gid: GroupId, eids: Sequence[EntryId]) -> None:
        if self._session is not None:
            self._session.sharing.foresee(gid, eids)

    def may_talk(self, dev: DeviceId, gid: GroupId) -> bool:
        return self._session is not None and self._session.mirror.may_talk(dev, gid)

    def user_of(self, dev: DeviceId) -> UserId | None:
        return None if self._session is None else self._session.mirror.user_of(dev)

    def my_epoch(self, gid: GroupId) -> Epoch | None:
        return None if self._session is None else self._session.mirror.my_epoch(gid)

    # --- networks --------------------------------------------------------------------------------

    def _enter_network(self, info: TrackerInfo) -> None:
        self._info_in_use = info
        self._network = KnownNetwork.of(self._profile, info, self._lot)
        self._waiting_links = WaitingLinks(self._network.folder)
        accounts = Accounts(self._network.folder)
        self._client = TrackerClient(
            self._network, info, accounts, clock=self._clock, lot=self._lot, emit=self._tracker_told
        )
        self._client.on_identity = self._identity_changed
        self._client.on_in_step = self._in_step
        try:
            if self._resumes and (account := accounts.last()):
                self._open_session(account)
        finally:
            self._client.start()

    async def _info(self, tracker_file: Path | None) -> TrackerInfo:
        """Without a file that of the own tracker, which is started. Raises BadArgument, NoTracker."""
        if tracker_file is not None:
            return _read(tracker_file)
        await self._own_tracker.start()
        return self._own_tracker.info

    async def _host(self) -> None:
        """Beside the network in use. While a computer starts up it may be too slow; hosting() says so."""
        while self._own_tracker.on_network:
            with suppress(NoTracker):
                await self._own_tracker.start()
                return
            await asyncio.sleep(OWN_TRACKER_BACKOFF_S_MAX)

    def _serve_others(self) -> None:
        """Peers of other computers, where only those of this one were served so far."""
        if not is_loopback(self._bound.ip):
            return
        self._bound = self._peers.listen(EVERY_ADDRESS[0], 0)
        self.listen = shown_address(*self._bound)
        self._tell_place()
        self.emit(events.Ready(listen=self.listen))

    async def _leave_network(self) -> None:
        if hasattr(self, "_client"):
            await self._client.stop()
            await self._close_session()

    # --- sessions --------------------------------------------------------------------------------

    def _open_session(self, account: Account) -> None:
        mirror = Mirror.open(account.folder.mirror, account.uid, self._clock)
        try:
            session = AccountSession(account, mirror, self._peers, self._uploads, self._surroundings)
        except ShoalError:
            mirror.close()
            raise
        mirror.on_change = partial(self._mirror_changed, session)
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
        if ip := self._client.seen_as:
            self._peers.seen_as = ip
            here = ip if self._bound.ip in EVERY_ADDRESS else self._bound.ip
            self._client.found_at([m.Endpoint(here, self._bound.port)])

    def _in_step(self) -> None:
        if self._session is not None:
            self._session.in_step()
            self._try_links()

    def _identity_changed(self) -> None:
        """Another certificate, or other authorities that are trusted."""
        account = self._client.account
        leaf = None if account is None else account.leaf(self._clock.wall_s())
        if self._session is not None and leaf is not None:
            self._peers.enter(leaf, self._client.d_keys)

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

    # --- names and questions ---------------------------------------------------------------------

    def _logged_in(self) -> AccountSession:
        if self._session is None:
            raise NotLoggedIn
        return self._session

    async def _group(self, name: str) -> GroupId:
        """The one that is called so: one of mine, as this device knows, else as a tracker does. Raises
        NotFound."""
        session, folded = self._logged_in(), fold(name)
        for gid, called in self._my_groups(session).items():
            if fold(called) == folded:
                return gid
        return GroupId(await self._resolved("group", name))

    async def _my_group(self, name: str) -> tuple[AccountSession, GroupId]:
        """Also by a name that another group has now. Raises NotFound, NotAMember."""
        session = self._logged_in()
        claimed = self._mine(resolve_group(session.mirror.rows, name))
        try:
            gid = await self._group(name)
        except Unavailable:
            if not claimed:
                raise
            return session, claimed[0]
        if session.mirror.my_epoch(gid) is not None:
            return session, gid
        if not claimed:
            raise NotAMember
        return session, claimed[0]

    def _group_of_mine(self, name: str) -> tuple[AccountSession, GroupId]:
        """Without asking anybody. Raises NotFound."""
        session = self._logged_in()
        for gid, called in self._my_groups(session).items():
            if called == name:
                return session, gid
        raise NotFound

    def _groups_in(self, asked: FilesAsked) -> Groups:
        if asked.group is None:
            return self._my_groups(self._logged_in())
        return {self._group_of_mine(asked.group)[1]: asked.group}

    def _my_groups(self, session: AccountSession) -> dict[GroupId, str]:
        """With their names."""
        mine = self._mine(session.mirror.rows.groups_of(session.account.uid))
        return {gid: session.mirror.named(gid).name for gid in mine}

    def _mine(self, gids: Iterable[GroupId]) -> list[GroupId]:
        mirror = self._logged_in().mirror
        return [gid for gid in gids if mirror.my_epoch(gid) is not None]

    async def _user(self, name: str) -> UserId:
        return UserId(await self._resolved("user", name))

    async def _resolved(self, kind: str, name: str) -> bytes:
        if not 0 < len(name.encode()) <= 98:
            raise NotFound
        found = (await self._client.ask(m.Resolve(kind, name), m.Resolved)).found
        if not found:
            raise NotFound
        return found[0][0]

    def _known_group(self, session: AccountSession, gid: GroupId) -> GroupView:
        rows = session.mirror.rows
        lord = owner(rows, gid)
        return GroupView(
            name=session.mirror.named(gid).name,
            owner="" if lord is None else shown_user(rows, lord),
            members=len(members(rows, gid)),
            mine="owner" if lord == session.account.uid else "member",
        )

    async def _online(self, gid: GroupId) -> set[DeviceId]:
        try:
            return set((await self._client.ask(m.Online(gid), m.OnlineFound)).devs)
        except Unavailable:
            return set()

    async def _do(self, message: m.Message) -> None:
        self._logged_in()
        await self._client.request(message)


def _check_password(password: str) -> None:
    if not PASSWORD_CHARS_MIN <= len(password) <= PASSWORD_CHARS_MAX:
        raise WeakPassword


def _read(tracker_file: Path) -> TrackerInfo:
    """Raises BadArgument."""
    try:
        return parse(tracker_file.read_text("utf-8"))
    except (OSError, UnicodeDecodeError) as error:
        why = error.strerror if isinstance(error, OSError) else "it is not UTF-8 text"
        raise BadArgument(f"tracker file {shown(str(tracker_file))}: {why}") from error
