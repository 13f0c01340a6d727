"""S18 and S31 to S35 where trackers could not talk: what both sides did stands by one rule, at both alike.

Mira, João and Ada are at one tracker each; Mira is at the other one as well, with another device.
"""

import itertools
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any, NamedTuple

import pytest

from tests.support.shoal_process import ShoalProcess
from tests.support.tracker import run
from tests.support.trackers import Trackers

pytestmark = pytest.mark.slow
_numbers = itertools.count(1)
Result = dict[str, Any]


class Sides(NamedTuple):
    trackers: Trackers
    mira: ShoalProcess
    """At tracker 1."""
    joao: ShoalProcess
    """At tracker 2, as all that follow."""
    ada: ShoalProcess
    mira2: ShoalProcess
    start: Callable[..., ShoalProcess]

    @property
    def everybody(self) -> list[ShoalProcess]:
        return [self.mira, self.joao, self.ada, self.mira2]


@pytest.fixture(scope="module")
def sides(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Sides]:
    folder = tmp_path_factory.mktemp("partitions")
    started: list[ShoalProcess] = []

    with Trackers(folder, 2) as trackers:

        def start(tracker: int) -> ShoalProcess:
            shoal = ShoalProcess(folder / f"shoal{len(started)}", trackers.info_file(tracker))
            started.append(shoal)
            return shoal

        mira, joao, ada, mira2 = start(1), start(2), start(2), start(2)
        mira.join("mira")
        joao.join("joao")
        ada.join("ada")
        mira2.eventually_logs_in("mira")
        yield Sides(trackers, mira, joao, ada, mira2, start)
        for shoal in started:
            shoal.stop()


@pytest.fixture
def group(sides: Sides) -> str:
    """Mira owns it, and nobody else is in it."""
    name = f"group {next(_numbers)}"
    sides.mira.do("create_group", name)
    known(sides, name)
    return name


def known(sides: Sides, group: str) -> None:
    """At the other tracker, too."""
    sides.joao.eventually("list_groups", until=lambda result: group in names(result["groups"]))


def asks(sides: Sides, person: ShoalProcess, group: str) -> None:
    """To be let in, and both of Mira's devices can see that."""
    user = person.do("status")["user"]
    person.do("join_group", group)
    for device in (sides.mira, sides.mira2):
        device.event("request", group=group, user=user)


def let_in(sides: Sides, group: str, *people: ShoalProcess) -> None:
    for person in people:
        asks(sides, person, group)
        sides.mira.do("accept_request", group, person.do("status")["user"])
        person.event("accepted", group=group)
        user = person.do("status")["user"]
        sides.mira2.eventually(
            "list_members", group, until=lambda result, user=user: user in names(result["members"], "user")
        )


def names(listed: list[dict[str, Any]], key: str = "name") -> list[str]:
    return [one[key] for one in listed]


def agree(shoals: list[ShoalProcess], *words: str, on: Callable[[Result], object], to_be: object) -> None:
    for shoal in shoals:
        shoal.eventually(*words, until=lambda result: on(result) == to_be)


def owners(result: Result) -> dict[str, bool]:
    return {member["user"]: member["owner"] for member in result["members"]}


def test_s18_of_two_accounts_of_one_name_the_earlier_keeps_it_and_both_are_told(sides: Sides) -> None:
    one, two = sides.start(1), sides.start(2)
    with sides.trackers.apart(1):
        one.join("zoe", "first password")
        two.join("Zoe", "second password")
        two.do("create_group", "zoe's own")
        one.do("create_user", "yan", "first password")
        two.do("create_user", "yan", "second password")
    changed = two.event("name_changed", kind="user", old="Zoe", rival=False)
    assert changed["new"].startswith("Zoe~")
    assert one.event("name_changed", kind="user", rival=True)["new"] == changed["new"]
    assert two.do("status")["user"] == changed["new"]
    assert one.do("status")["user"] == "zoe"
    for shoal in (one, two):
        listed = shoal.eventually("list_groups", until=lambda result: "zoe's own" in names(result["groups"]))
        assert {g["owner"] for g in listed["groups"] if g["name"] == "zoe's own"} == {changed["new"]}
    for user, password, expected in (
        ("zoe", "first password", "zoe"),
        ("zoe", "second password", changed["new"]),
        (changed["new"], "second password", changed["new"]),
    ):
        two.do("logout")
        two.do("login", user, password)
        assert two.do("status")["user"] == expected
    two.do("logout")
    two.do("login", "yan", "second password")
    assert two.event("name_changed", kind="user", old="yan")["new"] == two.do("status")["user"]
    assert one.refused("create_user", "ZOE", "long enough") == "exists"


