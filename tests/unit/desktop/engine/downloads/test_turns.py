from desktop.engine.downloads.turns import Turns
from desktop.engine.views import PRIORITIES
from shared.limits import DOWNLOADS_AT_WORK_MAX, TURN_S

HIGH, NORMAL, LOW = range(len(PRIORITIES))


def filled(waiting: int = 0, priority: int = NORMAL) -> Turns:
    turns = Turns()
    for id_ in range(DOWNLOADS_AT_WORK_MAX + waiting):
        turns.wait(id_, priority)
    while turns.next(0.0) is not None:
        pass
    return turns


def priorities(turns: Turns, of_all: int) -> dict[int, int]:
    return dict.fromkeys(turns.at_work, of_all)


def test_so_many_are_at_work_and_the_next_begins_when_one_ends() -> None:
    turns = filled(waiting=2)
    assert len(turns.at_work) == DOWNLOADS_AT_WORK_MAX
    del turns.at_work[5]
    assert turns.next(1.0) == DOWNLOADS_AT_WORK_MAX
    assert turns.next(1.0) is None


def test_the_urgent_ones_come_first_whenever_they_came_and_who_leaves_never() -> None:
    turns = filled(waiting=1)
    turns.wait(1000, LOW)
    turns.wait(1001, HIGH)
    turns.wait(1002, LOW)
    turns.change(1000, HIGH)
    turns.change(7, HIGH)  # it is at work
    turns.leave(1001)
    turns.at_work.clear()
    assert [turns.next(1.0) for _ in range(4)] == [1000, DOWNLOADS_AT_WORK_MAX, 1002, None]


def test_what_stood_still_for_its_turn_gives_way_and_comes_again_after_all_others() -> None:
    turns = filled(waiting=1)
    assert turns.to_give_way(TURN_S, [3, 4], priorities(turns, NORMAL)) == [], "a moment more"
    assert turns.to_give_way(TURN_S + 1, [3, 4], priorities(turns, NORMAL)) == [3], "only one waits"
    del turns.at_work[3]
    turns.wait_again(3)
    turns.wait(1000, LOW)
    turns.at_work.clear()
    assert [turns.next(1.0) for _ in range(3)] == [DOWNLOADS_AT_WORK_MAX, 1000, 3]


def test_nothing_gives_way_to_nobody_nor_to_its_like_but_the_last_to_what_is_more_urgent() -> None:
    assert filled().to_give_way(TURN_S + 1, [3], priorities(filled(), NORMAL)) == []
    turns = filled(waiting=1)
    assert turns.to_give_way(TURN_S + 1, [], priorities(turns, NORMAL)) == []
    turns.wait(1000, HIGH)
    assert turns.to_give_way(TURN_S + 1, [], priorities(turns, NORMAL)) == [DOWNLOADS_AT_WORK_MAX - 1]
    assert turns.to_give_way(TURN_S + 1, [], priorities(turns, HIGH)) == []
