"""Rows that say that something is no more: deleted once every tracker has them, and missed by nobody."""

import asyncio
import contextlib
from collections.abc import Callable
from pathlib import Path
from unittest import mock

import pytest

import shared.wire.tracker_messages as m
from shared.clock import SystemClock
from shared.facts.derive import is_pending, live_shares
from shared.facts.ids import EntryId, Epoch, GroupId
from shared.facts.rows import Kind, Row, Share, encode_body
from shared.limits import HOUR_S, ROWS_PAGE_MAX, TOMBSTONES_KEPT_S
from tests.support.memory_book import AT, QUOTAS, group, let_in, person, share_file
from tests.support.stores import L, parts_of, take, touch, with_stores
from tests.support.tracker_data import ClockAt
from tests.support.waiting import LONG_S
from trackerd.invites import invite, list_invites
from trackerd.mesh.collecting import Collecting
from trackerd.questions import sync
from trackerd.rules import Actor, Book, join, leave, remove_member, stop_share
from trackerd.store.book import Commit
from trackerd.store.store import Store

EVER = 1 << 62


def band(book: Book) -> tuple[Actor, Actor, GroupId, EntryId]:
    ann, bob = person(book, "Ann"), person(book, "Bob")
    gid = group(book, ann, "Band")
    let_in(book, ann, gid, bob)
    return ann, bob, gid, share_file(book, bob, gid, "song")


def silence(bob: Actor, gid: GroupId, eid: EntryId) -> Callable[[Book], object]:
    return lambda book: stop_share(book, bob, m.StopShare(gid, [eid]), AT)


async def collect(store: Store, *kinds: Kind) -> list[Row]:
    """As if every tracker had everything."""
    found = [row for row in await store.tombstones(EVER, None, 1000) if row.kind in kinds or not kinds]
    assert await store.purge(found) == len(found)
    return found


async def shared_and_stopped(store: Store, *others: Store) -> tuple[Actor, GroupId, Row]:
    """The others take the share. The tombstone that ends it they never see: it is purged."""
    _, bob, gid, eid = (await store.write(band)).value
    for other in others:
        await take(other, await parts_of(store, {}))
    await store.write(silence(bob, gid, eid))
    (tombstone,) = await collect(store)
    return bob, gid, tombstone


def test_what_is_purged_is_in_no_row_no_count_and_no_question_any_more(tmp_path: Path) -> None:
    async def scenario(store: Store) -> None:
        _, gid, tombstone = await shared_and_stopped(store)
        assert store.rows.get(Kind.SHARE, tombstone.id) is None
        assert Kind.SHARE not in store.rows_by_kind
        assert store.rows.gc(gid) == {tombstone.log: tombstone.seq}
        assert await store.purge([tombstone]) == 0

    with_stores(tmp_path, scenario)


def test_only_what_is_unchanged_and_still_over_is_purged(tmp_path: Path) -> None:
    async def scenario(store: Store) -> None:
        _, bob, gid, eid = (await store.write(band)).value
        live = store.rows.get(Kind.SHARE, gid + eid + bob.dev)
        assert live
        await store.write(silence(bob, gid, eid))
        (stopped,) = await store.tombstones(EVER, None, 10)
        await store.write(lambda book: share_file(book, bob, gid, "song"))
        assert await store.purge([live, stopped]) == 0
        assert dict(live_shares(store.rows, gid)).keys() == {eid}

    with_stores(tmp_path, scenario)


def test_a_membership_that_is_over_waits_for_the_request_that_it_answered(tmp_path: Path) -> None:
    async def scenario(store: Store) -> None:
        _, bob, gid, _ = (await store.write(band)).value
        await store.write(lambda book: leave(book, bob, m.Leave(gid), AT))
        first = await collect(store)
        assert [row.kind for row in first] == [Kind.REQUEST]
        second = await collect(store)
        assert [row.kind for row in second] == [Kind.MEMBER]
        assert is_pending(store.rows, gid, bob.uid) is None
        assert store.rows.gc(bob.uid) == store.rows.gc(gid) == {second[0].log: second[0].seq}
        await store.write(lambda book: join(book, bob, m.Join(gid), AT, QUOTAS))
        assert await collect(store) == []

    with_stores(tmp_path, scenario)


def test_candidates_come_in_the_order_of_their_keys_a_few_at_a_time(tmp_path: Path) -> None:
    async def scenario(store: Store) -> None:
        _, bob, gid, _ = (await store.write(band)).value
        eids = [
            (await store.write(lambda book, name=name: share_file(book, bob, gid, name))).value  # type: ignore[misc]
            for name in "abcdef"
        ]
        await store.write(lambda book: stop_share(book, bob, m.StopShare(gid, eids), AT))
        everything = await store.tombstones(EVER, None, 100)
        assert len(everything) == 6
        assert everything == sorted(everything, key=lambda row: row.key)
        found: list[Row] = []
        while some := await store.tombstones(EVER, found[-1].key if found else None, 2):
            found += some
        assert found == everything
        first = min(everything, key=lambda row: row.hlc)
        assert await store.tombstones(first.hlc + 1, None, 100) == [first]

    with_stores(tmp_path, scenario)


