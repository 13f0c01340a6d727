"""S25 to S35 of the source system's promises: groups, as far as one tracker goes."""

from pathlib import Path

import pytest

from tests.e2e.conftest import StartShoal
from tests.support.shoal_process import RefusedAnswer, ShoalProcess, founded

pytestmark = pytest.mark.slow


def members(shoal: ShoalProcess, group: str) -> dict[str, bool]:
    """Who is in, and whether they own it."""
    return {member["user"]: member["owner"] for member in shoal.do("list_members", group)["members"]}


def requesters(shoal: ShoalProcess, group: str) -> list[str]:
    return [request["user"] for request in shoal.do("list_requests", group)["requests"]]


def mine(shoal: ShoalProcess, group: str) -> str | None:
    listed = {group["name"]: group["mine"] for group in shoal.do("list_groups")["groups"]}
    return listed.get(group)


def test_s25_who_creates_a_group_owns_it_and_is_in_it(
    mira: ShoalProcess, joao: ShoalProcess, name: str
) -> None:
    mira.do("create_group", name)
    assert members(mira, name) == {"mira": True}
    assert mine(mira, name) == "owner"
    assert mine(joao, name) == "none"
    for shoal in (mira, joao):
        with pytest.raises(RefusedAnswer, match="already exists") as refused:
            shoal.do("create_group", name)
        assert refused.value.code == "exists"


def test_s26_joining_is_one_pending_request(mira: ShoalProcess, joao: ShoalProcess, name: str) -> None:
    assert joao.refused("join_group", name) == "not_found"
    mira.do("create_group", name)
    joao.do("join_group", name)
    joao.do("join_group", name)
    assert mira.event("request", group=name)["user"] == "joao"
    assert requesters(mira, name) == ["joao"]
    assert mine(joao, name) == "pending"
    assert mira.refused("join_group", name) == "already_member"


def test_s27_only_the_owner_sees_requests(
    mira: ShoalProcess, joao: ShoalProcess, ada: ShoalProcess, group: str
) -> None:
    assert requesters(mira, group) == []
    ada.do("join_group", group)
    assert requesters(mira, group) == ["ada"]
    for shoal in (joao, ada):
        with pytest.raises(RefusedAnswer) as refused:
            shoal.do("list_requests", group)
        assert refused.value.code in ("not_owner", "not_a_member")
    assert mira.refused("list_requests", group + " nowhere") == "not_found"


def test_s28_only_a_pending_request_is_accepted_and_only_by_the_owner(
    mira: ShoalProcess, joao: ShoalProcess, ada: ShoalProcess, group: str
) -> None:
    assert mira.refused("accept_request", group, "ada") == "no_pending"
    ada.do("join_group", group)
    assert joao.refused("accept_request", group, "ada") == "not_owner"
    mira.do("accept_request", group, "ada")
    ada.event("accepted", group=group)
    assert members(ada, group) == {"mira": True, "joao": False, "ada": False}
    assert requesters(mira, group) == []
    assert mira.refused("accept_request", group, "ada") in ("no_pending", "already_member")


def test_s28_a_request_can_be_rejected_or_withdrawn(
    mira: ShoalProcess, ada: ShoalProcess, group: str
) -> None:
    ada.do("join_group", group)
    mira.do("reject_request", group, "ada")
    ada.event("rejected", group=group)
    assert requesters(mira, group) == []
    assert mira.refused("accept_request", group, "ada") == "no_pending"
    ada.do("join_group", group)
    assert requesters(mira, group) == ["ada"]
    ada.do("withdraw_request", group)
    assert requesters(mira, group) == []
    assert ada.refused("withdraw_request", group) == "no_pending"


def test_s29_everybody_sees_the_names_of_all_groups(ada: ShoalProcess, group: str) -> None:
    assert mine(ada, group) == "none"


