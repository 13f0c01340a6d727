"""The hashes of a large file while it is hashed, on the disk: memory does not grow with the file."""

import tempfile
import weakref
from collections.abc import Iterator
from pathlib import Path

from desktop.engine.files.held_folder import disk_errors
from shared.manifest import BLOCK_BYTES_MAX


class Spool:
    """For one thread at a time. Nobody sees its file, which is gone with it. Its methods raise DiskFull and
    DiskError."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder
        with disk_errors(str(folder)):
            self._file = tempfile.TemporaryFile(dir=folder)  # noqa: SIM115  it lives as long as this
        weakref.finalize(self, self._file.close)
        self._lengths: list[int] = []

    def append(self, block: bytes) -> None:
        """All but the last one are whole."""
        with disk_errors(str(self._folder)):
            self._file.seek(len(self._lengths) * BLOCK_BYTES_MAX)
            self._file.write(block)
        self._lengths.append(len(block))

    def __iter__(self) -> Iterator[bytes]:
        for number, length in enumerate(self._lengths):
            with disk_errors(str(self._folder)):
                self._file.seek(number * BLOCK_BYTES_MAX)
                block = self._file.read(length)
            yield block
