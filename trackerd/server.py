"""Accepts clients and moves their frames: connections, what they may hold, and when they are cut."""

import asyncio
import contextlib
import functools
import logging
import math
import secrets
import ssl
from collections import Counter
from collections.abc import Coroutine
from typing import Any, NamedTuple

import shared.wire.tracker_messages as m
from shared.addresses import plain_ip
from shared.clock import Clock
from shared.errors import Coded, Internal, Violation
from shared.facts.ids import Dot
from shared.limits import (
    BEFORE_LOGIN_BYTES_MAX,
    CLIENT_SILENT_S_MAX,
    DRAIN_S,
    FRAME_BEFORE_LOGIN_BYTES_MAX,
    FRAME_CLIENT_BYTES_MAX,
    REQUESTS_IN_FLIGHT_MAX,
    TRACKER_ANONYMOUS_MAX,
    TRACKER_HALF_OPEN_MAX,
    TRACKER_HALF_OPEN_PER_SOURCE_MAX,
    TRACKER_HANDSHAKE_TURN_S,
    TRACKER_HANDSHAKES_AT_ONCE,
    TRACKER_SILENT_S_MAX,
)
from shared.trust.admission import HalfOpen, Turns
from shared.trust.certificates import DeviceIdentity, TrackerIdentity
from shared.trust.tls import who_is
from shared.trust.tls_channel import TlsChannel
from shared.wire.framing import FrameReader, split_request, tracker_frame
from trackerd.budget import Budget
from trackerd.client_session import ClientSession
from trackerd.commands import Commands
from trackerd.counts import Counts
from trackerd.mesh.link import Link
from trackerd.mesh.mesh import Mesh
from trackerd.penalties import BAD_HANDSHAKE_S, NO_HELLO_S, VIOLATION_S
from trackerd.said import Event, tell

SWEEP_S = 1.0
VIOLATIONS_LOGGED_BURST = 10
"""Then one a second: the log is not for strangers to fill."""
_SHAKEN_WITH = {DeviceIdentity: "client", TrackerIdentity: "tracker", type(None): "anonymous"}
_PING_BYTES_MAX = len(m.encode(m.Ping(Dot((1 << 63) - 1, (1 << 62) - 1))))


class Trust(NamedTuple):
    """Whom the server lets in. Replaced as a whole when a key comes or goes."""

    context: ssl.SSLContext
    t_keys: list[bytes]
    d_keys: list[bytes]


