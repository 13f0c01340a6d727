"""What one link receives, and the thread that does: messages to the loop, piece bytes to where they go."""

import threading
from collections.abc import Callable

from desktop.engine.files.piece_checker import PIECE_AT, PieceChecker, Received
from desktop.engine.files.piece_io import PieceOutcome, PieceSink
from desktop.engine.limits.allowance import Meter
from desktop.engine.peers.frames import Frames
from desktop.engine.peers.rate import Rate
from shared.clock import Clock
from shared.errors import Violation
from shared.limits import FORGOTTEN_PIECES_MAX, FRAME_PIECE_HEADER_BYTES
from shared.wire.framing import PIECE, PIECE_PLACE, message_of
from shared.wire.peer_messages import AnyMessage, Bye, decode


class Receiving:
    """The loop says what is expected; the thread takes nothing else.

    The frames of one piece follow each other, in order. One that is given up for another has to come whole
    later: it counts as asked for until then, and its time runs out like that of any other.
    """

    def __init__(
        self,
        clock: Clock,
        meter: Meter,
        checker: PieceChecker,
        on_message: Callable[[AnyMessage], None],
        on_outcome: Callable[[PieceOutcome], None],
    ) -> None:
        """Both are called in threads; `on_message` may hold the receiving one up."""
        self.rate = Rate(clock)
        """Bytes of pieces that were expected."""
        self.wasted_bytes = 0
        """Of pieces that were not awaited any more."""
        self._meter, self._checker = meter, checker
        self._on_message, self._on_outcome = on_message, on_outcome
        # The loop writes, the thread reads: an entry is in `_forgotten` before it leaves `_expected`.
        self._expected: dict[tuple[int, int], PieceSink] = {}
        self._forgotten: dict[tuple[int, int], tuple[int, int]] = {}
        """To their lengths, and how often each may still come; oldest first."""
        self._forgetting = threading.Lock()
        self._buffer: bytearray | None = None
        self._frame_at: int | None = None
        """Where in the buffer the last frame was put."""
        self._covered = b""
        """What had been there before its first bytes."""
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

    def run(self, frames: Frames) -> None:
        """The thread. Raises Violation, and OSError for a lost connection; returns after a Bye."""
        try:
            while not isinstance(self._receive_frame(frames), Bye):
                pass
        finally:
            if self._buffer is not None:
                self._checker.buffers.give(self, self._buffer)

    def _receive_frame(self, frames: Frames) -> AnyMessage | None:
        """The message, if it was one."""
        size = frames.receive_size()
        self._meter.frame_begins(size, pieces_awaited=bool(self._expected))
        frame = self._room_for(size)
        frames.receive_into(frame)
        if frame[0] == PIECE and len(frame) > FRAME_PIECE_HEADER_BYTES:
            ch, piece, offset = PIECE_PLACE.unpack_from(frame)
            self._uncover(frame)
            self._piece_came(ch, piece, offset, frame[FRAME_PIECE_HEADER_BYTES:])
            self._meter.piece_came(ch, len(frame) - FRAME_PIECE_HEADER_BYTES)
            return None
        self._meter.message_came()
        message = decode(message_of(frame))
        self._uncover(frame)
        self._on_message(message)
        return message

    def _room_for(self, size: int) -> memoryview:
        """Where the next frame goes: so that the bytes that follow in the piece under way come to lie in
        their place, as they mostly do, and the frame's header over the last ones before them."""
        if self._buffer is None and self._expected:
            self._buffer = self._checker.buffers.take(self)
        at = self._filled if self._sink else 0
        if self._buffer is None or at + size > len(self._buffer):
            self._frame_at, self._covered = None, b""
            return memoryview(bytearray(size))
        frame = memoryview(self._buffer)[at : at + size]
        self._frame_at, self._covered = at, bytes(frame[:FRAME_PIECE_HEADER_BYTES])
        return frame

    def _uncover(self, frame: memoryview) -> None:
        frame[: len(self._covered)] = self._covered

    def _piece_came(self, ch: int, piece: int, offset: int, data: memoryview) -> None:
        length = len(data)
        sink = self._expected.get((ch, piece))
        follows = offset == (self._filled if sink is self._sink else 0)
        if sink is None or not follows or offset + length > sink.length:
            self._drop(ch, piece, offset, length)
            return
        if sink is not self._sink:
            self._sink, self._filled = sink, 0
            self._buffer = self._buffer or self._checker.buffers.take(self)
        assert self._buffer is not None
        if self._frame_at != offset:
            memoryview(self._buffer)[PIECE_AT + offset : PIECE_AT + offset + length] = data
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
        self.wasted_bytes += length
        if offset + length == whole:
            self._came_forgotten(ch, piece)

    def _came_forgotten(self, ch: int, piece: int) -> None:
        with self._forgetting:
            length, times = self._forgotten.pop((ch, piece), (0, 0))
            if times > 1:
                self._forgotten[ch, piece] = length, times - 1
