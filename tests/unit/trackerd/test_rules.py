from collections.abc import Callable

import msgspec
import pytest

import shared.wire.tracker_messages as m
from shared.errors import (
    AlreadyMember,
    BadArgument,
    BadName,
    DeviceRevoked,
    DeviceTaken,
    Exists,
    NoPending,
    NotAMember,
    NotFound,
    NotLoggedIn,
    NotOwner,
    NotShared,
    NotYet,
    Quota,
    WrongLogin,
)
from shared.facts.derive import fact, is_pending, membership, owner, visible_entries
from shared.facts.ids import DeviceId, EntryId, GroupId, UserId, device_id, group_id
from shared.facts.rows import Cred, Entry, Gone, Kind, Renewed
from shared.limits import DAY_S
from tests.support.memory_book import (
    AT,
    QUOTAS,
    MemoryBook,
    group,
    let_in,
    nonce,
    person,
    share_file,
)
from trackerd.questions import Listing, list_groups, list_requests, listings_of, resolve, sync, who
from trackerd.rules import (
    Actor,
    Quotas,
    accept,
    change_password,
    create_group,
    create_user,
    delete_user,
    enrol,
    join,
    leave,
    reject,
    remove_member,
    renew,
    revoke_device,
    share,
    stop_share,
    transfer,
    withdraw,
)

NOWHERE = GroupId(bytes(16))


class Stage:
    """Ann owns the group `Band`, Bob is in it, Cem is not."""

    def __init__(self) -> None:
        self.book = MemoryBook()
        self.ann, self.bob, self.cem = (person(self.book, name) for name in ("Ann", "Bob", "Cem"))
        self.gid = group(self.book, self.ann, "Band")
        let_in(self.book, self.ann, self.gid, self.bob)

    def writes(self, command: Callable[[], object]) -> int:
        before = sum(self.book.seen.values())
        command()
        return sum(self.book.seen.values()) - before


@pytest.fixture
def stage() -> Stage:
    return Stage()


# --- users and devices ---------------------------------------------------------------------------


def test_a_user_is_created_once_however_often_the_create_is_repeated(stage: Stage) -> None:
    request = m.CreateUser(nonce("new"), "Dia", "password")
    created = create_user(stage.book, request, Cred("hash"), AT)
    assert stage.writes(lambda: create_user(stage.book, request, Cred("other"), AT)) == 0
    assert create_user(stage.book, request, Cred("other"), AT) == created == m.Created(created.uid, "Dia")
    assert fact(stage.book, Cred, created.uid) == Cred("hash")


@pytest.mark.parametrize("name", ["Ann", "ann", "\N{FULLWIDTH LATIN CAPITAL LETTER A}nn"])
def test_a_name_that_looks_like_a_users_is_refused(stage: Stage, name: str) -> None:
    with pytest.raises(Exists):
        create_user(stage.book, m.CreateUser(nonce("new"), name, "password"), Cred("hash"), AT)


@pytest.mark.parametrize("name", ["", " Ann", "A~nn", "a/b", "a\nb", "x" * 65])
def test_bad_names_are_refused_for_users_and_groups(stage: Stage, name: str) -> None:
    with pytest.raises(BadName):
        create_user(stage.book, m.CreateUser(nonce("new"), name, "password"), Cred("hash"), AT)
    with pytest.raises(BadName):
        create_group(stage.book, stage.ann, m.CreateGroup(nonce("new"), name), AT, QUOTAS)


def test_a_deleted_users_name_is_free_for_somebody_new_who_inherits_nothing(stage: Stage) -> None:
    delete_user(stage.book, stage.bob, AT)
    delete_user(stage.book, stage.bob, AT + 1)
    assert fact(stage.book, Gone, stage.bob.uid) == Gone(AT)
    assert fact(stage.book, Cred, stage.bob.uid) == Cred("")
    with pytest.raises(Exists):  # the old user does not come back by the old nonce
        person(stage.book, "Bob")
    created = create_user(stage.book, m.CreateUser(nonce("new"), "Bob", "password"), Cred("hash"), AT)
    assert created.name == "Bob"
    assert created.uid != stage.bob.uid
    assert membership(stage.book, stage.gid, created.uid) is None
    with pytest.raises(WrongLogin):
        enrol(stage.book, stage.bob.uid, nonce("key"), "laptop", AT, QUOTAS)


