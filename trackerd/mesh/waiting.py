"""Writers that wait for a second copy: a future each, and one timer for all."""

import asyncio
import functools

from shared.clock import Clock
from trackerd.mesh.copies import Copies


class CopyWaits:
    def __init__(self, clock: Clock) -> None:
        self.known = Copies()
        self._clock = clock
        self._timer: asyncio.TimerHandle | None = None

    async def copies(self, seq: int) -> int:
        """On how many trackers the write `seq` of this run lies: 1 or 2. Waits at most COPY_WAIT_S_MAX."""
        answer: asyncio.Future[int] = asyncio.get_running_loop().create_future()
        self.known.wait(seq, self._clock.monotonic_s(), functools.partial(_answer, answer))
        self._set_timer()
        return await answer

    def close(self) -> None:
        if self._timer:
            self._timer.cancel()

    def _set_timer(self) -> None:
        until_s = self.known.until_s
        if self._timer is None and until_s is not None:
            delay_s = until_s - self._clock.monotonic_s()
            self._timer = asyncio.get_running_loop().call_later(delay_s, self._expire)

    def _expire(self) -> None:
        self._timer = None
        self.known.expire(self._clock.monotonic_s())
        self._set_timer()


def _answer(waiter: asyncio.Future[int], copies: int) -> None:
    if not waiter.done():  # its client is gone
        waiter.set_result(copies)
