"""Where downloads put what comes: the hidden folder, and a file in it."""

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from desktop.engine.files.held_folder import HeldFolder, parts_of
from desktop.engine.files.part_file import PartFile
from shared.limits import PIECE_BYTES


@contextmanager
def parts_in(folder: Path) -> Iterator[HeldFolder]:
    held = HeldFolder.open(folder)
    parts = parts_of(held)
    try:
        yield parts
    finally:
        parts.close()
        held.close()


def part_in(folder: Path, size: int) -> PartFile:
    """Of more than a piece: one of less is made when that comes, and needs the folder until then."""
    assert size > PIECE_BYTES
    with parts_in(folder) as parts:
        return PartFile.create(parts, "part", size)
