"""S11 to S24 of the source system's promises: starting, losing the tracker, accounts."""

import os
import select
import shutil
import signal
import socket
import subprocess
import sys
import time
from pathlib import Path

import pytest

from tests.e2e.conftest import StartShoal
from tests.support.shoal_process import FREE_S_MAX, ROOT, ShoalProcess, founded
from tests.support.tracker import TrackerProcess
from tests.support.waiting import LONG_S

pytestmark = pytest.mark.slow


def console(*arguments: str, typed: str = "") -> subprocess.CompletedProcess[str]:
    """One whole run of the prompt on a pipe."""
    return subprocess.run(
        [sys.executable, "-m", "desktop", "console", *arguments],
        input=typed,
        capture_output=True,
        text=True,
        timeout=LONG_S,
        cwd=ROOT,
        check=False,
    )


def test_s11_the_client_connects_to_the_first_tracker_that_answers_and_says_which(
    network: TrackerProcess, tmp_path: Path
) -> None:
    dead = socket.create_server(("127.0.0.1", 0))
    port = dead.getsockname()[1]
    dead.close()
    info = tmp_path / "tracker_info.txt"
    info.write_text(f"127.0.0.1:{port}\n" + network.info_file.read_text())
    with ShoalProcess(tmp_path / "shoal", info) as shoal:
        assert shoal.event("tracker", state="connected")["address"] == network.address
        status = shoal.do("status")
        assert status["tracker"] == {"number": 1, "address": network.address}
        assert [tracker["state"] for tracker in status["trackers"]] == ["lost", "connected"]
        host, port_text = shoal.listen.rsplit(":", 1)
        socket.create_connection((host, int(port_text))).close()


def test_s12_with_no_tracker_it_says_so_and_keeps_trying(tmp_path: Path) -> None:
    with TrackerProcess(tmp_path / "tracker") as tracker:
        tracker.kill()
        with ShoalProcess(tmp_path / "shoal", tracker.info_file) as shoal:
            assert shoal.refused("create_user", "early", "long enough") == "no_tracker"
            tracker.start()
            shoal.event("tracker", state="connected")
            shoal.join("early")


def test_s13_a_tracker_that_was_killed_finds_its_clients_back_without_a_word(tmp_path: Path) -> None:
    with (
        TrackerProcess(tmp_path / "tracker") as tracker,
        ShoalProcess(tmp_path / "a", tracker.info_file) as a,
    ):
        a.join("alva")
        a.do("create_group", "boats")
        tracker.kill()
        a.event("tracker", state="lost")
        a.events.clear()
        tracker.start()
        a.event("tracker", state="connected")
        assert a.do("status")["user"] == "alva"
        assert a.do("create_group", "nets") == {}
        assert {group["name"] for group in a.do("list_groups")["groups"]} == {"boats", "nets"}
        assert not [event for event in a.events if event["event"] == "login_again"]


def test_s14_transfers_go_on_while_the_tracker_is_away(tmp_path: Path) -> None:
    source = tmp_path / "big.bin"
    source.write_bytes(os.urandom(24 << 20))
    with (
        TrackerProcess(tmp_path / "tracker") as tracker,
        ShoalProcess(tmp_path / "a", tracker.info_file) as a,
        ShoalProcess(tmp_path / "b", tracker.info_file) as b,
    ):
        a.join("alva")
        b.join("bo")
        founded(a, "boats", (b, "bo"))
        a.do("upload_file", str(source), "boats")
        b.eventually("list_files", "boats", until=lambda result: result["files"])
        b.do("limit", "down", "1000")
        b.do("download_file", "boats", "big.bin", str(b.downloads))
        tracker.kill()
        for shoal in (a, b):
            shoal.event("tracker", state="lost")
        received = b.do("status")["received"]
        b.eventually("status", until=lambda status: status["received"] > received)
        b.do("limit", "down", "off")
        b.completes(1)
        assert (b.downloads / "big.bin").read_bytes() == source.read_bytes()
        tracker.start()


@pytest.mark.parametrize("address", ["127.0.0.1", "127.0.0.1:99999", "nowhere", "127.0.0.1:http"])
def test_s15_a_malformed_address_is_one_line_and_exit_code_2(network: TrackerProcess, address: str) -> None:
    run = console(address, str(network.info_file))
    assert run.returncode == 2
    assert "Traceback" not in run.stderr


