"""The replicated facts: one small last-writer-wins row each; kinds, keys and bodies.

The kind's number alone tells a tracker that does not know it how to merge it: below 64 the greater
(hlc, log) stays, from 64 on the smaller, the first claim. Bodies are msgpack arrays; new fields only
at their end, with a default. Unknown kinds are stored and relayed byte for byte.
"""

import enum
from typing import Annotated, NamedTuple, TypeVar

import msgspec

from shared.errors import Violation
from shared.facts.ids import (
    ID_BYTES,
    Dot,
    Eid,
    Epoch,
    FileSize,
    GroupId,
    Hlc,
    Key32,
    Log,
    Root,
    Seconds,
    Seq,
    Sha1,
    Uid,
    device_id,
    entry_id,
)
from shared.limits import INVITE_USES_MAX

FIRST_CLAIM = 64
"""Kinds from here on keep the smaller stamp."""
KEY_BYTES_MAX = 48
BODY_BYTES_MAX = 4096


class Kind(enum.IntEnum):
    CRED = 1
    RENEWED = 2
    REQUEST = 3
    MEMBER = 4
    OWNER = 5
    SHARE = 6
    TRACKER = 7
    INVITE = 8
    INVITE_USE = 9
    USER = 64
    GROUP = 65
    GONE = 66
    ENTRY = 67
    DEVICE = 68
    REVOKED = 69
    REMOVED = 70


NETWORK_KINDS = (Kind.TRACKER, Kind.REMOVED)
GROUP_KINDS = (Kind.REQUEST, Kind.MEMBER, Kind.OWNER, Kind.SHARE, Kind.GROUP, Kind.ENTRY)
INVITE_KINDS = (Kind.INVITE, Kind.INVITE_USE)
"""Of a group, too, but mirrored by nobody: they stay on the trackers, where the owner asks for them."""
USER_KINDS = (Kind.USER, Kind.GONE, Kind.DEVICE, Kind.REVOKED)
"""What a group's members have to know of each other."""


class Key(NamedTuple):
    kind: Annotated[int, msgspec.Meta(ge=1, le=255)]
    id: Annotated[bytes, msgspec.Meta(min_length=1, max_length=KEY_BYTES_MAX)]


class Row(msgspec.Struct, frozen=True, array_like=True):
    """One fact as it stands, and as it travels. (log, seq) is its dot."""

    kind: Annotated[int, msgspec.Meta(ge=1, le=255)]
    id: Annotated[bytes, msgspec.Meta(min_length=1, max_length=KEY_BYTES_MAX)]
    hlc: Hlc
    """Hybrid logical clock: milliseconds << 15 | counter. Grows along every chain of cause and effect."""
    log: Log
    """One run of one tracker: number << 55 | boot second << 21 | random. Minted at each start, so that a
    restored backup cannot reuse a dot."""
    seq: Seq
    body: Annotated[bytes, msgspec.Meta(max_length=BODY_BYTES_MAX)]

    @property
    def key(self) -> Key:
        return Key(self.kind, self.id)

    @property
    def dot(self) -> Dot:
        return Dot(self.log, self.seq)

    @property
    def stamp(self) -> Epoch:
        return Epoch(self.hlc, self.log)

    @property
    def wire_bytes(self) -> int:
        """About what it takes in a message, and never less."""
        return len(self.id) + len(self.body) + 35

    def beats(self, other: "Row") -> bool:
        """Whether this row stays where both claim one key."""
        return self.stamp > other.stamp if self.kind < FIRST_CLAIM else self.stamp < other.stamp


class Body(msgspec.Struct, frozen=True, array_like=True):
    """Base of all bodies."""


class Cred(Body, frozen=True):
    """Key: uid. Never leaves trackers."""

    argon2: Annotated[str, msgspec.Meta(max_length=512)]
    pepper_id: Annotated[bytes, msgspec.Meta(max_length=4)] = b""
    must_change: bool = False


class Renewed(Body, frozen=True):
    """Key: dev. When its certificate was last renewed; written at most once a day."""

    at: Seconds


class Request(Body, frozen=True):
    """Key: gid+uid."""

    open: bool
    at: Seconds


class Member(Body, frozen=True):
    """Key: gid+uid."""

    is_in: bool
    epoch: Epoch
    by: Uid
    at: Seconds


class Owner(Body, frozen=True):
    """Key: gid. Counts only while (uid, epoch) is a current member."""

    uid: Uid
    epoch: Epoch


class Share(Body, frozen=True):
    """Key: gid+eid+dev. Counts only while (uid, epoch) is a current member."""

    uid: Uid
    epoch: Epoch
    live: bool
    at: Seconds


class Tracker(Body, frozen=True):
    """Key: u8 number."""

    t_key: Key32
    d_keys: Annotated[list[Key32], msgspec.Meta(max_length=2)]
    """Current and previous device authority."""
    addresses: Annotated[list[Annotated[str, msgspec.Meta(max_length=262)]], msgspec.Meta(max_length=8)] = (
        msgspec.field(default_factory=list)
    )
    state: Annotated[int, msgspec.Meta(ge=0, le=1)] = 0
    """0 on, 1 forgotten."""


