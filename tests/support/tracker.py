"""Real trackers for tests: one in this process, or one of its own that can be killed."""

import contextlib
import itertools
import os
import random
import signal
import socket
import subprocess
import sys
import threading
from collections.abc import AsyncIterator
from pathlib import Path
from types import TracebackType
from typing import Any, NamedTuple, Self

from shared.clock import Clock, SystemClock
from shared.tracker_info import parse
from shared.trust.identity import raw_public
from tests.support.waiting import LONG_S
from trackerd.config import Settings
from trackerd.daemon import Daemon
from trackerd.identity_files import ensure_pin, load_or_make_keys, make_folder
from trackerd.passwords import Argon2
from trackerd.rules import Quotas

ROOT = Path(__file__).parents[2]
CHEAP = Argon2(memory_kib=64, passes=1)
"""Passwords in a millisecond."""
_lots = itertools.count(1)
"""A new one for each start: of two in one second, nothing else tells the logs apart."""
Ended = subprocess.CompletedProcess[str]


_WORKER = int(os.environ.get("PYTEST_XDIST_WORKER", "gw0")[2:])
_PORTS = range(10_000 + _WORKER % 4, 21_000, 4)
"""Below those that a system gives to connections: one of these would take the port of a tracker that is
down, for as long as it lasts. Apart from those of own trackers and of another worker, too."""
_given = set[int]()


def free_port() -> int:
    """One that nothing listens at, and that was not given here before."""
    while True:
        port = random.SystemRandom().choice(_PORTS)
        with socket.socket() as probe, contextlib.suppress(OSError):
            probe.bind(("127.0.0.1", port))
            if port not in _given:
                _given.add(port)
                return port


class RunningTracker(NamedTuple):
    address: tuple[str, int]
    t_pin: bytes
    info_file: Path
    daemon: Daemon


class Network:
    """The trackers of one file, on this loop. One that is stopped may be started again, with all it had."""

    def __init__(
        self,
        folder: Path,
        count: int,
        clock: Clock | None = None,
        limits: Quotas | None = None,
        *,
        penalise_loopback: bool = False,
    ) -> None:
        """With the same `folder` they are the same trackers."""
        self.folder, self.info_file = folder, folder / "tracker_info.txt"
        self.running: dict[int, RunningTracker] = {}
        self.clock = clock or SystemClock()
        """Of those that are started from now on."""
        self._limits = limits or Quotas()
        self._penalises_loopback = penalise_loopback
        is_new = not self.info_file.exists()
        for number in range(1, count + 1):
            if is_new:
                self._write_line()
            self._write_pin(number)

    def add(self) -> None:
        """One more line, for one that can be started."""
        number = len(parse(self.info_file.read_text()).lines) + 1
        self._write_line()
        self._write_pin(number)

    async def start(self, number: int) -> RunningTracker:
        """Ready, and linked to all that run."""
        settings = Settings(
            tracker_info=self.info_file,
            number=number,
            data=self.data(number),
            argon2=CHEAP,
            limits=self._limits,
            penalise_loopback=self._penalises_loopback,
        )
        daemon = Daemon(settings, self.clock, random.Random(next(_lots)))
        await daemon.start()
        await daemon.take_over()
        line = parse(self.info_file.read_text()).lines[number - 1]
        assert line is not None
        assert line.pin is not None
        tracker = RunningTracker((line.host, line.port), line.pin, self.info_file, daemon)
        self.running[number] = tracker
        return tracker

    async def stop(self, number: int) -> None:
        await self.running.pop(number).daemon.stop()

    def _write_line(self) -> None:
        with self.info_file.open("a") as file:
            file.write(f"127.0.0.1:{free_port()}\n")

    def _write_pin(self, number: int) -> None:
        make_folder(self.data(number))
        ensure_pin(self.info_file, number, raw_public(load_or_make_keys(self.data(number)).t))

    def data(self, number: int) -> Path:
        return self.folder / ("tracker" if number == 1 else f"tracker{number}")


@contextlib.asynccontextmanager
async def running_trackers(folder: Path, count: int, **options: Any) -> AsyncIterator[Network]:
    """All of them started. `options` as for Network."""
    network = Network(folder, count, **options)
    try:
        for number in range(1, count + 1):
            await network.start(number)
        yield network
    finally:
        for number in [*network.running]:
            await network.stop(number)