def test_who_never_saw_what_is_purged_gets_the_whole_and_drops_what_it_ended(tmp_path: Path) -> None:
    async def scenario(one: Store, two: Store) -> None:
        told: list[Commit] = []
        _, gid, tombstone = await shared_and_stopped(one, two)
        await two.write(touch(1))
        two.on_commit = told.append
        parts = await parts_of(one, two.seen)
        assert all(part.whole for part in parts)
        await take(two, parts)
        assert two.rows.get(Kind.SHARE, tombstone.id) is None
        assert two.seen.items() >= one.seen.items()
        assert told[-1].relist == {gid: None}
        assert len(list(two.rows.scan(Kind.RENEWED, b""))) == 1, "which the other does not know yet"
        assert two.rows.gc(gid) == one.rows.gc(gid)
        assert not any(part.whole for part in await parts_of(one, two.seen))

    with_stores(tmp_path, scenario, 2)


def test_when_a_whole_round_is_told_of_what_it_dropped_is_read_by_nobody_any_more(tmp_path: Path) -> None:
    async def scenario(one: Store, two: Store) -> None:
        _, _, tombstone = await shared_and_stopped(one, two)
        read: list[Row | None] = [two.rows.get(Kind.SHARE, tombstone.id)]
        two.on_commit = lambda _commit: read.append(two.rows.get(Kind.SHARE, tombstone.id))
        await take(two, await parts_of(one, two.seen))
        assert read[0] is not None
        assert read[-1] is None

    with_stores(tmp_path, scenario, 2)


def test_a_whole_round_that_is_cut_drops_nothing_and_its_listing_is_not_taken_for_the_next(
    tmp_path: Path,
) -> None:
    async def scenario(one: Store, two: Store) -> None:
        _, _, tombstone = await shared_and_stopped(one, two)
        parts = await parts_of(one, two.seen)
        cut = await take(two, [*parts[:1], parts[1]._replace(rows=[tombstone], end=None)])
        assert two.rows.get(Kind.SHARE, tombstone.id)
        await two.forget_listing(cut)
        await take(two, parts)
        assert two.rows.get(Kind.SHARE, tombstone.id) is None

    with_stores(tmp_path, scenario, 2)


def test_the_listings_of_two_rounds_are_not_taken_for_one(tmp_path: Path) -> None:
    async def scenario(one: Store, two: Store) -> None:
        await shared_and_stopped(one, two)
        parts = await parts_of(one, two.seen)
        first = await take(two, [part._replace(end=None) for part in parts])
        before = two.rows_by_kind
        await take(two, [parts[-1]._replace(rows=[], end={})])
        assert two.rows_by_kind == before
        await take(two, [parts[-1]._replace(rows=[])], first)
        assert two.rows_by_kind == one.rows_by_kind

    with_stores(tmp_path, scenario, 2)


def test_who_begins_from_nothing_knows_what_was_purged_before_and_passes_it_on(tmp_path: Path) -> None:
    async def scenario(one: Store, old: Store, new: Store) -> None:
        _, gid, tombstone = await shared_and_stopped(one, old)
        parts = await parts_of(one, {})
        assert not any(part.whole for part in parts)
        await take(new, parts)
        assert new.rows.gc(gid) == {tombstone.log: tombstone.seq}
        await take(old, await parts_of(new, old.seen))
        assert old.rows.get(Kind.SHARE, tombstone.id) is None

    with_stores(tmp_path, scenario, 3)


def test_a_round_begins_anew_as_a_whole_one_when_what_it_would_lack_is_purged_under_it(
    tmp_path: Path,
) -> None:
    async def scenario(one: Store, two: Store) -> None:
        _, bob, gid, eid = (await one.write(band)).value
        await take(two, await parts_of(one, {}))
        await one.write(lambda book: [touch(key)(book) for key in range(2 * ROWS_PAGE_MAX)])
        await one.write(silence(bob, gid, eid))
        async with contextlib.aclosing(one.round_above(two.seen)) as parts:
            await take(two, [await anext(parts)])
            (tombstone,) = await collect(one)
            rest = [part async for part in parts]
        assert all(part.whole for part in rest), (
            "one more page would claim what is deleted, if it were the last"
        )
        assert tombstone not in [row for part in rest for row in part.rows]
        await take(two, rest)
        assert two.rows.get(Kind.SHARE, tombstone.id) is None

    with_stores(tmp_path, scenario, 2)


