"""A real tracker, and at the other end of its links whatever a test has another tracker say."""

import asyncio
import functools
from collections.abc import Awaitable, Callable, Coroutine
from pathlib import Path
from typing import Any

import msgspec
import pytest

import shared.wire.mesh_messages as mm
import shared.wire.tracker_messages as m
from shared.facts.rows import Cred, Kind, Row
from shared.limits import MESH_PING_S, MESH_SILENT_S_MAX
from tests.support.desk import registered
from tests.support.moved_clock import MovedClock
from tests.support.peer_tracker import PeerTracker
from tests.support.tracker import RunningTracker, running_trackers
from tests.support.waiting import LONG_S, until
from trackerd.mesh.other import LinkState
from trackerd.rules import Book

Scenario = Callable[[RunningTracker, PeerTracker], Awaitable[None]]


CLOCK = MovedClock()
"""Of all trackers here."""


def run(folder: Path, scenario: Scenario) -> None:
    """With tracker 1 of two, and number 2 in the hands of the test."""

    async def whole() -> None:
        async with asyncio.timeout(3 * LONG_S), running_trackers(folder, 2, clock=CLOCK) as network:
            await network.stop(2)
            peer = PeerTracker(2, network.data(2))
            await scenario(network.running[1], peer)
            peer.channel.abort()

    asyncio.run(whole())


def link_of(tracker: RunningTracker) -> LinkState:
    (link,) = tracker.daemon.mesh.links()
    return link


def gone(tracker: RunningTracker) -> list[int]:
    return [int.from_bytes(row.id, "big") for row in tracker.daemon._store.rows.scan(Kind.GONE, b"")]


async def group(tracker: RunningTracker) -> Callable[[str], Coroutine[Any, Any, int]]:
    """Makes groups, and says how many copies there are of each."""
    mira = await registered(tracker.address, tracker.t_pin, "mira")

    async def make(name: str) -> int:
        answer = await mira.ask_raw(m.CreateGroup(name.encode().ljust(32), name))
        assert isinstance(answer, m.Ok)
        return answer.copies

    return make


def many(first: int, count: int, book: Book) -> None:
    for number in range(first, first + count):
        book.write(Kind.CRED, number.to_bytes(16, "big"), Cred("x" * 500))


async def up_to_date(peer: PeerTracker, tracker: RunningTracker) -> None:
    """Linked, with all that the tracker has."""
    hello = await peer.greet(tracker)
    peer.say(mm.Ack(hello.vv))
    await until(lambda: link_of(tracker).lag_rows == 0)


# --- what is said, and what is done about it ---


def test_a_commit_is_taken_and_acknowledged(tmp_path: Path) -> None:
    async def scenario(tracker: RunningTracker, peer: PeerTracker) -> None:
        await peer.greet(tracker)
        peer.say(mm.Live(peer.log, 1, 2, [peer.row(1), peer.row(2)]))
        assert await peer.hears_ack(peer.log) == 2
        assert gone(tracker) == [1, 2]

    run(tmp_path, scenario)


def test_what_comes_twice_changes_nothing(tmp_path: Path) -> None:
    async def scenario(tracker: RunningTracker, peer: PeerTracker) -> None:
        await peer.greet(tracker)
        for _ in range(2):
            peer.say(mm.Live(peer.log, 1, 1, [peer.row(1)]))
        peer.say(mm.Live(peer.log, 2, 2, [peer.row(2)]))
        await until(lambda: tracker.daemon._store.seen.get(peer.log) == 2)
        assert gone(tracker) == [1, 2]

    run(tmp_path, scenario)


def test_after_a_gap_nothing_is_taken_before_a_round_has_mended_it(tmp_path: Path) -> None:
    async def scenario(tracker: RunningTracker, peer: PeerTracker) -> None:
        await peer.greet(tracker)
        peer.say(mm.Live(peer.log, 3, 3, [peer.row(3)]))
        pull = await peer.hears(mm.Pull)
        assert peer.log not in pull.vv
        assert gone(tracker) == []
        peer.say(mm.Rows([peer.row(1), peer.row(2)]))
        peer.say(mm.Rows([peer.row(3)], {peer.log: 3}))
        peer.say(mm.Live(peer.log, 4, 4, [peer.row(4)]))
        await until(lambda: tracker.daemon._store.seen.get(peer.log) == 4)
        assert gone(tracker) == [1, 2, 3, 4]

    run(tmp_path, scenario)


