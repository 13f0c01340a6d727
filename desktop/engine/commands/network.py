"""What the network is like, and how much of it may be used."""

import asyncio
import shutil
from pathlib import Path

from msgspec.structs import replace

import shared.wire.tracker_messages as m
from desktop.engine.commands.names import Named
from desktop.engine.limits.rules import Cap, Direction
from desktop.engine.limits.schedule import Week
from desktop.engine.network_views import NetworkCheck
from desktop.engine.peer_views import link_view
from desktop.engine.views import LimitsView, LinkView, StatusView
from shared.addresses import is_loopback
from shared.errors import NoTracker, ShoalError


class NetworkCommands(Named):
    async def wait_for_tracker(self, seconds_max: float) -> StatusView:
        """Until a tracker is connected. Raises NoTracker."""
        if not await self._client.connection.wait(seconds_max):
            raise NoTracker
        return await self.status()

    def links(self) -> list[LinkView]:
        """Every device that this one is linked to."""
        return [link_view(link, self._shown_peer) for link in self._peers.every_link]

    async def status(self) -> StatusView:
        links = self._peers.every_link
        downloads = None if self._session is None else self._session.downloads
        return StatusView(
            user=self.user,
            listen=self.listen,
            tracker=self._client.connection.in_use,
            trackers=self._client.connection.trackers(),
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
            offline=self._client.connection.offline_s,
            searching=self._client.connection.is_searching,
        )

    def retry_trackers(self) -> None:
        """Looks for one at once, where it would wait some seconds."""
        self._client.connection.retry()

    async def look_at_trackers(self) -> None:
        """Asks each whether it is there, and how far; status() tells then. Some seconds at most."""
        await self._client.connection.look_again()

    async def check_network(self, folder: Path | None = None) -> NetworkCheck:
        """Looks at all that others and this device need of each other; `folder` is where downloads go, if not
        where they went at the start. Some seconds at most."""
        folder = folder or self._settings.download_dir
        await self._client.connection.look_again()
        trackers = self._client.connection.trackers()
        return NetworkCheck(
            trackers=len(trackers),
            reachable=sum(one.state in ("connected", "up") for one in trackers),
            rtt=next((one.rtt for one in trackers if one.state == "connected"), None),
            listen=self.listen,
            port=await self._port_seen(),
            clock_off_s=self._client.alarms.clock_off_s,
            folder=str(folder),
            free=await asyncio.to_thread(_free, folder),
        )

    async def _port_seen(self) -> str:
        """See NetworkCheck.port."""
        seen_as = self._client.connection.seen_as
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

    def limits(self) -> LimitsView:
        return self._limits.view(self._my_groups(self._session) if self._session else {})

    async def limit(self, direction: Direction, cap: Cap, group: str | None = None) -> None:
        """In KiB a second of pieces; 0 lets nothing pass, None all. In force at once, as the next three."""
        gid = None if group is None else (await self._my_group(group))[1]
        self._limits.cap(direction, cap, gid)

    async def limit_alternative(self, direction: Direction, cap: Cap) -> None:
        """Over all groups together, in alternative hours."""
        self._limits.change(replace(self._limits.rules, **{f"alternative_{direction}": cap}))

    async def limit_lan(self, *, exempt: bool) -> None:
        """Whether caps are not for this computer's own network."""
        self._limits.change(replace(self._limits.rules, lan_exempt=exempt))

    async def limit_schedule(self, week: Week) -> None:
        """Which hours are alternative ones."""
        self._limits.change(replace(self._limits.rules, schedule=week))


def _free(folder: Path) -> int | None:
    """Looks at the disk."""
    try:
        return shutil.disk_usage(folder).free
    except OSError:
        return None
