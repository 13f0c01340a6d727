"""Says where this device is found, and of which entries it has a part while it downloads them."""

import asyncio
from collections.abc import Awaitable, Callable, Coroutine, Iterable
from typing import Any

import shared.wire.tracker_messages as m
from shared.errors import Busy
from shared.limits import ADDRESSES_MAX, ANNOUNCED_S, SHARE_BATCH_MAX


class Announcer:
    """Trackers know it as long as the session lasts; each new one is told all again."""

    def __init__(
        self,
        ask: Callable[[m.Message], Awaitable[m.Answer]],
        spawn: Callable[[Coroutine[Any, Any, None]], object],
    ) -> None:
        self._ask = ask
        self._spawn = spawn
        self._addresses: list[m.Endpoint] = []
        self._partials: set[m.EntryRef] = set()
        self._told: set[m.EntryRef] | None = None
        """What the tracker of this session knows; None without a session."""
        self._told_addresses: list[m.Endpoint] = []
        self._due: asyncio.TimerHandle | None = None
        self._told_at = float("-inf")

    def found_at(self, addresses: Iterable[m.Endpoint]) -> None:
        """Where peers find this device."""
        self._addresses = list(addresses)[:ADDRESSES_MAX]
        self._tell_in(0)

    def announce(self, add: Iterable[m.EntryRef] = (), drop: Iterable[m.EntryRef] = ()) -> None:
        """Entries of which this device holds pieces while it downloads them. Told in batches, each second."""
        self._partials.difference_update(drop)
        self._partials.update(add)
        self._tell_in(self._told_at + ANNOUNCED_S - asyncio.get_running_loop().time())

    def session_began(self) -> None:
        self._told, self._told_addresses = set(), []
        self._tell_in(0)

    def session_ended(self) -> None:
        self._told = None

    def clear(self) -> None:
        self._partials.clear()

    def _tell_in(self, seconds: float) -> None:
        if self._due is None and self._told is not None:
            self._due = asyncio.get_running_loop().call_later(seconds, self._tell_now)

    def _tell_now(self) -> None:
        self._due = None
        self._told_at = asyncio.get_running_loop().time()
        self._spawn(self._tell())

    async def _tell(self) -> None:
        """One batch; the next after a while."""
        told = self._told
        if told is None:
            return
        add = list(self._partials - told)[:SHARE_BATCH_MAX]
        drop = list(told - self._partials)[:SHARE_BATCH_MAX]
        addresses = self._addresses
        if add or drop or addresses != self._told_addresses:
            try:
                await self._ask(m.Announce(addresses, add, drop))
            except Busy:
                self._tell_in(ANNOUNCED_S)
                return
            told.update(add)
            told.difference_update(drop)
            self._told_addresses = addresses
            if told != self._partials:
                self._tell_in(ANNOUNCED_S)
