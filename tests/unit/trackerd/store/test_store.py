import asyncio
import random
import signal
import sqlite3
import subprocess
import sys
import threading
from collections.abc import Callable, Coroutine
from functools import partial
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

import shared.wire.tracker_messages as m
from shared.errors import Damaged, DiskFull, NotFound, NoTracker, PinMismatch, Refused, Version
from shared.facts.derive import members, owner, visible_entries
from shared.facts.ids import GroupId, UserId
from shared.facts.rows import Kind, Renewed, Row, body_of
from shared.limits import COMMIT_S_MAX
from tests.support.memory_book import AT, QUOTAS, MemoryBook, group, let_in, nonce, person, share_file
from tests.support.quick_folder import quick_folder
from tests.support.stores import opened, row, touch, with_stores
from trackerd.questions import Listed, sync
from trackerd.rules import Actor, Book, delete_user, join, leave, remove_member, share, stop_share, withdraw
from trackerd.store.book import Commit, SqlBook, Written
from trackerd.store.schema import connection
from trackerd.store.store import Store

TABLES = ("row", "vv", "name_idx", "user_row", "tally")


def tables(book: SqlBook) -> dict[str, set[tuple[Any, ...]]]:
    found = {name: set(book.db.execute(f"SELECT * FROM {name}")) for name in TABLES}
    found["tally"] = {counted for counted in found["tally"] if counted[2]}
    return found


def a_group_and_its_files(book: Book) -> None:
    ann, bob = person(book, "Ann"), person(book, "Bob")
    gid = group(book, ann, "Band")
    let_in(book, ann, gid, bob)
    share_file(book, ann, gid, "song.ogg", "la la")
    share_file(book, bob, gid, "song.ogg", "lo lo")


def test_what_was_written_is_there_after_a_restart_and_goes_on_in_a_new_log(tmp_path: Path) -> None:
    before: dict[str, set[tuple[Any, ...]]] = {}
    seen: list[dict[int, int]] = []

    async def write(store: Store) -> None:
        await store.write(a_group_and_its_files)
        before.update(tables(store._book))
        seen.append(store.vector())

    async def look(store: Store) -> None:
        assert tables(store._book) == before
        assert store.vector() == seen[0]
        assert store.log not in store.vector()
        old = max(row[2] for row in before["row"])
        written = await store.write(touch(1))
        assert written.value.hlc > old
        assert written.dot == (store.log, 1)
        assert store.vector() == {**seen[0], store.log: 1}

    with_stores(tmp_path, write)
    with_stores(tmp_path, look)


async def _with(store: Store, scenario: Callable[[Store], Coroutine[Any, Any, None]]) -> None:
    try:
        await scenario(store)
    finally:
        await store.close()


def test_the_store_id_stays_and_only_its_owner_may_read_the_file(tmp_path: Path) -> None:
    first = opened(tmp_path / "s")
    second = opened(tmp_path / "s", seed=1)
    assert first.store_id == second.store_id
    assert first.log != second.log
    assert (tmp_path / "s").stat().st_mode & 0o777 == 0o600
    asyncio.run(first.close())
    asyncio.run(second.close())


def test_the_store_of_another_tracker_or_a_newer_program_and_a_damaged_one_are_refused(
    tmp_path: Path,
) -> None:
    async def spoil(store: Store) -> None:
        store._book.db.execute("UPDATE meta SET v = v + 1 WHERE k = 'schema'")

    asyncio.run(_with(opened(tmp_path / "s"), _nothing))
    with pytest.raises(PinMismatch):
        opened(tmp_path / "s", number=2)
    with pytest.raises(PinMismatch):
        opened(tmp_path / "s", ca_key=b"x" * 32)
    asyncio.run(_with(opened(tmp_path / "s"), spoil))
    with pytest.raises(Version):
        opened(tmp_path / "s")
    (tmp_path / "bad").write_bytes(b"SQLite format 3\0" + bytes(range(256)) * 40)
    with pytest.raises(Damaged):
        opened(tmp_path / "bad")


async def _nothing(store: Store) -> None: ...


def test_commands_that_arrive_during_a_commit_share_the_next_and_are_told_of_in_order(tmp_path: Path) -> None:
    commits: list[list[Row]] = []

    async def scenario(store: Store) -> None:
        def on_commit(commit: Commit) -> None:
            assert all(store.rows.get(Kind(row.kind), row.id) == row for row in commit.rows)
            assert store.seen == commit.seen == {store.log: commit.last}
            assert [row.seq for row in commit.own] == list(range(commit.first, commit.last + 1))
            commits.append(commit.rows)

        store.on_commit = on_commit
        answers = await asyncio.gather(*(store.write(touch(number)) for number in range(200)))
        assert [answer.dot for answer in answers] == [(store.log, number + 1) for number in range(200)]

    with_stores(tmp_path, scenario)
    assert len(commits) <= 10
    assert [row.seq for rows in commits for row in rows] == list(range(1, 201))