class Connection:
    """One client: frames in, answers and pushes out. Its requests in work end with it."""

    def __init__(self, server: "Server") -> None:
        self._server, self._trust, self._commands = server, server.trust, server.commands
        self._frames = FrameReader(FRAME_BEFORE_LOGIN_BYTES_MAX, BEFORE_LOGIN_BYTES_MAX)
        self._tasks: dict[asyncio.Task[None], None] = {}
        self._session: ClientSession | None = None
        self._has_shaken = False
        self._link: Link | None = None
        """Where another tracker is at the other end: the channel is its own from then on."""
        self.ip = ""
        self.heard_s = server.clock.monotonic_s()
        self.channel = TlsChannel(
            self._trust.context,
            server_side=True,
            on_arrived=self._arrived,
            on_open=self._opened,
            on_bytes=self._received,
            on_close=self._closed,
        )
        self.channel.on_drained = self._go_on

    @property
    def is_bound(self) -> bool:
        return self._session is not None and self._session.bound is not None

    @property
    def kind(self) -> str:
        """One of status.CONNECTIONS."""
        if self._session is None or not self._session.is_greeted:
            return "stranger"
        return "client" if self.is_bound else "anonymous"

    # What commands and feed ask of a link

    @property
    def buffered(self) -> int:
        return self.channel.buffered

    def push(self, frame: bytes) -> None:
        self.channel.write(frame)

    def limit(self, *, is_bound: bool) -> None:
        if is_bound:
            self._server.anonymous.done(self)
            self._frames.limit, self._frames.budget = FRAME_CLIENT_BYTES_MAX, math.inf
        elif self.channel.is_open:
            self._frames.limit, self._frames.budget = FRAME_BEFORE_LOGIN_BYTES_MAX, BEFORE_LOGIN_BYTES_MAX
            self._take_in(self._server.anonymous)

    def check_trust(self, trust: Trust) -> None:
        """Ends it where its certificate is of an authority that is not trusted any more."""
        if self.channel.is_open and self._session and self._session.certified:
            try:
                who_is(self.channel.ssl_object, trust.t_keys, trust.d_keys)
            except Violation:
                self.channel.close()

    # What the channel tells

    def _arrived(self, channel: TlsChannel) -> None:
        self._server.connections[self] = None
        self.ip = str(plain_ip(channel.peer_address[0]))
        self._take_in(self._server.strangers)
        channel.pause_reading()
        self._server.turns.arrived(self)
        self._server.hear_next()

    def _opened(self, channel: TlsChannel) -> None:
        identity = who_is(channel.ssl_object, self._trust.t_keys, self._trust.d_keys)
        if isinstance(identity, TrackerIdentity):
            self._shook(_SHAKEN_WITH[TrackerIdentity])
            self._server.gone(self, None)  # it counts as a client no more
            self._link = self._server.mesh.accepted(channel, identity.key)
            return
        # Whoever has a certificate has no part in what others of its network did.
        is_refused = identity is None and self._commands.penalties.is_refused(self.ip, self.heard_s)
        self._shook("refused" if is_refused else _SHAKEN_WITH[type(identity)])
        if is_refused or not self._server.is_serving:
            channel.close()
            return
        self._session = ClientSession(
            self,
            plain_ip(self.ip),
            plain_ip(channel.local_address[0]),
            identity.dev if identity else None,
            secrets.token_bytes(32),
        )

    def _shook(self, result: str) -> None:
        self._has_shaken = True
        self._server.counts.handshakes[result] += 1

    def _received(self, channel: TlsChannel, data: bytes) -> None:
        if self._link:
            self._link.received(channel, data)
            return
        now_s = self._server.clock.monotonic_s()
        if now_s - self._server.swept_s > CLIENT_SILENT_S_MAX:
            # This process stood still: its clients have gone, and did elsewhere what they ask for here.
            channel.abort(TimeoutError("too late"))
            return
        self.heard_s = now_s
        self._take(data)

    def _closed(self, channel: TlsChannel, error: Exception | None) -> None:
        if self._link:
            self._link.closed(channel, error)
            return
        for task in self._tasks:
            task.cancel()
        if self._session:
            self._commands.unbind(self._session)
        self._server.gone(self, error)
        if not self._has_shaken:
            self._shook("failed")
        tell(logging.DEBUG, Event.CLOSED, ip=self.ip, why=error)
        if isinstance(error, Violation):
            if self._server.logged.take(self._server.clock.monotonic_s()):
                tell(logging.INFO, Event.VIOLATION, ip=self.ip, what=error)
            self.penalise(VIOLATION_S)
        elif isinstance(error, ssl.SSLError):
            self.penalise(BAD_HANDSHAKE_S)

    # Requests

    def _take(self, data: bytes) -> None:
        """Serves what is whole, as long as not too much is in work. Raises Violation."""
        frames = self._frames.feed(data)
        for _ in range(REQUESTS_IN_FLIGHT_MAX):
            if self._is_busy():
                break
            frame = next(frames, None)
            if frame is None:
                self.channel.resume_reading()
                return
            self._request(*split_request(frame))
        else:  # others have a turn
            asyncio.get_running_loop().call_soon(self._go_on, self.channel)
        self.channel.pause_reading()

    def _go_on(self, channel: TlsChannel) -> None:
        if channel.is_open:
            try:
                self._take(b"")
            except Violation as error:
                channel.close(error)

    def _is_busy(self) -> bool:
        return len(self._tasks) >= REQUESTS_IN_FLIGHT_MAX or not self.channel.writable

    def _request(self, request_id: int, body: bytes) -> None:
        session = self._session
        assert session is not None
        now_s, is_first, name = self._server.clock.monotonic_s(), not session.is_greeted, "unknown"
        try:
            session.spend(now_s)
            request = m.decode_request(body)
            name = type(request).__name__
            session.admit(request, now_s)
            answer = self._commands.answer(session, request)
        except Coded as refusal:
            self._refuse(request_id, name, refusal)
            if is_first:
                self._greeted(session, refusal)
                self.channel.close()
            return
        if is_first:
            self._greeted(session)
        elif isinstance(request, m.Ping):
            # Whoever only waits may do so for ever.
            self._frames.budget += len(tracker_frame(request_id, body[:_PING_BYTES_MAX]))
        if isinstance(answer, m.Ok):
            self._answer(request_id, name, answer)
        else:
            task = asyncio.get_running_loop().create_task(self._serve(request_id, name, answer))
            self._tasks[task] = None
            task.add_done_callback(functools.partial(self._served, request_id, name))

    async def _serve(self, request_id: int, name: str, answer: Coroutine[Any, Any, m.Ok]) -> None:
        try:
            self._answer(request_id, name, await answer)
        except Coded as refusal:
            self._refuse(request_id, name, refusal)

    def _served(self, request_id: int, name: str, task: asyncio.Task[None]) -> None:
        self._tasks.pop(task, None)
        if not task.cancelled() and (bug := task.exception()):
            tell(logging.ERROR, Event.REQUEST_FAILED, bug, ip=self.ip)
            self._refuse(request_id, name, Internal())
        self._go_on(self.channel)

    def _answer(self, request_id: int, name: str, answer: m.Ok) -> None:
        self._server.counts.answered(name, copies=answer.copies)
        self._send(request_id, answer)

    def _refuse(self, request_id: int, name: str, refusal: Coded) -> None:
        self._server.counts.answered(name, refusal)
        self._send(request_id, m.Error(refusal.code, refusal.detail))

    def _send(self, request_id: int, answer: m.FromTracker) -> None:
        if request_id:  # 0 is for pushes
            self.channel.write(tracker_frame(request_id, m.encode(answer)))

    # Its place among the others

    def _greeted(self, session: ClientSession, refusal: Coded | None = None) -> None:
        self._server.is_known(self)
        if session.certified and (session.bound or refusal):
            self._server.counts.greeted(refusal)
        if session.bound is None and not refusal:
            self._take_in(self._server.anonymous)

    def _take_in(self, room: "HalfOpen[Connection]") -> None:
        if crowded_out := room.arrived(self, self.ip, self._server.clock.monotonic_s()):
            crowded_out.channel.abort(ConnectionAbortedError("too many strangers"))

    def penalise(self, seconds: float) -> None:
        if self._session is None or self._session.certified is None:
            self._commands.penalties.add(self.ip, seconds, self._server.clock.monotonic_s())


