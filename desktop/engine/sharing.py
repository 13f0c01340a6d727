"""What this account shares: hashes it, tells the tracker, offers it to peers, notices when it changes."""

import asyncio
import logging
from collections import OrderedDict
from collections.abc import Callable, Iterable, Sequence
from dataclasses import replace
from functools import partial
from pathlib import Path
from sqlite3 import Connection

from desktop.engine import library_changes as lib
from desktop.engine.events import ShareFound, ShareMoved, ShareProgress, ShareWithdrawn
from desktop.engine.files.hashing import Hashing, Known
from desktop.engine.files.moved import Moved, below
from desktop.engine.files.open_file import OpenFile
from desktop.engine.files.source_file import FoundFile, Stamp, open_source, stamp_of, walk
from desktop.engine.library import ShareRecord, StoredManifest
from desktop.engine.offers import Offer
from desktop.engine.surroundings import Surroundings
from desktop.engine.views import SharedFile, ShareResult, SkippedFile
from shared.errors import BadPath, DiskError, NotAMember, NotFound, NotShared, Refused, ShoalError
from shared.facts.derive import VisibleEntry
from shared.facts.ids import EntryId, Epoch, GroupId, entry_id
from shared.facts.rows import Kind, Share, body_of
from shared.limits import (
    OFFERS_KNOWN_MAX,
    OPEN_SOURCES_MAX,
    OPENED_BLOCK0_PIECES_MAX,
    PIECE_BYTES,
    SHARE_BATCH_MAX,
    SHARE_ROWS_S_MAX,
)
from shared.manifest import decode_header, pieces_in
from shared.names import shown
from shared.wire import tracker_messages as t

log = logging.getLogger(__name__)


