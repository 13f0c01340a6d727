"""What a piece is written to that was asked for before its hashes were here."""

from collections.abc import Callable

from desktop.engine.files.piece_io import Part
from shared.manifest import Buffer, PieceHash

UNPROVEN = "unproven"
"""It came before them, and was dropped: nobody is to blame."""
NO_HASH = PieceHash(b"", b"")


class EarlyPart:
    """The peer says first what the hashes are, but it is the loop that proves them, while the piece comes."""

    def __init__(self, part: Part, hash_of: Callable[[int], PieceHash | None]) -> None:
        """`hash_of` is asked in the threads, once a piece is whole."""
        self.size = part.size
        self._part, self._hash_of = part, hash_of

    def keep(self, piece: int, data: Buffer, _expected: PieceHash) -> str | None:
        """As piece_io.Part."""
        proven = self._hash_of(piece)
        return self._part.keep(piece, data, proven) if proven else UNPROVEN
