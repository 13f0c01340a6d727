"""One large file, moved by Shoal and by other programs in turns, on a private loopback.

    ./dev bench rivals [FOLDER [MIB [RUNS [PROGRAM...]]]]

FOLDER holds bulk.py with its drivers, and SHOAL_RIVALS names it where it is not given; its README says
what has to be installed. Needs root, for a network namespace.
"""

import os
import shutil
import subprocess
import sys
import tempfile
from pathlib import Path

from tests.bench.stage import filled, numbers

DRIVERS = Path(__file__).parent / "drivers"
PROGRAMS = ["shoal", "libtorrent:default,p512", "aria2", "nginx:https", "syncthing"]


def main(arguments: list[str]) -> None:
    folder = Path(arguments[0] if arguments else os.environ.get("SHOAL_RIVALS", ""))
    if not (folder / "bulk.py").is_file():
        sys.exit(f"{folder}: there is no bulk.py; name its folder, or set SHOAL_RIVALS")
    mib, runs = numbers(arguments[1:3], 1024, 3)
    scratch = Path(os.environ.get("BENCH_SCRATCH") or Path(tempfile.gettempdir()) / "shoal-bench")
    (scratch / "data").mkdir(exist_ok=True)
    source = filled(scratch / "data" / "big.bin", mib)
    shutil.rmtree(scratch / "meta", ignore_errors=True)  # what others noted of the file of an earlier run
    ours = {"PYTHONPATH", "PYTHONSAFEPATH"}  # which hide its own modules from it
    subprocess.run(
        [
            *(scratch / "venv/bin/python", folder / "bulk.py", source, scratch / "run"),
            *(arguments[3:] or PROGRAMS),
            *("--runs", str(runs), "--verify"),
        ],
        env={name: value for name, value in os.environ.items() if name not in ours}
        | {"BENCH_DRIVERS": str(DRIVERS), "BENCH_SCRATCH": str(scratch)},
        check=True,
    )
