"""Where the files of one download lie, unfinished and finished. All of it blocks: for threads."""

import os
import shutil
from collections.abc import Callable, Container, Sequence
from concurrent.futures import ThreadPoolExecutor
from contextlib import ExitStack, suppress
from pathlib import Path
from typing import NamedTuple

from desktop.engine.downloads.bundle_part import BundlePart
from desktop.engine.files.hasher import HashedFile, Hasher, HashingCancelled
from desktop.engine.files.held_folder import HeldFolder, disk_errors, leave_parts, parts_of
from desktop.engine.files.part_file import PartFile
from desktop.engine.files.source_file import Stamp
from desktop.engine.library import FileRecord
from shared.errors import BadPath, Coded, DiskError, DiskFull
from shared.limits import NUMBERED_NAMES_MAX, SYNCED_WHOLE_FILES_MIN, SYNCS_AT_ONCE
from shared.manifest import Manifest
from shared.names import numbered, shown

_BLOCK_BYTES = 4096
"""Of most file systems: so much more than its size a file may take."""


class Kept(NamedTuple):
    """The very file was there already."""

    record: FileRecord
    hashed: HashedFile


class Opened(NamedTuple):
    record: FileRecord
    part: PartFile


class Lost(NamedTuple):
    """Its part file is not there any more, or is another."""

    record: FileRecord


class Published(NamedTuple):
    record: FileRecord
    target: str
    stamp: Stamp
    hashed: HashedFile | None = None
    manifest: Manifest | None = None
    """Of a file that came in a bundle."""


