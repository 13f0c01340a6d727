"""What may be written into the library; each for its writing thread, in a transaction with others."""

# ruff: noqa: S608  only texts of this module are put into statements

import os
import sqlite3
from collections.abc import Iterable, Mapping, Sequence

from desktop.engine.files.bitfield import Bits
from desktop.engine.library import DownloadRecord, FileRecord, Hashed, ShareRecord, StoredManifest
from desktop.engine.library_tables import in_parts, insert
from shared.facts.ids import EntryId, GroupId
from shared.limits import BLOCK_PIECES


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
    insert(db, "INSERT OR IGNORE INTO manifest", [(one.root, one.header, one.index) for one in files])
    blocks = [(one.root, n, block) for one in files for n, block in enumerate(one.blocks)]
    insert(db, "INSERT OR IGNORE INTO block (root, n, hashes)", blocks)


def keep_shares(db: sqlite3.Connection, shares: Iterable[ShareRecord]) -> None:
    rows = [
        (one.gid, one.eid, one.name, one.root, one.stamp.size, os.fsencode(one.path), one.stamp.mtime_ns,
         one.stamp.inode.to_bytes(16, "big"), one.stamp.ctime_ns, one.stopped)
        for one in shares
    ]  # fmt: skip
    insert(db, "INSERT OR REPLACE INTO share", rows)


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
    insert(db, "INSERT INTO download_file", rows)
    return id_


def set_state(db: sqlite3.Connection, download: int, state: str, error: str = "") -> None:
    db.execute("UPDATE download SET state = ?, error = ? WHERE id = ?", (state, error, download))


def set_in_order(db: sqlite3.Connection, download: int, in_order: bool) -> None:
    db.execute("UPDATE download SET in_order = ? WHERE id = ?", (in_order, download))


def set_priority(db: sqlite3.Connection, download: int, priority: int) -> None:
    db.execute("UPDATE download SET priority = ? WHERE id = ?", (priority, download))


def set_done(db: sqlite3.Connection, download: int, targets: Mapping[int, str]) -> None:
    """Files by number, and where they are."""
    for some in in_parts(list(targets)):
        where = f"WHERE download = ? AND n {some.sql}"
        found = db.execute(f"SELECT n, target FROM download_file {where}", (download, *some.values))
        moved = [(targets[n], download, n) for n, target in found if target != targets[n]]
        db.execute(f"UPDATE download_file SET done = 1 {where}", (download, *some.values))
        db.executemany("UPDATE download_file SET target = ? WHERE download = ? AND n = ?", moved)
        db.execute(f"DELETE FROM had {where}", (download, *some.values))


def set_undone(db: sqlite3.Connection, download: int, numbers: Sequence[int]) -> None:
    """Files that were complete."""
    for some in in_parts(numbers):
        where = f"WHERE download = ? AND n {some.sql}"
        db.execute(f"UPDATE download_file SET done = 0 {where}", (download, *some.values))


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
