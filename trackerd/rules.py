"""The rules: a command and what the rows derive, to new rows or Refused. All refusals come before any write.

`at` is the wall clock in whole seconds, for display only. A command that is `again` is a repetition after
a lost answer: what is in the asked state already is success.
"""

from typing import NamedTuple, Protocol

import msgspec

import shared.wire.tracker_messages as m
from shared.errors import (
    AlreadyMember,
    BadArgument,
    DeviceRevoked,
    DeviceTaken,
    Exists,
    NoPending,
    NotAMember,
    NotFound,
    NotLoggedIn,
    NotShared,
    NotYet,
    Quota,
    WrongLogin,
)
from shared.facts import rows
from shared.facts.derive import (
    claimants,
    fact,
    is_gone,
    is_pending,
    members,
    membership,
    owner,
    replaces,
    shown_user,
    user_of_device,
)
from shared.facts.ids import (
    SCHEME,
    DeviceId,
    EntryId,
    Epoch,
    GroupId,
    UserId,
    device_id,
    entry_id,
    group_id,
    user_id,
)
from shared.facts.rows import Body, Kind, Row
from shared.limits import (
    DAY_S,
    DEVICE_UNUSED_DAYS_MAX,
    DEVICES_PER_USER_MAX,
    ENTRIES_PER_GROUP_MAX,
    GROUPS_PER_USER_MAX,
    INVITES_PER_GROUP_MAX,
    MEMBERS_PER_GROUP_MAX,
    REQUESTS_PER_USER_MAX,
    SHARES_PER_USER_MAX,
)
from shared.names import check_name, check_shared_name, fold
from trackerd.questions import Listed, check_group, check_member, check_owner


class Book(Listed, Protocol):
    """The rows, to read and to write in."""

    def write(self, kind: Kind, id_: bytes, body: Body, /) -> Row:
        """Stamps and keeps. Of a first-claim kind an existing row is returned unchanged."""


class Actor(NamedTuple):
    """Whose session it is; never taken from a message."""

    uid: UserId
    dev: DeviceId


class Enrolled(NamedTuple):
    """A device that may have a certificate."""

    uid: UserId
    name: str
    dev: DeviceId


