"""One program of the swarm: the real deciding classes, and as much of the rest as they notice."""

import random
from collections import Counter, deque
from collections.abc import Callable, Sequence
from typing import cast

from desktop.engine.background import Background
from desktop.engine.downloads.asked_peer import AskedPeer
from desktop.engine.downloads.fetch import Fetch
from desktop.engine.downloads.file_fetch import FileFetch
from desktop.engine.downloads.sources import pause_s, retry_s
from desktop.engine.files.open_file import OpenFile
from desktop.engine.files.part_file import PartFile
from desktop.engine.files.piece_set import PieceSet
from desktop.engine.library import FileRecord, Library, StoredManifest
from desktop.engine.offers import Offer
from desktop.engine.peers.uploads import Uploads
from shared.errors import Coded
from shared.facts.ids import DeviceId, EntryId, Epoch, GroupId
from shared.limits import CHANNEL_CHECKED_S, LANE_RTT_S_MIN, LANES_MAX, PROGRESS_S
from shared.manifest import Buffer, PieceHash, pieces_in, verify_piece
from shared.wire import peer_messages as m
from tests.sim.swarm.fluid import Access, Fluid, Pipe
from tests.sim.swarm.link import End
from tests.support.scripted_link import Content

GID, EID = GroupId(b"g" * 16), EntryId(b"e" * 16)
HANDSHAKE_TRIPS = 2
"""TCP's and TLS's round trips before the first Hello."""
NO_FILE = OpenFile(lambda: -1)


class Memory:
    """Of the library, what a fetch needs."""

    def block(self, _root: bytes, _number: int) -> bytes | None:
        return None

    def submit(self, job: object) -> None:
        pass


class NoPart:
    """A part file that keeps nothing."""

    file = NO_FILE
    size = 0

    def keep(self, piece: int, data: Buffer, expected: PieceHash) -> str | None:
        return verify_piece(data, expected)


