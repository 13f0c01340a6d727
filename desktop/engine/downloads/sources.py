"""Who is asked for the files of one download: who shares them by the group's rows, or has some of them."""

from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Sized

from desktop.engine.downloads.asked_peer import AskedPeer
from desktop.engine.downloads.fetch import Fetch
from desktop.engine.downloads.linked import Linked
from desktop.engine.downloads.next_files import Reach
from desktop.engine.library import FileRecord
from desktop.wording import WAITS_FOR
from shared.errors import Coded, NotYet
from shared.facts.derive import VisibleEntry, live_shares
from shared.facts.ids import DeviceId, EntryId, GroupId
from shared.limits import (
    CHANNEL_BUSY_RETRY_S,
    CHANNEL_NOT_YET_RETRY_S,
    CHANNEL_RETRY_S,
    LANE_PIECES_MIN,
    LANES_MAX,
    PEERS_ENTRIES_MAX,
    PEERS_PER_DOWNLOAD_MAX,
    SOURCES_ASKED_FIRST_S,
    SOURCES_ASKED_S,
    SOURCES_MISSING_ASKED_S,
)
from shared.wire import tracker_messages as t

_NONE: frozenset[DeviceId] = frozenset()


class Sources:
    def __init__(self, gid: GroupId, links: Linked, wake: Callable[[], None]) -> None:
        """`wake` is called when somebody may have become reachable."""
        self.why: Coded | None = None
        """Why nobody brings anything, if so; for when there is no channel."""
        self._gid = gid
        self._links = links
        self._around = links.around
        self._wake = wake
        self._sharers: dict[EntryId, frozenset[DeviceId]] = {}
        """By the group's rows, as far as looked for."""
        self._sets: dict[frozenset[DeviceId], frozenset[DeviceId]] = {}
        """One object for all that are equal."""
        self._looked: set[EntryId] = set()
        """For these, since the rows changed."""
        self._found: dict[EntryId, set[DeviceId]] = {}
        """Who the tracker said is online with some of it."""
        self._times_asked: Counter[EntryId] = Counter()
        self._not_before: dict[tuple[EntryId, DeviceId], float] = {}
        """When a channel that was lost may be opened again."""
        self._retry_at = float("inf")
        """The first of these that is still to come."""
        self._asked_at = float("-inf")
        self._is_asking = False

    def begin(self) -> None:
        self.why = None
        self._asked_at = float("-inf")

    @property
    def is_told(self) -> bool:
        """Whether there was a listing."""
        return bool(self._sharers)

    def rows_changed(self) -> None:
        """Of the group."""
        self._looked.clear()

    def shared_by(self, entries: Iterable[VisibleEntry]) -> None:
        """As a listing of the group says."""
        self._sharers |= {one.eid: self._same({sharer.dev for sharer in one.sharers}) for one in entries}
        self._looked |= self._sharers.keys()

    def by_givers(self, files: Iterable[FileRecord]) -> Iterator[tuple[Reach, list[FileRecord]]]:
        """These files, in order, by who has them, and whether these can be asked at once."""
        found: dict[frozenset[DeviceId], list[FileRecord]] = {}
        for file in files:
            found.setdefault(self._givers(file.eid), []).append(file)
        for givers, theirs in found.items():
            reach = self._reach(givers)
            unseen = [file for file in theirs if not reach.is_linked and self._looks(file.eid)]
            if unseen:
                yield from self.by_givers(theirs)
            else:
                yield reach, theirs

    def wanted_by(self, device: DeviceId, eid: EntryId) -> None:
        """Who fetches the same has some of it soon, if not now."""
        self._found.setdefault(eid, set()).add(device)
        self._wake()

    def lost(self, fetch: Fetch, device: DeviceId, code: str) -> None:
        at = self._not_before[fetch.eid, device] = self._around.clock.monotonic_s() + retry_s(code)
        self._retry_at = min(self._retry_at, at)

    def is_in_vain(self, fetch: Fetch) -> bool:
        """A bundle, where none of those who are linked give such."""
        return fetch.is_bundle and not fetch.channels and not self._reach(self._givers(fetch.eid)).may_bundle

    def may_retry(self, now: float) -> bool:
        """Whether a channel that was lost may be opened again by now; then connect()."""
        if self._retry_at > now:
            return False
        self._retry_at = min((at for at in self._not_before.values() if at > now), default=float("inf"))
        return True

    def connect(self, fetches: Iterable[Fetch]) -> None:
        """Opens channels at linked peers, by lot, for the files that lack them: one message a peer."""
        opening: dict[AskedPeer, list[Fetch]] = {}
        now = self._around.clock.monotonic_s()
        for fetch in fetches:
            if (lacking := _lacking(fetch, now)) > 0:
                candidates = self._candidates(fetch, now)
                if len(candidates) < lacking and self._looks(fetch.eid):
                    candidates = self._candidates(fetch, now)
                for peer in self._around.lot.sample(candidates, min(lacking, len(candidates))):
                    opening.setdefault(peer, []).append(fetch)
        of_device: dict[DeviceId, list[Fetch]] = {}
        for peer, files in opening.items():
            peer.open(files)
            of_device.setdefault(peer.device, []).extend(files)
        for device, files in of_device.items():
            self._widen(device, files)

    def _widen(self, device: DeviceId, files: Iterable[Fetch]) -> None:
        """The fewer there are to give, the more of each."""
        large = max(files, key=lambda fetch: fetch.picker.piece_count)
        if large.picker.piece_count >= LANE_PIECES_MIN:
            givers = sum(bool(self._links.peers(giver)) for giver in self._givers(large.eid))
            self._links.widen(device, LANES_MAX // max(1, givers))

    def seek(self, fetches: Iterable[Fetch]) -> None:
        """Asks the tracker now and then who has what lacks peers, many files in one question."""
        now = self._around.clock.monotonic_s()
        lacking = [fetch for fetch in fetches if _lacking(fetch, now) > 0]
        wait_s = min((pause_s(self._times_asked[one.eid], one.channels) for one in lacking), default=0.0)
        if lacking and not self._is_asking and now - self._asked_at >= wait_s:
            eids = [fetch.eid for fetch in lacking[:PEERS_ENTRIES_MAX]]
            self._times_asked.update(eids)
            self._is_asking = True
            self._around.spawn(self.ask(eids))

    async def ask(self, eids: list[EntryId]) -> t.PeersFound | None:
        """Who has these is dialled. None if no tracker says: `why` tells."""
        self._is_asking = True
        try:
            answer = await self._around.tracker.request(t.Peers(self._gid, eids))
            assert isinstance(answer, t.PeersFound)
            self._hear(answer)
            return answer
        except Coded as error:
            self.why = error
            self._asked_at = self._around.clock.monotonic_s()
            return None
        finally:
            self._is_asking = False

    def _hear(self, found: t.PeersFound) -> None:
        """Who is online, and where."""
        is_somebody = False
        for eid, peers in found.entries:
            others = [peer for peer in peers if peer.dev != self._around.dev]
            is_somebody = is_somebody or bool(others)
            self._found.setdefault(eid, set()).update(peer.dev for peer in others)
            for device in {peer.dev for peer in others}:
                self._links.dial(device, [(peer.ip, peer.port) for peer in others if peer.dev == device])
        self._asked_at = self._around.clock.monotonic_s()
        has_waited = isinstance(self.why, NotYet)
        self.why = (
            None
            if is_somebody and not has_waited
            else NotYet(WAITS_FOR["a_way" if is_somebody else "somebody"])
        )
        self._wake()

    def _givers(self, eid: EntryId) -> frozenset[DeviceId]:
        """As far as is known."""
        sharers, found = self._sharers.get(eid, _NONE), self._found.get(eid)
        return sharers.union(found) if found else sharers

    def _same(self, devices: set[DeviceId]) -> frozenset[DeviceId]:
        others = frozenset(devices - {self._around.dev})
        return self._sets.setdefault(others, others)

    def _reach(self, givers: Iterable[DeviceId]) -> Reach:
        linked = [peer for device in givers for peer in self._links.peers(device)]
        return Reach(bool(linked), not linked or any(peer.gives_bundles for peer in linked))

    def _looks(self, eid: EntryId) -> bool:
        """Into the rows, where those who are known do not do: it takes 50 us. False if it has done so."""
        if eid in self._looked:
            return False
        self._looked.add(eid)
        shares = live_shares(self._around.mirror.rows, self._gid, eid)
        self._sharers[eid] = self._same({sharer.dev for _, sharer in shares})
        return True

    def _candidates(self, fetch: Fetch, now: float) -> list[AskedPeer]:
        """Members only: nobody else is told of anything in the group, whatever the tracker says of them."""
        asked = {channel.peer for channel in fetch.channels}
        return [
            peer
            for device in sorted(self._givers(fetch.eid))
            if self._not_before.get((fetch.eid, device), now) <= now
            for peer in self._links.peers(device)
            if peer not in asked
            and (peer.gives_bundles or not fetch.is_bundle)
            and self._around.mirror.may_talk(device, self._gid)
        ]


def retry_s(code: str) -> float:
    """Before a channel that was lost so may be opened again."""
    sooner = {"": 0.0, "not_yet": CHANNEL_NOT_YET_RETRY_S, "busy": CHANNEL_BUSY_RETRY_S}
    return sooner.get(code, CHANNEL_RETRY_S)


def pause_s(times_asked: int, channels: Sized) -> float:
    """Before the tracker is asked again: short at first, as others may have come just as lately."""
    seldom = SOURCES_ASKED_S if channels else SOURCES_MISSING_ASKED_S
    return min(SOURCES_ASKED_FIRST_S * (1 << min(times_asked, 10)), seldom)


def _lacking(fetch: Fetch, now: float) -> int:
    """How many channels more are of use. One piece needs no second peer, unless the first is late."""
    if fetch.is_stopped:
        return 0
    wanted = min(PEERS_PER_DOWNLOAD_MAX, fetch.picker.piece_count + fetch.late_count)
    return min(wanted - fetch.hopeful_count(now), PEERS_PER_DOWNLOAD_MAX - len(fetch.channels))