class Quotas(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """What one user or group may take of the network."""

    groups_per_user: int = GROUPS_PER_USER_MAX
    requests_per_user: int = REQUESTS_PER_USER_MAX
    devices_per_user: int = DEVICES_PER_USER_MAX
    members_per_group: int = MEMBERS_PER_GROUP_MAX
    entries_per_group: int = ENTRIES_PER_GROUP_MAX
    shares_per_user: int = SHARES_PER_USER_MAX
    invites_per_group: int = INVITES_PER_GROUP_MAX


# --- users and devices ---------------------------------------------------------------------------


def created_user(book: Listed, request: m.CreateUser) -> m.Created | None:
    """The answer to a repetition, or None: then the user may be created. Cheap, to ask before hashing."""
    check_name(request.name)
    uid = user_id(request.nonce)
    user = fact(book, rows.User, uid)
    if user and user.name == request.name and not is_gone(book, uid):
        return m.Created(uid, shown_user(book, uid))
    if user or claimants(book, Kind.USER, fold(request.name)):
        raise Exists
    return None


def create_user(book: Book, request: m.CreateUser, cred: rows.Cred, at: int) -> m.Created:
    if created := created_user(book, request):
        return created
    uid = user_id(request.nonce)
    book.write(Kind.USER, uid, rows.User(request.name, fold(request.name), at))
    book.write(Kind.CRED, uid, cred)
    return m.Created(uid, shown_user(book, uid))


def enrol(book: Book, uid: UserId, dev_key: bytes, label: str, at: int, quotas: Quotas) -> Enrolled:
    """The password was right and the device has the key. Binds the device to the user for good."""
    dev = device_id(dev_key)
    device = fact(book, rows.Device, dev)
    if is_gone(book, uid):
        raise WrongLogin
    if device and device.uid != uid:
        raise DeviceTaken
    if book.get(Kind.REVOKED, dev):
        raise DeviceRevoked
    if device:
        _note_use(book, dev, at)
    else:
        enrolled = [
            row
            for row in book.about(uid)
            if row.kind == Kind.DEVICE and user_of_device(book, DeviceId(row.id))
        ]
        if len(enrolled) >= quotas.devices_per_user:
            raise Quota
        book.write(Kind.DEVICE, dev, rows.Device(uid, dev_key, label, at))
    return Enrolled(uid, shown_user(book, uid), dev)


def renew(book: Book, dev: DeviceId, at: int) -> Enrolled:
    """The device has the key. NotLoggedIn: it takes a password again."""
    uid = user_of_device(book, dev)
    if book.get(Kind.REVOKED, dev):
        raise DeviceRevoked
    if uid is None or at - _used_at(book, dev) > DEVICE_UNUSED_DAYS_MAX * DAY_S:
        raise NotLoggedIn
    _note_use(book, dev, at)
    return Enrolled(uid, shown_user(book, uid), dev)


def _used_at(book: Book, dev: DeviceId) -> int:
    renewed, device = fact(book, rows.Renewed, dev), fact(book, rows.Device, dev)
    return max(body.at for body in (renewed, device) if body)


def _note_use(book: Book, dev: DeviceId, at: int) -> None:
    """At most one row a day, however often a client comes back."""
    if at - _used_at(book, dev) >= DAY_S:
        book.write(Kind.RENEWED, dev, rows.Renewed(at))


def change_password(book: Book, uid: UserId, verified: Row, cred: rows.Cred) -> m.Nothing:
    """`verified` is the row that the old password was checked against, a while ago. Also for a rehash."""
    if book.get(Kind.CRED, uid) != verified:
        raise WrongLogin
    book.write(Kind.CRED, uid, cred)
    return m.Nothing()


def delete_user(book: Book, actor: Actor, at: int) -> m.Nothing:
    """For ever; memberships, shares and devices go by derivation. The hash of the password goes too."""
    book.write(Kind.GONE, actor.uid, rows.Gone(at))
    book.write(Kind.CRED, actor.uid, rows.Cred(""))
    return m.Nothing()


def revoke_device(book: Book, actor: Actor, request: m.RevokeDevice, at: int) -> m.Nothing:
    device = fact(book, rows.Device, request.dev)
    if device is None or device.uid != actor.uid:
        raise NotFound
    book.write(Kind.REVOKED, request.dev, rows.Revoked(at))
    return m.Nothing()


# --- groups --------------------------------------------------------------------------------------


def create_group(book: Book, actor: Actor, request: m.CreateGroup, at: int, quotas: Quotas) -> m.GroupCreated:
    check_name(request.name)
    gid = group_id(request.nonce)
    group = fact(book, rows.Group, gid)
    if group and group.name == request.name and group.by == actor.uid and membership(book, gid, actor.uid):
        return m.GroupCreated(gid)
    if group or claimants(book, Kind.GROUP, fold(request.name)):
        raise Exists
    _check_groups(book, actor.uid, quotas)
    epoch = book.write(Kind.GROUP, gid, rows.Group(request.name, fold(request.name), actor.uid, at)).stamp
    book.write(Kind.MEMBER, gid + actor.uid, rows.Member(True, epoch, actor.uid, at))
    book.write(Kind.OWNER, gid, rows.Owner(actor.uid, epoch))
    return m.GroupCreated(gid)


def join(book: Book, actor: Actor, request: m.Join, at: int, quotas: Quotas) -> m.Nothing:
    """Asks to be let in. A repeated request is one request."""
    check_heard_of(book, request.gid)
    if membership(book, request.gid, actor.uid):
        return _done_already(request.again, AlreadyMember)
    if is_pending(book, request.gid, actor.uid):
        return m.Nothing()
    _check_groups(book, actor.uid, quotas)
    asked = [row for row in book.about(actor.uid) if row.kind == Kind.REQUEST]
    if (
        sum(is_pending(book, GroupId(row.id[:16]), actor.uid) is not None for row in asked)
        >= quotas.requests_per_user
    ):
        raise Quota
    book.write(Kind.REQUEST, request.gid + actor.uid, rows.Request(True, at))
    return m.Nothing()


def withdraw(book: Book, actor: Actor, request: m.Withdraw, at: int) -> m.Nothing:
    check_group(book, request.gid)
    return _close_request(book, request.gid, actor.uid, request.again, at)


def accept(book: Book, actor: Actor, request: m.Accept, at: int, quotas: Quotas) -> m.Nothing:
    check_owner(book, request.gid, actor.uid)
    if membership(book, request.gid, request.uid):
        return _done_already(request.again, AlreadyMember)
    asked = is_pending(book, request.gid, request.uid)
    if asked is None:
        raise NoPending
    check_room(book, request.gid, request.uid, quotas)
    # The request's stamp, so that two accepts of it on two trackers begin one membership.
    book.write(Kind.MEMBER, request.gid + request.uid, rows.Member(True, asked.stamp, actor.uid, at))
    return m.Nothing()


def reject(book: Book, actor: Actor, request: m.Reject, at: int) -> m.Nothing:
    check_owner(book, request.gid, actor.uid)
    return _close_request(book, request.gid, request.uid, request.again, at)


def remove_member(book: Book, actor: Actor, request: m.RemoveMember, at: int) -> m.Nothing:
    check_owner(book, request.gid, actor.uid)
    if request.uid == actor.uid:
        raise BadArgument("an owner leaves the group, or hands it over first")
    epoch = membership(book, request.gid, request.uid)
    if epoch is None:
        return _done_already(request.again, NotAMember)
    book.write(Kind.MEMBER, request.gid + request.uid, rows.Member(False, epoch, actor.uid, at))
    return m.Nothing()


def leave(book: Book, actor: Actor, request: m.Leave, at: int) -> m.Left:
    """An owner's leave hands the group to the oldest member, who is named in the answer."""
    last = fact(book, rows.Member, request.gid + actor.uid)
    if request.again and last and not last.is_in:
        return m.Left(None)
    epoch = check_member(book, request.gid, actor.uid)
    heirs: list[tuple[UserId, Epoch]] = []
    if owner(book, request.gid) == actor.uid:
        heirs = [member for member in members(book, request.gid) if member[0] != actor.uid]
    book.write(Kind.MEMBER, request.gid + actor.uid, rows.Member(False, epoch, actor.uid, at))
    if not heirs:
        return m.Left(None)
    # Elsewhere the first may have been done, and the heir have handed the group on: a repetition must not
    # take that back. Nor is a row needed, as the oldest member owns what no owner row speaks of any more.
    if not request.again:
        book.write(Kind.OWNER, request.gid, rows.Owner(*heirs[0]))
    return m.Left(heirs[0][0])


def transfer(book: Book, actor: Actor, request: m.Transfer, _at: int) -> m.Nothing:
    check_member(book, request.gid, actor.uid)
    if owner(book, request.gid) == request.uid and (request.again or request.uid == actor.uid):
        return m.Nothing()
    check_owner(book, request.gid, actor.uid)
    epoch = membership(book, request.gid, request.uid)
    if epoch is None:
        raise NotAMember
    book.write(Kind.OWNER, request.gid, rows.Owner(request.uid, epoch))
    return m.Nothing()


def _close_request(book: Book, gid: GroupId, uid: UserId, again: bool, at: int) -> m.Nothing:
    if is_pending(book, gid, uid) is None:
        return _done_already(again, NoPending)
    book.write(Kind.REQUEST, gid + uid, rows.Request(False, at))
    return m.Nothing()


def check_heard_of(book: Book, gid: GroupId) -> None:
    """For who has its id from elsewhere. Raises NotYet where only others may know it, NotFound where it has
    no members any more."""
    if book.get(Kind.GROUP, gid) is None:
        raise NotYet
    check_group(book, gid)


def check_room(book: Book, gid: GroupId, uid: UserId, quotas: Quotas) -> None:
    """Raises Quota unless the group may have one more member, and the user one more group."""
    if book.tally(Kind.MEMBER, gid) >= quotas.members_per_group:
        raise Quota
    _check_groups(book, uid, quotas)


def _check_groups(book: Book, uid: UserId, quotas: Quotas) -> None:
    if sum(1 for _ in book.groups_of(uid)) >= quotas.groups_per_user:
        raise Quota


def _done_already(
    again: bool, refusal: type[AlreadyMember | NoPending | NotAMember | NotShared]
) -> m.Nothing:
    if not again:
        raise refusal
    return m.Nothing()


# --- shared files --------------------------------------------------------------------------------


def share(book: Book, actor: Actor, request: m.Share, at: int, quotas: Quotas) -> m.SharesDone:
    """Declares that this device has these files. What it declares already is told, and not written again."""
    gid = request.gid
    epoch = check_member(book, gid, actor.uid)
    for file in request.files:
        check_shared_name(file.name)
    eids = [entry_id(gid, file.name, file.root, file.size) for file in request.files]
    unknown = {eid for eid in eids if not book.get(Kind.ENTRY, gid + eid)}
    live = {eid: _live_share(book, actor, gid, eid) for eid in eids}
    more = sum(share is None for share in live.values())
    if unknown and book.tally(Kind.ENTRY, gid) + len(unknown) > quotas.entries_per_group:
        raise Quota
    if more and book.tally(Kind.SHARE, actor.uid) + more > quotas.shares_per_user:
        raise Quota
    declared = {eid for eid, share in live.items() if share and share.epoch == epoch}
    done = []
    for eid, file in zip(eids, request.files, strict=True):
        if eid in unknown:
            unknown.remove(eid)
            book.write(Kind.ENTRY, gid + eid, _entry(book, actor, gid, file, at))
        if eid not in declared:
            book.write(Kind.SHARE, gid + eid + actor.dev, rows.Share(actor.uid, epoch, True, at))
        done.append(m.SharedAs(eid, eid in declared))
        declared.add(eid)
    return m.SharesDone(done)


def stop_share(book: Book, actor: Actor, request: m.StopShare, at: int) -> m.Nothing:
    """This device stops; whoever else shares them goes on. NotShared where it shares none of them."""
    check_member(book, request.gid, actor.uid)
    live = {eid: share for eid in request.eids if (share := _live_share(book, actor, request.gid, eid))}
    if not live:
        return _done_already(request.again, NotShared)
    for eid, share in live.items():
        stopped = rows.Share(actor.uid, share.epoch, False, at)
        book.write(Kind.SHARE, request.gid + eid + actor.dev, stopped)
    return m.Nothing()


def _live_share(book: Book, actor: Actor, gid: GroupId, eid: EntryId) -> rows.Share | None:
    share = fact(book, rows.Share, gid + eid + actor.dev)
    return share if share and share.live else None


def _entry(book: Book, actor: Actor, gid: GroupId, file: m.NewShare, at: int) -> rows.Entry:
    entry = rows.Entry(file.name, file.size, file.root, SCHEME, file.sha1, actor.uid, at, file.replaces)
    older = fact(book, rows.Entry, gid + file.replaces) if file.replaces else None
    # Somebody else may have been first with the older content: then it is not this user's to replace.
    return entry if replaces(entry, older) else msgspec.structs.replace(entry, replaces=None)
