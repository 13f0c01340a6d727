import asyncio
import os
import threading
from collections.abc import Callable, Coroutine
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

from desktop.engine import library_changes as lib
from desktop.engine.events import ShareFound, ShareMoved, ShareProgress, ShareWithdrawn
from desktop.engine.files.source_file import stamp_of
from desktop.engine.library import Library
from desktop.engine.sharing.sharing import Sharing
from shared.errors import (
    BadPath,
    DiskError,
    NotAMember,
    NotFound,
    NoTracker,
    NotShared,
    Quota,
)
from shared.facts.derive import visible_entries
from shared.facts.ids import EntryId
from shared.limits import FILE_BYTES_MAX, OPEN_SOURCES_MAX, PIECE_BYTES
from shared.manifest import check_block, check_index, hash_piece, piece_hash
from shared.wire import tracker_messages as t
from tests.support.left_open import open_files
from tests.support.memory_book import let_in
from tests.support.small_world import Account, World
from tests.support.waiting import LONG_S, until

Scenario = Callable[[World, Account, Sharing, Path], Coroutine[Any, Any, None]]


@pytest.fixture
def run(tmp_path: Path) -> Callable[[Scenario], None]:
    """Runs a scenario with ann's account, its sharing, and a folder to put files in."""

    def run_one(scenario: Scenario) -> None:
        async def with_account() -> None:
            world = World()
            account = Account(world, world.ann, tmp_path / "ann")
            sharing = Sharing(account.around)
            (tmp_path / "files").mkdir()
            try:
                await scenario(world, account, sharing, tmp_path / "files")
            finally:
                sharing.offered.close()
                await account.close()

        asyncio.run(with_account())

    return run_one


def made(path: Path, content: bytes | str) -> Path:
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_bytes(content if isinstance(content, bytes) else content.encode())
    return path


def eid_of(world: World, name: str) -> EntryId:
    return next(entry.eid for entry in visible_entries(world.book, world.gid) if entry.name == name)


def test_a_shared_file_is_in_the_group_and_can_be_read_through_its_offer(
    run: Callable[[Scenario], None],
) -> None:
    async def scenario(world: World, account: Account, sharing: Sharing, files: Path) -> None:
        content = os.urandom(3 * PIECE_BYTES + 5)
        result = await sharing.share(world.gid, made(files / "a b.bin", content))
        (entry,) = visible_entries(world.book, world.gid)
        assert [(file.name, file.size, file.already) for file in result.files] == [
            ("a b.bin", len(content), False)
        ]
        assert entry.entry.root.hex() == result.files[0].root
        offer = sharing.offered.offer(world.gid, entry.eid)
        assert offer is not None
        check_index(entry.entry.root, offer.header, offer.index)
        check_block(offer.index, 0, len(content), offer.block(0))
        source = offer.source(3)
        with offer.file as fd:
            data = os.pread(fd, source.length, source.offset)
        assert hash_piece(data) == piece_hash(offer.block(0), 3)
        assert offer.bitfield() is None
        with pytest.raises(NotFound):
            offer.block(1)

    run(scenario)


def test_a_folder_is_its_files_and_what_is_left_out_is_told(run: Callable[[Scenario], None]) -> None:
    async def scenario(world: World, account: Account, sharing: Sharing, files: Path) -> None:
        for number in range(30):
            made(files / "Photos" / f"{number}.txt", str(number % 10))
        made(files / "Photos" / "empty", "")
        (files / "Photos" / "link").symlink_to("0.txt")
        result = await sharing.share(world.gid, files / "Photos")
        assert len(result.files) == 31
        assert [(skipped.path, skipped.code) for skipped in result.skipped] == [
            (str(files / "Photos" / "link"), "bad_path")
        ]
        assert "Photos/7.txt" in world.names()
        last = account.told(ShareProgress)[-1]
        assert last.finished
        assert (last.files_done, last.files) == (31, 31)
        assert last.hashed == last.size == 30

    run(scenario)


