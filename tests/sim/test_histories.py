"""Histories of whole networks, from seeds: whatever goes wrong, in the end all is as it must be.

SHOAL_SIM_SEEDS is how many, SHOAL_SIM_FIRST the first. `python -m tests.sim SEED` tells one, line by line.
"""

import os

import pytest

from tests.sim.judge import Verdict
from tests.sim.world import Profile, World, world

SEEDS = int(os.environ.get("SHOAL_SIM_SEEDS", "200"))
FIRST = int(os.environ.get("SHOAL_SIM_FIRST", "1"))
PARTS = 8
"""So that several workers share them."""
HOW = Profile()


def plays(seed: int, profile: Profile) -> list[str]:
    """The history, in words."""
    with world(seed, profile, World) as played:
        try:
            played.play()
        except Verdict as verdict:
            pytest.fail(
                f"seed {seed} (PYTHONPATH=. .venv/bin/python -m tests.sim {seed} tells it):\n{verdict}"
            )
        return played.records.trace


def test_a_history_ends_well() -> None:
    plays(FIRST, HOW)


@pytest.mark.slow
@pytest.mark.parametrize("part", range(PARTS))
def test_histories_end_well(part: int) -> None:
    for seed in range(FIRST + 1 + part, FIRST + SEEDS, PARTS):
        plays(seed, HOW)


@pytest.mark.slow
@pytest.mark.parametrize("seed", [1, 2])
def test_one_seed_is_one_history(seed: int) -> None:
    assert plays(seed, HOW) == plays(seed, HOW)
