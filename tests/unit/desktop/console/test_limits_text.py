"""Caps as the prompt prints them."""

from desktop.console.limits_text import in_force, lines
from desktop.engine.limits.schedule import NORMAL_WEEK, hours_of, marked
from desktop.engine.views import GroupLimitView, LimitsInForce, LimitsView


def test_all_that_was_set_is_said() -> None:
    view = LimitsView(
        up=500,
        down=None,
        alternative_up=0,
        alternative_down=100,
        lan_exempt=True,
        schedule=marked(NORMAL_WEEK, hours_of("mon-fri", "9-17"), alternative=True),
        alternative_now=True,
        groups=[GroupLimitView(group="film\n", up=None, down=7)],
    )
    assert lines(view) == [
        "up limited to 500 KiB/s, down not limited",
        "alternative hours: mon-fri 9-17 (now)",
        "  in them: up stopped, down limited to 100 KiB/s",
        "film\\n: up not limited, down limited to 7 KiB/s",
        "your own network: not limited",
    ]


def test_the_status_says_what_holds_now_if_anything_does() -> None:
    assert in_force(LimitsInForce(up=None, down=None, alternative_now=False)) == []
    assert in_force(LimitsInForce(up=3, down=0, alternative_now=True)) == [
        "limits: up limited to 3 KiB/s, down stopped (alternative hours)"
    ]
