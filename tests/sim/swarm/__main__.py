"""`python -m tests.sim.swarm [SCENARIO] [SEED]`: plays swarms, says how near the best they get."""

import argparse
import math
import statistics
import sys
import time
from dataclasses import replace

from tests.sim.swarm.ablations import ABLATIONS, without
from tests.sim.swarm.scenarios import SCENARIOS, Scenario
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
    parser.add_argument("--fair", action="store_true", help="let connections that share a line be equal")
    parser.add_argument("--ablations", action="store_true", help="what each trick is worth")
    typed = parser.parse_args()
    scenarios = {
        name: replace(scenario, unfairness=0.0) if typed.fair else scenario
        for name, scenario in SCENARIOS.items()
        if typed.scenario in (name, "all")
    }
    seeds = range(typed.seed, typed.seed + typed.seeds)
    if typed.ablations:
        tell_ablations(scenarios, seeds)
    else:
        tell(scenarios, seeds)


def tell(scenarios: dict[str, Scenario], seeds: range) -> None:
    say(HEADING)
    for name, scenario in scenarios.items():
        began_s = time.process_time()
        results = [play(scenario, seed) for seed in seeds]
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


def tell_ablations(scenarios: dict[str, Scenario], seeds: range) -> None:
    """Times the bound, medians."""
    say(f"| | {' | '.join(scenarios)} |\n|---|{'---:|' * len(scenarios)}")
    for trick, changes in ABLATIONS.items():
        with without(changes):
            medians = [
                statistics.median(play(scenario, seed).over_bound for seed in seeds)
                for scenario in scenarios.values()
            ]
        cells = ("never" if median == math.inf else f"{median:.2f}" for median in medians)
        say(f"| {trick} | {' | '.join(cells)} |")


def say(line: str) -> None:
    sys.stdout.write(line + "\n")
    sys.stdout.flush()


if __name__ == "__main__":
    main()
