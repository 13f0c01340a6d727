"""One connection to one device: the loop decides, a sending and a receiving thread move the bytes.

The loop learns of control messages and finished pieces in batches, never of packets. Pieces that were
asked for go from the socket to the disk without it.
"""

import asyncio
import logging
import socket
from collections.abc import Callable
from typing import Protocol

from desktop.engine.files.piece_checker import PieceChecker
from desktop.engine.files.piece_io import PieceOutcome, PieceSink, PieceSource
from desktop.engine.peers.link_threads import Ended, Heard, LinkThreads, News, Sent
from desktop.engine.peers.peer_session import PeerSession
from desktop.engine.peers.rate import Meter
from desktop.engine.peers.tls_pipe import PipeEnded, TlsPipe
from shared.clock import Clock
from shared.errors import ShoalError
from shared.facts.ids import DeviceId, EntryId, GroupId
from shared.limits import OPEN_BATCH_MAX
from shared.wire import peer_messages as m

Ask = m.Open | m.Close | m.GetBlock | m.Request | m.Cancel
log = logging.getLogger(__name__)


class ChannelListener(Protocol):
    """Who asks on a channel. All of it is called on the loop; `closed` also when the link is lost."""

    def opened(self, link: "PeerLink", ch: int, message: m.Opened) -> None: ...
    def refused(self, link: "PeerLink", ch: int, code: str) -> None: ...
    def block(self, link: "PeerLink", ch: int, block: int, hashes: bytes) -> None: ...
    def have(self, link: "PeerLink", ch: int, pieces: list[int]) -> None: ...
    def outcomes(self, link: "PeerLink", outcomes: list[PieceOutcome]) -> None: ...
    def rejected(self, link: "PeerLink", ch: int, piece: int, code: str) -> None: ...
    def closed(self, link: "PeerLink", ch: int) -> None: ...


class Serving(Protocol):
    """Who answers what the other side asks; called on the loop (uploads.py)."""

    def asked(self, link: "PeerLink", message: Ask) -> None: ...
    def read_failed(self, link: "PeerLink", ch: int, piece: int) -> None: ...
    def sent(self, link: "PeerLink", ch: int, piece: int) -> None: ...
    def link_closed(self, link: "PeerLink") -> None: ...


