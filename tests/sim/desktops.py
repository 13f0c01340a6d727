"""The real desktop's tracker side on a computer of its own: it mirrors, and that is what it is here for."""

import asyncio
import random
from collections.abc import Iterator, Sequence
from contextlib import suppress
from pathlib import Path
from typing import Any

import shared.wire.tracker_messages as m
from desktop.engine.account import Accounts
from desktop.engine.mirror import Mirror
from desktop.engine.trackers.known_networks import KnownNetwork
from desktop.engine.trackers.tracker_client import TrackerClient
from desktop.paths import Profile
from shared.errors import Coded, NoTracker
from shared.facts import derive
from shared.facts.ids import DeviceId, GroupId
from shared.facts.rows import Kind
from shared.tracker_info import TrackerInfo, parse
from tests.sim.facts import Facts
from tests.sim.hosts import HostClock, TrackerHost
from tests.sim.judge import FAULTS_TOLD, table, told
from tests.sim.network import Network
from tests.sim.people import Client, Person
from tests.sim.records import Attempt, Records
from trackerd.questions import Listed


class Desktop(Client):
    """Its tracker client finds and changes trackers by itself."""

    mirror: Mirror

    def __init__(
        self,
        network: Network,
        ip: str,
        person: Person,
        hosts: Sequence[TrackerHost],
        records: Records,
        weights: dict[str, float],
        folder: Path,
    ) -> None:
        super().__init__(network, ip, person, hosts, records, weights)
        self.name = f"desktop {self.name}"
        self.clock = HostClock(self.loop, 0.0, self.lot.uniform(1, 1e6))
        self._folder = folder / f"desktop{ip}"
        self.first = self.lot.randrange(len(hosts))
        """Which line of the tracker file it has on top."""
        self.is_attached = False

    def begin(self) -> None:
        """Looks for a tracker from now on."""
        lines = parse(self.hosts[0].info_file.read_text()).lines
        info = TrackerInfo(lines[self.first :] + lines[: self.first])
        known = KnownNetwork.of(Profile(self._folder), info, random.Random(self.lot.random()))
        self.tracker_client = TrackerClient(
            known,
            info,
            Accounts(known.folder),
            clock=self.clock,
            lot=random.Random(self.lot.random()),
            emit=lambda event: self._tell(type(event).__name__),
        )
        self.tracker_client.start()

    async def live(self, until_s: float) -> None:
        self.begin()
        while not self.is_attached:
            with suppress(OSError, Coded):
                await self.log_in()
            await asyncio.sleep(1)
        await super().live(until_s)

    async def log_in(self) -> None:
        person = self.person
        await self.ask(m.CreateUser(person.nonce, person.name, person.passwords[0]))
        person.is_made = True
        account = await self.tracker_client.login(person.name, person.passwords[0], "a desktop")
        self.uid = account.uid
        self.mirror = Mirror.open(account.folder.mirror, account.uid, self.clock)
        self.tracker_client.attach(account, self.mirror)
        self.is_attached = True

    @property
    def rows(self) -> Any:
        if not self.is_attached:
            raise NoTracker
        return self.mirror.rows

    @property
    def number(self) -> int:
        """Of the tracker that it is connected to, or 0."""
        return (
            self.tracker_client.connection.in_use.number if self.tracker_client.connection.in_use else None
        ) or 0

    @property
    def dev(self) -> DeviceId:
        assert self.tracker_client.account is not None
        return self.tracker_client.account.dev

    def leave(self) -> None:
        """The tracker client decides that."""

    async def ask(self, request: m.Message) -> m.Answer:
        dev = self.dev if self.is_attached else DeviceId(b"")
        attempt = Attempt(self.name, self.uid, dev, request, self.number, self.loop.now_s)
        self.records.attempts.append(attempt)
        try:
            answer = await self.tracker_client.request(request)
        except Coded as error:
            self.records.ended(attempt, self.loop.now_s, error.code)
            raise
        attempt.tracker = self.number
        self.records.ended(attempt, self.loop.now_s, "done")
        return answer

    async def moves(self) -> None:
        """The line to its tracker is cut for a while."""
        host = next((host for host in self.hosts if host.number == self.number), None)
        if host is not None:
            self.network.reset(self.network.home[self.process].ip, host.machine.ip)

    async def _session(self) -> Any:
        return None

    def _tell(self, text: str) -> None:
        self.records.tell(self.loop.now_s, f"{self.name}: {text}")


def is_like(desktop: Desktop) -> bool:
    return not unlike(desktop)


def unlike(desktop: Desktop) -> list[str]:
    """In what the mirror is not what the tracker has for it."""
    if not desktop.is_attached:
        return ["it never logged in"]
    host = next((host for host in desktop.hosts if host.number == desktop.number and host.is_ready), None)
    if host is None:
        return ["it is connected to no tracker"]
    if derive.user_of_device(host.store.rows, desktop.dev) is None:
        return []  # the account, or this device of it, was on the one disk that is lost: it is logged out
    return [
        f"{desktop.name}@{host.number}: {text}" for text in [*_unlike(desktop, host.store.rows)][:FAULTS_TOLD]
    ]


def _unlike(desktop: Desktop, theirs: Listed) -> Iterator[str]:
    ours, me, facts = desktop.mirror.rows, desktop.uid, Facts(table(theirs))
    groups = [gid for gid in theirs.groups_of(me) if derive.membership(theirs, gid, me)]
    lost = [row for kind in Kind for row in ours.scan(kind, b"") if row.seq > theirs.vector().get(row.log, 0)]
    # Whoever left, as only the lost disk knew, mirrors the group no more.
    groups = [gid for gid in groups if ours.get(Kind.MEMBER, gid + me) not in lost]
    for scope in (m.NETWORK, m.ME, *groups):
        for row in facts.scope(scope, me):
            if (mine := ours.get(Kind(row.kind), row.id)) != row and mine not in lost:
                yield f"{told(mine)} for {told(row)}"
    if lost:  # with the only disk that had them: then nobody but this desktop knows of them
        return
    if {*groups} != {gid for gid in ours.groups_of(me) if derive.membership(ours, gid, me)}:
        yield "it is in other groups"
    for gid in groups:
        if derive.owner(ours, gid) != derive.owner(theirs, gid):
            yield f"another owner of {gid[:3].hex()}"
        if derive.members(ours, gid) != derive.members(theirs, gid):
            yield f"other members of {gid[:3].hex()}"
        if _files(ours, gid) != _files(theirs, gid):
            yield f"other files in {gid[:3].hex()}"


def _files(rows: derive.Rows, gid: GroupId) -> list[Any]:
    entries = derive.visible_entries(rows, gid)
    return sorted((entry.name, entry.eid, sorted(entry.sharers)) for entry in entries)
