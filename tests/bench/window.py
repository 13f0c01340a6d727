"""One file to the real window and to a prompt in turns, with the gaps that it leaves in the window's life.

    ./dev bench window [MIB] [RUNS]

The window is offscreen unless QT_QPA_PLATFORM says otherwise. A gap is the time between two ticks of a
precise timer of 16 ms, as Qt gives them to who paints 60 times a second. A virtual machine stands still now
and then, for the sake of others on its host: as root, the gaps are told without those in which it did, too.
"""

import gc
import itertools
import os
import statistics
import sys
import time
from collections.abc import Iterator
from contextlib import closing, contextmanager, suppress
from multiprocessing import get_context
from multiprocessing.connection import Connection
from pathlib import Path

from PySide6.QtCore import Qt, QTimer
from PySide6.QtWidgets import QApplication

from desktop.collector import collecting_here
from desktop.qt_loop import QtLoop
from desktop.ui import theme
from tests.bench.stage import (
    GROUP,
    Stage,
    filled,
    is_same,
    median_of,
    numbers,
    percentile,
    scratch,
    size_of,
    stage,
    warm,
)
from tests.gui.person import Person, until

TICK_MS = 16
LOOKED_S = 0.002
PAUSE_S_MIN = 0.006
Span = tuple[float, float]


class Ticks:
    """While it runs."""

    def __init__(self) -> None:
        self.gaps: list[Span] = []
        self._timer = QTimer(interval=TICK_MS, timerType=Qt.TimerType.PreciseTimer)
        self._timer.timeout.connect(self._tick)
        self._at = time.monotonic()
        self._timer.start()

    def stop(self) -> None:
        self._timer.stop()

    def _tick(self) -> None:
        now = time.monotonic()
        self.gaps.append((self._at, now))
        self._at = now


def _watch(cpu: int, pipe: Connection) -> None:
    """A process that goes before all others of one processor: where it is late, none of them ran."""
    os.sched_setaffinity(0, {cpu})
    with suppress(PermissionError):  # then it is late as any other, and the processors hardly so at once
        os.sched_setscheduler(0, os.SCHED_FIFO, os.sched_param(1))
    pauses: list[Span] = []
    at = time.monotonic()
    while not pipe.poll():
        time.sleep(LOOKED_S)
        now = time.monotonic()
        if now - at > PAUSE_S_MIN:
            pauses.append((at, now))
        at = now
    pipe.send(pauses)


@contextmanager
def _pauses() -> Iterator[list[Span]]:
    """Of all processors at once, known at the end."""
    spawn, found = get_context("spawn"), list[Span]()
    pipes = []
    for cpu in os.sched_getaffinity(0):
        here, there = spawn.Pipe()
        spawn.Process(target=_watch, args=(cpu, there), daemon=True).start()
        pipes.append(here)
    yield found
    for pipe in pipes:
        pipe.send(None)
    first, *others = (pipe.recv() for pipe in pipes)
    for spans in others:
        first = [common for one, other in itertools.product(first, spans) if (common := _common(one, other))]
    found.extend(first)


def _common(one: Span, other: Span) -> Span | None:
    both = max(one[0], other[0]), min(one[1], other[1])
    return both if both[1] - both[0] > PAUSE_S_MIN else None


def _ms(gaps: list[Span]) -> list[float]:
    return [1000 * (end - begin) for begin, end in gaps]


def main(arguments: list[str]) -> None:
    mib, runs = numbers(arguments, 1024, 3)
    gc.freeze()  # as the program does: to look through what was imported stops all for 45 ms
    rates, headless = [], []
    gaps: list[list[Span]] = []
    with (
        _pauses() as pauses,
        closing(QtLoop(_dressed(QApplication(["bench"])))) as loop,
        collecting_here(),
        scratch() as top,
        stage(top) as here,
    ):
        source = filled(here.folder / "source.bin", mib)
        here.share(source)
        for number in range(runs):
            took, ticks = loop.run_until_complete(_take(here, f"person {number}", source))
            rates.append((mib << 20) / took / 1e6)
            gaps.append(ticks)
            with here.taker(files=1) as taker:
                headless.append((mib << 20) / here.seconds_to_take(taker, source) / 1e6)
    own = [[gap for gap in run if not any(_common(gap, pause) for pause in pauses)] for run in gaps]
    pauses_ms = _ms(pauses)
    sys.stdout.write(
        f"window takes {mib} MiB: {median_of(rates)} MB/s, a prompt {median_of(headless)} MB/s,"
        f" ratio {statistics.median(rates) / statistics.median(headless):.2f}\n"
        f"gaps of the loop: {_told(gaps)}\n"
        f"{len(pauses)} pauses of the machine, {sum(pauses_ms):.0f} ms in all; beside them: {_told(own)}\n"
    )


def _dressed(app: QApplication) -> QApplication:
    """As the program is: its style sheet makes all that is drawn a little dearer."""
    theme.apply(app, "light")
    return app


def _told(runs: list[list[Span]]) -> str:
    return (
        f"median {median_of([percentile(_ms(run), 50) for run in runs], 1)} ms,"
        f" p99 {median_of([percentile(_ms(run), 99) for run in runs], 1)} ms,"
        f" longest {median_of([max(_ms(run)) for run in runs], 1)} ms"
    )


async def _take(here: Stage, user: str, source: Path) -> tuple[float, list[Span]]:
    async with Person(here.folder / user, here.tracker.info_file) as person:
        await person.sign_up(user)
        await person.engine.join_group(GROUP)
        here.seeder.do("accept_request", GROUP, user)
        await person.at_group(GROUP)
        await until(lambda: person.files == [source.name])
        warm(person.downloads, size_of(source))
        ticks, began = Ticks(), time.monotonic()
        person.double_click(source.name)
        await until(lambda: person.engine.downloads())
        await person.engine.wait([1], None)
        took = time.monotonic() - began
        ticks.stop()
        assert is_same(source, person.downloads / source.name)
    return took, ticks.gaps
