"""Thousands of small files, shared and downloaded as one folder: files a second of each, and what they cost.

    ./dev bench small [FILES] [BYTES] [RUNS] [syncthing]

Of BYTES each, or, with 0 bytes, of sizes by lot up to 64 KiB. With `syncthing` that program takes its turns:
as it comes (it syncs each file to the disk before it says that it is there, as we do), and without syncs.

Both have hashed what there is to give before the clock starts. Ours knows the list of files then; syncthing's
taker hears it while it takes, so its clock is read twice: from when it is let go, which is what it needs in
truth, and from when it has the list too, which is more than it could say for itself, as it has files by then.
"""

import random
import sys
import time
from pathlib import Path
from typing import NamedTuple

from tests.bench import callbacks, syncthing
from tests.bench.stage import GROUP, Usage, median_of, numbers, scratch, small_files, stage
from tests.support.shoal_process import ShoalProcess


class Run(NamedTuple):
    shared: float
    """Files per second, as all rates here."""
    taken: float
    arriving_ms: float
    """Of the processors, for each file, where they arrive."""
    leaving_ms: float
    callback_ms: float
    """The longest of the taker's loop, from the command on."""


def main(arguments: list[str]) -> None:
    is_beside = "syncthing" in arguments
    files, size, times = numbers([one for one in arguments if one != "syncthing"], 2000, 0, 3)
    lot = random.Random(1)
    sizes = [size or lot.randrange(64 << 10) for _ in range(files)]
    runs: list[Run] = []
    beside: dict[bool, list[syncthing.Took]] = {True: [], False: []}
    with scratch() as top:
        for turn in range(times):
            folder = small_files(top / str(turn) / "small", sizes)
            runs.append(_run(top / str(turn) / "shoal", folder, files))
            for syncs, took in beside.items() if is_beside else ():
                took.append(syncthing.seconds_to_take(top / str(turn) / f"{syncs}", folder, syncs=syncs))
    what = f"{size} bytes" if size else "0 to 64 KiB"
    sys.stdout.write(
        f"{files} files of {what}: shared {median_of([run.shared for run in runs])} files/s,"
        f" downloaded {median_of([run.taken for run in runs])} files/s;"
        f" CPU ms a file: arriving {median_of([run.arriving_ms for run in runs], 2)},"
        f" leaving {median_of([run.leaving_ms for run in runs], 2)};"
        f" longest callback {median_of([run.callback_ms for run in runs])} ms\n"
    )
    for syncs, took in beside.items() if is_beside else ():
        sys.stdout.write(
            f"syncthing{'' if syncs else ' without syncs'}:"
            f" {median_of([files / one.from_go for one in took])} files/s from when it is let go,"
            f" {median_of([files / one.from_list for one in took])} from when it has the list\n"
        )


def _run(top: Path, folder: Path, files: int) -> Run:
    with stage(top) as here, here.taker(files=0, prefix=callbacks.PREFIX) as taker:
        began = time.monotonic()
        here.share(folder)
        shared = files / (time.monotonic() - began)
        taker.eventually("list_files", GROUP, until=lambda r: len(r["files"]) == files)
        before = _cpu_s(taker), _cpu_s(here.seeder)
        asked = time.monotonic()
        taken = files / here.seconds_to_take(taker, folder)
        arriving, leaving = _cpu_s(taker) - before[0], _cpu_s(here.seeder) - before[1]
    callback_ms = callbacks.longest_ms(taker.home / "log", asked)
    return Run(shared, taken, 1000 * arriving / files, 1000 * leaving / files, callback_ms)


def _cpu_s(shoal: ShoalProcess) -> float:
    return Usage.of(shoal.process.pid).cpu_s
