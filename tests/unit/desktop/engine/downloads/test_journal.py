import os
import threading
import time
from collections.abc import Callable, Iterable, Iterator
from pathlib import Path

import pytest

from desktop.engine.downloads.journal import Journal
from desktop.engine.files import bitfield
from desktop.engine.files.part_file import PartFile
from desktop.engine.files.piece_set import PieceSet
from desktop.engine.library import Library
from shared.errors import DiskError, ShoalError
from shared.limits import JOURNAL_PIECES_MAX, PIECE_BYTES, UNJOURNALED_PIECES_MAX
from tests.support.bits import bits_of
from tests.support.parts import parts_in
from tests.support.waiting import LONG_S


class SlowPart(PartFile):
    """Its disk takes its time, and refuses when told."""

    may_sync = threading.Event()
    is_broken = False

    def sync(self, pieces: Iterable[int] = ()) -> None:
        self.may_sync.wait()
        if self.is_broken:
            raise DiskError
        super().sync(pieces)


@pytest.fixture
def library(tmp_path: Path) -> Iterator[Library]:
    opened = Library(tmp_path / "library.sqlite")
    yield opened
    opened.close()


@pytest.fixture
def part(tmp_path: Path) -> Iterator[SlowPart]:
    with parts_in(tmp_path) as parts:
        made = SlowPart.create(parts, "part", 100 * PIECE_BYTES)
    made.may_sync = threading.Event()
    made.may_sync.set()
    yield made
    made.close()


def unexpected(error: ShoalError) -> None:
    raise AssertionError(error)


def write_pieces(part: PartFile, count: int, taken: list[int] | None = None) -> None:
    for piece in range(count):
        part.write(piece, b"x")
        if taken is not None:
            taken.append(piece)


def wait_until(holds: Callable[[], bool]) -> None:
    end = time.monotonic() + LONG_S
    while not holds():
        assert time.monotonic() < end
        time.sleep(0.01)


def test_what_is_settled_is_in_the_library(library: Library, part: SlowPart) -> None:
    journal = Journal(library)
    journal.track(part, 1, 0, PieceSet(100, [0]), unexpected)
    for piece in (1, 5, 99):
        part.write(piece, b"x")
    journal.settle(part)
    assert library.had(1) == {0: {0: bits_of([0, 1, 5, 99])}}
    part.write(7, b"x")
    journal.close()
    assert not library.had(1)[0][0] >> 7 & 1


def test_a_full_batch_is_written_down_at_once_and_a_small_one_soon(library: Library, part: SlowPart) -> None:
    journal = Journal(library)
    journal.track(part, 1, 0, PieceSet(100), unexpected)
    for piece in range(JOURNAL_PIECES_MAX):
        part.write(piece, b"x")
    part.write(50, b"x")
    wait_until(lambda: library.had(1) == {0: {0: bitfield.full(JOURNAL_PIECES_MAX) | 1 << 50}})
    journal.close()


@pytest.mark.slow
def test_no_more_pieces_are_taken_than_a_crash_may_cost(library: Library, part: SlowPart) -> None:
    journal = Journal(library)
    journal.track(part, 1, 0, PieceSet(100), unexpected)
    part.may_sync.clear()
    taken: list[int] = []
    writer = threading.Thread(target=write_pieces, args=(part, 40, taken))
    writer.start()
    wait_until(lambda: len(taken) == UNJOURNALED_PIECES_MAX)
    writer.join(0.3)
    assert len(taken) == UNJOURNALED_PIECES_MAX
    part.may_sync.set()
    writer.join()
    journal.settle(part)
    assert library.had(1) == {0: {0: bitfield.full(40)}}
    journal.close()


def test_who_waits_for_a_download_that_is_dropped_is_let_go(library: Library, part: SlowPart) -> None:
    journal = Journal(library)
    journal.track(part, 1, 0, PieceSet(100), unexpected)
    part.may_sync.clear()
    writer = threading.Thread(target=write_pieces, args=(part, 40))
    writer.start()
    writer.join(0.1)
    forgetting = threading.Thread(target=lambda: journal.forget(part))
    forgetting.start()
    writer.join()
    part.may_sync.set()
    forgetting.join()
    journal.close()
    had = library.had(1).get(0, {}).get(0, 0)
    assert had.bit_count() <= UNJOURNALED_PIECES_MAX


def test_what_could_not_be_synced_is_never_called_had(library: Library, part: SlowPart) -> None:
    journal = Journal(library)
    failures: list[ShoalError] = []
    journal.track(part, 1, 0, PieceSet(100), failures.append)
    part.is_broken = True
    part.write(3, b"x")
    journal.settle(part)
    part.is_broken = False
    journal.close()
    assert [type(failure) for failure in failures] == [DiskError]
    assert library.had(1) == {}


def test_several_files_share_a_batch(library: Library, tmp_path: Path) -> None:
    journal = Journal(library)
    with parts_in(tmp_path) as folder:
        parts = [PartFile.create(folder, f"part{n}", 2 * PIECE_BYTES) for n in range(20)]
    for n, one in enumerate(parts):
        journal.track(one, 1, n, PieceSet(2), unexpected)
        one.write(0, os.urandom(10))
        one.write(1, os.urandom(10))
    journal.close()
    assert library.had(1) == {n: {0: 0b11} for n in range(20)}
    for one in parts:
        one.close()
