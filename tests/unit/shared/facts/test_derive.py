import contextlib
import random
from collections.abc import Callable

from hypothesis import given
from hypothesis import strategies as st

import shared.wire.tracker_messages as m
from shared.errors import Refused
from shared.facts.derive import (
    Sharer,
    is_pending,
    live_shares,
    members,
    membership,
    owner,
    pending,
    resolve_group,
    resolve_user,
    shown_group,
    shown_user,
    user_of_device,
    visible_entries,
)
from shared.facts.ids import DeviceId, EntryId, GroupId, UserId, entry_id, user_id
from shared.facts.rows import Cred, Entry, Kind, Revoked, Share
from tests.support.memory_book import AT, QUOTAS, MemoryBook, group, let_in, nonce, person, share_file
from trackerd.rules import (
    Actor,
    accept,
    create_user,
    delete_user,
    join,
    leave,
    reject,
    remove_member,
    stop_share,
    transfer,
)

NO_DEVICE = DeviceId(b"")
lots = st.randoms(use_true_random=False)


def in_step(*books: MemoryBook) -> None:
    for _ in books:
        for one in books:
            for other in books:
                other.merge(one.above(other.seen))
                other.finish_round(one.seen)


def names(book: MemoryBook, gid: GroupId) -> dict[str, bytes]:
    return {entry.name: entry.eid for entry in visible_entries(book, gid)}


# --- groups --------------------------------------------------------------------------------------


@given(lots)
def test_a_group_with_members_has_one_owner_a_member_and_all_trackers_agree(
    lot: random.Random,
) -> None:
    books = [MemoryBook(number=number, wall_s=1e9 + lot.uniform(-200, 200)) for number in (1, 2, 3)]
    people = [person(books[0], name) for name in ("Ann", "Bob", "Cem", "Dia")]
    gid = group(books[0], people[0], "Band")
    in_step(*books)
    for _ in range(lot.randrange(60)):
        book, actor, other = lot.choice(books), lot.choice(people), lot.choice(people)
        if lot.random() < 0.2:
            source = lot.choice(books)
            book.merge(source.above(book.seen))
            book.finish_round(source.seen)
        _try_something(book, actor, other, gid, lot)
        _check_owner(book, gid)
    in_step(*books)
    for book in books:
        _check_owner(book, gid)
        assert book.facts == books[0].facts
        assert (owner(book, gid), members(book, gid)) == (owner(books[0], gid), members(books[0], gid))
        assert not {uid for uid, _ in pending(book, gid)} & {uid for uid, _ in members(book, gid)}


def _try_something(book: MemoryBook, actor: Actor, other: Actor, gid: GroupId, lot: random.Random) -> None:
    lord = owner(book, gid)
    host = Actor(lord, NO_DEVICE) if lord and lot.random() < 0.8 else actor
    steps: list[Callable[[], object]] = [
        lambda: join(book, actor, m.Join(gid), AT, QUOTAS),
        lambda: accept(book, host, m.Accept(gid, other.uid), AT, QUOTAS),
        lambda: accept(book, host, m.Accept(gid, other.uid), AT, QUOTAS),
        lambda: reject(book, host, m.Reject(gid, other.uid), AT),
        lambda: leave(book, actor, m.Leave(gid), AT),
        lambda: transfer(book, host, m.Transfer(gid, other.uid), AT),
        lambda: remove_member(book, host, m.RemoveMember(gid, other.uid), AT),
    ]
    with contextlib.suppress(Refused):
        lot.choice(steps)()


def _check_owner(book: MemoryBook, gid: GroupId) -> None:
    everybody = [uid for uid, _ in members(book, gid)]
    lord = owner(book, gid)
    assert lord in everybody if everybody else lord is None


