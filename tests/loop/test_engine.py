"""The engine's front door on a real tracker: what happens to what is under way."""

import asyncio
import os
import random
import socket
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from pathlib import Path

import pytest
from msgspec.structs import replace

import shared.wire.tracker_messages as m
from desktop.engine.engine import Engine
from desktop.engine.events import Accepted
from desktop.engine.invites import WaitingLinks
from desktop.engine.trackers.known_networks import KnownNetwork
from desktop.paths import Profile
from desktop.settings import Settings
from desktop.wording import sentence
from shared.errors import BadArgument, Busy, NotLoggedIn
from shared.facts.ids import GroupId, invite_hash
from shared.invite_link import invite_link, read
from shared.tracker_info import parse
from tests.support.tracker import running_tracker
from tests.support.waiting import LONG_S

PASSWORD = "long enough"


@asynccontextmanager
async def engine(home: Path, info_file: Path, user: str, *, resume: bool = False) -> AsyncIterator[Engine]:
    """With its user registered and logged in."""
    (home / "here").mkdir(parents=True)
    one = Engine(Profile.open(home / "profile"), Settings(download_dir=home / "here"))
    try:
        await one.start(("127.0.0.1", 0), info_file, resume=resume)
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
            async with asyncio.timeout(LONG_S):
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
            async with asyncio.timeout(LONG_S):
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


def with_secret(text: str, *, secret: bytes) -> str:
    link = read(text)
    return invite_link(link.trackers, replace(link, secret=secret, until=1 << 39))


def network_of(home: Path, info_file: Path) -> KnownNetwork:
    return KnownNetwork.of(Profile(home / "profile"), parse(info_file.read_text()), random.Random(0))


