"""The tracker as a process: how it starts, how it ends, and what it refuses (S1, S2, S6, S8, S9, S10)."""

import asyncio
import json
import os
import pty
import secrets
import shutil
import signal
import socket
import sqlite3
import subprocess
import sys
import time
from collections.abc import Awaitable, Callable
from pathlib import Path

import pytest

import shared.wire.tracker_messages as m
from shared.limits import HANDSHAKE_S_MAX
from shared.tracker_info import TrackerLine, format_pin, parse
from tests.support.desk import PASSWORD, Desk, again, registered, stranger
from tests.support.tracker import ROOT, TrackerProcess, free_port, refusal, run
from tests.support.waiting import LONG_S

pytestmark = pytest.mark.slow
KEY = bytes(32)


def line(info_file: Path, number: int = 1) -> TrackerLine:
    found = parse(info_file.read_text()).lines[number - 1]
    assert found is not None
    return found


def someone(tracker: TrackerProcess, name: str) -> Awaitable[Desk]:
    host, _, port = tracker.address.rpartition(":")
    pin = line(tracker.info_file).pin
    assert pin is not None
    return registered((host, int(port)), pin, name)


def until(is_so: Callable[[], bool]) -> None:
    end = time.monotonic() + LONG_S
    while not is_so():
        assert time.monotonic() < end
        time.sleep(0.02)


@pytest.fixture
def info(tmp_path: Path) -> Path:
    path = tmp_path / "tracker_info.txt"
    path.write_text(f"127.0.0.1:{free_port()}\n")
    return path


@pytest.fixture
def data(tmp_path: Path) -> Path:
    return tmp_path / "data"


# --- starting ------------------------------------------------------------------------------------


def test_s1_it_starts_with_file_and_number_and_says_where_it_listens(tmp_path: Path) -> None:
    with TrackerProcess(tmp_path) as tracker:
        assert tracker.said == f"trackerd 1 ready on {tracker.address}\n"
        assert tracker.address == f"127.0.0.1:{line(tracker.info_file).port}"


def test_s1_it_starts_from_a_settings_file_alone(info: Path, data: Path, tmp_path: Path) -> None:
    config = tmp_path / "trackerd.toml"
    config.write_text(f'tracker_info = "{info.name}"\nnumber = 1\ndata = "data"\nlog-format = "json"\n')
    ended = run("--config", config, "--stop-at-eof", "--log-level", "debug")
    assert ended.returncode == 0
    assert ended.stdout.startswith("trackerd 1 ready on 127.0.0.1:")
    assert ended.stdout.count("\n") == 1
    for said in ended.stderr.splitlines():
        assert json.loads(said)["event"]
    assert (data / "store.sqlite").exists()


@pytest.mark.parametrize(
    ("text", "number", "named"),
    [
        (None, "1", "tracker_info.txt"),
        ("", "1", "no tracker"),
        ("127.0.0.1:1\n\n127.0.0.1 x", "1", "line 3"),
        ("127.0.0.1:1", "2", "no tracker 2"),
        ("127.0.0.1:1", "0", "number"),
        ("127.0.0.1:1", "256", "number"),
        ("-\n127.0.0.1:1", "1", "removed"),
        ("\udcff", "1", "UTF-8"),
    ],
)
def test_s2_a_bad_file_or_number_is_one_line_and_exit_code_2(
    info: Path, data: Path, text: str | None, number: str, named: str
) -> None:
    info.unlink()
    if text is not None:
        info.write_bytes(text.encode(errors="surrogateescape"))
    code, said = refusal(run(info, number, "--data", data))
    assert code == 2
    assert named in said
    assert not data.exists(), "nothing is made for it"


@pytest.mark.parametrize("wrong", ["tracker file", "settings", "data"])
def test_a_folder_for_a_file_or_a_file_for_a_folder_is_named(
    info: Path, data: Path, tmp_path: Path, wrong: str
) -> None:
    file, config = info, tmp_path / "trackerd.toml"
    if wrong == "data":
        data.touch()
    elif wrong == "settings":
        config.mkdir()
    else:
        config.touch()
        file = tmp_path
    code, said = refusal(run(file, 1, "--data", data, *(() if wrong == "data" else ("--config", config))))
    assert code == (5 if wrong == "data" else 2)
    assert str(tmp_path) in said


