"""Clients of several trackers on one loop: what they have to fetch, who finds whom, who hears of what."""

import asyncio
import random
from collections.abc import Awaitable, Callable
from pathlib import Path

import pytest

import shared.wire.tracker_messages as m
from desktop.engine import events
from shared.facts.ids import GroupId
from shared.limits import SHARE_BATCH_MAX
from tests.support.person import PASSWORD, Person
from tests.support.tracker import Network, running_trackers
from tests.support.waiting import LONG_S, until

Scenario = Callable[[Network, Callable[..., Awaitable[Person]]], Awaitable[None]]


def run(folder: Path, count: int, scenario: Scenario) -> None:
    """`scenario` gets the trackers, and what makes a person at those of them that it names."""

    async def whole() -> None:
        people: list[Person] = []
        async with asyncio.timeout(3 * LONG_S), running_trackers(folder, count) as network:

            async def person(name: str, *order: int, home: str = "", is_new: bool = True) -> Person:
                lines = network.info_file.read_text().splitlines()
                info = folder / f"{home or name}.txt"
                info.write_text("\n".join(lines[number - 1] for number in order))
                one = Person(folder / (home or name), info)
                people.append(one)
                one.client.start()
                if is_new:
                    await one.create_and_login(name)
                return one

            try:
                await until(lambda: all(len(up(network, n)) == count - 1 for n in network.running))
                await scenario(network, person)
            finally:
                for one in people:
                    await one.stop()

    asyncio.run(whole())


def up(network: Network, number: int) -> list[int]:
    return [link.number for link in network.running[number].daemon.mesh.links() if link.is_up]


async def in_step(network: Network) -> None:
    def vectors() -> list[dict[int, int]]:
        return [tracker.daemon._store.seen for tracker in network.running.values()]

    await until(lambda: all(seen == vectors()[0] for seen in vectors()))


async def let_in(network: Network, owner: Person, member: Person, gid: GroupId) -> None:
    await in_step(network)
    await member.client.request(m.Join(gid))
    await in_step(network)
    await owner.client.request(m.Accept(gid, member.uid))
    await member.event(events.Accepted)


async def moves(network: Network, person: Person, number: int) -> None:
    """Its tracker stops; `number` is the next."""
    assert person.client.connection.in_use is not None
    await network.stop(person.client.connection.in_use.number)
    await until(lambda: person.client.connection.in_use and person.client.connection.in_use.number == number)
    assert await person.client.wait_in_step(LONG_S)


def count_rows(person: Person) -> list[int]:
    """How many rows each batch has that comes from now on."""
    came: list[int] = []
    apply = person.mirror.apply

    def counted(scope, rows, *rest, **more):  # type: ignore[no-untyped-def]
        came.append(len(rows))
        return apply(scope, rows, *rest, **more)

    person.mirror.apply = counted  # type: ignore[method-assign]
    return came


@pytest.mark.slow
def test_a_move_to_another_tracker_fetches_no_listing_anew(tmp_path: Path) -> None:
    async def scenario(network: Network, person: Callable[..., Awaitable[Person]]) -> None:
        mira, joao = await person("mira", 1, 2), await person("joao", 2)
        gid = await mira.create_group("films")
        await let_in(network, mira, joao, gid)
        for batch in range(5):
            files = [
                m.NewShare(f"{batch} {n}", 1, random.randbytes(32), bytes(20), None)
                for n in range(SHARE_BATCH_MAX)
            ]
            await joao.client.request(m.Share(gid, files))
        await in_step(network)
        await until(lambda: sum(mira.mirror.vector(gid).values()) == sum(joao.mirror.vector(gid).values()))
        assert len(await mira.names(gid)) == 5 * SHARE_BATCH_MAX
        came = count_rows(mira)
        await moves(network, mira, 2)
        assert sum(came) <= 5
        await joao.share(gid, "new")
        await mira.event(events.FileAdded, lambda event: event.name == "new")
        assert sum(came) <= 10

    run(tmp_path, 2, scenario)


