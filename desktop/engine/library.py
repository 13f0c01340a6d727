"""What this account shares and downloads, in SQLite: manifests, lines, the journal of verified pieces.

One thread writes. Whatever came while it wrote goes into its next transaction together, and is answered
after the commit. Point reads take 10 to 100 us and may be made by any thread.
"""

# ruff: noqa: S608  only texts of this module are put into statements

import asyncio
import os
import queue
import sqlite3
import threading
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from concurrent.futures import Future
from contextlib import closing, contextmanager
from dataclasses import dataclass
from itertools import chain
from pathlib import Path
from typing import Any, NamedTuple, Protocol, TypeVar

from desktop.engine.files.bitfield import Bits
from desktop.engine.files.source_file import Stamp
from shared.errors import Damaged, DiskError, DiskFull, ShoalError, Version
from shared.facts.ids import EntryId, GroupId
from shared.limits import BLOCK_PIECES

SCHEMA = 3
_TABLES = """
CREATE TABLE manifest (root BLOB PRIMARY KEY, header BLOB NOT NULL, idx BLOB NOT NULL) WITHOUT ROWID;
CREATE TABLE block (id INTEGER PRIMARY KEY, root BLOB NOT NULL, n INTEGER NOT NULL, hashes BLOB NOT NULL,
    UNIQUE (root, n));
CREATE TABLE share (gid BLOB, eid BLOB, name TEXT NOT NULL, root BLOB NOT NULL, size INTEGER NOT NULL,
    path BLOB NOT NULL, mtime INTEGER NOT NULL, inode BLOB NOT NULL, ctime INTEGER NOT NULL,
    stopped INTEGER NOT NULL DEFAULT 0, PRIMARY KEY (gid, eid)) WITHOUT ROWID;
CREATE INDEX share_path ON share (path);
CREATE INDEX share_root ON share (root);
CREATE TABLE download (id INTEGER PRIMARY KEY AUTOINCREMENT, gid BLOB NOT NULL, name TEXT NOT NULL,
    folder BLOB NOT NULL, target TEXT NOT NULL, state TEXT NOT NULL, error TEXT NOT NULL DEFAULT '',
    in_order INTEGER NOT NULL DEFAULT 0, priority INTEGER NOT NULL DEFAULT 1);
CREATE TABLE download_file (download INTEGER, n INTEGER, eid BLOB NOT NULL, name TEXT NOT NULL,
    root BLOB NOT NULL, size INTEGER NOT NULL, target TEXT NOT NULL, part TEXT NOT NULL,
    done INTEGER NOT NULL DEFAULT 0, PRIMARY KEY (download, n)) WITHOUT ROWID;
CREATE TABLE had (download INTEGER, n INTEGER, block INTEGER, bits BLOB NOT NULL,
    PRIMARY KEY (download, n, block)) WITHOUT ROWID;
"""
_STEPS = (
    _TABLES,
    "ALTER TABLE download ADD COLUMN in_order INTEGER NOT NULL DEFAULT 0;",
    "ALTER TABLE download ADD COLUMN priority INTEGER NOT NULL DEFAULT 1;",
)
"""From nothing to the newest, then from each version to the next."""
_BATCH_MAX = 1000
_VALUES_MAX = 500
"""In one statement; SQLite before 3.32 takes 999."""
T = TypeVar("T")
Job = Callable[[sqlite3.Connection], object]


@dataclass(frozen=True)
class StoredManifest:
    header: bytes
    index: bytes


class Hashed(Protocol):
    """What the library keeps of a file's hashes."""

    @property
    def root(self) -> bytes: ...
    @property
    def header(self) -> bytes: ...
    @property
    def index(self) -> bytes: ...
    @property
    def blocks(self) -> Iterable[bytes]: ...


@dataclass(frozen=True)
class ShareRecord:
    """A file of this computer that is shared in one group."""

    gid: GroupId
    eid: EntryId
    name: str
    root: bytes
    path: Path
    stamp: Stamp
    stopped: bool = False
    """The user does not share it any more; remembered, so that no later login shares it again."""


