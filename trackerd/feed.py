"""Committed rows, on their way to those who mirror them; who loses something is told of at once.

A subscriber is up to date, or waits for its own next question: then nothing of that listing is pushed to
it, so that whatever is pushed follows on what the client has.
"""

import asyncio
import functools
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field

import shared.wire.tracker_messages as m
from shared.errors import NotFound
from shared.facts.derive import Rows, fact
from shared.facts.ids import ID_BYTES, DeviceId, GroupId, UserId
from shared.facts.replica import dominates
from shared.facts.rows import Device, Key, Kind, Member, Row, body_of, split
from shared.limits import PUSH_BUFFERED_BYTES_MAX, PUSH_COALESCED_S
from shared.wire.framing import tracker_frame
from trackerd.client_session import ClientSession
from trackerd.pages import pages
from trackerd.questions import (
    Listed,
    Listing,
    check_member,
    companions,
    concerned_by_name,
    listings_of,
    named,
    sync,
)
from trackerd.store.book import Commit
from trackerd.store.store import Store

CATCH_UPS_MAX = 3
"""Rows that keep coming faster than they are read: then the client asks for pages itself."""


@dataclass(eq=False)
class _Subscription:
    is_live: bool = False
    has_missed: bool = False
    """Something was pushed while it was not live."""


@dataclass
class _Topic:
    """What is on its way to the subscribers of one listing."""

    subscribers: dict[ClientSession, _Subscription] = field(default_factory=dict)
    rows: dict[Key, Row] = field(default_factory=dict)
    companions: dict[Key, Row] = field(default_factory=dict)
    told: dict[int, int] = field(default_factory=dict)
    """Vector that all live subscribers have reached or passed."""
    owed: dict[int, int] = field(default_factory=dict)
    """Dots of rows that they have ahead of the store's vector: told once that covers them."""

    def owe(self, rows: Iterable[Row], seen: m.Vector) -> None:
        for row in rows:
            if row.seq > max(seen.get(row.log, 0), self.owed.get(row.log, 0)):
                self.owed[row.log] = row.seq