def test_a_device_belongs_to_its_first_user_and_logging_in_again_writes_nothing(stage: Stage) -> None:
    book, key = stage.book, nonce("Annlaptop")
    assert stage.writes(lambda: enrol(book, stage.ann.uid, key, "renamed", AT + 5, QUOTAS)) == 0
    with pytest.raises(DeviceTaken):
        enrol(book, stage.bob.uid, key, "laptop", AT, QUOTAS)
    revoke_device(book, stage.ann, m.RevokeDevice(stage.ann.dev), AT)
    assert stage.writes(lambda: revoke_device(book, stage.ann, m.RevokeDevice(stage.ann.dev), AT)) == 0
    with pytest.raises(DeviceRevoked):
        enrol(book, stage.ann.uid, key, "laptop", AT, QUOTAS)
    with pytest.raises(DeviceRevoked):
        renew(book, stage.ann.dev, AT)


def test_only_ones_own_devices_can_be_revoked(stage: Stage) -> None:
    for dev in (stage.bob.dev, DeviceId(bytes(16))):
        with pytest.raises(NotFound):
            revoke_device(stage.book, stage.ann, m.RevokeDevice(dev), AT)


def test_a_user_has_so_many_devices_and_a_revoked_one_makes_room(stage: Stage) -> None:
    quotas = msgspec.structs.replace(QUOTAS, devices_per_user=2)
    enrol(stage.book, stage.ann.uid, nonce("2"), "tablet", AT, quotas)
    with pytest.raises(Quota):
        enrol(stage.book, stage.ann.uid, nonce("3"), "phone", AT, quotas)
    revoke_device(stage.book, stage.ann, m.RevokeDevice(device_id(nonce("2"))), AT)
    enrol(stage.book, stage.ann.uid, nonce("3"), "phone", AT, quotas)


def test_a_renewal_is_noted_at_most_once_a_day(stage: Stage) -> None:
    book, dev = stage.book, stage.ann.dev
    assert renew(book, dev, AT) == (stage.ann.uid, "Ann", dev)
    assert fact(book, Renewed, dev) is None
    assert stage.writes(lambda: renew(book, dev, AT + DAY_S)) == 1
    assert stage.writes(lambda: renew(book, dev, AT + 2 * DAY_S - 1)) == 0
    assert (
        stage.writes(lambda: enrol(book, stage.ann.uid, nonce("Annlaptop"), "", AT + 2 * DAY_S, QUOTAS)) == 1
    )


def test_a_device_unused_for_long_unknown_or_of_a_gone_user_takes_a_password_again(stage: Stage) -> None:
    book = stage.book
    renew(book, stage.ann.dev, AT + 100 * DAY_S)
    renew(book, stage.ann.dev, AT + 280 * DAY_S)
    delete_user(book, stage.cem, AT)
    for dev, days in ((stage.ann.dev, 461), (DeviceId(bytes(16)), 0), (stage.cem.dev, 0)):
        with pytest.raises(NotLoggedIn):
            renew(book, dev, AT + days * DAY_S)
    enrol(book, stage.ann.uid, nonce("Annlaptop"), "", AT + 461 * DAY_S, QUOTAS)
    renew(book, stage.ann.dev, AT + 462 * DAY_S)


def test_a_password_changes_only_from_the_one_that_was_verified(stage: Stage) -> None:
    verified = stage.book.get(Kind.CRED, stage.ann.uid)
    assert verified
    change_password(stage.book, stage.ann.uid, verified, Cred("new"))
    with pytest.raises(WrongLogin):
        change_password(stage.book, stage.ann.uid, verified, Cred("rehash of the old"))
    assert fact(stage.book, Cred, stage.ann.uid) == Cred("new")


