"""What peers say to each other: one Struct a message, bounds in the types, one decoder.

Both sides speak alike. A channel number `ch` is chosen by the side that opens it, and each direction
numbers its own. Piece bytes are not messages: they travel in frames of type 1 (shared/wire/framing.py).
"""

from typing import Annotated, NamedTuple

import msgspec

from shared.errors import Violation
from shared.facts.ids import U32, Eid, Gid, PieceIndex
from shared.facts.rows import UNREADABLE
from shared.limits import (
    AGENT_CHARS_MAX,
    BLOCK_PIECES,
    BUNDLE_FILES_MAX,
    HAVE_BATCH_MAX,
    OPEN_BATCH_MAX,
    PIECES_MAX,
    REQUEST_BATCH_MAX,
)
from shared.manifest import BLOCK_BYTES_MAX, HEADER_BYTES, STRONG_BYTES

PROTOCOL = 1
Channel = U32
BlockIndex = Annotated[int, msgspec.Meta(ge=0, lt=PIECES_MAX // BLOCK_PIECES)]
BlockBytes = Annotated[bytes, msgspec.Meta(max_length=BLOCK_BYTES_MAX)]
BitfieldBytes = Annotated[bytes, msgspec.Meta(max_length=PIECES_MAX // 8)]
BlockBitfieldBytes = Annotated[bytes, msgspec.Meta(max_length=BLOCK_PIECES // 8)]
FEATURE_CREDIT = 1
"""In Hello.features: the sender answers Credit."""
FEATURE_LANES = 2
"""It takes further connections beside the first."""
FEATURE_LANE = 4
"""This connection is one."""
FEATURE_BUNDLES = 8
"""The sender gives many small files as one piece."""
Code = Annotated[str, msgspec.Meta(max_length=32)]


class Opening(NamedTuple):
    ch: Channel
    gid: Gid
    eid: Eid


class Message(msgspec.Struct, frozen=True, array_like=True):
    """Base of all peer messages. On the wire: [tag, fields...]; a tag is never used again."""


class Hello(Message, frozen=True, tag=0):
    """First word of both sides. Who the other is, TLS has already said."""

    proto_min: int
    proto_max: int
    agent: Annotated[str, msgspec.Meta(max_length=AGENT_CHARS_MAX)]
    features: U32 = 0
    suites: U32 = 0
    seal: Annotated[bytes, msgspec.Meta(min_length=32, max_length=32)] | None = None
    """32 fresh random bytes offer a sealed link (shared/trust/seal.py); nil keeps TLS records all the way."""

    @property
    def has_our_version(self) -> bool:
        return self.proto_min <= PROTOCOL <= self.proto_max


class Open(Message, frozen=True, tag=1):
    channels: Annotated[list[Opening], msgspec.Meta(min_length=1, max_length=OPEN_BATCH_MAX)]


class Opened(Message, frozen=True, tag=2):
    ch: Channel
    header: Annotated[bytes, msgspec.Meta(min_length=HEADER_BYTES, max_length=HEADER_BYTES)]
    index: Annotated[bytes, msgspec.Meta(max_length=PIECES_MAX // BLOCK_PIECES * STRONG_BYTES)]
    block0: BlockBytes | None
    """The first block of hashes, where the file has at most 256 pieces."""
    bitfield: BitfieldBytes | None
    """What the sender has; nil is all."""


class Refuse(Message, frozen=True, tag=3):
    ch: Channel
    code: Code


class Close(Message, frozen=True, tag=4):
    ch: Channel


class GetBlock(Message, frozen=True, tag=5):
    ch: Channel
    block: BlockIndex


class Block(Message, frozen=True, tag=6):
    ch: Channel
    block: BlockIndex
    hashes: BlockBytes


class Have(Message, frozen=True, tag=7):
    """The sender has verified these pieces and will serve them."""

    ch: Channel
    pieces: Annotated[list[PieceIndex], msgspec.Meta(max_length=HAVE_BATCH_MAX)]


class Request(Message, frozen=True, tag=8):
    ch: Channel
    pieces: Annotated[list[PieceIndex], msgspec.Meta(max_length=REQUEST_BATCH_MAX)]


class Cancel(Message, frozen=True, tag=9):
    """Not these any more; takes effect at the end of a data frame."""

    ch: Channel
    pieces: Annotated[list[PieceIndex], msgspec.Meta(max_length=REQUEST_BATCH_MAX)]


class Reject(Message, frozen=True, tag=10):
    ch: Channel
    piece: PieceIndex
    code: Code


class Credit(Message, frozen=True, tag=11):
    """Which `count` pieces of these to ask for? Only to a peer with FEATURE_CREDIT."""

    ch: Channel
    block: BlockIndex
    wanted: BlockBitfieldBytes
    """A bitfield of the pieces of this block."""
    count: Annotated[int, msgspec.Meta(ge=1, le=REQUEST_BATCH_MAX)]
    in_order: bool = False
    """Of those that as few were given, the first ones, as the asker looks at them meanwhile."""


class Choke(Message, frozen=True, tag=12):
    ch: Channel


class Unchoke(Message, frozen=True, tag=13):
    ch: Channel


class Ping(Message, frozen=True, tag=14):
    pass


class Pong(Message, frozen=True, tag=15):
    pass


class Bye(Message, frozen=True, tag=16):
    """The last word: nothing follows it."""

    code: Code = ""


class Granted(Message, frozen=True, tag=17):
    """The answer to a Credit: those that the sender gave to the fewest so far. It waits for the Requests."""

    ch: Channel
    pieces: Annotated[list[PieceIndex], msgspec.Meta(max_length=REQUEST_BATCH_MAX)]


class OpenBundle(Message, frozen=True, tag=18):
    """Many small files as one piece, number 0: their bytes in this order. It may be requested at once. Only
    to a peer with FEATURE_BUNDLES."""

    ch: Channel
    gid: Gid
    eids: Annotated[list[Eid], msgspec.Meta(min_length=1, max_length=BUNDLE_FILES_MAX)]


AnyMessage = (
    Hello | Open | Opened | Refuse | Close | GetBlock | Block | Have | Request | Cancel | Reject | Credit
    | Choke | Unchoke | Ping | Pong | Bye | Granted | OpenBundle
)  # fmt: skip
_encoder = msgspec.msgpack.Encoder()
_decoder: msgspec.msgpack.Decoder[AnyMessage] = msgspec.msgpack.Decoder(AnyMessage)


def encode(message: Message) -> bytes:
    return _encoder.encode(message)


def decode(body: bytes | memoryview) -> AnyMessage:
    """One control frame's body as a message. Raises Violation for anything else."""
    try:
        return _decoder.decode(body)
    except UNREADABLE as error:
        raise Violation(f"unreadable message: {error}") from error
