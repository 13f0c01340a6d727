"""One desktop's tracker side, without its window and its peers: profile, account, mirror, client."""

import asyncio
import itertools
import random
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager
from pathlib import Path
from typing import TypeVar

import shared.wire.tracker_messages as m
from desktop.engine import events
from desktop.engine.account import Account, Accounts
from desktop.engine.mirror import Mirror
from desktop.engine.trackers.known_networks import KnownNetwork
from desktop.engine.trackers.tracker_client import TrackerClient
from desktop.paths import Profile
from shared.clock import Clock, SystemClock
from shared.facts.ids import GroupId, UserId, entry_id
from shared.facts.rows import Kind
from shared.tracker_info import parse
from tests.support.waiting import LONG_S

PASSWORD = "long enough"
_numbers = itertools.count(1)
E = TypeVar("E", bound=events.Told)


class Person:
    """`told` has every event since the start."""

    account: Account
    mirror: Mirror

    def __init__(self, home: Path, info_file: Path, clock: Clock | None = None) -> None:
        self.clock = clock or SystemClock()
        self.told: list[events.Event] = []
        self._news = asyncio.Event()
        info = parse(info_file.read_text())
        self.network = KnownNetwork.of(Profile(home), info, random.Random(next(_numbers)))
        self.accounts = Accounts(self.network.folder)
        self.client = TrackerClient(
            self.network, info, self.accounts, clock=self.clock, lot=random.Random(1), emit=self._tell
        )
        self.has_mirror = False

    def _tell(self, event: events.Event) -> None:
        self.told.append(event)
        self._news.set()

    async def create_and_login(self, name: str) -> None:
        await self.client.request(m.CreateUser(random.randbytes(32), name, PASSWORD))
        await self.login(name)

    async def login(self, name: str, password: str = PASSWORD) -> None:
        self.attach(await self.client.login(name, password, "test"))
        assert await self.client.wait_in_step(LONG_S)

    def attach(self, account: Account) -> None:
        self.account = account
        self.mirror = Mirror.open(account.folder.mirror, account.uid, self.clock)
        self.has_mirror = True
        self.client.attach(account, self.mirror)

    async def create_group(self, name: str) -> GroupId:
        return (await self.client.ask(m.CreateGroup(random.randbytes(32), name), m.GroupCreated)).gid

    async def share(self, gid: GroupId, name: str, size: int = 1) -> None:
        root = random.randbytes(32)
        await self.client.request(m.Share(gid, [m.NewShare(name, size, root, bytes(20), None)]))
        assert self.mirror.rows.get(Kind.ENTRY, gid + entry_id(gid, name, root, size))

    async def names(self, gid: GroupId) -> list[str]:
        return sorted(entry.name for entry in await self.mirror.listing(gid))

    async def event(self, kind: type[E], is_it: Callable[[E], bool] = lambda _: True) -> E:
        """The first of its kind, waiting for it where it has not come yet."""
        async with asyncio.timeout(LONG_S):
            while True:
                self._news.clear()
                for event in self.told:
                    if isinstance(event, kind) and is_it(event):
                        return event
                await self._news.wait()

    def forget_events(self) -> None:
        self.told.clear()

    async def stop(self) -> None:
        await self.client.stop()
        if self.has_mirror:
            self.mirror.close()

    @property
    def uid(self) -> UserId:
        return self.account.uid


@asynccontextmanager
async def person(home: Path, info_file: Path, name: str = "") -> AsyncIterator[Person]:
    """Connecting; with `name` also registered and logged in."""
    one = Person(home, info_file)
    one.client.start()
    try:
        if name:
            await one.create_and_login(name)
        yield one
    finally:
        await one.stop()
