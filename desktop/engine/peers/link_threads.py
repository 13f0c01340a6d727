"""The two threads of a link, which move its bytes, and what they tell the loop."""

import asyncio
import os
import threading
from collections import deque
from collections.abc import Callable
from dataclasses import dataclass

from desktop.engine.files.piece_checker import PieceChecker
from desktop.engine.files.piece_io import PieceOutcome, PieceSink, PieceSource
from desktop.engine.peers.inbox import Inbox
from desktop.engine.peers.rate import Meter
from desktop.engine.peers.tls_pipe import PipeEnded, TlsPipe
from shared.errors import DiskError, DiskFull, ShoalError, Violation
from shared.limits import (
    FRAME_PEER_CONTROL_BYTES_MAX,
    FRAME_PIECE_BYTES_MAX,
    FRAME_PIECE_HEADER_BYTES,
    PIECE_BYTES,
)
from shared.wire import peer_messages as m
from shared.wire.framing import CONTROL, PIECE, PIECE_HEADER, peer_control_frame

LENGTH_BYTES = 4
BUFFERS = 4
"""Pieces that one link may hold in memory: one that is coming, three that are checked."""
QUEUED_CONTROL_BYTES_MAX = 4 << 20
"""Waiting to be sent to a peer that does not read; beyond it the link is closed."""
FORGOTTEN_MAX = 4096
FRAME_BYTES_MIN = 16 << 10
FRAME_S = 0.05
"""A data frame is about what goes out in this time, so that a cancel takes effect soon."""
_SPARE = memoryview(bytearray(PIECE_BYTES))
"""Where bytes go that nobody wants any more; never read, so all links may use it."""


@dataclass(frozen=True)
class Heard:
    message: m.AnyMessage


@dataclass(frozen=True)
class Sent:
    ch: int
    piece: int
    is_good: bool


@dataclass(frozen=True)
class Ended:
    error: ShoalError


News = Heard | Sent | Ended | PieceOutcome


@dataclass(frozen=True)
class _Upload:
    ch: int
    piece: int
    source: PieceSource


class LinkThreads:
    """The two threads of a link, and what they share with the loop."""

    def __init__(
        self,
        pipe: TlsPipe,
        checker: PieceChecker,
        down: Meter,
        up: Meter,
        loop: asyncio.AbstractEventLoop,
        take: Callable[[list[News]], None],
    ) -> None:
        self.pipe = pipe
        self._sinks: dict[tuple[int, int], PieceSink] = {}
        self._forgotten: dict[tuple[int, int], None] = {}
        self._checker = checker
        self._down, self._up = down, up
        self._inbox: Inbox[News] = Inbox(loop, take)
        self._buffers = threading.Semaphore(BUFFERS)
        self._changed = threading.Condition()
        self._control: deque[bytes] = deque()
        self._control_bytes = 0
        self._uploads: deque[_Upload] = deque()
        self._sending: _Upload | None = None
        self._is_finishing = False
        self._ended = 0

    def start(self) -> None:
        for work, name in ((self._send_all, "sender"), (self._receive_all, "receiver")):
            threading.Thread(target=work, name=name, daemon=True).start()

    # from the loop

    def send(self, body: bytes) -> bool:
        """False: the peer does not read, and too much waits."""
        frame = peer_control_frame(body)
        with self._changed:
            self._control.append(frame)
            self._control_bytes += len(frame)
            self._changed.notify()
            return self._control_bytes <= QUEUED_CONTROL_BYTES_MAX

    def send_piece(self, ch: int, piece: int, source: PieceSource) -> None:
        with self._changed:
            self._uploads.append(_Upload(ch, piece, source))
            self._changed.notify()

    def cancel(self, ch: int, pieces: list[int] | None) -> list[int]:
        def is_meant(upload: _Upload) -> bool:
            return upload.ch == ch and (pieces is None or upload.piece in pieces)

        with self._changed:
            dropped = [upload.piece for upload in self._uploads if is_meant(upload)]
            self._uploads = deque(upload for upload in self._uploads if not is_meant(upload))
            if self._sending is not None and is_meant(self._sending):
                self._sending = None
            return dropped

    def expect(self, ch: int, piece: int, sink: PieceSink) -> None:
        self._forgotten.pop((ch, piece), None)
        self._sinks[ch, piece] = sink

    def forget(self, ch: int, piece: int) -> None:
        if self._sinks.pop((ch, piece), None) is not None:
            self._forgotten[ch, piece] = None
            if len(self._forgotten) > FORGOTTEN_MAX:
                del self._forgotten[next(iter(self._forgotten))]

    def finish(self) -> None:
        """Sends the control messages that wait, and ends both threads."""
        with self._changed:
            self._is_finishing = True
            self._uploads.clear()
            self._sending = None
            self._changed.notify()

    # the sending thread

    def _send_all(self) -> None:
        buffer = memoryview(bytearray(PIECE_HEADER.size + PIECE_BYTES))
        try:
            while True:
                with self._changed:
                    self._changed.wait_for(lambda: self._control or self._uploads or self._is_finishing)
                    control = b"".join(self._control)
                    self._control.clear()
                    self._control_bytes = 0
                    if not control:
                        if self._is_finishing:
                            break
                        self._sending = self._uploads.popleft()
                if control:
                    self.pipe.write(control)
                else:
                    self._send_piece(buffer)
            self.pipe.say_goodbye()
        except PipeEnded:
            pass  # the receiving thread finds it too, and tells
        self.pipe.cut()
        self._end()

    def _send_piece(self, buffer: memoryview) -> None:
        upload = self._sending
        if upload is None:
            return  # cancelled meanwhile
        source = upload.source
        length = source.length
        try:
            with source.fd_of as fd:
                data = buffer[PIECE_HEADER.size : PIECE_HEADER.size + length]
                is_good = _read_whole(fd, data, source.offset)
        except (DiskError, DiskFull):
            is_good = False
        if is_good:
            self._send_frames(upload, buffer, length)
        self._sending = None
        self._inbox.put(Sent(upload.ch, upload.piece, is_good))

    def _send_frames(self, upload: _Upload, buffer: memoryview, length: int) -> None:
        """Each frame's header goes into the buffer right before its bytes, over what was sent already."""
        step = PIECE_BYTES
        if self._up.total:
            step = max(FRAME_BYTES_MIN, min(PIECE_BYTES, int(self._up.bytes_per_s() * FRAME_S)))
        offset = 0
        while True:
            count = min(step, length - offset)
            PIECE_HEADER.pack_into(
                buffer, offset, count + FRAME_PIECE_HEADER_BYTES, PIECE, upload.ch, upload.piece, offset
            )
            self.pipe.write(buffer[offset : offset + PIECE_HEADER.size + count])
            self._up.add(count)
            offset += count
            if offset == length or self._sending is not upload:
                return

    # the receiving thread

    def _receive_all(self) -> None:
        head = memoryview(bytearray(PIECE_HEADER.size))
        receiving = _Receiving(self._checker, self._buffers)
        error: ShoalError
        try:
            while True:
                self.pipe.read_into(head[: LENGTH_BYTES + 1])
                length, kind = int.from_bytes(head[:LENGTH_BYTES], "big"), head[LENGTH_BYTES]
                if kind == CONTROL and 1 < length <= FRAME_PEER_CONTROL_BYTES_MAX:
                    body = bytearray(length - 1)
                    self.pipe.read_into(memoryview(body))
                    self._inbox.put(Heard(m.decode(memoryview(body))))
                elif kind == PIECE and FRAME_PIECE_HEADER_BYTES < length <= FRAME_PIECE_BYTES_MAX:
                    self.pipe.read_into(head[LENGTH_BYTES + 1 :])
                    _, _, ch, piece, offset = PIECE_HEADER.unpack(head)
                    self._receive_frame(receiving, ch, piece, offset, length - FRAME_PIECE_HEADER_BYTES)
                else:
                    raise Violation(f"a frame of kind {kind} and {length} bytes")
        except ShoalError as ended:
            error = ended
        receiving.drop()
        self.pipe.cut()
        self._inbox.put(Ended(error))
        self.finish()
        self._end()

    def _receive_frame(self, receiving: "_Receiving", ch: int, piece: int, offset: int, count: int) -> None:
        sink = self._sinks.get((ch, piece))
        if sink is None:
            if (ch, piece) not in self._forgotten:
                raise Violation(f"piece {piece} that was not asked for")
            receiving.drop()
            self.pipe.read_into(_SPARE[:count])
            return
        target = receiving.target(ch, piece, sink, offset, count)
        self.pipe.read_into(target)
        target.release()
        self._down.add(count)
        if receiving.is_whole():
            self._sinks.pop((ch, piece), None)
            receiving.check(self._checked)

    def _checked(self, outcome: PieceOutcome) -> None:
        """In a checking thread."""
        self._buffers.release()
        self._inbox.put(outcome)

    def _end(self) -> None:
        """The last thread to end closes the socket."""
        with self._changed:
            self._ended += 1
            is_last = self._ended == 2
        if is_last:
            self.pipe.close()


