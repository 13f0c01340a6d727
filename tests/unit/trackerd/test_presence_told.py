import ipaddress
import random

import pytest
from hypothesis import given
from hypothesis import strategies as st

import shared.wire.mesh_messages as mm
import shared.wire.tracker_messages as m
from shared.errors import Violation
from shared.facts.derive import Sharer
from shared.facts.ids import DeviceId, EntryId, GroupId, UserId
from shared.limits import (
    ADDRESSES_MAX,
    FRAME_TRACKER_BYTES_MAX,
    PARTIALS_PER_SESSION_MAX,
    PRESENCE_SESSIONS_MAX,
    PRESENCE_UNCONFIRMED_S,
)
from trackerd.presence import Presence
from trackerd.whereabouts import Session

GID = GroupId(b"g" * 16)
FAR = ipaddress.ip_address("192.0.2.2")
"""Where one tracker sees the other."""
HERE = ipaddress.ip_address("127.0.0.1")


def ref(number: int) -> m.EntryRef:
    return m.EntryRef(GID, EntryId(number.to_bytes(16, "big")))


REF = ref(1)


def session_of(device: int, observed: str, reached: str = "198.51.100.1") -> Session:
    name = device.to_bytes(16, "big")
    ip = ipaddress.ip_address(observed)
    return Session(UserId(name), DeviceId(name), ip, ipaddress.ip_address(reached))


def online(presence: Presence, device: int, observed: str, *claimed: str) -> Session:
    session = session_of(device, observed)
    presence.opened(session)
    presence.announce(session, m.Announce([m.Endpoint(ip, 21500) for ip in claimed or (observed,)], [], []))
    return session


def tell(
    one: Presence, other: Presence, reached: ipaddress.IPv4Address | ipaddress.IPv6Address = FAR
) -> None:
    for message in one.changes():
        other.heard(one.own, message, reached)


def link(one: Presence, other: Presence) -> None:
    for message in one.everything():
        other.heard(one.own, message, FAR)


def found(presence: Presence, asker: Session, *sharing: Session) -> list[tuple[str, int]]:
    sharers = [Sharer(session.uid, session.dev) for session in sharing]
    return [(peer.ip, peer.port) for peer in presence.peers(asker, REF, sharers, set(), random.Random(1))]


ASKER = session_of(99, "198.51.100.77")


def test_who_is_at_another_tracker_is_online_here_with_addresses_and_parts() -> None:
    here, there = Presence(1, lambda: 0.0), Presence(2, lambda: 0.0)
    joao = online(there, 2, "203.0.113.7")
    there.announce(joao, m.Announce(joao.claimed, [REF], []))
    tell(there, here)
    assert here.online([joao.uid]) == [joao.dev]
    assert here.partial_users([REF]) == {joao.uid}
    assert found(here, ASKER, joao) == [("203.0.113.7", 21500)]
    there.announce(joao, m.Announce([m.Endpoint("203.0.113.7", 21501)], [], [REF]))
    tell(there, here)
    assert here.partial_users([REF]) == set()
    assert found(here, ASKER, joao) == [("203.0.113.7", 21501)]
    there.closed(joao)
    tell(there, here)
    assert here.online([joao.uid]) == []
    assert here.changes() == []


def test_only_sessions_here_are_told_and_what_did_not_change_is_not_told_again() -> None:
    here, there = Presence(1, lambda: 0.0), Presence(2, lambda: 0.0)
    online(there, 2, "203.0.113.7")
    tell(there, here)
    assert here.changes() == []
    assert here.everything() == [mm.Presence(True, [], [])]
    assert there.changes() == []
    assert [len(message.sessions) for message in there.everything()] == [1]


def test_who_is_on_the_computer_of_another_tracker_is_found_at_that_trackers_address() -> None:
    here, there = Presence(1, lambda: 0.0), Presence(2, lambda: 0.0)
    beside_it = online(there, 2, "127.0.0.1")
    tell(there, here, FAR)
    assert found(here, ASKER, beside_it) == [(str(FAR), 21500)]
    beside_this_one = session_of(3, "127.0.0.1", reached="127.0.0.1")
    assert found(here, beside_this_one, beside_it) == [(str(FAR), 21500)]


def test_who_is_beside_two_trackers_on_one_computer_is_found_as_beside_one() -> None:
    here, there = Presence(1, lambda: 0.0), Presence(2, lambda: 0.0)
    beside_both = online(there, 2, "127.0.0.1")
    tell(there, here, HERE)
    assert found(here, session_of(3, "127.0.0.1", "127.0.0.1"), beside_both) == [("127.0.0.1", 21500)]
    assert found(here, ASKER, beside_both) == [(str(ASKER.reached), 21500)]


