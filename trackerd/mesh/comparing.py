"""Whether trackers that have seen the same also have the same: once an hour, by sums over all rows.

The tracker with the lower number tells its sums; the other one, if its vector is the same, compares them with
its own and answers with those that differ. Then each fetches everything of the other. Vectors cannot show
what a disk lost or a bug left out, and so no round would ever mend it.
"""

import asyncio
import logging
from collections.abc import Callable, Coroutine, Iterable
from typing import Any

import shared.wire.mesh_messages as mm
from shared.limits import CHECKSUM_EVERY_S, CHECKSUMS_BATCH_MAX
from trackerd.mesh.link import Link
from trackerd.said import Event, tell
from trackerd.store.store import Store

Sums = dict[bytes, bytes]
_NOTHING = bytes(16)


class Comparing:
    """Of tracker `number`. One comparison at a time, as each reads all rows on both sides."""

    def __init__(
        self, number: int, store: Store, repair: Callable[[Link], None], is_quiet: Callable[[], bool]
    ) -> None:
        """`is_quiet`: no part of a round is here that waits for the rest, as rows then differ with reason."""
        self._number, self._store, self._repair, self._is_quiet = number, store, repair, is_quiet
        self._told: dict[Link, None] = {}
        """Who may answer."""
        self._came: dict[Link, Sums] = {}
        """Of those that are in the middle of telling."""
        self._task: asyncio.Task[None] | None = None

    def turn(self, links: Iterable[Link], now_s: float) -> None:
        """Begins the next comparison that is due, with a tracker that has seen the same."""
        for link in links:
            is_due = link.number > self._number and now_s - link.compared_s > CHECKSUM_EVERY_S
            is_free = self._task is None and self._is_quiet()
            if is_due and is_free and link.session.asking.had == self._store.seen:
                link.compared_s = now_s
                self._run(self._tell(link))

    def heard(self, link: Link, message: mm.Checksum) -> None:
        sums = self._came.setdefault(link, {})
        sums.update(message.sums)
        if message.more:
            return
        del self._came[link]
        if link in self._told:
            self._diverged(link, len(sums))
        elif link.number < self._number and self._task is None:
            self._run(self._compare(link, message.vv, sums))

    def closed(self, link: Link) -> None:
        self._came.pop(link, None)
        self._told.pop(link, None)

    def stop(self) -> None:
        if self._task:
            self._task.cancel()

    async def _tell(self, link: Link) -> None:
        seen, sums = await self._store.checksums()
        if link.is_open and self._is_quiet():
            self._told[link] = None
            _say(link, seen, sums)

    async def _compare(self, link: Link, vv: dict[int, int], theirs: Sums) -> None:
        seen, ours = await self._store.checksums()
        scopes = [scope for scope in {**theirs, **ours} if theirs.get(scope) != ours.get(scope)]
        if seen == vv and scopes and link.is_open and self._is_quiet():
            self._diverged(link, len(scopes))
            _say(link, seen, {scope: ours.get(scope, _NOTHING) for scope in scopes})

    def _diverged(self, link: Link, count: int) -> None:
        self._told.pop(link, None)
        tell(logging.ERROR, Event.DIVERGED, number=link.number, scopes=count)
        self._repair(link)

    def _run(self, work: Coroutine[Any, Any, None]) -> None:
        self._task = asyncio.get_running_loop().create_task(work)
        self._task.add_done_callback(self._ran)

    def _ran(self, task: asyncio.Task[None]) -> None:
        self._task = None
        if not task.cancelled() and (error := task.exception()):
            tell(logging.ERROR, Event.NOT_COMPARED, bug=error, why=error)


def _say(link: Link, vv: dict[int, int], sums: Sums) -> None:
    told = [mm.ScopeSum(scope, xor) for scope, xor in sums.items()]
    for first in range(0, len(told), CHECKSUMS_BATCH_MAX):
        batch = told[first : first + CHECKSUMS_BATCH_MAX]
        link.say(mm.Checksum(vv, batch, more=first + CHECKSUMS_BATCH_MAX < len(told)))
