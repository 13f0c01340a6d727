"""What a test opened and did not close. What others had may go meanwhile: that is no matter of this one."""

import os
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager, suppress

from tests.support.waiting import LONG_S

_QTS = "anon_inode:[eventfd]"
"""Its loop's, which stays."""


def open_files() -> set[tuple[int, str]]:
    """Of this process: each descriptor, and the path or the number of what it is of."""
    found = set()
    for fd in map(int, os.listdir("/proc/self/fd")):  # noqa: PTH208  one of them is of the list itself
        with suppress(OSError):
            found.add((fd, os.readlink(f"/proc/self/fd/{fd}")))  # noqa: PTH115
    return {one for one in found if one[1] != _QTS}


@contextmanager
def nothing_left_open() -> Iterator[None]:
    before = open_files()
    yield
    assert sorted(open_files() - before) == []


@contextmanager
def nothing_left_behind() -> Iterator[None]:
    """No thread either. Where several are left to end by themselves they are waited for."""
    before = {*open_files(), *threading.enumerate()}
    yield
    end = time.monotonic() + LONG_S
    while left := {*open_files(), *threading.enumerate()} - before:
        assert time.monotonic() < end, left
        time.sleep(0.01)