class Shelf:
    def __init__(self, folder: Path) -> None:
        """Raises DiskFull, DiskError: also where the folder has gone."""
        # File systems commit for all who wait at once: eight at a time are four times as fast.
        self._syncing = ThreadPoolExecutor(SYNCS_AT_ONCE, thread_name_prefix="sync")
        with disk_errors(str(folder)), ExitStack() as opened:
            self._folder = HeldFolder.open(folder)
            opened.callback(self._folder.close)
            self._whole_sync = self._folder.whole_sync()
            self._parts = parts_of(self._folder)
            opened.callback(self._parts.close)
            self._there = set(self._parts.names())
            """Part files of earlier runs, and of this one."""
            self.measure_room()
            opened.pop_all()

    def measure_room(self) -> None:
        """Bytes, for what is opened until the next time. Bundles and files of one piece take their place only
        when they come: else all would come, and nothing be kept of it. And to try in vain to take the place
        of a larger one takes it from the others meanwhile. 20 us."""
        with disk_errors(str(self._folder.path)):
            self._room = shutil.disk_usage(self._folder.path).free

    def open(
        self,
        records: Sequence[FileRecord],
        begun: Container[int],
        hasher: Hasher,
        is_cancelled: Callable[[], bool],
    ) -> tuple[list[Kept | Opened | Lost], list[FileRecord], Coded | None]:
        """As many as can be, those that were not, and why: where one has no room, a smaller one may.

        For `begun` no new part file is made: the journal says of what is in the one before, and a crash now
        must not make that be believed of a new one.
        """
        opened: list[Kept | Opened | Lost] = []
        unopened: list[FileRecord] = []
        why: Coded | None = None
        for record in records:
            try:
                opened.append(self._open(record, record.n in begun, hasher, is_cancelled))
            except HashingCancelled:
                break
            except (DiskFull, DiskError) as error:
                unopened.append(record)
                why = why or error
        return opened, unopened, why

    def open_bundle(self, files: Sequence[FileRecord]) -> tuple[BundlePart, list[FileRecord]]:
        """And those of them of which there is something already. Raises DiskFull."""
        known = [file for file in files if file.part in self._there or self._has_same_size(file)]
        numbers = {file.n for file in known}
        part = BundlePart(self._parts, [file for file in files if file.n not in numbers])
        self._take_room(part.files)
        return part, known

    def publish(
        self, complete: Sequence[tuple[FileRecord, PartFile]], bundles: Sequence[BundlePart] = ()
    ) -> tuple[list[Published], Coded | None]:
        """Each under its name, or the first free ` (1)` of it; all durable on return."""
        places = {"": (self._folder, "")}
        published: list[Published] = []

        def place_of(target: str) -> tuple[HeldFolder, str, str]:
            """The folder, its path in this one, and the name there."""
            place, _, name = target.rpartition("/")
            if place not in places:
                with disk_errors(target):
                    folder = self._inside(place)
                opened.callback(folder.close)
                places[place] = folder, f"{folder.path.relative_to(self._folder.path)}{os.sep}"
            return *places[place], name

        failure: Coded | None = None
        with ExitStack() as opened:
            try:
                self._sync(complete, bundles)
                for record, part in complete:
                    folder, inside, name = place_of(record.target)
                    saved, stamp = part.publish(folder, name)
                    published.append(Published(record, inside + saved, stamp))
                for bundle in bundles:
                    for one in list(bundle.kept.values()):
                        folder, inside, name = place_of(one.record.target)
                        saved, stamp = bundle.publish_one(one, folder, name)
                        published.append(Published(one.record, inside + saved, stamp, None, one.manifest))
            except (DiskFull, DiskError) as error:
                failure = error
            for folder, _ in places.values():
                with disk_errors(str(folder.path)):
                    folder.sync()
        return published, failure

    def discard(self, records: Sequence[FileRecord]) -> None:
        with suppress(OSError):  # then it stays, hidden; the line goes all the same
            for record in records:
                self._parts.remove(record.part)

    def close(self) -> None:
        self._syncing.shutdown()
        leave_parts(self._folder, self._parts)
        self._folder.close()

    def _open(
        self, record: FileRecord, is_begun: bool, hasher: Hasher, is_cancelled: Callable[[], bool]
    ) -> Kept | Opened | Lost:
        with suppress(OSError, BadPath, DiskError):
            if self._folder.stat(record.target).st_size == record.size:
                hashed = hasher.hash(self._folder.path / record.target, lambda _: None, is_cancelled)
                if hashed.root == record.root:
                    self._parts.remove(record.part)
                    return Kept(record, hashed)
        if record.part in self._there:
            if part := PartFile.reopen(self._parts, record.part, record.size):
                return Opened(record, part)
            with disk_errors(str(self._parts.path)):
                self._parts.remove(record.part)  # whatever it is, it is not as it was left
            self._there.remove(record.part)
        if is_begun:
            return Lost(record)
        self._take_room([record])
        self._there.add(record.part)
        return Opened(record, PartFile.create(self._parts, record.part, record.size))

    def _take_room(self, files: Sequence[FileRecord]) -> None:
        needed = sum(file.size for file in files) + _BLOCK_BYTES * len(files)
        if needed > self._room:
            raise DiskFull(f"{shown(str(self._folder.path))}: {needed} bytes more are needed")
        self._room -= needed

    def _sync(self, complete: Sequence[tuple[FileRecord, PartFile]], bundles: Sequence[BundlePart]) -> None:
        syncs: list[Callable[[], None]] = [part.sync for _, part in complete]
        if sum(len(part.kept) for part in bundles) >= SYNCED_WHOLE_FILES_MIN and self._whole_sync.is_cheaper:
            with disk_errors(str(self._folder.path)):
                self._whole_sync.run()
        else:
            syncs += [one for part in bundles for one in part.syncs()]
        list(self._syncing.map(_call_each, (syncs[at::SYNCS_AT_ONCE] for at in range(SYNCS_AT_ONCE))))

    def _has_same_size(self, file: FileRecord) -> bool:
        try:
            return self._folder.stat(file.target).st_size == file.size
        except (OSError, ValueError):
            return False

    def _inside(self, place: str) -> HeldFolder:
        """The folder `place`, made where needed; beside what has its name and is no folder."""
        folder = self._folder
        for name in place.split("/"):
            try:
                inner = _inside(folder, name)
            finally:
                if folder is not self._folder:
                    folder.close()
            folder = inner
        return folder


def _inside(folder: HeldFolder, name: str) -> HeldFolder:
    for number in range(NUMBERED_NAMES_MAX):
        with suppress(FileExistsError):
            return folder.inside(numbered(name, number) if number else name)
    raise DiskError(f"{name}: all names like it are taken")


def _call_each(calls: Sequence[Callable[[], None]]) -> None:
    for call in calls:
        call()
