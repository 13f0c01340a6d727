"""A network of access lines: bytes flow at max-min fair shares of each node's up and down, then travel.

Of TCP it knows how a connection begins (its window doubles each round trip), that what was handed to the
system cannot be taken back, and that what is lost holds up all that follows until it is repeated, while BBR
sends on.
"""

import itertools
import math
import random
from collections import deque
from collections.abc import Callable

from tests.sim.swarm.timeline import Timeline

WIRE_OVERHEAD = 1.04
"""Headers at an MTU of 1500, with timestamps: a line of 40 Mbit/s carries so much less of what is sent."""
FIRST_WINDOW_BYTES = 10 * 1448
PACKET_BYTES = 1448
REPEATED_S_MIN = 0.2
"""Before what was repeated in vain is repeated once more, beside a round trip; then twice as long."""
AT_ONCE_BYTES = 2048
"""An answer so short takes no part in the sharing of a line that is otherwise idle."""


class Access:
    """One node's line, in payload bytes a second."""

    def __init__(self, up_mbit: float, down_mbit: float) -> None:
        self.up = Share(up_mbit * 125_000 / WIRE_OVERHEAD)
        self.down = Share(down_mbit * 125_000 / WIRE_OVERHEAD)


class Share:
    """One direction of a line."""

    def __init__(self, bytes_per_s: float) -> None:
        self.bytes_per_s = bytes_per_s


class Pipe:
    """One direction of one connection: what is handed over arrives whole, in order."""

    def __init__(
        self, net: "Fluid", up: Share, down: Share, delay_s: float, on_room: Callable[[], None]
    ) -> None:
        """`on_room` is called whenever something has left."""
        self.up, self.down = up, down
        self.rate = 0.0
        self.weight = net.lot.uniform(1 - net.unfairness, 1 + net.unfairness)
        """Its claim on lines that it shares."""
        self.queued_bytes = 0
        """Handed over, and not on its way yet."""
        self.window_per_s = FIRST_WINDOW_BYTES / max(2 * delay_s, 0.001)
        self._net, self._delay_s, self._on_room = net, delay_s, on_room
        self._queue: deque[tuple[int, Callable[[], None]]] = deque()
        self._left = 0.0
        """Of the first in the queue."""
        self._since_s = 0.0
        self._arrives_at_s = 0.0
        """What was sent last."""
        self._turn = 0
        """A number for what is due: what was due before the rate changed is not any more."""
        self._is_closed = self._is_between = self._is_widening = False

    @property
    def is_busy(self) -> bool:
        return bool(self._queue)

    def send(self, length: int, on_arrival: Callable[[], None]) -> None:
        if self._is_closed:
            return
        if not self._queue and length <= AT_ONCE_BYTES:
            self._net.time.after(self._delay_s, on_arrival)
            return
        self._queue.append((length, on_arrival))
        self.queued_bytes += length
        if len(self._queue) == 1 and not self._is_between:
            self._left, self._since_s = float(length), self._net.time.now_s
            self._net.began(self)

    def close(self) -> None:
        self._is_closed = True
        self._turn += 1
        if self._queue:
            self._queue.clear()
            self._net.ended(self)

    def flow_at(self, rate: float) -> None:
        """From now on."""
        if rate == self.rate and self.is_busy:
            return
        now = self._net.time.now_s
        self._left -= self.rate * (now - self._since_s)
        self._since_s, self.rate = now, rate
        self._expect()

    def widen(self) -> None:
        """A round trip has passed; its window may have held it back."""
        self._is_widening = False
        if self.is_busy and self.rate > 0.99 * self.window_per_s:
            self.window_per_s *= 2
            if self.window_per_s > min(self.up.bytes_per_s, self.down.bytes_per_s):
                self.window_per_s = math.inf
            self._net.changed()
        self.widen_later()

    def widen_later(self) -> None:
        if self.is_busy and self.window_per_s < math.inf and not self._is_widening:
            self._is_widening = True
            self._net.time.after(max(2 * self._delay_s, 0.001), self.widen)

    def _repeated_s(self, length: int) -> float:
        """Until the packet with the worst luck has come through."""
        if not self._net.loss:
            return 0.0
        lot, packets = self._net.lot.random(), length / PACKET_BYTES
        times = next(n for n in itertools.count() if lot < (1 - self._net.loss ** (n + 1)) ** packets)
        trip_s = 2 * self._delay_s
        # Once more after a round trip, from then on after a time that doubles.
        return min(times, 1) * trip_s + (REPEATED_S_MIN + trip_s) * ((1 << max(0, times - 1)) - 1)

    def _expect(self) -> None:
        self._turn += 1
        if self._queue and self.rate > 0:
            turn = self._turn
            self._net.time.after(max(0.0, self._left) / self.rate, lambda: self._sent(turn))

    def _sent(self, turn: int) -> None:
        if turn != self._turn:
            return
        length, on_arrival = self._queue.popleft()
        self.queued_bytes -= length
        arrives_at_s = self._net.time.now_s + self._delay_s + self._repeated_s(length)
        self._arrives_at_s = max(self._arrives_at_s, arrives_at_s)
        self._net.time.at(self._arrives_at_s, on_arrival)
        self._is_between = True
        self._on_room()
        self._is_between = False
        if self._queue:
            self._left, self._since_s = float(self._queue[0][0]), self._net.time.now_s
            self._expect()
        else:
            self.rate = 0.0
            self._net.ended(self)


