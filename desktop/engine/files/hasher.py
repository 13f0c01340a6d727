"""Hashes files that are to be shared: each byte is read once, two cores work on one file."""

import hashlib
import io
import os
from collections import deque
from collections.abc import Callable, Iterable, Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from queue import Empty, SimpleQueue
from threading import Lock

from desktop.engine.files.source_file import Stamp, open_source, refusals, stamp_of
from desktop.engine.files.spool import Spool
from shared.errors import BadPath, DiskError, ShoalError
from shared.limits import BLOCK_PIECES, BUNDLED_FILE_BYTES_MAX, FILE_BYTES_MAX, PIECE_BYTES
from shared.manifest import ManifestBuilder, PieceHash, decode_header, hash_piece, manifest_of_piece
from shared.names import shown

CHUNK_BYTES = 2 * PIECE_BYTES
"""What goes from thread to thread at a time: few enough for the cache, enough to be worth the handing on."""
CHUNKS = 4
"""Of one file in memory."""
_SPOOLED_FROM_BYTES = BLOCK_PIECES * PIECE_BYTES
_HELPERS = min(4, max(1, (os.cpu_count() or 1) - 1))
_HELPERS_PER_FILE = min(2, _HELPERS)
"""More would wait for the SHA-1 of the whole, which one thread makes in order."""


class HashingCancelled(ShoalError):
    """The user thought better of it."""


@dataclass(frozen=True)
class HashedFile:
    size: int
    sha1: bytes
    root: bytes
    header: bytes
    index: bytes
    blocks: Iterable[bytes]
    stamp: Stamp
    """Of the file that these are the hashes of."""


class Hasher:
    """Shared by all who hash. The caller's thread reads and takes the whole file's SHA-1, which has to go in
    order; helpers take the pieces' hashes, and where they are behind, the caller takes some itself: so one
    file keeps two cores busy, and so do two."""

    def __init__(self, folder: Path) -> None:
        """`folder` is for the hashes of large files, until they are in the library."""
        self._folder = folder
        self._pool = ThreadPoolExecutor(_HELPERS, thread_name_prefix="hasher")
        self._buffers: list[bytearray] = []
        """For the next chunks: memory that was touched before costs nothing."""

    def hash(self, path: Path, progress: Callable[[int], None], cancelled: Callable[[], bool]) -> HashedFile:
        """Blocks; any number may run at once, each with 4 MiB of buffers at most.

        `progress` is told the bytes since it was last told, `cancelled` asked every few milliseconds, both
        in the calling thread. Raises BadPath, HashingCancelled, and DiskError also if the file changed.
        """
        with io.FileIO(open_source(path)) as file, refusals(path):
            stamp = stamp_of(file.fileno())
            if stamp.size > FILE_BYTES_MAX:
                raise BadPath(f"{shown(str(path))}: it is larger than {FILE_BYTES_MAX} bytes")
            if 0 < stamp.size <= BUNDLED_FILE_BYTES_MAX:
                return _hashed_small(file, path, stamp, progress, cancelled)
            spool = Spool(self._folder) if stamp.size > _SPOOLED_FROM_BYTES else None
            pieces = ManifestBuilder(spool.append if spool else None)
            whole = self._read(file, stamp.size, pieces, progress, cancelled)
            if whole is None or stamp_of(file.fileno()) != stamp:
                raise DiskError(f"{shown(str(path))}: it changed while it was read")
        manifest = pieces.finish(stamp.size, whole)
        blocks = spool or manifest.blocks
        return HashedFile(stamp.size, whole, manifest.root, manifest.header, manifest.index, blocks, stamp)

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
        whole = hashlib.sha1(usedforsecurity=False)
        under_way: deque[_Chunk] = deque()
        with self._helped(file, size) as work:
            for start in range(0, size, CHUNK_BYTES):
                if cancelled():
                    raise HashingCancelled
                if len(under_way) == CHUNKS:
                    self._finish_oldest(under_way, work, pieces)
                chunk = self._next_chunk(file, min(CHUNK_BYTES, size - start))
                if chunk is None:
                    return None
                under_way.append(chunk)
                work.put(chunk)
                if size > PIECE_BYTES:  # else it is the piece's
                    whole.update(chunk.data)
                progress(len(chunk.data))
            last = None
            while under_way:
                last = self._finish_oldest(under_way, work, pieces)
        return last.sha1 if last and size <= PIECE_BYTES else whole.digest()

    @contextmanager
    def _helped(self, file: io.FileIO, size: int) -> Iterator["SimpleQueue[_Chunk | None]"]:
        """Where to put chunks for helpers; for a small file no thread is worth waking."""
        work: SimpleQueue[_Chunk | None] = SimpleQueue()
        helpers = _HELPERS_PER_FILE if size > CHUNK_BYTES else 0
        if helpers and hasattr(os, "posix_fadvise"):
            os.posix_fadvise(file.fileno(), 0, 0, os.POSIX_FADV_SEQUENTIAL)
        for _ in range(helpers):
            self._pool.submit(_help, work)
        try:
            yield work
        finally:
            for _ in range(helpers):
                work.put(None)

    def _next_chunk(self, file: io.FileIO, length: int) -> "_Chunk | None":
        """None if the file has not so much left."""
        try:
            buffer = self._buffers.pop()
        except IndexError:
            buffer = bytearray(CHUNK_BYTES)
        data, filled = memoryview(buffer)[:length], 0
        while filled < length and (read := file.readinto(data[filled:])):
            filled += read
        return _Chunk(buffer, data) if filled == length else None

    def _finish_oldest(
        self, under_way: "deque[_Chunk]", work: "SimpleQueue[_Chunk | None]", pieces: ManifestBuilder
    ) -> PieceHash:
        """Its last piece."""
        oldest = under_way.popleft()
        while oldest.hashes is None:
            try:
                chunk = work.get_nowait()
            except Empty:
                oldest.wait()
            else:
                assert chunk, "helpers are sent home last"
                chunk.hash()
        for piece in oldest.hashes:
            pieces.add(piece)
        self._buffers.append(oldest.buffer)
        return oldest.hashes[-1]


def _hashed_small(
    file: io.FileIO, path: Path, stamp: Stamp, progress: Callable[[int], None], cancelled: Callable[[], bool]
) -> HashedFile:
    """No chunk, thread or buffer is worth it."""
    if cancelled():
        raise HashingCancelled
    data = file.read(stamp.size + 1)
    if len(data) != stamp.size or stamp_of(file.fileno()) != stamp:
        raise DiskError(f"{shown(str(path))}: it changed while it was read")
    progress(len(data))
    found = manifest_of_piece(data)
    sha1 = decode_header(found.header).sha1
    return HashedFile(stamp.size, sha1, found.root, found.header, found.index, found.blocks, stamp)


class _Chunk:
    """A few pieces, and their hashes once a thread has made them."""

    def __init__(self, buffer: bytearray, data: memoryview) -> None:
        self.buffer = buffer
        self.data = data
        self.hashes: list[PieceHash] | None = None
        self._at_work = Lock()
        self._at_work.acquire()

    def hash(self) -> None:
        starts = range(0, len(self.data), PIECE_BYTES)
        self.hashes = [hash_piece(self.data[at : at + PIECE_BYTES]) for at in starts]
        self._at_work.release()

    def wait(self) -> None:
        """Until another thread is done with it. For one who waits, once."""
        self._at_work.acquire()


def _help(work: "SimpleQueue[_Chunk | None]") -> None:
    while chunk := work.get():
        chunk.hash()
