"""No test leaves anything behind: it would be in the way of another one, whenever it goes."""

import contextlib
import threading
import time
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.support.waiting import LONG_S

OPEN = Path("/proc/self/fd")
QTS = "anon_inode:[eventfd]"
"""Its loop's, which stays."""


def in_use() -> set[object]:
    """Threads and descriptors of this process."""
    found: set[object] = {*threading.enumerate()}
    for fd in OPEN.iterdir() if OPEN.exists() else ():
        with contextlib.suppress(OSError):  # it was there for the listing alone
            found.add((fd.name, str(fd.readlink())))
    return {one for one in found if not (isinstance(one, tuple) and one[1] == QTS)}


@pytest.fixture(autouse=True)
def _leaves_nothing_behind() -> Iterator[None]:
    before = in_use()
    yield
    end = time.monotonic() + LONG_S
    while left := in_use() - before:
        assert time.monotonic() < end, left
        time.sleep(0.01)
