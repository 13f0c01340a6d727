import asyncio
import re
from pathlib import Path

from tests.support.memory_book import person
from tests.support.tracker_data import a_band, fill, open_store
from trackerd.care.digest import digest
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