# --- groups --------------------------------------------------------------------------------------


def test_a_creator_owns_the_group_and_repeating_the_create_is_success(stage: Stage) -> None:
    book, request = stage.book, m.CreateGroup(nonce("new"), "Choir")
    gid = create_group(book, stage.cem, request, AT, QUOTAS).gid
    assert gid == group_id(nonce("new"))
    assert owner(book, gid) == stage.cem.uid
    assert stage.writes(lambda: create_group(book, stage.cem, request, AT, QUOTAS)) == 0
    for other in (m.CreateGroup(nonce("newer"), "CHOIR"), m.CreateGroup(nonce("new"), "Quire")):
        with pytest.raises(Exists):
            create_group(book, stage.cem, other, AT, QUOTAS)
    with pytest.raises(Exists):
        create_group(book, stage.ann, request, AT, QUOTAS)


def test_a_group_that_ended_frees_its_name_and_comes_back_without_members_files_or_requests(
    stage: Stage,
) -> None:
    book = stage.book
    share_file(book, stage.bob, stage.gid, "song.ogg")
    join(book, stage.cem, m.Join(stage.gid), AT, QUOTAS)
    for actor in (stage.ann, stage.bob):
        leave(book, actor, m.Leave(stage.gid), AT)
    assert list_groups(book, stage.ann.uid, m.ListGroups()).groups == []
    with pytest.raises(NotFound):
        join(book, stage.ann, m.Join(stage.gid), AT, QUOTAS)
    with pytest.raises(Exists):
        group(book, stage.ann, "Band")  # the old nonce
    new = group(book, stage.bob, "Band", "new")
    listed = list_groups(book, stage.cem.uid, m.ListGroups()).groups
    assert listed == [m.GroupListed(new, "Band", "Bob", 1, "none")]
    assert visible_entries(book, new) == []


def test_a_repeated_request_is_one_request_and_members_need_none(stage: Stage) -> None:
    book, request = stage.book, m.Join(stage.gid)
    assert stage.writes(lambda: join(book, stage.cem, request, AT, QUOTAS)) == 1
    assert stage.writes(lambda: join(book, stage.cem, request, AT, QUOTAS)) == 0
    with pytest.raises(NotYet):
        join(book, stage.cem, m.Join(NOWHERE), AT, QUOTAS)
    with pytest.raises(AlreadyMember):
        join(book, stage.bob, request, AT, QUOTAS)
    join(book, stage.bob, m.Join(stage.gid, again=True), AT, QUOTAS)


def test_an_accept_needs_a_pending_request_and_begins_the_membership_at_its_stamp(stage: Stage) -> None:
    book, request = stage.book, m.Accept(stage.gid, stage.cem.uid)
    with pytest.raises(NoPending):
        accept(book, stage.ann, request, AT, QUOTAS)
    join(book, stage.cem, m.Join(stage.gid), AT, QUOTAS)
    asked = is_pending(book, stage.gid, stage.cem.uid)
    accept(book, stage.ann, request, AT, QUOTAS)
    assert asked
    assert membership(book, stage.gid, stage.cem.uid) == asked.stamp
    assert is_pending(book, stage.gid, stage.cem.uid) is None
    with pytest.raises(AlreadyMember):
        accept(book, stage.ann, request, AT, QUOTAS)
    assert (
        stage.writes(lambda: accept(book, stage.ann, m.Accept(*request_of(request), True), AT, QUOTAS)) == 0
    )


def request_of(request: m.Accept) -> tuple[GroupId, UserId]:
    return request.gid, request.uid


