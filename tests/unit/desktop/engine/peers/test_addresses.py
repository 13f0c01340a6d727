import pytest

from desktop.engine.peers.addresses import Candidates, Endpoint, dialable
from shared.addresses import plain_ip
from shared.facts.ids import DeviceId
from shared.limits import DIAL_ADDRESSES_MAX, DIAL_BACKOFF_S_MAX

HERE = Endpoint("192.0.2.1", 4000)
THERE = Endpoint("192.0.2.2", 4000)
ANN, BEN = DeviceId(b"a" * 16), DeviceId(b"b" * 16)


@pytest.mark.parametrize("ip", ["10.0.0.7", "192.168.1.2", "8.8.8.8", "2a00::1", "fd00::1", "100.64.0.1"])
def test_public_and_private_addresses_are_dialled(ip: str) -> None:
    assert dialable(ip, 4000, "203.0.113.9") == Endpoint(ip, 4000)


@pytest.mark.parametrize(
    "ip",
    [
        "0.0.0.0", "0.1.2.3", "169.254.1.1", "224.0.0.1", "239.1.1.1", "255.255.255.255", "240.0.0.1",
        "::", "fe80::1", "fe80::1%eth0", "fd00::1%eth0", "ff02::1", "64:ff9b::808:808", "2002:808:808::1",
        "::ffff:169.254.1.1", "::ffff:0.0.0.0", "::1.2.3.4", "localhost", "example.org", "", "1.2.3",
        "010.1.1.1",
    ],
)  # fmt: skip
def test_what_may_be_somebody_elses_door_is_never_dialled(ip: str) -> None:
    assert dialable(ip, 4000, "127.0.0.1") is None


@pytest.mark.parametrize("port", [1, 22, 25, 443, 1023])
def test_privileged_ports_are_never_dialled(port: int) -> None:
    assert dialable("8.8.8.8", port, None) is None


@pytest.mark.parametrize("ip", ["127.0.0.1", "127.9.9.9", "::1", "::ffff:127.0.0.1"])
def test_loopback_is_dialled_only_from_the_trackers_own_computer(ip: str) -> None:
    assert dialable(ip, 4000, "127.0.0.1") == dialable(ip, 4000, "::1") == Endpoint(str(plain_ip(ip)), 4000)
    assert dialable(ip, 4000, "192.168.1.2") is dialable(ip, 4000, None) is None
    assert dialable(ip, 4000, "somewhere") is None


def test_a_device_is_dialled_at_one_address_at_a_time_and_then_at_the_next() -> None:
    candidates = Candidates()
    for endpoint in (HERE, THERE, HERE):
        candidates.found(ANN, endpoint, 0)
    assert candidates.next(()) == (ANN, HERE)
    assert candidates.next(()) is None
    candidates.failed(ANN, HERE, 0)
    assert candidates.next(()) == (ANN, THERE)
    candidates.failed(ANN, THERE, 0)
    assert candidates.next(()) is None


def test_who_is_linked_is_not_dialled() -> None:
    candidates = Candidates()
    candidates.found(ANN, HERE, 0)
    candidates.found(BEN, THERE, 0)
    assert candidates.next({ANN}) == (BEN, THERE)


def test_an_address_that_failed_waits_longer_each_time_and_not_for_ever() -> None:
    candidates, now, waits = Candidates(), 0.0, []
    for _ in range(9):
        began = now
        while True:
            candidates.found(ANN, HERE, now)
            if candidates.next(()):
                break
            now += 0.5
        waits.append(now - began)
        candidates.failed(ANN, HERE, now)
    assert waits[:5] == [0, 1, 2, 4, 8]
    assert waits[-1] == DIAL_BACKOFF_S_MAX


def test_a_link_makes_up_for_all_failures() -> None:
    candidates = Candidates()
    candidates.found(ANN, HERE, 0)
    candidates.next(())
    candidates.failed(ANN, HERE, 0)
    candidates.done(ANN, HERE)
    candidates.found(ANN, HERE, 0)
    assert candidates.next(()) == (ANN, HERE)


def test_a_device_with_many_addresses_has_a_few_tried() -> None:
    candidates = Candidates()
    for port in range(2000, 2100):
        candidates.found(ANN, Endpoint("192.0.2.1", port), 0)
    tried = 0
    while candidate := candidates.next(()):
        candidates.failed(*candidate, 0)
        tried += 1
    assert tried == DIAL_ADDRESSES_MAX
