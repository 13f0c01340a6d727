"""The desktop's tracker side against the real tracker: sessions, fail-over, the mirror and what is told."""

import asyncio
import random
import signal
import threading
from pathlib import Path

import msgspec
import pytest

import shared.wire.tracker_messages as m
from desktop.engine import events
from shared.clock import SystemClock
from shared.errors import Exists, NotLoggedIn, NoTracker, WrongLogin
from shared.facts.derive import members, owner, shown_group, shown_user
from shared.facts.ids import Epoch, GroupId
from shared.facts.rows import Kind, Member, Row, encode_body
from shared.limits import CLIENT_PING_S, CLIENT_SILENT_S_MAX
from shared.trust.certificates import device_leaf
from shared.trust.identity import PrivateKey, raw_public
from tests.support.memory_book import MemoryBook, group
from tests.support.memory_book import person as book_person
from tests.support.person import PASSWORD, Person, person
from tests.support.tracker import RunningTracker, TrackerProcess, free_port, running_tracker
from tests.support.waiting import LONG_S, until
from trackerd.rules import delete_user


def descriptors() -> int:
    return len(list(Path("/proc/self/fd").iterdir()))


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


@pytest.mark.slow
def test_a_tracker_that_comes_back_finds_its_client_by_certificate(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("desktop.engine.trackers.tracker_client.NO_TRACKER_WAIT_S", LONG_S)

    async def scenario() -> None:
        with TrackerProcess(tmp_path) as tracker:
            async with person(tmp_path / "mira", tracker.info_file, "mira") as mira:
                gid = await mira.create_group("films")
                assert not mira.client.connection.is_searching
                tracker.kill()
                await mira.event(events.TrackerChanged, lambda event: event.state == "lost")
                mira.forget_events()
                await until(
                    lambda: mira.client.connection.in_use is None and not mira.client.connection.is_searching
                )
                await asyncio.get_running_loop().run_in_executor(None, tracker.start)
                await mira.share(gid, "a.mkv")  # waits for the new session
                states = [event.state for event in mira.told if isinstance(event, events.TrackerChanged)]
                assert states == ["connected"]
                assert not any(isinstance(event, events.LoginAgain) for event in mira.told)

    asyncio.run(scenario())


@pytest.mark.slow
def test_a_tracker_is_called_behind_until_it_has_what_the_client_has_seen(tmp_path: Path) -> None:
    async def scenario() -> None:
        async with (
            running_tracker(tmp_path) as tracker,
            person(tmp_path / "mira", tracker.info_file, "mira") as mira,
        ):
            assert mira.client.connection.link is not None
            newest = mira.client.connection.link.newest
            assert newest is not None
            mira.forget_events()
            mira.client.connection.link._session.newest = newest._replace(seq=newest.seq + 1)
            mira.client.connection.link.close()
            await mira.event(events.TrackerChanged, lambda event: event.state == "behind")
            await mira.create_group("films")
            await mira.event(events.TrackerChanged, lambda event: event.state == "connected")
            states = [event.state for event in mira.told if isinstance(event, events.TrackerChanged)]
            assert states == ["lost", "behind", "connected"]

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


def test_the_next_line_is_tried_where_the_first_tracker_is_not_there(tmp_path: Path) -> None:
    async def scenario() -> None:
        async with running_tracker(tmp_path) as tracker:
            info_file = tmp_path / "mine.txt"
            info_file.write_text(f"127.0.0.1:{free_port()}\n-\n{tracker.info_file.read_text()}")
            async with person(tmp_path / "mira", info_file, "mira") as mira:
                assert mira.client.connection.in_use is not None
                assert mira.client.connection.in_use.number == 1
                assert [one.state for one in mira.client.connection.trackers()] == ["lost", "connected"]

    asyncio.run(scenario())


def test_a_line_that_no_name_server_can_be_asked_for_is_passed_over(tmp_path: Path) -> None:
    async def scenario() -> None:
        async with running_tracker(tmp_path) as tracker:
            info_file = tmp_path / "mine.txt"
            info_file.write_text(f"a..b:1\n{'x' * 64}.org:1\n{tracker.info_file.read_text()}")
            async with person(tmp_path / "mira", info_file, "mira") as mira:
                states = [one.state for one in mira.client.connection.trackers()]
                assert states == ["lost", "lost", "connected"]

    asyncio.run(scenario())


@pytest.mark.slow
def test_who_logs_out_while_a_tracker_is_dialled_leaves_no_session_there(tmp_path: Path) -> None:
    async def scenario() -> None:
        async with (
            running_tracker(tmp_path) as tracker,
            person(tmp_path / "mira", tracker.info_file, "mira") as mira,
        ):
            await mira.client.request(m.CreateUser(random.randbytes(32), "joao", PASSWORD))
            link = mira.client.connection.link
            assert link is not None
            link.close()
            while mira.client.connection.link is link:  # noqa: ASYNC110  the next one is dialled at once
                await asyncio.sleep(0)
            for _ in range(3):
                await asyncio.sleep(0)
            await mira.client.logout()
            await mira.client.login("joao", PASSWORD, "test")

    asyncio.run(scenario())


def test_a_tracker_that_cannot_be_remembered_is_not_held_open(tmp_path: Path) -> None:
    async def scenario() -> None:
        async with running_tracker(tmp_path) as tracker, person(tmp_path / "mira", tracker.info_file) as mira:
            assert await mira.client.connection.wait(LONG_S)
            open_before = descriptors()
            mira.network.folder.trackers.with_name("trackers.toml.new").mkdir()
            mira.network._known = msgspec.structs.replace(mira.network._known, d_keys=[])
            assert mira.client.connection.link is not None
            mira.client.connection.link.close()
            await mira.event(events.TrackerChanged, lambda event: event.state == "lost")
            await until(lambda: mira.client.connection.trackers()[0].state == "lost")
            await until(lambda: descriptors() < open_before)  # neither end of the old link

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


def test_wrong_passwords_taken_names_and_strangers_are_refused(tmp_path: Path) -> None:
    async def scenario() -> None:
        async with (
            running_tracker(tmp_path) as tracker,
            person(tmp_path / "mira", tracker.info_file, "mira") as mira,
            person(tmp_path / "eve", tracker.info_file) as eve,
        ):
            with pytest.raises(Exists):
                await eve.client.request(m.CreateUser(bytes(32), "mira", PASSWORD))
            with pytest.raises(WrongLogin):
                await eve.client.login("mira", "not her password", "test")
            with pytest.raises(NotLoggedIn):
                await eve.client.request(m.ListGroups())
            assert mira.account.name == "mira"

    asyncio.run(scenario())


@pytest.mark.slow
def test_a_bare_line_is_trusted_once_and_another_key_there_refused(tmp_path: Path) -> None:
    async def scenario() -> None:
        bare = tmp_path / "bare.txt"
        async with running_tracker(tmp_path / "one") as tracker:
            bare.write_text(f"127.0.0.1:{tracker.address[1]}\n")
            async with person(tmp_path / "mira", bare, "mira") as mira:
                met = await mira.event(events.PinMet)
                assert met.pin in tracker.info_file.read_text()
            async with person(tmp_path / "mira", bare) as mira:
                assert await mira.client.connection.wait(LONG_S)
                assert not any(isinstance(event, events.PinMet) for event in mira.told)
        (tmp_path / "two").mkdir()
        (tmp_path / "two" / "tracker_info.txt").write_text(bare.read_text())
        async with running_tracker(tmp_path / "two"), person(tmp_path / "mira", bare) as mira:
            assert (await mira.event(events.PinMismatch)).address == bare.read_text().strip()
            assert not await mira.client.connection.wait(1.0)

    (tmp_path / "one").mkdir()
    asyncio.run(scenario())


def test_the_last_account_is_taken_up_again_without_a_password(tmp_path: Path) -> None:
    async def scenario() -> None:
        async with running_tracker(tmp_path) as tracker:
            async with person(tmp_path / "mira", tracker.info_file, "mira") as mira:
                gid = await mira.create_group("films")
            mira = Person(tmp_path / "mira", tracker.info_file)
            account = mira.accounts.last()
            assert account is not None
            mira.attach(account)
            assert shown_group(mira.mirror.rows, gid) == "films"  # before there is any tracker
            mira.client.start()
            assert await mira.client.wait_in_step(LONG_S)
            await mira.share(gid, "a.mkv")
            await mira.client.logout()
            assert mira.accounts.last() is None
            with pytest.raises(NotLoggedIn):
                await mira.client.request(m.ListGroups())
            await mira.stop()

    asyncio.run(scenario())


@pytest.mark.slow
@pytest.mark.parametrize("certificate", ["lost", "of an authority that is not trusted any more", "expired"])
def test_a_certificate_that_does_not_count_is_renewed_by_the_key(tmp_path: Path, certificate: str) -> None:
    async def scenario() -> None:
        async with running_tracker(tmp_path) as tracker:
            async with person(tmp_path / "mira", tracker.info_file, "mira") as mira:
                pass
            public, now_s = raw_public(mira.account.key), mira.clock.wall_s()
            if certificate == "lost":
                mira.account.folder.device_crt.unlink()
            elif certificate == "expired":
                old = device_leaf(PrivateKey.generate(), public, now_s - 30 * 24 * 3600)
                mira.account.folder.device_crt.write_bytes(old)
            else:
                other = device_leaf(PrivateKey.generate(), public, now_s)
                mira.account.folder.device_crt.write_bytes(other)
            mira = Person(tmp_path / "mira", tracker.info_file)
            account = mira.accounts.last()
            assert account is not None
            mira.attach(account)
            mira.client.start()
            assert await mira.client.wait_in_step(LONG_S)
            assert mira.client.account is not None
            assert mira.client.account.days_left(mira.clock.wall_s()) > 6
            assert mira.client.account.certificate == mira.account.folder.device_crt.read_bytes()
            assert not any(isinstance(event, events.LoginAgain) for event in mira.told)
            await mira.stop()

    asyncio.run(scenario())


class LateClock(SystemClock):
    """`late_s` seconds have passed unseen."""

    late_s = 0.0

    def wall_s(self) -> float:
        return super().wall_s() + self.late_s

    def monotonic_s(self) -> float:
        return super().monotonic_s() + self.late_s


@pytest.mark.slow
def test_a_tracker_that_falls_silent_is_pinged_and_then_left(tmp_path: Path) -> None:
    async def scenario() -> None:
        clock = LateClock()
        with TrackerProcess(tmp_path) as tracker:
            mira = Person(tmp_path / "mira", tracker.info_file, clock)
            mira.client.start()
            await mira.create_and_login("mira")
            link = mira.client.connection.link
            assert link is not None
            for _ in range(2):
                clock.late_s += CLIENT_PING_S + 1
                now_s = clock.monotonic_s()
                await until(lambda: link._heard_s > now_s)  # noqa: B023
            assert [event.state for event in mira.told if isinstance(event, events.TrackerChanged)] == [
                "connected"
            ]
            tracker.signal(signal.SIGSTOP)
            clock.late_s += CLIENT_SILENT_S_MAX + 1
            await mira.event(events.TrackerChanged, lambda event: event.state == "lost")
            mira.forget_events()
            tracker.signal(signal.SIGCONT)
            await mira.event(events.TrackerChanged, lambda event: event.state == "connected")
            await mira.client.request(m.ListGroups())
            await mira.stop()

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


def test_a_clock_that_is_far_off_is_told(tmp_path: Path) -> None:
    async def scenario() -> None:
        async with running_tracker(tmp_path) as tracker:
            clock = LateClock()
            clock.late_s = 3600
            mira = Person(tmp_path / "mira", tracker.info_file, clock)
            mira.client.start()
            assert abs((await mira.event(events.ClockOff)).seconds - 3600) < LONG_S
            await mira.stop()

    asyncio.run(scenario())


def test_a_revoked_device_has_to_log_in_again_and_gets_a_new_key(tmp_path: Path) -> None:
    async def scenario() -> None:
        async with (
            running_tracker(tmp_path) as tracker,
            person(tmp_path / "mira", tracker.info_file, "mira") as mira,
            person(tmp_path / "other", tracker.info_file) as other,
        ):
            await other.login("mira")
            before = mira.account.dev
            await other.client.request(m.RevokeDevice(before))
            assert (await mira.event(events.LoginAgain)).reason == "device_revoked"
            with pytest.raises(NotLoggedIn):
                await mira.client.request(m.ListGroups())
            account = await mira.client.login("mira", PASSWORD, "test")
            assert account.dev != before
            await mira.client.request(m.ListGroups())

    asyncio.run(scenario())


def test_logout_forget_revokes_the_device_and_deletes_its_key(tmp_path: Path) -> None:
    async def scenario() -> None:
        async with (
            running_tracker(tmp_path) as tracker,
            person(tmp_path / "mira", tracker.info_file, "mira") as mira,
        ):
            before = mira.account
            await mira.client.logout(forget=True)
            assert not before.folder.device_key.exists()
            mira.mirror.close()
            await mira.login("mira")
            assert mira.account.dev != before.dev

    asyncio.run(scenario())


@pytest.mark.slow
def test_a_tracker_that_stops_is_left_without_losing_a_command(tmp_path: Path) -> None:
    async def scenario() -> None:
        async with running_tracker(tmp_path) as tracker:
            mira = Person(tmp_path / "mira", tracker.info_file)
            mira.client.start()
            await mira.create_and_login("mira")
        await mira.event(events.TrackerChanged, lambda event: event.state == "drain")
        await mira.event(events.TrackerChanged, lambda event: event.state == "lost")
        async with running_tracker(tmp_path):
            await mira.create_group("films")
        await mira.stop()

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
