"""A tracker's folder as the tools find it: keys, and a store with rows in it."""

import asyncio
import contextlib
import random
import sqlite3
from collections.abc import AsyncIterator, Callable
from pathlib import Path
from typing import Any

from shared.clock import SystemClock
from shared.trust.identity import raw_public
from tests.support.memory_book import group, let_in, person, share_file
from trackerd.identity_files import load_or_make_keys, make_folder
from trackerd.rules import Book
from trackerd.store.store import Store


class ClockAt(SystemClock):
    """A wall clock that stands where it is told to."""

    def __init__(self, wall_s: float) -> None:
        self.now_s = wall_s

    def wall_s(self) -> float:
        return self.now_s


def a_band(book: Book) -> None:
    """Two people, a group, two files of one name."""
    ann, bob = person(book, "Ann"), person(book, "Bob")
    gid = group(book, ann, "Band")
    let_in(book, ann, gid, bob)
    share_file(book, ann, gid, "song.ogg", "la la")
    share_file(book, bob, gid, "song.ogg", "lo lo")


@contextlib.asynccontextmanager
async def open_store(data: Path, number: int = 1) -> AsyncIterator[Store]:
    make_folder(data)
    store = Store.open(
        data / "store.sqlite",
        number=number,
        ca_key=raw_public(load_or_make_keys(data).t),
        clock=SystemClock(),
        lot=random.SystemRandom(),
    )
    try:
        yield store
    finally:
        await store.close()


def fill(data: Path, *decides: Callable[[Book], Any], number: int = 1) -> None:
    """Each decides in a commit of its own."""

    async def write() -> None:
        async with open_store(data, number) as store:
            for decide in decides:
                await store.write(decide)

    asyncio.run(write())


def sql(store: Path, *statements: str) -> list[Any]:
    """What the last one finds."""
    with contextlib.closing(sqlite3.connect(store, isolation_level=None)) as db:
        return [db.execute(statement).fetchall() for statement in statements][-1]
