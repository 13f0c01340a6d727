"""One link's conversation: what may be said when, and on which channel. Knows no byte, socket or clock."""

import enum
from collections.abc import Container, Sequence
from dataclasses import dataclass
from typing import TypeAlias

from shared.errors import Violation
from shared.facts.ids import EntryId, GroupId
from shared.limits import STRIKES_MAX
from shared.wire import peer_messages as m


class State(enum.Enum):
    GREETING = enum.auto()
    OPEN = enum.auto()
    CLOSED = enum.auto()


class Channel(enum.Enum):
    """One that this side opened, by what the other has answered."""

    ASKED = enum.auto()
    OPEN = enum.auto()
    GONE = enum.auto()


Answer: TypeAlias = m.Opened | m.Refuse | m.Block | m.Have | m.Reject | m.Choke | m.Unchoke | m.Granted
"""What the serving side of a channel says; all else but the greeting is the asker's."""
Question: TypeAlias = m.Open | m.OpenBundle | m.Close | m.GetBlock | m.Request | m.Cancel | m.Credit

# The two directions greet apart, so each has a state of its own.
LEGAL: dict[State, dict[type[m.Message], State]] = {
    State.GREETING: {m.Hello: State.OPEN, m.Bye: State.CLOSED},
    State.OPEN: {
        **dict.fromkeys((*Question.__args__, *Answer.__args__, m.Ping, m.Pong), State.OPEN),
        m.Bye: State.CLOSED,
    },
    State.CLOSED: {},
}
ANSWERS: dict[Channel, dict[type[m.Message], Channel]] = {
    Channel.ASKED: {m.Opened: Channel.OPEN, m.Refuse: Channel.GONE, m.Reject: Channel.ASKED},
    Channel.OPEN: {
        **dict.fromkeys((m.Block, m.Have, m.Reject, m.Choke, m.Unchoke, m.Granted), Channel.OPEN),
        m.Refuse: Channel.GONE,
    },
}


@dataclass
class Served:
    """A channel that the other side opened."""

    gid: GroupId
    eids: Sequence[EntryId]
    """One, or all that are asked for as one piece."""
    is_bundle: bool = False
    is_open: bool = False
    early: m.Request | None = None
    """Came while it was not clear yet whether the asker is a member."""

    def cancel(self, pieces: Container[int]) -> None:
        """Of what came early."""
        if self.early:
            left = [piece for piece in self.early.pieces if piece not in pieces]
            self.early = m.Request(self.early.ch, left) if left else None


class PeerSession:
    def __init__(self) -> None:
        self.ours = self.theirs = State.GREETING
        self.served: dict[int, Served] = {}
        self._asked: dict[int, Channel] = {}
        self._next_ch = 0
        self._strikes = 0

    def new_channel(self) -> int:
        """Numbers are not used again, so that a late answer is known for what it is."""
        ch, self._next_ch = self._next_ch, self._next_ch + 1
        self._asked[ch] = Channel.ASKED
        return ch

    def says(self, message: m.Message) -> bool:
        """Whether it may still be said; out of turn it is our own bug."""
        if self.ours is State.CLOSED:
            return False
        assert type(message) in LEGAL[self.ours], (message, self.ours)
        self.ours = LEGAL[self.ours][type(message)]
        if isinstance(message, m.Close):
            self._asked.pop(message.ch, None)
        return True

    def hears(self, message: m.AnyMessage) -> bool:
        """False for what crossed the end of its channel and has no meaning any more. Raises Violation."""
        after = LEGAL[self.theirs].get(type(message))
        if after is None:
            raise Violation(f"{type(message).__name__} while {self.theirs.name}")
        self.theirs = after
        if isinstance(message, Answer):
            return self._answered(message)
        if isinstance(message, m.Close | m.GetBlock | m.Request | m.Cancel | m.Credit):
            return message.ch in self.served
        if isinstance(message, m.Open):
            self._begin([opening.ch for opening in message.channels])
        if isinstance(message, m.OpenBundle):
            self._begin([message.ch])
        return True

    def strike(self, what: str) -> None:
        """What an honest peer does now and then, by mistake or by bad luck, but not for ever."""
        self._strikes += 1
        if self._strikes > STRIKES_MAX:
            raise Violation(what)

    def _begin(self, numbers: list[int]) -> None:
        if len(set(numbers)) < len(numbers) or not self.served.keys().isdisjoint(numbers):
            raise Violation("a channel opened twice")

    def _answered(self, message: Answer) -> bool:
        before = self._asked.get(message.ch)
        if before is None:
            if message.ch >= self._next_ch:
                raise Violation(f"{type(message).__name__} on a channel that nobody opened")
            return False
        after = ANSWERS[before].get(type(message))
        if after is None:
            raise Violation(f"{type(message).__name__} on a channel that is {before.name}")
        if after is Channel.GONE:
            del self._asked[message.ch]
        else:
            self._asked[message.ch] = after
        return True
