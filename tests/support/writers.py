"""Clients that write all the time, to whichever tracker answers, and keep what they were told.

Each does what a desktop does: its certificate first, one more try with `again` where the answer was lost,
the newest dot it was told of at the next tracker. It has no mirror and no patience.
"""

import asyncio
import contextlib
import random
import secrets
import threading
import time
from collections.abc import Awaitable, Callable
from dataclasses import dataclass, field
from typing import NamedTuple, Self

import msgspec

import shared.wire.tracker_messages as m
from shared.errors import Coded, NoTracker, Refused, Unavailable, WrongLogin, from_code
from shared.facts.ids import DeviceId, Dot, EntryId, GroupId, UserId, device_id, user_id
from shared.trust.identity import PrivateKey, Purpose, proof, raw_public
from tests.support.desk import PASSWORD, Desk
from tests.support.history import Act
from tests.support.hosts import Host

PATIENCE_S = 2.0
"""For an answer. A desktop waits 12 s; so short, the same number of faults costs less time."""
NOWHERE_S_MAX = 8.0
"""Until a command is given up that no tracker takes."""
PAUSE_S = 0.15
"""Between two acts of one writer, about."""
GROUPS = 12
CONTESTED = ("films", "music", "Familie Ü", "work")
"""Group names that everybody wants."""
UNKNOWN_MAX = 6
"""After more trackers than that knew nothing of this user, it makes a new account."""


class Place(NamedTuple):
    number: int
    address: tuple[str, int]
    t_pin: bytes


@dataclass
class World:
    """What the writers know together, and what they did. Shared by their threads."""

    places: list[Place]
    acts: list[Act] = field(default_factory=list)
    members: dict[GroupId, set[UserId]] = field(default_factory=dict)
    """Of the groups of interest, as far as is known: who acts by it is refused at times."""
    gaps_s: list[float] = field(default_factory=list)
    """From the loss of a connection, or of the last hope of an answer, to the next one's Welcome."""
    ending: threading.Event = field(default_factory=threading.Event)


