"""A real tracker on a real loopback socket, and clients that say to it whatever they like."""

import asyncio
import random
import secrets
import ssl
from collections.abc import Awaitable, Callable
from pathlib import Path

import argon2
import pytest

import shared.wire.tracker_messages as m
from shared.clock import SystemClock
from shared.errors import (
    AlreadyLoggedIn,
    BadArgument,
    BadName,
    Busy,
    Damaged,
    DeviceRevoked,
    DeviceTaken,
    Exists,
    NotAMember,
    NotFound,
    NotLoggedIn,
    NotOwner,
    Refused,
    Version,
    WeakPassword,
    WrongLogin,
)
from shared.facts.ids import Dot, EntryId, Epoch, GroupId
from shared.facts.rows import Kind, Row, Share, encode_body
from shared.limits import (
    BEFORE_LOGIN_BYTES_MAX,
    CERTIFICATE_DAYS,
    CLIENT_SILENT_S_MAX,
    FRAME_BEFORE_LOGIN_BYTES_MAX,
    FRAME_CLIENT_BYTES_MAX,
    HANDSHAKE_S_MAX,
    REQUESTS_BURST_MAX,
    SHARE_BATCH_MAX,
    TRACKER_SILENT_S_MAX,
)
from shared.tracker_info import format_pin
from shared.trust.certificates import device_leaf
from shared.trust.identity import PrivateKey, Purpose, proof, raw_public
from shared.trust.tls import tracker_to_tracker
from shared.trust.tls_channel import dial
from shared.wire.framing import tracker_frame
from shared.wire.mesh_messages import Collected
from tests.support.desk import PASSWORD, Desk, again, joined, registered, stranger
from tests.support.moved_clock import MovedClock
from tests.support.tracker import RunningTracker, free_port, running_tracker
from tests.support.waiting import LONG_S, until

Scenario = Callable[[RunningTracker], Awaitable[None]]
EID = EntryId(bytes(16))


CLOCK = MovedClock()
"""Of all trackers here."""


def run(folder: Path, scenario: Scenario, *, penalise_loopback: bool = False) -> None:
    async def whole() -> None:
        running = running_tracker(folder, CLOCK, penalise_loopback=penalise_loopback)
        async with running as tracker, asyncio.timeout(3 * LONG_S):
            await scenario(tracker)

    asyncio.run(whole())


def time_passes(seconds: float = 5.0) -> None:
    """So that the tracker looks at the next password at once."""
    CLOCK.ahead_s += seconds


def someone(tracker: RunningTracker, name: str) -> Awaitable[Desk]:
    return registered(tracker.address, tracker.t_pin, name)


def nobody(tracker: RunningTracker) -> Awaitable[Desk]:
    return stranger(tracker.address, tracker.t_pin)


async def group_of_two(tracker: RunningTracker) -> tuple[Desk, Desk, GroupId]:
    mira, joao = await someone(tracker, "mira"), await someone(tracker, "joao")
    gid = await mira.create_group("film")
    await joined(mira, gid, joao)
    return mira, joao, gid


async def refused(asked: Awaitable[object], kind: type[Refused | Busy]) -> None:
    with pytest.raises(kind):
        await asked


async def mirrors(desk: Desk, *scopes: bytes) -> None:
    """Subscribes from nothing, and waits for what there is."""
    before = len(desk.pushes)
    await desk.ask(m.Subscribe([m.ScopeSeen(scope, {}) for scope in scopes]))
    assert {push.scope for push in desk.pushes[before:] if isinstance(push, m.Delta)} <= set(scopes)


def kinds(rows: list[Row]) -> set[int]:
    return {row.kind for row in rows}


# --- who it is -----------------------------------------------------------------------------------


def test_the_welcome_says_who_the_tracker_is_and_who_one_is_to_it(tmp_path: Path) -> None:
    async def scenario(tracker: RunningTracker) -> None:
        mira = await someone(tracker, "Mira")
        anonymous = mira.welcome
        assert (anonymous.number, anonymous.t_key, anonymous.uid) == (1, tracker.t_pin, None)
        assert anonymous.seen_as == "127.0.0.1"
        assert len(anonymous.d_keys) == 1
        assert not anonymous.behind
        back = await again(tracker.address, mira)
        assert (back.welcome.uid, back.welcome.name) == (mira.uid, "Mira")
        assert back.welcome.challenge != anonymous.challenge

    run(tmp_path, scenario)


def test_only_a_login_opens_what_is_not_for_strangers(tmp_path: Path) -> None:
    async def scenario(tracker: RunningTracker) -> None:
        desk = await nobody(tracker)
        gid = GroupId(bytes(16))
        for request in (
            m.Logout(),
            m.ChangePassword("long enough", "longer than that"),
            m.DeleteUser("long enough"),
            m.RevokeDevice(desk.dev),
            m.CreateGroup(bytes(32), "film"),
            m.Join(gid),
            m.ListGroups(),
            m.Resolve("user", "mira"),
            m.Announce([], [], []),
            m.Peers(gid, [EID]),
            m.Who(desk.dev, gid),
            m.Online(gid),
            m.Away(gid),
            m.Reach(21500),
            m.Sync(m.NETWORK, {}),
            m.Subscribe([]),
        ):
            await refused(desk.ask(request), NotLoggedIn)
        await desk.ask(m.Ping())

    run(tmp_path, scenario)


def test_before_hello_there_is_nothing_and_a_second_hello_ends_it(tmp_path: Path) -> None:
    async def scenario(tracker: RunningTracker) -> None:
        early = Desk(tracker.t_pin)
        await early.dial(tracker.address)
        with pytest.raises(ConnectionResetError):
            await early.ask(m.Ping())
        twice = await nobody(tracker)
        with pytest.raises(ConnectionResetError):
            await twice.hello()

    run(tmp_path, scenario)


def test_without_a_common_version_it_says_so_and_ends(tmp_path: Path) -> None:
    async def scenario(tracker: RunningTracker) -> None:
        for lowest, highest in ((2, 9), (0, 0)):
            desk = Desk(tracker.t_pin)
            await desk.dial(tracker.address)
            await refused(desk.ask(m.Hello(lowest, highest, "test")), Version)
            assert await desk.ended is None
        newer = Desk(tracker.t_pin)
        await newer.dial(tracker.address)
        assert (await newer.get(m.Hello(1, 7, "test"), m.Welcome)).proto == 1

    run(tmp_path, scenario)


