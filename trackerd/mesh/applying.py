"""What came on one link goes into the store in its order, each time with all that came meanwhile."""

import asyncio
from collections.abc import Mapping
from typing import Protocol

import shared.wire.mesh_messages as mm
from shared.limits import MESH_APPLYING_MAX
from trackerd.mesh.inbox import Claim, Inbox, Item
from trackerd.mesh.link_session import LinkSession
from trackerd.store.store import Store


class Told(Protocol):
    """Who has the link."""

    def lacks(self) -> None:
        """A round may be due."""

    def got_on(self) -> None:
        """There is room again; and a round that is under way gets on."""

    def finished(self, end: Mapping[int, int]) -> None:
        """A round is in; `end` is what the other said at its end."""


class Applying:
    def __init__(self, store: Store, session: LinkSession, told: Told) -> None:
        self._store, self._session, self._told = store, session, told
        self._inbox = Inbox()
        self._came = asyncio.Event()
        self._listing = 0
        """Of a whole round that is being taken."""
        self._has_ended = False

    @property
    def is_full(self) -> bool:
        return len(self._inbox) >= MESH_APPLYING_MAX

    def put(self, item: Item) -> None:
        self._inbox.put(item)
        self._came.set()

    def end(self) -> None:
        """Nothing more will come. What has come is applied: it may be the last word of one that stops."""
        self._has_ended = True
        self._came.set()

    async def run(self) -> None:
        """Until end(), and the last is applied. Raises what the store raises."""
        while len(self._inbox) or not self._has_ended:
            if len(self._inbox):
                await self._take(self._inbox.take())
                self._told.got_on()
            else:
                self._came.clear()
                await self._came.wait()
        if self._listing:
            await self._store.forget_listing(self._listing)

    async def _take(self, item: Item) -> None:
        asking, seen = self._session.asking, self._store.seen
        match item:
            case mm.Live(log, first, last, rows):
                if not await self._store.take_live(log, first, last, rows):
                    asking.missed()
                    self._told.lacks()
            case Claim(vv):
                asking.claimed(vv, seen, live=())
                self._told.lacks()
            case mm.Rows():
                await self._take_part(self._session.taken(item, seen.get(self._store.log, 0)))
                if item.end is not None:
                    self._told.finished(item.end)

    async def _take_part(self, part: mm.Rows) -> None:
        store, asking = self._store, self._session.asking
        if part.whole and not self._listing:
            self._listing = store.new_listing()
        whole = self._listing if part.whole else 0
        await store.take_rows(part.rows, gc=part.gc, whole=whole, repair=asking.is_repair)
        asking.took(part.rows, whole=part.whole)
        if part.end is not None:
            await store.finish_round(part.end, part.hlc, whole=whole)
            self._listing = 0
            asking.told(part.end)
            asking.ended()
