"""What counts as this computer's own network."""

import pytest

from desktop.engine.limits.lan import is_lan


@pytest.mark.parametrize(
    "theirs",
    [
        "127.0.0.1",
        "10.1.2.3",
        "172.31.0.9",
        "192.168.7.7",
        "169.254.1.1",
        "::1",
        "fd00::5",
        "fe80::1%eth0",
        "::ffff:10.0.0.1",
    ],
)
def test_private_link_local_and_loopback_addresses_are_on_it(theirs: str) -> None:
    assert is_lan(theirs, "")


@pytest.mark.parametrize(
    "theirs", ["8.8.8.8", "172.32.0.1", "100.64.0.1", "2001:db8::1", "::ffff:8.8.8.8", "", "host"]
)
def test_others_are_not(theirs: str) -> None:
    assert not is_lan(theirs, "203.0.113.5")


def test_a_public_address_in_our_subnet_is() -> None:
    assert is_lan("203.0.113.77", "203.0.113.5")
    assert is_lan("::ffff:203.0.113.77", "203.0.113.5")
    assert not is_lan("203.0.114.77", "203.0.113.5")
    assert is_lan("2001:db8:1:2::9", "2001:db8:1:2:aaaa::1")
    assert not is_lan("2001:db8:1:3::9", "2001:db8:1:2::1")
    assert not is_lan("2001:db8:1:2::9", "203.0.113.5")
