"""The swarms of which figures are wanted, and how fast each could be at best."""

from dataclasses import dataclass, field
from typing import Literal


@dataclass(frozen=True)
class Line:
    """Mbit/s."""

    up: float
    down: float


What = Literal["freeze", "thaw", "drip", "leave"]


@dataclass(frozen=True)
class Event:
    """Something that happens to a node: after some seconds, or once it has so much of the file."""

    node: int
    """Seeds first, then leechers."""
    what: What
    at_s: float = 0.0
    at_part: float | None = None


@dataclass(frozen=True)
class Scenario:
    seeds: list[Line]
    leechers: list[Line]
    mib: int = 64
    rtt_ms: float = 10.0
    apart_s: float = 0.0
    """Between one leecher's arrival and the next."""
    is_in_order: bool = False
    """All look at the file while it comes."""
    unfairness: float = 0.25
    """Of TCP, see fluid.Fluid."""
    loss: float = 0.0
    events: list[Event] = field(default_factory=list)

    @property
    def bound_s(self) -> float:
        """No swarm is faster, however it goes about it: bytes as a fluid, lines without headers or delay."""
        mbit = self.mib * 8 * 1.048576
        down = min(line.down for line in self.leechers)
        if self.apart_s:
            return max(mbit / down, self._bound_of_uplinks_s(mbit))
        up = sum(line.up for line in self.seeds)
        if len(self.leechers) == 1:
            for event in self.events:
                if event.what == "freeze" and event.node < len(self.seeds):
                    return self._bound_with_frozen_s(mbit, min(down, up), event)
        all_up = up + sum(line.up for line in self.leechers)
        for event in self.events:
            if event.what == "leave" and event.node < len(self.seeds):
                before = all_up * event.at_s
                all_needed = len(self.leechers) * mbit
                return event.at_s + max(0.0, all_needed - before) / (all_up - self.seeds[event.node].up)
        return max(mbit / up, mbit / down, len(self.leechers) * mbit / all_up)

    def _bound_of_uplinks_s(self, mbit: float) -> float:
        """From the last arrival on, as all together need all uplinks; who leaves is taken to give on."""
        up, down = sum(line.up for line in self.seeds), 0.0
        leaving = sum(1 - (event.at_part or 0.0) for event in self.events if event.what == "leave")
        needed = mbit * (len(self.leechers) - leaving)
        for number, line in enumerate(self.leechers):
            if number:
                needed -= min(up, down) * self.apart_s
            up, down = up + line.up, down + line.down
        return needed / min(up, down)

    def _bound_with_frozen_s(self, mbit: float, rate: float, event: Event) -> float:
        before = rate * event.at_s
        rest = sum(line.up for number, line in enumerate(self.seeds) if number != event.node)
        after_s = max(0.0, mbit - before) / min(self.leechers[0].down, rest) if rest else 0.0
        return mbit / rate if mbit <= before else event.at_s + after_s


EVEN, ASYMMETRIC, FAR = Line(40, 40), Line(20, 100), Line(200, 200)
LEAVING = [Event(6, "leave", at_part=0.5), Event(9, "leave", at_part=0.5)]
SCENARIOS = {
    "1x4": Scenario([EVEN], [EVEN] * 4),
    "1x8": Scenario([EVEN], [EVEN] * 8),
    "preview-1x8": Scenario([EVEN], [EVEN] * 8, is_in_order=True),
    "4x1": Scenario([EVEN] * 4, [FAR]),
    "asym-1x4": Scenario([ASYMMETRIC], [ASYMMETRIC] * 4, rtt_ms=20),
    "skew": Scenario(
        [EVEN, Line(2, 40), Line(2, 40), Line(2, 40), Line(20, 40)], [Line(100, 100)], rtt_ms=20,
        events=[Event(4, "freeze", 3.0)],
    ),
    "churn": Scenario([EVEN] * 4, [EVEN] * 8, apart_s=5.0, events=LEAVING),
    "churn-scarce": Scenario([Line(10, 40)] * 4, [EVEN] * 8, apart_s=5.0, events=LEAVING),
    "seed-leaves": Scenario([EVEN], [Line(10, 40)] * 4, events=[Event(0, "leave", at_s=15.5)]),
    "lfn-1x1": Scenario([FAR], [FAR], rtt_ms=100),
    "lfn-3x1": Scenario([FAR] * 3, [FAR], rtt_ms=100),
    "wan-bbr-1x1": Scenario([FAR], [FAR], rtt_ms=100, loss=0.01),
    "wan-bbr-3x1": Scenario([FAR] * 3, [FAR], rtt_ms=100, loss=0.01),
}  # fmt: skip
