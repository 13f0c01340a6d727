"""Files whose content the user has already: copied from there, they need not come from anybody."""

import asyncio
import os
from collections.abc import Callable, Iterable, Sequence
from contextlib import closing

from desktop.engine.downloads.desk import Desk
from desktop.engine.downloads.fetch import Fetch, Host
from desktop.engine.downloads.file_fetch import FileFetch
from desktop.engine.files.open_file import OpenFile
from desktop.engine.files.piece_io import PieceSink
from desktop.engine.library import FileRecord, ShareRecord
from shared.errors import DiskError, DiskFull
from shared.facts.ids import GroupId
from shared.limits import OWN_PIECES_COPIED, PIECE_BYTES


class OwnCopies:
    def __init__(self, desk: Desk, host: Host, ended: Callable[[], object]) -> None:
        self._desk, self._host, self._ended = desk, host, ended
        self._running: dict[Fetch, asyncio.Future[None]] = {}
        self._copied: set[int] = set()

    def begin(self, fetch: FileFetch) -> None:
        """If its content is here, and the hashes to check it."""
        around = self._desk.around
        if fetch.manifest and (own := around.library.shares_of_content(fetch.root)):
            self._running[fetch] = asyncio.get_running_loop().create_future()
            around.spawn(self._copy(fetch, own))

    def is_running(self, fetch: Fetch) -> bool:
        return fetch in self._running

    async def wait(self, fetches: Iterable[Fetch]) -> None:
        """They are stopped: until nothing is written to them any more."""
        if running := [self._running[fetch] for fetch in fetches if fetch in self._running]:
            await asyncio.wait(running)

    def is_copy(self, gid: GroupId, file: FileRecord) -> bool:
        """Of what is shared from elsewhere: that goes on."""
        own = self._desk.around.library.share(gid, file.eid) if file.n in self._copied else None
        return own is not None and not own.stopped

    async def _copy(self, fetch: FileFetch, own: list[ShareRecord]) -> None:
        try:
            for record in own:
                is_good = True
                with closing(self._desk.sharing.offered.source_of(record)) as source:
                    while is_good and not fetch.is_stopped and (sinks := fetch.take_own(OWN_PIECES_COPIED)):
                        came = await asyncio.to_thread(_copy, source, sinks)
                        for sink, good in zip(sinks, came, strict=True):
                            fetch.own_came(sink, is_good=good)
                        is_good = all(came)
                if fetch.picker.is_complete:
                    self._copied.add(fetch.file.n)
        except (DiskFull, DiskError) as error:
            self._host.failed(fetch, error)
        finally:
            self._running.pop(fetch).set_result(None)
            self._ended()


def _copy(source: OpenFile, sinks: Sequence[PieceSink]) -> list[bool]:
    """Which of these pieces came, checked like those of peers."""
    return [_is_copied(source, sink) for sink in sinks]


def _is_copied(source: OpenFile, sink: PieceSink) -> bool:
    try:
        with source as fd:
            data = os.pread(fd, sink.length, sink.piece * PIECE_BYTES)
    except (OSError, DiskError):
        return False
    return len(data) == sink.length and sink.part.keep(sink.piece, data, sink.expected) is None
