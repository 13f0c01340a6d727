"""One file to the real window and to a prompt in turns, with the gaps that it leaves in the window's life.

    ./dev bench window [MIB] [RUNS]

The window is offscreen unless QT_QPA_PLATFORM says otherwise. A gap is the time between two ticks of a
precise timer of 16 ms, as Qt gives them to who paints 60 times a second.
"""

import statistics
import sys
import time
from contextlib import closing
from pathlib import Path

from PySide6.QtCore import Qt, QTimer
from PySide6.QtWidgets import QApplication

from desktop.qt_loop import QtLoop
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


class Ticks:
    """While it runs."""

    def __init__(self) -> None:
        self.gaps_ms: list[float] = []
        self._timer = QTimer(interval=TICK_MS, timerType=Qt.TimerType.PreciseTimer)
        self._timer.timeout.connect(self._tick)
        self._at = time.monotonic()
        self._timer.start()

    def stop(self) -> None:
        self._timer.stop()

    def _tick(self) -> None:
        now = time.monotonic()
        self.gaps_ms.append(1000 * (now - self._at))
        self._at = now


def main(arguments: list[str]) -> None:
    mib, runs = numbers(arguments, 1024, 3)
    rates, headless, gaps = [], [], []
    with closing(QtLoop(QApplication(["bench"]))) as loop, scratch() as top, stage(top) as here:
        source = filled(here.folder / "source.bin", mib)
        here.share(source)
        for number in range(runs):
            took, ticks = loop.run_until_complete(_take(here, f"person {number}", source))
            rates.append((mib << 20) / took / 1e6)
            gaps.append(ticks)
            with here.taker(files=1) as taker:
                headless.append((mib << 20) / here.seconds_to_take(taker, source) / 1e6)
    sys.stdout.write(
        f"window takes {mib} MiB: {median_of(rates)} MB/s, a prompt {median_of(headless)} MB/s,"
        f" ratio {statistics.median(rates) / statistics.median(headless):.2f}; gaps of the loop: median"
        f" {median_of([percentile(run, 50) for run in gaps], 1)} ms,"
        f" p99 {median_of([percentile(run, 99) for run in gaps], 1)} ms,"
        f" longest {median_of([max(run) for run in gaps], 1)} ms\n"
    )


async def _take(here: Stage, user: str, source: Path) -> tuple[float, list[float]]:
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
    return took, ticks.gaps_ms
