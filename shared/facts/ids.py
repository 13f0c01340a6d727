"""The ids of users, groups, entries and devices: 16 bytes each, made from hashes, shown as hex."""

import hashlib
from typing import Annotated, NamedTuple, NewType

import msgspec
from blake3 import blake3

from shared.limits import FILE_BYTES_MAX, PIECES_MAX

ID_BYTES = 16
_ID = msgspec.Meta(min_length=ID_BYTES, max_length=ID_BYTES)
_HASH = msgspec.Meta(min_length=32, max_length=32)

UserId = NewType("UserId", bytes)
GroupId = NewType("GroupId", bytes)
EntryId = NewType("EntryId", bytes)
DeviceId = NewType("DeviceId", bytes)

# The same, as they stand in wire messages and rows: bounded where they enter.
Uid = Annotated[UserId, _ID]
Gid = Annotated[GroupId, _ID]
Eid = Annotated[EntryId, _ID]
Dev = Annotated[DeviceId, _ID]
Key32 = Annotated[bytes, _HASH]
Root = Annotated[bytes, _HASH]
Nonce = Annotated[bytes, _HASH]
InviteId = Annotated[bytes, _ID]
"""Of one invite to a group: how its hash begins."""
Sha1 = Annotated[bytes, msgspec.Meta(min_length=20, max_length=20)]
Signature = Annotated[bytes, msgspec.Meta(min_length=64, max_length=64)]
FileSize = Annotated[int, msgspec.Meta(ge=0, le=FILE_BYTES_MAX)]
PieceIndex = Annotated[int, msgspec.Meta(ge=0, lt=PIECES_MAX)]
U32 = Annotated[int, msgspec.Meta(ge=0, lt=1 << 32)]
Log = Annotated[int, msgspec.Meta(ge=0, le=(1 << 63) - 1)]
Seq = Annotated[int, msgspec.Meta(ge=0, lt=1 << 62)]
Hlc = Annotated[int, msgspec.Meta(ge=0, lt=1 << 62)]
"""A stamp of 2^62 and more is refused: it would poison the clock of whoever merges it."""
TrackerNumber = Annotated[int, msgspec.Meta(ge=1, le=255)]
Seconds = Annotated[int, msgspec.Meta(ge=0, lt=1 << 40)]

Secret = Annotated[bytes, _ID]
"""What an invite link lets somebody in by."""

SCHEME = 1
"""How content is cut and hashed (docs/protocol.md, Manifest)."""


class Epoch(NamedTuple):
    """When a membership began: the stamp of the request that was accepted. Shares hang on it."""

    hlc: Hlc
    log: Log


class Dot(NamedTuple):
    """Who wrote a row, as the how-manieth."""

    log: Log
    seq: Seq


def user_id(nonce: bytes) -> UserId:
    """The nonce stays with the client, so that only it can repeat the create at another tracker."""
    return UserId(hashlib.sha256(b"u" + nonce).digest()[:ID_BYTES])


def group_id(nonce: bytes) -> GroupId:
    return GroupId(hashlib.sha256(b"g" + nonce).digest()[:ID_BYTES])


def invite_hash(gid: GroupId, secret: bytes) -> bytes:
    """What trackers keep of an invite's secret."""
    return hashlib.sha256(b"i" + gid + secret).digest()


def key_id(public_key: bytes) -> bytes:
    """`public_key` is the raw 32-byte Ed25519 key."""
    return hashlib.sha256(public_key).digest()[:ID_BYTES]


def device_id(public_key: bytes) -> DeviceId:
    return DeviceId(key_id(public_key))


def entry_id(gid: GroupId, name: str, root: bytes, size: int, scheme: int = SCHEME) -> EntryId:
    """One (name, content) of one group; `name` is NFC. The same share from two people is one entry."""
    text = name.encode()
    parts = (gid, len(text).to_bytes(2, "big"), text, root, size.to_bytes(8, "big"), bytes([scheme]))
    return EntryId(blake3(b"".join(parts)).digest(ID_BYTES))
