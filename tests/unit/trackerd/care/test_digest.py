import asyncio
import re
from pathlib import Path

import shared.wire.tracker_messages as m
from shared.facts.rows import Kind
from tests.support.memory_book import AT, group, person, share_file
from tests.support.tracker_data import a_band, fill, open_store
from trackerd.care.digest import digest
from trackerd.rules import Book, stop_share
from trackerd.store.store import Store


async def catch_up(behind: Store, ahead: Store) -> None:
    async for part in ahead.round_above(behind.vector()):
        await behind.take_rows(part.rows)
        if part.end is not None:
            await behind.finish_round(part.end)


def test_trackers_in_step_have_one_digest_and_a_row_makes_another(tmp_path: Path) -> None:
    one, two = tmp_path / "one", tmp_path / "two"

    async def scenario() -> None:
        async with open_store(one, 1) as first, open_store(two, 2) as second:
            await first.write(a_band)
            await second.write(lambda book: person(book, "Cem"))
            assert digest(one) != digest(two)
            await catch_up(first, second)
            await catch_up(second, first)
            assert digest(one) == digest(two)

    asyncio.run(scenario())
    assert re.fullmatch("[0-9a-f]{64}", digest(one).sha256)
    fill(two, lambda book: person(book, "Dee"), number=2)
    assert digest(one) != digest(two)


def test_a_row_that_may_be_collected_does_not_count(tmp_path: Path) -> None:
    data = tmp_path / "data"

    def shared_and_withdrawn(book: Book) -> None:
        ann = person(book, "Ann")
        gid = group(book, ann, "Band")
        eid = share_file(book, ann, gid, "song.ogg", "la")
        stop_share(book, ann, m.StopShare(gid, [eid]), AT)

    async def scenario() -> None:
        async with open_store(data) as store:
            await store.write(shared_and_withdrawn)
            before = digest(data)
            (share,) = store.rows.scan(Kind.SHARE, b"")
            assert await store.purge([share]) == 1
            assert digest(data) == before

    asyncio.run(scenario())