def test_sharing_again_is_told_and_hashes_nothing(run: Callable[[Scenario], None]) -> None:
    async def scenario(world: World, account: Account, sharing: Sharing, files: Path) -> None:
        path = made(files / "a", bytes(3 * PIECE_BYTES))
        await sharing.share(world.gid, path)
        account.hasher.close()  # who hashes now, fails
        offer = sharing.offered.offer(world.gid, eid_of(world, "a"))
        assert offer
        before = open_files()
        assert (await sharing.share(world.gid, path)).files[0].already
        assert world.names() == ["a"]
        assert offer.file.read(0, memoryview(bytearray(9))), "others have asked for it"
        assert not open_files() - before

    run(scenario)


def test_a_new_version_takes_the_name_and_the_old_one_goes(run: Callable[[Scenario], None]) -> None:
    async def scenario(world: World, account: Account, sharing: Sharing, files: Path) -> None:
        path = made(files / "a", "old")
        await sharing.share(world.gid, path)
        old = eid_of(world, "a")
        made(path, "newer")
        await sharing.share(world.gid, path)
        (entry,) = visible_entries(world.book, world.gid)
        assert (entry.name, entry.entry.size, entry.entry.replaces) == ("a", 5, old)
        assert sharing.offered.offer(world.gid, old) is None

    run(scenario)


@pytest.mark.parametrize("path", ["nothing", "empty"])
def test_nothing_to_share_is_an_error_and_leaves_nothing(run: Callable[[Scenario], None], path: str) -> None:
    async def scenario(world: World, account: Account, sharing: Sharing, files: Path) -> None:
        (files / "empty").mkdir()
        with pytest.raises(BadPath):
            await sharing.share(world.gid, files / path)
        assert not account.requests
        assert not account.library.shared_groups()

    run(scenario)


def test_only_members_share(run: Callable[[Scenario], None]) -> None:
    async def scenario(world: World, account: Account, sharing: Sharing, files: Path) -> None:
        world.leave(world.ann)
        with pytest.raises(NotAMember):
            await sharing.share(world.gid, made(files / "a", "a"))
        with pytest.raises(NotAMember):
            await sharing.stop_share(world.gid, "a")

    run(scenario)


def test_what_the_tracker_refuses_is_not_shared_here_either(run: Callable[[Scenario], None]) -> None:
    async def scenario(world: World, account: Account, sharing: Sharing, files: Path) -> None:
        account.fails = lambda _: Quota()
        with pytest.raises(Quota):
            await sharing.share(world.gid, made(files / "a", "a"))
        assert not account.library.shares(world.gid)

    run(scenario)


def test_what_no_tracker_heard_is_declared_by_the_next_session(run: Callable[[Scenario], None]) -> None:
    async def scenario(world: World, account: Account, sharing: Sharing, files: Path) -> None:
        account.fails = lambda _: NoTracker()
        with pytest.raises(NoTracker):
            await sharing.share(world.gid, made(files / "a", "a"))
        account.fails = lambda _: None
        sharing.declaring.logged_in()
        await until(world.names)
        assert world.names() == ["a"]

    run(scenario)


def test_a_stopped_share_leaves_the_list_and_no_login_brings_it_back(run: Callable[[Scenario], None]) -> None:
    async def scenario(world: World, account: Account, sharing: Sharing, files: Path) -> None:
        withdrawn: list[EntryId] = []
        sharing.on_withdrawn = lambda _, eid: withdrawn.append(eid)
        for name in ("a", "b", "f/x", "f/y", "fx"):
            made(files / "all" / name, name)
        await sharing.share(world.gid, files / "all")
        b = eid_of(world, "all/b")
        await sharing.stop_share(world.gid, "all/b")
        await sharing.stop_share(world.gid, "all/f/")
        assert world.names() == ["all/a", "all/fx"]
        assert sharing.offered.offer(world.gid, b) is None
        assert len(withdrawn) == 3
        Sharing(account.around).declaring.logged_in()
        await asyncio.sleep(0.1)
        assert world.names() == ["all/a", "all/fx"]
        await sharing.share(world.gid, files / "all" / "b")
        assert sharing.offered.offer(world.gid, eid_of(world, "b")) is not None

    run(scenario)


