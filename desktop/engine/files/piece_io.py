"""Where the bytes of a piece go to and come from: what the loop hands to the threads that move them."""

from typing import NamedTuple, Protocol

from shared.manifest import Buffer, PieceHash


class Part(Protocol):
    """What pieces are written to. Used by threads."""

    size: int

    def keep(self, piece: int, data: Buffer, expected: PieceHash) -> str | None:
        """Writes it if both its hashes match; if not, which does not. Raises DiskFull, DiskError."""


class PieceSink(NamedTuple):
    """A piece that was asked for."""

    part: Part
    piece: int
    length: int
    expected: PieceHash


class PieceOutcome(NamedTuple):
    """What became of a piece that was asked for."""

    ch: int
    piece: int
    length: int
    reason: str | None
    """None: verified and written. Else sha1, strong, disk_full or disk_error."""


class Readable(Protocol):
    """An open file, or what is read like one. Used by threads."""

    def read(self, at: int, view: memoryview) -> bool:
        """Whether all of `view` could be read: it is still what it was."""


class PieceSource(NamedTuple):
    """A piece to send."""

    file: Readable
    offset: int
    length: int
