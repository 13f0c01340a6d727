"""The tracker as systemd sees it, beside what test_trackerd_process.py says of start, watchdog and end."""

import signal
import socket
from pathlib import Path

import pytest

from tests.support.tracker import TrackerProcess
from tests.support.waiting import LONG_S

pytestmark = pytest.mark.slow


def test_a_reload_is_told_to_systemd_from_its_beginning_to_its_end(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    with socket.socket(socket.AF_UNIX, socket.SOCK_DGRAM) as systemd:
        systemd.bind(str(tmp_path / "notify"))
        systemd.settimeout(LONG_S)
        monkeypatch.setenv("NOTIFY_SOCKET", str(tmp_path / "notify"))
        with TrackerProcess(tmp_path / "tracker") as tracker:
            assert systemd.recv(200).startswith(b"READY=1\n")
            tracker.signal(signal.SIGHUP)
            assert [systemd.recv(200) for _ in range(2)] == [b"RELOADING=1", b"READY=1"]
