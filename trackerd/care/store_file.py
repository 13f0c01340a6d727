"""A store's file as the tools take it: opened beside the tracker that may be running, and told apart."""

import contextlib
import errno
import os
import sqlite3
import sys
from collections.abc import Iterator
from pathlib import Path

import msgspec

from shared.errors import Damaged, NotFound, Version
from trackerd.store.files import REMEDY, STORE_FILE, damaged
from trackerd.store.schema import SCHEMA, as_coded


class Known(msgspec.Struct, frozen=True):
    """What a store says of itself."""

    schema: int
    number: int
    ca_key: bytes
    generation: int
    hlc: int


def store_of(data: Path) -> Path:
    """Raises NotFound for a folder without one."""
    path = data / STORE_FILE
    if not path.exists():
        raise NotFound(f"{data} holds no tracker's store: name its folder with --data")
    return path


@contextlib.contextmanager
def opened(
    path: Path, *, to_change: bool = False, shown: Path | None = None, remedy: str = REMEDY
) -> Iterator[sqlite3.Connection]:
    """Whatever SQLite raises inside comes out as Damaged, with `shown` and `remedy`, DiskFull or DiskError.

    Raises PermissionError, as SQLite would only say that it cannot.
    """
    if not os.access(path, os.R_OK | os.W_OK):
        raise PermissionError(errno.EACCES, os.strerror(errno.EACCES), str(path))
    try:
        db = sqlite3.connect(f"{path.absolute().as_uri()}?mode=rw", uri=True, isolation_level=None)
        with contextlib.closing(db):
            db.execute(f"PRAGMA query_only = {not to_change}")
            yield db
    except (sqlite3.Error, UnicodeDecodeError) as error:
        coded = as_coded(error)
        raise damaged(shown or path, error, remedy) if isinstance(coded, Damaged) else coded from error


def known(db: sqlite3.Connection, path: Path) -> Known:
    """Raises Damaged for a file that is no tracker's store, Version for a newer one's."""
    has_meta = db.execute("SELECT 1 FROM sqlite_master WHERE name = 'meta'").fetchone()
    meta = dict(db.execute("SELECT k, v FROM meta")) if has_meta else {}
    try:
        found = msgspec.convert({"generation": 0, "hlc": 0} | meta, Known)
    except msgspec.ValidationError as error:
        raise Damaged(f"{path} is no tracker's store") from error
    if found.schema > SCHEMA:
        raise Version(f"{path} was written by a newer trackerd")
    return found


def rows_in(db: sqlite3.Connection) -> int:
    (count,) = db.execute("SELECT count(*) FROM row").fetchone()
    return int(count)


def give_to_owner_of(folder: Path, *paths: Path) -> None:
    """What root makes in the folder of a service is the service's."""
    if sys.platform != "win32" and os.geteuid() == 0:
        status = folder.stat()
        for path in paths:
            os.chown(path, status.st_uid, status.st_gid)
