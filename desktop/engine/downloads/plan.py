"""What a download command means: which files, saved where. Refuses what cannot be, before anything starts."""

import os
import secrets
import shutil
from collections.abc import Sequence
from pathlib import Path
from typing import NamedTuple

from desktop.engine.files.source_file import refusals
from desktop.engine.library import FileRecord
from shared.errors import BadPath, Exists, NoSpace, NotFound
from shared.facts.derive import VisibleEntry
from shared.limits import FREE_SPACE_RESERVE_BYTES
from shared.names import numbered, same_name_key, saved_path, shown


class Wanted(NamedTuple):
    name: str
    """As the line shows it; a folder's ends in a slash."""
    entries: list[VisibleEntry]

    @property
    def is_folder(self) -> bool:
        return self.name.endswith("/")


class Plan(NamedTuple):
    folder: Path
    target: str
    files: list[FileRecord]


def wanted(listing: Sequence[VisibleEntry], name: str) -> Wanted:
    """The file that is shown so, else the folder. Raises NotFound."""
    file = next((entry for entry in listing if entry.name == name), None)
    if file:
        return Wanted(name, [file])
    folder = name.rstrip("/") + "/"
    entries = sorted((one for one in listing if one.name.startswith(folder)), key=lambda one: one.name)
    if not entries or folder == "/":
        raise NotFound
    return Wanted(folder, entries)


def plan(what: Wanted, destination: str, keep_out: Path) -> Plan:
    """Looks at the disk. Raises BadPath, Exists and NoSpace. `keep_out`: nothing is saved in there."""
    own_name = what.name.rstrip("/").rpartition("/")[2]
    with refusals(Path(destination)):
        return _plan(what, *_place(destination, own_name, keep_out))


def _plan(what: Wanted, folder: Path, target: str) -> Plan:
    if what.is_folder:
        if os.path.lexists(folder / target) and not (folder / target).is_dir():
            raise Exists(f"{shown(str(folder / target))}: it exists and is not a folder")
        inside = [one.name.removeprefix(what.name) for one in what.entries]
        targets = [f"{target}/{place}" for place in _apart(inside)]
        target += "/"
    else:
        if os.path.lexists(folder / target):
            raise Exists(f"{shown(str(folder / target))}: it already exists")
        targets = [target]
    part = secrets.token_hex(16)
    files = [
        FileRecord(n, one.eid, one.entry.name, one.entry.root, one.entry.size, place, f"{part}-{n}")
        for n, (one, place) in enumerate(zip(what.entries, targets, strict=True))
    ]
    is_new = what.is_folder and not os.path.lexists(folder / target)
    needed = sum(
        file.size for file in files if is_new or _size_of(f"{folder}{os.sep}{file.target}") != file.size
    )
    free = shutil.disk_usage(folder).free
    if free < needed + FREE_SPACE_RESERVE_BYTES:
        raise NoSpace(
            f"{needed} bytes are needed, with {FREE_SPACE_RESERVE_BYTES} to spare, and {free} are free",
            needed=needed + FREE_SPACE_RESERVE_BYTES,
            free=free,
        )
    return Plan(folder, target, files)


def _place(destination: str, own_name: str, keep_out: Path) -> tuple[Path, str]:
    """An existing folder, and the name in it."""
    path = Path(os.path.abspath(os.path.expanduser(destination)))  # noqa: PTH100, PTH111  keeps links
    if path.is_dir():
        folder, name = path, saved_path(own_name)
    elif destination.endswith(("/", os.sep)) or not path.parent.is_dir():
        raise BadPath(f"{shown(destination)}: there is no such folder")
    else:
        folder, name = path.parent, path.name
    real, forbidden = folder.resolve(), keep_out.resolve()
    if real == forbidden or forbidden in real.parents:
        raise BadPath(f"{shown(destination)}: that is where Shoal keeps its own files")
    if not os.access(folder, os.W_OK | os.X_OK):
        raise BadPath(f"{shown(str(folder))}: it may not be written to")
    return folder, name


def _apart(names: Sequence[str]) -> list[str]:
    """Saved paths that no file system takes for one another, nor for a folder of another."""
    saved = [saved_path(name, inside_folder=True) for name in names]
    folders = {Path(folder) for folder in {path.rpartition("/")[0] for path in saved}}
    taken = {same_name_key(str(above)) for folder in folders for above in (folder, *folder.parents)}
    places = []
    for path in saved:
        place, number = path, 0
        while (key := same_name_key(place)) in taken:
            number += 1
            place = numbered(path, number)
        taken.add(key)
        places.append(place)
    return places


def _size_of(path: str) -> int:
    try:
        return os.lstat(path).st_size
    except OSError:
        return -1
