from shared.limits import MESH_BUFFERED_BYTES_MAX
from trackerd.mesh.telling import LiveFrame, Telling

LOG, OTHER = 1 << 55, 2 << 55
FULL = MESH_BUFFERED_BYTES_MAX + 1


def live(last: int, size: int = 10) -> LiveFrame:
    return LiveFrame(last, bytes([last % 256]) * size)


def test_commits_go_out_as_they_come() -> None:
    telling = Telling(LOG)
    assert telling.wrote([live(1), live(2)], 0) == [live(1).frame, live(2).frame]
    assert telling.wrote([], 0) == []
    assert telling.claim() == {}


def test_to_whom_does_not_read_nothing_goes_until_it_was_told_what_it_lacks() -> None:
    telling = Telling(LOG)
    assert telling.wrote([live(1)], FULL) == []
    assert telling.wrote([live(2)], 0) == []  # else there would be a hole that nobody knows of
    assert telling.claim() == {LOG: 2}
    assert telling.claim() == {}
    assert telling.wrote([live(3)], 0) == [live(3).frame]


def test_what_others_wrote_is_told_at_once_or_later_at_its_newest() -> None:
    telling = Telling(LOG)
    assert telling.may_say({OTHER: 1}, 0)
    assert not telling.may_say({OTHER: 2}, FULL)
    assert not telling.may_say({OTHER: 3}, FULL)
    assert telling.claim() == {OTHER: 3}


def test_during_a_round_commits_wait_for_its_end_and_those_that_it_has_are_left_out() -> None:
    telling = Telling(LOG)
    telling.is_in_round = True
    assert telling.wrote([live(1), live(2)], 0) == []
    assert telling.wrote([live(3)], 0) == []
    assert telling.may_say({OTHER: 1}, 0)
    assert telling.round_ended({LOG: 2, OTHER: 9}) == [live(3).frame]
    assert telling.wrote([live(4)], 0) == [live(4).frame]


def test_more_than_may_wait_for_the_end_of_a_round_becomes_a_claim_after_it() -> None:
    telling = Telling(LOG)
    telling.is_in_round = True
    telling.wrote([live(1, MESH_BUFFERED_BYTES_MAX // 2 + 1)], 0)
    telling.wrote([live(2, MESH_BUFFERED_BYTES_MAX // 2 + 1)], 0)
    assert telling.claim() == {}
    telling.wrote([live(3)], 0)
    assert telling.round_ended({LOG: 1}) == []
    assert telling.claim() == {LOG: 3}


def test_a_claim_of_what_others_wrote_does_not_wait_for_a_round() -> None:
    telling = Telling(LOG)
    telling.is_in_round = True
    telling.wrote([live(1)], FULL)
    telling.may_say({OTHER: 2}, FULL)
    assert telling.claim() == {OTHER: 2}
