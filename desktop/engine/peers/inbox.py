"""What threads tell the loop: gathered while the loop is busy, handed over by one callback a batch."""

import asyncio
import contextlib
import threading
from collections.abc import Callable
from typing import Generic, TypeVar

T = TypeVar("T")


class Inbox(Generic[T]):
    def __init__(self, loop: asyncio.AbstractEventLoop, take: Callable[[list[T]], None]) -> None:
        """`take` is called on `loop`, with everything in the order in which it was put."""
        self._loop = loop
        self._take = take
        self._lock = threading.Lock()
        self._waiting: list[T] = []

    def put(self, item: T) -> None:
        """From any thread. After the loop's end it does nothing."""
        with self._lock:
            self._waiting.append(item)
            is_first = len(self._waiting) == 1
        if is_first:
            with contextlib.suppress(RuntimeError):  # the loop is closed
                self._loop.call_soon_threadsafe(self._hand_over)

    def _hand_over(self) -> None:
        with self._lock:
            items, self._waiting = self._waiting, []
        self._take(items)
