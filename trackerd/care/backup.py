"""Copies of a store: made while its tracker runs, and put back in its place."""

import contextlib
import os
import shutil
import time
from pathlib import Path
from typing import NamedTuple

from shared.clock import Clock
from shared.errors import Coded, Exists, PinMismatch
from shared.tracker_info import format_pin
from trackerd.care.store_file import Known, give_to_owner_of, known, opened, rows_in, store_of
from trackerd.identity_files import IDENTITY_FILE, only_one, t_key_of
from trackerd.store.files import (
    BACKUPS,
    STORE_FILE,
    beside,
    copy_to,
    damaged,
    pages_damage,
    part_of,
    sync_file,
    sync_folder,
)

_NAMED = "tracker{number}-{time}.sqlite"
_ANOTHER = "take another backup"


class Copied(NamedTuple):
    path: Path
    rows: int
    file_bytes: int


class Restored(NamedTuple):
    rows: int
    newest_s: int
    """When the newest row of the backup was written, by its stamp."""
    aside: Path | None
    """Where the store that was there before is kept."""


def back_up(data: Path, out: Path | None, keep: int | None, clock: Clock) -> Copied:
    """All that was acknowledged before the call is in it. O(file); the tracker goes on meanwhile.

    `out` is the new file, or a folder for it to be named in by the time, of which `keep` are left there; None
    is the data folder's own. Raises NotFound, Exists, Damaged, DiskFull, DiskError, OSError.
    """
    store = store_of(data)
    if out is None:
        out = data / BACKUPS
        out.mkdir(mode=0o700, exist_ok=True)
        give_to_owner_of(data, out)
    with opened(store) as source:
        number = known(source, store).number
        path = out / _NAMED.format(number=number, time=_stamp(clock)) if out.is_dir() else out
        copy_to(source, path)
    if out != path:
        give_to_owner_of(out, path)
        _prune(out, number, keep)
    with opened(path) as copy:
        return Copied(path, rows_in(copy), path.stat().st_size)


def restore(data: Path, source: Path, number: int | None, clock: Clock) -> Restored:
    """Puts a backup in the place of the store, which is kept. The next start begins a new log.

    Raises ProfileInUse while the tracker runs, PinMismatch for a backup of another tracker, NotFound,
    Damaged, Version, OSError; and then nothing has changed.
    """
    if not (data / IDENTITY_FILE).exists():
        raise PinMismatch(f"{data} has no {IDENTITY_FILE}: put the keys of this tracker there first")
    store = data / STORE_FILE
    with only_one(data), part_of(store) as part:
        _copy(source, part)
        with opened(part, to_change=True, shown=source, remedy=_ANOTHER) as db:
            if wrong := pages_damage(db):
                raise damaged(source, wrong, _ANOTHER)
            it = known(db, source)
            _check_same(data, source, number, it)
            generation = max(int(clock.wall_s()), it.generation + 1, _generation(store) + 1)
            db.execute("INSERT OR REPLACE INTO meta VALUES ('generation', ?)", (generation,))
            db.execute("PRAGMA journal_mode = DELETE")  # takes in what the backup had in a WAL
            rows = rows_in(db)
        aside = _keep_aside(store, _stamp(clock)) if store.exists() else None
        give_to_owner_of(data, part, data / "lock")
        sync_file(part)
        part.replace(store)
        sync_folder(data)
    return Restored(rows, (it.hlc >> 15) // 1000, aside)


def _check_same(data: Path, source: Path, number: int | None, it: Known) -> None:
    if number not in (None, it.number):
        raise PinMismatch(f"{source} is of tracker {it.number}, not {number}")
    if it.ca_key != t_key_of(data):
        raise PinMismatch(
            f"{source} is of the tracker with the key {format_pin(it.ca_key)}, which is not that of {data}"
        )


def _generation(store: Path) -> int:
    """Of the store that goes; 0 where there is none, or it cannot be read any more."""
    with contextlib.suppress(Coded, OSError), opened(store) as db:
        return known(db, store).generation
    return 0


def _keep_aside(store: Path, stamp: str) -> Path:
    """Under a second name, so that there is a store at every moment."""
    with contextlib.suppress(Coded), opened(store, to_change=True) as db:
        db.execute("PRAGMA wal_checkpoint(TRUNCATE)")  # and the last connection removes the WAL
    aside = store.with_name(f"store-before-{stamp}.sqlite")
    try:
        os.link(store, aside)
    except FileExistsError:
        raise Exists(f"{aside} exists already, and nothing is replaced") from None
    except OSError:  # a file system without links
        store.rename(aside)
    for old, new in zip(beside(store), beside(aside), strict=True):  # not to be taken for the new store's
        if old.exists():
            old.rename(new)
    return aside


def _copy(source: Path, part: Path) -> None:
    """Also from a copy of a tracker's files, which has more beside it."""
    for old, new in zip((source, *beside(source)), (part, *beside(part)), strict=True):
        if old == source or old.exists():
            shutil.copyfile(old, new)


def _prune(folder: Path, number: int, keep: int | None) -> None:
    made = sorted(folder.glob(_NAMED.format(number=number, time="*")))
    for old in made[:-keep] if keep else []:
        old.unlink()


def _stamp(clock: Clock) -> str:
    return time.strftime("%Y%m%dT%H%M%SZ", time.gmtime(clock.wall_s()))
