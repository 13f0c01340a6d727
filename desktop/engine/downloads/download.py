"""One line of the user's downloads, a file or a folder: its state, and what the user does and is told."""

import asyncio
import logging
from functools import partial
from sqlite3 import Connection

from desktop.engine import library_changes as lib
from desktop.engine.downloads.desk import Desk
from desktop.engine.downloads.line_files import LineFiles
from desktop.engine.downloads.shelf import Shelf
from desktop.engine.downloads.tally import Tally
from desktop.engine.downloads.working import Working
from desktop.engine.events import DiskFilled, DownloadChanged, DownloadProgress
from desktop.engine.library import DownloadRecord, FileRecord
from desktop.engine.views import PRIORITIES, DownloadView, ErrorView
from desktop.wording import sentence
from shared.errors import Altered, Coded, DiskError, DiskFull, Queued, from_code
from shared.limits import PEERS_ENTRIES_MAX
from shared.manifest import decode_header
from shared.wire import tracker_messages as t

log = logging.getLogger(__name__)


class Download:
    """On the loop. It stands still (state D, with an error) while nobody has it or the disk refuses."""

    def __init__(self, record: DownloadRecord, files: list[FileRecord], desk: Desk) -> None:
        self.record = record
        self.id = record.id
        self.state = record.state
        self.error: Coded | None = from_code(record.error) if record.error else None
        self.has_ended = asyncio.Event()
        """It is complete, failed or cancelled."""
        self.is_at_rest = asyncio.Event()
        """Its task has ended, or has not begun."""
        self._desk = desk
        self._around = desk.around
        self.files = LineFiles(record, files, desk.around.library.had(record.id))
        self.tally = Tally(desk)
        self.work = Working(record, self.files, desk, self.tally, self._opened_some)
        self._told: DownloadProgress | None = None
        self._group = ""
        self._viewed: tuple[object, DownloadView] | None = None
        """The last view, and what it depends on while it is at rest."""
        if self.state in ("C", "F"):
            self.has_ended.set()
        self.is_at_rest.set()

    # --- what the user sees ----------------------------------------------------------------------

    @property
    def path(self) -> str:
        is_folder = self.record.target.endswith("/")
        return str(self.record.folder / (self.record.target if is_folder else self.files.records[0].target))

    @property
    def group(self) -> str:
        """What it is called, or was before it was left: then no name is known any more."""
        self._group = self._around.shown_group(self.record.gid) or self._group
        return self._group

    def view(self) -> DownloadView:
        """Made anew only where it may be another: of thousands few run."""
        group = self.group
        now = group, self.state, self.error, self.files.in_order, self.files.priority
        if self._viewed is None or self._viewed[0] != now or not self.is_at_rest.is_set():
            self._viewed = now, self._view(group)
        return self._viewed[1]

    def _view(self, group: str) -> DownloadView:
        progress = self._progress()
        error = ErrorView(code=self.error.code, message=sentence(self.error)) if self.error else None
        return DownloadView(
            id=self.id, group=group, name=self.record.name, state=self.state, path=self.path,
            size=progress.size, done=progress.done, files=progress.files, files_done=progress.files_done,
            rate=progress.rate, sources=progress.sources, error=error,
            order="first" if self.files.in_order else "rarest", priority=PRIORITIES[self.files.priority],
        )  # fmt: skip

    def hashes(self) -> tuple[bytes, bytes]:
        """Root and SHA-1 of a single file, as far as they are known here."""
        if len(self.files.records) != 1:
            return b"", b""
        root = self.files.records[0].root
        manifest = self._around.library.manifest(root)
        return root, decode_header(manifest.header).sha1 if manifest else b""

    def _progress(self) -> DownloadProgress:
        files = self.files
        channels = [channel for fetch in files.active.values() for channel in fetch.channels]
        rate = 0.0 if self.is_at_rest.is_set() else self.tally.rate.bytes_per_s()
        return DownloadProgress(
            id=self.id, done=files.done_bytes, size=files.size, files=len(files.records),
            files_done=files.done_count, rate=rate,
            sources=len({channel.peer.person for channel in channels if channel.is_open}),
        )  # fmt: skip

    @property
    def stands_still(self) -> bool:
        return self.error is not None

    # --- what the user does ----------------------------------------------------------------------

    def queue(self) -> None:
        """It is to be begun when it is its turn."""
        self.has_ended.clear()
        self.state, self.error = "D", Queued()

    def begin(self) -> None:
        """If it stood still at its last turn, why so is said until it does not any more."""
        self.work.begin()
        self.is_at_rest.clear()
        if isinstance(self.error, Queued):
            self.error = None
            self.tally.diary.note("begun")
            self.tell()
        self._around.spawn(self._run())

    async def stop(self) -> None:
        """Returns when all it wrote is journaled and closed. Its state is kept."""
        self.work.stop()
        await self.is_at_rest.wait()

    async def pause(self) -> None:
        await self.stop()
        if self.state == "D":
            await self._end("P", None)

    async def cancel(self) -> None:
        """Deletes the part files and the line; what is complete stays."""
        await self.stop()
        await asyncio.to_thread(self._discard)
        await self._around.library.write(partial(lib.forget_download, download=self.id))
        self.state, self.error = "X", None
        self.tell()
        self.has_ended.set()

    async def altered(self, files: list[FileRecord]) -> None:
        """These were complete, and are not any more: it failed, until it is begun again."""

        def job(db: Connection) -> None:
            lib.set_undone(db, self.id, [file.n for file in files])
            lib.set_state(db, self.id, "F", Altered.code)

        await self._around.library.write(job)
        self.files.undone(files)
        self._set("F", Altered())

    async def set_in_order(self, in_order: bool) -> None:
        """From now on, and after a restart."""
        await self._around.library.write(lambda db: lib.set_in_order(db, self.id, in_order))
        self.files.set_in_order(in_order)

    async def set_priority(self, priority: int) -> None:
        """Likewise."""
        await self._around.library.write(lambda db: lib.set_priority(db, self.id, priority))
        self.files.set_priority(priority)

    # --- how it goes -----------------------------------------------------------------------------

    async def ask_who_has_it(self) -> t.PeersFound | None:
        """Of its files, as far as they go into one question. None if no tracker says."""
        return await self.work.sources.ask([file.eid for file in self.files.records[:PEERS_ENTRIES_MAX]])

    def tick(self, now: float) -> None:
        """Ten times a second while it runs."""
        why = self.work.tick(now)
        progress = self._progress()
        if progress.sources:
            self.work.sources.why = None
            self._set("D", None)
        elif why:
            self._set("D", why)
        if progress != self._told:
            self._told = progress
            self._around.emit(progress)

    async def _run(self) -> None:
        try:
            while self.work.is_to_go_on:
                try:
                    await self.work.run()
                except (DiskFull, DiskError) as error:
                    self._stand_still(error)
                    await self.work.pause(self._desk.disk_retry_s)
            if self.files.spoilt:
                await asyncio.to_thread(self._discard)
                await self._end("F", next(iter(self.files.spoilt.values())))
            elif self.files.are_through:
                await self._end("C", None)
        except Coded as error:
            await self._end("F", error)
        finally:
            self.is_at_rest.set()
            self._desk.rested(self.id)

    def _opened_some(self) -> None:
        if isinstance(self.error, DiskFull | DiskError):
            self._set("D", None)

    def _stand_still(self, error: Coded) -> None:
        if self.error is None or self.error.code != error.code:
            log.warning("download %s stands still: %s", self.id, error)
            if isinstance(error, DiskFull):
                self._around.emit(DiskFilled(path=str(self.record.folder)))
        self._set("D", error)

    def _discard(self) -> None:
        """In a thread."""
        try:
            shelf = Shelf(self.record.folder)
        except (DiskFull, DiskError):
            return  # the folder has gone, and all with it
        shelf.discard([file for file in self.files.records if not file.done])
        shelf.close()

    async def _end(self, state: str, error: Coded | None) -> None:
        code = error.code if error else ""
        try:
            await self._around.library.write(lambda db: lib.set_state(db, self.id, state, code))
        except (DiskFull, DiskError) as unwritten:  # the next start finds it out again
            log.warning("state %s of download %s not written: %s", state, self.id, unwritten)
        self._set(state, error)
        if state != "P":
            self.has_ended.set()

    def _set(self, state: str, error: Coded | None) -> None:
        before = (self.state, self.error.code if self.error else "")
        code = error.code if error else ""
        self.state, self.error = state, error
        if before == (state, code):
            return
        if state == "D":
            self.tally.diary.note("waits" if error else "goes_on", detail=code)
        else:
            self.tally.diary.rests({"P": "paused", "C": "complete", "F": "failed"}[state], code)
        self.tell()

    def tell(self) -> None:
        """What it is now."""
        self._around.emit(
            DownloadChanged(
                id=self.id, group=self.group, name=self.record.name,
                state=self.state, path=self.path, error=self.error.code if self.error else None,
            )
        )  # fmt: skip
