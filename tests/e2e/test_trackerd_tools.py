"""What an administrator does to a tracker, while it runs and while it rests (R64, R65, R85)."""

import asyncio
import contextlib
import http.client
import json
import resource
import secrets
import shutil
import signal
import socket
import time
from collections.abc import Iterator
from pathlib import Path

import pytest

import shared.wire.tracker_messages as m
from shared.errors import NoPending, NotFound
from shared.facts.ids import GroupId
from shared.tracker_info import format_pin, parse
from tests.support.desk import Desk, registered, stranger
from tests.support.tracker import TrackerProcess, free_port, refusal, run
from tests.support.waiting import LONG_S
from trackerd.care import digest as care

pytestmark = pytest.mark.slow


def said(*arguments: str | int | Path) -> str:
    """What a tool that succeeds says."""
    ended = run(*arguments)
    assert (ended.returncode, ended.stderr) == (0, ""), ended
    return ended.stdout


def digest(data: Path) -> str:
    """As the tool says it, without its start."""
    return care.digest(data).sha256


def pin(tracker: TrackerProcess) -> bytes:
    line = parse(tracker.info_file.read_text()).lines[int(tracker.data.name[-1]) - 1]
    assert line is not None
    assert line.pin is not None
    return line.pin


async def someone(tracker: TrackerProcess, name: str) -> Desk:
    host, _, port = tracker.address.rpartition(":")
    return await registered((host, int(port)), pin(tracker), name)


async def someone_again(tracker: TrackerProcess, name: str) -> Desk:
    """By the password, on another device."""
    host, _, port = tracker.address.rpartition(":")
    desk = await stranger((host, int(port)), pin(tracker))
    await desk.login(name)
    return desk


async def groups_of(desk: Desk) -> set[str]:
    return {group.name for group in (await desk.get(m.ListGroups(), m.GroupsPage)).groups}


async def writes(desk: Desk, made: list[str]) -> None:
    """Until it is cancelled, or the tracker is gone; `made` are those that were acknowledged."""
    with contextlib.suppress(ConnectionError):
        while True:
            name = f"group {secrets.token_hex(8)}"
            await desk.create_group(name)
            made.append(name)
            await asyncio.sleep(0.005)  # who asks as fast as it can is told `busy` in the end


async def more_than(count: int, made: list[str]) -> None:
    while len(made) <= count:  # noqa: ASYNC110  nothing tells of one more
        await asyncio.sleep(0.01)


def allow_many_groups(tracker: TrackerProcess) -> None:
    tracker.config.write_text(tracker.config.read_text() + "[limits]\ngroups_per_user = 100000\n")
    tracker.stop()
    tracker.start()


def test_r65_a_backup_under_load_has_all_that_was_acknowledged_before_it_and_makes_the_tracker_again(
    tmp_path: Path,
) -> None:
    backup = tmp_path / "backup.sqlite"

    async def scenario(tracker: TrackerProcess) -> list[str]:
        desk = await someone(tracker, "mira")
        made: list[str] = []
        async with asyncio.TaskGroup() as tasks:
            writing = tasks.create_task(writes(desk, made))
            await more_than(20, made)
            before = list(made)
            answer = await asyncio.to_thread(said, "backup", "--data", tracker.data, "--out", backup)
            assert answer.startswith(f"{backup}: ")
            await more_than(len(made), made)  # it goes on
            writing.cancel()
        await desk.close()
        return before

    with TrackerProcess(tmp_path / "a") as tracker:
        allow_many_groups(tracker)
        before = asyncio.run(scenario(tracker))
        assert before

    # The machine is lost; on a new one there are its keys, its tracker file and the backup.
    data, info = tmp_path / "b" / "data1", tmp_path / "b" / "tracker_info.txt"
    data.mkdir(mode=0o700, parents=True)
    for key in ("identity.key", "devices.key"):
        shutil.copy(tracker.data / key, data)
    shutil.copy(tracker.info_file, info)
    assert "restored" in said("restore", "--from", backup, info, 1, "--data", data)
    assert "all right" in said("integrity", "--data", data)

    async def look(again: TrackerProcess) -> None:
        desk = await someone(again, "somebody else")
        assert set(before) <= await groups_of(desk)
        assert desk.welcome.generation > 0
        await desk.close()

    with TrackerProcess(tmp_path / "b") as again:
        asyncio.run(look(again))


