from collections.abc import Callable
from unittest import mock

import pytest

import shared.wire.tracker_messages as m
from shared.errors import AlreadyMember, InviteOver, NotAMember, NotFound, NotOwner, NotYet, Quota, Violation
from shared.facts.derive import fact, is_pending, membership, owner
from shared.facts.ids import Epoch, GroupId, InviteId, UserId, invite_hash
from shared.facts.rows import Body, Invite, InviteUse, Key, Kind, Member, Request, Row, check, encode_body
from shared.facts.tombstones import is_collectable, is_live
from shared.limits import HOUR_S
from tests.support.memory_book import AT, QUOTAS, MemoryBook, group, let_in, person
from trackerd.invites import close_spent, invite, list_invites, revoke_invite, use_invite
from trackerd.questions import listings_of, sync
from trackerd.rules import Actor, Quotas, delete_user, join, leave, remove_member, transfer, withdraw

SECRET, OTHER = bytes(range(16)), bytes(16)


class Stage:
    """Ann owns the group `Band`, Bob is in it, Cem, Dia and Eve are not."""

    def __init__(self) -> None:
        self.book = MemoryBook()
        self.ann, self.bob, *others = (
            person(self.book, name) for name in ("Ann", "Bob", "Cem", "Dia", "Eve")
        )
        self.cem, self.dia, self.eve = others
        self.gid = group(self.book, self.ann, "Band")
        let_in(self.book, self.ann, self.gid, self.bob)

    def invites(
        self, actor: Actor, secret: bytes = SECRET, *, uses: int = 1, hours: int = 24, **more: bool
    ) -> InviteId:
        hash_ = invite_hash(self.gid, secret)
        invite(self.book, actor, m.Invite(self.gid, hash_, uses, hours, **more), AT, QUOTAS)
        return hash_[:16]

    def uses(
        self, actor: Actor, secret: bytes = SECRET, at: int = AT, book: MemoryBook | None = None, **more: bool
    ) -> None:
        use_invite(book or self.book, actor, m.UseInvite(self.gid, secret, **more), at, QUOTAS)

    def is_in(self, actor: Actor) -> bool:
        return membership(self.book, self.gid, actor.uid) is not None

    def listed(self) -> list[m.InviteListed]:
        return list_invites(self.book, self.ann.uid, m.ListInvites(self.gid)).invites


@pytest.fixture
def stage() -> Stage:
    return Stage()


def two_sides(stage: Stage) -> MemoryBook:
    """Another tracker that knows the same, and can then not be reached."""
    other = MemoryBook(number=2)
    other.merge(stage.book.above({}))
    other.finish_round(stage.book.seen)
    return other


def heal(one: MemoryBook, other: MemoryBook) -> None:
    for to, from_ in ((one, other), (other, one)):
        to.merge(from_.above(to.seen))
        to.finish_round(from_.seen)


def test_an_invite_lets_in_as_many_as_it_is_for_each_since_their_request(stage: Stage) -> None:
    id_ = stage.invites(stage.ann, uses=2)
    join(stage.book, stage.cem, m.Join(stage.gid), AT, QUOTAS)
    asked = is_pending(stage.book, stage.gid, stage.cem.uid)
    assert asked is not None
    stage.uses(stage.cem)
    stage.uses(stage.dia)
    with pytest.raises(InviteOver):
        stage.uses(stage.eve)
    member = fact(stage.book, Member, stage.gid + stage.cem.uid)
    assert member == Member(True, asked.stamp, stage.ann.uid, AT)
    assert fact(stage.book, InviteUse, stage.gid + id_ + stage.cem.uid) == InviteUse(asked.stamp, AT)
    assert stage.is_in(stage.dia)
    assert not stage.is_in(stage.eve)
    assert is_pending(stage.book, stage.gid, stage.eve.uid) is None
    assert [(one.uses, one.used) for one in stage.listed()] == [(2, 2)]


def test_only_the_owner_invites_and_only_a_hash_of_the_secret_is_kept(stage: Stage) -> None:
    for actor, refusal in ((stage.bob, NotOwner), (stage.cem, NotAMember)):
        with pytest.raises(refusal):
            stage.invites(actor)
        with pytest.raises(refusal):
            list_invites(stage.book, actor.uid, m.ListInvites(stage.gid))
        with pytest.raises(refusal):
            revoke_invite(stage.book, actor, m.RevokeInvite(stage.gid, SECRET), AT)
    stage.invites(stage.ann)
    stage.uses(stage.cem)
    assert all(SECRET not in row.body + row.id for row in stage.book.facts.values())


