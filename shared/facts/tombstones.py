"""Rows that say that something is no more, and may be deleted once every tracker has them.

What the rest of the rows derive to is the same with them and without. Trackers delete them at different
times, so whoever compares rows compares the live ones. `gone`, `revoked` and `removed` stay for ever.
"""

import functools

from shared.facts.derive import Rows
from shared.facts.ids import Epoch
from shared.facts.rows import INVITE_KINDS, Invite, Kind, Member, Request, Row, Share, body_of

INVITES = b"invites"
"""The scope of those of all groups, which nobody mirrors."""


def is_live(rows: Rows, row: Row) -> bool:
    """Whether `row`, which stands in `rows`, is one that no tracker will delete as things are."""
    match row.kind:
        case Kind.SHARE:
            return body_of(row, Share).live
        case Kind.MEMBER:
            return body_of(row, Member).is_in
        case Kind.REQUEST:
            return body_of(row, Request).open and not _is_spent(row, rows.get(Kind.MEMBER, row.id))
        case Kind.INVITE:
            return body_of(row, Invite).live
        case Kind.INVITE_USE:  # nobody counts them of an invite that was taken back
            invite = rows.get(Kind.INVITE, row.id[:32])
            return invite is None or body_of(invite, Invite).live
        case _:
            return True


class OpenInvites:
    """Which groups have live invites since when, each looked up once."""

    def __init__(self, rows: Rows) -> None:
        self.since = functools.cache(functools.partial(_open_since, rows))


def is_collectable(rows: Rows, row: Row, is_open: OpenInvites | None = None) -> bool:
    """Whether `row`, which stands in `rows`, may be deleted alone. To be asked again when it is deleted.

    A member row waits until the request that it answered is deleted: that would look pending without it. It
    also waits until no older invite is live, by which its user could come back. So does an invite for its
    uses, which would look as if it had yet to come.
    """
    if is_live(rows, row):
        return False
    if row.kind == Kind.INVITE:
        return not any(True for _ in rows.scan(Kind.INVITE_USE, row.id))
    if row.kind != Kind.MEMBER:
        return True
    request, since = rows.get(Kind.REQUEST, row.id), (is_open or OpenInvites(rows)).since(row.id[:16])
    return not (request and _is_spent(request, row)) and not _keeps_out(row, since)


def scopes_of(row: Row) -> list[bytes]:
    """Whose it was: of its group, and a membership or request also of what its user mirrors as `me`.

    Invites are told among trackers alone: no mirror of the group has to be listed anew for them.
    """
    if row.kind in INVITE_KINDS:
        return [INVITES]
    return [row.id[:16]] if row.kind == Kind.SHARE else [row.id[:16], row.id[16:]]


def _open_since(rows: Rows, gid: bytes) -> Epoch | None:
    """The stamp of the oldest live invite. O(invites of the group)."""
    invites = rows.scan(Kind.INVITE, gid)
    return min((row.stamp for row in invites if body_of(row, Invite).live), default=None)


def _keeps_out(last: Row, open_since: Epoch | None) -> bool:
    return open_since is not None and open_since < last.stamp


def _is_spent(request: Row, last: Row | None) -> bool:
    """Open, and only a membership that is over keeps it from being asked for once more."""
    is_older = last is not None and request.stamp < last.stamp and not body_of(last, Member).is_in
    return is_older and body_of(request, Request).open
