from collections.abc import Iterable

import pytest

import shared.wire.tracker_messages as m
from shared.errors import NotAMember
from shared.facts.derive import is_pending, members, owner, visible_entries
from shared.facts.ids import GroupId
from shared.facts.rows import Key, Kind, Row
from shared.facts.tombstones import is_collectable, is_live
from tests.support.memory_book import AT, QUOTAS, MemoryBook, group, let_in, person, share_file
from trackerd.rules import Actor, delete_user, join, leave, reject, remove_member, revoke_device, stop_share


def shown(book: MemoryBook, gid: GroupId, people: Iterable[Actor]) -> object:
    waiting = [is_pending(book, gid, actor.uid) for actor in people]
    return members(book, gid), owner(book, gid), visible_entries(book, gid), waiting


def collect(book: MemoryBook) -> set[Key]:
    """What goes in one pass. Asked before anything is deleted."""
    going = {row.key for row in book.facts.values() if is_collectable(book, row)}
    for key in going:
        del book.facts[key]
    return going


def live(book: MemoryBook) -> dict[Key, Row]:
    return {key: row for key, row in book.facts.items() if is_live(book, row)}


def test_what_is_over_goes_pass_by_pass_and_nothing_looks_different_for_it() -> None:
    book = MemoryBook()
    ann, bob, cem, dia, eve = people = [person(book, name) for name in ("Ann", "Bob", "Cem", "Dia", "Eve")]
    gid = group(book, ann, "Band")
    let_in(book, ann, gid, bob, dia)
    for actor in (ann, bob):
        share_file(book, actor, gid, "song.ogg")
    eid = share_file(book, ann, gid, "other.ogg")
    stop_share(book, ann, m.StopShare(gid, [eid]), AT)
    remove_member(book, ann, m.RemoveMember(gid, bob.uid), AT)
    leave(book, dia, m.Leave(gid), AT)
    join(book, dia, m.Join(gid), AT, QUOTAS)
    join(book, cem, m.Join(gid), AT, QUOTAS)
    reject(book, ann, m.Reject(gid, cem.uid), AT)
    delete_user(book, eve, AT)
    before, alive = shown(book, gid, people), live(book)
    assert collect(book) == {
        (Kind.SHARE, gid + eid + ann.dev),
        (Kind.REQUEST, gid + bob.uid),
        (Kind.REQUEST, gid + cem.uid),
        (Kind.MEMBER, gid + dia.uid),  # her request is newer, and pending with and without it
    }
    assert (shown(book, gid, people), live(book)) == (before, alive)
    assert collect(book) == {(Kind.MEMBER, gid + bob.uid)}
    assert (shown(book, gid, people), book.facts) == (before, alive)


def test_the_request_that_a_member_came_in_by_stays_while_the_member_does() -> None:
    book = MemoryBook()
    ann, bob = person(book, "Ann"), person(book, "Bob")
    gid = group(book, ann, "Band")
    let_in(book, ann, gid, bob)
    assert collect(book) == set()
    assert live(book) == book.facts


def test_what_holds_for_ever_is_never_collected() -> None:
    book = MemoryBook()
    ann = person(book, "Ann")
    revoke_device(book, ann, m.RevokeDevice(ann.dev), AT)
    delete_user(book, ann, AT)
    assert collect(book) == set()


def test_who_comes_back_after_the_membership_was_collected_owns_and_shares_nothing_of_then() -> None:
    book = MemoryBook()
    ann, bob = person(book, "Ann"), person(book, "Bob")
    gid = group(book, ann, "Band")
    let_in(book, ann, gid, bob)
    share_file(book, ann, gid, "song.ogg")
    leave(book, ann, m.Leave(gid), AT)
    collect(book)
    assert collect(book) == set()  # the first member asked for nothing: one pass was enough
    let_in(book, bob, gid, ann)
    assert owner(book, gid) == bob.uid
    assert visible_entries(book, gid) == []


def test_a_leave_that_is_repeated_when_its_row_was_collected_is_told_that_there_is_no_membership() -> None:
    # Not that it is done: a tracker that is behind knows no membership either, and would have to undo one.
    book = MemoryBook()
    ann, bob = person(book, "Ann"), person(book, "Bob")
    gid = group(book, ann, "Band")
    let_in(book, ann, gid, bob)
    leave(book, bob, m.Leave(gid), AT)
    assert leave(book, bob, m.Leave(gid, again=True), AT) == m.Left(None)
    collect(book)
    collect(book)
    with pytest.raises(NotAMember):
        leave(book, bob, m.Leave(gid, again=True), AT)