def test_what_is_repeated_changes_nothing(stage: Stage) -> None:
    id_ = stage.invites(stage.ann)
    before = dict(stage.book.facts)
    stage.invites(stage.ann, again=True)
    assert stage.book.facts == before
    stage.uses(stage.cem)
    before = dict(stage.book.facts)
    stage.uses(stage.cem, again=True)
    with pytest.raises(AlreadyMember):
        stage.uses(stage.cem)
    assert stage.book.facts == before
    revoke_invite(stage.book, stage.ann, m.RevokeInvite(stage.gid, id_), AT)
    before = dict(stage.book.facts)
    revoke_invite(stage.book, stage.ann, m.RevokeInvite(stage.gid, id_, again=True), AT)
    assert stage.book.facts == before
    with pytest.raises(NotFound):
        revoke_invite(stage.book, stage.ann, m.RevokeInvite(stage.gid, id_), AT)
    with pytest.raises(InviteOver):
        stage.invites(stage.ann, again=True)


def _expires(stage: Stage, id_: InviteId) -> int:
    return AT + 24 * HOUR_S


def _is_revoked(stage: Stage, id_: InviteId) -> int:
    revoke_invite(stage.book, stage.ann, m.RevokeInvite(stage.gid, id_), AT)
    return AT


def _changes_owner(stage: Stage, id_: InviteId) -> int:
    transfer(stage.book, stage.ann, m.Transfer(stage.gid, stage.bob.uid), AT)
    return AT


def _owner_comes_back(stage: Stage, id_: InviteId) -> int:
    leave(stage.book, stage.ann, m.Leave(stage.gid), AT)
    let_in(stage.book, stage.bob, stage.gid, stage.ann)
    transfer(stage.book, stage.bob, m.Transfer(stage.gid, stage.ann.uid), AT)
    assert owner(stage.book, stage.gid) == stage.ann.uid
    return AT


def _ownership_comes_back(stage: Stage, id_: InviteId) -> int:
    """While she stays a member."""
    transfer(stage.book, stage.ann, m.Transfer(stage.gid, stage.bob.uid), AT)
    transfer(stage.book, stage.bob, m.Transfer(stage.gid, stage.ann.uid), AT)
    assert owner(stage.book, stage.gid) == stage.ann.uid
    assert stage.listed() == []
    return AT


def _is_the_oldest_again(stage: Stage, id_: InviteId) -> int:
    """Owner as nobody else is left whom the owner row names."""
    transfer(stage.book, stage.ann, m.Transfer(stage.gid, stage.bob.uid), AT)
    delete_user(stage.book, stage.bob, AT)
    assert owner(stage.book, stage.gid) == stage.ann.uid
    return AT


@pytest.mark.parametrize(
    "over",
    [
        _expires,
        _is_revoked,
        _changes_owner,
        _owner_comes_back,
        _ownership_comes_back,
        _is_the_oldest_again,
    ],
)
def test_an_invite_that_is_over_lets_nobody_in(stage: Stage, over: Callable[[Stage, InviteId], int]) -> None:
    at = over(stage, stage.invites(stage.ann, uses=5))
    before = dict(stage.book.facts)
    with pytest.raises(InviteOver):
        stage.uses(stage.cem, at=at)
    assert stage.book.facts == before


def test_an_invite_that_is_repeated_where_the_first_is_not_known_is_one_with_it(stage: Stage) -> None:
    lagging = two_sides(stage)
    id_ = stage.invites(stage.ann)
    stage.uses(stage.cem)
    asked = m.Invite(stage.gid, invite_hash(stage.gid, SECRET), 1, 24, again=True)
    invite(lagging, stage.ann, asked, AT + 60, QUOTAS)
    heal(stage.book, lagging)
    assert [(one.invite, one.used) for one in stage.listed()] == [(id_, 1)]
    assert list_invites(lagging, stage.ann.uid, m.ListInvites(stage.gid)).invites == stage.listed()
    for book in (stage.book, lagging):
        with pytest.raises(InviteOver):
            stage.uses(stage.dia, book=book)


def test_a_secret_that_is_not_known_here_may_be_known_elsewhere(stage: Stage) -> None:
    with pytest.raises(NotYet):
        stage.uses(stage.cem)
    with pytest.raises(NotYet):  # nor has this tracker heard of the group
        use_invite(stage.book, stage.cem, m.UseInvite(GroupId(bytes(16)), SECRET), AT, QUOTAS)
    with pytest.raises(NotYet):  # to which a link without a secret leads, too
        join(stage.book, stage.cem, m.Join(GroupId(bytes(16))), AT, QUOTAS)


def test_a_link_to_a_group_that_is_no_more_is_of_no_use_anywhere(stage: Stage) -> None:
    stage.invites(stage.ann)
    for actor in (stage.ann, stage.bob):
        leave(stage.book, actor, m.Leave(stage.gid), AT)
    with pytest.raises(NotFound):
        stage.uses(stage.cem)
    with pytest.raises(NotFound):
        join(stage.book, stage.cem, m.Join(stage.gid), AT, QUOTAS)


