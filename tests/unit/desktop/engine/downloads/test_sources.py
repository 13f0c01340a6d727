from desktop.engine.downloads.sources import pause_s
from shared.limits import SOURCES_ASKED_FIRST_S, SOURCES_ASKED_S, SOURCES_MISSING_ASKED_S


def test_the_tracker_is_asked_soon_and_then_less_and_less_often() -> None:
    pauses = [pause_s(times, ["somebody"]) for times in range(2000)]
    assert pauses[0] == SOURCES_ASKED_FIRST_S
    assert pauses == sorted(pauses)
    assert pauses[6:] == [SOURCES_ASKED_S] * 1994


def test_it_is_asked_more_often_while_nobody_brings_anything() -> None:
    assert pause_s(100, []) == SOURCES_MISSING_ASKED_S