def test_who_takes_a_round_writes_later_than_what_its_sender_ever_read_and_has_deleted(
    tmp_path: Path,
) -> None:
    """As that may still stand on a third tracker, and would beat what is written then."""

    async def scenario(one: Store, two: Store) -> None:
        _, bob, gid, eid = (await one.write(band)).value
        key, future = gid + eid + bob.dev, 1 << 61
        tombstone = Row(Kind.SHARE, key, future, L, 1, encode_body(Share(bob.uid, Epoch(1, 1), False, AT)))
        assert await one.take_live(L, 1, 1, [tombstone])
        assert await collect(one) == [tombstone]
        parts = await parts_of(one, {})
        assert all(row.hlc < future for part in parts for row in part.rows)
        await take(two, parts)
        (again,) = (await two.write(lambda book: share_file(book, bob, gid, "song"))).rows
        assert again.beats(tombstone)

    with_stores(tmp_path, scenario, 2)


def test_a_mirror_that_never_saw_what_is_purged_is_listed_everything_once(tmp_path: Path) -> None:
    async def scenario(store: Store) -> None:
        ann, bob, gid, eid = (await store.write(band)).value

        def page(vv: dict[int, int], scope: bytes = gid) -> m.SyncPage:
            return sync(store.rows, ann.uid, m.Sync(scope, vv))

        before = page({})
        assert before.vv
        await store.write(silence(bob, gid, eid))
        (stopped,) = page(before.vv).rows
        await collect(store)
        listed = page(before.vv)
        assert listed.full
        assert listed.rows == [row for row in before.rows if row.key != stopped.key]
        assert listed.vv == store.seen
        again = page(listed.vv)
        assert (again.full, again.rows) == (False, [])
        assert again.vv
        assert not page(again.vv).full

    with_stores(tmp_path, scenario)


@pytest.mark.slow
def test_invites_are_closed_and_collected_and_no_mirror_of_the_group_is_listed_anew(tmp_path: Path) -> None:
    async def scenario(store: Store, other: Store) -> None:
        ann, bob, gid, _ = (await store.write(band)).value
        made = m.Invite(gid, bytes(32), 1, 1)
        await store.write(lambda book: invite(book, ann, made, AT, QUOTAS))
        await store.write(lambda book: remove_member(book, ann, m.RemoveMember(gid, bob.uid), AT))
        before = sync(store.rows, ann.uid, m.Sync(gid, {}))
        assert before.vv
        await store.close_invites(AT + 24 * HOUR_S)
        await collect(store)
        assert Kind.INVITE in store.rows_by_kind
        await take(other, await parts_of(store, {}))
        with mock.patch.multiple("trackerd.mesh.collecting", COLLECT_FIRST_S=0.0, COLLECT_EVERY_S=0.01):
            care = Collecting(store, ClockAt(SystemClock().wall_s() + 2 * TOMBSTONES_KEPT_S))
            daily = asyncio.ensure_future(care.run(lambda: [2]))  # noqa: TID251  awaited below
            async with asyncio.timeout(LONG_S):
                while not care.wanted():  # noqa: ASYNC110  it waits for a tracker that is away
                    await asyncio.sleep(0.01)
                late = m.Invite(gid, b"l" * 32, 1, 1)
                await store.write(lambda book: invite(book, ann, late, AT, QUOTAS))
                while list_invites(store.rows, ann.uid, m.ListInvites(gid)).invites:  # noqa: ASYNC110  as above
                    await asyncio.sleep(0.01)
            daily.cancel()
            with contextlib.suppress(asyncio.CancelledError):
                await daily
        closed = await collect(store, Kind.INVITE)
        made_id = gid + made.hash[:16]
        assert {row.id for row in closed} == {made_id, gid + late.hash[:16]}
        again = sync(store.rows, ann.uid, m.Sync(gid, before.vv))
        assert not again.full
        assert other.rows.get(Kind.INVITE, made_id)
        await take(other, await parts_of(store, other.seen))
        assert other.rows.get(Kind.INVITE, made_id) is None

    with_stores(tmp_path, scenario, 2)


def test_also_what_a_user_mirrors_of_memberships_is_listed_anew(tmp_path: Path) -> None:
    async def scenario(store: Store) -> None:
        _, bob, gid, _ = (await store.write(band)).value
        before = sync(store.rows, bob.uid, m.Sync(m.ME, {}))
        assert before.vv
        await store.write(lambda book: leave(book, bob, m.Leave(gid), AT))
        await collect(store)
        await collect(store)
        listed = sync(store.rows, bob.uid, m.Sync(m.ME, before.vv))
        assert listed.full
        assert Kind.MEMBER not in {row.kind for row in listed.rows}
        assert listed.vv
        again = sync(store.rows, bob.uid, m.Sync(m.ME, listed.vv))
        assert (again.full, again.rows) == (False, [])

    with_stores(tmp_path, scenario)