def test_a_refusal_in_mid_command_reaches_its_caller_alone_and_leaves_no_row_and_no_gap(
    tmp_path: Path,
) -> None:
    def refused(book: Book) -> None:
        person(book, "Eve")
        touch(1)(book)
        raise NotFound

    async def scenario(store: Store) -> None:
        commands = (touch(1), refused, touch(2))
        first, second, third = await asyncio.gather(*map(store.write, commands), return_exceptions=True)
        assert isinstance(second, NotFound)
        assert not isinstance(first, BaseException)
        assert not isinstance(third, BaseException)
        assert (first.dot, third.dot) == ((store.log, 1), (store.log, 2))
        assert tables(store._book)["name_idx"] == set()
        assert {row[4] for row in tables(store._book)["row"]} == {1, 2}

    with_stores(tmp_path, scenario)


def test_a_bug_in_one_command_costs_its_caller_alone(tmp_path: Path) -> None:
    def bug(book: Book) -> None:
        touch(9)(book)
        raise ZeroDivisionError

    async def scenario(store: Store) -> None:
        commands = (touch(1), bug, touch(2), bug, touch(3))
        answers = await asyncio.gather(*map(store.write, commands), return_exceptions=True)
        assert [type(answer) for answer in answers if isinstance(answer, Exception)] == [
            ZeroDivisionError
        ] * 2
        assert {row[4] for row in tables(store._book)["row"]} == {1, 2, 3}
        assert store.vector() == {store.log: 3}

    with_stores(tmp_path, scenario)


def test_what_is_kept_in_memory_is_what_is_in_the_table(tmp_path: Path) -> None:
    def bug(book: Book) -> None:
        touch(1)(book)
        raise ZeroDivisionError

    async def scenario(store: Store) -> None:
        def known() -> list[Row | None]:
            key = row(1, 1).key
            return [store.rows.get(Kind.RENEWED, key.id), store._book.get(*key)]

        assert known() == [None, None]
        with pytest.raises(ZeroDivisionError):
            await store.write(bug)
        assert known() == [None, None]
        written = (await store.write(touch(1))).value
        assert known() == [written, written]
        newer = row(1, 1, hlc=written.hlc + 1)
        await store.take_rows([newer])
        assert known() == [newer, newer]
        await store.finish_round({newer.log: 1}, whole=store.new_listing())
        assert known() == [None, None]

    with_stores(tmp_path, scenario)


def test_a_caller_that_gives_up_does_not_disturb_the_others(tmp_path: Path) -> None:
    async def scenario(store: Store) -> None:
        gate = threading.Event()
        async with asyncio.TaskGroup() as group:
            group.create_task(store.write(lambda book: gate.wait()))
            given_up = group.create_task(store.write(touch(1)))
            other = group.create_task(store.write(touch(2)))
            await asyncio.sleep(0)
            given_up.cancel()
            gate.set()
        assert other.result().dot == (store.log, 2)

    with_stores(tmp_path, scenario)


def test_closing_finishes_what_waits_and_takes_nothing_more(tmp_path: Path) -> None:
    async def scenario() -> None:
        store = opened(tmp_path / "s")
        async with asyncio.TaskGroup() as group:
            writes = [group.create_task(store.write(touch(number))) for number in range(1000)]
            await asyncio.sleep(0)
            await store.close()
        assert all(write.result().dot for write in writes)
        with pytest.raises(NoTracker):
            await store.write(touch(0))

    asyncio.run(scenario())


def test_a_question_sees_one_snapshot(tmp_path: Path) -> None:
    async def scenario(store: Store) -> None:
        started, written = threading.Event(), threading.Event()

        def question(rows: Listed) -> tuple[dict[int, int], int]:
            vector = rows.vector()
            started.set()
            written.wait()
            return vector, len(list(rows.scan(Kind.RENEWED, b"")))

        await store.write(touch(1))
        async with asyncio.TaskGroup() as group:
            asked = group.create_task(store.read(question))
            await asyncio.to_thread(started.wait)
            await store.write(touch(2))
            written.set()
        assert asked.result() == ({store.log: 1}, 1)

    with_stores(tmp_path, scenario)


commands = st.lists(
    st.tuples(st.integers(0, 7), st.integers(0, 3), st.integers(0, 1), st.integers(0, 2)), max_size=40
)


