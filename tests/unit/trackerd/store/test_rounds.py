"""What the store takes of other trackers, and gives them."""

import asyncio
import contextlib
from pathlib import Path

from shared.facts.derive import visible_entries
from shared.facts.rows import Kind, Row
from shared.limits import ROWS_PAGE_MAX
from tests.support.memory_book import MemoryBook, group, let_in, person, share_file
from tests.support.stores import L, M, parts_of, row, touch, touched, with_stores
from trackerd.store.book import Commit
from trackerd.store.rounds import RoundPart
from trackerd.store.store import Store


def test_a_commit_of_another_log_is_taken_in_its_turn_and_once(tmp_path: Path) -> None:
    async def scenario(store: Store) -> None:
        told: list[Commit] = []
        store.on_commit = told.append
        assert not await store.take_live(L, 2, 2, [row(2, 2)])
        assert touched(store) == []
        assert await store.take_live(L, 1, 2, [row(1, 1), row(2, 2)])
        assert await store.take_live(L, 1, 2, [row(1, 1), row(2, 2)])
        assert await store.take_live(L, 2, 3, [row(2, 2), row(3, 3)])
        assert touched(store) == [row(1, 1), row(2, 2), row(3, 3)]
        assert store.seen == store.rows.vector() == {L: 3}
        assert [commit.seen for commit in told] == [{L: 2}, {L: 3}]
        assert told[1].rows == [row(3, 3)]
        assert told[1].own == []
        assert told[1].last == told[1].first - 1

    with_stores(tmp_path, scenario)


def test_a_round_moves_the_vector_at_its_end_alone_and_what_is_seen_is_not_taken_again(
    tmp_path: Path,
) -> None:
    async def scenario(store: Store) -> None:
        await store.take_rows([row(1, 4), row(2, 2)])
        assert touched(store) == [row(1, 4), row(2, 2)]
        assert store.seen == {}
        await store.finish_round({L: 5, M: 1})
        assert store.seen == store.rows.vector() == {L: 5, M: 1}
        await store.take_rows([row(3, 3)])
        await store.finish_round({L: 4})
        assert touched(store) == [row(1, 4), row(2, 2)]
        assert store.seen == {L: 5, M: 1}
        await store.take_rows([row(3, 3)], repair=True)
        assert touched(store) == [row(1, 4), row(2, 2), row(3, 3)]

    with_stores(tmp_path, scenario)


def test_the_greater_stamp_stays_whoever_wrote_it_and_what_is_written_next_is_greater_still(
    tmp_path: Path,
) -> None:
    async def scenario(store: Store) -> None:
        told: list[Commit] = []
        store.on_commit = told.append
        future = 1 << 61
        (mine, _, _), _ = await asyncio.gather(
            store.write(touch(1)),
            store.take_rows([row(1, 1, hlc=5), row(1, 2, hlc=6), row(2, 3, hlc=future)]),
        )
        assert touched(store) == [mine, row(2, 3, hlc=future)]
        assert (await store.write(touch(3))).value.hlc == future + 1
        assert [commit.rows for commit in told[:2]] == [[mine], [row(2, 3, hlc=future)]]

    with_stores(tmp_path, scenario)
    with_stores(tmp_path, _next_is_later)


async def _next_is_later(store: Store) -> None:
    assert (await store.write(touch(4))).value.hlc > 1 << 61


def test_projections_follow_what_is_taken(tmp_path: Path) -> None:
    async def scenario(store: Store) -> None:
        source = MemoryBook(number=9)
        ann, bob = person(source, "Ann"), person(source, "Bob")
        gid = group(source, ann, "Band")
        let_in(source, ann, gid, bob)
        share_file(source, bob, gid, "song")
        await store.take_rows(source.above({}))
        await store.finish_round(source.seen)
        assert list(store.rows.groups_of(bob.uid)) == [gid]
        assert (store.rows.tally(Kind.MEMBER, gid), store.rows.tally(Kind.SHARE, bob.uid)) == (2, 1)
        assert visible_entries(store.rows, gid) == visible_entries(source, gid)

    with_stores(tmp_path, scenario)


def test_a_round_has_what_is_missing_also_what_was_written_while_it_was_read(tmp_path: Path) -> None:
    async def scenario(one: Store, two: Store) -> None:
        await one.write(lambda book: [touch(key)(book) for key in range(2 * ROWS_PAGE_MAX)])
        async with contextlib.aclosing(one.round_above({})) as parts:
            first = await anext(parts)
            assert first.end is None
            await one.write(lambda book: [touch(key)(book) for key in range(0, 2500, 2)])
            await two.take_rows(first.rows)
            async for part in parts:
                await two.take_rows(part.rows)
                assert not part.whole
                if part.end is not None:
                    await two.finish_round(part.end)
        assert touched(two) == touched(one)
        assert two.seen == one.seen
        (last,) = await parts_of(one, two.seen)
        assert (last.rows, last.end) == ([], one.seen)

    with_stores(tmp_path, scenario, 2)


def test_a_round_passes_on_what_its_sender_has_of_a_round_that_is_not_over(tmp_path: Path) -> None:
    async def scenario(one: Store) -> None:
        await one.take_live(L, 1, 1, [row(1, 1)])
        await one.take_rows([row(1, 7, M)])
        assert await parts_of(one, {}) == [RoundPart([row(1, 7, M)], {L: 1}, False, [], hlc=7)]

    with_stores(tmp_path, scenario)


def test_who_stops_reading_a_round_holds_nothing(tmp_path: Path) -> None:
    async def scenario(one: Store) -> None:
        await one.write(lambda book: [touch(key)(book) for key in range(2 * ROWS_PAGE_MAX)])
        async with contextlib.aclosing(one.round_above({})) as parts:
            await anext(parts)

    with_stores(tmp_path, scenario)


def test_a_page_is_cut_at_its_bytes_too(tmp_path: Path) -> None:
    async def scenario(one: Store) -> None:
        large = [Row(200, bytes([key]), key, L, key, bytes(4096)) for key in range(1, 251)]
        await one.take_live(L, 1, 250, large)
        sizes = []
        async with contextlib.aclosing(one.round_above({})) as parts:
            sizes = [len(part.rows) async for part in parts]
        assert len(sizes) == 3
        assert sum(sizes) == 250

    with_stores(tmp_path, scenario)
