import json
import os
import sys
import threading
import time
from base64 import b64decode
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path
from queue import SimpleQueue

import pytest

from desktop.engine.files.part_file import PartFile
from desktop.engine.files.piece_checker import PIECE_AT, PieceBuffers, PieceChecker, Received
from desktop.engine.files.piece_io import PieceOutcome, PieceSink
from shared.limits import (
    CHECKING_NICENESS,
    CHECKING_THREADS,
    OUTCOMES_TOLD_TOGETHER,
    PIECE_BUFFERS_AT_ONCE,
    PIECE_BUFFERS_PER_LINK_MAX,
    PIECE_BUFFERS_SHARED,
    PIECE_BYTES,
)
from shared.manifest import hash_piece
from tests.support.parts import part_in
from tests.support.waiting import LONG_S

COLLISIONS = json.loads((Path(__file__).parents[4] / "corpus/sha1_collisions.json").read_text())


@pytest.fixture
def checker() -> Iterator[PieceChecker]:
    made = PieceChecker()
    yield made
    made.close()


@pytest.fixture
def part(tmp_path: Path) -> Iterator[PartFile]:
    with closing(part_in(tmp_path, 3 * PIECE_BYTES)) as made:
        yield made


def check(checker: PieceChecker, sink: PieceSink, data: bytes) -> PieceOutcome:
    outcomes: SimpleQueue[PieceOutcome] = SimpleQueue()
    buffer = checker.buffers.take(sink)
    buffer[PIECE_AT : PIECE_AT + len(data)] = data
    checker.check(Received(sink, 7, sink, buffer, outcomes.put))
    return outcomes.get(timeout=LONG_S)


def content(part: PartFile) -> bytes:
    with part.file as fd:
        return os.pread(fd, part.size, 0)


def test_a_good_piece_is_written_at_its_place(checker: PieceChecker, part: PartFile) -> None:
    data = os.urandom(PIECE_BYTES)
    sink = PieceSink(part, 1, PIECE_BYTES, hash_piece(data))
    assert check(checker, sink, data) == PieceOutcome(7, 1, PIECE_BYTES, None)
    assert content(part) == bytes(PIECE_BYTES) + data + bytes(PIECE_BYTES)


def test_of_a_short_piece_only_its_own_bytes_count(checker: PieceChecker, part: PartFile) -> None:
    check(checker, PieceSink(part, 0, 9, hash_piece(b"x" * 9)), os.urandom(PIECE_BYTES))
    assert check(checker, PieceSink(part, 0, 9, hash_piece(b"x" * 9)), b"x" * 9).reason is None
    assert content(part)[:10] == b"x" * 9 + b"\0"


def test_a_bad_piece_is_not_written(checker: PieceChecker, part: PartFile) -> None:
    data = bytearray(os.urandom(PIECE_BYTES))
    sink = PieceSink(part, 0, PIECE_BYTES, hash_piece(data))
    data[-1] ^= 1
    assert check(checker, sink, bytes(data)).reason == "sha1"
    assert content(part) == bytes(part.size)


@pytest.mark.parametrize("pair", ["identical_prefix_320", "chosen_prefix_640"])
def test_a_piece_that_has_only_the_sha1_of_another_is_not_written(
    checker: PieceChecker, part: PartFile, pair: str
) -> None:
    good, evil = (b64decode(text).ljust(PIECE_BYTES, b"\0") for text in COLLISIONS[pair])
    assert hash_piece(good).sha1 == hash_piece(evil).sha1
    assert check(checker, PieceSink(part, 0, PIECE_BYTES, hash_piece(good)), evil).reason == "strong"
    assert content(part) == bytes(part.size)


def test_what_the_disk_refuses_is_told(checker: PieceChecker, part: PartFile) -> None:
    part.close()
    assert check(checker, PieceSink(part, 0, 1, hash_piece(b"x")), b"x").reason == "disk_error"


