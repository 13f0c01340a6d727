"""Thousands of clients on one loop, over channels like a desktop's, which all lose their tracker at once.

Each does what a desktop does: it tries the trackers in order, and pauses as a desktop pauses. Each dials from
an address of its own, as no tracker lets so many strangers in from one.
"""

import asyncio
import gc
import ipaddress
import random
import ssl
import time
from collections.abc import Callable, Sequence
from typing import NamedTuple

import shared.wire.tracker_messages as m
from shared.limits import (
    CLIENT_PING_S,
    FRAME_TRACKER_BYTES_MAX,
    TRACKER_BACKOFF_S_MAX,
    TRACKER_BACKOFF_S_MIN,
    TRACKER_DIAL_S_MAX,
)
from shared.trust.tls import client_to_tracker
from shared.trust.tls_channel import TlsChannel
from shared.wire.framing import FrameReader, split_request
from tests.bench import load
from tests.bench.crowd import Person
from tests.bench.load import Where
from tests.bench.stage import percentile

AT_ONCE = 50
"""Of those that come before anything is measured."""
_FIRST_ADDRESS = ipaddress.IPv4Address("127.1.0.0")
_HELLO, _PING = load.frame(m.Hello(m.PROTOCOL, m.PROTOCOL, "bench/1")), load.frame(m.Ping())
_lot = random.Random(1)


class Moved(NamedTuple):
    waits: list[float]
    """Seconds from the loss of the tracker to the next one's Welcome."""
    dials: int
    cpu_s: float
    """Of the clients."""

    def __str__(self) -> str:
        count = len(self.waits)
        middle, late, last = (percentile(self.waits, p) for p in (50, 99, 100))
        return (
            f"{count} clients: median {middle:.2f}, p99 {late:.2f}, all after {last:.2f} s,"
            f" {self.dials / count:.2f} dials and {1000 * self.cpu_s / count:.2f} processor ms for each"
        )


class Client:
    dials = 0
    """Of all of them."""
    ended: asyncio.Future[None]
    """The tracker that knew it is lost."""
    _welcome: asyncio.Future[None]

    def __init__(self, number: int, person: Person, places: Sequence[Where]) -> None:
        self._source = str(_FIRST_ADDRESS + number)
        self._places = [(place.address, client_to_tracker(place.t_key, person.leaf)) for place in places]

    async def comes(self) -> None:
        """Returns once a tracker knows it."""
        pause_s = TRACKER_BACKOFF_S_MIN
        while not await self._tries_all():
            await asyncio.sleep(pause_s * _lot.uniform(0.5, 1.0))
            pause_s = min(2 * pause_s, TRACKER_BACKOFF_S_MAX)

    async def _tries_all(self) -> bool:
        for address, context in self._places:
            try:
                async with asyncio.timeout(TRACKER_DIAL_S_MAX):
                    await self._dials(address, context)
            except OSError:
                continue
            return True
        return False

    async def _dials(self, address: tuple[str, int], context: ssl.SSLContext) -> None:
        loop = asyncio.get_running_loop()
        self.ended = loop.create_future()
        self._welcome = loop.create_future()
        self._frames = FrameReader(FRAME_TRACKER_BYTES_MAX)
        channel = TlsChannel(
            context,
            server_side=False,
            on_open=lambda channel: channel.write(_HELLO),
            on_bytes=self._came,
            on_close=self._closed,
        )
        Client.dials += 1
        await loop.create_connection(lambda: channel, *address, local_addr=(self._source, 0))
        try:
            await asyncio.wait([self._welcome, self.ended], return_when=asyncio.FIRST_COMPLETED)
        except asyncio.CancelledError:
            channel.abort()
            raise
        if self.ended.done():
            raise ConnectionResetError
        self._ping(channel)

    def _ping(self, channel: TlsChannel) -> None:
        """As a desktop does that has nothing else to say."""
        if channel.is_open:
            channel.write(_PING)
            asyncio.get_running_loop().call_later(CLIENT_PING_S, self._ping, channel)

    def _came(self, _channel: TlsChannel, data: bytes) -> None:
        for frame in self._frames.feed(data):
            answer = m.decode_from_tracker(split_request(frame)[1])
            if not self._welcome.done():
                assert isinstance(answer, m.Ok), answer
                assert m.decode_answer(answer, m.Welcome).uid
                self._welcome.set_result(None)

    def _closed(self, _channel: TlsChannel, _error: Exception | None) -> None:
        self.ended.set_result(None)


def flees(people: Sequence[Person], places: Sequence[Where], kill: Callable[[], None]) -> Moved:
    """All at the first of the places, until `kill` ends it."""
    return asyncio.run(_flees(people, places, kill))


async def _flees(people: Sequence[Person], places: Sequence[Where], kill: Callable[[], None]) -> Moved:
    clients = [Client(number, person, places) for number, person in enumerate(people)]
    for start in range(0, len(clients), AT_ONCE):
        await asyncio.gather(*(client.comes() for client in clients[start : start + AT_ONCE]))
    gc.collect()
    gc.disable()
    Client.dials, cpu_s, waits = 0, time.process_time(), list[float]()

    async def flee(client: Client) -> None:
        await client.ended
        await client.comes()
        waits.append(time.monotonic() - killed_s)

    killed_s = time.monotonic()
    kill()
    await asyncio.gather(*map(flee, clients))
    return Moved(waits, Client.dials, time.process_time() - cpu_s)
