"""The serving side of all links: who may have what, checked when it is asked for and each time again.

Everything names (gid, eid): a bare root would let a member probe what is held for another group. A refusal
is `not_yet` whatever its cause, and whether there is such an entry is looked up only for members.
"""

import random
from collections.abc import Awaitable, Callable, Iterable, Sequence
from contextlib import suppress
from typing import NamedTuple, Protocol

from desktop.engine.background import Background
from desktop.engine.files import bitfield
from desktop.engine.offers import BundleOffer, Offer, bundle_of
from desktop.engine.peers.crediting import Crediting
from desktop.engine.peers.open_bundles import OpenBundles
from desktop.engine.peers.peer_link import PeerLink
from desktop.engine.peers.peer_session import Question, Served
from shared.clock import Clock
from shared.errors import Busy, DiskError, NotYet, ShoalError, Violation
from shared.facts.ids import DeviceId, EntryId, Epoch, GroupId
from shared.limits import (
    CHANNELS_PER_LINK_MAX,
    HAVE_BATCH_MAX,
    NOT_YET_QUERY_S,
    OPENED_BLOCK0_PIECES_MAX,
    REQUESTED_BYTES_OUTSTANDING_MAX,
    REQUESTS_OUTSTANDING_MAX,
    WHO_ASKED_MAX,
)
from shared.manifest import blocks_in, pieces_in, pieces_of_block
from shared.wire import peer_messages as m

AskTracker = Callable[[DeviceId, GroupId], Awaitable[None]]


class Offers(Protocol):
    def offer(self, gid: GroupId, eid: EntryId) -> Offer | None:
        """What this device has of it and gives; None also for what it never heard of."""

    def foresee(self, gid: GroupId, eids: Sequence[EntryId]) -> None:
        """offer() will be asked for these in a moment."""


class Members(Protocol):
    """The mirror."""

    def may_talk(self, dev: DeviceId, gid: GroupId) -> bool: ...
    def my_epoch(self, gid: GroupId) -> Epoch | None: ...


class _Wanted(NamedTuple):
    """An entry that others have open here."""

    channels: dict[tuple[PeerLink, int], None]
    """In the order in which they were opened."""
    given: Crediting


