"""A connection to a tracker: its greeting, whether it is there, what its answers come in, and its end."""

from typing import Annotated

import msgspec

from shared.facts.ids import Dot, Key32, Nonce, TrackerNumber, Uid
from shared.limits import AGENT_CHARS_MAX
from shared.wire.tracker.bases import Address, Answer, FromTracker, Message, ShownName

PROTOCOL = 1
Agent = Annotated[str, msgspec.Meta(max_length=AGENT_CHARS_MAX)]


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


class Hello(Message, frozen=True, tag=1):
    answer = Welcome
    proto_min: int
    proto_max: int
    agent: Agent
    seen: Dot | None = None
    """Of this client's newest write, at whatever tracker."""


class Alive(Answer, frozen=True):
    """The tracker is there."""

    behind: bool = False
    """It still lacks what the client asked after."""


class Ping(Message, frozen=True, tag=60):
    answer = Alive
    seen: Dot | None = None
    """As in Hello; asked again until the tracker is behind no more."""


class Ok(FromTracker, frozen=True, tag=200):
    copies: Annotated[int, msgspec.Meta(ge=0, le=255)]
    """Trackers that hold the write durably; 0 for a question."""
    dot: Dot | None
    body: msgspec.Raw


class Error(FromTracker, frozen=True, tag=201):
    code: Annotated[str, msgspec.Meta(max_length=32)]
    detail: Annotated[dict[str, str | int], msgspec.Meta(max_length=8)] = msgspec.field(default_factory=dict)


class Drain(FromTracker, frozen=True, tag=103):
    within_ms: Annotated[int, msgspec.Meta(ge=0, le=3_600_000)]
