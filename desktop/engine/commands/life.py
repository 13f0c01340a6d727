"""Starts and stops the engine, goes from one network to another, and runs the tracker of this computer."""

import asyncio
from collections.abc import Callable
from contextlib import suppress
from pathlib import Path

from desktop.engine import events
from desktop.engine.account import Accounts
from desktop.engine.commands.core import EVERY_ADDRESS, Core
from desktop.engine.files.piece_checker import PieceChecker
from desktop.engine.invites import WaitingLinks
from desktop.engine.limits.rate_limits import RateLimits
from desktop.engine.network_views import ServiceView
from desktop.engine.peers.peer_pool import Peers
from desktop.engine.peers.uploads import Uploads
from desktop.engine.trackers.checking import check
from desktop.engine.trackers.known_networks import KnownNetwork
from desktop.engine.trackers.own_tracker import LOOPBACK, OwnTracker
from desktop.engine.trackers.tracker_client import TrackerClient
from desktop.engine.views import HostView, TrackerView
from shared.addresses import is_loopback, shown_address
from shared.errors import BadArgument, NoTracker
from shared.limits import OWN_TRACKER_BACKOFF_S_MAX
from shared.names import shown
from shared.tracker_info import TrackerInfo, parse


class Life(Core):
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
        self._parts.callback(self._links.stop)
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

    def _enter_network(self, info: TrackerInfo) -> None:
        self._info_in_use = info
        self._network = KnownNetwork.of(self._profile, info, self._lot)
        self._links.links = WaitingLinks(self._network.folder)
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


def _read(tracker_file: Path) -> TrackerInfo:
    """Raises BadArgument."""
    try:
        return parse(tracker_file.read_text("utf-8"))
    except (OSError, UnicodeDecodeError) as error:
        why = error.strerror if isinstance(error, OSError) else "it is not a text"
        raise BadArgument(f"{shown(str(tracker_file))}: {why}") from error
