"""That the histories find what they are there to find."""

import re

import pytest

from tests.sim.judge import Verdict
from tests.sim.mutants import MUTANTS, Mutant, planted
from tests.sim.world import World, world

SEEDS_MAX = 40
CONTROLS = 3


@pytest.mark.slow
@pytest.mark.parametrize("mutant", MUTANTS.values(), ids=list(MUTANTS))
def test_a_planted_fault_is_found(mutant: Mutant) -> None:
    with planted(mutant):
        assert any(_is_found(mutant, seed) for seed in range(1, SEEDS_MAX + 1))


@pytest.mark.slow
@pytest.mark.parametrize("mutant", MUTANTS.values(), ids=list(MUTANTS))
def test_the_same_histories_end_well_without_it(mutant: Mutant) -> None:
    for seed in range(1, CONTROLS + 1):
        with world(seed, mutant.profile, World) as played:
            played.play()


def _is_found(mutant: Mutant, seed: int) -> bool:
    with world(seed, mutant.profile, World) as played:
        try:
            played.play()
        except Verdict as verdict:
            return re.search(mutant.symptom, str(verdict)) is not None
    return False
