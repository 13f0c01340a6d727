"""An asyncio loop on which time is a number: nothing waits, and one seed is one history.

Whatever a process schedules belongs to it, tasks and callbacks of callbacks too, and dies with it.
"""

import asyncio
import contextvars
import heapq
import itertools
import random
import sys
import warnings
import weakref
from collections import deque
from collections.abc import Callable, Coroutine, Generator
from contextlib import contextmanager
from typing import Any, TypeVar, cast

T = TypeVar("T")
STEPS_MAX = 500_000
"""Of one history: more, and something spins."""
THREADS = 8
"""Of the executor that has no name."""


class Process:
    """One run of one program. It ends by die(), and then nothing of it runs any more."""

    def __init__(self, name: str, lot: random.Random) -> None:
        self.name, self.lot = name, lot
        self.is_up = True
        self.context = contextvars.copy_context()
        self.context.run(_process.set, self)
        self.held: list[asyncio.Handle] | None = None
        """What is due, while the process stands still."""
        self.tasks: weakref.WeakSet[asyncio.Task[Any]] = weakref.WeakSet()
        self.lanes: dict[object, list[float]] = {}
        """Until when each thread of an executor works."""
        self.told_s = 0.0
        """When the loop hears of the last job that a thread has done: they are heard of in order."""
        self.work_s: Callable[[], float] = self._work_s

    def die(self) -> "list[asyncio.Task[Any]]":
        """What was running, to be kept: a coroutine that is thrown away would still clean up after itself."""
        left = [task for task in self.tasks if not task.done()]
        self.is_up, self.held = False, None
        return left

    def __repr__(self) -> str:
        return self.name

    def _work_s(self) -> float:
        """A thread's job; now and then the machine has something else to do."""
        return self.lot.uniform(0.05, 0.3) if self.lot.random() < 0.01 else self.lot.expovariate(1 / 0.0005)


_process: contextvars.ContextVar[Process] = contextvars.ContextVar("process")


def current() -> Process:
    """Whose code is running."""
    return _process.get()


