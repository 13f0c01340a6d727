"""What the window asks of the loop it runs on, without knowing it: run this, then call me."""

from collections.abc import Callable, Coroutine
from typing import Any, Protocol, TypeVar

from PySide6.QtCore import QElapsedTimer, QTimer

from shared.errors import ShoalError

T = TypeVar("T")
STALE_MS = 100
"""Answers that became stale together are asked for again once."""
IDLE_PARTS = 4
"""After an answer that took long, so many times as long must pass: long lists may not fill the loop."""
IDLE_MS_MAX = 5000
"""An answer may have taken long as there was no tracker to give it, which is known to be over soon after."""


class Running(Protocol):
    def cancel(self) -> object: ...


class Runner(Protocol):
    def run(
        self,
        coroutine: Coroutine[Any, Any, T],
        then: Callable[[T], object] | None = None,
        failed: Callable[[ShoalError], object] | None = None,
    ) -> Running:
        """Exactly one of `then` and `failed` is called, from the loop; neither if it was cancelled.

        Without `failed` the error is shown as a notice.
        """

    def aside(self, work: Callable[[], T]) -> Coroutine[Any, Any, T]:
        """For run(): `work`, which blocks, in a thread. It goes on there if that is cancelled."""


def keep_what_is_shown(_: ShoalError) -> None:
    """An answer that did not come: what is shown is the best there is, and it is asked for again."""


class Asked:
    """One question to the engine that is asked again when its answer has become stale, one at a time."""

    def __init__(self, runner: Runner, ask: Callable[[], None]) -> None:
        """`ask` calls run() for what is to be known now, or does nothing."""
        self._runner = runner
        self._ask = ask
        self._running: Running | None = None
        self._again = False
        self._timer = QTimer(singleShot=True, interval=STALE_MS)
        self._timer.timeout.connect(self._ask_now)

    def stale(self) -> None:
        if self._running:
            self._again = True
        elif not self._timer.isActive():
            self._timer.start()

    def now(self) -> None:
        """Also when another thing is to be asked than before, whose answer must not come any more."""
        if self._running:
            self._running.cancel()
            self._running = None
        self._timer.stop()
        self._ask_now()

    def stop(self) -> None:
        """For good."""
        self._timer.stop()
        self._timer.blockSignals(True)

    def _ask_now(self) -> None:
        clock = QElapsedTimer()
        clock.start()
        self._ask()
        self._rest(clock)

    def _rest(self, clock: QElapsedTimer) -> None:
        self._timer.setInterval(min(max(STALE_MS, IDLE_PARTS * clock.elapsed()), IDLE_MS_MAX))

    def run(
        self,
        coroutine: Coroutine[Any, Any, T],
        then: Callable[[T], object],
        failed: Callable[[ShoalError], object],
    ) -> None:
        clock = QElapsedTimer()
        clock.start()

        def ended() -> None:
            self._running = None
            self._rest(clock)
            if self._again:
                self._timer.start()

        def answered(answer: T) -> None:
            try:
                then(answer)
            finally:
                ended()

        def refused(error: ShoalError) -> None:
            try:
                failed(error)
            finally:
                ended()

        self._again = False
        self._running = self._runner.run(coroutine, answered, refused)
