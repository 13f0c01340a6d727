"""The tracker that this program runs for itself: a child that dies with it, restarted when it dies before."""

import asyncio
import contextlib
import logging
import os
import random
import socket
import subprocess
import sys
import threading
from collections.abc import Callable
from pathlib import Path

import msgspec

from desktop import private_files
from desktop.engine.trackers.finding import why_not
from desktop.engine.trackers.known_networks import Candidate, KnownNetwork
from desktop.engine.trackers.own_addresses import own_addresses
from desktop.engine.trackers.tracker_link import TrackerLink
from desktop.engine.trackers.tracker_service import TrackerService
from desktop.paths import Profile
from shared.addresses import shown_address
from shared.clock import Clock
from shared.errors import NoTracker, ShoalError
from shared.exit_codes import Exit
from shared.limits import (
    OWN_TRACKER_BACKOFF_S_MAX,
    OWN_TRACKER_BACKOFF_S_MIN,
    OWN_TRACKER_PORT_FIRST,
    OWN_TRACKER_PORT_TRIES,
    OWN_TRACKER_PORTS,
    OWN_TRACKER_READY_S_MAX,
    OWN_TRACKER_STOP_S_MAX,
)
from shared.tracker_info import TrackerInfo, TrackerLine, format_pin, parse

LOOPBACK = "127.0.0.1"
IS_FROZEN = getattr(sys, "frozen", False)
_ROOT = str(Path(__file__).parents[3])
_PORTS = range(OWN_TRACKER_PORT_FIRST, OWN_TRACKER_PORT_FIRST + OWN_TRACKER_PORTS)
log = logging.getLogger(__name__)


