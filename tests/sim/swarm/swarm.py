"""Plays one scenario with one seed, and says what came of it."""

import random
from dataclasses import dataclass

from shared.limits import MIB, PIECE_BYTES
from tests.sim.swarm.fluid import Access, Fluid
from tests.sim.swarm.node import Node
from tests.sim.swarm.scenarios import Event, Line, Scenario
from tests.sim.swarm.timeline import Timeline
from tests.support.scripted_link import zeros

DRIP_MBIT = 0.05


@dataclass(frozen=True)
class Result:
    last_s: float
    """Until the last leecher has all, from its own arrival; inf if one never gets there."""
    first_s: float
    bound_s: float
    seed_upload: float
    """What seeders sent, in files."""
    wasted: float
    """What leechers got beyond a file each, in files."""
    steps: int
    seconds: list[float]
    """Of each that stayed."""

    @property
    def over_bound(self) -> float:
        return self.last_s / self.bound_s


class Swarm:
    def __init__(self, scenario: Scenario, seed: int) -> None:
        self.scenario = scenario
        self.time = Timeline()
        self._lot = random.Random(seed)
        self._content = zeros(scenario.mib * MIB // PIECE_BYTES)
        net = Fluid(self.time, random.Random(self._lot.random()), scenario.unfairness, scenario.loss)
        lines = [*scenario.seeds, *scenario.leechers]
        self.nodes = [self._node(number, line, net) for number, line in enumerate(lines)]
        self.seeds = self.nodes[: len(scenario.seeds)]
        self.leechers = self.nodes[len(scenario.seeds) :]

    def play(self) -> Result:
        for number, leecher in enumerate(self.leechers):
            self.time.at(self.scenario.apart_s * number, lambda leecher=leecher: self._arrive(leecher))  # type: ignore[misc]
        for event in self.scenario.events:
            if event.at_part is None:
                self.time.at(event.at_s, lambda event=event: self._happen(event))  # type: ignore[misc]
            else:
                self.time.at(0.0, lambda event=event: self._watch(event))  # type: ignore[misc]
        self.time.run(self._is_over, 30 * self.scenario.bound_s + 60)
        staying = [leecher for leecher in self.leechers if not leecher.is_gone]
        seconds = [leecher.done_at_s - leecher.started_at_s for leecher in staying]
        if not self._is_over():
            seconds = [float("inf")]
        size = self._content.size
        return Result(
            max(seconds), min(seconds), self.scenario.bound_s,
            sum(end.up.total for seed in self.seeds for end in seed.links) / size,
            sum(leecher.received_bytes - size for leecher in staying) / size,
            self.time.steps, seconds,
        )  # fmt: skip

    def _node(self, number: int, line: Line, net: Fluid) -> Node:
        access = Access(line.up, line.down)
        lot = random.Random(self._lot.random())
        is_seed = number < len(self.scenario.seeds)
        return Node(f"n{number}", access, net, self._content, lot, has_whole=is_seed)

    def _arrive(self, node: Node) -> None:
        def who_has() -> list[Node]:
            """As a tracker would tell, who else has some of it."""
            return [other for other in self.nodes if other is not node and other.is_announced]

        node.start(who_has, self.scenario.rtt_ms / 2000)
        assert node.fetch
        node.fetch.choosing.is_in_order = self.scenario.is_in_order

    def _watch(self, event: Event) -> None:
        node = self.nodes[event.node]
        if node.fetch and node.fetch.done_bytes >= (event.at_part or 0.0) * self._content.size:
            self._happen(event)
        else:
            self.time.after(0.05, lambda: self._watch(event))

    def _happen(self, event: Event) -> None:
        node = self.nodes[event.node]
        match event.what:
            case "freeze":
                node.freeze()
            case "thaw":
                node.thaw()
            case "leave":
                node.leave()
            case "drip":
                node.access.up.bytes_per_s = DRIP_MBIT * 125_000
                node.net.changed()

    def _is_over(self) -> bool:
        return all(node.is_gone or node.done_at_s == node.done_at_s for node in self.leechers)


def play(scenario: Scenario, seed: int) -> Result:
    return Swarm(scenario, seed).play()
