"""What desktop and tracker say to each other: one Struct a message, bounds in the types, one decoder a side.

On the wire a message is the msgpack array [tag, fields...]. Fields are only ever added, at the end and
with a default; a tag is never used again. docs/protocol.md has each of them in words.
"""

from typing import Annotated, ClassVar, NamedTuple, TypeVar

import msgspec

from shared.errors import Unsupported, Violation
from shared.facts.ids import (
    Dev,
    Dot,
    Eid,
    FileSize,
    Gid,
    InviteId,
    Key32,
    Log,
    Nonce,
    Root,
    Secret,
    Seq,
    Sha1,
    Signature,
    TrackerNumber,
    Uid,
)
from shared.facts.rows import UNREADABLE, Key, Row
from shared.limits import (
    ADDRESSES_MAX,
    AGENT_CHARS_MAX,
    INVITE_HOURS_MAX,
    INVITE_USES_MAX,
    LABEL_CHARS_MAX,
    NAME_BYTES_MAX,
    NAME_CLAIMANTS_MAX,
    PASSWORD_BYTES_MAX,
    PATH_BYTES_MAX,
    PEERS_ENTRIES_MAX,
    SCOPES_MAX,
    SHARE_BATCH_MAX,
    VECTOR_LOGS_MAX,
)
from shared.wire.tags import is_newer, known_tags

PROTOCOL = 1
Vector = Annotated[dict[Log, Seq], msgspec.Meta(max_length=VECTOR_LOGS_MAX)]
"""Log to the highest seq that, with all before it, is known."""
Scope = Annotated[bytes, msgspec.Meta(max_length=16)]
"""Which rows a client mirrors: b"network", b"me", or a gid."""
NETWORK: Scope = b"network"
ME: Scope = b"me"

Name = Annotated[str, msgspec.Meta(min_length=1, max_length=NAME_BYTES_MAX)]
ShownName = Annotated[str, msgspec.Meta(min_length=1, max_length=NAME_BYTES_MAX + 34)]
"""A name, or name~ and the first hex of its id where an earlier claim has the bare one."""
Password = Annotated[str, msgspec.Meta(max_length=PASSWORD_BYTES_MAX)]
SharedName = Annotated[str, msgspec.Meta(min_length=1, max_length=PATH_BYTES_MAX)]
Address = Annotated[str, msgspec.Meta(min_length=2, max_length=45)]
Port = Annotated[int, msgspec.Meta(ge=1, le=65535)]
Label = Annotated[str, msgspec.Meta(max_length=LABEL_CHARS_MAX)]
Agent = Annotated[str, msgspec.Meta(max_length=AGENT_CHARS_MAX)]


class Endpoint(NamedTuple):
    ip: Address
    port: Port


class EntryRef(NamedTuple):
    gid: Gid
    eid: Eid


# --- answers -------------------------------------------------------------------------------------


class Answer(msgspec.Struct, frozen=True, array_like=True):
    """Base of what an Ok carries as its body."""


class Nothing(Answer, frozen=True):
    """The command has no result but its success."""


class Welcome(Answer, frozen=True):
    proto: int
    number: TrackerNumber
    t_key: Key32
    d_keys: Annotated[list[Key32], msgspec.Meta(max_length=512)]
    """Every active device authority this tracker knows, its own first."""
    challenge: Nonce
    wall_ms: int
    generation: int
    """Grows when the tracker's store was restored from a backup."""
    behind: bool
    """The tracker lacks what the client has seen elsewhere."""
    seen_as: Address
    uid: Uid | None = None
    """Whose device the certificate is; nil for an anonymous connection."""
    name: ShownName | None = None


class Alive(Answer, frozen=True):
    """The tracker is there."""

    behind: bool = False
    """It still lacks what the client asked after."""


class Created(Answer, frozen=True):
    uid: Uid
    name: ShownName


class LoggedIn(Answer, frozen=True):
    uid: Uid
    name: ShownName
    dev: Dev
    certificate: Annotated[bytes, msgspec.Meta(max_length=1024)]
    """DER of the device's new leaf; for the next connections, as this one is bound already."""


class GroupCreated(Answer, frozen=True):
    gid: Gid