def test_tools_work_beside_the_running_tracker_and_restore_waits_for_its_end(tmp_path: Path) -> None:
    with TrackerProcess(tmp_path) as tracker:
        data = tracker.data
        before = said("digest", "--data", data).split()[-1]
        assert before == digest(data)
        assert "all right" in said("integrity", tracker.info_file, 1, "--data", data)
        said("backup", "--data", data)
        (made,) = (data / "backups").iterdir()
        code, line = refusal(run("restore", "--data", data, "--from", made))
        assert (code, str(data) in line) == (5, True)
        asyncio.run(_registers(tracker))
        tracker.stop()
        assert digest(data) != before
        said("restore", "--data", data, "--from", made)
        assert digest(data) == before
        tracker.start()


async def _registers(tracker: TrackerProcess) -> None:
    await (await someone(tracker, "mira")).close()


async def _is_known(tracker: TrackerProcess, name: str) -> bool:
    await (await someone_again(tracker, name)).close()
    return True


@pytest.mark.parametrize(
    ("arguments", "code"),
    [
        ("digest", 2),
        ("digest --data nowhere", 4),
        ("backup --data nowhere", 4),
        ("integrity --data nowhere", 4),
        ("restore --data nowhere --from nothing", 3),
        ("restore --data nowhere", 2),
        ("backup --data nowhere --keep 0", 2),
        ("forget 2 --data nowhere", 2),
        ("forget x nothing 1", 2),
        ("forget 2 nothing 1", 2),
    ],
)
def test_what_a_tool_cannot_do_is_told_by_its_exit_code(tmp_path: Path, arguments: str, code: int) -> None:
    words = [str(tmp_path / word) if word.startswith("no") else word for word in arguments.split()]
    ended = run(*words)
    assert (ended.returncode, ended.stdout) == (code, "")
    assert "Traceback" not in ended.stderr
    assert not [*tmp_path.iterdir()]


def test_a_tracker_is_forgotten_by_its_line(tmp_path: Path) -> None:
    info = tmp_path / "tracker_info.txt"
    pin = format_pin(bytes(32))
    info.write_text(f"a:1 {pin}\nb:2\n- # c\n")
    info.chmod(0o444)
    code, line = refusal(run("forget", 2, info, 1))
    assert (code, "yourself" in line) == (3, True)
    info.chmod(0o640)
    assert "tracker 2 (b:2) is forgotten" in said("forget", 2, info, 1)
    assert (info.read_text(), info.stat().st_mode & 0o777) == (f"a:1 {pin}\n-\n- # c\n", 0o640)
    assert [refusal(run("forget", number, info, 1))[0] for number in (1, 2, 3, 4)] == [2, 4, 4, 4]


def test_a_store_that_is_damaged_ends_the_start_with_what_to_do_and_a_backup_mends_it(tmp_path: Path) -> None:
    with TrackerProcess(tmp_path) as tracker:
        asyncio.run(_registers(tracker))
        said("backup", "--data", tracker.data, "--out", tmp_path / "backup")
        tracker.stop()
        before = digest(tracker.data)
        store = tracker.data / "store.sqlite"
        store.write_bytes(store.read_bytes()[:-8192])
        code, line = refusal(run(tracker.info_file, 1, "--data", tracker.data))
        assert (code, "trackerd restore" in line) == (12, True)
        found = run("integrity", "--data", tracker.data)
        assert (found.returncode, found.stdout, "trackerd restore" in found.stderr) == (7, "", True)
        said("restore", "--data", tracker.data, "--from", tmp_path / "backup")
        assert digest(tracker.data) == before
        tracker.start()


