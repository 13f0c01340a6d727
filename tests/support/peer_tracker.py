"""Another tracker's end of a link, for tests: proves that it is that tracker, and says what it is told."""

import asyncio
import random
from pathlib import Path
from typing import TypeVar

import shared.wire.mesh_messages as mm
from shared.clock import SystemClock
from shared.facts.replica import new_log
from shared.facts.rows import Gone, Kind, Row, encode_body
from shared.limits import FRAME_TRACKER_BYTES_MAX
from shared.trust.certificates import Leaf, tracker_leaf
from shared.trust.identity import PrivateKey, raw_public
from shared.trust.tls import tracker_to_tracker
from shared.trust.tls_channel import TlsChannel, dial
from shared.wire.framing import FrameReader, split_request, tracker_frame
from shared.wire.tracker_messages import PROTOCOL
from tests.support.tracker import RunningTracker
from tests.support.waiting import LONG_S
from trackerd.identity_files import load_or_make_keys

M = TypeVar("M", bound=mm.Message)


class PeerTracker:
    """One run of tracker `number`, whose data is in `folder`, and who is not running otherwise."""

    channel: TlsChannel

    def __init__(self, number: int, folder: Path) -> None:
        self.number = number
        self.log = new_log(number, SystemClock().wall_s(), random.Random())
        self.heard: list[mm.AnyMessage] = []
        self.ended: asyncio.Future[Exception | None]
        self._t_key = load_or_make_keys(folder).t
        self._frames = FrameReader(FRAME_TRACKER_BYTES_MAX)
        self._news = asyncio.Event()

    async def dial(self, tracker: RunningTracker) -> None:
        """Connects, and says nothing yet."""
        key = PrivateKey.generate()
        der = tracker_leaf(self._t_key, raw_public(key), self.number)
        context = tracker_to_tracker(tracker.t_pin, Leaf(der, key))
        self.heard, self.ended = [], asyncio.get_running_loop().create_future()
        self.channel = await dial(
            tracker.address, context, on_bytes=self._came, on_close=self._ended, timeout_s=LONG_S
        )

    async def greet(self, tracker: RunningTracker, vv: dict[int, int] | None = None) -> mm.Hello:
        await self.dial(tracker)
        self.say(self.hello(vv or {}))
        return await self.hears(mm.Hello)

    def hello(self, vv: dict[int, int]) -> mm.Hello:
        wall_ms = int(SystemClock().wall_s() * 1000)
        return mm.Hello(PROTOCOL, PROTOCOL, self.number, bytes(16), self.log, vv, wall_ms)

    def say(self, message: mm.Message) -> None:
        self.channel.write(tracker_frame(0, mm.encode(message)))

    def row(self, seq: int, log: int | None = None) -> Row:
        """Some fact, another one for each seq."""
        return Row(Kind.GONE, seq.to_bytes(16, "big"), 1, log or self.log, seq, encode_body(Gone(seq)))

    async def hears(self, kind: type[M]) -> M:
        """The next message of that kind. Those before it, and it, are heard no more."""
        async with asyncio.timeout(LONG_S):
            while True:
                while self.heard:
                    message = self.heard.pop(0)
                    if isinstance(message, kind):
                        return message
                self._news.clear()
                await self._news.wait()

    async def hears_ack(self, log: int) -> int:
        """The seq of the next one that speaks of that log."""
        while log not in (ack := await self.hears(mm.Ack)).vv:
            pass
        return ack.vv[log]

    async def hears_round(self) -> tuple[list[Row], dict[int, int]]:
        """All parts of the next one, and what it comes to."""
        rows: list[Row] = []
        while True:
            part = await self.hears(mm.Rows)
            rows += part.rows
            if part.end is not None:
                return rows, part.end

    def _came(self, _channel: TlsChannel, data: bytes) -> None:
        came = [mm.decode(split_request(frame)[1]) for frame in self._frames.feed(data)]
        self.heard += [message for message in came if message is not None]
        self._news.set()

    def _ended(self, _channel: TlsChannel, error: Exception | None) -> None:
        self.ended.set_result(error)
