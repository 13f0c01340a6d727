"""What one does to many files in a row is one act."""

from desktop.engine.activity import TOGETHER_S, Act, gathered
from shared.facts.ids import UserId

ANA, BO = UserId(bytes(16)), UserId(bytes([1] * 16))


def shared(at: int, name: str, who: UserId = ANA) -> Act:
    return Act(at, "shared", who, None, name, 1)


def told(*newest_first: Act) -> list[tuple[UserId, str, int, int]]:
    return [(act.who, act.name, act.files, act.at) for act in gathered(newest_first)]


def test_files_of_one_folder_shared_in_a_row_are_one_act_told_at_its_end() -> None:
    acts = told(shared(30, "a/b/3"), shared(25, "x", BO), shared(20, "a/b/2"), shared(10, "a/1"))
    assert acts == [(ANA, "a/", 3, 30), (BO, "x", 1, 25)]


def test_files_of_no_common_folder_are_told_by_their_number() -> None:
    assert told(shared(2, "ab/1"), shared(1, "a/1")) == [(ANA, "", 2, 2)]


def test_a_pause_ends_an_act() -> None:
    late = 2 * TOGETHER_S + 1
    assert told(shared(late, "b"), shared(TOGETHER_S, "a"), shared(0, "a")) == [
        (ANA, "b", 1, late),
        (ANA, "", 2, TOGETHER_S),
    ]


def test_people_come_one_by_one() -> None:
    acts = [Act(at, "joined", who) for at, who in ((2, BO), (1, ANA))]
    assert [act.who for act in gathered(acts)] == [BO, ANA]
