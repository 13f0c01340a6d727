"""Where the bytes of a piece go to and come from: what the loop hands to the threads that move them."""

from typing import NamedTuple

from desktop.engine.files.open_file import OpenFile
from desktop.engine.files.part_file import PartFile
from shared.manifest import PieceHash


class PieceSink(NamedTuple):
    """A piece that was asked for. It is written only when both its hashes match."""

    part: PartFile
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


class PieceSource(NamedTuple):
    """A piece to send. `with fd_of as fd` raises DiskError where the file is not the one any more."""

    fd_of: OpenFile
    offset: int
    length: int