@pytest.mark.parametrize("end", ["reject", "withdraw"])
def test_a_rejected_or_withdrawn_request_is_over_and_can_be_made_again(stage: Stage, end: str) -> None:
    book, gid, cem = stage.book, stage.gid, stage.cem

    def finish(again: bool = False) -> None:
        if end == "reject":
            reject(book, stage.ann, m.Reject(gid, cem.uid, again), AT)
        else:
            withdraw(book, cem, m.Withdraw(gid, again), AT)

    with pytest.raises(NoPending):
        finish()
    join(book, cem, m.Join(gid), AT, QUOTAS)
    finish()
    assert is_pending(book, gid, cem.uid) is None
    with pytest.raises(NoPending):
        accept(book, stage.ann, m.Accept(gid, cem.uid), AT, QUOTAS)
    assert stage.writes(lambda: finish(again=True)) == 0
    join(book, cem, m.Join(gid), AT, QUOTAS)
    assert is_pending(book, gid, cem.uid)


def test_what_is_the_owners_is_refused_to_members_strangers_and_for_unknown_groups(stage: Stage) -> None:
    book, uid = stage.book, stage.cem.uid
    join(book, stage.cem, m.Join(stage.gid), AT, QUOTAS)
    owners: list[Callable[[Actor, GroupId], object]] = [
        lambda actor, gid: accept(book, actor, m.Accept(gid, uid), AT, QUOTAS),
        lambda actor, gid: reject(book, actor, m.Reject(gid, uid), AT),
        lambda actor, gid: remove_member(book, actor, m.RemoveMember(gid, stage.ann.uid), AT),
        lambda actor, gid: transfer(book, actor, m.Transfer(gid, stage.bob.uid), AT),
        lambda actor, gid: list_requests(book, actor.uid, m.ListRequests(gid)),
    ]
    for command in owners:
        with pytest.raises(NotOwner):
            command(stage.bob, stage.gid)
        with pytest.raises(NotAMember):
            command(stage.cem, stage.gid)
        with pytest.raises(NotFound):
            command(stage.ann, NOWHERE)


def test_an_owners_leave_names_the_oldest_member_who_can_act_at_once(stage: Stage) -> None:
    book, gid = stage.book, stage.gid
    let_in(book, stage.ann, gid, stage.cem)
    dia = person(book, "Dia")
    join(book, dia, m.Join(gid), AT, QUOTAS)
    assert leave(book, stage.ann, m.Leave(gid), AT) == m.Left(stage.bob.uid)
    assert leave(book, stage.ann, m.Leave(gid, again=True), AT) == m.Left(None)
    with pytest.raises(NotAMember):
        leave(book, stage.ann, m.Leave(gid), AT)
    listed = list_requests(book, stage.bob.uid, m.ListRequests(gid))
    assert listed.requests == [m.RequestListed(dia.uid, "Dia", AT)]
    accept(book, stage.bob, m.Accept(gid, dia.uid), AT, QUOTAS)
    assert leave(book, dia, m.Leave(gid), AT) == m.Left(None)


def test_a_leave_that_is_repeated_where_the_first_is_not_known_takes_back_nothing_that_the_heir_did(
    stage: Stage,
) -> None:
    book, gid = stage.book, stage.gid
    let_in(book, stage.ann, gid, stage.cem)
    lagging = MemoryBook(number=2, wall_s=book.wall_s + 60)
    lagging.merge(book.above({}))
    leave(book, stage.ann, m.Leave(gid), AT)
    transfer(book, stage.bob, m.Transfer(gid, stage.cem.uid), AT)
    assert leave(lagging, stage.ann, m.Leave(gid, again=True), AT) == m.Left(stage.bob.uid)
    assert owner(lagging, gid) == stage.bob.uid
    for one, other in ((book, lagging), (lagging, book)):
        other.merge(one.above(other.seen))
    assert owner(book, gid) == owner(lagging, gid) == stage.cem.uid
    assert membership(book, gid, stage.ann.uid) is membership(lagging, gid, stage.ann.uid) is None


def test_ownership_is_handed_to_a_member(stage: Stage) -> None:
    book, gid = stage.book, stage.gid
    with pytest.raises(NotAMember):
        transfer(book, stage.ann, m.Transfer(gid, stage.cem.uid), AT)
    transfer(book, stage.ann, m.Transfer(gid, stage.bob.uid), AT)
    assert owner(book, gid) == stage.bob.uid
    with pytest.raises(NotOwner):
        transfer(book, stage.ann, m.Transfer(gid, stage.bob.uid), AT)
    transfer(book, stage.ann, m.Transfer(gid, stage.bob.uid, again=True), AT)
    assert stage.writes(lambda: transfer(book, stage.bob, m.Transfer(gid, stage.bob.uid), AT)) == 0