def test_stopping_what_is_unknown_and_what_others_share_is_told_apart(
    run: Callable[[Scenario], None],
) -> None:
    async def scenario(world: World, account: Account, sharing: Sharing, files: Path) -> None:
        bob = Account(world, world.bob, files.parent / "bob")
        await Sharing(bob.around).share(world.gid, made(files / "his", "his"))
        with pytest.raises(NotFound):
            await sharing.stop_share(world.gid, "nothing")
        with pytest.raises(NotShared):
            await sharing.stop_share(world.gid, "his")
        await bob.close()

    run(scenario)


def test_a_stop_that_no_tracker_heard_is_told_by_the_next_session(run: Callable[[Scenario], None]) -> None:
    async def scenario(world: World, account: Account, sharing: Sharing, files: Path) -> None:
        await sharing.share(world.gid, made(files / "a", "a"))
        eid = eid_of(world, "a")
        account.fails = lambda _: NoTracker()
        with pytest.raises(NoTracker):
            await sharing.stop_share(world.gid, "a")
        assert sharing.offered.offer(world.gid, eid) is None
        account.fails = lambda _: None
        sharing.declaring.logged_in()
        await until(lambda: not world.names())

    run(scenario)


def test_same_content_under_two_names_and_by_two_users_is_not_mixed_up(
    run: Callable[[Scenario], None],
) -> None:
    async def scenario(world: World, account: Account, sharing: Sharing, files: Path) -> None:
        bob = Account(world, world.bob, files.parent / "bob")
        his = Sharing(bob.around)
        await sharing.share(world.gid, made(files / "a", "same"))
        await sharing.share(world.gid, made(files / "b", "same"))
        await his.share(world.gid, made(files / "bob" / "a", "other"))
        await his.share(world.gid, made(files / "bob" / "b", "same"))
        entries = {entry.name: entry for entry in visible_entries(world.book, world.gid)}
        assert len(entries["b"].sharers) == 2
        assert len(entries["a"].sharers) == 1
        assert len(entries) == 3
        await sharing.stop_share(world.gid, "a")
        assert sharing.offered.offer(world.gid, entries["b"].eid) is not None
        await bob.close()

    run(scenario)


def test_who_left_and_was_let_in_again_shares_again_under_the_new_membership(
    run: Callable[[Scenario], None],
) -> None:
    async def scenario(world: World, account: Account, sharing: Sharing, files: Path) -> None:
        await sharing.share(world.gid, made(files / "a", "a"))
        await sharing.share(world.gid, made(files / "stopped", "b"))
        await sharing.stop_share(world.gid, "stopped")
        sharing.declaring.logged_in()
        world.leave(world.ann)
        sharing.declaring.groups_changed([world.gid])
        await asyncio.sleep(0.05)
        assert world.names() == []
        let_in(world.book, world.bob, world.gid, world.ann)
        assert world.names() == []
        sharing.declaring.groups_changed([world.gid])
        await until(world.names)
        assert world.names() == ["a"]
        before = len(account.requests)
        sharing.declaring.groups_changed([world.gid])
        await asyncio.sleep(0.05)
        assert len(account.requests) == before

    run(scenario)


def overwrite(path: Path) -> None:
    stamp = path.stat()
    path.write_text("cONTENT")
    os.utime(path, ns=(stamp.st_atime_ns, stamp.st_mtime_ns))


def replace_by_fifo(path: Path) -> None:
    path.unlink()
    os.mkfifo(path)


SPOILS: dict[str, tuple[Callable[[Path], object], str]] = {
    "deleted": (Path.unlink, "missing"),
    "truncated": (lambda path: os.truncate(path, 3), "changed"),
    "grown": (lambda path: path.write_text("content and more"), "changed"),
    "one byte, old time": (overwrite, "changed"),
    "fifo": (replace_by_fifo, "changed"),
}