def test_s18_of_two_groups_of_one_name_the_earlier_keeps_it_and_members_of_both_are_told(
    sides: Sides, payload: Path
) -> None:
    with sides.trackers.apart(1):
        sides.mira.do("create_group", "twins")
        sides.joao.do("create_group", "Twins")
        sides.joao.do("upload_file", str(payload), "Twins")
    changed = sides.joao.event("name_changed", kind="group", old="Twins", rival=False)
    sides.mira.event("name_changed", kind="group", new=changed["new"], rival=True)
    for shoal in sides.everybody:
        shoal.eventually(
            "list_groups", until=lambda result: {"twins", changed["new"]} <= {*names(result["groups"])}
        )
    assert sides.joao.names(changed["new"]) == [payload.name]
    assert sides.joao.refused("join_group", changed["new"]) == "already_member"
    sides.joao.do("join_group", "twins")
    assert sides.mira.event("request", group="twins")["user"] == "joao"
    sides.mira.do("accept_request", "twins", "joao")
    sides.joao.event("accepted", group="twins")
    assert sides.joao.names("twins") == []
    sides.mira.do("leave_group", "twins")
    sides.joao.do("leave_group", "twins")
    sides.joao.event("name_changed", kind="group", old=changed["new"], new="Twins")


def test_s35_an_owner_leaves_here_and_lets_in_there_and_all_agree_on_one_owner(
    sides: Sides, group: str
) -> None:
    let_in(sides, group, sides.joao)
    asks(sides, sides.ada, group)
    with sides.trackers.apart(1):
        sides.mira.do("leave_group", group)
        sides.mira2.do("accept_request", group, "ada")
    sides.ada.event("accepted", group=group)
    agree([sides.joao, sides.ada], "list_members", group, on=owners, to_be={"joao": True, "ada": False})
    sides.joao.event("owner", group=group, user="joao")
    for device in (sides.mira, sides.mira2):
        assert device.eventually_refuses("list_files", group) == "not_a_member"


def test_s31_both_sides_give_the_group_away_and_the_later_word_stands(sides: Sides, group: str) -> None:
    let_in(sides, group, sides.joao, sides.ada)
    with sides.trackers.apart(1):
        sides.mira.do("transfer_group", group, "joao")
        sides.mira2.do("transfer_group", group, "ada")
    expected = {"mira": False, "joao": False, "ada": True}
    agree(sides.everybody, "list_members", group, on=owners, to_be=expected)
    sides.mira.event("owner", group=group, user="joao")
    sides.mira.event("owner", group=group, user="ada")
    assert sides.joao.refused("list_requests", group) == "not_owner"
    assert sides.ada.do("list_requests", group) == {"requests": []}


def test_s32_the_last_one_leaves_here_while_somebody_is_let_in_there(sides: Sides, group: str) -> None:
    asks(sides, sides.joao, group)
    with sides.trackers.apart(1):
        sides.mira.do("leave_group", group)
        assert group not in names(sides.mira.do("list_groups")["groups"])
        sides.mira2.do("accept_request", group, "joao")
    sides.joao.event("accepted", group=group)
    agree([sides.joao], "list_members", group, on=owners, to_be={"joao": True})
    sides.mira.eventually(
        "list_groups",
        until=lambda result: [g["owner"] for g in result["groups"] if g["name"] == group] == ["joao"],
    )
    sides.joao.do("leave_group", group)
    sides.mira.eventually("list_groups", until=lambda result: group not in names(result["groups"]))
    sides.mira.do("create_group", group)  # the name is free
    known(sides, group)


