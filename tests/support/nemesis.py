"""What may happen to trackers: each fault lasts as long as its `with`. One seed decides them all."""

import contextlib
import random
import resource
import shutil
import signal
import time
from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager, ExitStack
from pathlib import Path

from shared.exit_codes import Exit
from tests.support.arena import Arena
from tests.support.hosts import Host

HOLDS_S = (0.0, 0.2, 0.5, 1.0, 3.0, 7.0)
"""How long the faults of one cycle last; one that is longer than a cycle may be is left out."""
CALMS_S = (0.1, 0.5, 2.0)
COPIES_KEPT = 4
"""Of the disk of each tracker, for the day when it is set back."""
CLOCKS_OFF_S = (0.0, 0.0, 0.0, 20.0, -3600.0, 18_000.0)
LOSSES_PART = 0.3
"""In so many cycles something also happens to a disk."""
_HARM = {"kill": 8, "kill_all": 1, "stop": 2, "freeze": 5, "start_twice": 1, "fill_disk": 2}
"""What befalls a tracker to which nothing else was done in this cycle, and how often."""
_CUTS = {"cut": 8, "isolate": 3, "cut_clients": 5}
_LOSSES = ("set_back", "set_back", "lose_disk", "twin")
Fault = Callable[[int], AbstractContextManager[None]]


