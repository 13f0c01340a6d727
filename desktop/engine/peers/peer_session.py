"""One link's conversation: what is legal when, which channels are open, how much is outstanding. Sans-IO."""

import enum

from shared.errors import Version, Violation
from shared.limits import REQUESTS_OUTSTANDING_MAX
from shared.wire import peer_messages as m

CHANNELS_MAX = 4096
"""That one side may have open at once."""

ASKS = (m.Open, m.Close, m.GetBlock, m.Request, m.Cancel)
"""Said by the side that opened the channel; the rest with a channel by the side that serves it."""


class State(enum.Enum):
    GREETING = enum.auto()
    OPEN = enum.auto()
    CLOSED = enum.auto()


class PeerSession:
    """Told every control message of the other side before anything is done about it. Raises Violation."""

    def __init__(self) -> None:
        self.theirs = State.GREETING
        self.opened_by_them: set[int] = set()
        """Channels on which we serve."""
        self.opened_by_us: set[int] = set()
        """Channels on which we ask."""

    def heard(self, message: m.AnyMessage) -> bool:
        """Whether it is to be acted on: not so if it is about a channel that we closed meanwhile."""
        if self.theirs is not State.OPEN:
            if self.theirs is State.GREETING and isinstance(message, m.Hello):
                if not message.proto_min <= m.PROTOCOL <= message.proto_max:
                    raise Version
                self.theirs = State.OPEN
                return True
            raise Violation(f"{type(message).__name__} while {self.theirs.name}")
        match message:
            case m.Hello():
                raise Violation("a second Hello")
            case m.Bye():
                self.theirs = State.CLOSED
                return True
            case m.Ping() | m.Pong():
                return True
            case m.Open(channels):
                self._opened({opening.ch for opening in channels}, len(channels))
                return True
            case _:
                mine = self.opened_by_them if isinstance(message, ASKS) else self.opened_by_us
                return message.ch in mine

    def _opened(self, numbers: set[int], count: int) -> None:
        if len(numbers) < count or not self.opened_by_them.isdisjoint(numbers):
            raise Violation("a channel opened twice")
        if len(self.opened_by_them) + count > CHANNELS_MAX:
            raise Violation("too many channels")
        self.opened_by_them |= numbers


def within_limits(outstanding: int, more: int) -> bool:
    """Whether a peer may have so many more requests waiting."""
    return outstanding + more <= REQUESTS_OUTSTANDING_MAX