def test_an_unknown_request_is_unsupported_and_ends_nothing(tmp_path: Path) -> None:
    async def scenario(tracker: RunningTracker) -> None:
        desk = await someone(tracker, "mira")
        desk.channel.write(tracker_frame(77, b"\x92\x7f\x01") + tracker_frame(0, b"\x91\x3c"))
        await desk.ask(m.ListGroups())
        assert desk.unasked == [m.Error("unsupported")], "and who asks as 0 is not answered"

    run(tmp_path, scenario)


def test_an_account_is_made_once_and_the_same_nonce_makes_the_same_one(tmp_path: Path) -> None:
    async def scenario(tracker: RunningTracker) -> None:
        desk = await nobody(tracker)
        request = m.CreateUser(secrets.token_bytes(32), "Mira", PASSWORD)
        first = await desk.get(request, m.Created)
        assert await desk.get(request, m.Created) == first
        await refused(desk.ask(m.CreateUser(secrets.token_bytes(32), "mIRA", PASSWORD)), Exists)
        await refused(desk.ask(m.CreateUser(secrets.token_bytes(32), "a/b", PASSWORD)), BadName)
        await refused(desk.ask(m.CreateUser(secrets.token_bytes(32), "joao", "short")), WeakPassword)

    run(tmp_path, scenario)


def test_unknown_user_and_wrong_password_are_one_answer(tmp_path: Path) -> None:
    async def scenario(tracker: RunningTracker) -> None:
        await someone(tracker, "mira")
        desk = await nobody(tracker)

        async def answer(name: str) -> m.Ok | m.Error:
            signed = proof(desk.key, Purpose.ENROL, tracker.t_pin, desk.welcome.challenge, name.encode())
            return await desk.ask_raw(m.Login(name, "not the password", raw_public(desk.key), signed, ""))

        answers = [await answer("mira")]
        time_passes()
        assert answers == [await answer("nobody at all")] == [m.Error("wrong_login")]

    run(tmp_path, scenario)