class Feed:
    def __init__(self, store: Store) -> None:
        self._store = store
        self._clients: dict[UserId, dict[ClientSession, dict[Listing, None]]] = {}
        """Of each user those that are bound, with what they subscribe to."""
        self._topics: dict[Listing, _Topic] = {}
        self._stale: dict[Listing, None] = {}
        self._owing: dict[int, dict[Listing, None]] = {}
        """Of each log the topics that may owe dots of it."""
        self._timer: asyncio.TimerHandle | None = None

    # --- subscribers ---

    def bound(self, client: ClientSession) -> None:
        self._clients.setdefault(client.actor.uid, {})[client] = {}

    def unbound(self, client: ClientSession) -> None:
        """It logs out, or is gone. `bound` is still what it was."""
        uid = client.actor.uid
        self._unsubscribe(client, self._clients[uid][client])
        del self._clients[uid][client]
        if not self._clients[uid]:
            del self._clients[uid]

    async def subscribe(self, client: ClientSession, scopes: Iterable[m.ScopeSeen]) -> None:
        """In place of all before. Sends what is above the vectors given, before what comes from now on.

        Raises NotFound and NotAMember for a scope that is not the client's, and then changes nothing.
        """
        actor = client.actor
        wanted = [(_listing(scope, actor.uid), vv) for scope, vv in scopes]
        for listing, _ in wanted:
            check_scope(self._store.rows, listing.scope, actor.uid)
        mine = self._clients[actor.uid][client]
        self._unsubscribe(client, mine)
        subscriptions = [_Subscription() for _ in wanted]
        # No await since the check: from here on the loss of a group ends its subscription.
        for (listing, _), subscription in zip(wanted, subscriptions, strict=True):
            mine[listing] = None
            self._topics.setdefault(listing, _Topic()).subscribers[client] = subscription
        for (listing, vv), subscription in zip(wanted, subscriptions, strict=True):
            await self._catch_up(client, listing, vv, subscription)
            self._tell_name(listing.scope, [client])

    def pulls(self, client: ClientSession, scope: m.Scope) -> None:
        """It asks for all of a scope now; what is committed from here on may be pushed again."""
        topic = self._topics.get(_listing(scope, client.actor.uid))
        if topic and client in topic.subscribers:
            topic.subscribers[client].is_live = True

    async def _catch_up(
        self, client: ClientSession, listing: Listing, vv: m.Vector, subscription: _Subscription
    ) -> None:
        scope, uid = listing.scope, client.actor.uid
        for _ in range(CATCH_UPS_MAX):
            subscription.has_missed = False
            page = await self._store.read(functools.partial(_page, uid, m.Sync(scope, vv)))
            client.actor  # noqa: B018  raises for whoever has logged out meanwhile
            assert page.vv is not None
            if page.next or page.full or client.link.buffered > PUSH_BUFFERED_BYTES_MAX:
                break
            if page.rows or not dominates(page.vv, vv):
                client.link.push(_push(m.Delta(scope, vv, page.vv, page.rows)))
                self._owe(listing, page)
            vv = page.vv
            if not subscription.has_missed:
                subscription.is_live = True
                return
        client.link.push(_push(m.Changed(scope)))

    def _owe(self, listing: Listing, page: m.SyncPage) -> None:
        """What the page has of a round that is not over is to be told like what was pushed of it."""
        if topic := self._topics.get(listing):
            topic.owe(page.rows, page.vv or {})
            if topic.owed:  # perhaps over since the page was read
                self._stale[listing] = None
                self._flush_soon()

    def _unsubscribe(self, client: ClientSession, listings: Iterable[Listing]) -> None:
        mine = self._clients[client.actor.uid][client]
        for listing in [*listings]:
            del mine[listing]
            topic = self._topics[listing]
            del topic.subscribers[client]
            if not topic.subscribers:
                del self._topics[listing]

    # --- rows ---

    def committed(self, commit: Commit) -> list[ClientSession]:
        """Pushes what must be known at once, the rest soon. Returns the clients that are nobody any more."""
        if not self._clients:
            return []
        lost = [client for row in commit.rows for client in self._tell_loss(row)]
        for row in commit.rows:
            self._gather(row)
        known = self._store.rows
        for gid in dict.fromkeys(gid for row in commit.rows for gid in concerned_by_name(known, row)):
            if topic := self._topics.get(Listing(gid)):
                self._tell_name(gid, topic.subscribers)
        for scope in commit.relist:
            for listing in (Listing(scope), Listing(m.ME, UserId(scope))):
                if topic := self._topics.get(listing):
                    _relist(listing.scope, topic)
        for log in commit.seen:
            self._stale |= self._owing.pop(log, {})
        if self._stale:
            self._flush_soon()
        return lost

    def _gather(self, row: Row) -> None:
        known: Listed = self._store.rows
        for listing in listings_of(known, row):
            if topic := self._topics.get(listing):
                topic.rows[row.key] = row
                if listing.uid is None:
                    topic.companions.update((other.key, other) for other in companions(known, row))
                self._stale[listing] = None

    def close(self) -> None:
        if self._timer:
            self._timer.cancel()

    def _flush_soon(self) -> None:
        if self._timer is None:
            self._timer = asyncio.get_running_loop().call_later(PUSH_COALESCED_S, self._flush)

    def _flush(self) -> None:
        self._timer = None
        stale, self._stale = self._stale, {}
        for listing in stale:
            if topic := self._topics.get(listing):
                self._flush_topic(listing.scope, topic)
                for log in topic.owed:
                    self._owing.setdefault(log, {})[listing] = None

    def _flush_topic(self, scope: m.Scope, topic: _Topic) -> None:
        frames = b"".join(_push(delta) for delta in _deltas(scope, topic, self._store.seen))
        topic.rows, topic.companions = {}, {}
        if not frames:
            return
        for client, subscription in topic.subscribers.items():
            if not subscription.is_live:
                subscription.has_missed = True
            elif client.link.buffered > PUSH_BUFFERED_BYTES_MAX:
                subscription.is_live = False
                client.link.push(_push(m.Changed(scope)))
            else:
                client.link.push(frames)

    def _tell_name(self, scope: m.Scope, clients: Iterable[ClientSession]) -> None:
        is_group = scope not in (m.NETWORK, m.ME)
        if is_group and (name := named(self._store.rows, GroupId(scope))):
            for client in clients:
                client.link.push(_push(name))

    # --- losses ---

    def _tell_loss(self, row: Row) -> list[ClientSession]:
        rows: Rows = self._store.rows
        match row.kind:
            case Kind.MEMBER if not body_of(row, Member).is_in:
                gid, uid = (GroupId(split(row.id)[0]), UserId(split(row.id)[1]))
                self._tell(m.Revoked(gid, uid), [gid])
                for client, listings in self._clients.get(uid, {}).items():
                    self._unsubscribe(client, [mine for mine in listings if mine == Listing(gid)])
            case Kind.GONE:
                uid = UserId(row.id)
                self._tell(m.Revoked(None, uid), rows.groups_of(uid))
                return list(self._clients.get(uid, ()))
            case Kind.REVOKED if device := fact(rows, Device, row.id):
                dev = DeviceId(row.id)
                self._tell(m.Revoked(None, device.uid, dev), rows.groups_of(device.uid))
                return [client for client in self._clients.get(device.uid, ()) if client.actor.dev == dev]
        return []

    def _tell(self, loss: m.Revoked, gids: Iterable[GroupId]) -> None:
        topics = (self._topics.get(Listing(gid)) for gid in gids)
        audience = {client: None for topic in topics if topic for client in topic.subscribers}
        frame = _push(loss)
        for client in audience | dict.fromkeys(self._clients.get(loss.uid, ())):
            client.link.push(frame)


