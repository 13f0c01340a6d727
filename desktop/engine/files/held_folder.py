"""A folder to save in, and the hidden one in it for part files.

All is done relative to descriptors that are held, so that whoever swaps a folder or a name for a link
meanwhile gains nothing. Windows has no such calls: there the folder is held by its path.
"""

# ruff: noqa: PTH102, PTH104, PTH105, PTH116, PTH208
# pathlib knows no descriptors of folders.

import errno
import os
import stat
import sys
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import Self

from desktop.engine.files.file_system import WholeSync
from desktop.engine.files.source_file import PART_FOLDER
from shared.errors import DiskError, DiskFull
from shared.limits import NUMBERED_NAMES_MAX
from shared.names import numbered, shown

if sys.platform != "win32":
    import fcntl

_HOLDS = os.open in os.supports_dir_fd
_FOLDER_FLAGS = os.O_RDONLY | getattr(os, "O_DIRECTORY", 0) | getattr(os, "O_CLOEXEC", 0)
_NO_LINK = getattr(os, "O_NOFOLLOW", 0)
PART_FLAGS = os.O_RDWR | _NO_LINK | getattr(os, "O_CLOEXEC", 0) | getattr(os, "O_BINARY", 0)
NEW = os.O_CREAT | os.O_EXCL
_FULL = frozenset([errno.ENOSPC, errno.EDQUOT])
_TRIES_MAX = 8
_HAS_NO_LINKS = frozenset([errno.EPERM, errno.EOPNOTSUPP, errno.ENOSYS, errno.EMLINK])


@contextmanager
def disk_errors(what: str) -> Iterator[None]:
    """Makes what the system says of `what` a DiskFull or a DiskError."""
    try:
        yield
    except OSError as error:
        kind = DiskFull if error.errno in _FULL else DiskError
        raise kind(f"{shown(what)}: {error.strerror}") from error


class HeldFolder:
    """A folder to save in. Its methods raise OSError; none of them follows a link."""

    def __init__(self, path: Path, fd: int = -1) -> None:
        self.path = path
        self._fd = fd

    @classmethod
    def open(cls, path: Path) -> Self:
        """`path` is the user's own word: links in it are followed."""
        return cls(path, os.open(path, _FOLDER_FLAGS) if _HOLDS else -1)

    def inside(self, name: str, mode: int = 0o777) -> Self:
        """The folder `name` in this one, which is made if there is none."""
        where, at = self._at(name)
        try:
            os.mkdir(where, mode, **at)
            self.sync()
        except FileExistsError:
            if not stat.S_ISDIR(self.stat(name).st_mode):
                raise
        return type(self)(self.path / name, os.open(where, _FOLDER_FLAGS | _NO_LINK, **at) if _HOLDS else -1)

    def open_file(self, name: str, flags: int) -> int:
        where, at = self._at(name)
        return os.open(where, flags, 0o600, **at)

    def stat(self, name: str) -> os.stat_result:
        where, at = self._at(name)
        return os.stat(where, follow_symlinks=False, **at)

    def remove(self, name: str) -> None:
        """A file that may be gone already."""
        where, at = self._at(name)
        with suppress(FileNotFoundError):
            os.unlink(where, **at)

    def names(self) -> list[str]:
        """Of all that is in it."""
        return os.listdir(self._fd if _HOLDS else self.path)

    def remove_empty(self, name: str) -> None:
        """A folder, if it is there and empty."""
        where, at = self._at(name)
        with suppress(OSError):
            os.rmdir(where, **at)

    def move(self, name: str, target: "HeldFolder", new_name: str) -> None:
        """Raises FileExistsError rather than replace anything, a link included."""
        old, new = self._at(name)[0], target._at(new_name)[0]  # noqa: SLF001  of its own class
        if not _HOLDS:
            os.rename(old, new)  # Windows' own does not replace
            return
        fds = {"src_dir_fd": self._fd, "dst_dir_fd": target._fd}  # noqa: SLF001
        try:
            os.link(old, new, follow_symlinks=False, **fds)
        except OSError as error:
            if error.errno not in _HAS_NO_LINKS:
                raise
            os.close(target.open_file(new_name, NEW | os.O_WRONLY))  # ours now: it may be replaced
            os.replace(old, new, **fds)
        else:
            self.remove(name)

    def share(self) -> bool:
        """Lets others know that it is in use, until it is closed. False where it was removed just before."""
        if sys.platform == "win32":
            return True
        with suppress(OSError):  # a file system without locks
            fcntl.flock(self._fd, fcntl.LOCK_SH)
        return os.fstat(self._fd).st_nlink > 0

    def is_shared(self) -> bool:
        """Whether somebody else has said share(), here or in another process."""
        if sys.platform == "win32":
            return False
        try:
            fcntl.flock(self._fd, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except OSError as error:
            return error.errno == errno.EWOULDBLOCK
        return False

    def sync(self) -> None:
        if _HOLDS:
            os.fsync(self._fd)

    def whole_sync(self) -> WholeSync:
        """For the file system that it is on, while it is open."""
        return WholeSync(self._fd)

    def close(self) -> None:
        if self._fd >= 0:
            os.close(self._fd)
            self._fd = -1

    def _at(self, name: str) -> tuple[str | Path, dict[str, int]]:
        return (name, {"dir_fd": self._fd}) if _HOLDS else (self.path / name, {})


def move_to_free(parts: HeldFolder, part: str, folder: HeldFolder, name: str) -> str:
    """To `name`, or the first free ` (1)`, ` (2)` … of it. Raises OSError, DiskError."""
    for number in range(NUMBERED_NAMES_MAX):
        free = numbered(name, number) if number else name
        with suppress(FileExistsError):
            parts.move(part, folder, free)
            return free
    raise DiskError(f"{shown(name)}: all names like it are taken")


def parts_of(folder: HeldFolder) -> HeldFolder:
    """Where the part files of downloads into `folder` lie. leave_parts() is next."""
    for _ in range(_TRIES_MAX):
        with suppress(FileNotFoundError):  # the last download into it has just left
            parts = folder.inside(PART_FOLDER, 0o700)
            if parts.share():
                return parts
            parts.close()
    return folder.inside(PART_FOLDER, 0o700)


def leave_parts(folder: HeldFolder, parts: HeldFolder) -> None:
    """It goes with the last download into `folder`: another one may be about to make its first file in it."""
    if not parts.is_shared():
        folder.remove_empty(PART_FOLDER)
    parts.close()
