"""Invite links, from one prompt to another: whom they let in, where they lead, when they are over."""

from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any, NamedTuple

import pytest

from tests.support.shoal_process import ShoalProcess
from tests.support.tracker import TrackerProcess, free_port
from tests.support.trackers import Trackers

pytestmark = pytest.mark.slow


def test_a_link_leads_somebody_of_another_network_to_the_group_and_its_owner_is_asked(
    tmp_path: Path, mira: ShoalProcess, network: TrackerProcess, name: str
) -> None:
    mira.do("create_group", name)
    made = mira.do("invite", name)
    assert made["reach"] == "computer"  # the trackers of tests are
    with ShoalProcess(tmp_path, None) as bo:
        bo.join("bo at home")
        view = bo.do("read_link", made["link"])
        assert (view["group"], view["network"], view["preapproved"], view["refused"]) == (
            name,
            "new",
            False,
            "",
        )
        (asked,) = bo.do("check_trackers", str(network.info_file))["trackers"]
        assert (asked["address"], asked["state"]) == (view["trackers"][0]["address"], "up")
        bo.do("retry_trackers")
        assert bo.do("serve_tracker")["on"] is False
        assert bo.do("join_link", made["link"]) == {"group": name, "state": "login", "network": "new"}
        assert bo.do("status")["user"] is None
        bo.join("bo")
        mira.event("request", group=name, user="bo")
        mira.do("accept_request", name, "bo")
        bo.event("accepted", group=name)
        assert bo.refused("join_link", made["link"][:-1]) == "bad_argument"
        assert bo.do("join_link", made["link"])["state"] == "joined"
        assert bo.do("use_network", "own") == {"user": None}
        bo.do("login", "bo at home", "long enough")
        assert bo.refused("use_network", str(tmp_path / "none")) == "bad_argument"
    with ShoalProcess(tmp_path, None) as bo:  # back at home, where the link is known now
        bo.do("login", "bo at home", "long enough")
        assert bo.do("join_link", made["link"])["network"] == "known"
        bo.do("login", "bo", "long enough")
        assert name in [group["name"] for group in bo.do("list_groups")["groups"]]


def test_a_new_link_finds_a_tracker_that_moved(tmp_path: Path) -> None:
    with (
        TrackerProcess(tmp_path) as tracker,
        ShoalProcess(tmp_path / "bo", tracker.info_file) as bo,
    ):
        bo.join("bo")
        tracker.stop()
        bo.event("tracker", state="lost")
        pin = tracker.info_file.read_text().split()[1]
        tracker.info_file.write_text(f"127.0.0.1:{free_port()} {pin}\n")
        tracker.start()
        with ShoalProcess(tmp_path / "mira", tracker.info_file) as mira:
            mira.join("mira")
            mira.do("create_group", "film")
            link = mira.do("invite", "film", "--uses", "1")["link"]
            bo.say(f"join_link {link}")
            answer = bo.answer()
            assert answer["ok"] or answer["error"]["code"] == "no_tracker"  # then it is used a moment later
            bo.event("accepted", group="film")


class Sides(NamedTuple):
    """Mira owns the group `film`. She and Bo are at tracker 1, Cem and Dia at tracker 2."""

    trackers: Trackers
    mira: ShoalProcess
    bo: ShoalProcess
    cem: ShoalProcess
    dia: ShoalProcess

    def link(self, *options: str) -> str:
        """Of an invite that both trackers know."""
        made: dict[str, str] = self.mira.do("invite", "film", *options)
        self.trackers.agree()
        return made["link"]

    def used(self) -> list[tuple[int, int]]:
        return [(one["uses"], one["used"]) for one in self.mira.do("list_invites", "film")["invites"]]


@pytest.fixture(scope="module")
def sides(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Sides]:
    folder = tmp_path_factory.mktemp("invites")
    started: list[ShoalProcess] = []
    with Trackers(folder, 2) as trackers:
        for tracker, user in ((1, "mira"), (1, "bo"), (2, "cem"), (2, "dia")):
            started.append(ShoalProcess(folder / user, trackers.info_file(tracker)))
            started[-1].join(user)
        sides = Sides(trackers, *started)
        sides.mira.do("create_group", "film")
        for person in started[1:]:
            person.eventually("list_groups", until=lambda result: result["groups"])
        yield sides
        for shoal in started:
            shoal.stop()


