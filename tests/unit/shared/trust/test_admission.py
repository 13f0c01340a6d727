"""The doorman's table: who is cut, and that those with few connections never are."""

import ipaddress
from collections import Counter

import pytest
from hypothesis import given
from hypothesis import strategies as st

from shared.limits import HANDSHAKE_S_MAX
from shared.trust.admission import HalfOpen, Turns, source_of


@pytest.mark.parametrize(
    ("address", "source"),
    [
        ("203.0.113.77", "203.0.113.0/24"),
        ("::ffff:203.0.113.77", "203.0.113.0/24"),
        ("2001:db8:1:2:3:4:5:6", "2001:db8:1:2::/64"),
        ("fe80::1%eth0", "fe80::/64"),
        ("127.0.0.9", None),
        ("::1", None),
        ("::ffff:127.0.0.1", None),
    ],
)
def test_a_source_is_a_network_and_loopback_is_none(address: str, source: str | None) -> None:
    assert source_of(address) == (source and ipaddress.ip_network(source))


def test_the_oldest_of_a_source_with_too_many_is_cut() -> None:
    half_open: HalfOpen[str] = HalfOpen(total_max=64, per_source_max=2)
    assert half_open.arrived("a", "203.0.113.1", 0) is None
    assert half_open.arrived("b", "203.0.113.2", 0) is None
    assert half_open.arrived("c", "203.0.113.3", 0) == "a"
    assert half_open.arrived("d", "203.0.114.1", 0) is None
    half_open.done("b")
    half_open.done("b")
    assert half_open.arrived("e", "203.0.113.1", 0) is None
    assert len(half_open) == 3


def test_when_all_is_full_the_source_that_has_most_pays() -> None:
    half_open: HalfOpen[str] = HalfOpen(total_max=4, per_source_max=3)
    half_open.arrived("honest", "198.51.100.1", 0)
    for greedy in ("x", "y", "z"):
        assert half_open.arrived(greedy, "203.0.113.1", 0) is None
    assert half_open.arrived("late", "192.0.2.1", 0) == "x"


def test_loopback_takes_no_room_and_has_the_same_deadline() -> None:
    half_open: HalfOpen[int] = HalfOpen(total_max=1, per_source_max=1)
    assert [half_open.arrived(one, "127.0.0.1", 0) for one in range(9)] == [None] * 9
    assert half_open.arrived(9, "203.0.113.1", 1) is None
    assert half_open.expired(HANDSHAKE_S_MAX) == list(range(9))
    assert len(half_open) == 1


def test_time_is_up_for_the_oldest_first() -> None:
    half_open: HalfOpen[str] = HalfOpen(total_max=9, per_source_max=9)
    for at_s, connection in enumerate("abc"):
        half_open.arrived(connection, "203.0.113.1", at_s)
    half_open.done("a")
    assert half_open.expired(HANDSHAKE_S_MAX + 0.9) == []
    assert half_open.expired(HANDSHAKE_S_MAX + 2) == ["b", "c"]


@given(st.lists(st.tuples(st.booleans(), st.integers(0, 5)), max_size=60))
def test_bounds_hold_and_only_the_busiest_are_cut(history: list[tuple[bool, int]]) -> None:
    half_open: HalfOpen[int] = HalfOpen(total_max=6, per_source_max=4)
    net_of: dict[int, int] = {}
    for number, (arrives, net) in enumerate(history):
        if not arrives:
            gone = next((one for one in net_of if net_of[one] == net), -1)
            half_open.done(gone)
            net_of.pop(gone, None)
            continue
        net_of[number] = net
        counts = Counter(net_of.values())
        cut = half_open.arrived(number, f"203.0.{net}.1", number)
        assert (cut is not None) == (len(net_of) > 6 or counts[net] > 4)
        if cut is not None:
            assert counts[net_of[cut]] == max(counts.values())
            assert cut == min(one for one in net_of if net_of[one] == net_of[cut])
            del net_of[cut]
        assert len(half_open) == len(net_of)


def test_so_many_are_heard_at_once_and_the_others_in_their_order() -> None:
    turns: Turns[str] = Turns(at_once=2, turn_s=5)
    for one in "abcde":
        turns.arrived(one)
    assert turns.next(0) == ["a", "b"]
    assert turns.next(0) == []
    turns.done("b")
    turns.done("c")
    turns.done("c")
    assert turns.next(1) == ["d"]


def test_a_turn_of_which_no_use_is_made_comes_to_an_end() -> None:
    turns: Turns[str] = Turns(at_once=2, turn_s=5)
    for at_s, one in enumerate("abc"):
        turns.arrived(one)
        turns.next(at_s)
    assert turns.next(4) == []
    assert turns.next(5) == ["c"]