class Writer:
    uid: UserId

    def __init__(self, name: str, world: World, lot: random.Random) -> None:
        self.name, self.world, self.lot = name, world, lot
        self.seen: Dot | None = None
        self.refused = ""
        """With which code the last write was; "" if it was not."""
        self.shared: dict[GroupId, list[EntryId]] = {}
        self._desk: Desk | None = None
        self._place = lot.choice(world.places)
        self._new_person()

    async def lives(self) -> None:
        await self.signs_up()
        weights, acts = zip(*ACTS, strict=True)
        while not self.world.ending.is_set():
            await asyncio.sleep(self.lot.expovariate(1 / PAUSE_S))
            with contextlib.suppress(NoTracker):
                await self.lot.choices(acts, weights)[0](self)
        await self.goes()

    async def signs_up(self) -> None:
        """Whatever it takes, until the end."""
        while not self.world.ending.is_set():
            self._new_person()
            request = m.CreateUser(self._nonce, self.user, PASSWORD)
            with contextlib.suppress(NoTracker):
                made = await self.does(request, as_nobody=True)
                await self.goes()
                if made:
                    await self._finds()
                    return
            await asyncio.sleep(0.2)

    async def goes(self) -> None:
        if self._desk is not None and not self._desk.ended.done():
            await self._desk.close()
        self._desk = None

    async def does(self, request: m.Message, *, as_nobody: bool = False) -> m.Answer | None:
        """The answer, or None: refused, or nobody can say. Raises NoTracker where it was sent to none."""
        act = Act(self.uid, self.dev, request, time.monotonic())
        self.refused = ""
        for again in (False, True):
            desk = await self._finds(as_nobody=as_nobody)
            act.asked.append(self._place.number)
            if not again:
                self.world.acts.append(act)
            if (answer := await self._asks(desk, msgspec.structs.replace(request, again=again))) is None:
                continue
            act.ended_s = time.monotonic()
            if isinstance(answer, m.Error):
                act.refused = self.refused = answer.code
                return None
            act.copies, act.dot = answer.copies, answer.dot
            self.seen = answer.dot or self.seen
            return m.decode_answer(answer, request.answer)
        return None

    async def asks(self, question: m.Message) -> m.Answer | None:
        answer = await self._asks(await self._finds(), question)
        return m.decode_answer(answer, question.answer) if isinstance(answer, m.Ok) else None

    @property
    def dev(self) -> DeviceId:
        return device_id(raw_public(self._key))

    # --- connections ---

    def _new_person(self) -> None:
        self.user = f"{self.name} {self.lot.getrandbits(32):08x}"
        self._nonce = secrets.token_bytes(32)
        self._key, self._certificate = PrivateKey.generate(), b""
        self.uid = user_id(self._nonce)
        self._lost_s = time.monotonic()

    async def _asks(self, desk: Desk, request: m.Message) -> m.Ok | m.Error | None:
        """None where the connection was lost, or the answer takes too long."""
        try:
            return await desk.ask_raw(request)
        except OSError:
            self._lost_s = time.monotonic()
            self._drops()
            return None

    async def _finds(self, *, as_nobody: bool = False) -> Desk:
        """The connection there is, or one to another tracker that takes this device. Raises NoTracker."""
        if self._desk is not None and self._desk.ended.done():
            self._lost_s = time.monotonic()
            self._drops()
        end_s, unknown = time.monotonic() + NOWHERE_S_MAX, 0
        while self._desk is None:
            for place in self._order():
                if time.monotonic() > end_s or self.world.ending.is_set():
                    raise NoTracker
                self._place = place
                try:
                    self._desk = await self._connects(as_nobody=as_nobody)
                except (OSError, Unavailable):
                    continue
                except Refused:
                    unknown += 1
                    continue
                self.world.gaps_s.append(time.monotonic() - self._lost_s)
                return self._desk
            if unknown > UNKNOWN_MAX and not as_nobody:
                await self.signs_up()  # its account was on a disk that was lost
                raise NoTracker("what it was to do was another user's")
            await asyncio.sleep(self.lot.uniform(0.1, 0.5))
        return self._desk

    def _order(self) -> list[Place]:
        """The one it was at comes last."""
        others = [place for place in self.world.places if place != self._place]
        return [*self.lot.sample(others, len(others)), self._place]

    async def _connects(self, *, as_nobody: bool) -> Desk:
        """Raises Refused where the tracker does not know this device and user; OSError, Unavailable."""
        desk = Desk(self._place.t_pin, self._key, PATIENCE_S)
        await desk.dial(self._place.address, None if as_nobody else self._certificate)
        try:
            welcome = await desk.hello(self.seen)
            if not as_nobody and welcome.uid != self.uid:
                await self._logs_in(desk)
        except (OSError, Coded):
            desk.channel.abort()
            raise
        return desk

    async def _logs_in(self, desk: Desk) -> None:
        if self._certificate:
            raise WrongLogin  # the tracker is behind: a password would be wrong there too
        signed = proof(self._key, Purpose.ENROL, desk.t_pin, desk.welcome.challenge, self.user.encode())
        request = m.Login(self.user, PASSWORD, raw_public(self._key), signed, "a writer")
        act = Act(self.uid, self.dev, request, time.monotonic(), asked=[self._place.number])
        self.world.acts.append(act)
        answer = await desk.ask_raw(request)
        if isinstance(answer, m.Error):
            act.refused = answer.code
            raise from_code(answer.code)
        act.ended_s, act.copies, act.dot = time.monotonic(), answer.copies, answer.dot
        self._certificate = m.decode_answer(answer, m.LoggedIn).certificate

    def _drops(self) -> None:
        assert self._desk is not None
        self._desk.channel.abort()
        self._desk = None

    # --- what it may do ---

    def _group(self, *, is_mine: bool = True) -> GroupId:
        """Raises NoTracker where there is none."""
        found = [gid for gid, members in list(self.world.members.items()) if (self.uid in members) == is_mine]
        if not found:
            raise NoTracker
        return self.lot.choice(found)

    async def makes_a_group(self) -> None:
        if len(self.world.members) >= GROUPS and self.lot.random() < 0.8:
            return
        contested = self.lot.random() < 0.3
        name = self.lot.choice(CONTESTED) if contested else f"group {self.lot.getrandbits(64):x}"
        made = await self.does(m.CreateGroup(secrets.token_bytes(32), name))
        if isinstance(made, m.GroupCreated):
            self.world.members[made.gid] = {self.uid}
            if len(self.world.members) > 2 * GROUPS:
                self.world.members.pop(self.lot.choice(list(self.world.members)), None)

    async def joins(self) -> None:
        gid = self._group(is_mine=False)
        await self.does(m.Join(gid))
        if self.refused == "already_member" and gid in self.world.members:
            self.world.members[gid].add(self.uid)

    async def withdraws(self) -> None:
        await self.does(m.Withdraw(self._group(is_mine=False)))

    async def leaves(self) -> None:
        gid = self._group()
        if await self.does(m.Leave(gid)):
            self._is_out(gid, self.uid)

    async def lets_in(self) -> None:
        gid = self._group()
        found = await self.asks(m.ListRequests(gid))
        for request in found.requests if isinstance(found, m.RequestsPage) else ():
            if self.lot.random() < 0.15:
                await self.does(m.Reject(gid, request.uid))
            elif await self.does(m.Accept(gid, request.uid)) and gid in self.world.members:
                self.world.members[gid].add(request.uid)

    async def removes(self) -> None:
        gid = self._group()
        whom = self.lot.choice(list(self.world.members[gid]))
        if await self.does(m.RemoveMember(gid, whom)):
            self._is_out(gid, whom)

    async def hands_over(self) -> None:
        gid = self._group()
        await self.does(m.Transfer(gid, self.lot.choice(list(self.world.members[gid]))))

    def _is_out(self, gid: GroupId, uid: UserId) -> None:
        members = self.world.members.get(gid, set())
        members.discard(uid)
        if not members:
            self.world.members.pop(gid, None)

    async def shares(self) -> None:
        gid, count = self._group(), self.lot.choice((1, 1, 1, 2, 9))
        roots = [self.lot.randbytes(32) for _ in range(count)]
        files = [m.NewShare(f"file {root.hex()}", 1, root, bytes(20), None) for root in roots]
        done = await self.does(m.Share(gid, files))
        if isinstance(done, m.SharesDone):
            self.shared.setdefault(gid, []).extend(entry.eid for entry in done.entries)
        elif self.refused == "not_a_member":
            self._is_out(gid, self.uid)

    async def stops_sharing(self) -> None:
        gid = self._group()
        if eids := self.shared.get(gid):
            self.lot.shuffle(eids)
            await self.does(m.StopShare(gid, [eids.pop()]))

    async def changes_password(self) -> None:
        await self.does(m.ChangePassword(PASSWORD, PASSWORD))

    async def has_a_guest(self) -> None:
        """Somebody who comes, joins, and goes for good."""
        guest = Writer(f"guest of {self.name}", self.world, self.lot)
        try:
            await guest.does(m.CreateUser(guest._nonce, guest.user, PASSWORD), as_nobody=True)
            await guest.goes()
            await guest.joins()
            await guest.does(self.lot.choice((m.DeleteUser(PASSWORD), m.Logout(forget=True))))
        finally:
            await guest.goes()

    async def wanders(self) -> None:
        await self.goes()
        self._lost_s = time.monotonic()


