"""Real trackers on one loop, linked over loopback."""

import asyncio
from collections.abc import Awaitable, Callable
from pathlib import Path

import shared.wire.tracker_messages as m
from shared.facts.rows import Key, Kind, Row
from tests.support.desk import Desk, again, registered
from tests.support.tracker import Network, RunningTracker, running_trackers
from trackerd.daemon import Daemon

SECONDS_MAX = 20.0
Scenario = Callable[[Network], Awaitable[None]]


def run(folder: Path, count: int, scenario: Scenario) -> None:
    async def whole() -> None:
        async with asyncio.timeout(60), running_trackers(folder, count) as network:
            await scenario(network)

    asyncio.run(whole())


async def until(is_so: Callable[[], object]) -> None:
    async with asyncio.timeout(SECONDS_MAX):
        while not is_so():  # noqa: ASYNC110  a tracker tells nobody of what is asked here
            await asyncio.sleep(0.01)


async def someone(tracker: RunningTracker, name: str) -> Desk:
    return await registered(tracker.address, tracker.t_pin, name)


async def copies(desk: Desk, request: m.Message) -> int:
    answer = await desk.ask_raw(request)
    assert isinstance(answer, m.Ok)
    return answer.copies


def held(tracker: RunningTracker) -> dict[Key, Row]:
    rows = tracker.daemon._store.rows
    return {row.key: row for kind in Kind for row in rows.scan(kind, b"")}


def are_in_step(network: Network) -> bool:
    first, *others = (tracker.daemon._store.seen for tracker in network.running.values())
    return all(seen == first for seen in others)


async def same_everywhere(network: Network) -> None:
    await until(lambda: are_in_step(network))
    first, *others = map(held, network.running.values())
    assert all(rows == first for rows in others)


def links_up(daemon: Daemon) -> list[int]:
    return [link.number for link in daemon.mesh.links() if link.is_up]


def are_linked(network: Network) -> bool:
    return all(
        links_up(tracker.daemon) == [other for other in sorted(network.running) if other != number]
        for number, tracker in network.running.items()
    )


async def linked(network: Network) -> None:
    await until(lambda: are_linked(network))


def test_what_is_written_at_one_is_at_all_others(tmp_path: Path) -> None:
    async def scenario(network: Network) -> None:
        await linked(network)
        for number, tracker in network.running.items():
            desk = await someone(tracker, f"user{number}")
            await desk.create_group(f"group{number}")
        await same_everywhere(network)
        assert len(held(network.running[1])) > 3 * 5

    run(tmp_path, 3, scenario)


def test_a_write_is_answered_when_it_lies_on_two_trackers_and_alone_when_there_is_one(tmp_path: Path) -> None:
    async def scenario(network: Network) -> None:
        await linked(network)
        mira = await someone(network.running[1], "mira")
        assert await copies(mira, m.CreateGroup(bytes(32), "film")) == 2
        await network.stop(2)
        assert await copies(mira, m.CreateGroup(bytes([1]) * 32, "music")) == 1
        assert await copies(mira, m.ListGroups()) == 0

    run(tmp_path, 2, scenario)


def test_one_that_was_away_gets_what_it_missed_before_it_serves(tmp_path: Path) -> None:
    async def scenario(network: Network) -> None:
        mira = await someone(network.running[1], "mira")
        await network.stop(2)
        await mira.create_group("film")
        await network.start(2)  # returns when it is ready
        assert held(network.running[2]) == held(network.running[1])
        mira.t_pin = network.running[2].t_pin
        assert (await again(network.running[2].address, mira)).welcome.uid == mira.uid

    run(tmp_path, 2, scenario)


def test_what_both_wrote_while_apart_is_at_both_afterwards(tmp_path: Path) -> None:
    async def scenario(network: Network) -> None:
        await network.stop(2)
        await someone(network.running[1], "mira")
        await network.stop(1)
        await network.start(2)
        await someone(network.running[2], "joao")
        await network.start(1)
        await same_everywhere(network)
        rows = network.running[1].daemon._store.rows
        assert [len([*rows.claims(Kind.USER, name)]) for name in ("mira", "joao")] == [1, 1]

    run(tmp_path, 2, scenario)