class Uploads:
    def __init__(
        self, offers: Offers, members: Members, ask_tracker: AskTracker, background: Background, clock: Clock,
        lot: random.Random,
    ) -> None:  # fmt: skip
        """`ask_tracker` brings the rows into the mirror that say whether a device belongs to a group."""
        self.members = members
        self.on_wanted: Callable[[DeviceId, GroupId, EntryId], None] = lambda _dev, _gid, _eid: None
        """A member has opened what is offered here."""
        self._offers, self._ask_tracker = offers, ask_tracker
        self._background, self._clock, self._lot = background, clock, lot
        self._open: dict[tuple[GroupId, EntryId], _Wanted] = {}
        self._bundles = OpenBundles[PeerLink]()
        self._asked_at: dict[tuple[DeviceId, GroupId], float] = {}
        self._waiting: dict[tuple[DeviceId, GroupId], list[tuple[PeerLink, int, Served]]] = {}
        """Channels that are answered when the tracker has said who the asker is."""

    # --- as Peers use it -------------------------------------------------------------------------

    def asked(self, link: PeerLink, message: Question) -> None:
        """Raises Violation. The channel is one of `link.session.served`."""
        match message:
            case m.Open(openings):
                self._foresee(link, [(gid, eid) for _, gid, eid in openings])
                for ch, gid, eid in openings:
                    self._opened(link, ch, Served(gid, [eid]))
            case m.OpenBundle(ch, _, eids) if not self._bundles.has_room(link, len(eids)):
                link.send(m.Refuse(ch, Busy.code))
            case m.OpenBundle(ch, gid, eids):
                self._foresee(link, [(gid, eid) for eid in eids])
                self._opened(link, ch, Served(gid, eids, is_bundle=True))
            case m.Close(ch):
                self._end(link, ch)
            case m.Cancel(ch, pieces):
                link.session.served[ch].cancel(pieces)
                link.cancel_pieces(ch, pieces)
            case m.GetBlock(ch, block):
                self._get_block(link, ch, block)
            case m.Request():
                self._requested(link, message)
            case m.Credit():
                self._credit(link, message)

    def read_failed(self, link: PeerLink, ch: int, piece: int) -> None:
        if served := link.session.served.get(ch):
            link.send(m.Reject(ch, piece, DiskError.code))
            bundle = self._bundles.offers.get((link, ch))
            unread = bundle.files.unread if bundle else 0
            if unread is not None and (offer := self._offers.offer(served.gid, served.eids[unread])):
                offer.read_failed()

    def recheck(self, link: PeerLink) -> None:
        """The mirror has changed: ends what its device may not have any more."""
        for ch, served in list(link.session.served.items()):
            if served.is_open and not self.members.may_talk(link.device, served.gid):
                self._refuse(link, ch)

    def link_ended(self, link: PeerLink) -> None:
        for ch, served in list(link.session.served.items()):
            self._end(link, ch)
            wanted = self._open.get((served.gid, served.eids[0]))
            if wanted and not any(other.device == link.device for other, _ in wanted.channels):
                wanted.given.left(link.device)  # who closes a channel alone may have all now, and give of it

    # --- as the engine uses it -------------------------------------------------------------------

    def have(self, gid: GroupId, eid: EntryId, pieces: list[int]) -> None:
        """Tells those who want a file that this device fetches too, what of it has come."""
        for link, ch in self._channels(gid, eid):
            for at in range(0, len(pieces), HAVE_BATCH_MAX):
                link.send(m.Have(ch, pieces[at : at + HAVE_BATCH_MAX]))

    def withdraw(self, gid: GroupId, eid: EntryId) -> None:
        """It is not offered any more."""
        for link, ch in self._channels(gid, eid) + self._bundles.with_file(gid, eid):
            self._refuse(link, ch)

    # --- inside ----------------------------------------------------------------------------------

    def _channels(self, gid: GroupId, eid: EntryId) -> list[tuple[PeerLink, int]]:
        wanted = self._open.get((gid, eid))
        return list(wanted.channels) if wanted else []

    def _foresee(self, link: PeerLink, entries: Iterable[tuple[GroupId, EntryId]]) -> None:
        of_group: dict[GroupId, list[EntryId]] = {}
        for gid, eid in entries:
            of_group.setdefault(gid, []).append(eid)
        for gid, eids in of_group.items():
            if self.members.may_talk(link.device, gid):
                self._offers.foresee(gid, eids)

    def _opened(self, link: PeerLink, ch: int, served: Served) -> None:
        if len(link.session.served) >= CHANNELS_PER_LINK_MAX:
            link.send(m.Refuse(ch, Busy.code))
            return
        link.session.served[ch] = served
        if served.is_bundle:
            self._bundles.begin(link, ch, served)
        if self.members.may_talk(link.device, served.gid):
            self._answer(link, ch, served)
        elif not self._wait_for_tracker(link, ch, served):
            self._refuse(link, ch)

    def _wait_for_tracker(self, link: PeerLink, ch: int, served: Served) -> bool:
        """The mirror may lag behind an acceptance. False if the tracker was asked lately."""
        who, now = (link.device, served.gid), self._clock.monotonic_s()
        if who not in self._waiting:
            asked_at = self._asked_at.get(who)
            if asked_at is not None and now - asked_at < NOT_YET_QUERY_S:
                return False
            if self.members.my_epoch(served.gid) is None:
                return False  # nor may strangers make this device ask about groups of their own invention
            self._asked_at.pop(who, None)
            self._asked_at[who] = now
            if len(self._asked_at) > WHO_ASKED_MAX:
                del self._asked_at[next(iter(self._asked_at))]
            self._waiting[who] = []
            self._background.spawn(self._hear_tracker(*who))
        self._waiting[who].append((link, ch, served))
        return True

    async def _hear_tracker(self, dev: DeviceId, gid: GroupId) -> None:
        try:
            with suppress(ShoalError):  # with no tracker the mirror has the last word
                await self._ask_tracker(dev, gid)
        finally:
            waiting = self._waiting.pop((dev, gid))
        for link, ch, served in waiting:
            if link.session.served.get(ch) is served:  # not closed meanwhile
                with link.ended_by_violations():
                    self._answer(link, ch, served)

    def _answer(self, link: PeerLink, ch: int, served: Served) -> None:
        if not served.is_bundle:
            self._answer_one(link, ch, served)
        elif bundle := self._bundle(link, served):
            served.is_open = True
            self._bundles.offers[link, ch] = bundle
        else:
            self._refuse(link, ch)
        if served.is_open and served.early:
            self._requested(link, served.early)

    def _answer_one(self, link: PeerLink, ch: int, served: Served) -> None:
        offer = self._offer(link, served)
        if offer is None:
            self._refuse(link, ch)
            return
        served.is_open = True
        key = served.gid, served.eids[0]
        if key not in self._open:
            self._open[key] = _Wanted({}, Crediting(self._lot))
        self._open[key].channels[link, ch] = None
        has_block0 = 0 < pieces_in(offer.size) <= OPENED_BLOCK0_PIECES_MAX

        def opened() -> m.Opened:
            block0 = offer.block(0) if has_block0 else None
            return m.Opened(ch, offer.header, offer.index, block0, offer.bitfield())

        link.send_when_due(opened)
        self.on_wanted(link.device, *key)

    def _requested(self, link: PeerLink, message: m.Request) -> None:
        ch, served = message.ch, link.session.served[message.ch]
        if not served.is_open:
            if served.early:
                link.session.strike("requests on a channel that is not open")
            served.early = message
            return
        offer = self._open_bundle(link, ch) if served.is_bundle else self._offer(link, served)
        if offer is None:
            self._refuse(link, ch)
            return
        for piece in message.pieces:
            if piece >= pieces_in(offer.size):
                raise Violation("a piece beyond the end of the file")
            if not offer.has(piece):
                link.send(m.Reject(ch, piece, NotYet.code))
            elif (
                link.queued_pieces >= REQUESTS_OUTSTANDING_MAX
                or link.queued_upload_bytes >= REQUESTED_BYTES_OUTSTANDING_MAX
            ):
                link.session.strike("more requests than may be outstanding")
            elif not link.send_piece(ch, piece, offer.source(piece)):
                link.session.strike("a piece asked for twice")
            elif not served.is_bundle:
                self._open[served.gid, served.eids[0]].given.gave(link.device, piece)

    def _credit(self, link: PeerLink, message: m.Credit) -> None:
        ch, block = message.ch, message.block
        if offer := self._asked_block(link, ch, block):
            wanted = bitfield.from_wire(message.wanted, pieces_of_block(offer.size, block))
            served = link.session.served[ch]
            pieces = self._open[served.gid, served.eids[0]].given.grant(
                link.device, block, wanted & offer.had_of(block), message.count, in_order=message.in_order
            )
            link.send(m.Granted(ch, pieces))

    def _get_block(self, link: PeerLink, ch: int, block: int) -> None:
        if offer := self._asked_block(link, ch, block):
            link.send_when_due(lambda: m.Block(ch, block, offer.block(block)))

    def _asked_block(self, link: PeerLink, ch: int, block: int) -> Offer | None:
        """What has this block, if it is still given. Raises Violation."""
        served = link.session.served[ch]
        if served.is_bundle:
            raise Violation("a bundle has no blocks")
        if not served.is_open:
            return None
        offer = self._offer(link, served)
        if offer is None:
            self._refuse(link, ch)
        elif block >= blocks_in(offer.size):
            raise Violation("a block beyond the end of the file")
        return offer

    def _offer(self, link: PeerLink, served: Served) -> Offer | None:
        may_talk = self.members.may_talk(link.device, served.gid)
        return self._offers.offer(served.gid, served.eids[0]) if may_talk else None

    def _bundle(self, link: PeerLink, served: Served) -> BundleOffer | None:
        """None where not all of them may be had."""
        if not self.members.may_talk(link.device, served.gid):
            return None
        return bundle_of(self._offers.offer(served.gid, eid) for eid in served.eids)

    def _open_bundle(self, link: PeerLink, ch: int) -> BundleOffer | None:
        """Its files are not looked up again: it ends when one of them is withdrawn."""
        may_talk = self.members.may_talk(link.device, link.session.served[ch].gid)
        return self._bundles.offers[link, ch] if may_talk else None

    def _refuse(self, link: PeerLink, ch: int) -> None:
        self._end(link, ch)
        link.send(m.Refuse(ch, NotYet.code))

    def _end(self, link: PeerLink, ch: int) -> None:
        """Whatever is queued on the channel is not sent."""
        link.cancel_pieces(ch)
        served = link.session.served.pop(ch)
        if served.is_bundle:
            self._bundles.end(link, ch, served)
        if wanted := self._open.get((served.gid, served.eids[0])):
            wanted.channels.pop((link, ch), None)
            if not wanted.channels:
                del self._open[served.gid, served.eids[0]]
