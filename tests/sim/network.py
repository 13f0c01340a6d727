"""A network in memory: TCP between machines, with delay, slow lines, cuts in either direction, and resets.

Bytes of one direction of a connection keep their order, and nothing else does. Every connection has lots of
its own, so that what one of them does changes nothing for another.
"""

import asyncio
import random
from collections import deque
from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Any

from tests.sim.loop import Process, SimLoop, current

SYN_AGAIN_S = (1.0, 2.0, 4.0, 8.0, 16.0, 32.0, 64.0)
CHUNK_BYTES = 16 * 1024
WINDOW_BYTES = 256 * 1024
"""What the two systems hold for a program that does not read."""
BUFFER_BYTES = 64 * 1024
"""Above this the protocol is asked to pause, as asyncio has it."""


@dataclass
class Wire:
    """One direction between two machines, for all connections between them."""

    delay_s: float
    jitter_s: float
    bytes_per_s: float = 1e8
    is_cut: bool = False
    waiting: "dict[_Stream, None]" = field(default_factory=dict)
    """Those that try again once it is whole."""


class Machine:
    def __init__(self, network: "Network", ip: str) -> None:
        self.network, self.ip = network, ip
        self.has_power = True
        self.sockets: dict[Socket, None] = {}

    def lose_process(self, process: Process) -> None:
        """The system says goodbye for it."""
        for socket in [*self.sockets]:
            if socket.process is process:
                socket.vanish()
        self._unlisten(process)

    def lose_power(self) -> None:
        """Nobody says anything; who still sends gets a reset once it is up again."""
        self.has_power = False
        for socket in [*self.sockets]:
            socket.vanish(in_silence=True)
        self.network.listeners = {
            address: listener for address, listener in self.network.listeners.items() if address[0] != self.ip
        }

    def _unlisten(self, process: Process) -> None:
        for address, listener in [*self.network.listeners.items()]:
            if listener.process is process:
                del self.network.listeners[address]


class Listener:
    """What create_server() returns, as far as it is used."""

    def __init__(
        self, network: "Network", process: Process, factory: Callable[[], Any], address: tuple[str, int]
    ) -> None:
        self.network, self.process, self.factory, self.address = network, process, factory, address
        self.sockets = [self]

    def getsockname(self) -> tuple[str, int]:
        return self.address

    def close(self) -> None:
        self.network.listeners.pop(self.address, None)

    async def wait_closed(self) -> None:
        """The connections are not its own."""


class Network:
    def __init__(self, loop: SimLoop, seed: str) -> None:
        self.loop, self.seed = loop, seed
        self.machines: dict[str, Machine] = {}
        self.home: dict[Process, Machine] = {}
        self.wires: dict[tuple[str, str], Wire] = {}
        self.listeners: dict[tuple[str, int], Listener] = {}
        self._dialled: dict[tuple[str, str], int] = {}
        loop.open_connection, loop.open_server = self._connect, self._listen

    def machine(self, ip: str) -> Machine:
        return self.machines.setdefault(ip, Machine(self, ip))

    def wire(self, ours: str, theirs: str) -> Wire:
        if (ours, theirs) not in self.wires:
            lot = random.Random(f"{self.seed} wire {ours} {theirs}")
            delay_s = lot.choice((0.0002, 0.001, 0.01, 0.04))
            self.wires[ours, theirs] = Wire(delay_s, delay_s * lot.choice((0.1, 1, 10)))
        return self.wires[ours, theirs]

    def cut(self, ours: str, theirs: str) -> None:
        """Nothing comes through, and nobody is told."""
        self.wire(ours, theirs).is_cut = True

    def heal(self, ours: str, theirs: str) -> None:
        wire = self.wire(ours, theirs)
        waiting, wire.is_cut, wire.waiting = wire.waiting, False, {}
        for stream in waiting:
            stream.try_again()

    def power_on(self, machine: Machine) -> None:
        machine.has_power = True
        for (_, theirs), wire in self.wires.items():
            if theirs == machine.ip:
                waiting, wire.waiting = wire.waiting, {}
                for stream in waiting:
                    stream.try_again()

    def reset(self, ours: str, theirs: str) -> None:
        """Every connection between the two machines is lost, as by a router that forgets them."""
        for socket in [*self.machine(ours).sockets]:
            if socket.peer.machine.ip == theirs:
                socket.lost_by(ConnectionResetError("a router forgot it"))
                socket.peer.lost_by(ConnectionResetError("a router forgot it"))

    def _listen(
        self, factory: Callable[[], Any], host: str | None, port: int, **_options: object
    ) -> Listener:
        process = current()
        address = (self.home[process].ip, port)
        if address in self.listeners:
            raise OSError(98, "address already in use")
        self.listeners[address] = Listener(self, process, factory, address)
        return self.listeners[address]

    async def _connect(self, factory: Callable[[], Any], host: str, port: int, **_options: object) -> Any:
        process = current()
        ours, theirs = self.home[process], self.machine(host)
        number = self._dialled[ours.ip, host] = self._dialled.get((ours.ip, host), 0) + 1
        lot = random.Random(f"{self.seed} {ours.ip} {host} {number}")
        met: asyncio.Future[Socket] = self.loop.create_future()
        dialling = _Dialling(self, process, (ours, theirs), port, lot, met)
        dialling.syn()
        socket = await met
        protocol = factory()
        socket.begin(protocol)
        return socket, protocol


