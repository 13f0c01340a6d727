"""Looks again at the file of a share with which something is wrong: it is shared on, found, or withdrawn."""

import asyncio
import logging
from collections.abc import Awaitable, Callable, Iterable, Sequence
from dataclasses import replace
from pathlib import Path

from desktop.engine import library_changes as lib
from desktop.engine.events import ShareMoved, ShareWithdrawn
from desktop.engine.files.moved import Moved
from desktop.engine.files.source_file import stamp_of
from desktop.engine.library import ShareRecord
from desktop.engine.sharing.declaring import Declaring
from desktop.engine.sharing.offered import Offered
from desktop.engine.surroundings import Surroundings
from shared.errors import ShoalError
from shared.facts.ids import EntryId, GroupId

log = logging.getLogger(__name__)


class Doubts:
    def __init__(
        self,
        around: Surroundings,
        offered: Offered,
        declaring: Declaring,
        withdraw: Callable[[GroupId, Sequence[EntryId]], Awaitable[None]],
    ) -> None:
        self._around, self._library = around, around.library
        self._offered, self._declaring, self._withdraw = offered, declaring, withdraw
        self.on_changed: Callable[[GroupId, EntryId], None] = lambda _gid, _eid: None
        """It is shared on, from elsewhere or with another stamp: who was told that it cannot be read is to
        ask anew."""
        self._doubted: set[tuple[GroupId, EntryId]] = set()
        self._moved = Moved()

    def look_again(self, gid: GroupId, eids: Iterable[EntryId]) -> None:
        """Into the files of these shares, whatever their stamps say: they were read, and seem not right."""
        for eid in eids:
            self.doubt(gid, eid, believes_stamp=False)

    def doubt(self, gid: GroupId, eid: EntryId, *, believes_stamp: bool = True) -> None:
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
                await self._withdraw(record.gid, [record.eid])
                self._around.emit(ShareWithdrawn(group=group, name=record.name, reason=reason))
                await self._declaring.tell_stopped(record.gid, [record.eid])
                return
            if now:
                await self._keep_at(now)
                if now.path != record.path:
                    self._around.emit(ShareMoved(group=group, name=record.name, path=str(now.path)))
            # What is open may be where it was shared from before.
            self._offered.forget(record.gid, record.eid, now or record)
            if now:
                self.on_changed(record.gid, record.eid)
        except ShoalError as error:  # no tracker: it is stopped here, and the next session tells
            log.warning("share not withdrawn name=%s error=%s", record.name, error)
        finally:
            self._doubted.discard((record.gid, record.eid))

    async def _keep_at(self, now: ShareRecord) -> None:
        """Where it lies, or its stamp, is another than before. The group need not have heard of that."""
        await self._library.write(lambda db: lib.keep_shares(db, [now]))
        epoch = self._around.mirror.my_epoch(now.gid)
        if epoch and not self._declaring.is_live(now, epoch):
            await self._declaring.tell(now.gid, [now], {})

    def _look_at(self, record: ShareRecord, *, believes_stamp: bool) -> tuple[str, ShareRecord | None]:
        """Why it has to be withdrawn, or what is to be kept of it now. In a thread."""
        try:
            stamp = stamp_of(record.path)
        except OSError:
            now = self._moved_to(record)
            return ("", now) if now else ("missing", None)
        if stamp == record.stamp and believes_stamp:
            return "", None
        now = self.at(record, record.path) if stamp.size == record.stamp.size else None
        return ("", now) if now else ("changed", None)

    def _moved_to(self, record: ShareRecord) -> ShareRecord | None:
        for path in self._moved.candidates(record.path, record.stamp):
            if now := self.at(record, path):
                self._moved.found(record.path, path)
                return now
        return None

    def at(self, record: ShareRecord, path: Path) -> ShareRecord | None:
        """With this path, if its content lies there. Hashes; in a thread."""
        try:
            hashed = self._around.hasher.hash(path, lambda _: None, lambda: False)
        except ShoalError:
            return None
        manifest = self._library.manifest(record.root)
        is_it = manifest is not None and hashed.index == manifest.index
        return replace(record, path=path, stamp=hashed.stamp, stopped=False) if is_it else None
