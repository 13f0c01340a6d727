"""How long `status` takes at a prompt that downloads a large file while thousands of small ones appear.

./dev bench prompt [MIB] [FILES]
"""

import random
import sys
import threading
import time

from tests.bench.stage import (
    GROUP,
    SECONDS_MAX,
    Stage,
    filled,
    numbers,
    percentile,
    scratch,
    small_files,
    stage,
    warm,
)
from tests.support.shoal_process import ShoalProcess


def main(arguments: list[str]) -> None:
    mib, files = numbers(arguments, 1024, 2000)
    lot = random.Random(1)
    with scratch() as top, stage(top) as here:
        source = filled(here.folder / "source.bin", mib)
        folder = small_files(here.folder / "small", [lot.randrange(64 << 10) for _ in range(files)])
        here.share(source)
        with here.taker(files=1) as taker:
            warm(taker.downloads, mib << 20)
            sharing = threading.Thread(target=here.share, args=(folder,))
            sharing.start()
            samples = _status_s(here, taker, source.name, sharing)
            sharing.join()
    sys.stdout.write(
        f"`status` {len(samples)} times during {mib} MiB and {files} files: median"
        f" {1000 * percentile(samples, 50):.1f} ms, p99 {1000 * percentile(samples, 99):.0f} ms,"
        f" longest {1000 * max(samples):.0f} ms\n"
    )


def _status_s(here: Stage, taker: ShoalProcess, name: str, sharing: threading.Thread) -> list[float]:
    """Asked until both the download and the sharing are over."""
    taker.do("download_file", GROUP, name, f"{taker.downloads}/")
    samples = []
    ends = time.monotonic() + SECONDS_MAX
    while sharing.is_alive() or taker.do("show_downloads")["downloads"][0]["state"] == "D":
        assert time.monotonic() < ends
        began = time.monotonic()
        taker.do("status")
        samples.append(time.monotonic() - began)
        time.sleep(0.01)
    return samples
