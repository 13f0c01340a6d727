"""Tells trackers what this device shares: what is new, and after a login what the group's rows lack of it."""

import asyncio
import logging
from collections.abc import Callable, Iterable, Sequence

from desktop.engine.files.source_file import stamp_of
from desktop.engine.library import ShareRecord, StoredManifest
from desktop.engine.surroundings import Surroundings
from shared.errors import ShoalError
from shared.facts.ids import EntryId, Epoch, GroupId
from shared.facts.rows import Kind, Share, body_of
from shared.limits import SHARE_BATCH_MAX, SHARE_ROWS_S_MAX
from shared.manifest import decode_header
from shared.wire import tracker_messages as t

log = logging.getLogger(__name__)


class Declaring:
    def __init__(self, around: Surroundings) -> None:
        self.on_doubt: Callable[[GroupId, EntryId], None] = lambda _gid, _eid: None
        """The file of a share is not what it was."""
        self._around = around
        self._library = around.library
        self._declared: dict[GroupId, Epoch] = {}
        """For which membership all was declared, since login."""
        self._fetched: dict[GroupId, list[ShareRecord]] = {}
        """Complete downloads that the tracker is to be told of."""

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

    def fetched(self, shares: Sequence[ShareRecord]) -> None:
        """Complete downloads, in the library already: the group is told within a second, many at a time."""
        for share in shares:
            if share.gid not in self._fetched:
                self._fetched[share.gid] = []
                self._around.spawn(self._declare_fetched(share.gid))
            self._fetched[share.gid].append(share)

    async def tell(
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

    async def tell_stopped(self, gid: GroupId, eids: Sequence[EntryId]) -> None:
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
                batch = [(one, self.is_live(one, epoch)) for one in records[at : at + SHARE_BATCH_MAX]]
                await self.tell_stopped(gid, [one.eid for one, is_live in batch if one.stopped and is_live])
                missing = [one for one, is_live in batch if one.eid in unchanged and not is_live]
                if missing:
                    await self.tell(gid, missing, {})
                await asyncio.sleep(0)
        except ShoalError as error:
            self._declared.pop(gid, None)  # the next change or session tries again
            log.warning("shares not declared group=%s error=%s", gid.hex(), error)
        for one in shared:
            if one.eid not in unchanged:
                self.on_doubt(gid, one.eid)

    def is_live(self, record: ShareRecord, epoch: Epoch) -> bool:
        """Whether the group's rows have it so already."""
        row = self._around.mirror.rows.get(Kind.SHARE, record.gid + record.eid + self._around.dev)
        share = body_of(row, Share) if row else None
        return share is not None and share.live and share.epoch == epoch

    async def _declare_fetched(self, gid: GroupId) -> None:
        await asyncio.sleep(SHARE_ROWS_S_MAX)
        shares = self._fetched.pop(gid)
        try:
            for at in range(0, len(shares), SHARE_BATCH_MAX):
                await self.tell(gid, shares[at : at + SHARE_BATCH_MAX], {})
        except ShoalError as error:
            self._declared.pop(gid, None)
            log.warning("downloads not declared group=%s error=%s", gid.hex(), error)


def _sha1(manifest: StoredManifest) -> bytes:
    return decode_header(manifest.header).sha1


def _is_unchanged(record: ShareRecord) -> bool:
    try:
        return stamp_of(record.path) == record.stamp
    except OSError:
        return False
