import socket
from pathlib import Path

import pytest

from trackerd.notify import notify, watchdog_s


def test_systemd_is_told_on_its_socket(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    with socket.socket(socket.AF_UNIX, socket.SOCK_DGRAM) as systemd:
        systemd.bind(str(tmp_path / "notify"))
        monkeypatch.setenv("NOTIFY_SOCKET", str(tmp_path / "notify"))
        notify("READY=1\nSTATUS=on 127.0.0.1:1")
        assert systemd.recv(100) == b"READY=1\nSTATUS=on 127.0.0.1:1"


def test_an_abstract_socket_will_do(monkeypatch: pytest.MonkeyPatch) -> None:
    with socket.socket(socket.AF_UNIX, socket.SOCK_DGRAM) as systemd:
        systemd.bind("\0shoal-test-notify")
        monkeypatch.setenv("NOTIFY_SOCKET", "@shoal-test-notify")
        notify("STOPPING=1")
        assert systemd.recv(100) == b"STOPPING=1"


def test_without_systemd_nothing_happens(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("NOTIFY_SOCKET", str(tmp_path / "nobody"))
    notify("READY=1")
    monkeypatch.delenv("NOTIFY_SOCKET")
    notify("READY=1")


def test_the_watchdog_is_fed_twice_as_often_as_asked_and_only_by_whom_it_watches(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    for asked, pid, expected in (
        ("30000000", None, 15.0),
        ("30000000", "1", None),
        ("x", None, None),
        ("", None, None),
    ):
        monkeypatch.setenv("WATCHDOG_USEC", asked)
        monkeypatch.delenv("WATCHDOG_PID", raising=False)
        if pid:
            monkeypatch.setenv("WATCHDOG_PID", pid)
        assert watchdog_s() == expected
