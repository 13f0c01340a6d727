"""What the engine answers: plain values that prompt and window show. Names are shown names."""

import msgspec

PRIORITIES = ("high", "normal", "low")
"""Of downloads: peers are asked for those of the first before those of the next."""
NORMAL = 1


class View(msgspec.Struct, frozen=True, kw_only=True):
    pass


class GroupView(View, frozen=True):
    name: str
    owner: str
    members: int
    mine: str
    """owner, member, pending or none."""


class MemberView(View, frozen=True):
    user: str
    owner: bool
    online: bool


class RequestView(View, frozen=True):
    user: str
    at: int
    """Seconds since the epoch."""


class ActivityView(View, frozen=True):
    """Something that a member did."""

    at: int
    what: str
    """created, joined, left, removed, owner; of files: shared, fetched or stopped (to share)."""
    user: str
    """Whom it is about."""
    by: str = ""
    """Who removed them."""
    name: str = ""
    """A file's; of several the folder that they are in, with its slash, or nothing."""
    files: int = 0


class InviteView(View, frozen=True):
    """A link that was just made. Nobody can be told it again: only a hash of its secret is kept."""

    link: str
    group: str
    id: str
    """By which it is taken back; "" where the link only lets others ask, as everything is below."""
    uses: int
    until: int
    reach: str
    """`network`, or `computer` where its trackers can be reached from this computer alone."""

    def __repr__(self) -> str:
        """The link must not reach a log or a traceback."""
        return f"<InviteView {self.id}>"


class OpenInviteView(View, frozen=True):
    """One that lets people in, or did until it was used up or expired."""

    id: str
    uses: int
    used: int
    until: int
    at: int


class HostView(View, frozen=True):
    """The tracker of this computer, for others."""

    on: bool
    """Other computers may use it, and invite links name it."""
    addresses: list[str]
    """host:port at which they may find it, the likeliest first."""
    reachable: bool
    """By this computer at one of these; a firewall or router may still keep others out."""
    why: str
    """Why not, in a few words; "" while it is off."""


class LinkedTrackerView(View, frozen=True):
    address: str
    pin: str
    known: bool
    """It was met by this very key."""


class InviteLinkView(View, frozen=True):
    """What a link says, before anything is dialled."""

    group: str
    """As it was called when the link was made."""
    trackers: list[LinkedTrackerView]
    network: str
    """`here`: the one in use; `known`: another one that was used here; `new`."""
    preapproved: bool
    """Whoever uses it is let in at once; else the owner is asked."""
    until: int
    """When the pre-approval ends, 0 without one."""
    expired: bool
    """By the clock of this computer."""
    member: bool
    """Who is logged in is in that group already."""
    refused: str
    """`pin_mismatch` where one of its trackers is known by another key: then it cannot be used. Else ""."""


class JoinedView(View, frozen=True):
    group: str
    state: str
    """`joined`; `asked` (the owner decides); or `login`: it is used at the next login."""
    network: str
    """As InviteLinkView had it: where that is not `here`, the network in use is another one now."""


class DeviceView(View, frozen=True):
    id: str
    label: str
    at: int
    this: bool
    """It is the device that asks."""
    revoked: bool


class FileView(View, frozen=True):
    name: str
    size: int
    root: str
    sha1: str
    sharers: int
    """Users with a live share."""
    online: int
    """Those of them who are online now."""
    mine: bool
    by: str = ""
    at: int = 0


class SharedFile(View, frozen=True, omit_defaults=True):
    name: str
    size: int
    root: str
    already: bool = False


class SkippedFile(View, frozen=True):
    path: str
    code: str


class ShareResult(View, frozen=True, omit_defaults=True):
    files: list[SharedFile]
    skipped: list[SkippedFile] = []


class DownloadStarted(View, frozen=True):
    id: int
    online: int
    """Users online now who have some of it."""


class ErrorView(View, frozen=True):
    code: str
    message: str


class DownloadView(View, frozen=True):
    id: int
    group: str
    name: str
    """A folder's ends in a slash."""
    state: str
    """D running or standing still by itself, C complete, P paused by the user, F failed."""
    path: str
    size: int
    done: int
    """Verified bytes."""
    files: int
    files_done: int
    rate: float
    sources: int
    """People who bring it, on however many computers."""
    error: ErrorView | None = None
    order: str = "rarest"
    """How its pieces are chosen: rarest first, or `first` to last."""
    priority: str = "normal"
    """One of PRIORITIES."""


