"""One process at a time: a lock on a file, of which the system lets go however the process ends."""

import contextlib
import sys
from collections.abc import Iterator
from pathlib import Path

from shared.errors import ProfileInUse

if sys.platform == "win32":
    import msvcrt
else:
    import fcntl


@contextlib.contextmanager
def locked(path: Path, refusal: str = "") -> Iterator[None]:
    """Makes the file where there is none. Raises ProfileInUse, with `refusal` as its text."""
    path.touch(0o600)
    with path.open("ab") as lock:
        try:
            if sys.platform == "win32":
                msvcrt.locking(lock.fileno(), msvcrt.LK_NBLCK, 1)
            else:
                fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except OSError as error:
            raise ProfileInUse(refusal) from error
        yield