@pytest.mark.slow
@given(commands)
def test_projections_kept_are_those_made_anew_and_every_question_is_answered_as_from_memory(
    script: list[tuple[int, int, int, int]],
) -> None:
    async def scenario(store: Store) -> None:
        memory = MemoryBook()
        for step in script:
            done = await asyncio.gather(store.write(partial(_play, step=step)), return_exceptions=True)
            before = dict(memory.facts)
            try:
                _play(memory, step)
            except Refused as error:
                memory.facts = before
                assert isinstance(done[0], type(error))  # noqa: PT017
            else:
                assert not isinstance(done[0], BaseException), step
        kept = tables(store._book)
        await store.write(lambda book: store._book.project_all())
        assert tables(store._book) == kept
        assert await store.read(_all_that_is_asked) == _all_that_is_asked(memory)

    with quick_folder() as folder:
        with_stores(folder, scenario)


def _play(book: Book, step: tuple[int, int, int, int]) -> None:
    what, who, which, file = step
    actor = person(book, f"user {who}")
    other = person(book, f"user {(who + 1) % 4}")
    gid = group(book, person(book, "user 0"), f"group {which}", str(file))
    match what:
        case 0:
            join(book, actor, m.Join(gid), AT, QUOTAS)
        case 1:
            let_in(book, other, gid, actor)
        case 2:
            withdraw(book, actor, m.Withdraw(gid), AT)
        case 3:
            leave(book, actor, m.Leave(gid), AT)
        case 4:
            remove_member(book, actor, m.RemoveMember(gid, other.uid), AT)
        case 5:
            share_file(book, actor, gid, "same name", str(file))
        case 6:
            stop_share(book, actor, m.StopShare(gid, [share_file(book, actor, gid, "name", "x")]), AT)
        case _:
            delete_user(book, actor, AT)


def _all_that_is_asked(rows: Listed) -> list[Any]:
    """Everything that Rows and Listed offer, less stamps, which the clock made differ."""
    uids = [UserId(row.id) for row in rows.scan(Kind.USER, b"")]
    gids = [GroupId(row.id) for row in rows.scan(Kind.GROUP, b"")]
    found: list[Any] = [uids, gids]
    for uid in uids:
        about = sorted((row.kind, row.id, row.body) for row in rows.about(uid) if row.kind != Kind.MEMBER)
        found += [about, sorted(rows.groups_of(uid)), rows.tally(Kind.SHARE, uid)]
    for gid in gids:
        found += [
            owner(rows, gid),
            [uid for uid, _ in members(rows, gid)],
            sorted((entry.name, entry.entry, entry.sharers) for entry in visible_entries(rows, gid)),
            sorted((row.kind, row.id) for row in rows.unseen(gid, {}, 1000)),
            [row.id for row in rows.scan(Kind.MEMBER, gid, gid + b"\x80")],
            len(list(rows.logs(gid))),
            rows.tally(Kind.MEMBER, gid),
            rows.tally(Kind.ENTRY, gid),
        ]
    return found


def test_a_listing_comes_whole_page_by_page_while_others_write_and_ends_with_a_delta(tmp_path: Path) -> None:
    async def scenario(store: Store) -> None:
        ann = (await store.write(lambda book: person(book, "Ann"))).value
        gid = (await store.write(lambda book: group(book, ann, "Band"))).value
        for batch in range(3):
            files = [
                m.NewShare(f"{batch}/{number}", 1, nonce(f"{batch} {number}"), bytes(20), None)
                for number in range(1000)
            ]
            await store.write(partial(share_many, actor=ann, request=m.Share(gid, files)))
        mirror = MemoryBook()
        pages, after = 0, None
        vector: dict[int, int] = {}
        while True:
            page = await store.read(partial(sync, uid=ann.uid, request=m.Sync(gid, {}, after)))
            assert len(page.rows) <= 1000
            mirror.merge(page.rows)
            vector |= page.vv or {}
            await store.write(partial(share_file, actor=ann, gid=gid, name=f"late {pages}"))
            pages, after = pages + 1, page.next
            if after is None:
                break
        assert pages == 7
        delta = await store.read(lambda rows: sync(rows, ann.uid, m.Sync(gid, vector)))
        assert delta.next is None
        assert len(delta.rows) == 14
        mirror.merge(delta.rows)
        listing = await store.read(lambda rows: visible_entries(rows, gid))
        assert visible_entries(mirror, gid) == listing
        assert len(listing) == 3007
        assert (await store.read(lambda rows: sync(rows, ann.uid, m.Sync(gid, delta.vv or {})))).rows == []

    with_stores(tmp_path, scenario)


def share_many(book: Book, actor: Actor, request: m.Share) -> None:
    share(book, actor, request, AT, QUOTAS)


