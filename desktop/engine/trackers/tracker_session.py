"""One connection's conversation with a tracker, sans-IO: which answer is whose, and what is pushed."""

from collections.abc import Iterator
from typing import NamedTuple

import shared.wire.tracker_messages as m
from shared.errors import Coded, Violation, from_code
from shared.facts.ids import Dot
from shared.limits import FRAME_TRACKER_BYTES_MAX, REQUESTS_UNANSWERED_MAX
from shared.wire.framing import FrameReader, split_request, tracker_frame

Push = m.Delta | m.Changed | m.Revoked | m.Drain | m.Named


class Answered(NamedTuple):
    request_id: int
    answer: m.Answer | Coded
    """A Coded is for the asker to raise."""


class TrackerSession:
    """Bytes in, answers and pushes out. Knows no socket, clock or account."""

    def __init__(self) -> None:
        self._frames = FrameReader(FRAME_TRACKER_BYTES_MAX)
        self._asked: dict[int, type[m.Answer]] = {}
        self._last_id = 0
        self.newest: Dot | None = None
        """Of the writes that this tracker answered, for the next one's Hello."""

    def __len__(self) -> int:
        """Requests that wait for their answers. At most REQUESTS_UNANSWERED_MAX, which the asker minds."""
        return len(self._asked)

    def ask(self, message: m.Message) -> tuple[int, bytes]:
        """The request's id, and the bytes to send."""
        assert len(self._asked) < REQUESTS_UNANSWERED_MAX
        self._last_id += 1
        self._asked[self._last_id] = type(message).answer
        return self._last_id, tracker_frame(self._last_id, m.encode(message))

    def receive(self, data: bytes) -> Iterator[Answered | Push]:
        """What `data` completes. Raises Violation; the connection is then of no more use."""
        for frame in self._frames.feed(data):
            request_id, body = split_request(frame)
            message = m.decode_from_tracker(body)
            if isinstance(message, m.Ok | m.Error):
                yield Answered(request_id, self._answer(request_id, message))
            elif request_id != 0:
                raise Violation("a push with a request id")
            elif message is not None:
                yield message

    def _answer(self, request_id: int, message: m.Ok | m.Error) -> m.Answer | Coded:
        expected = self._asked.pop(request_id, None)
        if expected is None:
            raise Violation(f"an answer to no request: {request_id}")
        if isinstance(message, m.Error):
            return from_code(message.code, message.detail)
        self.newest = message.dot or self.newest
        return m.decode_answer(message, expected)
