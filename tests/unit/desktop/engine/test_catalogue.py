"""Whatever rows come in whatever order: the tables of files say what derive says, and can be listed."""

import asyncio
import os
import random
import threading
from collections.abc import Callable, Coroutine
from contextlib import suppress
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

import shared.wire.tracker_messages as m
from desktop.engine.browsing import Browsing, files_below
from desktop.engine.file_changes import FileChange
from desktop.engine.file_views import FilesAsked, FilesFound
from desktop.engine.mirror import Mirror
from desktop.engine.mirror_file import Merged
from shared.errors import DiskError, NotFound, Refused
from shared.fact_tables import SqlRows
from shared.facts.derive import membership, visible_entries
from shared.facts.ids import GroupId
from tests.support.memory_book import AT, MemoryBook, group, let_in, person, share_file
from tests.support.quick_folder import quick_folder
from tests.support.waiting import LONG_S
from tests.unit.desktop.engine.test_mirror import mirror_of
from trackerd.questions import sync
from trackerd.rules import Actor, delete_user, leave, revoke_device, stop_share

NAMES = ["a.txt", "b/a.txt", "b/c/d", "a", "x" * 250, "x" * 249 + "y"]


async def bring(book: MemoryBook, mirror: Mirror, gid: GroupId) -> list[Merged]:
    merged = []
    for scope in (m.NETWORK, m.ME, gid):
        vv = mirror.vector(scope)
        page = sync(book, mirror.uid, m.Sync(scope, vv))
        merged.append(await mirror.apply(scope, page.rows, page.vv, full=not vv, since=vv))
    return merged


def listed(mirror: Mirror, gid: GroupId) -> dict[str, tuple[int, int]]:
    found = mirror.rows.db.execute(
        "SELECT path || shown, file.size, sharers FROM file JOIN folder ON folder.id = folder WHERE gid = ?",
        (gid,),
    )
    return {name: (size, sharers) for name, size, sharers in found}


def told(names: set[str], changes: list[FileChange]) -> set[str]:
    before = {one.before for one in changes if one.before}
    assert before <= names
    return (names - before) | {one.after for one in changes if one.after}


class Life:
    """Of three in a group, one act at a time; refused ones too."""

    def __init__(self, lot: random.Random) -> None:
        self.lot, self.book = lot, MemoryBook()
        self.people = [person(self.book, name) for name in ("mira", "joao", "ana")]
        self.mira, self.joao, self.ana = self.people
        self.gid = group(self.book, self.mira, "films")
        let_in(self.book, self.mira, self.gid, self.joao, self.ana)

    def act(self) -> None:
        actor = self.lot.choice(self.people)
        is_in = membership(self.book, self.gid, actor.uid) is not None
        with suppress(Refused):
            if not is_in:
                let_in(self.book, self.mira, self.gid, actor)
            elif self.lot.random() < 0.2 and actor is not self.mira:
                self._go(actor)
            else:
                self._share(actor)

    def _go(self, actor: Actor) -> None:
        if self.lot.random() < 0.5:
            leave(self.book, actor, m.Leave(self.gid), AT)
        elif actor is self.ana:
            delete_user(self.book, actor, AT)
            self.people.remove(actor)
        else:
            revoke_device(self.book, actor, m.RevokeDevice(actor.dev), AT)
            self.people.remove(actor)

    def _share(self, actor: Actor) -> None:
        eids = [None, *(entry.eid for entry in visible_entries(self.book, self.gid))]
        eid, name = self.lot.choice(eids), self.lot.choice(NAMES)
        if eid and self.lot.random() < 0.3:
            stop_share(self.book, actor, m.StopShare(self.gid, [eid]), AT)
        else:
            name = f"a ({eid.hex()[:4]}).txt" if eid and self.lot.random() < 0.2 else name
            content, replaced = str(self.lot.randrange(8)), self.lot.choice(eids)
            share_file(self.book, actor, self.gid, name, content, replaced)


@pytest.mark.slow
@settings(max_examples=25)  # each makes a database
@given(st.randoms(use_true_random=False))
def test_the_tables_say_what_the_rows_say_after_each_batch(lot: random.Random) -> None:
    life = Life(lot)
    book, gid = life.book, life.gid

    async def scenario() -> None:
        with quick_folder() as folder:
            async with mirror_of(folder, life.mira.uid) as mirror:
                names: set[str] = set()
                for _ in range(lot.randrange(1, 6)):
                    for _ in range(lot.randrange(1, 9)):
                        life.act()
                    for merged in await bring(book, mirror, gid):
                        names = told(names, merged.files)
                    visible = visible_entries(book, gid)
                    expected = {
                        one.name: (one.entry.size, len({sharer.uid for sharer in one.sharers}))
                        for one in visible
                    }
                    assert listed(mirror, gid) == expected
                    assert names == expected.keys()
                    (shown,) = mirror.rows.db.execute("SELECT count(*) FROM file WHERE newer = 0").fetchone()
                    assert files_below(mirror.rows, gid, "") == shown

    asyncio.run(scenario())


