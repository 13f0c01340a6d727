"""One linked peer as all downloads see it: its channels, what is in flight from it, whose turn it is."""

import math
from collections.abc import Callable, Iterable, Iterator, Sequence
from typing import Protocol

from desktop.engine.downloads.fetch import Channel, Fetch
from desktop.engine.downloads.request_window import RequestWindow
from desktop.engine.files.piece_io import PieceOutcome, PieceSink
from desktop.engine.views import PRIORITIES
from shared.facts.ids import DeviceId, EntryId, GroupId
from shared.limits import (
    CHANNEL_STALLED_S,
    NEAR_S,
    PIECE_BYTES,
    PIECE_STALLED_S,
    REQUEST_BATCH_MAX,
    STALLED_BYTES_PER_S,
)
from shared.manifest import piece_length
from shared.wire import peer_messages as m

STALLED = "stalled"
"""Why a channel was closed that brought nothing."""


class Rate(Protocol):
    total: int
    """Bytes since the beginning."""

    def bytes_per_s(self) -> float: ...


class Link(Protocol):
    """A PeerLink, as far as downloads need it."""

    device: DeviceId
    rtt_s: float
    features: int

    @property
    def person(self) -> bytes: ...
    @property
    def down(self) -> Rate: ...
    def open_channels(self, entries: list[tuple[GroupId, EntryId]], listener: "AskedPeer") -> list[int]: ...
    def open_bundle(self, gid: GroupId, eids: list[EntryId], listener: "AskedPeer") -> int: ...
    def send(self, message: m.Message) -> None: ...
    def expect(self, ch: int, piece: int, sink: PieceSink) -> None: ...
    def forget(self, ch: int, piece: int) -> None: ...
    def may_ask(self, gid: GroupId) -> bool:
        """False while a cap lets nothing of the group come."""


