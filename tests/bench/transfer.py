"""One file from one prompt to another over loopback: real processes, from `download_file` to `wait`.

./dev bench transfer [MIB] [RUNS]
"""

import sys

from tests.bench.stage import Usage, filled, median_of, numbers, scratch, stage


def main(arguments: list[str]) -> None:
    mib, runs = numbers(arguments, 1024, 3)
    with scratch() as top, stage(top) as here:
        source = filled(here.folder / "source.bin", mib)
        here.share(source)
        rates, sent, got, peaks = [], [], [], []
        for _ in range(runs):
            with here.taker(files=1) as taker:
                pids = here.seeder.process.pid, taker.process.pid
                before = [Usage.of(pid) for pid in pids]
                took = here.seconds_to_take(taker, source)
                seeder, leecher = (Usage.of(pid) for pid in pids)
                rates.append((mib << 20) / took / 1e6)
                sent.append((seeder.cpu_s - before[0].cpu_s) * 1024 / mib)
                got.append((leecher.cpu_s - before[1].cpu_s) * 1024 / mib)
                peaks.append((leecher.peak_mib, seeder.peak_mib))
        sys.stdout.write(
            f"transfer of {mib} MiB: {median_of(rates)} MB/s;"
            f" taker {median_of(got, 2)} CPU s/GiB, {max(peak for peak, _ in peaks)} MiB peak;"
            f" seeder {median_of(sent, 2)} CPU s/GiB, {max(peak for _, peak in peaks)} MiB peak\n"
        )
