"""Real trackers on one loop, linked over loopback."""

import asyncio
import functools
from collections.abc import Awaitable, Callable
from pathlib import Path

import pytest

import shared.wire.tracker_messages as m
from shared.facts.rows import Key, Kind, Renewed, Row, Tracker, body_of, encode_body
from shared.limits import CHECKSUM_EVERY_S
from tests.support.desk import Desk, again, registered
from tests.support.tracker import Network, RunningTracker, running_trackers
from tests.support.trackerd_off import Off
from tests.support.waiting import LONG_S, until
from trackerd.daemon import Daemon
from trackerd.store.book import SqlBook

Scenario = Callable[[Network], Awaitable[None]]


@pytest.fixture(autouse=True)
def _a_copy_may_take_long(monkeypatch: pytest.MonkeyPatch) -> None:
    """So that how many there are says nothing about how fast this machine is."""
    monkeypatch.setattr("trackerd.mesh.copies.COPY_WAIT_S_MAX", LONG_S)


def run(folder: Path, count: int, scenario: Scenario) -> None:
    async def whole() -> None:
        async with asyncio.timeout(3 * LONG_S), running_trackers(folder, count) as network:
            await scenario(network)

    asyncio.run(whole())


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


@pytest.mark.parametrize("years", [-6, 10])
def test_trackers_link_however_wrong_a_clock_is(tmp_path: Path, years: int) -> None:
    async def scenario(network: Network) -> None:
        await network.stop(2)
        network.clock = Off(years * 365 * 24 * 3600)
        await network.start(2)
        await linked(network)
        mira = await someone(network.running[2], "mira")
        assert await copies(mira, m.CreateGroup(bytes(32), "film")) == 2
        (link,) = network.running[1].daemon.mesh.links()
        assert round(link.clock_off_s / (365 * 24 * 3600)) == years

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


def test_two_that_have_no_link_get_what_the_other_wrote_through_the_third(tmp_path: Path) -> None:
    async def scenario(network: Network) -> None:
        await linked(network)
        for number in (2, 3):  # as if each had the first one's line alone
            daemon = network.running[number].daemon
            daemon.mesh.set_peers({1: daemon.mesh._others[1].peer})
        await until(lambda: links_up(network.running[2].daemon) == links_up(network.running[3].daemon) == [1])
        for number in (2, 3):
            desk = await someone(network.running[number], f"user{number}")
            await desk.create_group(f"group{number}")
        await same_everywhere(network)

    run(tmp_path, 3, scenario)


# --- who belongs to the network ---


def write_lines(network: Network, change: Callable[[list[str]], list[str]]) -> None:
    lines = network.info_file.read_text().splitlines()
    network.info_file.write_text("\n".join([*change(lines), ""]))


async def reread(network: Network) -> None:
    for tracker in network.running.values():
        await tracker.daemon.reread()


@pytest.mark.slow
def test_a_tracker_whose_line_is_taken_out_is_cut_and_trusted_no_more_and_stops(tmp_path: Path) -> None:
    async def scenario(network: Network) -> None:
        await linked(network)
        third = network.running[3]
        mira = await someone(third, "mira")  # whose certificate is of tracker 3
        at_first = await again(network.running[1].address, from_pin(mira, network.running[1]))
        write_lines(network, lambda lines: [*lines[:2], "-"])
        for number in (1, 2):
            await network.running[number].daemon.reread()
        await until(lambda: third.daemon.failed)  # told by the others, as its own file is not read yet
        await until(lambda: not links_up(third.daemon))
        assert links_up(network.running[1].daemon) == [2]
        async with asyncio.timeout(LONG_S):
            await at_first.ended
        with pytest.raises(OSError, match="UNKNOWN_CA"):
            await again(network.running[2].address, from_pin(mira, network.running[2]))
        await same_after_stop(network)

    async def same_after_stop(network: Network) -> None:
        await network.stop(3)
        await same_everywhere(network)
        state = network.running[1].daemon._store.rows.get(Kind.TRACKER, b"\x03")
        assert state
        assert body_of(state, Tracker).state == 1
        written = held(network.running[1])
        await reread(network)
        assert held(network.running[1]) == written  # said once

    run(tmp_path, 3, scenario)


def from_pin(desk: Desk, tracker: RunningTracker) -> Desk:
    """The same device, for another tracker."""
    other = Desk(tracker.t_pin, desk.key)
    other.uid, other.certificate = desk.uid, desk.certificate
    return other


def test_a_tracker_sees_in_its_own_file_that_it_is_removed(tmp_path: Path) -> None:
    async def scenario(network: Network) -> None:
        write_lines(network, lambda lines: [lines[0], "-"])
        await network.running[2].daemon.reread()
        assert network.running[2].daemon.failed

    run(tmp_path, 2, scenario)


