"""Under which addresses others may find this computer: as its system would send to them. Sends nothing."""

import contextlib
import socket
import struct
import sys
from collections.abc import Iterator

from shared.addresses import reachable_ip

if sys.platform == "linux":
    import fcntl

_TO_WHOM = ("192.0.2.1", "192.168.255.254", "10.255.255.254", "172.31.255.254", "2001:db8::1")
"""Nobody: the Internet by its default route, and the private networks, which may have others."""
_SIOCGIFADDR = 0x8915


def own_addresses() -> list[str]:
    """The likeliest first; none without a network. A look at routes, no name is asked for."""
    routed = [ip for to in _TO_WHOM for ip in _sent_from(to)]
    return list(dict.fromkeys(_for_others(routed) or _for_others(_of_interfaces())))


def _for_others(found: list[str]) -> list[str]:
    ips = [reachable_ip(text) for text in found]
    return [str(ip) for ip in ips if ip is not None and not ip.is_loopback]


def _sent_from(to: str) -> Iterator[str]:
    family = socket.AF_INET6 if ":" in to else socket.AF_INET
    with contextlib.suppress(OSError), socket.socket(family, socket.SOCK_DGRAM) as probe:
        probe.connect((to, 9))
        yield str(probe.getsockname()[0])


def _of_interfaces() -> list[str]:
    """Where no route leads out of one's own network, which has none to ask for. IPv4, on Linux."""
    found = []
    if sys.platform == "linux":
        with socket.socket(socket.AF_INET, socket.SOCK_DGRAM) as probe:
            for _, name in socket.if_nameindex():
                with contextlib.suppress(OSError):  # it has none
                    told = fcntl.ioctl(probe.fileno(), _SIOCGIFADDR, struct.pack("256s", name.encode()))
                    found.append(socket.inet_ntoa(told[20:24]))
    return found
