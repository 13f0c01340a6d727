"""The trackers of one network and what is kept of their disks, for tests that do them harm.

Where namespaces can be made each tracker is a host of its own, so is a twin of the first, and clients are on
two more; else all are on loopback.
"""

import contextlib
import itertools
import os
import shutil
import signal
import time
from collections.abc import Iterable, Iterator
from pathlib import Path

from shared.facts.ids import Dot
from shared.facts.rows import Row
from shared.tracker_info import parse
from tests.support.history import LostDisk, Vector, journal_of, keep_journal, vector_of
from tests.support.hosts import Host
from tests.support.tracker import TrackerProcess, free_port
from tests.support.waiting import LONG_S
from tests.support.writers import Place
from trackerd.store.files import STORE_FILE

PORT = 21001
CLIENT_HOSTS = 2
_PAGE_BYTES = 4096
_PAGES_DAMAGED = 8
_CONFIG = "[limits]\ngroups_per_user = 1000000\nrequests_per_user = 1000000\ndevices_per_user = 1000000\n"


class Arena:
    """Trackers are named by their index. Stop them by leaving `with`."""

    def __init__(self, folder: Path, count: int, places: list[Host]) -> None:
        """`places`: count + 1 + CLIENT_HOSTS of them, or none."""
        self.count, self._folder, self._places = count, folder, places
        self.tracker_hosts, self.client_hosts = places[:count], places[count + 1 :]
        self.info_file = folder / "tracker_info.txt"
        self.info_file.write_text("".join(f"{self._address(index)}\n" for index in range(count)))
        self._twin_file = folder / "twin" / "tracker_info.txt"
        self._twin_address = self._address(count)
        self.lost_disks: list[LostDisk] = []
        self.starts_s: list[float] = []
        self._journal: dict[Dot, Row] = {}
        """Of disks that are no more."""
        self.trackers: list[TrackerProcess] = []
        self._numbers = itertools.count(1)

    def __enter__(self) -> "Arena":
        try:
            for index in range(self.count):
                self.trackers.append(self._process(index))
                keep_journal(self.store(index))
            self.catch_up()
        except BaseException:
            self.__exit__()
            raise
        return self

    def __exit__(self, *_: object) -> None:
        for tracker in self.trackers:
            if tracker.process.poll() is None:
                tracker.signal(signal.SIGCONT)
                tracker.stop()

    def store(self, index: int) -> Path:
        return self.trackers[index].data / STORE_FILE

    def stop(self) -> None:
        for tracker in self.trackers:
            assert tracker.stop() == 0

    @property
    def stores(self) -> list[Path]:
        return [self.store(index) for index in range(self.count)]

    def clients_places(self) -> list[Place]:
        """Where clients look for trackers: the lines of the file, and where a twin of the first may be."""
        lines = [line for line in parse(self.info_file.read_text()).lines if line and line.pin]
        assert len(lines) == self.count
        places = [Place(n, (line.host, line.port), line.pin or b"") for n, line in enumerate(lines, 1)]
        host, _, port = self._twin_address.rpartition(":")
        return [*places, Place(1, (host, int(port)), places[0].t_pin)] if self.count > 1 else places

    def start(self, index: int) -> None:
        begun_s = time.monotonic()
        self.trackers[index].start()
        self.starts_s.append(time.monotonic() - begun_s)
        keep_journal(self.store(index))  # where its store is a new one; else it has it

    def copy_disk(self, index: int) -> Path:
        """A backup of a tracker that runs; of one that does not, its files as they lie."""
        tracker, copy = self.trackers[index], self._folder / f"copy{next(self._numbers)}"
        copy.mkdir()
        if tracker.process.poll() is None:
            assert tracker.tool("backup", "--out", copy / STORE_FILE) == 0
        else:
            _copy_store(tracker.data, copy)
        return copy

    def set_disk_back(self, index: int, copy: Path, *, by_hand: bool) -> None:
        """Of a tracker that does not run: by `trackerd restore`, or file by file. Its keys stay."""
        with self._loses_disk(index, is_set_back=True):
            if by_hand:
                self._remove_store(index)
                _copy_store(copy, self.trackers[index].data)
            else:
                assert self.trackers[index].tool("restore", "--from", copy / STORE_FILE) == 0

    def lose_disk(self, index: int, *, all_of_it: bool) -> None:
        """Of a tracker that does not run: its store is gone, or has some pages of rubbish."""
        with self._loses_disk(index, is_set_back=False):
            if all_of_it:
                self._remove_store(index)
            else:
                with self.store(index).open("r+b") as store:
                    store.seek(_PAGE_BYTES)
                    store.write(os.urandom(_PAGES_DAMAGED * _PAGE_BYTES))

    def _remove_store(self, index: int) -> None:
        for path in self.trackers[index].data.glob(f"{STORE_FILE}*"):
            path.unlink()

    @contextlib.contextmanager
    def _loses_disk(self, index: int, *, is_set_back: bool) -> Iterator[None]:
        """Remembers what was on it, and what is none the less on a disk."""
        store = self.store(index)
        had = vector_of(store)
        self._journal |= journal_of(store)
        yield
        kept = [vector_of(each) for each in self.stores if each != store or is_set_back]
        self.lost_disks.append(LostDisk(index + 1, time.monotonic(), had, _greatest(kept)))

    @contextlib.contextmanager
    def twin(self, copy: Path) -> Iterator[None]:
        """Of the first tracker runs from a copy of its folder, elsewhere. Its disk is lost in the end."""
        data = self._twin_file.parent / "data1"
        shutil.rmtree(data, ignore_errors=True)
        data.mkdir(mode=0o700, parents=True)
        for key in self.trackers[0].data.glob("*.key"):
            shutil.copy2(key, data)
        _copy_store(copy, data)
        lines = self.info_file.read_text().splitlines()
        lines[0] = f"{self._twin_address} {lines[0].split()[1]}"
        self._twin_file.write_text("\n".join(lines) + "\n")
        twin = self._process(0, at=self.count)
        try:
            yield
        finally:
            twin.kill()
            had = vector_of(twin.data / STORE_FILE)
            self._journal |= journal_of(twin.data / STORE_FILE)
            self.lost_disks.append(LostDisk(1, time.monotonic(), had, _greatest(map(vector_of, self.stores))))

    def catch_up(self) -> None:
        """Returns once each tracker has what any of them has now."""
        goal = _greatest(map(vector_of, self.stores))
        end_s = time.monotonic() + LONG_S
        while any(behind := [_missing(vector_of(store), goal) for store in self.stores]):
            assert time.monotonic() < end_s, f"not in step: trackers lack {behind}"
            time.sleep(0.1)

    def journal(self) -> dict[Dot, Row]:
        """All that any disk ever had."""
        found = dict(self._journal)
        for store in self.stores:
            found |= journal_of(store)
        return found

    def _address(self, place: int) -> str:
        return f"{self._places[place].address}:{PORT}" if self._places else f"127.0.0.1:{free_port()}"

    def _process(self, index: int, at: int | None = None) -> TrackerProcess:
        info_file = self.info_file if at is None else self._twin_file
        host = self._places[index if at is None else at] if self._places else None
        return TrackerProcess(
            info_file.parent,
            info_file=info_file,
            number=index + 1,
            config=_CONFIG,
            prefix=host.prefix if host else (),
        )


def _greatest(vectors: Iterable[Vector]) -> Vector:
    greatest: Vector = {}
    for vector in vectors:
        for log, seq in vector.items():
            greatest[log] = max(seq, greatest.get(log, 0))
    return greatest


def _missing(vector: Vector, goal: Vector) -> dict[int, int]:
    return {log: seq - vector.get(log, 0) for log, seq in goal.items() if seq > vector.get(log, 0)}


def _copy_store(data: Path, to: Path) -> None:
    for path in data.glob(f"{STORE_FILE}*"):
        shutil.copy2(path, to)
