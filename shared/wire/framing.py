"""Length-prefixed frames: u32 big-endian size of the rest, then the rest."""

import struct
from collections.abc import Iterator

from shared.errors import Violation

LENGTH_BYTES = 4
PIECE_HEADER = struct.Struct(">IBIII")
"""Before the bytes of a piece: u32 length of the rest, u8 type 1, u32 ch, u32 piece, u32 offset."""
CONTROL = 0
PIECE = 1
_REQUEST = struct.Struct(">II")


class FrameReader:
    """Collects bytes as the network cut them and gives back whole frames."""

    def __init__(self, limit: int, total_limit: int | None = None) -> None:
        self.limit = limit
        """Longest frame body that is taken; may be changed between feeds."""
        self.total_limit = total_limit
        """Most bytes taken in all, until it is set to None."""
        self._buffer = bytearray()

    def feed(self, data: bytes | memoryview) -> Iterator[bytes]:
        """Raises Violation before anything that is too long is kept."""
        if self.total_limit is not None:
            self.total_limit -= len(data)
            if self.total_limit < 0:
                raise Violation("too many bytes before the login")
        self._buffer += data
        at = 0
        try:
            while len(self._buffer) - at >= LENGTH_BYTES:
                size = int.from_bytes(self._buffer[at : at + LENGTH_BYTES], "big")
                if size > self.limit:
                    raise Violation(f"frame of {size} bytes")
                end = at + LENGTH_BYTES + size
                if len(self._buffer) < end:
                    return
                frame = bytes(memoryview(self._buffer)[at + LENGTH_BYTES : end])
                at = end
                yield frame
        finally:
            del self._buffer[:at]


def tracker_frame(request_id: int, body: bytes) -> bytes:
    """`request_id` 0 is a push."""
    return _REQUEST.pack(len(body) + LENGTH_BYTES, request_id) + body


def split_request(frame: bytes) -> tuple[int, bytes]:
    """(request id, body) of a tracker frame that a FrameReader gave."""
    if len(frame) < LENGTH_BYTES:
        raise Violation("frame without a request id")
    return int.from_bytes(frame[:LENGTH_BYTES], "big"), frame[LENGTH_BYTES:]


def peer_control_frame(body: bytes) -> bytes:
    return (len(body) + 1).to_bytes(LENGTH_BYTES, "big") + bytes([CONTROL]) + body
