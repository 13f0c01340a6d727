"""One file on its way here: its manifest and the hashes of its pieces, and that its root proves them."""

import hashlib
import random
from sqlite3 import Connection

from desktop.engine import library_changes as lib
from desktop.engine.downloads.early_part import NO_HASH, EarlyPart
from desktop.engine.downloads.fetch import Channel, Fetch, Host
from desktop.engine.files.part_file import PartFile
from desktop.engine.files.piece_io import PieceSink
from desktop.engine.files.piece_set import PieceSet
from desktop.engine.library import FileRecord, Library, StoredManifest
from desktop.engine.offers import Offer
from shared.errors import Damaged, DiskError, NotFound, Violation
from shared.facts.ids import GroupId
from shared.manifest import check_block, check_index, decode_header, encode_header, piece_length, root_of
from shared.wire import peer_messages as m

MANIFEST_OF_NOTHING = StoredManifest(encode_header(0, hashlib.sha1(usedforsecurity=False).digest()), b"")
"""Of a file of 0 bytes: nobody has to tell it."""


class FileFetch(Fetch):
    """A piece is asked for only once its hashes are proven to be those of the root; the first one of a far
    peer is asked for before, and kept only then.
    """

    def __init__(
        self, gid: GroupId, file: FileRecord, part: PartFile, had: PieceSet, host: Host,
        library: Library, lot: random.Random,
    ) -> None:  # fmt: skip
        super().__init__(gid, file, part, had, host, lambda number: library.block(file.root, number), lot)
        self.root = file.root
        self.manifest: StoredManifest | None = None
        """To be set at once by who has it."""
        self._library = library

    @property
    def is_possible(self) -> bool:
        """Whether size and root can be of one file, as far as is known; if not, peers would be blamed."""
        if self.size == 0:
            return self.root == root_of(MANIFEST_OF_NOTHING.header, MANIFEST_OF_NOTHING.index)
        return self.manifest is None or decode_header(self.manifest.header).size == self.size

    @property
    def is_giving(self) -> bool:
        """Whether others may look for pieces of it here: it has some, or somebody who gives it some.

        A file of one piece is shared whole in a moment.
        """
        has_source = bool(self.picker.had) or any(channel.is_open for channel in self.channels)
        return has_source and self.picker.piece_count > 1 and not self.is_stopped

    def offer(self) -> Offer | None:
        """What others may have of it already, or soon."""
        if self.manifest is None:
            return None
        return Offer(self.size, self.manifest, self.part.file, self._block, self.picker.had, self._unreadable)

    def keep_hashes(self, db: Connection) -> None:
        """Of a complete file of at most one piece, in the transaction that says it is complete: before, they
        would cost one of their own, and nobody miss them."""
        if self.picker.piece_count <= 1:
            lib.keep_manifest(db, self.root, self.manifest or MANIFEST_OF_NOTHING, self._blocks.here.items())

    # --- what its channels report ----------------------------------------------------------------

    def asked_of(self, channel: Channel) -> None:
        """The peer is to say what it has."""

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
        if message.block0 and 0 not in self._blocks.here and not self.picker.is_complete:
            self._take_block(0, message.block0)
        elif is_new:
            self._write_down([])
        channel.is_open = True
        channel.has = has
        self._count_one(channel.peer.device)

    def block(self, channel: Channel, number: int, hashes: bytes) -> None:
        if self._blocks.awaits(channel, number):
            assert self.manifest
            check_block(self.manifest.index, number, self.size, hashes)
            self._take_block(number, hashes)
            channel.peer.fill(channel)  # first who brought it
            self._fill_others(channel)

    # --- what to ask -----------------------------------------------------------------------------

    def early_sink(self, channel: Channel) -> PieceSink | None:
        """At the start, as to hear what a far peer has takes a round trip. Of the first block, as its hashes
        come first; not of a small file, which is here as soon as they are."""
        is_start = not channel.is_asked_early and not any(one.is_open for one in self.channels)
        if not is_start or channel.peer.is_near or self.picker.piece_count == 1:
            return None
        channel.is_asked_early = True
        pick = self.picker.pick_ahead if self.choosing.is_in_order else self.picker.pick
        piece = pick(self.picker.whole, [0])
        if piece is None:
            return None
        part = EarlyPart(self.part, self._blocks.proven)
        return PieceSink(part, piece, piece_length(self.size, piece), NO_HASH)

    def take_own(self, count: int) -> list[PieceSink]:
        """Up to `count` pieces that a file of this computer will bring. All blocks must be in the library."""
        sinks: list[PieceSink] = []
        while len(sinks) < count:
            piece = self.picker.pick(self.picker.whole, self._blocks.here)
            if piece is not None:
                sinks.append(self._sink(piece))
            elif not self._blocks.get_any():
                break
        return sinks

    def own_came(self, sink: PieceSink, *, is_good: bool) -> None:
        if is_good:
            self._got(sink.piece, sink.length)
        else:
            self._failed(sink.piece)

    # --- inside ----------------------------------------------------------------------------------

    def _take_block(self, number: int, hashes: bytes) -> None:
        """From a peer."""
        self._blocks.take(number, hashes)
        self._write_down([(number, hashes)])

    def _write_down(self, blocks: list[tuple[int, bytes]]) -> None:
        """For the next start. Those of a single piece wait until that is complete: keep_hashes()."""
        manifest = self.manifest
        assert manifest
        if self.picker.piece_count > 1:
            self._library.submit(lambda db: lib.keep_manifest(db, self.root, manifest, blocks))

    def _block(self, number: int) -> bytes:
        block = self._blocks.here.get(number) or self._blocks.stored(number)
        if block is None:
            raise NotFound("that block is not here")
        return block

    def _unreadable(self) -> None:
        self._host.failed(self, DiskError("the part file cannot be read"))
