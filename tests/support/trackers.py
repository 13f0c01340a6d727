"""Several trackers as processes, with wires between them that can be cut while clients still reach each."""

import contextlib
import itertools
import socket
import threading
import time
from collections.abc import Iterator
from pathlib import Path
from types import TracebackType
from typing import Self

from shared.tracker_info import format_pin
from shared.trust.identity import raw_public
from tests.support.tracker import TrackerProcess, free_port
from tests.support.waiting import LONG_S
from trackerd.care.digest import digest
from trackerd.identity_files import load_or_make_keys, make_folder

READ_BYTES = 64 * 1024


class Wire:
    """Passes on bytes to 127.0.0.1:`port`, from its own `port`, until it is cut."""

    def __init__(self, to: int) -> None:
        self._to = to
        self._ends: list[socket.socket] = []
        self._changing = threading.Lock()
        self.port = free_port()  # that nobody takes while it is cut
        self.heal()

    def cut(self) -> None:
        """Both ends are told, and nobody gets through any more."""
        with self._changing:
            self.is_cut = True
            for end in [self._listener, *self._ends]:
                with contextlib.suppress(OSError):
                    end.shutdown(socket.SHUT_RDWR)
                end.close()
            self._ends.clear()

    def heal(self) -> None:
        self._listener = socket.create_server(("127.0.0.1", self.port))
        self.is_cut = False
        threading.Thread(target=self._serve, args=(self._listener,), daemon=True).start()

    def _serve(self, listener: socket.socket) -> None:
        with contextlib.suppress(OSError):  # it is cut
            while True:
                near, _ = listener.accept()
                try:
                    far = socket.create_connection(("127.0.0.1", self._to))
                except OSError:  # that tracker does not run
                    near.close()
                    continue
                with self._changing:
                    if self.is_cut:  # since it was accepted
                        near.close()
                        far.close()
                        return
                    self._ends += [near, far]
                for one, other in ((near, far), (far, near)):
                    threading.Thread(target=_pass_on, args=(one, other), daemon=True).start()


def _pass_on(one: socket.socket, other: socket.socket) -> None:
    with contextlib.suppress(OSError):
        while data := one.recv(READ_BYTES):
            other.sendall(data)
    for end in (one, other):
        with contextlib.suppress(OSError):
            end.shutdown(socket.SHUT_RDWR)


class Trackers:
    """Numbers are from 1. All that run are stopped at the end of `with`."""

    def __init__(self, folder: Path, count: int, *options: str, started: int | None = None) -> None:
        """`started`: so many of the first, else all."""
        self._folder, self._options = folder, options
        numbers = range(1, count + 1)
        ports = {number: free_port() for number in numbers}
        self._wires = {pair: Wire(ports[pair[1]]) for pair in itertools.permutations(numbers, 2)}
        self._pins = {}
        for number in numbers:
            data = folder / f"data{number}"
            make_folder(data)
            self._pins[number] = format_pin(raw_public(load_or_make_keys(data).t))
        self._addresses = {number: f"127.0.0.1:{port}" for number, port in ports.items()}
        for number in numbers:
            at = {
                other: f"127.0.0.1:{wire.port}" for (one, other), wire in self._wires.items() if one == number
            }
            self._write(self._own_file(number), self._addresses | at, numbers)
        self.running: dict[int, TrackerProcess] = {}
        try:
            for number in numbers[: count if started is None else started]:
                self.start(number)
        except BaseException:
            self.__exit__(None, None, None)
            raise

    def info_file(self, *order: int) -> Path:
        """For a client that is to try these, in this order."""
        path = self._folder / f"clients-{'-'.join(map(str, order))}.txt"
        self._write(path, self._addresses, order)
        return path

    def start(self, number: int) -> TrackerProcess:
        """Returns once it is ready. The same one, if it ran before."""
        if number in self.running:
            self.running[number].start()
        else:
            self.running[number] = TrackerProcess(
                self._folder, *self._options, info_file=self._own_file(number), number=number
            )
        return self.running[number]

    def agree(self) -> None:
        """Returns once all that run have the same."""
        end_s = time.monotonic() + LONG_S
        while len(found := {digest(one.data) for one in self.running.values()}) > 1:
            assert time.monotonic() < end_s, found
            time.sleep(0.05)

    @contextlib.contextmanager
    def apart(self, *numbers: int) -> Iterator[None]:
        """These reach no other tracker, and no other them."""
        pairs = [(pair, wire) for pair, wire in self._wires.items() if not wire.is_cut]
        wires = [wire for pair, wire in pairs if len({*pair} & {*numbers}) == 1]
        for wire in wires:
            wire.cut()
        yield
        for wire in wires:
            wire.heal()

    def _own_file(self, number: int) -> Path:
        return self._folder / f"tracker_info{number}.txt"

    def _write(self, path: Path, addresses: dict[int, str], order: range | tuple[int, ...]) -> None:
        path.write_text("".join(f"{addresses[number]} {self._pins[number]}\n" for number in order))

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        for tracker in self.running.values():
            tracker.__exit__(kind, error, trace)
        for wire in self._wires.values():
            wire.cut()
