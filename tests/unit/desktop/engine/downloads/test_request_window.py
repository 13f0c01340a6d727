from hypothesis import given
from hypothesis import strategies as st

from desktop.engine.downloads.request_window import RequestWindow, window_bytes
from shared.limits import (
    MIB,
    PIECE_BYTES,
    REQUESTED_BYTES_OUTSTANDING_MAX,
    REQUESTS_OUTSTANDING_MAX,
)


def filled(rate: float, rtt_s: float, length: int = PIECE_BYTES) -> RequestWindow:
    window = RequestWindow()
    while window.has_room(window_bytes(rate, rtt_s)):
        window.asked(length)
    return window


def test_a_peer_on_the_lan_gets_eight_pieces() -> None:
    assert filled(100 * MIB, 0.0005).requests == 8


def test_a_far_and_fast_peer_gets_twice_the_bandwidth_delay_product() -> None:
    assert filled(25_000_000, 0.1).requests == -(-2 * 2_500_000 // PIECE_BYTES)


def test_a_slow_peer_never_sits_on_more_than_two_pieces() -> None:
    assert filled(50_000, 0.1).requests == 2


def test_a_peer_whose_rate_is_not_known_yet_gets_four() -> None:
    assert filled(0, 0.1).requests == 4


def test_small_pieces_are_bounded_by_their_number() -> None:
    assert filled(100 * MIB, 0.0005, length=1).requests == REQUESTS_OUTSTANDING_MAX


@given(st.floats(0, 1e12), st.floats(0, 60))
def test_what_is_in_flight_is_bounded_for_any_peer(rate: float, rtt_s: float) -> None:
    assert filled(rate, rtt_s).in_flight_bytes <= REQUESTED_BYTES_OUTSTANDING_MAX
    assert window_bytes(rate, rtt_s) >= PIECE_BYTES


def test_what_settled_makes_room() -> None:
    window = filled(0, 0.0)
    window.settled(PIECE_BYTES)
    assert window.has_room(window_bytes(0, 0.0))
    assert window.seconds_to(PIECE_BYTES, 4 * PIECE_BYTES, 0.5) == 1.5
