"""A real desktop that has to go on at a tracker which has not heard of everything yet."""

import asyncio
from collections.abc import Callable, Coroutine, Iterator
from typing import Any

import pytest

import shared.wire.tracker_messages as m
from shared.facts.derive import membership
from shared.facts.ids import GroupId, group_id
from tests.sim.desktops import Desktop, is_like
from tests.sim.world import Profile, World, world

NONCE = bytes(32)
GID: GroupId = group_id(NONCE)


class Town(World):
    """Two trackers, and ann and bob, who go to the first one, over quick lines."""

    async def start(self) -> None:
        for ours in self.network.machines:
            for theirs in self.network.machines:
                wire = self.network.wire(ours, theirs)
                wire.delay_s = wire.jitter_s = 0.001
        await super().start()

    @property
    def ann(self) -> Desktop:
        return self.desktops[0]

    @property
    def bob(self) -> Desktop:
        return self.desktops[1]

    def of(self, desktop: Desktop, work: Coroutine[Any, Any, Any]) -> "asyncio.Task[Any]":
        return self.loop.spawn(desktop.process, work)

    async def logs_in(self, desktop: Desktop) -> None:
        async def logs_in() -> None:
            desktop.first = 0
            desktop.begin()
            await desktop.log_in()

        await self.of(desktop, logs_in())
        await self.comes(lambda: desktop.number == 1, f"{desktop.name} is elsewhere")

    async def moves(self, desktop: Desktop) -> None:
        """Its line to the first tracker is cut, so it goes to the second."""
        ip = self.network.home[desktop.process].ip
        self.cut(ip, self.hosts[0].machine.ip)
        self.network.reset(ip, self.hosts[0].machine.ip)
        await self.comes(lambda: desktop.number == 2, f"{desktop.name} found no other tracker")
        await asyncio.sleep(3)

    def is_in_step(self, desktop: Desktop) -> bool:
        return self.is_even() and desktop.number == 2 and is_like(desktop)

    def cut(self, one: str, other: str) -> None:
        self.network.cut(one, other)
        self.network.cut(other, one)

    def part(self) -> None:
        """The two trackers do not hear of each other."""
        self.cut(*(host.machine.ip for host in self.hosts))

    def join(self) -> None:
        one, other = (host.machine.ip for host in self.hosts)
        self.network.heal(one, other)
        self.network.heal(other, one)


@pytest.fixture
def plays() -> Iterator[Callable[[Callable[[Town], Coroutine[Any, Any, None]]], None]]:
    with world(1, Profile(trackers=(2,), clients=(0,), desktops=(2,)), Town) as town:
        yield lambda history: town.play(history(town))


def test_a_membership_counts_once_the_new_tracker_has_heard_of_it(plays: Any) -> None:
    async def history(town: Town) -> None:
        await town.start()
        for desktop in (town.ann, town.bob):
            await town.logs_in(desktop)
        await town.of(town.ann, town.ann.ask(m.CreateGroup(NONCE, "films")))
        await asyncio.sleep(1)
        town.part()
        await town.of(town.bob, town.bob.ask(m.Join(GID)))
        await town.of(town.ann, town.ann.ask(m.Accept(GID, town.bob.uid)))
        await town.comes(lambda: membership(town.bob.rows, GID, town.bob.uid) is not None, "he is not told")
        await town.moves(town.bob)
        file = m.NewShare("a", 1, bytes(32), bytes(20), None)
        await town.of(town.ann, town.ann.ask(m.Share(GID, [file])))
        town.join()
        await town.comes(lambda: town.is_in_step(town.bob), "he does not see the file")

    plays(history)


def test_a_new_account_needs_no_password_once_the_new_tracker_has_heard_of_it(plays: Any) -> None:
    async def history(town: Town) -> None:
        await town.start()
        town.part()
        await town.logs_in(town.ann)
        await town.of(town.ann, town.ann.ask(m.CreateGroup(NONCE, "films")))
        await town.moves(town.ann)
        town.join()
        await town.comes(lambda: town.is_in_step(town.ann), "she is not in step")
        await town.of(town.ann, town.ann.ask(m.Leave(GID)))

    plays(history)
