"""Which piece of one file to ask of a peer next: by rarity, by what a seeder would rather give, from first to
last; what does not come in time, or would come last, once more of another."""

import math
from collections.abc import Collection, Iterator, Sequence
from typing import Protocol

from desktop.engine.downloads.grants import Asked, Grants
from desktop.engine.downloads.piece_picker import AHEAD_PIECES, FIRST_PIECES, PiecePicker
from desktop.engine.files import bitfield
from desktop.engine.files.piece_set import PieceSet, by_block
from shared.facts.ids import DeviceId
from shared.limits import (
    BLOCK_PIECES,
    CREDIT_PIECES_MIN,
    DUPLICATES_MIN,
    DUPLICATES_ONE_IN,
    ENDGAME_GAIN_S,
    PIECE_BYTES,
)
from shared.manifest import piece_length, pieces_of_block
from shared.wire import peer_messages as m


class Giver(Protocol):
    """A peer, as far as that is asked."""

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
    def is_overdue(self, asked_at: float, now: float) -> bool: ...
    def is_late(self, asked_at: float, now: float) -> bool: ...

    @property
    def quiet_s(self) -> float:
        """How much longer than a round trip nothing has come from it, while something is in flight."""

    def seconds_to(self, length: int) -> float | None:
        """Until what is in flight and `length` bytes more would be here; None while its rate is not known."""


class Source(Protocol):
    """The file at one peer (fetch.Channel)."""

    ch: int
    has: PieceSet
    is_open: bool
    asked: dict[int, float]
    grants: Grants

    @property
    def peer(self) -> Giver: ...
    def due_s(self) -> Iterator[tuple[int, float | None]]:
        """In how many seconds it is too late to call off each piece that is in flight, a round trip before it
        is here: inf if none comes, None if the rate is not known."""