@pytest.mark.slow
def test_who_is_at_another_tracker_is_found_with_what_it_has_and_what_it_has_in_part(tmp_path: Path) -> None:
    async def scenario(network: Network, person: Callable[..., Awaitable[Person]]) -> None:
        mira, joao = await person("mira", 1), await person("joao", 2, 3)
        gid = await mira.create_group("films")
        await let_in(network, mira, joao, gid)
        await mira.share(gid, "a.mkv")
        await joao.event(events.FileAdded)
        (entry,) = await joao.mirror.listing(gid)
        for one, port in ((mira, 40_000), (joao, 40_001)):
            one.client.found_at([m.Endpoint("127.0.0.1", port)])
        joao.client.announce(add=[m.EntryRef(gid, entry.eid)])

        async def found(asker: Person, *expected: tuple[int, bool]) -> None:
            async with asyncio.timeout(LONG_S):
                while True:
                    answer = await asker.client.ask(m.Peers(gid, [entry.eid]), m.PeersFound)
                    ((_, peers),) = answer.entries
                    if [(peer.port, peer.partial) for peer in peers] == [*expected]:
                        return
                    await asyncio.sleep(0.02)

        await found(joao, (40_000, False))
        await found(mira, (40_001, True))
        await moves(network, joao, 3)
        await found(mira, (40_001, True))
        await joao.client.logout()
        await found(mira)
        online = await mira.client.ask(m.Online(gid), m.OnlineFound)
        assert online.devs == [mira.account.dev]

    run(tmp_path, 3, scenario)


@pytest.mark.slow
def test_what_is_lost_at_one_tracker_is_lost_at_all_at_once(tmp_path: Path) -> None:
    async def scenario(network: Network, person: Callable[..., Awaitable[Person]]) -> None:
        mira, joao = await person("mira", 1), await person("joao", 2)
        gid = await mira.create_group("films")
        await let_in(network, mira, joao, gid)
        await mira.client.request(m.RemoveMember(gid, joao.uid))
        assert (await joao.event(events.Removed)).group == "films"
        other = await person("mira", 2, home="mira2", is_new=False)
        await other.login("mira")
        await other.client.request(m.RevokeDevice(mira.account.dev))
        assert (await mira.event(events.LoginAgain)).reason == "device_revoked"
        await other.client.request(m.DeleteUser(PASSWORD))
        await in_step(network)
        assert (await joao.client.ask(m.ListGroups(), m.GroupsPage)).groups == []

    run(tmp_path, 2, scenario)


@pytest.mark.slow
def test_a_tracker_that_lacks_what_its_client_wrote_elsewhere_is_behind_until_it_has_it(
    tmp_path: Path,
) -> None:
    async def scenario(network: Network, person: Callable[..., Awaitable[Person]]) -> None:
        mira = await person("mira", 1, 2)
        gid = await mira.create_group("films")
        await in_step(network)
        await network.stop(2)
        await mira.share(gid, "a.mkv")
        await network.stop(1)
        await network.start(2)
        await mira.event(events.TrackerChanged, lambda event: event.state == "behind")
        assert await mira.client.wait_in_step(LONG_S)
        assert await mira.names(gid) == ["a.mkv"], "what it knew already it keeps"
        await network.start(1)
        await mira.event(events.TrackerChanged, lambda event: (event.number, event.state) == (2, "connected"))
        assert mira.client.connection.in_use is not None
        assert mira.client.connection.in_use.number == 2
        await mira.share(gid, "b.mkv")
        assert await mira.names(gid) == ["a.mkv", "b.mkv"]

    run(tmp_path, 2, scenario)


@pytest.mark.slow
def test_a_tracker_that_was_lost_is_known_to_be_back_once_it_was_asked(tmp_path: Path) -> None:
    async def scenario(network: Network, person: Callable[..., Awaitable[Person]]) -> None:
        mira = await person("mira", 1, 2)
        await moves(network, mira, 2)

        def states() -> list[str]:
            return [one.state for one in mira.client.connection.trackers()]

        assert states() == ["lost", "connected"]
        await network.start(1)
        assert states() == ["lost", "connected"]
        assert mira.client.connection.link is not None
        await mira.client.look_after(mira.client.connection.link)
        await until(lambda: states() == ["up", "connected"])

    run(tmp_path, 2, scenario)
