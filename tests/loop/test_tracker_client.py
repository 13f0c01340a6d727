"""What a desktop asks a real tracker and is told by it, and its mirror meanwhile."""

import asyncio
import random
import threading
from pathlib import Path

import pytest

import shared.wire.tracker_messages as m
from desktop.engine import events
from shared.clock import SystemClock
from shared.errors import NoTracker
from shared.facts.derive import members, owner, shown_group, shown_user
from shared.facts.ids import Epoch, GroupId
from shared.facts.rows import Kind, Member, Row, encode_body
from tests.support.memory_book import MemoryBook, group
from tests.support.memory_book import person as book_person
from tests.support.person import PASSWORD, Person, person
from tests.support.tracker import RunningTracker, TrackerProcess, free_port, running_tracker
from tests.support.waiting import LONG_S, until
from trackerd.rules import delete_user


async def let_in(owner_: Person, member: Person, gid: GroupId) -> None:
    await member.client.request(m.Join(gid))
    await owner_.client.request(m.Accept(gid, member.uid))
    await member.event(events.Accepted)


def test_what_is_written_is_in_the_mirror_when_the_answer_is_here(tmp_path: Path) -> None:
    async def scenario() -> None:
        async with (
            running_tracker(tmp_path) as tracker,
            person(tmp_path / "mira", tracker.info_file, "mira") as mira,
        ):
            gid = await mira.create_group("films")
            assert mira.mirror.my_epoch(gid) is not None
            assert shown_group(mira.mirror.rows, gid) == "films"
            await mira.share(gid, "a.mkv")
            assert await mira.names(gid) == ["a.mkv"]
            await mira.client.request(m.Leave(gid))
            assert mira.mirror.my_epoch(gid) is None
            assert await mira.names(gid) == []

    asyncio.run(scenario())


@pytest.mark.slow
def test_what_was_answered_is_done_also_where_the_tracker_is_lost_before_the_mirror_has_it(
    tmp_path: Path,
) -> None:
    async def scenario() -> None:
        with TrackerProcess(tmp_path) as tracker:
            async with person(tmp_path / "mira", tracker.info_file, "mira") as mira:
                link, writes = mira.client.connection.link, threading.Event()
                assert link is not None
                waiting = mira.mirror._writer._work_queue
                mira.mirror._writer.submit(writes.wait, LONG_S)
                await until(waiting.empty)
                asked = asyncio.ensure_future(mira.create_group("films"))  # noqa: TID251
                await asyncio.sleep(0)  # it is asked
                assert link.in_flight == 1
                await until(lambda: not waiting.empty() and link.in_flight == 0)
                await asyncio.get_running_loop().run_in_executor(None, tracker.kill)
                await mira.event(events.TrackerChanged, lambda event: event.state == "lost")
                writes.set()
                await asked

    asyncio.run(scenario())


@pytest.mark.slow
def test_members_hear_of_each_other_and_of_files(tmp_path: Path) -> None:
    async def scenario() -> None:
        async with (
            running_tracker(tmp_path) as tracker,
            person(tmp_path / "mira", tracker.info_file, "mira") as mira,
            person(tmp_path / "joao", tracker.info_file, "joao") as joao,
        ):
            gid = await mira.create_group("films")
            await mira.share(gid, "before.mkv")
            await joao.client.request(m.Join(gid))
            came = await mira.event(events.RequestCame)
            assert (came.group, came.user) == ("films", "joao")
            await mira.client.request(m.Accept(gid, joao.uid))
            assert (await joao.event(events.Accepted)).group == "films"
            assert await joao.names(gid) == ["before.mkv"]
            assert joao.mirror.may_talk(mira.account.dev, gid)

            await mira.share(gid, "after.mkv", 7)
            added = await joao.event(events.FileAdded)
            assert (added.name, added.size, added.user) == ("after.mkv", 7, "mira")
            assert not any(
                isinstance(event, events.FileAdded) and event.name == "before.mkv" for event in joao.told
            )

            await mira.client.request(m.Transfer(gid, joao.uid))
            assert (await joao.event(events.OwnerChanged)).user == "joao"
            assert owner(joao.mirror.rows, gid) == joao.uid
            await joao.client.request(m.RemoveMember(gid, mira.uid))
            assert (await mira.event(events.Removed)).group == "films"
            await until(lambda: list(mira.mirror.rows.scan(Kind.ENTRY, gid)) == [])
            assert not mira.mirror.may_talk(joao.account.dev, gid)

    asyncio.run(scenario())


def test_who_is_turned_down_is_told_and_who_withdraws_is_not(tmp_path: Path) -> None:
    async def scenario() -> None:
        async with (
            running_tracker(tmp_path) as tracker,
            person(tmp_path / "mira", tracker.info_file, "mira") as mira,
            person(tmp_path / "joao", tracker.info_file, "joao") as joao,
        ):
            gid, other = await mira.create_group("films"), await mira.create_group("music")
            await joao.client.request(m.Join(other))
            await joao.client.request(m.Withdraw(other))
            await joao.client.request(m.Join(gid))
            await mira.client.request(m.Reject(gid, joao.uid))
            assert (await joao.event(events.Rejected)).group == "films"
            assert [event.group for event in joao.told if isinstance(event, events.Rejected)] == ["films"]

    asyncio.run(scenario())


