"""An open file that several threads use at a time, and that closes under none of them."""

import os
import threading
from collections.abc import Callable
from types import TracebackType

from shared.errors import DiskError, ShoalError

_seek_and_read = threading.Lock()
"""For Windows, where they are two calls."""


class OpenFile:
    """`with file as fd:` keeps the descriptor open for the block; the first such block opens it.

    close() forbids further ones and returns at once: the last block that is still under way closes it.
    """

    def __init__(self, open_fd: Callable[[], int], check: Callable[[int], None] = lambda _: None) -> None:
        """`check` is called at each use, and raises DiskError if the file is not what it was."""
        self._open_fd = open_fd
        self._check = check
        self._lock = threading.Lock()
        self._fd = -1
        self._users = 0
        self._is_closed = False
        self._stays = True
        self._successor: OpenFile | None = None

    def __enter__(self) -> int:
        """Raises DiskError after close(), and what opening raises."""
        with self._lock:
            if self._is_closed:
                raise DiskError("the file is not in use any more")
            if self._fd < 0:
                self._fd = self._open_fd()
            self._check(self._fd)
            self._users += 1
            return self._fd

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, at: TracebackType | None
    ) -> None:
        with self._lock:
            self._users -= 1
            self._close_unused()

    def read(self, at: int, view: memoryview) -> bool:
        """Whether all of `view` could be read, here or of the successor."""
        try:
            with self as fd:
                if hasattr(os, "preadv"):
                    return os.preadv(fd, [view], at) == len(view)
                with _seek_and_read:
                    os.lseek(fd, at, os.SEEK_SET)
                    data = os.read(fd, len(view))
                view[: len(data)] = data
                return len(data) == len(view)
        except (ShoalError, OSError):
            return self._successor is not None and self._successor.read(at, view)

    def close(self) -> None:
        with self._lock:
            self._is_closed = True
            self._close_unused()

    def hand_over(self, successor: "OpenFile") -> None:
        """As close(), but what is still to be read is read of `successor`, which has the same content."""
        self._successor = successor
        self.close()

    def rest(self) -> None:
        """Until stay() it is open only while somebody uses it."""
        with self._lock:
            self._stays = False
            self._close_unused()

    def stay(self) -> None:
        """It is left open between two uses, as it is from the start."""
        self._stays = True

    def _close_unused(self) -> None:
        if (self._is_closed or not self._stays) and self._users == 0 and self._fd >= 0:
            os.close(self._fd)
            self._fd = -1
