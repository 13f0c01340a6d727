"""What desktop and tracker say to each other: one Struct a message, bounds in the types, one decoder a side.

On the wire a message is the msgpack array [tag, fields...]. Fields are only ever added, at the end and
with a default; a tag is never used again. docs/protocol.md has each of them in words. They stand in
shared/wire/tracker/, a module for each subject; whoever says or hears them has all of them from here.
"""

from typing import TypeVar

import msgspec

from shared.errors import Unsupported, Violation
from shared.facts.ids import Dot
from shared.facts.rows import UNREADABLE
from shared.wire.tags import is_newer, known_tags
from shared.wire.tracker.accounts import *
from shared.wire.tracker.bases import *
from shared.wire.tracker.connection import *
from shared.wire.tracker.groups import *
from shared.wire.tracker.sharing import *
from shared.wire.tracker.sync import *

AnyRequest = (
    Hello | CreateUser | Login | Renew | Logout | ChangePassword | DeleteUser | RevokeDevice
    | CreateGroup | Join | Withdraw | Accept | Reject | RemoveMember | Leave | Transfer
    | Invite | RevokeInvite | ListInvites | UseInvite
    | ListGroups | Resolve | ListRequests | Share | StopShare | Announce | Peers | Who | Online
    | Away | Reach | Sync | Subscribe | Ping
)  # fmt: skip
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