class Sharing:
    """To be used on the loop; hashing and disk are in threads. Offers whole files (uploads.Offers)."""

    def __init__(self, around: Surroundings) -> None:
        self.on_withdrawn: Callable[[GroupId, EntryId], None] = lambda _gid, _eid: None
        """It is not offered any more: whoever is being sent it has to be cut."""
        self._around = around
        self._library = around.library
        self._offers: OrderedDict[tuple[GroupId, EntryId], Offer] = OrderedDict()
        self._open: dict[OpenFile, None] = {}
        """Sources that are left open between two reads, the one used last at the end."""
        self._declared: dict[GroupId, Epoch] = {}
        """For which membership all was declared, since login."""
        self._doubted: set[tuple[GroupId, EntryId]] = set()
        self._fetched: dict[GroupId, list[ShareRecord]] = {}
        """Complete downloads that the tracker is to be told of."""
        self._shares = 0
        self._moved = Moved()

    # --- the user's commands ---------------------------------------------------------------------

    async def share(self, gid: GroupId, path: Path) -> ShareResult:
        """Shares a file or a folder; returns when all of it is hashed, durable and in the group's rows.

        What is ready appears in the group while the rest is still hashed; ShareProgress tells meanwhile.
        Raises NotAMember, BadPath, DiskError, NoTracker and what the tracker refuses with. Cancelling ends
        it; what was shared by then stays shared.
        """
        self._require_member(gid)
        found, left_out = await asyncio.to_thread(walk, path, self._around.keep_out)
        versions = await self._my_versions(gid, found)
        self._shares += 1
        share_id, group = self._shares, self._around.shown_group(gid)
        shared: list[SharedFile] = []

        def tell(*, finished: bool = False) -> None:
            self._around.emit(
                ShareProgress(
                    share_id=share_id, group=group, name=path.name, hashed=hashing.hashed, size=hashing.size,
                    files_done=len(shared), files=len(found), finished=finished,
                )
            )  # fmt: skip

        hashing = Hashing(found, self._around.hasher, self._around.clock, self._root_by_stamp, tell)
        try:
            while some := await hashing.some():
                shared += await self._declare_new(gid, some, versions)
        finally:
            tell(finished=True)
        if not shared:
            raise hashing.failed[0][1] if hashing.failed else BadPath()
        skipped = [*left_out, *(skipped for skipped, _ in hashing.failed)]
        return ShareResult(
            files=shared, skipped=[SkippedFile(path=str(one.path), code=one.code) for one in skipped]
        )

    async def stop_share(self, gid: GroupId, name: str) -> list[EntryId]:
        """`name` as shown, of a file or a folder; what share_again() takes back. Raises NotAMember, NotFound,
        NotShared, NoTracker.

        With no tracker it is stopped here all the same; the group hears of it later.
        """
        self._require_member(gid)
        listing = await self._around.mirror.listing(gid, name)
        stopped = await asyncio.to_thread(self._shared_as, gid, name, listing)
        await self._stop(gid, stopped)
        return stopped

    async def share_again(self, gid: GroupId, eids: Sequence[EntryId]) -> None:
        """What was stopped, with nothing hashed anew. Raises NotAMember, NoTracker."""
        self._require_member(gid)
        records = [one for one in await asyncio.to_thread(self._library.shares_of, gid, eids) if one.stopped]
        await self._library.write(lambda db: lib.share_again(db, gid, [one.eid for one in records]))
        for at in range(0, len(records), SHARE_BATCH_MAX):
            await self._tell_tracker(gid, records[at : at + SHARE_BATCH_MAX], {})

    async def relink(self, gid: GroupId, name: str, path: Path) -> None:
        """Shares again what was withdrawn because it was not where it was: it is at `path` now, or
        in that folder. Raises NotAMember, NotFound, BadPath where something else lies there, NoTracker."""
        self._require_member(gid)
        lost = await asyncio.to_thread(self._library.stopped_as, gid, name)
        if not lost:
            raise NotFound
        for record in lost:
            for place in await asyncio.to_thread(_places, path, record.path, self._around.keep_out):
                if now := await asyncio.to_thread(self._at, record, place):
                    await self._keep_at(now)
                    return
        raise BadPath(f"{shown(str(path))}: that is another file")

    # --- offers ----------------------------------------------------------------------------------

    def offer(self, gid: GroupId, eid: EntryId) -> Offer | None:
        """Whole files only."""
        if (gid, eid) not in self._offers:
            self.foresee(gid, [eid])
        if offer := self._offers.get((gid, eid)):
            self._offers.move_to_end((gid, eid))
            if offer.size > PIECE_BYTES:  # a single piece is read once, and not soon again
                self._leave_open(offer.file)
        return offer

    def foresee(self, gid: GroupId, eids: Sequence[EntryId]) -> None:
        """They will be asked for in a moment: what is known of them is read in one go, in 1 ms for 256."""
        unknown = [eid for eid in eids if (gid, eid) not in self._offers]
        records = [one for one in self._library.shares_of(gid, unknown) if not one.stopped]
        manifests = self._library.manifests([one.root for one in records])
        small = [one.root for one in records if pieces_in(one.stamp.size) <= OPENED_BLOCK0_PIECES_MAX]
        first_blocks = self._library.first_blocks(small)
        for one in records:
            if manifest := manifests.get(one.root):
                source = self.source_of(one)
                source.rest()
                self._offers[gid, one.eid] = Offer(
                    one.stamp.size, manifest, source,
                    partial(self._block, one.root, first_blocks.get(one.root)),
                    None, partial(self._doubt, gid, one.eid),
                )  # fmt: skip
        while len(self._offers) > OFFERS_KNOWN_MAX:
            self._offers.popitem(last=False)[1].file.rest()

    def _leave_open(self, source: OpenFile) -> None:
        """Those of larger files that were asked for last."""
        source.stay()
        self._open.pop(source, None)
        self._open[source] = None
        if len(self._open) > OPEN_SOURCES_MAX:
            unused = next(iter(self._open))
            del self._open[unused]
            unused.rest()

    # --- what the engine tells -------------------------------------------------------------------

    def logged_in(self) -> None:
        """A session began: whatever the group's rows lack of what is shared here is declared again."""
        self._declared.clear()
        self._around.spawn(self._declare_all())

    def groups_changed(self, gids: Iterable[bytes]) -> None:
        """Rows of these groups changed. After a rejoin all is declared again, under the new membership."""
        for gid in map(GroupId, gids):
            epoch = self._around.mirror.my_epoch(gid)
            if epoch is not None and epoch != self._declared.get(gid):
                self._declared[gid] = epoch
                self._around.spawn(self._declare_again(gid, epoch))

    def close(self) -> None:
        """Nothing is offered any more."""
        while self._offers:
            self._offers.popitem()[1].file.close()
        self._open.clear()

    # --- for downloads ---------------------------------------------------------------------------

    def fetched(self, shares: Sequence[ShareRecord]) -> None:
        """Complete downloads, in the library already: the group is told within a second, many at a time."""
        for share in shares:
            if share.gid not in self._fetched:
                self._fetched[share.gid] = []
                self._around.spawn(self._declare_fetched(share.gid))
            self._fetched[share.gid].append(share)

    def look_again(self, gid: GroupId, eids: Iterable[EntryId]) -> None:
        """Into the files of these shares, whatever their stamps say: they were read, and seem not right."""
        for eid in eids:
            self._doubt(gid, eid, believes_stamp=False)

    def source_of(self, record: ShareRecord) -> OpenFile:
        """To read a file of this computer; raises DiskError at use if it is not what it was."""
        return OpenFile(partial(_open, record.path), partial(_check, record))

    # --- inside ----------------------------------------------------------------------------------

    def _require_member(self, gid: GroupId) -> None:
        if self._around.mirror.my_epoch(gid) is None:
            raise NotAMember

    def _shared_as(self, gid: GroupId, name: str, listing: Sequence[VisibleEntry]) -> list[EntryId]:
        """What is shared here of a file or a folder. In a thread. Raises NotFound, NotShared."""
        folder = name.rstrip("/") + "/"
        shown = {one.eid: one.name for one in listing}
        shared = [
            one.eid for one in self._library.shares(gid)
            if not one.stopped
            and ((called := shown.get(one.eid, one.name)) == name or called.startswith(folder))
        ]  # fmt: skip
        if not shared:
            exists = any(called == name or called.startswith(folder) for called in shown.values())
            raise (NotShared if exists else NotFound)
        return shared

    async def _my_versions(self, gid: GroupId, found: Sequence[FoundFile]) -> dict[str, EntryId]:
        """What each name of the user's own stands for now, so that a new content takes its place."""
        tops = {one.name.partition("/")[0] for one in found}
        listed = [one for top in tops for one in await self._around.mirror.listing(gid, top)]
        mine = [one for one in listed if one.entry.by == self._around.uid]
        return {one.entry.name: one.eid for one in sorted(mine, key=lambda one: one.name == one.entry.name)}

    def _root_by_stamp(self, file: FoundFile, stamp: Stamp) -> bytes | None:
        same = (one.root for one in self._library.shares_of_path(file.path) if one.stamp == stamp)
        return next((root for root in same if self._library.manifest(root)), None)

    async def _declare_new(
        self, gid: GroupId, known: Sequence[Known], versions: dict[str, EntryId]
    ) -> list[SharedFile]:
        """First durable here, then in the group's rows: so a crash in between shares nothing half."""
        records = [
            ShareRecord(gid, _eid_of(gid, one), one.found.name, one.root, one.found.path, one.stamp)
            for one in known
        ]
        new, outdated = await asyncio.to_thread(self._changes, gid, records)
        await self._library.write(lambda db: _keep(db, records, known))
        for one in records:
            self._forget_offer(gid, one.eid, one)
        try:
            answer = await self._tell_tracker(gid, records, versions)
        except Refused:
            await self._library.write(lambda db: lib.forget_shares(db, gid, new))
            raise
        if outdated:
            await self._stop(gid, outdated)
        await self._tell_found(records)
        return [
            SharedFile(name=one.name, size=one.stamp.size, root=one.root.hex(), already=entry.already)
            for one, entry in zip(records, answer, strict=True)
        ]

    async def _tell_found(self, records: Sequence[ShareRecord]) -> None:
        """What was lost, and is shared by another name now, may be wanted by its old one, too."""
        paths = {one.root: one.path for one in records}
        for lost in await asyncio.to_thread(self._lost, list(paths)):
            group = self._around.shown_group(lost.gid)
            self._around.emit(ShareFound(group=group, name=lost.name, path=str(paths[lost.root])))

    def _lost(self, roots: Sequence[bytes]) -> list[ShareRecord]:
        """Stopped shares of these contents, of files that are not there any more. In a thread."""
        return [one for one in self._library.stopped_of_contents(roots) if not one.path.exists()]

    def _changes(self, gid: GroupId, records: Sequence[ShareRecord]) -> tuple[list[EntryId], list[EntryId]]:
        """In a thread. Which of these are new, and what they were before, if they held something else."""
        known = {one.eid for one in self._library.shares_of(gid, [one.eid for one in records])}
        by_path = {one.path: one for one in records}
        outdated = [
            old.eid
            for old in self._library.shares_of_paths(list(by_path))
            for one in [by_path[old.path]]
            if (old.gid, old.name) == (gid, one.name) and old.root != one.root and not old.stopped
        ]
        return [one.eid for one in records if one.eid not in known], outdated

    async def _tell_tracker(
        self, gid: GroupId, records: Sequence[ShareRecord], versions: dict[str, EntryId]
    ) -> list[t.SharedAs]:
        def replaced(record: ShareRecord) -> EntryId | None:
            before = versions.get(record.name)
            return None if before == record.eid else before

        manifests = await asyncio.to_thread(self._library.manifests, [one.root for one in records])
        files = [
            t.NewShare(one.name, one.stamp.size, one.root, _sha1(manifests[one.root]), replaced(one))
            for one in records
        ]
        answer = await self._around.tracker.request(t.Share(gid, files))
        assert isinstance(answer, t.SharesDone)
        return answer.entries

    async def _stop(self, gid: GroupId, eids: Sequence[EntryId]) -> None:
        await self._library.write(lambda db: lib.stop_shares(db, gid, eids))
        for eid in eids:
            self._forget_offer(gid, eid)
            self.on_withdrawn(gid, eid)
        await self._tell_stopped(gid, eids)

    async def _tell_stopped(self, gid: GroupId, eids: Sequence[EntryId]) -> None:
        for at in range(0, len(eids), SHARE_BATCH_MAX):
            batch = list(eids[at : at + SHARE_BATCH_MAX])
            await self._around.tracker.request(t.StopShare(gid, batch, again=True))

    async def _declare_all(self) -> None:
        self.groups_changed(await asyncio.to_thread(self._library.shared_groups))

    async def _declare_again(self, gid: GroupId, epoch: Epoch) -> None:
        records = await asyncio.to_thread(self._library.shares, gid)
        shared = [one for one in records if not one.stopped]
        unchanged = await asyncio.to_thread(lambda: {one.eid for one in shared if _is_unchanged(one)})
        try:
            for at in range(0, len(records), SHARE_BATCH_MAX):
                batch = [(one, self._is_live(one, epoch)) for one in records[at : at + SHARE_BATCH_MAX]]
                await self._tell_stopped(gid, [one.eid for one, is_live in batch if one.stopped and is_live])
                missing = [one for one, is_live in batch if one.eid in unchanged and not is_live]
                if missing:
                    await self._tell_tracker(gid, missing, {})
                await asyncio.sleep(0)
        except ShoalError as error:
            self._declared.pop(gid, None)  # the next change or session tries again
            log.warning("shares not declared group=%s error=%s", gid.hex(), error)
        for one in shared:
            if one.eid not in unchanged:
                self._doubt(gid, one.eid)

    def _is_live(self, record: ShareRecord, epoch: Epoch) -> bool:
        """Whether the group's rows have it so already."""
        row = self._around.mirror.rows.get(Kind.SHARE, record.gid + record.eid + self._around.dev)
        share = body_of(row, Share) if row else None
        return share is not None and share.live and share.epoch == epoch

    async def _declare_fetched(self, gid: GroupId) -> None:
        await asyncio.sleep(SHARE_ROWS_S_MAX)
        shares = self._fetched.pop(gid)
        try:
            for at in range(0, len(shares), SHARE_BATCH_MAX):
                await self._tell_tracker(gid, shares[at : at + SHARE_BATCH_MAX], {})
        except ShoalError as error:
            self._declared.pop(gid, None)
            log.warning("downloads not declared group=%s error=%s", gid.hex(), error)

    # --- sources that change ---------------------------------------------------------------------

    def _doubt(self, gid: GroupId, eid: EntryId, *, believes_stamp: bool = True) -> None:
        """Something is wrong with the file of this share."""
        if (
            (gid, eid) not in self._doubted
            and (record := self._library.share(gid, eid))
            and not record.stopped
        ):
            self._doubted.add((gid, eid))
            self._around.spawn(self._recheck(record, believes_stamp=believes_stamp))

    async def _recheck(self, record: ShareRecord, *, believes_stamp: bool) -> None:
        """Withdraws it, unless it holds what it held: a new link or other rights change the stamp, too."""
        group = self._around.shown_group(record.gid)
        try:
            reason, now = await asyncio.to_thread(self._look_at, record, believes_stamp=believes_stamp)
            if self._library.share(record.gid, record.eid) != record:
                return  # meanwhile it was stopped, or shared anew
            if reason:
                self._around.emit(ShareWithdrawn(group=group, name=record.name, reason=reason))
                await self._stop(record.gid, [record.eid])
                return
            if now:
                await self._keep_at(now)
                if now.path != record.path:
                    self._around.emit(ShareMoved(group=group, name=record.name, path=str(now.path)))
            # What is open may be where it was shared from before.
            self._forget_offer(record.gid, record.eid, now or record)
        except ShoalError as error:  # no tracker: it is stopped here, and the next session tells
            log.warning("share not withdrawn name=%s error=%s", record.name, error)
        finally:
            self._doubted.discard((record.gid, record.eid))

    async def _keep_at(self, now: ShareRecord) -> None:
        """Where it lies, or its stamp, is another than before. The group need not have heard of that."""
        await self._library.write(lambda db: lib.keep_shares(db, [now]))
        epoch = self._around.mirror.my_epoch(now.gid)
        if epoch and not self._is_live(now, epoch):
            await self._tell_tracker(now.gid, [now], {})

    def _look_at(self, record: ShareRecord, *, believes_stamp: bool) -> tuple[str, ShareRecord | None]:
        """Why it has to be withdrawn, or what is to be kept of it now. In a thread."""
        try:
            stamp = stamp_of(record.path)
        except OSError:
            now = self._moved_to(record)
            return ("", now) if now else ("missing", None)
        if stamp == record.stamp and believes_stamp:
            return "", None
        now = self._at(record, record.path) if stamp.size == record.stamp.size else None
        return ("", now) if now else ("changed", None)

    def _moved_to(self, record: ShareRecord) -> ShareRecord | None:
        for path in self._moved.candidates(record.path, record.stamp):
            if now := self._at(record, path):
                self._moved.found(record.path, path)
                return now
        return None

    def _at(self, record: ShareRecord, path: Path) -> ShareRecord | None:
        """With this path, if its content lies there. Hashes; in a thread."""
        try:
            hashed = self._around.hasher.hash(path, lambda _: None, lambda: False)
        except ShoalError:
            return None
        manifest = self._library.manifest(record.root)
        is_it = manifest is not None and hashed.index == manifest.index
        return replace(record, path=path, stamp=hashed.stamp, stopped=False) if is_it else None

    def _forget_offer(self, gid: GroupId, eid: EntryId, now: ShareRecord | None = None) -> None:
        """`now`: where it lies, if it is shared on: what others have asked for is read there."""
        if offer := self._offers.pop((gid, eid), None):
            self._open.pop(offer.file, None)
            if now is None:
                offer.file.close()
            else:
                source = self.source_of(now)
                source.rest()
                offer.file.hand_over(source)

    def _block(self, root: bytes, first: bytes | None, number: int) -> bytes:
        block = first if first and number == 0 else self._library.block(root, number)
        if block is None:
            raise NotFound("that block is not here")
        return block


