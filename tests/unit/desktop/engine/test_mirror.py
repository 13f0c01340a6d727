import asyncio
import random
import sqlite3
import zlib
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

import shared.wire.tracker_messages as m
from desktop.engine.mirror import Mirror
from desktop.engine.mirror_file import _TABLES, SCHEMA, Merged
from shared.errors import DiskError
from shared.facts.derive import VisibleEntry, shown_user, visible_entries
from shared.facts.ids import GroupId, UserId
from shared.facts.rows import Cred, Entry, Kind, Row, encode_body
from shared.limits import MIRROR_TRUST_S
from tests.support.memory_book import AT, MemoryBook, group, let_in, person, share_file
from tests.support.quick_folder import quick_folder
from trackerd.questions import sync
from trackerd.rules import delete_user, leave, revoke_device, stop_share


@dataclass
class Clock:
    wall: float = 1_700_000_000.0
    mono: float = 50.0

    def wall_s(self) -> float:
        return self.wall

    def monotonic_s(self) -> float:
        return self.mono

    def pass_s(self, seconds: float) -> None:
        self.wall += seconds
        self.mono += seconds


class World:
    """mira's group, in which joao is too, and one file of each."""

    def __init__(self) -> None:
        self.book = MemoryBook()
        self.mira, self.joao = person(self.book, "mira"), person(self.book, "joao")
        self.gid = group(self.book, self.mira, "films")
        let_in(self.book, self.mira, self.gid, self.joao)
        self.ours = share_file(self.book, self.mira, self.gid, "mira.mkv", "1")
        self.theirs = share_file(self.book, self.joao, self.gid, "joao.mkv", "2")

    async def bring(self, mirror: Mirror, *scopes: m.Scope, book: MemoryBook | None = None) -> None:
        for scope in scopes or (m.NETWORK, m.ME, self.gid):
            vv = mirror.vector(scope)
            page = sync(book or self.book, mirror.uid, m.Sync(scope, vv))
            await mirror.apply(scope, page.rows, page.vv, full=not vv, since=vv)


@asynccontextmanager
async def mirror_of(folder: Path, uid: UserId, clock: Clock | None = None) -> AsyncIterator[Mirror]:
    mirror = Mirror.open(folder / "mirror.sqlite", uid, clock or Clock())
    try:
        yield mirror
    finally:
        mirror.close()


def names(listing: list[VisibleEntry]) -> list[str]:
    return sorted(entry.name for entry in listing)


def test_it_answers_as_the_tracker_does_and_after_a_restart_too(tmp_path: Path) -> None:
    world = World()

    async def scenario() -> None:
        async with mirror_of(tmp_path, world.mira.uid) as mirror:
            await world.bring(mirror)
        async with mirror_of(tmp_path, world.mira.uid) as mirror:
            assert await mirror.listing(world.gid) == visible_entries(world.book, world.gid)
            assert mirror.user_of(world.joao.dev) == world.joao.uid
            assert mirror.my_epoch(world.gid) is not None
            assert shown_user(mirror.rows, world.joao.uid) == "joao"
            assert [row.id for row in mirror.rows.about(world.mira.uid, Kind.DEVICE)] == [world.mira.dev]
            page = sync(world.book, mirror.uid, m.Sync(world.gid, mirror.vector(world.gid)))
            assert page.rows == []
        assert (tmp_path / "mirror.sqlite").stat().st_mode & 0o777 == 0o600

    asyncio.run(scenario())


@settings(max_examples=15)  # each makes a database
@given(st.randoms(use_true_random=False), st.integers(1, 7))
def test_the_order_in_which_rows_come_does_not_matter(lot: random.Random, batch: int) -> None:
    world = World()
    early = list(world.book.facts.values())
    stop_share(world.book, world.joao, m.StopShare(world.gid, [world.theirs]), AT)
    leave(world.book, world.joao, m.Leave(world.gid), AT)
    rows = early + list(world.book.facts.values())
    lot.shuffle(rows)

    async def scenario() -> None:
        with quick_folder() as folder:
            async with mirror_of(folder, world.mira.uid) as mirror:
                for at in range(0, len(rows), batch):
                    await mirror.apply(world.gid, rows[at : at + batch], None)
                expected = {row for row in world.book.facts.values() if row.kind != Kind.CRED}
                found = {row for kind in Kind for row in mirror.rows.scan(kind, b"")}
                assert found == expected
                assert await mirror.listing(world.gid) == visible_entries(world.book, world.gid)

    asyncio.run(scenario())


