"""What trackers give together: a second copy of each write, one state on all, and the next one when one dies.

    ./dev bench mesh [writes|convergence|heal|catchup|failover|silence|herd] [NUMBER...]

writes takes CLIENTS and SECONDS: at one tracker alone, with another in step, and with that one stopped.
convergence takes WRITES A SECOND and SECONDS: an answer that tells of two copies comes after the second one.
heal takes ROWS, written on either side of a cut of SECONDS (in network namespaces: as root). catchup takes
ROWS, of which a new tracker has none. failover takes ROUNDS: from kill -9 of the tracker that a desktop is
at to the answer of a command that is typed then; silence is the same for a tracker that hangs. herd takes
CLIENTS (tests/bench/herd.py), and kills their tracker.
"""

import functools
import os
import signal
import sqlite3
import sys
import tempfile
import time
from collections.abc import Callable, Iterator
from contextlib import ExitStack, contextmanager, suppress
from dataclasses import dataclass, field
from pathlib import Path

from shared.tracker_info import parse
from shared.trust.identity import raw_public
from tests.bench import crowd, herd, load, tracker
from tests.bench.crowd import Crowd, Person
from tests.bench.load import Measured, Where
from tests.bench.stage import Usage, numbers, percentile
from tests.support.history import vector_of
from tests.support.hosts import Host, hosts
from tests.support.shoal_process import RefusedAnswer, ShoalProcess
from tests.support.tracker import TrackerProcess, free_port
from trackerd.identity_files import ensure_pin, load_or_make_keys, make_folder

TAKES_S_MAX = 120.0


def main(arguments: list[str]) -> None:
    name, *rest = arguments or ["writes"]
    sys.stdout.write(f"{tracker.conditions()}\n")
    for said in BENCHES[name](rest):
        sys.stdout.write(f"mesh {' '.join([name, *rest])}: {said}\n")
        sys.stdout.flush()


@dataclass
class Network:
    """The trackers of one file. The first has the crowd in its store, and the others get it from there."""

    folder: Path
    crowd: Crowd
    places: list[Host]
    """Where each runs; none is loopback."""
    trackers: dict[int, TrackerProcess] = field(default_factory=dict)

    @property
    def info_file(self) -> Path:
        return self.folder / "tracker_info.txt"

    def start(self, *numbers: int) -> None:
        """One after the other, each with all that the others have."""
        for number in numbers:
            prefix = self.places[number - 1].prefix if self.places else ()
            self.trackers[number] = TrackerProcess(
                self.folder,
                info_file=self.info_file,
                number=number,
                prefix=prefix,
                ready_s_max=TAKES_S_MAX,
            )
            self.until_equal(1, number)

    def pid(self, number: int) -> int:
        return self.trackers[number].process.pid

    def where(self, number: int) -> Where:
        line = parse(self.info_file.read_text()).lines[number - 1]
        assert line
        assert line.pin
        return Where((line.host, line.port), line.pin)

    def until_equal(self, one: int, other: int) -> float:
        """The moment when the two have the same vector."""
        stores = [self.folder / f"data{number}" / "store.sqlite" for number in (one, other)]
        end_s = time.monotonic() + TAKES_S_MAX
        while True:
            with suppress(sqlite3.OperationalError):  # there is none yet
                if vector_of(stores[0]) == vector_of(stores[1]):
                    return time.monotonic()
            assert time.monotonic() < end_s, f"trackers {one} and {other} do not come to the same"
            time.sleep(0.01)


