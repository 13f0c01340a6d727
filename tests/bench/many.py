"""One file from several prompts to several at once over loopback: all rates together, memory and processor.

    ./dev bench many [MIB [RUNS [SEEDERSxTAKERS...]]]

Without shapes 1x1, 4x1 and 1x4, in turns; `many 20480 1 20x1` shows what a large file costs in memory. One
seeder hashes it, the others are given what it found. More than 4 GiB are nothing but zeros, on no disk.
"""

import sqlite3
import sys
import time
from collections.abc import Iterator, Sequence
from contextlib import ExitStack, closing, contextmanager
from pathlib import Path

from tests.bench.stage import (
    GROUP,
    SECONDS_MAX,
    Stage,
    Usage,
    filled,
    is_same,
    median_of,
    numbers,
    scratch,
    stage,
    warm,
)
from tests.support.shoal_process import ShoalProcess

SHAPES = ["1x1", "4x1", "1x4"]
FILLED_MIB_MAX = 4096


def main(arguments: list[str]) -> None:
    mib, runs = numbers(arguments[:2], 1024, 3)
    shapes = arguments[2:] or SHAPES
    with scratch() as top:
        source = top / "source.bin"
        if mib <= FILLED_MIB_MAX:
            filled(source, mib)
        else:
            with source.open("wb") as file:
                file.truncate(mib << 20)
        measured = [
            [_take(top / f"{shape} {run}", shape, source, mib) for shape in shapes] for run in range(runs)
        ]
    for shape, results in zip(shapes, zip(*measured, strict=True), strict=True):
        rates, seeding, taking, seeder_mib, taker_mib = zip(*results, strict=True)
        sys.stdout.write(
            f"{mib} MiB {shape}: {median_of(rates)} MB/s together; CPU s/GiB that arrived: takers"
            f" {median_of(taking, 2)}, seeders {median_of(seeding, 2)};"
            f" peak of one taker {max(taker_mib)} MiB, of one seeder {max(seeder_mib)} MiB\n"
        )


def _take(folder: Path, shape: str, source: Path, mib: int) -> tuple[float, float, float, int, int]:
    """MB/s together, CPU s/GiB of seeders and of takers, and the highest peak of one of either in MiB."""
    seeder_count, taker_count = (int(count) for count in shape.split("x"))
    folder.mkdir()
    with stage(folder) as here, ExitStack() as open_:
        here.share(source)
        seeders = [here.seeder]
        seeders += [open_.enter_context(_seeder(here, n, source)) for n in range(1, seeder_count)]
        takers = [open_.enter_context(here.taker(files=1)) for _ in range(taker_count)]
        warm(folder, min(taker_count * mib, FILLED_MIB_MAX) << 20)
        before = _cpu_s(seeders), _cpu_s(takers)
        began = time.monotonic()
        for taker in takers:
            taker.do("download_file", GROUP, source.name, f"{taker.downloads}/")
        for taker in takers:
            taker.do("wait", "1", str(SECONDS_MAX), seconds_max=SECONDS_MAX)
        took = time.monotonic() - began
        gib = taker_count * mib / 1024
        seeding, taking = (_cpu_s(seeders) - before[0]) / gib, (_cpu_s(takers) - before[1]) / gib
        for taker in takers:
            assert is_same(source, taker.downloads / source.name)
            (taker.downloads / source.name).unlink()
        return gib * (1 << 30) / took / 1e6, seeding, taking, _peak_mib(seeders), _peak_mib(takers)


@contextmanager
def _seeder(here: Stage, number: int, source: Path) -> Iterator[ShoalProcess]:
    """One more. It would hash as long as the first; so it gets that one's library, in which all is hashed."""
    user = f"seeder {number}"
    with here.member(user) as shoal:
        shoal.stop()
        with closing(_library(here.seeder)) as known, closing(_library(shoal)) as own:
            known.backup(own)
        shoal.start()
        shoal.do("login", user, "long enough")
        shoal.do("upload_file", str(source), GROUP)
        yield shoal


def _library(shoal: ShoalProcess) -> sqlite3.Connection:
    (path,) = shoal.home.rglob("library.sqlite")
    return sqlite3.connect(path)


def _cpu_s(processes: Sequence[ShoalProcess]) -> float:
    return sum(Usage.of(one.process.pid).cpu_s for one in processes)


def _peak_mib(processes: Sequence[ShoalProcess]) -> int:
    return max(Usage.of(one.process.pid).peak_mib for one in processes)
