"""Caps in force: from the file, after a change, and as the hours pass."""

import asyncio
from collections.abc import Callable
from datetime import UTC, datetime
from pathlib import Path

import pytest

from desktop.engine.limits.rate_limits import RateLimits
from desktop.engine.limits.rules import Caps, Rules
from desktop.engine.limits.schedule import NORMAL_WEEK, hours_of, marked
from desktop.engine.limits.throttle import Throttles
from desktop.engine.views import GroupLimitView
from shared.clock import SystemClock
from shared.errors import BadArgument
from shared.facts.ids import GroupId, UserId
from shared.limits import KIB

FILM, MUSIC = GroupId(b"f" * 16), GroupId(b"m" * 16)


class SetClock(SystemClock):
    at = datetime(2026, 11, 26, 8, 59, 59, tzinfo=UTC)  # a Thursday

    def wall_s(self) -> float:
        return self.at.timestamp()


def run(path: Path, scenario: Callable[[RateLimits, Throttles, SetClock], None]) -> None:
    async def opened() -> None:
        clock = SetClock()
        throttles = Throttles(clock)
        limits = RateLimits(path, throttles, clock, UTC)
        scenario(limits, throttles, clock)
        limits.close()
        throttles.close()

    asyncio.run(opened())


def test_caps_hold_at_once_and_after_a_restart(tmp_path: Path) -> None:
    def set_them(limits: RateLimits, throttles: Throttles, _: SetClock) -> None:
        limits.change(limits.rules.capped("up", 500).capped("down", 0, FILM))
        assert throttles.up.caps == Caps(500 * KIB, {})
        assert throttles.down.caps == Caps(None, {FILM: 0})

    def find_them(limits: RateLimits, throttles: Throttles, _: SetClock) -> None:
        assert (throttles.up.caps.whole, throttles.down.caps.stops(FILM)) == (500 * KIB, True)
        assert limits.view({FILM: "film", MUSIC: "music"}).groups == [
            GroupLimitView(group="film", up=None, down=0)
        ]
        assert limits.view({}).groups == []  # of somebody else who uses this profile

    run(tmp_path / "limits.toml", set_them)
    run(tmp_path / "limits.toml", find_them)


def test_the_caps_of_a_group_that_was_left_go_and_a_disk_that_fails_keeps_them(tmp_path: Path) -> None:
    path = tmp_path / "limits.toml"

    def scenario(limits: RateLimits, throttles: Throttles, _: SetClock) -> None:
        limits.change(limits.rules.capped("up", 5, FILM).capped("up", 7, MUSIC))
        in_the_way = tmp_path / "limits.toml.new"
        in_the_way.mkdir()
        limits.forget(lambda gid: gid == FILM)
        assert throttles.up.caps.groups == {FILM: 5 * KIB, MUSIC: 7 * KIB}
        in_the_way.rmdir()
        limits.forget(lambda gid: gid == FILM)
        assert throttles.up.caps.groups == {MUSIC: 7 * KIB}
        assert FILM.hex() not in path.read_text()

    run(path, scenario)


def test_the_hour_changes_the_caps(tmp_path: Path) -> None:
    def scenario(limits: RateLimits, throttles: Throttles, clock: SetClock) -> None:
        week = marked(NORMAL_WEEK, hours_of("mon-fri", "9-10"), alternative=True)
        limits.change(Rules(up=500, alternative_up=0, lan_exempt=True, schedule=week))
        seen = []
        for minute in (59, 60, 119, 120):
            clock.at = datetime(2026, 11, 26, 8 + minute // 60, minute % 60, tzinfo=UTC)
            limits._tick()
            limits._timer.cancel()
            seen.append((throttles.up.caps.whole, limits.in_force().alternative_now))
        assert seen == [(500 * KIB, False), (0, True), (0, True), (500 * KIB, False)]
        assert throttles.up.spares_lan

    run(tmp_path / "limits.toml", scenario)


def test_the_caps_of_a_group_are_those_of_the_account_that_set_them(tmp_path: Path) -> None:
    ann, bob = UserId(bytes(16)), UserId(bytes([1]) * 16)

    def scenario(limits: RateLimits, throttles: Throttles, _: SetClock) -> None:
        limits.change(limits.rules.capped("up", 7, MUSIC))  # as it was written before
        limits.log_in(ann)
        limits.cap("up", 5, FILM)
        limits.cap("down", 6, FILM)
        limits.log_in(bob)
        assert throttles.up.caps.groups == {MUSIC: 7 * KIB}
        assert [one.group for one in limits.view({FILM: "film", MUSIC: "music"}).groups] == ["music"]
        limits.cap("up", 1, FILM)
        limits.forget(lambda gid: gid == FILM)
        limits.log_in(ann)
        assert throttles.up.caps.groups == {FILM: 5 * KIB, MUSIC: 7 * KIB}
        limits.cap("up", None, FILM)
        limits.cap("down", None, FILM)
        assert not throttles.down.caps.groups
        assert throttles.up.caps.groups == {MUSIC: 7 * KIB}

    run(tmp_path / "limits.toml", scenario)


def test_what_cannot_be_written_is_not_in_force(tmp_path: Path) -> None:
    def scenario(limits: RateLimits, throttles: Throttles, _: SetClock) -> None:
        with pytest.raises(OSError, match="No such file"):
            limits.change(Rules(up=1))
        assert throttles.up.caps.whole is None
        assert limits.rules == Rules()

    run(tmp_path / "gone" / "limits.toml", scenario)


def test_a_file_that_cannot_be_read_is_named(tmp_path: Path) -> None:
    path = tmp_path / "limits.toml"
    path.write_text("up = 'fast'")
    with pytest.raises(BadArgument, match=r"limits\.toml"):
        run(path, lambda *_: None)
