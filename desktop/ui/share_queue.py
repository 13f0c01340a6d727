"""The paths that are to be shared, one after another, whichever window shows how far that is."""

from collections import deque
from collections.abc import Callable, Coroutine, Iterable
from pathlib import Path
from typing import Any, Protocol

from desktop.engine.views import ShareResult
from desktop.ui.runner import Runner, Running
from shared.errors import NotLoggedIn, ShoalError


class Shown(Protocol):
    def begins(self, path: Path, group: str) -> None: ...
    def fails(self, error: ShoalError) -> None: ...
    def ends(self, results: list[ShareResult]) -> None:
        """With all that became of it since there was nothing to do."""


class ShareQueue:
    """Outlives the window, which is made anew for another language."""

    def __init__(
        self, runner: Runner, upload: Callable[[Path, str], Coroutine[Any, Any, ShareResult]]
    ) -> None:
        self._runner, self._upload = runner, upload
        self._waiting: deque[tuple[Path, str]] = deque()
        self._now: tuple[Path, str] | None = None
        self._running: Running | None = None
        self._results: list[ShareResult] = []
        self._shown: Shown | None = None

    @property
    def runs(self) -> bool:
        return self._running is not None

    @property
    def waiting(self) -> int:
        """How many are to come after the one that is prepared."""
        return len(self._waiting)

    def show_in(self, shown: Shown) -> None:
        """From now on, instead of where it was shown before."""
        self._shown = shown
        if self._now:
            shown.begins(*self._now)

    def add(self, paths: Iterable[Path], group: str) -> None:
        self._waiting.extend((path, group) for path in paths)
        if self._running is None:
            self._next()

    def cancel(self) -> None:
        """What was shared by then stays shared."""
        self._waiting.clear()
        if self._running:
            self._running.cancel()
        self._end([])

    def _next(self) -> None:
        if not self._waiting:
            self._end(self._results)
            return
        self._now = self._waiting.popleft()
        if self._shown:
            self._shown.begins(*self._now)
        self._running = self._runner.run(self._upload(*self._now), self._shared, self._failed)

    def _shared(self, result: ShareResult) -> None:
        self._results.append(result)
        self._next()

    def _failed(self, error: ShoalError) -> None:
        if isinstance(error, NotLoggedIn):  # else the others may go to who has a group of that name next
            self._waiting.clear()
        if self._shown:
            self._shown.fails(error)
        self._next()

    def _end(self, results: list[ShareResult]) -> None:
        self._running, self._now, self._results = None, None, []
        if self._shown:
            self._shown.ends(results)
