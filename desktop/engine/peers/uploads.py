"""The serving side of all links: who may have what, checked when it is asked for and again for each piece."""

from collections.abc import Awaitable, Callable
from dataclasses import dataclass, field
from typing import Protocol

from desktop.engine.background import Background
from desktop.engine.offers import Offer
from desktop.engine.peers.peer_link import Ask, PeerLink
from desktop.engine.peers.peer_session import within_limits
from shared.clock import Clock
from shared.errors import Violation
from shared.facts.ids import DeviceId, EntryId, GroupId
from shared.limits import (
    HAVE_BATCH_MAX,
    NOT_YET_QUERY_S,
    OPENED_BLOCK0_PIECES_MAX,
    REQUESTED_BYTES_OUTSTANDING_MAX,
)
from shared.manifest import blocks_in, pieces_in
from shared.wire import peer_messages as m

MISSES_REMEMBERED_MAX = 10_000


class Offers(Protocol):
    def offer(self, gid: GroupId, eid: EntryId) -> Offer | None:
        """What this device has of it and may give; None also for what it never heard of."""


class Membership(Protocol):
    def may_talk(self, dev: DeviceId, gid: GroupId) -> bool: ...


@dataclass
class _Serving:
    """One channel on which we serve."""

    gid: GroupId
    eid: EntryId
    waiting: dict[int, int] = field(default_factory=dict)
    """Pieces asked for and not sent yet, with their lengths."""


