"""A connection between two nodes, each end as programs know it: a Link to AskedPeer, a PeerLink to Uploads.

Frames, their order, what is expected and what was forgotten are as in peers/sending.py and receiving.py;
who may say what, the real PeerSession says.
"""

from collections import deque
from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import contextmanager
from typing import TYPE_CHECKING, cast

from desktop.engine.downloads.asked_peer import AskedPeer
from desktop.engine.files.piece_io import PieceOutcome, PieceSink, PieceSource
from desktop.engine.peers.asked_channels import ChannelListener, tell
from desktop.engine.peers.peer_link import PeerLink
from desktop.engine.peers.peer_session import Answer, PeerSession, Question, State
from desktop.engine.peers.rate import Rate
from shared.facts.ids import DeviceId, EntryId, GroupId
from shared.limits import (
    DATA_FRAME_BYTES_MIN,
    DATA_FRAME_BYTES_START,
    DATA_FRAME_S,
    PIECE_BYTES,
    TCP_NOTSENT_BYTES,
)
from shared.wire import peer_messages as m
from shared.wire.framing import PIECE_HEADER
from tests.sim.swarm.fluid import Pipe
from tests.sim.swarm.timeline import Timeline

if TYPE_CHECKING:
    from tests.sim.swarm.node import Node

CONTROL_BYTES = 5
"""Before a message."""
CHECK_S = 0.001
"""For both hashes of a piece, and to write it."""


