import re
from pathlib import Path

import pytest

from desktop.arguments import parse


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