def test_r85_a_tracker_under_load_ends_when_it_is_told_to(tmp_path: Path) -> None:
    async def scenario(tracker: TrackerProcess) -> None:
        desks = [await someone(tracker, f"user {number}") for number in range(4)]
        made: list[str] = []
        async with asyncio.TaskGroup() as tasks:
            for desk in desks:
                tasks.create_task(writes(desk, made))
            await asyncio.sleep(0.2)
            tracker.signal(signal.SIGTERM)

    with TrackerProcess(tmp_path) as tracker:
        allow_many_groups(tracker)
        asyncio.run(scenario(tracker))
        assert tracker.wait() == 0
        assert "all right" in said("integrity", "--data", tracker.data)
        tracker.start()


# --- several trackers ----------------------------------------------------------------------------


@pytest.fixture
def pair(tmp_path: Path) -> Iterator[tuple[TrackerProcess, TrackerProcess]]:
    """Two trackers of one network, linked."""
    info = tmp_path / "tracker_info.txt"
    info.write_text(f"127.0.0.1:{free_port()}\n127.0.0.1:{free_port()}\n")
    with (
        TrackerProcess(tmp_path, info_file=info) as one,
        TrackerProcess(tmp_path, info_file=info, number=2) as two,
    ):
        in_step(one, two)
        yield one, two


def in_step(one: TrackerProcess, two: TrackerProcess) -> str:
    """The digest of both, once they agree."""
    end = time.monotonic() + LONG_S
    while (found := digest(one.data)) != digest(two.data):
        assert time.monotonic() < end, two.log.read_text()[-2000:]
        time.sleep(0.05)
    return found


async def band(one: TrackerProcess, two: TrackerProcess) -> tuple[Desk, Desk, GroupId]:
    """Mira, who is at the first tracker, has a group; Joao, at the second, is in it."""
    mira, joao = await someone(one, "mira"), await someone(two, "joao")
    gid = await mira.create_group("film")
    while True:
        with contextlib.suppress(NotFound):
            await joao.ask(m.Join(gid))
            break
    while True:
        with contextlib.suppress(NoPending, NotFound):
            await mira.ask(m.Accept(gid, joao.uid))
            break
    return mira, joao, gid


def test_digests_of_trackers_in_step_are_equal_and_status_says_so(
    pair: tuple[TrackerProcess, TrackerProcess],
) -> None:
    one, two = pair
    before = in_step(one, two)
    asyncio.run(_registers(one))
    assert in_step(one, two) != before
    one.say("status")
    end = time.monotonic() + LONG_S
    while f"tracker   2   {two.address}  up for" not in one.log.read_text():
        assert time.monotonic() < end
        time.sleep(0.02)
    assert ", 0 rows behind" in one.log.read_text()


def test_a_damaged_store_is_set_aside_and_filled_again_from_the_other_tracker(
    pair: tuple[TrackerProcess, TrackerProcess],
) -> None:
    one, two = pair
    asyncio.run(_registers(one))
    in_step(one, two)
    two.stop()
    store = two.data / "store.sqlite"
    store.write_bytes(store.read_bytes()[:-8192])
    two.start()
    in_step(one, two)
    assert asyncio.run(_is_known(two, "mira"))
    assert (two.data / "store.sqlite.damaged").exists()
    assert "store_damaged" in two.log.read_text()
    assert "all right" in said("integrity", "--data", two.data)


