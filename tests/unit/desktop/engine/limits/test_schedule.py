"""The week's grid: typed, read, and asked about at a moment."""

from datetime import UTC, datetime
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from desktop.engine.limits.schedule import DAYS, NORMAL_WEEK, hours_of, is_alternative, marked, said
from shared.errors import BadArgument

weeks = st.lists(st.text("-a", min_size=24, max_size=24), min_size=7, max_size=7)


def typed(days: str, hours: str) -> list[str]:
    return marked(NORMAL_WEEK, hours_of(days, hours), alternative=True)


@given(weeks)
def test_what_is_said_can_be_typed(week: list[str]) -> None:
    again = [*NORMAL_WEEK]
    for line in said(week):
        again = marked(again, hours_of(*line.split()), alternative=True)
    assert again == week


def test_hours_are_typed_as_people_say_them() -> None:
    assert said(typed("mon-fri", "9-17")) == ["mon-fri 9-17"]
    assert said(typed("sat,sun", "0-24")) == ["sat-sun 0-24"]
    assert said(typed("sat-mon", "8-9,20-21")) == ["mon 8-9,20-21", "sat-sun 8-9,20-21"]
    assert said(typed("daily", "0-6")) == ["mon-sun 0-6"]
    assert said(NORMAL_WEEK) == []


def test_a_night_ends_on_the_next_day() -> None:
    assert said(typed("sun", "22-6")) == ["mon 0-6", "sun 22-24"]


def test_hours_are_made_normal_again() -> None:
    week = marked(typed("mon", "9-17"), hours_of("mon", "12-13"), alternative=False)
    assert said(week) == ["mon 9-12,13-17"]


@pytest.mark.parametrize("days", ["", "monday", "mon-", "-", "fri-xyz", "mon,,tue", "mon-tue-wed"])
def test_what_are_no_days_is_refused(days: str) -> None:
    with pytest.raises(BadArgument, match="are no days"):
        hours_of(days, "9-17")


@pytest.mark.parametrize(
    "hours", ["", "9", "9-", "-9", "9-9", "24-25", "9-25", "9-1x", "9-17-18", "٣-٤", "1e1-12"]
)
def test_what_are_no_hours_is_refused(hours: str) -> None:
    with pytest.raises(BadArgument, match="are no hours"):
        hours_of("mon", hours)


@given(weeks, st.integers(0, 1 << 32))
def test_the_hour_is_that_of_the_local_day(week: list[str], wall_s: int) -> None:
    then = datetime.fromtimestamp(wall_s, UTC)
    assert is_alternative(week, wall_s, UTC) == (week[then.weekday()][then.hour] == "a")


def test_summer_time_moves_the_hours_with_the_clocks() -> None:
    berlin = ZoneInfo("Europe/Berlin")
    week = typed("daily", "2-3")

    def alternative_at(text: str) -> bool:
        return is_alternative(week, datetime.fromisoformat(text).timestamp(), berlin)

    assert alternative_at("2026-01-05T01:30+00:00")
    assert alternative_at("2026-07-06T00:30+00:00")
    assert not alternative_at("2026-03-29T00:59+00:00")  # the hour from 2 to 3 does not come that day
    assert not alternative_at("2026-03-29T01:00+00:00")
    assert alternative_at("2026-10-25T00:30+00:00")  # and here it comes twice
    assert alternative_at("2026-10-25T01:30+00:00")
    assert not alternative_at("2026-10-25T02:00+00:00")


def test_without_a_zone_it_is_this_computers_own_time() -> None:
    now = datetime(2026, 11, 26, 20, 30)  # noqa: DTZ001  local on purpose
    assert is_alternative(typed(DAYS[now.weekday()], "20-21"), now.timestamp(), None)
