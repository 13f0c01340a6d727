"""Who a tracker and a desktop are to each other, against a real one: keys, certificates, passwords."""

import asyncio
import random
from pathlib import Path

import pytest

import shared.wire.tracker_messages as m
from desktop.engine import events
from shared.errors import Exists, NotLoggedIn, WrongLogin
from shared.facts.derive import shown_group
from shared.trust.certificates import device_leaf
from shared.trust.identity import PrivateKey, raw_public
from tests.support.moved_clock import MovedClock
from tests.support.person import PASSWORD, Person, person
from tests.support.tracker import running_tracker
from tests.support.waiting import LONG_S


@pytest.mark.slow
def test_who_logs_out_while_a_tracker_is_dialled_leaves_no_session_there(tmp_path: Path) -> None:
    async def scenario() -> None:
        async with (
            running_tracker(tmp_path) as tracker,
            person(tmp_path / "mira", tracker.info_file, "mira") as mira,
        ):
            await mira.client.request(m.CreateUser(random.randbytes(32), "joao", PASSWORD))
            link = mira.client.connection.link
            assert link is not None
            link.close()
            while mira.client.connection.link is link:  # noqa: ASYNC110  the next one is dialled at once
                await asyncio.sleep(0)
            for _ in range(3):
                await asyncio.sleep(0)
            await mira.client.logout()
            await mira.client.login("joao", PASSWORD, "test")

    asyncio.run(scenario())


def test_wrong_passwords_taken_names_and_strangers_are_refused(tmp_path: Path) -> None:
    async def scenario() -> None:
        async with (
            running_tracker(tmp_path) as tracker,
            person(tmp_path / "mira", tracker.info_file, "mira") as mira,
            person(tmp_path / "eve", tracker.info_file) as eve,
        ):
            with pytest.raises(Exists):
                await eve.client.request(m.CreateUser(bytes(32), "mira", PASSWORD))
            with pytest.raises(WrongLogin):
                await eve.client.login("mira", "not her password", "test")
            with pytest.raises(NotLoggedIn):
                await eve.client.request(m.ListGroups())
            assert mira.account.name == "mira"

    asyncio.run(scenario())


@pytest.mark.slow
def test_a_bare_line_is_trusted_once_and_another_key_there_refused(tmp_path: Path) -> None:
    async def scenario() -> None:
        bare = tmp_path / "bare.txt"
        async with running_tracker(tmp_path / "one") as tracker:
            bare.write_text(f"127.0.0.1:{tracker.address[1]}\n")
            async with person(tmp_path / "mira", bare, "mira") as mira:
                met = await mira.event(events.PinMet)
                assert met.pin in tracker.info_file.read_text()
            async with person(tmp_path / "mira", bare) as mira:
                assert await mira.client.connection.wait(LONG_S)
                assert not any(isinstance(event, events.PinMet) for event in mira.told)
        (tmp_path / "two").mkdir()
        (tmp_path / "two" / "tracker_info.txt").write_text(bare.read_text())
        async with running_tracker(tmp_path / "two"), person(tmp_path / "mira", bare) as mira:
            assert (await mira.event(events.PinMismatch)).address == bare.read_text().strip()
            assert not await mira.client.connection.wait(1.0)

    (tmp_path / "one").mkdir()
    asyncio.run(scenario())


def test_the_last_account_is_taken_up_again_without_a_password(tmp_path: Path) -> None:
    async def scenario() -> None:
        async with running_tracker(tmp_path) as tracker:
            async with person(tmp_path / "mira", tracker.info_file, "mira") as mira:
                gid = await mira.create_group("films")
            mira = Person(tmp_path / "mira", tracker.info_file)
            account = mira.accounts.last()
            assert account is not None
            mira.attach(account)
            assert shown_group(mira.mirror.rows, gid) == "films"  # before there is any tracker
            mira.client.start()
            assert await mira.client.wait_in_step(LONG_S)
            await mira.share(gid, "a.mkv")
            await mira.client.logout()
            assert mira.accounts.last() is None
            with pytest.raises(NotLoggedIn):
                await mira.client.request(m.ListGroups())
            await mira.stop()

    asyncio.run(scenario())


@pytest.mark.slow
@pytest.mark.parametrize("certificate", ["lost", "of an authority that is not trusted any more", "expired"])
def test_a_certificate_that_does_not_count_is_renewed_by_the_key(tmp_path: Path, certificate: str) -> None:
    async def scenario() -> None:
        async with running_tracker(tmp_path) as tracker:
            async with person(tmp_path / "mira", tracker.info_file, "mira") as mira:
                pass
            public, now_s = raw_public(mira.account.key), mira.clock.wall_s()
            if certificate == "lost":
                mira.account.folder.device_crt.unlink()
            elif certificate == "expired":
                old = device_leaf(PrivateKey.generate(), public, now_s - 30 * 24 * 3600)
                mira.account.folder.device_crt.write_bytes(old)
            else:
                other = device_leaf(PrivateKey.generate(), public, now_s)
                mira.account.folder.device_crt.write_bytes(other)
            mira = Person(tmp_path / "mira", tracker.info_file)
            account = mira.accounts.last()
            assert account is not None
            mira.attach(account)
            mira.client.start()
            assert await mira.client.wait_in_step(LONG_S)
            assert mira.client.account is not None
            assert mira.client.account.days_left(mira.clock.wall_s()) > 6
            assert mira.client.account.certificate == mira.account.folder.device_crt.read_bytes()
            assert not any(isinstance(event, events.LoginAgain) for event in mira.told)
            await mira.stop()

    asyncio.run(scenario())


def test_a_clock_that_is_far_off_is_told(tmp_path: Path) -> None:
    async def scenario() -> None:
        async with running_tracker(tmp_path) as tracker:
            clock = MovedClock()
            clock.ahead_s = 3600
            mira = Person(tmp_path / "mira", tracker.info_file, clock)
            mira.client.start()
            assert abs((await mira.event(events.ClockOff)).seconds - 3600) < LONG_S
            await mira.stop()

    asyncio.run(scenario())


def test_a_revoked_device_has_to_log_in_again_and_gets_a_new_key(tmp_path: Path) -> None:
    async def scenario() -> None:
        async with (
            running_tracker(tmp_path) as tracker,
            person(tmp_path / "mira", tracker.info_file, "mira") as mira,
            person(tmp_path / "other", tracker.info_file) as other,
        ):
            await other.login("mira")
            before = mira.account.dev
            await other.client.request(m.RevokeDevice(before))
            assert (await mira.event(events.LoginAgain)).reason == "device_revoked"
            with pytest.raises(NotLoggedIn):
                await mira.client.request(m.ListGroups())
            account = await mira.client.login("mira", PASSWORD, "test")
            assert account.dev != before
            await mira.client.request(m.ListGroups())

    asyncio.run(scenario())


def test_logout_forget_revokes_the_device_and_deletes_its_key(tmp_path: Path) -> None:
    async def scenario() -> None:
        async with (
            running_tracker(tmp_path) as tracker,
            person(tmp_path / "mira", tracker.info_file, "mira") as mira,
        ):
            before = mira.account
            await mira.client.logout(forget=True)
            assert not before.folder.device_key.exists()
            mira.mirror.close()
            await mira.login("mira")
            assert mira.account.dev != before.dev

    asyncio.run(scenario())
