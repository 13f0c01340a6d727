"""The tracker's two keys on disk, and its pin in the tracker file. Blocks: for starts and re-reads.

The pin goes in by a temporary file and a rename, so that nobody reads half a file; where another tracker's
rename lost it, it is put in again.
"""

import contextlib
import os
import stat
import sys
import tempfile
from collections.abc import Iterator
from pathlib import Path
from typing import NamedTuple

from shared.errors import BadArgument, Damaged, PinMismatch, ProfileInUse, ShoalError
from shared.tracker_info import TrackerInfo, TrackerLine, format_pin, parse, with_pin
from shared.trust.identity import PrivateKey, from_pem, to_pem

if sys.platform == "win32":
    import msvcrt
else:
    import fcntl

IDENTITY_FILE = "identity.key"
DEVICES_FILE = "devices.key"


class Exposed(ShoalError):
    """Others may read or write what must be this user's alone."""


class Keys(NamedTuple):
    t: PrivateKey
    """The tracker's identity; its public half is the pin."""
    d: PrivateKey
    """Certifies devices."""


def make_folder(data: Path) -> None:
    data.mkdir(mode=0o700, parents=True, exist_ok=True)
    _check_private(data)


@contextlib.contextmanager
def locked(data: Path) -> Iterator[None]:
    """One tracker at a time in a folder, even after kill -9. Raises ProfileInUse."""
    path = data / "lock"
    path.touch(0o600)
    with path.open("a+b") as lock:
        try:
            if sys.platform == "win32":
                msvcrt.locking(lock.fileno(), msvcrt.LK_NBLCK, 1)
            else:
                fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except OSError as error:
            raise ProfileInUse(f"another trackerd runs in {data}") from error
        yield  # the system lets go of it when the process ends


def load_or_make_keys(data: Path) -> Keys:
    """Raises Exposed for keys that others may read, Damaged."""
    return Keys(_load_or_make(data / IDENTITY_FILE), _load_or_make(data / DEVICES_FILE))


def read_info(path: Path) -> tuple[str, TrackerInfo]:
    """Raises OSError; BadArgument for a malformed file, Exposed for pins that others may rewrite."""
    status = path.stat()
    try:
        text = path.read_bytes().decode()  # and line ends as they are
    except UnicodeDecodeError as error:
        raise BadArgument(f"{path} is not UTF-8") from error
    try:
        info = parse(text)
    except BadArgument as error:
        raise BadArgument(f"{path}: {error}", **error.detail) from error
    if sys.platform != "win32" and any(line and line.pin for line in info.lines):
        if status.st_mode & stat.S_IWOTH:
            raise Exposed(f"everybody may write {path}, so its pins prove nothing: chmod o-w it")
        if status.st_uid not in (0, os.geteuid()):
            raise Exposed(f"{path} belongs to another user, so its pins prove nothing: chown it")
    return text, info


def line_of(path: Path, info: TrackerInfo, number: int) -> TrackerLine:
    if number > len(info.lines):
        raise BadArgument(f"{path} has no tracker {number}: it has {len(info.lines)}")
    line = info.lines[number - 1]
    if line is None:
        raise BadArgument(f"{path}: tracker {number} has been removed")
    return line


def check_pin(path: Path, number: int, line: TrackerLine, t_key: bytes) -> None:
    if line.pin is not None and line.pin != t_key:
        raise PinMismatch(
            f"{path} has another key for tracker {number} than this one's, {format_pin(t_key)}:"
            " start it with the --data folder that holds the key of the file; or, if this is its new key,"
            " put that pin into everybody's file"
        )


def ensure_pin(path: Path, number: int, t_key: bytes) -> TrackerInfo:
    """The file, with this tracker's pin in it if it may be written. Raises PinMismatch and as read_info()."""
    text, info = read_info(path)
    line = line_of(path, info, number)
    check_pin(path, number, line, t_key)
    if line.pin is None:
        with contextlib.suppress(PermissionError):
            _replace(path, with_pin(text, number, t_key))
            _, info = read_info(path)
    return info


def _replace(path: Path, text: str) -> None:
    path = path.resolve()  # a link stays one
    status = path.stat()
    if not (status.st_mode & 0o222 and os.access(path, os.W_OK)):
        raise PermissionError(f"{path} may not be written")
    temporary = _temporary(path, text.encode())
    temporary.chmod(stat.S_IMODE(status.st_mode))
    if sys.platform != "win32" and os.geteuid() == 0:
        os.chown(temporary, status.st_uid, status.st_gid)
    temporary.replace(path)


def _temporary(path: Path, content: bytes) -> Path:
    """Beside `path`, on the disk, for this user alone."""
    with tempfile.NamedTemporaryFile(dir=path.parent, prefix=f".{path.name}.", delete=False) as file:
        file.write(content)
        file.flush()
        os.fsync(file.fileno())
    return Path(file.name)


def _load_or_make(path: Path) -> PrivateKey:
    if not path.exists():
        _temporary(path, to_pem(PrivateKey.generate())).replace(path)
    _check_private(path)
    try:
        return from_pem(path.read_bytes())
    except Damaged as error:
        raise Damaged(f"{path}: {error}") from error


def _check_private(path: Path) -> None:
    status = path.stat()
    if sys.platform != "win32" and (status.st_mode & 0o077 or status.st_uid not in (0, os.geteuid())):
        raise Exposed(f"others may read {path}: chmod go-rwx it, and let it belong to this user")