def test_outcomes_are_told_together_while_there_is_more_to_check_and_before_anybody_waits(
    checker: PieceChecker, part: PartFile
) -> None:
    sink = PieceSink(part, 0, 1, hash_piece(b"x"))
    buffer = checker.buffers.take(sink)
    buffer[PIECE_AT : PIECE_AT + 1] = b"x"
    waiting, may_go_on = SimpleQueue[None](), threading.Semaphore(0)

    def hold_up(_: object, _piece: int, _length: int) -> None:
        waiting.put(None)
        assert may_go_on.acquire(timeout=LONG_S)

    part.written = hold_up
    told: list[int] = []
    all_told = threading.Event()
    count = 1 + CHECKING_THREADS * OUTCOMES_TOLD_TOGETHER

    def tell(outcome: PieceOutcome) -> None:
        told.append(outcome.ch)
        if len(told) == count:
            all_told.set()

    for ch in range(count):
        checker.buffers.take(ch)
        checker.check(Received(ch, ch, sink, buffer, tell))
    for _ in range(CHECKING_THREADS):
        waiting.get(timeout=LONG_S)
        may_go_on.release()
    waiting.get(timeout=LONG_S)  # one is at its second
    assert told == []
    may_go_on.release(count)
    assert all_told.wait(LONG_S)
    assert sorted(told) == list(range(count))


def test_what_was_checked_last_is_told_before_the_end(part: PartFile) -> None:
    checker = PieceChecker()
    sink = PieceSink(part, 0, 1, hash_piece(b"x"))
    buffer = checker.buffers.take(sink)
    buffer[PIECE_AT : PIECE_AT + 1] = b"x"
    told: list[int] = []
    waiting, may_go_on = SimpleQueue[None](), threading.Semaphore(0)

    def hold_up(_: object, _piece: int, _length: int) -> None:
        waiting.put(None)
        assert may_go_on.acquire(timeout=LONG_S)

    part.written = hold_up
    for ch in range(CHECKING_THREADS):
        checker.buffers.take(ch)
        checker.check(Received(ch, ch, sink, buffer, lambda outcome: told.append(outcome.ch)))
    for _ in range(CHECKING_THREADS):
        waiting.get(timeout=LONG_S)
    closing = threading.Thread(target=checker.close)
    closing.start()
    while checker._queue.qsize() < CHECKING_THREADS:  # the end of each thread
        time.sleep(0.001)
    may_go_on.release(CHECKING_THREADS)
    closing.join()
    assert sorted(told) == list(range(CHECKING_THREADS))


@pytest.mark.skipif(sys.platform != "linux", reason="elsewhere a thread has no niceness of its own")
def test_who_checks_lets_others_go_first(checker: PieceChecker, part: PartFile) -> None:
    sink = PieceSink(part, 0, 1, hash_piece(b"x"))
    niceness: SimpleQueue[int] = SimpleQueue()
    checker.check(
        Received(
            sink,
            7,
            sink,
            checker.buffers.take(sink),
            lambda _: niceness.put(os.getpriority(os.PRIO_PROCESS, 0)),
        )
    )
    assert niceness.get(timeout=LONG_S) == min(19, os.getpriority(os.PRIO_PROCESS, 0) + CHECKING_NICENESS)


def waits(buffers: PieceBuffers, owner: object) -> threading.Event:
    got = threading.Event()

    def take() -> None:
        buffers.take(owner)
        got.set()

    threading.Thread(target=take).start()
    return got


def test_one_link_may_hold_a_few_buffers_and_then_waits_until_there_is_room_for_several() -> None:
    buffers = PieceBuffers()
    held = [buffers.take("greedy") for _ in range(PIECE_BUFFERS_PER_LINK_MAX)]
    got = waits(buffers, "greedy")
    for _ in range(PIECE_BUFFERS_AT_ONCE - 1):
        buffers.give("greedy", held.pop())
    assert not got.wait(0.05)
    buffers.give("greedy", held.pop())
    assert got.wait(LONG_S)


def test_many_links_share_what_there_is_and_each_has_one() -> None:
    buffers = PieceBuffers()
    owners = range(PIECE_BUFFERS_SHARED)
    held = {owner: [buffers.take(owner), buffers.take(owner)] for owner in owners}
    got = waits(buffers, 0)
    assert not got.wait(0.05)
    assert buffers.take("newcomer")
    for owner in range(1, 1 + PIECE_BUFFERS_AT_ONCE):
        buffers.give(owner, held[owner].pop())
    assert got.wait(LONG_S)