WRITER = """
import asyncio, random, sys
from pathlib import Path
from shared.clock import SystemClock
from shared.facts.rows import Kind, Renewed
from trackerd.store.schema import connection
from trackerd.store.store import Store

async def write(store, lane):
    for count in range(1, 1 << 30):
        key = bytes([lane]) * 16
        await store.write(lambda book: book.write(Kind.RENEWED, key, Renewed(count)))
        print(lane, count, flush=True)

async def main():
    lot = random.Random(sys.argv[2])
    store = Store.open(Path(sys.argv[1]), number=1, ca_key=b"k" * 32, clock=SystemClock(), lot=lot)
    async with asyncio.TaskGroup() as group:
        for lane in range(8):
            group.create_task(write(store, lane))

asyncio.run(main())
"""


@pytest.mark.slow
def test_a_killed_writer_loses_nothing_that_it_acknowledged(tmp_path: Path) -> None:
    lot = random.Random(5)
    for run in range(5):
        with subprocess.Popen(
            [sys.executable, "-c", WRITER, tmp_path / "s", str(run)], stdout=subprocess.PIPE, text=True
        ) as child:
            assert child.stdout
            lines = [child.stdout.readline() for _ in range(lot.randrange(20, 400))]
            child.send_signal(signal.SIGKILL)
            lines += child.stdout.readlines()
        answers = [line.split() for line in lines if line.endswith("\n")]
        acknowledged = {int(lane): int(count) for lane, count in answers}
        store = opened(tmp_path / "s", seed=100 + run)
        for lane, count in acknowledged.items():
            row = store.rows.get(Kind.RENEWED, bytes([lane]) * 16)
            assert row
            assert body_of(row, Renewed).at >= count
        dots = [(row.log, row.seq) for row in store.rows.scan(Kind.RENEWED, b"")]
        assert all(seq <= store.vector()[log] for log, seq in dots)
        asyncio.run(store.close())


def test_a_full_disk_refuses_the_commit_whole_and_writing_goes_on_when_there_is_room(tmp_path: Path) -> None:
    def much(book: Book) -> None:
        for number in range(1000, 3000):
            touch(number)(book)

    async def scenario(store: Store) -> None:
        store._book.db.execute("PRAGMA max_page_count = 30")
        # The first has a commit of its own; the others share one.
        answers = await asyncio.gather(*map(store.write, (touch(1), touch(2), much)), return_exceptions=True)
        assert [type(answer) for answer in answers] == [Written, DiskFull, DiskFull]
        assert len(tables(store._book)["row"]) == 1
        store._book.db.execute("PRAGMA max_page_count = 1000000")
        assert (await store.write(touch(2))).dot == (store.log, 2)
        assert store.vector() == {store.log: 2}

    with_stores(tmp_path, scenario)


def test_a_commit_takes_nothing_more_in_after_a_slow_command(tmp_path: Path) -> None:
    commits: list[int] = []

    async def scenario(store: Store) -> None:
        store.on_commit = lambda commit: commits.append(len(commit.rows))
        gate = threading.Event()

        def slow(book: Book) -> None:
            gate.wait(2 * COMMIT_S_MAX)
            touch(2)(book)

        await asyncio.gather(*map(store.write, (touch(0), touch(1), slow, touch(3), touch(4))))

    with_stores(tmp_path, scenario)
    assert commits == [1, 2, 2]


def test_a_file_that_was_spoilt_meanwhile_is_found_by_looking_at_all_of_it(tmp_path: Path) -> None:
    told: list[Damaged] = []

    async def scenario(store: Store) -> None:
        store.on_damaged = told.append
        await store.write(a_group_and_its_files)
        await store.check()
        assert told == []
        path = tmp_path / "1.sqlite"
        store._book.db.execute("PRAGMA wal_checkpoint(TRUNCATE)")
        path.write_bytes(path.read_bytes()[:8192] + bytes(path.stat().st_size - 8192))
        await store.check()
        await asyncio.sleep(0)
        assert [error.code for error in told] == ["damaged"]

    with_stores(tmp_path, scenario)


def test_a_connection_that_was_opened_for_somebody_who_was_cancelled_is_closed(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    made: list[sqlite3.Connection] = []
    gate = threading.Event()

    def slowly(path: Path) -> sqlite3.Connection:
        gate.wait()
        made.append(connection(path))
        return made[-1]

    async def scenario(store: Store) -> None:
        monkeypatch.setattr("trackerd.store.store.connection", slowly)
        asked = [asyncio.get_running_loop().create_task(one) for one in (store.check(), store.checksums())]
        await asyncio.sleep(0)
        for one in asked:
            one.cancel()
        await asyncio.wait(asked)
        gate.set()

    with_stores(tmp_path, scenario)
    assert made
    for one in made:
        with pytest.raises(sqlite3.ProgrammingError, match="closed"):
            one.execute("SELECT 1")
