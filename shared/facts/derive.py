"""What the rows mean: members, owners, names, visible files. Derived on read, never stored.

Trackers and desktops ask here alike, each over the rows it has.
"""

import functools
from collections.abc import Iterable, Iterator
from typing import NamedTuple, Protocol, TypeVar

from shared.facts.ids import DeviceId, EntryId, Epoch, GroupId, UserId, key_id
from shared.facts.rows import (
    BODY_OF,
    Body,
    Device,
    Entry,
    Group,
    Kind,
    Member,
    Owner,
    Request,
    Row,
    Share,
    User,
    body_of,
    split,
)
from shared.names import fold, marked

MARK_DIGITS_MIN = 4
"""Hex digits of an id behind a name that somebody else holds; more where they are equal."""
_KIND_OF = {body: Kind(kind) for kind, body in BODY_OF.items()}
B = TypeVar("B", bound=Body)


class Rows(Protocol):
    """Rows as they stand, in a table or in memory."""

    def get(self, kind: Kind, id_: bytes, /) -> Row | None: ...

    def scan(self, kind: Kind, prefix: bytes, /) -> Iterable[Row]:
        """Rows whose id begins with `prefix`, in the order of their ids; lazy, so that any() is cheap."""

    def claims(self, kind: Kind, folded: str, /) -> Iterable[bytes]:
        """Ids of all users or groups that were ever made with this folded name."""

    def groups_of(self, uid: UserId, /) -> Iterable[GroupId]:
        """Groups in which the user has a member row `in`."""


class Sharer(NamedTuple):
    uid: UserId
    dev: DeviceId


class VisibleEntry(NamedTuple):
    eid: EntryId
    name: str
    """As shown: `name (xxxx)` where another entry holds the name. Unique in the group."""
    entry: Entry
    sharers: tuple[Sharer, ...]


def fact(rows: Rows, expected: type[B], id_: bytes) -> B | None:
    row = rows.get(_KIND_OF[expected], id_)
    return None if row is None else body_of(row, expected)


# --- groups --------------------------------------------------------------------------------------


def membership(rows: Rows, gid: GroupId, uid: UserId) -> Epoch | None:
    """Since when the user is in the group; None if not now."""
    member = fact(rows, Member, gid + uid)
    return member.epoch if member and member.is_in and not is_gone(rows, uid) else None


def members(rows: Rows, gid: GroupId) -> list[tuple[UserId, Epoch]]:
    """Oldest membership first. O(members that ever were)."""
    return sorted(_members(rows, gid), key=lambda member: (member[1], member[0]))


def is_alive(rows: Rows, gid: GroupId) -> bool:
    """A group without members is hidden, and its name is free."""
    return any(True for _ in _members(rows, gid))


def owner(rows: Rows, gid: GroupId) -> UserId | None:
    """The one that an owner row names, if still in since then; else the oldest member."""
    named = fact(rows, Owner, gid)
    if named and membership(rows, gid, named.uid) == named.epoch:
        return named.uid
    oldest = members(rows, gid)[:1]
    return oldest[0][0] if oldest else None


def is_pending(rows: Rows, gid: GroupId, uid: UserId) -> Row | None:
    """The request row of a user who waits to be let in."""
    request, last = rows.get(Kind.REQUEST, gid + uid), rows.get(Kind.MEMBER, gid + uid)
    if request is None or not body_of(request, Request).open or is_gone(rows, uid):
        return None
    # An older request is the one that let the user in, or one from before a removal.
    is_news = last is None or (not body_of(last, Member).is_in and request.stamp > last.stamp)
    return request if is_news else None


def pending(rows: Rows, gid: GroupId) -> list[tuple[UserId, Request]]:
    """Oldest request first."""
    return [(uid, body_of(row, Request)) for uid, row in pending_rows(rows, gid)]


