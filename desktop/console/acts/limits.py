"""Caps of rates and their hours at the prompt."""

import msgspec

from desktop.console import limits_text
from desktop.console.acts.answers import Acts, Answer, is_on
from desktop.console.commands import COMMANDS
from desktop.engine.limits.rules import Direction, cap_of
from desktop.engine.limits.schedule import NORMAL_WEEK, hours_of, listed, marked
from shared.errors import BadArgument, Usage
from shared.names import shown


class LimitActs(Acts):
    async def limit(self, up: str = "", kib: str = "", group: str = "") -> Answer:
        """`up` is where the direction stands: up or down."""
        if not up:
            limits = self._engine.limits()
            return Answer(limits_text.lines(limits), msgspec.to_builtins(limits))
        if not kib:
            raise Usage(f"incorrect number of arguments; usage: {COMMANDS['limit'].usage}")
        direction, cap = _direction(up), cap_of(kib)
        await self._engine.limit(direction, cap, group or None)
        where = f" in {shown(group)}" if group else ""
        return Answer([f"success: {direction} {limits_text.cap(cap)}{where}"])

    async def limit_alternative(self, up: str, kib: str) -> Answer:
        direction, cap = _direction(up), cap_of(kib)
        await self._engine.limit_alternative(direction, cap)
        return Answer([f"success: {direction} {limits_text.cap(cap)} in alternative hours"])

    async def limit_schedule(self, days: str, hours: str = "", normal: str = "") -> Answer:
        if days == "off" and not hours:
            week = [*NORMAL_WEEK]
        elif not hours or normal not in ("", "normal"):
            raise Usage(f"type days and hours; usage: {COMMANDS['limit_schedule'].usage}")
        else:
            week = marked(self._engine.limits().schedule, hours_of(days, hours), alternative=not normal)
        await self._engine.limit_schedule(week)
        return Answer([f"success: alternative hours: {listed(week)}"])

    async def limit_lan(self, on: str) -> Answer:
        exempt = is_on(on)
        await self._engine.limit_lan(exempt=exempt)
        return Answer([f"success: {limits_text.lan(exempt=exempt)}"])


def _direction(text: str) -> Direction:
    match text:
        case "up" | "down":
            return text
        case _:
            raise BadArgument(f"{text!r} is neither up nor down")
