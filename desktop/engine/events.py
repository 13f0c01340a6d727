"""What the engine tells whoever listens: window, prompt, test. Plain values: no Qt, no live objects.

The list is closed: `Event` names them all. The prompt's `--json` prints the ones that formats of the prompt
name (docs/console.md); progress is for the window, at most ten a second for each download.
"""

import msgspec


class Told(msgspec.Struct, frozen=True, kw_only=True):
    """Base of all events. `event` on the wire of `--json` is the class's tag."""


class Ready(Told, frozen=True, tag="ready", tag_field="event"):
    listen: str


class TrackerChanged(Told, frozen=True, tag="tracker", tag_field="event"):
    number: int | None
    address: str
    state: str
    """connected, lost, behind or drain."""


class LoginAgain(Told, frozen=True, tag="login_again", tag_field="event"):
    """The session could not be proven by certificate; a person must type the password."""

    reason: str


class LoggedIn(Told, frozen=True, tag="logged_in", tag_field="event"):
    user: str


class LoggedOut(Told, frozen=True, tag="logged_out", tag_field="event"):
    pass


class RequestCame(Told, frozen=True, tag="request", tag_field="event"):
    group: str
    user: str
    at: int


class Accepted(Told, frozen=True, tag="accepted", tag_field="event"):
    group: str


class Rejected(Told, frozen=True, tag="rejected", tag_field="event"):
    group: str


class Removed(Told, frozen=True, tag="removed", tag_field="event"):
    group: str


class OwnerChanged(Told, frozen=True, tag="owner", tag_field="event"):
    group: str
    user: str


class NameChanged(Told, frozen=True, tag="name_changed", tag_field="event"):
    kind: str
    """user (oneself), group or file."""
    old: str
    new: str
    rival: bool = False
    """It is another's that claimed the name later than oneself or one's group, which keeps it."""


class MemberCame(Told, frozen=True, tag="member_came", tag_field="event"):
    """Into a group of mine, and not by an accept on this device: by an invite, or another device of mine."""

    group: str
    user: str


class InviteRefused(Told, frozen=True, tag="invite_refused", tag_field="event"):
    """A link that waited for a login was of no use."""

    group: str
    reason: str
    """The code."""


class NetworkChanged(Told, frozen=True, tag="network", tag_field="event"):
    """Another network is in use now, also after the next start with this tracker file."""

    tracker_info: str | None
    """None is the own tracker."""


class GroupsChanged(Told, frozen=True, tag="groups", tag_field="event"):
    """Something in the list of groups, members or requests is different now: ask again."""


class FilesChanged(Told, frozen=True, tag="files", tag_field="event"):
    """The listing of this group is different now: ask again."""

    group: str
    same: bool = False
    """The same files by the same names; other people have them."""


class FileAdded(Told, frozen=True, tag="file_added", tag_field="event"):
    group: str
    name: str
    size: int
    user: str


class FileRemoved(Told, frozen=True, tag="file_removed", tag_field="event"):
    group: str
    name: str


class ShareProgress(Told, frozen=True, tag="share_progress", tag_field="event"):
    """One running upload_file: bytes hashed so far of all, files shared so far of all."""

    share_id: int
    group: str
    name: str
    hashed: int
    size: int
    files_done: int
    files: int
    finished: bool = False


class DownloadChanged(Told, frozen=True, tag="download", tag_field="event"):
    """A download changed its state: D running, C complete, P paused, F failed, X cancelled."""

    id: int
    group: str
    name: str
    state: str
    path: str
    error: str | None = None


class DownloadProgress(Told, frozen=True, tag="progress", tag_field="event"):
    id: int
    done: int
    size: int
    files: int
    files_done: int
    rate: float
    """Verified bytes a second over the last seconds."""
    sources: int


class ShareWithdrawn(Told, frozen=True, tag="share_withdrawn", tag_field="event"):
    group: str
    name: str
    reason: str
    """changed or missing."""


class ShareMoved(Told, frozen=True, tag="share_moved", tag_field="event"):
    """It was found at another place of the disk, and is shared from there."""

    group: str
    name: str
    path: str


class ShareFound(Told, frozen=True, tag="share_found", tag_field="event"):
    """What was withdrawn, as it was not where it was, has the content of what was shared now: relink() shares
    it again."""

    group: str
    name: str
    path: str


class PieceRejected(Told, frozen=True, tag="piece_rejected", tag_field="event"):
    id: int
    piece: int
    peer: str
    reason: str
    """sha1 or strong."""


class PeerBanned(Told, frozen=True, tag="peer_banned", tag_field="event"):
    peer: str
    reason: str


class DiskFilled(Told, frozen=True, tag="disk_full", tag_field="event"):
    path: str


class ClockOff(Told, frozen=True, tag="clock_off", tag_field="event"):
    seconds: int


class PinMismatch(Told, frozen=True, tag="tls_pin_mismatch", tag_field="event"):
    address: str


class PinMet(Told, frozen=True, tag="pin_met", tag_field="event"):
    """A tracker without a pin in the file was met for the first time; its pin is remembered from now on."""

    address: str
    pin: str


Event = (
    Ready | TrackerChanged | LoginAgain | LoggedIn | LoggedOut | RequestCame | Accepted | Rejected | Removed
    | OwnerChanged | NameChanged | GroupsChanged | FilesChanged | FileAdded | FileRemoved | ShareProgress
    | DownloadChanged | DownloadProgress | ShareWithdrawn | ShareMoved | ShareFound
    | PieceRejected | PeerBanned | DiskFilled | ClockOff
    | PinMismatch | PinMet | InviteRefused | NetworkChanged
    | MemberCame
)  # fmt: skip
