"""The systemd of the person who runs this program, which can keep their tracker up without it."""

import asyncio
import getpass
import hashlib
import logging
import os
import shutil
import subprocess
from collections.abc import Sequence
from pathlib import Path

import platformdirs

from desktop import private_files
from desktop.engine.network_views import ServiceView
from desktop.engine.trackers.service_unit import to_stay, unit
from desktop.paths import Profile
from shared.errors import NoTracker
from shared.limits import OWN_TRACKER_READY_S_MAX

_LINGERS = Path("/var/lib/systemd/linger")
log = logging.getLogger(__name__)


class TrackerService:
    """One a profile. Whoever turns it on has stopped every other tracker on the same data."""

    def __init__(self, profile: Profile) -> None:
        mark = hashlib.sha256(os.fsencode(profile.root)).hexdigest()[:8]
        self.name = f"shoal-tracker-{mark}.service"
        self._file = platformdirs.user_config_path() / "systemd" / "user" / self.name

    @property
    def is_on(self) -> bool:
        return self._file.exists()

    def view(self) -> ServiceView:
        folder = os.environ.get("XDG_RUNTIME_DIR")
        has_systemd = folder is not None and Path(folder, "systemd", "private").exists()
        user = _user() if has_systemd and shutil.which("systemctl") else ""
        possible = bool(user)
        stays = not possible or (_LINGERS / user).exists()
        command = "" if stays else to_stay(user)
        return ServiceView(possible=possible, on=self.is_on, name=self.name, to_stay=command)

    async def turn_on(self, command: Sequence[str]) -> None:
        """It answers when this returns. Raises NoTracker: then it is off."""
        try:
            await self._write(command)
            await self._systemctl("enable", "--now", self.name)
        except NoTracker:
            await self.turn_off()
            raise
        # Where only an administrator may say so, view() has what to type.
        await _run("loginctl", "--no-ask-password", "enable-linger")

    async def turn_off(self) -> None:
        """It has ended when this returns, if there is still anybody who can end it."""
        await _run("systemctl", "--user", "disable", "--now", self.name)
        self._file.unlink(missing_ok=True)
        await _run("systemctl", "--user", "daemon-reload")

    async def keep(self, command: Sequence[str]) -> None:
        """Starts it, if it is not up; anew, if it is another command by now. Where that fails the log says
        why: the program is of use without a tracker."""
        try:
            if self._file.read_bytes() == unit(command).encode():
                await self._systemctl("enable", "--now", self.name)  # a kill may have come before the first
            else:
                await self._write(command)
                await self._systemctl("restart", self.name)
        except (NoTracker, OSError) as error:
            log.warning("the tracker is not kept up by the system service=%s: %s", self.name, error)

    async def _write(self, command: Sequence[str]) -> None:
        self._file.parent.mkdir(parents=True, exist_ok=True)
        private_files.replace(self._file, unit(command).encode())
        await self._systemctl("daemon-reload")

    async def _systemctl(self, *words: str) -> None:
        if not await _run("systemctl", "--user", *words):
            raise NoTracker("the system did not start the tracker of this computer as a service")


def _user() -> str:
    """Empty where the system has no name for whoever runs this: then no systemd is theirs."""
    try:
        return getpass.getuser()
    except (KeyError, OSError):
        return ""


async def _run(*words: str) -> bool:
    """Whether it did what it is for; else the log has why. In a thread, as some loops wait for no child."""

    def run() -> str:
        try:
            done = subprocess.run(  # noqa: S603
                words,
                stdin=subprocess.DEVNULL,
                capture_output=True,
                timeout=OWN_TRACKER_READY_S_MAX,
                check=False,
            )
        except (OSError, subprocess.TimeoutExpired) as error:
            return str(error)
        return (done.stderr.decode(errors="replace").strip() or "failed") if done.returncode else ""

    failure = await asyncio.to_thread(run)
    if failure:
        log.warning("%s: %s", " ".join(words), failure)
    return not failure
