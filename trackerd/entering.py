"""Who a client is: its hello, and accounts, logins and passwords of people."""

import asyncio
import contextlib
from collections.abc import Callable, Coroutine
from typing import Any

import shared.wire.tracker_messages as m
from shared.clock import Clock
from shared.errors import AlreadyLoggedIn, Coded, DeviceRevoked, PepperMissing, Quota, Version, WrongLogin
from shared.facts import rows as facts
from shared.facts.derive import fact, resolve_user, shown_user, user_of_device
from shared.facts.ids import DeviceId, Dot, UserId, device_id
from shared.facts.rows import Kind, Row, body_of
from shared.limits import NAME_CLAIMANTS_MAX
from shared.names import fold
from shared.trust.certificates import device_leaf
from shared.trust.identity import Purpose, check_proof, raw_public
from trackerd import rules
from trackerd.client_session import ClientSession
from trackerd.config import Settings
from trackerd.feed import Feed
from trackerd.identity_files import Keys
from trackerd.mesh.mesh import Mesh
from trackerd.passwords import Passwords, check_new_password
from trackerd.penalties import WRONG_LOGIN_S, Penalties
from trackerd.rules import Book
from trackerd.store.book import Written
from trackerd.store.store import Store
from trackerd.whereabouts import Session

Answered = m.Ok | Coroutine[Any, Any, m.Ok]
"""At once where nothing has to be waited for; either way a refusal is raised."""
Handler = Callable[[ClientSession, Any], Answered]


