from dataclasses import dataclass

from desktop.engine.peers.lanes import Lanes
from shared.facts.ids import DeviceId
from shared.limits import LANE_IDLE_S, LANE_RETRY_S, LANES_MAX

FAR = DeviceId(b"f" * 16)


@dataclass(eq=False)
class Lane:
    device: DeviceId = FAR
    is_ours_dialled: bool = True
    is_idle: bool = False


def test_as_many_are_dialled_as_are_wanted_and_never_more_than_the_limit() -> None:
    lanes: Lanes[Lane] = Lanes()
    assert lanes.dialling(FAR, 1, 0.0) == 0
    assert lanes.dialling(FAR, 3, 0.0) == 2
    assert lanes.dialling(FAR, 3, 0.0) == 0, "they are on their way"
    came = [Lane(), Lane()]
    assert all(lanes.came(lane, 0.0) for lane in came)
    assert lanes.dialling(FAR, 4, 0.0) == 1
    assert lanes.dialling(FAR, 1000, 0.0) == LANES_MAX - 4
    assert lanes.of(FAR) == came == lanes.all


def test_another_side_that_dials_more_than_the_limit_gets_no_more() -> None:
    lanes: Lanes[Lane] = Lanes()
    theirs = [Lane(is_ours_dialled=False) for _ in range(LANES_MAX)]
    assert [lanes.came(lane, 0.0) for lane in theirs] == [True] * (LANES_MAX - 1) + [False]
    lanes.left(theirs[-1], 0.0)
    assert len(lanes.all) == LANES_MAX - 1


def test_where_one_is_not_taken_or_ends_no_other_is_dialled_for_a_while() -> None:
    lanes: Lanes[Lane] = Lanes()
    assert lanes.dialling(FAR, 2, 0.0) == 1
    lanes.failed(FAR, 0.0)
    assert lanes.dialling(FAR, 2, LANE_RETRY_S - 1) == 0
    assert lanes.dialling(FAR, 2, LANE_RETRY_S) == 1
    lane = Lane()
    lanes.came(lane, 20.0)
    lanes.left(lane, 30.0)
    assert not lanes.all
    assert not lanes.of(FAR)
    assert lanes.dialling(FAR, 2, 31.0) == 0
    assert lanes.dialling(FAR, 2, 30.0 + LANE_RETRY_S) == 1


def test_where_several_want_something_each_has_as_many_connections() -> None:
    lanes: Lanes[Lane] = Lanes()
    theirs = [Lane(is_ours_dialled=False) for _ in range(7)]
    of_another = [Lane(DeviceId(b"o" * 16), is_ours_dialled=False) for _ in range(2)]
    ours = Lane(DeviceId(b"u" * 16))
    for lane in (*theirs, *of_another, ours):
        lanes.came(lane, 0.0)
    assert lanes.surplus(0) == lanes.surplus(1) == []
    assert lanes.surplus(2) == theirs[3:]
    assert lanes.surplus(3) == theirs[1:] + of_another[1:]
    for takers in (5, LANES_MAX, 1000):
        assert lanes.surplus(takers) == theirs + of_another


def test_what_nobody_uses_goes_and_who_dialled_it_says_so() -> None:
    lanes: Lanes[Lane] = Lanes()
    lanes.dialling(FAR, 3, 0.0)
    busy, idle, theirs = Lane(), Lane(is_idle=True), Lane(is_ours_dialled=False, is_idle=True)
    for lane in (busy, idle, theirs):
        lanes.came(lane, 0.0)
    assert lanes.idle(LANE_IDLE_S) == []
    assert lanes.idle(LANE_IDLE_S + 1) == [idle]
