"""The conversation of two trackers, from one side: what the other may say, and what of it counts."""

from collections.abc import Iterable, Mapping

import shared.wire.mesh_messages as mm
from shared.errors import Violation
from shared.facts import rows as facts
from shared.facts.replica import writer_of
from shared.facts.rows import Row
from shared.wire.tracker_messages import PROTOCOL
from trackerd.mesh.asking import Asking
from trackerd.mesh.telling import Telling


class LinkSession:
    """With tracker `number`, as TLS proved it to be. Of no more use after a Violation."""

    def __init__(self, number: int, ours: mm.Hello) -> None:
        self.number = number
        self.ours = ours
        self.theirs: mm.Hello | None = None
        self.telling = Telling(ours.log)
        self.asking = Asking(ours.log, {}, {})

    @property
    def log(self) -> int:
        """Of the other's run, once it has greeted."""
        assert self.theirs
        return self.theirs.log

    def greeted(self, hello: mm.Hello, streamed: Mapping[int, int]) -> None:
        """`streamed` is what an earlier link to this very run left behind."""
        self.theirs = hello
        self.asking = Asking(self.ours.log, hello.vv, streamed)
        self.asking.is_wanted = True

    def hears(self, message: mm.AnyMessage) -> None:
        """Raises Violation for what the other must not say, or not now."""
        if isinstance(message, mm.Hello) is (self.theirs is not None):
            raise Violation(f"{type(message).__name__} out of turn", "turn")
        match message:
            case mm.Hello():
                self._check_hello(message)
            case mm.Live():
                self._check_live(message)
                self.asking.told({message.log: message.last})
            case mm.Ack():
                self.asking.told(message.vv)
            case mm.Rows():
                if not self.asking.is_asked:
                    raise Violation("a round that nobody asked for", "turn")
                _check_all(message.rows)
            case mm.Pull() if self.telling.is_in_round:
                raise Violation("a second round at once", "turn")

    def taken(self, message: mm.Rows, written: int) -> mm.Rows:
        """What of it counts: of its own log this tracker has `written` so many rows, whatever others say."""
        own = self.ours.log
        rows = [row for row in message.rows if row.log != own or row.seq <= written]
        end = None if message.end is None else {log: seq for log, seq in message.end.items() if log != own}
        return mm.Rows(rows, end, message.whole, message.gc, message.hlc)

    def _check_hello(self, hello: mm.Hello) -> None:
        if hello.number != self.number:
            raise Violation(f"tracker {self.number} says that it is {hello.number}")
        if writer_of(hello.log) != self.number:
            raise Violation(f"tracker {self.number} says that it writes a log of {writer_of(hello.log)}")
        if not hello.proto_min <= PROTOCOL <= hello.proto_max:
            versions = f"{hello.proto_min} to {hello.proto_max}"
            raise Violation(f"it speaks versions {versions} of the protocol, and this tracker {PROTOCOL}")

    def _check_live(self, live: mm.Live) -> None:
        if self.theirs is None or live.log != self.theirs.log:
            raise Violation("rows of a log that is not the sender's")
        if any(row.log != live.log or not live.first <= row.seq <= live.last for row in live.rows):
            raise Violation("rows with dots that are not of the commit")
        _check_all(live.rows)


def _check_all(rows: Iterable[Row]) -> None:
    for row in rows:
        facts.check(row)
