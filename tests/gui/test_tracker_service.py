"""The tracker of this computer is handed to the system, serves while Shoal is closed, and is taken back."""

import pwd
import shutil
import socket
import subprocess
from collections.abc import Iterator
from pathlib import Path

import pytest
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QAbstractButton, QLineEdit

from desktop.engine.trackers.tracker_service import TrackerService
from desktop.paths import Profile
from desktop.qt_loop import QtLoop
from shared.exit_codes import Exit
from shared.tracker_info import parse
from tests.gui.person import Person, until
from tests.support import user_systemd

pytestmark = [pytest.mark.gui, pytest.mark.slow]


@pytest.fixture
def systemd(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Path]:
    """Where the unit is written."""
    for name, value in user_systemd.install(tmp_path / "system").items():
        monkeypatch.setenv(name, value)
    yield tmp_path / "system" / "config" / "systemd" / "user"
    user_systemd.end(tmp_path / "system" / "run")


async def tick(person: Person, *, on: bool) -> None:
    person.window.prefer(4)
    person.press("trackerService")
    box = person.find(QAbstractButton, "trackerService")
    await until(box.isEnabled)
    assert box.isChecked() == on


def test_the_tracker_is_the_same_one_as_a_service_and_back(
    qloop: QtLoop, tmp_path: Path, systemd: Path
) -> None:
    ana = Person(tmp_path / "ana")
    said = systemd.parents[2] / "run" / "systemd" / "said"
    unit = systemd / TrackerService(ana.profile).name

    async def handed_over() -> None:
        async with ana:
            await ana.sign_up("ana")
            before = ana.own_tracker_file.read_text()
            child = ana.engine._own_tracker.pid
            (systemd.parents[2] / "bin" / "systemctl").rename(tmp_path / "systemctl")
            shutil.copy("/bin/false", systemd.parents[2] / "bin" / "systemctl")
            await tick(ana, on=False)
            assert ana.sees_notice("system did not start the tracker")()
            assert not unit.exists()
            (tmp_path / "systemctl").rename(systemd.parents[2] / "bin" / "systemctl")

            await tick(ana, on=True)
            assert ana.own_tracker_file.read_text() == before
            assert ana.engine._own_tracker.pid not in (None, child), "the failed attempt began it anew"
            command = ana.find(QLineEdit, "toStay").text()
            assert command.startswith("sudo loginctl enable-linger ")
            ana.press("copyToStay")
            assert QGuiApplication.clipboard().text() == command

    async def taken_back() -> None:
        async with ana:
            await until(lambda: ana.engine.user == "ana")
            assert ana.engine._own_tracker._process is None
            assert "RestartSec=2" in unit.read_text()
            assert f"systemctl --user restart {unit.name}" in said.read_text()
            await tick(ana, on=False)
            assert not unit.exists()
            await ana.engine.create_group("design")

    async def killed_before_it_was_enabled() -> None:
        async with ana:
            await until(lambda: ana.engine.user == "ana")

    qloop.run_until_complete(handed_over())
    (line,) = parse(ana.own_tracker_file.read_text()).lines
    assert line
    socket.create_connection((line.host, line.port)).close()  # with nobody at home
    if analyze := shutil.which("systemd-analyze"):
        done = subprocess.run([analyze, "--user", "verify", unit], capture_output=True, check=False)
        assert done.returncode == Exit.OK, done.stderr
    said.write_text("")
    qloop.run_until_complete(killed_before_it_was_enabled())
    assert said.read_text() == f"systemctl --user enable --now {unit.name}\n"
    unit.write_text(unit.read_text().replace("RestartSec=2", "RestartSec=9"))  # of another version
    qloop.run_until_complete(taken_back())


@pytest.mark.usefixtures("systemd")
def test_there_is_no_service_of_a_user_without_a_name(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    service = TrackerService(Profile.open(tmp_path / "profile"))
    assert service.view().possible

    def nobody(number: int) -> None:
        raise KeyError(number)

    for name in ("LOGNAME", "USER", "LNAME", "USERNAME"):
        monkeypatch.delenv(name, raising=False)
    monkeypatch.setattr(pwd, "getpwuid", nobody)
    assert not service.view().possible
