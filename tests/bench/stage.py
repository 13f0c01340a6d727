"""What the measurements have in common: a real tracker, people at real prompts, meters for what they use."""

import filecmp
import math
import os
import statistics
import tempfile
import time
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple, Self

from tests.support.shoal_process import ShoalProcess

if TYPE_CHECKING:
    from tests.support.tracker import TrackerProcess

GROUP = "bench"
SECONDS_MAX = 600
_TICKS_A_SECOND = os.sysconf("SC_CLK_TCK")


class Usage(NamedTuple):
    """Of a process since its start."""

    cpu_s: float
    now_mib: int
    """Of resident memory."""
    peak_mib: int

    @classmethod
    def of(cls, pid: int) -> Self:
        process = Path("/proc", str(pid))
        user, system = process.joinpath("stat").read_text().rpartition(")")[2].split()[11:13]
        status = process.joinpath("status").read_text()
        now, peak = (int(status.partition(name)[2].split()[0]) // 1024 for name in ("VmRSS:", "VmHWM:"))
        return cls((int(user) + int(system)) / _TICKS_A_SECOND, now, peak)


@dataclass
class Stage:
    folder: Path
    tracker: "TrackerProcess"
    seeder: ShoalProcess
    """Owns the group."""
    _guests: int = 0

    def share(self, path: Path) -> None:
        self.seeder.do("upload_file", str(path), GROUP, seconds_max=SECONDS_MAX)

    @contextmanager
    def member(self, user: str, prefix: tuple[str, ...] = ()) -> Iterator[ShoalProcess]:
        """A further one of the group, whose command line begins with `prefix`."""
        with ShoalProcess(self.folder / user, self.tracker.info_file, prefix=prefix) as shoal:
            shoal.join(user)
            shoal.do("join_group", GROUP)
            self.seeder.do("accept_request", GROUP, user)
            shoal.event("accepted", group=GROUP)
            yield shoal

    @contextmanager
    def taker(self, files: int, prefix: tuple[str, ...] = ()) -> Iterator[ShoalProcess]:
        """A new one: who has a content already takes it from there. Sees so many files in the group."""
        self._guests += 1
        with self.member(f"taker {self._guests}", prefix) as shoal:
            shoal.eventually("list_files", GROUP, until=lambda r: len(r["files"]) == files)
            yield shoal

    def seconds_to_take(self, taker: ShoalProcess, shared: Path) -> float:
        """From the command that is typed to the answer that all is verified, published and synced."""
        warm(taker.downloads, size_of(shared))
        began = time.monotonic()
        taker.do("download_file", GROUP, shared.name, f"{taker.downloads}/")
        taker.do("wait", "1", str(SECONDS_MAX), seconds_max=SECONDS_MAX)
        took = time.monotonic() - began
        assert is_same(shared, taker.downloads / shared.name)
        return took


@contextmanager
def stage(folder: Path) -> Iterator[Stage]:
    # Here, as a window that is measured must not bring a tracker's modules with it.
    from tests.support.tracker import TrackerProcess

    with (
        TrackerProcess(folder / "tracker") as tracker,
        ShoalProcess(folder / "seeder", tracker.info_file) as seeder,
    ):
        seeder.join("seeder")
        seeder.do("create_group", GROUP)
        yield Stage(folder, tracker, seeder)


@contextmanager
def scratch() -> Iterator[Path]:
    """A folder, and nothing in it is deleted before its end: ext4 goes round inodes that were freed just now,
    one by one, and a new file then takes a millisecond in place of 30 us."""
    with tempfile.TemporaryDirectory() as name:
        yield Path(name)


def numbers(arguments: Sequence[str], *defaults: int) -> list[int]:
    """The arguments, and the defaults of those that are not given."""
    given = [int(argument) for argument in arguments]
    return given + list(defaults[len(given) :])


def filled(path: Path, mib: int) -> Path:
    with path.open("wb") as file:
        for _ in range(mib):
            file.write(os.urandom(1 << 20))
    return path


def small_files(folder: Path, sizes: Sequence[int]) -> Path:
    for number, size in enumerate(sizes):
        path = folder / f"{number % 40:02}" / f"file {number}.bin"
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(os.urandom(size))
    return folder


def warm(folder: Path, size: int) -> None:
    """Memory that a virtual machine has handed back to its host costs ten times as much when it is touched
    anew, and would hide all else: as much as is needed is fetched back before the clock starts."""
    path = folder / "warm"
    with path.open("wb") as file:
        for _ in range(-(-size >> 20)):
            file.write(bytes(1 << 20))
    path.unlink()


def size_of(path: Path) -> int:
    return sum(one.stat().st_size for one in (path, *path.rglob("*")) if one.is_file())


def is_same(left: Path, right: Path) -> bool:
    files = [one.relative_to(left) for one in (left, *left.rglob("*")) if one.is_file()]
    return all(filecmp.cmp(left / one, right / one, shallow=False) for one in files)


def percentile(samples: Sequence[float], percent: float) -> float:
    ordered = sorted(samples)
    return ordered[math.ceil(len(ordered) * percent / 100) - 1]


def median_of(runs: Sequence[float], digits: int = 0) -> str:
    """The median, with all runs behind it."""
    each = ", ".join(f"{run:.{digits}f}" for run in runs)
    return f"{statistics.median(runs):.{digits}f} ({each})"
