"""How much one peer is asked for at a time: so that it never waits, and little is lost with it."""

from shared.limits import (
    PIECE_BYTES,
    RATE_MEASURED_S,
    REQUESTED_BYTES_OUTSTANDING_MAX,
    REQUESTS_OUTSTANDING_MAX,
    WINDOW_AHEAD_S,
    WINDOW_BYTES_MIN,
    WINDOW_LAN_PIECES,
    WINDOW_START_PIECES,
    WINDOW_START_S,
)


class RequestWindow:
    """What is in flight from one peer, over all its channels, and how far it has come.

    The peer sends pieces whole, one after the other: what came of the one under way is told apart from those
    that are complete, so that the next is asked for while it comes.
    """

    def __init__(self) -> None:
        self.requests = 0
        self.in_flight_bytes = 0
        self.moved_at = 0.0
        """When bytes last came, or something was asked while nothing was in flight."""
        self._busy_at = 0.0
        """Since when something is in flight all the time."""
        self._rate = 0.0
        self._began_at: float | None = None
        """When the first bytes came."""
        self._came_bytes = 0
        self._complete_bytes = 0
        """Of those that came, or not to be counted any more."""

    @property
    def left_bytes(self) -> int:
        """To come of what is in flight."""
        return max(0, self.in_flight_bytes - (self._came_bytes - self._complete_bytes))

    def rate(self, measured: float, now: float) -> float:
        """Bytes a second while something is in flight; `measured` is over the last seconds, with pauses."""
        is_busy = self.requests > 0 and now - self._busy_at > RATE_MEASURED_S
        self._rate = measured if is_busy else max(measured, self._rate)
        return self._rate

    def stalled(self) -> None:
        """Nothing of it comes: what it could do before says nothing of what it is asked for next."""
        self._rate = 0.0

    def heard(self, bytes_total: int, now: float) -> None:
        """So many bytes of pieces have come from the peer by now, since it is linked."""
        if bytes_total != self._came_bytes:
            self._came_bytes, self.moved_at = bytes_total, now
            self._began_at = now if self._began_at is None else self._began_at

    def asked(self, length: int, now: float) -> None:
        if self.requests == 0:
            self.moved_at = self._busy_at = now
            self._complete_bytes = self._came_bytes
        self.requests += 1
        self.in_flight_bytes += length

    def settled(self, length: int, *, has_come: bool) -> None:
        """One of them came, or was refused or is not awaited any more."""
        self.requests -= 1
        self.in_flight_bytes -= length
        # Of a piece given up, it is not known how much had come: the least is assumed.
        complete = self._complete_bytes + length if has_come else self._came_bytes
        self._complete_bytes = min(complete, self._came_bytes)

    def bytes_max(self, rate_bytes_per_s: float, rtt_s: float, now: float) -> float:
        """What may be left to come before more is asked."""
        wanted = window_bytes(rate_bytes_per_s, rtt_s)
        if self._began_at is None or now - self._began_at < WINDOW_START_S:
            # No rate is known yet that could be trusted, and it may double each round trip.
            begun = WINDOW_START_PIECES * PIECE_BYTES + self._came_bytes / 2
            wanted = max(wanted, min(begun, WINDOW_LAN_PIECES * PIECE_BYTES))
        return wanted

    def has_room(self, bytes_max: float) -> bool:
        """A peer that is slower than a piece in its window still gets one at a time."""
        return self.requests == 0 or (
            self.requests < REQUESTS_OUTSTANDING_MAX and self.left_bytes < bytes_max
        )

    def seconds_to(self, length: int, rate_bytes_per_s: float, rtt_s: float) -> float:
        """Until `length` bytes asked now would be here, behind all that is in flight."""
        return rtt_s + (self.left_bytes + length) / max(rate_bytes_per_s, 1.0)


def window_bytes(rate_bytes_per_s: float, rtt_s: float) -> float:
    """What comes in a round trip, and ahead of it as much again, or what comes until the next look but at
    most a LAN's 8 pieces. No more: a slow peer must not sit on pieces that a fast one could bring, and what
    is here sooner is passed on sooner."""
    on_the_way = rate_bytes_per_s * rtt_s
    ahead = min(WINDOW_LAN_PIECES * PIECE_BYTES, rate_bytes_per_s * WINDOW_AHEAD_S)
    wanted = max(WINDOW_BYTES_MIN, on_the_way + max(on_the_way, ahead))
    return min(wanted, REQUESTED_BYTES_OUTSTANDING_MAX - PIECE_BYTES)
