"""One connection to a tracker that has proven its key: moves bytes, notices silence, and ends."""

import asyncio
import ssl
from collections.abc import Callable
from typing import Self, TypeVar

import shared.wire.tracker_messages as m
from desktop.engine.trackers.tracker_session import Answered, Push, TrackerSession
from shared.clock import Clock
from shared.errors import Busy, Coded, PinMismatch, ShoalError, Timeout, Version, Violation
from shared.facts.ids import Dot, UserId
from shared.limits import (
    CLIENT_PING_S,
    CLIENT_SILENT_S_MAX,
    REQUEST_S_MAX,
    REQUESTS_UNANSWERED_MAX,
    TRACKER_DIAL_S_MAX,
)
from shared.trust import tls
from shared.trust.certificates import Leaf, is_leaf_of
from shared.trust.tls_channel import TlsChannel, dial

AGENT = "shoal/0.1"
A = TypeVar("A", bound=m.Answer)


class TrackerLink:
    """From its Welcome on. `closed` is done at the end, with the reason."""

    welcome: m.Welcome
    uid: UserId | None
    """Whose session it is, by the certificate or a login since."""
    on_push: Callable[[Push], None]

    def __init__(self, clock: Clock) -> None:
        self._clock = clock
        self._session = TrackerSession()
        self._waiting: dict[int, asyncio.Future[m.Answer]] = {}
        self._loop = asyncio.get_running_loop()
        self._channel: TlsChannel | None = None
        self._heard_s = clock.monotonic_s()
        self.rtt_s = 0.0
        """There and back, as the greeting took."""
        self._is_pinged = self._is_leaving = False
        self._tick: asyncio.TimerHandle | None = None
        self.closed: asyncio.Future[Exception | None] = self._loop.create_future()
        self.on_push = lambda _push: None

    @classmethod
    async def dial(
        cls, address: tuple[str, int], t_key: bytes, leaf: Leaf | None, clock: Clock, seen: Dot | None = None
    ) -> Self:
        """As the device of `leaf`, or as nobody. Raises OSError (ssl.SSLCertVerificationError for another
        tracker's key), Violation, and the refusal of the Hello. That a `leaf` is refused shows as a
        ConnectionError or ssl.SSLError, too."""
        link = cls(clock)
        await link._greet(address, tls.client_to_tracker(t_key, leaf), seen)
        if link.welcome.t_key != t_key:
            link.close()
            raise Violation("a tracker that does not know its own key")
        return link

    @classmethod
    async def meet(cls, address: tuple[str, int], clock: Clock) -> tuple[bytes, m.Welcome]:
        """The T of whoever answers there, which is to be dialled by it next; nothing else is said to it.

        Raises PinMismatch for one that shows another tracker's leaf, and what dial() raises.
        """
        link = cls(clock)
        await link._greet(address, tls.first_contact(), None)
        assert link._channel is not None
        leaf = link._channel.ssl_object.getpeercert(binary_form=True)
        link.close()
        if leaf is None or not is_leaf_of(leaf, link.welcome.t_key):
            raise PinMismatch
        return link.welcome.t_key, link.welcome

    @property
    def in_flight(self) -> int:
        return len(self._session)

    @property
    def newest(self) -> Dot | None:
        return self._session.newest

    async def request(self, message: m.Message, timeout_s: float = REQUEST_S_MAX) -> m.Answer:
        """Raises ConnectionError if the link ends first, Timeout, Busy, and the refusal."""
        if self.closed.done() or self._channel is None:
            raise ConnectionResetError("the link has ended")
        if self.in_flight >= REQUESTS_UNANSWERED_MAX:
            raise Busy
        request_id, frame = self._session.ask(message)
        future: asyncio.Future[m.Answer] = self._loop.create_future()
        self._waiting[request_id] = future
        self._channel.write(frame)
        try:
            async with asyncio.timeout(timeout_s):
                return await future
        except TimeoutError:
            raise Timeout from None
        finally:
            self._waiting.pop(request_id, None)

    async def ask(self, message: m.Message, expected: type[A], timeout_s: float = REQUEST_S_MAX) -> A:
        answer = await self.request(message, timeout_s)
        assert isinstance(answer, expected)
        return answer

    async def is_behind(self, seen: Dot) -> bool:
        """Whether the tracker lacks it, as far as is known."""
        try:
            return (await self.ask(m.Ping(seen), m.Alive)).behind
        except (OSError, ShoalError):
            return True

    def pause_reading(self) -> None:
        if self._channel is not None and not self.closed.done():
            self._channel.pause_reading()

    def resume_reading(self) -> None:
        if self._channel is not None and not self.closed.done():
            self._channel.resume_reading()

    def close(self) -> None:
        if self._channel is not None:
            self._channel.close()

    def close_when_idle(self, within_s: float) -> None:
        """Lets what is asked be answered. The tracker stops, or does not know us any more."""
        self._is_leaving = True
        if self.in_flight == 0:
            self.close()
        self._loop.call_later(within_s, self.close)

    # --- inside ----------------------------------------------------------------------------------

    async def _greet(self, address: tuple[str, int], context: ssl.SSLContext, seen: Dot | None) -> None:
        async with asyncio.timeout(TRACKER_DIAL_S_MAX):
            self._channel = await dial(
                address,
                context,
                on_bytes=self._received,
                on_close=self._ended,
                timeout_s=TRACKER_DIAL_S_MAX,
            )
            try:
                hello = m.Hello(m.PROTOCOL, m.PROTOCOL, AGENT, seen)
                asked_at = self._clock.monotonic_s()
                self.welcome = await self.ask(hello, m.Welcome)
                self.rtt_s = self._clock.monotonic_s() - asked_at
            except BaseException:
                self._channel.close()
                raise
        if self.welcome.proto != m.PROTOCOL:
            self._channel.close()
            raise Version
        self.uid = self.welcome.uid
        self._tick = self._loop.call_later(1.0, self._watch)

    def _received(self, _channel: TlsChannel, data: bytes) -> None:
        self._heard_s, self._is_pinged = self._clock.monotonic_s(), False
        for came in self._session.receive(data):
            if not isinstance(came, Answered):
                self.on_push(came)
            elif (future := self._waiting.get(came.request_id)) and not future.done():
                if isinstance(came.answer, Coded):
                    future.set_exception(came.answer)
                else:
                    future.set_result(came.answer)
        if self._is_leaving and self.in_flight == 0:
            self.close()

    def _ended(self, _channel: TlsChannel, error: Exception | None) -> None:
        if self._tick is not None:
            self._tick.cancel()
        if not self.closed.done():
            self.closed.set_result(error)
        for future in self._waiting.values():
            if not future.done():
                future.set_exception(ConnectionResetError(str(error or "the tracker said goodbye")))

    def _watch(self) -> None:
        """Pings where nothing came for a while, and gives up on who stays silent."""
        assert self._channel is not None
        silent_s = self._clock.monotonic_s() - self._heard_s
        if silent_s > CLIENT_SILENT_S_MAX:
            self._channel.abort(TimeoutError("the tracker is silent"))
            return
        if silent_s > CLIENT_PING_S and not self._is_pinged and self.in_flight < REQUESTS_UNANSWERED_MAX:
            self._is_pinged = True
            self._channel.write(self._session.ask(m.Ping())[1])
        self._tick = self._loop.call_later(1.0, self._watch)
