from shared.facts.rows import Kind, Row
from trackerd.mesh.collector import Collector

L, M = 2 << 55, 3 << 55
SEEN = {L: 5}


def row(seq: int, log: int = L) -> Row:
    return Row(Kind.SHARE, bytes([seq]) * 48, seq, log, seq, b"")


def has_round(collector: Collector, number: int, end: dict[int, int]) -> None:
    collector.asked(number)
    collector.ended(number, end)


def test_rows_are_due_when_each_has_said_twice_what_it_has_and_the_second_time_all_of_it() -> None:
    collector = Collector([row(5)], SEEN, [2, 3])
    assert collector.wanted() == [2, 3]
    has_round(collector, 2, {L: 5})
    has_round(collector, 3, {L: 2, M: 9})
    assert collector.due({L: 5, M: 9}) is None
    assert collector.wanted() == [2, 3]
    has_round(collector, 2, {L: 5, M: 9})
    has_round(collector, 3, {L: 4, M: 9})
    assert collector.wanted() == [3]
    has_round(collector, 3, {L: 5, M: 11})
    assert collector.due({L: 5, M: 10}) is None, "what one of them said is not here yet"
    assert collector.due({L: 5, M: 11}) == [row(5)]


def test_a_round_that_was_asked_for_before_does_not_count() -> None:
    collector = Collector([row(5)], SEEN, [2])
    collector.ended(2, SEEN)
    assert collector.wanted() == [2]
    collector.asked(2)
    assert collector.wanted() == []
    collector.ended(2, SEEN)
    collector.ended(2, SEEN)
    assert collector.due(SEEN) is None


def test_who_was_lost_in_the_second_round_has_to_say_it_again_and_in_the_first_only_if_it_had_not() -> None:
    collector = Collector([row(5)], SEEN, [2, 3])
    has_round(collector, 2, SEEN)
    collector.lost(2)
    collector.asked(3)
    collector.lost(3)
    assert collector.wanted() == [3]
    has_round(collector, 3, SEEN)
    has_round(collector, 2, SEEN)
    collector.lost(2)
    has_round(collector, 3, SEEN)
    assert collector.due(SEEN) is None
    has_round(collector, 2, SEEN)
    assert collector.due(SEEN) == [row(5)]


def test_alone_a_tracker_has_nobody_to_ask_and_what_it_does_not_claim_to_have_is_not_deleted() -> None:
    assert Collector([row(5), row(6), row(1, M)], SEEN, []).due(SEEN) == [row(5)]
