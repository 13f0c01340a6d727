"""What all tests share: how hard Hypothesis tries (HYPOTHESIS_PROFILE); where what Qt owns is collected."""

import gc
import os
import sys
from collections.abc import Iterator

import pytest
from hypothesis import settings

settings.register_profile("dev", max_examples=25, deadline=None)  # no deadline: machines are shared
settings.register_profile("ci", max_examples=200, deadline=None, derandomize=True)
settings.register_profile("soak", max_examples=20_000, deadline=None)
settings.load_profile(os.environ.get("HYPOTHESIS_PROFILE", "dev"))


LAST = ("last_type", "last_value", "last_traceback", "last_exc")


@pytest.hookimpl(wrapper=True, tryfirst=True)
def pytest_runtest_protocol(item: pytest.Item, nextitem: pytest.Item | None) -> Iterator[object]:
    """What a test of the window leaves is collected here: a thread, of it or of a later test, would take it
    apart where Qt allows that to nobody (desktop.collector). What it made is young, so that is quick."""
    if "qapp" not in getattr(item, "fixturenames", ()):
        return (yield)  # type: ignore[misc]
    gc.disable()
    try:
        return (yield)  # type: ignore[misc]
    finally:
        for name in LAST:
            sys.__dict__.pop(name, None)  # of a test that failed, they hold its windows
        gc.collect(1 if nextitem and nextitem.path == item.path else 2)
        gc.enable()
