"""Window tests run without a screen unless told otherwise, and asyncio on Qt's loop."""

import os
from collections.abc import Iterator

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QGuiApplication
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QWidget

from desktop.qt_loop import QtLoop

os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")
os.environ["DBUS_SESSION_BUS_ADDRESS"] = "disabled:"  # who runs the tests is told of nothing in them


@pytest.fixture
def qloop(qapp: QApplication) -> Iterator[QtLoop]:
    """`qloop.run_until_complete(scenario())` runs a test's coroutine as the window's program runs its own."""
    loop = QtLoop(qapp)
    yield loop
    loop.close()


@pytest.fixture(autouse=True)
def keys_let_go() -> Iterator[None]:
    """Qt takes Shift and Control of the last click or key for held: no test begins with those of another."""
    yield
    if QApplication.instance() and QApplication.keyboardModifiers() != Qt.KeyboardModifier.NoModifier:
        QTest.mouseClick(QWidget(), Qt.MouseButton.LeftButton)


@pytest.fixture(autouse=True)
def clipboard_emptied() -> Iterator[None]:
    """Without a screen it is Qt's own, and outlives Python: to let go of what a test made for it PySide6 6.11
    calls into Python, at the very end, and the tests' process ends by a segmentation fault."""
    yield
    if QApplication.instance():
        QGuiApplication.clipboard().clear()
