"""One line of the user's downloads: a file or a folder, from the first question to the last publish."""

import asyncio
import functools
import logging
from collections import Counter, deque
from contextlib import closing
from dataclasses import replace
from functools import cached_property
from sqlite3 import Connection
from typing import Protocol

from desktop.engine import library as lib
from desktop.engine.downloads.asked_peer import STALLED
from desktop.engine.downloads.bundle import Bundle
from desktop.engine.downloads.bundle_part import BundlePart
from desktop.engine.downloads.details import FileMap, Source, sources
from desktop.engine.downloads.diary import Diary
from desktop.engine.downloads.fetch import Fetch, bytes_of
from desktop.engine.downloads.givers import Givers
from desktop.engine.downloads.journal import Journal
from desktop.engine.downloads.next_files import next_files, places_of
from desktop.engine.downloads.shelf import Kept, Lost, Opened, Published, Shelf, copy_own
from desktop.engine.downloads.sources import Sources, Switchboard
from desktop.engine.events import DiskFilled, DownloadChanged, DownloadProgress, PieceRejected
from desktop.engine.files.piece_set import PieceSet
from desktop.engine.library import DownloadRecord, FileRecord, ShareRecord, StoredManifest
from desktop.engine.peers.rate import Rate
from desktop.engine.sharing import Sharing
from desktop.engine.views import PRIORITIES, DownloadView, ErrorView
from desktop.wording import sentence
from shared.errors import (
    Coded,
    Damaged,
    DiskError,
    DiskFull,
    NotAMember,
    from_code,
)
from shared.facts.derive import VisibleEntry
from shared.facts.ids import DeviceId, EntryId
from shared.limits import (
    MAPS_KEPT_MAX,
    OWN_PIECES_COPIED,
    PEERS_ENTRIES_MAX,
    SOURCELESS_S_MAX,
)
from shared.manifest import decode_header, pieces_in
from shared.wire import tracker_messages as t

log = logging.getLogger(__name__)


class Desk(Switchboard, Protocol):
    """What all downloads have in common."""

    sharing: Sharing
    journal: Journal
    disk_retry_s: float

    @property
    def places(self) -> int:
        """For the files that a line may have open."""

    def opened(self, fetch: Fetch) -> None: ...
    def got(self, fetch: Fetch, piece: int) -> None: ...
    def closed(self, fetch: Fetch) -> None:
        """Nothing of it is offered any more."""

    def rejected(self, device: DeviceId) -> str:
        """A peer sent a bad piece. The name of whose it is."""

    def wasted(self, length: int) -> None: ...
    def lost(self, length: int) -> None:
        """Verified bytes that are to be fetched again."""


