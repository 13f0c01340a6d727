"""Bundles that others have open here: by their channels, and by what is in them. Pure."""

from collections import Counter
from typing import Generic, TypeVar

from desktop.engine.offers import BundleOffer
from desktop.engine.peers.peer_session import Served
from shared.facts.ids import EntryId, GroupId
from shared.limits import BUNDLED_FILES_PER_LINK_MAX

Link = TypeVar("Link")


class OpenBundles(Generic[Link]):
    """From when they are asked for, also while it is not clear yet whether the asker is a member."""

    def __init__(self) -> None:
        self.offers: dict[tuple[Link, int], BundleOffer] = {}
        """Of those that are given."""
        self._files: Counter[Link] = Counter()
        self._with: dict[tuple[GroupId, EntryId], dict[tuple[Link, int], None]] = {}

    def has_room(self, link: Link, count: int) -> bool:
        """For one of so many files."""
        return self._files[link] + count <= BUNDLED_FILES_PER_LINK_MAX

    def begin(self, link: Link, ch: int, served: Served) -> None:
        """30 us for 256 files; its end takes 60."""
        self._files[link] += len(served.eids)
        for eid in served.eids:
            self._with.setdefault((served.gid, eid), {})[link, ch] = None

    def end(self, link: Link, ch: int, served: Served) -> None:
        self.offers.pop((link, ch), None)
        self._files[link] -= len(served.eids)
        if not self._files[link]:
            del self._files[link]
        for eid in served.eids:
            if places := self._with.get((served.gid, eid)):  # a file may be named twice
                places.pop((link, ch), None)
                if not places:
                    del self._with[served.gid, eid]

    def with_file(self, gid: GroupId, eid: EntryId) -> list[tuple[Link, int]]:
        """The channels of those that it is in."""
        return [*self._with.get((gid, eid), ())]
