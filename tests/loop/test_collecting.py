"""What is over is deleted for good on real trackers, once all know it; and no old backup brings it back."""

import asyncio
import shutil
from collections.abc import Awaitable, Callable
from pathlib import Path
from typing import NamedTuple

import pytest

import shared.wire.tracker_messages as m
from shared.facts.ids import EntryId, GroupId
from shared.facts.rows import Key, Kind, Row, Share, body_of
from tests.support.desk import Desk, registered
from tests.support.tracker import Network, running_trackers
from tests.support.waiting import LONG_S, until


class Band(NamedTuple):
    mira: Desk
    gid: GroupId
    song: Key
    """The share of it."""


def run(folder: Path, scenario: Callable[[Network, Band], Awaitable[None]]) -> None:
    """With three trackers, which all have a share of Mira's."""

    async def whole() -> None:
        async with asyncio.timeout(3 * LONG_S), running_trackers(folder, 3) as network:
            mira = await registered(network.running[1].address, network.running[1].t_pin, "mira")
            gid = await mira.create_group("band")
            (song,) = await mira.share(gid, "song")
            band = Band(mira, gid, Key(Kind.SHARE, gid + song.eid + mira.dev))
            await in_step(network)
            await scenario(network, band)

    asyncio.run(whole())


async def in_step(network: Network) -> None:
    def is_so() -> bool:
        first, *others = (tracker.daemon._store.seen for tracker in network.running.values())
        return all(seen == first for seen in others)

    await until(is_so)


async def silence(network: Network, band: Band) -> None:
    await band.mira.ask(m.StopShare(band.gid, [EntryId(band.song.id[16:32])]))
    await in_step(network)


async def collect(network: Network, number: int) -> int:
    daemon = network.running[number].daemon
    return await daemon.mesh.collecting.collect(daemon.listed, kept_s=0)


async def collect_all(network: Network) -> list[int]:
    return await asyncio.gather(*(collect(network, number) for number in network.running))


def found(network: Network, band: Band) -> dict[int, Row | None]:
    rows = {number: tracker.daemon._store.rows for number, tracker in network.running.items()}
    return {number: mine.get(Kind.SHARE, band.song.id) for number, mine in rows.items()}


async def back_up(network: Network, folder: Path) -> None:
    """All that tracker 3 has now."""
    await network.stop(3)
    shutil.copytree(network.data(3), folder)
    await network.start(3)


@pytest.mark.slow
def test_what_is_over_is_deleted_by_each_and_what_is_written_next_stands_everywhere(tmp_path: Path) -> None:
    async def scenario(network: Network, band: Band) -> None:
        await silence(network, band)
        assert await collect(network, 1) == 1
        assert [row is None for row in found(network, band).values()] == [True, False, False]
        await band.mira.share(band.gid, "song")
        await in_step(network)
        assert all(row and body_of(row, Share).live for row in found(network, band).values())
        await silence(network, band)
        assert await collect_all(network) == [1, 1, 1]
        assert set(found(network, band).values()) == {None}
        assert await collect_all(network) == [0, 0, 0]

    run(tmp_path, scenario)


@pytest.mark.slow
def test_nothing_is_deleted_while_a_tracker_is_away_and_may_have_something_to_say(tmp_path: Path) -> None:
    async def scenario(network: Network, band: Band) -> None:
        await network.stop(3)
        await silence(network, band)
        collecting = asyncio.ensure_future(collect(network, 1))  # noqa: TID251  awaited below
        await until(lambda: network.running[1].daemon.mesh.collecting.wanted() == [3])
        assert not collecting.done()
        assert found(network, band)[1]
        await network.start(3)
        assert await collecting == 1

    run(tmp_path, scenario)


@pytest.mark.slow
def test_a_tracker_that_was_forgotten_holds_up_nothing(tmp_path: Path) -> None:
    async def scenario(network: Network, band: Band) -> None:
        await network.stop(3)
        await silence(network, band)
        collecting = asyncio.ensure_future(collect(network, 1))  # noqa: TID251  awaited below
        await until(lambda: network.running[1].daemon.mesh.collecting.wanted() == [3])
        lines = network.info_file.read_text().splitlines()
        network.info_file.write_text("\n".join([*lines[:2], "-"]) + "\n")
        await network.running[1].daemon.reread()
        assert await collecting == 1

    run(tmp_path, scenario)


@pytest.mark.slow
def test_an_old_backup_beside_trackers_that_have_deleted_revives_nothing(tmp_path: Path) -> None:
    async def scenario(network: Network, band: Band) -> None:
        await back_up(network, tmp_path / "backup")
        await silence(network, band)
        assert await collect_all(network) == [1, 1, 1]
        await network.stop(3)
        shutil.rmtree(network.data(3))
        shutil.copytree(tmp_path / "backup", network.data(3))
        await network.start(3)
        await in_step(network)
        assert set(found(network, band).values()) == {None}
        await band.mira.share(band.gid, "song")
        await in_step(network)
        assert all(found(network, band).values())

    run(tmp_path, scenario)


@pytest.mark.slow
def test_one_that_was_given_all_by_a_tracker_with_an_old_backup_drops_it_too(tmp_path: Path) -> None:
    async def scenario(network: Network, band: Band) -> None:
        await back_up(network, tmp_path / "backup")
        await silence(network, band)
        assert await collect_all(network) == [1, 1, 1]
        for number in (1, 2, 3):
            await network.stop(number)
        for number, source in ((3, tmp_path / "backup"), (2, None)):
            for path in network.data(number).glob("store.sqlite*"):
                path.unlink()
            if source:
                for path in source.glob("store.sqlite*"):
                    shutil.copy(path, network.data(number))
        await network.start(3)
        await network.start(2)  # whose disk was lost: it knows only what the old backup has
        assert all(row and body_of(row, Share).live for row in found(network, band).values())
        await network.start(1)
        await in_step(network)
        assert set(found(network, band).values()) == {None}

    run(tmp_path, scenario)
