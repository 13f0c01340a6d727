"""Python's cyclic collector, in the window's thread alone.

By itself it runs in whichever thread makes the next object, and takes apart there what belongs to the
window's thread: Qt stops no timer of another thread, and where a window goes it waits for the window's
thread, which waits for Python's lock, for good.
"""

import gc
from collections.abc import Iterator
from contextlib import contextmanager

from PySide6.QtCore import QTimer

LOOK_MS = 100
"""How often it looks. A round takes 1 ms or less, and 6 ms when a window was just made."""


@contextmanager
def collecting_here() -> Iterator[None]:
    """Until the block ends nothing is collected but by the caller's thread, in which Qt's loop has to run."""
    timer = QTimer(interval=LOOK_MS)
    timer.timeout.connect(collect_due)
    gc.disable()
    timer.start()
    try:
        yield
    finally:
        timer.stop()


def collect_due() -> None:
    """The oldest generation that is over its threshold and those younger, as the interpreter would."""
    counts, thresholds = gc.get_count(), gc.get_threshold()
    due = [generation for generation in range(3) if counts[generation] > thresholds[generation]]
    if due:
        gc.collect(due[-1])
