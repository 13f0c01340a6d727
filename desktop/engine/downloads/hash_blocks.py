"""The hashes of one file's pieces, while they are needed: block by block, from the library or from peers."""

from collections.abc import Callable
from typing import NamedTuple

from desktop.engine.downloads.choosing import Source
from desktop.engine.downloads.piece_picker import PiecePicker
from shared.limits import BLOCK_ASKED_S, BLOCK_PIECES, BLOCKS_IN_WORK_MAX
from shared.manifest import PIECE_HASH_BYTES, PieceHash, piece_hash
from shared.wire import peer_messages as m


class _Asked(NamedTuple):
    source: Source
    at: float


class HashBlocks:
    def __init__(self, picker: PiecePicker, stored: Callable[[int], bytes | None]) -> None:
        """`stored` reads one from the library."""
        self.here: dict[int, bytes] = {}
        """Those with pieces that are still to come."""
        self.stored = stored
        self._picker = picker
        self._missing_of: dict[int, int] = {}
        """Of each that is here, how many pieces."""
        self._asked: dict[int, _Asked] = {}

    def hash_of(self, piece: int) -> PieceHash:
        number, place = divmod(piece, BLOCK_PIECES)
        return piece_hash(self.here[number], place)

    def proven(self, piece: int) -> PieceHash | None:
        """If its block is here. May be asked by any thread."""
        number, place = divmod(piece, BLOCK_PIECES)
        block = self.here.get(number)
        return None if block is None else piece_hash(block, place)

    def awaits(self, source: Source, number: int) -> bool:
        """Whether this peer was asked for it."""
        asked = self._asked.get(number)
        return asked is not None and asked.source is source

    def take(self, number: int, hashes: bytes) -> None:
        """They were proven."""
        self._asked.pop(number, None)
        self.here[number] = hashes
        had = self._picker.had.blocks[number].bit_count()
        self._missing_of[number] = len(hashes) // PIECE_HASH_BYTES - had

    def got(self, piece: int) -> None:
        """Nobody needs a block here after its last piece, once it is written down: that of a single piece is
        when all is complete."""
        number = piece // BLOCK_PIECES
        self._missing_of[number] -= 1
        if self._missing_of[number] == 0 and self._picker.piece_count > 1:
            del self.here[number], self._missing_of[number]

    def get_for(self, source: Source, now: float) -> bool:
        """Whether there is one now with pieces that this peer has; if not, it is asked for one."""
        if len(self.here) + len(self._asked) >= BLOCKS_IN_WORK_MAX:
            return False
        number = self._picker.next_block(source.has, self.here)
        return number is not None and self._get(source, number, now)

    def get_first(self, source: Source, now: float) -> None:
        """For a preview: before any others."""
        first = self._picker.first_block(source.has)
        if first is not None and first not in self.here:
            self._get(source, first, now)

    def get_any(self) -> bool:
        """One from the library, with pieces that are wanted."""
        number = self._picker.next_block(self._picker.whole, self.here)
        hashes = None if number is None else self.stored(number)
        if number is None or hashes is None:
            return False
        self.take(number, hashes)
        return True

    def lost(self, source: Source) -> None:
        self._asked = {number: asked for number, asked in self._asked.items() if asked.source is not source}

    def give_up(self, now: float) -> list[Source]:
        """Those who were asked long ago; others may be asked instead."""
        overdue = {number: asked for number, asked in self._asked.items() if now - asked.at > BLOCK_ASKED_S}
        for number in overdue:
            del self._asked[number]
        return [asked.source for asked in overdue.values()]

    def _get(self, source: Source, number: int, now: float) -> bool:
        """Whether it is here now; if not, this peer is asked for it."""
        if number in self._asked:
            return False
        if hashes := self.stored(number):
            self.take(number, hashes)
        else:
            self._asked[number] = _Asked(source, now)
            source.peer.send(m.GetBlock(source.ch, number))
        return hashes is not None
