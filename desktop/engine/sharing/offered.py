"""What of the shares is offered to peers, and which of their files are left open between two reads."""

from collections import OrderedDict
from collections.abc import Callable, Sequence
from functools import partial
from pathlib import Path

from desktop.engine.files.open_file import OpenFile
from desktop.engine.files.source_file import open_source, stamp_of
from desktop.engine.library import Library, ShareRecord
from desktop.engine.offers import Offer
from shared.errors import BadPath, DiskError, NotFound
from shared.facts.ids import EntryId, GroupId
from shared.limits import OFFERS_KNOWN_MAX, OPEN_SOURCES_MAX, OPENED_BLOCK0_PIECES_MAX, PIECE_BYTES
from shared.manifest import pieces_in


class Offered:
    """Whole files only (uploads.Offers)."""

    def __init__(self, library: Library) -> None:
        self.on_doubt: Callable[[GroupId, EntryId], None] = lambda _gid, _eid: None
        """Something is wrong with the file of a share."""
        self._library = library
        self._offers: OrderedDict[tuple[GroupId, EntryId], Offer] = OrderedDict()
        self._open: dict[OpenFile, None] = {}
        """Sources that are left open between two reads, the one used last at the end."""

    def offer(self, gid: GroupId, eid: EntryId) -> Offer | None:
        if (gid, eid) not in self._offers:
            self.foresee(gid, [eid])
        if offer := self._offers.get((gid, eid)):
            self._offers.move_to_end((gid, eid))
            if offer.size > PIECE_BYTES:  # a single piece is read once, and not soon again
                self._leave_open(offer.file)
        return offer

    def foresee(self, gid: GroupId, eids: Sequence[EntryId]) -> None:
        """They will be asked for in a moment: what is known of them is read in one go, in 1 ms for 256."""
        unknown = [eid for eid in eids if (gid, eid) not in self._offers]
        records = [one for one in self._library.shares_of(gid, unknown) if not one.stopped]
        manifests = self._library.manifests([one.root for one in records])
        small = [one.root for one in records if pieces_in(one.stamp.size) <= OPENED_BLOCK0_PIECES_MAX]
        first_blocks = self._library.first_blocks(small)
        for one in records:
            if manifest := manifests.get(one.root):
                source = self.source_of(one)
                source.rest()
                self._offers[gid, one.eid] = Offer(
                    one.stamp.size, manifest, source,
                    partial(self._block, one.root, first_blocks.get(one.root)),
                    None, partial(self.on_doubt, gid, one.eid),
                )  # fmt: skip
        while len(self._offers) > OFFERS_KNOWN_MAX:
            self._offers.popitem(last=False)[1].file.rest()

    def _leave_open(self, source: OpenFile) -> None:
        """Those of larger files that were asked for last."""
        source.stay()
        self._open.pop(source, None)
        self._open[source] = None
        if len(self._open) > OPEN_SOURCES_MAX:
            unused = next(iter(self._open))
            del self._open[unused]
            unused.rest()

    def source_of(self, record: ShareRecord) -> OpenFile:
        """To read a file of this computer; raises DiskError at use if it is not what it was."""
        return OpenFile(partial(_open, record.path), partial(_check, record))

    def forget(self, gid: GroupId, eid: EntryId, now: ShareRecord | None = None) -> None:
        """`now`: where it lies, if it is shared on: what others have asked for is read there."""
        if offer := self._offers.pop((gid, eid), None):
            self._open.pop(offer.file, None)
            if now is None:
                offer.file.close()
            else:
                source = self.source_of(now)
                source.rest()
                offer.file.hand_over(source)

    def close(self) -> None:
        """Nothing is offered any more."""
        while self._offers:
            self._offers.popitem()[1].file.close()
        self._open.clear()

    def _block(self, root: bytes, first: bytes | None, number: int) -> bytes:
        block = first if first and number == 0 else self._library.block(root, number)
        if block is None:
            raise NotFound("that block is not here")
        return block


def _open(path: Path) -> int:
    try:
        return open_source(path)
    except BadPath as error:
        raise DiskError(str(error)) from error


def _check(record: ShareRecord, fd: int) -> None:
    """Raises DiskError if somebody wrote to the file, or put another in its place before it was opened."""
    try:
        stamp = stamp_of(fd)
    except OSError as error:
        raise DiskError(str(error)) from error
    if stamp != record.stamp:
        raise DiskError(f"{record.path}: it is not what it was")
