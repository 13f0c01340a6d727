"""Which addresses of others may be dialled: nobody can make us knock at a stranger's door."""

import ipaddress

PORT_MIN = 1024
_NEVER = [
    ipaddress.ip_network(text)
    for text in (
        *("0.0.0.0/8", "169.254.0.0/16", "224.0.0.0/3"),
        *("::/128", "fe80::/10", "ff00::/8", "64:ff9b::/96", "2002::/16"),
    )
]


def plain(ip: str) -> str | None:
    """The address as it is compared: numeric, no scope, IPv4 out of its IPv6 clothes. None: no address."""
    try:
        address = ipaddress.ip_address(ip)
    except ValueError:
        return None
    if isinstance(address, ipaddress.IPv6Address):
        if address.scope_id is not None:
            return None
        if address.ipv4_mapped is not None:
            return str(address.ipv4_mapped)
    return str(address)


def may_dial(ip: str, port: int, seen_as: str) -> bool:
    """Whether a tracker's word on where a peer is may be followed by this device, which that tracker sees
    as `seen_as`. Loopback only by who is there itself; private addresses only by who has one."""
    there, here = plain(ip), plain(seen_as)
    if there is None or here is None or port < PORT_MIN:
        return False
    address, own = ipaddress.ip_address(there), ipaddress.ip_address(here)
    if any(address.version == net.version and address in net for net in _NEVER):
        return False
    if address.is_loopback:
        return own.is_loopback
    return not address.is_private or own.is_private or own.is_loopback
