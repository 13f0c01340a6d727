"""Takes files that wait into work, some at a time: opens their part files, or finds that they are there."""

import asyncio

from desktop.engine import library_changes as lib
from desktop.engine.downloads.bundle import Bundle
from desktop.engine.downloads.bundle_part import BundlePart
from desktop.engine.downloads.desk import Desk
from desktop.engine.downloads.fetch import Fetch, Host
from desktop.engine.downloads.file_fetch import FileFetch
from desktop.engine.downloads.keeping import Keeping
from desktop.engine.downloads.line_files import LineFiles
from desktop.engine.downloads.next_files import next_files, places_of
from desktop.engine.downloads.shelf import Kept, Lost, Opened, Published, Shelf
from desktop.engine.downloads.sources import Sources
from desktop.engine.downloads.tally import Tally
from desktop.engine.library import DownloadRecord, FileRecord, StoredManifest
from shared.errors import Damaged, DiskFull


class Opening:
    def __init__(
        self, line: DownloadRecord, files: LineFiles, desk: Desk, host: Host,
        sources: Sources, keeping: Keeping, tally: Tally,
    ) -> None:  # fmt: skip
        self._line, self._files, self._desk, self._host = line, files, desk, host
        self._sources, self._keeping, self._tally = sources, keeping, tally
        self._around = desk.around
        self.is_stopping = False
        self._not_before = 0.0
        """What the disk refused is tried again; 0 if there is no such."""

    async def open_some(self, shelf: Shelf) -> bool:
        """Whether any was opened. Raises DiskFull or DiskError, but only once nothing is in work: until then
        what is on its way comes and is kept, and what has no room waits."""
        files, now = self._files, self._around.clock.monotonic_s()
        if files.active and now < self._not_before:
            return False
        coming = [fetch for fetch in files.active.values() if not fetch.is_stopped]
        used = sum(places_of(fetch.files) for fetch in coming + self._keeping.complete)
        records, groups = next_files(
            files.waiting, max(0, self._desk.places - used), self._sources.by_givers, files.alone
        )
        if not records and not groups:
            return False
        bundles, others = await asyncio.to_thread(self._open_bundles, shelf, groups)
        self._sources.connect([self._begin_bundle(part) for part in bundles])
        records += others
        roots = [record.root for record in records]
        manifests = await asyncio.to_thread(self._around.library.manifests, roots)
        opened, unopened, error = await asyncio.to_thread(
            shelf.open, records, files.had, self._around.hasher, lambda: self.is_stopping
        )
        files.waiting.extend(unopened)
        begun = [
            self._begin_fetch(one, manifests.get(one.record.root))
            for one in opened
            if isinstance(one, Opened)
        ]
        self._sources.connect(fetch for fetch in begun if self.is_askable(fetch))
        await self._begin_anew([one.record for one in opened if isinstance(one, Lost)])
        kept = [one for one in opened if isinstance(one, Kept)]
        await self._keeping.keep(
            [Published(one.record, one.record.target, one.hashed.stamp, one.hashed) for one in kept]
        )
        if bundles or opened:
            return True
        if error and not files.active:
            raise error
        self._not_before = now + self._desk.disk_retry_s
        return False

    def may_retry(self, now: float) -> bool:
        """Whether it is time to open what the disk refused."""
        if not 0 < self._not_before <= now:
            return False
        self._not_before = 0.0
        return True

    def is_askable(self, fetch: Fetch) -> bool:
        return not fetch.is_stopped and not self._keeping.copies.is_running(fetch)

    def _open_bundles(
        self, shelf: Shelf, groups: list[list[FileRecord]]
    ) -> tuple[list[BundlePart], list[FileRecord]]:
        """In a thread. Of those of which nothing is here; and the others, also where not all have room."""
        shelf.measure_room()
        parts: list[BundlePart] = []
        others: list[FileRecord] = []
        for files in groups:
            known = self._around.library.manifests([file.root for file in files])
            try:
                part, begun = shelf.open_bundle([file for file in files if file.root not in known])
            except DiskFull:
                others += files
                continue
            others += begun + [file for file in files if file.root in known]
            if len(part.files) > 1:
                parts.append(part)
            else:
                others += part.files
        return parts, others

    def _begin_bundle(self, part: BundlePart) -> Bundle:
        bundle = Bundle(self._line.gid, part, self._host, self._around.lot)
        self._files.begun(bundle, self._around.clock.monotonic_s())
        return bundle

    def _begin_fetch(self, opened: Opened, manifest: StoredManifest | None) -> FileFetch:
        record, part = opened
        had, loop = self._files.take_had(record), asyncio.get_running_loop()
        around = self._around
        fetch = FileFetch(self._line.gid, record, part, had, self._host, around.library, around.lot)
        fetch.manifest = manifest
        fetch.givers = self._tally.givers_of(fetch)
        self._files.begun(fetch, self._around.clock.monotonic_s())
        self._desk.offering.opened(fetch)
        if fetch.picker.piece_count > 1:
            self._desk.journal.track(
                part, self._line.id, record.n, had,
                lambda error: loop.call_soon_threadsafe(self._host.failed, fetch, error),
            )  # fmt: skip
        if not fetch.is_possible:
            self._host.failed(fetch, Damaged(f"{record.name}: it was shared with a size that is not its own"))
        elif fetch.picker.is_complete:
            self._host.fetched(fetch)
        else:
            self._keeping.copies.begin(fetch)
        return fetch

    async def _begin_anew(self, records: list[FileRecord]) -> None:
        """What was verified of them is lost."""
        if records:
            await self._around.library.write(
                lambda db: lib.forget_had(db, self._line.id, [record.n for record in records])
            )
            self._tally.lost(self._files.begin_anew(records))
