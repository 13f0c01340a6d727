import errno
import os
import stat
import threading
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import ExitStack, closing
from pathlib import Path

import pytest

from desktop.engine.files.held_folder import HeldFolder
from desktop.engine.files.part_file import PartFile
from desktop.engine.files.source_file import PART_FOLDER, stamp_of
from shared.errors import DiskError, DiskFull
from shared.limits import CACHED_PIECES_MAX, PIECE_BYTES
from tests.support.parts import parts_in

SIZE = 2 * PIECE_BYTES + 100
CONTENT = os.urandom(SIZE)
Filled = Callable[..., PartFile]


@pytest.fixture
def folder(tmp_path: Path) -> Iterator[HeldFolder]:
    with closing(HeldFolder.open(tmp_path)) as opened:
        yield opened


@pytest.fixture
def parts(tmp_path: Path) -> Iterator[HeldFolder]:
    with parts_in(tmp_path) as opened:
        yield opened


@pytest.fixture
def filled(parts: HeldFolder) -> Iterator[Filled]:
    """Makes part files that are whole; they are closed in the end."""
    with ExitStack() as made:

        def fill(name: str = "part", content: bytes = CONTENT) -> PartFile:
            part = made.enter_context(closing(PartFile.create(parts, name, len(content))))
            for at in range(0, len(content), PIECE_BYTES):
                part.write(at // PIECE_BYTES, content[at : at + PIECE_BYTES])
            return part

        yield fill


def test_it_is_hidden_private_and_of_full_size_from_the_start(parts: HeldFolder, tmp_path: Path) -> None:
    old = os.umask(0)
    try:
        PartFile.create(parts, "part", SIZE).close()
    finally:
        os.umask(old)
    found = (tmp_path / PART_FOLDER / "part").stat()
    assert stat.S_IMODE(found.st_mode) == 0o600
    assert stat.S_IMODE((tmp_path / PART_FOLDER).stat().st_mode) == 0o700
    assert found.st_size == SIZE
    assert found.st_blocks * 512 >= SIZE


def test_a_file_of_one_piece_is_made_when_that_comes(parts: HeldFolder, tmp_path: Path) -> None:
    part = PartFile.create(parts, "part", 5)
    assert list((tmp_path / PART_FOLDER).iterdir()) == []
    part.write(0, b"small")
    assert (tmp_path / PART_FOLDER / "part").read_bytes() == b"small"
    part.close()


def test_pieces_written_by_many_threads_make_the_file(
    folder: HeldFolder, parts: HeldFolder, tmp_path: Path
) -> None:
    content = os.urandom(20 * PIECE_BYTES)
    part = PartFile.create(parts, "part", len(content))
    told: list[int] = []
    part.written = lambda _, piece, length: told.append(piece)
    with ThreadPoolExecutor(4) as pool:
        list(
            pool.map(
                lambda piece: part.write(piece, content[piece * PIECE_BYTES : (piece + 1) * PIECE_BYTES]),
                range(20),
            )
        )
    name, stamp = part.publish(folder, "a.bin")
    part.close()
    assert name == "a.bin"
    assert (tmp_path / "a.bin").read_bytes() == content
    assert stamp == stamp_of(tmp_path / "a.bin")
    assert sorted(told) == list(range(20))
    assert list((tmp_path / PART_FOLDER).iterdir()) == []
    assert stat.S_IMODE((tmp_path / "a.bin").stat().st_mode) == 0o600


def test_publishing_never_replaces(folder: HeldFolder, filled: Filled, tmp_path: Path) -> None:
    (tmp_path / "a.txt").write_text("mine")
    (tmp_path / "victim").write_text("victim")
    (tmp_path / "a (1).txt").symlink_to("victim")
    (tmp_path / "a (2).txt").mkdir()
    assert filled().publish(folder, "a.txt")[0] == "a (3).txt"
    assert (tmp_path / "a.txt").read_text() == "mine"
    assert (tmp_path / "victim").read_text() == "victim"
    assert (tmp_path / "a (3).txt").read_bytes() == CONTENT


def test_fifty_downloads_of_one_name_are_all_there(
    folder: HeldFolder, filled: Filled, tmp_path: Path
) -> None:
    contents = [f"content {number}".encode() for number in range(50)]
    made = [filled(f"part{number}", content) for number, content in enumerate(contents)]
    with ThreadPoolExecutor(8) as pool:
        names = [name for name, _ in pool.map(lambda part: part.publish(folder, "a.txt"), made)]
    assert len(set(names)) == 50
    assert sorted((tmp_path / name).read_bytes() for name in names) == sorted(contents)


def test_a_disk_without_links_publishes_without_replacing_too(
    folder: HeldFolder, filled: Filled, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def no_links(*args: object, **kwargs: object) -> None:
        raise OSError(errno.EPERM, "Operation not permitted")

    monkeypatch.setattr(os, "link", no_links)
    (tmp_path / "a.txt").write_text("mine")
    assert filled().publish(folder, "a.txt")[0] == "a (1).txt"
    assert (tmp_path / "a.txt").read_text() == "mine"
    assert (tmp_path / "a (1).txt").read_bytes() == CONTENT


def test_a_link_planted_for_the_part_file_is_not_followed(parts: HeldFolder, tmp_path: Path) -> None:
    (tmp_path / "victim").write_bytes(bytes(SIZE))
    (tmp_path / PART_FOLDER / "part").symlink_to("../victim")
    with pytest.raises(DiskError):
        PartFile.create(parts, "part", SIZE)
    assert PartFile.reopen(parts, "part", SIZE) is None


def test_a_link_planted_for_a_folder_is_not_entered(folder: HeldFolder, tmp_path: Path) -> None:
    (tmp_path / "elsewhere").mkdir()
    (tmp_path / "sub").symlink_to("elsewhere")
    with pytest.raises(OSError):  # noqa: PT011  which one depends on the system
        folder.inside("sub")


def test_a_folder_swapped_for_a_link_changes_nothing_for_who_holds_it(
    folder: HeldFolder, filled: Filled, tmp_path: Path
) -> None:
    sub = folder.inside("sub")
    part = filled()
    (tmp_path / "elsewhere").mkdir()
    (tmp_path / "sub").rename(tmp_path / "moved")
    (tmp_path / "sub").symlink_to("elsewhere")
    part.publish(sub, "a.txt")
    sub.close()
    assert (tmp_path / "moved" / "a.txt").read_bytes() == CONTENT
    assert list((tmp_path / "elsewhere").iterdir()) == []


def test_a_part_file_is_taken_up_again_as_it_was_left(
    folder: HeldFolder, parts: HeldFolder, filled: Filled, tmp_path: Path
) -> None:
    filled().close()
    part = PartFile.reopen(parts, "part", SIZE)
    assert part is not None
    part.publish(folder, "a")
    part.close()
    assert (tmp_path / "a").read_bytes() == CONTENT


@pytest.mark.parametrize("spoil", ["gone", "shorter", "folder"])
def test_a_part_file_that_is_not_as_it_was_left_is_not_taken_up(
    parts: HeldFolder, filled: Filled, tmp_path: Path, spoil: str
) -> None:
    filled().close()
    path = tmp_path / PART_FOLDER / "part"
    match spoil:
        case "gone":
            path.unlink()
        case "shorter":
            os.truncate(path, 5)
        case _:
            path.unlink()
            path.mkdir()
    assert PartFile.reopen(parts, "part", SIZE) is None


def test_cancelling_leaves_nothing_behind(folder: HeldFolder, filled: Filled, tmp_path: Path) -> None:
    part = filled()
    part.discard()
    part.discard()
    folder.remove_empty(PART_FOLDER)
    assert list(tmp_path.iterdir()) == []
    with pytest.raises(DiskError):
        part.write(0, b"late")


def test_a_writer_that_is_still_at_it_is_not_closed_under(filled: Filled, tmp_path: Path) -> None:
    part = filled()
    held, let_go = threading.Event(), threading.Event()

    def write_slowly() -> None:
        with part.file as fd:
            held.set()
            let_go.wait()
            os.pwrite(fd, b"x", 0)

    writer = threading.Thread(target=write_slowly)
    writer.start()
    held.wait()
    part.close()
    other = (tmp_path / "other").open("wb")  # would get the number of a descriptor closed too early
    let_go.set()
    writer.join()
    other.close()
    assert (tmp_path / "other").read_bytes() == b""


def test_a_full_disk_says_so_before_anything_is_fetched(parts: HeldFolder, tmp_path: Path) -> None:
    with pytest.raises((DiskFull, DiskError)):
        PartFile.create(parts, "part", 1 << 60)
    assert list((tmp_path / PART_FOLDER).iterdir()) == []


def test_an_empty_file_is_a_file(folder: HeldFolder, filled: Filled, tmp_path: Path) -> None:
    filled(content=b"").publish(folder, "empty")
    assert (tmp_path / "empty").read_bytes() == b""


def test_the_system_keeps_only_the_last_pieces_in_memory(
    filled: Filled, monkeypatch: pytest.MonkeyPatch
) -> None:
    forgotten: list[tuple[int, int]] = []
    monkeypatch.setattr(
        os, "posix_fadvise", lambda _fd, offset, length, _: forgotten.append((offset, length))
    )
    part = filled()
    part.sync(range(CACHED_PIECES_MAX))
    assert not forgotten
    part.sync([7000, 7001, 7003])
    assert forgotten == [(0, 3 * PIECE_BYTES)]  # in one go
    part.sync(range(CACHED_PIECES_MAX))
    assert forgotten[-2:] == [(7000 * PIECE_BYTES, 2 * PIECE_BYTES), (7003 * PIECE_BYTES, PIECE_BYTES)]
    part.discard()