class Invited(Answer, frozen=True):
    until: int
    """When it ends, in seconds since 1970."""


class Left(Answer, frozen=True):
    owner: Uid | None
    """Who owns the group now, where ownership passed on by this leave."""


class GroupListed(NamedTuple):
    gid: Gid
    name: ShownName
    owner: ShownName
    members: int
    mine: str
    """owner, member, pending or none."""


class GroupsPage(Answer, frozen=True):
    groups: list[GroupListed]
    more: bool


class Resolved(Answer, frozen=True):
    found: list[tuple[bytes, ShownName]]
    """(id, shown name): none or one for a shown name; several only for a bare name with equal claims."""


class RequestListed(NamedTuple):
    uid: Uid
    name: ShownName
    at: int


class RequestsPage(Answer, frozen=True):
    requests: list[RequestListed]


class InviteListed(NamedTuple):
    invite: InviteId
    uses: int
    used: int
    until: int
    at: int


class InvitesPage(Answer, frozen=True):
    invites: list[InviteListed]


class SharedAs(NamedTuple):
    eid: Eid
    already: bool


class SharesDone(Answer, frozen=True):
    entries: list[SharedAs]


class PeerListed(NamedTuple):
    dev: Dev
    uid: Uid
    ip: Address
    port: Port
    partial: bool
    """It is still downloading this entry."""


class PeersFound(Answer, frozen=True):
    entries: list[tuple[Eid, list[PeerListed]]]


class OnlineFound(Answer, frozen=True):
    devs: list[Dev]


class UserAway(NamedTuple):
    uid: Uid
    ago_s: Annotated[int, msgspec.Meta(ge=0, lt=2**32)]


class AwayFound(Answer, frozen=True):
    away: list[UserAway]


class Reached(Answer, frozen=True):
    why: Annotated[str, msgspec.Meta(max_length=16)]
    """Why not, in a word; empty if somebody listens there."""


class RowsFound(Answer, frozen=True):
    rows: list[Row]


class SyncPage(Answer, frozen=True):
    rows: list[Row]
    next: Key | None
    """Where the next page begins; nil on the last."""
    vv: Vector | None
    """In the first page: all of the scope that this tracker has, and the asker after the last page."""
    full: bool = False
    """The whole scope is listed, whatever the asker has: it may hold rows of which nothing is left here."""


# --- requests ------------------------------------------------------------------------------------


class Message(msgspec.Struct, frozen=True, array_like=True):
    """Base of all requests; `answer` is what an Ok to it carries."""

    answer: ClassVar[type[Answer]] = Nothing

    def __repr__(self) -> str:
        """Its kind alone: passwords and proofs must not reach a log or a traceback by any way."""
        return f"<{type(self).__name__}>"


class Hello(Message, frozen=True, tag=1):
    answer = Welcome
    proto_min: int
    proto_max: int
    agent: Agent
    seen: Dot | None = None
    """Of this client's newest write, at whatever tracker."""


class CreateUser(Message, frozen=True, tag=2):
    answer = Created
    nonce: Nonce
    name: Name
    password: Password
    again: bool = False
    """On every write: this is a repetition, so what is in the asked state already is success."""


class Login(Message, frozen=True, tag=3):
    answer = LoggedIn
    name: ShownName
    password: Password
    dev_key: Key32
    proof: Signature
    label: Label
    again: bool = False


class Renew(Message, frozen=True, tag=4):
    answer = LoggedIn
    dev: Dev
    proof: Signature
    again: bool = False


class Logout(Message, frozen=True, tag=5):
    forget: bool = False
    again: bool = False


class ChangePassword(Message, frozen=True, tag=6):
    old: Password
    new: Password
    again: bool = False


class DeleteUser(Message, frozen=True, tag=7):
    password: Password
    again: bool = False


class RevokeDevice(Message, frozen=True, tag=8):
    dev: Dev
    again: bool = False


class CreateGroup(Message, frozen=True, tag=10):
    answer = GroupCreated
    nonce: Nonce
    name: Name
    again: bool = False


class Join(Message, frozen=True, tag=11):
    gid: Gid
    again: bool = False


