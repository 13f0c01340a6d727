"""However a sender cuts pieces into frames, breaks them off and speaks between, they come out whole."""

import queue
import random
import tempfile
from collections.abc import Iterator
from pathlib import Path

from hypothesis import given, settings
from hypothesis import strategies as st

from desktop.engine.files.piece_checker import PieceChecker
from desktop.engine.files.piece_io import PieceOutcome, PieceSink
from desktop.engine.peers.receiving import Receiving
from shared.clock import SystemClock
from shared.limits import PIECE_BYTES
from shared.manifest import hash_piece
from shared.wire import peer_messages as m
from shared.wire.framing import PIECE, PIECE_HEADER, peer_control_frame
from tests.support.ends import unmetered
from tests.support.parts import part_in
from tests.support.waiting import LONG_S

LENGTHS = [PIECE_BYTES, PIECE_BYTES, 77]
CONTENTS = [random.Random(n).randbytes(length) for n, length in enumerate(LENGTHS)]
WORDS = [m.Ping(), m.Have(0, [1 << 20] * 100), m.Block(0, 0, bytes(200_000))]

steps = st.lists(
    st.one_of(
        st.sampled_from(WORDS),
        st.tuples(st.integers(0, 2), st.sampled_from([1, 12, 13, 14, 20_000, PIECE_BYTES - 1, PIECE_BYTES])),
    ),
    max_size=12,
)


def frames_of(said: list[m.Message | tuple[int, int]]) -> Iterator[bytes]:
    """As an honest sender would: a piece that it takes up again begins anew. All come whole in the end."""
    under_way, offset, done = -1, 0, set()
    whole = [(piece, length) for piece, length in enumerate(LENGTHS)]
    for step in [*said, *whole]:
        if isinstance(step, m.Message):
            yield peer_control_frame(m.encode(step))
            continue
        piece, size = step
        if piece in done:
            continue
        if piece != under_way:
            under_way, offset = piece, 0
        data = CONTENTS[piece][offset : offset + size]
        yield PIECE_HEADER.pack(13 + len(data), PIECE, 0, piece, offset) + data
        offset += len(data)
        if offset == LENGTHS[piece]:
            done.add(piece)
            under_way = -1
    yield peer_control_frame(m.encode(m.Bye()))


class Played:
    """Frames that are there already."""

    def __init__(self, frames: Iterator[bytes]) -> None:
        self._frames, self._next = frames, b""

    def send(self, frame: memoryview | bytes) -> None:
        raise NotImplementedError

    def hold(self, frame: memoryview | bytes) -> None:
        raise NotImplementedError

    def flush(self) -> None:
        raise NotImplementedError

    def receive_size(self) -> int:
        self._next = next(self._frames)[4:]
        return len(self._next)

    def receive_into(self, frame: memoryview) -> None:
        frame[:] = self._next


@given(said=steps)
@settings(max_examples=15, deadline=None)
def test_every_piece_and_every_word_arrives(said: list[m.Message | tuple[int, int]]) -> None:
    heard: list[m.AnyMessage] = []
    outcomes: queue.SimpleQueue[PieceOutcome] = queue.SimpleQueue()
    checker = PieceChecker()
    with tempfile.TemporaryDirectory() as name:
        part = part_in(Path(name), sum(LENGTHS))
        receiving = Receiving(SystemClock(), unmetered(), checker, heard.append, outcomes.put)
        for piece, length in enumerate(LENGTHS):
            receiving.expect(0, piece, PieceSink(part, piece, length, hash_piece(CONTENTS[piece])))
        receiving.run(Played(frames_of(said)))
        came = {outcomes.get(timeout=LONG_S) for _ in LENGTHS}
        checker.close()
        part.close()
        assert (Path(name) / ".shoal-part" / "part").read_bytes() == b"".join(CONTENTS)
    assert came == {PieceOutcome(0, piece, length, None) for piece, length in enumerate(LENGTHS)}
    assert heard == [*(word for word in said if isinstance(word, m.Message)), m.Bye()]
    assert not checker.buffers._held
