"""Caps of rates at real prompts. Nothing is timed, but what takes minutes is not over at once."""

import os
from pathlib import Path
from typing import Any

import pytest

from tests.e2e.conftest import StartShoal
from tests.support.shoal_process import ShoalProcess, founded

pytestmark = pytest.mark.slow
MIB = 1 << 20
NORMAL_DAY, OFFICE_DAY = "-" * 24, "-" * 9 + "a" * 8 + "-" * 7


@pytest.fixture
def film(tmp_path: Path) -> Path:
    path = tmp_path / "film.bin"
    path.write_bytes(os.urandom(24 * MIB))
    return path


@pytest.fixture
def pair(start_shoal: StartShoal, name: str, film: Path) -> tuple[ShoalProcess, ShoalProcess]:
    """One who shares the film, and one who wants it."""
    seeder, taker = start_shoal(name), start_shoal(f"{name} taker")
    founded(seeder, name, (taker, f"{name} taker"))
    seeder.do("upload_file", str(film), name)
    taker.eventually("list_files", name, until=lambda r: r["files"])
    return seeder, taker


@pytest.mark.parametrize(
    ("who", "words"),
    [(0, ["up", "200"]), (0, ["up", "200", "GROUP"]), (1, ["down", "200"]), (1, ["down", "200", "GROUP"])],
)
def test_a_cap_holds_a_transfer_that_runs_back_and_its_end_lets_it_go(
    pair: tuple[ShoalProcess, ShoalProcess], name: str, film: Path, who: int, words: list[str]
) -> None:
    taker = pair[1]
    direction, cap, *group = [name if word == "GROUP" else word for word in words]
    pair[who].do("limit", direction, "1000", *group)
    id_ = str(taker.do("download_file", name, "film.bin", str(taker.downloads))["id"])
    taker.eventually("status", until=lambda status: status["received"])
    pair[who].do("limit", direction, cap, *group)
    assert taker.refused("wait", id_, "1") == "timeout"
    received = taker.do("status")["received"]
    assert received < 12 * MIB
    taker.eventually("status", until=lambda status: status["received"] > received)
    pair[who].do("limit", direction, "off", *group)
    taker.completes(int(id_))
    assert (taker.downloads / "film.bin").read_bytes() == film.read_bytes()


def test_who_is_held_back_by_a_cap_is_shown(
    pair: tuple[ShoalProcess, ShoalProcess], name: str, film: Path
) -> None:
    seeder, taker = pair
    taker.do("limit", "down", "300")
    taker.do("download_file", name, "film.bin", f"{taker.downloads}/")

    def is_held(shown: dict[str, Any]) -> bool:
        (view,) = shown["downloads"]
        return [peer["state"] for peer in view["peers"]] == ["held"] and view["peers"][0]["given"] > 0

    (view,) = taker.eventually("show_downloads", "-v", until=is_held)["downloads"]
    assert view["peers"][0]["user"] == name
    assert view["peers"][0]["in_flight"] > 0
    (pieces,) = view["pieces"]
    assert (pieces["name"], pieces["cell"]) == ("film.bin", 1)
    assert sum(cells for cells, _ in pieces["runs"]) == 48
    assert {user for _, user in pieces["runs"]} == {name, None}
    taker.eventually("status", "-v", until=lambda status: status["links"][0]["held_down"])
    (link,) = seeder.do("status", "-v")["links"]
    assert not link["held_up"]
    assert link["asks"] == 1


def test_what_is_stopped_stands_still_and_goes_on_without_a_new_link(
    pair: tuple[ShoalProcess, ShoalProcess], name: str, film: Path
) -> None:
    _, taker = pair
    taker.do("limit", "down", "2000")
    id_ = str(taker.do("download_file", name, "film.bin", str(taker.downloads))["id"])
    taker.eventually("status", until=lambda status: status["received"])
    taker.do("limit", "down", "0")
    assert taker.refused("wait", id_, "1") == "timeout"
    received = taker.do("status")["received"]
    assert taker.refused("wait", id_, "1") == "timeout"
    assert taker.do("status")["received"] == received
    taker.do("limit", "down", "off")
    taker.completes(int(id_))
    assert (taker.downloads / "film.bin").read_bytes() == film.read_bytes()


def test_what_is_set_is_shown_and_is_there_after_a_restart(start_shoal: StartShoal, name: str) -> None:
    shoal = start_shoal(name)
    founded(shoal, name)
    assert shoal.do("limit") == {
        "up": None, "down": None, "alternative_up": None, "alternative_down": None, "lan_exempt": False,
        "schedule": [NORMAL_DAY] * 7, "alternative_now": False, "groups": [],
    }  # fmt: skip
    shoal.do("limit", "up", "500")
    shoal.do("limit", "down", "30", name)
    shoal.do("limit_alternative", "down", "0")
    shoal.do("limit_schedule", "mon-fri", "9-17")
    shoal.do("limit_schedule", "wed", "9-17", "normal")
    shoal.do("limit_lan", "on")
    office = OFFICE_DAY
    week = [office, office, NORMAL_DAY, office, office, NORMAL_DAY, NORMAL_DAY]
    shoal.kill()
    shoal.start()
    assert shoal.do("limit")["groups"] == []  # nobody is logged in
    shoal.do("login", name, "long enough")
    shown = shoal.do("limit")
    assert (shown["up"], shown["down"], shown["alternative_down"]) == (500, None, 0)
    assert (shown["lan_exempt"], shown["schedule"]) == (True, week)
    assert shown["groups"] == [{"group": name, "up": None, "down": 30}]
    shoal.do("limit_schedule", "daily", "0-24")
    assert shoal.do("status")["limits"] == {"up": None, "down": 0, "alternative_now": True}
    shoal.do("limit_schedule", "off")
    shoal.do("limit", "down", "off", name)
    assert shoal.do("status")["limits"] == {"up": 500, "down": None, "alternative_now": False}
    assert shoal.do("limit")["groups"] == []


def test_two_words_are_as_good_as_one(start_shoal: StartShoal) -> None:
    shoal = start_shoal()
    for line, command in [("limit lan on", "limit_lan"), ("limit schedule mon 9-17", "limit_schedule"),
                          ("limit alternative up 7", "limit_alternative")]:  # fmt: skip
        shoal.say(line)
        assert shoal.answer() == {"ok": True, "command": command, "result": {}}
    assert (shoal.do("limit")["alternative_up"], shoal.do("limit")["lan_exempt"]) == (7, True)


def test_what_makes_no_sense_is_refused_and_changes_nothing(
    mira: ShoalProcess, start_shoal: StartShoal
) -> None:
    before = mira.do("limit")
    for words in (
        ["limit", "sideways", "5"], ["limit", "up", "fast"], ["limit", "up", "-1"], ["limit_lan", "maybe"],
        ["limit_alternative", "up", "1.5"], ["limit_schedule", "someday", "9-17"],
        ["limit_schedule", "mon", "9"],
    ):  # fmt: skip
        assert mira.refused(*words) == "bad_argument", words
    for words in (["limit", "up"], ["limit_schedule", "mon"], ["limit_schedule", "mon", "9-17", "perhaps"]):
        assert mira.refused(*words) == "usage", words
    assert mira.refused("limit", "up", "5", "no such group") == "not_found"
    assert start_shoal().refused("limit", "up", "5", "film") == "not_logged_in"
    assert mira.do("limit") == before
