"""Where the files of a download lie."""

import shutil
from pathlib import Path

import pytest

from desktop.engine.downloads.shelf import Opened, Shelf
from desktop.engine.files.hasher import Hasher
from desktop.engine.files.source_file import PART_FOLDER
from desktop.engine.library import FileRecord
from shared.errors import DiskError, DiskFull
from shared.facts.ids import EntryId
from shared.limits import PIECE_BYTES
from shared.manifest import PieceHash, manifest_of_piece


def test_a_folder_that_cannot_be_made_costs_no_other_file_and_leaves_nothing_open(tmp_path: Path) -> None:
    shelf = Shelf(tmp_path)
    root = manifest_of_piece(b"one").root
    targets = ["a/b/0", f"a/{'long' * 99}/1"]
    files = [
        FileRecord(n, EntryId(bytes(16)), str(n), root, 3, target, f"part {n}")
        for n, target in enumerate(targets)
    ]
    part, known = shelf.open_bundle(files)
    assert known == []
    assert part.keep(0, b"oneone", PieceHash(b"", b"")) is None
    published, error = shelf.publish([], [part])
    assert [one.target for one in published] == targets[:1]
    assert isinstance(error, DiskError)
    part.close()
    shelf.close()
    assert (tmp_path / "a/b/0").read_bytes() == b"one"
    assert not (tmp_path / PART_FOLDER).exists()


def test_what_all_in_all_the_disk_has_no_room_for_is_not_opened(tmp_path: Path) -> None:
    shelf = Shelf(tmp_path)
    most = shutil.disk_usage(tmp_path).free * 2 // 3
    one, other = (
        FileRecord(n, EntryId(bytes(16)), str(n), bytes(32), size, str(n), f"part {n}")
        for n, size in enumerate((most, most))
    )
    shelf.open_bundle([one])
    with pytest.raises(DiskFull):
        shelf.open_bundle([other])
    shelf.measure_room()
    shelf.open_bundle([other])
    shelf.close()


def test_a_folder_whose_hidden_one_cannot_be_read_is_not_left_open(tmp_path: Path) -> None:
    (tmp_path / PART_FOLDER).touch()
    with pytest.raises(DiskError):
        Shelf(tmp_path)


def test_a_download_that_ends_leaves_the_place_of_another_into_the_same_folder(tmp_path: Path) -> None:
    ending, beginning = Shelf(tmp_path), Shelf(tmp_path)
    ending.close()
    file = FileRecord(0, EntryId(bytes(16)), "0", bytes(32), 2 * PIECE_BYTES, "0", "part 0")
    hasher = Hasher(tmp_path)
    opened, _, error = beginning.open([file], (), hasher, lambda: False)
    hasher.close()
    assert error is None
    assert isinstance(opened[0], Opened)
    opened[0].part.close()
    beginning.discard([file])
    beginning.close()
    assert not (tmp_path / PART_FOLDER).exists()
