"""One client's conversation: what it may ask when, how much, and who it has proven to be. Moves no byte."""

from dataclasses import dataclass, field
from typing import Protocol

import shared.wire.tracker_messages as m
from shared.addresses import Ip
from shared.errors import Busy, NotLoggedIn, Violation
from shared.facts.ids import DeviceId
from shared.limits import (
    ANNOUNCES_BURST_MAX,
    ANNOUNCES_PER_S_MAX,
    REACH_EVERY_S,
    REQUESTS_BURST_MAX,
    REQUESTS_OVER_S_MAX,
    REQUESTS_PER_S_MAX,
)
from trackerd.budget import Budget
from trackerd.rules import Actor
from trackerd.whereabouts import Session

_FOR_ANYONE = (m.CreateUser, m.Login, m.Renew, m.Ping)


class Link(Protocol):
    """The connection under a conversation."""

    @property
    def buffered(self) -> int:
        """Bytes that the client has not read yet."""

    def push(self, frame: bytes) -> None: ...

    def limit(self, *, is_bound: bool) -> None:
        """How much it may send from now on."""


@dataclass(eq=False)
class ClientSession:
    link: Link
    observed: Ip
    """The client's address."""
    reached: Ip
    """The address at which it reached this tracker."""
    certified: DeviceId | None
    """The device of its certificate, as TLS verified it."""
    challenge: bytes
    """For proofs on this connection."""
    bound: Session | None = None
    """Who the client is; set and unset by commands alone."""
    is_greeted: bool = False
    _requests: Budget = field(default_factory=lambda: Budget(REQUESTS_PER_S_MAX, REQUESTS_BURST_MAX))
    _announces: Budget = field(default_factory=lambda: Budget(ANNOUNCES_PER_S_MAX, ANNOUNCES_BURST_MAX))
    _reaches: Budget = field(default_factory=lambda: Budget(1 / REACH_EVERY_S, 1))
    _over_since_s: float | None = None

    @property
    def ip(self) -> str:
        return str(self.observed)

    @property
    def presence(self) -> Session:
        """Raises NotLoggedIn: what came before this request may have been a logout."""
        if self.bound is None:
            raise NotLoggedIn
        return self.bound

    @property
    def actor(self) -> Actor:
        """Raises NotLoggedIn."""
        return Actor(self.presence.uid, self.presence.dev)

    def spend(self, now_s: float) -> None:
        """One more request came. Raises Busy, and Violation for whoever does not heed it."""
        if self._requests.take(now_s):
            if self._requests.left > REQUESTS_BURST_MAX / 2:
                self._over_since_s = None
            return
        if self._over_since_s is None:
            self._over_since_s = now_s
        if now_s - self._over_since_s > REQUESTS_OVER_S_MAX:
            raise Violation("too many requests", "rate")
        raise Busy(retry_after_s=1)

    def admit(self, request: m.AnyRequest, now_s: float) -> None:
        """Whether this may be asked now. Raises Violation out of turn, NotLoggedIn, Busy."""
        if isinstance(request, m.Hello) == self.is_greeted:
            raise Violation(f"{type(request).__name__} out of turn", "turn")
        self.is_greeted = True
        if self.bound is None and not isinstance(request, (m.Hello, *_FOR_ANYONE)):
            raise NotLoggedIn
        if isinstance(request, m.Announce) and not self._announces.take(now_s):
            raise Busy(retry_after_s=1)
        if isinstance(request, m.Reach) and not self._reaches.take(now_s):
            raise Busy(retry_after_s=int(REACH_EVERY_S))