class Withdraw(Message, frozen=True, tag=12):
    gid: Gid
    again: bool = False


class Accept(Message, frozen=True, tag=13):
    gid: Gid
    uid: Uid
    again: bool = False


class Reject(Message, frozen=True, tag=14):
    gid: Gid
    uid: Uid
    again: bool = False


class RemoveMember(Message, frozen=True, tag=15):
    gid: Gid
    uid: Uid
    again: bool = False


class Leave(Message, frozen=True, tag=16):
    answer = Left
    gid: Gid
    again: bool = False


class Transfer(Message, frozen=True, tag=17):
    gid: Gid
    uid: Uid
    again: bool = False


class Invite(Message, frozen=True, tag=18):
    answer = Invited
    gid: Gid
    hash: Key32
    """Of the secret, which stays with the client: invite_hash(). Its beginning names the invite."""
    uses: Annotated[int, msgspec.Meta(ge=1, le=INVITE_USES_MAX)]
    hours: Annotated[int, msgspec.Meta(ge=1, le=INVITE_HOURS_MAX)]
    again: bool = False


class RevokeInvite(Message, frozen=True, tag=19):
    gid: Gid
    invite: InviteId
    again: bool = False


class ListGroups(Message, frozen=True, tag=20):
    answer = GroupsPage
    after: Gid | None = None


class Resolve(Message, frozen=True, tag=21):
    answer = Resolved
    kind: Annotated[str, msgspec.Meta(pattern="^(user|group)$")]
    name: ShownName


class ListRequests(Message, frozen=True, tag=22):
    answer = RequestsPage
    gid: Gid


class ListInvites(Message, frozen=True, tag=23):
    answer = InvitesPage
    gid: Gid


class UseInvite(Message, frozen=True, tag=24):
    gid: Gid
    secret: Secret
    again: bool = False


class NewShare(NamedTuple):
    name: SharedName
    size: FileSize
    root: Root
    sha1: Sha1
    replaces: Eid | None


class Share(Message, frozen=True, tag=30):
    answer = SharesDone
    gid: Gid
    files: Annotated[list[NewShare], msgspec.Meta(min_length=1, max_length=SHARE_BATCH_MAX)]
    again: bool = False


class StopShare(Message, frozen=True, tag=31):
    gid: Gid
    eids: Annotated[list[Eid], msgspec.Meta(min_length=1, max_length=SHARE_BATCH_MAX)]
    again: bool = False


class Announce(Message, frozen=True, tag=40):
    addresses: Annotated[list[Endpoint], msgspec.Meta(max_length=ADDRESSES_MAX)]
    add: Annotated[list[EntryRef], msgspec.Meta(max_length=SHARE_BATCH_MAX)]
    """Entries this device holds pieces of while it downloads them."""
    drop: Annotated[list[EntryRef], msgspec.Meta(max_length=SHARE_BATCH_MAX)]


class Peers(Message, frozen=True, tag=41):
    answer = PeersFound
    gid: Gid
    eids: Annotated[list[Eid], msgspec.Meta(min_length=1, max_length=PEERS_ENTRIES_MAX)]


class Who(Message, frozen=True, tag=42):
    """The rows that say whether `dev` belongs to a member of `gid`, for a peer whose mirror lags."""

    answer = RowsFound
    dev: Dev
    gid: Gid


class Online(Message, frozen=True, tag=43):
    """Which devices of members of `gid` are online now; with the mirror's shares, who can serve what."""

    answer = OnlineFound
    gid: Gid


class Away(Message, frozen=True, tag=44):
    """Which members of `gid` are not online, and since when, as far as this tracker saw them go."""

    answer = AwayFound
    gid: Gid


class Reach(Message, frozen=True, tag=45):
    """Dials back: whether the port, which the device announced, can be reached at its address."""

    answer = Reached
    port: Annotated[int, msgspec.Meta(ge=1, le=65535)]


class Sync(Message, frozen=True, tag=50):
    answer = SyncPage
    scope: Scope
    vv: Vector
    after: Key | None = None


class ScopeSeen(NamedTuple):
    scope: Scope
    vv: Vector


