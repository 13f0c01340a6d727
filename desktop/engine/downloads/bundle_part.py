"""The part files of a bundle: each is written when its bytes have come and its root is right."""

import os
import threading
from collections.abc import Callable, Sequence
from functools import partial
from typing import NamedTuple

from desktop.engine.files.held_folder import PART_FLAGS, HeldFolder, disk_errors, move_to_free
from desktop.engine.files.part_file import PartFile, sync_data
from desktop.engine.files.source_file import Stamp
from desktop.engine.library import FileRecord
from shared.errors import DiskError
from shared.manifest import Buffer, Manifest, PieceHash, manifest_of_piece
from shared.names import shown


class KeptFile(NamedTuple):
    """It is written, and hidden still."""

    record: FileRecord
    manifest: Manifest
    inode: int


class BundlePart(PartFile):
    """Holds no descriptor, as thousands of such files are on their way."""

    def __init__(self, parts: HeldFolder, files: Sequence[FileRecord]) -> None:
        super().__init__(parts, "", sum(file.size for file in files), lambda: -1)
        self.kept: dict[int, KeptFile] = {}
        """By number, until they are published."""
        self.bad: list[FileRecord] = []
        """What came for these has not their root. Whoever sent it need not be to blame: a manifest may have
        another SHA-1 for the file than for its only piece."""
        self.files = files
        self._keeping = threading.Lock()
        self._is_kept = self._is_closed = False

    def keep(self, _piece: int, data: Buffer, _expected: PieceHash) -> str | None:
        """Once; of what comes again nothing is looked at."""
        with self._keeping:
            if self._is_closed:
                raise DiskError("the bundle is not in use any more")
            if not self._is_kept:
                with disk_errors(str(self._parts.path)):
                    self._keep_each(memoryview(data))
                self._is_kept = True
        return None

    def syncs(self) -> list[Callable[[], None]]:
        """One for each file; they may be called in several threads at once."""
        return [partial(self._sync_one, one.record.part) for one in self.kept.values()]

    def publish_one(self, one: KeptFile, folder: HeldFolder, name: str) -> tuple[str, Stamp]:
        """As publish()."""
        with disk_errors(str(folder.path / name)):
            saved = move_to_free(self._parts, one.record.part, folder, name)
            del self.kept[one.record.n]
            found = folder.stat(saved)
        if found.st_ino != one.inode:
            raise DiskError(f"{shown(name)}: it was replaced while it was saved")
        return saved, Stamp(found.st_size, found.st_mtime_ns, found.st_ino, found.st_ctime_ns)

    def close(self) -> None:
        """Deletes what is not published."""
        with self._keeping, disk_errors(str(self._parts.path)):
            self._is_closed = True
            self._remove_kept()

    def _keep_each(self, data: memoryview) -> None:
        at = 0
        try:
            for file in self.files:
                content = data[at : at + file.size]
                at += file.size
                manifest = manifest_of_piece(content)
                if manifest.root == file.root:
                    self._write(file, manifest, content)
                else:
                    self.bad.append(file)
        except OSError:
            self._remove_kept()
            self.bad.clear()  # it is looked at anew when it comes again
            raise

    def _write(self, file: FileRecord, manifest: Manifest, content: memoryview) -> None:
        fd = self._parts.open_file(file.part, PART_FLAGS | os.O_CREAT | os.O_EXCL)
        try:
            self.kept[file.n] = KeptFile(file, manifest, os.fstat(fd).st_ino)
            while content:  # of a disk that is full a first write may take a part, and the next says why
                content = content[os.write(fd, content) :]
        finally:
            os.close(fd)

    def _sync_one(self, name: str) -> None:
        """What went wrong between the write and this is told to who opens it next."""
        with disk_errors(str(self._parts.path)):
            fd = self._parts.open_file(name, PART_FLAGS)
            try:
                sync_data(fd)
            finally:
                os.close(fd)

    def _remove_kept(self) -> None:
        for one in self.kept.values():
            self._parts.remove(one.record.part)
        self.kept.clear()
