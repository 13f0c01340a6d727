import ipaddress

import pytest

from shared.addresses import parse_address, plain_ip, reachable_ip, shown_address
from shared.errors import BadArgument


def test_an_ipv4_address_is_taken_out_of_its_wrapping() -> None:
    assert plain_ip("::ffff:8.8.8.8") == ipaddress.ip_address("8.8.8.8")
    assert plain_ip("fe80::1%eth0") == ipaddress.ip_address("fe80::1")


@pytest.mark.parametrize(
    "ip",
    [
        "0.0.0.0", "0.1.2.3", "169.254.1.1", "224.0.0.1", "255.255.255.255", "240.0.0.1", "::", "fe80::1",
        "fd00::1%eth0", "ff02::1", "fec0::1", "64:ff9b::808:808", "2002:808:808::1", "::ffff:169.254.1.1",
        "::1.2.3.4", "localhost", "", "1.2.3", "010.1.1.1",
    ],
)  # fmt: skip
def test_there_are_addresses_to_which_nobody_is_sent(ip: str) -> None:
    assert reachable_ip(ip) is None


@pytest.mark.parametrize("ip", ["10.0.0.7", "8.8.8.8", "2a00::1", "fd00::1", "127.0.0.1", "::1"])
def test_others_are_what_they_are(ip: str) -> None:
    assert str(reachable_ip(ip)) == ip


def test_an_ipv6_address_stands_in_brackets_before_a_port() -> None:
    assert (shown_address("::1", 7), shown_address("a.org", 7)) == ("[::1]:7", "a.org:7")


@pytest.mark.parametrize(
    "text", ["", ":", "host", "1.2.3.4", "1.2.3.4:x", "1.2.3.4:-1", "1.2.3.4:\u0661", "h:65536"]
)
def test_an_address_is_a_host_and_a_port(text: str) -> None:
    with pytest.raises(BadArgument):
        parse_address(text)
    assert parse_address("[::1]:0") == ("::1", 0)
    assert parse_address("192.0.2.1:65535") == ("192.0.2.1", 65535)
