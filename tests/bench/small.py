"""Thousands of small files, shared and downloaded as one folder: files per second of each.

    ./dev bench small [FILES] [BYTES] [RUNS]

Of BYTES each, or, with 0 bytes, of sizes by lot up to 64 KiB.
"""

import random
import sys
import time

from tests.bench.stage import GROUP, median_of, numbers, scratch, small_files, stage


def main(arguments: list[str]) -> None:
    files, size, runs = numbers(arguments, 2000, 0, 3)
    lot = random.Random(1)
    shared, taken = [], []
    with scratch() as top:
        for run in range(runs):
            with stage(top / str(run)) as here, here.taker(files=0) as taker:
                sizes = [size or lot.randrange(64 << 10) for _ in range(files)]
                folder = small_files(here.folder / "small", sizes)
                began = time.monotonic()
                here.share(folder)
                shared.append(files / (time.monotonic() - began))
                taker.eventually("list_files", GROUP, until=lambda r: len(r["files"]) == files)
                taken.append(files / here.seconds_to_take(taker, folder))
    what = f"{size} bytes" if size else "0 to 64 KiB"
    sys.stdout.write(
        f"{files} files of {what}: shared {median_of(shared)} files/s,"
        f" downloaded {median_of(taken)} files/s\n"
    )
