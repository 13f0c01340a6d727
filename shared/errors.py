"""Every error this project raises on purpose. A bug is an assert, not one of these.

Three families, by what the caller can do: Violation (hang up), Unavailable (try again), Refused (no).
"""

from typing import ClassVar, Literal


class ShoalError(Exception):
    """Base of them all; caught only at the edges: one peer's task, one request, one user action."""


class Violation(ShoalError):
    """The other side broke the protocol. Close the connection and count it against that side."""

    def __init__(self, text: str = "", reason: "Broken" = "content") -> None:
        super().__init__(text)
        self.reason = reason


Broken = Literal["size", "unreadable", "turn", "rate", "content"]
"""A frame too long or too short; one that is no message; out of turn; too often; what it says cannot be."""


class Coded(ShoalError):
    """An answer that crosses the wire or the prompt as `code`; the receiver words it for the person."""

    code: ClassVar[str]
    by_code: ClassVar[dict[str, type["Coded"]]] = {}

    def __init_subclass__(cls, *, code: str = "") -> None:
        if code:
            assert code not in Coded.by_code, f"two errors with code {code}"
            cls.code = code
            Coded.by_code[code] = cls

    def __init__(self, text: str = "", **detail: str | int) -> None:
        """`text` says it for one reader on this side; `detail` is what the receiver's wording needs."""
        super().__init__(text or (type(self).__doc__ or "").strip())
        self.detail = detail


class Unavailable(Coded):
    """Nobody could answer just now. Trying again may help."""


class Refused(Coded):
    """The answer is no, and asking again will not help."""


def from_code(code: str, detail: dict[str, str | int] | None = None) -> Coded:
    """The error that another program named by `code`. A code that only a newer one knows is `internal`."""
    kind = Coded.by_code.get(code, Internal)
    return kind("" if kind is not Internal else f"the other side answered {code[:40]!r}", **(detail or {}))


class NoTracker(Unavailable, code="no_tracker"):
    """No tracker can be reached just now."""


class Timeout(Unavailable, code="timeout"):
    """It took too long."""


class Busy(Unavailable, code="busy"):
    """Too much is asked at once; try again in a moment."""


class NotYet(Unavailable, code="not_yet"):
    """The other side has not heard of it yet."""


class Queued(Unavailable, code="queued"):
    """Others come first; it goes on by itself."""


class DiskFull(Unavailable, code="disk_full"):
    """The disk is full."""


class DiskError(Unavailable, code="disk_error"):
    """The disk did not do what was asked of it."""


class NotLoggedIn(Refused, code="not_logged_in"):
    """Nobody is logged in here."""


class AlreadyLoggedIn(Refused, code="already_logged_in"):
    """Another user is logged in here; log out first."""


class WrongLogin(Refused, code="wrong_login"):
    """The user name or the password is wrong."""


class WeakPassword(Refused, code="weak_password"):
    """The password must have 8 to 256 characters."""


class Exists(Refused, code="exists"):
    """Something of that name already exists."""


class NotFound(Refused, code="not_found"):
    """There is nothing of that name."""


class NotAMember(Refused, code="not_a_member"):
    """The group exists, but this user is not in it."""


class AlreadyMember(Refused, code="already_member"):
    """That user is in the group already."""


class NotOwner(Refused, code="not_owner"):
    """Only the owner of the group may do that."""


class NoPending(Refused, code="no_pending"):
    """There is no pending request of that user."""


class InviteOver(Refused, code="invite_over"):
    """The invite was used up, has expired, or was taken back."""


class NotShared(Refused, code="not_shared"):
    """You do not share that here."""


class BadName(Refused, code="bad_name"):
    """That name cannot be used."""


class BadArgument(Refused, code="bad_argument"):
    """An argument is not what it must be."""


class Usage(Refused, code="usage"):
    """The command was not typed as it must be."""


class BadPath(Refused, code="bad_path"):
    """That path cannot be used."""


class NoSpace(Refused, code="no_space"):
    """There is not enough free space."""


class Quota(Refused, code="quota"):
    """A limit of this network is reached."""


class PepperMissing(Refused, code="pepper_missing"):
    """This tracker lacks the secret that the password was stored with."""


class DeviceTaken(Refused, code="device_taken"):
    """This device key belongs to another user."""


class DeviceRevoked(Refused, code="device_revoked"):
    """This device has been revoked."""


class ClockOff(Refused, code="clock_off"):
    """The clock of this computer is too far off."""


class PinMismatch(Refused, code="pin_mismatch"):
    """The tracker does not have the key that it must have."""


class Version(Refused, code="version"):
    """The two programs have no protocol version in common."""


class Unsupported(Refused, code="unsupported"):
    """The other side does not know this request."""


class Altered(Refused, code="altered"):
    """What was downloaded is not there any more as it came."""


class Damaged(Refused, code="damaged"):
    """Stored state is damaged."""


class ProfileInUse(Refused, code="profile_in_use"):
    """Another Shoal uses this profile."""


class Internal(Refused, code="internal"):
    """Something went wrong that should not have."""