def test_a_row_that_is_not_what_it_says_is_left_out(tmp_path: Path) -> None:
    world = World()
    entry = world.book.get(Kind.ENTRY, world.gid + world.ours)
    assert entry is not None
    forged = [
        Row(Kind.ENTRY, world.gid + b"e" * 16, 1, 1, 1, entry.body),
        Row(Kind.ENTRY, world.gid + b"f" * 16, 1, 1, 1, b"\xc1"),
        Row(Kind.MEMBER, b"short", 1, 1, 1, entry.body),
        Row(Kind.CRED, world.joao.uid, 1, 1, 1, encode_body(Cred("hash"))),
        Row(200, b"of a newer tracker", 1, 1, 1, b"\x90"),
    ]

    async def scenario() -> None:
        async with mirror_of(tmp_path, world.mira.uid) as mirror:
            await mirror.apply(world.gid, [*forged, entry], None)
            found = [row for kind in Kind for row in mirror.rows.scan(kind, b"")]
            assert found == [entry]

    asyncio.run(scenario())


def test_a_whole_listing_drops_what_it_lacks_but_not_what_came_since(tmp_path: Path) -> None:
    world = World()

    async def scenario() -> None:
        async with mirror_of(tmp_path, world.mira.uid) as mirror:
            await world.bring(mirror)
            share_file(world.book, world.joao, world.gid, "new.mkv", "3")
            newest = [
                row for row in world.book.facts.values() if b"new.mkv" in row.body or row.kind == Kind.SHARE
            ]
            before = mirror.vector(world.gid)
            await mirror.apply(world.gid, newest, None)
            rows = sync(world.book, mirror.uid, m.Sync(world.gid, {})).rows
            lost = (world.gid + world.theirs, world.gid + world.theirs + world.joao.dev)
            kept = [row for row in rows if row.id not in lost and b"new.mkv" not in row.body]
            await mirror.restart(world.gid)
            assert mirror.vector(world.gid) == {}
            await mirror.apply(world.gid, kept[:3], None, full=True)
            assert names(await mirror.listing(world.gid)) == ["joao.mkv", "mira.mkv", "new.mkv"]
            await mirror.apply(world.gid, kept[3:], before, full=True)
            assert names(await mirror.listing(world.gid)) == ["mira.mkv", "new.mkv"]
            assert mirror.vector(world.gid) == before

    asyncio.run(scenario())


def test_a_delta_moves_the_vector_only_where_nothing_before_it_is_missing(tmp_path: Path) -> None:
    world = World()

    async def scenario() -> None:
        async with mirror_of(tmp_path, world.mira.uid) as mirror:
            await world.bring(mirror)
            before = mirror.vector(world.gid)
            (log,) = before
            missed = {log: before[log] + 2}
            merged = await mirror.apply(world.gid, [], {log: before[log] + 3}, since=missed)
            assert merged.vv is None
            assert mirror.vector(world.gid) == before
            await mirror.apply(world.gid, [], missed, since=before)
            assert mirror.vector(world.gid) == missed
            await mirror.apply(world.gid, [], before, since={})
            assert mirror.vector(world.gid) == missed

    asyncio.run(scenario())


def test_a_membership_that_a_tracker_hears_of_before_the_account_does_not_hide_the_account(
    tmp_path: Path,
) -> None:
    world = World()
    one, two, three = world.book, MemoryBook(number=2), MemoryBook(number=3)
    two.merge(one.above({}))
    two.finish_round(one.seen)
    zoe = person(one, "zoe")
    three.merge(one.above({}))
    three.finish_round(one.seen)
    let_in(three, world.mira, world.gid, zoe)
    news = three.above(one.seen)

    async def scenario() -> None:
        async with mirror_of(tmp_path, world.mira.uid) as mirror:
            await world.bring(mirror)
            mirror.synced()
            assert two.push(three.pen.log, 1, three.pen.seq, news)
            await world.bring(mirror, book=two)
            assert names(await mirror.listing(world.gid)) == ["joao.mkv", "mira.mkv"]
            assert mirror.vector(world.gid)[one.pen.log] == two.seen[one.pen.log]
            two.merge(one.above(two.seen))
            two.finish_round(one.seen)
            await world.bring(mirror, book=two)
            assert mirror.may_talk(zoe.dev, world.gid)

    asyncio.run(scenario())


