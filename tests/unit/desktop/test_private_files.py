import os
from pathlib import Path

import msgspec
import pytest
from hypothesis import given
from hypothesis import strategies as st

from desktop import private_files
from shared.errors import BadArgument
from tests.support.quick_folder import quick_folder


class Item(msgspec.Struct, frozen=True):
    key: bytes
    names: list[str] = []


class Kept(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    text: str
    flag: bool
    place: Path | None = None
    pair: tuple[str, int] | None = None
    item: list[Item] = []


texts = st.text(st.characters(exclude_categories=["Cs"]))
items = st.builds(Item, key=st.binary(), names=st.lists(texts))
kept = st.builds(
    Kept,
    text=texts,
    flag=st.booleans(),
    place=st.none() | st.just(Path("/a b/ü")),
    pair=st.none() | st.tuples(texts, st.integers(0, 65535)),
    item=st.lists(items),
)


@given(kept)
def test_what_is_written_is_read(value: Kept) -> None:
    with quick_folder() as folder:
        private_files.write_toml(folder / "kept.toml", value)
        assert private_files.read_toml(folder / "kept.toml", Kept) == value


def test_a_path_that_is_no_utf8_survives(tmp_path: Path) -> None:
    value = Kept("", flag=False, place=Path(os.fsdecode(b"/\xff/a")))
    private_files.write_toml(tmp_path / "kept.toml", value)
    assert private_files.read_toml(tmp_path / "kept.toml", Kept) == value


def test_where_there_is_no_file_there_is_nothing(tmp_path: Path) -> None:
    assert private_files.read_toml(tmp_path / "none.toml", Kept) is None


@pytest.mark.parametrize(
    ("text", "named"),
    [("text = 1\nflag = true", "text"), ("text = ''", "flag"), ("colour = 1", "colour"), ("=", "line 1")],
)
def test_what_is_wrong_is_named(tmp_path: Path, text: str, named: str) -> None:
    (tmp_path / "kept.toml").write_text(text)
    with pytest.raises(BadArgument, match=named) as wrong:
        private_files.read_toml(tmp_path / "kept.toml", Kept)
    assert "kept.toml" in str(wrong.value)


def test_files_and_folders_are_for_their_owner_alone(tmp_path: Path) -> None:
    before = os.umask(0)
    try:
        folder = private_files.make_folder(tmp_path / "a" / "b")
        private_files.replace(folder / "file", b"1")
    finally:
        os.umask(before)
    assert folder.stat().st_mode & 0o777 == 0o700
    assert (folder / "file").stat().st_mode & 0o777 == 0o600
    assert private_files.is_private(folder / "file")
    (folder / "file").chmod(0o640)
    assert not private_files.is_private(folder / "file")


def test_what_a_crash_left_is_no_obstacle_and_a_link_is_not_followed(tmp_path: Path) -> None:
    (tmp_path / "elsewhere").write_bytes(b"kept")
    (tmp_path / "file.new").symlink_to(tmp_path / "elsewhere")
    private_files.replace(tmp_path / "file", b"new")
    assert (tmp_path / "file").read_bytes() == b"new"
    assert (tmp_path / "elsewhere").read_bytes() == b"kept"
