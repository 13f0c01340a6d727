"""The files of a bundle, written and named each by itself."""

import resource
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path

import pytest

from desktop.engine.downloads.bundle_part import BundlePart
from desktop.engine.files.held_folder import HeldFolder
from desktop.engine.files.source_file import PART_FOLDER, stamp_of
from desktop.engine.library import FileRecord
from shared.errors import DiskError
from shared.facts.ids import EntryId
from shared.manifest import manifest_of_piece, piece_hash
from tests.support.parts import parts_in

CONTENTS = [b"one", b"two", b"three"]
FILES = [
    FileRecord(n, EntryId(bytes(16)), str(n), manifest_of_piece(data).root, len(data), str(n), f"part {n}")
    for n, data in enumerate(CONTENTS)
]
UNKNOWN = piece_hash(bytes(52), 0)


@pytest.fixture
def folder(tmp_path: Path) -> Iterator[HeldFolder]:
    with closing(HeldFolder.open(tmp_path)) as opened:
        yield opened


@pytest.fixture
def parts(tmp_path: Path) -> Iterator[HeldFolder]:
    with parts_in(tmp_path) as opened:
        yield opened


def kept(parts: HeldFolder, data: bytes = b"".join(CONTENTS)) -> BundlePart:
    part = BundlePart(parts, FILES)
    assert part.keep(0, data, UNKNOWN) is None
    return part


def hidden(tmp_path: Path) -> list[str]:
    return sorted(one.name for one in (tmp_path / PART_FOLDER).iterdir())


def test_each_has_its_name_when_it_is_synced_beside_what_has_that_already(
    folder: HeldFolder, parts: HeldFolder, tmp_path: Path
) -> None:
    (tmp_path / "1").write_bytes(b"other")
    part = kept(parts)
    assert hidden(tmp_path) == ["part 0", "part 1", "part 2"]
    for sync in part.syncs():
        sync()
    saved = [part.publish_one(one, folder, one.record.target) for one in list(part.kept.values())]
    assert saved == [(name, stamp_of(tmp_path / name)) for name in ("0", "1 (1)", "2")]
    assert [(tmp_path / name).read_bytes() for name, _ in saved] == CONTENTS
    assert part.keep(0, b"".join(CONTENTS), UNKNOWN) is None  # of another peer, that was asked too
    assert not part.kept
    assert hidden(tmp_path) == []
    part.close()
    assert (tmp_path / "0").read_bytes() == b"one"


def test_what_has_not_its_root_is_not_written(parts: HeldFolder, tmp_path: Path) -> None:
    part = kept(parts, b"onetwXthree")
    assert part.bad == [FILES[1]]
    assert hidden(tmp_path) == ["part 0", "part 2"]


def test_what_comes_twice_is_written_once_and_after_the_end_not_at_all(
    parts: HeldFolder, tmp_path: Path
) -> None:
    part = kept(parts)
    assert part.keep(0, bytes(part.size), UNKNOWN) is None
    assert not part.bad
    part.close()
    assert hidden(tmp_path) == []
    with pytest.raises(DiskError):
        part.keep(0, b"".join(CONTENTS), UNKNOWN)


def test_a_disk_that_refuses_one_leaves_none(parts: HeldFolder, tmp_path: Path) -> None:
    (tmp_path / PART_FOLDER / "part 1").touch()
    with pytest.raises(DiskError):
        kept(parts)
    assert hidden(tmp_path) == ["part 1"]


def test_what_the_disk_took_in_part_is_said_in_its_words_and_comes_again_whole(
    parts: HeldFolder, tmp_path: Path
) -> None:
    part = BundlePart(parts, FILES)
    was = resource.getrlimit(resource.RLIMIT_FSIZE)
    resource.setrlimit(resource.RLIMIT_FSIZE, (4, was[1]))
    try:
        with pytest.raises(DiskError, match="File too large"):
            part.keep(0, b"Xnetwothree", UNKNOWN)
    finally:
        resource.setrlimit(resource.RLIMIT_FSIZE, was)
    assert hidden(tmp_path) == []
    assert part.keep(0, b"".join(CONTENTS), UNKNOWN) is None
    assert (len(part.kept), part.bad) == (3, [])


def test_what_was_put_in_its_place_meanwhile_is_not_taken_for_it(
    folder: HeldFolder, parts: HeldFolder, tmp_path: Path
) -> None:
    part = kept(parts)
    (tmp_path / "other").write_bytes(b"one")
    (tmp_path / "other").rename(tmp_path / PART_FOLDER / "part 0")
    with pytest.raises(DiskError):
        part.publish_one(part.kept[0], folder, "0")
