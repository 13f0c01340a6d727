"""Downloads, and what others fetch from here."""

from desktop.engine import transfers
from desktop.engine.commands.core import ended_by_logout
from desktop.engine.commands.names import Named
from desktop.engine.peer_views import details
from desktop.engine.transfer_views import DownloadFile, LastSeen, Taken
from desktop.engine.views import DownloadDetails, DownloadStarted, DownloadView
from shared.facts.derive import fact
from shared.facts.ids import DeviceId
from shared.facts.rows import Device


class DownloadCommands(Named):
    @ended_by_logout
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

    @ended_by_logout
    async def waited_for(self, id_: int) -> list[LastSeen]:
        """Who has what a download lacks, and when they were last seen; not who is asking."""
        session = self._logged_in()
        line = session.downloads.line(id_)
        who = transfers.waited_for(session.mirror.rows, line)
        seen = await self._last_seen(session, line.record.gid, who)
        return [one for uid, one in seen.items() if uid != session.account.uid]

    @ended_by_logout
    async def wait(self, ids: list[int], seconds_max: float | None) -> list[DownloadView]:
        return await self._logged_in().downloads.wait(ids, seconds_max)

    @ended_by_logout
    async def pause(self, id_: int) -> None:
        await self._logged_in().downloads.pause(id_)

    @ended_by_logout
    async def resume(self, id_: int) -> None:
        await self._logged_in().downloads.resume(id_)

    @ended_by_logout
    async def cancel(self, id_: int) -> None:
        await self._logged_in().downloads.cancel(id_)

    @ended_by_logout
    async def order(self, id_: int, order: str) -> None:
        await self._logged_in().downloads.order(id_, order)

    @ended_by_logout
    async def priority(self, id_: int, priority: str) -> None:
        await self._logged_in().downloads.priority(id_, priority)

    @ended_by_logout
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