class Download:
    """On the loop; run() is its task. Its files are opened some at a time, and share links, questions to the
    tracker, syncs and commits, so that thousands of small ones are one pipeline.

    It stands still by itself (state D, with an error) while nobody has it or the disk refuses.
    """

    def __init__(self, record: DownloadRecord, files: list[FileRecord], desk: Desk) -> None:
        self.record = record
        self.id = record.id
        self.state = record.state
        self.error: Coded | None = from_code(record.error) if record.error else None
        self.files = files
        self.has_ended = asyncio.Event()
        """It is complete, failed or cancelled."""
        self.is_at_rest = asyncio.Event()
        """run() has ended, or has not begun."""
        self._desk = desk
        self._around = desk.around
        self._todo: deque[FileRecord] = deque()
        self._had = self._journaled()
        """Of what is still to do."""
        self._active: dict[int, Fetch] = {}
        self._complete: list[Fetch] = []
        """To be published."""
        self._published: list[tuple[list[Fetch], list[Published]]] = []
        """To be written down; and what was to be published."""
        self._spoilt: dict[int, Coded] = {}
        """Files that cannot be, whoever is asked; the others are fetched all the same."""
        self._alone: set[int] = set()
        """Small files that did not come in a bundle."""
        self._dissolving: list[Fetch] = []
        """Bundles that somebody does not give, or not any more."""
        self._copying: dict[int, asyncio.Future[None]] = {}
        self._copied: set[int] = set()
        self._began_at: dict[int, float] = {}
        self._sources = Sources(record.gid, desk, self.wake)
        self._files_done = sum(file.done for file in files)
        self._bytes_done = sum(file.size for file in files if file.done)
        self._size = sum(file.size for file in files)
        self._rate = Rate(self._around.clock)
        self.wasted_bytes = self.refetched_bytes = 0
        """Of this line, as Downloads has them of all."""
        self._given: Counter[DeviceId] = Counter()
        """Bytes by who gave them, of files that are closed."""
        self._givers: dict[int, Givers] = {}
        """Of the last of these that have several pieces: who gave which."""
        self.diary = Diary(self._around.clock.wall_s)
        self._woken = asyncio.Event()
        self._is_to_connect = False
        """Somebody may have come who can be asked."""
        self._is_stopping = False
        self._trouble: Coded | None = None
        self._told: DownloadProgress | None = None
        if self.state in ("C", "F"):
            self.has_ended.set()
        self.is_at_rest.set()

    # --- what the user sees ----------------------------------------------------------------------

    @property
    def path(self) -> str:
        is_folder = self.record.target.endswith("/")
        return str(self.record.folder / (self.record.target if is_folder else self.files[0].target))

    @property
    def sources(self) -> int:
        active = self._active.values()
        return len({channel.peer.device for fetch in active for channel in fetch.channels if channel.is_open})

    def view(self) -> DownloadView:
        progress = self._progress()
        group = self._around.shown_group(self.record.gid)
        error = ErrorView(code=self.error.code, message=sentence(self.error)) if self.error else None
        return DownloadView(
            id=self.id, group=group, name=self.record.name, state=self.state, path=self.path,
            size=progress.size, done=progress.done, files=progress.files, files_done=progress.files_done,
            rate=progress.rate, sources=progress.sources, error=error,
            order="first" if self.record.in_order else "rarest",
            priority=PRIORITIES[self.record.priority],
        )  # fmt: skip

    def who_brings(self) -> list[Source]:
        return sources(self._given, self._active.values(), self._around.clock.monotonic_s())

    def maps(self) -> list[FileMap]:
        """Of the files in work, then of some that were; of a single file always."""
        in_work = [
            FileMap(
                fetch.file, fetch.givers, fetch.picker.had,
                [(piece, channel.peer.device) for channel in fetch.channels for piece in channel.asked],
            )
            for fetch in self._active.values()
            if not fetch.is_bundle
        ]  # fmt: skip
        others = {0: self._givers.get(0)} if len(self.files) == 1 else self._givers
        return in_work + [
            FileMap(file, givers or Givers(pieces_in(file.size)), self._had_of(file), [])
            for n, givers in others.items()
            if n not in self._active
            for file in [self.files[n]]
        ]

    @property
    def fetches(self) -> list[Fetch]:
        """The files that are in work."""
        return list(self._active.values())

    def is_spoilt(self, file: FileRecord) -> bool:
        """Whoever is asked, it cannot be."""
        return file.n in self._spoilt

    def had_bytes(self, file: FileRecord) -> int:
        """Of one that waits for its turn."""
        had = self._had.get(file.n)
        return bytes_of(had, file.size) if had else 0

    def hashes(self) -> tuple[bytes, bytes]:
        """Root and SHA-1 of a single file, as far as they are known here."""
        if len(self.files) != 1:
            return b"", b""
        manifest = self._around.library.manifest(self.files[0].root)
        return self.files[0].root, decode_header(manifest.header).sha1 if manifest else b""

    @cached_property
    def eids(self) -> frozenset[EntryId]:
        return frozenset(file.eid for file in self.files)

    def _had_of(self, file: FileRecord) -> PieceSet:
        """Of one that is not in work."""
        count = pieces_in(file.size)
        return PieceSet.whole(count) if file.done else self._had.get(file.n) or PieceSet(count)

    def _progress(self) -> DownloadProgress:
        waiting = sum(bytes_of(had, self.files[n].size) for n, had in self._had.items())
        active = sum(fetch.done_bytes for fetch in self._active.values())
        return DownloadProgress(
            id=self.id, done=self._bytes_done + active + waiting, size=self._size, files=len(self.files),
            files_done=self._files_done, sources=self.sources,
            rate=self._rate.bytes_per_s(),
        )  # fmt: skip

    # --- what the user does ----------------------------------------------------------------------

    def begin(self) -> None:
        self._is_stopping = False
        self._trouble = None
        self._spoilt.clear()
        self._sources.begin()
        self.has_ended.clear()
        self.is_at_rest.clear()
        self.state, self.error = "D", None
        self.diary.note("begun")
        self._emit()
        self._around.spawn(self._run())

    async def stop(self) -> None:
        """Returns when all it wrote is journaled and closed. Its state is kept."""
        self._is_stopping = True
        self._woken.set()
        await self.is_at_rest.wait()

    async def pause(self) -> None:
        await self.stop()
        if self.state == "D":
            await self._end("P", None)

    async def cancel(self) -> None:
        """Deletes the part files and the line; what is complete stays."""
        await self.stop()
        await asyncio.to_thread(self._discard)
        await self._around.library.write(functools.partial(lib.forget_download, download=self.id))
        self.state, self.error = "X", None
        self._emit()
        self.has_ended.set()

    async def set_in_order(self, in_order: bool) -> None:
        """From now on, and after a restart."""
        await self._around.library.write(lambda db: lib.set_in_order(db, self.id, in_order))
        self.record = replace(self.record, in_order=in_order)
        for fetch in self._active.values():
            fetch.choosing.is_in_order = in_order

    async def set_priority(self, priority: int) -> None:
        """Likewise."""
        await self._around.library.write(lambda db: lib.set_priority(db, self.id, priority))
        self.record = replace(self.record, priority=priority)
        for fetch in self._active.values():
            fetch.priority = priority

    # --- what others tell ------------------------------------------------------------------------

    def wake(self) -> None:
        """A link came."""
        self._is_to_connect = True
        self._woken.set()

    def rows_changed(self) -> None:
        """Of its group."""
        self._sources.rows_changed()
        self.wake()

    def wanted_by(self, device: DeviceId, eid: EntryId) -> None:
        """A member wants a file that is fetched here too."""
        self._sources.wanted_by(device, eid)

    def shared_by(self, entries: list[VisibleEntry]) -> None:
        self._sources.shared_by(entries)

    async def ask_who_has_it(self) -> t.PeersFound | None:
        """Of its files, as far as they go into one question. None if no tracker says."""
        return await self._sources.ask([file.eid for file in self.files[:PEERS_ENTRIES_MAX]])

    def tick(self, now: float) -> None:
        """Ten times a second while it runs."""
        askable = self._askable()
        for fetch in askable:
            fetch.look_after_blocks(now)
            fetch.look_after_end()
        is_short = any(fetch.late_count or not fetch.hopeful_count(now) for fetch in askable)
        if self._sources.may_retry(now) or is_short:
            self._sources.connect(askable)
        self._sources.seek(askable)
        if self._in_the_way(now):
            self._woken.set()
        for fetch in self._active.values():
            self._note_givers(fetch)
        progress = self._progress()
        if progress.sources:
            self._sources.why = None
            self._set("D", None)
        elif askable and self._sources.why and not any(fetch.channels for fetch in askable):
            self._set("D", self._sources.why)
        if progress != self._told:
            self._told = progress
            self._around.emit(progress)

    # --- what its fetches tell (fetch.Host) ------------------------------------------------------

    def got(self, fetch: Fetch, piece: int, length: int) -> None:
        self._rate.add(length)
        self._desk.got(fetch, piece)

    def fetched(self, fetch: Fetch) -> None:
        fetch.stop()
        self._complete.append(fetch)
        self._woken.set()

    def failed(self, fetch: Fetch, error: Coded) -> None:
        if self._active.get(fetch.file.n) is fetch:
            fetch.stop()  # else what the disk refuses would be asked for again and again meanwhile
            if isinstance(error, Damaged):
                self._spoilt[fetch.file.n] = error
            elif self._trouble is None:
                self._trouble = error
            self._woken.set()

    def rejected(self, device: DeviceId, piece: int, reason: str) -> None:
        peer = self._desk.rejected(device)
        self.diary.note("bad_piece", device)
        self._around.emit(PieceRejected(id=self.id, piece=piece, peer=peer, reason=reason))

    def channel_lost(self, fetch: Fetch, device: DeviceId, code: str) -> None:
        self.diary.lost(device, code)
        if not fetch.is_bundle:
            self._sources.lost(fetch, device, code)
            return
        self._dissolving.append(fetch)
        self._woken.set()
        if code not in ("", STALLED):
            self._alone.update(file.n for file in fetch.files)

    def wasted(self, length: int) -> None:
        self.wasted_bytes += length
        self._desk.wasted(length)

    # --- its task --------------------------------------------------------------------------------

    async def _run(self) -> None:
        try:
            while self._is_to_go_on():
                try:
                    await self._work()
                except (DiskFull, DiskError) as error:
                    await self._stand_still(error)
            if self._spoilt:
                await asyncio.to_thread(self._discard)
                await self._end("F", next(iter(self._spoilt.values())))
            elif not self._is_stopping:
                await self._end("C", None)
        except Coded as error:
            await self._end("F", error)
        finally:
            self.is_at_rest.set()

    def _is_to_go_on(self) -> bool:
        return not self._is_stopping and self._files_done + len(self._spoilt) < len(self.files)

    async def _work(self) -> None:
        """Until all files are done or it has to stop. Whatever ends it, nothing is open then."""
        shelf = await asyncio.to_thread(Shelf, self.record.folder)
        self._todo = deque(file for file in self.files if not file.done and file.n not in self._spoilt)
        try:
            while self._is_to_go_on():
                self._woken.clear()
                if self._around.mirror.my_epoch(self.record.gid) is None:
                    raise NotAMember
                if self._trouble:
                    await self._publish_some(shelf)  # what came before is not to come again
                    raise self._trouble
                if self._is_to_connect:
                    self._is_to_connect = False
                    self._sources.connect(self._askable())
                    self._dissolving += filter(self._sources.is_in_vain, self._askable())
                await self._lay_aside(self._to_dissolve())
                await self._lay_aside(self._in_the_way(self._around.clock.monotonic_s()))
                # Beside each other: the disk is as slow to make files as to publish them.
                work = [self._open_some(shelf), self._publish_some(shelf), self._keep_some()]
                done = await asyncio.gather(*work, return_exceptions=True)
                for one in done:
                    if isinstance(one, BaseException):
                        raise one
                if not any(done):
                    await self._woken.wait()
        finally:
            self._trouble = None
            self._complete.clear()
            try:
                await self._keep_some()
            finally:
                await self._lay_aside(list(self._active.values()))
                await asyncio.to_thread(shelf.close)

    async def _open_some(self, shelf: Shelf) -> bool:
        """Whether there was anything to open."""
        coming = [fetch for fetch in self._active.values() if not fetch.is_stopped]
        used = sum(places_of(fetch.files) for fetch in coming + self._complete)
        records, groups = next_files(
            self._todo, max(0, self._desk.places - used), self._sources.by_givers, self._alone
        )
        if not records and not groups:
            return False
        bundles, others = await asyncio.to_thread(self._open_bundles, shelf, groups)
        self._sources.connect([self._begin_bundle(part) for part in bundles])
        records += others
        roots = [record.root for record in records]
        manifests = await asyncio.to_thread(self._around.library.manifests, roots)
        opened, error = await asyncio.to_thread(
            shelf.open, records, self._had, self._around.hasher, lambda: self._is_stopping
        )
        self._todo.extendleft(reversed(records[len(opened) :]))
        begun = [
            self._begin_fetch(one, manifests.get(one.record.root))
            for one in opened
            if isinstance(one, Opened)
        ]
        self._sources.connect(fetch for fetch in begun if self._is_askable(fetch))
        await self._start_over([one.record for one in opened if isinstance(one, Lost)])
        kept = [one for one in opened if isinstance(one, Kept)]
        await self._keep(
            [Published(one.record, one.record.target, one.hashed.stamp, one.hashed) for one in kept]
        )
        if error:
            raise error
        if isinstance(self.error, DiskFull | DiskError):
            self._set("D", None)
        return True

    async def _start_over(self, records: list[FileRecord]) -> None:
        """What was verified of them is lost."""
        if not records:
            return
        await self._around.library.write(
            lambda db: lib.forget_had(db, self.id, [record.n for record in records])
        )
        self._lost(sum(bytes_of(self._had.pop(record.n), record.size) for record in records))
        self._todo.extendleft(records)

    def _open_bundles(
        self, shelf: Shelf, groups: list[list[FileRecord]]
    ) -> tuple[list[BundlePart], list[FileRecord]]:
        """In a thread. Of those of which nothing is here; and the others."""
        shelf.measure_room()
        parts: list[BundlePart] = []
        others: list[FileRecord] = []
        for files in groups:
            known = self._around.library.manifests([file.root for file in files])
            part, begun = shelf.open_bundle([file for file in files if file.root not in known])
            others += begun + [file for file in files if file.root in known]
            if len(part.files) > 1:
                parts.append(part)
            else:
                others += part.files
        return parts, others

    def _to_dissolve(self) -> list[Fetch]:
        dissolving, self._dissolving = dict.fromkeys(self._dissolving), []
        return [one for one in dissolving if self._active.get(one.file.n) is one and not one.is_stopped]

    def _begin_bundle(self, part: BundlePart) -> Bundle:
        bundle = Bundle(self.record.gid, part, self, self._around.library, self._around.lot)
        bundle.priority = self.record.priority
        self._active[bundle.file.n] = bundle
        self._began_at[bundle.file.n] = self._around.clock.monotonic_s()
        return bundle

    def _askable(self) -> list[Fetch]:
        return [fetch for fetch in self._active.values() if self._is_askable(fetch)]

    def _is_askable(self, fetch: Fetch) -> bool:
        return fetch.file.n not in self._copying and not fetch.is_stopped

    def _journaled(self) -> dict[int, PieceSet]:
        """What is on the disk of each file that is begun."""
        return {
            n: PieceSet.of_blocks(pieces_in(self.files[n].size), blocks)
            for n, blocks in self._around.library.had(self.id).items()
        }

    def _in_the_way(self, now: float) -> list[Fetch]:
        """Those that cannot be, or that nobody brings while others wait for their place."""
        return [
            fetch for n, fetch in self._active.items()
            if n in self._spoilt or (
                self._todo and not fetch.channels and not fetch.is_stopped
                and n not in self._copying and now - self._began_at[n] > SOURCELESS_S_MAX
            )
        ]  # fmt: skip

    def _begin_fetch(self, opened: Opened, manifest: StoredManifest | None) -> Fetch:
        record = opened.record
        library, loop = self._around.library, asyncio.get_running_loop()
        had = self._had.pop(record.n, None) or PieceSet(pieces_in(record.size))
        fetch = Fetch(self.record.gid, record, opened.part, had, self, library, self._around.lot)
        fetch.choosing.is_in_order = self.record.in_order
        fetch.priority = self.record.priority
        fetch.manifest = manifest
        fetch.givers = self._givers.pop(record.n, fetch.givers)
        self._active[record.n] = fetch
        self._began_at[record.n] = self._around.clock.monotonic_s()
        self._desk.opened(fetch)
        if fetch.picker.piece_count > 1:
            self._desk.journal.track(
                opened.part, self.id, record.n, had,
                lambda error: loop.call_soon_threadsafe(self.failed, fetch, error),
            )  # fmt: skip
        if not fetch.is_possible:
            self.failed(fetch, Damaged(f"{record.name}: it was shared with a size that is not its own"))
        elif fetch.picker.is_complete:
            self.fetched(fetch)
        elif fetch.manifest and (own := library.shares_of_content(record.root)):
            self._copying[record.n] = loop.create_future()
            self._around.spawn(self._copy_own(fetch, own))
        return fetch

    async def _copy_own(self, fetch: Fetch, own: list[ShareRecord]) -> None:
        """The user has this content already: it need not come from anybody."""
        try:
            for record in own:
                is_good = True
                with closing(self._desk.sharing.source_of(record)) as source:
                    while is_good and not fetch.is_stopped and (sinks := fetch.take_own(OWN_PIECES_COPIED)):
                        came = await asyncio.to_thread(copy_own, source, sinks)
                        for sink, good in zip(sinks, came, strict=True):
                            fetch.own_came(sink, is_good=good)
                        is_good = all(came)
                if fetch.picker.is_complete:
                    self._copied.add(fetch.file.n)
        except (DiskFull, DiskError) as error:
            self.failed(fetch, error)
        finally:
            self._copying.pop(fetch.file.n).set_result(None)
            self.wake()

    async def _publish_some(self, shelf: Shelf) -> bool:
        """Whether there was anything to publish."""
        complete, self._complete = self._complete, []
        if not complete:
            return False
        published, error = await asyncio.to_thread(self._publish, shelf, complete)
        self._published.append((complete, published))
        if error:
            raise error
        return True

    async def _keep_some(self) -> bool:
        """Whether there was anything published that was not written down yet."""
        batches, self._published = self._published, []
        if not batches:
            return False
        await self._keep([one for _, published in batches for one in published])
        for fetch in (fetch for complete, _ in batches for fetch in complete):
            if self.files[fetch.file.n].done or (isinstance(fetch, Bundle) and not fetch.parts.kept):
                self._close_published(fetch)  # only now, so that it is offered all the time
        return True

    def _close_published(self, fetch: Fetch) -> None:
        del self._active[fetch.file.n]
        self._remember_givers(fetch)
        self._desk.closed(fetch)
        if fetch.picker.piece_count > 1 and (shared := self._desk.sharing.offer(fetch.gid, fetch.eid)):
            fetch.part.file.hand_over(shared.file)  # others are just being sent some of it
        fetch.part.close()
        bad = fetch.parts.bad if isinstance(fetch, Bundle) else ()
        self._todo.extend(bad)
        self._alone.update(file.n for file in bad)
        if bad:
            self.wasted(sum(file.size for file in bad))

    def _publish(self, shelf: Shelf, complete: list[Fetch]) -> tuple[list[Published], Coded | None]:
        bundles = [fetch.parts for fetch in complete if isinstance(fetch, Bundle)]
        singles = [fetch for fetch in complete if not fetch.is_bundle]
        for fetch in singles:
            self._desk.journal.forget(fetch.part)
        return shelf.publish([(fetch.file, fetch.part) for fetch in singles], bundles)

    async def _keep(self, published: list[Published]) -> None:
        """Complete is shared: in one commit the file is done, and shared from where it lies."""
        if not published:
            return
        to_share = [one for one in published if not self._is_copy(one.record)]

        def job(db: Connection) -> tuple[list[ShareRecord], list[FileRecord]]:
            lib.set_done(db, self.id, {one.record.n: one.target for one in published})
            for one in published:
                if one.hashed:
                    lib.keep_hashed(db, one.hashed)
                elif not one.manifest:
                    self._active[one.record.n].keep_hashes(db)
            lib.keep_small(db, [one.manifest for one in published if one.manifest])
            shares = [self._share_of(one) for one in to_share]
            lib.keep_shares(db, shares)
            return shares, [replace(one.record, target=one.target, done=True) for one in published]

        shares, done = await self._around.library.write(job)
        self._desk.sharing.fetched(shares)
        for file in done:
            self.files[file.n] = file
            self._had.pop(file.n, None)  # of one that lay there, as a crash left it
        self._files_done += len(published)
        self._bytes_done += sum(one.record.size for one in published)

    def _share_of(self, one: Published) -> ShareRecord:
        file, path = one.record, self.record.folder / one.target
        return ShareRecord(self.record.gid, file.eid, file.name, file.root, path, one.stamp)

    def _is_copy(self, file: FileRecord) -> bool:
        """Of what is shared from elsewhere: that goes on."""
        own = self._around.library.share(self.record.gid, file.eid) if file.n in self._copied else None
        return own is not None and not own.stopped

    async def _lay_aside(self, fetches: list[Fetch]) -> None:
        """Closes them; what they have is kept, and they wait for their turn again."""
        if not fetches:
            return
        for fetch in fetches:
            fetch.stop()
            self._desk.closed(fetch)
        if copying := [copy for n, copy in self._copying.items() if n in {fetch.file.n for fetch in fetches}]:
            await asyncio.wait(copying)
        await asyncio.to_thread(self._close_parts, fetches)
        had = self._journaled()
        for fetch in fetches:
            n = fetch.file.n
            del self._active[n]
            self._remember_givers(fetch)
            if n not in self._spoilt:
                self._todo.extend(file for file in fetch.files if not self.files[file.n].done)
            if n in had:
                self._had[n] = had[n]
            # What the disk refused is lost, and single pieces, which are not journaled.
            kept = bytes_of(had[n], fetch.size) if n in had else 0
            self._lost(max(0, fetch.done_bytes - kept))

    def _remember_givers(self, fetch: Fetch) -> None:
        """It is closed now."""
        self._note_givers(fetch)
        self._given.update(fetch.givers.take_bytes())
        if fetch.picker.piece_count > 1:
            self._givers[fetch.file.n] = fetch.givers
            if len(self._givers) > MAPS_KEPT_MAX:
                del self._givers[next(iter(self._givers))]

    def _note_givers(self, fetch: Fetch) -> None:
        for device in fetch.givers.take_lately():
            self.diary.gave(device)

    def _lost(self, length: int) -> None:
        if length:
            self.diary.note("again", detail=str(length))
        self.refetched_bytes += length
        self._desk.lost(length)

    def _close_parts(self, fetches: list[Fetch]) -> None:
        for fetch in fetches:
            self._desk.journal.settle(fetch.part)
            fetch.part.close()

    def _discard(self) -> None:
        try:
            shelf = Shelf(self.record.folder)
        except (DiskFull, DiskError):
            return  # the folder has gone, and all with it
        shelf.discard([file for file in self.files if not file.done])
        shelf.close()

    async def _stand_still(self, error: Coded) -> None:
        if self.error is None or self.error.code != error.code:
            log.warning("download %s stands still: %s", self.id, error)
            if isinstance(error, DiskFull):
                self._around.emit(DiskFilled(path=str(self.record.folder)))
        self._set("D", error)
        self._woken.clear()
        if not self._is_stopping:
            try:
                async with asyncio.timeout(self._desk.disk_retry_s):
                    await self._woken.wait()
            except TimeoutError:
                pass

    # --- state -----------------------------------------------------------------------------------

    def _set(self, state: str, error: Coded | None) -> None:
        before = (self.state, self.error.code if self.error else None)
        self.state, self.error = state, error
        if before != (state, error.code if error else None):
            self._write_down(state, error)
            self._emit()

    def _write_down(self, state: str, error: Coded | None) -> None:
        if state == "D":
            self.diary.note("waits" if error else "goes_on", detail=error.code if error else "")
        else:
            ends = {"P": "paused", "C": "complete", "F": "failed"}
            self.diary.rests(ends[state], error.code if error else "")

    def _emit(self) -> None:
        group, code = self._around.shown_group(self.record.gid), self.error.code if self.error else None
        self._around.emit(
            DownloadChanged(
                id=self.id, group=group, name=self.record.name, state=self.state, path=self.path, error=code
            )
        )

    async def _end(self, state: str, error: Coded | None) -> None:
        code = error.code if error else ""
        try:
            await self._around.library.write(lambda db: lib.set_state(db, self.id, state, code))
        except (DiskFull, DiskError) as unwritten:  # the next start finds it out again
            log.warning("state %s of download %s not written: %s", state, self.id, unwritten)
        self._set(state, error)
        if state != "P":
            self.has_ended.set()