class Node:
    """A seeder, or a leecher from start() on. Members.may_talk, Offers and Fetch's Host in one."""

    haves_s = PROGRESS_S
    """How often others are told what has come."""

    def __init__(
        self, name: str, access: Access, net: Fluid, content: Content, lot: random.Random, *, has_whole: bool
    ) -> None:
        self.name, self.access, self.net = name, access, net
        self.device = DeviceId(lot.randbytes(16))
        self.is_frozen = self.is_gone = False
        self.has_whole = has_whole
        self.fetch: FileFetch | None = None
        self.started_at_s = self.done_at_s = float("nan")
        self.links: list[End] = []
        """Far devices are linked several times (peers/lanes.py)."""
        self.ended_bytes = 0
        """That came over links that are no more."""
        self.uploads = Uploads(self, self, _nobody, Background(), net.time, lot)
        self.uploads.on_wanted = lambda device, _gid, _eid: self._known.add(device)
        self._time, self._content, self._lot = net.time, content, lot
        self._manifest = StoredManifest(content.manifest.header, content.manifest.index)
        self._asked: dict[End, AskedPeer] = {}
        self._dialled: Counter[DeviceId] = Counter()
        self._haves: list[int] = []
        self._held: deque[Callable[[], None]] = deque()
        self._known: set[DeviceId] = set()
        """Who has something of the file, as far as the tracker said."""
        self._not_before: dict[DeviceId, float] = {}
        self._times_told = 0
        self._told_at_s = self._checked_at_s = self._haves_at_s = float("-inf")
        self._who_has: Callable[[], list[Node]] = list
        self._delay_s = 0.0

    @property
    def is_announced(self) -> bool:
        return not self.is_gone and (self.has_whole or bool(self.fetch and self.fetch.is_giving))

    @property
    def received_bytes(self) -> int:
        """Of pieces, whatever became of them."""
        return self.ended_bytes + sum(end.down.total + end.wasted_bytes for end in self.links)

    # --- what happens to it ----------------------------------------------------------------------

    def start(self, who_has: "Callable[[], list[Node]]", delay_s: float) -> None:
        """Fetches the file from now on; `who_has` is a tracker's answer, everybody is `delay_s` away."""
        self.has_whole, self.started_at_s = False, self._time.now_s
        self._who_has, self._delay_s = who_has, delay_s
        record = FileRecord(0, EID, self.name, self._content.manifest.root, self._content.size, "a", "part")
        part, library = cast("PartFile", NoPart()), cast("Library", Memory())
        self.fetch = FileFetch(
            GID, record, part, PieceSet(pieces_in(self._content.size)), self, library, self._lot
        )
        self._tick()

    def freeze(self) -> None:
        self.is_frozen = True

    def thaw(self) -> None:
        self.is_frozen = False
        held, self._held = self._held, deque()
        for act in held:
            act()
        for end in self.links:
            end.pump()

    def do(self, act: Callable[[], None]) -> None:
        if self.is_frozen:
            self._held.append(act)
        elif not self.is_gone:
            act()

    def leave(self) -> None:
        """Its connections end; the others hear of it as fast as their lines are."""
        self.is_gone = True
        if self.fetch and not self.fetch.is_stopped:
            self.fetch.is_stopped = True
        for end in list(self.links):
            end.is_lost = True
            end.pipe.close()
            end.other.pipe.close()
            other = end.other
            self._time.after(end.rtt_s / 2, lambda other=other: other._node.lost(other))  # type: ignore[misc]

    def linked(self) -> None:
        self._connect()

    def lost(self, end: End) -> None:
        if end in self.links:
            self.links.remove(end)
            self._asked.pop(end, None)
            self._dialled[end.device] -= 1
            self.ended_bytes += end.down.total + end.wasted_bytes
            end.lost()

    # --- uploads.Offers and uploads.Members ------------------------------------------------------

    def offer(self, gid: GroupId, eid: EntryId) -> Offer | None:
        if self.has_whole:
            return Offer(self._content.size, self._manifest, NO_FILE, self._content.block, None, lambda: None)
        return self.fetch.offer() if self.fetch else None

    def foresee(self, gid: GroupId, eids: Sequence[EntryId]) -> None:
        pass

    def may_talk(self, dev: DeviceId, gid: GroupId) -> bool:
        return True

    def my_epoch(self, gid: GroupId) -> Epoch | None:
        return None

    # --- fetch.Host ------------------------------------------------------------------------------

    def got(self, fetch: Fetch, piece: int, length: int) -> None:
        self._haves.append(piece)

    def fetched(self, fetch: Fetch) -> None:
        assert fetch.picker.had.is_whole
        self.done_at_s = self._time.now_s
        self._tell_haves()
        fetch.stop()
        self.has_whole = True

    def failed(self, fetch: Fetch, error: Coded) -> None:
        raise AssertionError(error)

    def rejected(self, device: DeviceId, piece: int, reason: str) -> None:
        raise AssertionError(reason)

    def channel_lost(self, fetch: Fetch, device: DeviceId, code: str) -> None:
        self._not_before[device] = self._time.now_s + retry_s(code)

    def wasted(self, length: int) -> None:
        pass

    # --- inside ----------------------------------------------------------------------------------

    def _tick(self) -> None:
        if self.has_whole or self.is_gone:
            return
        self._time.after(PROGRESS_S, lambda: self._tick())
        self.do(self._look_round)

    def _look_round(self) -> None:
        assert self.fetch
        now = self._time.now_s
        if now - self._told_at_s >= pause_s(self._times_told, self.fetch.channels):
            self._told_at_s = now
            self._times_told += 1
            self._time.after(2 * self._delay_s, lambda: self.do(self._find))
        if now - self._checked_at_s >= CHANNEL_CHECKED_S:
            self._checked_at_s = now
            for peer in list(self._asked.values()):
                peer.check(self._time.monotonic_s())
        for peer in self._asked.values():
            peer.fill()
        self.fetch.look_after_blocks(self._time.monotonic_s())
        self.fetch.look_after_end()
        self._connect()
        if now - self._haves_at_s >= self.haves_s:
            self._haves_at_s = now
            self._tell_haves()

    def _find(self) -> None:
        for other in self._who_has():
            self._known.add(other.device)
            if not any(end.device == other.device for end in self.links):
                self._dial(other)

    def _connect(self) -> None:
        """Opens channels at those that have something of it, by lot."""
        if self.fetch is None or self.fetch.is_stopped:
            return
        asked = {channel.peer for channel in self.fetch.channels}
        lacking = [
            end for end in self.links
            if end.device in self._known and end.is_greeted and self._asked.get(end) not in asked
            and self._not_before.get(end.device, 0.0) <= self._time.now_s
        ]  # fmt: skip
        for end in self._lot.sample(lacking, len(lacking)):
            if end not in self._asked:
                self._asked[end] = AskedPeer(end, self._time.monotonic_s)
            self._asked[end].open([self.fetch])
            self._widen(end)

    def _widen(self, end: End) -> None:
        """As sources.Sources and peer_pool.Peers do for a large file."""
        givers = len({one.device for one in self.links if one.device in self._known})
        if end.is_ours_dialled and end.rtt_s >= LANE_RTT_S_MIN:
            while self._dialled[end.device] < LANES_MAX // givers:
                self._dial(end.other._node)

    def _dial(self, other: "Node") -> None:
        self._dialled[other.device] += 1
        self._time.after(2 * self._delay_s * HANDSHAKE_TRIPS, lambda: join(self, other, self._delay_s))

    def _tell_haves(self) -> None:
        haves, self._haves = self._haves, []
        if haves:
            self.uploads.have(GID, EID, haves)


def join(one: Node, other: Node, delay_s: float) -> None:
    """A connection that `one` has dialled. Of two that both dialled at the same time one goes."""
    net = one.net
    is_crossed = any(end.device == other.device and not end.is_ours_dialled for end in one.links)
    if one.is_gone or other.is_gone or is_crossed:
        return
    here, there = (End(node, to.device, net.time, 2 * delay_s) for node, to in ((one, other), (other, one)))
    here.is_ours_dialled = True
    here.other, there.other = there, here
    here.pipe = Pipe(net, one.access.up, other.access.down, delay_s, here.pump)
    there.pipe = Pipe(net, other.access.up, one.access.down, delay_s, there.pump)
    one.links.append(here)
    other.links.append(there)
    for end in (here, there):
        end.send(m.Hello(m.PROTOCOL, m.PROTOCOL, "sim", m.FEATURE_CREDIT))


async def _nobody(_dev: DeviceId, _gid: GroupId) -> None:
    """Nobody need ask a tracker who somebody is."""