class _Dialling:
    """Until the other system has answered."""

    def __init__(
        self,
        network: Network,
        process: Process,
        machines: tuple[Machine, Machine],
        port: int,
        lot: random.Random,
        met: "asyncio.Future[Socket]",
    ) -> None:
        self.network, self.loop, self.process = network, network.loop, process
        self.ours, self.theirs = machines
        self.port, self.lot, self.met = port, lot, met
        self.tries = iter(SYN_AGAIN_S)
        self.is_answered = False
        self.out, self.back = (
            network.wire(self.ours.ip, self.theirs.ip),
            network.wire(self.theirs.ip, self.ours.ip),
        )

    def syn(self) -> None:
        if self.met.done() or self.is_answered:
            return
        if not self.out.is_cut:
            self._after(_delay_s(self.out, self.lot), self._arrived)
        wait_s = next(self.tries, None)
        if wait_s is None:
            self.met.set_exception(TimeoutError("nobody answers"))
        else:
            self._after(wait_s, self.syn)

    def _arrived(self) -> None:
        if self.met.done() or self.is_answered or self.out.is_cut or not self.theirs.has_power:
            return
        listener = self.network.listeners.get((self.theirs.ip, self.port))
        if listener is None:
            if not self.back.is_cut:
                self._after(_delay_s(self.back, self.lot), self._refused)
            return
        self.is_answered = True
        ours = Socket(self.network, self.process, self.ours, self.lot)
        theirs = Socket(self.network, listener.process, self.theirs, self.lot)
        ours.join(theirs, self.lot.randrange(32768, 61000), self.port)
        ours.on_met = self._met
        theirs.out.send("met")
        factory = listener.factory
        self.loop.call_soon(lambda: theirs.begin(factory()), context=listener.process.context)

    def _after(self, delay_s: float, act: Callable[[], None]) -> None:
        self.loop.call_later(delay_s, act, context=self.loop.world.context)

    def _refused(self) -> None:
        if not self.met.done():
            self.met.set_exception(ConnectionRefusedError(111, "nobody listens"))

    def _met(self, socket: "Socket") -> None:
        if self.met.done():
            socket.abort()
        else:
            self.met.set_result(socket)


