"""Invites: the rules by which an owner opens a group's door to whoever has a secret, and closes it again.

Trackers that cannot talk may each let in as many as an invite is for; who was let in stays.
"""

from collections.abc import Iterable
from typing import NamedTuple

import msgspec

import shared.wire.tracker_messages as m
from shared.errors import AlreadyMember, InviteOver, NotFound, NotYet, Quota
from shared.facts import rows
from shared.facts.derive import Rows, is_pending, membership, owner
from shared.facts.ids import ID_BYTES, Epoch, GroupId, UserId, invite_hash
from shared.facts.rows import Kind, Row, body_of
from shared.limits import DAY_S, HOUR_S, INVITES_KEPT_MAX
from trackerd.questions import Listed, check_owner
from trackerd.rules import Actor, Book, Quotas, check_heard_of, check_room


class _Reign(NamedTuple):
    """Whose invites count, of which membership, and made since when. As a group may come back to an earlier
    owner, what they made before they gave it away is older than the owner row."""

    by: UserId | None
    epoch: Epoch | None
    since: Epoch


def invite(book: Book, actor: Actor, request: m.Invite, at: int, quotas: Quotas) -> m.Invited:
    """The same hash makes the same invite. Those of the group that are over are taken away with it."""
    gid, id_ = request.gid, request.gid + request.hash[:ID_BYTES]
    check_owner(book, gid, actor.uid)
    reign = _reign(book, gid)
    if known := book.get(Kind.INVITE, id_):
        if not _counts(reign, known):
            raise InviteOver
        return m.Invited(body_of(known, rows.Invite).until)
    assert reign.epoch is not None
    there = [*book.scan(Kind.INVITE, gid)]
    over = [row for row in there if not _is_open(book, reign, row, at)]
    if len(there) - len(over) >= quotas.invites_per_group or len(there) >= INVITES_KEPT_MAX:
        raise Quota
    for row in over:
        _close(book, row)
    until = at + request.hours * HOUR_S
    made = rows.Invite(request.hash, request.uses, until, actor.uid, reign.epoch, True, at)
    book.write(Kind.INVITE, id_, made)
    return m.Invited(until)


def revoke_invite(book: Book, actor: Actor, request: m.RevokeInvite, _at: int) -> m.Nothing:
    """Who came in by it stays."""
    check_owner(book, request.gid, actor.uid)
    row = book.get(Kind.INVITE, request.gid + request.invite)
    if row is None or not (request.again or body_of(row, rows.Invite).live):
        raise NotFound
    _close(book, row)
    return m.Nothing()


def use_invite(book: Book, actor: Actor, request: m.UseInvite, at: int, quotas: Quotas) -> m.Nothing:
    """As a request that is accepted at once. NotYet: no such invite, or not even such a group, is known here,
    but perhaps elsewhere."""
    gid, uid = request.gid, actor.uid
    check_heard_of(book, gid)
    if membership(book, gid, uid):
        if not request.again:
            raise AlreadyMember
        return m.Nothing()
    hash_ = invite_hash(gid, request.secret)
    row = book.get(Kind.INVITE, gid + hash_[:ID_BYTES])
    if row is None or body_of(row, rows.Invite).hash != hash_:
        raise NotYet
    if not _is_open(book, _reign(book, gid), row, at) or not _is_for(book, row, uid):
        raise InviteOver
    check_room(book, gid, uid, quotas)
    asked = is_pending(book, gid, uid) or book.write(Kind.REQUEST, gid + uid, rows.Request(True, at))
    book.write(Kind.INVITE_USE, row.id + uid, rows.InviteUse(asked.stamp, at))
    by = body_of(row, rows.Invite).by
    book.write(Kind.MEMBER, gid + uid, rows.Member(True, asked.stamp, by, at))
    return m.Nothing()


def list_invites(book: Listed, uid: UserId, request: m.ListInvites) -> m.InvitesPage:
    """Those that count, expired and used up ones too until they are closed; the oldest first."""
    check_owner(book, request.gid, uid)
    reign = _reign(book, request.gid)
    found = [
        m.InviteListed(row.id[ID_BYTES:], body.uses, _used(book, row), body.until, body.at)
        for row in book.scan(Kind.INVITE, request.gid)
        for body in [body_of(row, rows.Invite)]
        if _counts(reign, row)
    ]
    return m.InvitesPage(sorted(found, key=lambda one: (one.at, one.invite)))


def is_spent(book: Rows, row: Row, at: int) -> bool:
    """Live, and yet for a day now of use to nobody: it expired, or was used up. A day, as the owner may want
    to see that, and clocks differ."""
    body = body_of(row, rows.Invite)
    if not body.live:
        return False
    if body.until + DAY_S <= at:
        return True
    used = [body_of(use, rows.InviteUse).at for use in book.scan(Kind.INVITE_USE, row.id)]
    return len(used) >= body.uses and max(used) + DAY_S <= at


def close_spent(book: Book, ids: Iterable[bytes], at: int) -> None:
    """Of those that were found to be so, which may have changed meanwhile. Else they would never be deleted,
    nor would the memberships that ended after they were made."""
    for row in (book.get(Kind.INVITE, id_) for id_ in ids):
        if row and is_spent(book, row, at):
            _close(book, row)


def _reign(book: Rows, gid: GroupId) -> _Reign:
    """O(members) where the owner row names nobody who is in."""
    lord, named = owner(book, gid), book.get(Kind.OWNER, gid)
    epoch = membership(book, gid, lord) if lord else None
    return _Reign(lord, epoch, named.stamp if named else Epoch(0, 0))


def _counts(reign: _Reign, row: Row) -> bool:
    """Not taken back, and of who owns the group now, made since they do."""
    body = body_of(row, rows.Invite)
    return body.live and (body.by, body.epoch) == (reign.by, reign.epoch) and reign.since < row.stamp


def _is_open(book: Rows, reign: _Reign, row: Row, at: int) -> bool:
    body = body_of(row, rows.Invite)
    return at < body.until and _counts(reign, row) and _used(book, row) < body.uses


def _is_for(book: Rows, row: Row, uid: UserId) -> bool:
    """Each person uses it once; and who is out since it was made comes back only by a later one. Also who
    left: a leave may have taken the place of a removal."""
    last = book.get(Kind.MEMBER, row.id[:ID_BYTES] + uid)
    return (last is None or last.stamp < row.stamp) and book.get(Kind.INVITE_USE, row.id + uid) is None


def _used(book: Rows, row: Row) -> int:
    return sum(1 for _ in book.scan(Kind.INVITE_USE, row.id))


def _close(book: Book, row: Row) -> None:
    if (body := body_of(row, rows.Invite)).live:
        book.write(Kind.INVITE, row.id, msgspec.structs.replace(body, live=False))
