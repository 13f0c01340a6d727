import ipaddress
import random

import pytest

import shared.wire.tracker_messages as m
from shared.errors import Quota
from shared.facts.derive import Sharer
from shared.facts.ids import DeviceId, EntryId, GroupId, UserId
from shared.limits import ADDRESSES_TOLD_MAX, PARTIALS_PER_SESSION_MAX, PEERS_PER_ENTRY_MAX
from trackerd.presence import Presence
from trackerd.whereabouts import Session

GID, EID = GroupId(b"g" * 16), EntryId(b"e" * 16)
REF = m.EntryRef(GID, EID)
LOT = random.Random(1)
TRACKER = "198.51.100.1"


def online(presence: Presence, number: int, observed: str, *claimed: str, reached: str = TRACKER) -> Session:
    """User and device `number`; `claimed` are addresses, at port 21500."""
    name = number.to_bytes(16, "big")
    session = Session(
        UserId(name), DeviceId(name), ipaddress.ip_address(observed), ipaddress.ip_address(reached)
    )
    presence.opened(session)
    presence.announce(session, m.Announce([m.Endpoint(ip, 21500) for ip in claimed], [], []))
    return session


def told(presence: Presence, asker: Session, *sharing: Session) -> list[tuple[str, int]]:
    sharers = [Sharer(session.uid, session.dev) for session in sharing]
    return [(peer.ip, peer.port) for peer in presence.peers(asker, REF, sharers, set(), LOT)]


@pytest.mark.parametrize(
    "victim",
    [
        "203.0.113.200",
        "10.0.0.1",
        "127.0.0.1",
        "169.254.1.1",
        "224.0.0.1",
        "0.0.0.0",
        "255.255.255.255",
        "::1",
        "fe80::1",
        "ff02::1",
        "64:ff9b::cb00:7107",
        "2002:cb00:7107::1",
        "not an address",
        "fe80::1%eth0",
    ],
)
def test_nobody_is_sent_to_an_address_that_the_tracker_did_not_see(victim: str) -> None:
    presence = Presence(1, lambda: 0.0)
    asker = online(presence, 1, "198.51.100.77")
    claimer = online(presence, 2, "203.0.113.7", victim)
    assert told(presence, asker, claimer) == [("203.0.113.7", 21500)]


@pytest.mark.parametrize("port", [22, 25, 1023])
def test_nobody_is_sent_to_a_privileged_port(port: int) -> None:
    presence = Presence(1, lambda: 0.0)
    asker, claimer = online(presence, 1, "198.51.100.77"), online(presence, 2, "203.0.113.7")
    presence.announce(claimer, m.Announce([m.Endpoint("203.0.113.7", port)], [], []))
    assert told(presence, asker, claimer) == []


def test_it_is_remembered_when_somebody_left_until_they_are_back() -> None:
    now = [100.0]
    presence = Presence(1, lambda: now[0])
    first, second = online(presence, 1, TRACKER), online(presence, 2, TRACKER)
    uids = [first.uid, second.uid, UserId(b"?" * 16)]
    presence.closed(first)
    now[0] = 107.5
    assert presence.away(uids) == [m.UserAway(first.uid, 7)]
    online(presence, 1, TRACKER)
    assert presence.away(uids) == []


def test_an_address_mapped_into_ipv6_is_what_it_is() -> None:
    presence = Presence(1, lambda: 0.0)
    asker = online(presence, 1, "198.51.100.77")
    claimer = online(presence, 2, "203.0.113.7", "::ffff:203.0.113.7", "::ffff:127.0.0.1")
    assert told(presence, asker, claimer) == [("203.0.113.7", 21500)]


def test_a_private_address_goes_only_to_the_same_private_network() -> None:
    presence = Presence(1, lambda: 0.0)
    claimer = online(presence, 2, "203.0.113.7", "192.168.1.5")
    behind_the_same_router = online(presence, 3, "203.0.113.7", "192.168.1.9")
    in_another_house = online(presence, 4, "203.0.113.8", "192.168.1.9")
    same_router_other_net = online(presence, 5, "203.0.113.7", "192.168.2.9")
    beside_the_tracker = online(presence, 6, "192.168.1.10", "192.168.1.10")
    assert told(presence, behind_the_same_router, claimer) == [("192.168.1.5", 21500)]
    assert told(presence, in_another_house, claimer) == [("203.0.113.7", 21500)]
    assert told(presence, same_router_other_net, claimer) == [("203.0.113.7", 21500)]
    assert told(presence, beside_the_tracker, claimer) == [("203.0.113.7", 21500)]


