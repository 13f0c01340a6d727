"""`python -m tests.sim SEED...`: plays histories, and tells them."""

import argparse
import sys
import time

from tests.sim.judge import Verdict
from tests.sim.world import Profile, World, world


def main() -> int:
    parser = argparse.ArgumentParser(prog="python -m tests.sim", description="Plays histories.")
    parser.add_argument("first", type=int, metavar="SEED")
    parser.add_argument(
        "last", type=int, nargs="?", metavar="LAST", help="all from SEED to LAST, told shortly"
    )
    typed = parser.parse_args()
    seeds = range(typed.first, (typed.last or typed.first) + 1)
    return int(sum(not _plays(seed, is_told=typed.last is None) for seed in seeds) > 0)


def _plays(seed: int, *, is_told: bool) -> bool:
    began_s, verdict = time.process_time(), "ends well"
    with world(seed, Profile(), World) as played:
        try:
            played.play()
        except Verdict as found:
            verdict = str(found)
        if is_told:
            sys.stdout.write("\n".join([*played.records.trace, ""]))
        took_s = time.process_time() - began_s
        sys.stdout.write(f"{seed}: {verdict} ({took_s:.2f} s, {played.loop.steps} steps)\n")
        sys.stdout.flush()
    return verdict == "ends well"


if __name__ == "__main__":
    sys.exit(main())
