"""What a user may ask: groups, names, requests, and the rows of a scope to mirror. Changes nothing.

A scope is what a client mirrors: the network, what is about the user, or one group with its members.
"""

from collections.abc import Iterable, Iterator
from itertools import chain, islice
from typing import NamedTuple, Protocol

import shared.wire.tracker_messages as m
from shared.errors import NotAMember, NotFound, NotOwner
from shared.facts.derive import (
    Rows,
    fact,
    is_alive,
    is_pending,
    members,
    membership,
    owner,
    pending,
    resolve_group,
    resolve_user,
    shown_group,
    shown_user,
)
from shared.facts.ids import DeviceId, Epoch, GroupId, UserId
from shared.facts.replica import dominates
from shared.facts.rows import (
    GROUP_KINDS,
    NETWORK_KINDS,
    USER_KINDS,
    Device,
    Group,
    Key,
    Kind,
    Member,
    Row,
    User,
    body_of,
    split,
)
from shared.limits import (
    GROUPS_PAGE_MAX,
    NAME_CLAIMANTS_MAX,
    NAME_CLAIMS_MAX,
    ROWS_PAGE_BYTES_MAX,
    ROWS_PAGE_LOOKED_MAX,
    ROWS_PAGE_MAX,
)

_START = Key(1, b"")


class Listed(Rows, Protocol):
    """A tracker's rows, which can be listed from anywhere."""

    def scan(self, kind: Kind, prefix: bytes, start: bytes = b"", /) -> Iterable[Row]:
        """As in Rows, from the first id that is not below `start`."""

    def about(self, uid: UserId, /) -> Iterable[Row]:
        """The user, whether gone, the devices, whether revoked, the memberships and the requests."""

    def unseen(self, prefix: bytes, vv: m.Vector, at_most: int, /) -> list[Row]:
        """Rows whose id begins with these 16 bytes and whose dots `vv` does not cover, in any order."""

    def logs(self, prefix: bytes, /) -> Iterable[int]:
        """Logs that wrote a row whose id begins with these 16 bytes."""

    def tally(self, kind: Kind, id_: bytes, /) -> int:
        """Members or entries of a group, live shares of a user; upper bounds, for quotas."""

    def vector(self) -> m.Vector:
        """What this store has incorporated."""

    def gc(self, scope: bytes, /) -> m.Vector:
        """Dots of rows of a group, or about a user, that were deleted once every tracker had them."""


# --- standing ------------------------------------------------------------------------------------


def check_group(rows: Rows, gid: GroupId) -> None:
    if not is_alive(rows, gid):
        raise NotFound


def check_member(rows: Rows, gid: GroupId, uid: UserId) -> Epoch:
    epoch = membership(rows, gid, uid)
    if epoch is None:
        check_group(rows, gid)
        raise NotAMember
    return epoch


def check_owner(rows: Rows, gid: GroupId, uid: UserId) -> None:
    check_member(rows, gid, uid)
    if owner(rows, gid) != uid:
        raise NotOwner


# --- single answers ------------------------------------------------------------------------------


def list_groups(rows: Listed, uid: UserId, request: m.ListGroups) -> m.GroupsPage:
    """All groups of the network, in the order of their ids. O(members of the groups listed)."""
    groups: list[m.GroupListed] = []
    for row in rows.scan(Kind.GROUP, b"", request.after or b""):
        if row.id == request.after or not is_alive(rows, GroupId(row.id)):
            continue
        if len(groups) == GROUPS_PAGE_MAX:
            return m.GroupsPage(groups, more=True)
        groups.append(_listed(rows, uid, GroupId(row.id)))
    return m.GroupsPage(groups, more=False)


def _listed(rows: Rows, uid: UserId, gid: GroupId) -> m.GroupListed:
    lord, everybody = owner(rows, gid), members(rows, gid)
    assert lord is not None
    if uid == lord:
        mine = "owner"
    elif any(uid == member for member, _ in everybody):
        mine = "member"
    else:
        mine = "pending" if is_pending(rows, gid, uid) else "none"
    return m.GroupListed(gid, shown_group(rows, gid), shown_user(rows, lord), len(everybody), mine)


