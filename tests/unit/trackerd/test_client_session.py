import ipaddress

import pytest

import shared.wire.tracker_messages as m
from shared.errors import Busy, NotLoggedIn, Violation
from shared.facts.ids import DeviceId, GroupId, UserId
from shared.limits import REQUESTS_BURST_MAX
from trackerd.client_session import ClientSession
from trackerd.whereabouts import Session

IP = ipaddress.ip_address("203.0.113.7")
HELLO = m.Hello(1, 1, "test")
JOIN = m.Join(GroupId(bytes(16)))


class NoLink:
    buffered = 0

    def push(self, frame: bytes) -> None: ...

    def limit(self, *, is_bound: bool) -> None: ...


def session(*, is_greeted: bool = True, is_bound: bool = False) -> ClientSession:
    made = ClientSession(NoLink(), IP, IP, None, bytes(32), is_greeted=is_greeted)
    if is_bound:
        made.bound = Session(UserId(bytes(16)), DeviceId(bytes(16)), IP, IP)
    return made


@pytest.mark.parametrize("is_greeted", [False, True])
def test_hello_comes_once_and_first(is_greeted: bool) -> None:
    for request in (HELLO, m.Ping()):
        new = session(is_greeted=is_greeted)
        if isinstance(request, m.Hello) == is_greeted:
            with pytest.raises(Violation):
                new.admit(request, 0.0)
        else:
            new.admit(request, 0.0)


def test_who_is_nobody_may_only_become_somebody() -> None:
    for request in (
        m.CreateUser(bytes(32), "mira", "long enough"),
        m.Login("mira", "long enough", bytes(32), bytes(64), ""),
        m.Renew(DeviceId(bytes(16)), bytes(64)),
        m.Ping(),
    ):
        session().admit(request, 0.0)
    with pytest.raises(NotLoggedIn):
        session().admit(JOIN, 0.0)
    session(is_bound=True).admit(JOIN, 0.0)


def test_a_burst_is_served_and_more_is_busy_until_it_has_waited() -> None:
    client = session()
    for _ in range(int(REQUESTS_BURST_MAX)):
        client.spend(0.0)
    with pytest.raises(Busy):
        client.spend(0.0)
    client.spend(1.0)


def test_who_does_not_heed_busy_is_cut_in_the_end() -> None:
    client, now_s, is_cut = session(), 0.0, False
    while not is_cut:
        now_s += 0.001
        try:
            client.spend(now_s)
        except Busy:
            continue
        except Violation:
            is_cut = True
    assert 10.0 < now_s < 15.0


def test_two_hundred_a_second_may_go_on_for_ever() -> None:
    client = session()
    for number in range(20_000):
        client.spend(number / 199)


def test_announces_have_their_own_rate() -> None:
    client = session(is_bound=True)
    for _ in range(5):
        client.admit(m.Announce([], [], []), 0.0)
    with pytest.raises(Busy):
        client.admit(m.Announce([], [], []), 0.0)
    client.admit(JOIN, 0.0)
    client.admit(m.Announce([], [], []), 1.0)