@dataclass(frozen=True)
class FileRecord:
    """One file of a download."""

    n: int
    eid: EntryId
    name: str
    root: bytes
    size: int
    target: str
    """Where it goes, relative to the download's folder. Once it is done: where it is."""
    part: str
    """Name of its part file, chosen before that is made, so that a crash leaves none that nobody knows."""
    done: bool = False


@dataclass(frozen=True)
class DownloadRecord:
    """One line of the user's downloads."""

    id: int
    gid: GroupId
    name: str
    folder: Path
    """The destination that the user chose; it was there."""
    target: str
    """The file, or the folder with a trailing slash, in `folder`."""
    state: str
    error: str = ""
    in_order: bool = False
    """Each file is fetched from its first piece to its last."""
    priority: int = 1
    """Its place among PRIORITIES (views): peers are asked for those with a lower number first."""


class Library:
    """Raises DiskFull, DiskError and Damaged."""

    def __init__(self, path: Path) -> None:
        """Makes the file where there is none. Raises Version for a newer one, Damaged for no library."""
        path.touch(0o600)  # before SQLite: its other files take the rights of this one
        with _library_errors(path):
            self._write = _connect(path)
            (version,) = self._write.execute("PRAGMA user_version").fetchone()
            if version > SCHEMA:
                raise Version(f"{path} was written by a newer Shoal")
            if version < SCHEMA:
                change = "".join(_STEPS[version:]) if version else _TABLES
                self._write.executescript(f"BEGIN; {change} PRAGMA user_version = {SCHEMA}; COMMIT;")
            self._forget_unused_manifests()
            self._read = _connect(path)
        self._path = path
        self._jobs: queue.SimpleQueue[tuple[Job, Future[object]] | None] = queue.SimpleQueue()
        self._writer = threading.Thread(target=self._write_all, name="library", daemon=True)
        self._writer.start()

    def close(self) -> None:
        """Blocks until all that was asked is written."""
        if self._writer.is_alive():
            self._jobs.put(None)
            self._writer.join()
            self._write.close()
            self._read.close()

    def submit(self, job: Callable[[sqlite3.Connection], T]) -> "Future[T]":
        """`job` runs in the writing thread; the future is done after the commit. Order is kept."""
        future: Future[T] = Future()
        self._jobs.put((job, future))  # type: ignore[arg-type]
        return future

    async def write(self, job: Callable[[sqlite3.Connection], T]) -> T:
        return await asyncio.wrap_future(self.submit(job))

    # --- manifests -------------------------------------------------------------------------------

    def manifest(self, root: bytes) -> StoredManifest | None:
        found = self._found("SELECT header, idx FROM manifest WHERE root = ?", root)
        return StoredManifest(*found[0]) if found else None

    def manifests(self, roots: Sequence[bytes]) -> dict[bytes, StoredManifest]:
        """Those that there are."""
        found = self._of_roots("SELECT root, header, idx FROM manifest WHERE root", roots)
        return {root: StoredManifest(header, index) for root, header, index in found}

    def first_blocks(self, roots: Sequence[bytes]) -> dict[bytes, bytes]:
        """Those that there are."""
        return dict(self._of_roots("SELECT root, hashes FROM block WHERE n = 0 AND root", roots))

    def block(self, root: bytes, n: int) -> bytes | None:
        found = self._found("SELECT hashes FROM block WHERE root = ? AND n = ?", root, n)
        return bytes(found[0][0]) if found else None

    # --- shares ----------------------------------------------------------------------------------

    def share(self, gid: GroupId, eid: EntryId) -> ShareRecord | None:
        return next(self._shares("gid = ? AND eid = ?", gid, eid), None)

    def shares_of(self, gid: GroupId, eids: Sequence[EntryId]) -> list[ShareRecord]:
        """Those stopped too."""
        return [
            one
            for some in _in_parts(eids)
            for one in self._shares(f"gid = ? AND eid {some.sql}", gid, *some.values)
        ]

    def shares(self, gid: GroupId) -> list[ShareRecord]:
        """Those stopped too."""
        return list(self._shares("gid = ?", gid))

    def stopped_as(self, gid: GroupId, name: str) -> list[ShareRecord]:
        """Those stopped, by the name that they were shared as. Reads all of the group."""
        return list(self._shares("gid = ? AND name = ? AND stopped", gid, name))

    def shared_groups(self) -> list[GroupId]:
        return [GroupId(gid) for (gid,) in self._found("SELECT DISTINCT gid FROM share")]

    def shared_items(self) -> list[tuple[GroupId, str, int, int, str]]:
        """Of what is shared, each file or outermost folder (with its slash): how many files, how many bytes,
        the path of one. A second for a million files, so in a thread, and on a connection of its own."""
        sql = """SELECT gid, substr(name, 1, instr(name || '/', '/')) AS item, count(*), sum(size), min(path)
            FROM share WHERE NOT stopped GROUP BY gid, item"""
        with _library_errors(self._path), closing(_connect(self._path)) as db:
            return [
                (GroupId(gid), item, files, size, os.fsdecode(path))
                for gid, item, files, size, path in db.execute(sql)
            ]

    def shares_of_path(self, path: Path) -> list[ShareRecord]:
        return list(self._shares("path = ?", os.fsencode(path)))

    def shares_of_paths(self, paths: Sequence[Path]) -> list[ShareRecord]:
        return [
            one
            for some in _in_parts([os.fsencode(path) for path in paths])
            for one in self._shares(f"path {some.sql}", *some.values)
        ]

    def shares_of_content(self, root: bytes) -> list[ShareRecord]:
        return list(self._shares("root = ?", root))

    def stopped_of_contents(self, roots: Sequence[bytes]) -> list[ShareRecord]:
        return [
            one
            for some in _in_parts(roots)
            for one in self._shares(f"root {some.sql} AND stopped", *some.values)
        ]

    # --- downloads -------------------------------------------------------------------------------

    def downloads(self) -> list[DownloadRecord]:
        """In the order in which they were started."""
        return [
            DownloadRecord(
                id_,
                GroupId(gid),
                name,
                Path(os.fsdecode(folder)),
                target,
                state,
                error,
                bool(in_order),
                priority,
            )
            for id_, gid, name, folder, target, state, error, in_order, priority in self._found(
                "SELECT id, gid, name, folder, target, state, error, in_order, priority FROM download"
                " ORDER BY id"
            )
        ]

    def files(self, download: int) -> list[FileRecord]:
        return [
            FileRecord(n, EntryId(eid), name, root, size, target, part, bool(done))
            for n, eid, name, root, size, target, part, done in self._found(
                "SELECT n, eid, name, root, size, target, part, done FROM download_file"
                " WHERE download = ? ORDER BY n",
                download,
            )
        ]

    def had(self, download: int) -> dict[int, dict[int, Bits]]:
        """Of its files by number: the pieces that are verified and on the disk, by blocks."""
        had: dict[int, dict[int, Bits]] = {}
        for n, block, raw in self._found("SELECT n, block, bits FROM had WHERE download = ?", download):
            had.setdefault(n, {})[block] = int.from_bytes(raw, "little")
        return had

    # --- inside ----------------------------------------------------------------------------------

    def _found(self, sql: str, *values: object) -> list[Any]:
        with _library_errors(self._path):
            return self._read.execute(sql, values).fetchall()

    def _of_roots(self, sql: str, roots: Sequence[bytes]) -> list[Any]:
        return [
            found for some in _in_parts(roots) for found in self._found(f"{sql} {some.sql}", *some.values)
        ]

    def _shares(self, where: str, *values: object) -> Iterator[ShareRecord]:
        for gid, eid, name, root, size, path, mtime, inode, ctime, stopped in self._found(
            "SELECT gid, eid, name, root, size, path, mtime, inode, ctime, stopped FROM share"
            f" WHERE {where} ORDER BY name",
            *values,
        ):
            stamp = Stamp(size, mtime, int.from_bytes(inode, "big"), ctime)
            yield ShareRecord(
                GroupId(gid), EntryId(eid), name, root, Path(os.fsdecode(path)), stamp, bool(stopped)
            )

    def _forget_unused_manifests(self) -> None:
        used = "(SELECT root FROM share UNION SELECT root FROM download_file)"
        for table in ("manifest", "block"):
            self._write.execute(f"DELETE FROM {table} WHERE root NOT IN {used}")

    def _write_all(self) -> None:
        """The writing thread."""
        is_open = True
        while is_open:
            batch = [self._jobs.get()]
            while batch[-1] is not None and len(batch) < _BATCH_MAX and not self._jobs.empty():
                batch.append(self._jobs.get())
            is_open = batch[-1] is not None
            # One whose waiter was cancelled is not done.
            self._write_batch([job for job in batch if job and job[1].set_running_or_notify_cancel()])

    def _write_batch(self, batch: list[tuple[Job, Future[object]]]) -> None:
        answers: list[tuple[Future[object], object, ShoalError | None]] = []
        try:
            with _library_errors(self._path):
                self._write.execute("BEGIN IMMEDIATE")
                for job, future in batch:
                    self._write.execute("SAVEPOINT job")
                    try:
                        with _library_errors(self._path):
                            answers.append((future, job(self._write), None))
                    except ShoalError as error:
                        if not self._write.in_transaction:
                            raise  # a full disk takes back all that came before, too
                        answers.append((future, None, error))
                        self._write.execute("ROLLBACK TO job")
                    self._write.execute("RELEASE job")
                self._write.execute("COMMIT")
        except ShoalError as error:  # the disk: nothing of it was kept
            if self._write.in_transaction:
                self._write.execute("ROLLBACK")
            answers = [(future, None, error) for _, future in batch]
        for future, answer, refused in answers:
            if refused:
                future.set_exception(refused)
            else:
                future.set_result(answer)


