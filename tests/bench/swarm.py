"""Swarms of rate-limited nodes, each in a network namespace, by Shoal and by other programs in turns.

    ./dev bench swarm [FOLDER] [SCENARIO...] [RUNS] [PROGRAM...]

FOLDER holds swarm.py with its scenarios and drivers, and SHOAL_RIVALS names it where it is not given; its
README says what has to be installed. Needs root. Each time is compared with the fluid bound: what no program
could beat if bytes were a liquid. Headers alone make 1.04 of it.
"""

import importlib
import math
import os
import statistics
import subprocess
import sys
import tempfile
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import Any, NamedTuple

from tests.bench import churn
from tests.sim.swarm.scenarios import SCENARIOS

DRIVERS = Path(__file__).parent / "drivers"
PROGRAMS = ["shoal", "libtorrent:default,p512"]
SECONDS_MAX = 150.0
OURS = {name: churn.harness(SCENARIOS[name]) for name in ("lfn-3x1", "churn", "churn-scarce")}
"""Beside those of FOLDER."""
_HEAD = (
    "| scenario | program | bound s | last leech s | x bound | first leech s | files sent by seeds | wire"
    " bytes / needed | packets dropped | came in vain / F | load |\n|---|---|---:|---|"
    "---:|---:|---:|---:|---:|---:|---:|\n"
)


class Run(NamedTuple):
    last_s: float
    first_s: float
    """The first and the last leech are done; with churn the best and worst of those that stay, each from its
    own arrival."""
    seed_upload: float
    """In files."""
    waste: float
    """Bytes on the wire for each that was needed."""
    dropped: float
    """Packets that a full queue of a line did not take, of what is sent and of what comes."""
    in_vain: float
    """Bytes of pieces that leeches were sent and had no use for, in files. Not known of other programs."""


def main(arguments: Sequence[str]) -> None:
    words = list(arguments)
    folder = Path(words.pop(0) if words and Path(words[0]).is_dir() else os.environ.get("SHOAL_RIVALS", ""))
    swarm = _harness(folder)
    names = [word for word in words if word in swarm.SCENARIOS] or list(swarm.SCENARIOS)
    runs = next((int(word) for word in words if word.isdecimal()), 3)
    programs = [word for word in words if word not in names and not word.isdecimal()] or PROGRAMS
    sys.stdout.write(_HEAD)
    for name in names:
        done: dict[str, list[Run]] = {program: [] for program in programs}
        loads = []
        for _ in range(runs):
            for program in programs:
                loads.append(os.getloadavg()[0])
                if run := _run(swarm, name, program):
                    done[program].append(run)
        for program, each in done.items():
            if each:
                sys.stdout.write(_row(name, program, _bound(swarm, name), each, max(loads)))
                sys.stdout.flush()


def _harness(folder: Path) -> Any:
    if not (folder / "swarm.py").is_file():
        sys.exit(f"{folder}: there is no swarm.py; name its folder, or set SHOAL_RIVALS")
    for ours in ("PYTHONPATH", "PYTHONSAFEPATH"):  # which hide its own modules from its processes
        os.environ.pop(ours, None)
    os.environ["BENCH_DRIVERS"] = str(DRIVERS)
    os.environ.setdefault("BENCH_SCRATCH", str(Path(tempfile.gettempdir()) / "shoal-bench"))
    sys.path.insert(0, str(folder))
    swarm = importlib.import_module("swarm")
    swarm.SCENARIOS.update(OURS)
    return swarm


def _run(swarm: Any, name: str, program: str) -> Run | None:
    """None, with a line that says so, if not everybody got it."""
    try:
        how = churn.run if swarm.SCENARIOS[name].get("every") else lambda _swarm, *which: swarm.run(*which)
        with _drops(swarm) as drops:
            times, is_same, seed_upload, waste = how(swarm, name, program, SECONDS_MAX)
        if is_same and None not in times:
            in_vain = _in_vain(program) / (swarm.SCENARIOS[name]["mib"] << 20)
            return Run(max(times), min(times), seed_upload, waste, drops[-1] - drops[0], in_vain)
        sys.stdout.write(f"# {name} {program}: incomplete {times}, content is the same: {is_same}\n")
    except (AssertionError, OSError, subprocess.SubprocessError) as error:
        sys.stdout.write(f"# {name} {program}: {type(error).__name__} {error}\n")
    return None


@contextmanager
def _drops(swarm: Any) -> Iterator[list[int]]:
    """By how many packets, whenever the harness looks at its counters."""
    seen: list[int] = []
    counters = swarm.counters

    def looked_at(bridge: Any) -> Any:
        nodes = counters(bridge)
        seen.append(sum(dropped for _, _, dropped in nodes))
        return nodes

    swarm.counters = looked_at
    try:
        yield seen
    finally:
        swarm.counters = counters


def _in_vain(program: str) -> float:
    driver = sys.modules.get(f"drivers.{program.partition(':')[0]}")
    came: list[int] = getattr(driver, "CAME_IN_VAIN", [])
    total = sum(came) if came else math.nan
    came.clear()
    return total


def _bound(swarm: Any, name: str) -> float:
    return SCENARIOS[name].bound_s if name in OURS else float(swarm.fluid(swarm.SCENARIOS[name]))


def _row(name: str, program: str, bound: float, runs: Sequence[Run], load: float) -> str:
    last, first, seed_upload, waste, dropped, in_vain = (
        statistics.median(each) for each in zip(*runs, strict=True)
    )
    each = ", ".join(f"{run.last_s:.2f}" for run in runs)
    return (
        f"| {name} | {program} | {bound:.2f} | {last:.2f} ({each}) | {last / bound:.2f} | {first:.2f}"
        f" | {seed_upload:.2f} | {waste:.3f} | {dropped:.0f} | {in_vain:.3f} | {load:.1f} |\n"
    )
