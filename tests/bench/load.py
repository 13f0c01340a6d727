"""Clients at their leanest, to load trackers with: frames made beforehand, plain sockets under one epoll.

They cost some 20 us of processor time for each request and its answer, in a process of their own, and do
nothing that a tracker could tell from others: mutual TLS, Hello, one request after the other.
"""

import gc
import multiprocessing
import os
import select
import socket
import threading
import time
from collections import Counter, deque
from collections.abc import Callable, Iterator, Sequence
from multiprocessing.connection import Connection
from pathlib import Path
from typing import NamedTuple, TypeVar

import shared.wire.tracker_messages as m
from shared.limits import CLIENT_PING_S
from shared.trust.tls import client_to_tracker
from shared.wire.framing import tracker_frame
from tests.bench.crowd import Person
from tests.bench.stage import percentile

WARM_UP_S = 1.0
SECONDS_MAX = 60.0
_TICKS_A_SECOND = os.sysconf("SC_CLK_TCK")
_OK = m.encode(m.ok(m.Nothing()))[:3]
R = TypeVar("R")


class Where(NamedTuple):
    """A tracker, as a client knows it."""

    address: tuple[str, int]
    t_key: bytes


class Cpu(NamedTuple):
    """Seconds of processor time of a process: of its first thread, and of all others."""

    loop: float
    threads: float

    @classmethod
    def of(cls, pid: int) -> "Cpu":
        seconds = [0.0, 0.0]
        for task in Path(f"/proc/{pid}/task").iterdir():
            user, system = task.joinpath("stat").read_text().rpartition(")")[2].split()[11:13]
            seconds[task.name != str(pid)] += (int(user) + int(system)) / _TICKS_A_SECOND
        return cls(*seconds)


class Measured(NamedTuple):
    seconds: float
    waits: list[float]
    """Seconds until each answer."""
    heads: Counter[bytes]
    """How the answers begin: Ok with its copies, or a refusal."""
    trackers: list[Cpu]
    load_s: float
    """Of processor time for the load itself."""

    @property
    def rate(self) -> float:
        return len(self.waits) / self.seconds

    def __str__(self) -> str:
        middle, late, latest = (1000 * percentile(self.waits, p) for p in (50, 99, 99.9))
        each = [f"{_us(cpu.loop, self)} + {_us(cpu.threads, self)}" for cpu in self.trackers]
        return (
            f"{self.rate:,.0f}/s, median {middle:.1f}, p99 {late:.1f}, p99.9 {latest:.1f} ms{self._told()};"
            f" processor us for each: {', '.join(each)}, load {_us(self.load_s, self)}"
        )

    def _told(self) -> str:
        refused = sum(count for head, count in self.heads.items() if head[:3] != _OK)
        copies = {head[3]: count for head, count in self.heads.items() if head[:3] == _OK and head[3]}
        return (f", REFUSED {refused}" if refused else "") + (f", copies {copies}" if copies else "")


def _us(seconds: float, measured: Measured) -> str:
    return f"{1e6 * seconds / len(measured.waits):.0f}"


class Line:
    """One client's connection, logged in. Raises OSError where the tracker does not answer."""

    def __init__(self, where: Where, person: Person) -> None:
        raw = socket.create_connection(where.address, SECONDS_MAX)
        raw.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
        self.socket = client_to_tracker(where.t_key, person.leaf).wrap_socket(raw)
        self._came = b""
        self.asked_s = 0.0
        """When the request that is not answered yet was due."""
        self.ask(m.Hello(m.PROTOCOL, m.PROTOCOL, "bench/1"))

    def ask(self, request: m.Message) -> m.Ok:
        self.send(frame(request))
        while not (answers := self.read()):
            pass
        answer = m.decode_from_tracker(answers[0])
        assert isinstance(answer, m.Ok), answer
        return answer

    def send(self, frame: bytes) -> None:
        self.socket.sendall(frame)

    def read(self) -> list[bytes]:
        """Bodies of the answers that are whole, without pushes. Waits for something to come."""
        data = self.socket.recv(1 << 16)
        while self.socket.pending():
            data += self.socket.recv(1 << 16)
        if not data:
            raise ConnectionResetError("the tracker hung up")
        self._came += data
        answers = []
        while len(self._came) > 8 and len(self._came) >= (end := 4 + int.from_bytes(self._came[:4], "big")):
            if self._came[4:8] != bytes(4):
                answers.append(self._came[8:end])
            self._came = self._came[end:]
        return answers


def frame(request: m.Message) -> bytes:
    return tracker_frame(1, m.encode(request))


def keep_alive(lines: Sequence[Line]) -> None:
    """From now on each pings as a desktop does that has nothing else to say. `lines` may grow."""
    threading.Thread(target=_ping, args=(lines,), daemon=True).start()


def _ping(lines: Sequence[Line]) -> None:
    ping = frame(m.Ping())
    while True:
        began = time.monotonic()
        for line in [*lines]:
            line.send(ping)
            time.sleep(0.5 * CLIENT_PING_S / len(lines))
        time.sleep(max(0.1, began + CLIENT_PING_S - time.monotonic()))


def drive(
    lines: Sequence[tuple[Line, Iterator[bytes]]], seconds: float, pids: Sequence[int], rate: float = 0
) -> Measured:
    """Each line asks as soon as it is answered; or all together at `rate`, as long as one of them is free.

    What the first second brings is not counted. A wait begins when its request was due, to the millisecond.
    """
    of = {line.socket.fileno(): (line, frames) for line, frames in lines}
    poll, free = select.epoll(), deque(of)
    for descriptor in of:
        poll.register(descriptor, select.EPOLLIN)
    waits: list[float] = []
    heads: Counter[bytes] = Counter()
    before: list[Cpu] = []
    due_s = time.monotonic()
    begin_s, own_s = due_s + WARM_UP_S, 0.0
    gc.disable()
    while (now_s := time.monotonic()) < begin_s + seconds:
        if not before and now_s >= begin_s:
            before, own_s, begin_s = [Cpu.of(pid) for pid in pids], time.process_time(), now_s
            due_s = max(due_s, now_s)  # what the first second left behind is not counted either
        while free and due_s <= now_s:
            line, frames = of[free.popleft()]
            line.asked_s = due_s if rate else now_s
            line.send(next(frames))
            due_s += 1 / rate if rate else 0
        for descriptor, _ in poll.poll(0.001 if rate else 1):
            line, _ = of[descriptor]
            for answer in line.read():
                free.append(descriptor)
                if before and line.asked_s >= begin_s:
                    waits.append(time.monotonic() - line.asked_s)
                    heads[answer[:4]] += 1
    took_s = time.monotonic() - begin_s
    spent = [
        Cpu(*(x - y for x, y in zip(Cpu.of(pid), cpu, strict=True)))
        for pid, cpu in zip(pids, before, strict=True)
    ]
    return Measured(took_s, waits, heads, spent, time.process_time() - own_s)


def elsewhere(work: Callable[[], R]) -> R:
    """What `work` returns, in a process of its own."""
    context = multiprocessing.get_context("fork")  # keys can be handed over in no other way
    ours, theirs = context.Pipe(duplex=False)
    process = context.Process(target=_run, args=(theirs, work))
    process.start()
    theirs.close()
    try:
        returned: R = ours.recv()
    finally:
        process.join()
    return returned


def _run(pipe: Connection, work: Callable[[], R]) -> None:
    pipe.send(work())
