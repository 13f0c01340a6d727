"""One thread does all handshakes, of who knocks and of whom we dial, so that a thousand silent strangers
hold up nobody. What has proven itself is handed to the loop."""

import asyncio
import contextlib
import errno
import itertools
import logging
import selectors
import socket
import ssl
import threading
from collections.abc import Callable
from dataclasses import dataclass, field

from desktop.engine.peers.inbox import Inbox
from desktop.engine.peers.tls_pipe import TlsPipe
from shared.clock import Clock
from shared.limits import HANDSHAKE_S_MAX, PEER_HALF_OPEN_MAX, PEER_HALF_OPEN_PER_SOURCE_MAX
from shared.trust.admission import HalfOpen

log = logging.getLogger(__name__)
BACKLOG = 128
TICK_S = 0.5
READ_BYTES = 32 * 1024
OUT_OF_FILES_PAUSE_S = 1.0


@dataclass(frozen=True)
class Greeted:
    """A handshake that is done. Who is at the other end is still to be read from `pipe.tls`."""

    pipe: TlsPipe
    address: tuple[str, int]
    dialled: object | None
    """What dial() was called for; None for who knocked."""


@dataclass(frozen=True)
class NotReached:
    """A dial that came to nothing."""

    dialled: object
    address: tuple[str, int]
    reason: str


@dataclass(eq=False)
class _Handshake:
    number: int
    sock: socket.socket
    address: tuple[str, int]
    dialled: object | None
    deadline_s: float
    tls: ssl.SSLObject
    incoming: ssl.MemoryBIO
    outgoing: ssl.MemoryBIO
    unsent: bytes = b""
    is_connected: bool = True
    is_finished: bool = field(default=False)


