"""The tracker that the program runs for itself: a real child process."""

import asyncio
import os
import signal
import subprocess
import sys
import time
from pathlib import Path
from unittest import mock

import pytest

import shared.wire.tracker_messages as m
from desktop.engine.trackers.own_tracker import OwnTracker
from desktop.paths import Profile
from shared.tracker_info import parse
from tests.support.person import PASSWORD, person
from tests.support.waiting import LONG_S, until

ROOT = Path(__file__).parents[2]
pytestmark = pytest.mark.slow


def is_alive(pid: int) -> bool:
    try:
        return Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()[0] != "Z"
    except OSError:
        return False


def test_it_answers_keeps_its_port_and_key_and_comes_back_after_a_crash(tmp_path: Path) -> None:
    async def scenario() -> None:
        profile = Profile(tmp_path / "profile")
        own = OwnTracker(profile)
        info_file = await own.start()
        first = info_file.read_text()
        (line,) = parse(first).lines
        assert line is not None
        assert line.host == "127.0.0.1"
        assert line.pin is not None
        async with person(tmp_path / "profile", info_file, "mira") as mira:
            assert own.pid is not None
            os.kill(own.pid, signal.SIGKILL)
            await mira.client.request(m.CreateGroup(bytes(32), "films"))
        pid = own.pid
        await own.stop()
        assert not is_alive(pid)
        own = OwnTracker(profile)
        assert (await own.start()).read_text() == first
        async with person(tmp_path / "profile", info_file) as mira:
            await mira.login("mira", PASSWORD)
        await own.stop()

    asyncio.run(scenario())


def test_it_ends_when_the_program_is_killed(tmp_path: Path) -> None:
    program = (
        "import asyncio, sys, time\nfrom pathlib import Path\n"
        "from desktop.engine.trackers.own_tracker import OwnTracker\nfrom desktop.paths import Profile\n"
        "own = OwnTracker(Profile(Path(sys.argv[1])))\nasyncio.run(own.start())\n"
        "print(own.pid, flush=True)\ntime.sleep(60)"
    )
    with subprocess.Popen(
        [sys.executable, "-c", program, str(tmp_path / "profile")], stdout=subprocess.PIPE, cwd=ROOT
    ) as process:
        assert process.stdout is not None
        pid = int(process.stdout.readline())
        assert is_alive(pid)
        process.kill()
    end = time.monotonic() + LONG_S
    while is_alive(pid):
        assert time.monotonic() < end
        time.sleep(0.05)


def test_a_start_that_is_overtaken_by_another_change_ends_no_newer_tracker(tmp_path: Path) -> None:
    async def scenario() -> None:
        own = OwnTracker(Profile(tmp_path / "profile"))
        with mock.patch("desktop.engine.trackers.own_tracker.OWN_TRACKER_STOP_S_MAX", 0.0):
            first = asyncio.get_running_loop().create_task(own.start())
            await until(lambda: own.pid)
            await own.move(on_network=False)
            (line,) = parse((await first).read_text()).lines
        assert own.pid
        assert is_alive(own.pid)
        assert line
        assert line.pin, "nobody is told of it before it answers"
        await own.stop()

    asyncio.run(scenario())


def test_a_port_that_somebody_else_took_is_given_up(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("desktop.engine.trackers.own_tracker.OWN_TRACKER_BACKOFF_S_MIN", 0.01)

    async def scenario() -> None:
        profile = Profile(tmp_path / "profile")
        own = OwnTracker(profile)
        (before,) = parse((await own.start()).read_text()).lines
        await own.stop()
        assert before is not None
        server = await asyncio.get_running_loop().create_server(asyncio.Protocol, "127.0.0.1", before.port)
        async with server:
            own = OwnTracker(profile)
            (after,) = parse((await own.start()).read_text()).lines
            await own.stop()
        assert after is not None
        assert (after.pin, after.port != before.port) == (before.pin, True)

    asyncio.run(scenario())