class _Own(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    on_network: bool = False


class OwnTracker:
    """A thread starts it and waits for it, as not every loop can wait for children.

    It reads standard input, of which this program holds the other end: that is closed by the system, however
    this program ends, and the tracker stops at the end of its input.
    """

    def __init__(self, profile: Profile) -> None:
        self._profile, self._folder = profile, profile.own_tracker
        self.service = TrackerService(profile)
        self._settings_file = self._folder / "own_tracker.toml"
        self.info_file = self._folder / "tracker_info.txt"
        self._log_file = profile.log / "trackerd.log"
        self._process: subprocess.Popen[bytes] | None = None
        self._stopping = threading.Event()
        """Of the thread that is there now."""
        self._thread: threading.Thread | None = None
        self._changing = asyncio.Lock()

    async def start(self) -> Path:
        """Returns its tracker file once it answers and its pin stands there. Raises NoTracker."""
        async with self._changing:  # a start that takes too long stops it, which must be that start's
            return await self._start()

    async def _start(self) -> Path:
        if self._thread is not None:
            return self.info_file
        self._prepare()
        if self.service.is_on:
            await self.service.keep(self._alone())
            return self.info_file
        self._stopping = threading.Event()
        loop = asyncio.get_running_loop()
        ready = asyncio.Event()

        def tell() -> None:
            loop.call_soon_threadsafe(ready.set)

        self._thread = threading.Thread(
            target=self._keep_up, args=(self._stopping, tell), name="own-tracker", daemon=True
        )
        self._thread.start()
        try:
            async with asyncio.timeout(OWN_TRACKER_READY_S_MAX):
                await ready.wait()
        except TimeoutError:
            await self.stop()
            raise NoTracker(f"the tracker of this computer did not start; see {self._log_file}") from None
        return self.info_file

    @property
    def on_network(self) -> bool:
        """Whether other computers may reach it. Kept in the profile; no, unless it was asked for."""
        return (private_files.read_toml(self._settings_file, _Own) or _Own()).on_network

    async def move(self, *, on_network: bool) -> None:
        """Starts it anew, for other computers too or not. Raises NoTracker: then all is as before."""
        async with self._changing:
            before = self.on_network
            await self.stop()
            private_files.write_toml(self._settings_file, _Own(on_network))
            try:
                await self._start()
            except NoTracker:
                private_files.write_toml(self._settings_file, _Own(before))
                await self._start()
                raise

    async def serve(self, *, on: bool) -> None:
        """Hands it to the system with all that it has, so that it runs without this program and stays the
        same tracker; or takes it back. Raises NoTracker: then this program runs it."""
        async with self._changing:
            await self.stop()
            self._prepare()
            try:
                await (self.service.turn_on(self._alone()) if on else self.service.turn_off())
            finally:
                await self._start()

    @property
    def info(self) -> TrackerInfo:
        """For this computer's own way to it, which no change of network cuts; then as in its file."""
        line = self._line()
        assert line is not None, "asked for before it was started"
        here = TrackerLine(LOOPBACK, line.port, line.pin)
        return TrackerInfo((here,) if line == here else (here, line))

    def is_of(self, network: KnownNetwork) -> bool:
        line = self._line()
        return line is not None and line.pin is not None and network.knows(line.pin)

    def candidates(self) -> list[Candidate]:
        """Where other computers may find it now, the likeliest first."""
        line = self._line() if self.on_network else None
        return [Candidate(ip, line.port, line.pin, None) for ip in own_addresses()] if line else []

    async def why_not_reached(self, clock: Clock) -> str:
        """By others, in a few words; "" where this computer gets to it by their way, or they are not to."""
        error: Exception = NoTracker("this computer is in no network")
        for place in self.candidates():
            try:
                link = await TrackerLink.dial((place.host, place.port), place.pin or b"", None, clock)
            except (OSError, ShoalError) as failed:
                error = failed
            else:
                link.close()
                return ""
        return why_not(error) if self.on_network else ""

    async def stop(self) -> None:
        """Ends it gracefully, or else for sure, within 2 x OWN_TRACKER_STOP_S_MAX. It may start again."""
        self._stopping.set()
        if self._thread is not None:
            await asyncio.get_running_loop().run_in_executor(None, self._end)
            self._thread = None

    @property
    def pid(self) -> int | None:
        return self._process.pid if self._process else None

    # --- in threads ------------------------------------------------------------------------------

    def _keep_up(self, stopping: threading.Event, on_ready: Callable[[], None]) -> None:
        wait_s, port_taken = OWN_TRACKER_BACKOFF_S_MIN, 0
        while not stopping.is_set():
            code: int | str
            try:
                is_ready, code = self._run_once(stopping, on_ready)
            except OSError as error:
                is_ready, code = False, str(error)
            if is_ready:
                wait_s, port_taken = OWN_TRACKER_BACKOFF_S_MIN, 0
            if stopping.wait(wait_s):
                return
            log.warning("the own tracker ended code=%s; it is started again", code)
            wait_s = min(2 * wait_s, OWN_TRACKER_BACKOFF_S_MAX)
            port_taken += code == Exit.IN_USE
            if port_taken >= OWN_TRACKER_PORT_TRIES:
                line = self._line()
                self._write_info(_free_port(), line.pin if line else None)
                port_taken = 0

    def _run_once(self, stopping: threading.Event, on_ready: Callable[[], None]) -> tuple[bool, int]:
        """Whether it came so far as to answer, and its exit code."""
        is_ready = False
        with self._started() as process:
            self._process = process
            assert process.stdin is not None
            assert process.stdout is not None
            if stopping.is_set():
                process.stdin.close()
            for line in process.stdout:
                if b" ready on " in line:
                    is_ready = True
                    try:
                        on_ready()
                    except RuntimeError:  # the loop has ended: the program does not wait any more
                        stopping.set()
        return is_ready, process.returncode

    def _started(self) -> "subprocess.Popen[bytes]":
        path = os.pathsep.join([_ROOT, *filter(None, [os.environ.get("PYTHONPATH")])])
        with self._log_file.open("wb") as log_file:
            self._log_file.chmod(0o600)
            return subprocess.Popen(  # noqa: S603  our own program
                [*self._command(), "--stop-at-eof"],
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

    def _command(self) -> list[str]:
        data = str(private_files.make_folder(self._folder / "data"))
        where = ["--listen-on-all"] if self.on_network else []
        return [*_program(), str(self.info_file), "1", "--data", data, *where]

    def _alone(self) -> list[str]:
        """The command for who knows nothing of this program's surroundings."""
        return [*([] if IS_FROZEN else ["/usr/bin/env", f"PYTHONPATH={_ROOT}"]), *self._command()]

    def _prepare(self) -> None:
        line = self._line()
        self._write_info(line.port if line else _free_port(), line.pin if line else None)

    def _line(self) -> TrackerLine | None:
        """None before its first start."""
        return parse(self.info_file.read_text("utf-8")).lines[0] if self.info_file.exists() else None

    def _write_info(self, port: int, pin: bytes | None) -> None:
        ips = own_addresses() if self.on_network else []
        line = shown_address(next(iter(ips), LOOPBACK), port) + (f" {format_pin(pin)}" if pin else "")
        text = f"# The tracker of this computer\n{line}\n".encode()
        if not self.info_file.exists() or self.info_file.read_bytes() != text:
            private_files.replace(self.info_file, text)


def _program() -> list[str]:
    if IS_FROZEN:
        return [str(Path(sys.executable).with_name("trackerd" + Path(sys.executable).suffix))]
    return [sys.executable, "-m", "trackerd"]


def _free_port() -> int:
    """By lot, as programs of several people may start at once; any that is free where none of these is."""
    for port in [*random.SystemRandom().sample(_PORTS, k=OWN_TRACKER_PORT_TRIES), 0]:
        with contextlib.suppress(OSError), socket.create_server((LOOPBACK, port)) as probe:
            free: int = probe.getsockname()[1]
            return free
    raise OSError("no port is free")
