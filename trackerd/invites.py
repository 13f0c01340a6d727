"""Invites: the rules by which an owner opens a group's door to whoever has a secret, and closes it again.

Trackers that cannot talk may each let in as many as an invite is for; who was let in stays.
"""

from collections.abc import Iterator

import msgspec

import shared.wire.tracker_messages as m
from shared.errors import AlreadyMember, InviteOver, NotFound, NotYet, Quota
from shared.facts import rows
from shared.facts.derive import Rows, fact, is_pending, membership, owner
from shared.facts.ids import ID_BYTES, GroupId, UserId, invite_hash
from shared.facts.rows import Kind, Row, body_of
from shared.limits import INVITES_KEPT_MAX
from trackerd.questions import Listed, check_group, check_owner
from trackerd.rules import Actor, Book, Quotas, check_room

HOUR_S = 3600


def invite(book: Book, actor: Actor, request: m.Invite, at: int, quotas: Quotas) -> m.Invited:
    """The same hash makes the same invite. Those of the group that are over are taken away with it."""
    gid, id_ = request.gid, request.gid + request.hash[:ID_BYTES]
    check_owner(book, gid, actor.uid)
    if known := fact(book, rows.Invite, id_):
        if not _counts(book, gid, known):
            raise InviteOver
        return m.Invited(known.until)
    epoch = membership(book, gid, actor.uid)
    assert epoch is not None
    there = [*book.scan(Kind.INVITE, gid)]
    over = [row for row in there if not _is_open(book, row, at)]
    if len(there) - len(over) >= quotas.invites_per_group or len(there) >= INVITES_KEPT_MAX:
        raise Quota
    for row in over:
        _close(book, row)
    until = at + request.hours * HOUR_S
    made = rows.Invite(request.hash, request.uses, until, actor.uid, epoch, True, at)
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
    """As a request that is accepted at once. NotYet: no such invite is known here, but perhaps elsewhere."""
    gid, uid = request.gid, actor.uid
    check_group(book, gid)
    if membership(book, gid, uid):
        if not request.again:
            raise AlreadyMember
        return m.Nothing()
    hash_ = invite_hash(gid, request.secret)
    row = book.get(Kind.INVITE, gid + hash_[:ID_BYTES])
    if row is None or body_of(row, rows.Invite).hash != hash_:
        raise NotYet
    if not _is_open(book, row, at) or not _is_for(book, row, uid):
        raise InviteOver
    check_room(book, gid, uid, quotas)
    asked = is_pending(book, gid, uid) or book.write(Kind.REQUEST, gid + uid, rows.Request(True, at))
    book.write(Kind.INVITE_USE, row.id + uid, rows.InviteUse(asked.stamp, at))
    by = body_of(row, rows.Invite).by
    book.write(Kind.MEMBER, gid + uid, rows.Member(True, asked.stamp, by, at))
    return m.Nothing()


def list_invites(book: Listed, uid: UserId, request: m.ListInvites) -> m.InvitesPage:
    """Those that count, expired and used up ones too; the oldest first."""
    check_owner(book, request.gid, uid)
    found = [
        m.InviteListed(row.id[ID_BYTES:], body.uses, _used(book, row), body.until, body.at)
        for row, body in _invites(book, request.gid)
        if _counts(book, request.gid, body)
    ]
    return m.InvitesPage(sorted(found, key=lambda one: (one.at, one.invite)))


def _invites(book: Rows, gid: GroupId) -> Iterator[tuple[Row, rows.Invite]]:
    for row in book.scan(Kind.INVITE, gid):
        yield row, body_of(row, rows.Invite)


def _counts(book: Rows, gid: GroupId, body: rows.Invite) -> bool:
    """Not taken back, and of who owns the group now, since the same time."""
    return body.live and owner(book, gid) == body.by and membership(book, gid, body.by) == body.epoch


def _is_open(book: Rows, row: Row, at: int) -> bool:
    body = body_of(row, rows.Invite)
    is_due = at < body.until and _counts(book, GroupId(row.id[:ID_BYTES]), body)
    return is_due and _used(book, row) < body.uses


def _is_for(book: Rows, row: Row, uid: UserId) -> bool:
    """Each person uses it once; and who was put out comes back only by one that was made later."""
    last = book.get(Kind.MEMBER, row.id[:ID_BYTES] + uid)
    was_put_out = last is not None and body_of(last, rows.Member).by != uid and row.stamp < last.stamp
    return not was_put_out and book.get(Kind.INVITE_USE, row.id + uid) is None


def _used(book: Rows, row: Row) -> int:
    return sum(1 for _ in book.scan(Kind.INVITE_USE, row.id))


def _close(book: Book, row: Row) -> None:
    if (body := body_of(row, rows.Invite)).live:
        book.write(Kind.INVITE, row.id, msgspec.structs.replace(body, live=False))
