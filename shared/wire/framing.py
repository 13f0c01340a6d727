"""Frames: a u32 length and that many bytes, as they come off the wire and as they are put on it."""

import math
import struct
from collections.abc import Iterator

from shared.errors import Violation
from shared.limits import FRAME_PEER_CONTROL_BYTES_MAX

CONTROL, PIECE, READY = 0, 1, 2
"""Types of peer frames, the first byte after the length."""
PIECE_HEADER = struct.Struct(">IBIII")
"""Length of the rest, type 1, ch, piece, offset; then the bytes of the piece."""
PIECE_PLACE = struct.Struct(">xIII")
"""The same without the length: ch, piece, offset."""

LENGTH = struct.Struct(">I")
_TRACKER_HEADER = struct.Struct(">II")
_CONTROL_HEADER = struct.Struct(">IB")


class FrameReader:
    """Collects bytes as the network cut them and gives whole frames back, without their length."""

    limit: int
    """The longest frame, in bytes without its length. May be set at any time, between two frames too."""
    budget: float
    """Bytes that all frames together may still have, lengths counted."""

    def __init__(self, limit: int, budget: float = math.inf) -> None:
        self.limit, self.budget = limit, budget
        self._buffer = bytearray()
        self._at = 0
        """Where in the buffer the next frame begins."""

    def feed(self, data: bytes | memoryview) -> Iterator[bytes]:
        """The frames that `data` completes; what is not iterated now comes with the next feed.

        Holds at most one frame and one `data`. Raises Violation at the length of a frame that is empty or
        too long; the reader is then of no more use.
        """
        del self._buffer[: self._at]  # once a feed, however many small frames it has
        self._at = 0
        self._buffer += data
        return self._whole_frames()

    def _whole_frames(self) -> Iterator[bytes]:
        while len(self._buffer) >= self._at + LENGTH.size:
            (size,) = LENGTH.unpack_from(self._buffer, self._at)
            if not 0 < size <= self.limit or size + LENGTH.size > self.budget:
                raise Violation(f"a frame of {size} bytes", "size")
            begin = self._at + LENGTH.size
            if len(self._buffer) < begin + size:
                return
            self._at = begin + size
            self.budget -= LENGTH.size + size
            with memoryview(self._buffer) as view:
                frame = bytes(view[begin : self._at])
            yield frame


def tracker_frame(request_id: int, body: bytes) -> bytes:
    """Request id 0 is a push."""
    return _TRACKER_HEADER.pack(LENGTH.size + len(body), request_id) + body


def split_request(frame: bytes) -> tuple[int, bytes]:
    """Request id and body of a frame between client and tracker. Raises Violation if it is too short."""
    if len(frame) <= LENGTH.size:
        raise Violation(f"a frame of {len(frame)} bytes", "size")
    return int.from_bytes(frame[: LENGTH.size], "big"), frame[LENGTH.size :]


def peer_control_frame(body: bytes) -> bytes:
    return _CONTROL_HEADER.pack(1 + len(body), CONTROL) + body


def message_of(frame: memoryview) -> memoryview:
    """The bytes of the message in a frame between peers, which is given without its length. Raises Violation
    for a frame with something else."""
    if frame[0] != CONTROL or not 1 < len(frame) <= FRAME_PEER_CONTROL_BYTES_MAX:
        raise Violation(f"a frame of type {frame[0]} and {len(frame)} bytes", "size")
    return frame[1:]