class Nemesis:
    def __init__(self, arena: Arena, lot: random.Random) -> None:
        self.arena, self.lot = arena, lot
        self.cycles = 0
        self.did: list[str] = []
        """Every fault, and when, for whoever looks for the cause."""
        self._whole: list[int] = []
        self._cut: set[tuple[Host, Host]] = set()
        self._copies: list[list[Path]] = [[] for _ in range(arena.count)]
        self._may = _HARM | (_CUTS if arena.tracker_hosts else {})
        if arena.count == 1:
            self._may = {name: often for name, often in self._may.items() if name not in ("cut", "isolate")}

    def cycle(self, longest_s: float = HOLDS_S[-1]) -> None:
        """One to three faults at once, and their end."""
        loss = self.lot.choice(_LOSSES) if self.arena.count > 1 and self.lot.random() < LOSSES_PART else ""
        if loss:
            self.arena.catch_up()  # else the last two disks that were lost may have been the two with a write
        self._whole = self.lot.sample(range(self.arena.count), self.arena.count)
        lost = self._whole.pop() if loss in ("set_back", "lose_disk") else None
        hold_s = self.lot.choice([hold for hold in HOLDS_S if hold <= longest_s])
        with ExitStack() as faults:
            if lost is not None and self.arena.tracker_hosts and self.lot.random() < 0.5:
                self._begins(faults, "isolate", lost)
            for name in self._chosen():
                if name not in _HARM or self._whole:
                    self._begins(faults, name, self._whole.pop() if name in _HARM else self._any())
            if loss == "twin":
                self._begins(faults, loss, 0)
            time.sleep(hold_s)
            if lost is not None:
                self._harms_disk(loss, lost)  # while it is cut off, and alone has what it acknowledged
        if lost is not None:
            self._start(lost)
        if self.lot.random() < 0.3:
            self._copy(self._any())
        self.cycles += 1
        self._says("all is well")
        time.sleep(self.lot.choice([calm for calm in CALMS_S if calm <= longest_s]))

    def _chosen(self) -> list[str]:
        return self.lot.choices([*self._may], [*self._may.values()], k=self.lot.choice((1, 1, 2, 3)))

    def _any(self) -> int:
        return self.lot.randrange(self.arena.count)

    def _begins(self, faults: ExitStack, name: str, index: int) -> None:
        self._says(f"{name} {index + 1}")
        fault: Fault = getattr(self, name)
        faults.enter_context(fault(index))

    def _says(self, what: str) -> None:
        self.did.append(f"{time.monotonic():.2f} {what}")

    # --- processes ---

    def _start(self, index: int) -> None:
        self.arena.trackers[index].clock_off_s = self.lot.choice(CLOCKS_OFF_S)
        self.arena.start(index)

    @contextlib.contextmanager
    def kill(self, index: int) -> Iterator[None]:
        self.arena.trackers[index].kill()
        if self.lot.random() < 0.3:
            self._copy(index)
        yield
        self._start(index)

    @contextlib.contextmanager
    def kill_all(self, index: int) -> Iterator[None]:
        killed, self._whole = [index, *self._whole], []
        for each in killed:
            self.arena.trackers[each].kill()
        yield
        for each in killed:
            self._start(each)

    @contextlib.contextmanager
    def stop(self, index: int) -> Iterator[None]:
        assert self.arena.trackers[index].stop() == Exit.OK
        if self.lot.random() < 0.3:
            self._copy(index)
        yield
        self._start(index)

    @contextlib.contextmanager
    def freeze(self, index: int) -> Iterator[None]:
        self.arena.trackers[index].signal(signal.SIGSTOP)
        yield
        self.arena.trackers[index].signal(signal.SIGCONT)

    @contextlib.contextmanager
    def fill_disk(self, index: int) -> Iterator[None]:
        """No file of it may be written beyond its first page, as if the disk were full."""
        pid = self.arena.trackers[index].process.pid
        was = resource.prlimit(pid, resource.RLIMIT_FSIZE, (4096, resource.RLIM_INFINITY))
        yield
        resource.prlimit(pid, resource.RLIMIT_FSIZE, was)

    @contextlib.contextmanager
    def start_twice(self, index: int) -> Iterator[None]:
        assert self.arena.trackers[index].start_another() == Exit.IN_USE
        yield

    # --- disks ---

    def _harms_disk(self, how: str, index: int) -> None:
        """Ends the tracker, and sets its disk back to an old copy, if there is one; or loses it."""
        self._says(f"{how} {index + 1}")
        self.arena.trackers[index].kill()
        if how == "lose_disk":
            self.arena.lose_disk(index, all_of_it=self.lot.random() < 0.5)
        elif copies := self._copies[index]:
            self.arena.set_disk_back(index, self.lot.choice(copies), by_hand=self.lot.random() < 0.5)

    @contextlib.contextmanager
    def twin(self, _index: int) -> Iterator[None]:
        """A second tracker with the number, the keys and an old copy of the disk of the first."""
        with (
            self.arena.twin(self.lot.choice(self._copies[0])) if self._copies[0] else contextlib.nullcontext()
        ):
            yield

    def _copy(self, index: int) -> None:
        copies = self._copies[index]
        copies.append(self.arena.copy_disk(index))
        if len(copies) > COPIES_KEPT:
            shutil.rmtree(copies.pop(0))

    # --- links ---

    @contextlib.contextmanager
    def cut(self, index: int) -> Iterator[None]:
        """Between two trackers, one way or both."""
        hosts = self.arena.tracker_hosts
        other = self.lot.choice([host for host in hosts if host != hosts[index]])
        with self._lost(self._ways(hosts[index], other)):
            yield

    @contextlib.contextmanager
    def isolate(self, index: int) -> Iterator[None]:
        """From all other trackers, but not from clients."""
        hosts = self.arena.tracker_hosts
        ways = [(a, b) for a in hosts for b in hosts if a != b and hosts[index] in (a, b)]
        with self._lost(ways):
            yield

    @contextlib.contextmanager
    def cut_clients(self, index: int) -> Iterator[None]:
        """Half of the clients from one tracker, one way or both."""
        host, clients = self.arena.tracker_hosts[index], self.lot.choice(self.arena.client_hosts)
        with self._lost(self._ways(host, clients)):
            yield

    def _ways(self, a: Host, b: Host) -> list[tuple[Host, Host]]:
        return self.lot.choice(([(a, b)], [(b, a)], [(a, b), (b, a)], [(a, b), (b, a)]))

    @contextlib.contextmanager
    def _lost(self, ways: list[tuple[Host, Host]]) -> Iterator[None]:
        new = [way for way in ways if way not in self._cut]
        self._cut.update(new)
        for sender, receiver in new:
            sender.loses(receiver)
        yield
        for sender, receiver in new:
            sender.reaches(receiver)
        self._cut.difference_update(new)
