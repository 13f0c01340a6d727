"""Whether a peer is on this computer's own network, so that its bytes use no line to the outside."""

from ipaddress import IPv4Network, IPv6Network, ip_network

from shared.addresses import Ip, plain_ip

_LOCAL = [
    ip_network(text)
    for text in (
        "127.0.0.0/8", "10.0.0.0/8", "172.16.0.0/12", "192.168.0.0/16", "169.254.0.0/16",
        "::1/128", "fc00::/7", "fe80::/10",
    )
]  # fmt: skip
"""Not 100.64.0.0/10 (RFC 6598): those behind one provider's NAT share no network of their own."""
_SUBNET_BITS = {4: 24, 6: 64}
"""Where addresses are public: what networks of homes and offices have, or more. Systems tell no masks."""


def is_lan(theirs: str, ours: str) -> bool:
    """By the addresses of both ends of a connection."""
    there, here = _address(theirs), _address(ours)
    if there is None:
        return False
    if any(there in network for network in _LOCAL):
        return True
    return here is not None and here in _subnet(there)


def _subnet(address: Ip) -> IPv4Network | IPv6Network:
    return ip_network((address, _SUBNET_BITS[address.version]), strict=False)


def _address(text: str) -> Ip | None:
    try:
        return plain_ip(text)
    except ValueError:
        return None