class _Receiving:
    """The piece that is coming: its frames in order, from its first byte to its last."""

    def __init__(self, checker: PieceChecker, buffers: threading.Semaphore) -> None:
        self._checker = checker
        self._buffers = buffers
        self._key: tuple[int, int] | None = None
        self._sink: PieceSink | None = None
        self._buffer: memoryview | None = None
        self._filled = 0

    def target(self, ch: int, piece: int, sink: PieceSink, offset: int, count: int) -> memoryview:
        """Where the next frame's bytes go. Waits until fewer pieces of this link are being checked."""
        if (ch, piece) != self._key or offset == 0:
            self.drop()
            self._buffers.acquire()
            self._key, self._sink = (ch, piece), sink
            self._buffer, self._filled = self._checker.buffer(), 0
        assert self._buffer is not None
        if offset != self._filled or offset + count > sink.length:
            raise Violation(f"bytes {offset} of piece {piece} out of turn")
        self._filled += count
        return self._buffer[offset : offset + count]

    def is_whole(self) -> bool:
        return self._sink is not None and self._filled == self._sink.length

    def check(self, done: Callable[[PieceOutcome], None]) -> None:
        assert self._key is not None
        assert self._sink is not None
        assert self._buffer is not None
        self._checker.check(self._key[0], self._sink, self._buffer, done)
        self._key = self._sink = self._buffer = None

    def drop(self) -> None:
        """What came of it so far is no use: it was cancelled, or the link ends."""
        if self._buffer is not None:
            self._checker.give_back(self._buffer)
            self._buffers.release()
        self._key = self._sink = self._buffer = None


def _read_whole(fd: int, target: memoryview, offset: int) -> bool:
    """False: the file is shorter than it was."""
    at = 0
    while at < len(target):
        count = _read_at(fd, target[at:], offset + at)
        if count == 0:
            return False
        at += count
    return True


def _read_at(fd: int, target: memoryview, offset: int) -> int:
    try:
        if hasattr(os, "preadv"):
            return os.preadv(fd, [target], offset)
        data = os.pread(fd, len(target), offset)
    except OSError as error:
        raise DiskError(str(error)) from error
    target[: len(data)] = data
    return len(data)
