"""A link to a peer that keeps the protocol or breaks it, as told: real hashes, real files, no network."""

import hashlib
import random
from collections.abc import Callable
from dataclasses import dataclass, field

from desktop.engine.downloads.asked_peer import AskedPeer
from desktop.engine.files import bitfield
from desktop.engine.files.piece_io import PieceOutcome, PieceSink
from desktop.engine.peers.crediting import Crediting
from shared.errors import DiskError, DiskFull, Violation
from shared.facts.ids import DeviceId, EntryId, GroupId
from shared.limits import MIB, OPENED_BLOCK0_PIECES_MAX, PIECE_BYTES
from shared.manifest import (
    Manifest,
    ManifestBuilder,
    hash_piece,
    pieces_in,
    pieces_of_block,
)
from shared.wire import peer_messages as m


@dataclass(frozen=True)
class Content:
    size: int
    piece: Callable[[int], bytes]
    manifest: Manifest

    def block(self, number: int) -> bytes:
        return self.manifest.blocks[number]

    @property
    def data(self) -> bytes:
        return b"".join(map(self.piece, range(pieces_in(self.size))))


def content_of(data: bytes) -> Content:
    pieces = [data[at : at + PIECE_BYTES] for at in range(0, len(data), PIECE_BYTES)]
    builder = ManifestBuilder()
    for piece in pieces:
        builder.add(hash_piece(piece))
    return Content(len(data), pieces.__getitem__, builder.finish(len(data), hashlib.sha1(data).digest()))


def zeros(piece_count: int) -> Content:
    """A large file for little memory."""
    piece = bytes(PIECE_BYTES)
    builder, hashes = ManifestBuilder(), hash_piece(piece)
    for _ in range(piece_count):
        builder.add(hashes)
    size = piece_count * PIECE_BYTES
    return Content(size, lambda _: piece, builder.finish(size, bytes(20)))


@dataclass
class FixedRate:
    rate: float = 100 * MIB
    total: int = 0

    def bytes_per_s(self) -> float:
        return self.rate


