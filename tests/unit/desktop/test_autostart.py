"""The entry that makes the system start Shoal: there or not, and right for any path."""

import configparser
import re
from pathlib import Path

import pytest

from desktop.autostart import Autostart


@pytest.mark.parametrize("on", [True, False])
def test_it_is_on_after_it_was_turned_on(tmp_path: Path, on: bool) -> None:
    autostart = Autostart(tmp_path / "profile", tmp_path / "autostart")
    for wanted in (True, True, on, on):
        autostart.turn(on=wanted)
    assert autostart.is_on == on


def test_a_profile_of_any_name_is_one_word_of_the_command(tmp_path: Path) -> None:
    profile = tmp_path / 'a "b" $c `d` 100% e\\f'
    Autostart(profile, tmp_path).turn(on=True)
    (file,) = tmp_path.glob("*.desktop")
    entry = configparser.RawConfigParser()
    entry.read(file)
    command = entry["Desktop Entry"]["Exec"].replace("\\\\", "\\")
    words = [re.sub(r"\\(.)", r"\1", word) for word in re.findall(r'"((?:[^"\\]|\\.)*)"', command)]
    assert [word.replace("%%", "%") for word in words[-3:]] == ["--hidden", "--profile", str(profile)]
