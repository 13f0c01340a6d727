"""Stores for tests. What runs through here asks nothing but the store's interface, so that it can be run
against another backend."""

import asyncio
import contextlib
import random
from collections.abc import Callable, Coroutine, Iterable
from pathlib import Path
from typing import Any

from shared.clock import Clock, SystemClock
from shared.facts.rows import Kind, Renewed, Row, encode_body
from shared.limits import ROWS_PAGE_MAX
from trackerd.rules import Book
from trackerd.store.rounds import RoundPart
from trackerd.store.store import Store

L, M = 5 << 55, 6 << 55
"""Logs of other trackers."""


def opened(
    path: Path, number: int = 1, ca_key: bytes = b"k" * 32, seed: int = 0, clock: Clock | None = None
) -> Store:
    return Store.open(
        path, number=number, ca_key=ca_key, clock=clock or SystemClock(), lot=random.Random(seed)
    )


def with_stores(folder: Path, scenario: Callable[..., Coroutine[Any, Any, None]], count: int = 1) -> None:
    """Of trackers 1 to `count`; with the same folder once more, they are started again."""

    async def run() -> None:
        async with contextlib.AsyncExitStack() as stack:
            stores = []
            for number in range(1, count + 1):
                path = folder / f"{number}.sqlite"
                stores.append(opened(path, number, seed=path.exists() and path.stat().st_mtime_ns))
                stack.push_async_callback(stores[-1].close)
            await scenario(*stores)

    asyncio.run(run())


def row(key: int, seq: int, log: int = L, hlc: int | None = None) -> Row:
    """One that another tracker wrote."""
    return Row(Kind.RENEWED, key.to_bytes(16, "big"), hlc or seq, log, seq, encode_body(Renewed(seq)))


def touch(key: int) -> Callable[[Book], Row]:
    """A command that writes one row."""
    return lambda book: book.write(Kind.RENEWED, key.to_bytes(16, "big"), Renewed(key))


def touched(store: Store) -> list[Row]:
    return list(store.rows.scan(Kind.RENEWED, b""))


async def parts_of(source: Store, theirs: dict[int, int]) -> list[RoundPart]:
    async with contextlib.aclosing(source.round_above(theirs)) as parts:
        found = [part async for part in parts]
    assert [part.end is None for part in found] == [True] * (len(found) - 1) + [False]
    assert all(len(part.rows) <= ROWS_PAGE_MAX for part in found)
    return found


async def take(store: Store, parts: Iterable[RoundPart], listing: int = 0) -> int:
    """A round, or as much of it as there is. Returns the number of its listing, for more of it."""
    listing = listing or store.new_listing()
    for part in parts:
        whole = listing if part.whole else 0
        await store.take_rows(part.rows, gc=part.gc, whole=whole)
        if part.end is not None:
            await store.finish_round(part.end, part.hlc, whole=whole)
    return listing
