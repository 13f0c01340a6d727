"""How many logins, sessions and durable writes a second a tracker of its own process gives, over TLS.

    ./dev bench tracker [CLIENTS] [WRITES A CLIENT]

Passwords cost what they cost in use. All clients are in this one process, which
shares the cores with the tracker.
"""

import asyncio
import sys
import tempfile
import time
from collections.abc import Awaitable, Iterable
from pathlib import Path
from typing import TypeVar

from shared.facts.ids import GroupId
from shared.tracker_info import parse
from tests.bench.stage import numbers, percentile
from tests.support.desk import Desk, again, registered, stranger
from tests.support.tracker import TrackerProcess

SESSIONS_A_CLIENT = 20
T = TypeVar("T")


def main(arguments: list[str]) -> None:
    clients, writes = numbers(arguments, 16, 200)
    with tempfile.TemporaryDirectory() as name:
        as_in_use = Path(name, "empty.toml")
        as_in_use.touch()
        with TrackerProcess(Path(name), "--config", str(as_in_use)) as tracker:
            line = parse(tracker.info_file.read_text()).lines[0]
            assert line
            assert line.pin
            asyncio.run(_measure((line.host, line.port), line.pin, clients, writes))


async def _measure(address: tuple[str, int], pin: bytes, clients: int, writes: int) -> None:
    desks = await _all(registered(address, pin, f"user {number}") for number in range(clients))
    began = time.monotonic()
    for desk in await _all(_login(address, pin, f"user {number}") for number in range(clients)):
        await desk.close()
    logins = clients / (time.monotonic() - began)
    began = time.monotonic()
    await _all(_come_and_go(address, desk) for desk in desks)
    sessions = clients * SESSIONS_A_CLIENT / (time.monotonic() - began)
    gids = await _all(desk.create_group(f"group {number}") for number, desk in enumerate(desks))
    began = time.monotonic()
    answered = await _all(_write(desk, gid, writes) for desk, gid in zip(desks, gids, strict=True))
    written = clients * writes / (time.monotonic() - began)
    waits = [wait for one in answered for wait in one]
    await _all(desk.close() for desk in desks)
    sys.stdout.write(
        f"tracker, {clients} clients: {logins:.0f} logins/s by password, {sessions:.0f} sessions/s by"
        f" certificate, {written:.0f} durable writes/s (median {1000 * percentile(waits, 50):.0f} ms,"
        f" p99 {1000 * percentile(waits, 99):.0f} ms)\n"
    )


async def _all(work: Iterable[Awaitable[T]]) -> list[T]:
    return list(await asyncio.gather(*work))


async def _login(address: tuple[str, int], pin: bytes, user: str) -> Desk:
    desk = await stranger(address, pin)
    await desk.login(user)
    return desk


async def _come_and_go(address: tuple[str, int], desk: Desk) -> None:
    for _ in range(SESSIONS_A_CLIENT):
        await (await again(address, desk)).close()


async def _write(desk: Desk, gid: GroupId, count: int) -> list[float]:
    """Shares one file after the other; the seconds until each was answered, that is, durable."""
    waits = []
    for number in range(count):
        began = time.monotonic()
        await desk.share(gid, f"{number}.txt")
        waits.append(time.monotonic() - began)
    return waits
