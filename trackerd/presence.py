"""Who is online, with what: sessions at this tracker, and those that other trackers tell of.

Nothing of it is kept: a session dies with its connection. One at a tracker that cannot be asked any more is
unconfirmed, and believed for a while, as it is most likely on its way to another tracker.
"""

import bisect
import operator
import random
from collections import OrderedDict
from collections.abc import Callable, Collection, Iterable, Iterator
from dataclasses import dataclass, field
from typing import TypeVar

import shared.wire.mesh_messages as mm
import shared.wire.tracker_messages as m
from shared.addresses import Ip, plain_ip
from shared.errors import Quota, Violation
from shared.facts.derive import Sharer
from shared.facts.ids import DeviceId, UserId
from shared.limits import (
    PARTIALS_PER_SESSION_MAX,
    PEER_PORT_MIN,
    PEERS_PER_ENTRY_MAX,
    PRESENCE_BATCH_MAX,
    PRESENCE_SESSIONS_MAX,
    PRESENCE_UNCONFIRMED_S,
    USERS_AWAY_KNOWN_MAX,
)
from trackerd.pages import cut
from trackerd.whereabouts import Session, addresses, is_near

K = TypeVar("K")
_Ordered = dict[Session, None]
_TRACKERS = 256
_NEAR_AND_LOT = operator.itemgetter(0, 1)