def test_a_scope_goes_back_to_what_a_tracker_has_and_keeps_its_rows(tmp_path: Path) -> None:
    world = World()

    async def scenario() -> None:
        async with mirror_of(tmp_path, world.mira.uid) as mirror:
            await world.bring(mirror)
            before = mirror.vector(world.gid)
            (log,) = before
            await mirror.apply(world.gid, [], {log: 2, 7: 5}, since={log: before[log]})
            assert mirror.vector(world.gid) == {log: 2, 7: 5}
            await mirror.apply(world.gid, [], {8: 1}, since={})
            assert mirror.vector(world.gid) == {log: 2, 7: 5, 8: 1}, "a delta is only of what it moves"
            await mirror.apply(world.gid, [], {log: 2}, since=mirror.vector(world.gid))
            assert mirror.vector(world.gid) == {log: 2}, "a log of which nothing is left is forgotten"
            assert await mirror.listing(world.gid) == visible_entries(world.book, world.gid)
        async with mirror_of(tmp_path, world.mira.uid) as mirror:
            assert mirror.vector(world.gid) == {log: 2}

    asyncio.run(scenario())


def test_who_may_talk_follows_the_rows(tmp_path: Path) -> None:
    world = World()

    async def scenario(lose: str) -> None:
        async with mirror_of(tmp_path, world.mira.uid) as mirror:
            await world.bring(mirror)
            assert not mirror.may_talk(world.joao.dev, world.gid)  # no tracker has said that this is all
            mirror.synced()
            assert mirror.may_talk(world.joao.dev, world.gid)
            assert not mirror.may_talk(world.joao.dev, GroupId(b"x" * 16))
            if lose == "leave":
                leave(world.book, world.joao, m.Leave(world.gid), AT)
            elif lose == "revoke":
                revoke_device(world.book, world.joao, m.RevokeDevice(world.joao.dev), AT)
            else:
                delete_user(world.book, world.joao, AT)
            news = [row for row in world.book.facts.values() if row.kind in (Kind.GONE, Kind.REVOKED)]
            await world.bring(mirror)
            await mirror.apply(world.gid, news, None)
            assert not mirror.may_talk(world.joao.dev, world.gid)
            assert mirror.may_talk(world.mira.dev, world.gid)

    for lose in ("leave", "revoke", "gone"):
        world = World()
        asyncio.run(scenario(lose))
        (tmp_path / "mirror.sqlite").unlink()


def test_with_no_tracker_the_mirror_is_trusted_for_a_day_by_any_clock(tmp_path: Path) -> None:
    clock = Clock()

    async def scenario() -> None:
        async with mirror_of(tmp_path, UserId(b"u" * 16), clock) as mirror:
            assert not mirror.is_fresh()
            mirror.synced()
            clock.pass_s(MIRROR_TRUST_S - 10)
            assert mirror.is_fresh()
            clock.wall -= 3600
            clock.mono += 11
            assert not mirror.is_fresh()  # the wall clock was set back: the other one counts
            clock.wall += 3600
        async with mirror_of(tmp_path, UserId(b"u" * 16), clock) as mirror:
            assert mirror.is_fresh()  # as far as a new process can know
            clock.wall += 20
            assert not mirror.is_fresh()
            clock.wall -= MIRROR_TRUST_S + 100
            assert not mirror.is_fresh()  # before the last sync

    asyncio.run(scenario())


def test_dropping_a_group_leaves_only_what_says_that_i_am_not_in_it(tmp_path: Path) -> None:
    world = World()

    async def scenario() -> None:
        async with mirror_of(tmp_path, world.joao.uid) as mirror:
            told: list[set[bytes]] = []
            await world.bring(mirror)
            mirror.on_change = told.append
            leave(world.book, world.joao, m.Leave(world.gid), AT)
            await world.bring(mirror, m.ME)
            assert told == [{world.gid, m.ME}]
            await mirror.drop(world.gid)
            assert told[1:] == [{world.gid}]
            left = [row for kind in Kind for row in mirror.rows.scan(kind, world.gid)]
            assert {row.id for row in left} == {world.gid + world.joao.uid}
            assert mirror.vector(world.gid) == {}
            assert await mirror.listing(world.gid) == []

    asyncio.run(scenario())