class PeerLink:
    """To be used on the loop. `device` is proven by TLS."""

    def __init__(
        self,
        pipe: TlsPipe,
        device: DeviceId,
        address: tuple[str, int],
        checker: PieceChecker,
        serving: Serving,
        clock: Clock,
        *,
        is_ours_dialled: bool,
    ) -> None:
        self.device = device
        self.address = address
        self.is_ours_dialled = is_ours_dialled
        self.on_closed: Callable[[PeerLink, ShoalError], None] = lambda _link, _error: None
        self.session = PeerSession()
        self.down, self.up = Meter(clock), Meter(clock)
        self.wasted_bytes = 0
        self.rtt_s = 0.0
        self.is_closed = False
        self.heard_at_s = clock.monotonic_s()
        self._clock = clock
        self._pinged_at_s: float | None = None
        self._serving = serving
        self._listeners: dict[int, ChannelListener] = {}
        self._next_ch = 0
        self._greeting: list[m.Message] | None = []
        """What waits for the other side's Hello; None once that came."""
        self._threads = LinkThreads(pipe, checker, self.down, self.up, asyncio.get_running_loop(), self._news)

    def start(self, agent: str) -> None:
        self._tune()
        self._threads.send(m.encode(m.Hello(m.PROTOCOL, m.PROTOCOL, agent)))
        self._threads.start()

    # asking

    def open_channels(self, entries: list[tuple[GroupId, EntryId]], listener: ChannelListener) -> list[int]:
        """The numbers of the new channels, in the order of `entries`; few messages for many files."""
        numbers = list(range(self._next_ch, self._next_ch + len(entries)))
        self._next_ch += len(entries)
        openings = [m.Opening(ch, gid, eid) for ch, (gid, eid) in zip(numbers, entries, strict=True)]
        self._listeners |= dict.fromkeys(numbers, listener)
        self.session.opened_by_us.update(numbers)
        for at in range(0, len(openings), OPEN_BATCH_MAX):
            self.send(m.Open(openings[at : at + OPEN_BATCH_MAX]))
        return numbers

    def expect(self, ch: int, piece: int, sink: PieceSink) -> None:
        """These bytes, when they come, go straight to `sink`; the listener gets the outcome."""
        self._threads.expect(ch, piece, sink)

    def forget(self, ch: int, piece: int) -> None:
        """They are not wanted any more; what still comes of them is thrown away."""
        self._threads.forget(ch, piece)

    # both

    def send(self, message: m.Message) -> None:
        if self.is_closed:
            return
        if isinstance(message, m.Close):
            self.session.opened_by_us.discard(message.ch)
            self._listeners.pop(message.ch, None)
        if self._greeting is not None:
            self._greeting.append(message)
        elif not self._threads.send(m.encode(message)):
            self.close("busy")

    def ping(self) -> None:
        if self._pinged_at_s is None:
            self._pinged_at_s = self._clock.monotonic_s()
            self.send(m.Ping())

    def close(self, code: str = "") -> None:
        """Says Bye and ends. Pieces that are being checked are still written."""
        if not self.is_closed:
            self._threads.send(m.encode(m.Bye(code)))
            self._threads.finish()
            self._lost(PipeEnded(f"we closed it: {code}" if code else "we closed it"))

    # serving

    def send_piece(self, ch: int, piece: int, source: PieceSource) -> None:
        self._threads.send_piece(ch, piece, source)

    def cancel_pieces(self, ch: int, pieces: list[int] | None) -> list[int]:
        """Those not begun are dropped and returned, the one that is going out ends with its frame.
        None: all of the channel."""
        return self._threads.cancel(ch, pieces)

    # inside

    def _news(self, items: list[News]) -> None:
        """All that the threads found since the last time."""
        self.heard_at_s = self._clock.monotonic_s()
        outcomes: dict[ChannelListener, list[PieceOutcome]] = {}
        for item in items:
            match item:
                case PieceOutcome():
                    if (listener := self._listeners.get(item.ch)) is not None:
                        outcomes.setdefault(listener, []).append(item)
                case Sent(ch, piece, is_good):
                    (self._serving.sent if is_good else self._serving.read_failed)(self, ch, piece)
                case Ended(error):
                    self._tell(outcomes)
                    self._threads.finish()
                    self._lost(error)
                    return
                case Heard(message):
                    if self.is_closed:
                        return
                    self._tell(outcomes)
                    try:
                        if self.session.heard(message):
                            self._hear(message)
                    except ShoalError as error:
                        self._threads.finish()
                        self._lost(error)
                        return
        self._tell(outcomes)

    def _tell(self, outcomes: dict[ChannelListener, list[PieceOutcome]]) -> None:
        for listener, theirs in outcomes.items():
            listener.outcomes(self, theirs)
        outcomes.clear()

    def _hear(self, message: m.AnyMessage) -> None:  # noqa: C901  one line a message
        match message:
            case m.Hello():
                waiting, self._greeting = self._greeting or [], None
                for held in waiting:
                    self.send(held)
            case m.Ping():
                self.send(m.Pong())
            case m.Pong():
                if self._pinged_at_s is not None:
                    self.rtt_s = self._clock.monotonic_s() - self._pinged_at_s
                    self._pinged_at_s = None
            case m.Bye(code):
                raise PipeEnded(f"goodbye {code}")
            case m.Opened():
                self._listeners[message.ch].opened(self, message.ch, message)
            case m.Block():
                self._listeners[message.ch].block(self, message.ch, message.block, message.hashes)
            case m.Have():
                self._listeners[message.ch].have(self, message.ch, message.pieces)
            case m.Reject():
                self._listeners[message.ch].rejected(self, message.ch, message.piece, message.code)
            case m.Refuse():
                self.session.opened_by_us.discard(message.ch)
                self._listeners.pop(message.ch).refused(self, message.ch, message.code)
            case m.Choke() | m.Unchoke():
                log.debug("%s is not acted on yet", type(message).__name__)
            case m.Open() | m.Close() | m.GetBlock() | m.Request() | m.Cancel():
                self._serving.asked(self, message)

    def _lost(self, error: ShoalError) -> None:
        if self.is_closed:
            return
        self.is_closed = True
        self._serving.link_closed(self)
        listeners, self._listeners = self._listeners, {}
        for ch, listener in listeners.items():
            listener.closed(self, ch)
        self.on_closed(self, error)

    def _tune(self) -> None:
        """What the system offers for links that are long, lossy or shared; none of it is needed."""
        sock = self._threads.pipe.sock
        options: list[tuple[str, int | bytes]] = [
            ("TCP_NODELAY", 1),
            ("TCP_NOTSENT_LOWAT", 128 << 10),
            ("TCP_CONGESTION", b"bbr"),
        ]
        for name, value in options:
            if (option := getattr(socket, name, None)) is not None:
                try:
                    sock.setsockopt(socket.IPPROTO_TCP, option, value)
                except OSError as error:
                    log.debug("%s is not to be had: %s", name, error)
