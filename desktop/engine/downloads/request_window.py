"""How much one peer is asked for at a time: so that it never waits, and little is lost with it."""

from shared.limits import (
    PIECE_BYTES,
    REQUESTED_BYTES_OUTSTANDING_MAX,
    REQUESTS_OUTSTANDING_MAX,
    WINDOW_LAN_PIECES,
    WINDOW_PIECES_MIN,
    WINDOW_S,
    WINDOW_START_PIECES,
)


class RequestWindow:
    """What is in flight from one peer, over all its channels."""

    def __init__(self) -> None:
        self.requests = 0
        self.in_flight_bytes = 0

    def asked(self, length: int) -> None:
        self.requests += 1
        self.in_flight_bytes += length

    def settled(self, length: int) -> None:
        """One of them came, was refused or is not awaited any more."""
        self.requests -= 1
        self.in_flight_bytes -= length

    def has_room(self, bytes_max: float) -> bool:
        """`bytes_max` is window_bytes() of now."""
        return self.requests < REQUESTS_OUTSTANDING_MAX and self.in_flight_bytes < bytes_max

    def seconds_to(self, length: int, rate_bytes_per_s: float, rtt_s: float) -> float:
        """Until `length` bytes asked now would be here, behind all that is in flight."""
        return rtt_s + (self.in_flight_bytes + length) / max(rate_bytes_per_s, 1.0)


def window_bytes(rate_bytes_per_s: float, rtt_s: float) -> float:
    """Twice the bandwidth-delay product, which grows by itself: a window that is full doubles the next.

    Below that, what comes in half a second, at most a LAN's 8 pieces: a slow peer must not sit on pieces
    that a fast one could bring.
    """
    if rate_bytes_per_s <= 0:
        return WINDOW_START_PIECES * PIECE_BYTES
    lan = min(WINDOW_LAN_PIECES * PIECE_BYTES, rate_bytes_per_s * WINDOW_S)
    wanted = max(WINDOW_PIECES_MIN * PIECE_BYTES, lan, 2 * rate_bytes_per_s * rtt_s)
    return min(wanted, REQUESTED_BYTES_OUTSTANDING_MAX - PIECE_BYTES)
