"""What a person may look at of a running download: who brings it, and who brought which part. Pure."""

from collections import Counter, defaultdict
from collections.abc import Iterable, Sequence
from typing import NamedTuple

from desktop.engine.downloads.fetch import Channel, Fetch
from desktop.engine.downloads.givers import Givers
from desktop.engine.files.piece_set import PieceSet
from desktop.engine.library import FileRecord
from shared.facts.ids import DeviceId


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