@dataclass
class Presence:
    """Of tracker `own`."""

    own: int
    now_s: Callable[[], float]
    """Of a clock that never goes back."""
    _of_device: dict[DeviceId, list[Session]] = field(default_factory=dict)
    """Newest last; only that one counts."""
    _of_user: dict[UserId, _Ordered] = field(default_factory=dict)
    _partial: dict[m.EntryRef, _Ordered] = field(default_factory=dict)
    _here: _Ordered = field(default_factory=dict)
    _elsewhere: dict[int, dict[int, Session]] = field(default_factory=dict)
    """By tracker, and its number of the session."""
    _lost_at: dict[int, float] = field(default_factory=dict)
    """Trackers whose sessions are unconfirmed."""
    _changed: dict[Session, dict[m.EntryRef, None]] = field(default_factory=dict)
    """Sessions here of which the other trackers are to be told, with the entries that came or went."""
    _gone: list[int] = field(default_factory=list)
    _left_at: OrderedDict[UserId, float] = field(default_factory=OrderedDict)
    """When the last session of a user ended, wherever it was; who left first comes first."""
    _last: int = 0
    """The greatest number of a session ever heard of."""

    # --- sessions here ---

    def opened(self, session: Session) -> None:
        # After all that this tracker has heard of, and unlike any of another's.
        session.number = self._last = (self._last // _TRACKERS + 1) * _TRACKERS + self.own
        self._here[session] = None
        self._changed[session] = {}
        self._take_in(session)

    def closed(self, session: Session) -> None:
        del self._here[session]
        self._gone.append(session.number)
        self._forget(session)
        if (
            session in self._changed
        ):  # told all the same: that the device was here shows that it left elsewhere
            self._changed[session] = {}

    def announce(self, session: Session, request: m.Announce) -> None:
        """Entries are those of groups that the user is in."""
        if len(session.partials) + len(request.add) > PARTIALS_PER_SESSION_MAX:
            raise Quota
        session.claimed = [end for end in request.addresses if end.port >= PEER_PORT_MIN]
        self._drop(session, request.drop)
        self._add(session, request.add)
        self._changed.setdefault(session, {}).update(dict.fromkeys([*request.drop, *request.add]))

    # --- who asks ---

    def count(self) -> tuple[int, int]:
        """Sessions here, and those that other trackers told of."""
        return len(self._here), sum(map(len, self._elsewhere.values()))

    def online(self, uids: Iterable[UserId]) -> list[DeviceId]:
        """Devices of these users that have a session."""
        return list(dict.fromkeys(session.dev for uid in uids for session in self._of_user.get(uid, ())))

    def away(self, uids: Iterable[UserId]) -> list[m.UserAway]:
        """Those of them who were seen to go, and have not come back."""
        now_s = self.now_s()
        return [
            m.UserAway(uid, int(now_s - self._left_at[uid]))
            for uid in uids
            if uid in self._left_at and uid not in self._of_user
        ]

    def partial_users(self, refs: Iterable[m.EntryRef]) -> set[UserId]:
        """Users whose devices are downloading any of these entries."""
        return {session.uid for ref in refs for session in self._partial.get(ref, ())}

    def peers(
        self,
        asker: Session,
        ref: m.EntryRef,
        sharers: Collection[Sharer],
        members: Collection[UserId],
        lot: random.Random,
    ) -> list[m.PeerListed]:
        """Where to find who has the entry: by lot, the asker's own network first.

        `members`: those among the users of partial_users() who are in the group.
        """
        complete = [self._of_device[sharer.dev][-1] for sharer in sharers if sharer.dev in self._of_device]
        partial = [
            session
            for session in self._partial.get(ref, ())
            if session.uid in members and self._is_newest(session)
        ]
        found = {session.dev: (session, True) for session in partial}
        found |= {session.dev: (session, False) for session in complete}
        found.pop(asker.dev, None)
        by_lot = [
            (not is_near(session, asker), lot.random(), session, is_partial)
            for session, is_partial in found.values()
        ]
        listed = [
            m.PeerListed(session.dev, session.uid, ip, port, is_partial)
            for _, _, session, is_partial in sorted(by_lot, key=_NEAR_AND_LOT)[:PEERS_PER_ENTRY_MAX]
            for ip, port in addresses(session, asker)
        ]
        return listed[:PEERS_PER_ENTRY_MAX]

    # --- what other trackers are told ---

    def changes(self) -> list[mm.Presence]:
        """What is to be told since the last call. To be called every PRESENCE_TOLD_S, told or not.

        An entry that came or went stands as it is now, so that it is right for whoever was told everything
        at any time since.
        """
        told = [part for session, refs in self._changed.items() for part in _parts(session, refs)]
        messages = [*_messages(told, self._gone)]
        self._changed, self._gone = {}, []
        return messages

    def everything(self) -> list[mm.Presence]:
        """For a tracker that may have heard anything or nothing before."""
        told = [part for session in self._here for part in _parts(session, session.partials)]
        first, *rest = [*_messages(told, [])] or [mm.Presence(False, [], [])]
        return [mm.Presence(True, first.sessions, first.gone), *rest]

    # --- what other trackers tell ---

    def heard(self, number: int, message: mm.Presence, reached: Ip) -> None:
        """From tracker `number`, which this one sees at `reached`. Raises Violation."""
        theirs = self._elsewhere.setdefault(number, {})
        if message.full:
            self._lost_at.pop(number, None)
            self._forget_tracker(number)
            theirs = self._elsewhere[number] = {}
        for told in message.sessions:
            if told.session in theirs or len(theirs) < PRESENCE_SESSIONS_MAX:
                self._heard_of(theirs, told, reached)
        for gone in message.gone:
            if session := theirs.pop(gone, None):
                self._forget(session)

    def link_lost(self, number: int, now_s: float) -> None:
        """Its sessions are unconfirmed from now on."""
        self._lost_at.setdefault(number, now_s)
        for session in [*self._elsewhere.get(number, {}).values()]:
            self._drop_superseded(session.dev)

    def expire(self, now_s: float) -> None:
        """Forgets what was unconfirmed for too long. To be called now and then."""
        for number in [n for n, at_s in self._lost_at.items() if now_s - at_s > PRESENCE_UNCONFIRMED_S]:
            del self._lost_at[number]
            self._forget_tracker(number)

    def _heard_of(self, theirs: dict[int, Session], told: mm.SessionTold, reached: Ip) -> None:
        session = theirs.get(told.session)
        if session is None:
            seen_as = _ip(told.seen_as)
            # Beside that tracker, not beside this one; unless both are on one computer.
            observed = reached if seen_as.is_loopback else seen_as
            session = theirs[told.session] = Session(told.uid, told.dev, observed, None, told.session)
            self._last = max(self._last, told.session)
            self._take_in(session)
        session.claimed = told.claimed
        self._drop(session, told.drop)
        self._add(session, told.add[: PARTIALS_PER_SESSION_MAX - len(session.partials)])

    def _forget_tracker(self, number: int) -> None:
        for session in self._elsewhere.pop(number, {}).values():
            self._forget(session)

    def _drop_superseded(self, dev: DeviceId) -> None:
        """A device has one connection at a time: what is newer elsewhere shows that it has moved."""
        older = {session.number for session in self._of_device.get(dev, [])[:-1]}
        for tracker in self._lost_at:
            theirs = self._elsewhere.get(tracker, {})
            for number in older & theirs.keys():
                self._forget(theirs.pop(number))

    # --- the indexes ---

    def _take_in(self, session: Session) -> None:
        of_device = self._of_device.setdefault(session.dev, [])
        bisect.insort(of_device, session, key=lambda one: one.number)
        self._of_user.setdefault(session.uid, {})[session] = None
        if self._lost_at:
            self._drop_superseded(session.dev)

    def _forget(self, session: Session) -> None:
        self._drop(session, [*session.partials])
        _discard(self._of_user, session.uid, session)
        if session.uid not in self._of_user:
            self._note_left(session.uid)
        self._of_device[session.dev].remove(session)
        if not self._of_device[session.dev]:
            del self._of_device[session.dev]

    def _note_left(self, uid: UserId) -> None:
        self._left_at[uid] = self.now_s()
        self._left_at.move_to_end(uid)
        if len(self._left_at) > USERS_AWAY_KNOWN_MAX:
            self._left_at.popitem(last=False)

    def _is_newest(self, session: Session) -> bool:
        return self._of_device[session.dev][-1] is session

    def _add(self, session: Session, refs: Iterable[m.EntryRef]) -> None:
        for ref in refs:
            session.partials[ref] = None
            self._partial.setdefault(ref, {})[session] = None

    def _drop(self, session: Session, refs: Iterable[m.EntryRef]) -> None:
        for ref in refs:
            session.partials.pop(ref, None)
            _discard(self._partial, ref, session)


def _ip(text: str) -> Ip:
    try:
        return plain_ip(text)
    except ValueError as error:
        raise Violation(f"no address: {text}") from error


def _parts(session: Session, refs: Iterable[m.EntryRef]) -> Iterator[mm.SessionTold]:
    """As it is now, of these entries; in parts that each fit a frame."""
    left = [*refs]
    while True:
        part, left = left[:PARTIALS_PER_SESSION_MAX], left[PARTIALS_PER_SESSION_MAX:]
        add = [ref for ref in part if ref in session.partials]
        drop = [ref for ref in part if ref not in session.partials]
        observed = str(session.observed)
        yield mm.SessionTold(session.number, session.dev, session.uid, observed, session.claimed, add, drop)
        if not left:
            return


def _messages(told: list[mm.SessionTold], gone: list[int]) -> Iterator[mm.Presence]:
    """In as few as fit their frames."""
    *before, page = [*cut(told, _wire_bytes, PRESENCE_BATCH_MAX)] or [[]]
    yield from (mm.Presence(False, full, []) for full in before)
    for start in range(0, len(gone), PRESENCE_BATCH_MAX):
        yield mm.Presence(False, page, gone[start : start + PRESENCE_BATCH_MAX])
        page = []
    if page:
        yield mm.Presence(False, page, [])


def _wire_bytes(told: mm.SessionTold) -> int:
    """At most."""
    return 110 + 51 * len(told.claimed) + 37 * (len(told.add) + len(told.drop))


def _discard(held: dict[K, _Ordered], key: K, session: Session) -> None:
    of_key = held.get(key, {})
    of_key.pop(session, None)
    if not of_key:
        held.pop(key, None)