def test_two_accepts_of_one_request_on_two_trackers_begin_one_membership() -> None:
    here, there = MemoryBook(number=1), MemoryBook(number=2)
    ann, bob = person(here, "Ann"), person(here, "Bob")
    gid = group(here, ann, "Band")
    join(here, bob, m.Join(gid), AT, QUOTAS)
    in_step(here, there)
    accept(here, ann, m.Accept(gid, bob.uid), AT, QUOTAS)
    epoch = membership(here, gid, bob.uid)
    share_file(here, bob, gid, "song.ogg")
    accept(there, ann, m.Accept(gid, bob.uid), AT, QUOTAS)
    in_step(here, there)
    assert membership(here, gid, bob.uid) == epoch
    assert list(names(there, gid)) == ["song.ogg"]


def test_owner_leaves_here_and_accepts_there_and_both_stand() -> None:
    here, there = MemoryBook(number=1), MemoryBook(number=2)
    ann, bob, cem = (person(here, name) for name in ("Ann", "Bob", "Cem"))
    gid = group(here, ann, "Band")
    let_in(here, ann, gid, bob)
    join(here, cem, m.Join(gid), AT, QUOTAS)
    in_step(here, there)
    assert leave(here, ann, m.Leave(gid), AT).owner == bob.uid
    accept(there, ann, m.Accept(gid, cem.uid), AT, QUOTAS)
    in_step(here, there)
    for book in (here, there):
        assert [uid for uid, _ in members(book, gid)] == [bob.uid, cem.uid]
        assert owner(book, gid) == bob.uid


def test_an_owner_who_left_and_came_back_does_not_own_the_group_again() -> None:
    book = MemoryBook()
    ann, bob = person(book, "Ann"), person(book, "Bob")
    gid = group(book, ann, "Band")
    let_in(book, ann, gid, bob)
    leave(book, ann, m.Leave(gid), AT)
    let_in(book, bob, gid, ann)
    assert owner(book, gid) == bob.uid
    leave(book, bob, m.Leave(gid), AT)
    assert owner(book, gid) == ann.uid


def test_a_request_is_pending_until_it_is_answered_and_not_again_after_a_removal() -> None:
    book = MemoryBook()
    ann, bob, cem = (person(book, name) for name in ("Ann", "Bob", "Cem"))
    gid = group(book, ann, "Band")
    join(book, cem, m.Join(gid), AT, QUOTAS)
    join(book, bob, m.Join(gid), AT + 1, QUOTAS)
    assert [(uid, body.at) for uid, body in pending(book, gid)] == [(cem.uid, AT), (bob.uid, AT + 1)]
    accept(book, ann, m.Accept(gid, bob.uid), AT, QUOTAS)
    remove_member(book, ann, m.RemoveMember(gid, bob.uid), AT)
    delete_user(book, cem, AT)
    assert pending(book, gid) == []
    assert is_pending(book, gid, bob.uid) is None
    join(book, bob, m.Join(gid), AT, QUOTAS)
    assert is_pending(book, gid, bob.uid)


def test_a_user_who_is_gone_takes_memberships_devices_and_files_along_and_ownership_passes_on() -> None:
    book = MemoryBook()
    ann, bob = person(book, "Ann"), person(book, "Bob")
    gid = group(book, ann, "Band")
    let_in(book, ann, gid, bob)
    share_file(book, ann, gid, "song.ogg")
    delete_user(book, ann, AT)
    assert owner(book, gid) == bob.uid
    assert user_of_device(book, ann.dev) is None
    assert visible_entries(book, gid) == []
    assert resolve_user(book, "Ann") == []


# --- names ---------------------------------------------------------------------------------------

spellings = st.lists(st.sampled_from(["Ann", "ann", "ANN", "Änn", "Bob", "ß", "SS"]), min_size=1, max_size=12)


@given(spellings, lots)
def test_shown_names_are_unique_and_each_leads_back_to_its_own(spelt: list[str], lot: random.Random) -> None:
    books = [MemoryBook(number=number, wall_s=1e9 + lot.uniform(-200, 200)) for number in (1, 2, 3)]
    for number, name in enumerate(spelt):
        request = m.CreateUser(nonce(f"{number}"), name, "password")
        try:
            create_user(lot.choice(books), request, Cred("hash"), AT)
        except Refused:
            continue
    in_step(*books)
    for book in books:
        uids = [UserId(row.id) for row in book.scan(Kind.USER, b"")]
        shown = {uid: shown_user(book, uid) for uid in uids}
        assert shown == {uid: shown_user(books[0], uid) for uid in uids}
        assert len(set(shown.values())) == len(uids)
        for uid, name in shown.items():
            assert resolve_user(book, name)[0] == uid
            assert "~" not in name or resolve_user(book, name) == [uid]
            assert uid in resolve_user(book, name.partition("~")[0])


