import asyncio
import random
from collections.abc import Callable
from pathlib import Path

import pytest

from shared.clock import SystemClock
from shared.errors import Coded
from tests.support.tracker_data import a_band, fill, open_store, sql
from trackerd.care.backup import back_up, restore
from trackerd.care.digest import digest
from trackerd.care.integrity import look_over
from trackerd.store.files import beside

PAGE_BYTES = 4096


@pytest.fixture
def data(tmp_path: Path) -> Path:
    folder = tmp_path / "data"
    fill(folder, a_band)
    return folder


def problems(data: Path, *statements: str) -> list[str]:
    sql(data / "store.sqlite", *statements)
    return look_over(data).problems


def test_a_store_is_all_right_while_it_is_written_after_it_and_once_it_was_restored(tmp_path: Path) -> None:
    data = tmp_path / "data"

    async def scenario() -> None:
        async with open_store(data) as store:
            await store.write(a_band)
            (rows,) = sql(data / "store.sqlite", "SELECT count(*) FROM row")[0]
            assert look_over(data) == (rows, 1, [])

    asyncio.run(scenario())
    assert look_over(data).problems == []
    clock = SystemClock()
    restore(data, back_up(data, tmp_path / "b", None, clock).path, 1, clock)
    assert look_over(data).problems == []


@pytest.mark.parametrize(
    ("statement", "said"),
    [
        ("DELETE FROM name_idx WHERE kind = 64", "name_idx: 2 places of rows are missing"),
        ("UPDATE name_idx SET fold = 'x' WHERE kind = 65", "name_idx: 1 places in it are of no row"),
        ("INSERT INTO user_row VALUES (x'00', 4, x'01')", "user_row: 1 places in it are of no row"),
        ("UPDATE tally SET n = n + 1 WHERE kind = 4", "tally"),
        ("UPDATE row SET body = x'c1' WHERE kind = 6", "unreadable body of kind 6"),
        ("UPDATE row SET body = 'text' WHERE kind = 64", "row 64"),
        (
            "UPDATE row SET id = x'01' WHERE kind = 67 AND seq = (SELECT max(seq) FROM row WHERE kind = 67)",
            "row 67",
        ),
        ("UPDATE row SET hlc = 1 << 62 WHERE kind = 65", "row 65"),
        ("UPDATE meta SET v = 1 WHERE k = 'hlc'", "clock"),
        ("UPDATE vv SET seq = 3", "of the own log"),
        ("UPDATE vv SET log = 5", "vector: "),
        ("UPDATE vv SET seq = seq + 1", "is not what was written"),
        ("UPDATE row SET hlc = hlc - 1 WHERE kind = 64", "it is not what was written"),
    ],
)
def test_what_is_wrong_is_named(data: Path, statement: str, said: str) -> None:
    assert said in "\n".join(problems(data, statement))


def test_a_page_that_is_no_more_what_it_was_is_found(data: Path) -> None:
    store = data / "store.sqlite"
    content = store.read_bytes()
    for page in range(2, len(content) // 4096):
        store.write_bytes(content[: page * 4096] + bytes(4096) + content[(page + 1) * 4096 :])
        assert look_over(data).problems, page


def flipped(content: bytearray, lot: random.Random) -> None:
    content[lot.randrange(len(content))] ^= 1 << lot.randrange(8)


def zeroed(content: bytearray, lot: random.Random) -> None:
    begin = lot.randrange(len(content) // PAGE_BYTES) * PAGE_BYTES
    content[begin : begin + PAGE_BYTES] = bytes(PAGE_BYTES)


def overwritten(content: bytearray, lot: random.Random) -> None:
    begin = lot.randrange(len(content) - 64)
    content[begin : begin + 64] = lot.randbytes(64)


def cut(content: bytearray, lot: random.Random) -> None:
    del content[lot.randrange(len(content)) :]


@pytest.mark.slow
@pytest.mark.parametrize("spoil", [flipped, zeroed, overwritten, cut])
def test_r64_what_a_disk_does_to_a_store_is_found_or_harmless(
    data: Path, spoil: Callable[[bytearray, random.Random], None]
) -> None:
    store, lot = data / "store.sqlite", random.Random(64)
    whole, rows, vector = store.read_bytes(), digest(data), sql(store, "SELECT log, seq FROM vv")
    found = 0
    for _ in range(150):
        content = bytearray(whole)
        spoil(content, lot)
        store.write_bytes(content)
        try:
            is_found = bool(look_over(data).problems)
        except Coded:
            is_found = True
        assert is_found or (digest(data), sql(store, "SELECT log, seq FROM vv")) == (rows, vector)
        found += is_found
        for left in beside(store):
            left.unlink(missing_ok=True)
    assert found