def test_s15_a_port_in_use_is_one_line_and_exit_code_5(network: TrackerProcess, tmp_path: Path) -> None:
    with socket.create_server(("127.0.0.1", 0)) as taken:
        listen = f"127.0.0.1:{taken.getsockname()[1]}"
        run = console(listen, str(network.info_file), "--profile", str(tmp_path / "profile"))
    assert run.returncode == 5
    assert len(run.stderr.strip().splitlines()) == 1
    assert "Traceback" not in run.stderr


def test_s16_nothing_that_is_typed_ends_the_prompt(network: TrackerProcess, tmp_path: Path) -> None:
    typed = (
        '\n   \nfrobnicate\njoin_group\njoin_group a b c\n"unbalanced\n\x00\x1b[2J\nhelp join_group\nquit\n'
    )
    run = console("127.0.0.1:0", str(network.info_file), "--profile", str(tmp_path / "profile"), typed=typed)
    assert run.returncode == 0
    said = run.stdout.splitlines()
    assert len(said) == 9
    assert "usage: join_group <group>" in said[3]
    assert "incorrect number of arguments" in said[3]
    assert said[7].startswith("join_group <group>")
    assert said[-1] == "bye"


def test_a_long_answer_is_whole_although_its_writer_was_stopped_meanwhile_and_has_no_buffer() -> None:
    program = "import sys\nfrom desktop.console.main import set_up_output\nset_up_output()\n"
    program += "sys.stdout.write('é' * 100_000)\nsys.stdout.flush()"
    with subprocess.Popen([sys.executable, "-u", "-c", program], stdout=subprocess.PIPE, cwd=ROOT) as process:
        assert process.stdout is not None
        state = Path(f"/proc/{process.pid}/stat")
        for what, then in (("S", signal.SIGSTOP), ("T", signal.SIGCONT)):  # S: the pipe is full
            while not select.select([process.stdout], [], [], 0)[0] or state.read_text().split()[2] != what:
                assert process.poll() is None
                time.sleep(0.01)
            process.send_signal(then)
        assert process.stdout.read() == "é".encode() * 100_000


def test_s17_names_with_spaces_and_any_letters_are_typed_in_quotes(mira: ShoalProcess, name: str) -> None:
    group = f"日本 🎬 l'été {name}"
    mira.do("create_group", group)
    assert group in [listed["name"] for listed in mira.do("list_groups")["groups"]]


def test_s18_a_user_name_is_given_once(start_shoal: StartShoal, name: str) -> None:
    shoal = start_shoal(name)
    assert shoal.refused("create_user", name, "another one") == "exists"
    assert shoal.refused("create_user", name.upper(), "another one") == "exists"
    assert shoal.refused("create_user", "a/b", "long enough") == "bad_name"
    assert shoal.refused("create_user", f"{name} x", "short") == "weak_password"


def test_s19_a_wrong_password_and_an_unknown_user_get_the_same_answer(
    start_shoal: StartShoal, name: str
) -> None:
    shoal = start_shoal()
    shoal.do("create_user", name, "long enough")
    said = []
    for user in (name, name + " nobody"):
        shoal.say(f'login "{user}" "wrong password"')
        said.append(shoal.answer())
    assert said[0]["error"] == said[1]["error"]
    assert said[0]["error"]["code"] == "wrong_login"
    shoal.do("login", name, "long enough")
    assert "wrong password" not in (shoal.home / "log").read_text()


def test_s20_one_user_at_a_time_in_one_client(start_shoal: StartShoal, name: str) -> None:
    shoal = start_shoal(name)
    shoal.do("create_user", name + " b", "long enough")
    assert shoal.refused("login", name + " b", "long enough") == "already_logged_in"
    assert shoal.refused("login", name, "wrong password") == "wrong_login"
    assert shoal.do("login", name, "long enough") == {}


def test_s21_commands_need_a_login_and_say_so(start_shoal: StartShoal) -> None:
    shoal = start_shoal()
    for words in (
        ("create_group", "g"),
        ("join_group", "g"),
        ("list_groups",),
        ("list_files", "g"),
        ("upload_file", "/etc/hosts", "g"),
        ("download_file", "g", "f", "/tmp"),
        ("show_downloads",),
        ("logout",),
    ):
        assert shoal.refused(*words) == "not_logged_in"


