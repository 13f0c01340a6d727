"""An unfinished file: hidden, of full size from the start, written by threads, and published."""

import errno
import os
import stat
import threading
from collections import deque
from collections.abc import Callable, Iterable, Iterator
from contextlib import suppress
from itertools import groupby
from typing import Self

from desktop.engine.files.held_folder import NEW, PART_FLAGS, HeldFolder, disk_errors, move_to_free
from desktop.engine.files.open_file import OpenFile
from desktop.engine.files.source_file import Stamp, stamp_of
from shared.limits import CACHED_PIECES_MAX, PIECE_BYTES
from shared.manifest import Buffer, PieceHash, verify_piece

sync_data = getattr(os, "fdatasync", os.fsync)
_one_at_a_time = threading.Lock()
"""For Windows, where to seek and to write are two calls."""


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
        part = cls(parts, name, size, lambda: parts.open_file(name, PART_FLAGS | NEW))
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