ACTS: tuple[tuple[int, Callable[[Writer], Awaitable[None]]], ...] = (
    (30, Writer.shares), (8, Writer.stops_sharing), (14, Writer.joins), (2, Writer.withdraws),
    (14, Writer.lets_in), (3, Writer.leaves), (3, Writer.removes), (2, Writer.hands_over),
    (4, Writer.makes_a_group), (1, Writer.changes_password), (1, Writer.has_a_guest), (2, Writer.wanders),
)  # fmt: skip


class Crowd:
    """Writers in threads, one thread on each host. Within `with` they live."""

    def __init__(self, world: World, count: int, hosts: list[Host | None], lot: random.Random) -> None:
        self.world, self._failures = world, list[BaseException]()
        writers = [Writer(f"w{number}", world, random.Random(lot.random())) for number in range(count)]
        rooms = [(host, writers[n :: len(hosts)]) for n, host in enumerate(hosts)]
        self._threads = [threading.Thread(target=self._runs, args=room) for room in rooms]

    def _runs(self, host: Host | None, writers: list[Writer]) -> None:
        async def all_live() -> None:
            async with asyncio.TaskGroup() as tasks:
                for writer in writers:
                    tasks.create_task(writer.lives())

        try:
            if host is not None:
                host.enter()
            asyncio.run(all_live())
        except BaseException as error:  # noqa: BLE001  told by the test's own thread
            self._failures.append(error)

    def __enter__(self) -> Self:
        for thread in self._threads:
            thread.start()
        return self

    def __exit__(self, *_: object) -> None:
        self.world.ending.set()
        for thread in self._threads:
            thread.join()
        if self._failures:
            raise self._failures[0]
