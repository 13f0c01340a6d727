"""Dials one tracker again and again, with pauses that grow and are never equal, until told to stop."""

import asyncio
import random
from collections.abc import Callable, Coroutine
from typing import Any

from shared.limits import MESH_BACKOFF_S_MAX, MESH_BACKOFF_S_MIN, MESH_DIAL_S_MAX

Dial = Callable[[], Coroutine[Any, Any, None]]


class Dialler:
    def __init__(self, dial: Dial, failed: Callable[[Exception], None], lot: random.Random) -> None:
        """`dial` makes one connection, or raises OSError or UnicodeError, of which `failed` is told."""
        self._dial, self._failed, self._lot = dial, failed, lot
        self._pause_s = MESH_BACKOFF_S_MIN
        self._timer: asyncio.TimerHandle | None = None
        self._dialling: asyncio.Task[None] | None = None

    def now(self) -> None:
        """Unless it is under way."""
        self._end_pause()
        if self._dialling is None or self._dialling.done():
            self._dialling = asyncio.get_running_loop().create_task(self._try())

    def again(self) -> None:
        """After a pause: the connection was lost, or never of use."""
        self._end_pause()
        pause_s = self._pause_s * self._lot.uniform(0.5, 1.0)
        self._pause_s = min(self._pause_s * 2, MESH_BACKOFF_S_MAX)
        self._timer = asyncio.get_running_loop().call_later(pause_s, self.now)

    def lasted(self) -> None:
        """The next pause is a short one: the connection was of use."""
        self._pause_s = MESH_BACKOFF_S_MIN

    def stop(self) -> None:
        self._end_pause()
        if self._dialling:
            self._dialling.cancel()

    def _end_pause(self) -> None:
        if self._timer:
            self._timer.cancel()
            self._timer = None

    async def _try(self) -> None:
        try:
            async with asyncio.timeout(MESH_DIAL_S_MAX):
                await self._dial()
        except (OSError, UnicodeError) as error:  # the latter for a name that cannot be looked up
            self._failed(error)