def test_who_is_seen_from_loopback_is_told_to_loopback_as_it_is_and_to_others_by_the_trackers_address() -> (
    None
):
    presence = Presence(1, lambda: 0.0)
    local = online(presence, 2, "127.0.0.1", "127.0.0.1", reached="127.0.0.1")
    beside = online(presence, 3, "127.0.0.1", reached="127.0.0.1")
    elsewhere = online(presence, 4, "192.168.1.9", reached="192.168.1.2")
    assert told(presence, beside, local) == [("127.0.0.1", 21500)]
    assert told(presence, elsewhere, local) == [("192.168.1.2", 21500)]
    assert told(presence, local, elsewhere) == []
    presence.announce(elsewhere, m.Announce([m.Endpoint("192.168.1.9", 21501)], [], []))
    assert told(presence, local, elsewhere) == [("192.168.1.9", 21501)]


def test_a_device_has_few_addresses() -> None:
    presence = Presence(1, lambda: 0.0)
    asker, claimer = online(presence, 1, TRACKER), online(presence, 2, "203.0.113.7")
    ends = [m.Endpoint("203.0.113.7", 21500 + n) for n in range(8)]
    presence.announce(claimer, m.Announce(ends, [], []))
    assert len(told(presence, asker, claimer)) == ADDRESSES_TOLD_MAX


def test_nobody_is_sent_to_himself_and_at_most_fifty_are_told_the_nearest_first() -> None:
    presence = Presence(1, lambda: 0.0)
    asker = online(presence, 1, "203.0.113.7", "203.0.113.7")
    others = [online(presence, 2 + n, f"198.51.100.{n}", f"198.51.100.{n}") for n in range(100)]
    near = online(presence, 500, "203.0.113.8", "203.0.113.8")
    found = told(presence, asker, asker, *others, near)
    assert len(found) == PEERS_PER_ENTRY_MAX
    assert found[0] == ("203.0.113.8", 21500)
    assert found != told(presence, asker, asker, *others, near), "by lot"


def test_who_downloads_it_is_found_as_long_as_the_user_is_a_member() -> None:
    presence = Presence(1, lambda: 0.0)
    asker, leecher = online(presence, 1, TRACKER), online(presence, 2, "203.0.113.7")
    ends = [m.Endpoint("203.0.113.7", 21500)]
    presence.announce(leecher, m.Announce(ends, [REF], []))
    assert presence.partial_users([REF]) == {leecher.uid}
    (peer,) = presence.peers(asker, REF, [], {leecher.uid}, LOT)
    assert peer.partial
    assert presence.peers(asker, REF, [], set(), LOT) == []
    presence.announce(leecher, m.Announce(ends, [], [REF]))
    assert presence.partial_users([REF]) == set()


def test_with_its_session_a_device_is_gone() -> None:
    presence = Presence(1, lambda: 0.0)
    asker, sharer = online(presence, 1, TRACKER), online(presence, 2, "203.0.113.7", "203.0.113.7")
    presence.announce(sharer, m.Announce([], [REF], []))
    assert presence.online([sharer.uid]) == [sharer.dev]
    presence.closed(sharer)
    assert presence.online([sharer.uid]) == []
    assert told(presence, asker, sharer) == []
    assert (presence._of_user, presence._partial) == ({asker.uid: {asker: None}}, {})


def test_of_two_sessions_of_a_device_the_newest_counts_and_the_older_when_that_is_gone() -> None:
    presence = Presence(1, lambda: 0.0)
    asker = online(presence, 1, TRACKER)
    older = online(presence, 2, "203.0.113.7", "203.0.113.7")
    newer = online(presence, 2, "203.0.113.8", "203.0.113.8")
    assert told(presence, asker, older) == [("203.0.113.8", 21500)]
    presence.closed(newer)
    assert told(presence, asker, older) == [("203.0.113.7", 21500)]


def test_a_session_names_so_many_entries_and_no_more() -> None:
    presence = Presence(1, lambda: 0.0)
    session = online(presence, 1, TRACKER)
    many = [m.EntryRef(GID, EntryId(n.to_bytes(16, "big"))) for n in range(PARTIALS_PER_SESSION_MAX)]
    presence.announce(session, m.Announce([], many, []))
    with pytest.raises(Quota):
        presence.announce(session, m.Announce([], [REF], []))
