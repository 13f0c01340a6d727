"""The threads of one link, which move its bytes, and what the loop hears of them: all of it in one inbox."""

import asyncio
import threading
from collections.abc import Callable
from typing import NamedTuple

from desktop.engine.files.piece_checker import PieceChecker
from desktop.engine.files.piece_io import PieceOutcome
from desktop.engine.limits.allowance import Allowance, Meter
from desktop.engine.peers.frames import Frames
from desktop.engine.peers.greeting import Greeted, greet
from desktop.engine.peers.inbox import Inbox
from desktop.engine.peers.link_socket import LinkSocket
from desktop.engine.peers.receiving import Receiving
from desktop.engine.peers.sending import Sending, Unreadable
from desktop.engine.peers.tls_frames import Guest
from shared.clock import Clock
from shared.errors import Violation
from shared.wire import peer_messages as m


class Ended(NamedTuple):
    """A thread of the link has."""

    violation: Violation | None
    is_planned: bool


Item = m.AnyMessage | PieceOutcome | Unreadable | Greeted | Ended
"""What the threads tell the loop."""


class LinkThreads:
    """The loop says to `sending` what goes out, and to `receiving` what may come."""

    def __init__(
        self,
        guest: Guest,
        deliver: Callable[[list[Item]], None],
        to_send: Allowance,
        to_receive: Allowance,
        checker: PieceChecker,
        clock: Clock,
    ) -> None:
        self._meter = Meter(to_receive)
        self.socket = LinkSocket(guest.socket, clock, self._meter)
        self._inbox: Inbox[Item] = Inbox(asyncio.get_running_loop(), deliver)
        self.sending = Sending(clock, to_send, self._inbox.put)
        self.receiving = Receiving(
            clock, self._meter, checker, self._inbox.put_when_there_is_room, self._inbox.put
        )
        self.all: list[threading.Thread] = []
        """That there ever were. The end of each is the last that it tells of, and follows at once."""
        self._left = 0
        self._name = f"link-{guest.device.hex()[:8]}"

    def greet(self, guest: Guest, hello: m.Hello) -> None:
        """A thread of its own: what the link's keys were made of ends with it."""
        self._start(lambda: self._inbox.put(greet(guest, self.socket, hello)))

    def move(self, frames: Frames, *, is_read: bool) -> None:
        """What is said from now on; also what comes, if the other side has not said Bye."""
        self._start(lambda: self._send_all(frames))
        if is_read:
            self._start(lambda: self.receiving.run(frames))

    def say_last(self, message: bytes) -> None:
        """Nothing follows it, and nothing is awaited any more."""
        self.sending.end(message)
        self.receiving.forget_all()
        self._meter.end()

    def abort(self) -> None:
        """Nothing that is not sent yet is."""
        self.sending.end()
        self._meter.end()
        self.socket.abort()

    def one_ended(self) -> bool:
        """Whether it was the last. To be called for each Ended."""
        self._left -= 1
        return not self._left

    def _start(self, work: Callable[[], None]) -> None:
        self._left += 1
        thread = threading.Thread(target=self._run, args=(work,), name=self._name)
        self.all.append(thread)
        thread.start()

    def _send_all(self, frames: Frames) -> None:
        self.sending.run(frames)
        self.socket.finish()

    def _run(self, work: Callable[[], None]) -> None:
        """A thread."""
        violation = None
        is_planned = False
        try:
            work()
            is_planned = True
        except Violation as error:
            violation = error
        except OSError:
            pass  # the connection is lost; TLS's errors, what does not open and timeouts are OSErrors too
        finally:
            self._inbox.put(Ended(violation, is_planned))
