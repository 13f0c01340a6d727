"""What one link sends, and the thread that does: messages first, then pieces, frame by frame."""

import threading
from collections import deque
from collections.abc import Callable, Iterable
from typing import NamedTuple

from desktop.engine.files.piece_io import PieceSource
from desktop.engine.limits.allowance import Allowance
from desktop.engine.peers.frames import Frames
from desktop.engine.peers.rate import Rate
from shared.clock import Clock
from shared.errors import ShoalError
from shared.limits import (
    CONTROL_QUEUED_BYTES_MAX,
    CONTROL_QUEUED_MAX,
    DATA_FRAME_BYTES_MIN,
    DATA_FRAME_BYTES_START,
    DATA_FRAME_S,
    FRAME_PIECE_HEADER_BYTES,
    PIECE_BYTES,
)
from shared.wire.framing import PIECE, PIECE_HEADER, peer_control_frame

Control = bytes | Callable[[], bytes]
"""A message's bytes, or what makes them when their turn comes: large answers take no memory meanwhile."""


class Unreadable(NamedTuple):
    """A piece that could not be read. Its source is not what it was."""

    ch: int
    piece: int


class Sending:
    def __init__(self, clock: Clock, allowance: Allowance, report: Callable[[Unreadable], None]) -> None:
        """`report` is called in the sending thread."""
        self.rate = Rate(clock)
        """Bytes of pieces."""
        self.queued_bytes = 0
        """Of pieces that were asked for and are not wholly sent."""
        self._report = report
        self._changed = threading.Condition()
        self._allowance = allowance
        allowance.wake = self._wake
        self._allowed_bytes = 0
        """Of the next frame."""
        self._control: deque[Control] = deque()
        self._control_bytes = 0
        self._pieces: dict[tuple[int, int], PieceSource] = {}
        """In the order in which they were asked for: whose turn it is, is for the asker to say."""
        self._under_way: PieceSource | None = None
        self._offset = 0
        self._is_ending = False
        self._buffer: memoryview | None = None
        """Made for the first piece, as many links never send one."""
        self._frame_bytes = DATA_FRAME_BYTES_START

    @property
    def queued_pieces(self) -> int:
        return len(self._pieces)

    def control(self, message: Control) -> bool:
        """False if the other side leaves too much unread: nothing was queued."""
        length = len(message) if isinstance(message, bytes) else 0
        with self._changed:
            if (
                self._control_bytes + length > CONTROL_QUEUED_BYTES_MAX
                or len(self._control) >= CONTROL_QUEUED_MAX
            ):
                return False
            self._control_bytes += length
            self._control.append(message)
            self._changed.notify()
            return True

    def piece(self, ch: int, piece: int, source: PieceSource) -> bool:
        """False if it is queued already."""
        with self._changed:
            if (ch, piece) in self._pieces:
                return False
            self._pieces[ch, piece] = source
            self.queued_bytes += source.length
            self._changed.notify()
            return True

    def cancel(self, ch: int, pieces: Iterable[int] | None = None) -> None:
        """These of the channel, or all. One that is under way stops at the end of a frame."""
        with self._changed:
            if pieces is None:
                pieces = [piece for of, piece in self._pieces if of == ch]
            for piece in pieces:
                self._remove(ch, piece)

    def end(self, last: bytes = b"") -> None:
        """Nothing but `last` is sent any more, and the thread ends."""
        with self._changed:
            self._is_ending = True
            self._pieces.clear()
            self._control.clear()
            self._allowance.drop()
            if last:
                self._control.append(last)
            self._changed.notify()

    def run(self, frames: Frames) -> None:
        """The thread. Raises OSError for a lost connection."""
        is_held = False
        while True:
            with self._changed:
                is_due = self._changed.wait_for(self._has_work, timeout=0 if is_held else None)
                message = self._control.popleft() if self._control else None
                if isinstance(message, bytes):
                    self._control_bytes -= len(message)
                key, source = next(iter(self._pieces.items()), (None, None))
            is_held = is_due
            if not is_due:
                frames.flush()
            elif message is not None:
                self._send_message(frames, message)
            elif key and source:
                self._send_frame(frames, *key, source)
            else:
                frames.flush()
                return

    def _wake(self) -> None:
        with self._changed:
            self._changed.notify()

    def _has_work(self) -> bool:
        """Whether something may be sent, or this is the end. Messages do not wait for what caps allow."""
        if self._control or self._is_ending:
            return True
        for (ch, _), source in self._pieces.items():
            begun = self._offset if source is self._under_way else 0
            self._allowed_bytes = self._allowance.take(ch, min(self._frame_bytes, source.length - begun))
            return self._allowed_bytes > 0
        return False

    def _send_message(self, frames: Frames, message: Control) -> None:
        try:
            body = message if isinstance(message, bytes) else message()
        except ShoalError:
            return  # it cannot be had any more; who asked will ask elsewhere
        frames.hold(peer_control_frame(body))

    def _send_frame(self, frames: Frames, ch: int, piece: int, source: PieceSource) -> None:
        if source is not self._under_way:
            self._under_way, self._offset = source, 0
        offset = self._offset
        length = self._allowed_bytes
        self._buffer = self._buffer or memoryview(bytearray(PIECE_HEADER.size + PIECE_BYTES))
        frame = self._buffer[: PIECE_HEADER.size + length]
        is_read = source.file.read(source.offset + offset, frame[PIECE_HEADER.size :])
        with self._changed:
            if self._pieces.get((ch, piece)) is not source:
                return  # cancelled meanwhile
            if not is_read or offset + length == source.length:
                self._remove(ch, piece)
        if not is_read:
            self._report(Unreadable(ch, piece))
            return
        PIECE_HEADER.pack_into(frame, 0, FRAME_PIECE_HEADER_BYTES + length, PIECE, ch, piece, offset)
        frames.hold(frame)
        self._offset += length
        self.rate.add(length)
        self._pace()

    def _remove(self, ch: int, piece: int) -> None:
        source = self._pieces.pop((ch, piece), None)
        if source:
            self.queued_bytes -= source.length

    def _pace(self) -> None:
        """What goes out in about 50 ms, so that a cancel or a message does not wait for long, and bytes come
        evenly where the other side caps them. How fast the system takes a frame says little about that."""
        wanted = max(
            int(self.rate.bytes_per_s() * DATA_FRAME_S), self._frame_bytes // 2, DATA_FRAME_BYTES_MIN
        )
        self._frame_bytes = min(wanted, 2 * self._frame_bytes, PIECE_BYTES)