@pytest.mark.parametrize("is_open", [True, False])
@pytest.mark.parametrize("spoil", SPOILS)
def test_a_source_that_changed_is_not_read_and_is_withdrawn(
    run: Callable[[Scenario], None], spoil: str, is_open: bool
) -> None:
    async def scenario(world: World, account: Account, sharing: Sharing, files: Path) -> None:
        path = made(files / "a", "content")
        await sharing.share(world.gid, path)
        offer = sharing.offered.offer(world.gid, eid_of(world, "a"))
        assert offer is not None
        if is_open:
            with offer.file:
                pass
        act, reason = SPOILS[spoil]
        act(path)
        with pytest.raises(DiskError), offer.file:
            pass
        offer.read_failed()
        offer.read_failed()
        await until(lambda: not world.names())
        assert [(event.name, event.reason) for event in account.told(ShareWithdrawn)] == [("a", reason)]

    run(scenario)


def test_what_changed_while_nobody_looked_is_withdrawn_at_login(run: Callable[[Scenario], None]) -> None:
    async def scenario(world: World, account: Account, sharing: Sharing, files: Path) -> None:
        await sharing.share(world.gid, made(files / "a", "a"))
        await sharing.share(world.gid, made(files / "b", "b"))
        (files / "a").unlink()
        Sharing(account.around).declaring.logged_in()
        await until(lambda: world.names() == ["b"])
        assert account.told(ShareWithdrawn)[0].reason == "missing"

    run(scenario)


def test_what_was_moved_near_by_is_found_by_its_content_and_shared_on(
    run: Callable[[Scenario], None],
) -> None:
    async def scenario(world: World, account: Account, sharing: Sharing, files: Path) -> None:
        for name in ("a", "b", "thrown away"):
            made(files / "top" / "in" / name, name * 50)
        await sharing.share(world.gid, files / "top")
        (files / "top" / ".bin").mkdir()
        (files / "top/in/thrown away").rename(files / "top/.bin/thrown away")
        (files / "top" / "in").rename(files / "elsewhere")
        made(files / "decoy" / "a", "b" * 50)
        again, cut = Sharing(account.around), list[EntryId]()
        again.on_withdrawn = lambda _, eid: cut.append(eid)
        eids = {eid_of(world, f"top/in/{name}") for name in ("a", "b", "thrown away")}
        again.declaring.logged_in()
        await until(lambda: len(account.told(ShareMoved)) == 2 and account.told(ShareWithdrawn))
        await until(lambda: set(cut) == eids)  # who was told that they cannot be read asks anew
        assert {event.path for event in account.told(ShareMoved)} == {
            str(files / "elsewhere" / name) for name in "ab"
        }
        assert [event.reason for event in account.told(ShareWithdrawn)] == ["missing"]
        await until(lambda: world.names() == ["top/in/a", "top/in/b"])
        offer = again.offered.offer(world.gid, eid_of(world, "top/in/a"))
        assert offer is not None
        with offer.file as fd:
            assert os.read(fd, 100) == b"a" * 50

    run(scenario)


def test_what_was_lost_is_shared_again_from_where_it_is_now(run: Callable[[Scenario], None]) -> None:
    async def scenario(world: World, account: Account, sharing: Sharing, files: Path) -> None:
        path = made(files / "film", "content")
        await sharing.share(world.gid, path)
        path.unlink()
        Sharing(account.around).declaring.logged_in()
        await until(lambda: not world.names())
        with pytest.raises(BadPath):
            await sharing.relink(world.gid, "film", made(files / "other", "another"))
        with pytest.raises(NotFound):
            await sharing.relink(world.gid, "never shared", files / "other")
        found = made(files / "copy", "content")
        await sharing.share(world.gid, found)
        (told,) = account.told(ShareFound)
        assert (told.name, told.path) == ("film", str(found))
        await sharing.relink(world.gid, "film", found)
        assert sorted(world.names()) == ["copy", "film"]

    run(scenario)


class SlowToStop:
    """Does one request after another, as a tracker does, and stops nothing before it is told to."""

    def __init__(self, account: Account) -> None:
        self.begun: list[t.Message] = []
        self.may_stop = asyncio.Event()
        self._account, self._order = account, asyncio.Lock()

    async def request(self, message: t.Message) -> t.Answer:
        self.begun.append(message)
        async with self._order:
            if isinstance(message, t.StopShare):
                await self.may_stop.wait()
            return await self._account.request(message)

    def announce(self, **_: object) -> None: ...


