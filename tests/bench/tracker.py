"""What one tracker gives its clients over TLS: writes, lookups, bulk shares, sessions; and what it takes to.

    ./dev bench tracker [writes|shares|bulk|lookups|logins|idle|start] [NUMBER...]

writes, shares and lookups take CLIENTS, SECONDS and, to ask at a steady rate in place of as soon as answered,
REQUESTS A SECOND. A write is one row (a file is shared no more, or again), a share two (a new file of a new
content), bulk a thousand shares in one request; a lookup finds ten devices for a file. idle takes how many
clients do nothing and how many are active beside them; start takes ROWS. Users come with a store that was
written before (tests/bench/crowd.py); but for logins, where passwords cost what they cost in use. The tracker
is a process of its own, the clients are another; processor times are those of the tracker's loop and of its
threads, then those of the clients.
"""

import asyncio
import functools
import itertools
import os
import sys
import tempfile
import time
from collections.abc import Awaitable, Callable, Iterable, Iterator
from pathlib import Path
from typing import TypeVar

import shared.wire.tracker_messages as m
from shared.tracker_info import parse
from tests.bench import crowd, load
from tests.bench.crowd import Person
from tests.bench.load import Line, Measured, Where
from tests.bench.stage import Usage, median_of, numbers
from tests.support.desk import Desk, again, registered, stranger
from tests.support.tracker import TrackerProcess

SESSIONS_A_CLIENT = 20
FILES_LOOKED_UP = 20
T = TypeVar("T")
Asking = Callable[[Person], Iterator[bytes]]


def main(arguments: list[str]) -> None:
    name, *rest = arguments or ["writes"]
    sys.stdout.write(f"{conditions()}\n")
    sys.stdout.flush()
    sys.stdout.write(f"tracker {' '.join([name, *rest])}: {BENCHES[name](rest)}\n")


def conditions() -> str:
    return f"{os.cpu_count()} processors, load {os.getloadavg()[0]:.2f} before"


# --- what clients ask ----------------------------------------------------------------------------


def writes(person: Person) -> Iterator[bytes]:
    known = crowd.file(0)
    stop = m.StopShare(person.gid, [crowd.eid_of(person.gid, known)])
    return itertools.cycle([load.frame(stop), load.frame(m.Share(person.gid, [known]))])


def shares(person: Person, at_once: int = 1) -> Iterator[bytes]:
    own = int.from_bytes(person.uid[:4], "big") << 32
    for start in itertools.count(own, at_once):
        yield load.frame(m.Share(person.gid, [crowd.file(n) for n in range(start, start + at_once)]))


def lookups(person: Person) -> Iterator[bytes]:
    files = [crowd.eid_of(person.gid, crowd.file(n)) for n in range(FILES_LOOKED_UP)]
    return itertools.cycle([load.frame(m.Peers(person.gid, [eid])) for eid in files])


def both(person: Person) -> Iterator[bytes]:
    for write, lookup in zip(writes(person), lookups(person), strict=False):
        yield write
        yield lookup


BULK = functools.partial(shares, at_once=1000)


# --- measurements --------------------------------------------------------------------------------


def _asked(asking: Asking, clients: int, arguments: list[str]) -> str:
    clients, seconds, rate = numbers(arguments, clients, 5, 0)
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        people = crowd.settle(folder / "data1", 1, clients, group_of=11, files=FILES_LOOKED_UP).people
        with TrackerProcess(folder) as tracker:
            pids = [tracker.process.pid]
            return str(load.elsewhere(lambda: drive(where(tracker), people, asking, seconds, pids, rate)))


def drive(
    tracker: Where, people: list[Person], asking: Asking, seconds: float, pids: list[int], rate: float
) -> Measured:
    return load.drive([(_come(tracker, person), asking(person)) for person in people], seconds, pids, rate)