def test_changes_are_told_by_scope_and_only_when_something_changed(tmp_path: Path) -> None:
    world = World()

    async def scenario() -> None:
        async with mirror_of(tmp_path, world.mira.uid) as mirror:
            await world.bring(mirror)
            told: list[Merged] = []
            mirror.on_news = told.append
            await world.bring(mirror)
            assert told == []
            share_file(world.book, world.joao, world.gid, "new.mkv", "3")
            await world.bring(mirror)
            assert [(one.scopes, one.people) for one in told] == [({world.gid}, set())]
            share_file(world.book, world.mira, world.gid, "new.mkv", "3")
            await world.bring(mirror)
            before_and_after = [[(file.before, file.after) for file in one.files] for one in told]
            assert before_and_after == [[(None, "new.mkv")], [("new.mkv", "new.mkv")]]
            delete_user(world.book, world.joao, AT)
            gone = world.book.get(Kind.GONE, world.joao.uid)
            assert gone is not None
            await mirror.apply(m.NETWORK, [gone], None)
            assert [(one.scopes, one.people) for one in told[2:]] == [({world.gid}, {world.gid})]

    asyncio.run(scenario())


def test_a_listing_asked_for_while_rows_change_is_not_kept(tmp_path: Path) -> None:
    world = World()

    async def scenario() -> None:
        async with mirror_of(tmp_path, world.mira.uid) as mirror:
            await world.bring(mirror)
            share_file(world.book, world.joao, world.gid, "new.mkv", "3")
            await asyncio.gather(mirror.listing(world.gid), world.bring(mirror))
            assert names(await mirror.listing(world.gid)) == ["joao.mkv", "mira.mkv", "new.mkv"]
            assert await mirror.listing(world.gid) is await mirror.listing(world.gid)

    asyncio.run(scenario())


def test_a_disk_that_fails_is_said_and_no_reason_to_forget_the_mirror(tmp_path: Path) -> None:
    (tmp_path / "mirror.sqlite").mkdir()
    with pytest.raises(DiskError):
        Mirror.open(tmp_path / "mirror.sqlite", UserId(b"u" * 16), Clock())


def test_other_tables_have_another_number() -> None:
    """Else an older mirror would be read by statements that name what it has not."""
    assert (SCHEMA, zlib.crc32(_TABLES.encode())) == (4, 2612136443), "raise SCHEMA, then write both here"


@pytest.mark.parametrize("harm", ["garbage", "newer"])
def test_a_mirror_that_cannot_be_read_is_made_anew(tmp_path: Path, harm: str) -> None:
    async def scenario() -> None:
        async with mirror_of(tmp_path, world.mira.uid) as mirror:
            await world.bring(mirror)
        file = tmp_path / "mirror.sqlite"
        if harm == "garbage":
            file.write_bytes(b"no database at all" * 100)
        else:
            with sqlite3.connect(file) as db:
                db.execute("PRAGMA user_version = 99")
            db.close()
        async with mirror_of(tmp_path, world.mira.uid) as mirror:
            assert mirror.vector(world.gid) == {}
            await world.bring(mirror)
            assert len(await mirror.listing(world.gid)) == 2

    world = World()
    asyncio.run(scenario())


def test_what_a_tracker_said_of_itself_is_remembered(tmp_path: Path) -> None:
    async def scenario() -> None:
        async with mirror_of(tmp_path, UserId(b"u" * 16)) as mirror:
            assert mirror.recall("generation 1") is None
            mirror.remember("generation 1", 3)
        async with mirror_of(tmp_path, UserId(b"u" * 16)) as mirror:
            assert mirror.recall("generation 1") == 3

    asyncio.run(scenario())


def test_entries_are_read_back_as_they_were_written(tmp_path: Path) -> None:
    world = World()

    async def scenario() -> None:
        async with mirror_of(tmp_path, world.mira.uid) as mirror:
            await world.bring(mirror)
            one = next(entry for entry in await mirror.listing(world.gid) if entry.eid == world.ours)
            assert isinstance(one.entry, Entry)
            assert (one.name, one.entry.by, one.sharers) == (
                "mira.mkv",
                world.mira.uid,
                ((world.mira.uid, world.mira.dev),),
            )

    asyncio.run(scenario())