def test_a_removed_member_is_out_and_an_owner_cannot_remove_the_owner(stage: Stage) -> None:
    book, gid = stage.book, stage.gid
    remove_member(book, stage.ann, m.RemoveMember(gid, stage.bob.uid), AT)
    assert membership(book, gid, stage.bob.uid) is None
    with pytest.raises(NotAMember):
        remove_member(book, stage.ann, m.RemoveMember(gid, stage.bob.uid), AT)
    remove_member(book, stage.ann, m.RemoveMember(gid, stage.bob.uid, again=True), AT)
    with pytest.raises(BadArgument):
        remove_member(book, stage.ann, m.RemoveMember(gid, stage.ann.uid), AT)


def test_groups_requests_and_members_have_their_quotas(stage: Stage) -> None:
    book = stage.book
    choir = group(book, stage.ann, "Choir")
    one_request = msgspec.structs.replace(QUOTAS, requests_per_user=1)
    join(book, stage.cem, m.Join(stage.gid), AT, one_request)
    with pytest.raises(Quota):
        join(book, stage.cem, m.Join(choir), AT, one_request)
    two_members = msgspec.structs.replace(QUOTAS, members_per_group=2)
    with pytest.raises(Quota):
        accept(book, stage.ann, m.Accept(stage.gid, stage.cem.uid), AT, two_members)
    one_group = msgspec.structs.replace(QUOTAS, groups_per_user=1)
    with pytest.raises(Quota):
        create_group(book, stage.bob, m.CreateGroup(nonce("new"), "Third"), AT, one_group)
    with pytest.raises(Quota):
        join(book, stage.bob, m.Join(choir), AT, one_group)
    withdraw(book, stage.cem, m.Withdraw(stage.gid), AT)
    join(book, stage.cem, m.Join(choir), AT, one_request)


# --- shared files --------------------------------------------------------------------------------


def files(*contents: str) -> list[m.NewShare]:
    return [m.NewShare(f"{text}.txt", 1, nonce(text), bytes(20), None) for text in contents]


def test_what_is_shared_already_is_told_and_not_written_again(stage: Stage) -> None:
    book = stage.book
    first = share(book, stage.ann, m.Share(stage.gid, files("a", "b", "a")), AT, QUOTAS).entries
    assert [entry.already for entry in first] == [False, False, True]
    assert first[0].eid == first[2].eid
    assert stage.writes(lambda: share(book, stage.ann, m.Share(stage.gid, files("a")), AT, QUOTAS)) == 0
    assert stage.writes(lambda: share(book, stage.bob, m.Share(stage.gid, files("a")), AT, QUOTAS)) == 1
    assert fact(book, Entry, stage.gid + first[0].eid) == Entry(
        "a.txt", 1, nonce("a"), 1, bytes(20), stage.ann.uid, AT
    )
    assert len(visible_entries(book, stage.gid)) == 2


def test_shares_are_for_members_and_under_their_membership_of_now(stage: Stage) -> None:
    book, gid = stage.book, stage.gid
    with pytest.raises(NotAMember):
        share(book, stage.cem, m.Share(gid, files("a")), AT, QUOTAS)
    share(book, stage.bob, m.Share(gid, files("a")), AT, QUOTAS)
    leave(book, stage.bob, m.Leave(gid), AT)
    let_in(book, stage.ann, gid, stage.bob)
    assert visible_entries(book, gid) == []
    assert not share(book, stage.bob, m.Share(gid, files("a")), AT, QUOTAS).entries[0].already
    assert len(visible_entries(book, gid)) == 1


