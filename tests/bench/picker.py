"""Which piece next, of a file of 1 TiB at 20 peers that have a part of it each: time a pick, and memory.

    ./dev bench picker [PICKS]

One fetch with the real picker; peers answer at once, and tell what they got meanwhile.
"""

import random
import resource
import statistics
import sys
import time
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import cast

from desktop.engine.downloads.fetch import Channel, Fetch
from desktop.engine.downloads.file_fetch import FileFetch
from desktop.engine.files.part_file import PartFile
from desktop.engine.files.piece_io import PieceOutcome
from desktop.engine.files.piece_set import PieceSet
from desktop.engine.library import FileRecord, Library, StoredManifest
from shared.facts.ids import DeviceId, EntryId, GroupId
from shared.limits import BLOCK_PIECES, KIB, MIB, PIECE_BYTES, PIECES_MAX
from shared.manifest import BLOCK_BYTES_MAX, encode_header
from shared.wire import peer_messages as m

PEERS = 20
IN_FLIGHT = 8
"""Pieces, of each peer."""
HAVE_OF_EACH = 4
"""Pieces that a peer tells of while it brings so many."""
_SIZE = PIECES_MAX * PIECE_BYTES
_BLOCKS, _BLOCK_BYTES = PIECES_MAX // BLOCK_PIECES, BLOCK_PIECES // 8


class Memory:
    """Of the library, what a fetch needs: hashes that nobody looks at."""

    _hashes = bytes(BLOCK_BYTES_MAX)

    def block(self, _root: bytes, _number: int) -> bytes:
        return self._hashes

    def submit(self, _job: object) -> None: ...


class Host:
    def got(self, _fetch: Fetch, _piece: int, _length: int) -> None: ...
    def wasted(self, _length: int) -> None:
        raise AssertionError("asked twice")

    fetched = failed = rejected = channel_lost = wasted


@dataclass
class Peer:
    device: DeviceId
    person = b""
    gives_credit = False
    window_pieces = IN_FLIGHT
    is_near = True
    quiet_s = 0.0

    def send(self, message: m.Message) -> None: ...
    def fill(self, *channels: Channel) -> None: ...
    def cancel(self, channel: Channel, piece: int) -> None: ...
    def close(self, channel: Channel) -> None: ...
    def is_overdue(self, asked_at: float, now: float) -> bool:
        return False

    def is_late(self, asked_at: float, now: float) -> bool:
        return False

    def due_s(self, channel: Channel) -> Iterator[tuple[int, float | None]]:
        return iter(())

    def seconds_to(self, length: int) -> float | None:
        return (IN_FLIGHT * PIECE_BYTES + length) / 10_000_000


def main(arguments: list[str]) -> None:
    picks = int(arguments[0]) if arguments else 20_000
    lot = random.Random(1)
    before = resident_mib()
    record = FileRecord(0, EntryId(bytes(16)), "big", bytes(32), _SIZE, "big", "part")
    library = cast("Library", Memory())
    part, host = cast("PartFile", None), Host()
    fetch = FileFetch(GroupId(bytes(16)), record, part, PieceSet(PIECES_MAX), host, library, lot)  # type: ignore[arg-type]
    fetch.manifest = StoredManifest(encode_header(_SIZE, bytes(20)), b"")
    channels = [Channel(Peer(DeviceId(lot.randbytes(16))), n, fetch, 0.0) for n in range(PEERS)]
    opening = [timed(lambda channel=channel: arrive(fetch, channel, lot)) for channel in channels]  # type: ignore[misc]
    picking: dict[bool, list[float]] = {False: [], True: []}
    coming, telling = [], []
    for turn in range(2 * picks):
        fetch.choosing.is_in_order = turn >= picks
        channel = channels[turn % PEERS]
        while len(channel.asked) >= IN_FLIGHT:
            outcome = PieceOutcome(channel.ch, next(iter(channel.asked)), PIECE_BYTES, None)
            coming.append(timed(lambda channel=channel, outcome=outcome: fetch.came(channel, outcome)))  # type: ignore[misc]
        if turn % HAVE_OF_EACH == 0:
            news = [lot.randrange(PIECES_MAX) for _ in range(HAVE_OF_EACH)]
            telling.append(timed(lambda channel=channel, news=news: fetch.have(channel, news)))  # type: ignore[misc]
        began = time.perf_counter()
        sink = fetch.next_sink(channel, 0.0)
        picking[fetch.choosing.is_in_order].append(time.perf_counter() - began)
        assert sink
        channel.asked[sink.piece] = 0.0
    sys.stdout.write(
        f"{PIECES_MAX:,} pieces, {PEERS} peers with half of the pieces of half the blocks, {picks:,} picks\n"
    )
    for what, times in (
        ("to pick a piece", picking[False]), ("the same, from first to last", picking[True]),
        ("that a piece has come", coming),
        ("of 4 pieces that a peer got", telling),
        ("that a peer opened with its bitfield", opening),
    ):  # fmt: skip
        p99 = sorted(times)[len(times) * 99 // 100]
        sys.stdout.write(f"{statistics.median(times) * 1e6:9.1f} us  p99 {p99 * 1e6:9.1f} us  {what}\n")
    sys.stdout.write(f"{resident_mib() - before:9.1f} MiB, all told\n")


def arrive(fetch: FileFetch, channel: Channel, lot: random.Random) -> None:
    fetch.channels.append(channel)
    manifest = fetch.manifest
    assert manifest
    blocks = [
        lot.randbytes(_BLOCK_BYTES) if lot.randrange(2) else bytes(_BLOCK_BYTES) for _ in range(_BLOCKS)
    ]
    raw = b"".join(blocks)
    fetch.opened(channel, m.Opened(channel.ch, manifest.header, manifest.index, None, raw))


def timed(act: Callable[[], object]) -> float:
    began = time.perf_counter()
    act()
    return time.perf_counter() - began


def resident_mib() -> float:
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss * KIB / MIB
