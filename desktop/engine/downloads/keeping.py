"""Ends work on files: what is complete gets its name, is written down and shared; the rest is laid aside."""

import asyncio
from collections.abc import Sequence
from dataclasses import replace
from sqlite3 import Connection

from desktop.engine import library_changes as lib
from desktop.engine.downloads.bundle import Bundle
from desktop.engine.downloads.desk import Desk
from desktop.engine.downloads.fetch import Fetch
from desktop.engine.downloads.file_fetch import FileFetch
from desktop.engine.downloads.line_files import LineFiles
from desktop.engine.downloads.own_copies import OwnCopies
from desktop.engine.downloads.shelf import Published, Shelf
from desktop.engine.downloads.tally import Tally
from desktop.engine.library import DownloadRecord, FileRecord, ShareRecord
from shared.errors import Coded


class Keeping:
    def __init__(
        self, line: DownloadRecord, files: LineFiles, desk: Desk, copies: OwnCopies, tally: Tally
    ) -> None:
        self.copies = copies
        self.complete: list[Fetch] = []
        """To be published."""
        self._published: list[tuple[list[Fetch], list[Published]]] = []
        """To be written down; and what was to be published."""
        self._line, self._files, self._desk, self._tally = line, files, desk, tally
        self._library = desk.around.library

    async def publish_some(self, shelf: Shelf) -> bool:
        """Whether there was anything to publish. Raises DiskFull, DiskError."""
        complete, self.complete = self.complete, []
        if not complete:
            return False
        published, error = await asyncio.to_thread(self._publish, shelf, complete)
        self._published.append((complete, published))
        if error:
            raise error
        return True

    async def keep_some(self) -> bool:
        """Whether there was anything published that was not written down yet."""
        batches, self._published = self._published, []
        if not batches:
            return False
        await self.keep([one for _, published in batches for one in published])
        for fetch in (fetch for complete, _ in batches for fetch in complete):
            if self._files.records[fetch.file.n].done or (isinstance(fetch, Bundle) and not fetch.parts.kept):
                self._close(fetch)  # only now, so that it is offered all the time
        return True

    async def keep(self, published: Sequence[Published]) -> None:
        """Complete is shared: in one commit the file is done, and shared from where it lies."""
        if not published:
            return
        to_share = [one for one in published if not self.copies.is_copy(self._line.gid, one.record)]

        def job(db: Connection) -> tuple[list[ShareRecord], list[FileRecord]]:
            lib.set_done(db, self._line.id, {one.record.n: one.target for one in published})
            for one in published:
                if one.hashed:
                    lib.keep_hashed(db, one.hashed)
                elif isinstance(fetch := self._files.active.get(one.record.n), FileFetch):
                    fetch.keep_hashes(db)
            lib.keep_small(db, [one.manifest for one in published if one.manifest])
            shares = [self._share_of(one) for one in to_share]
            lib.keep_shares(db, shares)
            return shares, [replace(one.record, target=one.target, done=True) for one in published]

        shares, done = await self._library.write(job)
        self._desk.sharing.declaring.fetched(shares)
        self._files.done(done)

    async def lay_aside(self, fetches: Sequence[Fetch]) -> None:
        """What they have is kept, and they wait for their turn again."""
        if not fetches:
            return
        for fetch in fetches:
            fetch.stop()
            self._desk.offering.closed(fetch)
        await self.copies.wait(fetches)
        await asyncio.to_thread(self._close_parts, fetches)
        journaled = self._library.had(self._line.id)
        for fetch in fetches:
            # What the disk refused is lost, and single pieces, which are not journaled.
            lost = self._files.laid_aside(fetch, journaled)
            fetch.laid_aside(self._files.had_of(fetch.file))
            self._tally.closed(fetch)
            self._tally.lost(lost)

    def _publish(self, shelf: Shelf, complete: list[Fetch]) -> tuple[list[Published], Coded | None]:
        """In a thread."""
        bundles = [fetch.parts for fetch in complete if isinstance(fetch, Bundle)]
        singles = [fetch for fetch in complete if not fetch.is_bundle]
        for fetch in singles:
            self._desk.journal.forget(fetch.part)
        return shelf.publish([(fetch.file, fetch.part) for fetch in singles], bundles)

    def _close(self, fetch: Fetch) -> None:
        """It is published."""
        del self._files.active[fetch.file.n]
        self._tally.closed(fetch)
        self._desk.offering.closed(fetch)
        offered = self._desk.sharing.offered
        if fetch.picker.piece_count > 1 and (shared := offered.offer(fetch.gid, fetch.eid)):
            fetch.part.file.hand_over(shared.file)  # others are just being sent some of it
        fetch.part.close()
        bad = fetch.parts.bad if isinstance(fetch, Bundle) else ()
        self._files.waiting.extend(bad)
        self._files.alone.update(file.n for file in bad)
        if bad:
            self._tally.wasted(sum(file.size for file in bad))

    def _close_parts(self, fetches: Sequence[Fetch]) -> None:
        """In a thread."""
        for fetch in fetches:
            self._desk.journal.settle(fetch.part)
            fetch.part.close()

    def _share_of(self, one: Published) -> ShareRecord:
        file, path = one.record, self._line.folder / one.target
        return ShareRecord(self._line.gid, file.eid, file.name, file.root, path, one.stamp)
