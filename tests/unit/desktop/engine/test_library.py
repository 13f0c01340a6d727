import asyncio
import os
import sqlite3
import threading
import time
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import closing
from dataclasses import replace
from functools import partial
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from desktop.engine import library_changes as lib
from desktop.engine.files.piece_set import PieceSet, by_block
from desktop.engine.files.source_file import Stamp
from desktop.engine.library import DownloadRecord, FileRecord, Library, ShareRecord, StoredManifest
from shared.errors import Damaged, DiskError, NotFound, Version
from shared.facts.ids import EntryId, GroupId
from tests.support.quick_folder import quick_folder

GID, EID, ROOT = GroupId(b"g" * 16), EntryId(b"e" * 16), b"r" * 32
LONG_S = 60.0
SHARE = ShareRecord(GID, EID, "a/b.txt", ROOT, Path("/there/b.txt"), Stamp(5, 1 << 60, 1 << 70, 3))
LINE = DownloadRecord(0, GID, "a/", Path("/there"), "a/", "D")
FILES = [FileRecord(n, EntryId(bytes([n]) * 16), f"a/{n}", ROOT, 5, f"a/{n}", f"part{n}") for n in range(3)]


@pytest.fixture
def library(tmp_path: Path) -> Iterator[Library]:
    opened = Library(tmp_path / "library.sqlite")
    yield opened
    opened.close()


def test_it_closes_under_nobody_who_reads(tmp_path: Path) -> None:
    """SQLite would read of what is gone, and the program would end by a segmentation fault."""
    library = Library(tmp_path / "library.sqlite")
    library.submit(lambda db: lib.keep_shares(db, [SHARE])).result()
    reads, may_go_on = threading.Event(), threading.Event()

    def hold() -> int:
        reads.set()
        return not may_go_on.wait(LONG_S)

    library._read.set_progress_handler(hold, 1)
    with ThreadPoolExecutor(2) as threads:
        found = threads.submit(library.share, GID, EID)
        assert reads.wait(LONG_S)
        closed = threads.submit(library.close)
        while not library._is_closed:
            time.sleep(0.001)
        may_go_on.set()
        assert found.result() == SHARE
        closed.result()
    with pytest.raises(DiskError, match="closed"):
        library.share(GID, EID)


def test_a_share_is_found_by_entry_path_and_content(library: Library) -> None:
    library.submit(lambda db: lib.keep_shares(db, [SHARE])).result()
    assert library.share(GID, EID) == SHARE
    assert (
        library.shares_of_path(SHARE.path)
        == library.shares_of_content(ROOT)
        == library.shares(GID)
        == [SHARE]
    )
    assert library.shared_groups() == [GID]


def test_that_a_share_was_stopped_is_remembered_until_it_is_shared_again(library: Library) -> None:
    library.submit(lambda db: lib.keep_shares(db, [SHARE])).result()
    library.submit(lambda db: lib.stop_shares(db, GID, [EID])).result()
    assert library.shares(GID) == [replace(SHARE, stopped=True)]
    library.submit(lambda db: lib.keep_shares(db, [SHARE])).result()
    assert library.shares(GID) == [SHARE]


def test_a_path_that_is_no_text_comes_back_as_it_was(library: Library) -> None:
    share = replace(SHARE, path=Path(os.fsdecode(b"/there/\xff\xfe")))
    library.submit(lambda db: lib.keep_shares(db, [share])).result()
    assert library.share(GID, EID) == share


def test_manifests_are_kept_for_what_is_shared_or_downloaded_and_no_longer(tmp_path: Path) -> None:
    library = Library(tmp_path / "library.sqlite")
    manifest = StoredManifest(b"header", b"index")
    blocks = [(0, b"zero"), (7, b"seven")]
    library.submit(lambda db: lib.keep_manifest(db, ROOT, manifest, blocks)).result()
    library.submit(lambda db: lib.keep_manifest(db, b"unused" * 5, manifest, blocks)).result()
    library.submit(lambda db: lib.keep_shares(db, [SHARE])).result()
    library.close()
    library = Library(tmp_path / "library.sqlite")
    assert library.manifest(ROOT) == manifest
    assert (library.block(ROOT, 7), library.block(ROOT, 1)) == (b"seven", None)
    assert library.manifest(b"unused" * 5) is None
    library.close()


def test_manifests_of_many_roots_are_found_in_a_few_questions(library: Library) -> None:
    roots = [number.to_bytes(32) for number in range(1200)]
    kept = {root: StoredManifest(b"header", root) for root in roots[::2]}
    jobs = [
        library.submit(partial(lib.keep_manifest, root=one, manifest=kept[one], blocks=[])) for one in kept
    ]
    jobs[-1].result()
    assert library.manifests(roots) == kept
    assert library.manifests([]) == {}


def test_ids_of_downloads_count_from_one_and_never_come_back(tmp_path: Path) -> None:
    def started(library: Library) -> int:
        return library.submit(lambda db: lib.add_download(db, LINE, FILES)).result()

    library = Library(tmp_path / "library.sqlite")
    assert [started(library), started(library)] == [1, 2]
    library.submit(lambda db: lib.forget_download(db, 2)).result()
    library.close()
    library = Library(tmp_path / "library.sqlite")
    assert started(library) == 3
    assert [line.id for line in library.downloads()] == [1, 3]
    library.close()