class AskedPeer:
    """The listener of a link's channels (asked_channels.ChannelListener); keeps its request window filled.

    What a peer reports may raise Violation, for the link to end itself.
    Its channels take turns, piece by piece, so that no download starves another of its priority.
    """

    def __init__(self, link: Link, now: Callable[[], float]) -> None:
        self.link = link
        self.channels: dict[int, Channel] = {}
        self.window_pieces = 2
        """As of the last fill()."""
        self._now = now
        self._window = RequestWindow()
        self._hungry: tuple[dict[Channel, None], ...] = tuple({} for _ in PRIORITIES)
        """Channels that may have something to ask, by priority, in the order of their turns."""

    @property
    def device(self) -> DeviceId:
        return self.link.device

    @property
    def person(self) -> bytes:
        return self.link.person

    @property
    def gives_credit(self) -> bool:
        return bool(self.link.features & m.FEATURE_CREDIT)

    @property
    def gives_bundles(self) -> bool:
        return bool(self.link.features & m.FEATURE_BUNDLES)

    @property
    def is_near(self) -> bool:
        return self.link.rtt_s < NEAR_S

    def open(self, fetches: Sequence[Fetch]) -> None:
        """One message for many files, and one for each bundle."""
        single = [fetch for fetch in fetches if not fetch.is_bundle]
        numbers = self.link.open_channels([(fetch.gid, fetch.eid) for fetch in single], self)
        self.fill(*(self._add(ch, fetch) for ch, fetch in zip(numbers, single, strict=True)))
        for fetch in fetches:
            if fetch.is_bundle:
                ch = self.link.open_bundle(fetch.gid, [file.eid for file in fetch.files], self)
                self.fill(self._add(ch, fetch))

    # --- as fetches use it (fetch.Peer) ----------------------------------------------------------

    def send(self, message: m.Message) -> None:
        self.link.send(message)

    def fill(self, *channels: Channel) -> None:
        """`channels` may have something to ask again. O(what is asked), as others do not."""
        for channel in channels:
            self._hungry[channel.fetch.priority][channel] = None
        now = self._now()
        if self._is_stalled(now):
            self._window.stalled()
            return
        bytes_max = self._bytes_max(now)
        self.window_pieces = 2 + int(bytes_max // PIECE_BYTES)
        asked: dict[Channel, list[int]] = {}
        while any(self._hungry) and self._window.has_room(bytes_max):
            hungry = next(filter(None, self._hungry))
            channel = next(iter(hungry))
            del hungry[channel]
            sink = channel.fetch.next_sink(channel, now) if self.link.may_ask(channel.fetch.gid) else None
            if sink is not None:
                self._hungry[channel.fetch.priority][channel] = None
                channel.asked[sink.piece] = now
                self._window.asked(sink.length, now)
                self.link.expect(channel.ch, sink.piece, sink)
                asked.setdefault(channel, []).append(sink.piece)
        for channel, pieces in asked.items():
            for at in range(0, len(pieces), REQUEST_BATCH_MAX):
                self.link.send(m.Request(channel.ch, pieces[at : at + REQUEST_BATCH_MAX]))

    def cancel(self, channel: Channel, piece: int) -> None:
        self._settle(channel, piece, has_come=False)
        del channel.asked[piece]
        self.link.forget(channel.ch, piece)
        self.link.send(m.Cancel(channel.ch, [piece]))

    def close(self, channel: Channel, reason: str | None = None) -> None:
        if self._remove(channel):
            for piece in channel.asked:
                self.link.forget(channel.ch, piece)
            channel.fetch.lost(channel, reason)
            self.link.send(m.Close(channel.ch))

    def seconds_to(self, length: int) -> float | None:
        rate = self._rate(self._now())
        return self._window.seconds_to(length, rate, self.link.rtt_s) if rate >= STALLED_BYTES_PER_S else None

    def due_s(self, channel: Channel) -> Iterator[tuple[int, float | None]]:
        now = self._now()
        rate = self._rate(now)
        is_known = rate >= STALLED_BYTES_PER_S
        is_hopeless = (self.link.down.total > 0 and not is_known) or self._is_stalled(now)
        behind = sum(piece_length(channel.fetch.size, piece) for piece in channel.asked)
        for piece in channel.asked:
            behind -= piece_length(channel.fetch.size, piece)
            if is_hopeless:
                yield piece, math.inf
            else:
                yield piece, self._window.seconds_to(-behind, rate, -self.link.rtt_s) if is_known else None

    @property
    def quiet_s(self) -> float:
        return max(0.0, self._now() - self._window.moved_at - self.link.rtt_s)

    def is_overdue(self, asked_at: float, now: float) -> bool:
        """An answer: of one that brings pieces, twice the time of what is in flight is not too long."""
        return self._is_stalled(now) or now - asked_at > max(self._patience_s, 2 * self._in_flight_s(now))

    def is_late(self, asked_at: float, now: float) -> bool:
        """A piece: nothing comes at all, or others do in its place."""
        return self._is_stalled(now) or now - asked_at > 4 * max(self._patience_s, self._in_flight_s(now))

    def check(self, now: float) -> None:
        """To be called now and then: finds what does not come."""
        for channel in list(self.channels.values()):
            if channel.asked and not self.link.may_ask(channel.fetch.gid):
                self._stand_still(channel)
            for piece, asked_at in list(channel.asked.items()):
                if not self.is_late(asked_at, now):
                    break  # all others are younger
                channel.fetch.late(channel, piece, now)
            oldest = next(iter(channel.asked.values()), now if channel.is_open else channel.began_at)
            if now - max(oldest, self._window.moved_at) > CHANNEL_STALLED_S:
                self.close(channel, STALLED)
        self.fill(*self.channels.values())  # rates change: what gained nothing may gain now

    # --- as its link uses it (asked_channels.ChannelListener) ----------------------------------------

    def opened(self, _link: object, ch: int, message: m.Opened) -> None:
        self._report(ch, lambda channel: channel.fetch.opened(channel, message))

    def block(self, _link: object, ch: int, block: int, hashes: bytes) -> None:
        self._report(ch, lambda channel: channel.fetch.block(channel, block, hashes))

    def have(self, _link: object, ch: int, pieces: Iterable[int]) -> None:
        self._report(ch, lambda channel: channel.fetch.have(channel, pieces))

    def granted(self, _link: object, ch: int, pieces: list[int]) -> None:
        self._report(ch, lambda channel: channel.fetch.granted(channel, pieces))

    def rejected(self, _link: object, ch: int, piece: int, _code: str) -> None:
        if channel := self.channels.get(ch):
            self._settle(channel, piece, has_come=False)
            self.link.forget(ch, piece)
            channel.fetch.refused(channel, piece)
            self.fill(channel)

    def outcomes(self, _link: object, outcomes: Iterable[PieceOutcome]) -> None:
        told: list[Channel] = []
        self._window.heard(self.link.down.total, self._now())
        for outcome in outcomes:
            if channel := self.channels.get(outcome.ch):
                self._settle(channel, outcome.piece, has_come=True)
                channel.fetch.came(channel, outcome)
                told.append(channel)
        self.fill(*(channel for channel in told if channel.ch in self.channels))

    def refused(self, _link: object, ch: int, code: str) -> None:
        if (channel := self.channels.get(ch)) and self._remove(channel):
            channel.fetch.lost(channel, code)

    def closed(self, link: object, ch: int) -> None:
        self.refused(link, ch, "")

    # --- inside ----------------------------------------------------------------------------------

    def _report(self, ch: int, tell: Callable[[Channel], None]) -> None:
        if channel := self.channels.get(ch):  # else it was closed meanwhile
            tell(channel)
            self.fill(channel)

    def _add(self, ch: int, fetch: Fetch) -> Channel:
        channel = Channel(self, ch, fetch, self._now())
        self.channels[ch] = channel
        fetch.channels.append(channel)
        fetch.asked_of(channel)
        return channel

    def _stand_still(self, channel: Channel) -> None:
        for piece in list(channel.asked):
            self.cancel(channel, piece)
            channel.fetch.put_back(piece)

    @property
    def _patience_s(self) -> float:
        return max(PIECE_STALLED_S, 4 * self.link.rtt_s)

    def _in_flight_s(self, now: float) -> float:
        return self._window.in_flight_bytes / max(self._rate(now), STALLED_BYTES_PER_S)

    def _rate(self, now: float) -> float:
        return self._window.rate(self.link.down.bytes_per_s(), now)

    def _is_stalled(self, now: float) -> bool:
        """Nothing comes of what was asked: it is to be had elsewhere, and nothing more is asked here."""
        self._window.heard(self.link.down.total, now)
        return self._window.requests > 0 and now - self._window.moved_at > self._patience_s

    def _bytes_max(self, now: float) -> float:
        return self._window.bytes_max(self._rate(now), self.link.rtt_s, now)

    def _settle(self, channel: Channel, piece: int, *, has_come: bool) -> None:
        if piece in channel.asked:
            self._window.settled(piece_length(channel.fetch.size, piece), has_come=has_come)

    def _remove(self, channel: Channel) -> bool:
        if self.channels.pop(channel.ch, None) is None:
            return False
        for hungry in self._hungry:
            hungry.pop(channel, None)
        for piece in channel.asked:
            self._settle(channel, piece, has_come=False)
        return True
