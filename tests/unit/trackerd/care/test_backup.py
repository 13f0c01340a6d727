import asyncio
import os
import shutil
import stat
from pathlib import Path

import pytest

from shared.clock import SystemClock
from shared.errors import Damaged, Exists, NotFound, PinMismatch, ProfileInUse, Version
from shared.facts.rows import Kind, Renewed
from tests.support.tracker_data import ClockAt, a_band, fill, open_store, sql
from trackerd.care.backup import back_up, restore
from trackerd.care.digest import digest
from trackerd.identity_files import load_or_make_keys, make_folder, only_one
from trackerd.rules import Book

CLOCK = SystemClock()
YEAR_2100_S = 4_102_444_800.0


def touch(book: Book) -> None:
    book.write(Kind.RENEWED, b"r" * 16, Renewed(7))


def rows_of(data: Path) -> int:
    ((count,),) = sql(data / "store.sqlite", "SELECT count(*) FROM row")
    return int(count)


@pytest.fixture
def data(tmp_path: Path) -> Path:
    folder = tmp_path / "data"
    fill(folder, a_band)
    return folder


@pytest.fixture
def backup(data: Path, tmp_path: Path) -> Path:
    return back_up(data, tmp_path / "backup", None, CLOCK).path


def test_a_backup_of_a_store_in_use_has_all_that_was_written_before_it_and_can_be_restored(
    tmp_path: Path,
) -> None:
    data, other = tmp_path / "data", tmp_path / "other"

    async def scenario() -> str:
        async with open_store(data) as store:
            await store.write(a_band)
            before = digest(data)
            copied = back_up(data, tmp_path / "backup", None, CLOCK)
            assert copied == (copied.path, rows_of(data), copied.path.stat().st_size)
            await store.write(touch)
            return before.sha256

    sha256 = asyncio.run(scenario())
    assert digest(data).sha256 != sha256
    make_folder(other)
    for key in ("identity.key", "devices.key"):
        shutil.copy(data / key, other)
    restore(other, tmp_path / "backup", 1, CLOCK)
    assert digest(other).sha256 == sha256


def test_a_backup_is_one_file_for_this_user_alone_and_replaces_none(data: Path, tmp_path: Path) -> None:
    (tmp_path / "out").mkdir()
    before = os.umask(0)
    try:
        path = back_up(data, tmp_path / "out" / "b", None, CLOCK).path
    finally:
        os.umask(before)
    assert stat.S_IMODE(path.stat().st_mode) == 0o600
    with pytest.raises(Exists, match="replaced"):
        back_up(data, path, None, CLOCK)
    assert [file.name for file in path.parent.iterdir()] == ["b"]


def test_a_folder_gets_backups_named_by_the_time_and_keeps_as_many_as_are_asked_for(data: Path) -> None:
    (data / "backups").mkdir(mode=0o700)
    (data / "backups" / "mine.sqlite").touch()
    for second in range(5):
        back_up(data, None, 2, ClockAt(second))
    assert sorted(path.name for path in (data / "backups").iterdir()) == [
        "mine.sqlite",
        "tracker1-19700101T000003Z.sqlite",
        "tracker1-19700101T000004Z.sqlite",
    ]


def test_what_is_damaged_is_not_backed_up(data: Path, tmp_path: Path) -> None:
    content = bytearray((data / "store.sqlite").read_bytes())
    content[5 * 4096 : 6 * 4096] = os.urandom(4096)
    (data / "store.sqlite").write_bytes(content)
    with pytest.raises(Damaged, match=r"store\.sqlite is damaged"):
        back_up(data, tmp_path / "b", None, CLOCK)
    with pytest.raises(NotFound):
        back_up(tmp_path, tmp_path / "b", None, CLOCK)
    assert sorted(path.name for path in tmp_path.iterdir()) == ["data"]


def test_a_restore_keeps_what_was_there_and_begins_a_new_generation(data: Path, backup: Path) -> None:
    fill(data, touch)
    before, rows = digest(data), rows_of(data)
    ((newest,),) = sql(data / "store.sqlite", "SELECT max(hlc) FROM row")
    restored = restore(data, backup, None, ClockAt(YEAR_2100_S))
    assert restored.rows == rows - 1
    assert 0 <= (newest >> 15) // 1000 - restored.newest_s < 60
    assert restored.aside is not None
    kept = data / "kept"
    make_folder(kept)
    restored.aside.rename(kept / "store.sqlite")
    assert digest(kept) == before

    async def scenario() -> None:
        async with open_store(data) as store:
            assert store.generation == YEAR_2100_S

    asyncio.run(scenario())
    # A clock that went back meanwhile: still another one than before.
    again = restore(data, backup, None, CLOCK)
    assert sql(data / "store.sqlite", "SELECT v FROM meta WHERE k = 'generation'") == [(YEAR_2100_S + 1,)]
    assert again.aside
    assert sorted(path.name for path in data.iterdir()) == sorted(
        ["devices.key", "identity.key", "kept", "lock", "store.sqlite", again.aside.name]
    )


def test_a_store_that_cannot_be_read_any_more_is_kept_too(data: Path, backup: Path) -> None:
    expected = digest(data)
    (data / "store.sqlite").write_bytes(b"rubbish" * 1000)
    (data / "store.sqlite-wal").write_bytes(b"more rubbish")
    aside = restore(data, backup, 1, CLOCK).aside
    assert aside is not None
    assert aside.read_bytes().startswith(b"rubbish")
    assert digest(data) == expected


def test_a_copy_of_the_files_of_a_killed_tracker_is_a_backup_too(data: Path, tmp_path: Path) -> None:
    copy = tmp_path / "copy"
    copy.mkdir()

    async def scenario() -> None:
        async with open_store(data) as store:
            await store.write(touch)
            for name in ("store.sqlite", "store.sqlite-wal"):
                shutil.copy(data / name, copy)

    asyncio.run(scenario())
    expected = digest(data)
    restore(data, copy / "store.sqlite", 1, CLOCK)
    assert digest(data) == expected


def test_what_may_not_be_restored_changes_nothing(data: Path, backup: Path, tmp_path: Path) -> None:
    other, bare = tmp_path / "other", tmp_path / "bare"
    make_folder(other)
    load_or_make_keys(other)
    bare.mkdir(mode=0o700)
    before = {path: path.read_bytes() for path in data.iterdir()}
    with pytest.raises(PinMismatch, match="key"):
        restore(other, backup, 1, CLOCK)
    with pytest.raises(PinMismatch, match=r"identity\.key"):
        restore(bare, backup, 1, CLOCK)
    with pytest.raises(PinMismatch, match="of tracker 1, not 2"):
        restore(data, backup, 2, CLOCK)
    with pytest.raises(FileNotFoundError):
        restore(data, tmp_path / "nothing", 1, CLOCK)
    with only_one(data), pytest.raises(ProfileInUse):
        restore(data, backup, 1, CLOCK)
    sql(backup, "UPDATE meta SET v = 99 WHERE k = 'schema'")
    with pytest.raises(Version):
        restore(data, backup, 1, CLOCK)
    backup.write_bytes(backup.read_bytes()[:8192] + bytes(20_000))
    with pytest.raises(Damaged, match="another backup"):
        restore(data, backup, 1, CLOCK)
    backup.write_bytes(b"")
    with pytest.raises(Damaged, match="no tracker's store"):
        restore(data, backup, 1, CLOCK)
    assert {path: path.read_bytes() for path in data.iterdir() if path.name != "lock"} == before
    assert not [*bare.iterdir()]
