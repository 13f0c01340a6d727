"""The window's program as its user starts it: a real process, offscreen, with its own tracker."""

import contextlib
import os
import signal
import socket
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

from desktop.paths import Profile
from shared.exit_codes import Exit
from tests.support.tracker import free_port

pytestmark = [pytest.mark.gui, pytest.mark.slow]
ROOT = Path(__file__).parents[2]
LONG_S = 120.0
"""More than any of them takes on a busy machine."""
Process = subprocess.Popen[str]
IMPATIENT = (
    "-c",
    "import sys; from desktop import app; from desktop.__main__ import main; "
    "app.SMOKE_S_MAX = 1.0; sys.exit(main())",
)
"""The program, but that it gives a tracker less time to answer."""
TIDY = (
    "-c",
    "import gc, sys; from desktop.__main__ import main; code = main(); "
    "assert not gc.isenabled(), 'threads take widgets apart'; sys.exit(code)",
)


class Started:
    """Processes that end with the test."""

    def __init__(self, profile: Path) -> None:
        self.profile = profile
        self.running: list[Process] = []

    def __call__(self, *arguments: str, program: tuple[str, str] = ("-m", "desktop")) -> Process:
        argv = [sys.executable, *program, "--profile", str(self.profile), *arguments]
        process = subprocess.Popen(
            argv,
            cwd=ROOT,
            env=os.environ | {"QT_QPA_PLATFORM": "offscreen"},
            stdin=subprocess.DEVNULL,
            stdout=subprocess.PIPE,
            stderr=subprocess.PIPE,
            text=True,
        )
        self.running.append(process)
        return process


@pytest.fixture
def shoal(tmp_path: Path) -> Iterator[Started]:
    started = Started(tmp_path / "profile")
    yield started
    for process in started.running:
        process.kill()
        process.communicate()


def ended(process: Process) -> tuple[int, str, str]:
    out, err = process.communicate(timeout=LONG_S)
    return process.returncode, out, err


def until_ready(process: Process) -> None:
    assert process.stderr is not None
    for line in process.stderr:
        if " ready" in line:
            return
    pytest.fail("it ended before it was ready")


def children(pid: int) -> set[int]:
    found: set[int] = set()
    for task in Path(f"/proc/{pid}/task").iterdir():
        with contextlib.suppress(OSError):  # a thread that ends
            found.update(map(int, (task / "children").read_text().split()))
    return found


def test_smoke_proves_window_engine_and_tracker(shoal: Started) -> None:
    Profile.open(shoal.profile).window.write_text(
        "[General]\ngeometry=5\nlook={\ndetails=wide\n"
    )  # of no use
    code, out, err = ended(shoal("--smoke", program=TIDY))
    assert (code, err) == (Exit.OK, "")
    assert out.startswith("smoke: window up, Using your own tracker on this computer; listening on ")
    assert len(out.splitlines()) == 1


def test_smoke_without_a_tracker_fails_as_such(shoal: Started, tmp_path: Path) -> None:
    file = tmp_path / "tracker_info.txt"
    file.write_text(f"127.0.0.1:{free_port()}\n")
    code, _, err = ended(shoal("127.0.0.1:0", str(file), "--smoke", program=IMPATIENT))
    assert code == Exit.NO_TRACKER
    assert len(err.splitlines()) == 1


@pytest.mark.parametrize(("number", "code"), [(signal.SIGTERM, Exit.OK), (signal.SIGINT, Exit.INTERRUPTED)])
def test_a_signal_ends_it_and_all_its_children(shoal: Started, number: signal.Signals, code: Exit) -> None:
    process = shoal("--log-level", "info")
    until_ready(process)
    before = children(process.pid)
    assert before, "its own tracker is a child"
    process.send_signal(number)
    assert ended(process)[0] == code
    assert not [child for child in before if Path(f"/proc/{child}").exists()]


def test_a_second_start_brings_the_first_window_forward_and_ends(shoal: Started) -> None:
    first = shoal("--log-level", "info")
    until_ready(first)
    assert ended(shoal()) == (Exit.OK, "", "")
    assert ended(shoal("shoal://join/nonsense")) == (Exit.OK, "", "")
    assert first.poll() is None
    code, _, err = ended(shoal("--smoke"))
    assert (code, err) == (Exit.IN_USE, "shoal: another Shoal uses this profile\n")


def test_a_malformed_tracker_file_is_one_line(shoal: Started, tmp_path: Path) -> None:
    file = tmp_path / "tracker_info.txt"
    file.write_text("127.0.0.1:21000\nnonsense here and there\n")
    code, _, err = ended(shoal("127.0.0.1:0", str(file)))
    assert code == Exit.USAGE
    assert len(err.splitlines()) == 1
    assert "line 2" in err
    settings = shoal.profile / "settings.toml"
    assert not settings.exists(), "what cannot be used is not remembered"


def test_a_port_in_use_is_one_line(shoal: Started) -> None:
    with socket.create_server(("127.0.0.1", 0)) as taken:
        code, _, err = ended(shoal(f"127.0.0.1:{taken.getsockname()[1]}"))
    assert code == Exit.IN_USE
    assert len(err.splitlines()) == 1


def test_all_it_writes_is_for_its_user_alone(shoal: Started) -> None:
    ended(shoal("--smoke"))
    open_to_others = [path for path in shoal.profile.rglob("*") if path.stat().st_mode & 0o077]
    assert open_to_others == []