def test_who_left_cannot_use_a_link_twice_and_who_was_put_out_none_that_is_older(stage: Stage) -> None:
    stage.invites(stage.ann, uses=9)
    stage.uses(stage.cem)
    leave(stage.book, stage.cem, m.Leave(stage.gid), AT)
    with pytest.raises(InviteOver):
        stage.uses(stage.cem)
    remove_member(stage.book, stage.ann, m.RemoveMember(stage.gid, stage.bob.uid), AT)
    with pytest.raises(InviteOver):
        stage.uses(stage.bob)
    stage.invites(stage.ann, OTHER, uses=9)
    for actor in (stage.bob, stage.cem):
        stage.uses(actor, OTHER)
        assert stage.is_in(actor)


def test_who_was_put_out_and_left_where_that_was_not_known_is_out(stage: Stage) -> None:
    stage.invites(stage.ann, uses=9)
    other = two_sides(stage)
    remove_member(stage.book, stage.ann, m.RemoveMember(stage.gid, stage.bob.uid), AT)
    other.wall_s += 1
    leave(other, stage.bob, m.Leave(stage.gid), AT)
    heal(stage.book, other)
    last = fact(stage.book, Member, stage.gid + stage.bob.uid)
    assert last is not None
    assert last.by == stage.bob.uid
    with pytest.raises(InviteOver):
        stage.uses(stage.bob)


def test_whose_invites_count_is_asked_once_however_many_there_are(stage: Stage) -> None:
    for number in range(5):
        stage.invites(stage.ann, bytes([number]) * 16)
    with mock.patch("trackerd.invites.owner", wraps=owner) as asked:
        assert len(stage.listed()) == 5
        assert asked.call_count == 1
        stage.invites(stage.ann)
        assert asked.call_count == 2


def test_a_new_invite_takes_those_away_that_are_over_and_no_group_has_too_many(stage: Stage) -> None:
    first = stage.invites(stage.ann, hours=1)
    invite(
        stage.book, stage.ann, m.Invite(stage.gid, invite_hash(stage.gid, OTHER), 1, 1), AT + HOUR_S, QUOTAS
    )
    assert [one.invite for one in stage.listed()] == [invite_hash(stage.gid, OTHER)[:16]]
    row = stage.book.get(Kind.INVITE, stage.gid + first)
    assert row is not None
    assert not is_live(stage.book, row)
    third = m.Invite(stage.gid, invite_hash(stage.gid, b"3" * 16), 1, 1)
    with pytest.raises(Quota):
        invite(stage.book, stage.ann, third, AT + HOUR_S, Quotas(invites_per_group=1))


def test_who_makes_invites_and_takes_them_back_again_and_again_fills_no_disk(stage: Stage) -> None:
    ids = [stage.invites(stage.ann, bytes([number]) * 16) for number in range(3)]
    for id_ in ids:
        revoke_invite(stage.book, stage.ann, m.RevokeInvite(stage.gid, id_), AT)
    with mock.patch("trackerd.invites.INVITES_KEPT_MAX", 3), pytest.raises(Quota):
        stage.invites(stage.ann)


def test_the_quota_of_members_holds_for_invites_too(stage: Stage) -> None:
    stage.invites(stage.ann)
    with pytest.raises(Quota):
        use_invite(stage.book, stage.cem, m.UseInvite(stage.gid, SECRET), AT, Quotas(members_per_group=2))


def test_trackers_that_cannot_talk_each_let_in_as_many_and_all_of_them_stay(stage: Stage) -> None:
    stage.invites(stage.ann, uses=1)
    other = two_sides(stage)
    stage.uses(stage.cem)
    stage.uses(stage.dia, book=other)
    heal(stage.book, other)
    assert stage.book.facts == other.facts
    assert stage.is_in(stage.cem)
    assert stage.is_in(stage.dia)
    with pytest.raises(InviteOver):
        stage.uses(stage.eve, book=other)
    assert [(one.uses, one.used) for one in stage.listed()] == [(1, 2)]


def test_who_uses_it_on_both_sides_is_in_once(stage: Stage) -> None:
    stage.invites(stage.ann, uses=1)
    other = two_sides(stage)
    stage.uses(stage.cem)
    stage.uses(stage.cem, book=other)
    heal(stage.book, other)
    assert stage.is_in(stage.cem)
    assert is_pending(stage.book, stage.gid, stage.cem.uid) is None
    assert [one.used for one in stage.listed()] == [1]


def test_nobody_mirrors_invites(stage: Stage) -> None:
    stage.invites(stage.ann)
    stage.uses(stage.cem)
    rows = [row for row in stage.book.facts.values() if row.kind in (Kind.INVITE, Kind.INVITE_USE)]
    assert len(rows) == 2
    assert all(listings_of(stage.book, row) == [] for row in rows)
    for scope in (m.ME, m.NETWORK, stage.gid):
        assert not {*rows} & {*sync(stage.book, stage.ann.uid, m.Sync(scope, {})).rows}


