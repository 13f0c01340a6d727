"""One file on its way here from many peers: which of its pieces to ask of whom, and what came of it.

Holds no socket, disk or clock: channels send, threads write to the part file, its host is told.
"""

import hashlib
import random
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from sqlite3 import Connection
from typing import Protocol

from desktop.engine import library as lib
from desktop.engine.downloads.givers import Givers
from desktop.engine.downloads.grants import Asked, Grants
from desktop.engine.downloads.piece_picker import AHEAD_PIECES, FIRST_PIECES, PiecePicker
from desktop.engine.files import bitfield
from desktop.engine.files.part_file import PartFile
from desktop.engine.files.piece_io import PieceOutcome, PieceSink
from desktop.engine.files.piece_set import PieceSet, by_block
from desktop.engine.library import FileRecord, Library, StoredManifest
from desktop.engine.offers import Offer
from shared.errors import Coded, Damaged, DiskError, NotFound, Violation, from_code
from shared.facts.ids import DeviceId, GroupId
from shared.limits import (
    BLOCK_ASKED_S,
    BLOCK_PIECES,
    BLOCKS_IN_WORK_MAX,
    CREDIT_PIECES_MIN,
    DUPLICATES_MIN,
    DUPLICATES_ONE_IN,
    ENDGAME_GAIN_S,
    PIECE_BYTES,
)
from shared.manifest import (
    PIECE_HASH_BYTES,
    check_block,
    check_index,
    decode_header,
    encode_header,
    piece_hash,
    piece_length,
    pieces_in,
    pieces_of_block,
    root_of,
)
from shared.wire import peer_messages as m

MANIFEST_OF_NOTHING = StoredManifest(encode_header(0, hashlib.sha1(usedforsecurity=False).digest()), b"")
"""Of a file of 0 bytes: nobody has to tell it."""


class Peer(Protocol):
    """Who is asked, as one file sees it."""

    @property
    def device(self) -> DeviceId: ...
    @property
    def gives_credit(self) -> bool:
        """Whether it may be asked which pieces it would rather give."""

    @property
    def window_pieces(self) -> int:
        """How many may be in flight from it now."""

    @property
    def is_near(self) -> bool:
        """Whether its answers come in a moment."""

    def send(self, message: m.Message) -> None: ...
    def fill(self, *channels: "Channel") -> None:
        """There may be more to ask on these channels of it now."""

    def cancel(self, channel: "Channel", piece: int) -> None:
        """A piece is not awaited from it any more."""

    def close(self, channel: "Channel") -> None: ...
    def is_overdue(self, asked_at: float, now: float) -> bool: ...
    def is_late(self, asked_at: float, now: float) -> bool: ...

    def seconds_to(self, length: int) -> float | None:
        """Until what is in flight and `length` bytes more would be here; None while its rate is not known."""

    def due_s(self, channel: "Channel") -> Iterator[tuple[int, float | None]]:
        """Seconds until each piece in flight on this channel is here: inf if none comes, None while its rate
        is not known."""


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
    is_counted: bool = False
    """What it has counts for how rare a piece is: of several channels at one device one does."""
    asked: dict[int, float] = field(default_factory=dict)
    """Piece to when it was asked for, oldest first."""
    grants: Grants = field(default_factory=Grants)

    def __post_init__(self) -> None:
        self.has = PieceSet(self.fetch.picker.piece_count)


