"""What the programs get from the system and cannot take as a parameter: here it comes from the seed."""

import asyncio
import logging
import ssl
from collections.abc import Callable, Iterator, Mapping
from contextlib import ExitStack, contextmanager
from pathlib import Path
from typing import Any
from unittest import mock

from shared.trust import tls
from shared.trust.identity import PrivateKey
from tests.sim.hosts import seeded_key
from tests.sim.loop import current
from trackerd.said import Event

MEMORY = Path("/dev/shm") if Path("/dev/shm").is_dir() else None
"""Where nothing waits for a disk."""
NO_CHECK_TIME = 0x200000
"""OpenSSL's flag: it would look at the one clock of the system, where here each computer has its own."""
BUGS = (Event.REQUEST_FAILED, Event.LINK_FAILED, Event.VIOLATION, Event.DIVERGED, Event.STORE_DAMAGED)
"""Where only our own programs speak to each other."""


class Pool:
    """An executor whose threads are the simulated ones."""

    def __init__(self, max_workers: int, _name: str = "") -> None:
        self._max_workers = max_workers

    def submit(self, work: Callable[..., Any], *args: Any) -> None:
        asyncio.get_running_loop().run_in_executor(self, work, *args)  # type: ignore[arg-type]

    def shutdown(self) -> None:
        """Nothing runs by itself."""


class SeededKeys:
    @staticmethod
    def generate() -> PrivateKey:
        return seeded_key(str(current().lot.random()))


class Bugs(logging.Handler):
    """Of what is logged, that which must never be."""

    def __init__(self) -> None:
        super().__init__(logging.INFO)
        self.found: list[str] = []

    def emit(self, record: logging.LogRecord) -> None:
        if record.exc_info or getattr(record, "event", None) in BUGS:
            self.found.append(self.format(record))


def limits(page_rows: int, *, is_tight: bool, is_collected: bool) -> dict[str, object]:
    """Where our limits are used, and what they are here: as if there were millions of rows, and days."""
    pages = ("trackerd.pages", "trackerd.questions", "trackerd.store.rounds")
    found: dict[str, object] = {f"{module}.ROWS_PAGE_MAX": page_rows for module in pages}
    found["trackerd.mesh.comparing.CHECKSUM_EVERY_S"] = 7.0
    if is_collected:
        found["trackerd.mesh.collecting.COLLECT_FIRST_S"] = 2.0
        found["trackerd.mesh.collecting.COLLECT_EVERY_S"] = 2.0
        found["trackerd.mesh.collecting.Collecting.collect.__defaults__"] = (0.5,)
    if is_tight:
        found["trackerd.mesh.telling.MESH_BUFFERED_BYTES_MAX"] = 4096
        found["trackerd.feed.PUSH_BUFFERED_BYTES_MAX"] = 2048
        found["tests.sim.network.BUFFER_BYTES"] = 4096
        found["tests.sim.network.WINDOW_BYTES"] = 2048
    return found


@contextmanager
def simulated(limited: Mapping[str, object]) -> Iterator[list[str]]:
    """The list gets what is logged of bugs."""
    make, made = tls._context, dict[object, ssl.SSLContext]()

    def timeless(*args: Any, **options: Any) -> ssl.SSLContext:
        """Made once for the same arguments, as that is most of what a history costs."""
        key = repr((args, options))
        if key not in made:
            made[key] = make(*args, **options)
            made[key].verify_flags |= NO_CHECK_TIME
        return made[key]

    with (
        ExitStack() as lower,
        _listening() as bugs,
        mock.patch("shared.trust.tls._context", timeless),
        mock.patch("tempfile.tempdir", str(MEMORY) if MEMORY else None),
        mock.patch("desktop.engine.mirror.ThreadPoolExecutor", Pool),
        mock.patch("desktop.engine.trackers.meeting.PrivateKey", SeededKeys),
    ):
        for name, value in limited.items():
            lower.enter_context(mock.patch(name, value))
        yield bugs


@contextmanager
def _listening() -> Iterator[list[str]]:
    log, bugs = logging.getLogger(), Bugs()
    level = log.level
    log.addHandler(bugs)
    log.setLevel(logging.INFO)
    try:
        yield bugs.found
    finally:
        log.removeHandler(bugs)
        log.setLevel(level)