def test_one_bad_name_or_one_file_over_a_quota_refuses_the_batch_whole(stage: Stage) -> None:
    book, gid = stage.book, stage.gid
    rows = dict(book.facts)
    bad = m.NewShare("../b", 1, nonce("b"), bytes(20), None)
    with pytest.raises(BadName):
        share(book, stage.ann, m.Share(gid, [*files("a"), bad]), AT, QUOTAS)
    for quotas in (Quotas(entries_per_group=1), Quotas(shares_per_user=1)):
        with pytest.raises(Quota):
            share(book, stage.ann, m.Share(gid, files("a", "b")), AT, quotas)
    assert book.facts == rows
    full = msgspec.structs.replace(QUOTAS, entries_per_group=2, shares_per_user=2)
    share(book, stage.ann, m.Share(gid, files("a", "b")), AT, full)
    share(book, stage.ann, m.Share(gid, files("a", "b")), AT, full)
    share(book, stage.bob, m.Share(gid, files("a", "b")), AT, full)
    with pytest.raises(Quota):
        share(book, stage.bob, m.Share(gid, files("c")), AT, full)


def test_only_ones_own_entry_of_the_same_name_is_replaced(stage: Stage) -> None:
    book, gid = stage.book, stage.gid
    old = share_file(book, stage.ann, gid, "a.txt", "old")
    for actor, name, expected in (
        (stage.ann, "a.txt", old),
        (stage.bob, "a.txt", None),
        (stage.ann, "b.txt", None),
    ):
        eid = share_file(book, actor, gid, name, f"new of {actor!r}", replaces=old)
        entry = fact(book, Entry, gid + eid)
        assert entry
        assert entry.replaces == expected


def test_a_device_stops_its_own_share_and_the_others_go_on(stage: Stage) -> None:
    book, gid = stage.book, stage.gid
    eid = share_file(book, stage.ann, gid, "song.ogg")
    share_file(book, stage.bob, gid, "song.ogg")
    stop_share(book, stage.ann, m.StopShare(gid, [eid, EntryId(bytes(16)), eid]), AT)
    assert [sharer.uid for sharer in visible_entries(book, gid)[0].sharers] == [stage.bob.uid]
    with pytest.raises(NotShared):
        stop_share(book, stage.ann, m.StopShare(gid, [eid]), AT)
    assert stage.writes(lambda: stop_share(book, stage.ann, m.StopShare(gid, [eid], again=True), AT)) == 0
    with pytest.raises(NotAMember):
        stop_share(book, stage.cem, m.StopShare(gid, [eid]), AT)
    stop_share(book, stage.bob, m.StopShare(gid, [eid]), AT)
    assert visible_entries(book, gid) == []


# --- questions -----------------------------------------------------------------------------------


def test_all_groups_are_listed_with_what_each_asker_is_in_them(stage: Stage) -> None:
    book = stage.book
    join(book, stage.cem, m.Join(stage.gid), AT, QUOTAS)
    for actor, mine in ((stage.ann, "owner"), (stage.bob, "member"), (stage.cem, "pending")):
        page = list_groups(book, actor.uid, m.ListGroups())
        assert page == m.GroupsPage([m.GroupListed(stage.gid, "Band", "Ann", 2, mine)], more=False)
    assert list_groups(book, stage.ann.uid, m.ListGroups(after=stage.gid)).groups == []


def test_a_name_resolves_to_its_holder(stage: Stage) -> None:
    assert resolve(stage.book, stage.bob.uid, m.Resolve("user", "bob")).found == [(stage.bob.uid, "Bob")]
    assert resolve(stage.book, stage.bob.uid, m.Resolve("group", "BAND")).found == [(stage.gid, "Band")]
    assert resolve(stage.book, stage.bob.uid, m.Resolve("group", "Bob")).found == []


