from shared.facts.rows import Row
from trackerd.mesh.asking import Asking

OWN, OTHER, THIRD = 1 << 55, 2 << 55, 3 << 55


def asking(had: dict[int, int], streamed: dict[int, int] | None = None) -> Asking:
    return Asking(OWN, had, streamed or {})


def row(log: int, seq: int) -> Row:
    return Row(1, bytes(16), 1, log, seq, b"")


def asked(one: Asking, seen: dict[int, int]) -> dict[int, int] | None:
    one.is_wanted = True
    return one.next_round(seen)


def test_a_round_is_asked_for_only_where_something_lacks_and_one_at_a_time() -> None:
    one = asking({OTHER: 2})
    assert asked(one, {OTHER: 2}) is None
    assert asked(one, {OTHER: 1, OWN: 5}) == {OTHER: 1, OWN: 5}
    assert asked(one, {OTHER: 1}) is None
    one.ended()
    assert one.next_round({OTHER: 1}) is not None  # it was wanted meanwhile
    one.ended()
    assert one.next_round({OTHER: 1}) is None


def test_nobody_else_knows_more_of_ones_own_log() -> None:
    one = asking({OWN: 9})
    assert one.lacks({}) == {}
    assert asked(one, {}) is None


def test_a_commit_that_does_not_follow_is_fetched_unless_a_round_under_way_has_it() -> None:
    one = asking({OTHER: 5})
    one.missed()
    assert one.next_round({}) == {}
    one.missed()
    one.ended()
    assert one.next_round({}) is None


def test_of_a_log_that_its_writer_tells_on_a_link_of_its_own_nothing_is_asked_at_once() -> None:
    one = asking({})
    one.told({THIRD: 4})
    one.claimed({THIRD: 4}, {}, live=[THIRD])
    assert not one.is_wanted
    one.claimed({THIRD: 4}, {THIRD: 4}, live=[])
    assert not one.is_wanted
    one.claimed({THIRD: 4}, {}, live=[])
    assert one.next_round({}) == {}


def test_what_lacks_for_a_whole_turn_is_asked_for() -> None:
    one = asking({OTHER: 4})
    one.turn({})
    assert not one.is_wanted
    one.told({OTHER: 9})
    one.turn({OTHER: 4})  # what lacked has come
    assert not one.is_wanted
    one.turn({OTHER: 8})
    assert one.next_round({OTHER: 8}) == {OTHER: 8}


def test_a_cut_round_goes_on_above_what_came_of_it() -> None:
    one = asking({OTHER: 10, THIRD: 3})
    assert asked(one, {OTHER: 1}) == {OTHER: 1}
    one.took([row(OTHER, 2), row(OTHER, 5)], whole=False)
    again = asking({OTHER: 10, THIRD: 3}, one.streamed)
    assert asked(again, {OTHER: 1, OWN: 7}) == {OTHER: 5, OWN: 7}
    again.took([row(OTHER, 9), row(THIRD, 2)], whole=False)
    assert again.streamed == {OTHER: 9, THIRD: 2}
    again.ended()
    assert again.streamed == {}


def test_what_the_other_holds_of_its_own_unfinished_round_bounds_nothing() -> None:
    one = asking({OTHER: 4})
    asked(one, {})
    one.told({OTHER: 8, THIRD: 8})  # too late: it was not all there when the round was read
    one.took([row(OTHER, 6), row(THIRD, 2)], whole=False)
    assert one.streamed == {OTHER: 4, THIRD: 0}


def test_a_round_that_also_says_what_is_not_there_is_begun_anew() -> None:
    one = asking({OTHER: 4})
    asked(one, {})
    one.took([row(OTHER, 2)], whole=False)
    one.took([row(OTHER, 3)], whole=True)
    assert one.streamed == {}


def test_a_repair_fetches_everything_after_the_round_under_way() -> None:
    one = asking({OTHER: 4})
    assert asked(one, {OTHER: 2}) == {OTHER: 2}
    one.repair()
    repairs = [one.is_repair]
    one.ended()
    assert one.next_round({OTHER: 4}) == {}
    repairs.append(one.is_repair)
    one.took([row(OTHER, 3)], whole=False)
    assert one.streamed == {}
    one.ended()
    assert one.next_round({OTHER: 4}) is None
    assert [*repairs, one.is_repair] == [False, True, False]


def test_where_the_end_is_wanted_a_round_is_asked_for_though_nothing_lacks_and_once() -> None:
    one = asking({OTHER: 2})
    one.want_end()
    assert one.next_round({OTHER: 2}) == {OTHER: 2}
    one.ended()
    assert one.next_round({OTHER: 2}) is None
