"""Runs the program and measures its loop: prints, when it ends, the longest callbacks and what they were.

    python -m tests.bench.callbacks python -m desktop ARGUMENT...

`PREFIX` before a command line makes it so. A callback takes what the clock says: waiting for Python's lock or
for a processor is in it, as the loop does nothing else meanwhile.
"""

import asyncio
import heapq
import sys
import time
from collections.abc import Callable
from pathlib import Path
from typing import NamedTuple

from desktop.__main__ import main

PREFIX = (sys.executable, "-m", "tests.bench.callbacks")
_SHOWN = 50
_MARK = "longest callback: "


class _Took(NamedTuple):
    seconds: float
    began: float
    """By a clock that all processes share."""
    what: str


def longest_ms(log: Path, since: float) -> float:
    """Of those that began after `since`, in the program that ended and wrote there."""
    lines = [line for line in log.read_text().splitlines() if line.startswith(_MARK)]
    told = [line.removeprefix(_MARK).split()[:3] for line in lines]
    return max((float(ms) for ms, _, began in told if float(began) > since), default=0.0)


def _measured(
    run: Callable[[asyncio.Handle], None], longest: list[_Took]
) -> Callable[[asyncio.Handle], None]:
    def measured(handle: asyncio.Handle) -> None:
        began = time.monotonic()
        run(handle)
        took = time.monotonic() - began
        if took > longest[0].seconds:
            heapq.heapreplace(longest, _Took(took, began, repr(handle)))

    return measured


if __name__ == "__main__":
    longest = [_Took(0.0, 0.0, "")] * _SHOWN
    setattr(asyncio.Handle, "_run", _measured(asyncio.Handle._run, longest))  # noqa: B010  # mypy lets no method be replaced
    code = main(sys.argv[4:])
    for seconds, began, what in sorted(longest):
        sys.stderr.write(f"{_MARK}{1000 * seconds:.1f} ms {began:.3f} {what}\n")
    sys.exit(code)
