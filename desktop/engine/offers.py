"""What this device offers to a group: a whole file of the user's, one still fetched, or many small ones."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass

from desktop.engine.files import bitfield
from desktop.engine.files.bitfield import Bits
from desktop.engine.files.bundled import Bundled
from desktop.engine.files.open_file import OpenFile
from desktop.engine.files.piece_io import PieceSource
from desktop.engine.files.piece_set import PieceSet
from desktop.engine.library import StoredManifest
from shared.limits import BUNDLED_FILE_BYTES_MAX, PIECE_BYTES
from shared.manifest import piece_length, pieces_in, pieces_of_block


@dataclass(frozen=True)
class Offer:
    size: int
    manifest: StoredManifest
    file: OpenFile
    block: Callable[[int], bytes]
    """The hashes of so many a block; 100 us where they are read from the library."""
    had: PieceSet | None
    """The pieces that are here and verified, as they come; None: all."""
    read_failed: Callable[[], None]
    """To be called on the loop when a piece could not be read: the file is not what it was."""

    @property
    def header(self) -> bytes:
        return self.manifest.header

    @property
    def index(self) -> bytes:
        return self.manifest.index

    def bitfield(self) -> bytes | None:
        """None: all of it."""
        return None if self.had is None else self.had.to_wire()

    def has(self, piece: int) -> bool:
        return piece < pieces_in(self.size) and (self.had is None or piece in self.had)

    def had_of(self, block: int) -> Bits:
        """What is here of the pieces of one block; bit 0 is its first."""
        if self.had is None:
            return bitfield.full(pieces_of_block(self.size, block))
        return self.had.blocks[block]

    def source(self, piece: int) -> PieceSource:
        return PieceSource(self.file, piece * PIECE_BYTES, piece_length(self.size, piece))


@dataclass(frozen=True)
class BundleOffer:
    """Small files as one piece."""

    size: int
    files: Bundled

    def has(self, piece: int) -> bool:
        return piece == 0

    def source(self, _piece: int) -> PieceSource:
        return PieceSource(self.files, 0, self.size)


def bundle_of(offers: Iterable[Offer | None]) -> BundleOffer | None:
    """None where one of them is not here, not whole or not small, or they are too many."""
    files = []
    for offer in offers:
        if offer is None or offer.had is not None or not 0 < offer.size <= BUNDLED_FILE_BYTES_MAX:
            return None
        files.append((offer.file, offer.size))
    bundled = Bundled(files)
    return BundleOffer(bundled.size, bundled) if bundled.size <= PIECE_BYTES else None
