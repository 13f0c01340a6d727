"""From threads to the loop: one callback for all that came since the last one."""

import asyncio
import threading
from collections.abc import Callable
from typing import Generic, TypeVar

from shared.limits import INBOX_MAX

T = TypeVar("T")


class Inbox(Generic[T]):
    def __init__(self, loop: asyncio.AbstractEventLoop, deliver: Callable[[list[T]], None]) -> None:
        self._loop, self._deliver = loop, deliver
        self._changed = threading.Condition()
        self._items: list[T] = []

    def put(self, item: T) -> None:
        with self._changed:
            self._add(item)

    def put_when_there_is_room(self, item: T) -> None:
        """Waits while the loop lags behind: for what others may send without end."""
        with self._changed:
            self._changed.wait_for(lambda: len(self._items) < INBOX_MAX)
            self._add(item)

    def _add(self, item: T) -> None:
        self._items.append(item)
        if len(self._items) == 1:
            self._loop.call_soon_threadsafe(self._empty)

    def _empty(self) -> None:
        with self._changed:
            items, self._items = self._items, []
            self._changed.notify_all()
        self._deliver(items)