def _come(tracker: Where, person: Person) -> Line:
    line = Line(tracker, person)
    line.ask(m.Announce([m.Endpoint("127.0.0.1", 20_000)], [], []))
    return line


def where(tracker: TrackerProcess, number: int = 1) -> Where:
    line = parse(tracker.info_file.read_text()).lines[number - 1]
    assert line
    assert line.pin
    return Where((line.host, line.port), line.pin)


def _idle(arguments: list[str]) -> str:
    idle, active, seconds = numbers(arguments, 10_000, 200, 10)
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        people = crowd.settle(folder / "data1", 1, idle + active, group_of=10, files=FILES_LOOKED_UP).people
        with TrackerProcess(folder) as tracker:
            empty = Usage.of(tracker.process.pid).now_mib

            def come_and_ask() -> tuple[int, Measured]:
                waiting: list[Line] = []
                load.keep_alive(waiting)
                waiting.extend(_come(where(tracker), person) for person in people[active:])
                full = Usage.of(tracker.process.pid).now_mib
                pids = [tracker.process.pid]
                measured = drive(where(tracker), people[:active], both, seconds, pids, 5 * active)
                assert len(waiting) == idle
                return full, measured

            full, measured = load.elsewhere(come_and_ask)
            peak = Usage.of(tracker.process.pid).peak_mib
    each = f"{1024 * (full - empty) / idle:.1f} KiB each"
    memory = f"{empty} MiB empty, {full} MiB with {idle} idle ({each}), {peak} MiB at most"
    return f"{memory}; {active} active: {measured}"


def _start(arguments: list[str]) -> str:
    (rows,) = numbers(arguments, 1_000_000)
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        crowd.settle(folder / "data1", 1, 1).share(rows // 2)
        size = sum(file.stat().st_size for file in (folder / "data1").iterdir()) >> 20
        starts = [_seconds_to_start(folder) for _ in range(3)]
    return f"{median_of(starts, 2)} s to ready with {rows:,} rows ({size} MiB)"


def _seconds_to_start(folder: Path) -> float:
    began = time.monotonic()
    with TrackerProcess(folder):
        return time.monotonic() - began


def _logins(arguments: list[str]) -> str:
    (clients,) = numbers(arguments, 16)
    with tempfile.TemporaryDirectory() as name:
        as_in_use = Path(name, "empty.toml")
        as_in_use.touch()
        with TrackerProcess(Path(name), "--config", str(as_in_use)) as tracker:
            return asyncio.run(_log_in(where(tracker), clients))


async def _log_in(tracker: Where, clients: int) -> str:
    desks = await _all(registered(*tracker, f"user {number}") for number in range(clients))
    began = time.monotonic()
    for desk in await _all(_login(tracker, f"user {number}") for number in range(clients)):
        await desk.close()
    logins = clients / (time.monotonic() - began)
    began = time.monotonic()
    await _all(_come_and_go(tracker, desk) for desk in desks)
    sessions = clients * SESSIONS_A_CLIENT / (time.monotonic() - began)
    await _all(desk.close() for desk in desks)
    return f"{logins:.0f} logins/s by password, {sessions:.0f} sessions/s by certificate"


async def _all(work: Iterable[Awaitable[T]]) -> list[T]:
    return list(await asyncio.gather(*work))


async def _login(tracker: Where, user: str) -> Desk:
    desk = await stranger(*tracker)
    await desk.login(user)
    return desk


async def _come_and_go(tracker: Where, desk: Desk) -> None:
    for _ in range(SESSIONS_A_CLIENT):
        await (await again(tracker.address, desk)).close()


BENCHES: dict[str, Callable[[list[str]], str]] = {
    "writes": functools.partial(_asked, writes, 64),
    "shares": functools.partial(_asked, shares, 64),
    "bulk": functools.partial(_asked, BULK, 4),
    "lookups": functools.partial(_asked, lookups, 100),
    "logins": _logins,
    "idle": _idle,
    "start": _start,
}
