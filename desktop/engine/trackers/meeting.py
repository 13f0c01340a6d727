"""A connection to a tracker that has the key it must have, as this device where its certificate lets it."""

import logging
import ssl
from collections.abc import Callable

from desktop.engine import events
from desktop.engine.trackers.alarms import Alarms
from desktop.engine.trackers.known_networks import Candidate
from desktop.engine.trackers.tracker_link import TrackerLink
from shared.clock import Clock
from shared.errors import DeviceRevoked, PinMismatch
from shared.facts.ids import Dot
from shared.tracker_info import format_pin
from shared.trust.certificates import Leaf

log = logging.getLogger(__name__)


class Meeting:
    def __init__(self, clock: Clock, alarms: Alarms, emit: Callable[[events.Event], None]) -> None:
        self._clock, self._alarms, self._emit = clock, alarms, emit

    async def dial(self, candidate: Candidate, leaf: Leaf | None, seen: Dot | None) -> TrackerLink:
        """The first time that a tracker is met it has whatever key it has. Raises OSError and ShoalError."""
        address, pin = (candidate.host, candidate.port), candidate.pin
        if pin is None:
            pin, _ = await TrackerLink.meet(address, self._clock)
        try:
            link = await self._dial(address, pin, leaf, seen)
        except ssl.SSLCertVerificationError:
            await self._tell_why(candidate, pin)
            raise
        if candidate.pin is None:
            self._emit(events.PinMet(address=candidate.address, pin=format_pin(pin)))
        return link

    async def _dial(
        self, address: tuple[str, int], t_key: bytes, leaf: Leaf | None, seen: Dot | None
    ) -> TrackerLink:
        if leaf:
            try:
                return await TrackerLink.dial(address, t_key, leaf, self._clock, seen)
            except (ConnectionRefusedError, ssl.SSLCertVerificationError):
                raise
            except (ConnectionError, ssl.SSLError, DeviceRevoked) as error:
                log.info("certificate refused, perhaps: %s", error)
        return await TrackerLink.dial(address, t_key, None, self._clock, seen)

    async def _tell_why(self, candidate: Candidate, pin: bytes) -> None:
        """Another key; or only a clock by which the right one is not valid."""
        try:
            t_key, welcome = await TrackerLink.meet((candidate.host, candidate.port), self._clock)
        except PinMismatch:
            t_key, welcome = b"", None
        if t_key == pin and welcome:
            self._alarms.mind_clock(welcome)
        else:
            self._alarms.other_key(candidate.address)