def users(result: dict[str, Any]) -> set[str]:
    return {member["user"] for member in result["members"]}


def leaves(sides: Sides, *people: ShoalProcess) -> None:
    for person in people:
        person.do("leave_group", "film")
    sides.mira.eventually("list_members", "film", until=lambda result: len(result["members"]) == 1)


def test_a_link_lets_in_as_many_as_it_is_for_at_any_tracker_and_no_more(sides: Sides) -> None:
    link = sides.link("--uses", "2")
    for person in (sides.bo, sides.cem):
        assert person.do("join_link", link) == {"group": "film", "state": "joined", "network": "here"}
        person.event("accepted", group="film")
        sides.mira.event("member_came", group="film", user=person.do("status")["user"])
    assert sides.dia.refused("join_link", link) == "invite_over"
    assert sides.used() == [(2, 2)]
    assert sides.bo.refused("invite", "film", "--uses", "1") == "not_owner"
    assert sides.bo.refused("list_invites", "film") == "not_owner"
    leaves(sides, sides.bo, sides.cem)
    assert sides.bo.refused("join_link", link) == "invite_over"


def test_trackers_that_cannot_talk_each_let_in_as_many_and_who_is_in_stays(sides: Sides) -> None:
    link = sides.link("--uses", "1", "--hours", "24")
    with sides.trackers.apart(1):
        assert sides.bo.do("join_link", link)["state"] == "joined"
        assert sides.cem.do("join_link", link)["state"] == "joined"
        unheard = sides.mira.do("invite", "film", "--uses", "1")["link"]
        assert sides.dia.refused("join_link", unheard) == "not_yet"
    sides.trackers.agree()
    for person in (sides.mira, sides.cem):
        person.eventually("list_members", "film", until=lambda result: users(result) == {"mira", "bo", "cem"})
    assert sides.dia.refused("join_link", link) == "invite_over"
    assert sides.dia.do("join_link", unheard)["state"] == "joined"
    sides.trackers.agree()
    assert sides.used() == [(1, 1)]  # the other was taken away with the making of this one
    leaves(sides, sides.bo, sides.cem, sides.dia)


def _revoked(sides: Sides) -> None:
    (one,) = sides.mira.do("list_invites", "film")["invites"]
    assert sides.mira.refused("revoke_invite", "film", "0000000") == "not_found"
    sides.mira.do("revoke_invite", "film", one["id"][:8])
    assert sides.used() == []


def _expired(sides: Sides) -> None:
    people = {"mira": sides.mira, "bo": sides.bo, "cem": sides.cem, "dia": sides.dia}
    for person in people.values():  # else they know by now of the other tracker, and stay there
        person.stop()
    for tracker in sides.trackers.running.values():
        tracker.stop()
        tracker.clock_off_s = 2 * 3600
        tracker.start()
    for user, person in people.items():
        person.start()
        person.do("login", user, "long enough")


def _anothers(sides: Sides) -> None:
    assert sides.bo.do("join_link", sides.link("--uses", "1"))["state"] == "joined"
    sides.mira.eventually("list_members", "film", until=lambda result: "bo" in users(result))
    sides.mira.do("transfer_group", "film", "bo")


@pytest.mark.parametrize("ends", [_revoked, _expired, _anothers])
def test_a_link_that_is_over_lets_nobody_in(sides: Sides, ends: Callable[[Sides], None]) -> None:
    link = sides.link("--uses", "5", "--hours", "1")
    ends(sides)
    sides.trackers.agree()
    assert sides.dia.refused("join_link", link) == "invite_over"
    assert sides.dia.do("list_groups")["groups"][0]["mine"] == "none"
    if ends is _anothers:  # as it was, for the other tests
        sides.bo.do("transfer_group", "film", "mira")
        sides.mira.event("owner", group="film", user="mira")
        leaves(sides, sides.bo)
