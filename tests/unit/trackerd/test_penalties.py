import itertools

import pytest
from hypothesis import given
from hypothesis import strategies as st

from shared.errors import Busy
from shared.limits import ACCOUNT_HELD_S_MAX, PENALISED_MAX, PENALTY_S_MAX
from trackerd.penalties import VIOLATION_S, WRONG_LOGIN_S, Penalties

IP, NEIGHBOUR, STRANGER = "203.0.113.7", "203.0.113.99", "198.51.100.1"


def test_a_person_who_mistypes_twice_notices_nothing() -> None:
    penalties = Penalties()
    for _ in range(2):
        penalties.add(IP, WRONG_LOGIN_S, 0.0)
    assert not penalties.is_refused(IP, 0.0)
    assert penalties.has_failed(IP, 0.0)


def test_a_network_that_fails_often_is_refused_until_its_seconds_are_over_and_no_other() -> None:
    penalties = Penalties()
    for _ in range(3):
        penalties.add(IP, WRONG_LOGIN_S, 0.0)
    assert penalties.is_refused(NEIGHBOUR, 14.9)
    assert not penalties.is_refused(STRANGER, 14.9)
    assert not penalties.is_refused(IP, 15.0)


@given(st.lists(st.floats(0, 100), max_size=50))
def test_no_penalty_is_longer_than_the_longest(seconds: list[float]) -> None:
    penalties = Penalties()
    for each in seconds:
        penalties.add(IP, each, 0.0)
    assert not penalties.is_refused(IP, PENALTY_S_MAX)


def test_loopback_is_exempt_unless_asked_for() -> None:
    for is_asked in (False, True):
        penalties = Penalties(is_asked)
        penalties.add("127.0.0.1", VIOLATION_S, 0.0)
        assert penalties.is_refused("127.0.0.1", 0.0) == is_asked


def test_ipv6_is_counted_by_its_64_and_a_mapped_address_as_what_it_is() -> None:
    penalties = Penalties()
    penalties.add("2001:db8:0:1::5", VIOLATION_S, 0.0)
    assert penalties.is_refused("2001:db8:0:1:ffff::", 0.0)
    assert not penalties.is_refused("2001:db8:0:2::5", 0.0)
    penalties.add(f"::ffff:{IP}", VIOLATION_S, 0.0)
    assert penalties.is_refused(IP, 0.0)


@pytest.mark.slow
def test_more_sources_than_can_be_held_forget_the_oldest() -> None:
    penalties = Penalties()
    penalties.add(IP, VIOLATION_S, 0.0)
    nets = ((a, b) for a, b in itertools.product(range(1, 10), range(256)))
    for a, b in itertools.islice(itertools.cycle(nets), PENALISED_MAX // 2):
        penalties.add(f"100.{a}.{b}.1", 1.0, 0.0)
    assert penalties.is_refused(IP, 0.0)
    for number in range(PENALISED_MAX):
        penalties.add(f"{1 + number // 65536}.{number // 256 % 256}.{number % 256}.1", 1.0, 0.0)
    assert not penalties.is_refused(IP, 0.0)


def guesses_in(seconds: float) -> int:
    """How many passwords of one account somebody gets looked at who never stops asking."""
    penalties, now_s, looked_at = Penalties(), 0.0, 0
    while now_s < seconds:
        try:
            now_s += penalties.attempt("mira", now_s)
            looked_at += 1
        except Busy:
            now_s += 1.0
    return looked_at


def test_at_most_a_hundred_guesses_an_hour_are_looked_at() -> None:
    assert 50 < guesses_in(3600.0) <= 100


def test_attempts_at_the_same_moment_are_no_way_round_the_delay() -> None:
    penalties = Penalties()
    waits = [penalties.attempt("mira", 0.0) for _ in range(3)]
    assert waits == [0.0, 1.0, 3.0]
    with pytest.raises(Busy) as refusal:
        penalties.attempt("mira", 0.0)
    assert refusal.value.detail["retry_after_s"] == 8
    assert max(waits) <= ACCOUNT_HELD_S_MAX


def test_the_right_password_ends_the_delay_and_other_accounts_never_had_it() -> None:
    penalties = Penalties()
    for _ in range(2):
        penalties.attempt("mira", 0.0)
    assert penalties.attempt("joao", 0.0) == 0.0
    penalties.succeeded("mira")
    assert penalties.attempt("mira", 0.0) == 0.0


def test_failures_are_forgiven_in_time() -> None:
    penalties = Penalties()
    for _ in range(3):
        penalties.attempt("mira", 0.0)
    assert penalties.attempt("mira", 4000.0) == 0.0
    assert penalties.attempt("mira", 4000.0) == 1.0


def test_a_class_may_register_at_once_and_a_robot_may_not_go_on() -> None:
    penalties = Penalties()
    for _ in range(60):
        penalties.register(IP, 0.0)
    with pytest.raises(Busy):
        penalties.register(NEIGHBOUR, 0.0)
    penalties.register(STRANGER, 0.0)
    penalties.register(IP, 10.0)
