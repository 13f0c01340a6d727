"""The tracker that this program runs for itself: a child that dies with it, restarted when it dies before."""

import asyncio
import logging
import os
import socket
import subprocess
import sys
import threading
from collections.abc import Callable
from pathlib import Path

from desktop import private_files
from desktop.paths import Profile
from shared.errors import NoTracker
from shared.exit_codes import Exit
from shared.limits import (
    OWN_TRACKER_BACKOFF_S_MAX,
    OWN_TRACKER_BACKOFF_S_MIN,
    OWN_TRACKER_PORT_TRIES,
    OWN_TRACKER_READY_S_MAX,
    OWN_TRACKER_STOP_S_MAX,
)
from shared.tracker_info import format_pin, parse

log = logging.getLogger(__name__)


class OwnTracker:
    """A thread starts it and waits for it, as not every loop can wait for children.

    It reads standard input, of which this program holds the other end: that is closed by the system, however
    this program ends, and the tracker stops at the end of its input.
    """

    def __init__(self, profile: Profile) -> None:
        self._folder = profile.own_tracker
        self.info_file = self._folder / "tracker_info.txt"
        self._log_file = profile.log / "trackerd.log"
        self._process: subprocess.Popen[bytes] | None = None
        self._stopping = threading.Event()
        self._thread: threading.Thread | None = None

    async def start(self) -> Path:
        """Returns its tracker file once it answers and its pin stands there. Raises NoTracker."""
        if not self.info_file.exists():
            self._write_info(_free_port(), None)
        loop = asyncio.get_running_loop()
        ready = asyncio.Event()

        def tell() -> None:
            loop.call_soon_threadsafe(ready.set)

        self._thread = threading.Thread(target=self._keep_up, args=(tell,), name="own-tracker", daemon=True)
        self._thread.start()
        try:
            async with asyncio.timeout(OWN_TRACKER_READY_S_MAX):
                await ready.wait()
        except TimeoutError:
            await self.stop()
            raise NoTracker(f"the tracker of this computer did not start; see {self._log_file}") from None
        return self.info_file

    async def stop(self) -> None:
        """Ends it gracefully, or else for sure, within 2 x OWN_TRACKER_STOP_S_MAX."""
        self._stopping.set()
        if self._thread is not None:
            await asyncio.get_running_loop().run_in_executor(None, self._end)

    @property
    def pid(self) -> int | None:
        return self._process.pid if self._process else None

    # --- in threads ------------------------------------------------------------------------------

    def _keep_up(self, on_ready: Callable[[], None]) -> None:
        wait_s, port_taken = OWN_TRACKER_BACKOFF_S_MIN, 0
        while not self._stopping.is_set():
            code: int | str
            try:
                is_ready, code = self._run_once(on_ready)
            except OSError as error:
                is_ready, code = False, str(error)
            if is_ready:
                wait_s, port_taken = OWN_TRACKER_BACKOFF_S_MIN, 0
            if self._stopping.wait(wait_s):
                return
            log.warning("the own tracker ended code=%s; it is started again", code)
            wait_s = min(2 * wait_s, OWN_TRACKER_BACKOFF_S_MAX)
            port_taken += code == Exit.IN_USE
            if port_taken >= OWN_TRACKER_PORT_TRIES:
                line = parse(self.info_file.read_text()).lines[0]
                self._write_info(_free_port(), line.pin if line else None)
                port_taken = 0

    def _run_once(self, on_ready: Callable[[], None]) -> tuple[bool, int]:
        """Whether it came so far as to answer, and its exit code."""
        is_ready = False
        with self._started() as process:
            self._process = process
            assert process.stdin is not None
            assert process.stdout is not None
            if self._stopping.is_set():
                process.stdin.close()
            for line in process.stdout:
                if b" ready on " in line:
                    is_ready = True
                    self._tell(on_ready)
        return is_ready, process.returncode

    def _tell(self, on_ready: Callable[[], None]) -> None:
        try:
            on_ready()
        except RuntimeError:  # the loop has ended: the program does not wait any more
            self._stopping.set()

    def _started(self) -> "subprocess.Popen[bytes]":
        root = str(Path(__file__).parents[3])
        path = os.pathsep.join([root, *filter(None, [os.environ.get("PYTHONPATH")])])
        data = str(private_files.make_folder(self._folder / "data"))
        with self._log_file.open("wb") as log_file:
            self._log_file.chmod(0o600)
            return subprocess.Popen(  # noqa: S603  our own program
                [*_program(), str(self.info_file), "1", "--data", data, "--stop-at-eof"],
                stdin=subprocess.PIPE,
                stdout=subprocess.PIPE,
                stderr=log_file,
                env={**os.environ, "PYTHONPATH": path},
                start_new_session=True,  # Ctrl-C is for this program, which then stops it in order
                creationflags=getattr(subprocess, "CREATE_NO_WINDOW", 0),
            )

    def _end(self) -> None:
        process, thread = self._process, self._thread
        if process is not None and process.stdin is not None:
            process.stdin.close()
            for end in (process.terminate, process.kill):
                try:
                    process.wait(OWN_TRACKER_STOP_S_MAX)
                    break
                except subprocess.TimeoutExpired:
                    end()
        if thread is not None:
            thread.join(OWN_TRACKER_STOP_S_MAX)

    def _write_info(self, port: int, pin: bytes | None) -> None:
        line = f"127.0.0.1:{port}" + (f" {format_pin(pin)}" if pin else "")
        private_files.replace(self.info_file, f"# The tracker of this computer\n{line}\n".encode())


def _program() -> list[str]:
    if getattr(sys, "frozen", False):
        return [str(Path(sys.executable).with_name("trackerd" + Path(sys.executable).suffix))]
    return [sys.executable, "-m", "trackerd"]


def _free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port: int = probe.getsockname()[1]
        return port
