"""That the swarm simulator is what it says, and that swarms in it come to their ends."""

import math
import os
import random
from collections.abc import Callable
from dataclasses import replace

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from desktop.engine.downloads.piece_picker import AHEAD_PIECES
from tests.sim.swarm.ablations import ABLATIONS, without
from tests.sim.swarm.fluid import Access, Fluid, Pipe, Share, max_min
from tests.sim.swarm.scenarios import EVEN, SCENARIOS, Event, Line, Scenario, What
from tests.sim.swarm.swarm import Swarm, play
from tests.sim.swarm.timeline import Timeline

SEEDS = int(os.environ.get("SHOAL_SWARM_SEEDS", "8"))
SMALL = Scenario([EVEN], [EVEN] * 3, mib=8)


def shares(lines: list[tuple[Share, Share, float]]) -> list[float]:
    net = Fluid(Timeline(), random.Random(1), 0.0)
    pipes = [Pipe(net, up, down, 0.01, lambda: None) for up, down, _ in lines]
    flows = [(pipe, up, down, cap) for pipe, (up, down, cap) in zip(pipes, lines, strict=True)]
    rates = dict(max_min(flows))
    return [rates[pipe] for pipe in pipes]


def test_a_line_is_shared_evenly_and_what_one_cannot_use_goes_to_others() -> None:
    up, narrow, wide = Share(90.0), Share(10.0), Share(100.0)
    assert shares([(up, narrow, math.inf), (up, wide, math.inf)]) == [10.0, 80.0]
    assert shares([(up, wide, 5.0), (up, wide, math.inf), (up, wide, math.inf)]) == [5.0, 42.5, 42.5]


@given(
    st.lists(st.floats(1, 100), min_size=2, max_size=5),
    st.lists(st.tuples(st.integers(0, 4), st.integers(0, 4), st.floats(1, 200)), min_size=1, max_size=12),
)
def test_nobody_could_have_more_without_taking_it_from_who_has_no_more(
    widths: list[float], lines: list[tuple[int, int, float]]
) -> None:
    ups, downs = [Share(width) for width in widths], [Share(width) for width in widths]
    flows = [(ups[a % len(ups)], downs[b % len(downs)], cap) for a, b, cap in lines]
    rates = shares(flows)
    for (up, down, cap), rate in zip(flows, rates, strict=True):
        full = [
            line for at, line in enumerate((up, down))
            if sum(r for flow, r in zip(flows, rates, strict=True) if flow[at] is line)
            >= line.bytes_per_s - 1e-6
            and all(r <= rate + 1e-6 for flow, r in zip(flows, rates, strict=True) if flow[at] is line)
        ]  # fmt: skip
        assert full or rate == cap
        assert rate <= cap


def test_bytes_take_as_long_as_the_line_and_the_way_are() -> None:
    time = Timeline()
    line, arrived = Access(8.32, 8.32), [0.0]
    pipe = Pipe(Fluid(time, random.Random(1), 0.0), line.up, Access(100, 100).down, 0.05, lambda: None)
    pipe.window_per_s = math.inf
    pipe.send(1_000_000, lambda: arrived.append(time.now_s))
    pipe.send(500_000, lambda: arrived.append(time.now_s))
    time.run(lambda: False, 100)
    assert arrived == [0.0, pytest.approx(1.05), pytest.approx(1.55)]


def test_what_is_lost_is_a_round_trip_late_at_least_and_holds_up_what_follows() -> None:
    time = Timeline()
    line, arrived = Access(8.32, 8.32), list[tuple[int, float]]()
    pipe = Pipe(Fluid(time, random.Random(1), 0.0, 0.01), line.up, Access(100, 100).down, 0.05, lambda: None)
    pipe.window_per_s = math.inf
    for number in range(100):
        pipe.send(10_000, lambda number=number: arrived.append((number, time.now_s)))  # type: ignore[misc]
    time.run(lambda: False, 100)
    late = [at - (number + 1) * 0.01 - 0.05 for number, at in arrived]
    assert [number for number, _ in arrived] == list(range(100))
    assert min(late) == pytest.approx(0.0)
    assert max(late) >= 0.1


def test_one_seed_is_one_history() -> None:
    assert play(SMALL, 3) == play(SMALL, 3)
    assert play(SMALL, 3) != play(SMALL, 4)


@pytest.mark.parametrize("seed", range(3))
def test_no_swarm_is_faster_than_a_fluid(seed: int) -> None:
    for scenario in (SMALL, replace(SMALL, seeds=[EVEN, Line(5, 5)], rtt_ms=100)):
        assert 1.0 < play(scenario, seed).over_bound < 4.0


