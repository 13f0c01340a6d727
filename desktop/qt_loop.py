"""asyncio on Qt's event loop: qasync, with its queue and timers replaced by asyncio's own.

Stock qasync 0.28 makes a Qt timer object for each callback: timers fire up to 5 % early, cancelled ones
stay until their time, and call_soon_threadsafe loses its context. Here callbacks wait in asyncio's
`_ready` and `_scheduled`, one 0 ms timer drains the first and one precise timer wakes for the head of
the second. Those two names are asyncio's private ones: tests/gui/test_qt_loop.py holds their behaviour.

Threads wake the loop by one queued signal, not by asyncio's socket to itself: who decides takes Python's lock
once for that and not four times (to hear of the socket, to begin, and for each of two reads), and each time
others may hold it.
"""

import asyncio
import contextvars
import heapq
import math
import sys
import time
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from typing import Any

import qasync
from PySide6.QtCore import QObject, Qt, QTimer, Signal
from PySide6.QtWidgets import QApplication

SLICE_S = 0.004
"""Callbacks run this long before Qt may paint (measured: p99 of late ticks 7-13 ms; 11-27 ms at 8 ms)."""
SWITCH_S = 0.001
"""That a thread which is busy in Python may hold up the loop, in place of Python's 5 ms."""
CANCELLED_MIN = 100
"""Cancelled timers are swept once there are so many and they are more than half."""
WORKERS = 8
NESTED_MS = 10
"""How soon to look again whether a loop that should not have been has ended."""


class _Waker(QObject):
    called = Signal()


class QtLoop(qasync.QEventLoop):  # type: ignore[misc]  # qasync has no types
    _ready: Any
    _scheduled: list[asyncio.TimerHandle]
    _timer_cancelled_count: int

    def __init__(self, app: QApplication) -> None:
        self._armed = False
        self._is_called = False
        """From a thread, and has not begun yet."""
        self._waker = _Waker()
        self._waker.called.connect(self._answer, Qt.ConnectionType.QueuedConnection)
        self._drain_timer = QTimer(singleShot=True, interval=0)
        self._drain_timer.timeout.connect(self._drain)
        self._wake_timer = QTimer(singleShot=True, timerType=Qt.TimerType.PreciseTimer)
        self._wake_timer.timeout.connect(self._drain)
        super().__init__(app)
        sys.setswitchinterval(SWITCH_S)
        self.set_default_executor(ThreadPoolExecutor(WORKERS, "worker"))

    def call_soon(
        self, callback: Callable[..., object], *args: Any, context: contextvars.Context | None = None
    ) -> asyncio.Handle:
        self._check_closed()
        handle = asyncio.Handle(callback, args, self, context)
        self._add_callback(handle)
        return handle

    def call_soon_threadsafe(
        self, callback: Callable[..., object], *args: Any, context: contextvars.Context | None = None
    ) -> asyncio.Handle:
        self._check_closed()
        handle = asyncio.Handle(callback, args, self, context)
        self._ready.append(handle)
        if not self._is_called:
            self._is_called = True
            self._waker.called.emit()
        return handle

    def call_later(
        self,
        delay: float,
        callback: Callable[..., object],
        *args: Any,
        context: contextvars.Context | None = None,
    ) -> asyncio.TimerHandle:
        return self.call_at(self.time() + delay, callback, *args, context=context)

    def call_at(
        self,
        when: float,
        callback: Callable[..., object],
        *args: Any,
        context: contextvars.Context | None = None,
    ) -> asyncio.TimerHandle:
        self._check_closed()
        handle = asyncio.TimerHandle(when, callback, args, self, context)
        heapq.heappush(self._scheduled, handle)
        handle._scheduled = True  # type: ignore[attr-defined]  # noqa: SLF001  as BaseEventLoop.call_at does
        if self._scheduled[0] is handle:
            self._wake_at(when)
        return handle

    def run_forever(self) -> Any:
        if self._ready:
            self._arm()
        return super().run_forever()

    def close(self) -> None:
        if not self.is_closed():
            self._drain_timer.stop()
            self._wake_timer.stop()
        super().close()

    def _add_callback(self, handle: asyncio.Handle) -> None:  # signals come this way too
        self._ready.append(handle)
        self._arm()

    def _arm(self) -> None:
        if not self._armed:
            self._armed = True
            self._drain_timer.start()

    def _wake_at(self, when: float) -> None:
        self._wake_timer.start(max(0, math.ceil((when - self.time()) * 1000)))

    def _answer(self) -> None:
        self._is_called = False  # first: what is added from now on may be too late for this turn
        self._drain()

    def _drain(self) -> None:
        """Runs what is due for one slice, then lets Qt have its turn."""
        self._armed = False
        if self.is_closed():
            return
        if asyncio.current_task(self):  # a task spins a Qt loop: entering another now would lose it for good
            self._wake_timer.start(NESTED_MS)
            return
        now = self.time()
        self._sweep()
        while self._scheduled and self._scheduled[0].when() <= now:
            handle = heapq.heappop(self._scheduled)
            handle._scheduled = False  # type: ignore[attr-defined]  # noqa: SLF001
            self._ready.append(handle)
        if self._scheduled:
            self._wake_at(self._scheduled[0].when())
        slice_end = now + SLICE_S
        ready = self._ready
        while ready:
            handle = ready.popleft()
            if not handle.cancelled():
                handle._run()  # noqa: SLF001
            if time.monotonic() >= slice_end:
                break
        if ready:
            self._arm()

    def _sweep(self) -> None:
        """Drops cancelled timers: the head at once, the rest when they are many."""
        if self._timer_cancelled_count > CANCELLED_MIN and 2 * self._timer_cancelled_count > len(
            self._scheduled
        ):
            for handle in self._scheduled:
                if handle.cancelled():
                    handle._scheduled = False  # type: ignore[attr-defined]  # noqa: SLF001
            self._scheduled = [handle for handle in self._scheduled if not handle.cancelled()]
            heapq.heapify(self._scheduled)
            self._timer_cancelled_count = 0
        while self._scheduled and self._scheduled[0].cancelled():
            handle = heapq.heappop(self._scheduled)
            handle._scheduled = False  # type: ignore[attr-defined]  # noqa: SLF001
            self._timer_cancelled_count -= 1