class Uploads:
    """Everything names (gid, eid): a bare root would let a member probe what we hold from other groups.
    A refusal says `not_yet` whatever its cause, so that nothing can be learnt from it."""

    def __init__(
        self,
        offers: Offers,
        members: Membership,
        ask_tracker: Callable[[DeviceId, GroupId], Awaitable[None]],
        background: Background,
        clock: Clock,
    ) -> None:
        """`ask_tracker` fetches the rows that say whether a device belongs to a group into the mirror."""
        self._offers = offers
        self._members = members
        self._ask_tracker = ask_tracker
        self._background = background
        self._clock = clock
        self._channels: dict[PeerLink, dict[int, _Serving]] = {}
        self._asked_at_s: dict[tuple[DeviceId, GroupId], float] = {}
        self.sent_bytes = 0

    # as links use it (peer_link.Serving)

    def asked(self, link: PeerLink, message: Ask) -> None:
        match message:
            case m.Open(openings):
                self._open(link, openings)
            case m.Close(ch):
                link.cancel_pieces(ch, None)
                self._end(link, ch)
            case m.GetBlock(ch, block):
                self._block(link, ch, block)
            case m.Request(ch, pieces):
                self._request(link, ch, pieces)
            case m.Cancel(ch, pieces):
                for piece in link.cancel_pieces(ch, pieces):
                    self._settle(link, ch, piece)

    def sent(self, link: PeerLink, ch: int, piece: int) -> None:
        self.sent_bytes += self._settle(link, ch, piece)

    def read_failed(self, link: PeerLink, ch: int, piece: int) -> None:
        channel = self._channels.get(link, {}).get(ch)
        if channel is None:
            return
        self._settle(link, ch, piece)
        link.send(m.Reject(ch, piece, "disk_error"))
        if (offer := self._offers.offer(channel.gid, channel.eid)) is not None:
            offer.read_failed()

    def link_closed(self, link: PeerLink) -> None:
        self._channels.pop(link, None)

    # as the engine uses it

    def have(self, gid: GroupId, eid: EntryId, pieces: list[int]) -> None:
        """Tells who asks for a file that we fetch ourselves what has come."""
        for link, channels in self._channels.items():
            for ch, channel in channels.items():
                if (channel.gid, channel.eid) == (gid, eid):
                    for at in range(0, len(pieces), HAVE_BATCH_MAX):
                        link.send(m.Have(ch, pieces[at : at + HAVE_BATCH_MAX]))

    def withdraw(self, gid: GroupId, eid: EntryId) -> None:
        """We do not offer it any more."""
        self._refuse_where(lambda _link, channel: (channel.gid, channel.eid) == (gid, eid))

    def recheck(self) -> None:
        """A membership or a device may have ended: cuts those who may not have what they are getting."""
        self._refuse_where(lambda link, channel: not self._members.may_talk(link.device, channel.gid))

    # inside

    def _open(self, link: PeerLink, openings: list[m.Opening]) -> None:
        unknown: dict[GroupId, list[m.Opening]] = {}
        for opening in openings:
            if self._members.may_talk(link.device, opening.gid):
                self._answer_open(link, opening)
            else:
                unknown.setdefault(opening.gid, []).append(opening)
        for gid, asked in unknown.items():
            if self._may_ask_tracker(link.device, gid):
                self._background.spawn(self._open_later(link, gid, asked))
            else:
                for opening in asked:
                    self._refuse(link, opening.ch)

    async def _open_later(self, link: PeerLink, gid: GroupId, openings: list[m.Opening]) -> None:
        """Our mirror may lag behind an acceptance: the tracker is asked once, then it is yes or no."""
        await self._ask_tracker(link.device, gid)
        if link.is_closed:
            return
        is_member = self._members.may_talk(link.device, gid)
        for opening in openings:
            if opening.ch not in link.session.opened_by_them:
                continue  # closed meanwhile
            if is_member:
                self._answer_open(link, opening)
            else:
                self._refuse(link, opening.ch)

    def _may_ask_tracker(self, dev: DeviceId, gid: GroupId) -> bool:
        now = self._clock.monotonic_s()
        if now - self._asked_at_s.get((dev, gid), -NOT_YET_QUERY_S) < NOT_YET_QUERY_S:
            return False
        if len(self._asked_at_s) >= MISSES_REMEMBERED_MAX:
            del self._asked_at_s[next(iter(self._asked_at_s))]
        self._asked_at_s[dev, gid] = now
        return True

    def _answer_open(self, link: PeerLink, opening: m.Opening) -> None:
        offer = self._offers.offer(opening.gid, opening.eid)
        if offer is None:
            self._refuse(link, opening.ch)
            return
        self._channels.setdefault(link, {})[opening.ch] = _Serving(opening.gid, opening.eid)
        is_small = 0 < pieces_in(offer.size) <= OPENED_BLOCK0_PIECES_MAX
        block0 = offer.block(0) if is_small else None
        link.send(m.Opened(opening.ch, offer.header, offer.index, block0, offer.bitfield()))

    def _refuse(self, link: PeerLink, ch: int) -> None:
        link.session.opened_by_them.discard(ch)
        link.send(m.Refuse(ch, "not_yet"))

    def _refuse_where(self, is_meant: Callable[[PeerLink, _Serving], bool]) -> None:
        for link, channels in list(self._channels.items()):
            for ch, channel in list(channels.items()):
                if is_meant(link, channel):
                    link.cancel_pieces(ch, None)
                    self._end(link, ch)
                    link.send(m.Refuse(ch, "not_yet"))

    def _allowed(self, link: PeerLink, ch: int) -> tuple[_Serving, Offer] | None:
        """The channel and what is offered on it, if it is still so; else it is refused now."""
        channel = self._channels.get(link, {}).get(ch)
        if channel is None:
            return None  # its Open is not answered yet
        offer = self._offers.offer(channel.gid, channel.eid)
        if offer is None or not self._members.may_talk(link.device, channel.gid):
            link.cancel_pieces(ch, None)
            self._end(link, ch)
            link.send(m.Refuse(ch, "not_yet"))
            return None
        return channel, offer

    def _block(self, link: PeerLink, ch: int, block: int) -> None:
        if (allowed := self._allowed(link, ch)) is not None:
            _, offer = allowed
            if block >= blocks_in(offer.size):
                raise Violation(f"block {block} of a file that has fewer")
            link.send(m.Block(ch, block, offer.block(block)))

    def _request(self, link: PeerLink, ch: int, pieces: list[int]) -> None:
        if (allowed := self._allowed(link, ch)) is None:
            return
        channel, offer = allowed
        theirs = self._channels[link].values()
        outstanding = sum(len(one.waiting) for one in theirs)
        outstanding_bytes = sum(sum(one.waiting.values()) for one in theirs)
        for piece in pieces:
            if piece >= pieces_in(offer.size) or piece in channel.waiting:
                raise Violation(f"piece {piece} cannot be asked for")
            source = offer.source(piece) if offer.has(piece) else None
            outstanding += 1
            outstanding_bytes += source.length if source else 0
            if (
                source is None
                or not within_limits(outstanding, 0)
                or outstanding_bytes > REQUESTED_BYTES_OUTSTANDING_MAX
            ):
                link.send(m.Reject(ch, piece, "busy" if source else "not_found"))
                continue
            channel.waiting[piece] = source.length
            link.send_piece(ch, piece, source)

    def _settle(self, link: PeerLink, ch: int, piece: int) -> int:
        """Its length, if it was waiting."""
        channel = self._channels.get(link, {}).get(ch)
        return channel.waiting.pop(piece, 0) if channel is not None else 0

    def _end(self, link: PeerLink, ch: int) -> None:
        link.session.opened_by_them.discard(ch)
        self._channels.get(link, {}).pop(ch, None)