def keep_manifest(
    db: sqlite3.Connection, root: bytes, manifest: StoredManifest, blocks: Iterable[tuple[int, bytes]]
) -> None:
    """All proven to be those of `root`."""
    db.execute("INSERT OR IGNORE INTO manifest VALUES (?, ?, ?)", (root, manifest.header, manifest.index))
    db.executemany(
        "INSERT OR IGNORE INTO block (root, n, hashes) VALUES (?, ?, ?)",
        ((root, n, hashes) for n, hashes in blocks),
    )


def keep_hashed(db: sqlite3.Connection, file: Hashed) -> None:
    keep_manifest(db, file.root, StoredManifest(file.header, file.index), enumerate(file.blocks))


def keep_small(db: sqlite3.Connection, files: Iterable[Hashed]) -> None:
    """As keep_hashed(), of many files that have one block of hashes or none."""
    files = list(files)
    _insert(db, "INSERT OR IGNORE INTO manifest", [(one.root, one.header, one.index) for one in files])
    blocks = [(one.root, n, block) for one in files for n, block in enumerate(one.blocks)]
    _insert(db, "INSERT OR IGNORE INTO block (root, n, hashes)", blocks)


def keep_shares(db: sqlite3.Connection, shares: Iterable[ShareRecord]) -> None:
    rows = [
        (one.gid, one.eid, one.name, one.root, one.stamp.size, os.fsencode(one.path), one.stamp.mtime_ns,
         one.stamp.inode.to_bytes(16, "big"), one.stamp.ctime_ns, one.stopped)
        for one in shares
    ]  # fmt: skip
    _insert(db, "INSERT OR REPLACE INTO share", rows)


