"""What goes wrong in a history: cuts, crashes, stalls, slow lines, disks and clocks."""

import asyncio
import random
from collections.abc import Callable, Coroutine, Sequence
from pathlib import Path
from typing import Any

from tests.sim.hosts import TrackerHost
from tests.sim.network import Network
from tests.sim.records import Loss, Records

YEARS_S = 10 * 365 * 86400.0


class Faults:
    """`weights`: how often which, by the name of the method."""

    def __init__(
        self,
        network: Network,
        hosts: Sequence[TrackerHost],
        guests: Sequence[str],
        records: Records,
        weights: dict[str, float],
    ) -> None:
        """`guests`: the addresses of those that are no trackers."""
        self.network, self.loop, self.hosts, self.guests = network, network.loop, hosts, guests
        self.records, self.weights = records, weights
        self.lot = random.Random(f"{network.seed} faults")
        self.gone_for_ever: list[TrackerHost] = []
        self._tasks: list[asyncio.Task[None]] = []
        self._cuts: dict[tuple[str, str], int] = {}
        self._has_lost = self._is_staged = False
        self._backup: tuple[TrackerHost, Path, float] | None = None

    @property
    def rest(self) -> list[TrackerHost]:
        """Those that will be there in the end."""
        return [host for host in self.hosts if host not in self.gone_for_ever]

    async def happen(self, until_s: float, every_s: float) -> None:
        while self.loop.now_s < until_s and self.weights:
            await asyncio.sleep(self.lot.expovariate(1 / every_s))
            (name,) = self.lot.choices([*self.weights], [*self.weights.values()])
            fault: Callable[[], Coroutine[Any, Any, None]] = getattr(self, name)
            self._tasks.append(self.loop.create_task(fault()))
        for task in self._tasks:
            await task

    async def all_is_well(self) -> None:
        """Nothing is cut, slow or frozen any more, and whoever has a disk runs."""
        for (ours, theirs), wire in self.network.wires.items():
            wire.bytes_per_s, wire.is_cut = 1e8, True
            self.network.heal(ours, theirs)
        for host in self.rest:
            await self._up(host)

    # --- lines ---

    async def splits(self) -> None:
        """The trackers fall into two parts; every client still reaches all, or only one part."""
        names = [host.machine.ip for host in self.hosts]
        some = self.lot.sample(names, self.lot.randrange(1, len(names) + 1))
        if self.lot.random() < 0.3:
            names += self.guests
            some += self.lot.sample(self.guests, self.lot.randrange(len(self.guests) + 1))
        rest = [ip for ip in names if ip not in some]
        ways = [(ours, theirs) for ours in some for theirs in rest]
        if self.lot.random() < 0.7:
            ways += [(theirs, ours) for ours, theirs in ways]
        self._tell(f"cuts {' '.join(some)} from {' '.join(rest)}, {len(ways)} ways")
        await self._cut(ways, self.lot.choice((0.5, 3.0, 10.0, 20.0)))

    async def cuts_one_way(self) -> None:
        ours, theirs = self._two()
        self._tell(f"cuts {ours} to {theirs}")
        await self._cut([(ours, theirs)], self.lot.choice((0.5, 5.0, 20.0)))

    async def resets(self) -> None:
        ours, theirs = self._two()
        self._tell(f"resets {ours} {theirs}")
        self.network.reset(ours, theirs)

    async def slows(self) -> None:
        ours, theirs = self._two()
        wire = self.network.wire(ours, theirs)
        wire.bytes_per_s = self.lot.choice((300.0, 3e3, 3e4))
        self._tell(f"slows {ours} to {theirs} {wire.bytes_per_s}")
        await asyncio.sleep(self.lot.uniform(1, 15))
        wire.bytes_per_s = 1e8

    # --- programs ---

    async def kills(self) -> None:
        host = self._one()
        if host.is_up:
            power = self.lot.random() < 0.4
            self._tell(f"kills {host.name} power={power}")
            host.kill(power=power)
            await self._back(host)

    async def kills_within_a_commit(self) -> None:
        """While what was written is being told to others, or has not been yet."""
        host = self._one()
        await host.committed(within_s=5)
        await asyncio.sleep(self.lot.uniform(0, 0.02))
        if host.is_up:
            self._tell(f"kills {host.name} within a commit")
            host.kill(power=self.lot.random() < 0.5)
            await self._back(host)

    async def stops(self) -> None:
        host = self._one()
        if host.is_ready:
            self._tell(f"stops {host.name}")
            await host.stop()
            await self._back(host)

    async def freezes(self) -> None:
        host = self._one()
        if host.process is not None:
            self._tell(f"freezes {host.name}")
            process = host.process
            self.loop.freeze(process)
            await asyncio.sleep(self.lot.choice((0.3, 2.0, 8.0, 30.0)))
            if process.is_up:
                self.loop.thaw(process)

    async def clock_jumps(self) -> None:
        host = self._one()
        host.clock.off_s += self.lot.choice((-1, 1)) * self.lot.choice((2.0, 100.0, 86400.0, YEARS_S))
        host.clock.off_s = max(-YEARS_S, min(YEARS_S, host.clock.off_s))
        self._tell(f"{host.name}'s clock is {host.clock.off_s} s off")

    # --- disks: one in a history, so that of two copies one is left ---

    async def loses_disk(self) -> None:
        host = self._one()
        if self._may_lose(host):
            host.kill(power=self.lot.random() < 0.5)
            host.lose_disk()
            self._lost(host, -1.0)
            await self._back(host)

    async def loses_tracker(self) -> None:
        host = self._one()
        if self._may_lose(host) and len(self.hosts) > 1:
            self.gone_for_ever.append(host)
            host.kill(power=self.lot.random() < 0.5)
            self._lost(host, -1.0)

    async def loses_tracker_in_a_round(self) -> None:
        """One comes back to another that others have not heard of lately, and that is lost while it tells."""
        if len(self.hosts) < 3 or self._has_lost or self._is_staged:
            return
        self._is_staged = True
        teller, hearer, third = (self.hosts.index(one) for one in self.lot.sample(self.hosts, 3))
        ips = [host.machine.ip for host in self.hosts]
        one, other, rest = ips[teller], ips[hearer], ips[third]
        cuts = [self.loop.create_task(self._cut_for(other, rest, 20))]
        cuts.append(self.loop.create_task(self._cut_for(one, other, 9)))
        await asyncio.sleep(4)
        cuts.append(self.loop.create_task(self._cut_for(one, rest, 16)))
        await asyncio.sleep(5.01)
        await self.hosts[hearer].committed(within_s=6, of=self.hosts[teller].number)
        await asyncio.sleep(self.lot.uniform(0, 0.02))
        if self._may_lose(self.hosts[teller]):
            self.gone_for_ever.append(self.hosts[teller])
            self.hosts[teller].kill(power=True)
            self._lost(self.hosts[teller], -1.0)
        for cut in cuts:
            await cut

    async def restores(self) -> None:
        """What one had some time ago is put in place of what it has."""
        if self._backup is None:
            host = self._one()
            if host.is_up:
                self._tell(f"copies {host.name}")
                self._backup = host, host.copy(f"backup{host.starts}"), self.loop.now_s
            return
        host, backup, since_s = self._backup
        if self._may_lose(host):
            host.kill(power=self.lot.random() < 0.5)
            host.put_back(backup)
            self._lost(host, since_s)
            await self._back(host)

    # --- inside ---

    def _one(self) -> TrackerHost:
        return self.lot.choice(self.hosts)

    def _two(self) -> tuple[str, str]:
        """Mostly trackers."""
        names = [host.machine.ip for host in self.hosts]
        if len(names) < 2 or self.lot.random() < 0.3:
            one, other = self.lot.choice(names), self.lot.choice(self.guests)
        else:
            one, other = self.lot.sample(names, 2)
        return (one, other) if self.lot.random() < 0.5 else (other, one)

    async def _cut_for(self, one: str, other: str, seconds: float) -> None:
        self._tell(f"cuts {one} and {other} for {seconds} s")
        for ours, theirs in ((one, other), (other, one)):
            self.network.cut(ours, theirs)
        await asyncio.sleep(seconds)
        for ours, theirs in ((one, other), (other, one)):
            self.network.heal(ours, theirs)

    async def _cut(self, ways: list[tuple[str, str]], mean_s: float) -> None:
        for way in ways:
            self._cuts[way] = self._cuts.get(way, 0) + 1
            self.network.cut(*way)
        await asyncio.sleep(self.lot.expovariate(1 / mean_s))
        for way in ways:
            self._cuts[way] -= 1
            if not self._cuts[way]:
                self.network.heal(*way)

    async def _back(self, host: TrackerHost) -> None:
        await asyncio.sleep(self.lot.choice((0.0, 0.5, 4.0, 15.0)))
        await self._up(host)

    async def _up(self, host: TrackerHost) -> None:
        if not host.is_up and host not in self.gone_for_ever:
            self._tell(f"starts {host.name}")
            host.start()
        elif host.process is not None:
            self.loop.thaw(host.process)

    def _may_lose(self, host: TrackerHost) -> bool:
        if self._has_lost or not host.is_up:
            return False
        self._has_lost = True
        return True

    def _lost(self, host: TrackerHost, since_s: float) -> None:
        self._tell(f"{host.name} loses all since {since_s:.3f}")
        self.records.losses.append(Loss(host.number, self.loop.now_s, since_s))

    def _tell(self, text: str) -> None:
        self.records.tell(self.loop.now_s, text)
