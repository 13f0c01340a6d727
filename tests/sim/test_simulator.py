"""That the simulator is what it says: one seed is one history, the dead are dead, a cut line is silent."""

import asyncio
import random
from collections.abc import Callable, Coroutine, Iterator
from typing import Any

import pytest

from tests.sim.loop import Process, SimLoop, sim_loop
from tests.sim.network import Machine, Network, Socket

HERE, THERE, PORT = "10.0.0.1", "10.0.0.2", 7000


class Ear(asyncio.Protocol):
    """Notes what it is told, and when."""

    def __init__(self, loop: SimLoop) -> None:
        self.loop = loop
        self.heard: list[tuple[float, str]] = []
        self.transport: Socket

    def connection_made(self, transport: Any) -> None:
        self.transport = transport
        self._note("made")

    def data_received(self, data: bytes) -> None:
        self._note(data.decode())

    def eof_received(self) -> None:
        self._note("eof")

    def pause_writing(self) -> None:
        self._note("pause")

    def resume_writing(self) -> None:
        self._note("resume")

    def connection_lost(self, exc: Exception | None) -> None:
        self._note(f"lost {type(exc).__name__}" if exc else "lost")

    def _note(self, what: str) -> None:
        self.heard.append((self.loop.now_s, what))

    @property
    def words(self) -> list[str]:
        return [word for _, word in self.heard]


class World:
    """Two machines with a program each."""

    def __init__(self, seed: int = 1) -> None:
        self.loop = sim_loop()
        self.network = Network(self.loop, str(seed))
        self.here, self.there = self.on(HERE), self.on(THERE)
        self.server = Ear(self.loop)

    def on(self, ip: str) -> Process:
        process = Process(ip, random.Random(ip))
        self.network.home[process] = self.network.machine(ip)
        return process

    def machine(self, process: Process) -> Machine:
        return self.network.home[process]

    async def connected(self) -> Ear:
        async def listen() -> None:
            await self.loop.create_server(lambda: self.server, THERE, PORT)

        await self.loop.spawn(self.there, listen())
        return await self.loop.spawn(self.here, self.dial())

    async def dial(self) -> Ear:
        _, protocol = await self.loop.create_connection(lambda: Ear(self.loop), THERE, PORT)
        assert isinstance(protocol, Ear)
        return protocol


@pytest.fixture
def world() -> Iterator[World]:
    world = World()
    yield world
    world.loop.close()
    assert not world.loop.errors


def lives(world: World, history: Callable[[World], Coroutine[Any, Any, None]]) -> None:
    world.loop.run(history(world))


def test_a_wait_of_a_year_takes_no_time(world: World) -> None:
    async def history(world: World) -> None:
        await asyncio.sleep(365 * 86400)

    lives(world, history)
    assert world.loop.now_s == 365 * 86400


def test_what_is_written_comes_in_order_after_a_while(world: World) -> None:
    async def history(world: World) -> None:
        client = await world.connected()
        for number in range(20):
            client.transport.write(str(number).encode())
            await asyncio.sleep(0.001)
        await asyncio.sleep(5)
        client.transport.close()
        await asyncio.sleep(5)
        assert client.words == ["made", "lost"]

    lives(world, history)
    assert "".join(world.server.words) == "made" + "".join(map(str, range(20))) + "eoflost"


def test_one_seed_is_one_history_and_another_is_another() -> None:
    async def history(world: World) -> None:
        client = await world.connected()
        for number in range(20):
            client.transport.write(str(number).encode())
            await asyncio.sleep(0.01)

    heard = []
    for seed in (1, 1, 2):
        world = World(seed)
        lives(world, history)
        world.loop.close()
        heard.append(world.server.heard)
    assert heard[0] == heard[1] != heard[2]


def test_a_cut_line_is_silent_one_way_and_what_was_said_comes_once_it_is_whole(world: World) -> None:
    async def history(world: World) -> None:
        client = await world.connected()
        world.network.cut(HERE, THERE)
        client.transport.write(b"one")
        world.server.transport.write(b"two")
        await asyncio.sleep(30)
        assert (client.words, world.server.words) == (["made", "two"], ["made"])
        world.network.heal(HERE, THERE)
        await asyncio.sleep(5)
        assert world.server.words == ["made", "one"]

    lives(world, history)