def check_scope(rows: Rows, scope: m.Scope, uid: UserId) -> None:
    """Raises NotFound and NotAMember unless the user may mirror the scope."""
    if scope in (m.NETWORK, m.ME):
        return
    if len(scope) != ID_BYTES:
        raise NotFound
    check_member(rows, GroupId(scope), uid)


def _page(uid: UserId, request: m.Sync, rows: Listed) -> m.SyncPage:
    return sync(rows, uid, request)


def _listing(scope: m.Scope, uid: UserId) -> Listing:
    return Listing(scope, uid if scope == m.ME else None)


def _push(message: m.FromTracker) -> bytes:
    return tracker_frame(0, m.encode(message))


def _relist(scope: m.Scope, topic: _Topic) -> None:
    """They may have rows of which nothing is left here, so they must not be told how far they are."""
    topic.rows, topic.companions, topic.owed = {}, {}, {}
    for client, subscription in topic.subscribers.items():
        subscription.has_missed = True
        if subscription.is_live:
            subscription.is_live = False
            client.link.push(_push(m.Changed(scope)))


def _deltas(scope: m.Scope, topic: _Topic, seen: m.Vector) -> Iterator[m.Delta]:
    """All that waits, in the order of the dots, so that each delta may move the vector as far as it goes.

    It moves only to what the store has seen: rows of a round that is not over may lack some before them.
    """
    waiting = [row for key, row in topic.companions.items() if key not in topic.rows]
    waiting += sorted(topic.rows.values(), key=lambda row: row.dot)
    for page in pages(waiting):
        news = [row for row in page if row.key in topic.rows]
        covered = {row.log: row.seq for row in news if row.seq <= seen.get(row.log, 0)}
        topic.owe(news, seen)
        yield _delta(scope, topic, covered, page)
    if due := {log: seq for log, seq in topic.owed.items() if seq <= seen.get(log, 0)}:
        topic.owed = {log: seq for log, seq in topic.owed.items() if log not in due}
        yield _delta(scope, topic, due, [])


def _delta(scope: m.Scope, topic: _Topic, claim: m.Vector, rows: list[Row]) -> m.Delta:
    # Of other logs a subscriber may have been told nothing: all their rows may have been overwritten.
    before = {log: topic.told.get(log, 0) for log in claim}
    after = {log: max(seq, before[log]) for log, seq in claim.items()}
    topic.told |= after
    return m.Delta(scope, before, after, rows)
