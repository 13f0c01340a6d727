"""Who of those that have not said who they are may stay, by source and deadline, and who is heard first."""

import ipaddress
import itertools
from collections.abc import Hashable
from typing import Generic, TypeVar

from shared.addresses import plain_ip
from shared.limits import HANDSHAKE_S_MAX

Source = ipaddress.IPv4Network | ipaddress.IPv6Network
Connection = TypeVar("Connection", bound=Hashable)


def source_of(address: str) -> Source | None:
    """The /24 or /64 whose doings are counted together; None for loopback, which is exempt.

    Takes what the system says of a peer: a scope id may follow, an IPv4 address may come mapped into IPv6.
    """
    ip = plain_ip(address)
    if ip.is_loopback:
        return None
    if isinstance(ip, ipaddress.IPv6Address):
        return ipaddress.IPv6Network((ip, 64), strict=False)
    return ipaddress.IPv4Network((ip, 24), strict=False)


class Turns(Generic[Connection]):
    """Some are heard at once, the others after them, in their order. A connection is here until done().

    Thousands come at once when a tracker dies. Heard all together, each would be through only when all are,
    and by then too late for every one of them. Whoever makes no use of its turn keeps it from others for
    `turn_s` at most.
    """

    def __init__(self, at_once: int, turn_s: float) -> None:
        self._at_once, self._turn_s = at_once, turn_s
        self._waiting: dict[Connection, None] = {}
        self._heard: dict[Connection, float] = {}
        """Until when its turn lasts, the first to end first."""

    def arrived(self, connection: Connection) -> None:
        self._waiting[connection] = None

    def done(self, connection: Connection) -> None:
        self._waiting.pop(connection, None)
        self._heard.pop(connection, None)

    def next(self, now_s: float) -> list[Connection]:
        """Those who are heard from now on. To be called after each arrived() and done(), and now and then."""
        over = itertools.takewhile(lambda turn: turn[1] <= now_s, self._heard.items())
        for connection, _ in [*over]:
            del self._heard[connection]
        chosen = [*itertools.islice(self._waiting, self._at_once - len(self._heard))]
        for connection in chosen:
            del self._waiting[connection]
            self._heard[connection] = now_s + self._turn_s
        return chosen


class HalfOpen(Generic[Connection]):
    """The connections of which nobody knows yet who they are. A connection is here from arrived() to done().

    Whoever opens many loses the oldest of its own, so that strangers cannot keep others out.
    """

    def __init__(self, total_max: int, per_source_max: int) -> None:
        self._total_max, self._per_source_max = total_max, per_source_max
        # Both in the order of arrival, so that the first is the oldest.
        self._open: dict[Connection, tuple[Source | None, float]] = {}
        self._by_source: dict[Source, dict[Connection, None]] = {}
        self._counted = 0
        """How many are in _by_source: all but those from loopback."""

    def __len__(self) -> int:
        return len(self._open)

    def arrived(self, connection: Connection, address: str, now_s: float) -> Connection | None:
        """Takes it in, and says whom to cut in its stead, who is then done. O(sources) when full."""
        source = source_of(address)
        self._open[connection] = source, now_s + HANDSHAKE_S_MAX
        if source is None:
            return None
        mine = self._by_source.setdefault(source, {})
        mine[connection] = None
        self._counted += 1
        if len(mine) > self._per_source_max:
            crowd = mine
        elif self._counted > self._total_max:
            crowd = max(self._by_source.values(), key=len)
        else:
            return None
        oldest = next(iter(crowd))
        self.done(oldest)
        return oldest

    def done(self, connection: Connection) -> None:
        """It said who it is, or it is gone. Saying so twice does no harm."""
        source, _ = self._open.pop(connection, (None, 0.0))
        if source is None:
            return
        self._counted -= 1
        del self._by_source[source][connection]
        if not self._by_source[source]:
            del self._by_source[source]

    def expired(self, now_s: float) -> list[Connection]:
        """Those whose time is up, oldest first; to be cut, and done."""
        late = []
        for connection, (_, deadline_s) in self._open.items():
            if deadline_s > now_s:
                break
            late.append(connection)
        for connection in late:
            self.done(connection)
        return late
