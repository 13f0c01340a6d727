"""A few people who know each other, and what they share: for whoever looks at all that a window can show."""

import random
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from pathlib import Path

from tests.gui.person import Person, until

FILES = {
    "brand/logo.svg": 18_200,
    "brand/palette.pdf": 2_400_000,
    "brand/fonts/Plex Sans.ttf": 812_000,
    "rushes/day 1/take 01.mov": 140_000_000,
    "rushes/day 1/take 02.mov": 90_000_000,
    "Meeting notes 2026-11-20.odt": 84_000,
    "storyboard.pdf": 14_700_000,
    "סקיצה.png": 620_000,
}
FEW = {"brand/logo.svg": 18_200, "storyboard.pdf": 30_000}


@asynccontextmanager
async def company(home: Path) -> AsyncIterator[tuple[Person, Person]]:
    """ana, who owns two groups, bo, who is in one of them and owns one, and joão, who asked to be let in."""
    async with Person(home / "ana") as ana:
        await ana.sign_up("ana")
        for group in ("film crew", "design"):
            await ana.create_group(group)
        async with (
            Person(home / "bo", ana.own_tracker_file) as bo,
            Person(home / "joão", ana.own_tracker_file) as joao,
        ):
            for person, name in ((bo, "bo"), (joao, "joão")):
                await person.sign_up(name)
                await person.ask_to_join("design")
            await until(ana.sees_notice("bo asks to join"))
            await until(ana.sees_notice("joão asks to join"))
            ana.click("toastAccept", "bo")
            await until(bo.sees_notice("You are now a member"))
            await bo.at_group("design")
            await until(lambda: (group := bo.window.groups.group) and group.mine == "member")
            await bo.create_group("brass band")
            await bo.at_group("design")
            await ana.at_group("design")
            yield ana, bo


async def share(giver: Person, taker: Person, home: Path, files: dict[str, int]) -> None:
    """Until the other one sees them."""
    lot = random.Random(1)
    for name, size in files.items():
        (home / name).parent.mkdir(parents=True, exist_ok=True)
        (home / name).write_bytes(lot.randbytes(size))
    tops = sorted({name.split("/")[0] for name in files})
    giver.drop([home / top for top in tops])
    await until(lambda: set(tops) <= {name.strip() for name in taker.files})
    await until(lambda: not giver.window.sharing.isVisible())
