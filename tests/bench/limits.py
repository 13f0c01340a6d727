"""How evenly caps of rates are kept, each second of real transfers, and how persons share one.

./dev bench limits [SECONDS]

Bytes of pieces as the prompts count them, on loopback. A second is any that begins at a sample (every 50 ms)
from half a second after the cap was set; `worst` is the one that is furthest from the cap.
"""

import sys
import time
from collections.abc import Callable, Iterator, Sequence
from contextlib import ExitStack, contextmanager
from pathlib import Path

from tests.bench.stage import GROUP, Stage, filled, numbers, scratch, stage
from tests.support.shoal_process import ShoalProcess

SAMPLED_S = 0.05
SETTLED_S = 0.5
"""For the pieces that were under way when a cap was set."""
KIB = 1 << 10
Samples = list[tuple[float, int]]
"""Moment, bytes so far."""


def sampled(count: Callable[[], int], seconds: float) -> Samples:
    samples: Samples = []
    end = time.monotonic() + seconds
    while (now := time.monotonic()) < end:
        samples.append((now, count()))
        time.sleep(SAMPLED_S)
    return samples


def seconds_of(samples: Samples) -> list[float]:
    """Bytes a second in each second that begins at a sample."""
    rates, last = [], 0
    for at, count in samples:
        while last < len(samples) and samples[last][0] < at + 1:
            last += 1
        if last == len(samples):
            break
        then, later = samples[last]
        rates.append((later - count) / (then - at))
    return rates


def report(name: str, kib: int, samples: Samples) -> None:
    parts = [rate / KIB / kib - 1 for rate in seconds_of(samples)]
    worst = max(parts, key=abs)
    mean = sum(parts) / len(parts)
    verdict = "" if abs(worst) <= 0.1 else "  MORE THAN A TENTH"
    sys.stdout.write(f"{name:<44} {kib:>6} KiB/s: mean {mean:+.1%}, worst second {worst:+.1%}{verdict}\n")


def total(shoals: Sequence[ShoalProcess], field: str) -> int:
    return sum(shoal.do("status")[field] for shoal in shoals)


@contextmanager
def takers(here: Stage, count: int, files: int) -> Iterator[list[ShoalProcess]]:
    with ExitStack() as started:
        yield [started.enter_context(here.taker(files)) for _ in range(count)]


def begin(taker: ShoalProcess, file: Path) -> None:
    taker.do("download_file", GROUP, file.name, f"{taker.downloads}/")
    taker.eventually("status", until=lambda status: status["received"])


def capped(
    name: str, shoal: ShoalProcess, direction: str, kibs: Sequence[int], seconds: float, *words: str
) -> None:
    """One cap after the other on what goes through `shoal`, which runs already."""
    field = "sent" if direction == "up" else "received"
    for kib in kibs:
        shoal.do("limit", direction, str(kib), *words)
        time.sleep(SETTLED_S)
        report(name, kib, sampled(lambda: total([shoal], field), seconds))
        name = f"  then in the same transfer, {direction}"


def main(arguments: list[str]) -> None:
    (seconds,) = numbers(arguments, 6)
    with scratch() as top, stage(top) as here:
        files = [filled(here.folder / f"file {number}.bin", 96) for number in range(4)]
        for file in files:
            here.share(file)
        for count in (1, 3):
            here.seeder.do("limit", "up", "1000")
            with takers(here, count, len(files)) as them:
                for taker, file in zip(them, files, strict=False):
                    begin(taker, file)
                capped(f"up, {count} taker(s)", here.seeder, "up", [2000, 100, 8000], seconds)
        here.seeder.do("limit", "up", "off")
        with takers(here, 1, len(files)) as (taker,):
            taker.do("limit", "down", "1000")
            begin(taker, files[0])
            capped("down, 1 source", taker, "down", [2000, 100, 8000], seconds)
            taker.do("limit", "down", "off")
            taker.do("wait", "1", "60")
            with takers(here, 1, len(files)) as (other,):
                other.do("limit", "down", "1000")
                begin(other, files[0])
                capped("down, 2 sources", other, "down", [2000, 100, 8000], seconds)
                other.do("limit", "down", "off")
                capped("down, of one group", other, "down", [2000], seconds, GROUP)
        persons(here, files, seconds)


def persons(here: Stage, files: Sequence[Path], seconds: float) -> None:
    """Each device fetches another file, so that all of it comes from the seeder."""
    with takers(here, 2, len(files)) as (one, many), ExitStack() as started:
        user = many.do("status")["user"]
        devices = [many]
        for number in range(2):
            device = started.enter_context(
                ShoalProcess(here.folder / f"device {number}", here.tracker.info_file)
            )
            device.do("login", user, "long enough")
            device.eventually("list_files", GROUP, until=lambda r: len(r["files"]) == len(files))
            devices.append(device)
        here.seeder.do("limit", "up", "3000")
        for device, file in zip([one, *devices], files, strict=True):
            begin(device, file)
        before = total([one], "received"), total(devices, "received")
        report(
            "up, a person with 1 device, one with 3",
            3000,
            sampled(lambda: total([here.seeder], "sent"), seconds),
        )
        after = total([one], "received"), total(devices, "received")
        shares = [later - earlier for earlier, later in zip(before, after, strict=True)]
        sys.stdout.write(f"  the person with 1 device had {shares[0] / sum(shares):.1%} of it\n")
