from collections import deque

from hypothesis import given
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, invariant, precondition, rule

from desktop.engine.downloads.request_window import RequestWindow, window_bytes
from shared.limits import (
    KIB,
    MIB,
    PIECE_BYTES,
    REQUESTED_BYTES_OUTSTANDING_MAX,
    REQUESTS_OUTSTANDING_MAX,
    WINDOW_AHEAD_S,
    WINDOW_BYTES_MIN,
    WINDOW_START_PIECES,
)


def filled(rate: float, rtt_s: float, length: int = PIECE_BYTES) -> RequestWindow:
    window = RequestWindow()
    while window.has_room(window_bytes(rate, rtt_s)):
        window.asked(length, 0.0)
    return window


def test_a_peer_on_the_lan_gets_eight_pieces() -> None:
    assert filled(100 * MIB, 0.0005).requests == 9  # what is on its way, and eight ahead of it


def test_a_far_and_fast_peer_gets_twice_the_bandwidth_delay_product() -> None:
    assert filled(25_000_000, 0.5).requests == -(-2 * 12_500_000 // PIECE_BYTES)


def test_a_slow_peer_never_sits_on_more_than_a_piece() -> None:
    assert filled(50_000, 0.1).requests == 1


def test_the_next_piece_is_asked_for_when_the_end_of_the_one_before_is_near() -> None:
    rate = MIB
    window = filled(rate, 0.01)
    bytes_max = window_bytes(rate, 0.01)
    window.heard(int(PIECE_BYTES - bytes_max), 1.0)
    assert not window.has_room(bytes_max)
    window.heard(int(PIECE_BYTES - bytes_max) + 1, 1.0)
    assert window.has_room(bytes_max)
    assert window.left_bytes / rate > WINDOW_AHEAD_S, "it would have to wait"


def test_a_window_without_a_trusted_rate_grows_with_what_comes() -> None:
    window = RequestWindow()
    assert window.bytes_max(0.0, 0.1, 5.0) == WINDOW_START_PIECES * PIECE_BYTES
    window.asked(2 * PIECE_BYTES, 5.0)
    window.heard(2 * PIECE_BYTES, 5.1)
    assert window.bytes_max(0.0, 0.1, 5.5) == 3 * PIECE_BYTES
    assert window.bytes_max(1000.0, 0.1, 7.0) == WINDOW_BYTES_MIN


def test_small_pieces_are_bounded_by_their_number() -> None:
    assert filled(100 * MIB, 0.0005, length=1).requests == REQUESTS_OUTSTANDING_MAX


@given(st.floats(0, 1e12), st.floats(0, 60))
def test_what_is_in_flight_is_bounded_for_any_peer(rate: float, rtt_s: float) -> None:
    assert filled(rate, rtt_s).in_flight_bytes <= REQUESTED_BYTES_OUTSTANDING_MAX
    assert filled(rate, rtt_s).requests >= 1


def test_a_pause_does_not_make_a_peer_slow() -> None:
    window = RequestWindow()
    window.asked(PIECE_BYTES, 0.0)
    assert window.rate(5e6, 1.0) == 5e6
    window.settled(PIECE_BYTES, has_come=True)
    assert window.rate(1e6, 3.0) == 5e6
    window.asked(PIECE_BYTES, 10.0)
    assert window.rate(1e6, 11.0) == 5e6
    assert window.rate(1e6, 14.0) == 1e6, "now it is known"


def test_what_settled_makes_room() -> None:
    window = filled(0, 0.0)
    window.settled(PIECE_BYTES, has_come=True)
    assert window.has_room(window_bytes(0, 0.0))
    assert window.seconds_to(PIECE_BYTES, 4 * PIECE_BYTES, 0.5) == 0.75


class Windows(RuleBasedStateMachine):
    """A peer that sends whole pieces in order, 64 KiB at a time; now and then one is given up."""

    def __init__(self) -> None:
        super().__init__()
        self.window = RequestWindow()
        self.now = 0.0
        self.in_flight: deque[int] = deque()
        self.under_way = self.total = 0
        self.has_given_up = False

    @rule(length=st.integers(1, PIECE_BYTES))
    def ask(self, length: int) -> None:
        if not self.in_flight:
            self.has_given_up = False
        self.window.asked(length, self.now)
        self.in_flight.append(length)

    @precondition(lambda self: self.in_flight)
    @rule(seconds=st.floats(0, 2))
    def bytes_come(self, seconds: float) -> None:
        self.now += seconds
        came = min(64 * KIB, self.in_flight[0] - self.under_way)
        self.total += came
        self.under_way += came
        self.window.heard(self.total, self.now)
        if self.under_way == self.in_flight[0]:
            self.window.settled(self.in_flight.popleft(), has_come=True)
            self.under_way = 0

    @precondition(lambda self: self.in_flight)
    @rule(lot=st.randoms(use_true_random=False))
    def give_up(self, lot: object) -> None:
        """The one under way, of which the rest does not come, or another."""
        at = lot.randrange(len(self.in_flight))  # type: ignore[attr-defined]
        length = self.in_flight[at]
        del self.in_flight[at]
        self.under_way = self.under_way if at else 0
        self.has_given_up = True
        self.window.settled(length, has_come=False)

    @invariant()
    def it_knows_what_is_in_flight(self) -> None:
        assert self.window.requests == len(self.in_flight)
        assert self.window.in_flight_bytes == sum(self.in_flight)

    @invariant()
    def it_knows_what_is_left(self) -> None:
        left = sum(self.in_flight) - self.under_way
        if self.has_given_up:
            assert left <= self.window.left_bytes <= sum(self.in_flight), "it assumes the least"
        else:
            assert self.window.left_bytes == left


TestWindows = Windows.TestCase
