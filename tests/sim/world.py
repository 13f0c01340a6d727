"""One history from one seed: trackers and clients, what goes wrong, and what must be so in the end."""

import functools
import random
import tempfile
from collections.abc import Callable, Coroutine, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, TypeVar

from shared.facts.rows import Row
from shared.tracker_info import format_pin
from tests.sim.desktops import Desktop, is_like, unlike
from tests.sim.faults import Faults
from tests.sim.hosts import TrackerHost, until
from tests.sim.judge import FAULTS_TOLD, Verdict, judge
from tests.sim.loop import sim_loop
from tests.sim.network import Network
from tests.sim.people import Client, Person
from tests.sim.records import Records
from tests.sim.surroundings import MEMORY, limits, simulated

USER_NAMES = ("ann", "bob", "Ann", "cem", "ann", "dan")
LIFE = {
    "creates_group": 2.0,
    "joins": 6,
    "withdraws": 1,
    "accepts": 8,
    "rejects": 0.5,
    "removes": 1.5,
    "transfers": 2,
    "leaves": 2,
    "invites": 1,
    "uses_invite": 3,
    "revokes_invite": 0.5,
    "shares": 6,
    "stops_sharing": 2,
    "looks": 1,
    "moves": 2,
    "changes_password": 0.3,
    "revokes_itself": 0.2,
    "deletes_account": 0.15,
}
NOT_BY_DESKTOPS = ("changes_password", "revokes_itself", "deletes_account")
FAULTS = {
    "splits": 4.0,
    "cuts_one_way": 3,
    "resets": 2,
    "slows": 1,
    "kills": 3,
    "kills_within_a_commit": 2,
    "stops": 1,
    "freezes": 1.5,
    "clock_jumps": 1,
    "loses_disk": 0.5,
    "loses_tracker": 0.2,
    "restores": 1,
}


@dataclass(frozen=True)
class Profile:
    """What kind of histories are told."""

    trackers: tuple[int, ...] = (2, 3, 3, 3, 4, 5)
    clients: tuple[int, ...] = (3, 4, 5)
    desktops: tuple[int, ...] = (0, 1, 2)
    lasts_s: float = 35.0
    settles_s_max: float = 120.0
    page_rows: tuple[int, ...] = (4, 30, 1000)
    collected: float = 0.5
    """In how many histories rows that are over are deleted for good, soon."""
    fault_every_s: float = 3.0
    life: dict[str, float] = field(default_factory=lambda: LIFE)
    faults: dict[str, float] = field(default_factory=lambda: FAULTS)


class World:
    def __init__(self, seed: int, profile: Profile, folder: Path) -> None:
        self.seed, self.profile = str(seed), profile
        self.lot = random.Random(f"{seed} world")
        self.limits = limits(
            self.lot.choice(profile.page_rows),
            is_tight=self.lot.random() < 0.4,
            is_collected=self.lot.random() < profile.collected,
        )
        self.loop = sim_loop()
        self.network = Network(self.loop, self.seed)
        self.records = Records()
        self.hosts = self._hosts(folder)
        self.clients = self._clients()
        self.desktops = self._desktops(folder)
        guests = [self.network.home[client.process].ip for client in [*self.clients, *self.desktops]]
        self.faults = Faults(self.network, self.hosts, guests, self.records, dict(profile.faults))

    def _hosts(self, folder: Path) -> list[TrackerHost]:
        count = self.lot.choice(self.profile.trackers)
        hosts = [
            TrackerHost(self.network, n, folder, self.lot.choice((0.0, 0.0, 1.5)))
            for n in range(1, count + 1)
        ]
        lines = [f"{host.address[0]}:{host.address[1]} {format_pin(host.pin)}\n" for host in hosts]
        for host in hosts:
            host.info_file.write_text("".join(lines))
            host.info_file.chmod(0o600)
            host.on_rows = self._rows
        return hosts

    def _rows(self, rows: list[Row]) -> None:
        for row in rows:
            self.records.wrote(row)

    def _clients(self) -> list[Client]:
        count = self.lot.choice(self.profile.clients)
        people: list[Person] = []
        clients = []
        for number in range(count):
            if people and self.lot.random() < 0.25:  # a second computer of somebody
                person = self.lot.choice(people)
            else:
                password = self.lot.choice(("long enough", f"password of {number}"))
                person = Person(f"{self.seed} person {number}", USER_NAMES[number], password)
                people.append(person)
            ip = f"10.1.{number}.1"
            clients.append(
                Client(self.network, ip, person, self.hosts, self.records, dict(self.profile.life))
            )
        return clients

    def _desktops(self, folder: Path) -> list[Desktop]:
        life = {name: weight for name, weight in self.profile.life.items() if name not in NOT_BY_DESKTOPS}
        return [
            Desktop(
                self.network,
                f"10.2.{number}.1",
                Person(f"{self.seed} desktop {number}", f"eve{number}", "long enough"),
                self.hosts,
                self.records,
                life,
                folder,
            )
            for number in range(self.lot.choice(self.profile.desktops))
        ]

    def play(self, history: Coroutine[Any, Any, None] | None = None) -> None:
        """One that comes from the seed, where none is given. Raises Verdict."""
        with simulated(self.limits) as logged:
            try:
                self.loop.run(history or self._history())
            except AssertionError as verdict:
                raise Verdict("\n".join([str(verdict), *self.loop.errors, *logged][:FAULTS_TOLD])) from None
            if bugs := [*self.loop.errors, *logged]:
                raise Verdict("\n".join(bugs[:FAULTS_TOLD]))

    async def start(self) -> None:
        for host in self.hosts:
            host.start()
        await self.comes(lambda: all(host.is_serving for host in self.hosts), "not all trackers started")

    async def comes(self, is_so: Callable[[], bool], what: str) -> None:
        """Waits for what must come to be so. Raises Verdict, with `what` it is that is not."""
        if not await until(self.loop, is_so, self.profile.settles_s_max):
            raise Verdict(what)

    async def _history(self) -> None:
        await self.start()
        until_s = self.loop.now_s + self.profile.lasts_s
        everybody = [*self.clients, *self.desktops]
        lives = [self.loop.spawn(client.process, client.live(until_s)) for client in everybody]
        await self.faults.happen(until_s, self.profile.fault_every_s)
        for life in lives:
            await life
        await self.faults.all_is_well()
        self.records.tell(self.loop.now_s, "all is well")
        await until(self.loop, self.is_even, self.profile.settles_s_max)
        judge(self.faults.rest, self.records)
        for desktop in self.desktops:
            if not await until(self.loop, functools.partial(is_like, desktop), self.profile.settles_s_max):
                raise Verdict("\n".join(["a mirror is not what its tracker has", *unlike(desktop)]))

    def is_even(self) -> bool:
        """Whether all trackers that are left have the same."""
        hosts = self.faults.rest
        return all(host.is_ready and host.vector() == hosts[0].vector() for host in hosts)


W = TypeVar("W", bound=World)


@contextmanager
def world(seed: int, profile: Profile, kind: Callable[[int, Profile, Path], W]) -> Iterator[W]:
    with tempfile.TemporaryDirectory(dir=MEMORY, prefix="shoal-sim-") as folder:
        made = kind(seed, profile, Path(folder))
        try:
            yield made
        finally:
            made.loop.close()
