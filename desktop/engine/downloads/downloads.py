"""All downloads of the account: starts, finds and ends them, and is what they have in common."""

import asyncio
from collections.abc import Iterable, Sequence
from dataclasses import replace
from functools import partial

from desktop.engine import library_changes as lib
from desktop.engine.downloads.ahead import Ahead
from desktop.engine.downloads.asked_peer import Link
from desktop.engine.downloads.download import Download
from desktop.engine.downloads.journal import Journal
from desktop.engine.downloads.linked import Linked, Peers
from desktop.engine.downloads.offering import Offering
from desktop.engine.downloads.plan import plan, wanted
from desktop.engine.downloads.turns import Turns
from desktop.engine.downloads.verifying import is_as_shared
from desktop.engine.library import DownloadRecord
from desktop.engine.offers import Offer
from desktop.engine.sharing.sharing import Sharing
from desktop.engine.surroundings import Surroundings
from desktop.engine.views import PRIORITIES, DownloadStarted, DownloadView
from shared.errors import Altered, BadArgument, NotAMember, NotFound, Timeout
from shared.facts.derive import shown_user, user_of_device
from shared.facts.ids import DeviceId, EntryId, GroupId
from shared.limits import (
    ACTIVE_FILES_ALL_MAX,
    ACTIVE_FILES_MAX,
    ACTIVE_FILES_MIN,
    CHANNEL_CHECKED_S,
    DISK_RETRY_S,
    PROGRESS_S,
    TRACKER_ASKED_AT_START_S,
)
from shared.wire import tracker_messages as t


