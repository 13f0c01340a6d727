"""What this account shares and downloads, in SQLite: manifests, lines, the journal of verified pieces.

Written as library_changes says. Point reads take 10 to 100 us and may be made by any thread.
"""

# ruff: noqa: S608  only texts of this module are put into statements

import os
import sqlite3
import threading
from collections.abc import Iterable, Iterator, Sequence
from contextlib import closing
from dataclasses import dataclass
from functools import partial
from pathlib import Path
from typing import Any, Protocol

from desktop.engine.files.bitfield import Bits
from desktop.engine.files.source_file import Stamp
from desktop.engine.group_commit import GroupCommit
from desktop.engine.library_tables import connected, in_parts, library_errors, made
from shared.errors import DiskError, ShoalError
from shared.facts.ids import EntryId, GroupId


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


class Library(GroupCommit):
    """Raises DiskFull, DiskError and Damaged."""

    def __init__(self, path: Path) -> None:
        """Makes the file where there is none. Raises Version for a newer one, Damaged for no library."""
        db = made(path)
        self._path = path
        try:
            with library_errors(path):
                _forget_unused_manifests(db)
                self._read = connected(path)
                self._readers = 0
                self._is_closed = False
                self._changed = threading.Condition()
                """Of both: who closes a connection that another thread reads takes it from under SQLite."""
        except ShoalError:
            db.close()
            raise
        super().__init__(db, partial(library_errors, path))

    def close(self) -> None:
        """Blocks until all that was asked is written, and nobody reads any more."""
        super().close()
        with self._changed:
            self._is_closed = True
            self._changed.wait_for(lambda: not self._readers)
        self._read.close()

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
            for some in in_parts(eids)
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
        with library_errors(self._path), closing(connected(self._path)) as db:
            return [
                (GroupId(gid), item, files, size, os.fsdecode(path))
                for gid, item, files, size, path in db.execute(sql)
            ]

    def shares_of_path(self, path: Path) -> list[ShareRecord]:
        return list(self._shares("path = ?", os.fsencode(path)))

    def shares_of_paths(self, paths: Sequence[Path]) -> list[ShareRecord]:
        return [
            one
            for some in in_parts([os.fsencode(path) for path in paths])
            for one in self._shares(f"path {some.sql}", *some.values)
        ]

    def shares_of_content(self, root: bytes) -> list[ShareRecord]:
        return list(self._shares("root = ?", root))

    def stopped_of_contents(self, roots: Sequence[bytes]) -> list[ShareRecord]:
        return [
            one
            for some in in_parts(roots)
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
        with self._changed:
            if self._is_closed:
                raise DiskError(f"{self._path} is closed")
            self._readers += 1
        try:
            with library_errors(self._path):
                return self._read.execute(sql, values).fetchall()
        finally:
            with self._changed:
                self._readers -= 1
                self._changed.notify_all()

    def _of_roots(self, sql: str, roots: Sequence[bytes]) -> list[Any]:
        return [found for some in in_parts(roots) for found in self._found(f"{sql} {some.sql}", *some.values)]

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


def _forget_unused_manifests(db: sqlite3.Connection) -> None:
    used = "(SELECT root FROM share UNION SELECT root FROM download_file)"
    for table in ("manifest", "block"):
        db.execute(f"DELETE FROM {table} WHERE root NOT IN {used}")
