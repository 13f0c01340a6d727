"""The work on one download while its folder is open: files come into work, are fetched, get published."""

import asyncio
from collections.abc import Callable

from desktop.engine.downloads.asked_peer import STALLED
from desktop.engine.downloads.desk import Desk
from desktop.engine.downloads.fetch import Fetch
from desktop.engine.downloads.keeping import Keeping
from desktop.engine.downloads.line_files import LineFiles
from desktop.engine.downloads.opening import Opening
from desktop.engine.downloads.own_copies import OwnCopies
from desktop.engine.downloads.shelf import Shelf
from desktop.engine.downloads.sources import Sources
from desktop.engine.downloads.tally import Tally
from desktop.engine.events import PieceRejected
from desktop.engine.library import DownloadRecord
from shared.errors import Busy, Coded, Damaged, NotAMember
from shared.facts.ids import DeviceId
from shared.limits import ACTIVE_FILES_MAX


class Working:
    """The Host of all that are in work (fetch.Host). Some files are opened, some published and some written
    down at a time, beside each other, so that thousands of small ones are one pipeline."""

    def __init__(
        self, line: DownloadRecord, files: LineFiles, desk: Desk, tally: Tally, opened: Callable[[], object]
    ) -> None:
        """`opened` is called when files came into work."""
        self.sources = Sources(line.gid, desk.links, self.wake)
        self._line, self._files, self._desk, self._tally, self._opened = line, files, desk, tally, opened
        self._around = desk.around
        self._keeping = Keeping(line, files, desk, OwnCopies(desk, self, self.wake), tally)
        self._opening = Opening(line, files, desk, self, self.sources, self._keeping, tally)
        self._dissolving: list[Fetch] = []
        """Bundles that somebody does not give, or not any more."""
        self._woken = asyncio.Event()
        self._is_to_connect = False
        """Somebody may have come who can be asked."""
        self._trouble: Coded | None = None
        """What the disk refused."""

    @property
    def is_to_go_on(self) -> bool:
        return not self._opening.is_stopping and not self._files.are_through

    def begin(self) -> None:
        self._opening.is_stopping = False
        self._trouble = None
        self._files.spoilt.clear()
        self.sources.begin()

    def stop(self) -> None:
        """Whatever is under way."""
        self._opening.is_stopping = True
        self._woken.set()

    def wake(self) -> None:
        """Somebody came who may be asked, or something may be asked of others."""
        self._is_to_connect = True
        self._woken.set()

    def rows_changed(self) -> None:
        """Of its group."""
        self.sources.rows_changed()
        self.wake()

    async def run(self) -> None:
        """Until all files are done or it has to stop. Whatever ends it, nothing is open then. Raises
        DiskFull, DiskError, NotAMember."""
        self._files.begin()
        if len(self._files.waiting) > ACTIVE_FILES_MAX and not self.sources.is_told:
            # After a restart: to look for each of thousands at once would hold the loop for 100 ms.
            self.sources.shared_by(await self._around.mirror.listing(self._line.gid, self._line.name))
        shelf = await asyncio.to_thread(Shelf, self._line.folder)
        try:
            while self.is_to_go_on:
                self._woken.clear()
                if self._around.mirror.my_epoch(self._line.gid) is None:
                    raise NotAMember
                if self._trouble:
                    await self._keeping.publish_some(shelf)  # what came before is not to come again
                    raise self._trouble
                if self._is_to_connect:
                    self._is_to_connect = False
                    self.sources.connect(self._askable())
                    self._dissolving += filter(self.sources.is_in_vain, self._askable())
                await self._keeping.lay_aside(self._to_dissolve())
                await self._keeping.lay_aside(self._in_the_way(self._around.clock.monotonic_s()))
                # Beside each other: the disk is as slow to make files as to publish them.
                work = [self._open_some(shelf), self._keeping.publish_some(shelf), self._keeping.keep_some()]
                done = await asyncio.gather(*work, return_exceptions=True)
                for one in done:
                    if isinstance(one, BaseException):
                        raise one
                if not any(done):
                    await self._woken.wait()
        finally:
            self._trouble = None
            self._keeping.complete.clear()
            try:
                await self._keeping.keep_some()
            finally:
                await self._keeping.lay_aside(list(self._files.active.values()))
                await asyncio.to_thread(shelf.close)

    async def pause(self, seconds: float) -> None:
        """While it does not run, or until something is different."""
        self._woken.clear()
        if not self._opening.is_stopping:
            try:
                async with asyncio.timeout(seconds):
                    await self._woken.wait()
            except TimeoutError:
                pass

    def tick(self, now: float) -> Coded | None:
        """Ten times a second. Why nobody brings anything, if so."""
        askable = self._askable()
        for fetch in askable:
            fetch.look_after_blocks(now)
            fetch.look_after_end()
        is_short = any(fetch.late_count or not fetch.hopeful_count(now) for fetch in askable)
        if self.sources.may_retry(now) or is_short:
            self.sources.connect(askable)
        self.sources.seek(askable)
        if self._opening.may_retry(now) or self._in_the_way(now):
            self._woken.set()
        for fetch in self._files.active.values():
            self._tally.note_givers(fetch)
        return self.sources.why if askable and not any(fetch.channels for fetch in askable) else None

    # --- what its fetches tell (fetch.Host) ------------------------------------------------------

    def got(self, fetch: Fetch, piece: int, length: int) -> None:
        self._tally.rate.add(length)
        self._desk.offering.got(fetch, piece)

    def fetched(self, fetch: Fetch) -> None:
        fetch.stop()
        self._keeping.complete.append(fetch)
        self._woken.set()

    def failed(self, fetch: Fetch, error: Coded) -> None:
        if self._files.active.get(fetch.file.n) is fetch:
            fetch.stop()  # else what the disk refuses would be asked for again and again meanwhile
            if isinstance(error, Damaged):
                self._files.spoilt[fetch.file.n] = error
            elif self._trouble is None:
                self._trouble = error
            self._woken.set()

    def rejected(self, device: DeviceId, piece: int, reason: str) -> None:
        peer = self._desk.rejected(device)
        self._tally.diary.note("bad_piece", device)
        self._around.emit(PieceRejected(id=self._line.id, piece=piece, peer=peer, reason=reason))

    def channel_lost(self, fetch: Fetch, device: DeviceId, code: str) -> None:
        self._tally.diary.lost(device, code)
        if not fetch.is_bundle or code == Busy.code:  # it has room for the bundle in a moment
            self.sources.lost(fetch, device, code)
            return
        self._dissolving.append(fetch)
        self._woken.set()
        if code not in ("", STALLED):
            self._files.alone.update(file.n for file in fetch.files)

    def wasted(self, length: int) -> None:
        self._tally.wasted(length)

    # --- inside ----------------------------------------------------------------------------------

    async def _open_some(self, shelf: Shelf) -> bool:
        was_opened = await self._opening.open_some(shelf)
        if was_opened:
            self._opened()
        return was_opened

    def _to_dissolve(self) -> list[Fetch]:
        dissolving, self._dissolving = dict.fromkeys(self._dissolving), []
        active = self._files.active
        return [one for one in dissolving if active.get(one.file.n) is one and not one.is_stopped]

    def _askable(self) -> list[Fetch]:
        return [fetch for fetch in self._files.active.values() if self._opening.is_askable(fetch)]

    def _in_the_way(self, now: float) -> list[Fetch]:
        return self._files.in_the_way(now, self._keeping.copies.is_running)