@contextmanager
def network(count: int, people: int, rows: int = 0, places: list[Host] | None = None) -> Iterator[Network]:
    with tempfile.TemporaryDirectory() as name, ExitStack() as ending:
        folder, info_file = Path(name), Path(name, "tracker_info.txt")
        addresses = [f"{place.address}:21001" for place in places or ()]
        addresses = addresses or [f"127.0.0.1:{free_port()}" for _ in range(count)]
        info_file.write_text("".join(f"{address}\n" for address in addresses[:count]))
        for number in range(1, count + 1):
            make_folder(folder / f"data{number}")
            keys = load_or_make_keys(folder / f"data{number}")
            ensure_pin(info_file, number, raw_public(keys.t))
        there = Network(folder, crowd.settle(folder / "data1", 1, people, group_of=11), places or [])
        there.crowd.share(rows // 2)
        ending.callback(_end, there.trackers)
        yield there


def _end(trackers: dict[int, TrackerProcess]) -> None:
    for one in trackers.values():
        if one.process.poll() is None:
            one.kill()


# --- writes --------------------------------------------------------------------------------------


def _writes(arguments: list[str]) -> Iterator[str]:
    clients, seconds = numbers(arguments, 64, 5)
    with network(2, clients) as there:
        there.start(1)
        yield f"alone: {_drive(there, seconds)}"
        there.start(2)
        yield f"with one in step: {_drive(there, seconds)}"
        there.trackers[2].signal(signal.SIGSTOP)
        yield f"with that one stopped: {_drive(there, seconds)}"
        there.trackers[2].signal(signal.SIGCONT)
        began = time.monotonic()
        yield f"in step again after {there.until_equal(1, 2) - began:.2f} s"


def _convergence(arguments: list[str]) -> Iterator[str]:
    rate, seconds = numbers(arguments, 2000, 10)
    with network(2, 64) as there:
        there.start(1, 2)
        yield str(_drive(there, seconds, rate))


def _drive(there: Network, seconds: float, rate: float = 0) -> Measured:
    where, people = there.where(1), there.crowd.people
    pids = [there.pid(number) for number in there.trackers]
    return load.elsewhere(lambda: tracker.drive(where, people, tracker.writes, seconds, pids, rate))


# --- what was missed -----------------------------------------------------------------------------


def _heal(arguments: list[str]) -> Iterator[str]:
    rows, seconds = numbers(arguments, 10_000, 40)
    with hosts(3) as (one, other, clients), network(2, 2, places=[one, other]) as there:
        there.start(1, 2)
        one.loses(other)
        other.loses(one)
        cut_s = time.monotonic()
        for number in (1, 2):
            share = functools.partial(
                _share, clients, there.where(number), there.crowd.people[number - 1], rows
            )
            load.elsewhere(share)
        time.sleep(cut_s + seconds - time.monotonic())
        one.reaches(other)
        other.reaches(one)
        healed_s = time.monotonic()
        took = there.until_equal(1, 2) - healed_s
        yield f"{rows:,} rows on each side, cut for {seconds} s: the same after {took:.2f} s"


def _share(place: Host, where: Where, person: Person, rows: int) -> None:
    place.enter()
    line, frames = load.Line(where, person), tracker.BULK(person)
    for _ in range(rows // 2000):
        line.send(next(frames))
        while not line.read():
            pass


def _catchup(arguments: list[str]) -> Iterator[str]:
    (rows,) = numbers(arguments, 1_000_000)
    with network(2, 8, rows) as there:
        there.start(1)
        began = time.monotonic()
        there.start(2)
        took = time.monotonic() - began
        old, new = (Usage.of(there.pid(number)) for number in (1, 2))
        yield (
            f"{rows:,} rows in {took:.1f} s ({rows / took:,.0f}/s); the new one {new.peak_mib} MiB and"
            f" {new.cpu_s:.1f} processor s, the other {old.peak_mib} MiB and {old.cpu_s:.1f} s"
        )


# --- fail-over -----------------------------------------------------------------------------------


def _failover(arguments: list[str]) -> Iterator[str]:
    (rounds,) = numbers(arguments, 20)
    with network(3, 1) as there:
        there.start(1, 2, 3)
        with ShoalProcess(there.folder / "ann", there.info_file) as ann:
            ann.join("ann")
            took = []
            for turn in range(rounds):
                used = ann.do("status")["tracker"]["number"]
                there.trackers[used].kill()
                took.append(_seconds_to_write(ann, f"mine {turn}"))
                there.start(used)
        middle, late, worst = (1000 * percentile(took, p) for p in (50, 95, 100))
        yield f"{rounds} x kill -9: median {middle:.0f}, p95 {late:.0f}, worst {worst:.0f} ms"


def _silence(_arguments: list[str]) -> Iterator[str]:
    with network(2, 1) as there:
        there.start(1, 2)
        with ShoalProcess(there.folder / "ann", there.info_file) as ann:
            ann.join("ann")
            used = ann.do("status")["tracker"]["number"]
            there.trackers[used].signal(signal.SIGSTOP)
            yield f"a tracker hangs: {_seconds_to_write(ann, 'mine'):.1f} s to the answer of another"


def _seconds_to_write(shoal: ShoalProcess, group: str) -> float:
    """Typed again for as long as it is refused for want of a tracker."""
    began = time.monotonic()
    while True:
        with suppress(RefusedAnswer):
            shoal.do("create_group", group)
            return time.monotonic() - began


def _herd(arguments: list[str]) -> Iterator[str]:
    (clients,) = numbers(arguments, 1000)
    with network(2, clients) as there:
        there.start(1, 2)
        places, people, pid = [there.where(1), there.where(2)], there.crowd.people, there.pid(1)
        before = Usage.of(there.pid(2)).cpu_s
        moved = load.elsewhere(lambda: herd.flees(people, places, lambda: os.kill(pid, signal.SIGKILL)))
        spent = Usage.of(there.pid(2)).cpu_s - before
        yield f"{moved}; processor ms for each: tracker {1000 * spent / clients:.2f}"


BENCHES: dict[str, Callable[[list[str]], Iterator[str]]] = {
    "writes": _writes,
    "convergence": _convergence,
    "heal": _heal,
    "catchup": _catchup,
    "failover": _failover,
    "silence": _silence,
    "herd": _herd,
}