class Server:
    def __init__(self, commands: Commands, mesh: Mesh, trust: Trust, clock: Clock, counts: Counts) -> None:
        self.trust = trust
        self.mesh = mesh
        self.commands = commands
        self.clock = clock
        self.counts = counts
        self.is_serving = False
        """Clients; else they are sent away at once, so that they try the next tracker."""
        self.strangers: HalfOpen[Connection] = HalfOpen(
            TRACKER_HALF_OPEN_MAX, TRACKER_HALF_OPEN_PER_SOURCE_MAX
        )
        """Those that have not said Hello yet."""
        self.turns: Turns[Connection] = Turns(TRACKER_HANDSHAKES_AT_ONCE, TRACKER_HANDSHAKE_TURN_S)
        self.anonymous: HalfOpen[Connection] = HalfOpen(
            TRACKER_ANONYMOUS_MAX, TRACKER_HALF_OPEN_PER_SOURCE_MAX
        )
        """Those that have, and are nobody; they may stay while there is room."""
        self.connections: dict[Connection, None] = {}
        self.logged = Budget(per_s=1, burst=VIOLATIONS_LOGGED_BURST)
        self._emptied: asyncio.Event | None = None
        self._listener: asyncio.Server | None = None
        self._sweeping: asyncio.TimerHandle | None = None
        self.swept_s = clock.monotonic_s()
        """When this process last came to look after its connections."""

    async def start(self, host: str | None, port: int) -> tuple[str, int]:
        """Listens, and says where; None is every address. Raises OSError."""
        loop = asyncio.get_running_loop()
        self._listener = await loop.create_server(lambda: Connection(self).channel, host, port, backlog=1024)
        self._sweep()
        address = self._listener.sockets[0].getsockname()
        return address[0], address[1]

    def by_kind(self) -> Counter[str]:
        """Connections now. O(connections)."""
        return Counter(connection.kind for connection in self.connections)

    def renew_trust(self, trust: Trust) -> None:
        """From now on. Ends the connections of clients whose certificates are of no more use."""
        is_less = not {*self.trust.d_keys} <= {*trust.d_keys}
        self.trust = trust
        for connection in [*self.connections] if is_less else ():
            connection.check_trust(trust)

    async def stop(self) -> None:
        """Sends the clients away, and waits a moment for them to go."""
        assert self._listener is not None
        assert self._sweeping is not None
        self._listener.close()
        self._sweeping.cancel()
        drain = tracker_frame(0, m.encode(m.Drain(int(DRAIN_S * 1000))))
        for connection in [*self.connections]:
            if connection.channel.is_open:
                connection.push(drain)
        await self._all_gone()
        for connection in [*self.connections]:
            connection.channel.close()
        await self._all_gone()
        for connection in [*self.connections]:
            connection.channel.abort()

    def gone(self, connection: Connection, error: Exception | None) -> None:
        self.counts.ended(error)
        self.connections.pop(connection, None)
        self.is_known(connection)
        self.anonymous.done(connection)
        if not self.connections and self._emptied:
            self._emptied.set()

    def is_known(self, connection: Connection) -> None:
        """Or gone: it is no stranger any more."""
        self.strangers.done(connection)
        self.turns.done(connection)
        self.hear_next()

    def hear_next(self) -> None:
        for connection in self.turns.next(self.clock.monotonic_s()):
            connection.channel.resume_reading()

    async def _all_gone(self) -> None:
        self._emptied = asyncio.Event()
        if self.connections:
            with contextlib.suppress(TimeoutError):
                await asyncio.wait_for(self._emptied.wait(), DRAIN_S)

    def _sweep(self) -> None:
        now_s = self.swept_s = self.clock.monotonic_s()
        self.hear_next()
        for connection in self.strangers.expired(now_s):
            connection.penalise(NO_HELLO_S)
            connection.channel.abort(TimeoutError("no Hello in time"))
        for connection in [*self.connections]:
            if now_s - connection.heard_s > TRACKER_SILENT_S_MAX - SWEEP_S:
                connection.channel.abort(TimeoutError("silent"))
        self._sweeping = asyncio.get_running_loop().call_later(SWEEP_S, self._sweep)