def test_members_learn_the_rows_of_a_device_that_is_or_was_a_members(stage: Stage) -> None:
    book, gid = stage.book, stage.gid
    found = who(book, stage.ann.uid, m.Who(stage.bob.dev, gid)).rows
    assert {row.kind for row in found} == {Kind.MEMBER, Kind.USER, Kind.DEVICE}
    remove_member(book, stage.ann, m.RemoveMember(gid, stage.bob.uid), AT)
    delete_user(book, stage.bob, AT)
    revoke_device(book, stage.bob, m.RevokeDevice(stage.bob.dev), AT)
    found = who(book, stage.ann.uid, m.Who(stage.bob.dev, gid)).rows
    assert {row.kind for row in found} == {Kind.MEMBER, Kind.USER, Kind.DEVICE, Kind.GONE, Kind.REVOKED}
    assert who(book, stage.ann.uid, m.Who(stage.cem.dev, gid)).rows == []
    with pytest.raises(NotAMember):
        who(book, stage.cem.uid, m.Who(stage.ann.dev, gid))


def test_scopes_hold_what_concerns_the_asker_and_never_a_password(stage: Stage) -> None:
    book, gid = stage.book, stage.gid
    share_file(book, stage.bob, gid, "song.ogg")
    join(book, stage.cem, m.Join(gid), AT, QUOTAS)
    whole = sync(book, stage.bob.uid, m.Sync(gid, {}))
    mirror = MemoryBook()
    mirror.merge(whole.rows)
    assert Kind.CRED not in {row.kind for row in whole.rows}
    assert book.get(Kind.DEVICE, stage.cem.dev) not in whole.rows
    assert visible_entries(mirror, gid) == visible_entries(book, gid)
    assert owner(mirror, gid) == stage.ann.uid
    assert whole.vv == book.seen
    mine = sync(book, stage.cem.uid, m.Sync(m.ME, {})).rows
    assert {row.kind for row in mine} == {Kind.USER, Kind.DEVICE, Kind.REQUEST}
    owned = sync(book, stage.ann.uid, m.Sync(m.ME, {})).rows
    assert book.get(Kind.REQUEST, gid + stage.cem.uid) in owned
    assert sync(book, stage.ann.uid, m.Sync(m.NETWORK, {})) == m.SyncPage([], None, {})
    with pytest.raises(NotAMember):
        sync(book, stage.cem.uid, m.Sync(gid, {}))
    with pytest.raises(NotFound):
        sync(book, stage.cem.uid, m.Sync(b"nothing", {}))


def test_a_new_members_old_rows_come_with_the_member_row(stage: Stage) -> None:
    book, gid = stage.book, stage.gid
    join(book, stage.cem, m.Join(gid), AT, QUOTAS)
    seen = sync(book, stage.bob.uid, m.Sync(gid, {})).vv or {}
    assert sync(book, stage.bob.uid, m.Sync(gid, seen)).rows == []
    accept(book, stage.ann, m.Accept(gid, stage.cem.uid), AT, QUOTAS)
    delta = sync(book, stage.bob.uid, m.Sync(gid, seen))
    assert {row.kind for row in delta.rows} == {Kind.MEMBER, Kind.USER, Kind.DEVICE}
    tablet = person(book, "Cem", "tablet")
    revoke_device(book, stage.cem, m.RevokeDevice(stage.cem.dev), AT)
    news = sync(book, stage.bob.uid, m.Sync(gid, delta.vv or {})).rows
    assert {row.key for row in news} == {(Kind.DEVICE, tablet.dev), (Kind.REVOKED, stage.cem.dev)}


def test_each_row_is_pushed_to_the_listings_in_which_it_stands(stage: Stage) -> None:
    book, gid = stage.book, stage.gid
    share_file(book, stage.bob, gid, "song.ogg")
    join(book, stage.cem, m.Join(gid), AT, QUOTAS)
    revoke_device(book, stage.bob, m.RevokeDevice(stage.bob.dev), AT)
    everybody = (stage.ann.uid, stage.bob.uid, stage.cem.uid)
    listings = [Listing(gid), *(Listing(m.ME, uid) for uid in everybody)]
    for row in book.facts.values():
        for listing in listings:
            asker = listing.uid or stage.ann.uid
            holds = row in sync(book, asker, m.Sync(listing.scope, {})).rows
            assert holds == (listing in listings_of(book, row)), (row, listing)