@pytest.mark.parametrize("victim", ["203.0.113.200", "10.0.0.1", "127.0.0.1", "169.254.1.1", "::1"])
def test_nobody_is_sent_to_an_address_that_the_other_tracker_did_not_see(victim: str) -> None:
    here, there = Presence(1, lambda: 0.0), Presence(2, lambda: 0.0)
    claimer = online(there, 2, "203.0.113.7", victim)
    tell(there, here)
    assert found(here, ASKER, claimer) == [("203.0.113.7", 21500)]


def test_nobody_is_sent_to_a_privileged_port_whatever_another_tracker_says() -> None:
    here = Presence(1, lambda: 0.0)
    told = mm.SessionTold(
        258, DeviceId(b"d" * 16), UserId(b"u" * 16), "203.0.113.7", [m.Endpoint("203.0.113.7", 22)], [], []
    )
    here.heard(2, mm.Presence(True, [told], []), FAR)
    assert here.online([UserId(b"u" * 16)]) == [DeviceId(b"d" * 16)]
    sharer = Sharer(UserId(b"u" * 16), DeviceId(b"d" * 16))
    assert here.peers(ASKER, REF, [sharer], set(), random.Random(1)) == []


def test_what_is_no_address_is_a_violation() -> None:
    told = mm.SessionTold(258, DeviceId(b"d" * 16), UserId(b"u" * 16), "here", [], [], [])
    with pytest.raises(Violation):
        Presence(1, lambda: 0.0).heard(2, mm.Presence(True, [told], []), FAR)


def test_of_two_sessions_of_a_device_the_newer_one_counts_at_every_tracker() -> None:
    here, there = Presence(1, lambda: 0.0), Presence(2, lambda: 0.0)
    before = online(there, 2, "203.0.113.7")
    tell(there, here)
    now = online(here, 2, "203.0.113.8")
    tell(here, there)
    for presence in (here, there):
        assert found(presence, ASKER, now) == [("203.0.113.8", 21500)]
    link(there, here)
    assert found(here, ASKER, now) == [("203.0.113.8", 21500)], "the old one is not new by being told again"
    here.closed(now)
    tell(here, there)
    for presence in (here, there):
        assert found(presence, ASKER, before) == [("203.0.113.7", 21500)]


def test_sessions_of_a_lost_tracker_are_believed_for_a_while() -> None:
    here, there = Presence(1, lambda: 0.0), Presence(2, lambda: 0.0)
    joao = online(there, 2, "203.0.113.7")
    tell(there, here)
    here.link_lost(2, 1000.0)
    here.link_lost(2, 1050.0)
    here.expire(1000.0 + PRESENCE_UNCONFIRMED_S)
    assert found(here, ASKER, joao) == [("203.0.113.7", 21500)]
    here.expire(1000.1 + PRESENCE_UNCONFIRMED_S)
    assert here.online([joao.uid]) == []
    link(there, here)
    here.expire(9999.0)
    assert here.online([joao.uid]) == [joao.dev]


def test_who_came_and_went_between_two_messages_is_known_to_have_left_where_it_was() -> None:
    here, lost, there = Presence(1, lambda: 0.0), Presence(2, lambda: 0.0), Presence(3, lambda: 0.0)
    before = online(lost, 2, "203.0.113.7")
    for presence in (here, there):
        link(lost, presence)
        presence.link_lost(2, 1000.0)
    there.announce(online(there, 2, "203.0.113.7"), m.Announce([], [REF], []))
    (now,) = there._here
    there.closed(now)
    tell(there, here)
    for presence in (here, there):
        assert presence.online([before.uid]) == []
        assert presence.partial_users([REF]) == set()


@pytest.mark.parametrize("moves_first", [True, False])
def test_who_moved_from_a_lost_tracker_and_logs_out_is_gone_at_once(*, moves_first: bool) -> None:
    here, there = Presence(1, lambda: 0.0), Presence(2, lambda: 0.0)
    before = online(there, 2, "203.0.113.7")
    tell(there, here)
    if not moves_first:
        here.link_lost(2, 1000.0)
    now = online(here, 2, "203.0.113.7")
    if moves_first:
        here.link_lost(2, 1000.0)
    here.closed(now)
    assert here.online([before.uid]) == []


@pytest.mark.slow
def test_another_tracker_can_only_tell_so_much() -> None:
    here, none = Presence(1, lambda: 0.0), DeviceId(b"d" * 16)
    many = [
        mm.SessionTold(n, none, UserId(none), "203.0.113.7", [], [], [])
        for n in range(1, PRESENCE_SESSIONS_MAX + 5)
    ]
    here.heard(2, mm.Presence(True, many, []), FAR)
    assert len(here._elsewhere[2]) == PRESENCE_SESSIONS_MAX
    refs = [ref(n) for n in range(PARTIALS_PER_SESSION_MAX)]
    for part in (refs, [ref(n) for n in range(PARTIALS_PER_SESSION_MAX, PARTIALS_PER_SESSION_MAX + 5)]):
        here.heard(3, mm.Presence(False, [many[0]._replace(add=part)], []), FAR)
    assert list(here._partial) == refs


