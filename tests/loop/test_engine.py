"""The engine's front door on a real tracker: what happens to what is under way."""

import asyncio
import random
import socket
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from pathlib import Path

import pytest

from desktop.engine.engine import Engine
from desktop.engine.events import Accepted
from desktop.paths import Profile
from desktop.settings import Settings
from desktop.wording import sentence
from shared.errors import NotLoggedIn
from tests.support.tracker import running_tracker

PASSWORD = "long enough"
SECONDS_MAX = 10.0


@asynccontextmanager
async def engine(home: Path, info_file: Path, user: str) -> AsyncIterator[Engine]:
    """With its user registered and logged in."""
    (home / "here").mkdir(parents=True)
    one = Engine(Profile.open(home / "profile"), Settings(download_dir=home / "here"))
    try:
        await one.start(("127.0.0.1", 0), info_file, resume=False)
        await one.create_user(user, PASSWORD)
        await one.login(user, PASSWORD)
        yield one
    finally:
        await one.stop()


@pytest.mark.slow
def test_a_logout_ends_the_commands_that_are_under_way(tmp_path: Path) -> None:
    async def scenario() -> None:
        async with (
            running_tracker(tmp_path) as tracker,
            engine(tmp_path / "mira", tracker.info_file, "mira") as mira,
            engine(tmp_path / "joao", tracker.info_file, "joao") as joao,
        ):
            accepted = asyncio.Event()
            joao.subscribe(lambda event: accepted.set() if isinstance(event, Accepted) else None)
            await mira.create_group("films")
            await joao.join_group("films")
            await mira.accept_request("films", "joao")
            await accepted.wait()
            film, large = tmp_path / "film", tmp_path / "large"
            film.write_bytes(b"film")
            large.write_bytes(random.randbytes(100_000_000))
            await joao.upload_file(film, "films")
            while not await mira.list_files("films"):  # noqa: ASYNC110
                await asyncio.sleep(0.01)
            await joao.logout()
            await mira.download_file("films", "film", str(tmp_path / "here.bin"))
            ends = asyncio.gather(
                mira.wait([], None), mira.upload_file(large, "films"), return_exceptions=True
            )
            await asyncio.sleep(0.01)
            await mira.logout()
            async with asyncio.timeout(SECONDS_MAX):
                assert [type(end) for end in await ends] == [NotLoggedIn, NotLoggedIn]
            with pytest.raises(NotLoggedIn):
                await mira.wait([], None)

    asyncio.run(scenario())


def test_a_port_in_use_is_said_in_plain_words(tmp_path: Path) -> None:
    async def scenario() -> None:
        with socket.create_server(("127.0.0.1", 0)) as other:
            address = other.getsockname()
            one = Engine(Profile.open(tmp_path / "profile"), Settings(download_dir=tmp_path))
            try:
                with pytest.raises(OSError) as refused:  # noqa: PT011  its text is looked at
                    await one.start(address, tmp_path / "tracker_info.txt", resume=False)
            finally:
                await one.stop()
        assert sentence(refused.value) == f"{address[0]}:{address[1]}: Address already in use"

    asyncio.run(scenario())
