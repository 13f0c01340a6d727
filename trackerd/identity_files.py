"""The tracker's two keys on disk, and its pin in the tracker file. Blocks: for starts and re-reads.

The pin goes in by a temporary file and a rename, so that nobody reads half a file; where another tracker's
rename lost it, it is put in again.
"""

import errno
import os
import stat
import sys
import tempfile
from contextlib import AbstractContextManager
from pathlib import Path
from typing import NamedTuple

from shared.errors import BadArgument, Damaged, NotFound, PinMismatch
from shared.file_lock import locked
from shared.tracker_info import TrackerInfo, TrackerLine, format_pin, parse, with_pin, without
from shared.trust.identity import PrivateKey, from_pem, raw_public, to_pem
from trackerd.network import TrackerRemoved

IDENTITY_FILE = "identity.key"
DEVICES_FILE = "devices.key"


class Keys(NamedTuple):
    t: PrivateKey
    """The tracker's identity; its public half is the pin."""
    d: PrivateKey
    """Certifies devices."""


class InfoFile(NamedTuple):
    text: str
    info: TrackerInfo
    line: TrackerLine
    """This tracker's own."""


def make_folder(data: Path) -> None:
    data.mkdir(mode=0o700, parents=True, exist_ok=True)
    _check_private(data)


def only_one(data: Path) -> AbstractContextManager[None]:
    """One tracker at a time in a folder. Raises ProfileInUse."""
    return locked(data / "lock", f"another trackerd runs in {data}")


def load_or_make_keys(data: Path) -> Keys:
    """Raises PermissionError for keys that others may read, Damaged."""
    return Keys(_load_or_make(data / IDENTITY_FILE), _load_or_make(data / DEVICES_FILE))


def t_key_of(data: Path) -> bytes:
    """The public half of the identity there, whoever owns it: also for root, in the folder of a service."""
    return raw_public(_load(data / IDENTITY_FILE))


def read_info(path: Path, number: int) -> InfoFile:
    """Raises BadArgument for a malformed file, PermissionError for pins that others may rewrite, OSError."""
    try:
        text = path.read_bytes().decode()  # and line ends as they are
    except UnicodeDecodeError as error:
        raise BadArgument(f"{path} is not UTF-8") from error
    file = _parsed(path, text, number)
    if any(line and line.pin for line in file.info.lines):
        _check_trusted(path)
    return file


def check_pin(path: Path, number: int, info: TrackerInfo, t_key: bytes) -> None:
    """Raises PinMismatch unless the key may stand in the line of tracker `number`, and stands in no other."""
    for other, line in enumerate(info.lines, 1):
        if line and line.pin and (line.pin == t_key) != (other == number):
            is_own = other == number
            wrong = "another key than this folder's" if is_own else "this folder's key"
            raise PinMismatch(
                f"{path} has {wrong}, {format_pin(t_key)}, for tracker {other}:"
                " start it with the --data folder that holds the key of the file; or, if this is its new key,"
                " put that pin into everybody's file"
            )


def ensure_pin(path: Path, number: int, t_key: bytes) -> InfoFile:
    """The file, with this tracker's pin in it if it may be written. Raises PinMismatch and as read_info()."""
    file = read_info(path, number)
    check_pin(path, number, file.info, t_key)
    if file.line.pin or not _may_write(path):
        return file
    _check_trusted(path)
    text = with_pin(file.text, number, t_key)
    _replace(path.resolve(), text)  # a link stays one
    return _parsed(path, text, number)


def forget(path: Path, own: int, forgotten: int) -> TrackerLine:
    """Takes tracker `forgotten` out of the file of tracker `own`; gives the line that it had.

    Raises BadArgument for oneself, NotFound, PermissionError for a file that may not be written, and as
    read_info().
    """
    file = read_info(path, own)
    if forgotten == own:
        raise BadArgument(f"tracker {own} cannot forget itself: let another one do it")
    try:
        text = without(file.text, forgotten)
    except NotFound as error:
        raise NotFound(f"{path}: {error}") from error
    _check_trusted(path)
    if not _may_write(path):
        raise PermissionError(
            errno.EACCES, f"put a - in the place of tracker {forgotten} yourself", str(path)
        )
    _replace(path.resolve(), text)
    line = file.info.lines[forgotten - 1]
    assert line is not None
    return line


def _parsed(path: Path, text: str, number: int) -> InfoFile:
    try:
        info = parse(text)
    except BadArgument as error:
        raise BadArgument(f"{path}: {error}", **error.detail) from error
    if number > len(info.lines):
        raise BadArgument(f"{path} has no tracker {number}: it has {len(info.lines)}")
    line = info.lines[number - 1]
    if line is None:
        raise TrackerRemoved(f"{path}: tracker {number} has been removed")
    return InfoFile(text, info, line)


def _check_trusted(path: Path) -> None:
    status = path.stat()
    if sys.platform == "win32":
        return
    if status.st_mode & stat.S_IWOTH:
        raise _exposed(path, "everybody may write it, so its pins prove nothing: chmod o-w it")
    if status.st_uid not in (0, os.geteuid()):
        raise _exposed(path, "it belongs to another user, so its pins prove nothing: chown it")


def _may_write(path: Path) -> bool:
    path = path.resolve()
    return bool(path.stat().st_mode & 0o222) and os.access(path, os.W_OK) and os.access(path.parent, os.W_OK)


def _replace(path: Path, text: str) -> None:
    status = path.stat()
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
    return _load(path)


def _load(path: Path) -> PrivateKey:
    try:
        return from_pem(path.read_bytes())
    except Damaged as error:
        raise Damaged(f"{path}: {error}") from error


def _check_private(path: Path) -> None:
    status = path.stat()
    if sys.platform != "win32" and (status.st_mode & 0o077 or status.st_uid not in (0, os.geteuid())):
        raise _exposed(path, "others may read it: chmod go-rwx it, and let it belong to this user")


def _exposed(path: Path, why: str) -> PermissionError:
    return PermissionError(errno.EACCES, why, str(path))
