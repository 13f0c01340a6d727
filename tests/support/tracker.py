"""Real trackers for tests: one in this process, or one of its own that can be killed."""

import contextlib
import random
import signal
import socket
import subprocess
import sys
import threading
from collections.abc import AsyncIterator
from pathlib import Path
from types import TracebackType
from typing import NamedTuple, Self

from shared.clock import Clock, SystemClock
from shared.tracker_info import parse
from trackerd.config import Settings
from trackerd.daemon import Daemon
from trackerd.passwords import Argon2
from trackerd.rules import Quotas

ROOT = Path(__file__).parents[2]
CHEAP = Argon2(memory_kib=64, passes=1)
"""Passwords in a millisecond."""
SECONDS_MAX = 20.0
Ended = subprocess.CompletedProcess[str]


def free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


class RunningTracker(NamedTuple):
    address: tuple[str, int]
    t_pin: bytes
    info_file: Path
    daemon: Daemon


@contextlib.asynccontextmanager
async def running_tracker(
    folder: Path, clock: Clock | None = None, limits: Quotas | None = None, *, penalise_loopback: bool = False
) -> AsyncIterator[RunningTracker]:
    """A tracker on this loop. Once more with the same `folder`, it is the same one, started again."""
    info_file = folder / "tracker_info.txt"
    if not info_file.exists():
        info_file.write_text(f"127.0.0.1:{free_port()}\n")
    settings = Settings(
        tracker_info=info_file,
        number=1,
        data=folder / "tracker",
        argon2=CHEAP,
        limits=limits or Quotas(),
        penalise_loopback=penalise_loopback,
    )
    daemon = Daemon(settings, clock or SystemClock(), random.Random(1))
    await daemon.start()
    try:
        line = parse(info_file.read_text()).lines[0]
        assert line is not None
        assert line.pin is not None
        yield RunningTracker((line.host, line.port), line.pin, info_file, daemon)
    finally:
        await daemon.stop()


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
        self._argv = [
            *(*prefix, sys.executable, "-m", "trackerd", str(self.info_file), str(number)),
            *("--data", str(self.data), "--config", str(self.config), *options),
        ]
        self.address = ""
        self.start()

    def start(self) -> None:
        """Also after kill(): the same data, a new process. Returns once it is ready."""
        with self.log.open("ab") as log:
            self.process = subprocess.Popen(
                self._argv, stdin=subprocess.PIPE, stdout=subprocess.PIPE, stderr=log, cwd=ROOT, text=True
            )
        assert self.process.stdout is not None
        late = threading.Timer(SECONDS_MAX, self.process.kill)
        late.start()
        self.said = self.process.stdout.readline()
        late.cancel()
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
        code = self.process.wait(SECONDS_MAX)
        self._close_pipes()
        return code

    def start_another(self) -> int:
        """The exit code of a second process with the same folder, while this one runs."""
        ended = subprocess.run(
            self._argv,
            capture_output=True,
            stdin=subprocess.DEVNULL,
            cwd=ROOT,
            timeout=SECONDS_MAX,
            check=False,
        )
        return ended.returncode

    def kill(self) -> None:
        """As kill -9 does."""
        self.process.kill()
        self.wait()

    def stop(self) -> int:
        self.signal(signal.SIGTERM)
        return self.wait()

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
        timeout=SECONDS_MAX,
        check=False,
    )


def refusal(ended: Ended) -> tuple[int, str]:
    """Its exit code, and the one line that it said."""
    said = ended.stderr.strip().splitlines()
    assert len(said) == 1, ended.stderr
    assert ended.stdout == ""
    return ended.returncode, said[0]