def test_s22_s23_logout_ends_sharing_and_the_next_login_takes_it_up_again(
    start_shoal: StartShoal, mira: ShoalProcess, name: str, payload: Path
) -> None:
    shoal = start_shoal(name)
    founded(shoal, name, (mira, "mira"))
    stopped = payload.with_name("stopped.bin")
    shutil.copy(payload, stopped)
    shoal.do("upload_file", str(payload), name)
    shoal.do("upload_file", str(stopped), name)
    shoal.do("stop_share", name, stopped.name)
    mira.eventually("list_files", name, until=lambda result: [f["online"] for f in result["files"]] == [1])
    shoal.do("logout")
    assert shoal.refused("list_groups") == "not_logged_in"
    mira.eventually("list_files", name, until=lambda result: [f["online"] for f in result["files"]] == [0])
    started = mira.do("download_file", name, payload.name, str(mira.downloads))
    assert started["online"] == 0
    shoal.do("login", name, "long enough")
    mira.completes(started["id"])
    assert mira.names(name) == [payload.name]


def test_s24_a_client_that_dies_is_gone_for_the_others(
    start_shoal: StartShoal, mira: ShoalProcess, name: str, payload: Path
) -> None:
    shoal = start_shoal(name)
    founded(shoal, name, (mira, "mira"))
    shoal.do("upload_file", str(payload), name)
    mira.eventually("list_files", name, until=lambda result: [f["online"] for f in result["files"]] == [1])
    shoal.kill()
    mira.eventually("list_files", name, until=lambda result: [f["online"] for f in result["files"]] == [0])


def test_a_password_can_be_changed_and_a_device_revoked(start_shoal: StartShoal, name: str) -> None:
    first, second = start_shoal(name), start_shoal()
    assert first.refused("change_password", "wrong one", "quite another") == "wrong_login"
    first.do("change_password", "long enough", "quite another")
    assert second.refused("login", name, "long enough") == "wrong_login"
    second.do("login", name, "quite another")
    devices = first.eventually("devices", until=lambda result: len(result["devices"]) == 2)["devices"]
    assert [device["this"] for device in devices].count(True) == 1
    other = next(device["id"] for device in devices if not device["this"])
    first.do("revoke_device", other)
    second.event("login_again")
    assert second.refused("list_groups") == "not_logged_in"
    second.do("login", name, "quite another")
    assert second.do("list_groups")["groups"] is not None
    found = second.eventually("devices", until=lambda result: len(result["devices"]) == 3)["devices"]
    assert [device["revoked"] for device in found if device["id"] == other] == [True]


def test_a_deleted_account_is_gone_and_its_name_free(start_shoal: StartShoal, name: str) -> None:
    shoal = start_shoal(name)
    assert shoal.refused("delete_user", "wrong one") == "wrong_login"
    shoal.do("delete_user", "long enough")
    assert shoal.refused("login", name, "long enough") == "wrong_login"
    shoal.join(name, "another one")


def test_the_prompt_alone_starts_its_own_tracker(tmp_path: Path) -> None:
    typed = 'create_user mira "long enough"\nlogin mira "long enough"\ncreate_group film\nlist_groups\n'
    for attempt in range(2):  # the second start finds what the first left
        run = console("--profile", str(tmp_path / "profile"), typed=typed)
        assert run.returncode == 0, run.stderr
        assert "film (owner)" in run.stdout.splitlines()
        assert ("already exists" in run.stdout) == bool(attempt)


def test_a_second_prompt_on_one_profile_is_refused(start_shoal: StartShoal) -> None:
    shoal = start_shoal()
    run = console("--profile", str(shoal.home / "profile"))
    assert run.returncode == 5
    assert "profile" in run.stderr


def test_status_answers_while_nothing_else_does(network: TrackerProcess, start_shoal: StartShoal) -> None:
    shoal = start_shoal()
    begin = time.monotonic()
    status = shoal.do("status")
    assert time.monotonic() - begin < FREE_S_MAX
    assert status["user"] is None
    assert status["listen"] == shoal.listen