class End:
    """One side's."""

    other: "End"
    pipe: Pipe
    """What it sends."""

    def __init__(self, node: "Node", device: DeviceId, time: Timeline, rtt_s: float) -> None:
        self.device = self.person = device
        self.session = PeerSession()
        self.rtt_s = rtt_s
        self.features = 0
        self.is_greeted = self.is_ours_dialled = False
        self.down, self.up = Rate(time), Rate(time)
        self.wasted_bytes = 0
        self.is_lost = False
        self._node, self._time = node, time
        self._listeners: dict[int, ChannelListener[PeerLink]] = {}
        self._expected: dict[tuple[int, int], PieceSink] = {}
        self._sink: PieceSink | None = None
        self._filled = 0
        self._control: deque[m.Message | Callable[[], m.Message]] = deque()
        self._pieces: dict[tuple[int, int], PieceSource] = {}
        self._under_way: PieceSource | None = None
        self._offset = 0
        self._frame_bytes = DATA_FRAME_BYTES_START
        self._framed_at_s = 0.0

    # --- as AskedPeer and Uploads use it ---------------------------------------------------------

    @property
    def queued_pieces(self) -> int:
        return len(self._pieces)

    @property
    def queued_upload_bytes(self) -> int:
        return sum(source.length for source in self._pieces.values())

    def open_channels(self, entries: Sequence[tuple[GroupId, EntryId]], listener: AskedPeer) -> list[int]:
        opened = [m.Opening(self.session.new_channel(), gid, eid) for gid, eid in entries]
        self._listeners |= dict.fromkeys(
            (ch for ch, _, _ in opened), cast("ChannelListener[PeerLink]", listener)
        )
        self.send(m.Open(opened))
        return [ch for ch, _, _ in opened]

    def open_bundle(self, gid: GroupId, eids: list[EntryId], listener: object) -> int:
        raise NotImplementedError("small files are not simulated")

    def send(self, message: m.Message) -> None:
        if self.session.says(message):
            self._control.append(message)
            self.pump()
        if isinstance(message, m.Close):
            self._listeners.pop(message.ch, None)
            self._forget_all(message.ch)

    def send_when_due(self, message: Callable[[], m.Message]) -> None:
        if self.session.ours is State.OPEN:
            self._control.append(message)
            self.pump()

    def send_piece(self, ch: int, piece: int, source: PieceSource) -> bool:
        if (ch, piece) in self._pieces:
            return False
        self._pieces[ch, piece] = source
        self.pump()
        return True

    def cancel_pieces(self, ch: int, pieces: Iterable[int] | None = None) -> None:
        for piece in [of for to, of in self._pieces if to == ch] if pieces is None else pieces:
            self._pieces.pop((ch, piece), None)

    def may_ask(self, gid: GroupId) -> bool:
        return True

    def expect(self, ch: int, piece: int, sink: PieceSink) -> None:
        self._expected[ch, piece] = sink

    def forget(self, ch: int, piece: int) -> None:
        self._expected.pop((ch, piece), None)

    @contextmanager
    def ended_by_violations(self) -> Iterator[None]:
        yield  # there is nobody here who would break the protocol: let it be seen

    # --- as the network uses it ------------------------------------------------------------------

    def pump(self) -> None:
        """Hands over to the system what there is, as long as it takes more: messages first."""
        while not self._node.is_frozen and not self.is_lost and self.pipe.queued_bytes < TCP_NOTSENT_BYTES:
            if self._control:
                self._send_message(self._control.popleft())
            elif self._pieces:
                self._send_frame(*next(iter(self._pieces.items())))
            else:
                return

    def lost(self) -> None:
        """The connection is no more."""
        self.is_lost = True
        self._expected.clear()
        listeners, self._listeners = self._listeners, {}
        for ch, listener in listeners.items():
            listener.closed(cast("PeerLink", self), ch)
        self._node.uploads.link_ended(cast("PeerLink", self))

    # --- inside ----------------------------------------------------------------------------------

    def _send_message(self, message: m.Message | Callable[[], m.Message]) -> None:
        said = message if isinstance(message, m.Message) else message()
        other, length = self.other, CONTROL_BYTES + len(m.encode(said))
        self.pipe.send(length, lambda: other._arrive(lambda: other._hear(said)))

    def _send_frame(self, key: tuple[int, int], source: PieceSource) -> None:
        if source is not self._under_way:
            self._under_way, self._offset = source, 0
        offset, length = self._offset, min(self._frame_bytes, source.length - self._offset)
        self._offset += length
        if self._offset == source.length:
            del self._pieces[key]
        other = self.other
        self.pipe.send(
            PIECE_HEADER.size + length, lambda: other._arrive(lambda: other._fill(key, offset, length))
        )
        self.up.add(length)
        self._pace(length / max(self._time.now_s - self._framed_at_s, 1e-6))
        self._framed_at_s = self._time.now_s

    def _pace(self, bytes_per_s: float) -> None:
        wanted = max(int(bytes_per_s * DATA_FRAME_S), self._frame_bytes // 2, DATA_FRAME_BYTES_MIN)
        self._frame_bytes = min(wanted, 2 * self._frame_bytes, PIECE_BYTES)

    def _arrive(self, act: Callable[[], None]) -> None:
        """A program that stands still reads nothing."""
        if not self.is_lost:
            self._node.do(act)

    def _hear(self, message: m.Message) -> None:
        if self.is_lost or not self.session.hears(cast("m.AnyMessage", message)):
            return
        match message:
            case m.Hello():
                self.features, self.is_greeted = message.features, True
                self._node.linked()
            case _ if isinstance(message, Question):
                self._node.uploads.asked(cast("PeerLink", self), message)
            case _ if isinstance(message, Answer):
                self._answered(message)
            case _:
                pass

    def _answered(self, message: Answer) -> None:
        listener = self._listeners[message.ch]
        if isinstance(message, m.Refuse):
            del self._listeners[message.ch]
            self._forget_all(message.ch)
        tell(listener, cast("PeerLink", self), message)

    def _fill(self, key: tuple[int, int], offset: int, length: int) -> None:
        sink = self._expected.get(key)
        if self.is_lost or sink is None or offset != (self._filled if sink is self._sink else 0):
            self.wasted_bytes += length
            return
        if sink is not self._sink:
            self._sink, self._filled = sink, 0
        self._filled += length
        self.down.add(length)
        if self._filled == sink.length:
            self._sink = None
            del self._expected[key]
            outcome = PieceOutcome(key[0], key[1], sink.length, None)
            self._time.after(CHECK_S, lambda: self._arrive(lambda: self._checked(outcome)))

    def _checked(self, outcome: PieceOutcome) -> None:
        if listener := self._listeners.get(outcome.ch):
            listener.outcomes(cast("PeerLink", self), [outcome])

    def _forget_all(self, ch: int) -> None:
        for key in [key for key in self._expected if key[0] == ch]:
            del self._expected[key]