def resolve(rows: Rows, _uid: UserId, request: m.Resolve) -> m.Resolved:
    """The holder of the name first."""
    found: list[tuple[bytes, str]]
    if request.kind == "user":
        found = [(uid, shown_user(rows, uid)) for uid in resolve_user(rows, request.name)]
    else:
        found = [(gid, shown_group(rows, gid)) for gid in resolve_group(rows, request.name)]
    return m.Resolved(found[:NAME_CLAIMANTS_MAX])


def list_requests(rows: Rows, uid: UserId, request: m.ListRequests) -> m.RequestsPage:
    """The oldest requests; the owner's alone to see."""
    check_owner(rows, request.gid, uid)
    waiting = pending(rows, request.gid)[:ROWS_PAGE_MAX]
    return m.RequestsPage(
        [m.RequestListed(asker, shown_user(rows, asker), body.at) for asker, body in waiting]
    )


def who(rows: Rows, uid: UserId, request: m.Who) -> m.RowsFound:
    """The rows by which a member's mirror lets the device in, or keeps it out."""
    check_member(rows, request.gid, uid)
    device = fact(rows, Device, request.dev)
    member = rows.get(Kind.MEMBER, request.gid + device.uid) if device else None
    if not device or not member:
        return m.RowsFound([])
    ids = {Kind.USER: device.uid, Kind.GONE: device.uid, Kind.DEVICE: request.dev, Kind.REVOKED: request.dev}
    found = (rows.get(kind, id_) for kind, id_ in ids.items())
    return m.RowsFound([member, *(row for row in found if row)])


# --- scopes --------------------------------------------------------------------------------------


class Listing(NamedTuple):
    """One scope as one user sees it; `uid` is None where all see the same."""

    scope: m.Scope
    uid: UserId | None = None


def listings_of(rows: Rows, row: Row) -> list[Listing]:
    """The listings in which a row stands, for pushing it to those who mirror them."""
    if row.kind in NETWORK_KINDS:
        return [Listing(m.NETWORK)]
    if row.kind in USER_KINDS:
        uid = _user_of(rows, row)
        concerned = [uid, *_namesakes(rows, uid)] if uid else []
        return [
            listing
            for one in concerned
            for listing in (Listing(m.ME, one), *map(Listing, rows.groups_of(one)))
        ]
    if row.kind not in GROUP_KINDS:
        return []
    gid, rest = split(row.id)
    found = [Listing(gid)]
    if row.kind in (Kind.MEMBER, Kind.REQUEST):
        found.append(Listing(m.ME, UserId(rest)))
    if row.kind == Kind.REQUEST and (lord := owner(rows, GroupId(gid))):
        found.append(Listing(m.ME, lord))
    return found


def companions(rows: Listed, row: Row) -> list[Row]:
    """What goes with a member row `in` whatever its dots: they are old, and would else never come."""
    if row.kind != Kind.MEMBER or not body_of(row, Member).is_in:
        return []
    uid = UserId(split(row.id)[1])
    return [*(about for about in rows.about(uid) if about.kind in USER_KINDS), *_rivals(rows, uid)]


def named(rows: Rows, gid: GroupId) -> m.Named | None:
    """None where nobody else ever claimed the group's name."""
    claims = _claims(rows, Kind.GROUP, gid)
    if len(claims) < 2:
        return None
    others = [
        shown_group(rows, GroupId(other))
        for other in claims
        if other != gid and is_alive(rows, GroupId(other))
    ]
    return m.Named(gid, shown_group(rows, gid), others[:NAME_CLAIMANTS_MAX])


def concerned_by_name(rows: Rows, row: Row) -> list[GroupId]:
    """Groups that may be shown by another name since the row is there; mostly none."""
    gids: Iterable[bytes] = []
    if row.kind in (Kind.GROUP, Kind.MEMBER):
        gids = [row.id[:16]]
    elif row.kind == Kind.GONE:
        gids = rows.groups_of(UserId(row.id))
    claims = (_claims(rows, Kind.GROUP, gid) for gid in gids)
    return [GroupId(gid) for rivals in claims if len(rivals) > 1 for gid in rivals]


