"""Events become signals: what happened at once, what goes on ten times a second, nothing when idle."""

from collections.abc import Callable

import pytest
from pytestqt.qtbot import QtBot

from desktop.engine import events
from desktop.ui.bridge import Bridge
from tests.gui.person import LONG_MS

pytestmark = pytest.mark.gui


class Source:
    """What an engine is to the bridge."""

    def __init__(self) -> None:
        self.listeners: list[Callable[[events.Event], None]] = []

    def subscribe(self, listener: Callable[[events.Event], None]) -> Callable[[], None]:
        self.listeners.append(listener)
        return lambda: self.listeners.remove(listener)

    def emit(self, *told: events.Event) -> None:
        for event in told:
            for listener in self.listeners:
                listener(event)


def progress(id_: int, done: int) -> events.DownloadProgress:
    return events.DownloadProgress(id=id_, done=done, size=9, files=1, files_done=0, rate=1.0, sources=1)


def test_only_the_newest_progress_of_each_download_is_passed_on(qtbot: QtBot) -> None:
    source = Source()
    bridge = Bridge(source.subscribe)
    with qtbot.waitSignal(bridge.progressed, timeout=LONG_MS) as got:
        source.emit(*(progress(1, done) for done in range(1_000)), progress(2, 5))
    assert got.args == [[progress(1, 999), progress(2, 5)]]


def test_the_timer_stops_when_nothing_moves(qtbot: QtBot) -> None:
    source = Source()
    bridge = Bridge(source.subscribe)
    source.emit(progress(1, 1))
    qtbot.waitUntil(lambda: not bridge._timer.isActive(), timeout=LONG_MS)


def test_what_happened_is_told_at_once(qtbot: QtBot) -> None:
    source = Source()
    bridge = Bridge(source.subscribe)
    event = events.Accepted(group="g")
    with qtbot.waitSignal(bridge.told, timeout=0, raising=False) as got:
        source.emit(event)
    assert got.args == [event]


@pytest.mark.parametrize(
    ("event", "signal"),
    [
        (events.GroupsChanged(), "groups_stale"),
        (events.FilesChanged(group="g"), "files_stale"),
        (events.LoggedIn(user="u"), "downloads_stale"),
        (events.DownloadChanged(id=1, group="g", name="n", state="C", path="p"), "downloads_stale"),
    ],
)
def test_lists_that_are_stale_are_named(qtbot: QtBot, event: events.Event, signal: str) -> None:
    source = Source()
    bridge = Bridge(source.subscribe)
    with qtbot.waitSignal(getattr(bridge, signal), timeout=0, raising=False) as got:
        source.emit(event)
    assert got.signal_triggered


def test_a_stopped_bridge_hears_nothing(qtbot: QtBot) -> None:
    source = Source()
    bridge = Bridge(source.subscribe)
    bridge.stop()
    assert source.listeners == []