@pytest.mark.parametrize("arguments", ["", "x", "x one", "x 1 2", "--what", "x 1 --data"])
def test_s2_what_cannot_be_understood_is_answered_by_the_usage(arguments: str) -> None:
    ended = run(*arguments.split())
    assert ended.returncode == 2
    assert ended.stderr.startswith("usage: trackerd")


def test_a_port_in_use_is_one_line_and_exit_code_5(info: Path, data: Path) -> None:
    with socket.socket() as other:
        other.bind(("127.0.0.1", line(info).port))
        other.listen()
        code, said = refusal(run(info, 1, "--data", data))
    assert code == 5
    assert "in use" in said


def test_a_second_one_on_the_same_data_is_exit_code_5(tmp_path: Path) -> None:
    with TrackerProcess(tmp_path) as tracker:
        code, said = refusal(run(tracker.info_file, 1, "--data", tracker.data))
    assert code == 5
    assert str(tracker.data) in said


def test_another_key_on_its_line_is_exit_code_3_with_both_remedies(info: Path, data: Path) -> None:
    info.write_text(f"127.0.0.1:{free_port()} {format_pin(KEY)}\n")
    code, said = refusal(run(info, 1, "--data", data))
    assert code == 3
    assert "--data" in said
    assert "everybody's file" in said


def test_keys_that_others_may_read_and_pins_that_others_may_write_are_exit_code_3(
    info: Path, data: Path
) -> None:
    assert run("init", info, 1, "--data", data).returncode == 0
    (data / "identity.key").chmod(0o644)
    assert refusal(run(info, 1, "--data", data))[0] == 3
    (data / "identity.key").chmod(0o600)
    info.chmod(0o666)
    assert refusal(run(info, 1, "--data", data))[0] == 3


def test_the_store_of_another_tracker_is_exit_code_3_a_newer_one_11_and_a_damaged_one_12(
    tmp_path: Path,
) -> None:
    with TrackerProcess(tmp_path) as tracker:
        tracker.stop()
    store, file = tracker.data / "store.sqlite", tracker.info_file
    kept = tmp_path / "kept.sqlite"
    shutil.copy(store, kept)

    file.write_text(f"127.0.0.1:{free_port()}\n127.0.0.1:{free_port()}\n")
    before = file.read_text()
    assert refusal(run(file, 2, "--data", tracker.data))[0] == 3
    assert file.read_text() == before, "its key must not stand as another tracker's"

    with sqlite3.connect(store) as connection:
        connection.execute("UPDATE meta SET v = 99 WHERE k = 'schema'")
    connection.close()
    assert refusal(run(file, 1, "--data", tracker.data))[0] == 11

    file.write_text(f"127.0.0.1:{free_port()}\n")  # alone: else it would fill a new one from the other
    store.write_bytes(kept.read_bytes()[:4096] + secrets.token_bytes(8192))
    assert refusal(run(file, 1, "--data", tracker.data))[0] == 12


# --- identity ------------------------------------------------------------------------------------


def test_init_writes_the_pin_and_prints_the_line_and_may_be_repeated(info: Path, data: Path) -> None:
    first, second = run("init", info, 1, "--data", data), run("init", info, 1, "--data", data)
    assert (first.returncode, second.returncode) == (0, 0)
    assert first.stdout == second.stdout == info.read_text()
    data.rename(info.parent / "data1")
    with TrackerProcess(info.parent) as tracker:
        assert tracker.info_file.read_text() == first.stdout


def test_init_on_a_read_only_file_prints_the_line_for_others(info: Path, data: Path) -> None:
    before = info.read_text()
    info.chmod(0o444)
    ended = run("init", info, 1, "--data", data)
    assert ended.returncode == 0
    assert ended.stdout.startswith(before.strip() + " ed25519:")
    assert info.read_text() == before
    assert "may not be written" in ended.stderr


def test_check_says_whether_it_could_start_and_changes_nothing(info: Path, data: Path) -> None:
    before = info.read_text()
    ended = run("--check", info, 1, "--data", data)
    assert (ended.returncode, info.read_text(), data.exists()) == (0, before, False)
    run("init", info, 1, "--data", data)
    info.write_text(f"127.0.0.1:{free_port()} {format_pin(KEY)}\n")
    assert refusal(run("--check", info, 1, "--data", data))[0] == 3


def test_two_trackers_started_with_one_fresh_file_both_have_their_pins_in_it(tmp_path: Path) -> None:
    info = tmp_path / "tracker_info.txt"
    info.write_text(f"127.0.0.1:{free_port()}\n127.0.0.1:{free_port()}\n")
    with TrackerProcess(tmp_path, info_file=info), TrackerProcess(tmp_path, info_file=info, number=2):
        until(lambda: all(line(info, number).pin for number in (1, 2)))