def sync(rows: Listed, uid: UserId, request: m.Sync) -> m.SyncPage:
    """One page of what the asker lacks of a scope, in the order of the keys. Asks for one snapshot.

    Who lacks a row that was deleted since gets them all, and the whole vector: that covers whatever the asker
    has and the listing lacks.
    """
    is_group = request.scope not in (m.NETWORK, m.ME)
    listing = Listing(request.scope, None if is_group else uid)
    full = not dominates(request.vv, _collected(rows, listing))
    vv = {} if full else request.vv
    if is_group:
        check_member(rows, GroupId(request.scope), uid)
        candidates = _group_rows(rows, request.scope, vv, request.after)
    else:
        start = request.after or _START
        candidates = (row for row in _own_rows(rows, request.scope, uid) if row.key >= start)
    covered = rows.vector() if full else scope_vector(rows, listing)
    vector = None if request.after else covered
    page: list[Row] = []
    page_bytes = 0
    for looked, row in enumerate(candidates):
        with_it = companions(rows, row) if is_group else []
        is_new = _is_above(row, vv)
        news = [row, *with_it] if is_new else [other for other in with_it if _is_above(other, vv)]
        page_bytes += sum(new.wire_bytes for new in news)
        is_full = len(page) + len(news) > ROWS_PAGE_MAX or page_bytes > ROWS_PAGE_BYTES_MAX
        if (is_full and page) or looked >= ROWS_PAGE_LOOKED_MAX:
            return m.SyncPage(page, row.key, vector, full)
        page += news
    return m.SyncPage(page, None, vector, full)


def scope_vector(rows: Listed, listing: Listing) -> m.Vector:
    """What a client knows that has all rows of the scope: the tracker's vector, less logs not in it."""
    if listing.scope in (m.NETWORK, m.ME):
        logs = {row.log for row in _own_rows(rows, listing.scope, listing.uid)}
    else:
        everybody = rows.scan(Kind.MEMBER, listing.scope)
        logs = {other.log for row in everybody for other in companions(rows, row)}
        logs.update(rows.logs(listing.scope))
    logs.update(_collected(rows, listing))
    seen = rows.vector()
    return {log: seen[log] for log in sorted(logs) if log in seen}


def _collected(rows: Listed, listing: Listing) -> m.Vector:
    return rows.gc(listing.uid or listing.scope)


def _claims(rows: Rows, kind: Kind, id_: bytes) -> list[bytes]:
    """Whoever ever claimed the same name."""
    claim = fact(rows, User, id_) if kind == Kind.USER else fact(rows, Group, id_)
    return [*islice(rows.claims(kind, claim.fold), NAME_CLAIMS_MAX)] if claim else []


def _namesakes(rows: Rows, uid: UserId) -> list[UserId]:
    return [UserId(other) for other in _claims(rows, Kind.USER, uid) if other != uid]


def _rivals(rows: Rows, uid: UserId) -> list[Row]:
    """Others of the same name, and who of them is gone: so that a mirror knows what to call each."""
    found = (rows.get(kind, other) for other in _namesakes(rows, uid) for kind in (Kind.USER, Kind.GONE))
    return [row for row in found if row]


def _user_of(rows: Rows, row: Row) -> UserId | None:
    if row.kind in (Kind.USER, Kind.GONE):
        return UserId(row.id)
    device = fact(rows, Device, DeviceId(row.id))
    return device.uid if device else None


def _own_rows(rows: Listed, scope: m.Scope, uid: UserId | None) -> list[Row]:
    """The rows of `network` or `me`: few, so that they may be sorted for every page."""
    if scope == m.NETWORK or uid is None:
        return [row for kind in NETWORK_KINDS for row in rows.scan(kind, b"")]
    owned = [gid for gid in rows.groups_of(uid) if owner(rows, gid) == uid]
    requests = (rows.scan(Kind.REQUEST, gid) for gid in owned)
    return sorted(chain(rows.about(uid), _rivals(rows, uid), *requests), key=lambda row: row.key)


def _group_rows(rows: Listed, gid: bytes, vv: m.Vector, after: Key | None) -> Iterator[Row]:
    """Candidates for a page, in the order of the keys; all member rows, as their users may have news."""
    if vv and not after and len(few := rows.unseen(gid, vv, ROWS_PAGE_MAX + 1)) <= ROWS_PAGE_MAX:
        new = [row for row in few if row.kind in GROUP_KINDS and row.kind != Kind.MEMBER]
        yield from sorted(chain(new, rows.scan(Kind.MEMBER, gid)), key=lambda row: row.key)
        return
    start = after or _START
    for kind in GROUP_KINDS:
        if kind >= start.kind:
            yield from rows.scan(kind, gid, start.id if kind == start.kind else b"")


def _is_above(row: Row, vv: m.Vector) -> bool:
    return row.seq > vv.get(row.log, 0)
