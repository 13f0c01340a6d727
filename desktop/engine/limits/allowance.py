"""What one thread of one link may pass under the caps: one for sending, one for receiving."""

import threading
from collections.abc import Callable

from desktop.engine.limits.fair_share import Person, Wake, Wish
from desktop.engine.limits.throttle import Throttle
from shared.facts.ids import GroupId

GroupOf = Callable[[int], GroupId | None]
"""Of a channel; None if it is closed."""


class Allowance:
    def __init__(self, throttle: Throttle, person: Person, group_of: GroupOf, *, is_lan: bool) -> None:
        self.person = person
        self.wake: Wake = lambda: None
        """Called in another thread, when take() may give more than it did."""
        self._throttle, self._group_of, self._is_lan = throttle, group_of, is_lan
        self._wish: Wish | None = None

    @property
    def is_spared(self) -> bool:
        """No cap is for this link now."""
        return self._throttle.spares_all or self._is_exempt

    @property
    def is_waiting(self) -> bool:
        """For its turn."""
        wish = self._wish
        return wish is not None and not wish.is_granted

    @property
    def _is_exempt(self) -> bool:
        return self._is_lan and self._throttle.spares_lan

    def is_stopped(self, group: GroupId) -> bool:
        """Nothing of it may pass."""
        return self._throttle.caps.stops(group) and not self._is_exempt

    def portion_bytes(self, ch: int) -> int | None:
        """What passes at a time; None where there is no cap."""
        return None if self.is_spared else self._throttle.portion_bytes(self._group_of(ch))

    def take(self, ch: int, wanted: int) -> int:
        """How many of `wanted` bytes may pass now; if none, wake() tells when to ask again. To be called
        under the lock that wake() takes."""
        if self.is_spared:
            self.drop()
            return wanted
        group = self._group_of(ch)
        if self._wish and (self._wish.person, self._wish.group) != (self.person, group):
            self.drop()
        self._wish = self._wish or self._throttle.ask(self.person, group, wanted, self.wake)
        wish = self._wish
        if wish is None:
            return wanted
        if not wish.is_granted:
            return 0
        self._wish = None
        return min(wish.count, wanted)

    def drop(self) -> None:
        """It waits for nothing any more."""
        if self._wish:
            self._throttle.drop(self._wish)
            self._wish = None


class Meter:
    """For a receiving thread: it waits after what came, and meanwhile TCP holds the sender back.

    Piece bytes are paid for, messages are not. Which of them a frame is shows when all of it is here: one
    that is longer than a portion is paid for while it comes, as if it were of the piece before it, where
    pieces are awaited at all. Long messages, which are answers, count like pieces for that.
    """

    def __init__(self, allowance: Allowance) -> None:
        self.allowance = allowance
        allowance.wake = self._wake
        self._changed = threading.Condition()
        self._is_ended = False
        self._ch = 0
        """Of the last piece that came."""
        self._is_paid_for = False
        self._credit = 0
        """Bytes that were paid for and turned out not to be of a piece, or not yet."""

    def read_bytes_max(self) -> int | None:
        """To be read at a time, so that bytes come evenly; None: as many as are there."""
        return self.allowance.portion_bytes(self._ch)

    def frame_begins(self, size: int, *, pieces_awaited: bool) -> None:
        """Its length is known."""
        portion = self.read_bytes_max() if pieces_awaited else None
        self._is_paid_for = portion is not None and size > portion

    def read(self, count: int) -> None:
        """Bytes, of whatever frame."""
        if self._is_paid_for:
            self._pay(count)
            self._credit += count

    def piece_came(self, ch: int, length: int) -> None:
        """The frame was one of `length` piece bytes."""
        self._ch, self._is_paid_for = ch, False
        if not self.allowance.is_spared or self._credit:
            due = length - self._credit
            self._credit = max(-due, 0)
            self._pay(due)

    def message_came(self) -> None:
        """The frame was one."""
        self._is_paid_for = False

    def end(self) -> None:
        """The thread waits no more."""
        with self._changed:
            self._is_ended = True
            self.allowance.drop()
            self._changed.notify()

    def _wake(self) -> None:
        with self._changed:
            self._changed.notify()

    def _pay(self, count: int) -> None:
        with self._changed:
            while count > 0 and not self._is_ended:
                passed = self.allowance.take(self._ch, count)
                count -= passed
                if not passed:
                    self._changed.wait()