def test_nobody_answers_over_a_cut_line_and_a_program_that_is_gone_refuses(world: World) -> None:
    async def history(world: World) -> None:
        await world.connected()
        world.network.cut(HERE, THERE)
        with pytest.raises(TimeoutError):
            await asyncio.wait_for(world.loop.spawn(world.here, world.dial()), 3)
        world.network.heal(HERE, THERE)
        world.loop.kill(world.there)
        world.machine(world.there).lose_process(world.there)
        with pytest.raises(ConnectionRefusedError):
            await world.loop.spawn(world.here, world.dial())

    lives(world, history)


@pytest.mark.parametrize("power", [False, True])
def test_of_a_process_that_is_killed_nothing_runs_any_more(world: World, power: bool) -> None:
    cleaned: list[str] = []

    async def clean_up() -> None:
        try:
            await asyncio.sleep(10)
        finally:
            cleaned.append("by itself")
            await asyncio.sleep(1)
            cleaned.append("and more")

    async def history(world: World) -> None:
        client = await world.connected()
        world.loop.spawn(world.there, clean_up())
        world.loop.spawn(world.there, clean_up())
        client.transport.write(b"not read any more")
        world.loop.kill(world.there)
        machine = world.machine(world.there)
        if power:
            machine.lose_power()
        else:
            machine.lose_process(world.there)
        await asyncio.sleep(60)
        assert not cleaned
        assert world.server.words == ["made"]
        assert client.words == (["made"] if power else ["made", "eof", "lost"])
        if power:
            client.transport.write(b"still there?")
            world.network.power_on(machine)
            await asyncio.sleep(5)
            assert client.words == ["made", "lost ConnectionResetError"]

    lives(world, history)


def test_a_process_that_stands_still_does_all_later_and_its_system_still_takes_bytes(world: World) -> None:
    async def history(world: World) -> None:
        client = await world.connected()
        world.loop.freeze(world.there)
        client.transport.write(b"one")
        await asyncio.sleep(10)
        assert world.server.words == ["made"]
        world.loop.thaw(world.there)
        await asyncio.sleep(1)
        assert world.server.words == ["made", "one"]

    lives(world, history)


def test_who_does_not_read_holds_up_who_writes(world: World) -> None:
    async def history(world: World) -> None:
        client = await world.connected()
        world.server.transport.pause_reading()
        for _ in range(100):
            client.transport.write(b"x" * 10_000)
        await asyncio.sleep(5)
        assert client.words == ["made", "pause"]
        assert client.transport.get_write_buffer_size() > 500_000
        world.server.transport.resume_reading()
        await asyncio.sleep(60)
        assert client.words == ["made", "pause", "resume"]
        assert client.transport.get_write_buffer_size() == 0
        assert len("".join(world.server.words)) == 1_000_000 + len("made")

    lives(world, history)


def test_a_job_is_done_whole_and_its_answer_may_find_nobody(world: World) -> None:
    done: list[str] = []
    told: list[str] = []

    async def asks(name: str) -> None:
        await asyncio.to_thread(done.append, name)
        told.append(name)

    async def history(world: World) -> None:
        world.here.work_s = lambda: 1.0
        world.loop.spawn(world.here, asks("in time"))
        await asyncio.sleep(2)
        world.loop.spawn(world.here, asks("too late"))
        await asyncio.sleep(1.2)
        world.loop.kill(world.here)
        await asyncio.sleep(60)
        assert done == ["in time", "too late"]
        assert told == ["in time"]

    lives(world, history)


def test_a_bug_in_a_callback_is_heard_of() -> None:
    world = World()

    async def history(world: World) -> None:
        world.loop.call_soon(lambda: 1 // 0)
        await asyncio.sleep(1)

    lives(world, history)
    assert "ZeroDivisionError" in world.loop.errors[0]
    world.loop.close()
