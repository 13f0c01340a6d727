"""What has happened since the start, in numbers that only grow: for status and metrics. Knows no clock."""

from bisect import bisect_left
from collections import Counter, deque
from dataclasses import dataclass, field
from typing import NamedTuple

from shared.errors import Coded, Violation

COMMIT_BUCKETS_S = (0.001, 0.0025, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1.0, 2.5)
RATES_SAMPLES = 60
OK = "ok"
_LOGIN_OF = {"Login": "password", "Renew": "renewal"}


class Rates(NamedTuple):
    """Over the last RATES_SAMPLES samples, one a second; or since the start."""

    commits_per_s: float
    logins_per_s: float
    twofold: float | None
    """Of the writes that were answered, the share that a second tracker had; None for no write."""


class _Sample(NamedTuple):
    at_s: float
    commits: int
    logins: int
    copies: tuple[int, int]
    """Writes that were answered with one copy, and with two."""


@dataclass
class Counts:
    handshakes: Counter[str] = field(default_factory=Counter)
    """By how they ended: client, anonymous, tracker, refused, failed."""
    logins: Counter[tuple[str, str]] = field(default_factory=Counter)
    """By kind (password, certificate, renewal) and result, which is "ok" or a code."""
    requests: Counter[tuple[str, str]] = field(default_factory=Counter)
    """By message and result."""
    copies: Counter[int] = field(default_factory=Counter)
    """Writes that were answered, by the number of trackers that had them."""
    rejected: Counter[str] = field(default_factory=Counter)
    """Frames that broke the protocol, by Violation.reason."""
    commits: list[int] = field(default_factory=lambda: [0] * (len(COMMIT_BUCKETS_S) + 1))
    """By the bucket of their time; the last one is for all that took longer."""
    commits_s: float = 0.0
    """That all took together."""
    _samples: deque[_Sample] = field(default_factory=lambda: deque(maxlen=RATES_SAMPLES))

    def answered(self, request: str, refusal: Coded | None = None, copies: int = 0) -> None:
        """A client's request, by the name of its message."""
        result = refusal.code if refusal else OK
        self.requests[request, result] += 1
        if copies:
            self.copies[copies] += 1
        if request in _LOGIN_OF:
            self.logins[_LOGIN_OF[request], result] += 1

    def greeted(self, refusal: Coded | None = None) -> None:
        """A client with the certificate of a device, which is its login."""
        self.logins["certificate", refusal.code if refusal else OK] += 1

    def ended(self, error: Exception | None) -> None:
        """The connection of a client or a stranger."""
        if isinstance(error, Violation):
            self.rejected[error.reason] += 1

    def committed(self, took_s: float) -> None:
        self.commits[bisect_left(COMMIT_BUCKETS_S, took_s)] += 1
        self.commits_s += took_s

    def sample(self, now_s: float) -> None:
        """To be called once a second. `now_s` is monotonic."""
        logins = sum(count for (_, result), count in self.logins.items() if result == OK)
        self._samples.append(_Sample(now_s, sum(self.commits), logins, (self.copies[1], self.copies[2])))

    def rates(self) -> Rates:
        if len(self._samples) < 2:
            return Rates(0, 0, None)
        old, new = self._samples[0], self._samples[-1]
        seconds = max(new.at_s - old.at_s, 1e-3)
        alone, twofold = (after - before for before, after in zip(old.copies, new.copies, strict=True))
        return Rates(
            (new.commits - old.commits) / seconds,
            (new.logins - old.logins) / seconds,
            twofold / (alone + twofold) if alone + twofold else None,
        )
