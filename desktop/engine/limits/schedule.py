"""Which hours of the week are alternative ones, with other caps; how a person types and reads them."""

from collections.abc import Iterable, Sequence
from datetime import datetime, tzinfo
from itertools import groupby
from typing import Annotated, TypeAlias

import msgspec

from shared.errors import BadArgument

DAYS = ("mon", "tue", "wed", "thu", "fri", "sat", "sun")
DAY_HOURS = 24
Day: TypeAlias = Annotated[str, msgspec.Meta(pattern=r"^[-a]{24}$")]
"""A character for each hour of the local day: `a` for an alternative one, `-` for a normal one."""
Week: TypeAlias = Annotated[list[Day], msgspec.Meta(min_length=7, max_length=7)]
"""From Monday on."""
NORMAL_WEEK = ("-" * DAY_HOURS,) * len(DAYS)


def is_alternative(week: Sequence[str], wall_s: float, zone: tzinfo | None) -> bool:
    """By the local time of `zone`, or of this computer. When clocks are put back, one hour comes twice; when
    they are put forward, one does not come."""
    local = datetime.fromtimestamp(wall_s, zone)
    return week[local.weekday()][local.hour] == "a"


def marked(week: Sequence[str], hours: Iterable[int], *, alternative: bool) -> list[str]:
    """`week` with these, counted from Monday 0:00, as they are to be."""
    grid = [list(day) for day in week]
    for hour in hours:
        day, at = divmod(hour % (len(DAYS) * DAY_HOURS), DAY_HOURS)
        grid[day][at] = "a" if alternative else "-"
    return ["".join(day) for day in grid]


def hours_of(days: str, hours: str) -> list[int]:
    """`mon-fri,sun` and `9-17,22-6` as hours from Monday 0:00. What ends before it begins ends on the next
    day. Raises BadArgument."""
    starts = [DAY_HOURS * day for span in days.lower().split(",") for day in _days(span)]
    return [start + hour for span in hours.split(",") for hour in _hours(span) for start in starts]


def said(week: Sequence[str]) -> list[str]:
    """As it is typed: `mon-fri 9-17`, a line for each run of days that are alike. Nothing for none."""
    runs = [(day, list(same)) for day, same in groupby(range(len(DAYS)), key=lambda day: week[day])]
    return [f"{_span(DAYS[same[0]], DAYS[same[-1]])} {_said_hours(day)}" for day, same in runs if "a" in day]


def listed(week: Sequence[str]) -> str:
    return "; ".join(said(week)) or "none"


def _said_hours(day: str) -> str:
    runs = [(kind, list(same)) for kind, same in groupby(range(DAY_HOURS), key=lambda hour: day[hour])]
    return ",".join(f"{same[0]}-{same[-1] + 1}" for kind, same in runs if kind == "a")


def _span(first: str, last: str) -> str:
    return first if first == last else f"{first}-{last}"


def _days(span: str) -> list[int]:
    if span == "daily":
        return list(range(len(DAYS)))
    first, dash, last = span.partition("-")
    if not dash:
        last = first
    if first not in DAYS or last not in DAYS:
        raise BadArgument(f"{span!r} are no days; type them as mon-fri, or sat,sun, or daily")
    begin, end = DAYS.index(first), DAYS.index(last)
    return [(begin + day) % len(DAYS) for day in range((end - begin) % len(DAYS) + 1)]


def _hours(span: str) -> range:
    first, dash, last = span.partition("-")
    is_number = all(text.isascii() and text.isdigit() and len(text) <= 2 for text in (first, last))
    if not dash or not is_number or int(first) >= DAY_HOURS or int(last) > DAY_HOURS or first == last:
        raise BadArgument(f"{span!r} are no hours; type them as 9-17, or 22-6, or 0-24")
    begin, end = int(first), int(last)
    return range(begin, end if end > begin else end + DAY_HOURS)
