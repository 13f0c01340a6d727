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
from collections.abc import Callable, Iterable, Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from pathlib import Path
from typing import NamedTuple, Self, TypeVar

from desktop.engine import catalogue
from desktop.engine.called import entries_called
from desktop.engine.catalogue import Catalogue
from desktop.engine.file_changes import FileChange
from shared.clock import Clock
from shared.errors import DiskError, DiskFull, Violation
from shared.fact_tables import TABLES, SqlRows, connect
from shared.facts.derive import VisibleEntry, fact, membership, shown_group, user_of_device, visible_entries
from shared.facts.ids import DeviceId, Epoch, GroupId, UserId
from shared.facts.replica import lift
from shared.facts.rows import (
    BODY_OF,
    GROUP_KINDS,
    NETWORK_KINDS,
    Device,
    Group,
    Kind,
    Member,
    Row,
    User,
    body_of,
    check,
    split,
)
from shared.limits import (
    MAY_TALK_CACHED_MAX,
    MIRROR_CLOCK_BACK_S_MAX,
    MIRROR_SYNCED_WRITTEN_S,
    MIRROR_TRUST_S,
)
from shared.wire.tracker_messages import ME, NETWORK, Named, Scope, Vector

log = logging.getLogger(__name__)
SCHEMA = 4
"""To be raised with every kind of row that is new, which older mirrors left out, and with every change of a
table or an index. Mirrors with another number are fetched anew."""
_TABLES = f"""
{TABLES}
{catalogue.TABLES}
CREATE TABLE vv(scope BLOB, log INT, seq INT, PRIMARY KEY(scope, log)) WITHOUT ROWID;
CREATE TABLE named(gid BLOB PRIMARY KEY, name TEXT, others TEXT) WITHOUT ROWID;
PRAGMA user_version = {SCHEMA};
"""
_LISTED = """
CREATE TEMP TABLE listed(scope BLOB, kind INT, id BLOB, PRIMARY KEY(scope, kind, id)) WITHOUT ROWID
"""
_FILE_KINDS = (Kind.SHARE, Kind.ENTRY)
T = TypeVar("T")


class Merged(NamedTuple):
    """What a batch came to."""

    scopes: set[bytes]
    """Whose rows are different now."""
    people: set[bytes]
    """Scopes in which more than files changed."""
    vv: Vector | None
    """Where the scope is now; None where it has not moved."""
    files: list[FileChange]
    """Files that came, went, are called otherwise or are had by others."""


