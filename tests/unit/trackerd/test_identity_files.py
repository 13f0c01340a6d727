import os
import stat
from pathlib import Path

import pytest

from shared.errors import BadArgument, Damaged, PinMismatch, ProfileInUse
from shared.tracker_info import format_pin
from shared.trust.identity import raw_public
from trackerd.identity_files import ensure_pin, load_or_make_keys, make_folder, only_one, read_info

KEY, OTHER = bytes(range(32)), bytes(32)
TEXT = "# ours\r\nexample.org:21001  # first\n127.0.0.1:21002"


def mode(path: Path) -> int:
    return stat.S_IMODE(path.stat().st_mode)


@pytest.fixture
def info(tmp_path: Path) -> Path:
    path = tmp_path / "tracker_info.txt"
    path.write_bytes(TEXT.encode())
    return path


@pytest.fixture
def data(tmp_path: Path) -> Path:
    folder = tmp_path / "state" / "data"
    make_folder(folder)
    return folder


@pytest.mark.parametrize("umask", [0o000, 0o077])
def test_keys_are_made_once_and_for_this_user_alone(tmp_path: Path, umask: int) -> None:
    before = os.umask(umask)
    try:
        make_folder(tmp_path / "data")
        keys = load_or_make_keys(tmp_path / "data")
    finally:
        os.umask(before)
    again = load_or_make_keys(tmp_path / "data")
    assert raw_public(again.t) == raw_public(keys.t) != raw_public(keys.d) == raw_public(again.d)
    assert mode(tmp_path / "data") == 0o700
    assert {path.name: mode(path) for path in (tmp_path / "data").iterdir()} == {
        "identity.key": 0o600,
        "devices.key": 0o600,
    }


@pytest.mark.parametrize("name", ["identity.key", "devices.key"])
@pytest.mark.parametrize("too_open", [0o640, 0o604])
def test_keys_that_others_may_read_are_refused(data: Path, name: str, too_open: int) -> None:
    load_or_make_keys(data)
    (data / name).chmod(too_open)
    with pytest.raises(PermissionError, match=name):
        load_or_make_keys(data)


def test_a_folder_that_others_may_enter_is_refused(data: Path) -> None:
    data.chmod(0o755)
    with pytest.raises(PermissionError):
        make_folder(data)


def test_a_damaged_key_is_named(data: Path) -> None:
    load_or_make_keys(data)
    (data / "devices.key").write_bytes(b"")
    with pytest.raises(Damaged, match=r"devices\.key"):
        load_or_make_keys(data)


def test_a_folder_has_one_tracker_at_a_time(data: Path) -> None:
    with only_one(data), pytest.raises(ProfileInUse), only_one(data):
        pass
    with only_one(data):
        pass


def test_the_pin_is_added_to_the_own_line_and_nothing_else_changes(info: Path) -> None:
    info.chmod(0o664)
    ensure_pin(info, 1, KEY)
    assert info.read_bytes() == TEXT.replace(":21001", f":21001 {format_pin(KEY)}").encode()
    assert mode(info) == 0o664
    before = info.stat().st_ino
    ensure_pin(info, 1, KEY)
    assert info.stat().st_ino == before, "written only where it is missing"
    assert [path.name for path in info.parent.iterdir()] == [info.name]


def test_two_trackers_add_their_pins_to_one_file(info: Path) -> None:
    ensure_pin(info, 1, KEY)
    both = ensure_pin(info, 2, OTHER)
    assert [line and line.pin for line in both.info.lines] == [KEY, OTHER]


def test_another_key_on_the_own_line_is_refused_with_both_remedies(info: Path) -> None:
    ensure_pin(info, 1, KEY)
    with pytest.raises(PinMismatch, match=r"--data folder.*put that pin"):
        ensure_pin(info, 1, OTHER)


def test_a_key_that_stands_in_another_trackers_line_is_not_written_into_this_one(info: Path) -> None:
    ensure_pin(info, 1, KEY)
    before = info.read_text()
    with pytest.raises(PinMismatch, match="tracker 1"):
        ensure_pin(info, 2, KEY)
    assert info.read_text() == before


def test_a_file_that_may_not_be_written_stays_as_it_is(info: Path) -> None:
    info.chmod(0o444)
    assert [line and line.pin for line in ensure_pin(info, 1, KEY).info.lines] == [None, None]
    assert info.read_bytes() == TEXT.encode()


def test_a_link_to_the_file_stays_a_link(info: Path, tmp_path: Path) -> None:
    (tmp_path / "elsewhere").mkdir()
    link = tmp_path / "elsewhere" / "link.txt"
    link.symlink_to(info)
    ensure_pin(link, 1, KEY)
    assert link.is_symlink()
    assert format_pin(KEY) in info.read_text()


def test_pins_that_everybody_may_rewrite_prove_nothing(info: Path) -> None:
    info.chmod(0o666)
    read_info(info, 1)
    with pytest.raises(PermissionError, match="chmod"):
        ensure_pin(info, 1, KEY)
    assert info.read_bytes() == TEXT.encode(), "and are not written"
    info.write_text(f"127.0.0.1:1 {format_pin(KEY)}\n")
    info.chmod(0o666)
    with pytest.raises(PermissionError, match="chmod"):
        read_info(info, 1)


@pytest.mark.root
def test_pins_of_another_users_file_prove_nothing(info: Path) -> None:
    if os.geteuid() != 0:
        pytest.skip("only root gives files away")
    info.write_text(f"127.0.0.1:1 {format_pin(KEY)}\n")
    os.chown(info, 65534, 65534)
    with pytest.raises(PermissionError, match="chown"):
        read_info(info, 1)


@pytest.mark.parametrize(("text", "named"), [(b"\xff", "UTF-8"), (b"x", "line 1"), (b"", "no tracker")])
def test_a_malformed_file_is_named_with_its_line(info: Path, text: bytes, named: str) -> None:
    info.write_bytes(text)
    with pytest.raises(BadArgument, match=rf"tracker_info.txt.*{named}"):
        read_info(info, 1)


@pytest.mark.parametrize(("text", "number"), [(TEXT, 3), ("-\n127.0.0.1:1", 1)])
def test_a_number_without_a_line_is_refused(info: Path, text: str, number: int) -> None:
    info.write_text(text)
    with pytest.raises(BadArgument, match=f"{number}"):
        ensure_pin(info, number, KEY)
