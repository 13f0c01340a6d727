"""The caps that a person set: kept in the profile, put in force, and changed with the hours of the week."""

import asyncio
from collections.abc import Callable, Mapping
from contextlib import suppress
from datetime import tzinfo
from pathlib import Path

from desktop import private_files
from desktop.engine.limits import schedule
from desktop.engine.limits.rules import Cap, Direction, Rules
from desktop.engine.limits.throttle import Throttles
from desktop.engine.views import GroupLimitView, LimitsInForce, LimitsView
from shared.clock import Clock
from shared.facts.ids import GroupId, UserId

_TICK_S = 1.0
"""Clocks are set and computers sleep: asking now and then is surer than to reckon when an hour ends."""


class RateLimits:
    """To be used on the loop."""

    def __init__(self, path: Path, throttles: Throttles, clock: Clock, zone: tzinfo | None = None) -> None:
        """`zone`: whose hours count; this computer's if None. Raises BadArgument for a malformed file."""
        self.rules = private_files.read_toml(path, Rules) or Rules()
        self._path, self._clock, self._zone = path, clock, zone
        self._throttles = throttles
        self._user = ""
        self.is_alternative = False
        """This hour is one."""
        self._timer = asyncio.get_running_loop().call_later(_TICK_S, self._tick)
        self._apply()

    def log_in(self, user: UserId) -> None:
        """The caps of groups are theirs from now on."""
        self._user = user.hex()
        self._apply()

    def cap(self, direction: Direction, cap: Cap, gid: GroupId | None) -> None:
        """As change(); in a group, for who is logged in."""
        self.change(self.rules.capped(direction, cap, gid, self._user))

    def change(self, rules: Rules) -> None:
        """In force when it returns, and durable. Raises OSError, and then nothing has changed."""
        private_files.write_toml(self._path, rules)
        self.rules = rules
        self._apply()

    def forget(self, is_left: Callable[[GroupId], bool]) -> None:
        """Caps of groups that were left go; what cannot be written is tried again with the next one."""
        if (rules := self.rules.without(is_left, self._user)) != self.rules:
            with suppress(OSError):
                self.change(rules)

    def view(self, names: Mapping[GroupId, str]) -> LimitsView:
        """`names` of the groups that are shown."""
        rules = self.rules
        return LimitsView(
            up=rules.up,
            down=rules.down,
            alternative_up=rules.alternative_up,
            alternative_down=rules.alternative_down,
            lan_exempt=rules.lan_exempt,
            schedule=rules.schedule,
            alternative_now=self.is_alternative,
            groups=[
                GroupLimitView(group=names[gid], up=own.up, down=own.down)
                for own in rules.of(self._user)
                if (gid := GroupId(bytes.fromhex(own.gid))) in names
            ],
        )

    def in_force(self) -> LimitsInForce:
        return LimitsInForce(
            up=self.rules.whole("up", alternative=self.is_alternative),
            down=self.rules.whole("down", alternative=self.is_alternative),
            alternative_now=self.is_alternative,
        )

    def close(self) -> None:
        self._timer.cancel()

    def _tick(self) -> None:
        self._timer = asyncio.get_running_loop().call_later(_TICK_S, self._tick)
        if self._is_alternative_now() != self.is_alternative:
            self._apply()

    def _is_alternative_now(self) -> bool:
        return schedule.is_alternative(self.rules.schedule, self._clock.wall_s(), self._zone)

    def _apply(self) -> None:
        self.is_alternative = self._is_alternative_now()
        up = self.rules.in_force("up", alternative=self.is_alternative, user=self._user)
        down = self.rules.in_force("down", alternative=self.is_alternative, user=self._user)
        self._throttles.up.change(up, lan_exempt=self.rules.lan_exempt)
        self._throttles.down.change(down, lan_exempt=self.rules.lan_exempt)