def test_unknown_user_and_wrong_password_cost_the_same_hash(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    verify, verified = argon2.PasswordHasher.verify, []

    def told(hasher: argon2.PasswordHasher, stored: str, password: str) -> bool:
        verified.append(stored)
        return verify(hasher, stored, password)

    monkeypatch.setattr(argon2.PasswordHasher, "verify", told)

    async def scenario(tracker: RunningTracker) -> None:
        passwords, desk = tracker.daemon.commands, await someone(tracker, "mira")
        session = next(iter(passwords.feed._clients[desk.uid]))
        verified.clear()
        for users in ([desk.uid], []):
            await refused(passwords._whose_password(session, f"{users}", users, "wrong one"), WrongLogin)
        known, unknown = map(argon2.extract_parameters, verified)
        assert known == unknown

    run(tmp_path, scenario)


def test_one_user_at_a_time_on_a_connection_and_the_same_again_is_success(tmp_path: Path) -> None:
    async def scenario(tracker: RunningTracker) -> None:
        mira = await someone(tracker, "mira")
        await someone(tracker, "joao")
        await refused(mira.login("joao"), AlreadyLoggedIn)
        await refused(mira.login("nobody"), AlreadyLoggedIn)
        await refused(mira.login("mira", "not the password"), WrongLogin)
        time_passes()
        assert (await mira.login("mira")).uid == mira.uid
        await mira.ask(m.Logout())
        await refused(mira.ask(m.ListGroups()), NotLoggedIn)
        key = mira.key
        mira.key = PrivateKey.generate()
        await mira.login("joao")
        mira.key = key
        await refused(mira.login("mira"), AlreadyLoggedIn)

    run(tmp_path, scenario)


def test_nobody_enrols_a_key_without_holding_it(tmp_path: Path) -> None:
    async def scenario(tracker: RunningTracker) -> None:
        mira, thief = await someone(tracker, "mira"), await someone(tracker, "thief")
        await thief.ask(m.Logout())
        theirs = raw_public(mira.key)
        challenge, other_challenge = thief.welcome.challenge, mira.welcome.challenge
        for signed in (
            bytes(64),
            proof(thief.key, Purpose.ENROL, tracker.t_pin, challenge, b"thief"),
            # What its holder signed, but elsewhere, for another tracker, user or purpose.
            proof(mira.key, Purpose.ENROL, tracker.t_pin, other_challenge, b"thief"),
            proof(mira.key, Purpose.ENROL, bytes(32), challenge, b"thief"),
            proof(mira.key, Purpose.ENROL, tracker.t_pin, challenge, b"mira"),
            proof(mira.key, Purpose.RENEW, tracker.t_pin, challenge, b"thief"),
        ):
            await refused(thief.ask(m.Login("thief", PASSWORD, theirs, signed, "")), WrongLogin)
        # And even with its holder's help it is the device of one user for good.
        signed = proof(mira.key, Purpose.ENROL, tracker.t_pin, challenge, b"thief")
        await refused(thief.ask(m.Login("thief", PASSWORD, theirs, signed, "")), DeviceTaken)

    run(tmp_path, scenario)


def test_who_has_the_wrong_password_of_an_enrolled_device_does_not_delay_its_owner(tmp_path: Path) -> None:
    async def scenario(tracker: RunningTracker) -> None:
        mira = await someone(tracker, "mira")
        desk = await nobody(tracker)
        loop = asyncio.get_running_loop()
        attempts = [loop.create_task(desk.login("mira", "a wrong guess")) for _ in range(8)]
        await until(lambda: any(attempt.done() for attempt in attempts))
        back = Desk(tracker.t_pin, mira.key)
        await back.dial(tracker.address)
        await back.hello()
        await back.login("mira")  # the next attempt of the others would be told to come again later
        assert any(isinstance(error, Busy) for error in await settled(attempts[-3:]))
        for attempt in attempts:
            attempt.cancel()
        await settled(attempts)

    async def settled(attempts: list[asyncio.Task[m.LoggedIn]]) -> list[object]:
        return await asyncio.gather(*attempts, return_exceptions=True)

    run(tmp_path, scenario)


def test_a_certificate_that_expired_is_renewed_by_the_key_without_the_password(tmp_path: Path) -> None:
    async def scenario(tracker: RunningTracker) -> None:
        mira = await someone(tracker, "mira")
        keys = tracker.daemon._keys
        long_ago_s = SystemClock().wall_s() - (CERTIFICATE_DAYS + 1) * 24 * 3600
        expired = device_leaf(keys.d, raw_public(mira.key), long_ago_s)
        desk = Desk(tracker.t_pin, mira.key)
        await desk.dial(tracker.address, expired)
        assert isinstance(await desk.ended, ssl.SSLError)

        desk = Desk(tracker.t_pin, mira.key)
        await desk.dial(tracker.address)
        await desk.hello()
        renewed = await desk.renew(mira.uid)
        assert renewed.uid == mira.uid
        await desk.ask(m.ListGroups())
        mira.certificate = renewed.certificate
        await (await again(tracker.address, mira)).ask(m.ListGroups())

        other = await nobody(tracker)
        await refused(other.renew(mira.uid), WrongLogin)
        await refused(other.ask(m.Renew(mira.dev, bytes(64))), WrongLogin)

    run(tmp_path, scenario)


def test_a_revoked_device_is_nobody_at_once_and_for_ever(tmp_path: Path) -> None:
    async def scenario(tracker: RunningTracker) -> None:
        mira, joao, gid = await group_of_two(tracker)
        await mirrors(joao, gid)
        laptop = Desk(tracker.t_pin)
        await laptop.dial(tracker.address)
        await laptop.hello()
        await laptop.login("mira")
        await mira.ask(m.RevokeDevice(laptop.dev))
        revoked = m.Revoked(None, mira.uid, laptop.dev)
        assert await joao.pushed(m.Revoked) == await laptop.pushed(m.Revoked) == revoked
        await refused(laptop.ask(m.ListGroups()), NotLoggedIn)
        back = Desk(tracker.t_pin, laptop.key)
        await back.dial(tracker.address, laptop.certificate)
        await refused(back.hello(), DeviceRevoked)
        fresh = Desk(tracker.t_pin, laptop.key)
        await fresh.dial(tracker.address)
        await fresh.hello()
        await refused(fresh.renew(mira.uid), DeviceRevoked)
        await refused(fresh.login("mira"), DeviceRevoked)
        await mira.ask(m.ListGroups())
        await refused(joao.ask(m.RevokeDevice(mira.dev)), NotFound)

    run(tmp_path, scenario)


def test_logout_with_forget_revokes_the_device_and_plain_logout_keeps_it(tmp_path: Path) -> None:
    async def scenario(tracker: RunningTracker) -> None:
        mira = await someone(tracker, "mira")
        await mira.ask(m.Logout())
        back = await again(tracker.address, mira)
        await back.ask(m.Logout(forget=True))
        last = Desk(tracker.t_pin, mira.key)
        await last.dial(tracker.address, mira.certificate)
        await refused(last.hello(), DeviceRevoked)

    run(tmp_path, scenario)


def test_a_new_password_counts_from_now_on_and_takes_the_old_one(tmp_path: Path) -> None:
    async def scenario(tracker: RunningTracker) -> None:
        mira = await someone(tracker, "mira")
        await refused(mira.ask(m.ChangePassword("not the old one", "longer than that")), WrongLogin)
        time_passes()
        await refused(mira.ask(m.ChangePassword(PASSWORD, "short")), WeakPassword)
        await mira.ask(m.ChangePassword(PASSWORD, "longer than that"))
        await refused(mira.login("mira", PASSWORD), WrongLogin)
        time_passes()
        await mira.login("mira", "longer than that")

    run(tmp_path, scenario)


@pytest.mark.slow
def test_a_password_that_another_change_overtook_changes_nothing(tmp_path: Path) -> None:
    async def scenario(tracker: RunningTracker) -> None:
        mira = await someone(tracker, "mira")
        both = await asyncio.gather(
            mira.ask_raw(m.ChangePassword(PASSWORD, "the first of the two")),
            (await again(tracker.address, mira)).ask_raw(m.ChangePassword(PASSWORD, "the second of them")),
        )
        assert [type(answer) for answer in both].count(m.Ok) == 1

    run(tmp_path, scenario)


def test_a_deleted_user_is_gone_everywhere_at_once(tmp_path: Path) -> None:
    async def scenario(tracker: RunningTracker) -> None:
        mira, joao, gid = await group_of_two(tracker)
        await mirrors(joao, gid)
        await refused(mira.ask(m.DeleteUser("not the password")), WrongLogin)
        time_passes()
        await mira.ask(m.DeleteUser(PASSWORD))
        assert await joao.pushed(m.Revoked) == m.Revoked(None, mira.uid)
        assert Kind.GONE in kinds((await joao.pushed(m.Delta, 2)).rows)
        await refused(mira.ask(m.ListGroups()), NotLoggedIn)
        await refused(mira.login("mira"), WrongLogin)
        groups = (await joao.get(m.ListGroups(), m.GroupsPage)).groups
        assert [(group.owner, group.mine) for group in groups] == [("joao", "owner")]

    run(tmp_path, scenario)


def test_a_tracker_says_behind_until_it_has_what_the_client_saw(tmp_path: Path) -> None:
    async def scenario(tracker: RunningTracker) -> None:
        mira = await someone(tracker, "mira")
        answer = await mira.ask_raw(m.CreateGroup(secrets.token_bytes(32), "film"))
        assert isinstance(answer, m.Ok)
        assert answer.copies == 1
        assert answer.dot is not None
        for seen, is_behind in ((answer.dot, False), (Dot(answer.dot.log, answer.dot.seq + 1), True)):
            desk = Desk(tracker.t_pin)
            await desk.dial(tracker.address)
            assert (await desk.hello(seen)).behind == is_behind
            assert (await desk.get(m.Ping(seen), m.Alive)).behind == is_behind
        await mira.create_group("music")
        assert not (await mira.get(m.Ping(seen), m.Alive)).behind
        assert not (await mira.get(m.Ping(), m.Alive)).behind

    run(tmp_path, scenario)


def test_another_tracker_is_told_nothing_yet(tmp_path: Path) -> None:
    async def scenario(tracker: RunningTracker) -> None:
        desk = Desk(tracker.t_pin)
        context = tracker_to_tracker(tracker.t_pin, tracker.daemon._leaf)
        await dial(tracker.address, context, on_bytes=desk._came, on_close=desk._ended, timeout_s=5)
        await desk.ended
        assert desk.pushes == []

    run(tmp_path, scenario)


# --- groups and their rows -----------------------------------------------------------------------


def test_a_subscriber_gets_what_it_lacks_and_then_what_comes(tmp_path: Path) -> None:
    async def scenario(tracker: RunningTracker) -> None:
        mira, joao, gid = await group_of_two(tracker)
        await mirrors(joao, m.NETWORK, m.ME, gid)
        first = {push.scope: push for push in joao.pushes if isinstance(push, m.Delta)}
        assert kinds(first[m.NETWORK].rows) == {Kind.TRACKER}
        assert kinds(first[m.ME].rows) == {Kind.USER, Kind.DEVICE, Kind.MEMBER, Kind.REQUEST}
        assert {Kind.USER, Kind.DEVICE, Kind.MEMBER, Kind.OWNER, Kind.GROUP} <= kinds(first[gid].rows)
        await mira.share(gid, "a", "b")
        delta = await joao.pushed(m.Delta, 4)
        assert kinds(delta.rows) == {Kind.ENTRY, Kind.SHARE}
        assert len(delta.rows) == 4

    run(tmp_path, scenario)


@pytest.mark.slow
def test_vectors_of_deltas_join_without_a_gap_and_a_later_subscription_repeats_nothing(
    tmp_path: Path,
) -> None:
    async def scenario(tracker: RunningTracker) -> None:
        mira, joao, gid = await group_of_two(tracker)
        await mirrors(joao, gid)
        for number in range(3):
            await mira.share(gid, f"{number}")
            await joao.pushed(m.Delta, 2 + number)
        vv: dict[int, int] = {}
        for delta in joao.pushes:
            assert isinstance(delta, m.Delta)
            assert all(vv.get(log, 0) >= seq for log, seq in delta.vv0.items())
            vv |= delta.vv1
        await joao.ask(m.Subscribe([m.ScopeSeen(gid, vv)]))
        assert len(joao.pushes) == 4
        back = await again(tracker.address, joao)
        await back.ask(m.Subscribe([m.ScopeSeen(gid, vv)]))
        assert back.pushes == []
        await mira.share(gid, "last")
        assert len((await back.pushed(m.Delta)).rows) == 2

    run(tmp_path, scenario)


def test_a_subscriber_that_has_seen_more_elsewhere_is_told_what_this_tracker_has(tmp_path: Path) -> None:
    async def scenario(tracker: RunningTracker) -> None:
        mira, joao, gid = await group_of_two(tracker)
        page = await joao.get(m.Sync(gid, {}), m.SyncPage)
        assert page.vv is not None
        more = {log: seq + 5 for log, seq in page.vv.items()} | {7: 7}
        await joao.ask(m.Subscribe([m.ScopeSeen(gid, more)]))
        assert joao.pushes == [m.Delta(gid, more, page.vv, [])]
        await mira.share(gid, "later")
        delta = await joao.pushed(m.Delta, 2)
        assert all(page.vv.get(log, 0) >= seq for log, seq in delta.vv0.items())

    run(tmp_path, scenario)


@pytest.mark.slow
def test_rows_of_another_trackers_round_are_pushed_at_once_and_how_far_they_go_at_its_end(
    tmp_path: Path,
) -> None:
    async def scenario(tracker: RunningTracker) -> None:
        mira, joao, gid = await group_of_two(tracker)
        await mirrors(joao, gid)
        store, log = tracker.daemon._store, 5 << 55
        body = encode_body(Share(mira.uid, Epoch(1, 1), True, 0))
        row = Row(Kind.SHARE, gid + bytes(32), 1, log, 7, body)
        await store.take_rows([row])
        delta = await joao.pushed(m.Delta, 2)
        assert (delta.rows, delta.vv1) == ([row], {})
        await mirrors(mira, gid)
        assert isinstance(listed := mira.pushes[-1], m.Delta)
        assert row in listed.rows
        assert log not in listed.vv1
        await store.finish_round({log: 6})
        await store.finish_round({log: 9})
        delta = await joao.pushed(m.Delta, 3)
        assert (delta.rows, delta.vv0, delta.vv1) == ([], {log: 0}, {log: 7})
        assert await mira.pushed(m.Delta, 2) == delta
        await store.take_live(log, 10, 10, [Row(Kind.SHARE, gid + bytes(32), 2, log, 10, body)])
        delta = await joao.pushed(m.Delta, 4)
        assert (delta.vv0, delta.vv1) == ({log: 7}, {log: 10})

    run(tmp_path, scenario)


def test_who_subscribes_during_a_round_is_told_its_end_too(tmp_path: Path) -> None:
    async def scenario(tracker: RunningTracker) -> None:
        mira, _, gid = await group_of_two(tracker)
        store, log = tracker.daemon._store, 5 << 55
        row = Row(Kind.SHARE, gid + bytes(32), 1, log, 7, encode_body(Share(mira.uid, Epoch(1, 1), True, 0)))
        await store.take_rows([row])
        await mirrors(mira, gid)
        await store.finish_round({log: 7})
        assert (await mira.pushed(m.Delta, 2)).vv1 == {log: 7}

    run(tmp_path, scenario)


def test_who_may_hold_what_trackers_deleted_for_good_is_told_to_list_everything_anew(tmp_path: Path) -> None:
    async def scenario(tracker: RunningTracker) -> None:
        mira, joao, gid = await group_of_two(tracker)
        await mirrors(joao, gid)
        before = joao.pushes[-1]
        assert isinstance(before, m.Delta)
        store, log = tracker.daemon._store, 5 << 55
        await store.take_rows([], gc=[Collected(gid, log, 7)])
        await store.finish_round({log: 8})
        assert (await joao.pushed(m.Changed)).scope == gid
        back = await again(tracker.address, joao)
        await back.ask(m.Subscribe([m.ScopeSeen(gid, before.vv1)]))
        assert back.pushes == [m.Changed(gid)]
        page = await joao.get(m.Sync(gid, before.vv1), m.SyncPage)
        assert page.full
        assert page.rows == before.rows
        assert page.vv == store.seen
        assert (await mira.get(m.Sync(gid, page.vv), m.SyncPage)).full is False
        await mira.share(gid, "later")
        assert len((await joao.pushed(m.Delta, 2)).rows) == 2

    run(tmp_path, scenario)


@pytest.mark.slow
def test_who_lacks_more_than_a_page_is_told_to_ask_for_pages(tmp_path: Path) -> None:
    async def scenario(tracker: RunningTracker) -> None:
        mira, joao, gid = await group_of_two(tracker)
        await mira.share(gid, *(f"{number}" for number in range(SHARE_BATCH_MAX)))
        await joao.ask(m.Subscribe([m.ScopeSeen(gid, {})]))
        assert joao.pushes == [m.Changed(gid)]
        await mira.share(gid, "meanwhile")
        await asyncio.sleep(0.2)
        assert len(joao.pushes) == 1, "nothing until it has asked"
        page = await joao.get(m.Sync(gid, {}), m.SyncPage)
        assert page.next is not None
        await mira.share(gid, "later")
        assert len((await joao.pushed(m.Delta)).rows) == 2

    run(tmp_path, scenario)


def test_a_new_member_comes_with_its_user_and_device(tmp_path: Path) -> None:
    async def scenario(tracker: RunningTracker) -> None:
        mira, _, gid = await group_of_two(tracker)
        ada = await someone(tracker, "ada")
        await mirrors(mira, gid)
        await ada.ask(m.Join(gid))
        await mira.pushed(m.Delta, 2)
        await mira.ask(m.Accept(gid, ada.uid))
        rows = (await mira.pushed(m.Delta, 3)).rows
        assert {Kind.MEMBER, Kind.USER, Kind.DEVICE} <= kinds(rows)

    run(tmp_path, scenario)


def test_to_a_stranger_of_the_group_nothing_of_it_is_told(tmp_path: Path) -> None:
    async def scenario(tracker: RunningTracker) -> None:
        mira, _, gid = await group_of_two(tracker)
        eve = await someone(tracker, "eve")
        ((eid, _),) = await mira.share(gid, "secret")
        for request in (
            m.Sync(gid, {}),
            m.Subscribe([m.ScopeSeen(gid, {})]),
            m.Peers(gid, [eid]),
            m.Who(mira.dev, gid),
            m.Online(gid),
            m.Away(gid),
            m.Share(gid, [m.NewShare("x", 1, bytes(32), bytes(20), None)]),
            m.StopShare(gid, [eid]),
            m.ListRequests(gid),
            m.Accept(gid, eve.uid),
        ):
            await refused(eve.ask(request), NotAMember)
            if not isinstance(request, m.Subscribe):
                body = m.encode(request).replace(gid, bytes(16))
                await refused(eve.ask(m.decode_request(body)), NotFound)
        for scope in (b"", gid[:1], gid[:15]):
            await refused(eve.ask(m.Sync(scope, {})), NotFound)
        await eve.ask(m.Announce([m.Endpoint("127.0.0.1", 21500)], [m.EntryRef(gid, eid)], []))
        found = await mira.get(m.Peers(gid, [eid]), m.PeersFound)
        assert found.entries == [(eid, [])]
        await mira.share(gid, "more")
        await asyncio.sleep(0.2)
        assert eve.pushes == []

    run(tmp_path, scenario)


def test_who_leaves_or_is_removed_hears_nothing_more_and_the_others_hear_it_at_once(tmp_path: Path) -> None:
    async def scenario(tracker: RunningTracker) -> None:
        mira, joao, gid = await group_of_two(tracker)
        ada = await someone(tracker, "ada")
        await joined(mira, gid, ada)
        await mirrors(joao, m.ME, gid)
        await mirrors(ada, gid)
        await mirrors(mira, gid)
        had = {other.uid: len(other.pushes) for other in (mira, ada, joao)}
        await joao.ask(m.Leave(gid))
        for other in (mira, ada, joao):
            assert await other.pushed(m.Revoked) == m.Revoked(gid, joao.uid)
            assert isinstance(other.pushes[had[other.uid]], m.Revoked), "before any delta"
        heard = (await joao.pushed(m.Delta, 3)).scope
        assert heard == m.ME
        await mira.ask(m.RemoveMember(gid, ada.uid))
        await ada.pushed(m.Revoked, 2)
        before = [*ada.pushes], [*joao.pushes]
        await mira.share(gid, "secret")
        await mira.pushed(m.Delta, 3)
        assert ([*ada.pushes], [*joao.pushes]) == before
        await refused(ada.ask(m.Sync(gid, {})), NotAMember)

    run(tmp_path, scenario)


def test_a_refused_subscription_leaves_the_one_before(tmp_path: Path) -> None:
    async def scenario(tracker: RunningTracker) -> None:
        mira, joao, gid = await group_of_two(tracker)
        await mirrors(joao, gid)
        scopes = [m.ScopeSeen(gid, {}), m.ScopeSeen(bytes(16), {})]
        await refused(joao.ask(m.Subscribe(scopes)), NotFound)
        await mira.share(gid, "a")
        await joao.pushed(m.Delta, 2)

    run(tmp_path, scenario)


@pytest.mark.slow
def test_a_slow_reader_is_told_that_there_is_more_and_goes_on_after_it_asked(tmp_path: Path) -> None:
    async def scenario(tracker: RunningTracker) -> None:
        mira, joao, gid = await group_of_two(tracker)
        await mirrors(joao, gid)
        joao.channel.pause_reading()
        for batch in range(60):
            names = [f"{batch} {number} {'x' * 200}" for number in range(250)]
            await mira.share(gid, *names)
            if batch % 5 == 0:
                await asyncio.sleep(0.12)
        await asyncio.sleep(0.2)
        joao.channel.resume_reading()
        assert (await joao.pushed(m.Changed)).scope == gid
        page = await joao.get(m.Sync(gid, {}), m.SyncPage)
        rows, vv = list(page.rows), page.vv
        assert vv is not None
        while page.next:
            page = await joao.get(m.Sync(gid, {}, page.next), m.SyncPage)
            rows += page.rows
        assert sum(row.kind == Kind.ENTRY for row in rows) == 60 * 250
        before = len([push for push in joao.pushes if isinstance(push, m.Delta)])
        await mira.share(gid, "last")
        assert len((await joao.pushed(m.Delta, before + 1)).rows) == 2
        assert len([push for push in joao.pushes if isinstance(push, m.Changed)]) == 1

    run(tmp_path, scenario)


# --- presence ------------------------------------------------------------------------------------


def test_sharers_are_found_while_they_are_connected(tmp_path: Path) -> None:
    async def scenario(tracker: RunningTracker) -> None:
        mira, joao, gid = await group_of_two(tracker)
        ((eid, _),) = await mira.share(gid, "film.mkv")
        await mira.ask(m.Announce([m.Endpoint("127.0.0.1", 21500)], [], []))
        found = await joao.get(m.Peers(gid, [eid, EID]), m.PeersFound)
        peer = m.PeerListed(mira.dev, mira.uid, "127.0.0.1", 21500, partial=False)
        assert found.entries == [(eid, [peer]), (EID, [])]
        online = await joao.get(m.Online(gid), m.OnlineFound)
        assert set(online.devs) == {mira.dev, joao.dev}
        await mira.close()
        found = await joao.get(m.Peers(gid, [eid]), m.PeersFound)
        assert found.entries == [(eid, [])]
        assert (await joao.get(m.Online(gid), m.OnlineFound)).devs == [joao.dev]
        assert [one.uid for one in (await joao.get(m.Away(gid), m.AwayFound)).away] == [mira.uid]

    run(tmp_path, scenario)


def seems_elsewhere(tracker: RunningTracker, desk: Desk) -> None:
    """As if 127.0.0.1 were an address of another computer."""
    (session,) = tracker.daemon.commands.presence._of_device[desk.dev]
    session.seen = session.seen._replace(is_loopback=False)


def test_a_port_is_tried_only_where_members_are_sent_anyway_and_not_often(tmp_path: Path) -> None:
    async def scenario(tracker: RunningTracker) -> None:
        came: asyncio.Queue[bytes] = asyncio.Queue()

        async def listen(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
            await came.put(await reader.read())
            writer.close()

        server = await asyncio.start_server(listen, "127.0.0.1", 0)
        port, closed = server.sockets[0].getsockname()[1], free_port()
        ends = [m.Endpoint("127.0.0.1", port), m.Endpoint("203.0.113.7", closed), m.Endpoint("127.0.0.1", 22)]
        async with server:
            mira, joao, eve, lia = [await someone(tracker, name) for name in ("mira", "joao", "eve", "lia")]
            for desk in (mira, joao, lia):
                await desk.ask(m.Announce(ends, [], []))
            await refused(lia.ask(m.Reach(port)), BadArgument)  # or by a proxy on its computer
            for desk in (mira, joao, eve):
                seems_elsewhere(tracker, desk)
            await refused(eve.ask(m.Reach(port)), BadArgument)  # she did not announce it
            assert (await mira.get(m.Reach(port), m.Reached)).why == ""
            assert await came.get() == b""
            await refused(mira.ask(m.Reach(port)), Busy)
            # Not at the address that was claimed, but where the tracker sees it.
            assert (await joao.get(m.Reach(closed), m.Reached)).why == "refused"
            nina = await someone(tracker, "nina")
            await nina.ask(m.Announce(ends, [], []))
            seems_elsewhere(tracker, nina)
            await refused(nina.ask(m.Reach(22)), BadArgument)

    run(tmp_path, scenario)


def test_logout_ends_presence_and_a_partial_download_counts_until_then(tmp_path: Path) -> None:
    async def scenario(tracker: RunningTracker) -> None:
        mira, joao, gid = await group_of_two(tracker)
        ((eid, _),) = await mira.share(gid, "film.mkv")
        await joao.ask(m.Announce([m.Endpoint("0.0.0.0", 21501)], [m.EntryRef(gid, eid)], []))
        found = await mira.get(m.Peers(gid, [eid]), m.PeersFound)
        assert found.entries == [(eid, [m.PeerListed(joao.dev, joao.uid, "127.0.0.1", 21501, partial=True)])]
        await joao.ask(m.Logout())
        assert (await mira.get(m.Peers(gid, [eid]), m.PeersFound)).entries == [(eid, [])]

    run(tmp_path, scenario)


def test_who_says_what_a_peer_needs_to_know_of_a_device(tmp_path: Path) -> None:
    async def scenario(tracker: RunningTracker) -> None:
        mira, joao, gid = await group_of_two(tracker)
        rows = (await joao.get(m.Who(mira.dev, gid), m.RowsFound)).rows
        assert kinds(rows) == {Kind.MEMBER, Kind.USER, Kind.DEVICE}
        eve = await someone(tracker, "eve")
        assert (await joao.get(m.Who(eve.dev, gid), m.RowsFound)).rows == []

    run(tmp_path, scenario)


def test_only_the_owner_decides(tmp_path: Path) -> None:
    async def scenario(tracker: RunningTracker) -> None:
        mira, joao, gid = await group_of_two(tracker)
        ada = await someone(tracker, "ada")
        await ada.ask(m.Join(gid))
        await refused(joao.ask(m.Accept(gid, ada.uid)), NotOwner)
        await refused(joao.ask(m.ListRequests(gid)), NotOwner)
        waiting = (await mira.get(m.ListRequests(gid), m.RequestsPage)).requests
        assert [request.name for request in waiting] == ["ada"]
        await mira.ask(m.Reject(gid, ada.uid))
        await mira.ask(m.Transfer(gid, joao.uid))
        assert (await joao.get(m.ListRequests(gid), m.RequestsPage)).requests == []
        found = (await ada.get(m.Resolve("group", "film"), m.Resolved)).found
        assert found == [(gid, "film")]
        assert (await joao.get(m.Leave(gid), m.Left)).owner == mira.uid

    run(tmp_path, scenario)


# --- whoever wishes it ill -----------------------------------------------------------------------


REQUESTS = [m.encode(m.Hello(1, 1, "x")), m.encode(m.ListGroups()), m.encode(m.Sync(m.ME, {}))]


def evil(lot: random.Random) -> bytes:
    return lot.choice(
        (
            lot.randbytes(lot.randrange(1, 300)),
            b"\xff\xff\xff\xff" + lot.randbytes(100),
            b"\0\0\0\0",
            tracker_frame(100, b"\x91" * 3000),
            tracker_frame(100, b"\x93\x32\xa2me\xdf\xff\xff\xff\xff"),
            tracker_frame(lot.randrange(100, 103), one_byte_wrong(lot, lot.choice(REQUESTS))),
        )
    )


def one_byte_wrong(lot: random.Random, body: bytes) -> bytes:
    at = lot.randrange(len(body))
    return body[:at] + lot.randbytes(1) + body[at + 1 :]


@pytest.mark.slow
def test_no_bytes_end_the_tracker_or_stall_it(tmp_path: Path) -> None:
    async def scenario(tracker: RunningTracker) -> None:
        lot, mira = random.Random(7), await someone(tracker, "mira")
        for number in range(120):
            desk = Desk(tracker.t_pin, mira.key)
            await desk.dial(tracker.address, mira.certificate if number % 2 else None)
            if number % 3:
                await desk.hello()
            for _ in range(lot.randrange(1, 4)):
                desk.channel.write(evil(lot))
            desk.channel.abort() if number % 5 == 0 else await asyncio.sleep(0)
            await mira.ask(m.ListGroups())
            if number % 5:
                desk.channel.close()
        await until(lambda: len(tracker.daemon.server.connections) == 1)

    run(tmp_path, scenario)


def test_plain_text_and_half_handshakes_get_nothing(tmp_path: Path) -> None:
    async def scenario(tracker: RunningTracker) -> None:
        hello = b"\x16\x03\x01\x00\xc8\x01\x00\x00\xc4\x03\x03"
        for words in (b"GET / HTTP/1.1\r\nHost: evil\r\n\r\n", b"SSH-2.0-x\r\n", bytes(2000), hello):
            reader, writer = await asyncio.open_connection(*tracker.address)
            writer.write(words)
            writer.write_eof()
            answer = await reader.read()
            assert answer == b"" or answer[0] == 21, "a TLS alert at most"
            writer.close()
        await someone(tracker, "mira")

    run(tmp_path, scenario)


@pytest.mark.parametrize("is_bound", [False, True])
def test_a_frame_over_the_limit_ends_the_connection_before_it_is_read(tmp_path: Path, is_bound: bool) -> None:
    async def scenario(tracker: RunningTracker) -> None:
        desk = await (someone(tracker, "mira") if is_bound else nobody(tracker))
        limit = FRAME_CLIENT_BYTES_MAX if is_bound else FRAME_BEFORE_LOGIN_BYTES_MAX
        desk.channel.write((limit + 1).to_bytes(4, "big"))
        await desk.ended

    run(tmp_path, scenario)


def test_a_stranger_may_say_only_so_much_but_may_wait_for_ever(tmp_path: Path) -> None:
    async def scenario(tracker: RunningTracker) -> None:
        waiting = await nobody(tracker)
        for _ in range(BEFORE_LOGIN_BYTES_MAX // 10 // 300 + 1):
            await asyncio.gather(*(waiting.ask(m.Ping()) for _ in range(300)))
            time_passes()
            tracker.daemon.server.swept_s = CLOCK.monotonic_s()  # it did not stand still meanwhile
        talker = await nobody(tracker)
        frame = tracker_frame(77, m.encode(m.CreateUser(bytes(32), "x/", "\U0001f600" * 256)))
        while not talker.ended.done():
            talker.channel.write(frame)
            await asyncio.sleep(0)
        answered = sum(isinstance(answer, m.Error) for answer in talker.unasked)
        assert answered == BEFORE_LOGIN_BYTES_MAX // len(frame) - 1, "Hello counts too"

    run(tmp_path, scenario)


def test_a_tracker_that_stood_still_does_not_do_what_its_clients_did_elsewhere_by_now(tmp_path: Path) -> None:
    async def scenario(tracker: RunningTracker) -> None:
        mira = await someone(tracker, "mira")
        server = tracker.daemon.server
        assert server._sweeping is not None
        server._sweeping.cancel()
        time_passes(CLIENT_SILENT_S_MAX + 1)
        with pytest.raises(ConnectionResetError):
            await mira.create_group("films")
        server._sweep()
        back = await again(tracker.address, mira)
        assert (await back.get(m.ListGroups(), m.GroupsPage)).groups == []

    run(tmp_path, scenario)


@pytest.mark.slow
def test_a_flood_is_told_to_be_busy_while_others_are_served(tmp_path: Path) -> None:
    async def scenario(tracker: RunningTracker) -> None:
        mira, joao = await someone(tracker, "mira"), await someone(tracker, "joao")
        count = int(REQUESTS_BURST_MAX) * 2
        with CLOCK.standing_still():
            flood = asyncio.gather(*(mira.ask_raw(m.ListGroups()) for _ in range(count)))
            await joao.ask(m.ListGroups())
            answers = await flood
        codes = [answer.code for answer in answers if isinstance(answer, m.Error)]
        assert set(codes) == {"busy"}
        assert REQUESTS_BURST_MAX <= len(codes) < REQUESTS_BURST_MAX + 10, "what she asked for before counts"

    run(tmp_path, scenario)


@pytest.mark.slow
def test_who_asks_and_never_reads_is_held_up_and_nobody_else_notices(tmp_path: Path) -> None:
    async def scenario(tracker: RunningTracker) -> None:
        mira, joao, gid = await group_of_two(tracker)
        for batch in range(4):
            await mira.share(gid, *(f"{batch} {number} {'x' * 200}" for number in range(SHARE_BATCH_MAX)))
        joao.channel.pause_reading()
        for _ in range(300):
            joao.channel.write(tracker_frame(9, m.encode(m.Sync(gid, {}))))
        for _ in range(20):
            await mira.ask(m.ListGroups())
            await asyncio.sleep(0.02)
        held = sum(connection.buffered for connection in tracker.daemon.server.connections)
        assert held < 40 << 20
        await joao.close()

    run(tmp_path, scenario)


@pytest.mark.slow
def test_many_clients_at_once_are_served(tmp_path: Path) -> None:
    async def scenario(tracker: RunningTracker) -> None:
        desks = await asyncio.gather(*(someone(tracker, f"user {number}") for number in range(40)))
        gids = await asyncio.gather(*(desk.create_group(f"group {desk.uid.hex()}") for desk in desks))
        assert len(set(gids)) == 40
        for desk in desks:
            page = await desk.get(m.ListGroups(), m.GroupsPage)
            assert len(page.groups) == 40

    run(tmp_path, scenario)


@pytest.mark.slow
def test_silence_and_a_missing_hello_end_in_time(tmp_path: Path) -> None:
    async def scenario(tracker: RunningTracker) -> None:
        mira, mute = await someone(tracker, "mira"), Desk(tracker.t_pin)
        await mute.dial(tracker.address)
        time_passes(HANDSHAKE_S_MAX + 1)
        assert isinstance(await asyncio.wait_for(mute.ended, LONG_S), ConnectionResetError)
        await mira.ask(m.Ping())
        time_passes(TRACKER_SILENT_S_MAX - 1)  # what is left is the pace at which it looks
        assert isinstance(await asyncio.wait_for(mira.ended, LONG_S), ConnectionResetError)
        assert not tracker.daemon.commands.presence.online([mira.uid])

    run(tmp_path, scenario)


def test_a_network_that_breaks_the_protocol_has_to_wait_but_not_its_known_devices(tmp_path: Path) -> None:
    async def scenario(tracker: RunningTracker) -> None:
        mira = await someone(tracker, "mira")
        for desk in (await again(tracker.address, mira), await nobody(tracker)):
            desk.channel.write(b"\xff\xff\xff\xff")
            await desk.ended
        with pytest.raises(ConnectionError):
            await nobody(tracker)
        await (await again(tracker.address, mira)).ask(m.ListGroups())

    run(tmp_path, scenario, penalise_loopback=True)


def test_who_breaks_the_protocol_over_and_over_does_not_fill_the_log(
    tmp_path: Path, caplog: pytest.LogCaptureFixture
) -> None:
    async def scenario(tracker: RunningTracker) -> None:
        mira = await someone(tracker, "mira")
        with CLOCK.standing_still():
            for _ in range(20):
                desk = Desk(tracker.t_pin, mira.key)
                await desk.dial(tracker.address, mira.certificate)
                desk.channel.write(b"\xff\xff\xff\xff")
                await desk.ended

    caplog.set_level("INFO")
    run(tmp_path, scenario)
    assert 10 <= caplog.text.count("violation") < 15


# --- its own life --------------------------------------------------------------------------------


def test_it_says_of_which_tracker_it_lacks_the_pin(tmp_path: Path, caplog: pytest.LogCaptureFixture) -> None:
    async def scenario(tracker: RunningTracker) -> None:
        assert [line.partition("number=")[2] for line in caplog.messages if "pin_missing" in line] == ["3"]

    pinned = f"127.0.0.1:2 {format_pin(raw_public(PrivateKey.generate()))}"
    (tmp_path / "tracker_info.txt").write_text(f"127.0.0.1:{free_port()}\n{pinned}\n127.0.0.1:3\n-\n")
    run(tmp_path, scenario)


def test_stopping_sends_the_clients_away_and_starting_finds_everything_again(tmp_path: Path) -> None:
    async def scenario() -> None:
        async with running_tracker(tmp_path) as tracker:
            mira, joao, gid = await group_of_two(tracker)
            await mira.share(gid, "film.mkv")
        assert isinstance(mira.pushes[-1], m.Drain)
        assert await mira.ended is None
        async with running_tracker(tmp_path) as tracker:
            back = await again(tracker.address, joao)
            groups = (await back.get(m.ListGroups(), m.GroupsPage)).groups
            assert groups == [m.GroupListed(gid, "film", "mira", 2, "member")]
            page = await back.get(m.Sync(gid, {}), m.SyncPage)
            assert Kind.ENTRY in kinds(page.rows)
            network = (await back.get(m.Sync(m.NETWORK, {}), m.SyncPage)).rows
            assert [row.dot.seq for row in network] == [1], "what has not changed is not written again"

    asyncio.run(scenario())


def test_what_comes_in_one_breath_after_a_logout_is_refused_and_is_no_bug(
    tmp_path: Path, caplog: pytest.LogCaptureFixture
) -> None:
    async def scenario(tracker: RunningTracker) -> None:
        mira, _, gid = await group_of_two(tracker)
        after = (m.Announce([], [], []), m.Peers(gid, [EID]), m.Online(gid), m.Subscribe([]), m.ListGroups())
        breath = b"".join(tracker_frame(71, m.encode(request)) for request in (m.Logout(), *after))
        mira.channel.write(breath)
        while len(mira.unasked) <= len(after):
            await mira.ask(m.Ping())
        assert [answer for answer in mira.unasked if isinstance(answer, m.Error)] == (
            [m.Error("not_logged_in")] * len(after)
        )

    run(tmp_path, scenario)
    assert "bug" not in caplog.text


def test_a_bug_in_one_request_is_internal_and_ends_nothing(tmp_path: Path) -> None:
    async def scenario(tracker: RunningTracker) -> None:
        mira = await someone(tracker, "mira")

        async def broken(_session: object, _request: object) -> m.Ok:
            raise ZeroDivisionError

        tracker.daemon.commands._handlers[m.ListGroups] = broken
        assert await mira.ask_raw(m.ListGroups()) == m.Error("internal")
        await mira.ask(m.Ping())

    run(tmp_path, scenario)


def test_a_store_that_is_spoilt_while_it_runs_ends_it_in_order(tmp_path: Path) -> None:
    async def scenario(tracker: RunningTracker) -> None:
        path = tmp_path / "tracker" / "store.sqlite"
        await someone(tracker, "mira")
        store = tracker.daemon._store
        store._book.db.execute("PRAGMA wal_checkpoint(TRUNCATE)")
        path.write_bytes(path.read_bytes()[:8192] + bytes(path.stat().st_size - 8192))
        await store.check()
        await asyncio.sleep(0)
        assert isinstance(tracker.daemon.failed, Damaged)

    run(tmp_path, scenario)