def pending_rows(rows: Rows, gid: GroupId) -> list[tuple[UserId, Row]]:
    """As pending()."""
    requests = sorted(rows.scan(Kind.REQUEST, gid), key=lambda row: row.stamp)
    asked = ((UserId(split(row.id)[1]), row) for row in requests)
    return [(uid, row) for uid, row in asked if is_pending(rows, gid, uid)]


def _members(rows: Rows, gid: GroupId) -> Iterator[tuple[UserId, Epoch]]:
    for row in rows.scan(Kind.MEMBER, gid):
        member, uid = body_of(row, Member), UserId(split(row.id)[1])
        if member.is_in and not is_gone(rows, uid):
            yield uid, member.epoch


# --- trackers ------------------------------------------------------------------------------------


def is_removed(rows: Rows, key: bytes) -> bool:
    """Whether the trackers were told to forget the T or D `key`, for ever."""
    return rows.get(Kind.REMOVED, key_id(key)) is not None


# --- users, devices and names --------------------------------------------------------------------


def is_gone(rows: Rows, uid: UserId) -> bool:
    return rows.get(Kind.GONE, uid) is not None


def user_of_device(rows: Rows, dev: DeviceId) -> UserId | None:
    """None if the device is unknown or revoked, or its user gone."""
    device = fact(rows, Device, dev)
    if device is None or rows.get(Kind.REVOKED, dev) or is_gone(rows, device.uid):
        return None
    return device.uid


def shown_user(rows: Rows, uid: UserId) -> str:
    """The name by which everybody addresses this user; a mark and never empty while that has yet to come."""
    user = fact(rows, User, uid)
    if user is None:
        return f"~{uid.hex()[:MARK_DIGITS_MIN]}"
    return _shown(user.name, uid, claimants(rows, Kind.USER, user.fold))


def shown_group(rows: Rows, gid: GroupId) -> str:
    group = fact(rows, Group, gid)
    return _shown(group.name, gid, claimants(rows, Kind.GROUP, group.fold)) if group else ""


def resolve_user(rows: Rows, shown: str) -> list[UserId]:
    """Whom a typed name may mean: of a bare one the holder first, then who claimed it later."""
    return [UserId(id_) for id_ in _resolve(rows, Kind.USER, shown)]


def resolve_group(rows: Rows, shown: str) -> list[GroupId]:
    return [GroupId(id_) for id_ in _resolve(rows, Kind.GROUP, shown)]


def claimants(rows: Rows, kind: Kind, folded: str) -> list[bytes]:
    """Users that are not gone, or groups that have members, with this name: the first holds it."""
    found = [
        row for id_ in rows.claims(kind, folded) if (row := rows.get(kind, id_)) and _is_visible(rows, row)
    ]
    return [row.id for row in sorted(found, key=lambda row: (row.stamp, row.id))]


def _is_visible(rows: Rows, row: Row) -> bool:
    return is_alive(rows, GroupId(row.id)) if row.kind == Kind.GROUP else not is_gone(rows, UserId(row.id))


def _shown(name: str, id_: bytes, claims: list[bytes]) -> str:
    # Nobody else to be taken for: also an id whose own group or user is no more.
    if not claims or claims[0] == id_:
        return name
    digits = MARK_DIGITS_MIN
    while any(other.hex()[:digits] == id_.hex()[:digits] for other in claims if other != id_):
        digits += 1
    return f"{name}~{id_.hex()[:digits]}"


def _resolve(rows: Rows, kind: Kind, shown: str) -> list[bytes]:
    name, tilde, digits = shown.rpartition("~")
    if not tilde:
        return claimants(rows, kind, fold(shown))
    found = [id_ for id_ in claimants(rows, kind, fold(name)) if id_.hex().startswith(digits.lower())]
    return found if len(digits) >= MARK_DIGITS_MIN and len(found) == 1 else []


# --- shared files --------------------------------------------------------------------------------


class Rights:
    """Who may share in a group, each looked up once."""

    def __init__(self, rows: Rows, gid: GroupId) -> None:
        self.epoch_of = functools.cache(functools.partial(membership, rows, gid))
        self.is_revoked = functools.cache(lambda dev: rows.get(Kind.REVOKED, dev) is not None)


