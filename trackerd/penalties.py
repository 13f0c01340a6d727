"""Who has to wait: networks that fail too often, and accounts whose passwords are guessed at. Knows no clock.

A network is a /24 or /64. After OpenSSH's PerSourcePenalties: every failure adds seconds, and nothing
happens below a threshold, so that a person who mistypes notices nothing. Accounts are delayed only for
devices that are not enrolled yet, so that nobody can lock the true owner out.
"""

import ipaddress
from collections import OrderedDict
from dataclasses import dataclass, field
from typing import TypeVar

from shared.errors import Busy
from shared.limits import (
    ACCOUNT_DELAY_S_MAX,
    ACCOUNT_FORGIVEN_S,
    ACCOUNT_HELD_S_MAX,
    PENALISED_MAX,
    PENALTY_ENFORCED_S,
    PENALTY_S_MAX,
    REGISTRATIONS_BURST_MAX,
    REGISTRATIONS_PER_S_MAX,
)
from shared.trust.admission import Source, source_of
from trackerd.budget import Budget

WRONG_LOGIN_S = 5.0
BAD_HANDSHAKE_S = 1.0
"""Reading a stranger's certificates costs; an honest client's may have expired."""
NO_HELLO_S = 10.0
VIOLATION_S = 90.0
_LOOPBACK = ipaddress.IPv4Network("127.0.0.0/24")
K = TypeVar("K")
T = TypeVar("T")


@dataclass
class _Penalty:
    until_s: float
    is_enforced: bool


@dataclass
class _Account:
    failures: int = 0
    next_s: float = 0.0
    """When the next attempt may be evaluated."""


@dataclass
class Penalties:
    """All times are monotonic seconds."""

    penalise_loopback: bool = False
    _sources: OrderedDict[Source, _Penalty] = field(default_factory=OrderedDict)
    _accounts: OrderedDict[str, _Account] = field(default_factory=OrderedDict)
    _registrations: OrderedDict[Source, Budget] = field(default_factory=OrderedDict)

    def add(self, ip: str, seconds: float, now_s: float) -> None:
        source = self._source(ip)
        if source is None:
            return
        penalty = _newest(self._sources, source, _Penalty(now_s, is_enforced=False))
        penalty.is_enforced &= penalty.until_s > now_s
        penalty.until_s = min(max(penalty.until_s, now_s) + seconds, now_s + PENALTY_S_MAX)
        penalty.is_enforced |= penalty.until_s - now_s >= PENALTY_ENFORCED_S

    def is_refused(self, ip: str, now_s: float) -> bool:
        penalty = self._penalty(ip, now_s)
        return penalty is not None and penalty.is_enforced

    def has_failed(self, ip: str, now_s: float) -> bool:
        """Whether anything went wrong from there lately: such sources get half of the password queue."""
        return self._penalty(ip, now_s) is not None

    def register(self, ip: str, now_s: float) -> None:
        """One more account is made from there. Raises Busy."""
        source = self._source(ip)
        budget = Budget(REGISTRATIONS_PER_S_MAX, REGISTRATIONS_BURST_MAX)
        if source is not None and not _newest(self._registrations, source, budget).take(now_s):
            raise Busy(retry_after_s=int(1 / REGISTRATIONS_PER_S_MAX))

    def attempt(self, account: str, now_s: float) -> float:
        """Seconds to wait before this password is looked at; it counts as wrong until succeeded().

        Counted before it is known, so that many at once are no way round. Raises Busy where it is too long.
        """
        held = _newest(self._accounts, account, _Account())
        if now_s > held.next_s + ACCOUNT_FORGIVEN_S:
            held.failures = 0
        wait_s = max(0.0, held.next_s - now_s)
        if wait_s > ACCOUNT_HELD_S_MAX:
            raise Busy(retry_after_s=int(wait_s) + 1)
        held.next_s = now_s + wait_s + min(2.0**held.failures, ACCOUNT_DELAY_S_MAX)
        held.failures = min(held.failures + 1, 16)
        return wait_s

    def succeeded(self, account: str) -> None:
        self._accounts.pop(account, None)

    def _source(self, ip: str) -> Source | None:
        return source_of(ip) or (_LOOPBACK if self.penalise_loopback else None)

    def _penalty(self, ip: str, now_s: float) -> _Penalty | None:
        source = self._source(ip)
        penalty = self._sources.get(source) if source else None
        return penalty if penalty and penalty.until_s > now_s else None


def _newest(held: OrderedDict[K, T], key: K, new: T) -> T:
    """What is held for `key`, or `new` from now on; the longest untouched is forgotten."""
    value = held.setdefault(key, new)
    held.move_to_end(key)
    if len(held) > PENALISED_MAX:
        held.popitem(last=False)
    return value
