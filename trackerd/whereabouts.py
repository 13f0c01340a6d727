"""Where a session is found, and which of its addresses who may be sent to.

An address that a device claims is handed out only where it cannot be used to send members against a third
party: it is the one at which a tracker sees the device, or a private one where asker and device are in one
network behind one address.
"""

from dataclasses import dataclass, field

import shared.wire.tracker_messages as m
from shared.addresses import Ip, reachable_ip
from shared.facts.ids import DeviceId, UserId
from shared.limits import ADDRESSES_TOLD_MAX, PEER_PORT_MIN


@dataclass(eq=False)
class Session:
    """One bound connection, to this tracker or to another."""

    uid: UserId
    dev: DeviceId
    observed: Ip
    """Where its tracker sees the device; where this one sees that tracker, if the two are one computer."""
    reached: Ip | None
    """Where the device sees the tracker; None for a session at another one."""
    number: int = 0
    """Given when it is opened: of two sessions of a device, the greater one is the newer."""
    claimed: list[m.Endpoint] = field(default_factory=list)
    partials: dict[m.EntryRef, None] = field(default_factory=dict)


def addresses(session: Session, asker: Session) -> list[tuple[Ip, int]]:
    """What was claimed, where that may be told; else the port, at the address that the tracker sees."""
    is_elsewhere = session.observed.is_loopback and not asker.observed.is_loopback
    seen = asker.reached if is_elsewhere and asker.reached else session.observed
    ends: dict[tuple[Ip, int], None] = {}
    for claimed, port in session.claimed:
        ip = reachable_ip(claimed)
        if port >= PEER_PORT_MIN:
            ends[ip if ip and _may_be_told(ip, session, asker) else seen, port] = None
    return [end for end in ends if reachable_ip(str(end[0]))][:ADDRESSES_TOLD_MAX]


def is_near(session: Session, asker: Session) -> bool:
    return _same_net(session.observed, asker.observed)


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
