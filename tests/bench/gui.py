"""How soon the window answers where there are a million files, and whether it stands still meanwhile.

    ./dev bench gui [FILES] [RUNS] [PROFILE]

A profile is made with a real engine (two minutes for a million files; kept where PROFILE names a folder),
one tenth of the files in one folder, the rest in folders of forty. Then for each run a window opens in a
process of its own. Offscreen, unless QT_QPA_PLATFORM says otherwise. Ticks are those of a precise timer of
5 ms; how late one is is the time since the one before it, less 5 ms.
"""

import asyncio
import gc
import itertools
import json
import os
import random
import resource
import subprocess
import sys
import time
from collections.abc import Callable, Coroutine, Iterator
from functools import partial
from pathlib import Path
from typing import Any

from PySide6.QtCore import QEvent, QObject, Qt, QTimer
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication

from desktop.collector import collecting_here
from desktop.qt_loop import QtLoop
from shared.facts.derive import membership
from shared.facts.ids import Epoch, GroupId, UserId, entry_id
from shared.facts.rows import Entry, Kind, Row, Share, encode_body
from tests.bench.stage import Usage, median_of, percentile, scratch
from tests.gui.person import Person, until

GROUP = "archive"
AT = 1_700_000_000
BATCH = 20_000
TICK_MS = 5
UPDATES_A_S = 10_000
UPDATED_S = 5
_WORDS = ("holiday", "report", "take", "score", "letter", "survey", "sketch", "minutes", "draft", "scan")
_DOWN = Qt.SortOrder.DescendingOrder
_STARTED = "SHOAL_BENCH_STARTED"


class Ticks:
    """How late each is, in ms, since the last look."""

    def __init__(self) -> None:
        self._late_ms: list[float] = []
        self._timer = QTimer(interval=TICK_MS, timerType=Qt.TimerType.PreciseTimer)
        self._timer.timeout.connect(self._tick)
        self._at = time.monotonic()
        self._timer.start()

    def taken(self) -> list[float]:
        late, self._late_ms = self._late_ms, []
        return late or [0.0]

    def _tick(self) -> None:
        now = time.monotonic()
        self._late_ms.append(1000 * (now - self._at) - TICK_MS)
        self._at = now


class Painted(QObject):
    """When a widget was painted last while something was so."""

    def __init__(self, on: QObject, is_so: Callable[[], bool]) -> None:
        super().__init__(on)
        self._is_so, self.at = is_so, 0.0
        on.installEventFilter(self)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:  # noqa: N802  Qt's name
        if event.type() == QEvent.Type.Paint and not self.at and self._is_so():
            QTimer.singleShot(0, self._note)  # when it is through
        return super().eventFilter(watched, event)

    def _note(self) -> None:
        self.at = self.at or time.monotonic()


def main(arguments: list[str]) -> None:
    files, runs = int((arguments or ["1000000"])[0]), int((arguments[1:] or ["3"])[0])
    with scratch() as top:
        home = Path(arguments[2]) if arguments[2:] else top / "ana"
        if not (home / "profile").is_dir():
            _in_loop(lambda: make(home, files))
        found: list[dict[str, float]] = []
        # As a program that was installed: compiled before, whatever the developer's Python keeps.
        compiled = {"PYTHONDONTWRITEBYTECODE": "", "PYTHONPYCACHEPREFIX": str(top / "compiled")}
        warm_up = [sys.executable, "-c", "import tests.bench.gui"]
        subprocess.run(warm_up, env={**os.environ, **compiled}, check=True)
        for _ in range(runs):
            environment = {**os.environ, **compiled, _STARTED: str(time.monotonic())}
            command = [sys.executable, "-m", "tests.bench.gui", str(home)]
            answer = subprocess.run(command, env=environment, stdout=subprocess.PIPE, check=True)
            found.append(json.loads(answer.stdout))
        sys.stdout.write(f"gui with {files} files, median of {runs} runs:\n")
        for name in found[0]:
            sys.stdout.write(f"  {name}: {median_of([run[name] for run in found], 1)}\n")


def _in_loop(scenario: Callable[[], Coroutine[Any, Any, None]]) -> None:
    gc.freeze()  # as the program does with what it imported
    app = QApplication(["bench"])
    with collecting_here(), asyncio.Runner(loop_factory=lambda: QtLoop(app)) as runner:
        runner.run(scenario())


async def make(home: Path, files: int) -> None:
    """A profile of ana's, with a group of so many files."""
    async with Person(home) as person:
        await person.sign_up("ana")
        await person.create_group(GROUP)
        session = person.engine._session
        assert session is not None
        gid = next(iter(session.mirror.rows.groups_of(session.account.uid)))
        epoch = membership(session.mirror.rows, gid, session.account.uid)
        assert epoch is not None
        rows = _rows(gid, session.account.uid, epoch, files)
        while batch := list(itertools.islice(rows, BATCH)):
            await session.mirror.apply(gid, batch, None)


