"""A file, or a bundle of some, on its way here from many peers: what to ask of whom, and what came of it.

Holds no socket, disk or clock: channels send, threads write to the part file, its host is told.
"""

import random
from abc import ABC, abstractmethod
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from typing import Protocol

from desktop.engine.downloads.choosing import Choosing, Giver
from desktop.engine.downloads.early_part import UNPROVEN
from desktop.engine.downloads.givers import Givers
from desktop.engine.downloads.grants import Grants
from desktop.engine.downloads.hash_blocks import HashBlocks
from desktop.engine.downloads.piece_picker import PiecePicker
from desktop.engine.files.part_file import PartFile
from desktop.engine.files.piece_io import PieceOutcome, PieceSink
from desktop.engine.files.piece_set import PieceSet, by_block
from desktop.engine.library import FileRecord
from desktop.engine.views import NORMAL
from shared.errors import Coded, Violation, from_code
from shared.facts.ids import DeviceId, GroupId
from shared.limits import PIECE_BYTES
from shared.manifest import piece_length, pieces_in
from shared.wire import peer_messages as m


class Peer(Giver, Protocol):
    """Who is asked, as one file sees it."""

    @property
    def person(self) -> bytes:
        """Whose the device is, as far as is known."""

    def fill(self, *channels: "Channel") -> None:
        """There may be more to ask on these channels of it now."""

    def cancel(self, channel: "Channel", piece: int) -> None:
        """A piece is not awaited from it any more."""

    def close(self, channel: "Channel") -> None: ...
    def due_s(self, channel: "Channel") -> Iterator[tuple[int, float | None]]:
        """As choosing.Source, of this channel."""


class Host(Protocol):
    """Whose file it is. Told on the loop."""

    def got(self, fetch: "Fetch", piece: int, length: int) -> None: ...
    def fetched(self, fetch: "Fetch") -> None:
        """All of it is here and verified."""

    def failed(self, fetch: "Fetch", error: Coded) -> None:
        """The disk refused, or there cannot be such a file."""

    def rejected(self, device: DeviceId, piece: int, reason: str) -> None:
        """A peer sent a piece that is not what it should be."""

    def channel_lost(self, fetch: "Fetch", device: DeviceId, code: str) -> None:
        """`code` is the peer's refusal, "stalled", or "" for a link that ended."""

    def wasted(self, length: int) -> None: ...


@dataclass(eq=False)
class Channel:
    """One file at one peer."""

    peer: Peer
    ch: int
    fetch: "Fetch"
    began_at: float
    has: PieceSet = field(init=False)
    is_open: bool = False
    is_asked_early: bool = False
    """A piece was asked for before it was open."""
    is_counted: bool = False
    """What it has counts for how rare a piece is: of several channels at one device one does."""
    asked: dict[int, float] = field(default_factory=dict)
    """Piece to when it was asked for, oldest first."""
    grants: Grants = field(default_factory=Grants)

    def __post_init__(self) -> None:
        self.has = PieceSet(self.fetch.picker.piece_count)

    def due_s(self) -> Iterator[tuple[int, float | None]]:
        return self.peer.due_s(self)


