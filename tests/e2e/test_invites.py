"""Invite links, from one prompt to another: whom they let in, where they lead, when they are over."""

from pathlib import Path

import pytest

from tests.support.shoal_process import ShoalProcess
from tests.support.tracker import TrackerProcess

pytestmark = pytest.mark.slow


def test_a_link_leads_somebody_of_another_network_to_the_group_and_its_owner_is_asked(
    tmp_path: Path, mira: ShoalProcess, network: TrackerProcess, name: str
) -> None:
    mira.do("create_group", name)
    made = mira.do("invite", name)
    assert made["reach"] == "computer"  # the trackers of tests are
    with ShoalProcess(tmp_path, None) as bo:
        bo.join("bo at home")
        assert bo.do("join_link", made["link"]) == {"group": name, "state": "login", "network": "new"}
        assert bo.do("status")["user"] is None
        bo.join("bo")
        mira.event("request", group=name, user="bo")
        mira.do("accept_request", name, "bo")
        bo.event("accepted", group=name)
        assert bo.refused("join_link", made["link"][:-1]) == "bad_argument"
        assert bo.do("join_link", made["link"])["state"] == "joined"
    with ShoalProcess(tmp_path, None) as bo:  # back at home, where the link is known now
        bo.do("login", "bo at home", "long enough")
        assert bo.do("join_link", made["link"])["network"] == "known"
        bo.do("login", "bo", "long enough")
        assert name in [group["name"] for group in bo.do("list_groups")["groups"]]