def _sha1(manifest: StoredManifest) -> bytes:
    return decode_header(manifest.header).sha1


def _eid_of(gid: GroupId, known: Known) -> EntryId:
    return entry_id(gid, known.found.name, known.root, known.stamp.size)


def _keep(db: Connection, records: Iterable[ShareRecord], known: Iterable[Known]) -> None:
    hashed = [one.hashed for one in known if one.hashed]
    lib.keep_small(db, [one for one in hashed if one.size <= PIECE_BYTES])
    for one in hashed:
        if one.size > PIECE_BYTES:
            lib.keep_hashed(db, one)
    lib.keep_shares(db, records)


def _is_unchanged(record: ShareRecord) -> bool:
    try:
        return stamp_of(record.path) == record.stamp
    except OSError:
        return False


def _open(path: Path) -> int:
    try:
        return open_source(path)
    except BadPath as error:
        raise DiskError(str(error)) from error


def _check(record: ShareRecord, fd: int) -> None:
    """Raises DiskError if somebody wrote to the file, or put another in its place before it was opened."""
    try:
        stamp = stamp_of(fd)
    except OSError as error:
        raise DiskError(str(error)) from error
    if stamp != record.stamp:
        raise DiskError(f"{record.path}: it is not what it was")


def _places(path: Path, before: Path, keep_out: Path) -> list[Path]:
    """What may have been at `before`. Raises BadPath. Blocks."""
    return below(path, before) if path.is_dir() else [file.path for file in walk(path, keep_out)[0]]