def test_an_invite_that_was_taken_back_is_collected_with_its_uses_and_membership_is_as_before(
    stage: Stage,
) -> None:
    id_ = stage.invites(stage.ann, uses=2)
    stage.uses(stage.cem)
    kept = dict(stage.book.facts)
    assert not [row for row in kept.values() if is_collectable(stage.book, row)]
    revoke_invite(stage.book, stage.ann, m.RevokeInvite(stage.gid, id_), AT)
    for key in (
        Key(Kind.INVITE_USE, stage.gid + id_ + stage.cem.uid),
        Key(Kind.INVITE, stage.gid + id_),
    ):
        assert [row.key for row in stage.book.facts.values() if is_collectable(stage.book, row)] == [key]
        del stage.book.facts[key]
    assert stage.is_in(stage.cem)


def _taken_back(stage: Stage, id_: InviteId) -> None:
    revoke_invite(stage.book, stage.ann, m.RevokeInvite(stage.gid, id_), AT)


def _expired(stage: Stage, id_: InviteId) -> None:
    close_spent(stage.book, [stage.gid + id_], AT + 48 * HOUR_S)


def _used_up(stage: Stage, id_: InviteId) -> None:
    stage.uses(stage.dia, at=AT + HOUR_S)
    close_spent(stage.book, [stage.gid + id_], AT + 25 * HOUR_S)


@pytest.mark.parametrize("close", [_taken_back, _expired, _used_up])
def test_who_was_put_out_is_remembered_for_as_long_as_an_older_invite_is_live(
    stage: Stage, close: Callable[[Stage, InviteId], None]
) -> None:
    id_ = stage.invites(stage.ann)
    for actor in (stage.cem, stage.eve):
        let_in(stage.book, stage.ann, stage.gid, actor)
        remove_member(stage.book, stage.ann, m.RemoveMember(stage.gid, actor.uid), AT)
        stage.invites(stage.ann, OTHER, uses=2)  # a later one keeps nothing

    def collect() -> set[int]:
        """Pass by pass, until nothing goes any more."""
        kinds: set[int] = set()
        while going := [row for row in stage.book.facts.values() if is_collectable(stage.book, row)]:
            stage.book.purge(going)
            kinds |= {row.kind for row in going}
        return kinds

    assert collect() == {Kind.REQUEST}
    with pytest.raises(InviteOver):
        stage.uses(stage.cem)
    close(stage, id_)
    assert {Kind.INVITE, Kind.MEMBER} <= collect()
    assert fact(stage.book, Member, stage.gid + stage.cem.uid) is None
    with pytest.raises(NotYet):
        stage.uses(stage.cem)
    stage.uses(stage.cem, OTHER)


def test_an_invite_is_closed_a_day_after_it_is_of_no_use_and_not_before(stage: Stage) -> None:
    id_ = stage.gid + stage.invites(stage.ann, uses=2, hours=24)

    def is_live_at(at: int) -> bool:
        close_spent(stage.book, [id_], at)
        body = fact(stage.book, Invite, id_)
        return body is not None and body.live

    assert is_live_at(AT + 48 * HOUR_S - 1)
    stage.uses(stage.cem, at=AT)
    assert is_live_at(AT + 24 * HOUR_S)
    stage.uses(stage.dia, at=AT + HOUR_S)
    assert is_live_at(AT + 25 * HOUR_S - 1)
    assert not is_live_at(AT + 25 * HOUR_S)
    before = dict(stage.book.facts)
    assert not is_live_at(AT + 99 * HOUR_S)
    assert stage.book.facts == before


def test_an_invite_whose_id_is_not_made_from_its_hash_is_a_violation(stage: Stage) -> None:
    def row(id_: bytes, body: Body) -> Row:
        return Row(Kind.INVITE, id_, 1, 1, 1, encode_body(body))

    hash_ = invite_hash(stage.gid, SECRET)
    body = Invite(hash_, 1, AT, stage.ann.uid, Epoch(1, 1), True, AT)
    check(row(stage.gid + hash_[:16], body))
    with pytest.raises(Violation):
        check(row(stage.gid + UserId(bytes(16)), body))


def test_a_request_that_was_withdrawn_is_opened_anew_by_the_link(stage: Stage) -> None:
    stage.invites(stage.ann)
    join(stage.book, stage.cem, m.Join(stage.gid), AT, QUOTAS)
    withdraw(stage.book, stage.cem, m.Withdraw(stage.gid), AT)
    stage.uses(stage.cem)
    request = fact(stage.book, Request, stage.gid + stage.cem.uid)
    assert request is not None
    assert request.open
