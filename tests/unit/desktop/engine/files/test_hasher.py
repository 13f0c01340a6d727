import hashlib
import os
import random
import socket
import sys
import threading
from collections.abc import Iterator
from pathlib import Path

import pytest

from desktop.engine.files.hasher import CHUNK_BYTES, CHUNKS, HashedFile, Hasher, HashingCancelled
from desktop.engine.files.source_file import FoundFile, Skipped, open_source, stamp_of, walk
from shared.errors import BadPath, DiskError
from shared.limits import FILE_BYTES_MAX, PIECE_BYTES
from shared.manifest import ManifestBuilder, check_index, hash_piece

posix = pytest.mark.skipif(sys.platform == "win32", reason="no such files there")


@pytest.fixture
def hasher(tmp_path: Path) -> Iterator[Hasher]:
    hasher = Hasher(tmp_path)
    yield hasher
    hasher.close()


def hashed(hasher: Hasher, path: Path) -> HashedFile:
    return hasher.hash(path, lambda _: None, lambda: False)


@pytest.mark.parametrize(
    "size",
    [
        0,
        1,
        PIECE_BYTES - 1,
        PIECE_BYTES,
        PIECE_BYTES + 1,
        CHUNK_BYTES,
        CHUNK_BYTES * (CHUNKS + 2) + PIECE_BYTES + 5,
    ],
)
def test_a_file_has_the_manifest_of_its_bytes(tmp_path: Path, hasher: Hasher, size: int) -> None:
    data = random.Random(size).randbytes(size)
    path = tmp_path / "file"
    path.write_bytes(data)
    told: list[int] = []

    found = hasher.hash(path, told.append, lambda: False)

    builder = ManifestBuilder()
    for at in range(0, size, PIECE_BYTES):
        builder.add(hash_piece(data[at : at + PIECE_BYTES]))
    expected = builder.finish(size, hashlib.sha1(data).digest())
    assert (found.header, found.index, found.blocks, found.root) == (
        expected.header,
        expected.index,
        expected.blocks,
        expected.root,
    )
    assert check_index(found.root, found.header, found.index) == (found.size, found.sha1)
    assert sum(told) == size
    assert found.stamp == stamp_of(path)


def test_a_cancelled_hashing_stops_at_the_next_chunk(tmp_path: Path, hasher: Hasher) -> None:
    with (tmp_path / "holes").open("wb") as file:
        file.truncate(FILE_BYTES_MAX)
    told: list[int] = []
    with pytest.raises(HashingCancelled):
        hasher.hash(tmp_path / "holes", told.append, lambda: len(told) == 3)
    assert told == [CHUNK_BYTES] * 3


def test_a_file_above_the_limit_is_refused_unread(tmp_path: Path, hasher: Hasher) -> None:
    with (tmp_path / "holes").open("wb") as file:
        file.truncate(FILE_BYTES_MAX + 1)
    with pytest.raises(BadPath, match="larger"):
        hashed(hasher, tmp_path / "holes")


def test_several_files_are_hashed_at_once(tmp_path: Path, hasher: Hasher) -> None:
    paths = [tmp_path / str(number) for number in range(4)]
    for path in paths:
        path.write_bytes(random.Random(path.name).randbytes(2 * CHUNK_BYTES + 1))
    alone = [hashed(hasher, path) for path in paths]
    together: dict[Path, HashedFile] = {}
    threads = [
        threading.Thread(target=lambda path=path: together.update({path: hashed(hasher, path)}))
        for path in paths
    ]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert [together[path] for path in paths] == alone


def test_a_file_gets_done_while_all_helpers_are_held_up_elsewhere(tmp_path: Path, hasher: Hasher) -> None:
    path = tmp_path / "file"
    path.write_bytes(random.Random(7).randbytes(CHUNK_BYTES * (CHUNKS + 2)))
    helped = hashed(hasher, path)
    may_go_on = threading.Event()
    for _ in range(os.cpu_count() or 1):
        hasher._pool.submit(may_go_on.wait)
    alone = hashed(hasher, path)
    may_go_on.set()
    assert alone == helped