class SimLoop(asyncio.AbstractEventLoop):
    """Runs callbacks in the order of their times, those of one time in the order in which they came."""

    def __init__(self) -> None:
        self.now_s = 0.0
        self.errors: list[str] = []
        """What came to the exception handler: bugs."""
        self.steps = 0
        self.open_connection: Callable[..., Coroutine[Any, Any, Any]]
        """How a process dials and listens; the network's."""
        self.open_server: Callable[..., Any]
        self._ready: deque[asyncio.Handle] = deque()
        self._timers: list[tuple[float, int, asyncio.TimerHandle]] = []
        self._numbers = itertools.count()
        self.world = Process("world", random.Random(0))
        """What nobody can kill or freeze: the network, the faults, the judge."""
        self._tasks: weakref.WeakSet[asyncio.Task[Any]] = weakref.WeakSet()
        self._dead: list[asyncio.Task[Any]] = []
        self._generators: dict[int, Any] = {}
        self._is_closed = False

    # --- what runs when ---

    def run(self, main: Coroutine[Any, Any, T]) -> T:
        """To the end of `main`, which belongs to no process that can die."""
        with self._is_running():
            task = self.spawn(self.world, main)
            while not task.done():
                self._step()
        return task.result()

    def kill(self, process: Process) -> None:
        self._dead += process.die()

    def freeze(self, process: Process) -> None:
        process.held = process.held or []

    def thaw(self, process: Process) -> None:
        held, process.held = process.held, None
        self._ready.extend(held or ())

    def close(self) -> None:
        """Lets go of what never came to an end, and hears nothing of it."""
        self._is_closed = True
        with self._is_running(), warnings.catch_warnings(action="ignore"):
            for task in [*self._tasks]:
                _dispose(task)
            for generator in self._generators.values():
                _exhaust(generator.aclose())
        self._ready.clear()
        self._timers.clear()

    def spawn(self, process: Process, work: Coroutine[Any, Any, T]) -> asyncio.Task[T]:
        return process.context.run(self.create_task, work)

    def _step(self) -> None:
        while self._timers and (not self._ready or self._timers[0][0] <= self.now_s):
            when_s, _, timer = heapq.heappop(self._timers)
            if not timer.cancelled():
                self.now_s = max(self.now_s, when_s)
                self._ready.append(timer)
        assert self._ready, "everything waits, and nothing is to come"
        handle = self._ready.popleft()
        if handle.cancelled():
            return
        process = cast("contextvars.Context", handle._context)[_process]  # type: ignore[attr-defined]
        if not process.is_up:
            return
        if process.held is not None:
            process.held.append(handle)
            return
        self.steps += 1
        assert self.steps < STEPS_MAX, f"it spins at {self.now_s}: {process} {handle}"
        handle._run()

    @contextmanager
    def _is_running(self) -> Generator[None]:
        hooks = sys.get_asyncgen_hooks()
        sys.set_asyncgen_hooks(lambda made: self._generators.update({id(made): made}), lambda _: None)
        asyncio._set_running_loop(self)
        try:
            yield
        finally:
            asyncio._set_running_loop(None)
            sys.set_asyncgen_hooks(*hooks)

    # --- what asyncio and the programs ask for ---

    def time(self) -> float:
        return self.now_s

    def call_soon(  # type: ignore[override]
        self, callback: Callable[..., object], *args: Any, context: contextvars.Context | None = None
    ) -> asyncio.Handle:
        handle = asyncio.Handle(callback, args, self, context)
        self._ready.append(handle)
        return handle

    call_soon_threadsafe = call_soon  # type: ignore[assignment]

    def call_later(  # type: ignore[override]
        self,
        delay: float,
        callback: Callable[..., object],
        *args: Any,
        context: contextvars.Context | None = None,
    ) -> asyncio.TimerHandle:
        return self.call_at(self.now_s + max(0.0, delay), callback, *args, context=context)

    def call_at(  # type: ignore[override]
        self,
        when: float,
        callback: Callable[..., object],
        *args: Any,
        context: contextvars.Context | None = None,
    ) -> asyncio.TimerHandle:
        timer = asyncio.TimerHandle(when, callback, args, self, context)
        heapq.heappush(self._timers, (when, next(self._numbers), timer))
        return timer

    def _timer_handle_cancelled(self, _timer: asyncio.TimerHandle) -> None:
        """It is skipped when its time comes."""

    def create_future(self) -> asyncio.Future[Any]:
        return asyncio.Future(loop=self)

    def create_task(  # type: ignore[override]
        self,
        coro: Coroutine[Any, Any, T],
        *,
        name: str | None = None,
        context: contextvars.Context | None = None,
    ) -> asyncio.Task[T]:
        task = asyncio.Task(coro, loop=self, name=name, context=context)
        self._tasks.add(task)
        (context[_process] if context else current()).tasks.add(task)
        return task

    def run_in_executor(  # type: ignore[override]
        self, executor: object, func: Callable[..., T], *args: Any
    ) -> asyncio.Future[T]:
        """Does it whole, at some time: between that and the answer the process may die.

        Each thread does one thing after the other.
        """
        process, future = current(), self.create_future()
        threads = getattr(executor, "_max_workers", THREADS)
        lanes = process.lanes.setdefault(executor, [0.0] * threads)
        lane = lanes.index(min(lanes))
        done_s = lanes[lane] = max(self.now_s, lanes[lane]) + process.work_s()
        process.told_s = max(process.told_s, done_s + process.work_s() / 2)
        self.call_at(done_s, self._work, future, process.told_s, func, args)
        return future

    def _work(
        self, future: asyncio.Future[Any], told_s: float, func: Callable[..., Any], args: tuple[Any, ...]
    ) -> None:
        if future.cancelled():
            return
        asyncio._set_running_loop(None)  # a thread has none
        try:
            tell, outcome = future.set_result, func(*args)
        except Exception as error:  # noqa: BLE001  it is for whoever waits
            tell, outcome = future.set_exception, error
        finally:
            asyncio._set_running_loop(self)
        self.call_at(told_s, lambda: None if future.done() else tell(outcome))

    async def create_connection(self, *args: Any, **options: Any) -> Any:
        return await self.open_connection(*args, **options)

    async def create_server(self, *args: Any, **options: Any) -> Any:
        return self.open_server(*args, **options)

    def call_exception_handler(self, context: dict[str, Any]) -> None:
        if not self._is_closed:
            error = context.get("exception")
            self.errors.append(f"{self.now_s:.3f} {context.get('message')}: {error!r} {context}")

    def default_exception_handler(self, context: dict[str, Any]) -> None:
        self.call_exception_handler(context)

    def is_running(self) -> bool:
        return True

    def is_closed(self) -> bool:
        return self._is_closed

    def get_debug(self) -> bool:
        return False


def sim_loop() -> SimLoop:
    return SimLoop()  # type: ignore[abstract]  # it has what is used


def _dispose(task: asyncio.Task[Any]) -> None:
    task._log_destroy_pending = False  # type: ignore[attr-defined]
    _exhaust(task.get_coro())


def _exhaust(coroutine: Any) -> None:
    """What cleans up with an await is closed again, at that await."""
    for _ in range(20):
        try:
            coroutine.close()
        except BaseException:  # noqa: BLE001  nobody is there any more to hear of it
            continue
        return
