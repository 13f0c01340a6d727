"""The store's file, and what is compared between trackers."""

import asyncio
import sqlite3
from contextlib import closing
from pathlib import Path

import msgspec
import pytest

import shared.wire.tracker_messages as m
from shared.errors import Damaged, Version
from shared.facts.rows import Kind
from tests.support.memory_book import AT
from tests.support.stores import opened, parts_of, row, take, touch, touched, with_stores
from tests.unit.trackerd.store.test_gc import band, collect, silence
from trackerd.rules import leave
from trackerd.store.files import set_aside
from trackerd.store.schema import SCHEMA
from trackerd.store.store import Store

OLDEST = """
CREATE TABLE row(kind INT, id BLOB, hlc INT, log INT, seq INT, body BLOB,
    PRIMARY KEY(kind, id)) WITHOUT ROWID;
CREATE TABLE meta(k TEXT PRIMARY KEY, v) WITHOUT ROWID;
CREATE TABLE name_idx(kind INT, fold TEXT, id BLOB, PRIMARY KEY(kind, fold, id)) WITHOUT ROWID;
CREATE TABLE user_row(uid BLOB, kind INT, id BLOB, PRIMARY KEY(uid, kind, id)) WITHOUT ROWID;
CREATE UNIQUE INDEX row_dot ON row(log, seq);
CREATE INDEX row_scope ON row(substr(id, 1, 16), log, seq);
CREATE TABLE vv(log INTEGER PRIMARY KEY, seq INT);
CREATE TABLE tally(kind INT, id BLOB, n INT, PRIMARY KEY(kind, id)) WITHOUT ROWID;
INSERT INTO meta VALUES ('schema', 1), ('number', 1), ('generation', 5), ('hlc', 7), ('projection', 1),
    ('ca_key', CAST('kkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkk' AS BLOB)), ('store_id', randomblob(16));
"""
"""Schema 1, as it was."""


def shape(path: Path) -> set[tuple[str, ...]]:
    with closing(sqlite3.connect(path)) as db:
        columns = "SELECT m.name, c.name FROM sqlite_master m JOIN pragma_table_info(m.name) c"
        return {*db.execute(columns), *db.execute("SELECT name FROM sqlite_master WHERE type = 'index'")}


def test_a_store_of_the_first_schema_is_brought_up_to_date_and_kept_as_it_was(tmp_path: Path) -> None:
    path = tmp_path / "1.sqlite"
    old = row(1, 3)
    with closing(sqlite3.connect(path)) as db:
        db.executescript(OLDEST)
        db.execute("INSERT INTO row VALUES (?, ?, ?, ?, ?, ?)", msgspec.structs.astuple(old))
        db.commit()

    async def scenario(store: Store) -> None:
        assert touched(store) == [old]
        assert store.rows_by_kind == {Kind.RENEWED: 1}
        assert store.generation == 5
        assert not store.must_refill

    with_stores(tmp_path, scenario)
    with_stores(tmp_path, scenario)
    (copy,) = (tmp_path / "backups").iterdir()
    assert copy.name == "1-schema1.sqlite"
    assert copy.stat().st_mode & 0o777 == 0o600
    with closing(sqlite3.connect(copy)) as db:
        assert db.execute("SELECT v FROM meta WHERE k = 'schema'").fetchone() == (1,)
        assert db.execute("SELECT count(*) FROM row").fetchone() == (1,)
    asyncio.run(opened(tmp_path / "new.sqlite").close())
    assert shape(path) == shape(tmp_path / "new.sqlite")


def test_a_newer_schema_is_refused_and_left_as_it_is(tmp_path: Path) -> None:
    path = tmp_path / "s"
    asyncio.run(opened(path).close())
    with closing(sqlite3.connect(path)) as db:
        db.execute("UPDATE meta SET v = ? WHERE k = 'schema'", (SCHEMA + 1,))
        db.commit()
    before = path.read_bytes()
    with pytest.raises(Version):
        opened(path)
    assert path.read_bytes() == before
    assert not (tmp_path / "backups").exists()