class SourceView(View, frozen=True):
    """Who brings a download, or brought some of it since the program began."""

    user: str
    device: str
    state: str
    """sending, held (by a cap here), late (it takes too long), idle (asked for nothing), opening or gone."""
    given: int
    """Bytes that were verified."""
    in_flight: int
    """Pieces that it is asked for."""
    down: float
    """Of all that comes from it."""
    up: float = 0.0
    """Of all that goes to it."""
    taken: int = 0
    """Bytes of pieces that went to it, of whatever file, since it was linked."""
    takes: int = 0
    """Files of this download that it has open here."""
    address: str = ""
    """Empty unless it is linked."""
    label: str = ""
    """What the device is called by its user; empty where that is not known."""
    proven: bool = False
    """Its certificate was checked, and its user is a member by the rows that are here."""


class PieceMapView(View, frozen=True):
    """A file in work, or one that was, from its start."""

    name: str
    cell: int
    """So many pieces are a cell: 1 up to 512 MiB."""
    runs: list[tuple[int, str | None]]
    """So many cells, and whose they are: the user who gave them, "" if they were here before or come from a
    file of this computer, null if they are still to come."""
    asked: list[tuple[int, str]]
    """Cells that are on their way now, and who brings them."""


class NoteView(View, frozen=True):
    """What happened to a download."""

    at: int
    """Seconds since the epoch."""
    what: str
    """begun, goes_on, waits, gives, left, stalled, bad_piece, again, paused, complete or failed."""
    user: str
    detail: str
    """A code, or a number of bytes."""


class DownloadDetails(View, frozen=True):
    peers: list[SourceView]
    pieces: list[PieceMapView]
    maps: int
    """So many files there are of which `pieces` could tell."""
    refetched: int
    """Bytes since the program began: verified once, and to be fetched again."""
    wasted: int
    """Bad or double."""
    root: str
    """Of a single file, as the next; sha1 is empty until somebody told it."""
    sha1: str
    log: list[NoteView]
    """The oldest first."""


class LinkView(View, frozen=True):
    user: str
    """The device's id for a stranger's."""
    device: str
    address: str
    dialled: bool
    """By this side."""
    sealed: bool
    """It left TLS for the seal."""
    rtt: float | None
    """Seconds."""
    down: float
    up: float
    held_down: bool
    """A cap of this side makes it wait now."""
    held_up: bool
    received: int
    sent: int
    """Bytes of pieces, since it was linked."""
    wasted: int
    asked: int
    """Files that it is asked for."""
    asks: int
    """Files that it asks for here."""
    queued: int
    """Bytes that it asked for and that are still to be sent."""


class TrackerView(View, frozen=True):
    number: int | None
    address: str
    state: str
    """connected, up, lost or unknown."""
    why: str = ""
    """Of one that is lost, in a few words."""
    rtt: float | None = None
    """Seconds, there and back."""
    behind: bool = False
    """It lacks something still that this device saw elsewhere."""
    asked_s: int | None = None
    """Seconds since somebody was last looked for there; null for never."""


class TrackerInUse(View, frozen=True):
    number: int
    address: str


class GroupLimitView(View, frozen=True):
    group: str
    up: int | None
    """KiB a second, as all caps here; 0 is nothing at all, None no cap."""
    down: int | None


class LimitsView(View, frozen=True):
    up: int | None
    down: int | None
    alternative_up: int | None
    alternative_down: int | None
    lan_exempt: bool
    schedule: list[str]
    """A line for each day from Monday on, with `a` for an alternative hour and `-` for a normal one."""
    alternative_now: bool
    groups: list[GroupLimitView]
    """Those of one's own with a cap of their own."""


class LimitsInForce(View, frozen=True):
    up: int | None
    down: int | None
    alternative_now: bool


class StatusView(View, frozen=True):
    user: str | None
    listen: str
    tracker: TrackerInUse | None
    trackers: list[TrackerView]
    peers: int
    down: float
    up: float
    sent: int
    received: int
    refetched: int
    wasted: int
    rejected: int
    """Pieces that failed a hash."""
    banned: int
    """Devices, since the start."""
    limits: LimitsInForce
    offline: int | None = None
    """Seconds without a tracker, also from before this start; null while there is one."""
    searching: bool = False
    """There is none, but not each was asked since."""
