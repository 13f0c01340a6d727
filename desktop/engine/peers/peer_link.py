"""One connection to one device, as the loop sees it: says, hears and decides; two threads move the bytes."""

import asyncio
import math
import socket
from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import contextmanager
from typing import Protocol

from desktop.engine.files.piece_checker import PieceChecker
from desktop.engine.files.piece_io import PieceOutcome, PieceSink, PieceSource
from desktop.engine.limits.allowance import Allowance
from desktop.engine.limits.fair_share import Person
from desktop.engine.limits.lan import is_lan
from desktop.engine.limits.throttle import Throttles
from desktop.engine.peers.asked_channels import Asked, AskedChannels, ChannelListener, tell
from desktop.engine.peers.greeting import Greeted, our_hello
from desktop.engine.peers.link_threads import Ended, Item, LinkThreads
from desktop.engine.peers.peer_session import Answer, PeerSession, Question, State
from desktop.engine.peers.sealed_frames import SealedFrames
from desktop.engine.peers.sending import Control, Unreadable
from desktop.engine.peers.tls_frames import Guest
from shared.clock import Clock
from shared.errors import Version, Violation
from shared.facts.ids import EntryId, GroupId
from shared.limits import LINK_CLOSE_S, OPEN_BATCH_MAX, PEER_PING_S
from shared.trust.seal import Suites
from shared.wire import peer_messages as m


class LinkHost(Protocol):
    """Whose link it is. Told on the loop."""

    def greeted(self, link: "PeerLink") -> None: ...
    def asked(self, link: "PeerLink", message: Question) -> None:
        """By the other side. May raise Violation."""

    def read_failed(self, link: "PeerLink", ch: int, piece: int) -> None: ...
    def closed(self, link: "PeerLink", violation: Violation | None) -> None:
        """Nothing is said or heard on it any more. Comes once, before `ended`."""

    def ended(self, link: "PeerLink") -> None:
        """Its threads are gone too."""


