"""Closes invites that are of no use any more, and deletes for good what has been over for long, when every
tracker of the file knows that: once a day."""

import asyncio
import contextlib
import functools
import logging
from collections.abc import Awaitable, Callable, Mapping, Sequence

from shared.clock import Clock
from shared.errors import Coded
from shared.facts.rows import Row
from shared.limits import (
    COLLECT_EVERY_S,
    COLLECT_FIRST_S,
    COLLECTED_AT_ONCE_MAX,
    ROUND_EVERY_S,
    ROWS_PAGE_MAX,
    TOMBSTONES_KEPT_S,
)
from trackerd.mesh.collector import Collector
from trackerd.said import Event, tell
from trackerd.store.store import Store


class Collecting:
    """Told by the mesh of rounds and lost links; says of whom it wants a round."""

    def __init__(self, store: Store, clock: Clock) -> None:
        self._store, self._clock = store, clock
        self._pass: Collector | None = None
        self._changed = asyncio.Event()

    # --- what the mesh asks and tells ---

    def wanted(self) -> list[int]:
        """Trackers of which a round is wanted also where they have nothing new."""
        return self._pass.wanted() if self._pass else []

    def asked(self, number: int) -> None:
        if self._pass:
            self._pass.asked(number)

    def ended(self, number: int, end: Mapping[int, int]) -> None:
        """A round is on the disk; `end` is the whole vector that the other has said."""
        if self._pass:
            self._pass.ended(number, end)
            self._changed.set()

    def lost(self, number: int) -> None:
        """The link, or the tracker itself from the file."""
        if self._pass:
            self._pass.lost(number)
            self._changed.set()

    # --- what its owner has it do ---

    async def run(self, listed: Callable[[], Sequence[int]]) -> None:
        """Until cancelled. `listed`: all trackers of the file but this one, linked or not."""
        await asyncio.sleep(COLLECT_FIRST_S)  # a tracker that is restarted every day is to do it, too
        async with asyncio.TaskGroup() as tasks:  # the second may wait for days for a tracker that is away
            tasks.create_task(_daily(self._close_invites))
            tasks.create_task(_daily(functools.partial(self._collect, listed)))

    async def collect(self, listed: Callable[[], Sequence[int]], kept_s: float = TOMBSTONES_KEPT_S) -> int:
        """Deletes what has been over for longer than `kept_s`, and says how many rows.

        Waits for all trackers, however long one cannot be reached; meanwhile nothing is deleted.
        """
        older_than_hlc = max(0, int((self._clock.wall_s() - kept_s) * 1000) << 15)
        after, count = None, 0
        while noted := await self._store.tombstones(older_than_hlc, after, COLLECTED_AT_ONCE_MAX):
            after = noted[-1].key
            due = await self._due(noted, listed)
            for first in range(0, len(due), ROWS_PAGE_MAX):  # so that writers have their turn
                count += await self._store.purge([*due[first : first + ROWS_PAGE_MAX]])
        return count

    async def _close_invites(self) -> None:
        await self._store.close_invites(int(self._clock.wall_s()))

    async def _collect(self, listed: Callable[[], Sequence[int]]) -> None:
        if count := await self.collect(listed):
            tell(logging.INFO, Event.COLLECTED, rows=count)

    async def _due(self, noted: Sequence[Row], listed: Callable[[], Sequence[int]]) -> Sequence[Row]:
        try:
            while True:
                asked = listed()
                self._pass = Collector(noted, self._store.seen, asked)
                while listed() == asked:
                    if (due := self._pass.due(self._store.seen)) is not None:
                        return due
                    await self._news()
        finally:
            self._pass = None

    async def _news(self) -> None:
        """Also after a while in any case: trackers may have been listed or removed."""
        self._changed.clear()
        with contextlib.suppress(TimeoutError):
            async with asyncio.timeout(ROUND_EVERY_S):
                await self._changed.wait()


async def _daily(care: Callable[[], Awaitable[None]]) -> None:
    while True:
        try:
            await care()
        except Coded as error:
            tell(logging.ERROR, Event.NOT_COLLECTED, why=error)
        await asyncio.sleep(COLLECT_EVERY_S)