class Downloads:
    """Owns their journal. The Desk of each (desk.Desk); offers what they have so far (uploads.Offers)."""

    def __init__(
        self, around: Surroundings, sharing: Sharing, peers: Peers, *,
        disk_retry_s: float = DISK_RETRY_S,
    ) -> None:  # fmt: skip
        self.around = around
        self.sharing = sharing
        self.journal = Journal(around.library)
        self.disk_retry_s = disk_retry_s
        self.offering = Offering(around)
        self.links = Linked(around, peers)
        self.wasted_bytes = 0
        """Thrown away as bad or double."""
        self.refetched_bytes = 0
        """Of pieces that had been verified once, and were lost before they were written down."""
        self._peers = peers
        self._lines = {
            record.id: Download(record, around.library.files(record.id), self)
            for record in around.library.downloads()
        }
        self.ahead = Ahead(self.links)
        self._turns = Turns()
        self._is_ticking, self._is_open = False, True
        self._changing = asyncio.Lock()
        """One of pause, resume and cancel at a time: each stops a line before it writes, or the other way."""

    # --- the user's commands ---------------------------------------------------------------------

    async def start(self, gid: GroupId, name: str, destination: str) -> DownloadStarted:
        """A file or a folder, as shown. Raises NotAMember, NotFound, BadPath, Exists, NoSpace."""
        around = self.around
        if around.mirror.my_epoch(gid) is None:
            raise NotAMember
        listing = await around.mirror.listing(gid, name)
        what = await asyncio.to_thread(wanted, listing, name)
        planned = await asyncio.to_thread(plan, what, destination, self.around.keep_out)
        record = DownloadRecord(0, gid, what.name, planned.folder, planned.target, "D")
        id_ = await around.library.write(partial(lib.add_download, download=record, files=planned.files))
        line = self._lines[id_] = Download(replace(record, id=id_), planned.files, self)
        line.work.sources.shared_by(what.entries)
        self._begin(line)  # those who are linked are asked while the tracker still is
        found = await _who_has(line)
        others = (
            {one.uid for _, peers in found.entries for one in peers if one.dev != around.dev} if found else ()
        )
        return DownloadStarted(id=id_, online=len(others))

    def views(self) -> list[DownloadView]:
        """In the order in which they were started."""
        return [line.view() for line in self._lines.values()]

    @property
    def lines(self) -> list[Download]:
        return list(self._lines.values())

    def line(self, id_: int) -> Download:
        """Raises NotFound."""
        if (line := self._lines.get(id_)) is None:
            raise NotFound(f"there is no download {id_}; type: show_downloads")
        return line

    async def pause(self, id_: int) -> None:
        async with self._changing:
            line = self._running(id_)
            self._turns.leave(id_)
            await line.pause()

    async def resume(self, id_: int) -> None:
        """Goes on with one that is paused or failed; one that runs is left alone."""
        async with self._changing:
            line = self.line(id_)
            if line.state == "C":
                raise BadArgument(f"download {id_} is complete")
            if line.state != "D":
                await line.is_at_rest.wait()
                await self.around.library.write(lambda db: lib.set_state(db, id_, "D"))
                self._begin(line)

    async def cancel(self, id_: int) -> None:
        async with self._changing:
            line = self.line(id_)
            self._turns.leave(id_)
            await line.cancel()
            del self._lines[id_]

    async def order(self, id_: int, order: str) -> None:
        """`first`: from the first piece to the last, for a preview; `rarest`: as is best for all."""
        if order not in ("first", "rarest"):
            raise BadArgument(f"{order!r} is no order; type first or rarest")
        async with self._changing:
            await self._running(id_).set_in_order(order == "first")

    async def priority(self, id_: int, priority: str) -> None:
        """high: peers are asked for it first; low: when there is nothing else to ask of them."""
        if priority not in PRIORITIES:
            raise BadArgument(f"{priority!r} is no priority; type high, normal or low")
        async with self._changing:
            await self._running(id_).set_priority(PRIORITIES.index(priority))
            self._turns.change(id_, PRIORITIES.index(priority))

    async def verify(self, id_: int) -> None:
        """Reads all its files again. Raises Altered with the name of the first that is not what came: it
        has failed then, and resume() fetches all such again. Damaged: it was shared with another SHA-1."""
        line, around = self.line(id_), self.around
        if line.state != "C":
            raise BadArgument(f"download {id_} is not complete")
        altered = [
            file
            for file in list(line.files.records)
            if not await asyncio.to_thread(is_as_shared, around, line.record.folder / file.target, file.root)
        ]
        if altered:
            async with self._changing:
                if line.state == "C":
                    await line.altered(altered)
            self.sharing.doubts.look_again(line.record.gid, [file.eid for file in altered])
            where = line.record.folder / altered[0].target
            raise Altered(f"{where}: it is not what was downloaded any more; type: resume {id_}")

    async def wait(self, ids: Sequence[int], seconds_max: float | None = None) -> list[DownloadView]:
        """Until these, or all, are complete. Raises the error of the first that failed, NotFound for one
        that was cancelled, Timeout."""
        lines = [self.line(id_) for id_ in ids] or list(self._lines.values())
        try:
            async with asyncio.timeout(seconds_max):
                for line in lines:
                    await line.has_ended.wait()
        except TimeoutError:
            raise Timeout("they are not complete yet") from None
        for line in lines:
            if line.state == "X":
                raise NotFound(f"download {line.id} was cancelled")
            if line.state == "F" and line.error:
                raise line.error
        return [line.view() for line in lines]

    # --- what the engine tells -------------------------------------------------------------------

    def resume_all(self) -> None:
        """After login: those that were running go on."""
        for line in self._lines.values():
            if line.state == "D":
                self._queue(line)
        self._go_on()

    def linked(self, link: Link) -> None:
        """Somebody can be asked now."""
        self.ahead.linked(link.device)
        for line in self._at_work:
            line.work.wake()

    def groups_changed(self, gids: Iterable[bytes]) -> None:
        """Rows of these groups changed: somebody came to share, or this user may have left."""
        changed = set(gids)
        for line in self._lines.values():
            if line.record.gid in changed:
                line.work.rows_changed()

    def wanted_by(self, device: DeviceId, gid: GroupId, eid: EntryId) -> None:
        """A member opened it here."""
        if (gid, eid) in self.offering.fetches:
            for line in self._at_work:
                if line.record.gid == gid:
                    line.work.sources.wanted_by(device, eid)

    async def close(self) -> None:
        """All stand still as they are, for the next login. Returns when nothing is open."""
        self._is_open = False
        await asyncio.gather(*(line.stop() for line in self._lines.values()))
        await asyncio.to_thread(self.journal.close)

    def offer(self, gid: GroupId, eid: EntryId) -> Offer | None:
        """What others in the group may have of an entry: whole, or what has come of it."""
        fetch = self.offering.fetches.get((gid, eid))
        return self.sharing.offered.offer(gid, eid) or (fetch.offer() if fetch else None)

    # --- what its lines have in common (desk.Desk) -------------------------------------------

    @property
    def places(self) -> int:
        at_work = len(self._turns.at_work)
        return min(ACTIVE_FILES_MAX, max(ACTIVE_FILES_MIN, ACTIVE_FILES_ALL_MAX // max(1, at_work)))

    def rested(self, id_: int) -> None:
        del self._turns.at_work[id_]
        self._go_on()

    def rejected(self, device: DeviceId) -> str:
        self._peers.bad_piece(device)
        uid = user_of_device(self.around.mirror.rows, device)
        return shown_user(self.around.mirror.rows, uid) if uid else device.hex()

    def wasted(self, length: int) -> None:
        self.wasted_bytes += length

    def lost(self, length: int) -> None:
        self.refetched_bytes += length

    # --- inside ----------------------------------------------------------------------------------

    def _running(self, id_: int) -> Download:
        line = self.line(id_)
        if line.state not in ("D", "P"):
            raise BadArgument(f"download {id_} has ended")
        return line

    @property
    def _at_work(self) -> list[Download]:
        return [self._lines[id_] for id_ in self._turns.at_work]

    def _queue(self, line: Download) -> None:
        line.queue()
        self._turns.wait(line.id, line.files.priority)

    def _begin(self, line: Download) -> None:
        """Now, or when it is its turn."""
        self._queue(line)
        self._go_on()
        if line.id not in self._turns.at_work:
            line.tell()

    def _go_on(self) -> None:
        """With those whose turn it is."""
        now = self.around.clock.monotonic_s()
        while self._is_open and (id_ := self._turns.next(now)) is not None:
            self._lines[id_].begin()
            if not self._is_ticking:
                self._is_ticking = True
                self.around.spawn(self._tick())

    async def _give_way(self) -> None:
        """To those that wait."""
        async with self._changing:
            now, lines = self.around.clock.monotonic_s(), self._at_work
            still = [line.id for line in lines if line.stands_still]
            due = self._turns.to_give_way(now, still, {line.id: line.files.priority for line in lines})
            lines = [self._lines[id_] for id_ in due]
            await asyncio.gather(*(line.stop() for line in lines))
            for line in lines:
                if line.state == "D" and line.stands_still:
                    self._turns.wait_again(line.id)
                elif line.state == "D":
                    self._queue(line)
                    line.tell()
            self._go_on()

    async def _tick(self) -> None:
        checked_at = 0.0
        while running := self._at_work:
            now = self.around.clock.monotonic_s()
            if now - checked_at >= CHANNEL_CHECKED_S:
                checked_at = now
                for peer in self.links.all():
                    peer.check(now)
                if not self._changing.locked():
                    self.around.spawn(self._give_way())
            for peer in self.links.all():
                peer.fill()  # the end of what is in flight may have come near since
            for line in running:
                line.tick(now)
            self.offering.tell()
            await asyncio.sleep(PROGRESS_S)
        self._is_ticking = False


async def _who_has(line: Download) -> t.PeersFound | None:
    """None if no tracker answers at once: the line goes on asking."""
    try:
        async with asyncio.timeout(TRACKER_ASKED_AT_START_S):
            return await line.ask_who_has_it()
    except TimeoutError:
        return None
