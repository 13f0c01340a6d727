from hypothesis import given
from hypothesis import strategies as st

from trackerd.budget import Budget


@given(st.lists(st.floats(0, 1), min_size=1, max_size=300))
def test_no_more_is_spent_than_the_burst_and_the_rate_allow(gaps_s: list[float]) -> None:
    budget, now_s, spent = Budget(10.0, 20.0), 0.0, 0
    for gap_s in gaps_s:
        now_s += gap_s
        spent += budget.take(now_s)
    assert spent <= 20 + 10 * sum(gaps_s[1:]) + 1e-6


def test_it_fills_again_but_never_over_the_brim() -> None:
    budget = Budget(1.0, 2.0)
    assert [budget.take(now_s) for now_s in (0, 0, 0, 1, 1, 100, 100, 100)] == [
        *(True, True, False, True, False, True, True, False),
    ]
