"""Many small files, read one after the other as if they were one."""

from bisect import bisect_right
from collections.abc import Sequence
from itertools import accumulate

from desktop.engine.files.open_file import OpenFile


class Bundled:
    """As piece_io.Readable."""

    def __init__(self, files: Sequence[tuple[OpenFile, int]]) -> None:
        """Each with its size."""
        self._files = [file for file, _ in files]
        self._ends = [*accumulate(size for _, size in files)]
        self.unread: int | None = None
        """The number of the one that could not be read last."""

    @property
    def size(self) -> int:
        return self._ends[-1]

    def read(self, at: int, view: memoryview) -> bool:
        first = bisect_right(self._ends, at)
        for number in range(first, len(self._files)):
            if not view:
                break
            begin = self._ends[number - 1] if number else 0
            part = view[: self._ends[number] - at]
            if not self._files[number].read(at - begin, part):
                self.unread = number
                return False
            at, view = at + len(part), view[len(part) :]
        return not view
