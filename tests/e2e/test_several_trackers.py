"""S3, S4, S5, S10, S13 and S14 of the source system's promises, with several trackers."""

import os
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest

from tests.support.shoal_process import ShoalProcess
from tests.support.tracker import run
from tests.support.trackers import Trackers

pytestmark = pytest.mark.slow
PIECE = 524_288
Start = Callable[..., ShoalProcess]


@pytest.fixture
def start(tmp_path: Path) -> Iterator[Start]:
    """A prompt that tries these trackers in this order, with a user who is registered and logged in."""
    started: list[ShoalProcess] = []

    def prompt(trackers: Trackers, user: str, *order: int) -> ShoalProcess:
        shoal = ShoalProcess(tmp_path / user, trackers.info_file(*order))
        started.append(shoal)
        shoal.join(user)
        return shoal

    yield prompt
    for shoal in started:
        if shoal.process.poll() is None:
            shoal.stop()


def groups(shoal: ShoalProcess) -> dict[str, str]:
    listed = shoal.do("list_groups")["groups"]
    found = {group["name"]: group["mine"] for group in listed}
    assert len(found) == len(listed)
    return found


def has(name: str, key: str = "groups") -> Callable[[dict[str, Any]], bool]:
    return lambda result: name in [one["name"] for one in result[key]]


def befriend(owner: ShoalProcess, group: str, member: ShoalProcess, user: str) -> None:
    """At whatever trackers the two are."""
    owner.do("create_group", group)
    member.eventually("list_groups", until=has(group))
    member.do("join_group", group)
    owner.event("request", group=group, user=user)
    owner.do("accept_request", group, user)
    member.event("accepted", group=group)


def test_s3_a_tracker_that_starts_has_what_the_others_have_before_it_answers(
    tmp_path: Path, start: Start
) -> None:
    with Trackers(tmp_path, 2, started=1) as trackers:
        mira = start(trackers, "mira", 1)
        mira.do("create_group", "films")
        trackers.start(2)
        joao = start(trackers, "joao", 2)
        assert joao.refused("create_user", "Mira", "long enough") == "exists"
        assert groups(joao) == {"films": "none"}
        joao.events.clear()
        trackers.running[2].kill()
        mira.do("create_group", "music")
        trackers.running[1].kill()
        trackers.start(2)  # alone, with what it had
        joao.event("tracker", state="connected")
        assert groups(joao) == {"films": "none"}
        trackers.start(1)
        joao.eventually("list_groups", until=has("music"))


def test_s4_what_changes_at_one_tracker_is_seen_at_every_other(
    tmp_path: Path, start: Start, payload: Path
) -> None:
    with Trackers(tmp_path, 3) as trackers:
        mira, joao, ada = (start(trackers, user, at) for at, user in enumerate(("mira", "joao", "ada"), 1))
        befriend(mira, "films", joao, "joao")
        ada.eventually("list_groups", until=lambda result: [g["members"] for g in result["groups"]] == [2])
        ada.do("join_group", "films")
        mira.event("request", group="films", user="ada")
        mira.do("transfer_group", "films", "joao")
        joao.event("owner", group="films", user="joao")
        assert [one["user"] for one in joao.do("list_requests", "films")["requests"]] == ["ada"]
        joao.do("accept_request", "films", "ada")
        ada.event("accepted", group="films")
        everybody = [
            {"user": name, "owner": name == "joao", "online": True} for name in ("mira", "joao", "ada")
        ]
        for shoal in (mira, joao, ada):
            shoal.eventually("list_members", "films", until=lambda result: result["members"] == everybody)

        mira.do("upload_file", str(payload), "films")
        for shoal in (joao, ada):
            shoal.event("file_added", group="films", name=payload.name, user="mira")
            shoal.eventually("list_files", "films", until=lambda result: result["files"][0]["online"] == 1)
        into = str(ada.downloads) + "/"
        assert ada.do("download_file", "films", payload.name, into) == {"id": 1, "online": 1}
        ada.completes(1)
        joao.eventually("list_files", "films", until=lambda result: result["files"][0]["online"] == 2)
        mira.do("stop_share", "films", payload.name)
        joao.eventually("list_files", "films", until=lambda result: result["files"][0]["sharers"] == 1)
        ada.do("logout")
        joao.eventually("list_files", "films", until=lambda result: result["files"][0]["online"] == 0)

        joao.do("remove_member", "films", "mira")
        mira.event("removed", group="films")
        joao.do("leave_group", "films")
        ada.do("login", "ada", "long enough")
        ada.eventually("list_groups", until=lambda result: [g["owner"] for g in result["groups"]] == ["ada"])