def test_s34_an_older_request_is_accepted_here_while_it_is_made_anew_there(sides: Sides, group: str) -> None:
    asks(sides, sides.joao, group)
    with sides.trackers.apart(1):
        sides.joao.do("withdraw_request", group)
        sides.joao.do("join_group", group)
        sides.mira.do("accept_request", group, "joao")
    sides.joao.event("accepted", group=group)
    agree(
        [sides.mira, sides.mira2, sides.joao],
        "list_members",
        group,
        on=owners,
        to_be={"mira": True, "joao": False},
    )
    assert sides.mira.do("list_requests", group) == sides.mira2.do("list_requests", group) == {"requests": []}


def test_what_a_removed_member_did_elsewhere_is_not_seen(sides: Sides, group: str, payload: Path) -> None:
    let_in(sides, group, sides.joao, sides.ada)
    with sides.trackers.apart(1):
        sides.mira.do("remove_member", group, "joao")
        sides.joao.do("upload_file", str(payload), group)
        assert sides.joao.names(group) == [payload.name]
    sides.joao.event("removed", group=group)
    agree([sides.mira, sides.ada], "list_members", group, on=owners, to_be={"mira": True, "ada": False})
    for shoal in (sides.mira, sides.ada):
        assert shoal.names(group) == []


def test_two_files_of_one_name_are_both_there_and_nothing_is_overwritten(
    sides: Sides, group: str, tmp_path: Path
) -> None:
    let_in(sides, group, sides.joao, sides.ada)
    one, two = (tmp_path / side / "film.bin" for side in ("one", "two"))
    for path in (one, two):
        path.parent.mkdir()
        path.write_bytes(path.parent.name.encode() * 1000)
    (two.parent / "same.bin").write_bytes(one.read_bytes())
    with sides.trackers.apart(1):
        sides.mira.do("upload_file", str(one), group)
        sides.joao.do("upload_file", str(two), group)
        sides.joao.do("upload_file", str(two.parent / "same.bin"), group)
        sides.joao.event("file_added", group=group, name="film.bin")  # what it is called is known now
    listed = sides.ada.eventually("list_files", group, until=lambda result: len(result["files"]) == 3)
    (marked,) = {*names(listed["files"])} - {"film.bin", "same.bin"}
    sides.joao.event("name_changed", kind="file", old="film.bin", new=marked)
    for name, source in (("film.bin", one), (marked, two), ("same.bin", one)):
        into = tmp_path / "got" / str(name)
        into.mkdir(parents=True)
        id_ = sides.ada.do("download_file", group, str(name), str(into))["id"]
        sides.ada.completes(id_)
        assert next(into.iterdir()).read_bytes() == source.read_bytes()


def test_of_two_changes_of_a_password_the_later_one_stands(sides: Sides) -> None:
    one, two = sides.start(1), sides.start(2)
    one.join("eve", "at first this")
    two.eventually_logs_in("eve", "at first this")
    with sides.trackers.apart(1):
        one.do("change_password", "at first this", "then this one")
        two.do("change_password", "at first this", "in the end this")
    one.do("logout")
    one.eventually_logs_in("eve", "in the end this")
    two.do("logout")
    for password in ("at first this", "then this one"):
        assert one.refused("login", "eve", password) == two.refused("login", "eve", password) == "wrong_login"


def test_who_is_deleted_here_is_gone_whatever_was_done_there(sides: Sides, group: str, payload: Path) -> None:
    one, two = sides.start(1), sides.start(2)
    one.join("bob", "long enough")
    two.eventually_logs_in("bob", "long enough")
    let_in(sides, group, two)
    with sides.trackers.apart(1):
        one.do("delete_user", "long enough")
        two.do("upload_file", str(payload), group)
        two.do("create_group", "bob's")
    agree([sides.mira, sides.mira2], "list_members", group, on=owners, to_be={"mira": True})
    assert sides.mira2.names(group) == []
    sides.mira.eventually("list_groups", until=lambda result: "bob's" not in names(result["groups"]))
    two.event("login_again")
    assert two.refused("login", "bob", "long enough") == "wrong_login"
    one.do("create_user", "bob", "long enough")  # the name is free


def test_both_trackers_came_to_the_same(sides: Sides) -> None:
    """After all the above."""
    sides.mira.do("create_group", "the last")
    sides.trackers.agree()
    digests = [
        run("digest", "--data", str(tracker.data)).stdout.split()[-1]
        for tracker in sides.trackers.running.values()
    ]
    assert digests[0] == digests[1]
    assert len(digests[0]) == 64