def test_a_round_that_was_cut_goes_on_where_it_stopped(tmp_path: Path) -> None:
    async def scenario(tracker: RunningTracker, peer: PeerTracker) -> None:
        has = {peer.log: 9}
        await peer.greet(tracker, has)
        await peer.hears(mm.Pull)
        peer.say(mm.Rows([peer.row(1), peer.row(2)]))
        peer.channel.close()
        await until(lambda: gone(tracker) == [1, 2])
        assert peer.log not in tracker.daemon._store.seen
        await until(lambda: not link_of(tracker).is_up)
        await peer.greet(tracker, has)
        assert (await peer.hears(mm.Pull)).vv[peer.log] == 2

    run(tmp_path, scenario)


def test_what_a_stopping_tracker_said_last_is_kept(tmp_path: Path) -> None:
    async def scenario(tracker: RunningTracker, peer: PeerTracker) -> None:
        await peer.greet(tracker)
        for seq in range(1, 201):
            peer.say(mm.Live(peer.log, seq, seq, [peer.row(seq)]))
        peer.channel.close()
        await until(lambda: tracker.daemon._store.seen.get(peer.log) == 200)

    run(tmp_path, scenario)


def test_a_log_whose_writer_has_no_link_is_fetched_from_whoever_says_that_it_has_it(tmp_path: Path) -> None:
    async def scenario(tracker: RunningTracker, peer: PeerTracker) -> None:
        await peer.greet(tracker)
        third = 3 << 55
        peer.say(mm.Ack({third: 5}))
        await peer.hears(mm.Pull)
        peer.say(mm.Rows([peer.row(5, third)], {third: 5}))
        await until(lambda: tracker.daemon._store.seen.get(third) == 5)

    run(tmp_path, scenario)


def test_whoever_asks_gets_a_round_and_after_it_what_was_written_meanwhile(tmp_path: Path) -> None:
    async def scenario(tracker: RunningTracker, peer: PeerTracker) -> None:
        make = await group(tracker)
        hello = await peer.greet(tracker)
        peer.say(mm.Pull({}))
        rows, end = await peer.hears_round()
        assert end == hello.vv
        assert {row.log: row.seq for row in rows} == hello.vv
        await make("film")
        live = await peer.hears(mm.Live)
        assert live.first == hello.vv[live.log] + 1

    run(tmp_path, scenario)


def test_a_tracker_that_runs_twice_is_told_of(tmp_path: Path, caplog: pytest.LogCaptureFixture) -> None:
    async def scenario(tracker: RunningTracker, peer: PeerTracker) -> None:
        twin = PeerTracker(2, tmp_path / "tracker2")
        for one in (peer, twin):
            await one.greet(tracker)
            one.say(mm.Live(one.log, 1, 1, [one.row(1)]))
            await one.hears_ack(one.log)
        assert "twin" not in caplog.text  # it may have been started anew
        await peer.greet(tracker)
        await until(lambda: "twin" in caplog.text)

    run(tmp_path, scenario)


@pytest.mark.slow
@pytest.mark.parametrize("says_hello", [False, True])
def test_whoever_says_nothing_is_given_up(tmp_path: Path, says_hello: bool) -> None:
    async def scenario(tracker: RunningTracker, peer: PeerTracker) -> None:
        await (peer.greet(tracker) if says_hello else peer.dial(tracker))
        await until(lambda: tracker.daemon.mesh._links)
        CLOCK.ahead_s += MESH_SILENT_S_MAX + 1
        async with asyncio.timeout(LONG_S):
            assert isinstance(await peer.ended, ConnectionError)

    run(tmp_path, scenario)


@pytest.mark.slow
def test_a_link_is_kept_alive_by_pings(tmp_path: Path) -> None:
    async def scenario(tracker: RunningTracker, peer: PeerTracker) -> None:
        await peer.greet(tracker)
        for _ in range(3):
            CLOCK.ahead_s += MESH_PING_S + 0.1
            await peer.hears(mm.Ping)
            peer.say(mm.Ping())
        assert link_of(tracker).is_up

    run(tmp_path, scenario)


