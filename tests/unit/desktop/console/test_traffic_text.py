from msgspec.structs import replace

from desktop.console.traffic_text import holder, last_seen, link, network, source
from desktop.engine.network_views import NetworkCheck
from desktop.engine.transfer_views import Holder, LastSeen
from desktop.engine.views import LinkView, SourceView

BO = LinkView(
    user="bo", device="1f2e", address="10.0.0.7:21500", dialled=True, sealed=True, rtt=None, down=2e6, up=0,
    held_down=False, held_up=False, received=3 << 30, sent=5, wasted=0, asked=1, asks=0, queued=0,
)  # fmt: skip


def test_a_link_is_a_line() -> None:
    assert link(BO) == "bo at 10.0.0.7:21500, down 1.9 MiB/s, up 0 B/s, received 3.0 GiB, sent 5 B"
    held = link(replace(BO, user="b\x1bo", rtt=0.0314, held_up=True))
    assert held.startswith(
        "b\\x1bo at 10.0.0.7:21500, 31 ms away, down 1.9 MiB/s, up 0 B/s (held by a cap), "
    )


def test_a_source_of_a_download_is_a_line() -> None:
    peer = SourceView(user="bo", device="1f2e", state="late", given=1 << 20, in_flight=4, down=512.0)
    assert source(peer) == "bo: late, gave 1.0 MiB, 512 B/s, 4 piece(s) in flight"
    assert source(replace(peer, state="gone", in_flight=0, down=0.0)) == "bo: gone, gave 1.0 MiB, 0 B/s"


def test_the_network_is_a_line_for_each_thing() -> None:
    check = NetworkCheck(
        trackers=3, reachable=2, rtt=0.012, listen="0.0.0.0:21500", port="timeout", clock_off_s=-0.25,
        folder="/home/b\x1bo", free=3 << 30,
    )  # fmt: skip
    assert network(check) == [
        "trackers: 2 of 3 answer, 12 ms away",
        "port 21500: others do not reach it: a firewall or a router lets nothing through",
        "clock: -0.2 s off",
        "disk: /home/b\\x1bo has 3.0 GiB free",
    ]
    nobody = replace(check, reachable=0, rtt=None, port="unknown", clock_off_s=None)
    assert network(replace(check, free=None))[-1] == "disk: /home/b\\x1bo is not there"
    assert network(nobody)[:3] == [
        "trackers: 0 of 3 answer",
        "port 21500: no tracker could try it",
        "clock: no tracker to compare it with",
    ]


def test_who_is_waited_for_is_told_with_when_they_were_seen() -> None:
    told = [last_seen(LastSeen(user="ana", ago_s=ago)) for ago in (0, None, 59, 600, 7300)]
    assert [one.removeprefix("ana, who ") for one in told] == [
        "is online",
        "is not online",
        "was online 59 s ago",
        "was online 10 min ago",
        "was online 2 h ago",
    ]


def test_a_member_is_a_line_that_says_how_much_of_it_they_have() -> None:
    bo = Holder(user="b\x1bo", me=False, online=True, ago_s=0, done=399, size=1000, fetches=True)
    assert holder(bo) == "b\\x1bo: 39 %, fetches it now, is online"
    assert (
        holder(replace(bo, done=1000, ago_s=7300, fetches=False)) == "b\\x1bo: all of it, was online 2 h ago"
    )
    assert holder(replace(bo, user="ana", me=True, done=0, fetches=False)) == "ana: 0 %, you"