def test_s5_each_tracker_alone_is_enough_and_after_that_all_agree(
    tmp_path: Path, start: Start, payload: Path
) -> None:
    with Trackers(tmp_path, 3) as trackers:
        people = {user: start(trackers, user, at) for at, user in enumerate(("mira", "joao", "ada"), 1)}
        assert groups(people["ada"]) == {}
        with trackers.apart(1), trackers.apart(2):
            for user, shoal in people.items():
                shoal.do("create_group", f"{user}'s")
                shoal.do("upload_file", str(payload), f"{user}'s")
                assert groups(shoal) == {f"{user}'s": "owner"}
        for shoal in people.values():
            shoal.eventually("list_groups", until=lambda result: len(result["groups"]) == 3)
        mira, joao = people["mira"], people["joao"]
        joao.do("join_group", "mira's")
        mira.event("request", user="joao")
        mira.do("accept_request", "mira's", "joao")
        joao.event("accepted")
        assert joao.names("mira's") == [payload.name]
        people["ada"].eventually(
            "list_groups", until=lambda result: 2 in [group["members"] for group in result["groups"]]
        )
        trackers.agree()


def test_s10_a_backup_restored_beside_a_tracker_that_lives_catches_up_and_revives_nothing(
    tmp_path: Path, start: Start, payload: Path
) -> None:
    backup = tmp_path / "backup"
    with Trackers(tmp_path, 2) as trackers:
        mira, joao = start(trackers, "mira", 1, 2), start(trackers, "joao", 2, 1)
        befriend(mira, "films", joao, "joao")
        mira.do("upload_file", str(payload), "films")
        data = trackers.running[1].data
        assert run("backup", "--data", data, "--out", backup).returncode == 0
        mira.do("stop_share", "films", payload.name)
        mira.do("remove_member", "films", "joao")
        joao.event("removed", group="films")
        mira.do("create_group", "later")
        trackers.running[1].stop()
        mira.event("tracker", state="connected", number=2)
        restored = run("restore", "--data", data, "--from", backup)
        assert restored.returncode == 0, restored
        trackers.start(1)
        ada = start(trackers, "ada", 1)
        assert groups(ada) == {"films": "none", "later": "none"}
        ada.eventually("list_groups", until=lambda result: {1} == {g["members"] for g in result["groups"]})
        mira.events.clear()
        trackers.running[2].stop()
        mira.event("tracker", state="connected", number=1)
        joao.event("tracker", state="connected", number=1)
        assert mira.names("films") == []
        assert joao.refused("list_files", "films") == "not_a_member"
        assert groups(mira) == {"films": "owner", "later": "owner"}


def test_s13_clients_of_a_tracker_that_dies_go_on_at_the_next_and_nothing_is_done_twice(
    tmp_path: Path, start: Start
) -> None:
    with Trackers(tmp_path, 2) as trackers:
        mira = start(trackers, "mira", 1, 2)
        made: list[str] = []
        for turn in range(4):
            dying = 1 + turn % 2
            for _ in range(3):
                made.append(f"group {len(made)}")
                mira.say(f"create_group 'group {len(made) - 1}'")  # some are under way
            trackers.running[dying].kill()
            assert [mira.answer()["ok"] for _ in range(3)] == [True] * 3
            trackers.start(dying)
        assert groups(mira) == dict.fromkeys(made, "owner")
        assert {event["event"] for event in mira.events} == {"ready", "tracker"}, "no password, no word more"
        trackers.agree()


def test_s13_a_tracker_that_stops_sends_its_clients_away_first(tmp_path: Path, start: Start) -> None:
    with Trackers(tmp_path, 2) as trackers:
        mira = start(trackers, "mira", 1, 2)
        for number in range(30):
            mira.say(f"create_group 'group {number}'")
        trackers.running[1].say("quit")
        assert [mira.answer()["ok"] for _ in range(30)] == [True] * 30
        mira.event("tracker", number=2, state="connected")
        states = [event["state"] for event in mira.events if event["event"] == "tracker"]
        assert states == ["connected", "drain", "connected"]
        assert trackers.running[1].wait() == 0
        assert len(groups(mira)) == 30


def test_s14_transfers_go_on_while_their_trackers_die_and_new_sources_are_found_after(
    tmp_path: Path, start: Start
) -> None:
    source = tmp_path / "big.bin"
    source.write_bytes(os.urandom(48 * PIECE))
    with Trackers(tmp_path, 2) as trackers:
        mira, joao, ada = (
            start(trackers, "mira", 1, 2),
            start(trackers, "joao", 2, 1),
            start(trackers, "ada", 1, 2),
        )
        befriend(mira, "films", joao, "joao")
        ada.do("join_group", "films")
        mira.event("request", group="films", user="ada")
        mira.do("accept_request", "films", "ada")
        mira.do("upload_file", str(source), "films")
        joao.eventually("list_files", "films", until=has("big.bin", "files"))
        joao.do("limit", "down", "1000")
        joao.do("download_file", "films", "big.bin", str(joao.downloads))
        trackers.running[2].kill()
        joao.event("tracker", state="connected", number=1)
        trackers.running[1].kill()
        joao.event("tracker", state="lost", number=1)
        received = joao.do("status")["received"]
        joao.eventually("status", until=lambda status: status["received"] > received)
        joao.do("limit", "down", "off")
        joao.completes(1)
        assert (joao.downloads / "big.bin").read_bytes() == source.read_bytes()
        trackers.start(2)
        ada.event("tracker", state="connected", number=2)
        # Both declare again, each when it is there.
        ada.eventually("list_files", "films", until=lambda r: [f["online"] for f in r["files"]] == [2])
