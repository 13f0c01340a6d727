"""What trackers say to each other: rows as they are written, whole rounds of them, and who is online where.

Frames are those between client and tracker, all with request id 0: nothing here is a question that waits for
its own answer. docs/protocol.md has each message in words.
"""

from typing import Annotated, NamedTuple

import msgspec

from shared.errors import Violation
from shared.facts.ids import Dev, Hlc, Log, Seq, TrackerNumber, Uid
from shared.facts.rows import UNREADABLE, Row
from shared.limits import (
    ADDRESSES_MAX,
    CHECKSUMS_BATCH_MAX,
    PARTIALS_PER_SESSION_MAX,
    PRESENCE_BATCH_MAX,
    ROWS_PAGE_MAX,
)
from shared.wire.tags import is_newer, known_tags
from shared.wire.tracker.bases import Address, Endpoint, EntryRef, Scope, Vector

SessionNumber = Annotated[int, msgspec.Meta(ge=0, lt=1 << 62)]
"""Of one client's session: 256 x a count past all that its tracker had heard of, and its tracker's number.
So of two sessions of a device the greater one is the newer, for all trackers alike."""
_Refs = Annotated[list[EntryRef], msgspec.Meta(max_length=PARTIALS_PER_SESSION_MAX)]


class Message(msgspec.Struct, frozen=True, array_like=True):
    """Base of all."""


class Hello(Message, frozen=True, tag=1):
    proto_min: int
    proto_max: int
    number: TrackerNumber
    store_id: Annotated[bytes, msgspec.Meta(min_length=16, max_length=16)]
    log: Log
    """That of the sender's present run: the only one of which it sends Live."""
    vv: Vector
    wall_ms: int


class Live(Message, frozen=True, tag=2):
    """Rows that the sender wrote, from the seq `first` to `last`; one that another overwrote may be left out.

    A commit that is too large for one frame comes in several.
    """

    log: Log
    first: Seq
    last: Seq
    rows: Annotated[list[Row], msgspec.Meta(max_length=ROWS_PAGE_MAX)]


class Ack(Message, frozen=True, tag=3):
    """Entries of the sender's vector that moved: all up to there is on its disk."""

    vv: Vector


class Pull(Message, frozen=True, tag=4):
    """Asks for a round: what the sender of this lacks, whose vector is `vv`."""

    vv: Vector


class Collected(NamedTuple):
    """Of a scope, rows up to this dot that said that something is no more were deleted for good."""

    scope: Scope
    """A gid, a uid for what that user mirrors as `me`, or `invites`, which nobody mirrors."""
    log: Log
    seq: Seq


class Rows(Message, frozen=True, tag=5):
    """Part of a round, in the order of the dots; the last part has the vector that the round comes to."""

    rows: Annotated[list[Row], msgspec.Meta(max_length=ROWS_PAGE_MAX)]
    end: Vector | None = None
    whole: bool = False
    """On all parts of a round that lists every row there is: what it lacks, and `end` covers, is deleted."""
    gc: Annotated[list[Collected], msgspec.Meta(max_length=ROWS_PAGE_MAX)] = msgspec.field(
        default_factory=list
    )
    """What the sender deleted, or knows that others did, above the vector that asked."""
    hlc: Hlc = 0
    """With the last part: the greatest stamp that the sender read or wrote, also of what it has deleted. That
    may stand elsewhere, and must not beat what is written by whoever has seen it in this way."""


class SessionTold(NamedTuple):
    session: SessionNumber
    dev: Dev
    uid: Uid
    seen_as: Address
    """Where that tracker sees the device."""
    claimed: Annotated[list[Endpoint], msgspec.Meta(max_length=ADDRESSES_MAX)]
    add: _Refs
    """Entries it began to offer in part since it was told of last; all of them where it is new."""
    drop: _Refs


class Presence(Message, frozen=True, tag=6):
    full: bool
    """Forget all sessions of the sender first; further parts of a long list come as changes."""
    sessions: Annotated[list[SessionTold], msgspec.Meta(max_length=PRESENCE_BATCH_MAX)]
    gone: Annotated[list[SessionNumber], msgspec.Meta(max_length=PRESENCE_BATCH_MAX)]


class ScopeSum(NamedTuple):
    scope: Scope
    """A gid; empty for all that belongs to no group."""
    xor: Annotated[bytes, msgspec.Meta(min_length=16, max_length=16)]


class Checksum(Message, frozen=True, tag=7):
    """What the sender's live rows come to, scope by scope, in a snapshot with the vector `vv`."""

    vv: Vector
    sums: Annotated[list[ScopeSum], msgspec.Meta(max_length=CHECKSUMS_BATCH_MAX)]
    more: bool = False
    """Further scopes of the same snapshot follow."""


class Ping(Message, frozen=True, tag=8):
    pass


AnyMessage = Hello | Live | Ack | Pull | Rows | Presence | Checksum | Ping

_encoder = msgspec.msgpack.Encoder()
_decoder: msgspec.msgpack.Decoder[AnyMessage] = msgspec.msgpack.Decoder(AnyMessage)
_KNOWN_TAGS = known_tags(Message)


def encode(message: Message) -> bytes:
    return _encoder.encode(message)


def decode(body: bytes) -> AnyMessage | None:
    """One message; None for one that only a newer tracker knows. Raises Violation for garbage."""
    try:
        return _decoder.decode(body)
    except UNREADABLE as error:
        if is_newer(body, _KNOWN_TAGS):
            return None
        raise Violation(f"unreadable message between trackers: {error}") from error