@pytest.mark.slow
def test_what_is_found_while_its_loss_is_still_being_told_is_shared_in_the_end(
    run: Callable[[Scenario], None],
) -> None:
    async def scenario(world: World, account: Account, _: Sharing, files: Path) -> None:
        tracker = SlowToStop(account)
        sharing = Sharing(replace(account.around, tracker=tracker))
        path = made(files / "film", "content")
        await sharing.share(world.gid, path)
        path.unlink()
        sharing.declaring.logged_in()
        await until(lambda: bool(account.told(ShareWithdrawn)))
        async with asyncio.TaskGroup() as tasks:
            again = tasks.create_task(sharing.relink(world.gid, "film", made(files / "copy", "content")))
            await until(lambda: again.done() or len(tracker.begun) == 3)
            tracker.may_stop.set()
        await until(lambda: len(account.requests) == len(tracker.begun))
        assert world.names() == ["film"]

    run(scenario)


@pytest.mark.slow
def test_what_was_lost_is_found_in_the_folder_that_it_is_said_to_be_in(
    run: Callable[[Scenario], None],
) -> None:
    async def scenario(world: World, account: Account, sharing: Sharing, files: Path) -> None:
        paths = [made(files / "top" / name, name) for name in ("a", "in/a", "b")]
        await sharing.share(world.gid, files / "top")
        for path in paths:
            path.unlink()
        Sharing(account.around).declaring.logged_in()
        await until(lambda: not world.names())
        for name in ("a", "in/a"):
            made(files / "elsewhere" / name, name)
        for name in ("top/a", "top/in/a"):
            await sharing.relink(world.gid, name, files / "elsewhere")
        with pytest.raises(BadPath):
            await sharing.relink(world.gid, "top/b", files / "elsewhere")
        assert sorted(world.names()) == ["top/a", "top/in/a"]

    run(scenario)


@pytest.mark.slow
def test_long_lists_of_shares_and_paths_are_looked_at_beside_the_loop(
    run: Callable[[Scenario], None], monkeypatch: pytest.MonkeyPatch
) -> None:
    on_the_loop: list[str] = []

    def watch(kind: type, name: str) -> None:
        looks = getattr(kind, name)

        def look(self: object, *values: object) -> object:
            if threading.current_thread() is threading.main_thread():
                on_the_loop.append(name)
            return looks(self, *values)

        monkeypatch.setattr(kind, name, look)

    async def scenario(world: World, account: Account, sharing: Sharing, files: Path) -> None:
        path = made(files / "film", "content")
        watch(Path, "exists")
        for name in ("shares", "shares_of", "shared_groups", "stopped_of_contents"):
            watch(Library, name)
        await sharing.share(world.gid, path)
        eids = await sharing.stop_share(world.gid, "film")
        await sharing.share_again(world.gid, eids)
        assert world.names() == ["film"]
        await sharing.stop_share(world.gid, "film")
        path.rename(files / "copy")
        await sharing.share(world.gid, files / "copy")
        await sharing.relink(world.gid, "film", files / "copy")
        again = Sharing(account.around)
        again.declaring.logged_in()
        await until(lambda: again.declaring._declared)
        assert (len(account.told(ShareFound)), on_the_loop) == (1, [])

    run(scenario)


def test_a_new_link_or_other_rights_are_no_change(run: Callable[[Scenario], None]) -> None:
    async def scenario(world: World, account: Account, sharing: Sharing, files: Path) -> None:
        path = made(files / "a", "content")
        await sharing.share(world.gid, path)
        eid = eid_of(world, "a")
        offer = sharing.offered.offer(world.gid, eid)
        assert offer is not None
        (files / "link").hardlink_to(path)
        with pytest.raises(DiskError), offer.file:
            pass
        offer.read_failed()
        await until(lambda: sharing.offered.offer(world.gid, eid) is not offer)
        again = sharing.offered.offer(world.gid, eid)
        assert again is not None
        with again.file as fd:
            assert os.read(fd, 100) == b"content"
        assert offer.file.read(0, memoryview(bytearray(7))), "others have asked for it"
        assert not account.told(ShareWithdrawn)
        assert world.names() == ["a"]

    run(scenario)