@pytest.mark.parametrize("size", [PIECE_BYTES // 2, 2 * CHUNK_BYTES])
@pytest.mark.parametrize("change", ["grow", "shrink", "overwrite"])
def test_a_file_that_changes_meanwhile_is_told(
    tmp_path: Path, hasher: Hasher, size: int, change: str
) -> None:
    path = tmp_path / "file"
    path.write_bytes(bytes(size))
    mtime_ns = path.stat().st_mtime_ns

    def meddle(_: int) -> None:
        with path.open("r+b") as file:
            if change == "overwrite":
                file.write(b"x")
            else:
                file.truncate(size // 2 if change == "shrink" else size + 1)
        os.utime(path, ns=(mtime_ns, mtime_ns))

    with pytest.raises(DiskError, match="changed"):
        hasher.hash(path, meddle, lambda: False)


@posix
def test_what_is_not_a_file_is_refused_without_waiting(tmp_path: Path, hasher: Hasher) -> None:
    (tmp_path / "real").write_bytes(b"x")
    (tmp_path / "link").symlink_to("real")
    os.mkfifo(tmp_path / "fifo")
    with socket.socket(socket.AF_UNIX) as listener:
        listener.bind(str(tmp_path / "socket"))
    odd = [tmp_path / name for name in ("link", "fifo", "socket", "missing", "a\0b", "\ud800", "n" * 300)]
    for path in [*odd, tmp_path, Path("/dev/zero"), tmp_path / "real" / "x"]:
        with pytest.raises(BadPath):
            hashed(hasher, path)


@posix
def test_a_refused_file_leaves_no_descriptor(tmp_path: Path) -> None:
    before = os.open(os.devnull, os.O_RDONLY)
    os.close(before)
    for _ in range(3):
        with pytest.raises(BadPath):
            open_source(tmp_path)
    after = os.open(os.devnull, os.O_RDONLY)
    os.close(after)
    assert before == after


def tree(top: Path, *names: str) -> Path:
    for name in names:
        (top / name).parent.mkdir(parents=True, exist_ok=True)
        (top / name).write_bytes(name.encode())
    return top


def files_of(path: Path) -> tuple[list[FoundFile], list[Skipped]]:
    return walk(path, Path("/nowhere/profile"))


def test_a_file_is_shared_under_its_own_name(tmp_path: Path) -> None:
    tree(tmp_path, "a.txt")
    assert files_of(tmp_path / "." / "a.txt") == ([FoundFile(tmp_path / "a.txt", "a.txt")], [])


def test_a_folder_is_shared_under_its_name_in_the_order_of_bytes(tmp_path: Path) -> None:
    top = tree(
        tmp_path / "Photos", "b.jpg", "a/z.jpg", "a.jpg", "\u00e9.jpg", "Z.jpg", "2026/05/x y.jpg", ".hidden"
    )
    (top / "empty").mkdir()
    tree(top, ".shoal-part/half", "a/.shoal-part/half")
    found, skipped = files_of(top / ".." / "Photos")
    assert [file.name for file in found] == [
        f"Photos/{name}"
        for name in [".hidden", "2026/05/x y.jpg", "Z.jpg", "a.jpg", "a/z.jpg", "b.jpg", "\u00e9.jpg"]
    ]
    assert all(file.path.read_bytes().decode() == file.name.removeprefix("Photos/") for file in found)
    assert skipped == []


@posix
def test_nothing_of_the_profile_is_shared_by_whatever_way_one_comes_to_it(tmp_path: Path) -> None:
    top = tree(tmp_path / "home", "a", "profile/device.key", "profile/networks/b.sqlite")
    (tmp_path / "way").symlink_to(top / "profile")
    assert walk(top, tmp_path / "way") == (
        [FoundFile(top / "a", "home/a")], [Skipped(top / "profile", "bad_path")]
    )  # fmt: skip
    for path in (top / "profile", tmp_path / "way", top / "profile/networks", top / "profile/device.key"):
        with pytest.raises(BadPath, match="keeps its own files"):
            walk(path, top / "profile")


@posix
def test_links_and_special_files_inside_a_folder_are_left_out_and_told(tmp_path: Path) -> None:
    tree(tmp_path, "outside/secret")
    top = tree(tmp_path / "top", "a")
    (top / "link").symlink_to("../outside/secret")
    (top / "folder link").symlink_to("../outside")
    (top / "loop").symlink_to(".")
    os.mkfifo(top / "fifo")
    found, skipped = files_of(top)
    assert [file.name for file in found] == ["top/a"]
    assert skipped == [Skipped(top / name, "bad_path") for name in ("fifo", "folder link", "link", "loop")]


@posix
def test_a_link_that_was_typed_means_its_target(tmp_path: Path) -> None:
    tree(tmp_path, "real/a")
    (tmp_path / "link").symlink_to("real")
    assert files_of(tmp_path / "link") == ([FoundFile(tmp_path / "real/a", "real/a")], [])


@posix
def test_names_that_cannot_travel_are_cleaned_and_kept_apart(tmp_path: Path) -> None:
    top = tree(tmp_path / "top", "a\\b.txt", "a_b.txt", "tab\there", "cafe\u0301", "caf\u00e9")
    (top / os.fsdecode(b"latin\xe9.txt")).touch()
    found, skipped = files_of(top)
    assert {file.path.name: file.name for file in found} == {
        "a\\b.txt": "top/a_b.txt",
        "a_b.txt": "top/a_b (1).txt",
        "tab\there": "top/tab_here",
        "cafe\u0301": "top/caf\u00e9",
        "caf\u00e9": "top/caf\u00e9 (1)",
        "latin\udce9.txt": "top/latin_.txt",
    }
    assert skipped == []


def test_what_lies_too_deep_is_left_out_and_told(tmp_path: Path) -> None:
    deep = "/".join("d" * 31) + "/x"
    found, skipped = files_of(tree(tmp_path / "top", "a", deep))
    assert [file.name for file in found] == ["top/a"]
    assert skipped == [Skipped(tmp_path / "top" / deep, "bad_name")]


@posix
def test_what_may_not_be_read_is_left_out_and_told(tmp_path: Path) -> None:
    top = tree(tmp_path / "top", "a", "closed", "shut/b")
    (top / "closed").chmod(0)
    (top / "shut").chmod(0)
    if os.access(top / "closed", os.R_OK):
        pytest.skip("this user may read everything")
    found, skipped = files_of(top)
    for path in (top / "closed", top / "shut"):
        with pytest.raises(BadPath, match="Permission denied"):
            files_of(path)
    (top / "shut").chmod(0o700)
    assert [file.name for file in found] == ["top/a"]
    assert skipped == [Skipped(top / "closed", "bad_path"), Skipped(top / "shut", "bad_path")]


@posix
def test_where_nothing_can_be_shared_the_reason_is_clear(tmp_path: Path) -> None:
    (tmp_path / "empty").mkdir()
    (tmp_path / "links").mkdir()
    (tmp_path / "links/x").symlink_to("y")
    (tmp_path / "loop").symlink_to("loop")
    for name, why in [
        ("empty", "no file in it"),
        ("links", r"no file in it .* \(1 left out\)"),
        ("missing\x1b", r"missing\\x1b: No such file"),
        ("loop", "symbolic links"),
        ("links/x", "No such file"),
        ("a\0b", "no file can be called so"),
    ]:
        with pytest.raises(BadPath, match=why):
            files_of(tmp_path / name)
    with pytest.raises(BadPath, match="has a name"):
        files_of(Path("/"))
    with pytest.raises(BadPath, match="not a file"):
        files_of(Path("/dev/null"))
