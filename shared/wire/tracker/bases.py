"""What all messages between desktop and tracker are made of, and the fields that several of them have."""

from typing import Annotated, ClassVar, NamedTuple

import msgspec

from shared.facts.ids import Eid, Gid, Log, Seq
from shared.limits import NAME_BYTES_MAX, VECTOR_LOGS_MAX

Vector = Annotated[dict[Log, Seq], msgspec.Meta(max_length=VECTOR_LOGS_MAX)]
"""Log to the highest seq that, with all before it, is known."""
Scope = Annotated[bytes, msgspec.Meta(max_length=16)]
"""Which rows a client mirrors: b"network", b"me", or a gid."""

Name = Annotated[str, msgspec.Meta(min_length=1, max_length=NAME_BYTES_MAX)]
ShownName = Annotated[str, msgspec.Meta(min_length=1, max_length=NAME_BYTES_MAX + 34)]
"""A name, or name~ and the first hex of its id where an earlier claim has the bare one."""
Address = Annotated[str, msgspec.Meta(min_length=2, max_length=45)]
Port = Annotated[int, msgspec.Meta(ge=1, le=65535)]


class Endpoint(NamedTuple):
    ip: Address
    port: Port


class EntryRef(NamedTuple):
    gid: Gid
    eid: Eid


class Answer(msgspec.Struct, frozen=True, array_like=True):
    """Base of what an Ok carries as its body."""


class Nothing(Answer, frozen=True):
    """The command has no result but its success."""


class Message(msgspec.Struct, frozen=True, array_like=True):
    """Base of all requests; `answer` is what an Ok to it carries."""

    answer: ClassVar[type[Answer]] = Nothing

    def __repr__(self) -> str:
        """Its kind alone: passwords and proofs must not reach a log or a traceback by any way."""
        return f"<{type(self).__name__}>"


class FromTracker(msgspec.Struct, frozen=True, array_like=True):
    """Base of answers (request id of the request) and pushes (request id 0)."""