def test_a_line_survives_with_its_files_and_what_they_have(tmp_path: Path) -> None:
    library = Library(tmp_path / "library.sqlite")
    id_ = library.submit(lambda db: lib.add_download(db, LINE, FILES)).result()
    library.submit(lambda db: lib.set_had(db, id_, 1, {0: 0b101, 9: 1}))
    library.submit(lambda db: lib.set_had(db, id_, 2, {0: 0b1}))
    library.submit(lambda db: lib.set_done(db, id_, {2: "a/2 (1)"}))
    library.submit(lambda db: lib.set_state(db, id_, "P", "disk_full"))
    library.close()
    library = Library(tmp_path / "library.sqlite")
    assert library.downloads() == [replace(LINE, id=id_, state="P", error="disk_full")]
    assert library.files(id_) == [*FILES[:2], replace(FILES[2], target="a/2 (1)", done=True)]
    assert library.had(id_) == {1: {0: 0b101, 9: 1}}
    library.submit(lambda db: lib.forget_download(db, id_)).result()
    assert (library.downloads(), library.files(id_), library.had(id_)) == ([], [], {})
    library.close()


@given(st.lists(st.sets(st.integers(0, 20_000), min_size=1, max_size=8), max_size=5))
def test_the_journal_holds_exactly_what_was_written_down(batches: list[set[int]]) -> None:
    had = PieceSet(20_001)
    with quick_folder() as folder, closing(Library(folder / "library.sqlite")) as library:
        for batch in batches:
            for piece in batch:
                had.add(piece)
            blocks = {block: had.blocks[block] for block in by_block(batch)}
            library.submit(partial(lib.set_had, download=1, n=0, blocks=blocks)).result()
        assert PieceSet.of_blocks(20_001, library.had(1).get(0, {})) == had


def test_what_is_asked_at_once_is_one_transaction_and_a_refused_job_spoils_no_other(library: Library) -> None:
    began, go_on = threading.Event(), threading.Event()

    def hold(db: sqlite3.Connection) -> None:
        began.set()
        go_on.wait()

    def refuse(db: sqlite3.Connection) -> None:
        lib.keep_shares(db, [replace(SHARE, eid=EntryId(b"x" * 16))])
        raise NotFound

    first = library.submit(hold)
    began.wait()
    jobs = [library.submit(lambda db: lib.keep_shares(db, [SHARE])), library.submit(refuse)]
    jobs.append(library.submit(lambda db: lib.stop_shares(db, GID, [EID])))
    go_on.set()
    first.result()
    with pytest.raises(NotFound):
        jobs[1].result()
    jobs[2].result()
    assert library.shares(GID) == [replace(SHARE, stopped=True)]


def test_a_writer_that_was_cancelled_takes_nobody_with_it(library: Library) -> None:
    began, go_on = threading.Event(), threading.Event()

    def hold(db: sqlite3.Connection) -> None:
        began.set()
        go_on.wait()

    async def scenario() -> None:
        holding = library.submit(hold)
        began.wait()
        waiting = asyncio.ensure_future(library.write(lambda db: lib.keep_shares(db, [SHARE])))  # noqa: TID251
        await asyncio.sleep(0)
        waiting.cancel()
        await asyncio.gather(waiting, return_exceptions=True)
        go_on.set()
        holding.result()
        assert await library.write(lambda db: 7) == 7

    asyncio.run(scenario())
    assert library.shares(GID) == []


def test_a_newer_library_and_one_that_is_none_are_refused(tmp_path: Path) -> None:
    (tmp_path / "garbage").write_bytes(os.urandom(5000))
    with pytest.raises(Damaged):
        Library(tmp_path / "garbage")
    db = sqlite3.connect(tmp_path / "newer")
    db.execute("PRAGMA user_version = 99")
    db.close()
    with pytest.raises(Version):
        Library(tmp_path / "newer")


def test_a_library_from_before_there_was_an_order_is_taken_over(tmp_path: Path) -> None:
    library = Library(tmp_path / "library.sqlite")
    library.submit(lambda db: lib.add_download(db, LINE, FILES)).result()
    library.submit(lambda db: db.execute("ALTER TABLE download DROP COLUMN in_order")).result()
    library.submit(lambda db: db.execute("ALTER TABLE download DROP COLUMN priority")).result()
    library.submit(lambda db: db.execute("PRAGMA user_version = 1")).result()
    library.close()
    library = Library(tmp_path / "library.sqlite")
    assert library.downloads() == [replace(LINE, id=1)]
    library.submit(lambda db: lib.set_in_order(db, 1, True)).result()
    library.submit(lambda db: lib.set_priority(db, 1, 0)).result()
    library.close()
    library = Library(tmp_path / "library.sqlite")
    assert library.downloads() == [replace(LINE, id=1, in_order=True, priority=0)]
    library.close()


def test_it_is_for_its_owner_only(library: Library, tmp_path: Path) -> None:
    library.submit(lambda db: lib.keep_shares(db, [SHARE])).result()
    found = list(tmp_path.iterdir())
    assert len(found) == 3
    assert {path.stat().st_mode & 0o777 for path in found} == {0o600}


def test_a_library_whose_pages_are_spoilt_is_damaged_and_not_a_bug(tmp_path: Path) -> None:
    path = tmp_path / "library.sqlite"
    library = Library(path)
    library.submit(lambda db: lib.keep_shares(db, [SHARE])).result()
    library.close()
    raw = bytearray(path.read_bytes())
    raw[raw.index(SHARE.name.encode()) // 4096 * 4096] = 0xFF
    path.write_bytes(raw)
    library = Library(path)
    try:
        with pytest.raises(Damaged):
            library.shares(GID)
    finally:
        library.close()
