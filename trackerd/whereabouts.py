"""Where a session is found, and which of its addresses who may be sent to.

An address that a device claims is handed out only where it cannot be used to send members against a third
party: it is the one at which a tracker sees the device, or a private one where asker and device are in one
network behind one address.
"""

from dataclasses import dataclass, field
from functools import cached_property, lru_cache
from typing import NamedTuple

import shared.wire.tracker_messages as m
from shared.addresses import Ip, reachable_ip
from shared.facts.ids import DeviceId, UserId
from shared.limits import ADDRESSES_PARSED_MAX, ADDRESSES_TOLD_MAX, PEER_PORT_MIN


class _Place(NamedTuple):
    """An address, taken apart: for each of those that a lookup finds, that alone would take 20 us."""

    text: str
    net: tuple[int, int]
    is_loopback: bool
    is_private: bool
    is_reachable: bool
    """Somebody may be sent there at all."""


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

    @cached_property
    def seen(self) -> _Place:
        """`observed`."""
        return _place(str(self.observed))


def addresses(session: Session, asker: Session) -> list[m.Endpoint]:
    """What was claimed, where that may be told; else the port, at the address that the tracker sees."""
    is_elsewhere = session.seen.is_loopback and not asker.seen.is_loopback
    seen = _place(str(asker.reached)) if is_elsewhere and asker.reached else session.seen
    ends: dict[m.Endpoint, None] = {}
    for claimed, port in session.claimed:
        place = _place(claimed)
        told = place if place.is_reachable and _may_be_told(place, session, asker) else seen
        if told.is_reachable and port >= PEER_PORT_MIN:
            ends[m.Endpoint(told.text, port)] = None
    return [*ends][:ADDRESSES_TOLD_MAX]


def is_near(session: Session, asker: Session) -> bool:
    return session.seen.net == asker.seen.net


def _may_be_told(place: _Place, session: Session, asker: Session) -> bool:
    if place.is_loopback:
        return session.seen.is_loopback and asker.seen.is_loopback
    if place.text == session.seen.text:
        return True
    # Both behind one address, as seen from here: then the asker's own claim tells its network.
    return (
        place.is_private
        and session.seen.text == asker.seen.text
        and any(place.net == _place(end.ip).net for end in asker.claimed)
    )


@lru_cache(maxsize=ADDRESSES_PARSED_MAX)
def _place(text: str) -> _Place:
    ip = reachable_ip(text)
    if ip is None:
        return _Place(text, (0, 0), is_loopback=False, is_private=False, is_reachable=False)
    host_bits = 8 if ip.version == 4 else 64
    net = ip.version, int(ip) >> host_bits
    return _Place(str(ip), net, ip.is_loopback, ip.is_private, is_reachable=True)
