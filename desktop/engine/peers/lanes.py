"""Further connections to a far device that is linked already: how many, and when one of them goes again.

A single one stands still with every loss, and over 100 ms that is long: where CUBIC loses 1 % it comes to
2 Mbit/s, whatever the line could carry. Each has a window of its own, in both systems' memory too.
"""

from collections import Counter
from typing import Generic, Protocol, TypeVar

from shared.facts.ids import DeviceId
from shared.limits import LANE_IDLE_S, LANE_RETRY_S, LANES_MAX


class Lane(Protocol):
    """A PeerLink, as far as this module needs it."""

    device: DeviceId
    is_ours_dialled: bool

    @property
    def is_idle(self) -> bool: ...


LaneT = TypeVar("LaneT", bound=Lane)


class Lanes(Generic[LaneT]):
    """The first connection is none of them: it is the pool's link, and only it is always there."""

    def __init__(self) -> None:
        self._of: dict[DeviceId, list[LaneT]] = {}
        self._used_at: dict[LaneT, float] = {}
        self._dialled: Counter[DeviceId] = Counter()
        self._not_before: dict[DeviceId, float] = {}

    def of(self, device: DeviceId) -> list[LaneT]:
        return self._of.get(device, [])

    @property
    def all(self) -> list[LaneT]:
        return list(self._used_at)

    def dialling(self, device: DeviceId, connections: int, now: float) -> int:
        """How many are to be dialled for so many `connections`; came() or failed() must follow for each."""
        if now < self._not_before.get(device, now):
            return 0
        there = 1 + len(self.of(device)) + self._dialled[device]
        count = max(0, min(connections, LANES_MAX) - there)
        self._dialled[device] += count
        return count

    def failed(self, device: DeviceId, now: float) -> None:
        """One that was dialled: the other side, or the system, has no room for it now."""
        self._dialled[device] -= 1
        self._not_before[device] = now + LANE_RETRY_S

    def came(self, lane: LaneT, now: float) -> bool:
        """Whether it may stay."""
        if lane.is_ours_dialled:
            self._dialled[lane.device] -= 1
        if len(self.of(lane.device)) >= LANES_MAX - 1:
            return False
        self._of.setdefault(lane.device, []).append(lane)
        self._used_at[lane] = now
        return True

    def left(self, lane: LaneT, now: float) -> None:
        """It has ended, for whatever reason; or it is the pool's link from now on."""
        if self._used_at.pop(lane, None) is not None:
            self._of[lane.device].remove(lane)
            if not self._of[lane.device]:
                del self._of[lane.device]
            if lane.is_ours_dialled:
                self._not_before[lane.device] = now + LANE_RETRY_S

    def surplus(self, takers: int) -> list[LaneT]:
        """Those that others dialled and that are to end, where so many devices want something: each has as
        many connections, or whoever has more of them would get more of the line."""
        each = LANES_MAX // max(1, takers) - 1
        accepted = [[lane for lane in lanes if not lane.is_ours_dialled] for lanes in self._of.values()]
        return [lane for lanes in accepted for lane in lanes[max(0, each) :]]

    def idle(self, now: float) -> list[LaneT]:
        """Those that this side dialled, and does not use any more. To be asked every second or so."""
        self._used_at |= {lane: now for lane in self._used_at if not lane.is_idle}
        self._not_before = {device: at for device, at in self._not_before.items() if at > now}
        self._dialled = +self._dialled
        return [lane for lane, at in self._used_at.items() if lane.is_ours_dialled and now - at > LANE_IDLE_S]