class Invite(Body, frozen=True):
    """Key: gid+invite. Counts only while (by, epoch) is a current member and the owner."""

    hash: Key32
    """invite_hash() of its secret; the invite is how it begins."""
    uses: Annotated[int, msgspec.Meta(ge=1, le=INVITE_USES_MAX)]
    until: Seconds
    """By the trackers' clocks."""
    by: Uid
    epoch: Epoch
    live: bool
    at: Seconds


class InviteUse(Body, frozen=True):
    """Key: gid+invite+uid. Somebody was let in by it."""

    epoch: Epoch
    """Since when."""
    at: Seconds


class User(Body, frozen=True):
    """Key: uid."""

    name: Annotated[str, msgspec.Meta(max_length=64)]
    fold: Annotated[str, msgspec.Meta(max_length=512)]
    at: Seconds


class Group(Body, frozen=True):
    """Key: gid."""

    name: Annotated[str, msgspec.Meta(max_length=64)]
    fold: Annotated[str, msgspec.Meta(max_length=512)]
    by: Uid
    at: Seconds


class Gone(Body, frozen=True):
    """Key: uid. The user deleted the account; wins for ever."""

    at: Seconds


class Entry(Body, frozen=True):
    """Key: gid+eid. One name with one content, never rewritten."""

    name: Annotated[str, msgspec.Meta(min_length=1, max_length=1024)]
    size: FileSize
    root: Root
    scheme: Annotated[int, msgspec.Meta(ge=0, le=255)]
    sha1: Sha1
    by: Uid
    at: Seconds
    replaces: Eid | None = None


class Device(Body, frozen=True):
    """Key: dev."""

    uid: Uid
    key: Key32
    label: Annotated[str, msgspec.Meta(max_length=64)]
    at: Seconds


class Revoked(Body, frozen=True):
    """Key: dev."""

    at: Seconds


class Removed(Body, frozen=True):
    """Key: SHA-256(key)[:16] of a tracker's T or D."""

    at: Seconds


BODY_OF: dict[int, type[Body]] = {
    Kind.CRED: Cred,
    Kind.RENEWED: Renewed,
    Kind.REQUEST: Request,
    Kind.MEMBER: Member,
    Kind.OWNER: Owner,
    Kind.SHARE: Share,
    Kind.TRACKER: Tracker,
    Kind.INVITE: Invite,
    Kind.INVITE_USE: InviteUse,
    Kind.USER: User,
    Kind.GROUP: Group,
    Kind.GONE: Gone,
    Kind.ENTRY: Entry,
    Kind.DEVICE: Device,
    Kind.REVOKED: Revoked,
    Kind.REMOVED: Removed,
}
KEY_BYTES_OF: dict[int, int] = {
    **dict.fromkeys((Kind.CRED, Kind.RENEWED, Kind.OWNER, Kind.USER, Kind.GROUP, Kind.GONE), 16),
    **dict.fromkeys((Kind.DEVICE, Kind.REVOKED, Kind.REMOVED), 16),
    **dict.fromkeys((Kind.REQUEST, Kind.MEMBER, Kind.ENTRY, Kind.INVITE), 32),
    **dict.fromkeys((Kind.SHARE, Kind.INVITE_USE), 48),
    Kind.TRACKER: 1,
}
_decoders: dict[int, msgspec.msgpack.Decoder[Body]] = {
    kind: msgspec.msgpack.Decoder(body) for kind, body in BODY_OF.items()
}
_encoder = msgspec.msgpack.Encoder()
UNREADABLE = (msgspec.MsgspecError, UnicodeDecodeError, RecursionError)
"""What msgspec raises for bytes from outside: bad UTF-8 and endless nesting are no MsgspecError to it."""
B = TypeVar("B", bound=Body)


def encode_body(body: Body) -> bytes:
    return _encoder.encode(body)


def body_of(row: Row, expected: type[B]) -> B:
    """The body of a row that check() let in. `expected` says its type, for the reader and for mypy."""
    body = _decoders[row.kind].decode(row.body)
    assert isinstance(body, expected)
    return body


def check(row: Row) -> None:
    """Lets a row from outside in, or raises Violation. A kind not known here is a newer one: it passes."""
    if row.kind not in BODY_OF:
        return
    if len(row.id) != KEY_BYTES_OF[row.kind]:
        raise Violation(f"a key of {len(row.id)} bytes for kind {row.kind}")
    try:
        body = _decoders[row.kind].decode(row.body)
    except UNREADABLE as error:
        raise Violation(f"unreadable body of kind {row.kind}: {error}") from error
    if isinstance(body, Entry):
        gid = GroupId(row.id[:16])
        if entry_id(gid, body.name, body.root, body.size, body.scheme) != row.id[16:]:
            raise Violation("an entry whose id is not made from its content")
    elif isinstance(body, Device) and device_id(body.key) != row.id:
        raise Violation("a device whose id is not made from its key")
    elif isinstance(body, Invite) and body.hash[:ID_BYTES] != row.id[ID_BYTES:]:
        raise Violation("an invite whose id is not made from its hash")


def split(id_: bytes) -> tuple[bytes, bytes]:
    """A two-part key, as (gid, the rest)."""
    return id_[:16], id_[16:]
