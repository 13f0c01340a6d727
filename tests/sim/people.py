"""People at their computers, as far as trackers see of them: sessions, fail-over, and the life of groups."""

import asyncio
import random
from collections.abc import Awaitable, Callable, Sequence

import msgspec

import shared.wire.tracker_messages as m
from shared.errors import (
    Busy,
    DeviceRevoked,
    Exists,
    NotLoggedIn,
    NoTracker,
    NotYet,
    Refused,
    Timeout,
    WrongLogin,
)
from shared.facts import derive
from shared.facts.ids import DeviceId, Dot, EntryId, GroupId, UserId, device_id, invite_hash, user_id
from shared.facts.rows import Kind, Share, body_of
from shared.trust.identity import raw_public
from tests.sim.hosts import TrackerHost, seeded_key
from tests.sim.loop import Process
from tests.sim.network import Network
from tests.sim.records import Attempt, Records
from tests.support.desk import Desk
from trackerd.questions import Listed

GROUP_NAMES = ("films", "work", "Films")
FILE_NAMES = ("a", "b", "dir/c")
AWAY_S = 2.0
REFUSALS_MAX = 6
"""Then the account is thought to be lost, with the one disk that had it."""


class Person:
    """An account. Two people may want the same name, and have the same password."""

    def __init__(self, seed: str, name: str, password: str) -> None:
        self.seed, self.name = seed, name
        self.passwords = [password]
        """The one to try first, and what it may be where nobody was told."""
        self.lives = 0
        self.begin_anew()

    def begin_anew(self) -> None:
        """After the account was deleted: the same name, another account."""
        self.lives += 1
        self.nonce = random.Random(f"{self.seed} nonce {self.lives}").randbytes(32)
        self.uid = user_id(self.nonce)
        self.is_made = False
        self.refusals = 0
        """In a row, of the password."""


class RecordedDesk(Desk):
    """Notes what it asks, and what comes of it."""

    def __init__(self, client: "Client", host: TrackerHost) -> None:
        super().__init__(host.pin, client.key)
        self._client, self.host = client, host

    async def ask_raw(self, request: m.Message) -> m.Ok | m.Error:
        if isinstance(request, m.Hello):
            return await super().ask_raw(request)
        client, records, loop = self._client, self._client.records, self._client.loop
        attempt = Attempt(client.name, client.uid, self.dev, request, self.host.number, loop.now_s)
        records.attempts.append(attempt)
        try:
            answer = await super().ask_raw(request)
        except ConnectionError:
            records.ended(attempt, loop.now_s, "lost")
            raise
        if isinstance(answer, m.Error):
            records.ended(attempt, loop.now_s, answer.code)
        else:
            client.seen = answer.dot or client.seen
            records.ended(attempt, loop.now_s, "ok", answer)
        return answer