def test_a_damaged_store_is_set_aside_and_the_new_one_refills_from_another_tracker(tmp_path: Path) -> None:
    path = tmp_path / "2.sqlite"

    async def fill(one: Store, two: Store) -> None:
        await one.write(lambda book: [touch(key)(book) for key in range(500)])
        await take(two, await parts_of(one, {}))
        assert two.generation == 0

    async def refill(one: Store, two: Store) -> None:
        assert two.generation > 1_700_000_000
        assert touched(two) == []
        parts = await parts_of(one, two.seen)
        await take(two, [parts[0]._replace(end=None)])
        assert two.must_refill

    async def finish(one: Store, two: Store) -> None:
        lacking = [two.must_refill]  # still, after a restart
        await take(two, await parts_of(one, two.seen))
        assert [*lacking, two.must_refill] == [True, False]
        assert touched(two) == touched(one)

    async def after(_one: Store, two: Store) -> None:
        assert not two.must_refill

    with_stores(tmp_path, fill, 2)
    whole = path.read_bytes()
    path.write_bytes(whole[:8192] + bytes(8192) + whole[16384:])
    with pytest.raises(Damaged):
        opened(path, 2)
    assert set_aside(path) == tmp_path / "2.sqlite.damaged"
    with_stores(tmp_path, refill, 2)
    with_stores(tmp_path, finish, 2)
    with_stores(tmp_path, after, 2)
    path.write_bytes(whole[:5000])
    assert set_aside(path) == tmp_path / "2.sqlite.damaged.1"


def test_a_start_that_was_cut_while_it_set_the_store_aside_takes_nothing_over_from_its_log(
    tmp_path: Path,
) -> None:
    path = tmp_path / "1.sqlite"
    store = opened(path)
    asyncio.run(_written(store))
    wal = path.with_name(path.name + "-wal")
    left = wal.read_bytes()
    asyncio.run(store.close())
    path.rename(tmp_path / "1.sqlite.damaged")
    wal.write_bytes(left)

    async def scenario(store: Store) -> None:
        assert touched(store) == []
        assert store.must_refill

    with_stores(tmp_path, scenario)


async def _written(store: Store) -> None:
    await store.write(touch(1))


def test_stores_with_the_same_live_rows_have_the_same_checksums_whatever_was_purged(tmp_path: Path) -> None:
    async def scenario(one: Store, two: Store) -> None:
        _, bob, gid, eid = (await one.write(band)).value
        await one.write(silence(bob, gid, eid))
        await one.write(lambda book: leave(book, bob, m.Leave(gid), AT))
        await take(two, await parts_of(one, {}))
        vector, sums = await one.checksums()
        assert vector == one.seen
        assert sums.keys() == {b"", gid}
        assert all(len(total) == 16 for total in sums.values())
        assert await two.checksums() == (vector, sums)
        while await collect(two):
            pass
        assert two.rows.get(Kind.MEMBER, gid + bob.uid) is None
        assert await two.checksums() == (vector, sums)
        await two.write(touch(1))
        _, changed = await two.checksums()
        assert changed[gid] == sums[gid]
        assert changed[b""] != sums[b""]

    with_stores(tmp_path, scenario, 2)


def test_rows_are_counted_by_their_kind(tmp_path: Path) -> None:
    async def scenario(store: Store) -> None:
        await store.write(band)
        await store.take_rows([row(1, 1), row(1, 2), row(2, 3)])
        await store.take_rows([row(1, 4)])
        assert store.rows_by_kind == {
            Kind.USER: 2,
            Kind.CRED: 2,
            Kind.DEVICE: 2,
            Kind.GROUP: 1,
            Kind.MEMBER: 2,
            Kind.OWNER: 1,
            Kind.REQUEST: 1,
            Kind.ENTRY: 1,
            Kind.SHARE: 1,
            Kind.RENEWED: 2,
        }

    with_stores(tmp_path, scenario)