class Entering:
    """Owns what clients share: feed, passwords, penalties. Its handlers make a connection somebody's."""

    def __init__(self, settings: Settings, keys: Keys, store: Store, mesh: Mesh, clock: Clock) -> None:
        self.settings = settings
        self.d_keys = [raw_public(keys.d)]
        """Active device authorities, the own one first; kept up by the daemon."""
        self.penalties = Penalties(settings.penalise_loopback)
        self.passwords = Passwords(settings.argon2)
        self.presence = mesh.presence
        self.feed = Feed(store)
        self._keys, self._store, self._mesh, self._clock = keys, store, mesh, clock
        self._t_key = raw_public(keys.t)
        self._entering: dict[type[m.Message], Handler] = {
            m.Hello: self._hello,
            m.CreateUser: self._create_user,
            m.Login: self._login,
            m.Renew: self._renew,
            m.Logout: self._logout,
            m.ChangePassword: self._change_password,
            m.DeleteUser: self._delete_user,
        }

    def unbind(self, client: ClientSession) -> None:
        """It logs out, is revoked, or is gone; its presence ends."""
        if client.bound:
            self.presence.closed(client.bound)
            self.feed.unbound(client)
            client.bound = None
            client.link.limit(is_bound=False)

    def _bind(self, client: ClientSession, uid: UserId, dev: DeviceId) -> None:
        if client.bound and client.bound.uid != uid:
            raise AlreadyLoggedIn
        if client.bound and client.bound.dev == dev:
            return
        self.unbind(client)
        client.bound = Session(uid, dev, client.observed, client.reached)
        self.presence.opened(client.bound)
        self.feed.bound(client)
        client.link.limit(is_bound=True)

    def _hello(self, client: ClientSession, request: m.Hello) -> m.Ok:
        if not request.proto_min <= m.PROTOCOL <= request.proto_max:
            raise Version
        rows = self._store.rows
        if client.certified and rows.get(Kind.DEVICE, client.certified):
            uid = user_of_device(rows, client.certified)
            if uid is None:
                raise DeviceRevoked
            self._bind(client, uid, client.certified)
        return m.ok(
            m.Welcome(
                m.PROTOCOL,
                self.settings.number,
                self._t_key,
                self.d_keys,
                client.challenge,
                int(self._clock.wall_s() * 1000),
                self._store.generation,
                behind=self._lacks(request.seen),
                seen_as=client.ip,
                uid=client.bound.uid if client.bound else None,
                name=shown_user(rows, client.bound.uid) if client.bound else None,
            )
        )

    async def _create_user(self, client: ClientSession, request: m.CreateUser) -> m.Ok:
        check_new_password(request.password)
        # Before anything is said of the name: which names exist is not for asking through.
        self.penalties.register(client.ip, self._clock.monotonic_s())
        if created := rules.created_user(self._store.rows, request):
            return m.ok(created, copies=1)
        if self.settings.registration == "closed":
            raise Quota("this tracker makes no new accounts")
        cred = facts.Cred(await self._hash(client, request.password))
        return await self._write(lambda book: rules.create_user(book, request, cred, self._at()))

    async def _login(self, client: ClientSession, request: m.Login) -> m.Ok:
        rows = self._store.rows
        users = resolve_user(rows, request.name)[:NAME_CLAIMANTS_MAX]
        if client.bound and client.bound.uid not in users:
            raise AlreadyLoggedIn
        self._check_proof(client, request.dev_key, request.proof, Purpose.ENROL, request.name.encode())
        dev = device_id(request.dev_key)
        # An enrolled device's attempts count for themselves: nobody else can delay it.
        account = dev.hex() if user_of_device(rows, dev) in users else fold(request.name)
        verified = await self._whose_password(client, account, users, request.password)
        await self._rehash(client, verified, request.password)
        uid, key, label = UserId(verified.id), request.dev_key, request.label
        enrolled = await self._store.write(
            lambda book: rules.enrol(book, uid, key, label, self._at(), self.settings.limits)
        )
        return await self._logged_in(client, enrolled)

    async def _renew(self, client: ClientSession, request: m.Renew) -> m.Ok:
        device = fact(self._store.rows, facts.Device, request.dev)
        if device is None:
            raise WrongLogin
        self._check_proof(client, device.key, request.proof, Purpose.RENEW, device.uid)
        renewed = await self._store.write(lambda book: rules.renew(book, request.dev, self._at()))
        return await self._logged_in(client, renewed)

    async def _logged_in(self, client: ClientSession, written: Written[rules.Enrolled]) -> m.Ok:
        uid, name, dev = written.value
        self._bind(client, uid, dev)
        device = fact(self._store.rows, facts.Device, dev)
        assert device is not None
        leaf = device_leaf(self._keys.d, device.key, self._clock.wall_s())
        copies = await self._mesh.copies(written.dot)
        return m.ok(m.LoggedIn(uid, name, dev, leaf), copies=copies, dot=written.dot)

    def _logout(self, client: ClientSession, request: m.Logout) -> Answered:
        if request.forget:
            return self._forget(client)
        self.unbind(client)
        return m.ok(m.Nothing())

    async def _forget(self, client: ClientSession) -> m.Ok:
        actor = client.actor
        forget = m.RevokeDevice(actor.dev)
        done = await self._write(lambda book: rules.revoke_device(book, actor, forget, self._at()))
        self.unbind(client)
        return done

    async def _change_password(self, client: ClientSession, request: m.ChangePassword) -> m.Ok:
        check_new_password(request.new)
        actor = client.actor
        verified = await self._whose_password(client, actor.dev.hex(), [actor.uid], request.old)
        cred = facts.Cred(await self._hash(client, request.new))
        return await self._write(lambda book: rules.change_password(book, actor.uid, verified, cred))

    async def _delete_user(self, client: ClientSession, request: m.DeleteUser) -> m.Ok:
        actor = client.actor
        await self._whose_password(client, actor.dev.hex(), [actor.uid], request.password)
        return await self._write(lambda book: rules.delete_user(book, actor, self._at()))

    # --- passwords ---

    def _check_proof(
        self, client: ClientSession, key: bytes, proof: bytes, purpose: Purpose, whom: bytes
    ) -> None:
        try:
            check_proof(key, proof, purpose, self._t_key, client.challenge, whom)
        except WrongLogin:
            self._failed(client)
            raise

    async def _whose_password(
        self, client: ClientSession, account: str, users: list[UserId], password: str
    ) -> Row:
        """The row of the first of these users whose password it is. As slow, and as wrong, where none is."""
        await asyncio.sleep(self.penalties.attempt(account, self._clock.monotonic_s()))
        is_suspect = self._is_suspect(client)
        candidates: list[UserId | None] = [*users] or [None]
        for uid in candidates:
            row = self._store.rows.get(Kind.CRED, uid) if uid else None
            cred = body_of(row, facts.Cred) if row else facts.Cred("")
            if cred.pepper_id:
                raise PepperMissing
            if await self.passwords.verify(cred.argon2, password, is_suspect=is_suspect) and row:
                self.penalties.succeeded(account)
                return row
        self._failed(client)
        raise WrongLogin

    async def _rehash(self, client: ClientSession, verified: Row, password: str) -> None:
        """At the cost that is asked for now, if it was another. May be left for the next time."""
        if not self.passwords.is_outdated(body_of(verified, facts.Cred).argon2):
            return
        with contextlib.suppress(Coded):
            cred = facts.Cred(await self._hash(client, password))
            await self._store.write(
                lambda book: rules.change_password(book, UserId(verified.id), verified, cred)
            )

    async def _hash(self, client: ClientSession, password: str) -> str:
        return await self.passwords.hash(password, is_suspect=self._is_suspect(client))

    def _failed(self, client: ClientSession) -> None:
        """Counts against its network, unless it has a certificate: it is known, and others are not to pay."""
        if client.certified is None:
            self.penalties.add(client.ip, WRONG_LOGIN_S, self._clock.monotonic_s())

    def _is_suspect(self, client: ClientSession) -> bool:
        return self.penalties.has_failed(client.ip, self._clock.monotonic_s())

    async def _write(self, decide: Callable[[Book], m.Answer]) -> m.Ok:
        written = await self._store.write(decide)
        return m.ok(written.value, copies=await self._mesh.copies(written.dot), dot=written.dot)

    def _at(self) -> int:
        return int(self._clock.wall_s())

    def _lacks(self, seen: Dot | None) -> bool:
        return seen is not None and self._store.seen.get(seen.log, 0) < seen.seq