class Choosing:
    """Pure. What it returns is asked from now on, in the picker."""

    def __init__(
        self, size: int, picker: PiecePicker, sources: Sequence[Source], blocks: Collection[int]
    ) -> None:
        """`blocks` are those whose hashes are here, of which alone pieces may be asked for."""
        self.is_in_order = False
        """From the first piece to the last, for a preview."""
        self.late: set[int] = set()
        """Pieces that those who were asked for them do not bring."""
        self.granted = PieceSet(picker.piece_count)
        """Pieces that peers would give, and were not asked for yet."""
        self._size, self._picker, self._sources, self._blocks = size, picker, sources, blocks
        self._duplicates_left = max(DUPLICATES_MIN, picker.piece_count // DUPLICATES_ONE_IN)

    def pick(self, source: Source) -> int | None:
        """One that nobody was asked for."""
        if not self.is_in_order:
            return self._picker.pick(source.has, self._blocks)
        return self._picker.pick_ahead(source.has, self._blocks, self._behind(source))

    # --- what others were asked for --------------------------------------------------------------

    def is_late(self, piece: int, now: float) -> bool:
        """At all who were asked for it."""
        asked = [(source.peer, source.asked[piece]) for source in self._sources if piece in source.asked]
        return all(peer.is_late(at, now) for peer, at in asked)

    def late_piece(self, source: Source, now: float) -> int | None:
        for piece in list(self.late):
            if piece in source.has and piece not in source.asked:
                self.late.discard(piece)
                if self.is_late(piece, now):  # still
                    self._picker.ask_again(piece)
                    return piece
        return None

    def first_piece(self, source: Source) -> int | None:
        """For a preview: the one that is waited for, if this peer would bring it noticeably sooner."""
        first = self._picker.first_missing
        return self.last_piece(source, first) if first in self._picker.asked else None

    def last_piece(self, source: Source, only: int | None = None) -> int | None:
        """In the endgame the one that will come last (or this), on the same condition."""
        if self._duplicates_left == 0 or (
            only is not None and (only in source.asked or only not in source.has)
        ):
            return None
        due: dict[int, list[float]] = {}
        for other in self._sources:
            if only is None or only in other.asked:
                for piece, seconds in other.due_s():
                    due.setdefault(piece, []).append(self._worth_s(source, other, piece, seconds))
        theirs, piece = max(
            (
                (min(each), piece)
                for piece, each in due.items()
                if only in (None, piece) and piece in source.has and piece not in source.asked
                and sum(seconds < math.inf for seconds in each) < 2
            ),
            default=(0.0, 0),
        )  # fmt: skip
        ours = source.peer.seconds_to(piece_length(self._size, piece))
        if ours is None or ours + ENDGAME_GAIN_S >= theirs:
            return None
        self._duplicates_left -= 1
        self._picker.ask_again(piece)
        return piece

    def _worth_s(self, source: Source, other: Source, piece: int, seconds: float | None) -> float:
        """What is due from another connection to the same device, comes no sooner over this one; but one that
        is quiet repeats what was lost, and may be so for twice as long again, as TCP waits. That is looked at
        for a second asking alone: where all are quiet, the line here may be, and more would bring nothing."""
        if seconds is None or seconds == math.inf:
            return seconds or 0.0
        by_rate = 0.0 if other.peer.device == source.peer.device else seconds
        return max(by_rate, 2 * other.peer.quiet_s) if self._picker.asked[piece] == 1 else by_rate

    # --- what a seeder would rather give ---------------------------------------------------------

    def takes_credit(self, source: Source) -> bool:
        """Seeders are asked: what others have, they have of each other."""
        return (
            self._picker.piece_count >= CREDIT_PIECES_MIN
            and source.peer.gives_credit
            and source.has.is_whole
        )  # fmt: skip

    def ask_credit(self, source: Source, now: float) -> None:
        """Ahead of need, if it is time. Looked at for each piece, and mostly it is not."""
        window_pieces = source.peer.window_pieces
        if source.grants.are_enough(window_pieces):
            return
        is_begun = len(self._picker.had) >= FIRST_PIECES  # before, others may not be seen yet
        is_alone = is_begun and self._is_alone and not self.is_in_order
        count = source.grants.lacking(window_pieces, is_alone=is_alone)
        wanted_of, granted_of = self._picker.wanted.blocks, self.granted.blocks
        free = {block: some for block in self._blocks if (some := wanted_of[block] & ~granted_of[block])}
        if self.is_in_order and free:
            free = by_block(self._picker.soon(free, self._behind(source))) or free
        if free:
            # Of a seeder that others give beside: what these gave, it does not know, but their Haves tell.
            block, wanted = self._picker.rarest_of(free)
            if self.is_in_order:
                block = min(free)
                wanted = free[block]
            source.grants.asked = Asked(block, wanted, count, now)
            raw = bitfield.to_wire(wanted, pieces_of_block(self._size, block))
            source.peer.send(m.Credit(source.ch, block, raw, count, self.is_in_order))

    def waits_for_grant(self, source: Source, now: float) -> bool:
        """In a moment it says which, or it has something to do meanwhile. With nobody to share with, no
        choice is worth waiting for; but who that is, is not known at first, and two who begin with the same
        piece cost a whole one at the end."""
        asked = source.grants.asked
        return (
            asked is not None and not source.peer.is_overdue(asked.at, now)
            and (bool(source.asked) or source.peer.is_near)
            and (len(self._picker.had) < FIRST_PIECES or not self._is_alone)
        )  # fmt: skip

    def came(self, source: Source, pieces: list[int]) -> None:
        """It would rather give these. Raises Violation."""
        source.grants.came(pieces)
        for piece in pieces:
            if piece not in self.granted and piece in self._picker.wanted:
                self.granted.add(piece)
                source.grants.pieces.append(piece)

    def granted_piece(self, source: Source) -> int | None:
        stock = source.grants.pieces
        while stock and not self._is_of_use(stock[0]):
            self.granted.discard(stock.popleft())
        if self.is_in_order and self._behind(source) == 0:
            piece = self._first_granted()
        else:
            piece = stock.popleft() if stock else None
        if piece is not None:
            self.granted.discard(piece)
            self._picker.take(piece)
        return piece

    def lost(self, source: Source) -> None:
        """It gives nothing any more."""
        for piece in source.grants.pieces:
            self.granted.discard(piece)

    # --- inside ----------------------------------------------------------------------------------

    @property
    def _is_alone(self) -> bool:
        """With those who have all of it."""
        return all(source.has.is_whole for source in self._sources if source.is_open)

    def _is_of_use(self, piece: int) -> bool:
        """Nobody was asked for it meanwhile, and the order is the same."""
        return piece in self._picker.wanted and (not self.is_in_order or self._picker.is_soon(piece))

    def _first_granted(self) -> int | None:
        """Whoever granted it: what a slow one would give next is not waited for."""
        granted, wanted = self.granted.blocks, self._picker.wanted.blocks
        for block in sorted(self._blocks):
            if some := granted[block] & wanted[block]:
                return block * BLOCK_PIECES + bitfield.lowest(some)
        return None

    def _behind(self, source: Source) -> int:
        """How many pieces others will have brought before this peer brings one: then it is not waited for."""
        ours = source.peer.seconds_to(PIECE_BYTES)
        if ours is None:
            return 0
        count, first = 0, self._picker.first_missing
        for other in self._sources:
            busy = other.peer.seconds_to(0)
            if other is not source and busy is not None and busy < ours and first in other.has:
                theirs = other.peer.seconds_to(PIECE_BYTES) or busy
                count += int((ours - busy) / max(theirs - busy, 1e-6))
        return min(count, AHEAD_PIECES)