def stop_shares(db: sqlite3.Connection, gid: GroupId, eids: Iterable[EntryId]) -> None:
    db.executemany("UPDATE share SET stopped = 1 WHERE gid = ? AND eid = ?", [(gid, eid) for eid in eids])


def share_again(db: sqlite3.Connection, gid: GroupId, eids: Iterable[EntryId]) -> None:
    db.executemany("UPDATE share SET stopped = 0 WHERE gid = ? AND eid = ?", [(gid, eid) for eid in eids])


def forget_shares(db: sqlite3.Connection, gid: GroupId, eids: Iterable[EntryId]) -> None:
    db.executemany("DELETE FROM share WHERE gid = ? AND eid = ?", [(gid, eid) for eid in eids])


def add_download(db: sqlite3.Connection, download: DownloadRecord, files: Iterable[FileRecord]) -> int:
    """The new id, which no download of this account ever had. `download.id` is not looked at."""
    id_ = db.execute(
        "INSERT INTO download (gid, name, folder, target, state) VALUES (?, ?, ?, ?, ?)",
        (download.gid, download.name, os.fsencode(download.folder), download.target, download.state),
    ).lastrowid
    assert id_ is not None
    rows = [(id_, f.n, f.eid, f.name, f.root, f.size, f.target, f.part, f.done) for f in files]
    _insert(db, "INSERT INTO download_file", rows)
    return id_


