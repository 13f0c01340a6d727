"""Where a file may be that is no longer where it was shared from. Who asks compares the content."""

import os
from collections import deque
from collections.abc import Iterator
from contextlib import suppress
from pathlib import Path

from desktop.engine.files.source_file import Stamp

LOOKED_MAX = 20_000
"""Files and folders that one search goes through: half a second."""
_BINS = ("$recycle.bin", "trash", "lost+found")
SEARCHES_MAX = 50
"""In vain, since login: where a disk is not there, nothing of it is."""


class Moved:
    """Its questions block; any thread may ask."""

    def __init__(self) -> None:
        self._folders: dict[Path, Path] = {}
        """Which folder was found to be another now."""
        self._searches = SEARCHES_MAX

    def candidates(self, path: Path, stamp: Stamp) -> Iterator[Path]:
        """Files of its size: where its folder has gone, as others of it say; else near where it was, with
        its inode or its name."""
        for before, now in list(self._folders.items()):
            if path.is_relative_to(before):
                moved = now / path.relative_to(before)
                with suppress(OSError):
                    if moved.lstat().st_size == stamp.size:
                        yield moved
        if self._searches > 0:
            self._searches -= 1
            yield from _near(path, stamp)

    def found(self, path: Path, now: Path) -> None:
        """What else was in its folder is looked for there first."""
        self._searches += 1
        while path != now and path.name == now.name:
            path, now = path.parent, now.parent
        if path != now:
            self._folders[path] = now


def below(folder: Path, before: Path) -> list[Path]:
    """Files in `folder` by what of the path `before` may still be true, from its longest end on. Blocks."""
    ends = (folder.joinpath(*before.parts[at:]) for at in range(1, len(before.parts)))
    with suppress(OSError):
        return [path for path in ends if path.is_file()]
    return []


def _near(path: Path, stamp: Stamp) -> Iterator[Path]:
    """In the folder where it was, or what is left of that path, and below; then one higher."""
    top = next((folder for folder in path.parents if folder.is_dir()), None)
    if top is None:
        return
    folders, is_higher, looked = deque([top]), False, 0
    while folders and looked < LOOKED_MAX:
        with suppress(OSError), os.scandir(folders.popleft()) as entries:
            for entry in entries:
                looked += 1
                if _may_be(entry, path.name, stamp):
                    yield Path(entry.path)
                elif (
                    entry.is_dir(follow_symlinks=False) and entry.path != str(top) and not _is_kept_out(entry)
                ):
                    folders.append(Path(entry.path))
        if not folders and not is_higher:
            folders, is_higher = deque([top.parent]), True


def _is_kept_out(folder: "os.DirEntry[str]") -> bool:
    """Where files are not that a person still wants: what was thrown away is not moved."""
    return folder.name.startswith(".") or folder.name.casefold() in _BINS


def _may_be(entry: "os.DirEntry[str]", name: str, stamp: Stamp) -> bool:
    return (
        entry.is_file(follow_symlinks=False)
        and (entry.inode() == stamp.inode or entry.name == name)
        and entry.stat(follow_symlinks=False).st_size == stamp.size
    )
