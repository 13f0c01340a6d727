"""Whether the trackers of a file are there, before anybody uses it: all are asked at once, as nobody."""

import asyncio
from collections.abc import Callable

from desktop.engine.trackers.finding import why_not
from desktop.engine.trackers.tracker_link import TrackerLink
from desktop.engine.views import TrackerView
from shared.addresses import shown_address
from shared.clock import Clock
from shared.errors import ShoalError
from shared.tracker_info import TrackerInfo, TrackerLine

Tell = Callable[[TrackerView], object]


async def check(info: TrackerInfo, clock: Clock, tell: Tell) -> None:
    """`tell` hears of each line at once, as `unknown`, and again when it is `up` or `lost`. Takes as long as
    the slowest of them, TRACKER_DIAL_S_MAX at most."""
    lines = [(number, line) for number, line in enumerate(info.lines, 1) if line is not None]
    for number, line in lines:
        tell(_view(number, line, "unknown"))
    async with asyncio.TaskGroup() as asking:
        for number, line in lines:
            asking.create_task(_ask(number, line, clock, tell))


async def _ask(number: int, line: TrackerLine, clock: Clock, tell: Tell) -> None:
    address = (line.host, line.port)
    try:
        if line.pin is None:
            await TrackerLink.meet(address, clock)
        else:
            (await TrackerLink.dial(address, line.pin, None, clock)).close()
    except (OSError, UnicodeError, ShoalError) as error:
        tell(_view(number, line, "lost", why_not(error)))
    else:
        tell(_view(number, line, "up"))


def _view(number: int, line: TrackerLine, state: str, why: str = "") -> TrackerView:
    return TrackerView(number=number, address=shown_address(line.host, line.port), state=state, why=why)
