"""One connection to another tracker: moves its frames, has the store take what comes, sends rounds."""

import asyncio
import contextlib
import logging
from collections import deque
from collections.abc import Callable, Coroutine, Iterable, Mapping, Sequence
from collections.abc import Set as AbstractSet
from typing import Any, Protocol

import shared.wire.mesh_messages as mm
from shared.clock import Clock
from shared.errors import ShoalError
from shared.limits import (
    FRAME_TRACKER_BYTES_MAX,
    MESH_HELLO_S_MAX,
    MESH_PING_S,
    MESH_SILENT_S_MAX,
    PRESENCE_WAITING_MAX,
    ROUND_EVERY_S,
)
from shared.trust.tls_channel import TlsChannel
from shared.wire.framing import FrameReader, split_request, tracker_frame
from trackerd.mesh.applying import Applying
from trackerd.mesh.inbox import Claim
from trackerd.mesh.link_session import LinkSession
from trackerd.mesh.telling import LiveFrame
from trackerd.said import Event, tell
from trackerd.store.store import Store


class Owner(Protocol):
    """Who holds all links: what one of them asks of it, and tells it."""

    store: Store
    clock: Clock

    def arrived(self, link: "Link") -> None:
        """It has a connection, and will be closed()."""

    def hello(self) -> mm.Hello:
        """Said on a link that is told, from then on, of each commit."""

    def greeted(self, link: "Link", hello: mm.Hello) -> Mapping[int, int]:
        """What is on the disk of a round that was cut, from the same run of that tracker."""

    def heard(self, link: "Link", message: mm.Ack | mm.Presence | mm.Checksum) -> None: ...

    def told_elsewhere(self, link: "Link") -> AbstractSet[int]:
        """The logs whose writers tell of them on other links."""

    def ask_next(self) -> None:
        """A round may be due."""

    def finished(self, link: "Link", end: Mapping[int, int]) -> None:
        """A round is in; `end` is what the other said at its end."""

    def closed(self, link: "Link", why: Exception | None) -> None: ...


def frame_of(message: mm.Message) -> bytes:
    return tracker_frame(0, mm.encode(message))


