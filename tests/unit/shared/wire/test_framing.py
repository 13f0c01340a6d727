"""Frames come out whole however the network cut them, and too long ones never begin."""

import json
import time
from itertools import pairwise
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from shared.errors import Violation
from shared.limits import BEFORE_LOGIN_BYTES_MAX, FRAME_BEFORE_LOGIN_BYTES_MAX, KIB, MIB
from shared.wire.framing import (
    PIECE,
    PIECE_HEADER,
    FrameReader,
    peer_control_frame,
    split_request,
    tracker_frame,
)

VECTORS = json.loads((Path(__file__).parents[3] / "vectors" / "frames.json").read_text())


def framed(body: bytes) -> bytes:
    return len(body).to_bytes(4, "big") + body


@given(st.lists(st.binary(min_size=1, max_size=40), max_size=9), st.data())
def test_any_cutting_gives_the_same_frames(bodies: list[bytes], data: st.DataObject) -> None:
    stream = b"".join(map(framed, bodies))
    cuts = sorted(data.draw(st.lists(st.integers(0, len(stream)), max_size=20)))
    reader = FrameReader(limit=40, budget=len(stream))
    came: list[bytes] = []
    for begin, end in pairwise([0, *cuts, len(stream)]):
        came += reader.feed(memoryview(stream)[begin:end])
    assert came == bodies


def test_what_was_not_iterated_comes_with_the_next_feed() -> None:
    reader = FrameReader(limit=9)
    assert next(reader.feed(framed(b"one") + framed(b"two") + framed(b"three")[:5])) == b"one"
    reader.feed(b"")
    assert list(reader.feed(framed(b"three")[5:])) == [b"two", b"three"]


@pytest.mark.parametrize("size", [0, 11, 1 << 31, (1 << 32) - 1])
def test_an_empty_or_too_long_frame_is_refused_at_its_length(size: int) -> None:
    reader = FrameReader(limit=10)
    frames = reader.feed(framed(b"fine") + size.to_bytes(4, "big"))
    assert next(frames) == b"fine"
    with pytest.raises(Violation):
        next(frames)


def test_a_login_lifts_the_limits_for_the_frames_that_came_with_it() -> None:
    reader = FrameReader(FRAME_BEFORE_LOGIN_BYTES_MAX, BEFORE_LOGIN_BYTES_MAX)
    frames = reader.feed(framed(b"login") + framed(bytes(100 * KIB)))
    assert next(frames) == b"login"
    reader.limit, reader.budget = MIB, float("inf")
    assert next(frames) == bytes(100 * KIB)


def test_before_login_all_frames_together_have_a_budget() -> None:
    reader = FrameReader(FRAME_BEFORE_LOGIN_BYTES_MAX, BEFORE_LOGIN_BYTES_MAX)
    four_kib = framed(bytes(FRAME_BEFORE_LOGIN_BYTES_MAX - 4))
    assert len(list(reader.feed(four_kib * 4))) == 4
    with pytest.raises(Violation):
        list(reader.feed(framed(b"?")))


def test_the_cost_of_many_small_frames_is_linear() -> None:
    def seconds(count: int) -> float:
        stream, reader = framed(b"x") * count, FrameReader(limit=9)
        begin = time.process_time()
        assert sum(1 for _ in reader.feed(stream)) == count
        return time.process_time() - begin

    assert min(seconds(80_000) for _ in range(3)) < 30 * min(seconds(8_000) for _ in range(3))


def test_the_published_frames() -> None:
    for one in VECTORS["tracker"]:
        frame = bytes.fromhex(one["frame"])
        assert tracker_frame(one["request_id"], bytes.fromhex(one["body"])) == frame
        (rest,) = FrameReader(limit=100).feed(frame)
        assert split_request(rest) == (one["request_id"], bytes.fromhex(one["body"]))
    for one in VECTORS["peer_control"]:
        assert peer_control_frame(bytes.fromhex(one["body"])).hex() == one["frame"]
    for one in VECTORS["peer_piece"]:
        data = bytes.fromhex(one["bytes"])
        length = PIECE_HEADER.size - 4 + len(data)
        header = PIECE_HEADER.pack(length, PIECE, one["ch"], one["piece"], one["offset"])
        assert (header + data).hex() == one["frame"]


@pytest.mark.parametrize("frame", [b"", b"\0\0\0", b"\0\0\0\1"])
def test_a_request_too_short_for_its_header_is_a_violation(frame: bytes) -> None:
    with pytest.raises(Violation):
        split_request(frame)
