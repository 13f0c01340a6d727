"""Hashes files that are to be shared: each byte is read once, two cores work on one file."""

import hashlib
import io
import os
from collections import deque
from collections.abc import Callable
from concurrent.futures import Future, ThreadPoolExecutor
from dataclasses import dataclass
from pathlib import Path

from desktop.engine.files.source_file import Stamp, open_source, refusals, stamp_of
from shared.errors import BadPath, DiskError, ShoalError
from shared.limits import FILE_BYTES_MAX, PIECE_BYTES
from shared.manifest import ManifestBuilder, PieceHash, hash_piece
from shared.names import shown

# Measured on two cores, 1 GiB in the page cache: 1.2 GB/s with 1 MiB, 1.25 to 1.35 with 4 and more.
BUFFER_BYTES = 8 * PIECE_BYTES
BUFFERS = 3


class HashingCancelled(ShoalError):
    """The user thought better of it."""


@dataclass(frozen=True)
class HashedFile:
    size: int
    sha1: bytes
    root: bytes
    header: bytes
    index: bytes
    blocks: bytes
    """All blocks, one after the other."""
    stamp: Stamp
    """Of the file that these are the hashes of."""


class Hasher:
    """Shared by all who hash. The caller's thread reads and takes the whole file's SHA-1, which has to go in
    order; `threads` more take the pieces' hashes. About equal work: SHA-1 and a copy, SHA-1 and BLAKE3."""

    def __init__(self, threads: int = 2) -> None:
        self._pool = ThreadPoolExecutor(threads, thread_name_prefix="hasher")

    def hash(self, path: Path, progress: Callable[[int], None], cancelled: Callable[[], bool]) -> HashedFile:
        """Blocks; any number may run at once, each with 12 MiB of buffers at most.

        `progress` is told the bytes since it was last told, `cancelled` asked every few milliseconds, both
        in the calling thread. Raises BadPath, HashingCancelled, and DiskError also if the file changed.
        """
        with io.FileIO(open_source(path)) as file, refusals(path):
            stamp = stamp_of(file.fileno())
            if stamp.size > FILE_BYTES_MAX:
                raise BadPath(f"{shown(str(path))}: it is larger than {FILE_BYTES_MAX} bytes")
            pieces = ManifestBuilder()
            whole = self._read(file, stamp.size, pieces, progress, cancelled)
            if whole is None or stamp_of(file.fileno()) != stamp:
                raise DiskError(f"{shown(str(path))}: it changed while it was read")
        manifest = pieces.finish(stamp.size, whole)
        return HashedFile(
            stamp.size, whole, manifest.root, manifest.header, manifest.index, manifest.blocks, stamp
        )

    def close(self) -> None:
        self._pool.shutdown()

    def _read(
        self,
        file: io.FileIO,
        size: int,
        pieces: ManifestBuilder,
        progress: Callable[[int], None],
        cancelled: Callable[[], bool],
    ) -> bytes | None:
        """Adds the pieces' hashes; the SHA-1 of all, or None if the file ended early."""
        if hasattr(os, "posix_fadvise"):
            os.posix_fadvise(file.fileno(), 0, 0, os.POSIX_FADV_SEQUENTIAL)
        whole = hashlib.sha1(usedforsecurity=False)
        hashing: deque[tuple[memoryview, Future[list[PieceHash]]]] = deque()

        def oldest() -> memoryview:
            buffer, hashes = hashing.popleft()
            for piece in hashes.result():
                pieces.add(piece)
            return buffer

        for start in range(0, size, BUFFER_BYTES):
            if cancelled():
                raise HashingCancelled
            length = min(BUFFER_BYTES, size - start)
            buffer = oldest() if len(hashing) == BUFFERS else memoryview(bytearray(length))
            if not _fill(file, buffer[:length]):
                return None
            if size <= PIECE_BYTES:  # one piece: its SHA-1 is the file's, and no thread is worth waking
                piece = hash_piece(buffer)
                pieces.add(piece)
                progress(size)
                return piece.sha1
            hashing.append((buffer, self._pool.submit(_hash_pieces, buffer[:length])))
            whole.update(buffer[:length])
            progress(length)
        while hashing:
            oldest()
        return whole.digest()


def _hash_pieces(buffer: memoryview) -> list[PieceHash]:
    return [hash_piece(buffer[at : at + PIECE_BYTES]) for at in range(0, len(buffer), PIECE_BYTES)]


def _fill(file: io.FileIO, buffer: memoryview) -> bool:
    """Whether the file had enough."""
    filled = 0
    while filled < len(buffer) and (read := file.readinto(buffer[filled:])):
        filled += read
    return filled == len(buffer)
