"""Files of a group: who shares them, and who of those is online now, where, and with what part of them."""

from typing import Annotated, NamedTuple

import msgspec

from shared.facts.ids import Dev, Eid, FileSize, Gid, Root, Sha1, Uid
from shared.limits import ADDRESSES_MAX, PATH_BYTES_MAX, PEERS_ENTRIES_MAX, SHARE_BATCH_MAX
from shared.wire.tracker.bases import Address, Answer, Endpoint, EntryRef, Message, Port

SharedName = Annotated[str, msgspec.Meta(min_length=1, max_length=PATH_BYTES_MAX)]


class NewShare(NamedTuple):
    name: SharedName
    size: FileSize
    root: Root
    sha1: Sha1
    replaces: Eid | None


class SharedAs(NamedTuple):
    eid: Eid
    already: bool


class SharesDone(Answer, frozen=True):
    entries: list[SharedAs]


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


class PeerListed(NamedTuple):
    dev: Dev
    uid: Uid
    ip: Address
    port: Port
    partial: bool
    """It is still downloading this entry."""


class PeersFound(Answer, frozen=True):
    entries: list[tuple[Eid, list[PeerListed]]]


class Peers(Message, frozen=True, tag=41):
    answer = PeersFound
    gid: Gid
    eids: Annotated[list[Eid], msgspec.Meta(min_length=1, max_length=PEERS_ENTRIES_MAX)]


class OnlineFound(Answer, frozen=True):
    devs: list[Dev]


class Online(Message, frozen=True, tag=43):
    """Which devices of members of `gid` are online now; with the mirror's shares, who can serve what."""

    answer = OnlineFound
    gid: Gid


class UserAway(NamedTuple):
    uid: Uid
    ago_s: Annotated[int, msgspec.Meta(ge=0, lt=2**32)]


class AwayFound(Answer, frozen=True):
    away: list[UserAway]


class Away(Message, frozen=True, tag=44):
    """Which members of `gid` are not online, and since when, as far as this tracker saw them go."""

    answer = AwayFound
    gid: Gid


class Reached(Answer, frozen=True):
    why: Annotated[str, msgspec.Meta(max_length=16)]
    """Why not, in a word; empty if somebody listens there."""


class Reach(Message, frozen=True, tag=45):
    """Dials back: whether the port, which the device announced, can be reached at its address."""

    answer = Reached
    port: Port
