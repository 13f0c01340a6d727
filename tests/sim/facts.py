"""Members, owners, requests and names, worked out anew from rows: by the design, not the program's code."""

from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from typing import NamedTuple

import shared.wire.tracker_messages as m
from shared.facts import derive
from shared.facts.ids import Epoch, GroupId, UserId
from shared.facts.rows import (
    GROUP_KINDS,
    NETWORK_KINDS,
    Device,
    Group,
    Invite,
    Key,
    Kind,
    Member,
    Owner,
    Request,
    Row,
    User,
    body_of,
)
from shared.wire.tracker_messages import ME, NETWORK
from trackerd.invites import list_invites
from trackerd.questions import Listed


class Named(NamedTuple):
    row: Row
    name: str
    fold: str


class Facts:
    """Of rows that do not change meanwhile."""

    def __init__(self, rows: Mapping[Key, Row]) -> None:
        self.rows = rows
        self._of: dict[int, list[Row]] = defaultdict(list)
        for row in rows.values():
            self._of[row.kind].append(row)
        self.gone = {row.id for row in self._of[Kind.GONE]}
        self.members: dict[GroupId, list[tuple[Epoch, UserId]]] = defaultdict(list)
        for row in self._of[Kind.MEMBER]:
            member, uid = body_of(row, Member), UserId(row.id[16:])
            if member.is_in and uid not in self.gone:
                self.members[GroupId(row.id[:16])].append((member.epoch, uid))

    def owner(self, gid: GroupId) -> UserId:
        """Of a group that has members."""
        named = self.rows.get(Key(Kind.OWNER, gid))
        body = body_of(named, Owner) if named else None
        if body and (body.epoch, body.uid) in self.members[gid]:
            return body.uid
        return min(self.members[gid])[1]

    def pending(self, gid: GroupId) -> set[UserId]:
        return {
            UserId(row.id[16:])
            for row in self._of[Kind.REQUEST]
            if row.id[:16] == gid and body_of(row, Request).open and row.id[16:] not in self.gone
            if (last := self.rows.get(Key(Kind.MEMBER, row.id))) is None
            or (not body_of(last, Member).is_in and last.stamp < row.stamp)
        }

    def invites(self, gid: GroupId) -> dict[bytes, tuple[int, int]]:
        """Of those that count by their ids: how many they are for, and how many came by them."""
        lord, since = self.owner(gid), {uid: epoch for epoch, uid in self.members[gid]}
        bodies = [(row, body_of(row, Invite)) for row in self._of[Kind.INVITE] if row.id[:16] == gid]
        uses = [row.id[:32] for row in self._of[Kind.INVITE_USE]]
        changed_hands = self.rows.get(Key(Kind.OWNER, gid))
        return {
            row.id[16:]: (body.uses, uses.count(row.id))
            for row, body in bodies
            if body.live and (body.by, body.epoch) == (lord, since[lord])
            if changed_hands is None or changed_hands.stamp < row.stamp
        }

    def users(self) -> list[Named]:
        bodies = ((row, body_of(row, User)) for row in self._of[Kind.USER] if row.id not in self.gone)
        return [Named(row, body.name, body.fold) for row, body in bodies]

    def groups(self) -> list[Named]:
        bodies = ((row, body_of(row, Group)) for row in self._of[Kind.GROUP] if row.id in self.members)
        return [Named(row, body.name, body.fold) for row, body in bodies]

    def scope(self, scope: bytes, me: UserId) -> Iterator[Row]:
        """What a client mirrors of a scope."""
        if scope == NETWORK:
            yield from (row for kind in NETWORK_KINDS for row in self._of[kind])
        elif scope == ME:
            yield from self._about([me])
            yield from (
                row for kind in (Kind.MEMBER, Kind.REQUEST) for row in self._of[kind] if row.id[16:] == me
            )
        else:
            gid = GroupId(scope)
            yield from (row for kind in GROUP_KINDS for row in self._of[kind] if row.id[:16] == gid)
            yield from self._about([uid for _, uid in self.members[gid]])

    def _about(self, uids: Sequence[UserId]) -> Iterator[Row]:
        devices = [row for row in self._of[Kind.DEVICE] if body_of(row, Device).uid in uids]
        devs = {row.id for row in devices}
        yield from devices
        yield from (row for row in self._of[Kind.REVOKED] if row.id in devs)
        yield from (row for row in self._of[Kind.USER] if row.id in uids)


def misderived(rows: Listed, facts: Facts) -> Iterator[str]:
    """In what the program takes `rows` for something else than they say."""
    for gid in sorted(facts.members):
        if derive.owner(rows, gid) != facts.owner(gid):
            yield f"another owner of {gid.hex()[:6]}"
        elif _listed(rows, gid, facts.owner(gid)) != facts.invites(gid):
            yield f"other invites to {gid.hex()[:6]}"
        if derive.members(rows, gid) != [(uid, epoch) for epoch, uid in sorted(facts.members[gid])]:
            yield f"other members of {gid.hex()[:6]}"
        if {uid for uid, _ in derive.pending(rows, gid)} != facts.pending(gid):
            yield f"other requests for {gid.hex()[:6]}"
    yield from _misnamed([(derive.shown_user(rows, UserId(one.row.id)), one) for one in facts.users()])
    yield from _misnamed([(derive.shown_group(rows, GroupId(one.row.id)), one) for one in facts.groups()])


def _listed(rows: Listed, gid: GroupId, lord: UserId) -> dict[bytes, tuple[int, int]]:
    page = list_invites(rows, lord, m.ListInvites(gid))
    return {one.invite: (one.uses, one.used) for one in page.invites}


def _misnamed(shown: list[tuple[str, Named]]) -> Iterator[str]:
    """The first to claim a name has it bare, and no two are called the same."""
    names = [name for name, _ in shown]
    if len({*names}) != len(names):
        yield f"two of one name: {sorted(names)}"
    first: dict[str, Named] = {}
    for _, one in shown:
        first[one.fold] = min(
            first.get(one.fold, one), one, key=lambda claim: (claim.row.stamp, claim.row.id)
        )
    for name, one in shown:
        if (name == one.name) != (first[one.fold] is one):
            yield f"{name} is not who claimed it first"
