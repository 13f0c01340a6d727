"""What came for one download: from whom, which parts, and what of it was of no use; with its diary."""

from collections import Counter, defaultdict
from collections.abc import Iterable, Sequence
from typing import NamedTuple

from desktop.engine.downloads.desk import Desk
from desktop.engine.downloads.diary import Diary
from desktop.engine.downloads.fetch import Channel, Fetch
from desktop.engine.downloads.givers import Givers
from desktop.engine.downloads.line_files import LineFiles
from desktop.engine.files.piece_set import PieceSet
from desktop.engine.library import FileRecord
from desktop.engine.peers.rate import Rate
from shared.facts.ids import DeviceId
from shared.limits import MAPS_KEPT_MAX
from shared.manifest import pieces_in


class Source(NamedTuple):
    device: DeviceId
    state: str
    """sending, late, idle, opening or gone."""
    given: int
    """Bytes that were verified, as long as this program runs."""
    in_flight: int
    """Pieces that it is asked for."""


class FileMap(NamedTuple):
    """Of one file."""

    file: FileRecord
    givers: Givers
    had: PieceSet
    asked: list[tuple[int, DeviceId]]
    """Pieces that are on their way, and from whom."""


class Tally:
    def __init__(self, desk: Desk) -> None:
        clock = desk.around.clock
        self.diary = Diary(clock.wall_s)
        self.rate = Rate(clock)
        self.wasted_bytes = self.refetched_bytes = 0
        """Of this line, as Downloads has them of all."""
        self._clock, self._desk = clock, desk
        self._given: Counter[DeviceId] = Counter()
        """Bytes by who gave them, of files that are closed."""
        self._givers: dict[int, Givers] = {}
        """Of the last of these that have several pieces: who gave which."""

    def wasted(self, length: int) -> None:
        """It was bad, or came twice."""
        self.wasted_bytes += length
        self._desk.wasted(length)

    def lost(self, length: int) -> None:
        """It is to be fetched again."""
        if length:
            self.diary.note("again", detail=str(length))
        self.refetched_bytes += length
        self._desk.lost(length)

    def note_givers(self, fetch: Fetch) -> None:
        for device in fetch.givers.take_lately():
            self.diary.gave(device)

    def closed(self, fetch: Fetch) -> None:
        self.note_givers(fetch)
        self._given.update(fetch.givers.take_bytes())
        if fetch.picker.piece_count > 1:
            self._givers[fetch.file.n] = fetch.givers
            if len(self._givers) > MAPS_KEPT_MAX:
                del self._givers[next(iter(self._givers))]

    def givers_of(self, fetch: Fetch) -> Givers:
        """As it was when it was closed, if it was."""
        return self._givers.pop(fetch.file.n, fetch.givers)

    def sources(self, files: LineFiles) -> list[Source]:
        return sources(self._given, files.active.values(), self._clock.monotonic_s())

    def maps(self, files: LineFiles) -> list[FileMap]:
        """Of the files in work, then of some that were; of a single file always."""
        in_work = [
            FileMap(
                fetch.file, fetch.givers, fetch.picker.had,
                [(piece, channel.peer.device) for channel in fetch.channels for piece in channel.asked],
            )
            for fetch in files.active.values()
            if not fetch.is_bundle
        ]  # fmt: skip
        others = {0: self._givers.get(0)} if len(files.records) == 1 else self._givers
        return in_work + [
            FileMap(file, givers or Givers(pieces_in(file.size)), files.had_of(file), [])
            for n, givers in others.items()
            if n not in files.active
            for file in [files.records[n]]
        ]


def sources(given: Counter[DeviceId], fetches: Iterable[Fetch], now: float) -> list[Source]:
    """Who gives, or gave, most comes first. `given` is what came for files that are closed already."""
    given = given.copy()
    channels: dict[DeviceId, list[Channel]] = defaultdict(list)
    for fetch in fetches:
        given.update(fetch.givers.bytes)
        for channel in fetch.channels:
            channels[channel.peer.device].append(channel)
    devices = sorted({*given, *channels}, key=lambda device: (-given[device], device))
    return [
        Source(device, _state(at, now), given[device], sum(len(one.asked) for one in at))
        for device in devices
        for at in [channels.get(device, [])]
    ]


def _state(channels: Sequence[Channel], now: float) -> str:
    if not channels:
        return "gone"
    if asked_at := [at for channel in channels for at in channel.asked.values()]:
        return "late" if channels[0].peer.is_overdue(min(asked_at), now) else "sending"
    return "idle" if any(channel.is_open for channel in channels) else "opening"
