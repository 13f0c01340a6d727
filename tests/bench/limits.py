"""How evenly caps of rates are kept, each second of real transfers, and how persons share one.

./dev bench limits [SECONDS]

Bytes of pieces as the prompts count them, on loopback. A second is any that begins at a sample (every 50 ms)
once what was under way when the cap was set is here; `worst` is the one that is furthest from the cap.

On the wire: all that lo carries, beside its own mean. For that, lo must be like a network:
`unshare -n sh -c "ip link set lo up mtu 1500; ./dev bench limits"`.
"""

import sys
import time
from collections.abc import Callable, Iterator, Sequence
from contextlib import ExitStack, contextmanager
from pathlib import Path

from tests.bench.stage import GROUP, Stage, filled, numbers, scratch, stage
from tests.support.shoal_process import ShoalProcess

SAMPLED_S = 0.05
UNDER_WAY_KIB, UNDER_WAY_FIRST_KIB = 1200, 5000
"""Of pieces when a cap is set, after another one and at first; in frames as long as that had made them."""
KIB = 1 << 10
Samples = list[tuple[float, int]]
"""Moment, bytes so far."""
Counts = tuple[int, int]
"""Of pieces, and on the wire."""


def wire_bytes() -> int:
    (line,) = [one for one in Path("/proc/net/dev").read_text().splitlines() if one.strip().startswith("lo:")]
    return int(line.split()[1])


def sampled(count: Callable[[], Counts], seconds: float) -> tuple[Samples, Samples]:
    pieces: Samples = []
    wire: Samples = []
    end = time.monotonic() + seconds
    while (now := time.monotonic()) < end:
        of_pieces, on_wire = count()
        pieces.append((now, of_pieces))
        wire.append((now, on_wire))
        time.sleep(SAMPLED_S)
    return pieces, wire


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


def report(name: str, kib: int, samples: tuple[Samples, Samples]) -> None:
    pieces, wire = map(seconds_of, samples)
    mean, worst = deviations(pieces, kib * KIB)
    line = f"{name:<42}{kib:>6} KiB/s: mean {mean:+.1%}, worst second {worst:+.1%}"
    line += "" if abs(worst) <= 0.1 else " MORE THAN A TENTH"
    _, worst = deviations(wire, sum(wire) / len(wire))
    sys.stdout.write(f"{line}; on the wire {worst:+.1%}\n")
    sys.stdout.flush()


def deviations(rates: Sequence[float], wanted: float) -> tuple[float, float]:
    """Of the mean, and of the one that is furthest."""
    parts = [rate / wanted - 1 for rate in rates]
    return sum(parts) / len(parts), max(parts, key=abs)


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
    under_way_kib = UNDER_WAY_FIRST_KIB
    for kib in kibs:
        shoal.do("limit", direction, str(kib), *words)
        time.sleep(0.5 if direction == "up" else 0.5 + under_way_kib / kib)
        under_way_kib = UNDER_WAY_KIB
        report(name, kib, sampled(lambda: (total([shoal], field), wire_bytes()), seconds))
        name = f"  then in the same transfer, {direction}"


def main(arguments: list[str]) -> None:
    (seconds,) = numbers(arguments, 6)
    with scratch() as top, stage(top) as here:
        files = [filled(here.folder / f"file {number}.bin", 128) for number in range(4)]
        files.append(filled(here.folder / "spread.bin", 32))
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
        persons(here, files[:4], seconds)
        for count in (4, 8):
            spread(here, files[4], count, 5000, len(files))


def persons(here: Stage, files: Sequence[Path], seconds: float) -> None:
    """Each device fetches another file, so that all of it comes from the seeder."""
    with takers(here, 2, len(files) + 1) as (one, many), ExitStack() as started:
        user = many.do("status")["user"]
        devices = [many]
        for number in range(2):
            device = started.enter_context(
                ShoalProcess(here.folder / f"device {number}", here.tracker.info_file)
            )
            device.do("login", user, "long enough")
            device.eventually("list_files", GROUP, until=lambda r: len(r["files"]) > len(files))
            devices.append(device)
        here.seeder.do("limit", "up", "3000")
        for device, file in zip([one, *devices], files, strict=True):
            begin(device, file)
        before = total([one], "received"), total(devices, "received")
        report(
            "up, a person with 1 device, one with 3",
            3000,
            sampled(lambda: (total([here.seeder], "sent"), wire_bytes()), seconds),
        )
        after = total([one], "received"), total(devices, "received")
        shares = [later - earlier for earlier, later in zip(before, after, strict=True)]
        sys.stdout.write(f"  the person with 1 device had {shares[0] / sum(shares):.1%} of it\n")


def spread(here: Stage, file: Path, count: int, kib: int, files: int) -> None:
    """One who has a file and `count` who want it, all capped alike, as upload slots would be for."""
    here.seeder.do("limit", "up", str(kib))
    with takers(here, count, files) as them:
        for taker in them:
            taker.do("limit", "up", str(kib))
            taker.do("limit", "down", str(kib))
        before, began = total([here.seeder], "sent"), time.monotonic()
        for taker in them:
            taker.do("download_file", GROUP, file.name, f"{taker.downloads}/")
        for taker in them:
            taker.do("wait", "1", "300", seconds_max=310)
        took, size = time.monotonic() - began, file.stat().st_size
        sent, wasted = (total([here.seeder], "sent") - before) / size, total(them, "wasted") >> 10
        sys.stdout.write(
            f"1 to {count}, all nodes {kib} KiB/s: last one done at {took / (size / kib / KIB):.2f} x"
            f" the fluid bound; the seeder sent {sent:.2f} files, {wasted} KiB came twice\n"
        )