class Socket(asyncio.Transport):
    """One end of a connection, as a program has it."""

    peer: "Socket"

    def __init__(self, network: Network, process: Process, machine: Machine, lot: random.Random) -> None:
        super().__init__()
        self.network, self.loop, self.process, self.machine = network, network.loop, process, machine
        self.lot = lot
        self.on_met: Callable[[Socket], None] = lambda _: None
        self.protocol: Any = None
        self.is_lost = False
        """The system knows it no more."""
        self._ending = False
        self._error: Exception | None = None
        self._is_paused = self._is_asked_to_pause = False
        self._unread: deque[bytes | None] = deque()
        """What has come and was not told yet; None is the end."""
        self._unsent: deque[bytes] = deque()
        self._unsent_bytes = 0
        self._addresses: tuple[tuple[str, int], tuple[str, int]] = (("", 0), ("", 0))
        machine.sockets[self] = None

    def join(self, peer: "Socket", port: int, their_port: int) -> None:
        self.peer, peer.peer = peer, self
        ours, theirs = (self.machine.ip, port), (peer.machine.ip, their_port)
        self._addresses, peer._addresses = (ours, theirs), (theirs, ours)
        self.out, peer.out = _Stream(self), _Stream(peer)

    def begin(self, protocol: Any) -> None:
        self.protocol = protocol
        protocol.connection_made(self)
        if self.is_lost:
            self._later(self._tell_loss)
        self._read()

    # --- what a protocol asks of its transport ---

    def get_extra_info(self, name: str, default: Any = None) -> Any:
        return {"sockname": self._addresses[0], "peername": self._addresses[1]}.get(name, default)

    def is_closing(self) -> bool:
        return self._ending

    def get_write_buffer_size(self) -> int:
        return self._unsent_bytes

    def write(self, data: "bytes | bytearray | memoryview[Any]") -> None:
        if self._ending or not data:
            return
        for begin in range(0, len(data), CHUNK_BYTES):
            self._unsent.append(bytes(data[begin : begin + CHUNK_BYTES]))
        self._unsent_bytes += len(data)
        self.flush()
        if self._unsent_bytes > BUFFER_BYTES and not self._is_asked_to_pause:
            self._is_asked_to_pause = True
            self.protocol.pause_writing()

    def pause_reading(self) -> None:
        self._is_paused = True

    def resume_reading(self) -> None:
        if self._is_paused:
            self._is_paused = False
            self._later(self._read)

    def close(self) -> None:
        if not self._ending:
            self._ending = True
            self.flush()

    def abort(self) -> None:
        if not self.is_lost:
            self._ending = True
            self.out.send("reset")
            self._lose(None)

    # --- what the system does ---

    def flush(self) -> None:
        """As much as the other system has room for; after the last of it, the end that close() asked for."""
        while self._unsent and self.out.has_room(len(self._unsent[0])):
            data = self._unsent.popleft()
            self._unsent_bytes -= len(data)
            self.out.send(data)
        if self._is_asked_to_pause and self._unsent_bytes <= BUFFER_BYTES / 4 and not self.is_lost:
            self._is_asked_to_pause = False
            self._later(lambda: None if self._is_asked_to_pause else self.protocol.resume_writing())
        if self._ending and not self._unsent and not self.is_lost:
            self.out.send("reset" if any(self._unread) else "end")
            self._lose(None)

    def came(self, what: bytes | str) -> None:
        """From the line, into the system's memory."""
        if self.is_lost:
            if what != "reset":
                self.out.send("reset")
        elif what == "met":
            self._later(lambda: self.on_met(self))
        elif what == "reset":
            self.lost_by(ConnectionResetError(104, "reset by the other side"))
        else:
            self._unread.append(what if isinstance(what, bytes) else None)
            self._later(self._read)

    def lost_by(self, error: Exception) -> None:
        if not self.is_lost:
            self._ending = True
            self._lose(error)

    def vanish(self, *, in_silence: bool = False) -> None:
        """The program is gone."""
        if not in_silence and not self.is_lost:
            self.out.send("reset" if self._unread else "end")
        if in_silence:
            self.out.forget()
        self.is_lost = self._ending = True
        self._unsent.clear()
        self.machine.sockets.pop(self, None)

    def _later(self, act: Callable[[], None]) -> None:
        if self.process.is_up:
            self.loop.call_soon(act, context=self.process.context)

    def _read(self) -> None:
        while self._unread and self.protocol is not None and not (self._is_paused or self._ending):
            data = self._unread.popleft()
            if data is None:
                if not self.protocol.eof_received():
                    self.close()
                return
            self.peer.out.has_read(len(data))
            self.protocol.data_received(data)

    def _lose(self, error: Exception | None) -> None:
        self.is_lost, self._error = True, error
        self._unsent.clear()
        self._unsent_bytes = 0
        self.machine.sockets.pop(self, None)
        if self.protocol is not None:
            self._later(self._tell_loss)

    def _tell_loss(self) -> None:
        self.protocol.connection_lost(self._error)


class _Stream:
    """One direction of one connection: what is on its way, in order."""

    def __init__(self, sender: Socket) -> None:
        self.sender = sender
        self.wire = sender.network.wire(sender.machine.ip, sender.peer.machine.ip)
        self.loop, self.lot = sender.loop, sender.lot
        self._line: deque[tuple[float, bytes | str]] = deque()
        """With the time at which each arrives, if the wire is whole then."""
        self._free_s = 0.0
        """When the line has taken all that was sent."""
        self._unread_bytes = 0
        self._is_timed = False

    def has_room(self, count: int) -> bool:
        return self._unread_bytes == 0 or self._unread_bytes + count <= WINDOW_BYTES

    def send(self, what: bytes | str) -> None:
        size = len(what) if isinstance(what, bytes) else 0
        self._unread_bytes += size
        self._free_s = max(self.loop.now_s, self._free_s) + size / self.wire.bytes_per_s
        last_s = self._line[-1][0] if self._line else 0.0
        self._line.append((max(last_s, self._free_s + _delay_s(self.wire, self.lot)), what))
        self._time()

    def has_read(self, count: int) -> None:
        self._unread_bytes -= count
        self.sender.flush()

    def try_again(self) -> None:
        """The system sends once more what nobody confirmed, after a while."""
        after_s = self.loop.now_s + self.lot.uniform(0.05, 1.0)
        self._line = deque((max(when_s, after_s), what) for when_s, what in self._line)
        self._time()

    def forget(self) -> None:
        self._line.clear()

    def _time(self) -> None:
        if self._line and not self._is_timed:
            self._is_timed = True
            self.loop.call_at(self._line[0][0], self._arrive, context=self.loop.world.context)

    def _arrive(self) -> None:
        self._is_timed = False
        while self._line and self._line[0][0] <= self.loop.now_s:
            if self.wire.is_cut or not self.sender.peer.machine.has_power:
                if self._line[-1][1] == "reset":
                    self._line.clear()  # it is said once
                else:
                    self.wire.waiting[self] = None
                return
            _, what = self._line.popleft()
            self.sender.peer.came(what)
        self._time()


def _delay_s(wire: Wire, lot: random.Random) -> float:
    return wire.delay_s + lot.expovariate(1 / wire.jitter_s)