def test_a_tracker_that_is_added_is_linked_while_the_others_run(tmp_path: Path) -> None:
    async def scenario(network: Network) -> None:
        mira = await someone(network.running[1], "mira")
        network.add()
        await reread(network)
        await network.start(3)
        await linked(network)
        assert held(network.running[3]) == held(network.running[1])
        assert (await again(network.running[3].address, from_pin(mira, network.running[3]))).welcome.uid

    run(tmp_path, 2, scenario)


@pytest.mark.slow
def test_two_that_start_at_once_keep_one_link(tmp_path: Path) -> None:
    async def scenario(network: Network) -> None:
        for _ in range(3):
            await network.stop(1)
            await network.stop(2)
            await asyncio.gather(network.start(1), network.start(2))
            await linked(network)
            await same_everywhere(network)

    run(tmp_path, 2, scenario)


# --- a store that is lost ---


@pytest.mark.slow
def test_a_damaged_store_is_set_aside_and_filled_again_before_it_serves(tmp_path: Path) -> None:
    async def scenario(network: Network) -> None:
        mira = await someone(network.running[1], "mira")
        await same_everywhere(network)
        generation = network.running[2].daemon._store.generation
        await network.stop(2)
        store = network.data(2) / "store.sqlite"
        store.write_bytes(b"no database" * 1000)
        await network.start(2)
        await same_everywhere(network)
        assert store.with_name("store.sqlite.damaged").exists()
        assert network.running[2].daemon._store.generation > generation
        assert (await again(network.running[2].address, from_pin(mira, network.running[2]))).welcome.uid

    run(tmp_path, 2, scenario)


@pytest.mark.slow
def test_a_refilling_tracker_serves_nobody_until_another_one_is_back(tmp_path: Path) -> None:
    async def scenario(network: Network) -> None:
        await someone(network.running[1], "mira")
        await same_everywhere(network)
        await network.stop(2)
        await network.stop(1)
        (network.data(2) / "store.sqlite").write_bytes(b"no database" * 1000)
        starting = asyncio.get_running_loop().create_task(network.start(2))
        await asyncio.sleep(0.5)
        assert not starting.done()
        await network.start(1)
        second = await starting
        assert [*second.daemon._store.rows.claims(Kind.USER, "mira")]

    run(tmp_path, 2, scenario)


def test_until_it_is_ready_a_tracker_sends_clients_away(tmp_path: Path) -> None:
    async def scenario(network: Network) -> None:
        tracker = network.running[1]
        tracker.daemon.server.is_serving = False
        with pytest.raises(ConnectionError):
            await someone(tracker, "mira")

    run(tmp_path, 1, scenario)


def lose_a_row(group: bytes, book: SqlBook) -> None:
    """As a bad disk or a bug might: no vector shows it."""
    book.db.execute("DELETE FROM row WHERE kind = ? AND id = ?", (Kind.GROUP, group))


@pytest.mark.slow
@pytest.mark.parametrize("loser", [1, 2])
def test_what_one_lost_although_its_vector_covers_it_is_found_and_mended(
    tmp_path: Path, loser: int, caplog: pytest.LogCaptureFixture
) -> None:
    async def scenario(network: Network) -> None:
        await linked(network)
        mira = await someone(network.running[1], "mira")
        gid = await mira.create_group("film")
        await same_everywhere(network)
        store = network.running[loser].daemon._store
        await store._do(functools.partial(lose_a_row, gid))
        assert not await store.read(lambda rows: rows.get(Kind.GROUP, gid))
        compare(network)
        async with asyncio.timeout(LONG_S):
            while not await store.read(lambda rows: rows.get(Kind.GROUP, gid)):  # noqa: ASYNC110  as above
                await asyncio.sleep(0.01)
        assert caplog.text.count("diverged") == 2

    run(tmp_path, 2, scenario)


def test_part_of_a_round_whose_writer_never_comes_back_is_found_and_is_everywhere_then(
    tmp_path: Path, caplog: pytest.LogCaptureFixture
) -> None:
    """No vector will ever cover it."""

    async def scenario(network: Network) -> None:
        await linked(network)
        await someone(network.running[1], "mira")
        await same_everywhere(network)
        lost = Row(Kind.RENEWED, bytes(16), 1, 9 << 55, 2, encode_body(Renewed(1)))
        store = network.running[1].daemon._store
        await network.running[2].daemon._store.take_rows([lost])
        compare(network)
        await until(lambda: [*store.rows.scan(Kind.RENEWED, b"")])
        assert caplog.text.count("diverged") == 2

    run(tmp_path, 2, scenario)


def compare(network: Network) -> None:
    """Now, and not in an hour."""
    network.running[1].daemon.mesh._up[2].compared_s = -CHECKSUM_EVERY_S