def test_a_later_claim_is_shown_with_enough_of_its_id_and_gets_the_bare_name_when_it_is_free() -> None:
    here, there = MemoryBook(number=1, wall_s=1e9), MemoryBook(number=2, wall_s=1e9 + 1)
    first, second = person(here, "Ann").uid, create_as(there, "ann", "other").uid
    in_step(here, there)
    assert shown_user(there, first) == "Ann"
    assert shown_user(here, second) == f"ann~{second.hex()[:4]}"
    assert resolve_user(here, "aNN") == [first, second]
    assert resolve_user(here, f"Ann~{second.hex()[:6].upper()}") == [second]
    assert resolve_user(here, f"ann~{second.hex()[:3]}") == []
    delete_user(here, Actor(first, NO_DEVICE), AT)
    assert shown_user(here, second) == "ann"
    assert resolve_user(here, "Ann") == [second]


def create_as(book: MemoryBook, name: str, seed: str) -> m.Created:
    return create_user(book, m.CreateUser(nonce(seed), name, "password"), Cred("hash"), AT)


def test_a_user_whose_own_row_has_yet_to_come_from_another_tracker_is_shown_by_a_mark() -> None:
    assert shown_user(MemoryBook(), UserId(bytes(16))) == "~0000"


def test_ids_that_begin_alike_are_shown_with_more_digits() -> None:
    seeds: dict[str, list[str]] = {}
    number = 0
    while not any(len(found) == 2 for found in seeds.values()):
        seeds.setdefault(user_id(nonce(str(number))).hex()[:4], []).append(str(number))
        number += 1
    one, other = next(found for found in seeds.values() if len(found) == 2)
    books = [MemoryBook(number=number, wall_s=1e9 + number) for number in (1, 2, 3)]
    person(books[0], "Ann")
    uids = [create_as(books[1], "Ann", one).uid, create_as(books[2], "Ann", other).uid]
    in_step(*books)
    shown = {shown_user(books[0], uid) for uid in uids}
    assert len(shown) == 2
    assert all(len(name) > len("Ann~xxxx") for name in shown)


def test_an_empty_groups_name_is_free() -> None:
    book = MemoryBook()
    ann, bob = person(book, "Ann"), person(book, "Bob")
    old = group(book, ann, "Band")
    leave(book, ann, m.Leave(old), AT)
    assert resolve_group(book, "band") == []
    new = group(book, bob, "band", "new")
    assert resolve_group(book, "Band") == [new]
    assert shown_group(book, new) == "band"


# --- shared files --------------------------------------------------------------------------------


def test_an_entry_is_visible_while_a_member_of_then_and_now_shares_it_from_a_device_that_may() -> None:
    book = MemoryBook()
    ann, bob = person(book, "Ann"), person(book, "Bob")
    tablet = person(book, "Bob", "tablet")
    gid = group(book, ann, "Band")
    let_in(book, ann, gid, bob)
    eid = share_file(book, bob, gid, "song.ogg", "la")
    share_file(book, ann, gid, "song.ogg", "la")
    share_file(book, tablet, gid, "song.ogg", "la")
    assert {sharer for _, sharer in live_shares(book, gid, eid)} == {
        Sharer(*ann),
        Sharer(*bob),
        Sharer(*tablet),
    }
    book.write(Kind.REVOKED, tablet.dev, Revoked(AT))
    (entry,) = visible_entries(book, gid)
    assert set(entry.sharers) == {Sharer(*ann), Sharer(*bob)}
    leave(book, ann, m.Leave(gid), AT)
    let_in(book, bob, gid, ann)
    assert visible_entries(book, gid)[0].sharers == (Sharer(*bob),)
    share_file(book, ann, gid, "song.ogg", "la")
    assert len(visible_entries(book, gid)[0].sharers) == 2