class Subscribe(Message, frozen=True, tag=51):
    scopes: Annotated[list[ScopeSeen], msgspec.Meta(max_length=SCOPES_MAX)]


class Ping(Message, frozen=True, tag=60):
    answer = Alive
    seen: Dot | None = None
    """As in Hello; asked again until the tracker is behind no more."""


AnyRequest = (
    Hello | CreateUser | Login | Renew | Logout | ChangePassword | DeleteUser | RevokeDevice
    | CreateGroup | Join | Withdraw | Accept | Reject | RemoveMember | Leave | Transfer
    | Invite | RevokeInvite | ListInvites | UseInvite
    | ListGroups | Resolve | ListRequests | Share | StopShare | Announce | Peers | Who | Online
    | Away | Reach | Sync | Subscribe | Ping
)  # fmt: skip

# --- from the tracker ----------------------------------------------------------------------------


class FromTracker(msgspec.Struct, frozen=True, array_like=True):
    """Base of answers (request id of the request) and pushes (request id 0)."""


class Ok(FromTracker, frozen=True, tag=200):
    copies: Annotated[int, msgspec.Meta(ge=0, le=255)]
    """Trackers that hold the write durably; 0 for a question."""
    dot: Dot | None
    body: msgspec.Raw


class Error(FromTracker, frozen=True, tag=201):
    code: Annotated[str, msgspec.Meta(max_length=32)]
    detail: Annotated[dict[str, str | int], msgspec.Meta(max_length=8)] = msgspec.field(default_factory=dict)


class Delta(FromTracker, frozen=True, tag=100):
    scope: Scope
    vv0: Vector
    vv1: Vector
    rows: list[Row]


class Changed(FromTracker, frozen=True, tag=101):
    scope: Scope


class Revoked(FromTracker, frozen=True, tag=102):
    """`uid` (one device of it, or all) lost `gid`, or everything where that is nil."""

    gid: Gid | None
    uid: Uid
    dev: Dev | None = None


class Drain(FromTracker, frozen=True, tag=103):
    within_ms: Annotated[int, msgspec.Meta(ge=0, le=3_600_000)]


class Named(FromTracker, frozen=True, tag=104):
    """What a group that the client mirrors is called, where others claim the same name."""

    gid: Gid
    name: ShownName
    others: Annotated[list[ShownName], msgspec.Meta(max_length=NAME_CLAIMANTS_MAX)]
    """What those are called; the first of all claims has the bare name."""


AnyFromTracker = Ok | Error | Delta | Changed | Revoked | Drain | Named

_encoder = msgspec.msgpack.Encoder()
_requests: msgspec.msgpack.Decoder[AnyRequest] = msgspec.msgpack.Decoder(AnyRequest)
_from_tracker: msgspec.msgpack.Decoder[AnyFromTracker] = msgspec.msgpack.Decoder(AnyFromTracker)
_KNOWN_TAGS = known_tags(Message, FromTracker)
A = TypeVar("A", bound=Answer)


def encode(message: Message | FromTracker | Answer) -> bytes:
    return _encoder.encode(message)


def ok(body: Answer, copies: int = 0, dot: Dot | None = None) -> Ok:
    return Ok(copies, dot, msgspec.Raw(_encoder.encode(body)))


def decode_request(body: bytes) -> AnyRequest:
    """One request. Raises Unsupported for a tag that only a newer program knows, Violation for garbage."""
    try:
        return _requests.decode(body)
    except UNREADABLE as error:
        if is_newer(body, _KNOWN_TAGS):
            raise Unsupported from error
        raise Violation(f"unreadable request: {error}", "unreadable") from error


def decode_from_tracker(body: bytes) -> AnyFromTracker | None:
    """One answer or push; None for a push that only a newer tracker knows."""
    try:
        return _from_tracker.decode(body)
    except UNREADABLE as error:
        if is_newer(body, _KNOWN_TAGS):
            return None
        raise Violation(f"unreadable message from the tracker: {error}") from error


def decode_answer(answer: Ok, expected: type[A]) -> A:
    try:
        return msgspec.msgpack.decode(answer.body, type=expected)
    except UNREADABLE as error:
        raise Violation(f"unreadable answer: {error}") from error
