"""Which tracker a desktop is connected to, of real ones: the next where one is lost, and what is told."""

import asyncio
import signal
from pathlib import Path

import msgspec
import pytest

import shared.wire.tracker_messages as m
from desktop.engine import events
from shared.limits import CLIENT_PING_S, CLIENT_SILENT_S_MAX
from tests.support.moved_clock import MovedClock
from tests.support.person import Person, person
from tests.support.tracker import TrackerProcess, free_port, running_tracker
from tests.support.waiting import LONG_S, until


def descriptors() -> int:
    return len(list(Path("/proc/self/fd").iterdir()))


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
def test_a_tracker_that_falls_silent_is_pinged_and_then_left(tmp_path: Path) -> None:
    async def scenario() -> None:
        clock = MovedClock()
        with TrackerProcess(tmp_path) as tracker:
            mira = Person(tmp_path / "mira", tracker.info_file, clock)
            mira.client.start()
            await mira.create_and_login("mira")
            link = mira.client.connection.link
            assert link is not None
            for _ in range(2):
                clock.ahead_s += CLIENT_PING_S + 1
                now_s = clock.monotonic_s()
                await until(lambda: link._heard_s > now_s)  # noqa: B023
            assert [event.state for event in mira.told if isinstance(event, events.TrackerChanged)] == [
                "connected"
            ]
            tracker.signal(signal.SIGSTOP)
            clock.ahead_s += CLIENT_SILENT_S_MAX + 1
            await mira.event(events.TrackerChanged, lambda event: event.state == "lost")
            mira.forget_events()
            tracker.signal(signal.SIGCONT)
            await mira.event(events.TrackerChanged, lambda event: event.state == "connected")
            await mira.client.request(m.ListGroups())
            await mira.stop()

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