@pytest.mark.slow
def test_a_link_that_a_tracker_has_not_heard_of_is_tried_again_holds_up_no_other_and_stays_in_its_network(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("desktop.engine.link_use.LINKS_RETRIED_S", 0.5)

    async def scenario() -> None:
        for name in ("a", "b"):
            (tmp_path / name).mkdir()
        async with (
            running_tracker(tmp_path / "a") as here,
            running_tracker(tmp_path / "b") as there,
            engine(tmp_path / "mira", here.info_file, "mira") as mira,
            engine(tmp_path / "joao", there.info_file, "joao", resume=True) as joao,
        ):
            for group in ("films", "music"):
                await mira.create_group(group)
            films = with_secret((await mira.invite("films")).link, secret=bytes(16))
            gid = GroupId(read(films).gid)
            music = (await mira.invite("music")).link
            await joao.use_network(here.info_file)
            await joao.create_user("joao", PASSWORD)
            assert [(await joao.join_link(link)).state for link in (films, music)] == ["login", "login"]
            await joao.login("joao", PASSWORD)
            assert [one.user for one in await mira.list_requests("music")] == ["joao"]
            folder = network_of(tmp_path / "joao", here.info_file).folder
            assert [one.group for one in WaitingLinks(folder)] == ["films"]

            async with asyncio.TaskGroup() as tasks, joao._links._using:  # as while others are used
                joining = tasks.create_task(joao.join_link(films))
                await asyncio.sleep(0)
                await joao.use_network(there.info_file)
                assert joao.user == "joao"
                assert (await joao.wait_for_tracker(LONG_S)).tracker
            assert joining.result().state == "login"
            assert [one.group for one in WaitingLinks(folder)] == ["films"]

            await joao.use_network(here.info_file)
            hash_ = invite_hash(gid, bytes(16))
            await mira._client.ask(m.Invite(gid, hash_, 1, 1), m.Invited)  # the tracker hears of it now
            async with asyncio.timeout(LONG_S):
                while [*WaitingLinks(folder)]:  # noqa: ASYNC110
                    await asyncio.sleep(0.01)
            assert [one.mine for one in await joao.list_groups() if one.name == "films"] == ["member"]

            await mira.create_group("plays")
            joao._links.stop()  # for the other one, which may have been used before its time
            link = (await mira.invite("plays")).link
            with monkeypatch.context() as full:
                full.setattr("trackerd.store.store.COMMANDS_WAITING_MAX", 0)
                with pytest.raises(Busy):
                    await joao.join_link(link)
            async with asyncio.timeout(LONG_S):
                while [*WaitingLinks(folder)]:  # noqa: ASYNC110
                    await asyncio.sleep(0.01)
            assert [one.user for one in await mira.list_requests("plays")] == ["joao"]

    asyncio.run(scenario())


@pytest.mark.slow
def test_a_network_that_cannot_be_used_leaves_the_old_one_and_two_changes_at_once_are_one_after_the_other(
    tmp_path: Path,
) -> None:
    async def scenario() -> None:
        async with (
            running_tracker(tmp_path) as here,
            engine(tmp_path / "joao", here.info_file, "joao", resume=True) as joao,
        ):
            there = tmp_path / "there.txt"
            there.write_text("127.0.0.1:1\n")
            accounts = network_of(tmp_path / "joao", there).folder.accounts
            accounts.parent.mkdir()
            accounts.write_text("nonsense")
            with pytest.raises(BadArgument):
                await joao.use_network(there)
            assert joao.user == "joao"
            await joao.create_group("films")
            accounts.unlink()

            own = joao._own_tracker
            await asyncio.gather(joao.use_network(None), joao.use_network(here.info_file))
            assert own.pid is not None
            with pytest.raises(ProcessLookupError):
                os.kill(own.pid, 0)
            assert joao.user == "joao"
            await asyncio.gather(joao.use_network(here.info_file), joao.use_network(None))
            status = await joao.wait_for_tracker(LONG_S)
            assert [one.address for one in status.trackers] == [own.info_file.read_text().split()[-2]]

    asyncio.run(scenario())


@pytest.mark.slow
def test_the_tracker_for_others_is_tried_again_where_the_computer_was_too_slow_for_it(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("desktop.engine.commands.life.OWN_TRACKER_BACKOFF_S_MAX", 0.1)
    for name in ("joao", "mira"):
        own_folder = Profile(tmp_path / name / "profile").own_tracker
        (own_folder / "own_tracker.toml").write_text("on_network = true\n")

    async def scenario() -> None:
        async with running_tracker(tmp_path) as there:
            with monkeypatch.context() as slow:
                slow.setattr("desktop.engine.trackers.own_tracker.OWN_TRACKER_READY_S_MAX", 0.0)
                with monkeypatch.context() as busy:
                    busy.setattr("desktop.engine.commands.life.OWN_TRACKER_BACKOFF_S_MAX", 0.0)
                    async with engine(tmp_path / "mira", there.info_file, "mira") as mira:
                        pass
                assert mira._own_tracker._thread is None, "it is stopped for good, also while it is tried"
                async with engine(tmp_path / "joao", there.info_file, "joao") as joao:
                    own = joao._own_tracker
                    async with asyncio.timeout(LONG_S):
                        while own._thread:  # noqa: ASYNC110
                            await asyncio.sleep(0.01)
                        slow.undo()
                        while not own._thread:  # noqa: ASYNC110
                            await asyncio.sleep(0.01)
                        await own.start()
                    assert own.pid
                    os.kill(own.pid, 0)

    asyncio.run(scenario())


@pytest.mark.slow
def test_the_caps_of_a_group_go_when_one_leaves_it_here_or_on_another_device(tmp_path: Path) -> None:
    def capped() -> int:
        return Profile(tmp_path / "joao" / "profile").limits.read_text().count("[[group]]")

    async def scenario() -> None:
        async with (
            running_tracker(tmp_path) as tracker,
            engine(tmp_path / "mira", tracker.info_file, "mira") as mira,
            engine(tmp_path / "joao", tracker.info_file, "joao") as joao,
        ):
            for group in ("films", "music"):
                await joao.create_group(group)
                await joao.limit("up", 5, group)
            await joao.leave_group("films")
            assert capped() == 1
            await mira.logout()
            await mira.login("joao", PASSWORD)
            await mira.leave_group("music")
            async with asyncio.timeout(LONG_S):
                while capped():  # noqa: ASYNC110
                    await asyncio.sleep(0.01)

    asyncio.run(scenario())
