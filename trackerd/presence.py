"""Who is online, with what, and at which addresses others may be sent to them. Dies with its connections.

An address that a device claims is handed out only where it cannot be used to send members against a third
party: it is the one at which the tracker sees the device, or a private one where asker and device are in one
network behind one address.
"""

import random
from collections.abc import Collection, Iterable
from dataclasses import dataclass, field
from typing import TypeVar

import shared.wire.tracker_messages as m
from shared.addresses import Ip, reachable_ip
from shared.errors import Quota
from shared.facts.derive import Sharer
from shared.facts.ids import DeviceId, UserId
from shared.limits import ADDRESSES_TOLD_MAX, PARTIALS_PER_SESSION_MAX, PEER_PORT_MIN, PEERS_PER_ENTRY_MAX

K = TypeVar("K")


@dataclass(eq=False)
class Session:
    """One bound connection."""

    uid: UserId
    dev: DeviceId
    observed: Ip
    """Where the tracker sees the device."""
    reached: Ip
    """Where the device sees the tracker."""
    claimed: list[m.Endpoint] = field(default_factory=list)
    partials: set[m.EntryRef] = field(default_factory=set)


@dataclass
class Presence:
    _of_device: dict[DeviceId, list[Session]] = field(default_factory=dict)
    """Newest last; only that one counts."""
    _of_user: dict[UserId, set[Session]] = field(default_factory=dict)
    _partial: dict[m.EntryRef, set[Session]] = field(default_factory=dict)

    def opened(self, session: Session) -> None:
        self._of_device.setdefault(session.dev, []).append(session)
        self._of_user.setdefault(session.uid, set()).add(session)

    def closed(self, session: Session) -> None:
        self._drop(session, list(session.partials))
        _discard(self._of_user, session.uid, session)
        others = [other for other in self._of_device.pop(session.dev, []) if other is not session]
        if others:
            self._of_device[session.dev] = others

    def announce(self, session: Session, request: m.Announce) -> None:
        """Entries are those of groups that the user is in."""
        if len(session.partials) + len(request.add) > PARTIALS_PER_SESSION_MAX:
            raise Quota
        session.claimed = [end for end in request.addresses if end.port >= PEER_PORT_MIN]
        self._drop(session, request.drop)
        session.partials.update(request.add)
        for ref in request.add:
            self._partial.setdefault(ref, set()).add(session)

    def online(self, uids: Iterable[UserId]) -> list[DeviceId]:
        """Devices of these users that have a session."""
        return list({session.dev for uid in uids for session in self._of_user.get(uid, ())})

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
            if session.uid in members and self._of_device[session.dev][-1] is session
        ]
        found = {session.dev: (session, True) for session in partial}
        found |= {session.dev: (session, False) for session in complete}
        found.pop(asker.dev, None)
        near = {dev for dev, (session, _) in found.items() if _same_net(session.observed, asker.observed)}
        order = sorted(found, key=lambda dev: (dev not in near, lot.random()))
        listed = (
            m.PeerListed(dev, session.uid, str(ip), port, is_partial)
            for dev in order
            for session, is_partial in (found[dev],)
            for ip, port in _addresses(session, asker)
        )
        return [peer for peer, _ in zip(listed, range(PEERS_PER_ENTRY_MAX), strict=False)]

    def _drop(self, session: Session, refs: Iterable[m.EntryRef]) -> None:
        for ref in refs:
            session.partials.discard(ref)
            _discard(self._partial, ref, session)


def _addresses(session: Session, asker: Session) -> list[tuple[Ip, int]]:
    """What was claimed, where that may be told; else the port, at the address that the tracker sees."""
    is_elsewhere = session.observed.is_loopback and not asker.observed.is_loopback
    seen = asker.reached if is_elsewhere else session.observed
    ends: dict[tuple[Ip, int], None] = {}
    for claimed, port in session.claimed:
        ip = reachable_ip(claimed)
        ends[ip if ip and _may_be_told(ip, session, asker) else seen, port] = None
    return [end for end in ends if reachable_ip(str(end[0]))][:ADDRESSES_TOLD_MAX]


def _may_be_told(ip: Ip, session: Session, asker: Session) -> bool:
    if ip.is_loopback:
        return session.observed.is_loopback and asker.observed.is_loopback
    if ip == session.observed:
        return True
    # Both behind one address, as seen from here: then the asker's own claim tells its network.
    return (
        ip.is_private
        and session.observed == asker.observed
        and any(_same_net(ip, reachable_ip(end.ip)) for end in asker.claimed)
    )


def _same_net(one: Ip, other: Ip | None) -> bool:
    if other is None or one.version != other.version:
        return False
    host_bits = 8 if one.version == 4 else 64
    return int(one) >> host_bits == int(other) >> host_bits


def _discard(held: dict[K, set[Session]], key: K, session: Session) -> None:
    of_key = held.get(key, set())
    of_key.discard(session)
    if not of_key:
        held.pop(key, None)
