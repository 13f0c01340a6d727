"""What one link receives, and the thread that does: messages to the loop, piece bytes to where they go."""

import threading
from collections.abc import Callable

from desktop.engine.files.piece_checker import PieceChecker, Received
from desktop.engine.files.piece_io import PieceOutcome, PieceSink
from desktop.engine.peers.rate import Rate
from desktop.engine.peers.tls_socket import TlsSocket
from shared.clock import Clock
from shared.errors import Violation
from shared.limits import (
    FORGOTTEN_PIECES_MAX,
    FRAME_PEER_CONTROL_BYTES_MAX,
    FRAME_PIECE_BYTES_MAX,
    FRAME_PIECE_HEADER_BYTES,
    KIB,
)
from shared.wire.framing import CONTROL, PIECE, PIECE_HEADER
from shared.wire.peer_messages import AnyMessage, Bye, decode

_TYPED_LENGTH_BYTES = PIECE_HEADER.size - FRAME_PIECE_HEADER_BYTES + 1


class Receiving:
    """The loop says what is expected; the thread takes nothing else.

    The frames of one piece follow each other, in order. One that is given up for another has to come whole
    later: it counts as asked for until then, and its time runs out like that of any other.
    """

    def __init__(
        self,
        tls: TlsSocket,
        clock: Clock,
        checker: PieceChecker,
        on_message: Callable[[AnyMessage], None],
        on_outcome: Callable[[PieceOutcome], None],
    ) -> None:
        """Both are called in threads; `on_message` may hold the receiving one up."""
        self.rate = Rate(clock)
        """Bytes of pieces that were expected."""
        self.wasted_bytes = 0
        """Of pieces that were not awaited any more."""
        self._tls, self._checker = tls, checker
        self._on_message, self._on_outcome = on_message, on_outcome
        # The loop writes, the thread reads: an entry is in `_forgotten` before it leaves `_expected`.
        self._expected: dict[tuple[int, int], PieceSink] = {}
        self._forgotten: dict[tuple[int, int], tuple[int, int]] = {}
        """To their lengths, and how often each may still come; oldest first."""
        self._forgetting = threading.Lock()
        self._header = bytearray(PIECE_HEADER.size)
        self._buffer: bytearray | None = None
        self._sink: PieceSink | None = None
        """Of the piece under way."""
        self._filled = 0

    def expect(self, ch: int, piece: int, sink: PieceSink) -> None:
        self._expected[ch, piece] = sink

    def forget(self, ch: int, piece: int) -> None:
        """It may come all the same, if it was under way."""
        key = ch, piece
        with self._forgetting:
            if sink := self._expected.get(key):
                _, times = self._forgotten.pop(key, (0, 0))
                self._forgotten[key] = sink.length, times + 1
                self._expected.pop(key, None)
                if len(self._forgotten) > FORGOTTEN_PIECES_MAX:
                    del self._forgotten[next(iter(self._forgotten))]

    def forget_all(self, ch: int | None = None) -> None:
        """Of this channel, or of all."""
        for of, piece in list(self._expected):
            if ch is None or of == ch:
                self.forget(of, piece)

    def run(self) -> None:
        """The thread. Raises Violation, and OSError for a lost connection; returns after a Bye."""
        try:
            while not isinstance(self._receive_frame(), Bye):
                pass
        finally:
            if self._buffer is not None:
                self._checker.buffers.give(self, self._buffer)

    def _receive_frame(self) -> AnyMessage | None:
        """The message, if it was one."""
        header = memoryview(self._header)
        self._tls.receive_into(header[:_TYPED_LENGTH_BYTES])
        size, kind = int.from_bytes(header[: _TYPED_LENGTH_BYTES - 1], "big"), header[_TYPED_LENGTH_BYTES - 1]
        if kind == PIECE and FRAME_PIECE_HEADER_BYTES < size <= FRAME_PIECE_BYTES_MAX:
            self._tls.receive_into(header[_TYPED_LENGTH_BYTES:])
            _, _, ch, piece, offset = PIECE_HEADER.unpack(header)
            self._receive_piece(ch, piece, offset, size - FRAME_PIECE_HEADER_BYTES)
            return None
        if kind == CONTROL and 1 < size <= FRAME_PEER_CONTROL_BYTES_MAX:
            body = memoryview(bytearray(size - 1))
            self._tls.receive_into(body)
            message = decode(body)
            self._on_message(message)
            return message
        raise Violation(f"a frame of type {kind} and {size} bytes")

    def _receive_piece(self, ch: int, piece: int, offset: int, length: int) -> None:
        sink = self._expected.get((ch, piece))
        follows = offset == (self._filled if sink is self._sink else 0)
        if sink is None or not follows or offset + length > sink.length:
            self._drop(ch, piece, offset, length)
            return
        if sink is not self._sink:
            self._sink, self._filled = sink, 0
            self._buffer = self._buffer or self._checker.buffers.take(self)
        assert self._buffer is not None
        self._tls.receive_into(memoryview(self._buffer)[offset : offset + length])
        self._filled += length
        self.rate.add(length)
        if self._filled == sink.length:
            self._sink = None
            if self._expected.pop((ch, piece), None) is None:
                self.wasted_bytes += sink.length
                self._came_forgotten(ch, piece)
                return
            buffer, self._buffer = self._buffer, None
            self._checker.check(Received(self, ch, sink, buffer, self._on_outcome))

    def _drop(self, ch: int, piece: int, offset: int, length: int) -> None:
        """Raises Violation unless it was asked for at some time."""
        whole, _ = self._forgotten.get((ch, piece), (0, 0))
        if offset + length > whole:
            raise Violation(f"bytes {offset} to {offset + length} of piece {piece} that nobody asked for")
        scratch = memoryview(bytearray(min(length, 64 * KIB)))
        self.wasted_bytes += length
        if offset + length == whole:
            self._came_forgotten(ch, piece)
        while length:
            part = scratch[:length]
            self._tls.receive_into(part)
            length -= len(part)

    def _came_forgotten(self, ch: int, piece: int) -> None:
        with self._forgetting:
            length, times = self._forgotten.pop((ch, piece), (0, 0))
            if times > 1:
                self._forgotten[ch, piece] = length, times - 1