def test_what_is_shared_from_another_place_by_now_is_read_there(run: Callable[[Scenario], None]) -> None:
    async def scenario(world: World, account: Account, sharing: Sharing, files: Path) -> None:
        path, other = made(files / "a", "content"), made(files / "b", "content")
        await sharing.share(world.gid, path)
        eid = eid_of(world, "a")
        offer, record = sharing.offered.offer(world.gid, eid), account.library.share(world.gid, eid)
        assert offer is not None
        assert record is not None
        moved = replace(record, path=other, stamp=stamp_of(other))
        await account.library.write(lambda db: lib.keep_shares(db, [moved]))  # as a download does
        path.unlink()
        offer.read_failed()
        await until(lambda: sharing.offered.offer(world.gid, eid) is not offer)
        again = sharing.offered.offer(world.gid, eid)
        assert again is not None
        with again.file as fd:
            assert os.read(fd, 100) == b"content"

    run(scenario)


def test_a_file_of_a_folder_that_cannot_be_hashed_is_left_out_and_a_single_one_refused(
    run: Callable[[Scenario], None],
) -> None:
    async def scenario(world: World, account: Account, sharing: Sharing, files: Path) -> None:
        made(files / "f" / "good", "g")
        huge = made(files / "f" / "huge", "")
        os.truncate(huge, FILE_BYTES_MAX + 1)
        result = await sharing.share(world.gid, files / "f")
        assert [file.name for file in result.files] == ["f/good"]
        assert [(skipped.path, skipped.code) for skipped in result.skipped] == [(str(huge), "bad_path")]
        with pytest.raises(BadPath, match="larger"):
            await sharing.share(world.gid, huge)

    run(scenario)


def test_cancelling_ends_it_and_keeps_what_is_shared(run: Callable[[Scenario], None]) -> None:
    async def scenario(world: World, account: Account, sharing: Sharing, files: Path) -> None:
        with (files / "large").open("wb") as file:
            file.truncate(1 << 38)  # to read all of it takes longer than this test may
        sharing_it = account.background.spawn(sharing.share(world.gid, files / "large"))
        await until(lambda: account.told(ShareProgress))
        sharing_it.cancel()
        async with asyncio.timeout(LONG_S):
            await asyncio.gather(sharing_it, return_exceptions=True)
        assert world.names() == []

    run(scenario)


@pytest.mark.slow
def test_open_sources_are_bounded_and_come_back(run: Callable[[Scenario], None]) -> None:
    async def scenario(world: World, account: Account, sharing: Sharing, files: Path) -> None:
        for number in range(80):
            made(files / "f" / str(number), str(number).ljust(PIECE_BYTES + 1))
            made(files / "f" / f"small {number}", str(number))
        await sharing.share(world.gid, files / "f")
        names = [*(f"f/{number}" for number in range(80)), *(f"f/small {number}" for number in range(80))]
        offers = [offer for name in names if (offer := sharing.offered.offer(world.gid, eid_of(world, name)))]
        before = open_files()
        for _ in range(2):
            for number, offer in enumerate(offers):
                with offer.file as fd:
                    assert os.pread(fd, 10, 0).split() == [str(number % 80).encode()]
        assert len(offers) == 160
        assert len(open_files() - before) <= OPEN_SOURCES_MAX

    run(scenario)


@pytest.mark.slow
def test_complete_downloads_are_declared_together(run: Callable[[Scenario], None]) -> None:
    async def scenario(world: World, account: Account, sharing: Sharing, files: Path) -> None:
        for name in ("a", "b", "c"):
            await sharing.share(world.gid, made(files / name, name))
        records = account.library.shares(world.gid)
        await asyncio.gather(*(sharing.stop_share(world.gid, name) for name in ("a", "b", "c")))
        account.requests.clear()
        for record in records:
            sharing.declaring.fetched([record])
        await until(lambda: len(world.names()) == 3)
        assert [type(request) for request in account.requests] == [t.Share]

    run(scenario)
