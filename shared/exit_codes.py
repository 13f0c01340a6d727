"""What a program's exit code says, the same in both programs."""

import enum
import errno

from shared.errors import Coded, ShoalError


class Exit(enum.IntEnum):
    OK = 0
    OTHER = 1
    USAGE = 2
    """Also a missing or bad configuration or tracker file."""
    IDENTITY = 3
    """Identity, pin or permission."""
    NOT_FOUND = 4
    IN_USE = 5
    """Exists already; a port or profile in use."""
    NO_TRACKER = 6
    INTEGRITY = 7
    DISK = 8
    TIMEOUT = 9
    BUSY = 10
    VERSION = 11
    """Also a store of a newer schema."""
    DAMAGED = 12
    INTERRUPTED = 130


_BY_CODE = {
    "usage": Exit.USAGE,
    "bad_argument": Exit.USAGE,
    "bad_path": Exit.USAGE,
    "pin_mismatch": Exit.IDENTITY,
    "device_revoked": Exit.IDENTITY,
    "device_taken": Exit.IDENTITY,
    "wrong_login": Exit.IDENTITY,
    "not_found": Exit.NOT_FOUND,
    "exists": Exit.IN_USE,
    "profile_in_use": Exit.IN_USE,
    "no_tracker": Exit.NO_TRACKER,
    "no_space": Exit.DISK,
    "disk_full": Exit.DISK,
    "disk_error": Exit.DISK,
    "timeout": Exit.TIMEOUT,
    "busy": Exit.BUSY,
    "quota": Exit.BUSY,
    "version": Exit.VERSION,
    "damaged": Exit.DAMAGED,
}
_BY_ERRNO = {
    errno.ENOENT: Exit.USAGE,
    errno.EISDIR: Exit.USAGE,
    errno.ENOTDIR: Exit.USAGE,
    errno.EADDRNOTAVAIL: Exit.USAGE,
    errno.EACCES: Exit.IDENTITY,
    errno.EPERM: Exit.IDENTITY,
    errno.EADDRINUSE: Exit.IN_USE,
    errno.EEXIST: Exit.IN_USE,
    errno.ENOSPC: Exit.DISK,
    errno.EDQUOT: Exit.DISK,
    errno.EROFS: Exit.DISK,
    errno.EIO: Exit.DISK,
}


def exit_of(error: ShoalError | OSError) -> Exit:
    """How a program ends that this error ended."""
    if isinstance(error, OSError):
        return _BY_ERRNO.get(error.errno or 0, Exit.OTHER)
    return _BY_CODE.get(error.code, Exit.OTHER) if isinstance(error, Coded) else Exit.OTHER
