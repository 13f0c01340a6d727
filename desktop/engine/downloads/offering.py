"""What is on its way here, as others may have it meanwhile: they are told of its pieces, a tracker of it."""

from collections.abc import Callable

from desktop.engine.downloads.fetch import Fetch
from desktop.engine.downloads.file_fetch import FileFetch
from desktop.engine.surroundings import Surroundings
from shared.facts.ids import EntryId, GroupId
from shared.wire import tracker_messages as t


class Offering:
    def __init__(self, around: Surroundings) -> None:
        self.on_have: Callable[[GroupId, EntryId, list[int]], None] = lambda _gid, _eid, _pieces: None
        """These pieces can be had here from now on."""
        self.fetches: dict[tuple[GroupId, EntryId], FileFetch] = {}
        self._tracker = around.tracker
        self._haves: dict[tuple[GroupId, EntryId], list[int]] = {}
        self._announced: set[t.EntryRef] = set()

    def opened(self, fetch: FileFetch) -> None:
        self.fetches[fetch.gid, fetch.file.eid] = fetch

    def got(self, fetch: Fetch, piece: int) -> None:
        if fetch.picker.piece_count > 1:  # a single piece is the whole file, which is shared in a moment
            self._haves.setdefault((fetch.gid, fetch.file.eid), []).append(piece)

    def closed(self, fetch: Fetch) -> None:
        """Nothing of it is offered any more."""
        key = t.EntryRef(fetch.gid, fetch.file.eid)
        if self.fetches.get(key) is fetch:
            del self.fetches[key]
            self._tell_haves()
            if key in self._announced:
                self._announced.discard(key)
                self._tracker.announce(drop=[key])

    def tell(self) -> None:
        """What is new since the last time."""
        self._tell_haves()
        giving = {t.EntryRef(*key) for key, fetch in self.fetches.items() if fetch.is_giving}
        if new := giving - self._announced:
            self._announced |= new
            self._tracker.announce(add=sorted(new))

    def _tell_haves(self) -> None:
        haves, self._haves = self._haves, {}
        for (gid, eid), pieces in haves.items():
            self.on_have(gid, eid, pieces)