def test_a_pin_that_another_rename_lost_is_put_in_again(tmp_path: Path) -> None:
    with TrackerProcess(tmp_path) as tracker:
        pin = line(tracker.info_file).pin
        bare = tmp_path / "bare.txt"
        bare.write_text(f"{tracker.address}\n127.0.0.1:1\n")
        bare.replace(tracker.info_file)
        until(lambda: line(tracker.info_file).pin == pin)
        assert line(tracker.info_file, 2).port == 1


def test_a_broken_file_or_setting_is_not_taken_up_and_ends_nothing(tmp_path: Path) -> None:
    with TrackerProcess(tmp_path) as tracker:
        kept = tracker.info_file.read_text()
        tracker.info_file.write_text("rubbish\n")
        tracker.config.write_text("rubbish")
        tracker.signal(signal.SIGHUP)
        until(lambda: tracker.log.read_text().count("_refused ") >= 2)
        tracker.info_file.write_text(kept)
        asyncio.run(_works(tracker))
        tracker.config.write_text('registration = "closed"\n')
        tracker.signal(signal.SIGHUP)
        until(lambda: not asyncio.run(_may_register(tracker)))


async def _works(tracker: TrackerProcess) -> None:
    desk = await someone(tracker, f"user {secrets.token_hex(4)}")
    await desk.close()


async def _may_register(tracker: TrackerProcess) -> bool:
    host, _, port = tracker.address.rpartition(":")
    desk = await stranger((host, int(port)), line(tracker.info_file).pin or b"")
    answer = await desk.ask_raw(m.CreateUser(secrets.token_bytes(32), secrets.token_hex(8), PASSWORD))
    await desk.close()
    return isinstance(answer, m.Ok)


# --- ending --------------------------------------------------------------------------------------


@pytest.mark.parametrize("end", ["quit", "SIGTERM", "SIGINT"])
def test_s6_a_planned_end_tells_the_clients_and_is_exit_code_0(tmp_path: Path, end: str) -> None:
    async def scenario(tracker: TrackerProcess) -> None:
        mira = await someone(tracker, "mira")
        if end == "quit":
            tracker.say("quit")
        else:
            tracker.signal(signal.Signals[end])
        assert (await mira.pushed(m.Drain)).within_ms > 0
        assert await mira.ended is None

    with TrackerProcess(tmp_path) as tracker:
        asyncio.run(scenario(tracker))
        assert tracker.wait() == 0


def test_s6_quit_is_heard_at_a_terminal_too(tmp_path: Path, info: Path, data: Path) -> None:
    master, slave = pty.openpty()
    argv = [sys.executable, "-m", "trackerd", str(info), "1", "--data", str(data)]
    with subprocess.Popen(
        argv, cwd=ROOT, stdin=slave, stdout=subprocess.PIPE, stderr=subprocess.PIPE
    ) as process:
        assert process.stdout is not None
        assert process.stderr is not None
        assert b"ready on" in process.stdout.readline()
        os.write(master, b"status\nwhat\n")
        said = [process.stderr.readline()]
        while b"quit" not in said[-1]:
            said.append(process.stderr.readline())
        assert said[0].startswith(b"tracker 1 on ")
        os.write(master, b"quit\n")
        assert process.wait(LONG_S) == 0
    os.close(master)
    os.close(slave)


def test_a_last_line_without_an_end_counts_and_a_closed_output_does_no_harm(info: Path, data: Path) -> None:
    command = f'printf quit | "$0" -m trackerd "{info}" 1 --data "{data}"'
    for closed in ("", ">&-", "2>&-"):
        ended = subprocess.run(
            ["/bin/sh", "-c", f"{command} {closed}", sys.executable],
            cwd=ROOT,
            capture_output=True,
            timeout=LONG_S,
            check=False,
        )
        assert (ended.returncode, ended.stderr) == (0, b"")


def test_the_end_of_input_ends_it_only_where_that_was_asked_for(tmp_path: Path) -> None:
    with TrackerProcess(tmp_path / "a") as tracker:
        assert tracker.process.stdin is not None
        tracker.process.stdin.close()
        time.sleep(0.3)
        assert tracker.process.poll() is None
        assert tracker.stop() == 0
    with TrackerProcess(tmp_path / "b", "--stop-at-eof") as tracker:
        assert tracker.process.stdin is not None
        tracker.process.stdin.close()
        assert tracker.wait() == 0