def set_state(db: sqlite3.Connection, download: int, state: str, error: str = "") -> None:
    db.execute("UPDATE download SET state = ?, error = ? WHERE id = ?", (state, error, download))


def set_in_order(db: sqlite3.Connection, download: int, in_order: bool) -> None:
    db.execute("UPDATE download SET in_order = ? WHERE id = ?", (in_order, download))


def set_priority(db: sqlite3.Connection, download: int, priority: int) -> None:
    db.execute("UPDATE download SET priority = ? WHERE id = ?", (priority, download))


def set_done(db: sqlite3.Connection, download: int, targets: Mapping[int, str]) -> None:
    """Files by number, and where they are."""
    for some in _in_parts(list(targets)):
        where = f"WHERE download = ? AND n {some.sql}"
        found = db.execute(f"SELECT n, target FROM download_file {where}", (download, *some.values))
        moved = [(targets[n], download, n) for n, target in found if target != targets[n]]
        db.execute(f"UPDATE download_file SET done = 1 {where}", (download, *some.values))
        db.executemany("UPDATE download_file SET target = ? WHERE download = ? AND n = ?", moved)
        db.execute(f"DELETE FROM had {where}", (download, *some.values))


def set_had(db: sqlite3.Connection, download: int, n: int, blocks: Mapping[int, Bits]) -> None:
    """All that is on the disk now of these blocks."""
    db.executemany(
        "INSERT OR REPLACE INTO had VALUES (?, ?, ?, ?)",
        [(download, n, block, bits.to_bytes(BLOCK_PIECES // 8, "little")) for block, bits in blocks.items()],
    )


def forget_had(db: sqlite3.Connection, download: int, files: Iterable[int]) -> None:
    db.executemany("DELETE FROM had WHERE download = ? AND n = ?", [(download, n) for n in files])


def forget_download(db: sqlite3.Connection, download: int) -> None:
    for table, column in (("download", "id"), ("download_file", "download"), ("had", "download")):
        db.execute(f"DELETE FROM {table} WHERE {column} = ?", (download,))


class _Some(NamedTuple):
    sql: str
    values: Sequence[object]


def _insert(db: sqlite3.Connection, into: str, rows: Sequence[tuple[object, ...]]) -> None:
    """Many rows by one statement: at the end of each, another thread may take the interpreter."""
    columns = len(rows[0]) if rows else 1
    for at in range(0, len(rows), _VALUES_MAX // columns):
        some = rows[at : at + _VALUES_MAX // columns]
        one = f"({', '.join('?' * columns)})"
        db.execute(f"{into} VALUES {', '.join([one] * len(some))}", [*chain.from_iterable(some)])


def _in_parts(values: Sequence[object]) -> Iterator[_Some]:
    """To look for many values in few statements."""
    for at in range(0, len(values), _VALUES_MAX):
        some = values[at : at + _VALUES_MAX]
        yield _Some(f"IN ({', '.join('?' * len(some))})", some)


def _connect(path: Path) -> sqlite3.Connection:
    assert sqlite3.threadsafety == 3, "SQLite must let threads share a connection"
    db = sqlite3.connect(path, isolation_level=None, check_same_thread=False)
    db.execute("PRAGMA journal_mode = WAL")
    db.execute("PRAGMA synchronous = FULL")
    return db


@contextmanager
def _library_errors(path: Path) -> Iterator[None]:
    try:
        yield
    except sqlite3.OperationalError as error:
        full = error.sqlite_errorcode == sqlite3.SQLITE_FULL
        raise (DiskFull if full else DiskError)(f"{path}: {error}") from error
    except sqlite3.DatabaseError as error:
        raise Damaged(f"{path}: {error}") from error