# --- how many copies there are ---


@pytest.mark.slow
def test_a_tracker_that_hangs_is_waited_for_once_and_again_when_it_has_caught_up(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    async def scenario(tracker: RunningTracker, peer: PeerTracker) -> None:
        make = await group(tracker)
        await up_to_date(peer, tracker)
        assert not link_of(tracker).is_lagging
        assert await make("one") == 1
        assert link_of(tracker).is_lagging
        assert await make("two") == 1
        log = tracker.daemon._store.log
        seq = tracker.daemon._store.seen[log]
        peer.say(mm.Ack({log: seq}))
        await until(lambda: not link_of(tracker).is_lagging)
        monkeypatch.setattr("trackerd.mesh.copies.COPY_WAIT_S_MAX", LONG_S)
        three = asyncio.get_running_loop().create_task(make("three"))
        while (live := await peer.hears(mm.Live)).last <= seq:
            pass
        peer.say(mm.Ack({log: live.last}))
        assert await three == 2

    run(tmp_path, scenario)


def test_a_tracker_that_is_lost_holds_nobody_up(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("trackerd.mesh.copies.COPY_WAIT_S_MAX", LONG_S)

    async def scenario(tracker: RunningTracker, peer: PeerTracker) -> None:
        make = await group(tracker)
        await up_to_date(peer, tracker)
        one = asyncio.get_running_loop().create_task(make("one"))
        await peer.hears(mm.Live)
        peer.channel.abort()
        assert await one == 1
        assert not link_of(tracker).is_up

    run(tmp_path, scenario)


@pytest.mark.slow
def test_to_whom_does_not_read_nothing_is_sent_any_more_and_it_asks_when_it_does(tmp_path: Path) -> None:
    async def scenario(tracker: RunningTracker, peer: PeerTracker) -> None:
        await up_to_date(peer, tracker)
        peer.channel.pause_reading()
        store = tracker.daemon._store
        with CLOCK.standing_still():  # else it is cut for its silence where that takes long
            for first in range(0, 60_000, 2000):
                await store.write(functools.partial(many, first, 2000))
        assert link_of(tracker).is_up
        peer.channel.resume_reading()
        assert await peer.hears_ack(store.log) == store.seen[store.log]
        peer.say(mm.Pull({}))
        rows, end = await peer.hears_round()
        assert end == store.seen
        assert len(rows) > 60_000

    run(tmp_path, scenario)


# --- who breaks the protocol ---


THIRD = 3 << 55
FORGERIES: dict[str, Callable[[PeerTracker], list[mm.Message]]] = {
    "another number": lambda peer: [replaced(peer, number=3)],
    "another's log": lambda peer: [replaced(peer, log=THIRD)],
    "another protocol": lambda peer: [replaced(peer, proto_min=9, proto_max=9)],
    "no Hello": lambda _peer: [mm.Ack({})],
    "two Hellos": lambda peer: [peer.hello({}), peer.hello({})],
    "another's commit": lambda peer: [peer.hello({}), mm.Live(THIRD, 1, 1, [peer.row(1, THIRD)])],
    "another's row": lambda peer: [peer.hello({}), mm.Live(peer.log, 1, 1, [peer.row(1, THIRD)])],
    "a bad row": lambda peer: [peer.hello({}), mm.Live(peer.log, 1, 1, [spoilt(peer.row(1))])],
    "an unasked round": lambda peer: [peer.hello({}), mm.Rows([peer.row(1)], {peer.log: 1})],
}


def replaced(peer: PeerTracker, **fields: int) -> mm.Hello:
    return msgspec.structs.replace(peer.hello({}), **fields)


def spoilt(row: Row) -> Row:
    return msgspec.structs.replace(row, id=row.id[1:])


@pytest.mark.parametrize("what", FORGERIES)
def test_whoever_breaks_the_protocol_is_cut_and_nothing_of_it_is_taken(tmp_path: Path, what: str) -> None:
    async def scenario(tracker: RunningTracker, peer: PeerTracker) -> None:
        await peer.dial(tracker)
        for message in FORGERIES[what](peer):
            peer.say(message)
        async with asyncio.timeout(LONG_S):
            await peer.ended
        assert gone(tracker) == []
        assert not link_of(tracker).is_up

    run(tmp_path, scenario)