def test_s6_s10_kill_9_loses_nothing_that_was_acknowledged(tmp_path: Path) -> None:
    async def write(tracker: TrackerProcess, desk: Desk) -> list[str]:
        made: list[str] = []
        loop = asyncio.get_running_loop()
        try:
            while True:
                if len(made) == 3:
                    loop.call_later(0.05, tracker.process.kill)
                name = f"group {secrets.token_hex(8)}"
                await desk.create_group(name)
                made.append(name)
        except ConnectionError:
            return made

    async def scenario(tracker: TrackerProcess) -> None:
        mira, made = await someone(tracker, "mira"), []
        address = mira.channel.peer_address[:2]
        for _ in range(3):
            made += await write(tracker, mira)
            tracker.wait()
            tracker.start()
            mira = await again(address, mira)
            groups = (await mira.get(m.ListGroups(), m.GroupsPage)).groups
            assert set(made) <= {group.name for group in groups}
        await mira.close()

    with TrackerProcess(tmp_path) as tracker:
        tracker.config.write_text(tracker.config.read_text() + "[limits]\ngroups_per_user = 100000\n")
        tracker.stop()
        tracker.start()
        asyncio.run(scenario(tracker))


def test_s8_s9_silent_slow_and_evil_clients_hold_nobody_up(tmp_path: Path) -> None:
    with TrackerProcess(tmp_path) as tracker:
        host, _, port = tracker.address.rpartition(":")
        strangers = [socket.create_connection((host, int(port))) for _ in range(300)]
        for number, each in enumerate(strangers):
            each.send((b"\x16\x03\x01", b"GET / HTTP/1.1\r\n\r\n", b"\0" * 100)[number % 3])
        begun_s = time.monotonic()
        asyncio.run(_works(tracker))
        assert time.monotonic() - begun_s < HANDSHAKE_S_MAX, "it did not wait for the end of theirs"
        for each in strangers:
            each.close()
        assert tracker.stop() == 0
        assert "Traceback" not in tracker.log.read_text()


# --- beside it -----------------------------------------------------------------------------------


def test_systemd_is_told_when_it_is_ready_alive_and_stopping(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    with socket.socket(socket.AF_UNIX, socket.SOCK_DGRAM) as systemd:
        systemd.bind(str(tmp_path / "notify"))
        systemd.settimeout(LONG_S)
        monkeypatch.setenv("NOTIFY_SOCKET", str(tmp_path / "notify"))
        monkeypatch.setenv("WATCHDOG_USEC", "200000")
        with TrackerProcess(tmp_path / "tracker") as tracker:
            assert systemd.recv(200) == f"READY=1\nSTATUS=on {tracker.address}".encode()
            assert [systemd.recv(200) for _ in range(2)] == [b"WATCHDOG=1"] * 2
            tracker.stop()
            heard = b""
            while heard != b"STOPPING=1":
                heard = systemd.recv(200)
                assert heard in (b"WATCHDOG=1", b"STOPPING=1")


def test_no_password_reaches_the_log_or_the_store(tmp_path: Path) -> None:
    async def scenario(tracker: TrackerProcess) -> None:
        mira = await someone(tracker, "mira")
        answer = await mira.ask_raw(m.ChangePassword("Wrong-Marker-Password", "New-Marker-Password"))
        assert isinstance(answer, m.Error)
        await mira.close()

    with TrackerProcess(tmp_path, "--log-level", "debug") as tracker:
        asyncio.run(scenario(tracker))
        tracker.stop()
    kept = b"".join(path.read_bytes() for path in tmp_path.rglob("*") if path.is_file())
    assert b"$argon2id$" in kept
    for secret in (PASSWORD.encode(), b"Marker-Password"):
        assert secret not in kept


def test_what_it_makes_is_its_users_alone(tmp_path: Path) -> None:
    (tmp_path / "tracker_info.txt").write_text(f"127.0.0.1:{free_port()}\n")
    before = os.umask(0)
    try:
        with TrackerProcess(tmp_path) as tracker:
            asyncio.run(_works(tracker))
            modes = {path.name: path.stat().st_mode & 0o777 for path in tracker.data.iterdir()}
            assert tracker.data.stat().st_mode & 0o777 == 0o700
    finally:
        os.umask(before)
    assert {"identity.key", "devices.key", "store.sqlite", "lock"} <= modes.keys()
    assert set(modes.values()) == {0o600}