def test_r65_an_old_backup_beside_a_live_tracker_catches_up_and_brings_nothing_back(
    pair: tuple[TrackerProcess, TrackerProcess], tmp_path: Path
) -> None:
    one, two = pair

    async def before() -> GroupId:
        mira, joao, gid = await band(one, two)
        await mira.share(gid, "rushes")
        await mira.close()
        await joao.close()
        return gid

    async def meanwhile(gid: GroupId) -> None:
        joao = await someone_again(one, "joao")
        await joao.ask(m.Leave(gid))
        await joao.create_group("of joao")
        await joao.close()

    async def after(gid: GroupId) -> None:
        joao = await someone_again(two, "joao")
        groups = {group.name: group.mine for group in (await joao.get(m.ListGroups(), m.GroupsPage)).groups}
        assert groups == {"film": "none", "of joao": "owner"}
        assert joao.welcome.generation > 0
        await joao.close()

    gid = asyncio.run(before())
    in_step(one, two)
    said("backup", "--data", two.data, "--out", tmp_path / "old")
    asyncio.run(meanwhile(gid))
    expected = in_step(one, two)
    two.stop()
    said("restore", "--data", two.data, "--from", tmp_path / "old")
    assert digest(two.data) != expected
    two.start()
    assert in_step(one, two) == expected
    asyncio.run(after(gid))


# --- how it says that it is ----------------------------------------------------------------------


def page(address: str, path: str, host: str = "localhost", method: str = "GET") -> tuple[int, str]:
    name, _, port = address.rpartition(":")
    connection = http.client.HTTPConnection(name, int(port), timeout=LONG_S)
    connection.request(method, path, headers={"Host": host})
    answer = connection.getresponse()
    body = answer.read().decode()
    connection.close()
    return answer.status, body


def test_r82_its_metrics_are_for_this_computer_alone(tmp_path: Path) -> None:
    with TrackerProcess(tmp_path, "--metrics", "127.0.0.1:0", "--log-format", "json") as tracker:
        (address,) = [
            said["address"]
            for said in map(json.loads, tracker.log.read_text().splitlines())
            if said["event"] == "metrics_on"
        ]
        assert page(address, "/healthz") == (200, "ok\n")
        asyncio.run(_registers(tracker))
        status, text = page(address, "/metrics")
        assert status == 200
        assert 'shoal_logins_total{kind="password",result="ok"} 1.0' in text
        assert 'shoal_handshakes_total{result="anonymous"} 1.0' in text
        assert 'shoal_rows{kind="user"} 1.0' in text
        assert "shoal_commit_seconds_count 0.0" not in text
        assert page(address, "/metrics", host="evil.example")[0] == 403
        assert page(address, "/metrics", method="POST")[0] == 405


def test_an_address_for_metrics_that_is_none_or_in_use_is_refused(tmp_path: Path) -> None:
    info = tmp_path / "tracker_info.txt"
    info.write_text(f"127.0.0.1:{free_port()}\n")
    code, line = refusal(run(info, 1, "--data", tmp_path / "data", "--metrics", "here"))
    assert (code, "here" in line) == (2, True)
    with socket.socket() as other:
        other.bind(("127.0.0.1", 0))
        other.listen()
        port = other.getsockname()[1]
        code, line = refusal(run(info, 1, "--data", tmp_path / "data", "--metrics", f"127.0.0.1:{port}"))
    assert (code, str(port) in line) == (5, True)


def test_status_is_said_at_the_terminal(tmp_path: Path) -> None:
    with TrackerProcess(tmp_path) as tracker:
        tracker.say("status")
        end = time.monotonic() + LONG_S
        while "no other one" not in tracker.log.read_text():
            assert time.monotonic() < end
            time.sleep(0.02)
        said = tracker.log.read_text().splitlines()
        assert said[0].startswith(f"tracker 1 on {tracker.address}, up ")
        assert said[1] == "clients   0 logged in, 0 not logged in, 0 not greeted yet"


@pytest.mark.skipif(not Path("/proc/self/limits").exists(), reason="where a process's limits are told")
def test_it_takes_all_the_open_files_that_it_may_have(tmp_path: Path) -> None:
    soft, hard = resource.getrlimit(resource.RLIMIT_NOFILE)
    resource.setrlimit(resource.RLIMIT_NOFILE, (256, hard))
    try:
        with TrackerProcess(tmp_path) as tracker:
            limits = Path(f"/proc/{tracker.process.pid}/limits").read_text()
    finally:
        resource.setrlimit(resource.RLIMIT_NOFILE, (soft, hard))
    assert f"Max open files            {hard}" in limits
