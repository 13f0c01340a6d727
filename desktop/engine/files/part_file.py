"""An unfinished file: hidden, of full size from the start, written by threads, published without replacing.

All is done relative to descriptors that are held, so that whoever swaps a folder or a name for a link
meanwhile gains nothing. Windows has no such calls: there the folder is held by its path.
"""

# ruff: noqa: PTH102, PTH104, PTH105, PTH116, PTH208
# pathlib knows no descriptors of folders.

import errno
import os
import stat
import sys
import threading
from collections import deque
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager, suppress
from itertools import groupby
from pathlib import Path
from typing import Self

from desktop.engine.files.file_system import WholeSync
from desktop.engine.files.open_file import OpenFile
from desktop.engine.files.source_file import PART_FOLDER, Stamp, stamp_of
from shared.errors import DiskError, DiskFull
from shared.limits import CACHED_PIECES_MAX, NUMBERED_NAMES_MAX, PIECE_BYTES
from shared.manifest import Buffer, PieceHash, verify_piece
from shared.names import numbered, shown

if sys.platform != "win32":
    import fcntl

_HOLDS = os.open in os.supports_dir_fd
_FOLDER_FLAGS = os.O_RDONLY | getattr(os, "O_DIRECTORY", 0) | getattr(os, "O_CLOEXEC", 0)
_NO_LINK = getattr(os, "O_NOFOLLOW", 0)
PART_FLAGS = os.O_RDWR | _NO_LINK | getattr(os, "O_CLOEXEC", 0) | getattr(os, "O_BINARY", 0)
_NEW = os.O_CREAT | os.O_EXCL
_FULL = frozenset([errno.ENOSPC, errno.EDQUOT])
_TRIES_MAX = 8
_HAS_NO_LINKS = frozenset([errno.EPERM, errno.EOPNOTSUPP, errno.ENOSYS, errno.EMLINK])
sync_data = getattr(os, "fdatasync", os.fsync)
_one_at_a_time = threading.Lock()
"""For Windows, where to seek and to write are two calls."""


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
            os.close(target.open_file(new_name, _NEW | os.O_WRONLY))  # ours now: it may be replaced
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


class PartFile:
    """One file while it is fetched. Its methods raise DiskFull and DiskError, and block."""

    def __init__(self, parts: HeldFolder, name: str, size: int, open_fd: Callable[[], int]) -> None:
        """`open_fd` is called at the first use."""
        self.size = size
        self.file = OpenFile(open_fd)
        self.written: Callable[[PartFile, int, int], None] | None = None
        """Told (part, piece, bytes) in the writing thread, after each piece; may hold that thread up."""
        self._parts = parts
        self._name = name
        self._cached: deque[int] = deque()
        """Pieces on the disk that the system holds in memory too, oldest first."""

    @classmethod
    def create(cls, parts: HeldFolder, name: str, size: int) -> Self:
        """A file of one piece is made when that comes: it needs no place to be kept for it."""
        part = cls(parts, name, size, lambda: parts.open_file(name, PART_FLAGS | _NEW))
        if size > PIECE_BYTES:
            with disk_errors(str(parts.path)), part.file as fd:
                try:
                    _allocate(fd, size)
                except OSError:
                    part.discard()
                    raise
        return part

    @classmethod
    def reopen(cls, parts: HeldFolder, name: str, size: int) -> Self | None:
        """The part file of an earlier run, if it is there as it was left."""
        try:
            fd = parts.open_file(name, PART_FLAGS)
        except OSError:
            return None
        found = os.fstat(fd)
        if not stat.S_ISREG(found.st_mode) or found.st_size != size or found.st_nlink > 1:
            os.close(fd)
            return None
        part = cls(parts, name, size, lambda: fd)
        with part.file:
            pass  # it is open already, and closes with the OpenFile
        return part

    def write(self, piece: int, data: Buffer) -> None:
        """From any number of threads at once."""
        with disk_errors(str(self._parts.path)), self.file as fd:
            _write_at(fd, memoryview(data), piece * PIECE_BYTES)
        if self.written:
            self.written(self, piece, len(data))

    def keep(self, piece: int, data: Buffer, expected: PieceHash) -> str | None:
        """As piece_io.Part."""
        reason = verify_piece(data, expected)
        if reason is None:
            self.write(piece, data)
        return reason

    def sync(self, pieces: Iterable[int] = ()) -> None:
        """Once it failed, what was written since the last one counts as lost; trying again proves nothing.

        `pieces` were written since then. Only the last of them stay in the system's memory: a file larger
        than that would push out what others use of it. And memory that goes round is at hand, where new
        memory costs a virtual machine ten times as much as the copy into it.
        """
        with disk_errors(str(self._parts.path)), self.file as fd:
            sync_data(fd)
            self._cached.extend(pieces)
            old = [self._cached.popleft() for _ in range(len(self._cached) - CACHED_PIECES_MAX)]
            for first, count in _runs(old):
                _forget(fd, first * PIECE_BYTES, count * PIECE_BYTES)

    def publish(self, folder: HeldFolder, name: str) -> tuple[str, Stamp]:
        """Gives it its name, or the first free ` (1)`, ` (2)` … of it. It can still be read, until close().

        The caller has synced it, and syncs `folder` once for all that is published there.
        """
        with disk_errors(str(folder.path / name)), self.file as fd:
            return move_to_free(self._parts, self._name, folder, name), stamp_of(fd)

    def close(self) -> None:
        self.file.close()

    def discard(self) -> None:
        """Closes and deletes it."""
        self.file.close()
        with disk_errors(str(self._parts.path)):
            self._parts.remove(self._name)


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


def _allocate(fd: int, size: int) -> None:
    """Now, so that a disk that is too small says so before anything comes."""
    try:
        if hasattr(os, "posix_fallocate"):
            os.posix_fallocate(fd, 0, size)
            return
    except OSError as error:
        if error.errno not in (errno.EOPNOTSUPP, errno.EINVAL):
            raise
    os.ftruncate(fd, size)


def _runs(pieces: list[int]) -> Iterator[tuple[int, int]]:
    """The first and the count of those that follow each other."""
    for _, run in groupby(enumerate(sorted(pieces)), lambda at: at[1] - at[0]):
        first, *rest = (piece for _, piece in run)
        yield first, 1 + len(rest)


def _forget(fd: int, offset: int, length: int) -> None:
    if hasattr(os, "posix_fadvise"):
        with suppress(OSError):  # advice that a system does not take costs nobody a download
            os.posix_fadvise(fd, offset, length, os.POSIX_FADV_DONTNEED)


def _write_at(fd: int, data: memoryview, offset: int) -> None:
    if not hasattr(os, "pwrite"):
        with _one_at_a_time:
            os.lseek(fd, offset, os.SEEK_SET)
            while data:
                data = data[os.write(fd, data) :]
    while data:
        written = os.pwrite(fd, data, offset)
        data, offset = data[written:], offset + written
