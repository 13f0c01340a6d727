"""What happened in a history: every command and what was answered, every row that was committed anywhere."""

from collections.abc import Iterator
from dataclasses import dataclass, field

import shared.wire.tracker_messages as m
from shared.facts.ids import DeviceId, Dot, GroupId, UserId, group_id
from shared.facts.rows import Row


@dataclass
class Attempt:
    """`outcome` is "ok", "done" where only the tracker client said so, a refusal's code, or "lost"."""

    who: str
    uid: UserId
    dev: DeviceId
    request: m.Message
    tracker: int
    began_s: float
    outcome: str = "lost"
    ended_s: float = 0.0
    copies: int = 0
    dot: Dot | None = None

    @property
    def may_have_happened(self) -> bool:
        return self.outcome in ("ok", "done", "lost", "timeout", "no_tracker", "internal")

    def wrote(self, row: Row) -> bool:
        """Whether `row` may be of this command: it wrote at most three to one key each, the last at `dot`."""
        if self.outcome != "ok":
            return self.may_have_happened
        return self.dot is not None and self.dot.log == row.log and 0 <= self.dot.seq - row.seq < 3


@dataclass(frozen=True)
class Loss:
    """A disk that is not what it was: what `tracker` alone had since `since_s` may be lost."""

    tracker: int
    at_s: float
    since_s: float = -1.0


@dataclass
class Records:
    attempts: list[Attempt] = field(default_factory=list)
    losses: list[Loss] = field(default_factory=list)
    committed: dict[Dot, Row] = field(default_factory=dict)
    reused: list[tuple[Row, Row]] = field(default_factory=list)
    """Two rows with one dot."""
    gids: dict[GroupId, str] = field(default_factory=dict)
    links: list[tuple[GroupId, bytes]] = field(default_factory=list)
    """Invites that somebody made: everybody has got their secrets."""
    trace: list[str] = field(default_factory=list)
    """The history in words, without anything that only chance decides."""

    def wrote(self, row: Row) -> None:
        """A tracker says that it has committed a row of its own."""
        before = self.committed.setdefault(row.dot, row)
        if before != row:
            self.reused.append((before, row))

    def tell(self, now_s: float, text: str) -> None:
        self.trace.append(f"{now_s:9.4f} {text}")

    def ended(self, attempt: Attempt, now_s: float, outcome: str, answer: m.Ok | None = None) -> None:
        attempt.outcome, attempt.ended_s = outcome, now_s
        if answer is not None:
            attempt.copies, attempt.dot = answer.copies, answer.dot
        if outcome == "ok" and isinstance(attempt.request, m.CreateGroup):
            self.gids[group_id(attempt.request.nonce)] = attempt.request.name
        seq = f" seq={attempt.dot.seq} copies={attempt.copies}" if attempt.dot else ""
        self.tell(now_s, f"{attempt.who}@{attempt.tracker} {named(attempt.request)} {outcome}{seq}")

    def of(self, *kinds: type[m.Message]) -> Iterator[Attempt]:
        return (attempt for attempt in self.attempts if isinstance(attempt.request, kinds))

    def is_excused(self, attempt: Attempt) -> bool:
        """Whether what was acknowledged as one copy may be lost, as that copy is."""
        return attempt.copies < 2 and any(
            loss.tracker == attempt.tracker
            and loss.since_s <= attempt.ended_s
            and attempt.began_s <= loss.at_s
            for loss in self.losses
        )


def named(request: m.Message) -> str:
    """What was asked, in a few words that are the same in every run."""
    parts = [type(request).__name__]
    for name in ("name", "gid", "uid", "dev"):
        value = getattr(request, name, None)
        if value:
            parts.append(value if isinstance(value, str) else value.hex()[:6])
    if isinstance(request, m.Share):
        parts += [f"{file.name}/{file.root[:1].hex()}" for file in request.files]
    if getattr(request, "again", False):
        parts.append("again")
    return " ".join(parts)