def _rows(gid: GroupId, uid: UserId, epoch: Epoch, files: int) -> Iterator[Row]:
    lot = random.Random(7)
    share, log = encode_body(Share(uid, epoch, True, AT)), 5 << 55
    device = lot.randbytes(16)
    for number in range(files):
        kind = lot.choice(_WORDS)
        folder = "large" if number % 10 == 0 else f"small/{number // 40}"
        name, root = f"{folder}/{kind} {lot.randrange(10**6):06}-{number}.dat", lot.randbytes(32)
        size = lot.randrange(10**9)
        eid = entry_id(gid, name, root, size, 1)
        entry = Entry(name, size, root, 1, bytes(20), uid, AT + lot.randrange(10**7))
        yield Row(Kind.ENTRY, gid + eid, (AT * 1000) << 15, log, 2 * number + 1, encode_body(entry))
        yield Row(Kind.SHARE, gid + eid + device, (AT * 1000) << 15, log, 2 * number + 2, share)


def _in_a_window(home: Path) -> None:
    found: dict[str, float] = {}
    _in_loop(lambda: _measured(home, found))
    sys.stdout.write(json.dumps(found))


async def _measured(home: Path, found: dict[str, float]) -> None:
    async with _Person(home) as person:
        await until(lambda: person.shown.at)
        found["window visible, ms"] = 1000 * (person.shown.at - float(os.environ[_STARTED]))
        await person.at_group(GROUP)
        await until(lambda: person.window.files.is_flat)
        bench = _Bench(person, found)
        await asyncio.sleep(1)
        await bench.time("folder of a tenth", lambda: person.window.files.enter("large/"))
        await bench.time("all in one list", lambda: person.act("as_list"))
        found["first paint of that list, ms"] = bench.paint_ms
        view = person.window.files.flat_view
        for column, name in ((1, "size"), (4, "date"), (3, "person"), (2, "availability"), (0, "name")):
            await bench.time(f"sort by {name}", partial(view.sortByColumn, column, _DOWN))
        for words in ("report", "report 99", "e"):
            await bench.time(f"search for '{words}'", partial(person.window.files.search.setText, words))
        await bench.time("search left", lambda: QTest.keyClick(person.window.files.search, Qt.Key.Key_Escape))
        await bench.scroll()
        await bench.update()
        found["resident memory, MiB"] = Usage.of(os.getpid()).now_mib
        found["at its peak, MiB"] = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024


class _Person(Person):
    def _open_window(self) -> None:
        super()._open_window()
        self.shown = Painted(self.window, lambda: True)


class _Bench:
    def __init__(self, person: Person, found: dict[str, float]) -> None:
        self._pane = person.window.files
        self._found = found
        self._ticks = Ticks()
        self.paint_ms = 0.0

    async def time(self, what: str, act: Callable[[], object]) -> None:
        """From the act to the lines that answer it, painted."""
        flat, began, shown = self._pane.flat, time.monotonic(), []

        def told() -> None:
            shown.append(time.monotonic())

        self._pane.moved.connect(told)
        painted = Painted(
            self._pane.flat_view.viewport(), lambda: bool(shown) and flat.line_at(0) is not None
        )
        self._ticks.taken()
        act()
        self._pane.flat_view.viewport().update()
        await until(lambda: painted.at)
        await asyncio.sleep(0.3)  # what comes of it later makes ticks late, too
        self._pane.moved.disconnect(told)
        self._found[f"{what}, ms"] = 1000 * (painted.at - began)
        self._found[f"{what}: latest tick, ms"] = max(self._ticks.taken())
        self.paint_ms = 1000 * (painted.at - shown[0])

    async def scroll(self) -> None:
        bar = self._pane.flat_view.verticalScrollBar()
        self._ticks.taken()
        for part in range(1, 51):
            bar.setValue(bar.maximum() * part // 50)
            await asyncio.sleep(0.02)
        self._found["scroll through all: latest tick, ms"] = max(self._ticks.taken())
        bar.setValue(0)
        await asyncio.sleep(0.5)

    async def update(self) -> None:
        """A tenth of the lines that change are among those that were seen last."""
        flat, lot = self._pane.flat, random.Random(1)
        seen = [flat.id_at(row) for row in range(200)]
        self._ticks.taken()
        began, cpu = time.monotonic(), time.process_time()
        told, each = 0, 100
        while (passed := time.monotonic() - began) < UPDATED_S:
            while told < passed * UPDATES_A_S:
                flat.changed(
                    [*lot.choices(seen, k=each // 10), *lot.choices(range(1, 10**6), k=each - each // 10)]
                )
                told += each
            await asyncio.sleep(0.01)
        late = self._ticks.taken()
        self._found[f"{UPDATES_A_S} updates/s: part of a core, %"] = (
            100 * (time.process_time() - cpu) / (time.monotonic() - began)
        )
        self._found["and latest tick, ms"] = max(late)
        self._found["and p99, ms"] = percentile(late, 99)


if __name__ == "__main__":  # the window's process, with nothing else in its memory
    _in_a_window(Path(sys.argv[1]))
