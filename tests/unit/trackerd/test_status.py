import random

from shared.facts.replica import new_log
from shared.facts.rows import Kind
from trackerd.counts import Rates
from trackerd.mesh.other import LinkState
from trackerd.status import Figures, shown_status

LOT = random.Random(1)
ALONE = Figures(
    now_s=1000.0,
    started_s=958.0,
    number=1,
    address="127.0.0.1:21001",
    is_serving=True,
    connections={"client": 1204, "anonymous": 3, "stranger": 0},
    sessions_here=1204,
    sessions_elsewhere=0,
    rows={},
    vector={},
    rates=Rates(12.34, 0.5, None),
    links=[],
)


def test_a_new_tracker_alone_says_what_it_is() -> None:
    assert shown_status(ALONE).splitlines() == [
        "tracker 1 on 127.0.0.1:21001, up 42 s",
        "clients   1,204 logged in, 3 not logged in, 0 not greeted yet",
        "presence  1,204 sessions here, 0 at other trackers",
        "a second  12.3 commits, 0.5 logins",
        "rows      0",
        "tracker   no other one in the tracker file",
    ]


def test_one_among_others_says_how_it_is_linked_to_each_and_what_it_has_seen_of_each() -> None:
    links = [
        LinkState(2, "10.0.0.2:21001", True, 1000 - 7500, 0, False, 0.3, ""),
        LinkState(3, "[2001:db8::3]:21001", True, 940, 12_345, True, -75.25, ""),
        LinkState(12, "c:1", False, 1000 - 90_000, 0, False, 0.0, "connection refused\x1b[2J"),
    ]
    logs = {new_log(1, 5, LOT): 10, new_log(2, 5, LOT): 20, new_log(1, 9, LOT): 5}
    figures = ALONE._replace(
        rows={Kind.USER: 2, Kind.SHARE: 5000, 99: 1, Kind.GONE: 0},
        vector=logs,
        rates=Rates(0, 0, 0.998),
        is_serving=False,
        links=links,
    )
    said = shown_status(figures).splitlines()
    assert said[1] == "waiting   for what other trackers have: no client is served before that"
    assert said[5:] == [
        "copies    99.8% of the writes were on a second tracker too when answered",
        "rows      5,003: 5,000 share, 2 user, 1 99",
        "seen      of tracker 1: 15 rows in 2 logs",
        "seen      of tracker 2: 20 rows in 1 log",
        "tracker   2   10.0.0.2:21001       up for 2 h 5 min, 0 rows behind",
        "tracker   3   [2001:db8::3]:21001  up for 1 min 0 s, 12,345 rows behind,"
        " lagging: no write waits for it, its clock is 75.2 s behind",
        "tracker   12  c:1                  down for 1 d 1 h: connection refused\\x1b[2J",
    ]
