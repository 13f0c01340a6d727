"""Which addresses of a device are dialled, in which order, and how long after they failed."""

from collections import deque
from collections.abc import Container
from typing import NamedTuple

from shared.addresses import reachable_ip
from shared.facts.ids import DeviceId
from shared.limits import (
    ADDRESSES_REMEMBERED_MAX,
    DIAL_ADDRESSES_MAX,
    DIAL_BACKOFF_S_MAX,
    DIAL_BACKOFF_S_MIN,
    PEER_PORT_MIN,
)


class Endpoint(NamedTuple):
    ip: str
    port: int


def dialable(ip: str, port: int, seen_as: str | None) -> Endpoint | None:
    """Where to dial, or None: a tracker's answer must not make us knock on anybody's door.

    `seen_as` is this device's own address as its tracker sees it: only who is on the tracker's own
    computer dials loopback. Private addresses are handed out by the tracker to who shares their network.
    """
    address, here = reachable_ip(ip), reachable_ip(seen_as or "")
    if address is None or port < PEER_PORT_MIN:
        return None
    if address.is_loopback and not (here and here.is_loopback):
        return None
    return Endpoint(str(address), port)


class Candidates:
    """Devices to link to, one dial at a time each. What failed waits, twice as long each time."""

    def __init__(self) -> None:
        self._left: dict[DeviceId, deque[Endpoint]] = {}
        """Addresses not tried yet, of those whose turn has not come or who are dialled just now."""
        self._dialled: dict[DeviceId, Endpoint] = {}
        self._failures: dict[Endpoint, tuple[int, float]] = {}
        """How often in a row, and the moment before which it is not tried again."""

    def found(self, device: DeviceId, endpoint: Endpoint, now: float) -> None:
        """`device` is wanted, and said to be there. Forgotten again when all its addresses have failed."""
        if self._failures.get(endpoint, (0, 0.0))[1] > now or self._dialled.get(device) == endpoint:
            return
        if len(self._left) < ADDRESSES_REMEMBERED_MAX:
            left = self._left.setdefault(device, deque())
            if endpoint not in left and len(left) < DIAL_ADDRESSES_MAX:
                left.append(endpoint)

    def next(self, linked: Container[DeviceId]) -> tuple[DeviceId, Endpoint] | None:
        """Whom to dial now; done() or failed() must follow."""
        for device, left in list(self._left.items()):
            if device in self._dialled:
                continue
            del self._left[device]
            if left and device not in linked:
                self._dialled[device] = left.popleft()
                self._left[device] = left  # behind all others
                return device, self._dialled[device]
        return None

    def failed(self, device: DeviceId, endpoint: Endpoint, now: float) -> None:
        self._dialled.pop(device, None)
        times = self._failures.pop(endpoint, (0, 0.0))[0] + 1
        wait_s = min(DIAL_BACKOFF_S_MIN * 2 ** min(times - 1, 10), DIAL_BACKOFF_S_MAX)
        self._failures[endpoint] = times, now + wait_s
        if len(self._failures) > ADDRESSES_REMEMBERED_MAX:
            del self._failures[next(iter(self._failures))]

    def done(self, device: DeviceId, endpoint: Endpoint) -> None:
        """It is linked."""
        self._dialled.pop(device, None)
        self._left.pop(device, None)
        self._failures.pop(endpoint, None)