class Fetch:
    """A piece is asked for only once its hashes are proven to be those of the root.

    What channels report may raise Violation: then that peer broke the protocol, and nothing has changed.
    """

    def __init__(
        self, gid: GroupId, file: FileRecord, part: PartFile, had: PieceSet, host: Host,
        library: Library, lot: random.Random,
    ) -> None:  # fmt: skip
        self.gid = gid
        self.file = file
        self.eid, self.root, self.size = file.eid, file.root, file.size
        self.part = part
        self.channels: list[Channel] = []
        self.picker = PiecePicker(pieces_in(self.size), lot, had)
        self.givers = Givers(self.picker.piece_count)
        self.is_stopped = False
        self.is_in_order = False
        """From the first piece to the last, for a preview."""
        self.manifest: StoredManifest | None = None
        """To be set at once by who has it."""
        self._host = host
        self._library = library
        self._blocks: dict[int, bytes] = {}
        """Those with pieces that are still to come."""
        self._missing_of: dict[int, int] = {}
        """Of each of them, how many."""
        self._asked_blocks: dict[int, tuple[Channel, float]] = {}
        self._granted = PieceSet(self.picker.piece_count)
        """Pieces that peers would give, and were not asked for yet."""
        self._late: set[int] = set()
        """Pieces that those who were asked for them do not bring."""
        self._duplicates_left = max(DUPLICATES_MIN, self.picker.piece_count // DUPLICATES_ONE_IN)

    @property
    def done_bytes(self) -> int:
        return bytes_of(self.picker.had, self.size)

    @property
    def is_giving(self) -> bool:
        """Whether others may look for pieces of it here: it has some, or somebody who gives it some.

        A file of one piece is shared whole in a moment.
        """
        has_source = bool(self.picker.had) or any(channel.is_open for channel in self.channels)
        return has_source and self.picker.piece_count > 1 and not self.is_stopped

    @property
    def late_count(self) -> int:
        """Pieces that more peers are wanted for."""
        return len(self._late)

    @property
    def is_possible(self) -> bool:
        """Whether size and root can be of one file, as far as is known; if not, peers would be blamed."""
        if self.size == 0:
            return self.root == root_of(MANIFEST_OF_NOTHING.header, MANIFEST_OF_NOTHING.index)
        return self.manifest is None or decode_header(self.manifest.header).size == self.size

    def hopeful_count(self, now: float) -> int:
        """Channels that may still bring something; who has nothing of it, or does not answer, will not."""
        return sum(
            channel.has.exceeds(self.picker.had) if channel.is_open
            else not channel.peer.is_overdue(channel.began_at, now)
            for channel in self.channels
        )  # fmt: skip

    def offer(self) -> Offer | None:
        """What others may have of it already, or soon."""
        if self.manifest is None:
            return None
        return Offer(self.size, self.manifest, self.part.file, self._block, self.picker.had, self._unreadable)

    # --- what its channels report ----------------------------------------------------------------

    def opened(self, channel: Channel, message: m.Opened) -> None:
        if channel.is_open:
            raise Violation("a channel opened twice")
        manifest = StoredManifest(message.header, message.index)
        if self.manifest is None:
            if check_index(self.root, message.header, message.index).size != self.size:
                self._host.failed(self, Damaged("it was shared with a size that is not its own"))
                return
        elif manifest != self.manifest:
            raise Violation("another manifest than the one of this root")
        count = self.picker.piece_count
        has = (
            PieceSet.whole(count) if message.bitfield is None else PieceSet.from_wire(message.bitfield, count)
        )
        if message.block0 is not None and count:
            check_block(message.index, 0, self.size, message.block0)
        is_new = self.manifest is None
        self.manifest = manifest
        if message.block0 and 0 not in self._blocks and not self.picker.is_complete:
            self._take_block(0, message.block0, is_new=True)
        elif is_new:
            self._write_down([])
        channel.is_open = True
        channel.has = has
        self._count_one(channel.peer.device)

    def block(self, channel: Channel, number: int, hashes: bytes) -> None:
        asked = self._asked_blocks.get(number)
        if asked and asked[0] is channel:
            assert self.manifest
            check_block(self.manifest.index, number, self.size, hashes)
            del self._asked_blocks[number]
            self._take_block(number, hashes, is_new=True)
            channel.peer.fill(channel)  # first who brought it
            self._fill_others(channel)

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
        channel.grants.came(pieces)
        for piece in pieces:
            if piece not in self._granted and piece in self.picker.wanted:
                self._granted.add(piece)
                channel.grants.pieces.append(piece)

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
        if outcome.reason in ("sha1", "strong"):
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
            self._failed(piece)
        channel.asked.clear()
        for piece in channel.grants.pieces:
            self._granted.discard(piece)
        self._asked_blocks = {n: asked for n, asked in self._asked_blocks.items() if asked[0] is not channel}
        self._fill_others(channel)
        if code is not None:
            self._host.channel_lost(self, channel.peer.device, code)

    # --- what to ask -----------------------------------------------------------------------------

    def next_sink(self, channel: Channel, now: float) -> PieceSink | None:
        """A piece to ask of this peer now. The caller asks, and enters it in `channel.asked`."""
        if self.is_stopped or not channel.is_open:
            return None
        piece = self._late_piece(channel, now)
        if self.is_in_order:
            self._get_first_block(channel, now)
            if piece is None and self.picker.first_missing in self.picker.asked:
                piece = self._endgame_piece(channel, self.picker.first_missing)
        if piece is None and self._takes_credit(channel):
            piece = self._granted_piece(channel)
            self._ask_credit(channel, now)
            if piece is None and self._waits_for_grant(channel, now):
                return None
        if piece is None:
            piece = self._pick(channel)
        if piece is None and self._has_block_for(channel, now):
            piece = self._pick(channel)
        if piece is None and not self.picker.wanted and len(self.channels) > 1:
            piece = self._endgame_piece(channel)
        return None if piece is None else self._sink(piece)

    def late(self, channel: Channel, piece: int, now: float) -> None:
        """It was asked for long ago: once that is so for all who were asked, one more may be."""
        if piece not in self._late and self._is_late(piece, now):
            self._late.add(piece)
            self._fill_others(channel)

    def look_after_blocks(self, now: float) -> None:
        """Those that do not come are asked of somebody else."""
        for number, (channel, asked_at) in list(self._asked_blocks.items()):
            if now - asked_at > BLOCK_ASKED_S:
                del self._asked_blocks[number]
                self._fill_others(channel)
                channel.peer.fill(channel)

    def take_own(self, count: int) -> list[PieceSink]:
        """Up to `count` pieces that a file of this computer will bring. All blocks must be in the library."""
        sinks: list[PieceSink] = []
        everything = PieceSet.whole(self.picker.piece_count)
        while len(sinks) < count:
            piece = self.picker.pick(everything, self._blocks)
            if piece is not None:
                sinks.append(self._sink(piece))
                continue
            number = self.picker.next_block(everything, self._blocks)
            stored = None if number is None else self._library.block(self.root, number)
            if number is None or stored is None:
                break
            self._take_block(number, stored)
        return sinks

    def own_came(self, sink: PieceSink, *, is_good: bool) -> None:
        if is_good:
            self._got(sink.piece, sink.length)
        else:
            self._failed(sink.piece)

    def stop(self) -> None:
        """Nothing is asked any more, and what was asked is not awaited."""
        self.is_stopped = True
        for channel in list(self.channels):
            channel.peer.close(channel)

    def keep_hashes(self, db: Connection) -> None:
        """Of a complete file of at most one piece, in the transaction that says it is complete: before, they
        would cost one of their own, and nobody miss them."""
        if self.picker.piece_count <= 1:
            lib.keep_manifest(db, self.root, self.manifest or MANIFEST_OF_NOTHING, self._blocks.items())

    # --- inside ----------------------------------------------------------------------------------

    def _got(self, piece: int, length: int, giver: DeviceId | None = None) -> None:
        if piece in self.picker.had:
            self._host.wasted(length)
            return
        self.picker.verified(piece)
        if giver:
            self.givers.gave(giver, piece, length)
        self._late.discard(piece)
        self._forget_block(piece // BLOCK_PIECES)
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
            self._late.discard(piece)

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

    def _pick(self, channel: Channel) -> int | None:
        if not self.is_in_order:
            return self.picker.pick(channel.has, self._blocks)
        return self.picker.pick_ahead(channel.has, self._blocks, self._behind(channel))

    def _behind(self, channel: Channel) -> int:
        """How many pieces others will have brought before this peer brings one: then it is not waited for."""
        ours = channel.peer.seconds_to(PIECE_BYTES)
        if ours is None:
            return 0
        count = 0
        for other in self.channels:
            busy, theirs = other.peer.seconds_to(0), other.peer.seconds_to(PIECE_BYTES)
            can_bring = other is not channel and self.picker.first_missing in other.has
            if can_bring and busy is not None and theirs is not None:
                count += int(max(0.0, ours - busy) / max(theirs - busy, 1e-6))
        return min(count, AHEAD_PIECES)

    def _takes_credit(self, channel: Channel) -> bool:
        """Seeders are: what others have, they have of each other."""
        return (
            self.picker.piece_count >= CREDIT_PIECES_MIN
            and channel.peer.gives_credit
            and channel.has.is_whole
        )

    def _waits_for_grant(self, channel: Channel, now: float) -> bool:
        """In a moment it says which, or it has something to do meanwhile. With nobody to share with, no
        choice is worth waiting for; but who that is, is not known at first, and two who begin with the same
        piece cost a whole one at the end."""
        asked = channel.grants.asked
        return (
            asked is not None and not channel.peer.is_overdue(asked.at, now)
            and (bool(channel.asked) or channel.peer.is_near)
            and (len(self.picker.had) < FIRST_PIECES or not self._is_alone)
        )  # fmt: skip

    @property
    def _is_alone(self) -> bool:
        """With those who have all of it."""
        return all(other.has.is_whole for other in self.channels if other.is_open)

    def _granted_piece(self, channel: Channel) -> int | None:
        stock = channel.grants.pieces
        while stock and not self._is_of_use(stock[0]):
            self._granted.discard(stock.popleft())
        if self.is_in_order and self._behind(channel) == 0:
            piece = self._first_granted()
        else:
            piece = stock.popleft() if stock else None
        if piece is not None:
            self._granted.discard(piece)
            self.picker.take(piece)
        return piece

    def _is_of_use(self, piece: int) -> bool:
        """Nobody was asked for it meanwhile, and the order is the same."""
        return piece in self.picker.wanted and (not self.is_in_order or self.picker.is_soon(piece))

    def _first_granted(self) -> int | None:
        """Whoever granted it: what a slow one would give next is not waited for."""
        granted, wanted = self._granted.blocks, self.picker.wanted.blocks
        for block in sorted(self._blocks):
            if some := granted[block] & wanted[block]:
                return block * BLOCK_PIECES + bitfield.lowest(some)
        return None

    def _ask_credit(self, channel: Channel, now: float) -> None:
        is_alone = self._is_alone and not self.is_in_order
        count = channel.grants.lacking(channel.peer.window_pieces, is_alone=is_alone)
        if not count:
            return
        wanted_of, granted_of = self.picker.wanted.blocks, self._granted.blocks
        free = {block: some for block in self._blocks if (some := wanted_of[block] & ~granted_of[block])}
        if self.is_in_order and free:
            free = by_block(self.picker.soon(free, self._behind(channel))) or free
        if free:
            block = min(free) if self.is_in_order else self.picker.rarest_of(free)[0]
            wanted = free[block]
            channel.grants.asked = Asked(block, wanted, count, now)
            raw = bitfield.to_wire(wanted, pieces_of_block(self.size, block))
            channel.peer.send(m.Credit(channel.ch, block, raw, count, self.is_in_order))

    def _is_late(self, piece: int, now: float) -> bool:
        return all(
            other.peer.is_late(other.asked[piece], now) for other in self.channels if piece in other.asked
        )

    def _late_piece(self, channel: Channel, now: float) -> int | None:
        for piece in list(self._late):
            if piece in channel.has and piece not in channel.asked:
                self._late.discard(piece)
                if self._is_late(piece, now):  # still
                    self.picker.ask_again(piece)
                    return piece
        return None

    def _endgame_piece(self, channel: Channel, only: int | None = None) -> int | None:
        """The one that will come last (or this), if this peer would bring it noticeably sooner."""
        if self._duplicates_left == 0:
            return None
        due: dict[int, list[float]] = {}
        for other in self.channels:
            for piece, seconds in other.peer.due_s(other):
                due.setdefault(piece, []).append(0.0 if seconds is None else seconds)
        theirs, piece = max(
            (
                (min(each), piece)
                for piece, each in due.items()
                if piece in channel.has and piece not in channel.asked and only in (None, piece)
            ),
            default=(0.0, 0),
        )  # fmt: skip
        ours = channel.peer.seconds_to(piece_length(self.size, piece))
        if ours is None or ours + ENDGAME_GAIN_S >= theirs:
            return None
        self._duplicates_left -= 1
        self.picker.ask_again(piece)
        return piece

    def _sink(self, piece: int) -> PieceSink:
        number, place = divmod(piece, BLOCK_PIECES)
        expected = piece_hash(self._blocks[number], place)
        return PieceSink(self.part, piece, piece_length(self.size, piece), expected)

    def _has_block_for(self, channel: Channel, now: float) -> bool:
        """Whether there is one now with pieces that this peer has; if not, it is asked for one."""
        if len(self._blocks) + len(self._asked_blocks) >= BLOCKS_IN_WORK_MAX:
            return False
        number = self.picker.next_block(channel.has, self._blocks)
        return number is not None and self._get_block(channel, number, now)

    def _get_first_block(self, channel: Channel, now: float) -> None:
        """For a preview: before any others."""
        first = self.picker.first_block(channel.has)
        if first is not None and first not in self._blocks:
            self._get_block(channel, first, now)

    def _get_block(self, channel: Channel, number: int, now: float) -> bool:
        """Whether it is here now; if not, this peer is asked for it."""
        if number in self._asked_blocks:
            return False
        if stored := self._library.block(self.root, number):
            self._take_block(number, stored)
        else:
            self._asked_blocks[number] = (channel, now)
            channel.peer.send(m.GetBlock(channel.ch, number))
        return stored is not None

    def _take_block(self, number: int, hashes: bytes, *, is_new: bool = False) -> None:
        self._blocks[number] = hashes
        had = self.picker.had.blocks[number].bit_count()
        self._missing_of[number] = len(hashes) // PIECE_HASH_BYTES - had
        if is_new:
            self._write_down([(number, hashes)])

    def _write_down(self, blocks: list[tuple[int, bytes]]) -> None:
        """For the next start. Those of a single piece wait until that is complete: keep_hashes()."""
        manifest = self.manifest
        assert manifest
        if self.picker.piece_count > 1:
            self._library.submit(lambda db: lib.keep_manifest(db, self.root, manifest, blocks))

    def _forget_block(self, number: int) -> None:
        """One piece of it came; nobody needs it here after its last, once it is written down."""
        self._missing_of[number] -= 1
        if self._missing_of[number] == 0 and self.picker.piece_count > 1:
            del self._blocks[number], self._missing_of[number]

    def _block(self, number: int) -> bytes:
        block = self._blocks.get(number) or self._library.block(self.root, number)
        if block is None:
            raise NotFound("that block is not here")
        return block

    def _unreadable(self) -> None:
        self._host.failed(self, DiskError("the part file cannot be read"))


def bytes_of(had: PieceSet, size: int) -> int:
    last = pieces_in(size) - 1
    short = PIECE_BYTES - piece_length(size, last) if last >= 0 and last in had else 0
    return len(had) * PIECE_BYTES - short
