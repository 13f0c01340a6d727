"""The store's file as a file: copied while it is in use, looked over, set aside, and put in its place."""

import contextlib
import itertools
import os
import sqlite3
import sys
import tempfile
from collections.abc import Iterator
from pathlib import Path

from shared.errors import Damaged, Exists

STORE_FILE = "store.sqlite"
BACKUPS = "backups"
_BESIDE = ("-wal", "-shm", "-journal")
"""What SQLite keeps beside a file."""
REMEDY = (
    f"`trackerd restore` a backup; or, if there are other trackers, rename {STORE_FILE} to"
    f" {STORE_FILE}.damaged and start: it takes everything from them (docs/operation.md)"
)


def damaged(path: Path, why: object, remedy: str = REMEDY) -> Damaged:
    return Damaged(": ".join(filter(None, [f"{path} is damaged ({why})", remedy])))


def pages_damage(db: sqlite3.Connection) -> str:
    """What is wrong with the file, in SQLite's words; empty for nothing. O(file)."""
    (found,) = db.execute("PRAGMA quick_check(1)").fetchone()
    return "" if found == "ok" else str(found)


def copy_to(db: sqlite3.Connection, path: Path) -> None:
    """All of the file of one moment, while others read and write it; one file, readable where none can write.

    There whole, checked and on the disk, or not at all. Raises Exists, Damaged, OSError.
    """
    if path.exists():
        raise _exists(path)
    with part_of(path) as part:
        with contextlib.closing(sqlite3.connect(part, isolation_level=None)) as copy:
            db.backup(copy)  # in one step, so of one moment
            copy.execute("PRAGMA journal_mode = DELETE")
            if wrong := pages_damage(copy):
                raise damaged(Path(db.execute("PRAGMA database_list").fetchone()[2]), wrong)
        sync_file(part)
        try:
            os.link(part, path)
        except FileExistsError:
            raise _exists(path) from None
        except OSError:  # a file system without links
            part.rename(path)
        sync_folder(path.parent)


@contextlib.contextmanager
def part_of(path: Path) -> Iterator[Path]:
    """An empty file beside `path` for this user alone; gone at the end, with what SQLite put beside it."""
    with tempfile.NamedTemporaryFile(dir=path.parent, prefix=f".{path.name}.", delete=False) as file:
        part = Path(file.name)
    try:
        yield part
    finally:
        for each in (part, *beside(part)):
            each.unlink(missing_ok=True)


def set_aside(path: Path) -> Path:
    """Makes room for a new store, which knows from the file's being there that it must refill.

    Says where the damaged one went. Nobody may have it open.
    """
    aside = free_name(path.with_name(f"{path.name}.damaged"))
    # What is left of a start that is cut here belongs to no new store.
    for old, new in zip((path, *beside(path)), (aside, *beside(aside)), strict=True):
        if old.exists():
            old.rename(new)
    return aside


def free_name(path: Path) -> Path:
    numbered = (path.with_name(f"{path.name}.{n}") for n in itertools.count(1))
    return next(name for name in itertools.chain([path], numbered) if not name.exists())


def beside(path: Path) -> list[Path]:
    return [path.with_name(path.name + end) for end in _BESIDE]


def sync_file(path: Path) -> None:
    with path.open("rb+") as file:
        os.fsync(file.fileno())


def sync_folder(folder: Path) -> None:
    """After a rename in it."""
    if sys.platform != "win32":
        handle = os.open(folder, os.O_RDONLY)
        os.fsync(handle)
        os.close(handle)


def _exists(path: Path) -> Exists:
    return Exists(f"{path} exists already, and nothing is replaced")