@contextlib.asynccontextmanager
async def running_tracker(
    folder: Path, clock: Clock | None = None, limits: Quotas | None = None, *, penalise_loopback: bool = False
) -> AsyncIterator[RunningTracker]:
    """One alone."""
    running = running_trackers(folder, 1, clock=clock, limits=limits, penalise_loopback=penalise_loopback)
    async with running as network:
        yield network.running[1]


class TrackerProcess:
    """`python -m trackerd`, started and ready. It is stopped at the end of `with`, if it still runs."""

    def __init__(
        self,
        folder: Path,
        *options: str,
        info_file: Path | None = None,
        number: int = 1,
        config: str = "",
        prefix: tuple[str, ...] = (),
        ready_s_max: float = LONG_S,
    ) -> None:
        """`config` is more of its settings file; `prefix` begins the command line, to run on another host."""
        folder.mkdir(parents=True, exist_ok=True)
        self.data = folder / f"data{number}"
        self.info_file = info_file or folder / "tracker_info.txt"
        if not self.info_file.exists():
            self.info_file.write_text(f"127.0.0.1:{free_port()}\n")
        self.config = folder / f"trackerd{number}.toml"
        self.config.write_text("[argon2]\nmemory_kib = 64\npasses = 1\n" + config)
        self.log = folder / f"log{number}"
        self._prefix, self._ready_s_max = prefix, ready_s_max
        self._arguments = [
            *(str(self.info_file), str(number)),
            *("--data", str(self.data), "--config", str(self.config), *options),
        ]
        self.clock_off_s = 0.0
        """Its clock is ahead by so much from the next start on."""
        self.address = ""
        self.start()

    def start(self) -> None:
        """Also after kill(): the same data, a new process. Returns once it is ready."""
        with self.log.open("ab") as log:
            self.process = subprocess.Popen(
                self._argv(), stdin=subprocess.PIPE, stdout=subprocess.PIPE, stderr=log, cwd=ROOT, text=True
            )
        assert self.process.stdout is not None
        late = threading.Timer(self._ready_s_max, self.process.kill)
        late.start()
        self.said = self.process.stdout.readline()
        late.cancel()
        late.join()
        if " ready on " not in self.said:
            raise AssertionError(f"exit code {self.wait()}: {self.log.read_text()[-2000:]}")
        self.address = self.said.rpartition(" ")[2].strip()

    def say(self, line: str) -> None:
        assert self.process.stdin is not None
        self.process.stdin.write(line + "\n")
        self.process.stdin.flush()

    def signal(self, number: signal.Signals) -> None:
        self.process.send_signal(number)

    def wait(self) -> int:
        """Its exit code."""
        code = self.process.wait(LONG_S)
        self._close_pipes()
        return code

    def start_another(self) -> int:
        """The exit code of a second process with the same folder, while this one runs."""
        return _run(self._argv())

    def tool(self, word: str, *options: str | Path) -> int:
        """The exit code of `trackerd WORD` with this one's folder."""
        return _run([sys.executable, "-m", "trackerd", word, "--data", str(self.data), *map(str, options)])

    def kill(self) -> None:
        """As kill -9 does."""
        self.process.kill()
        self.wait()

    def stop(self) -> int:
        self.signal(signal.SIGTERM)
        return self.wait()

    def _argv(self) -> list[str]:
        off = ("tests.support.trackerd_off", str(self.clock_off_s), "1")
        module = off if self.clock_off_s else ("trackerd",)
        return [*self._prefix, sys.executable, "-m", *module, *self._arguments]

    def _close_pipes(self) -> None:
        for pipe in (self.process.stdin, self.process.stdout):
            assert pipe is not None
            with contextlib.suppress(BrokenPipeError):
                pipe.close()

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        if self.process.poll() is None:
            if kind is None:
                self.stop()
            else:
                self.kill()


def run(*arguments: str | int | Path) -> Ended:
    """`trackerd`, with what makes it end by itself."""
    argv = [sys.executable, "-m", "trackerd", *map(str, arguments)]
    return subprocess.run(
        argv,
        cwd=ROOT,
        capture_output=True,
        stdin=subprocess.DEVNULL,
        text=True,
        timeout=LONG_S,
        check=False,
    )


def refusal(ended: Ended) -> tuple[int, str]:
    """Its exit code, and the one line that it said."""
    said = ended.stderr.strip().splitlines()
    assert len(said) == 1, ended.stderr
    assert ended.stdout == ""
    return ended.returncode, said[0]


def _run(argv: list[str]) -> int:
    ended = subprocess.run(
        argv, capture_output=True, stdin=subprocess.DEVNULL, cwd=ROOT, timeout=LONG_S, check=False
    )
    return ended.returncode
