"""Files that a user wants to share: found, named, opened without surprises, and known again."""

import errno
import os
import stat
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from shared.errors import BadName, BadPath, DiskError, Refused
from shared.names import clean_shared_name, numbered, shown

PART_FOLDER = ".shoal-part"
"""Where unfinished downloads lie; never shared."""

_OPEN_FLAGS = os.O_RDONLY | sum(
    getattr(os, name, 0) for name in ("O_NOFOLLOW", "O_NONBLOCK", "O_CLOEXEC", "O_NOCTTY", "O_BINARY")
)
_DISK_FAILS = frozenset([errno.EIO, errno.ESTALE, errno.EMFILE, errno.ENFILE, errno.ENOMEM])


@dataclass(frozen=True)
class Stamp:
    """Equal while nobody wrote to the file. `ctime_ns` tells of a write whose mtime was put back."""

    size: int
    mtime_ns: int
    inode: int
    ctime_ns: int


@dataclass(frozen=True)
class FoundFile:
    path: Path
    name: str
    """What it is to be shared as."""


@dataclass(frozen=True)
class Skipped:
    path: Path
    code: str


@contextmanager
def refusals(path: Path) -> Iterator[None]:
    """Makes what the system says of `path` a BadPath, or a DiskError where the path is not to blame."""
    try:
        yield
    except OSError as error:
        kind = DiskError if error.errno in _DISK_FAILS else BadPath
        raise kind(f"{shown(str(path))}: {error.strerror}") from error
    except ValueError as error:  # a NUL, or text that the file system's encoding lacks
        raise BadPath(f"{shown(str(path))}: no file can be called so") from error


def stamp_of(file: int | Path) -> Stamp:
    """Of an open file, or of what is at a path now (a link is itself, not its target). Raises OSError."""
    found = file.lstat() if isinstance(file, Path) else os.fstat(file)
    return Stamp(found.st_size, found.st_mtime_ns, found.st_ino, found.st_ctime_ns)


def open_source(path: Path) -> int:
    """A descriptor to read. Refuses all but a regular file, and does not wait for a FIFO's writer."""
    with refusals(path):
        if not hasattr(os, "O_NOFOLLOW") and path.is_symlink():
            raise BadPath(f"{shown(str(path))}: it is a link")
        fd = os.open(path, _OPEN_FLAGS)
    if not stat.S_ISREG(os.fstat(fd).st_mode):
        os.close(fd)
        raise BadPath(f"{shown(str(path))}: it is not a file")
    return fd


def walk(path: Path, keep_out: Path) -> tuple[list[FoundFile], list[Skipped]]:
    """The files that sharing `path` means, in the order of their names' bytes, and what was left out.

    A folder's files are named `<folder>/<relative>`. A link is followed if it is `path` itself, never inside.
    Nothing in `keep_out` is shared: it holds keys. Raises BadPath where nothing can be shared. Blocks: some
    20 us a file.
    """
    with refusals(path):
        top = Path(os.path.realpath(path, strict=True))
        is_folder = stat.S_ISDIR(top.stat().st_mode)
    if not top.name:
        raise BadPath(f"{shown(str(path))}: choose a folder that has a name")
    ours = Path(os.path.realpath(keep_out))
    if top.is_relative_to(ours):
        raise BadPath(f"{shown(str(path))}: that is where Shoal keeps its own files")
    if not is_folder:
        os.close(open_source(top))
        return [FoundFile(top, clean_shared_name(top.name))], []
    files, skipped = _files_below(top, ours)
    found: dict[str, Path] = {}
    for file in sorted(files, key=os.fsencode):
        try:
            found[_free_name(file.relative_to(top.parent).as_posix(), found)] = file
        except Refused as refused:
            skipped.append(Skipped(file, refused.code))
    if not found:
        left_out = f" ({len(skipped)} left out)" if skipped else ""
        raise BadPath(f"{shown(str(path))}: there is no file in it that can be shared{left_out}")
    skipped.sort(key=lambda one: os.fsencode(one.path))
    return [FoundFile(file, name) for name, file in found.items()], skipped


def _files_below(top: Path, ours: Path) -> tuple[list[Path], list[Skipped]]:
    files: list[Path] = []
    skipped: list[Skipped] = []
    folders = [top]
    while folders:
        folder = folders.pop()
        try:
            with refusals(folder), os.scandir(folder) as entries:
                for entry in entries:
                    here = Path(entry.path)
                    if entry.is_dir(follow_symlinks=False) and here != ours:
                        if entry.name != PART_FOLDER:
                            folders.append(here)
                    elif entry.is_file(follow_symlinks=False) and os.access(here, os.R_OK):
                        files.append(here)
                    else:
                        skipped.append(Skipped(here, BadPath.code))
        except (BadPath, DiskError) as error:
            if folder is top:
                raise
            skipped.append(Skipped(folder, error.code))
    return files, skipped


def _free_name(relative: str, taken: dict[str, Path]) -> str:
    """Raises BadName for what lies too deep to be named by its place."""
    clean = clean_shared_name(relative)
    name, number = clean, 0
    while name in taken:
        number += 1
        name = numbered(clean, number)
    if name.count("/") != relative.count("/") or clean_shared_name(name) != name:
        raise BadName(f"{shown(relative)}: too long a path to share")
    return name
