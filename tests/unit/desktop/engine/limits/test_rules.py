"""What was set, and the caps that follow."""

from pathlib import Path

import pytest

from desktop import private_files
from desktop.engine.limits.rules import GroupRules, Rules, cap_of
from desktop.engine.limits.schedule import NORMAL_WEEK, hours_of, marked
from shared.errors import BadArgument
from shared.facts.ids import GroupId
from shared.limits import CAP_KIB_PER_S_MAX, KIB

FILM, MUSIC = GroupId(b"f" * 16), GroupId(b"m" * 16)


def test_nothing_is_capped_unless_it_was_set() -> None:
    caps = Rules().in_force("up", alternative=False)
    assert (caps.whole, caps.groups) == (None, {})
    assert not caps.stops(FILM)


def test_alternative_hours_have_caps_of_their_own_and_groups_keep_theirs() -> None:
    rules = Rules(alternative_up=0).capped("up", 500).capped("up", 7, FILM)
    assert rules.in_force("up", alternative=False) == (500 * KIB, {FILM: 7 * KIB})
    assert rules.in_force("up", alternative=True) == (0, {FILM: 7 * KIB})
    assert rules.in_force("down", alternative=True) == (None, {})


def test_a_cap_of_nothing_stops_its_group_or_all() -> None:
    one = Rules().capped("down", 0, FILM).in_force("down", alternative=False)
    assert (one.stops(FILM), one.stops(MUSIC)) == (True, False)
    assert Rules(down=0).in_force("down", alternative=False).stops(MUSIC)


def test_a_group_whose_last_cap_goes_is_forgotten() -> None:
    rules = Rules().capped("up", 5, FILM).capped("down", 6, FILM).capped("up", 7, MUSIC)
    assert rules.group[0] == GroupRules(gid=FILM.hex(), up=5, down=6)
    assert rules.capped("up", None, FILM).capped("down", None, FILM).group == [
        GroupRules(gid=MUSIC.hex(), up=7)
    ]


def test_rules_survive_their_file(tmp_path: Path) -> None:
    week = marked(NORMAL_WEEK, hours_of("mon-fri", "9-17"), alternative=True)
    rules = Rules(down=3, alternative_up=0, lan_exempt=True, schedule=week).capped("up", 5, FILM)
    private_files.write_toml(tmp_path / "limits.toml", rules)
    assert private_files.read_toml(tmp_path / "limits.toml", Rules) == rules


@pytest.mark.parametrize(
    "text", ["up = -1", "up = 1.5", 'schedule = ["-"]', "[[group]]\ngid = 'x'", "upp = 1"]
)
def test_a_file_that_says_something_else_is_refused_by_its_name(tmp_path: Path, text: str) -> None:
    path = tmp_path / "limits.toml"
    path.write_text(text)
    with pytest.raises(BadArgument, match=r"limits\.toml"):
        private_files.read_toml(path, Rules)


def test_a_cap_is_typed_in_kib_or_as_off() -> None:
    assert (cap_of("500"), cap_of("0"), cap_of("off")) == (500, 0, None)
    for text in ("", "-1", "1.5", "1e3", "none", str(CAP_KIB_PER_S_MAX + 1), "9" * 5000, "٣"):
        with pytest.raises(BadArgument, match="is no rate"):
            cap_of(text)