@dataclass(eq=False)
class ScriptedLink:
    """work() does what the peer and the network would do meanwhile."""

    device: DeviceId
    contents: dict[EntryId, Content]
    holds: Callable[[EntryId], int | None] = lambda _: None
    """Bits that it has of an entry; None: all."""
    spoil: Callable[[EntryId, int, bytes], bytes] = lambda _eid, _piece, data: data
    is_stalled: bool = False
    is_lost: bool = False
    rtt_s: float = 0.001
    person: bytes = b""
    features: int = 0
    giving: Crediting = field(default_factory=lambda: Crediting(random.Random(1)))
    """Of one entry. Links of one seeder have one."""
    down: FixedRate = field(default_factory=FixedRate)
    violation: Violation | None = None
    served: list[tuple[EntryId, int]] = field(default_factory=list)
    sent: list[m.Message] = field(default_factory=list)
    opens: int = 0
    forgotten: list[tuple[int, int]] = field(default_factory=list)
    refuses: dict[EntryId, str] = field(default_factory=dict)
    stopped: set[GroupId] = field(default_factory=set)
    """By a cap of nothing."""
    refuses_bundles: bool = False
    busy: int = 0
    """For so many bundles."""
    is_unreadable: bool = False
    """What is asked for in bundles."""
    bundles: list[list[EntryId]] = field(default_factory=list)
    """That were opened."""
    _entries: dict[int, EntryId] = field(default_factory=dict)
    _bundles: dict[int, list[EntryId]] = field(default_factory=dict)
    _listeners: dict[int, AskedPeer] = field(default_factory=dict)
    _sinks: dict[tuple[int, int], PieceSink] = field(default_factory=dict)
    _todo: list[m.Message] = field(default_factory=list)
    _next: int = 0

    def open_channels(self, entries: list[tuple[GroupId, EntryId]], listener: AskedPeer) -> list[int]:
        self.opens += 1
        numbers = list(range(self._next, self._next + len(entries)))
        self._next += len(entries)
        for ch, (gid, eid) in zip(numbers, entries, strict=True):
            self._entries[ch] = eid
            self._listeners[ch] = listener
            self._todo.append(m.Open([m.Opening(ch, gid, eid)]))
        return numbers

    def open_bundle(self, gid: GroupId, eids: list[EntryId], listener: AskedPeer) -> int:
        assert self.features & m.FEATURE_BUNDLES
        ch, self._next = self._next, self._next + 1
        self.bundles.append(eids)
        self._bundles[ch], self._listeners[ch] = eids, listener
        self._todo.append(m.OpenBundle(ch, gid, eids))
        return ch

    def send(self, message: m.Message) -> None:
        self.sent.append(message)
        self._todo.append(message)

    def may_ask(self, gid: GroupId) -> bool:
        return gid not in self.stopped

    def expect(self, ch: int, piece: int, sink: PieceSink) -> None:
        assert (ch, piece) not in self._sinks, "asked twice on one channel"
        self._sinks[ch, piece] = sink

    def forget(self, ch: int, piece: int) -> None:
        self.forgotten.append((ch, piece))
        self._sinks.pop((ch, piece), None)

    def hear(self, say: Callable[[AskedPeer], None]) -> None:
        """What this peer says to whoever opened its first channel; a violation ends the link."""
        try:
            say(next(iter(self._listeners.values())))
        except Violation as error:
            self.violation = error
            self.lose()

    def lose(self) -> None:
        """The connection ends."""
        self.is_lost = True
        listeners, self._listeners = self._listeners, {}
        self._sinks.clear()
        for ch, listener in listeners.items():
            listener.closed(self, ch)

    def work(self, messages_max: int = 1_000_000) -> bool:
        """Whether there was anything to do."""
        if self.is_stalled or self.is_lost:
            return False
        todo, self._todo = self._todo[:messages_max], self._todo[messages_max:]
        for message in todo:
            self._answer(message)
        return bool(todo)

    def _answer(self, message: m.Message) -> None:
        match message:
            case m.Open(channels):
                for ch, _, eid in channels:
                    self._open(ch, eid)
            case m.OpenBundle(ch, _, _) if self.refuses_bundles or self.busy:
                self.busy = max(0, self.busy - 1)
                self._sinks.pop((ch, 0), None)
                self._listeners.pop(ch).refused(self, ch, "not_yet" if self.refuses_bundles else "busy")
            case m.Close(ch):
                self._listeners.pop(ch, None)
            case m.GetBlock(ch, number) if ch in self._listeners:
                self._listeners[ch].block(self, ch, number, self.contents[self._entries[ch]].block(number))
            case m.Credit(ch, block, wanted, count, in_order) if ch in self._listeners:
                bits = bitfield.from_wire(
                    wanted, pieces_of_block(self.contents[self._entries[ch]].size, block)
                )
                granted = self.giving.grant(self, block, bits, count, in_order=in_order)
                self._listeners[ch].granted(self, ch, granted)
            case m.Request(ch, _) if ch in self._bundles and self.is_unreadable:
                self._listeners[ch].rejected(self, ch, 0, "disk_error")
            case m.Request(ch, pieces):
                for piece in pieces:
                    self.giving.gave(self, piece)
                outcomes = [self._serve(ch, piece) for piece in pieces if (ch, piece) in self._sinks]
                if ch in self._listeners:
                    self._listeners[ch].outcomes(self, outcomes)
            case _:
                pass

    def _open(self, ch: int, eid: EntryId) -> None:
        if ch not in self._listeners:
            return
        if eid not in self.contents or eid in self.refuses:
            self._listeners.pop(ch).refused(self, ch, self.refuses.get(eid, "not_found"))
            return
        content = self.contents[eid]
        count = pieces_in(content.size)
        held = self.holds(eid)
        self._listeners[ch].opened(
            self,
            ch,
            m.Opened(
                ch,
                content.manifest.header,
                content.manifest.index,
                content.block(0) if count <= OPENED_BLOCK0_PIECES_MAX else None,
                None if held is None else bitfield.to_wire(held, count),
            ),
        )

    def _serve(self, ch: int, piece: int) -> PieceOutcome:
        sink = self._sinks.pop((ch, piece))
        eids = self._bundles.get(ch) or [self._entries[ch]]
        data = b"".join(self.spoil(eid, piece, self.contents[eid].piece(piece)) for eid in eids)
        self.served += [(eid, piece) for eid in eids]
        self.down.total += sink.length
        try:
            reason = sink.part.keep(piece, data, sink.expected) if len(data) == sink.length else "sha1"
        except (DiskFull, DiskError) as error:
            reason = error.code
        return PieceOutcome(ch, piece, sink.length, reason)


def work(*links: ScriptedLink, rounds_max: int = 100_000) -> None:
    """Until all are idle; each in turn does a little, so that they run beside each other."""
    for _ in range(rounds_max):
        if not sum(link.work(1) for link in links):
            return
    raise AssertionError("they never come to rest")
