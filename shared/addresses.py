"""IP addresses: how they are compared and written, and to which nobody is sent."""

import ipaddress

from shared.errors import BadArgument

Ip = ipaddress.IPv4Address | ipaddress.IPv6Address
_NEVER = [ipaddress.ip_network(net) for net in ("0.0.0.0/8", "64:ff9b::/96", "2002::/16", "fec0::/10")]


def plain_ip(text: str) -> Ip:
    """An IPv4 address out of its IPv6 wrapping, no scope. Raises ValueError."""
    ip = ipaddress.ip_address(text.partition("%")[0])
    return ip if isinstance(ip, ipaddress.IPv4Address) else ip.ipv4_mapped or ip


def reachable_ip(text: str) -> Ip | None:
    """An address to which somebody may be sent at all; who is on loopback is for the caller to know."""
    try:
        ip = plain_ip(text)
    except ValueError:
        return None
    is_nobodys = ip.is_link_local or ip.is_multicast or (ip.is_reserved and not ip.is_loopback)
    return None if "%" in text or is_nobodys or any(ip in net for net in _NEVER) else ip


def is_loopback(host: str) -> bool:
    """Whether a host of a tracker file is this very computer, for whoever reads it."""
    try:
        return plain_ip(host).is_loopback
    except ValueError:
        return host.lower() == "localhost"


def parse_address(text: str) -> tuple[str, int]:
    """`ip:port`, an IPv6 address in brackets; port 0 is any that is free. Raises BadArgument."""
    host, _, port = text.rpartition(":")
    host = host.removeprefix("[").removesuffix("]")
    try:
        ipaddress.ip_address(host)
    except ValueError:
        port = ""
    if not (port.isascii() and port.isdigit()) or int(port[:6]) > 65535:
        raise BadArgument(f"{text!r} is not an address such as 127.0.0.1:21500")
    return host, int(port)


def shown_address(host: str, port: int) -> str:
    return f"[{host}]:{port}" if ":" in host else f"{host}:{port}"
