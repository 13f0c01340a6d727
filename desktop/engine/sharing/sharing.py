"""What a person does to what they share: share a file or a folder, stop, share again, say where it is."""

import asyncio
from collections.abc import Callable, Iterable, Sequence
from pathlib import Path
from sqlite3 import Connection

from desktop.engine import library_changes as lib
from desktop.engine.events import ShareFound, ShareProgress
from desktop.engine.files.hashing import Hashing, Known
from desktop.engine.files.moved import below
from desktop.engine.files.source_file import FoundFile, Stamp, walk
from desktop.engine.library import ShareRecord
from desktop.engine.sharing.declaring import Declaring
from desktop.engine.sharing.doubts import Doubts
from desktop.engine.sharing.offered import Offered
from desktop.engine.surroundings import Surroundings
from desktop.engine.views import SharedFile, ShareResult, SkippedFile
from shared.errors import BadPath, NotAMember, NotFound, NotShared, Refused
from shared.facts.derive import VisibleEntry
from shared.facts.ids import EntryId, GroupId, entry_id
from shared.limits import PIECE_BYTES, SHARE_BATCH_MAX
from shared.names import shown


class Sharing:
    """To be used on the loop; hashing and disk are in threads."""

    def __init__(self, around: Surroundings) -> None:
        self.on_withdrawn: Callable[[GroupId, EntryId], None] = lambda _gid, _eid: None
        """It is not offered any more, or not from where it was: whoever is being sent it has to be cut."""
        self._around = around
        self._library = around.library
        self.offered = Offered(around.library)
        self.declaring = Declaring(around)
        self.doubts = Doubts(around, self.offered, self.declaring, self._withdraw)
        self.offered.on_doubt = self.declaring.on_doubt = self.doubts.doubt
        self.doubts.on_changed = lambda gid, eid: self.on_withdrawn(gid, eid)
        self._shares = 0

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
            await self.declaring.tell(gid, records[at : at + SHARE_BATCH_MAX], {})

    async def relink(self, gid: GroupId, name: str, path: Path) -> None:
        """Shares again what was withdrawn because it was not where it was: it is at `path` now, or
        in that folder. Raises NotAMember, NotFound, BadPath where something else lies there, NoTracker."""
        self._require_member(gid)
        lost = await asyncio.to_thread(self._library.stopped_as, gid, name)
        if not lost:
            raise NotFound
        for record in lost:
            for place in await asyncio.to_thread(_places, path, record.path, self._around.keep_out):
                if now := await asyncio.to_thread(self.doubts.at, record, place):
                    await self._share_at(now)
                    return
        raise BadPath(f"{shown(str(path))}: that is another file")

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
            self.offered.forget(gid, one.eid, one)
        try:
            answer = await self.declaring.tell(gid, records, versions)
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

    async def _share_at(self, now: ShareRecord) -> None:
        """Told also where the rows have it still: that it stopped may be on its way."""
        await self._library.write(lambda db: lib.keep_shares(db, [now]))
        await self.declaring.tell(now.gid, [now], {})

    async def _stop(self, gid: GroupId, eids: Sequence[EntryId]) -> None:
        await self._withdraw(gid, eids)
        await self.declaring.tell_stopped(gid, eids)

    async def _withdraw(self, gid: GroupId, eids: Sequence[EntryId]) -> None:
        """Here."""
        await self._library.write(lambda db: lib.stop_shares(db, gid, eids))
        for eid in eids:
            self.offered.forget(gid, eid)
            self.on_withdrawn(gid, eid)


def _eid_of(gid: GroupId, known: Known) -> EntryId:
    return entry_id(gid, known.found.name, known.root, known.stamp.size)


def _keep(db: Connection, records: Iterable[ShareRecord], known: Iterable[Known]) -> None:
    hashed = [one.hashed for one in known if one.hashed]
    lib.keep_small(db, [one for one in hashed if one.size <= PIECE_BYTES])
    for one in hashed:
        if one.size > PIECE_BYTES:
            lib.keep_hashed(db, one)
    lib.keep_shares(db, records)


def _places(path: Path, before: Path, keep_out: Path) -> list[Path]:
    """What may have been at `before`. Raises BadPath. Blocks."""
    return below(path, before) if path.is_dir() else [file.path for file in walk(path, keep_out)[0]]