def live_shares(
    rows: Rows, gid: GroupId, eid: bytes = b"", rights: Rights | None = None
) -> Iterator[tuple[EntryId, Sharer]]:
    """Who shares what in the group, or who shares `eid`: by a membership that holds and a device that may."""
    return live_shares_of(rows.scan(Kind.SHARE, gid + eid), rights or Rights(rows, gid))


def live_shares_of(shares: Iterable[Row], may: Rights) -> Iterator[tuple[EntryId, Sharer]]:
    """The same, of these rows of the group."""
    for row in shares:
        share, dev = body_of(row, Share), DeviceId(row.id[32:])
        if share.live and may.epoch_of(share.uid) == share.epoch and not may.is_revoked(dev):
            yield EntryId(row.id[16:32]), Sharer(share.uid, dev)


def visible_entries(rows: Rows, gid: GroupId) -> list[VisibleEntry]:
    """Every entry that somebody shares now. O(entries + shares of the group)."""
    sharers: dict[bytes, list[Sharer]] = {}
    for eid, sharer in live_shares(rows, gid):
        sharers.setdefault(eid, []).append(sharer)
    by_name: dict[str, list[Row]] = {}
    for row in rows.scan(Kind.ENTRY, gid):
        if row.id[16:] in sharers:
            by_name.setdefault(body_of(row, Entry).name, []).append(row)
    taken = set(by_name)  # an exact name wins over a marked one
    return [
        VisibleEntry(EntryId(row.id[16:]), shown, body_of(row, Entry), tuple(sharers[row.id[16:]]))
        for name, versions in by_name.items()
        for shown, row in told_apart(rows, name, versions, taken)
    ]


def replaces(newer: Entry, older: Entry | None) -> bool:
    """Whether `newer` may stand before `older` in its place: nobody takes over another's name."""
    return older is not None and (newer.by, newer.name) == (older.by, older.name)


class Taken(Protocol):
    """Names that nothing else in the group may be shown as."""

    def __contains__(self, name: object, /) -> bool: ...
    def add(self, name: str, /) -> None: ...


def told_apart(rows: Rows, name: str, versions: list[Row], taken: Taken) -> Iterator[tuple[str, Row]]:
    """What each visible entry of one name is shown as. `taken` has the exact names of all others."""
    if len(versions) == 1:
        yield name, versions[0]
        return
    newest_first = sorted(versions, key=lambda row: row.stamp, reverse=True)
    first_of = first_versions(rows, newest_first)
    earliest = min(first_of.values(), key=lambda first: (first.stamp, first.id))
    holder = next(row for row in newest_first if first_of[row.id].id == earliest.id)
    yield name, holder
    for row in newest_first:
        if row is not holder:
            shown = _marked(name, row.id[16:].hex(), taken)
            taken.add(shown)
            yield shown, row


def first_versions(rows: Rows, entries: Iterable[Row]) -> dict[bytes, Row]:
    """Of each entry row, the row that its chain of replacements began with. O(length of all chains)."""
    first_of: dict[bytes, Row] = {}
    for row in entries:
        chain = [row]
        while chain[-1].id not in first_of and (older := _older_version(rows, chain[-1])):
            chain.append(older)
        first = first_of.get(chain[-1].id, chain[-1])
        first_of.update((link.id, first) for link in chain)
    return first_of


def _older_version(rows: Rows, row: Row) -> Row | None:
    entry = body_of(row, Entry)
    older = rows.get(Kind.ENTRY, row.id[:16] + entry.replaces) if entry.replaces else None
    # Only backwards in time, so that a chain cannot be a ring.
    return older if older and older.stamp < row.stamp and replaces(entry, body_of(older, Entry)) else None


def _marked(name: str, digits: str, taken: Taken) -> str:
    shown = (marked(name, digits[:count]) for count in range(MARK_DIGITS_MIN, len(digits)))
    return next((name for name in shown if name not in taken), marked(name, digits))