class Mirror:
    """Belongs to the loop's thread. Writers raise DiskFull and DiskError, and nothing is then kept."""

    on_change: Callable[[set[bytes]], None]
    """Told the scopes whose rows are different now, on the loop, after the commit."""
    on_news: Callable[[Merged], None]
    """The same for the tracker client."""

    def __init__(self, path: Path, uid: UserId, clock: Clock) -> None:
        self._write, read, snapshot = _connect(path), _connect(path), _connect(path)
        self._write.execute(_LISTED)
        self._written = SqlRows(self._write)
        self._catalogue = Catalogue(self._written, uid)
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
        with _disk_errors():
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
        for rows in (self.rows, self._written, self._snapshot):
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
            self._writer, self._transaction, self._merge, scope, rows, vv, full, since
        )
        future.add_done_callback(lambda done: self._changed(scope, done))
        return future

    async def restart(self, scope: Scope) -> None:
        """Forgets how far the scope is, so that the next sync lists it whole."""
        self._vv.pop(scope, None)
        await self._in_writer(self._forget_vector, scope)

    def call(self, named: Named) -> None:
        """A tracker has said what a group is called."""
        if self._named.get(named.gid) != named:
            self._named[GroupId(named.gid)] = named
            self._writer.submit(self._transaction, self._set_named, named)
            self._tell(Merged({named.gid}, {named.gid}, None, []))

    async def drop(self, gid: GroupId) -> None:
        """I am no member any more: the group's rows go, but those of my own that say so."""
        self._vv.pop(gid, None)
        self._named.pop(gid, None)
        await self._in_writer(self._forget_group, gid)
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
        self._writer.submit(self._transaction, self._set_meta, key, value)

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
        await asyncio.get_running_loop().run_in_executor(self._writer, self._transaction, job, scope)

    # In the writer's thread:

    def _transaction(self, job: Callable[..., T], *values: object) -> T:
        with _disk_errors():
            self._write.execute("BEGIN IMMEDIATE")
            try:
                result = job(*values)
                self._write.execute("COMMIT")
            finally:
                if self._write.in_transaction:
                    self._write.execute("ROLLBACK")
                    self._catalogue.forget_cached()
        return result

    def _merge(
        self, scope: Scope, rows: list[Row], vv: Vector | None, full: bool, since: Vector | None
    ) -> Merged:
        changed = [row for row in rows if _is_sound(row) and self._keep(row)]
        ours = dict(self._write.execute("SELECT log, seq FROM vv WHERE scope = ?", (scope,)))
        if full:
            keys = [(scope, row.kind, row.id) for row in rows]
            self._write.executemany("INSERT OR IGNORE INTO listed VALUES (?, ?, ?)", keys)
        if full and vv is not None:
            changed += self._drop_unlisted(scope, vv)
            ours = {}
        elif since is not None and any(ours.get(log_, 0) < seq for log_, seq in since.items()):
            vv = None  # something before these rows is missing
        if vv is not None:
            vv = _moved(ours, since or {}, vv)
            lost = [(scope, log_) for log_ in ours.keys() - vv.keys()]
            self._write.executemany("DELETE FROM vv WHERE scope = ? AND log = ?", lost)
            self._write.executemany(
                "INSERT OR REPLACE INTO vv VALUES (?, ?, ?)",
                [(scope, *dot) for dot in vv.items() - ours.items()],
            )
        people = {one for row in changed if row.kind not in _FILE_KINDS for one in self._scopes_of(row)}
        if full and vv:
            people.add(scope)  # it is whole now, whether or not the last rows said something new
        files = {row.id[:16] for row in changed if row.kind in _FILE_KINDS}
        return Merged(files | people, people, vv, self._catalogue.settle())

    def _keep(self, row: Row) -> bool:
        old = self._written.get(Kind(row.kind), row.id)
        if old and not row.beats(old):
            return False
        self._written.keep(row)
        if row.kind == Kind.USER:
            self._project("name_idx", row.kind, body_of(row, User).fold, row.id)
        elif row.kind == Kind.GROUP:
            self._project("name_idx", row.kind, body_of(row, Group).fold, row.id)
        elif row.kind == Kind.DEVICE:
            self._project("user_row", body_of(row, Device).uid, row.kind, row.id)
        elif row.kind in (Kind.MEMBER, Kind.REQUEST):
            self._project("user_row", split(row.id)[1], row.kind, row.id)
        self._catalogue.heard(row)
        return True

    def _project(self, table: str, *values: int | str | bytes) -> None:
        # Never taken back: what points to a row that is gone finds none.
        self._write.execute(f"INSERT OR IGNORE INTO {table} VALUES (?, ?, ?)", values)  # noqa: S608

    def _scopes_of(self, row: Row) -> set[bytes]:
        """Where it makes a difference."""
        if row.kind in GROUP_KINDS:
            is_mine = row.kind in (Kind.MEMBER, Kind.REQUEST) and row.id[16:] == self.uid
            return {row.id[:16], ME} if is_mine else {row.id[:16]}
        if row.kind in NETWORK_KINDS:
            return {NETWORK}
        if row.kind in (Kind.DEVICE, Kind.REVOKED):
            device = fact(self._written, Device, row.id)
            concerned = [device.uid] if device else []
        else:  # and those whose name it is, too
            user = fact(self._written, User, row.id)
            claims = self._written.claims(Kind.USER, user.fold) if user else []
            concerned = [UserId(row.id), *map(UserId, claims)]
        scopes = {gid for uid in concerned for gid in self._written.groups_of(uid)}
        return scopes | ({ME} if self.uid in concerned else set())

    def _drop_unlisted(self, scope: Scope, vv: Vector) -> list[Row]:
        if scope == NETWORK:
            found = [row for kind in NETWORK_KINDS for row in self._written.scan(kind, b"")]
        elif scope == ME:
            kinds = (Kind.MEMBER, Kind.REQUEST, Kind.DEVICE)
            found = [row for kind in kinds for row in self._written.about(self.uid, kind)]
        else:
            found = [row for kind in GROUP_KINDS for row in self._written.scan(kind, scope)]
        lost = [row for row in found if row.seq <= vv.get(row.log, 0) and not self._is_listed(scope, row)]
        self._delete(lost)
        for row in lost:
            self._catalogue.heard(row)
        self._forget_vector(scope)
        return lost

    def _is_listed(self, scope: Scope, row: Row) -> bool:
        key = (scope, row.kind, row.id)
        found = self._write.execute("SELECT 1 FROM listed WHERE scope = ? AND kind = ? AND id = ?", key)
        return found.fetchone() is not None

    def _forget_vector(self, scope: bytes) -> None:
        self._write.execute("DELETE FROM vv WHERE scope = ?", (scope,))
        self._write.execute("DELETE FROM listed WHERE scope = ?", (scope,))

    def _forget_group(self, gid: bytes) -> None:
        self._forget_vector(gid)
        self._write.execute("DELETE FROM named WHERE gid = ?", (gid,))
        self._catalogue.forget(gid)
        rows = (row for kind in GROUP_KINDS for row in self._written.scan(kind, gid))
        self._delete(row for row in rows if row.kind in _FILE_KINDS or row.id[16:] != self.uid)

    def _delete(self, rows: Iterable[Row]) -> None:
        keys = [(row.kind, row.id) for row in rows]
        self._write.executemany("DELETE FROM row WHERE kind = ? AND id = ?", keys)

    def _set_named(self, named: Named) -> None:
        values = (named.gid, named.name, "\n".join(named.others))
        self._write.execute("INSERT OR REPLACE INTO named VALUES (?, ?, ?)", values)

    def _set_meta(self, key: str, value: float) -> None:
        self._write.execute("INSERT OR REPLACE INTO meta VALUES (?, ?)", (key, value))


