"""The rows of my groups in SQLite, by the trackers' own merge; answers with no tracker at all.

Written by one thread, a transaction for each batch; point reads (10 to 100 us) are made on the loop, scans
of a whole group in a thread of their own. Everything here can be fetched again: so a power cut may cost
the last seconds, a damaged file is made anew, and nothing waits for the disk (synchronous=NORMAL).
"""

import asyncio
import functools
import logging
import sqlite3
from collections import Counter
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from typing import Self, TypeVar

from desktop.engine.called import entries_called
from desktop.engine.mirror_file import Merged, MirrorFile, connected, disk_errors
from shared.clock import Clock
from shared.fact_tables import SqlRows
from shared.facts.derive import VisibleEntry, fact, membership, shown_group, user_of_device, visible_entries
from shared.facts.ids import DeviceId, Epoch, GroupId, UserId
from shared.facts.rows import (
    Member,
    Row,
)
from shared.limits import (
    MAY_TALK_CACHED_MAX,
    MIRROR_CLOCK_BACK_S_MAX,
    MIRROR_SYNCED_WRITTEN_S,
    MIRROR_TRUST_S,
)
from shared.wire.tracker_messages import Named, Scope, Vector

log = logging.getLogger(__name__)
T = TypeVar("T")


class Mirror:
    """Belongs to the loop's thread. Writers raise DiskFull and DiskError, and nothing is then kept."""

    on_change: Callable[[set[bytes]], None]
    """Told the scopes whose rows are different now, on the loop, after the commit."""
    on_news: Callable[[Merged], None]
    """The same for the tracker client."""

    def __init__(self, path: Path, uid: UserId, clock: Clock) -> None:
        self._file, read, snapshot = MirrorFile(path, uid), connected(path), connected(path)
        self._snapshot = SqlRows(snapshot)
        self._writer, self._reader = (
            ThreadPoolExecutor(1, "mirror-writer"),
            ThreadPoolExecutor(1, "mirror-reader"),
        )
        self._clock = clock
        self._vv: dict[bytes, Vector] = {}
        for scope, log_, seq in read.execute("SELECT scope, log, seq FROM vv"):
            self._vv.setdefault(scope, {})[log_] = seq
        self._meta: dict[str, float] = dict(read.execute("SELECT k, v FROM meta"))
        self._named: dict[bytes, Named] = {
            gid: Named(gid, name, others.split("\n") if others else [])
            for gid, name, others in read.execute("SELECT gid, name, others FROM named")
        }
        self._synced_mono_s: float | None = None
        self._listings: dict[bytes, list[VisibleEntry]] = {}
        self._listing = asyncio.Lock()
        self._changes: Counter[bytes] = Counter()
        self._may_talk: dict[tuple[DeviceId, GroupId], bool] = {}
        self.path, self.uid = path, uid
        self.rows = SqlRows(read)
        self.on_change = lambda _scopes: None
        self.on_news = lambda _merged: None

    @classmethod
    def open(cls, path: Path, uid: UserId, clock: Clock) -> Self:
        """Makes the file where there is none, or none that can be read. Raises DiskFull, DiskError."""
        with disk_errors():
            try:
                return cls(path, uid, clock)
            except sqlite3.OperationalError:
                raise  # the disk, not the file
            except sqlite3.DatabaseError as error:
                log.warning("the mirror is fetched anew: %s", error)
                for file in path.parent.glob(path.name + "*"):
                    file.unlink()
                return cls(path, uid, clock)

    def close(self) -> None:
        """Blocks until what was applied is written."""
        self._writer.shutdown()
        self._reader.shutdown()
        for rows in (self.rows, self._file.rows, self._snapshot):
            rows.db.close()

    # --- questions -------------------------------------------------------------------------------

    def vector(self, scope: Scope) -> Vector:
        """Empty where the scope was never had whole."""
        return self._vv.get(scope, {})

    def user_of(self, dev: DeviceId) -> UserId | None:
        return user_of_device(self.rows, dev)

    def my_epoch(self, gid: GroupId) -> Epoch | None:
        return membership(self.rows, gid, self.uid)

    def has_left(self, gid: GroupId) -> bool:
        """Whether I was in the group once, and am not now."""
        me = fact(self.rows, Member, gid + self.uid)
        return me is not None and not me.is_in

    def named(self, gid: GroupId) -> Named:
        """As a tracker told it last; else the group has the name that it was made with, "" if unknown."""
        return self._named.get(gid) or Named(gid, shown_group(self.rows, gid), [])

    def may_talk(self, dev: DeviceId, gid: GroupId) -> bool:
        """Whether the device is of a member now, as far as a mirror that is fresh enough can say."""
        may = self._may_talk.get((dev, gid))
        if may is None:
            uid = self.user_of(dev)
            may = uid is not None and membership(self.rows, gid, uid) is not None
            if len(self._may_talk) >= MAY_TALK_CACHED_MAX:
                self._may_talk.clear()
            self._may_talk[dev, gid] = may
        return may and self.is_fresh()

    @property
    def synced_s_ago(self) -> int:
        """Since a tracker was last in step with this; 0 if none ever was."""
        synced = self._meta.get("synced", 0.0)
        return max(0, int(self._clock.wall_s() - synced)) if synced else 0

    def is_fresh(self) -> bool:
        """Whether a tracker was in step with this not too long ago. To set the clock back does not help."""
        by_wall_s = self._clock.wall_s() - self._meta.get("synced", 0.0)
        since_s = by_wall_s
        if self._synced_mono_s is not None:
            since_s = max(by_wall_s, self._clock.monotonic_s() - self._synced_mono_s)
        return since_s <= MIRROR_TRUST_S and by_wall_s >= -MIRROR_CLOCK_BACK_S_MAX

    async def listing(self, gid: GroupId, name: str = "") -> list[VisibleEntry]:
        """The files of a group, not to be changed. O(its rows), in a thread; kept until they change. With
        `name`, which costs only these: those that are shown or were shared so, or are in that folder."""
        if name:
            called = functools.partial(entries_called, gid=gid, name=name)
            return await asyncio.get_running_loop().run_in_executor(self._reader, self._snapshot.ask, called)
        async with self._listing:
            if gid in self._listings:
                return self._listings[gid]
            before = self._changes[gid]
            loop = asyncio.get_running_loop()
            question = functools.partial(visible_entries, gid=gid)
            listed = await loop.run_in_executor(self._reader, self._snapshot.ask, question)
            if self._changes[gid] == before:
                self._listings[gid] = listed
            return listed

    # --- changes ---------------------------------------------------------------------------------

    def apply(
        self,
        scope: Scope,
        rows: list[Row],
        vv: Vector | None,
        *,
        full: bool = False,
        since: Vector | None = None,
    ) -> "asyncio.Future[Merged]":
        """Merges rows of `scope`; they are queued at once, in order. Rows that are not what they say are
        left out. `vv`, with the last batch, is all that the tracker has, if the scope had covered `since`:
        where that was more, the scope goes back to it, though the rows stay. For where the tracker lacks
        rows, there may later come memberships that make those matter, and that were none when they passed.
        `full`: a part of a whole listing; with the last one go the rows that it lacked and that `vv` covers.
        """
        future = asyncio.get_running_loop().run_in_executor(
            self._writer, self._file.transaction, self._file.merge, scope, rows, vv, full, since
        )
        future.add_done_callback(lambda done: self._changed(scope, done))
        return future

    async def restart(self, scope: Scope) -> None:
        """Forgets how far the scope is, so that the next sync lists it whole."""
        self._vv.pop(scope, None)
        await self._in_writer(self._file.forget_vector, scope)

    def call(self, named: Named) -> None:
        """A tracker has said what a group is called."""
        if self._named.get(named.gid) != named:
            self._named[GroupId(named.gid)] = named
            self._writer.submit(self._file.transaction, self._file.set_named, named)
            self._tell(Merged({named.gid}, {named.gid}, None, []))

    async def drop(self, gid: GroupId) -> None:
        """I am no member any more: the group's rows go, but those of my own that say so."""
        self._vv.pop(gid, None)
        self._named.pop(gid, None)
        await self._in_writer(self._file.forget_group, gid)
        self._tell(Merged({gid}, {gid}, None, []))

    def synced(self) -> None:
        """A tracker has just said, or shown by being there, that nothing is missing."""
        wall_s = self._clock.wall_s()
        is_due = not 0 <= wall_s - self._meta.get("synced", 0.0) < MIRROR_SYNCED_WRITTEN_S
        self._synced_mono_s = self._clock.monotonic_s()
        if is_due:
            self.remember("synced", wall_s)

    def recall(self, key: str) -> float | None:
        return self._meta.get(key)

    def remember(self, key: str, value: float) -> None:
        self._meta[key] = value
        self._writer.submit(self._file.transaction, self._file.set_meta, key, value)

    # --- inside ----------------------------------------------------------------------------------

    def _changed(self, scope: Scope, done: "asyncio.Future[Merged]") -> None:
        if done.cancelled() or done.exception() is not None:
            return  # whoever applied is told
        merged = done.result()
        if merged.vv is not None:
            self._vv[scope] = merged.vv
        if merged.scopes:
            self._tell(merged)

    def _tell(self, merged: Merged) -> None:
        self._changes.update(merged.scopes)
        for scope in merged.scopes:
            self._listings.pop(scope, None)
        if merged.people:
            self._may_talk.clear()
        self.on_change(merged.scopes)
        self.on_news(merged)

    async def _in_writer(self, job: Callable[[bytes], None], scope: bytes) -> None:
        await asyncio.get_running_loop().run_in_executor(self._writer, self._file.transaction, job, scope)