class PeerLink:
    def __init__(
        self,
        guest: Guest,
        host: LinkHost,
        checker: PieceChecker,
        clock: Clock,
        suites: Suites,
        throttles: Throttles,
    ) -> None:
        """Greets at once. With no suites it stays in TLS."""
        self.device, self.address = guest.device, guest.address
        self.is_ours_dialled = guest.is_ours_dialled
        self.is_lane = guest.is_lane
        """A further connection of a pair that is linked."""
        self.is_greeted = self.is_sealed = False
        self.features = 0
        """What the other side can do beyond the protocol's first version."""
        self.session = PeerSession()
        self.began_at = clock.monotonic_s()
        self._host, self._clock = host, clock
        self._loop = asyncio.get_running_loop()
        self.asked: AskedChannels[PeerLink] = AskedChannels()
        """To be changed by the link alone."""
        self._pinged_at: float | None = None
        self._last_ping_at = -math.inf
        self._has_rtt = False
        self._violation: Violation | None = None
        self._kill: asyncio.TimerHandle | None = None
        is_here = is_lan(self.address.ip, _own_ip(guest.socket))
        self._to_send = Allowance(throttles.up, self.device, self._served_group, is_lan=is_here)
        self._to_receive = Allowance(throttles.down, self.device, self.asked.group_of, is_lan=is_here)
        self._threads = LinkThreads(guest, self._deliver, self._to_send, self._to_receive, checker, clock)
        self.threads = self._threads.all
        self._sending, self._receiving = self._threads.sending, self._threads.receiving
        self.up, self.down = self._sending.rate, self._receiving.rate
        self.rtt_s = guest.rtt_s or self._threads.socket.rtt_s or 0.1
        """Until the first Pong that of the handshake, or a guess."""
        hello = our_hello(guest, suites)
        self.session.says(hello)
        self._threads.greet(guest, hello)

    @property
    def person(self) -> Person:
        """With whom it shares what caps leave."""
        return self._to_send.person

    @person.setter
    def person(self, person: Person) -> None:
        self._to_send.person = self._to_receive.person = person

    def may_ask(self, gid: GroupId) -> bool:
        """False while a cap lets nothing of the group come."""
        return not self._to_receive.is_stopped(gid)

    @property
    def is_held_up(self) -> bool:
        """What is to be sent waits for what a cap lets pass; the next: what comes does."""
        return self._to_send.is_waiting

    @property
    def is_held_down(self) -> bool:
        return self._to_receive.is_waiting

    @property
    def is_idle(self) -> bool:
        return not self.asked and not self.session.served

    @property
    def measured_rtt_s(self) -> float | None:
        """None before the first Pong."""
        return self.rtt_s if self._has_rtt else None

    @property
    def wasted_bytes(self) -> int:
        return self._receiving.wasted_bytes

    @property
    def queued_pieces(self) -> int:
        return self._sending.queued_pieces

    @property
    def queued_upload_bytes(self) -> int:
        return self._sending.queued_bytes

    def send(self, message: m.Message) -> None:
        """Never waits. Nothing is sent once the link is closed. Who closes a channel hears no more of it."""
        if self.session.says(message):
            self._send(m.encode(message))
        if isinstance(message, m.Close):
            self.asked.pop(message.ch, None)
            self._receiving.forget_all(message.ch)

    def send_when_due(self, message: Callable[[], m.Message]) -> None:
        """For large answers: made in the sending thread, when all before is sent. May raise ShoalError."""
        if self.session.ours is State.OPEN:
            self._send(lambda: m.encode(message()))

    def send_piece(self, ch: int, piece: int, source: PieceSource) -> bool:
        """False if this piece is queued already."""
        return self.session.ours is not State.OPEN or self._sending.piece(ch, piece, source)

    def cancel_pieces(self, ch: int, pieces: Iterable[int] | None = None) -> None:
        """These, or all of the channel, are not sent; one under way stops at the end of a frame."""
        self._sending.cancel(ch, pieces)

    def open_channels(
        self, entries: Sequence[tuple[GroupId, EntryId]], listener: ChannelListener["PeerLink"]
    ) -> list[int]:
        """Their numbers, in the order of `entries`. Few messages for many files."""
        opened = [m.Opening(self.session.new_channel(), gid, eid) for gid, eid in entries]
        for ch, gid, _ in opened:
            self.asked[ch] = Asked(gid, listener)
        for at in range(0, len(opened), OPEN_BATCH_MAX):
            self.send(m.Open(opened[at : at + OPEN_BATCH_MAX]))
        return [ch for ch, _, _ in opened]

    def open_bundle(self, gid: GroupId, eids: list[EntryId], listener: ChannelListener["PeerLink"]) -> int:
        """The channel's number; it may be asked at once. The other side must have FEATURE_BUNDLES."""
        ch = self.session.new_channel()
        self.asked[ch] = Asked(gid, listener)
        self.send(m.OpenBundle(ch, gid, eids))
        return ch

    def expect(self, ch: int, piece: int, sink: PieceSink) -> None:
        """Comes before the Request. The threads then do all there is to do; the listener has the outcome."""
        self._receiving.expect(ch, piece, sink)

    def forget(self, ch: int, piece: int) -> None:
        """Not awaited any more; what comes of it all the same is dropped."""
        self._receiving.forget(ch, piece)

    def leave_group(self, gid: GroupId) -> None:
        """Nothing of this group is asked any more: the other side is not in it, or this one is not."""
        for ch, asked in list(self.asked.items()):
            if asked.gid == gid:
                self.send(m.Close(ch))
                asked.listener.refused(self, ch, "not_yet")

    def tick(self, now: float) -> None:
        """To be called every second or so."""
        self._threads.socket.look_at_path()
        if self.is_greeted and now - self._last_ping_at >= PEER_PING_S:
            self._last_ping_at = self._pinged_at = now
            self.send(m.Ping())

    def close(self, code: str = "") -> None:
        """Says Bye and nothing more. Listeners hear at once that their channels are closed."""
        if self.session.says(m.Bye(code)):
            self._threads.say_last(m.encode(m.Bye(code)))
            self._kill = self._loop.call_later(LINK_CLOSE_S, self.abort)
            self._closed()

    def abort(self) -> None:
        """Nothing that is not sent yet is."""
        self._threads.abort()

    # --- inside ----------------------------------------------------------------------------------

    def _served_group(self, ch: int) -> GroupId | None:
        served = self.session.served.get(ch)
        return served.gid if served else None

    def _send(self, message: Control) -> None:
        if not self._sending.control(message):
            # Not at once: whoever sends may be in the middle of what the end of the link would undo.
            self._loop.call_soon(self._violated, Violation("it leaves too much unread"))

    def _deliver(self, items: list[Item]) -> None:
        outcomes: dict[ChannelListener[PeerLink], list[PieceOutcome]] = {}
        for item in items:
            match item:
                case PieceOutcome():
                    if asked := self.asked.get(item.ch):
                        outcomes.setdefault(asked.listener, []).append(item)
                case Unreadable(ch, piece):
                    self._host.read_failed(self, ch, piece)
                case Greeted(frames, first):
                    self.is_sealed = isinstance(frames, SealedFrames)
                    self._threads.move(frames, is_read=not isinstance(first, m.Bye))
                    self._hear(first)
                case Ended():
                    self._thread_ended(item)
                case _:
                    self._hear(item)
        for listener, theirs in outcomes.items():
            with self.ended_by_violations():
                listener.outcomes(self, theirs)

    @contextmanager
    def ended_by_violations(self) -> Iterator[None]:
        """For what the other side's words lead to."""
        try:
            yield
        except Violation as error:
            self._violated(error)

    def _hear(self, message: m.AnyMessage) -> None:
        with self.ended_by_violations():
            if self.session.hears(message) and self.session.ours is not State.CLOSED:
                self._act_on(message)

    def _act_on(self, message: m.AnyMessage) -> None:
        match message:
            case m.Hello():
                if not message.has_our_version:
                    self.close(Version.code)
                    return
                self.is_greeted, self.features = True, message.features
                if not self.is_ours_dialled:  # who dials says what for
                    self.is_lane = bool(message.features & m.FEATURE_LANE)
                self.tick(self._clock.monotonic_s())
                self._host.greeted(self)
            case m.Ping():
                self.send(m.Pong())
            case m.Pong():
                self._measure_rtt()
            case m.Bye():
                self.close()
            case m.Open() | m.OpenBundle() | m.Close() | m.GetBlock() | m.Request() | m.Cancel() | m.Credit():
                self._host.asked(self, message)
            case _:
                self._answered(message)

    def _answered(self, message: Answer) -> None:
        listener = self.asked[message.ch].listener
        if isinstance(message, m.Refuse):
            del self.asked[message.ch]
            self._receiving.forget_all(message.ch)
        tell(listener, self, message)

    def _measure_rtt(self) -> None:
        if self._pinged_at is not None:
            sample = self._clock.monotonic_s() - self._pinged_at
            # Losses, and bytes that queue on the way, make it longer, never shorter: it follows slowly
            # upwards, and no further than to what the system knows.
            sample = min(sample, self._threads.socket.rtt_s or sample)
            self.rtt_s = min(sample, 1.25 * self.rtt_s) if self._has_rtt else sample
            self._has_rtt, self._pinged_at = True, None

    def _violated(self, error: Violation) -> None:
        self._violation = self._violation or error
        self.close("violation")

    def _thread_ended(self, end: Ended) -> None:
        was_last = self._threads.one_ended()
        if end.violation:
            self._violated(end.violation)
        if was_last:
            self._end()
        elif not end.is_planned and not end.violation:
            self.abort()
        elif self.session.theirs is State.CLOSED:
            self.close()  # it said Bye

    def _end(self) -> None:
        self._threads.socket.close()
        if self._kill:
            self._kill.cancel()
        if self.session.ours is not State.CLOSED:
            self.session.ours = State.CLOSED
            self._closed()
        self._host.ended(self)

    def _closed(self) -> None:
        self._host.closed(self, self._violation)
        self.asked.end(self)


def _own_ip(sock: socket.socket) -> str:
    try:
        return str(sock.getsockname()[0])
    except OSError:  # it is lost already, says the system
        return ""