def _moved(ours: Vector, since: Vector, now: Vector) -> Vector:
    """As far as `now`; and back to it, where a tracker has less than it was asked above."""
    back = {log_ for log_, seq in since.items() if now.get(log_, 0) < seq}
    moved = {log_: seq for log_, seq in ours.items() if log_ not in back}
    lift(moved, now)
    return moved


def _is_sound(row: Row) -> bool:
    try:
        check(row)
    except Violation as error:
        log.warning("a tracker sent a row that is not what it says: %s", error)
        return False
    return row.kind in BODY_OF and row.kind != Kind.CRED


def _connect(path: Path) -> sqlite3.Connection:
    db = connect(path, "NORMAL")
    try:
        (version,) = db.execute("PRAGMA user_version").fetchone()
        if version == 0:
            db.executescript(f"BEGIN; {_TABLES} COMMIT;")
        elif version != SCHEMA:
            raise sqlite3.DatabaseError("it was written by another version")
    except sqlite3.Error:
        db.close()
        raise
    return db


@contextmanager
def _disk_errors() -> Iterator[None]:
    try:
        yield
    except sqlite3.Error as error:
        full = getattr(error, "sqlite_errorcode", 0) & 0xFF == sqlite3.SQLITE_FULL
        raise (DiskFull if full else DiskError)(f"the mirror could not be written: {error}") from error