class Link:
    """To tracker `number`, as TLS proved it, or is about to."""

    channel: TlsChannel
    session: LinkSession
    _applying: Applying

    def __init__(self, owner: Owner, number: int, *, is_dialled: bool) -> None:
        self.number, self.is_dialled = number, is_dialled
        self._owner = owner
        self._frames = FrameReader(FRAME_TRACKER_BYTES_MAX)
        self._may_send = asyncio.Event()
        self._tasks: dict[asyncio.Task[None], None] = {}
        self._online: deque[bytes] | None = None
        """What the other is to be told of who is online; None is all of it, when it reads."""
        self.since_s = self.heard_s = self._pinged_s = self._turned_s = owner.clock.monotonic_s()
        self.compared_s = self.got_on_s = self.since_s
        """When both sides' rows were last compared; and when a round was asked for, or a part of it came."""
        self.is_open = self.is_greeted = False

    @property
    def work(self) -> list[asyncio.Task[None]]:
        """What has to end after the link has."""
        return [*self._tasks]

    # --- what the channel tells ---

    def arrived(self, channel: TlsChannel) -> None:
        self.channel = channel
        self._owner.arrived(self)

    def opened(self, channel: TlsChannel) -> None:
        channel.on_drained = self._drained
        self.session = LinkSession(self.number, self._owner.hello())
        self._applying = Applying(self._owner.store, self.session, self)
        self.is_open = True
        self.say(self.session.ours)
        self._run(self._applying.run())

    def received(self, _channel: TlsChannel, data: bytes) -> None:
        self.heard_s = self._owner.clock.monotonic_s()
        for frame in self._frames.feed(data):
            message = mm.decode(split_request(frame)[1])
            if message is not None:
                self._hear(message)
        if self.is_open and self._applying.is_full:
            self.channel.pause_reading()

    def closed(self, _channel: TlsChannel, error: Exception | None) -> None:
        """What came before is applied none the less: it may be the last word of a tracker that stops."""
        if self.is_open:
            self._applying.end()
        self.is_open = False
        self._may_send.set()
        self._owner.closed(self, error)

    # --- what its owner has it do ---

    def say(self, message: mm.Message) -> None:
        self.channel.write(frame_of(message))

    def tell(self, lives: Sequence[LiveFrame], moved: Mapping[int, int], ack: bytes) -> None:
        """Of a commit: what this run wrote, and which other entries it moved, with the frame that says so."""
        telling = self.session.telling
        for frame in telling.wrote(lives, self.channel.buffered):
            self.channel.write(frame)
        if moved and telling.may_say(moved, self.channel.buffered):
            self.channel.write(ack)

    def ask(self) -> bool:
        """For a round, if one is wanted, and something lacks."""
        above = self.session.asking.next_round(self._owner.store.seen)
        if above is not None:
            self.got_on_s = self._owner.clock.monotonic_s()
            self.say(mm.Pull(above))
        return above is not None

    def tick(self, now_s: float) -> None:
        """Some times a second, once it is open."""
        if self.is_open and self._applying.is_full:
            self.heard_s = now_s  # nobody listened
        if now_s - self.heard_s > MESH_SILENT_S_MAX:
            self.channel.abort(TimeoutError("silent"))
        elif not self.is_greeted:
            if now_s - self.since_s > MESH_HELLO_S_MAX:
                self.channel.abort(TimeoutError("no Hello in time"))
        else:
            self._tick(now_s)

    def tell_online(self, news: Iterable[bytes], everything: Callable[[], Iterable[mm.Presence]]) -> None:
        """Who came and went; or all who are here, to a tracker that missed some because it did not read."""
        if self._online is not None:
            self._online.extend(news)
        elif self.channel.writable:
            self._online = deque(frame_of(message) for message in everything())
        self._say_online()
        if self._online and len(self._online) > PRESENCE_WAITING_MAX:
            self._online = None

    # --- what is applied ---

    def lacks(self) -> None:
        self._owner.ask_next()

    def got_on(self) -> None:
        self.got_on_s = self._owner.clock.monotonic_s()
        if not self._applying.is_full:
            self.channel.resume_reading()

    def finished(self, end: Mapping[int, int]) -> None:
        self._owner.finished(self, end)

    # --- inside ---

    def _tick(self, now_s: float) -> None:
        if now_s - self._pinged_s > MESH_PING_S:
            self._pinged_s = now_s
            self.say(mm.Ping())
        if now_s - self._turned_s > ROUND_EVERY_S:
            self._turned_s = now_s
            self.session.asking.turn(self._owner.store.seen)
        if self.channel.writable:
            self._say_claim()

    def _hear(self, message: mm.AnyMessage) -> None:
        self.session.hears(message)
        match message:
            case mm.Hello():
                self.is_greeted = True
                self.session.greeted(message, self._owner.greeted(self, message))
                self._owner.ask_next()
            case mm.Live():
                self._applying.put(message)
            case mm.Rows():
                self.got_on_s = self.heard_s
                self._applying.put(message)
            case mm.Ack():
                self._claimed(message.vv)
                self._owner.heard(self, message)
            case mm.Pull():
                self.session.telling.is_in_round = True
                self._run(self._send_round(message.vv))
            case mm.Presence() | mm.Checksum():
                self._owner.heard(self, message)
            case mm.Ping():
                pass

    def _claimed(self, vv: Mapping[int, int]) -> None:
        log = self.session.log
        if log in vv:  # of which it speaks only where it left something out, and after what it did not
            self._applying.put(Claim({log: vv[log]}))
        self.session.asking.claimed(vv, self._owner.store.seen, {log, *self._owner.told_elsewhere(self)})

    async def _send_round(self, above: Mapping[int, int]) -> None:
        async with contextlib.aclosing(self._owner.store.round_above(above)) as parts:
            async for part in parts:
                await self._until_writable()
                if not self.is_open:
                    return
                self.say(mm.Rows(*part))
                if part.end is not None:
                    for frame in self.session.telling.round_ended(part.end):
                        self.channel.write(frame)
                    self._say_claim()

    async def _until_writable(self) -> None:
        while self.is_open and not self.channel.writable:
            self._may_send.clear()
            await self._may_send.wait()

    def _drained(self, _channel: TlsChannel) -> None:
        self._may_send.set()
        self._say_claim()
        self._say_online()

    def _say_online(self) -> None:
        while self._online and self.channel.writable:
            self.channel.write(self._online.popleft())

    def _say_claim(self) -> None:
        if claim := self.session.telling.claim():
            self.say(mm.Ack(claim))

    def _run(self, work: Coroutine[Any, Any, None]) -> None:
        task = asyncio.get_running_loop().create_task(work)
        self._tasks[task] = None
        task.add_done_callback(self._ran)

    def _ran(self, task: asyncio.Task[None]) -> None:
        del self._tasks[task]
        error = None if task.cancelled() else task.exception()
        if error is None:
            return
        if not isinstance(error, ShoalError):
            tell(logging.ERROR, Event.LINK_FAILED, bug=error, number=self.number)
        self.channel.close(ConnectionAbortedError(f"it could not go on: {error}"))
