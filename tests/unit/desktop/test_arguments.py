import re
from pathlib import Path

import pytest
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey

from desktop.arguments import parse
from shared.errors import BadArgument
from shared.facts.ids import GroupId
from shared.invite_link import InviteLink, LinkTracker, invite_link, read
from shared.limits import HANDOVER_BYTES_MAX


def test_with_no_arguments_it_is_the_window_with_its_own_tracker() -> None:
    told = parse([])
    assert (told.console, told.listen, told.tracker_file, told.smoke) == (False, None, None, False)


@pytest.mark.parametrize("front", [[], ["console"]])
def test_address_and_tracker_file_may_each_stand_alone(front: list[str]) -> None:
    both = parse([*front, "127.0.0.1:21500", "tracker_info.txt"])
    assert (both.console, both.listen, both.tracker_file) == (
        front == ["console"],
        ("127.0.0.1", 21500),
        Path("tracker_info.txt"),
    )
    assert parse([*front, "[::1]:0"]).listen == ("::1", 0)
    assert parse([*front, "tracker_info.txt"]).tracker_file == Path("tracker_info.txt")


def test_a_link_may_stand_beside_the_rest_of_a_window() -> None:
    assert parse(["shoal://join/abc"]).link == "shoal://join/abc"
    told = parse(["127.0.0.1:21500", "shoal://join/abc", "tracker_info.txt"])
    assert (told.link, told.tracker_file) == ("shoal://join/abc", Path("tracker_info.txt"))
    assert told.listen == ("127.0.0.1", 21500)


def test_a_link_is_one_line_that_fits_whatever_was_opened() -> None:
    key = Ed25519PrivateKey.generate().public_key().public_bytes_raw()
    trackers = [LinkTracker("192.168.1.5:21001", key)]
    whole = invite_link(trackers, InviteLink(trackers, GroupId(bytes(16)), "film", bytes(16), 1))
    for broken in (whole, f" {whole[:30]}\r\n{whole[30:]}\n"):
        assert parse([broken]).link == whole
    for opened in (whole + "\udcff", whole + "A" * 9000, "shoal:\udce9\n" * 2000, whole + "\u20ac"):
        told = parse([opened])
        assert len(told.link.encode() + b"\n") < HANDOVER_BYTES_MAX
        with pytest.raises(BadArgument):
            read(told.link)
        assert whole not in repr(told)


def test_options_stand_anywhere() -> None:
    told = parse(
        ["console", "--json", "1.2.3.4:5", "--profile", "p", "f", "--download-dir=d", "--log-level", "info"]
    )
    assert told.json
    assert (told.profile, told.download_dir, told.log_level) == (Path("p"), Path("d"), "info")
    assert told.tracker_file == Path("f")


def test_a_file_whose_name_has_a_colon_is_a_file(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    Path("a:1").touch()
    assert parse(["a:1"]).tracker_file == Path("a:1")


@pytest.mark.parametrize(
    "argv",
    [
        ["1.2.3.4:5", "file", "more"],
        ["1.2.3.4:70000"],
        ["1.2.3.4:"],
        [":80"],
        ["a..b:80"],
        ["1.2.3:80"],
        ["--json"],
        ["shoal://join/a", "shoal://join/b"],
        ["console", "shoal://join/a"],
        ["--prof", "x"],
        ["--log-level", "loud"],
    ],
)
def test_what_cannot_be_understood_is_one_line_and_exit_code_2(
    argv: list[str], capsys: pytest.CaptureFixture[str]
) -> None:
    with pytest.raises(SystemExit) as ended:
        parse(argv)
    assert ended.value.code == 2
    assert re.match("shoal( console)?: error: ", capsys.readouterr().err.splitlines()[-1])
