"""How fast `upload_file` hashes one file, and a folder of eight, warm and cold, beside the best to be had.

    ./dev bench hash [MIB] [RUNS]

The limit: both SHA-1 and BLAKE3 on two threads, nothing read. The disk: a cold file read by one thread.
"""

import hashlib
import os
import sys
import time
from collections.abc import Callable, Sequence
from concurrent.futures import ThreadPoolExecutor
from io import FileIO
from pathlib import Path

from blake3 import blake3

from shared.limits import PIECE_BYTES
from tests.bench.stage import Stage, Usage, filled, median_of, numbers, scratch, stage

FOLDER_FILES = 8


def main(arguments: list[str]) -> None:
    mib, runs = numbers(arguments, 2048, 3)
    with scratch() as top, stage(top) as here:
        one = filled(here.folder / "one.bin", mib)
        folder = here.folder / "folder"
        folder.mkdir()
        eight = [filled(folder / f"{number}.bin", mib // FOLDER_FILES) for number in range(FOLDER_FILES)]
        for path in (one, *eight):
            with path.open("rb") as file:
                os.fsync(file.fileno())
        cases: dict[str, Callable[[], tuple[float, float]]] = {
            "limit": lambda: _limit(mib),
            "one file, warm": lambda: _share(here, one, [one], mib),
            "disk": lambda: _disk(one, mib),
            "one file, cold": lambda: _share(here, one, [one], mib, is_cold=True),
            "folder, warm": lambda: _share(here, folder, eight, mib),
            "folder, cold": lambda: _share(here, folder, eight, mib, is_cold=True),
        }
        found = [{name: case() for name, case in cases.items()} for _ in range(runs)]
        for name in cases:
            rates, costs = zip(*(run[name] for run in found), strict=True)
            share = [100 * run[name][0] / run["limit"][0] for run in found]
            sys.stdout.write(
                f"{name}: {median_of(rates)} MB/s, {median_of(share)} % of the limit,"
                f" {median_of(costs, 2)} CPU s/GiB\n"
            )
        peak = Usage.of(here.seeder.process.pid).peak_mib
        sys.stdout.write(f"{mib} MiB; memory of who shares: {peak} MiB at the peak\n")


def _share(
    here: Stage, path: Path, files: Sequence[Path], mib: int, *, is_cold: bool = False
) -> tuple[float, float]:
    """MB/s and CPU s/GiB of the whole prompt, until the group has it."""
    for file in files:
        os.utime(file)  # else nothing would be hashed
        _cool(file) if is_cold else file.read_bytes()
    began, before = time.monotonic(), Usage.of(here.seeder.process.pid).cpu_s
    here.share(path)
    took = time.monotonic() - began
    return (mib << 20) / took / 1e6, (Usage.of(here.seeder.process.pid).cpu_s - before) * 1024 / mib


def _disk(path: Path, mib: int) -> tuple[float, float]:
    _cool(path)
    began, before = time.monotonic(), time.process_time()
    buffer = bytearray(1 << 20)
    with FileIO(path) as file:
        while file.readinto(buffer):
            pass
    return (mib << 20) / (time.monotonic() - began) / 1e6, (time.process_time() - before) * 1024 / mib


def _limit(mib: int) -> tuple[float, float]:
    def half(_: int) -> None:
        piece = os.urandom(PIECE_BYTES)
        whole = hashlib.sha1(usedforsecurity=False)
        for _ in range((mib << 20) // PIECE_BYTES // 2):
            whole.update(piece)
            hashlib.sha1(piece, usedforsecurity=False).digest()
            blake3(piece).digest()

    began, before = time.monotonic(), time.process_time()
    with ThreadPoolExecutor(2) as pool:
        list(pool.map(half, range(2)))
    return (mib << 20) / (time.monotonic() - began) / 1e6, (time.process_time() - before) * 1024 / mib


def _cool(path: Path) -> None:
    """Only this file leaves the page cache."""
    with path.open("rb") as file:
        os.posix_fadvise(file.fileno(), 0, 0, os.POSIX_FADV_DONTNEED)