class Doorman:
    def __init__(
        self,
        loop: asyncio.AbstractEventLoop,
        clock: Clock,
        took: Callable[[list[Greeted | NotReached]], None],
    ) -> None:
        """`took` is called on the loop, with all handshakes that ended meanwhile."""
        self._clock = clock
        self._inbox: Inbox[Greeted | NotReached] = Inbox(loop, took)
        self._selector = selectors.DefaultSelector()
        self._wake_read, self._wake_write = socket.socketpair()
        self._wake_read.setblocking(False)
        self._selector.register(self._wake_read, selectors.EVENT_READ)
        self._lock = threading.Lock()
        self._todo: list[Callable[[], None]] = []
        self._listener: socket.socket | None = None
        self._listener_context: ssl.SSLContext | None = None
        self._listener_back_at_s: float | None = None
        self._handshakes: dict[int, _Handshake] = {}
        self._numbers = itertools.count()
        self._half_open: HalfOpen[int] = HalfOpen(PEER_HALF_OPEN_MAX, PEER_HALF_OPEN_PER_SOURCE_MAX)
        self._is_open = True
        self._thread = threading.Thread(target=self._run, name="doorman", daemon=True)
        self._thread.start()

    def listen(self, sock: socket.socket) -> None:
        """`sock` is bound. Until trust() gives a context, who knocks is turned away."""
        sock.setblocking(False)
        sock.listen(BACKLOG)
        self._do(lambda: self._set_listener(sock))

    def trust(self, context: ssl.SSLContext | None) -> None:
        """The context for all who knock from now on; None turns them away."""

        def change() -> None:
            self._listener_context = context

        self._do(change)

    def dial(self, address: tuple[str, int], context: ssl.SSLContext, dialled: object) -> None:
        """Its end comes to `took` as Greeted or NotReached, with `dialled` in it."""
        self._do(lambda: self._begin_dial(address, context, dialled))

    def close(self) -> None:
        """Closes the port and all that is half-open."""
        self._is_open = False
        self._wake()
        self._thread.join()

    # the thread

    def _do(self, work: Callable[[], None]) -> None:
        with self._lock:
            self._todo.append(work)
        self._wake()

    def _wake(self) -> None:
        with contextlib.suppress(OSError):  # full: it wakes anyway
            self._wake_write.send(b"\0")

    def _run(self) -> None:
        while self._is_open:
            for key, events in self._selector.select(TICK_S):
                if key.fileobj is self._wake_read:
                    with contextlib.suppress(OSError):
                        self._wake_read.recv(4096)
                elif key.fileobj is self._listener:
                    self._accept()
                else:
                    self._go_on(key.data, events)
            with self._lock:
                todo, self._todo = self._todo, []
            for work in todo:
                work()
            self._tick()
        for handshake in list(self._handshakes.values()):
            self._drop(handshake, "closed")
        for sock in (self._listener, self._wake_read, self._wake_write):
            if sock is not None:
                sock.close()
        self._selector.close()

    def _set_listener(self, sock: socket.socket) -> None:
        self._listener = sock
        self._selector.register(sock, selectors.EVENT_READ)

    def _tick(self) -> None:
        now = self._clock.monotonic_s()
        for handshake in list(self._handshakes.values()):
            if now > handshake.deadline_s:
                self._drop(handshake, "it took too long")
        if self._listener_back_at_s is not None and now > self._listener_back_at_s:
            self._listener_back_at_s = None
            if self._listener is not None:
                self._selector.register(self._listener, selectors.EVENT_READ)

    def _accept(self) -> None:
        assert self._listener is not None
        try:
            sock, address = self._listener.accept()
        except BlockingIOError:
            return
        except OSError as error:
            if error.errno in (errno.EMFILE, errno.ENFILE):  # not to spin until a file is closed
                self._selector.unregister(self._listener)
                self._listener_back_at_s = self._clock.monotonic_s() + OUT_OF_FILES_PAUSE_S
            return
        if self._listener_context is None:
            sock.close()
            return
        handshake = self._begin(sock, address[:2], self._listener_context, None)
        cut = self._half_open.arrived(handshake.number, address[0], self._clock.monotonic_s())
        if cut is not None:
            self._drop(self._handshakes[cut], "too many at once")
        if handshake.number in self._handshakes:
            self._go_on(handshake, selectors.EVENT_READ)

    def _begin_dial(self, address: tuple[str, int], context: ssl.SSLContext, dialled: object) -> None:
        try:
            sock = socket.socket(socket.AF_INET6 if ":" in address[0] else socket.AF_INET)
        except OSError as error:
            self._inbox.put(NotReached(dialled, address, str(error)))
            return
        handshake = self._begin(sock, address, context, dialled)
        handshake.is_connected = False
        result = sock.connect_ex(address)
        if result not in (0, errno.EINPROGRESS, errno.EWOULDBLOCK):
            self._drop(handshake, errno.errorcode.get(result, str(result)))

    def _begin(
        self, sock: socket.socket, address: tuple[str, int], context: ssl.SSLContext, dialled: object | None
    ) -> _Handshake:
        sock.setblocking(False)
        incoming, outgoing = ssl.MemoryBIO(), ssl.MemoryBIO()
        tls = context.wrap_bio(incoming, outgoing, server_side=dialled is None)
        deadline_s = self._clock.monotonic_s() + HANDSHAKE_S_MAX
        handshake = _Handshake(
            next(self._numbers), sock, address, dialled, deadline_s, tls, incoming, outgoing
        )
        self._handshakes[handshake.number] = handshake
        events = selectors.EVENT_READ if dialled is None else selectors.EVENT_READ | selectors.EVENT_WRITE
        self._selector.register(sock, events, handshake)
        return handshake

    def _go_on(self, handshake: _Handshake, events: int) -> None:
        if handshake.number not in self._handshakes:
            return  # cut in this very round
        try:
            if not handshake.is_connected:
                if error := handshake.sock.getsockopt(socket.SOL_SOCKET, socket.SO_ERROR):
                    raise OSError(error, errno.errorcode.get(error, "not reached"))
                handshake.is_connected = True
            elif events & selectors.EVENT_READ and not handshake.is_finished:
                data = handshake.sock.recv(READ_BYTES)
                if not data:
                    raise ConnectionError("it hung up")
                handshake.incoming.write(data)
            self._shake(handshake)
        except BlockingIOError:
            return
        except OSError as error:  # ssl.SSLError is one
            self._drop(handshake, str(error))

    def _shake(self, handshake: _Handshake) -> None:
        alert: ssl.SSLError | None = None
        try:
            handshake.tls.do_handshake()
            handshake.is_finished = True
        except ssl.SSLWantReadError:
            pass
        except ssl.SSLError as error:
            alert = error
        handshake.unsent += handshake.outgoing.read()
        if handshake.unsent:
            with contextlib.suppress(BlockingIOError):
                handshake.unsent = handshake.unsent[handshake.sock.send(handshake.unsent) :]
        if alert is not None:
            raise alert
        if handshake.is_finished and not handshake.unsent:
            self._finish(handshake)
            return
        wanted = selectors.EVENT_READ | (selectors.EVENT_WRITE if handshake.unsent else 0)
        self._selector.modify(handshake.sock, wanted, handshake)

    def _finish(self, handshake: _Handshake) -> None:
        self._forget(handshake)
        handshake.sock.setblocking(True)
        pipe = TlsPipe(handshake.sock, handshake.tls, handshake.incoming, handshake.outgoing)
        self._inbox.put(Greeted(pipe, handshake.address, handshake.dialled))

    def _drop(self, handshake: _Handshake, reason: str) -> None:
        self._forget(handshake)
        handshake.sock.close()
        log.debug("handshake failed address=%s reason=%s", handshake.address, reason)
        if handshake.dialled is not None:
            self._inbox.put(NotReached(handshake.dialled, handshake.address, reason))

    def _forget(self, handshake: _Handshake) -> None:
        self._selector.unregister(handshake.sock)
        self._half_open.done(handshake.number)
        del self._handshakes[handshake.number]