def test_of_two_contents_with_one_name_the_earliest_is_called_so_and_goes_on_through_new_versions() -> None:
    book = MemoryBook()
    ann, bob = person(book, "Ann"), person(book, "Bob")
    gid = group(book, ann, "Band")
    let_in(book, ann, gid, bob)
    anns = share_file(book, ann, gid, "a.txt", "ann's")
    bobs = share_file(book, bob, gid, "a.txt", "bob's")
    assert names(book, gid) == {"a.txt": anns, f"a ({bobs.hex()[:4]}).txt": bobs}
    newer = share_file(book, ann, gid, "a.txt", "ann's newer", replaces=anns)
    assert names(book, gid) == {
        "a.txt": newer,
        f"a ({bobs.hex()[:4]}).txt": bobs,
        f"a ({anns.hex()[:4]}).txt": anns,
    }
    stop(book, ann, gid, anns)
    assert names(book, gid)["a.txt"] == newer
    stop(book, ann, gid, newer)
    assert names(book, gid) == {"a.txt": bobs}


def test_nobody_takes_over_the_name_of_anothers_file() -> None:
    book = MemoryBook()
    ann, bob = person(book, "Ann"), person(book, "Bob")
    gid = group(book, ann, "Band")
    let_in(book, ann, gid, bob)
    own = share_file(book, bob, gid, "b.txt", "bob's other")
    anns = share_file(book, ann, gid, "a.txt", "ann's")
    for replaced in (anns, own, EntryId(bytes(16))):
        bobs = share_file(book, bob, gid, "a.txt", f"bob's {replaced!r}", replaces=replaced)
        assert names(book, gid)["a.txt"] == anns
        # A row that says so all the same, from a tracker that did not check.
        forged = Entry("a.txt", 1, nonce("forged"), 1, bytes(20), bob.uid, AT, replaced)
        eid = entry_id(gid, "a.txt", nonce("forged"), 1)
        epoch = membership(book, gid, bob.uid)
        assert epoch
        book.write(Kind.ENTRY, gid + eid, forged)
        book.write(Kind.SHARE, gid + eid + bob.dev, Share(bob.uid, epoch, True, AT))
        assert names(book, gid)["a.txt"] == anns
        assert bobs in names(book, gid).values()


@given(lots)
def test_names_of_visible_entries_are_unique_and_the_same_everywhere(lot: random.Random) -> None:
    books = [MemoryBook(number=number, wall_s=1e9 + lot.uniform(-200, 200)) for number in (1, 2)]
    people = [person(books[0], name) for name in ("Ann", "Bob")]
    gid = group(books[0], people[0], "Band")
    let_in(books[0], people[0], gid, people[1])
    in_step(*books)
    eids: list[EntryId | None] = [None]
    for _ in range(lot.randrange(25)):
        name = lot.choice(["a.txt", "b/a.txt", "a", "x" * 250, "x" * 249 + "y"])
        if (eid := lot.choice(eids)) and lot.random() < 0.2:
            name = f"a ({eid.hex()[:4]}).txt"
        content, replaced = str(lot.randrange(8)), lot.choice(eids)
        eids.append(share_file(lot.choice(books), lot.choice(people), gid, name, content, replaced))
        if lot.random() < 0.3:
            in_step(*books)
    in_step(*books)
    listing = visible_entries(books[0], gid)
    assert visible_entries(books[1], gid) == listing
    assert len({entry.name for entry in listing}) == len(listing) == len(set(eids)) - 1
    exact = {entry.entry.name for entry in listing}
    assert exact <= {entry.name for entry in listing}


def stop(book: MemoryBook, actor: Actor, gid: GroupId, eid: EntryId) -> None:
    stop_share(book, actor, m.StopShare(gid, [eid]), AT)