class Client:
    """One device of a person. `weights`: how often it does what, by the name of the method."""

    def __init__(
        self,
        network: Network,
        ip: str,
        person: Person,
        hosts: Sequence[TrackerHost],
        records: Records,
        weights: dict[str, float],
    ) -> None:
        self.network, self.loop, self.person, self.hosts = network, network.loop, person, hosts
        self.records, self.weights = records, weights
        self.name = f"{person.name}.{ip.split('.')[2]}"
        self.seed = f"{network.seed} {ip}"
        self.lot = random.Random(self.seed)
        self.process = Process(self.name, random.Random(f"{self.seed} work"))
        network.home[self.process] = network.machine(ip)
        self.home = self.lot.choice(hosts)
        self.think_s = self.lot.choice((0.2, 0.5, 1.0))
        self.uid = person.uid
        self.seen: Dot | None = None
        self._desk: Desk | None = None
        self._host = self.home
        self._new_device()

    def _new_device(self) -> None:
        self.key = seeded_key(f"{self.seed} device {self.lot.random()}")
        self.certificate: bytes | None = None

    @property
    def dev(self) -> DeviceId:
        return device_id(raw_public(self.key))

    @property
    def rows(self) -> Listed:
        """What the tracker at hand knows: what a person sees in the window."""
        if not self._host.is_ready:
            raise NoTracker
        return self._host.store.rows

    async def live(self, until_s: float) -> None:
        while self.loop.now_s < until_s:
            await asyncio.sleep(self.lot.expovariate(1 / self.think_s))
            try:
                await self._act()
            except (OSError, NoTracker, Timeout, Busy):
                self.leave()
                await asyncio.sleep(self.lot.uniform(0, AWAY_S))
            except DeviceRevoked:
                self.leave()
                self._new_device()
            except (NotLoggedIn, WrongLogin):
                self.leave()
            except (Refused, NotYet):
                pass

    def leave(self) -> None:
        if self._desk and not self._desk.ended.done():
            self._desk.channel.abort()
        self._desk = None

    # --- sessions ---

    async def ask(self, request: m.Message) -> m.Answer:
        """Once more, with `again`, at whatever tracker there is, where the answer was lost."""
        desk = await self._session()
        try:
            return await desk.ask(request)
        except (ConnectionError, NoTracker):
            self.leave()
        desk = await self._session()
        if hasattr(request, "again"):
            request = msgspec.structs.replace(request, again=True)
        return await desk.ask(request)

    async def _session(self) -> Desk:
        if self._desk and not self._desk.ended.done():
            return self._desk
        self._host = self.home if self.lot.random() < 0.6 else self.lot.choice(self.hosts)
        desk = RecordedDesk(self, self._host)
        await desk.dial(self._host.address, self.certificate)
        try:
            welcome = await desk.hello(self.seen)
            self.records.tell(
                self.loop.now_s, f"{self.name}@{self._host.number} {welcome.name} behind={welcome.behind}"
            )
            if welcome.uid is None:
                await self._prove(desk)
            else:
                self.uid = welcome.uid
        except BaseException:
            desk.channel.abort()
            raise
        self._desk = desk
        return desk

    async def _prove(self, desk: Desk) -> None:
        person = self.person
        if not person.is_made:
            try:
                await desk.ask(m.CreateUser(person.nonce, person.name, person.passwords[0]))
            except Exists:  # the next try is under another name
                person.name += "+"
                raise
            person.is_made = True
        shown = derive.shown_user(self.rows, person.uid) or person.name
        try:
            answer = await desk.login(shown, person.passwords[0])
        except WrongLogin:
            person.passwords = [*person.passwords[1:], person.passwords[0]]
            person.refusals += 1
            if person.refusals > REFUSALS_MAX:
                person.begin_anew()
            raise
        person.refusals = 0
        self.uid, self.certificate = answer.uid, answer.certificate

    # --- what one may do ---

    async def _act(self) -> None:
        await self._session()
        (name,) = self.lot.choices([*self.weights], [*self.weights.values()])
        act: Callable[[], Awaitable[object]] = getattr(self, name)
        await act()

    async def creates_group(self) -> None:
        nonce = self.lot.randbytes(32)
        await self.ask(m.CreateGroup(nonce, self.lot.choice(GROUP_NAMES)))

    async def joins(self) -> None:
        if gid := self._some([gid for gid in self._alive() if not self._is_in(gid)]):
            await self.ask(m.Join(gid))

    async def withdraws(self) -> None:
        asked = [gid for gid in self._alive() if derive.is_pending(self.rows, gid, self.uid)]
        if gid := self._some(asked):
            await self.ask(m.Withdraw(gid))

    async def accepts(self) -> None:
        if found := self._waiting():
            await self.ask(m.Accept(*found))

    async def rejects(self) -> None:
        if found := self._waiting():
            await self.ask(m.Reject(*found))

    async def removes(self) -> None:
        if found := self._fellow():
            await self.ask(m.RemoveMember(*found))

    async def transfers(self) -> None:
        if found := self._fellow():
            await self.ask(m.Transfer(*found))

    async def leaves(self) -> None:
        if gid := self._some(self._mine()):
            await self.ask(m.Leave(gid))

    async def invites(self) -> None:
        if gid := self._some(self._owned()):
            secret = self.lot.randbytes(16)
            await self.ask(m.Invite(gid, invite_hash(gid, secret), self.lot.choice((1, 1, 2, 5)), 1))
            self.records.links.append((gid, secret))

    async def uses_invite(self) -> None:
        if found := [(gid, secret) for gid, secret in self.records.links if not self._is_in(gid)]:
            await self.ask(m.UseInvite(*self.lot.choice(found)))

    async def revokes_invite(self) -> None:
        mine = self._owned()
        if found := [(gid, secret) for gid, secret in self.records.links if gid in mine]:
            gid, secret = self.lot.choice(found)
            await self.ask(m.RevokeInvite(gid, invite_hash(gid, secret)[:16]))

    async def shares(self) -> None:
        if gid := self._some(self._mine()):
            files = [self._file() for _ in range(self.lot.choice((1, 1, 2, 5)))]
            await self.ask(m.Share(gid, files))

    async def stops_sharing(self) -> None:
        if (gid := self._some(self._mine())) and (eids := self._shared(gid)):
            await self.ask(m.StopShare(gid, self.lot.sample(eids, min(len(eids), self.lot.choice((1, 3))))))

    async def looks(self) -> None:
        await self.ask(m.ListGroups())

    async def moves(self) -> None:
        """To another tracker, as if this one were lost."""
        self.leave()
        self.home = self.lot.choice(self.hosts)
        await self._session()

    async def changes_password(self) -> None:
        old, new = self.person.passwords[0], f"password {self.lot.randrange(1000)}"
        self.person.passwords.append(new)
        await self.ask(m.ChangePassword(old, new))
        self.person.passwords = [new]

    async def revokes_itself(self) -> None:
        await self.ask(m.RevokeDevice(self.dev))
        self.leave()
        self._new_device()

    async def deletes_account(self) -> None:
        await self.ask(m.DeleteUser(self.person.passwords[0]))
        self.leave()
        self._new_device()
        self.person.begin_anew()

    # --- with whom, and what: mostly what makes sense ---

    def _some(self, sensible: list[GroupId]) -> GroupId | None:
        gids = sensible if self.lot.random() < 0.95 else [*self.records.gids]
        return self.lot.choice(gids) if gids else None

    def _alive(self) -> list[GroupId]:
        return [gid for gid in self.records.gids if derive.is_alive(self.rows, gid)]

    def _is_in(self, gid: GroupId) -> bool:
        return derive.membership(self.rows, gid, self.uid) is not None

    def _mine(self) -> list[GroupId]:
        return [gid for gid in self.records.gids if self._is_in(gid)]

    def _owned(self) -> list[GroupId]:
        return [gid for gid in self._mine() if derive.owner(self.rows, gid) == self.uid]

    def _waiting(self) -> tuple[GroupId, UserId] | None:
        found = [(gid, uid) for gid in self._owned() for uid, _ in derive.pending(self.rows, gid)]
        return self.lot.choice(found) if found else None

    def _fellow(self) -> tuple[GroupId, UserId] | None:
        found = [(gid, uid) for gid in self._owned() for uid, _ in derive.members(self.rows, gid)]
        found = [(gid, uid) for gid, uid in found if uid != self.uid]
        return self.lot.choice(found) if found else None

    def _file(self) -> m.NewShare:
        root = bytes([self.lot.randrange(2)]) * 32
        return m.NewShare(self.lot.choice(FILE_NAMES), 1, root, bytes(20), None)

    def _shared(self, gid: GroupId) -> list[EntryId]:
        rows = self.rows.scan(Kind.SHARE, gid)
        mine = (row for row in rows if row.id[32:] == self.dev)
        return [EntryId(row.id[16:32]) for row in mine if body_of(row, Share).live]
