"""Groups: who makes, owns and enters them, with an invite or without, and what they and people are called."""

from typing import Annotated, NamedTuple

import msgspec

from shared.facts.ids import Gid, InviteId, Key32, Nonce, Secret, Uid
from shared.limits import INVITE_HOURS_MAX, INVITE_USES_MAX, NAME_CLAIMANTS_MAX
from shared.wire.tracker.bases import Answer, FromTracker, Message, Name, ShownName


class GroupCreated(Answer, frozen=True):
    gid: Gid


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


class Left(Answer, frozen=True):
    owner: Uid | None
    """Who owns the group now, where ownership passed on by this leave."""


class Leave(Message, frozen=True, tag=16):
    answer = Left
    gid: Gid
    again: bool = False


class Transfer(Message, frozen=True, tag=17):
    gid: Gid
    uid: Uid
    again: bool = False


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


class ListGroups(Message, frozen=True, tag=20):
    answer = GroupsPage
    after: Gid | None = None


class Resolved(Answer, frozen=True):
    found: list[tuple[bytes, ShownName]]
    """(id, shown name): none or one for a shown name; several only for a bare name with equal claims."""


class Resolve(Message, frozen=True, tag=21):
    answer = Resolved
    kind: Annotated[str, msgspec.Meta(pattern="^(user|group)$")]
    name: ShownName


class RequestListed(NamedTuple):
    uid: Uid
    name: ShownName
    at: int


class RequestsPage(Answer, frozen=True):
    requests: list[RequestListed]


class ListRequests(Message, frozen=True, tag=22):
    answer = RequestsPage
    gid: Gid


class Invited(Answer, frozen=True):
    until: int
    """When it ends, in seconds since 1970."""


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


class InviteListed(NamedTuple):
    invite: InviteId
    uses: int
    used: int
    until: int
    at: int


class InvitesPage(Answer, frozen=True):
    invites: list[InviteListed]


class ListInvites(Message, frozen=True, tag=23):
    answer = InvitesPage
    gid: Gid


class UseInvite(Message, frozen=True, tag=24):
    gid: Gid
    secret: Secret
    again: bool = False


class Named(FromTracker, frozen=True, tag=104):
    """What a group that the client mirrors is called, where others claim the same name."""

    gid: Gid
    name: ShownName
    others: Annotated[list[ShownName], msgspec.Meta(max_length=NAME_CLAIMANTS_MAX)]
    """What those are called; the first of all claims has the bare name."""