def leaving(at_part: float) -> Scenario:
    return replace(SMALL, leechers=[EVEN] * 4, events=[Event(2, "leave", at_part=at_part)])


@pytest.mark.parametrize("scenario", [leaving(0.2), leaving(0.6), leaving(0.8)])
def test_no_piece_is_lost_to_the_swarm_when_a_leecher_leaves(scenario: Scenario) -> None:
    result = play(scenario, 1)
    assert len(result.seconds) == 3
    assert result.last_s < 30


def test_a_seeder_may_leave_once_it_has_sent_a_little_more_than_the_file() -> None:
    scarce = replace(SMALL, leechers=[Line(10, 40)] * 4, events=[Event(0, "leave", at_s=2.3)])
    assert math.isfinite(play(scenario=scarce, seed=1).last_s)
    with without(ABLATIONS["no credit requests"]):
        assert play(scenario=scarce, seed=1).last_s == math.inf


@pytest.mark.parametrize("what", ["freeze", "drip", "leave"])
def test_a_seed_that_stops_costs_some_seconds_at_most(what: What) -> None:
    scenario = replace(SMALL, seeds=[EVEN, EVEN], events=[Event(1, what, at_s=1.0)])
    assert play(scenario, 1).last_s < play(SMALL, 1).last_s + 3.0


def test_who_stood_still_goes_on() -> None:
    frozen = replace(SMALL, events=[Event(0, "freeze", 0.5), Event(0, "thaw", 5.0)])
    assert 5.0 < play(frozen, 1).last_s < 15.0


def test_each_leecher_ends_with_every_piece_and_nothing_in_flight() -> None:
    swarm = Swarm(SMALL, 1)
    swarm.play()
    for leecher in swarm.leechers:
        assert leecher.fetch
        assert leecher.fetch.picker.is_complete
        assert not leecher.fetch.channels


@pytest.mark.parametrize("trick", ABLATIONS)
def test_without_any_one_trick_a_swarm_still_ends(trick: str) -> None:
    before = play(SMALL, 1)
    with without(ABLATIONS[trick]):
        assert play(SMALL, 1).last_s < 20
    assert play(SMALL, 1) == before


def every(check: Callable[[int], None]) -> None:
    for seed in range(SEEDS):
        check(seed)


@pytest.mark.slow
@pytest.mark.parametrize("name", SCENARIOS)
def test_every_swarm_ends(name: str) -> None:
    every(lambda seed: _ends(name, seed))


def _ends(name: str, seed: int) -> None:
    result = play(SCENARIOS[name], seed)
    assert 1.0 < result.over_bound < 3.0, (name, seed)


@pytest.mark.slow
@settings(max_examples=SEEDS, deadline=None)
@given(
    st.lists(st.sampled_from([EVEN, Line(2, 20), Line(100, 5)]), min_size=1, max_size=3),
    st.lists(st.sampled_from([EVEN, Line(2, 20), Line(100, 5)]), min_size=1, max_size=5),
    st.lists(
        st.builds(
            Event, node=st.integers(1, 3), what=st.sampled_from(["freeze", "drip", "leave"]),
            at_s=st.floats(0, 10),
        ),
        max_size=2,
    ),
    st.floats(1, 200), st.floats(0, 3), st.integers(0, 1000),
)  # fmt: skip
@example([Line(2, 20)], 3 * [EVEN], [], 44.0, 0.0, 0)  # frames come so seldom that all was taken for stalled
def test_whatever_befalls_others_who_can_reach_the_first_seed_gets_all(
    seeds: list[Line], leechers: list[Line], events: list[Event], rtt_ms: float, apart_s: float, seed: int
) -> None:
    """The first seed and the last leecher are left in peace."""
    mine = [event for event in events if event.node < len(seeds) + len(leechers) - 1]
    swarm = Swarm(Scenario(seeds, leechers, 8, rtt_ms, apart_s, events=mine), seed)
    swarm.play()
    assert swarm.leechers[-1].done_at_s == swarm.leechers[-1].done_at_s


@pytest.mark.slow
def test_all_who_look_at_a_file_while_it_comes_get_it_in_order_and_not_one_copy_each_of_the_seed() -> None:
    swarm = Swarm(SCENARIOS["preview-1x8"], 1)
    seen: list[tuple[int, int]] = []

    def look() -> None:
        seen.extend(
            (leecher.fetch.picker.first_missing, len(leecher.fetch.picker.had))
            for leecher in swarm.leechers
            if leecher.fetch and not leecher.has_whole
        )
        swarm.time.after(1.0, look)

    swarm.time.after(5.0, look)
    result = swarm.play()
    assert result.seed_upload < 1.25
    assert result.over_bound < 1.3
    assert all(had - first <= AHEAD_PIECES // 2 for first, had in seen)
