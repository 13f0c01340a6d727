"""What is known of each tracker of the network, for whoever looks at the list of them."""

from collections.abc import Iterable

from desktop.engine.trackers.finding import why_not
from desktop.engine.trackers.known_networks import Candidate
from desktop.engine.trackers.tracker_link import TrackerLink
from desktop.engine.views import TrackerInUse, TrackerView
from shared.clock import Clock
from shared.errors import ShoalError


class TrackerStates:
    def __init__(self, clock: Clock) -> None:
        self._clock = clock
        self._lost: dict[str, str] = {}
        """Addresses of trackers that were asked and were not there; why, and empty for one that is back."""

    def lost(self, address: str, error: Exception | None) -> None:
        self._lost[address] = why_not(error)

    def met(self, address: str) -> None:
        self._lost.pop(address, None)

    def views(self, candidates: Iterable[Candidate], in_use: TrackerInUse | None) -> list[TrackerView]:
        here = in_use.address if in_use else None
        return [
            TrackerView(
                number=one.number,
                address=one.address,
                state="connected" if one.address == here else self._state(one.address),
                why=self._lost.get(one.address, ""),
            )
            for one in candidates
        ]

    async def ask_lost(self, candidates: Iterable[Candidate]) -> None:
        """Whether they are back. As nobody: the session of the account is elsewhere."""
        for candidate in candidates:
            if candidate.pin and self._lost.get(candidate.address):
                address = (candidate.host, candidate.port)
                try:
                    link = await TrackerLink.dial(address, candidate.pin, None, self._clock)
                except (OSError, UnicodeError, ShoalError) as error:
                    self.lost(candidate.address, error)
                else:
                    link.close()
                    self._lost[candidate.address] = ""

    def _state(self, address: str) -> str:
        why = self._lost.get(address)
        return "unknown" if why is None else "lost" if why else "up"
