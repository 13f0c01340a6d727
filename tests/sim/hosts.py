"""A tracker's computer: keys and disk, and the real daemon that is started, killed and restored on it."""

import asyncio
import random
import shutil
from collections.abc import Callable
from pathlib import Path
from typing import Any

from shared.facts.replica import writer_of
from shared.facts.rows import Row
from shared.trust.identity import PrivateKey, raw_public, to_pem
from tests.sim.loop import Process, SimLoop
from tests.sim.network import Network
from tests.support.tracker import CHEAP
from trackerd.config import Settings
from trackerd.daemon import Daemon
from trackerd.identity_files import DEVICES_FILE, IDENTITY_FILE
from trackerd.store.book import Commit
from trackerd.store.store import Store

BEGAN_S = 1_767_225_600.0
"""The wall clock at the start of every history: new year 2026."""
PORT = 7000


class HostClock:
    """May be years off, and jump."""

    def __init__(self, loop: SimLoop, off_s: float, up_s: float) -> None:
        self._loop, self.off_s, self._up_s = loop, off_s, up_s

    def wall_s(self) -> float:
        return BEGAN_S + self.off_s + self._loop.now_s

    def monotonic_s(self) -> float:
        return self._up_s + self._loop.now_s


def seeded_key(seed: str) -> PrivateKey:
    return PrivateKey.from_private_bytes(random.Random(seed).randbytes(32))


class TappedDaemon(Daemon):
    """The daemon itself; who looks on is told of its commits."""

    on_commit: Callable[[Commit], None]

    def _committed(self, commit: Commit) -> None:
        self.on_commit(commit)
        super()._committed(commit)


class TrackerHost:
    """`daemon` is the run that is going on, or the last one."""

    daemon: TappedDaemon

    def __init__(self, network: Network, number: int, folder: Path, off_s: float) -> None:
        self.network, self.loop, self.number = network, network.loop, number
        self.name = f"tracker{number}"
        self.machine = network.machine(f"10.0.{number}.1")
        self.address = (self.machine.ip, PORT)
        self.seed = f"{network.seed} {self.name}"
        self.lot = random.Random(self.seed)
        self.clock = HostClock(self.loop, off_s, self.lot.uniform(1, 1e6))
        self.t, self.d = seeded_key(f"{self.seed} T"), seeded_key(f"{self.seed} D")
        self.pin = raw_public(self.t)
        self.folder = folder / self.name
        self.folder.mkdir()
        self.info_file = self.folder / "tracker_info.txt"
        self.process: Process | None = None
        self.starts = 0
        self.is_ready = False
        self.on_rows: Callable[[list[Row]], None] = lambda _: None
        self._awaited: list[tuple[int, asyncio.Future[None]]] = []
        disk = self._disk = self.folder / "disk0"
        disk.mkdir(0o700)
        for name, key in ((IDENTITY_FILE, self.t), (DEVICES_FILE, self.d)):
            (disk / name).touch(0o600)
            (disk / name).write_bytes(to_pem(key))

    @property
    def is_up(self) -> bool:
        return self.process is not None

    @property
    def is_serving(self) -> bool:
        """Clients, too."""
        return self.is_ready and self.daemon.server.is_serving

    @property
    def store(self) -> Store:
        """Of the daemon that runs, or of the last one."""
        return self.daemon._store

    def start(self, **settings: Any) -> None:
        """On a copy of what was on the disk, so that no run before it can touch it."""
        assert self.process is None
        self.starts += 1
        self.network.power_on(self.machine)
        self._disk = self.copy(f"disk{self.starts}")
        process = self.process = Process(self.name, random.Random(f"{self.seed} work {self.starts}"))
        self.network.home[process] = self.machine
        made = Settings(
            tracker_info=self.info_file, number=self.number, data=self._disk, argon2=CHEAP, **settings
        )
        lot = random.Random(f"{self.seed} lot {self.starts}")
        self.daemon = TappedDaemon(made, self.clock, lot)
        self.daemon.on_commit = self._committed
        self.life = self.loop.spawn(process, self._live(self.daemon))

    def kill(self, *, power: bool = False) -> None:
        """What is on the disk stays as it is now; `power`: nobody is told."""
        process, self.process, self.is_ready = self.process, None, False
        assert process is not None
        self.loop.kill(process)
        if power:
            self.machine.lose_power()
        else:
            self.machine.lose_process(process)
        self._disk = self.copy(f"crash{self.starts}")

    async def stop(self) -> None:
        """As planned."""
        process, self.is_ready = self.process, False
        assert process is not None
        stopping = self.loop.spawn(process, self.daemon.stop())
        while process.is_up and not stopping.done():
            await asyncio.wait([stopping], timeout=0.1)
        if process.is_up:
            self.kill()

    def copy(self, name: str) -> Path:
        """The disk as it is, under a new name."""
        copied = self.folder / name
        shutil.copytree(self._disk, copied, ignore=shutil.ignore_patterns("*-shm", "lock"))
        return copied

    def lose_disk(self) -> None:
        """All but the keys, which the operator has kept."""
        for path in self._disk.iterdir():
            if path.name not in (IDENTITY_FILE, DEVICES_FILE):
                path.unlink()

    def put_back(self, backup: Path) -> None:
        """An earlier copy() in place of what is there."""
        assert self.process is None
        shutil.rmtree(self._disk)
        shutil.copytree(backup, self._disk)

    async def committed(self, within_s: float, of: int | None = None) -> None:
        """Until the next commit that has rows which tracker `of` wrote; it itself, where none is named."""
        awaited = self.loop.create_future()
        self._awaited.append((of or self.number, awaited))
        await asyncio.wait([awaited], timeout=within_s)

    def vector(self) -> dict[int, int]:
        """What is on the disk."""
        return self.store.vector() if self.is_ready else {}

    def _committed(self, commit: Commit) -> None:
        self.on_rows(commit.own)
        numbers = {writer_of(row.log) for row in commit.rows}
        for of, awaited in [*self._awaited]:
            if of in numbers:
                self._awaited.remove((of, awaited))
                if not awaited.done():
                    awaited.set_result(None)

    async def _live(self, daemon: Daemon) -> None:
        try:
            await daemon.start()
            self.is_ready = True
            async with asyncio.TaskGroup() as tasks:
                for work in (daemon.take_over(), daemon.watch(), daemon.look_over(), daemon.collect()):
                    tasks.create_task(work)
        except Exception as error:  # noqa: BLE001  of whatever kind, it ends a daemon that nobody told to
            self.loop.call_exception_handler({"message": f"{self.name} failed", "exception": error})


async def until(loop: SimLoop, is_so: Callable[[], bool], within_s: float, every_s: float = 0.2) -> bool:
    end_s = loop.now_s + within_s
    while not is_so():
        if loop.now_s >= end_s:
            return False
        await asyncio.sleep(every_s)
    return True
