"""The client's side of a connection to a tracker, for tests: says what it is told, and hides nothing."""

import asyncio
import secrets
from typing import Any, TypeVar

import shared.wire.tracker_messages as m
from shared.errors import from_code
from shared.facts.ids import DeviceId, Dot, GroupId, UserId, device_id
from shared.limits import FRAME_TRACKER_BYTES_MAX
from shared.trust.certificates import Leaf
from shared.trust.identity import PrivateKey, Purpose, proof, raw_public
from shared.trust.tls import client_to_tracker
from shared.trust.tls_channel import TlsChannel, dial
from shared.wire.framing import FrameReader, split_request, tracker_frame
from tests.support.waiting import LONG_S

PASSWORD = "long enough"
A = TypeVar("A", bound=m.Answer)
P = TypeVar("P", bound=m.FromTracker)
Push = m.Delta | m.Changed | m.Revoked | m.Drain | m.Named


class Desk:
    """One connection. `key` is the device's; with `certificate` it is shown to the tracker."""

    channel: TlsChannel
    welcome: m.Welcome
    uid: UserId
    certificate: bytes

    def __init__(self, t_pin: bytes, key: PrivateKey | None = None, seconds_max: float = LONG_S) -> None:
        """Waits `seconds_max` for whatever the tracker owes it."""
        self.t_pin, self.key, self.seconds_max = t_pin, key or PrivateKey.generate(), seconds_max
        self.pushes: list[Push] = []
        self.unasked: list[m.Ok | m.Error] = []
        """Answers to frames that a test wrote by hand."""
        self.ended: asyncio.Future[Exception | None] = asyncio.get_running_loop().create_future()
        self._answers: dict[int, asyncio.Future[m.Ok | m.Error]] = {}
        self._pushed = asyncio.Condition()
        self._frames = FrameReader(FRAME_TRACKER_BYTES_MAX)
        self._tasks: set[asyncio.Task[None]] = set()
        self._last_id = 0

    @property
    def dev(self) -> DeviceId:
        return device_id(raw_public(self.key))

    async def dial(self, address: tuple[str, int], certificate: bytes | None = None) -> None:
        """Connects, and says nothing yet."""
        leaf = Leaf(certificate, self.key) if certificate else None
        context = client_to_tracker(self.t_pin, leaf)
        self.channel = await dial(
            address, context, on_bytes=self._came, on_close=self._ended, timeout_s=self.seconds_max
        )

    async def hello(self, seen: Dot | None = None) -> m.Welcome:
        self.welcome = await self.get(m.Hello(m.PROTOCOL, m.PROTOCOL, "test/1", seen), m.Welcome)
        return self.welcome

    async def login(self, name: str, password: str = PASSWORD) -> m.LoggedIn:
        whom = name.encode()
        signed = proof(self.key, Purpose.ENROL, self.t_pin, self.welcome.challenge, whom)
        answer = await self.get(m.Login(name, password, raw_public(self.key), signed, "a test"), m.LoggedIn)
        self.uid, self.certificate = answer.uid, answer.certificate
        return answer

    async def renew(self, uid: UserId) -> m.LoggedIn:
        signed = proof(self.key, Purpose.RENEW, self.t_pin, self.welcome.challenge, uid)
        return await self.get(m.Renew(self.dev, signed), m.LoggedIn)

    async def get(self, request: m.Message, expected: type[A]) -> A:
        """ask(), for who needs to know what kind of answer it is."""
        answer = await self.ask(request)
        assert isinstance(answer, expected)
        return answer

    async def ask(self, request: m.Message) -> m.Answer:
        """The answer. Raises the refusal."""
        answer = await self.ask_raw(request)
        if isinstance(answer, m.Error):
            raise from_code(answer.code, answer.detail)
        return m.decode_answer(answer, request.answer)

    async def ask_raw(self, request: m.Message) -> m.Ok | m.Error:
        self._last_id += 1
        answer: asyncio.Future[m.Ok | m.Error] = asyncio.get_running_loop().create_future()
        self._answers[self._last_id] = answer
        self.channel.write(tracker_frame(self._last_id, m.encode(request)))
        either: list[asyncio.Future[Any]] = [answer, self.ended]
        await asyncio.wait(either, timeout=self.seconds_max, return_when=asyncio.FIRST_COMPLETED)
        if not answer.done():
            raise ConnectionResetError(f"no answer: {self.ended.result() if self.ended.done() else 'late'}")
        return answer.result()

    async def pushed(self, kind: type[P], count: int = 1) -> P:
        """The newest of at least `count` pushes of that kind, waiting for it."""
        found: list[P] = []

        def enough() -> bool:
            found[:] = [push for push in self.pushes if isinstance(push, kind)]
            return len(found) >= count

        async with asyncio.timeout(self.seconds_max), self._pushed:
            await self._pushed.wait_for(enough)
        return found[-1]

    async def create_group(self, name: str) -> GroupId:
        return (await self.get(m.CreateGroup(secrets.token_bytes(32), name), m.GroupCreated)).gid

    async def share(self, gid: GroupId, *names: str, root: bytes = bytes(32)) -> list[m.SharedAs]:
        files = [m.NewShare(name, 1, root, bytes(20), None) for name in names]
        return (await self.get(m.Share(gid, files), m.SharesDone)).entries

    async def close(self) -> None:
        self.channel.close()
        await self.ended

    def _came(self, _channel: TlsChannel, data: bytes) -> None:
        for frame in self._frames.feed(data):
            request_id, body = split_request(frame)
            message = m.decode_from_tracker(body)
            if isinstance(message, m.Ok | m.Error):
                if asked := self._answers.pop(request_id, None):
                    asked.set_result(message)
                else:
                    self.unasked.append(message)
            elif message is not None:
                self.pushes.append(message)
                task = asyncio.get_running_loop().create_task(self._wake())
                self._tasks.add(task)
                task.add_done_callback(self._tasks.discard)
                if isinstance(message, m.Drain):
                    self.channel.close()

    async def _wake(self) -> None:
        async with self._pushed:
            self._pushed.notify_all()

    def _ended(self, _channel: TlsChannel, error: Exception | None) -> None:
        if not self.ended.done():
            self.ended.set_result(error)


async def stranger(address: tuple[str, int], t_pin: bytes) -> Desk:
    """Connected, and has said Hello."""
    desk = Desk(t_pin)
    await desk.dial(address)
    await desk.hello()
    return desk


async def registered(address: tuple[str, int], t_pin: bytes, name: str) -> Desk:
    """A new account, logged in."""
    desk = await stranger(address, t_pin)
    await desk.ask(m.CreateUser(secrets.token_bytes(32), name, PASSWORD))
    await desk.login(name)
    return desk


async def again(address: tuple[str, int], desk: Desk) -> Desk:
    """The same device on a new connection, by its certificate."""
    other = Desk(desk.t_pin, desk.key)
    await other.dial(address, desk.certificate)
    other.uid, other.certificate = desk.uid, desk.certificate
    await other.hello()
    return other


async def joined(owner: Desk, gid: GroupId, *members: Desk) -> None:
    for member in members:
        await member.ask(m.Join(gid))
        await owner.ask(m.Accept(gid, member.uid))