class Fluid:
    def __init__(self, time: Timeline, lot: random.Random, unfairness: float, loss: float = 0.0) -> None:
        """`unfairness`: by how much the claims of connections on a line that they share may differ from 1;
        `loss`: which part of all packets does not arrive."""
        self.time, self.lot, self.unfairness, self.loss = time, lot, unfairness, loss
        self._busy: dict[Pipe, None] = {}
        self._is_stale = False

    def began(self, pipe: Pipe) -> None:
        self._busy[pipe] = None
        self.changed()
        pipe.widen_later()

    def ended(self, pipe: Pipe) -> None:
        self._busy.pop(pipe, None)
        self.changed()

    def changed(self) -> None:
        """Once for all that changes at one moment."""
        if not self._is_stale:
            self._is_stale = True
            self.time.after(0.0, self._share_out)

    def _share_out(self) -> None:
        self._is_stale = False
        for pipe, rate in max_min([(pipe, pipe.up, pipe.down, pipe.window_per_s) for pipe in self._busy]):
            pipe.flow_at(rate)


def max_min(flows: list[tuple[Pipe, Share, Share, float]]) -> list[tuple[Pipe, float]]:
    """Rates at which none could have more, for its weight, without another that has no more having less. Of
    each flow: its two lines, and what its window lets pass. O(lines x flows)."""
    rates: list[tuple[Pipe, float]] = []
    left: dict[Share, float] = {}
    weights: dict[Share, float] = {}
    crossing: dict[Share, dict[int, None]] = {}
    for number, (pipe, up, down, _) in enumerate(flows):
        for line in (up, down):
            left[line] = line.bytes_per_s
            weights[line] = weights.get(line, 0.0) + pipe.weight
            crossing.setdefault(line, {})[number] = None
    narrow = sorted(range(len(flows)), key=lambda number: -flows[number][3] / flows[number][0].weight)
    """By what each can take by itself, the least last."""

    def settle(number: int, rate: float) -> None:
        pipe, up, down, _ = flows[number]
        rates.append((pipe, rate))
        for line in (up, down):
            left[line] = max(0.0, left[line] - rate)
            weights[line] -= pipe.weight
            del crossing[line][number]
            if not crossing[line]:
                del crossing[line], left[line]

    is_settled = [False] * len(flows)
    while crossing:
        line = min(crossing, key=lambda one: left[one] / weights[one])
        share = left[line] / weights[line]
        while narrow and is_settled[narrow[-1]]:
            narrow.pop()
        pipe, _, _, alone = flows[narrow[-1]]
        if alone <= share * pipe.weight:
            numbers, share = [narrow[-1]], alone / pipe.weight
        else:
            numbers = list(crossing[line])
        for number in numbers:
            is_settled[number] = True
            settle(number, share * flows[number][0].weight)
    return rates
