"""Who may be half-open: connections whose handshake is not done yet, counted by where they come from."""

import ipaddress
from collections import OrderedDict
from dataclasses import dataclass, field

from shared.limits import HANDSHAKE_S_MAX

Source = str


def source_of(ip: str) -> Source:
    """The /24 or /64 that an address is of: whom its owner may be taken for."""
    address = ipaddress.ip_address(ip.partition("%")[0])
    if isinstance(address, ipaddress.IPv6Address) and address.ipv4_mapped is not None:
        address = address.ipv4_mapped
    bits = 24 if address.version == 4 else 64
    return str(ipaddress.ip_network((address, bits), strict=False))


def is_loopback(ip: str) -> bool:
    address = ipaddress.ip_address(ip.partition("%")[0])
    if isinstance(address, ipaddress.IPv6Address) and address.ipv4_mapped is not None:
        address = address.ipv4_mapped
    return address.is_loopback


@dataclass
class HalfOpen:
    """The doorman's table. When it is full, the oldest of the source that has most is cut: whoever floods
    cuts himself. Loopback is not counted. Knows no socket and no clock; `now_s` is monotonic."""

    total_max: int
    per_source_max: int
    _sources: dict[Source, OrderedDict[int, float]] = field(default_factory=dict)
    _source_of: dict[int, Source] = field(default_factory=dict)

    def __len__(self) -> int:
        return len(self._source_of)

    def arrived(self, connection: int, ip: str, now_s: float) -> int | None:
        """The connection to cut for this one, if any; it is then no longer counted."""
        source = "loopback" if is_loopback(ip) else source_of(ip)
        theirs = self._sources.setdefault(source, OrderedDict())
        theirs[connection] = now_s
        self._source_of[connection] = source
        if source == "loopback":
            return None
        if len(theirs) > self.per_source_max:
            return self._cut(source)
        counted = {name: held for name, held in self._sources.items() if name != "loopback"}
        if sum(map(len, counted.values())) > self.total_max:
            return self._cut(max(counted, key=lambda name: len(counted[name])))
        return None

    def done(self, connection: int) -> None:
        """Its handshake ended, well or not. Unknown ones are ignored."""
        source = self._source_of.pop(connection, None)
        if source is not None:
            del self._sources[source][connection]
            if not self._sources[source]:
                del self._sources[source]

    def expired(self, now_s: float) -> list[int]:
        """Those that took too long; they are no longer counted."""
        late = [
            connection
            for held in self._sources.values()
            for connection, since_s in held.items()
            if now_s - since_s > HANDSHAKE_S_MAX
        ]
        for connection in late:
            self.done(connection)
        return late

    def _cut(self, source: Source) -> int:
        oldest = next(iter(self._sources[source]))
        self.done(oldest)
        return oldest