class Fetch(ABC):
    """What channels report may raise Violation: that peer broke the protocol, and nothing has changed."""

    is_bundle = False

    def __init__(
        self, gid: GroupId, file: FileRecord, part: PartFile, had: PieceSet, host: Host,
        stored: Callable[[int], bytes | None], lot: random.Random,
    ) -> None:  # fmt: skip
        """`stored` reads a block of hashes from the library."""
        self.gid = gid
        self.file = file
        self.eid, self.size = file.eid, file.size
        self.part = part
        self.channels: list[Channel] = []
        self.picker = PiecePicker(pieces_in(self.size), lot, had)
        self.givers = Givers(self.picker.piece_count)
        self.is_stopped = False
        self.began_at = 0.0
        """When it came into work."""
        self.priority = NORMAL
        """Peers are asked for the pieces of files with a lower number first."""
        self._unheard: dict[int, DeviceId] = {}
        """Pieces of channels that ended before it was known what came, and whose: they may be on the disk."""
        self._host = host
        self._blocks = HashBlocks(self.picker, stored)
        self.choosing = Choosing(self.size, self.picker, self.channels, self._blocks.here)

    @property
    def files(self) -> Sequence[FileRecord]:
        return [self.file]

    @property
    def done_bytes(self) -> int:
        return bytes_of(self.picker.had, self.size)

    @property
    def late_count(self) -> int:
        """Pieces that more peers are wanted for."""
        return len(self.choosing.late)

    def hopeful_count(self, now: float) -> int:
        """Channels that may still bring something; who has nothing of it, or does not answer, will not."""
        return sum(
            channel.has.exceeds(self.picker.had) if channel.is_open
            else not channel.peer.is_overdue(channel.began_at, now)
            for channel in self.channels
        )  # fmt: skip

    # --- what its channels report ----------------------------------------------------------------

    @abstractmethod
    def asked_of(self, channel: Channel) -> None:
        """The channel is new."""

    @abstractmethod
    def opened(self, channel: Channel, message: m.Opened) -> None: ...
    @abstractmethod
    def block(self, channel: Channel, number: int, hashes: bytes) -> None: ...
    def have(self, channel: Channel, pieces: Iterable[int]) -> None:
        pieces = list(pieces)
        if max(pieces, default=0) >= self.picker.piece_count:
            raise Violation("a piece beyond the end of the file")
        if channel.is_open:
            for block, more in by_block(pieces).items():
                new = channel.has.add_of(block, more)
                if channel.is_counted:
                    self.picker.peer_got(block, new)

    def granted(self, channel: Channel, pieces: list[int]) -> None:
        """The peer would rather give these, as it gave them to the fewest so far."""
        self.choosing.came(channel, pieces)

    def came(self, channel: Channel, outcome: PieceOutcome) -> None:
        """A piece was checked. A good one counts even where it was not awaited any more."""
        if self.is_stopped:
            return
        piece = outcome.piece
        was_asked = channel.asked.pop(piece, None) is not None
        if outcome.reason is None:
            self._got(piece, outcome.length, channel.peer.device)
            return
        if was_asked:
            self._failed(piece)
        if outcome.reason == UNPROVEN:
            self._host.wasted(outcome.length)
        elif outcome.reason in ("sha1", "strong"):
            self._lacks(channel, piece)
            self._host.wasted(outcome.length)
            self._host.rejected(channel.peer.device, piece, outcome.reason)
            self._fill_others(channel)
        else:
            self._host.failed(self, from_code(outcome.reason))

    def refused(self, channel: Channel, piece: int) -> None:
        """The peer does not give this piece, whatever it said it has."""
        if channel.asked.pop(piece, None) is not None:
            self._failed(piece)
        self._lacks(channel, piece)
        self._fill_others(channel)

    def put_back(self, piece: int) -> None:
        """It is not asked of somebody any more who has it."""
        self._failed(piece)

    def lost(self, channel: Channel, code: str | None) -> None:
        """The channel is gone: what was asked of it is asked of others. None: we closed it."""
        if channel not in self.channels:
            return
        self.channels.remove(channel)
        if channel.is_counted:
            self.picker.peer_left(channel.has)
            self._count_one(channel.peer.device)
        for piece in channel.asked:
            self._unheard[piece] = channel.peer.device
            self._failed(piece)
        channel.asked.clear()
        self.choosing.lost(channel)
        self._blocks.lost(channel)
        self._fill_others(channel)
        if code is not None:
            self._host.channel_lost(self, channel.peer.device, code)

    # --- what to ask -----------------------------------------------------------------------------

    def next_sink(self, channel: Channel, now: float) -> PieceSink | None:
        """A piece to ask of this peer now. The caller asks, and enters it in `channel.asked`."""
        if self.is_stopped:
            return None
        if not channel.is_open:
            return self.early_sink(channel)
        choosing = self.choosing
        piece = choosing.late_piece(channel, now)
        if choosing.is_in_order:
            self._blocks.get_first(channel, now)
            piece = choosing.first_piece(channel) if piece is None else piece
        if piece is None and choosing.takes_credit(channel):
            piece = choosing.granted_piece(channel)
            choosing.ask_credit(channel, now)
            if piece is None and choosing.waits_for_grant(channel, now):
                return None
        if piece is None:
            piece = choosing.pick(channel)
        if piece is None and self._blocks.get_for(channel, now):
            piece = choosing.pick(channel)
        if piece is None and not self.picker.wanted and len(self.channels) > 1:
            piece = choosing.last_piece(channel)
        return None if piece is None else self._sink(piece)

    def early_sink(self, _channel: Channel) -> PieceSink | None:
        """Of a peer that has not said yet what it has."""
        return None

    def late(self, channel: Channel, piece: int, now: float) -> None:
        """It was asked for long ago: once that is so for all who were asked, one more may be."""
        if piece not in self.choosing.late and self.choosing.is_late(piece, now):
            self.choosing.late.add(piece)
            self._fill_others(channel)

    def look_after_blocks(self, now: float) -> None:
        """Those that do not come are asked of somebody else."""
        given_up = self._blocks.give_up(now)
        for channel in [channel for channel in self.channels if channel in given_up]:
            self._fill_others(channel)
            channel.peer.fill(channel)

    def look_after_end(self) -> None:
        """What would come last: whoever is idle may bring it sooner, the longer it is waited for."""
        if self.picker.asked and not self.picker.wanted:
            for channel in self.channels:
                if not channel.asked:
                    channel.peer.fill(channel)

    def stop(self) -> None:
        """Nothing is asked any more, and what was asked is not awaited."""
        self.is_stopped = True
        for channel in list(self.channels):
            channel.peer.close(channel)

    def laid_aside(self, kept: PieceSet) -> None:
        """`kept` is on the disk: also what was being checked when it was stopped; who gave it is known."""
        for piece, giver in self._unheard.items():
            if piece in kept:
                self.givers.gave(giver, piece, piece_length(self.size, piece))

    # --- inside ----------------------------------------------------------------------------------

    def _got(self, piece: int, length: int, giver: DeviceId | None = None) -> None:
        if piece in self.picker.had:
            self._host.wasted(length)
            return
        self.picker.verified(piece)
        self._unheard.pop(piece, None)
        if giver:
            self.givers.gave(giver, piece, length)
        self.choosing.late.discard(piece)
        self._blocks.got(piece)
        losers = [channel for channel in self.channels if piece in channel.asked]
        for channel in losers:
            channel.peer.cancel(channel, piece)
        self._host.got(self, piece, length)
        if self.picker.is_complete:
            self._host.fetched(self)
        for channel in losers:
            channel.peer.fill(channel)

    def _failed(self, piece: int) -> None:
        self.picker.failed(piece)
        if piece not in self.picker.asked:
            self.choosing.late.discard(piece)

    def _lacks(self, channel: Channel, piece: int) -> None:
        if channel.has.discard(piece) and channel.is_counted:
            self.picker.peer_lacks(piece)

    def _count_one(self, device: DeviceId) -> None:
        """Of the channels at this device, unless one is counted already."""
        open_ones = [one for one in self.channels if one.peer.device == device and one.is_open]
        if open_ones and not any(one.is_counted for one in open_ones):
            open_ones[0].is_counted = True
            self.picker.peer_has(open_ones[0].has)

    def _fill_others(self, channel: Channel) -> None:
        """What one peer does not bring, those that are idle may."""
        for other in list(self.channels):
            if other.peer is not channel.peer:
                other.peer.fill(other)

    def _sink(self, piece: int) -> PieceSink:
        return PieceSink(self.part, piece, piece_length(self.size, piece), self._blocks.hash_of(piece))


def bytes_of(had: PieceSet, size: int) -> int:
    last = pieces_in(size) - 1
    short = PIECE_BYTES - piece_length(size, last) if last >= 0 and last in had else 0
    return len(had) * PIECE_BYTES - short