def test_a_command_whose_answer_was_lost_is_repeated_once_and_done_once(tmp_path: Path) -> None:
    async def scenario() -> None:
        async with (
            running_tracker(tmp_path) as tracker,
            person(tmp_path / "mira", tracker.info_file, "mira") as mira,
        ):
            asked = asyncio.ensure_future(mira.create_group("films"))  # noqa: TID251
            await asyncio.sleep(0)  # it is asked
            link = mira.client.connection.link
            assert link is not None
            assert link.in_flight == 1
            channel = link._channel
            assert channel is not None
            channel.pause_reading()
            rows = tracker.daemon._store.rows
            await until(lambda: [*rows.claims(Kind.GROUP, "films")])
            channel.abort()
            gid = await asked
            page = await mira.client.ask(m.ListGroups(), m.GroupsPage)
            assert [(group.gid, group.name) for group in page.groups] == [(gid, "films")]

    asyncio.run(scenario())


@pytest.mark.slow
def test_with_no_tracker_a_command_waits_and_then_says_so(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("desktop.engine.trackers.tracker_client.NO_TRACKER_WAIT_S", 0.5)

    async def scenario() -> None:
        info_file = tmp_path / "info.txt"
        info_file.write_text(f"127.0.0.1:{free_port()}\n")
        async with person(tmp_path / "mira", info_file) as mira:
            loop = asyncio.get_running_loop()
            since = loop.time()
            assert mira.client.connection.is_searching  # nobody was asked yet
            with pytest.raises(NoTracker):
                await mira.client.request(m.CreateUser(bytes(32), "mira", PASSWORD))
            await until(lambda: not mira.client.connection.is_searching)
            assert loop.time() - since > 0.4

    asyncio.run(scenario())


async def merge(tracker: RunningTracker, elsewhere: MemoryBook) -> None:
    """As after a time without a link between the two trackers."""
    await tracker.daemon._store.take_rows(elsewhere.above({}))
    await tracker.daemon._store.finish_round(elsewhere.seen)


@pytest.mark.slow
@pytest.mark.parametrize("is_later", [False, True])
def test_both_are_told_whose_name_or_group_was_made_twice_while_trackers_could_not_talk(
    tmp_path: Path, *, is_later: bool
) -> None:
    elsewhere = MemoryBook(number=2, wall_s=SystemClock().wall_s() + (60 if is_later else -60))
    other = book_person(elsewhere, "mira")
    other_gid = group(elsewhere, other, "Films")

    def changes(person: Person) -> dict[str, tuple[str, str, bool]]:
        found = [event for event in person.told if isinstance(event, events.NameChanged)]
        assert len(found) <= 2
        return {event.kind: (event.old, event.new, event.rival) for event in found}

    async def scenario() -> None:
        async with running_tracker(tmp_path) as tracker:
            async with person(tmp_path / "mira", tracker.info_file, "mira") as mira:
                gid = await mira.create_group("films")
                await merge(tracker, elsewhere)
                await until(lambda: len(changes(mira)) == 2)
                if is_later:
                    marks = f"mira~{other.uid.hex()[:4]}", f"Films~{other_gid.hex()[:4]}"
                    assert changes(mira) == {
                        "user": ("mira", marks[0], True),
                        "group": ("Films", marks[1], True),
                    }
                else:
                    marks = f"mira~{mira.uid.hex()[:4]}", f"films~{gid.hex()[:4]}"
                    assert changes(mira) == {
                        "user": ("mira", marks[0], False),
                        "group": ("films", marks[1], False),
                    }
                page = await mira.client.ask(m.ListGroups(), m.GroupsPage)
                shown = {one.gid: (one.name, one.owner) for one in page.groups}
                me = mira.client.account
                assert me is not None
                assert shown[gid] == (mira.mirror.named(gid).name, me.name)
                assert shown_user(mira.mirror.rows, mira.uid) == me.name
                mira.forget_events()
                assert mira.client.connection.link is not None
                mira.client.connection.link.close()
                await mira.event(events.TrackerChanged, lambda event: event.state == "connected")
                assert await mira.client.wait_in_step(LONG_S)
                assert changes(mira) == {}, "told once"
            again = Person(tmp_path / "mira", tracker.info_file)
            account = again.accounts.last()
            assert account is not None
            assert account.name == me.name
            again.attach(account)
            assert again.mirror.named(gid).name == shown[gid][0], "known without a tracker, too"
            again.client.start()
            assert await again.client.wait_in_step(LONG_S)
            delete_user(elsewhere, other, 0)
            await merge(tracker, elsewhere)
            if not is_later:
                await until(lambda: len(changes(again)) == 2)
                assert changes(again) == {
                    "user": (marks[0], "mira", False),
                    "group": (marks[1], "films", False),
                }
            await again.stop()

    asyncio.run(scenario())


@pytest.mark.slow
def test_a_member_is_called_the_same_where_a_namesake_is_in_no_group_of_mine(tmp_path: Path) -> None:
    elsewhere = MemoryBook(number=2, wall_s=SystemClock().wall_s() - 60)
    book_person(elsewhere, "joao")

    async def scenario() -> None:
        async with (
            running_tracker(tmp_path) as tracker,
            person(tmp_path / "mira", tracker.info_file, "mira") as mira,
            person(tmp_path / "joao", tracker.info_file, "joao") as joao,
        ):
            gid = await mira.create_group("films")
            await let_in(mira, joao, gid)
            await until(lambda: shown_user(mira.mirror.rows, joao.uid) == "joao")
            await merge(tracker, elsewhere)
            marked = f"joao~{joao.uid.hex()[:4]}"
            await until(lambda: shown_user(mira.mirror.rows, joao.uid) == marked)
            found = (await mira.client.ask(m.Resolve("user", marked), m.Resolved)).found
            assert found == [(joao.uid, marked)]

    asyncio.run(scenario())


@pytest.mark.slow
def test_partials_are_announced_and_again_to_each_new_session(tmp_path: Path) -> None:
    async def scenario() -> None:
        async with (
            running_tracker(tmp_path) as tracker,
            person(tmp_path / "mira", tracker.info_file, "mira") as mira,
            person(tmp_path / "joao", tracker.info_file, "joao") as joao,
        ):
            gid = await mira.create_group("films")
            await let_in(mira, joao, gid)
            await mira.share(gid, "a.mkv")
            await joao.event(events.FileAdded)
            (entry,) = await joao.mirror.listing(gid)
            joao.client.found_at([m.Endpoint("127.0.0.1", 40_000)])
            joao.client.announce(add=[m.EntryRef(gid, entry.eid)])

            async def partial_holders() -> list[m.PeerListed]:
                found = await mira.client.ask(m.Peers(gid, [entry.eid]), m.PeersFound)
                return [peer for _, peers in found.entries for peer in peers if peer.partial]

            async def comes() -> None:
                async with asyncio.timeout(LONG_S):
                    while not (found := await partial_holders()):  # noqa: ASYNC110
                        await asyncio.sleep(0.05)
                    assert [(peer.uid, peer.port) for peer in found] == [(joao.uid, 40_000)]

            await comes()
            assert joao.client.connection.link is not None
            joao.client.connection.link.close()
            await joao.event(events.TrackerChanged, lambda event: event.state == "lost")
            assert await joao.client.wait_in_step(LONG_S)
            await comes()

    asyncio.run(scenario())


@pytest.mark.slow
def test_a_long_listing_comes_in_pages_and_a_reconnect_fetches_only_the_rest(tmp_path: Path) -> None:
    async def scenario() -> None:
        async with (
            running_tracker(tmp_path) as tracker,
            person(tmp_path / "mira", tracker.info_file, "mira") as mira,
            person(tmp_path / "joao", tracker.info_file, "joao") as joao,
        ):
            gid = await mira.create_group("films")
            files = [m.NewShare(f"{n:04}", n, random.randbytes(32), bytes(20), None) for n in range(1500)]
            await mira.client.request(m.Share(gid, files[:1000]))
            await mira.client.request(m.Share(gid, files[1000:]))
            await let_in(mira, joao, gid)
            assert len(await joao.names(gid)) == 1500
            assert joao.client.connection.link is not None
            joao.client.connection.link.close()
            await joao.event(events.TrackerChanged, lambda event: event.state == "lost")
            await mira.share(gid, "new")
            assert await joao.client.wait_in_step(LONG_S)
            await joao.event(events.FileAdded, lambda event: event.name == "new")
            assert len(await joao.names(gid)) == 1501

    asyncio.run(scenario())


def test_of_a_tracker_restored_from_a_backup_all_is_fetched_anew(tmp_path: Path) -> None:
    async def scenario() -> None:
        async with (
            running_tracker(tmp_path) as tracker,
            person(tmp_path / "mira", tracker.info_file, "mira") as mira,
        ):
            gid = await mira.create_group("films")
            await mira.share(gid, "a.mkv")
            (log,) = mira.mirror.vector(gid)
            lost = Member(is_in=True, epoch=Epoch(1, log), by=mira.uid, at=0)
            await mira.mirror.apply(
                gid, [Row(Kind.MEMBER, gid + bytes(16), 1, log, 1, encode_body(lost))], None
            )
            assert len(members(mira.mirror.rows, gid)) == 2
            mira.mirror.remember("generation 1", -1)
            assert mira.client.connection.link is not None
            mira.client.connection.link.close()
            await mira.event(events.TrackerChanged, lambda event: event.state == "lost")
            assert await mira.client.wait_in_step(LONG_S)
            assert len(members(mira.mirror.rows, gid)) == 1
            assert await mira.names(gid) == ["a.mkv"]

    asyncio.run(scenario())