@pytest.mark.slow
def test_whatever_is_told_fits_its_frames() -> None:
    here, there = Presence(1, lambda: 0.0), Presence(2, lambda: 0.0)
    ends = [m.Endpoint(f"2001:db8::{n}", 21500) for n in range(ADDRESSES_MAX)]
    everybody = [session_of(n, "2001:db8:ffff:ffff:ffff:ffff:ffff:ffff") for n in range(1, 3002)]
    for session in everybody:
        here.opened(session)
        here.announce(session, m.Announce(ends, [], []))
    refs = [ref(n) for n in range(PARTIALS_PER_SESSION_MAX)]
    here.announce(everybody[0], m.Announce(ends, refs, []))
    for messages in (here.everything(), here.changes()):
        assert all(len(mm.encode(message)) < FRAME_TRACKER_BYTES_MAX for message in messages)
        for message in messages:
            there.heard(1, mm.decode(mm.encode(message)), FAR)  # type: ignore[arg-type]
        assert len(there.online(session.uid for session in everybody)) == len(everybody)
        assert len(there._partial) == PARTIALS_PER_SESSION_MAX
    here.announce(everybody[0], m.Announce(ends, [], refs))
    here.announce(everybody[0], m.Announce(ends, [ref(n) for n in range(30_000, 45_000)], []))
    assert [len(message.sessions) for message in here.changes()] == [1, 1], "each within its bounds"
    for session in everybody:
        here.closed(session)
    assert sum(len(message.gone) for message in here.changes()) == len(everybody)


_steps = st.one_of(
    st.tuples(st.just("open"), st.integers(0, 1), st.integers(1, 3)),
    st.tuples(st.just("close"), st.integers(0, 1), st.integers(0, 5)),
    st.tuples(st.just("announce"), st.integers(0, 1), st.integers(0, 5), st.sets(st.integers(0, 2))),
    st.tuples(st.just("tell"), st.integers(0, 1)),
    st.tuples(st.just("cut"), st.integers(0, 1)),
)


class _Two:
    def __init__(self) -> None:
        self.at = [Presence(1, lambda: 0.0), Presence(2, lambda: 0.0)]
        self.open: list[list[Session]] = [[], []]
        self.ports = iter(range(20_000, 60_000))

    def step(self, what: str, side: int, number: int = 0, entries: frozenset[int] = frozenset()) -> None:
        mine = self.open[side]
        if what == "open":
            mine.append(session_of(number, f"203.0.113.{number + 10 * side}"))
            self.at[side].opened(mine[-1])
        elif what == "tell":
            self.tell(side)
        elif what == "cut":
            self.at[side].link_lost(2 - side, 0.0)
            link(self.at[1 - side], self.at[side])
        elif number < len(mine) and what == "close":
            self.at[side].closed(mine.pop(number))
        elif number < len(mine):
            session = mine[number]
            now = {ref(n) for n in entries}
            drop = [one for one in session.partials if one not in now]
            end = m.Endpoint(str(session.observed), next(self.ports))
            self.at[side].announce(session, m.Announce([end], sorted(now), drop))

    def tell(self, side: int) -> None:
        tell(self.at[side], self.at[1 - side])

    def says(self, side: int) -> object:
        everybody = [session_of(n, "203.0.113.1") for n in (1, 2, 3)]
        uids = [session.uid for session in everybody]
        sharers = [Sharer(session.uid, session.dev) for session in everybody]
        refs = [ref(n) for n in range(3)]
        presence, lot = self.at[side], random.Random(1)
        return (
            sorted(presence.online(uids)),
            presence.partial_users(refs),
            [sorted(presence.peers(ASKER, one, [], uids, lot)) for one in refs],
            sorted(presence.peers(ASKER, refs[0], sharers, uids, lot)),
        )


@given(st.lists(_steps, max_size=40))
def test_two_trackers_that_told_each_other_all_say_the_same(steps: list[tuple[object, ...]]) -> None:
    two = _Two()
    for step in steps:
        two.step(*step)  # type: ignore[arg-type]
    two.tell(0)
    two.tell(1)
    assert two.says(0) == two.says(1)
    for side in (0, 1):
        for session in two.open[side]:
            two.at[side].closed(session)
        two.tell(side)
    for presence in two.at:
        assert not presence._of_device
        assert not presence._of_user
        assert not presence._partial