Scene = Callable[[MemoryBook, Mirror, Browsing, GroupId], Coroutine[None, None, None]]


def with_files(tmp_path: Path, scene: Scene) -> None:
    """mira shares four, joao one of them too, which he shared in two versions."""
    book = MemoryBook()
    mira, joao = person(book, "mira"), person(book, "joao")
    gid = group(book, mira, "films")
    let_in(book, mira, gid, joao)
    for name, size in (("rushes/day 2/b.mov", "300000"), ("rushes/A.mov", "1"), ("Zebra.txt", "22")):
        share_file(book, mira, gid, name, size)
    share_file(book, joao, gid, "Zebra.txt", "22")
    old = share_file(book, joao, gid, "notes.md", "1")
    share_file(book, mira, gid, "notes.md", "1")
    share_file(book, joao, gid, "notes.md", "4444", old)
    path = Path(os.path.relpath(tmp_path)) / "mirror.sqlite"  # as where --profile is given so

    async def scenario() -> None:
        async with mirror_of(tmp_path, mira.uid) as mirror:
            await bring(book, mirror, gid)
            browsing = Browsing(path, mira.dev)
            browsing.online[gid] = {joao.dev}
            try:
                await scene(book, mirror, browsing, gid)
            finally:
                browsing.close()

    asyncio.run(scenario())


def names(found: FilesFound) -> list[str]:
    assert [row.id for row in found.rows] == list(found.order)
    return [row.name for row in found.rows]


def test_a_file_that_becomes_an_older_version_is_marked_as_one_and_has_no_other_name(tmp_path: Path) -> None:
    book = MemoryBook()
    mira, joao = person(book, "mira"), person(book, "joao")
    gid = group(book, mira, "films")
    let_in(book, mira, gid, joao)
    old = share_file(book, mira, gid, "notes.md", "1")
    share_file(book, joao, gid, "notes.md", "1")
    seen = list[FileChange]()

    async def scenario() -> None:
        async with mirror_of(tmp_path, mira.uid) as mirror:
            await bring(book, mirror, gid)
            mirror.on_news = lambda merged: seen.extend(merged.files)
            share_file(book, mira, gid, "notes.md", "4444", old)
            await bring(book, mirror, gid)

    asyncio.run(scenario())
    (version,) = (one for one in seen if one.eid == old)
    assert (version.before, version.is_version) == ("notes.md", True)
    assert version.after is not None
    assert version.after.startswith("notes (")


def test_files_are_listed_by_folder_by_column_and_by_what_is_searched(tmp_path: Path) -> None:
    async def scene(book: MemoryBook, mirror: Mirror, browsing: Browsing, gid: GroupId) -> None:
        mine = {gid: "films"}

        async def find(**asked: object) -> list[str]:
            return names(await browsing.find(FilesAsked(**asked), mine))  # type: ignore[arg-type]

        assert await find() == ["rushes/", "notes.md", "Zebra.txt"]
        assert await find(folder="rushes/") == ["rushes/day 2/", "rushes/A.mov"]
        assert await find(all_below=True) == ["rushes/A.mov", "rushes/day 2/b.mov", "notes.md", "Zebra.txt"]
        assert (await find(all_below=True, column="size", down=True))[0] == "rushes/day 2/b.mov"
        by_people = ["Zebra.txt", "rushes/A.mov", "rushes/day 2/b.mov", "notes.md"]
        assert await find(all_below=True, column="people", down=True) == by_people
        by_person = ["notes.md", "rushes/A.mov", "rushes/day 2/b.mov", "Zebra.txt"]
        assert await find(all_below=True, column="by") == by_person
        assert await find(all_below=True, column="by", down=True) == [*by_person[1:], by_person[0]]
        assert await find(search="RUSHES A", column="by") == ["rushes/A.mov", "rushes/day 2/b.mov"]
        assert (await find(all_below=True, column="folder"))[-1] == "rushes/day 2/b.mov"
        assert (await find(all_below=True, column="state"))[-1] == "notes.md"
        assert await find(search="RUSHES mov") == ["rushes/A.mov", "rushes/day 2/b.mov"]
        assert await find(search="ru%", column="group", down=True) == []
        assert names(await browsing.find(FilesAsked(search="a"), {})) == []
        with pytest.raises(NotFound):
            await browsing.find(FilesAsked(folder="none/"), mine)
        found = await browsing.find(FilesAsked(), mine)
        assert (found.files, found.size) == (4, sum(row.size for row in found.rows))
        assert files_below(mirror.rows, gid, "rushes/") == 2

    with_files(tmp_path, scene)