def test_everybody_sees_what_others_did(
    mira: ShoalProcess, joao: ShoalProcess, group: str, tmp_path: Path
) -> None:
    (tmp_path / "rushes").mkdir()
    for name in ("one", "two"):
        (tmp_path / "rushes" / name).write_text(name)
    mira.do("upload_file", str(tmp_path / "rushes"), group)
    joao.eventually("activity", group, until=lambda told: told["activity"][0]["what"] == "shared")
    started = joao.do("download_file", group, "rushes/one", str(tmp_path / "one"))
    joao.completes(started["id"])
    seen = mira.eventually("activity", group, until=lambda told: told["activity"][0]["what"] == "fetched")
    assert [(act["what"], act["user"], act["name"], act["files"]) for act in seen["activity"]] == [
        ("fetched", "joao", "rushes/one", 1),
        ("shared", "mira", "rushes/", 2),
        ("joined", "joao", "", 0),
        ("created", "mira", "", 0),
    ]


def test_s30_who_left_sees_nothing_more(mira: ShoalProcess, joao: ShoalProcess, group: str) -> None:
    assert joao.do("leave_group", group) == {"new_owner": None}
    for words in (
        ("list_files", group),
        ("list_members", group),
        ("activity", group),
        ("leave_group", group),
    ):
        assert joao.refused(*words) == "not_a_member"
    mira.eventually("list_members", group, until=lambda result: len(result["members"]) == 1)


def test_s31_when_the_owner_leaves_the_oldest_member_owns(
    mira: ShoalProcess, joao: ShoalProcess, ada: ShoalProcess, group: str, start_shoal: StartShoal
) -> None:
    ada.do("join_group", group)
    mira.do("accept_request", group, "ada")
    late = start_shoal(group)
    late.do("join_group", group)
    assert mira.do("leave_group", group) == {"new_owner": "joao"}
    joao.event("owner", group=group, user="joao")
    assert requesters(joao, group) == [group]
    joao.do("accept_request", group, group)
    ada.eventually("list_members", group, until=lambda result: len(result["members"]) == 3)
    assert members(ada, group) == {"joao": True, "ada": False, group: False}


def test_s32_when_the_last_member_leaves_the_group_ends_and_its_name_is_free(
    mira: ShoalProcess, joao: ShoalProcess, ada: ShoalProcess, name: str, payload: object
) -> None:
    founded(mira, name, (joao, "joao"))
    mira.do("upload_file", str(payload), name)
    ada.do("join_group", name)
    joao.do("leave_group", name)
    assert mira.do("leave_group", name) == {"new_owner": None}
    assert mine(mira, name) is None
    ada.do("create_group", name)
    assert members(ada, name) == {"ada": True}
    assert ada.do("list_files", name) == {"files": []}
    assert requesters(ada, name) == []


def test_s33_who_comes_back_shares_again_after_acceptance_and_not_before(
    mira: ShoalProcess, joao: ShoalProcess, group: str, payload: object
) -> None:
    joao.do("upload_file", str(payload), group)
    mira.eventually("list_files", group, until=lambda result: result["files"])
    joao.do("leave_group", group)
    mira.eventually("list_files", group, until=lambda result: not result["files"])
    joao.do("join_group", group)
    assert mira.names(group) == []
    mira.do("accept_request", group, "joao")
    mira.eventually("list_files", group, until=lambda result: [f["online"] for f in result["files"]] == [1])


def test_s34_the_request_of_who_is_in_already_is_not_there(
    mira: ShoalProcess, joao: ShoalProcess, group: str
) -> None:
    assert requesters(mira, group) == []
    joao.do("leave_group", group)
    joao.do("join_group", group)
    assert requesters(mira, group) == ["joao"]


def test_an_owner_can_put_a_member_out_and_hand_the_group_on(
    mira: ShoalProcess, joao: ShoalProcess, ada: ShoalProcess, group: str
) -> None:
    ada.do("join_group", group)
    mira.do("accept_request", group, "ada")
    ada.event("accepted", group=group)
    assert joao.refused("remove_member", group, "ada") == "not_owner"
    mira.do("remove_member", group, "ada")
    ada.event("removed", group=group)
    assert ada.refused("list_files", group) == "not_a_member"
    mira.do("transfer_group", group, "joao")
    assert members(mira, group) == {"mira": False, "joao": True}
    assert mira.refused("remove_member", group, "joao") == "not_owner"
