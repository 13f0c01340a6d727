"""`python -m tests.sim.swarm [SCENARIO] [SEED]`: plays swarms, says how near the best they get."""

import argparse
import statistics
import sys
import time

from tests.sim.swarm.scenarios import SCENARIOS
from tests.sim.swarm.swarm import play

HEADING = (
    "| scenario | bound s | last s | x bound | worst | first s | seed upload / F | wasted / F | CPU s |\n"
    + "|---" * 9
    + "|"
)


def main() -> None:
    parser = argparse.ArgumentParser(prog="python -m tests.sim.swarm", description="Plays swarms.")
    parser.add_argument("scenario", nargs="?", choices=[*SCENARIOS, "all"], default="all")
    parser.add_argument("seed", nargs="?", type=int, default=1)
    parser.add_argument("--seeds", type=int, default=1, help="so many, from SEED on; medians are told")
    typed = parser.parse_args()
    say(HEADING)
    for name in SCENARIOS if typed.scenario == "all" else [typed.scenario]:
        began_s = time.process_time()
        results = [play(SCENARIOS[name], typed.seed + number) for number in range(typed.seeds)]
        last_s, first_s, upload, wasted = (
            statistics.median(values)
            for values in zip(*((r.last_s, r.first_s, r.seed_upload, r.wasted) for r in results), strict=True)
        )
        bound_s = results[0].bound_s
        say(
            f"| {name} | {bound_s:.2f} | {last_s:.2f} | {last_s / bound_s:.3f} "
            f"| {max(r.over_bound for r in results):.3f} | {first_s:.2f} | {upload:.2f} | {wasted:.3f} "
            f"| {(time.process_time() - began_s) / len(results):.2f} |"
        )


def say(line: str) -> None:
    sys.stdout.write(line + "\n")
    sys.stdout.flush()


if __name__ == "__main__":
    main()
