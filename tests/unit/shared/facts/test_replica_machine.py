"""Replicas under random lives: who has seen the same has the same, and nothing acknowledged is lost.

Seeds find faults here faster than Hypothesis does, if each life is biased towards the fault that it looks
for; Hypothesis shrinks what it finds. SHOAL_REPLICA_SEEDS and HYPOTHESIS_PROFILE say how long to look.
"""

import os
import random
from collections.abc import Callable, Iterable, Mapping
from typing import NamedTuple

import pytest
from hypothesis import settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, invariant, rule

from shared.facts.replica import dominates, lift
from shared.facts.rows import Kind, Row
from shared.facts.tombstones import is_collectable
from tests.support.replica_world import World
from tests.support.replicas import Node

SEEDS = int(os.environ.get("SHOAL_REPLICA_SEEDS", "30"))
SEEDS_TO_CATCH_MAX = 5000
"""A mutant that lives through so many would be one that these tests do not see."""
STEPS_BETWEEN_CHECKS = 10


class Life(NamedTuple):
    """What happens, how often, and for how many steps."""

    weights: Mapping[str, float]
    steps: int
    trackers: int = 3
    kinds: tuple[Kind, ...] = (Kind.SHARE, Kind.RENEWED, Kind.GONE)
    hot_keys: int = 6

    def __call__(self, seed: int, make: Callable[..., Node] = Node) -> World:
        """Raises AssertionError where something does not hold."""
        world = World(random.Random(seed), self.trackers, make, self.kinds, self.hot_keys)
        for _ in range(self.steps // STEPS_BETWEEN_CHECKS):
            world.live_on(STEPS_BETWEEN_CHECKS, self.weights)
            world.check()
        world.settle()
        world.check_settled()
        return world


USUAL = {"write": 20, "push": 40, "round": 60, "drop": 2, "part": 1, "join": 3, "crash": 1, "skew": 1}
HEALTHY = {"write": 6, "push": 8, "round": 120, "drop": 0.5, "part": 0.1, "join": 1, "crash": 0.3, "skew": 2}
DISKS = {"back_up": 1, "restore": 1, "replace": 0.5}
LIVES = {
    "of all kinds": Life(USUAL | DISKS | {"collect": 5}, 200),
    "with long rounds from trackers that die": Life(USUAL | {"push": 10, "round": 30, "destroy": 1}, 150),
    "with old backups": Life(
        {"write": 20, "push": 20, "round": 30, "back_up": 1, "restore": 1, "skew": 1}, 150
    ),
    "with much collection": Life(HEALTHY | DISKS | {"collect": 25}, 300, kinds=(Kind.SHARE,)),
    "with collection, and commits that come late": Life(
        {"write": 10, "push": 10, "round": 120, "drop": 0.3, "skew": 3, "collect": 30},
        200,
        kinds=(Kind.SHARE,),
    ),
    "with collection, and trackers that die": Life(
        HEALTHY | DISKS | {"write": 15, "round": 80, "destroy": 0.3, "collect": 20}, 300, trackers=4
    ),
    "with collection, two keys and clocks that are off": Life(
        HEALTHY | DISKS | {"replace": 1, "skew": 3, "collect": 25}, 300, kinds=(Kind.SHARE,), hot_keys=2
    ),
}


@pytest.mark.parametrize("name", LIVES)
def test_nothing_is_lost_and_all_agree_in_a_life(name: str) -> None:
    purged = sum(LIVES[name](seed).purged for seed in range(SEEDS))
    assert purged or "collect" not in LIVES[name].weights


# --- mutants: what these lives are there to find ---------------------------------------------------


class VectorRowByRow(Node):
    """Claims to have all before each row of a round, when the rows before it may be under way still."""

    def take_part(self, rows: Iterable[Row]) -> None:
        for row in rows:
            self.merge([row])
            lift(self.seen, dict([row.dot]))


class LogUsedAgain(Node):
    """Goes on in its log after a restore, and gives dots away that others have seen."""

    def restart(self, lot: random.Random) -> None:
        log = self.pen.log
        super().restart(lot)
        if log:
            self.pen.log, self.pen.seq = log, self.seen.get(log, 0)


class PurgesWhatIsKnownEverywhere(Node):
    """Asks only whether the tombstone itself is everywhere, and not what may be on its way against it."""

    def collect(self, lot: random.Random, others: Iterable[Node]) -> None:
        seen = [self.seen, *(other.seen for other in others)]
        known = [row for row in self.facts.values() if all(row.seq <= each.get(row.log, 0) for each in seen)]
        self.purge([row for row in known if is_collectable(self, row)])


class PurgesInOnePhase(Node):
    """Waits until all have what it had, and not for what they had."""

    def collect(self, lot: random.Random, others: Iterable[Node]) -> None:
        if all(dominates(other.seen, self.seen) for other in others):
            self.purge([row for row in self.facts.values() if is_collectable(self, row)])


@pytest.mark.parametrize(
    ("mutant", "name"),
    [
        (VectorRowByRow, "with long rounds from trackers that die"),
        (LogUsedAgain, "with old backups"),
        (PurgesWhatIsKnownEverywhere, "with collection, and commits that come late"),
        (PurgesInOnePhase, "with collection, and commits that come late"),
    ],
)
def test_a_mutant_is_caught(mutant: type[Node], name: str) -> None:
    for seed in range(SEEDS_TO_CATCH_MAX):
        try:
            LIVES[name](seed, mutant)
        except AssertionError:
            return
    pytest.fail(f"{mutant.__name__} lives through {SEEDS_TO_CATCH_MAX} seeds")


# --- the same, as Hypothesis wills -------------------------------------------------------------------

numbers = st.integers(0, 2)
sizes = st.sampled_from([1, 3, 1000])


class Machine(RuleBasedStateMachine):
    """Three trackers, which stay three."""

    def __init__(self) -> None:
        super().__init__()
        self.lot = random.Random(0)
        self.world = World(self.lot, kinds=(Kind.SHARE, Kind.GONE), hot_keys=2)

    @rule(at=numbers, count=st.integers(1, 3), is_on=st.booleans(), is_fresh=st.booleans())
    def write(self, at: int, count: int, is_on: bool, is_fresh: bool) -> None:
        world = self.world
        keys = [world.fresh_key() if is_fresh else world.hot_key(self.lot) for _ in range(count)]
        world.write(at + 1, keys, is_on)

    @rule(one=numbers, other=numbers, index=st.integers(0, 3), is_lost=st.booleans())
    def push(self, one: int, other: int, index: int, is_lost: bool) -> None:
        self.world.push((one + 1, other + 1), index, is_lost)

    @rule(one=numbers, other=numbers, at_most=sizes, taken=st.integers(0, 3))
    def go_on_with_a_round(self, one: int, other: int, at_most: int, taken: int) -> None:
        if one != other:
            link = (one + 1, other + 1)
            self.world.ask(link)
            self.world.read(link, at_most)
            for _ in range(taken):
                self.world.take(link)

    @rule(one=numbers, other=numbers, is_lasting=st.booleans())
    def lose_a_link(self, one: int, other: int, is_lasting: bool) -> None:
        if one != other:
            (self.world.part if is_lasting else self.world.drop)(one + 1, other + 1)

    @rule()
    def join(self) -> None:
        self.world.join()

    @rule(at=numbers)
    def crash(self, at: int) -> None:
        self.world.crash(at + 1)

    @rule(at=numbers)
    def back_up(self, at: int) -> None:
        self.world.back_up(at + 1)

    @rule(at=numbers, index=st.integers(0, 3))
    def restore(self, at: int, index: int) -> None:
        self.world.restore(at + 1, index)

    @rule(at=numbers)
    def lose_a_disk(self, at: int) -> None:
        self.world.destroy(at + 1, for_good=False)

    @rule(at=numbers, off_s=st.integers(-(10**9), 10**9))
    def set_a_clock(self, at: int, off_s: int) -> None:
        self.world.nodes[at + 1].wall_s = 1.7e9 + off_s

    @rule(at=numbers)
    def collect(self, at: int) -> None:
        self.world.collect(at + 1)

    @invariant()
    def who_has_seen_the_same_has_the_same(self) -> None:
        self.world.check()

    def teardown(self) -> None:
        self.world.settle()
        self.world.check_settled()


TestMachine = Machine.TestCase
TestMachine.settings = settings(stateful_step_count=30)
