"""One run of the program: a daemon from its start to its end, signals, what is typed, and systemd."""

import asyncio
import contextlib
import logging
import os
import random
import signal
import sys
import threading
from collections.abc import Callable

from shared.clock import Clock
from shared.errors import Coded
from trackerd.config import Settings
from trackerd.daemon import Daemon
from trackerd.notify import notify, watchdog_s
from trackerd.said import Event, tell
from trackerd.status import shown_status


async def run(settings: Settings, reload: Callable[[], Settings], clock: Clock, lot: random.Random) -> None:
    """Until somebody says stop: SIGTERM, SIGINT, `quit`, or the end of input where that was asked for.

    Raises Coded, Exposed and OSError, also for what happens meanwhile: it is removed from its network, or its
    store is damaged.
    """
    stopping, rereading = asyncio.Event(), asyncio.Event()
    _on_signal("SIGTERM", stopping.set)
    _on_signal("SIGINT", stopping.set)
    _on_signal("SIGHUP", rereading.set)
    daemon = Daemon(settings, clock, lot)
    daemon.on_failed = stopping.set
    await daemon.start()
    try:
        async with asyncio.TaskGroup() as tasks:
            background = [
                tasks.create_task(_get_ready(daemon, settings.number)),
                tasks.create_task(daemon.watch()),
                tasks.create_task(daemon.look_over()),
                tasks.create_task(daemon.collect()),
                tasks.create_task(_reread(daemon, rereading, reload)),
                tasks.create_task(_feed_watchdog()),
            ]
            _read_input(daemon, stopping, stop_at_eof=settings.stop_at_eof)
            await stopping.wait()
            for task in background:
                task.cancel()
    finally:
        notify("STOPPING=1")
        await daemon.stop()
    if daemon.failed:
        raise daemon.failed


async def _get_ready(daemon: Daemon, number: int) -> None:
    await daemon.take_over()
    with contextlib.suppress(BrokenPipeError, AttributeError):  # nobody reads, or it is closed
        sys.stdout.write(f"trackerd {number} ready on {daemon.address}\n")
        sys.stdout.flush()
    notify(f"READY=1\nSTATUS=on {daemon.address}")


async def _reread(daemon: Daemon, rereading: asyncio.Event, reload: Callable[[], Settings]) -> None:
    while await rereading.wait():
        rereading.clear()
        notify("RELOADING=1")
        try:
            daemon.reload(reload())
        except (Coded, OSError) as error:
            tell(logging.WARNING, Event.SETTINGS_REFUSED, why=error)
        await daemon.reread()
        notify("READY=1")


async def _feed_watchdog() -> None:
    """From the loop, so that systemd sees when it is stuck."""
    if every_s := watchdog_s():
        while True:
            notify("WATCHDOG=1")
            await asyncio.sleep(every_s)


def _on_signal(name: str, act: Callable[[], None]) -> None:
    number = getattr(signal, name, None)
    if number is None:
        return
    loop = asyncio.get_running_loop()
    try:
        loop.add_signal_handler(number, act)
    except NotImplementedError:  # Windows
        signal.signal(number, lambda *_: loop.call_soon_threadsafe(act))


def _read_input(daemon: Daemon, stopping: asyncio.Event, *, stop_at_eof: bool) -> None:
    """Takes commands from a person or a pipe, on a thread, as a terminal cannot be waited for everywhere."""
    loop = asyncio.get_running_loop()

    def typed(line: str) -> None:
        match line.strip():
            case "quit" | "exit":
                stopping.set()
            case "status":
                sys.stderr.write(shown_status(daemon.figures()))
            case "":
                pass
            case _:
                sys.stderr.write("quit: stop; status: say how it goes; help: this\n")

    def read() -> None:
        rest = ""
        with contextlib.suppress(OSError, RuntimeError):  # no input to read, or the loop is gone
            # Not sys.stdin: its lock, held while reading, would hold up the end of the program.
            while data := os.read(0, 4096):
                *lines, rest = (rest + data.decode(errors="replace")).split("\n")
                for line in lines:
                    loop.call_soon_threadsafe(typed, line)
                rest = rest[-4096:]
            loop.call_soon_threadsafe(typed, rest)
        if stop_at_eof:
            with contextlib.suppress(RuntimeError):
                loop.call_soon_threadsafe(stopping.set)

    if sys.stdin is None:  # closed: 0 may be any other file by now
        if stop_at_eof:
            stopping.set()
        return
    if hasattr(signal, "SIGTTIN"):
        signal.signal(signal.SIGTTIN, signal.SIG_IGN)  # in the background of a terminal: an error, not a halt
    threading.Thread(target=read, name="input", daemon=True).start()