def test_a_line_says_who_has_the_file_and_how_many_older_versions_there_are(tmp_path: Path) -> None:
    async def scene(book: MemoryBook, mirror: Mirror, browsing: Browsing, gid: GroupId) -> None:
        mine = {gid: "films"}
        (row,) = [one for one in await browsing.tree(gid, "", mine) if one.name == "notes.md"]
        assert (row.sharers, row.online, row.mine, row.by, row.older) == (1, 1, False, "joao", 1)
        (older,) = await browsing.older(gid, "notes.md", mine)
        assert await browsing.older(gid, older.name, mine) == []
        assert older.name.startswith("notes (")
        assert (older.sharers, older.mine) == (2, True)
        assert [one.user for one in await browsing.who_has(gid, older.name, set())] == ["joao", "mira"]
        assert await browsing.page([row.id, 999], mine) == [row]
        with pytest.raises(NotFound):
            await browsing.who_has(gid, "none", set())
        with pytest.raises(NotFound):
            await browsing.older(gid, "none", mine)

    with_files(tmp_path, scene)


def test_what_is_left_of_a_group_that_is_dropped_is_nothing(tmp_path: Path) -> None:
    async def scene(book: MemoryBook, mirror: Mirror, browsing: Browsing, gid: GroupId) -> None:
        await mirror.drop(gid)
        assert listed(mirror, gid) == {}
        assert names(await browsing.find(FilesAsked(), {gid: "films"})) == []
        await bring(book, mirror, gid)
        assert len(listed(mirror, gid)) == len(visible_entries(book, gid))

    with_files(tmp_path, scene)


def test_a_name_means_a_file_or_what_is_in_a_folder_without_older_versions(tmp_path: Path) -> None:
    async def scene(book: MemoryBook, mirror: Mirror, browsing: Browsing, gid: GroupId) -> None:
        visible = {one.name: one for one in visible_entries(book, gid)}
        (marked,) = [name for name in visible if name.startswith("notes (")]
        assert await mirror.listing(gid, marked) == [visible[marked]]
        assert {one.name for one in await mirror.listing(gid, "notes.md")} == {marked, "notes.md"}
        rushes = [visible["rushes/A.mov"], visible["rushes/day 2/b.mov"]]
        assert await mirror.listing(gid, "rushes") == await mirror.listing(gid, "rushes/") == rushes
        assert await mirror.listing(gid, "rus") == await mirror.listing(gid, "/") == []

    with_files(tmp_path, scene)


def test_a_question_that_is_asked_no_more_ends_and_the_next_is_answered(tmp_path: Path) -> None:
    async def scene(book: MemoryBook, mirror: Mirror, browsing: Browsing, gid: GroupId) -> None:
        begun, came_to_its_end = threading.Event(), list[object]()

        def long(rows: SqlRows) -> None:
            rows.db.create_function("begun", 0, begun.set)  # only what has begun can be broken off
            numbers = "n(x) AS (SELECT begun() UNION ALL SELECT 1 FROM n LIMIT 50000000)"
            came_to_its_end.append(
                rows.db.execute(f"WITH RECURSIVE {numbers} SELECT count(*) FROM n").fetchone()
            )

        asking = asyncio.get_running_loop().create_task(browsing._orders.ask(long))
        assert await asyncio.to_thread(begun.wait, 10)
        asking.cancel()
        found = await browsing.find(FilesAsked(all_below=True), {gid: "films"})
        assert len(found.order) == 4
        assert not came_to_its_end
        with pytest.raises(DiskError):
            await browsing._orders.ask(lambda rows: rows.db.execute("SELECT nothing"))

    with_files(tmp_path, scene)


@pytest.mark.slow
def test_what_waits_for_the_one_that_is_read_ends_unread_when_nobody_browses_any_more(tmp_path: Path) -> None:
    async def scene(book: MemoryBook, mirror: Mirror, browsing: Browsing, gid: GroupId) -> None:
        goes_on, asked = threading.Event(), list[str]()

        def ask(name: str) -> asyncio.Task[None]:
            def read(rows: SqlRows) -> None:
                asked.append(name)
                goes_on.wait(2 * LONG_S)

            return asyncio.get_running_loop().create_task(browsing._pages.ask(read))

        first, second = ask("first"), ask("second")
        while not asked:  # noqa: ASYNC110  a thread tells of no event
            await asyncio.sleep(0.001)
        closing = asyncio.get_running_loop().create_task(asyncio.to_thread(browsing.close))
        await asyncio.wait([second], timeout=LONG_S)
        assert second.cancelled()
        goes_on.set()
        await asyncio.gather(first, closing)
        assert asked == ["first"]

    with_files(tmp_path, scene)
