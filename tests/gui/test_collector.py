"""Qt's objects are taken apart in the window's thread, whatever other threads do."""

import asyncio
import gc
import threading

import pytest
from PySide6.QtCore import QObject

from desktop.collector import collecting_here
from desktop.qt_loop import QtLoop

pytestmark = [pytest.mark.gui, pytest.mark.slow]
LONG_S = 60.0


def test_what_nobody_holds_goes_in_the_windows_thread_however_much_another_one_makes(qloop: QtLoop) -> None:
    gone: list[threading.Thread] = []

    class Noted(QObject):
        def __del__(self) -> None:
            gone.append(threading.current_thread())

    def one() -> Noted:
        noted = Noted()
        noted.itself = noted  # type: ignore[attr-defined]
        return noted

    async def until(count: int) -> None:
        async with asyncio.timeout(LONG_S):
            while len(gone) < count:  # noqa: ASYNC110  a finalizer tells of no event
                await asyncio.sleep(0.01)

    async def scenario() -> None:
        one()
        kept: list[list[object]] = []
        makes = threading.Thread(target=lambda: kept.extend([] for _ in range(100 * gc.get_threshold()[0])))
        makes.start()
        makes.join()
        assert not gone
        await until(1)
        old = one()
        for _ in range(1 + gc.get_threshold()[2]):
            gc.collect(1)  # which makes it old: then only a full round finds it
        del old
        await until(2)

    before = gc.isenabled()
    gc.enable()
    with collecting_here():
        qloop.run_until_complete(scenario())
    assert not gc.isenabled(), "also until the very end of the program"
    assert set(gone) == {threading.main_thread()}
    if before:
        gc.enable()
