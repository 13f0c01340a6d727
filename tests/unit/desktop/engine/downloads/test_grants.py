import pytest

from desktop.engine.downloads.grants import Asked, Grants
from shared.errors import Violation
from shared.limits import BLOCK_PIECES, REQUEST_BATCH_MAX


def asked(grants: Grants, count: int) -> list[int]:
    """Of block 2, the first `count` pieces."""
    grants.asked = Asked(2, (1 << 100) - 1, count, 0.0)
    return [2 * BLOCK_PIECES + place for place in range(count)]


def test_as_much_is_asked_ahead_as_may_be_in_flight_before_half_of_it_is_used() -> None:
    grants = Grants()
    assert grants.lacking(8, is_alone=False) == 8
    grants.pieces.extend(range(4))
    assert grants.lacking(8, is_alone=False) == 4
    grants.pieces.append(4)
    assert grants.lacking(8, is_alone=False) == 0


def test_one_question_is_out_at_a_time() -> None:
    grants = Grants()
    asked(grants, 4)
    assert grants.lacking(8, is_alone=False) == 0


def test_more_and_more_is_asked_at_once_while_nobody_else_is_seen() -> None:
    grants = Grants()
    assert [grants.lacking(4, is_alone=True) for _ in range(6)] == [4, 8, 16, 32, 64, 64]
    assert grants.lacking(4, is_alone=False) == 4


def test_no_question_is_for_more_than_a_message_may() -> None:
    assert Grants().lacking(1000, is_alone=False) == REQUEST_BATCH_MAX


@pytest.mark.parametrize("strange", [[1, 1], [100], [5, -2 * BLOCK_PIECES], [0, 1, 2]])
def test_what_was_not_asked_is_a_violation(strange: list[int]) -> None:
    grants = Grants()
    asked(grants, 2)
    with pytest.raises(Violation):
        grants.came([2 * BLOCK_PIECES + piece for piece in strange])
    with pytest.raises(Violation):
        grants.came([])  # nor is anything asked any more


def test_who_grants_nothing_is_not_asked_again() -> None:
    grants = Grants()
    grants.came(asked(grants, 3)[:1])
    assert grants.lacking(8, is_alone=False)
    asked(grants, 3)
    grants.came([])
    assert grants.lacking(8, is_alone=False) == 0
