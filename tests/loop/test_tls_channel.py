"""TLS channels over real sockets: what either side hears of bytes, ends, strangers and slow readers."""

import asyncio
import gc
import os
import socket
import ssl
import subprocess
import sys
import time
from collections.abc import AsyncIterator, Callable, Coroutine
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import pytest

from desktop.qt_loop import QtLoop
from shared.clock import SystemClock
from shared.errors import Violation
from shared.limits import CHANNEL_BUFFER_BYTES_MAX, KIB, MIB
from shared.trust import tls
from shared.trust.certificates import Leaf, device_leaf, tracker_leaf
from shared.trust.identity import PrivateKey, raw_public, to_pem
from shared.trust.tls_channel import TlsChannel, dial
from tests.support.waiting import LONG_S

NOW_S = SystemClock().wall_s()
T, D, STRANGER, KEY = (PrivateKey.generate() for _ in range(4))
TRACKER = Leaf(tracker_leaf(T, raw_public(KEY), 1), KEY)
DEVICE = Leaf(device_leaf(D, raw_public(KEY), NOW_S), KEY)
ACCEPTS = tls.tracker_server(TRACKER, [raw_public(T)], [raw_public(D)])
DIALS = tls.client_to_tracker(raw_public(T), DEVICE)

os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")

Run = Callable[[Coroutine[Any, Any, None]], None]


@pytest.fixture(params=["asyncio", "qt"])
def run(request: pytest.FixtureRequest) -> Run:
    """Runs a scenario on asyncio's own loop, and on the window's."""
    loop_factory = None
    if request.param == "qt":
        app = request.getfixturevalue("qapp")
        loop_factory = lambda: QtLoop(app)  # noqa: E731

    def run(scenario: Coroutine[Any, Any, None]) -> None:
        with asyncio.Runner(loop_factory=loop_factory) as runner:
            runner.run(scenario)

    return run


@dataclass
class Side:
    """What the channels of one side were told, and what it does about it."""

    arrives: Callable[[TlsChannel], None] | None = None
    opens: Callable[[TlsChannel], None] | None = None
    hears: Callable[[TlsChannel, bytes], None] | None = None
    arrived: list[TlsChannel] = field(default_factory=list)
    opened: asyncio.Queue[TlsChannel] = field(default_factory=asyncio.Queue)
    ended: asyncio.Queue[Exception | None] = field(default_factory=asyncio.Queue)
    got: bytearray = field(default_factory=bytearray)
    _more: asyncio.Event = field(default_factory=asyncio.Event)

    def on_arrived(self, channel: TlsChannel) -> None:
        self.arrived.append(channel)
        if self.arrives is not None:
            self.arrives(channel)

    def on_open(self, channel: TlsChannel) -> None:
        self.opened.put_nowait(channel)
        if self.opens is not None:
            self.opens(channel)

    def on_bytes(self, channel: TlsChannel, data: bytes) -> None:
        self.got += data
        self._more.set()
        if self.hears is not None:
            self.hears(channel, data)

    def on_close(self, _: TlsChannel, error: Exception | None) -> None:
        self.ended.put_nowait(error)

    async def has(self, count: int) -> bytes:
        async with asyncio.timeout(LONG_S):
            while len(self.got) < count:
                self._more.clear()
                await self._more.wait()
        return bytes(self.got)

    async def end(self) -> Exception | None:
        return await asyncio.wait_for(self.ended.get(), LONG_S)


Address = tuple[str, int]


@asynccontextmanager
async def serving(side: Side, context: ssl.SSLContext = ACCEPTS) -> AsyncIterator[Address]:
    alive: set[TlsChannel] = set()

    def accepted() -> TlsChannel:
        channel = TlsChannel(
            context,
            server_side=True,
            on_open=side.on_open,
            on_bytes=side.on_bytes,
            on_close=ended,
            on_arrived=side.on_arrived,
        )
        alive.add(channel)
        return channel

    def ended(channel: TlsChannel, error: Exception | None) -> None:
        alive.remove(channel)
        side.on_close(channel, error)

    server = await asyncio.get_running_loop().create_server(accepted, "127.0.0.1", 0)
    bugs: list[dict[str, Any]] = []
    asyncio.get_running_loop().set_exception_handler(lambda _, context: bugs.append(context))
    yield server.sockets[0].getsockname()
    server.close()
    async with asyncio.timeout(LONG_S):
        await asyncio.sleep(0.01)  # what was accepted at the last moment arrives
        while alive:
            for channel in alive & set(side.arrived):
                channel.abort()
            await asyncio.sleep(0.01)
    assert not [bug for bug in bugs if not isinstance(bug.get("exception"), ZeroDivisionError)]


async def dialled(address: Address, side: Side, context: ssl.SSLContext = DIALS) -> TlsChannel:
    return await dial(address, context, on_bytes=side.on_bytes, on_close=side.on_close, timeout_s=LONG_S)


@asynccontextmanager
async def pair(here: Side, there: Side) -> AsyncIterator[tuple[TlsChannel, TlsChannel]]:
    """The dialler's and the acceptor's end."""
    async with serving(there) as address:
        channel = await dialled(address, here)
        yield channel, await asyncio.wait_for(there.opened.get(), LONG_S)
        channel.abort()


def test_bytes_arrive_both_ways_however_many(run: Run) -> None:
    async def scenario() -> None:
        here, there = Side(), Side(hears=lambda channel, data: channel.write(data))
        sent = os.urandom(3 * MIB)
        async with pair(here, there) as (channel, accepted):
            assert channel.selected_alpn == accepted.selected_alpn == tls.ALPN_CLIENT
            assert accepted.peer_address[0] == "127.0.0.1"
            channel.write(sent[:1])
            channel.write(b"")
            channel.write(sent[1:])
            assert await here.has(len(sent)) == sent

    run(scenario())


def test_a_planned_end_loses_nothing_and_is_no_error_to_either(run: Run) -> None:
    async def scenario() -> None:
        here, there = Side(), Side()
        async with pair(here, there) as (channel, accepted):
            accepted.write(bytes(MIB))
            accepted.close()
            accepted.write(b"too late")
            accepted.close(Violation("too late"))
            assert len(await here.has(MIB)) == MIB
            assert await here.end() is None
            assert await there.end() is None
            channel.write(b"too late")
            assert here.ended.empty()
            assert there.ended.empty()

    run(scenario())


def test_an_end_without_a_goodbye_is_a_lost_link(run: Run) -> None:
    async def scenario() -> None:
        for cut in ("abort", "shutdown"):
            here, there = Side(), Side()
            async with pair(here, there) as (channel, accepted):
                if cut == "abort":
                    accepted.abort()
                    assert await there.end() is None
                else:
                    accepted._transport.get_extra_info("socket").shutdown(socket.SHUT_WR)
                assert isinstance(await here.end(), ConnectionError)
                assert not channel.is_open

    run(scenario())


def test_a_violation_in_a_callback_ends_the_channel_and_nothing_is_heard_after_it(run: Run) -> None:
    def refuse(_: TlsChannel, data: bytes) -> None:
        raise Violation(data.decode())

    async def scenario() -> None:
        here, there = Side(), Side(hears=refuse)
        async with pair(here, there) as (channel, _):
            for word in (b"first", b"second", b"third"):  # three records
                channel.write(word)
            assert str(await there.end()) == "first"
            assert there.got == b"first"
            assert isinstance(await here.end(), ConnectionError | None)

    run(scenario())


def test_a_violation_when_it_opens_ends_it_too(run: Run) -> None:
    def refuse(_: TlsChannel) -> None:
        raise Violation("not you")

    async def scenario() -> None:
        here, there = Side(), Side(opens=refuse)
        async with serving(there) as address:
            await dialled(address, here)
            assert str(await there.end()) == "not you"
            assert await here.end() is None

    run(scenario())


def test_a_bug_in_a_callback_reaches_the_loop_and_ends_the_connection(run: Run) -> None:
    def blunder(_: TlsChannel, data: bytes) -> None:
        raise ZeroDivisionError

    async def scenario() -> None:
        here, there = Side(), Side(hears=blunder)
        async with pair(here, there) as (channel, _):
            bugs: asyncio.Queue[dict[str, Any]] = asyncio.Queue()
            asyncio.get_running_loop().set_exception_handler(lambda _, context: bugs.put_nowait(context))
            channel.write(b"divide")
            assert isinstance((await bugs.get())["exception"], ZeroDivisionError)
            assert isinstance(await there.end(), ZeroDivisionError)
            assert isinstance(await here.end(), ConnectionError)
            assert bugs.empty()

    run(scenario())


def test_a_refused_certificate_shows_only_after_the_clients_handshake(run: Run) -> None:
    async def scenario() -> None:
        here, there = Side(), Side()
        foreign = Leaf(device_leaf(STRANGER, raw_public(KEY), NOW_S), KEY)
        async with serving(there) as address:
            channel = await dialled(address, here, tls.client_to_tracker(raw_public(T), foreign))
            channel.write(b"hello?")
            assert isinstance(await there.end(), ssl.SSLCertVerificationError)
            assert isinstance(await here.end(), ssl.SSLError)
            assert there.opened.empty()
            assert not there.got

    run(scenario())


def test_dialling_another_tracker_says_so_and_sends_nothing(run: Run) -> None:
    async def scenario() -> None:
        here, there = Side(), Side()
        async with serving(there) as address:
            with pytest.raises(ssl.SSLCertVerificationError):
                await dialled(address, here, tls.client_to_tracker(raw_public(STRANGER), DEVICE))
            assert isinstance(await there.end(), ssl.SSLError)
            assert here.ended.empty()
            assert not there.got

    run(scenario())


def test_without_a_protocol_in_common_no_channel_opens(run: Run) -> None:
    async def scenario() -> None:
        here, there = Side(), Side()
        dials = tls.client_to_tracker(raw_public(T), DEVICE)
        dials.set_alpn_protocols(["h2"])
        async with serving(there) as address:
            with pytest.raises(Violation):
                await dialled(address, here, dials)
            assert isinstance(await there.end(), Violation)
            assert there.opened.empty()

    run(scenario())


@pytest.mark.parametrize(
    "said",
    [
        b"GET / HTTP/1.1\r\nHost: evil\r\n\r\n",
        b"SSH-2.0-OpenSSH_9.8\r\n",
        b"\x80\x2e\x01\x03\x00",
        bytes(range(256)) * 400,
        b"",
    ],
    ids=["http", "ssh", "sslv3", "noise", "nothing"],
)
def test_what_is_not_tls_is_shown_out_at_once_and_quietly(
    run: Run, said: bytes, caplog: pytest.LogCaptureFixture
) -> None:
    async def scenario() -> None:
        there = Side()
        async with serving(there) as address:
            _, writer = await asyncio.open_connection(*address)
            writer.write(said)
            writer.write_eof()
            assert isinstance(await there.end(), OSError)
            assert there.opened.empty()
            writer.close()

    run(scenario())
    assert not caplog.records


def test_dialling_gives_up_on_who_is_silent_and_lets_go_of_the_socket(run: Run) -> None:
    async def scenario() -> None:
        here, gone = Side(), asyncio.Event()

        async def silent(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
            await reader.read()
            gone.set()
            writer.close()

        async with await asyncio.start_server(silent, "127.0.0.1", 0) as server:
            address = server.sockets[0].getsockname()
            with pytest.raises(TimeoutError):
                await dial(address, DIALS, on_bytes=here.on_bytes, on_close=here.on_close, timeout_s=0.1)
            await asyncio.wait_for(gone.wait(), LONG_S)
        with pytest.raises(ConnectionRefusedError):
            await dialled(address, here)
        assert here.ended.empty()

    run(scenario())


def test_a_dial_can_be_given_up_at_any_moment(run: Run) -> None:
    async def scenario() -> None:
        here, there = Side(), Side()
        async with serving(there) as address:
            for steps in range(40):
                dialling = asyncio.ensure_future(dialled(address, here))  # noqa: TID251
                for _ in range(steps):
                    await asyncio.sleep(0)
                dialling.cancel()
                (end,) = await asyncio.gather(dialling, return_exceptions=True)
                if isinstance(end, TlsChannel):
                    end.abort()

    run(scenario())


def test_who_is_sent_away_on_arrival_never_begins_a_handshake(run: Run) -> None:
    async def scenario() -> None:
        here, there = Side(), Side(arrives=lambda channel: channel.abort(Violation("full")))
        async with serving(there) as address:
            with pytest.raises(ConnectionError):
                await dialled(address, here)
            assert str(await there.end()) == "full"

    run(scenario())


def test_a_slow_reader_shows_and_when_it_reads_again_that_shows_too(run: Run) -> None:
    async def scenario() -> None:
        here, there, drained = Side(), Side(), asyncio.Event()
        async with pair(here, there) as (channel, accepted):
            accepted.on_drained = lambda _: drained.set()
            channel.pause_reading()
            total = 0
            while accepted.buffered < 300 * KIB:
                accepted.write(bytes(100 * KIB))
                total += 100 * KIB
                await asyncio.sleep(0)
            slow = accepted.writable
            channel.resume_reading()
            await asyncio.wait_for(drained.wait(), LONG_S)
            assert not slow
            assert accepted.writable
            assert len(await here.has(total)) == total

    run(scenario())


def test_a_reader_that_stands_still_is_cut_at_a_bound(run: Run) -> None:
    async def scenario() -> None:
        here, there = Side(), Side()
        async with pair(here, there) as (channel, accepted):
            channel.pause_reading()
            for _ in range(40):
                accepted.write(bytes(MIB))
                assert accepted.buffered <= CHANNEL_BUFFER_BYTES_MAX + MIB + MIB // 100
            assert isinstance(await there.end(), ConnectionAbortedError)

    run(scenario())


@pytest.mark.slow
def test_closing_does_not_wait_for_a_reader_that_stands_still(
    run: Run, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("shared.trust.tls_channel.CLOSE_S_MAX", 0.3)

    async def scenario() -> None:
        here, there = Side(), Side()
        async with pair(here, there) as (channel, accepted):
            channel.pause_reading()
            while accepted.buffered < MIB:
                accepted.write(bytes(MIB))
            begin = time.monotonic()
            accepted.close()
            await there.end()
            assert time.monotonic() - begin > 0.2, "what was written had some time to arrive"

    run(scenario())


@pytest.mark.slow
def test_a_handshake_has_its_time_in_all_and_not_byte_by_byte(
    run: Run, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("shared.trust.tls_channel.HANDSHAKE_S_MAX", 1.0)

    async def scenario() -> None:
        there = Side()
        async with serving(there) as address:
            begin = time.monotonic()
            _, silent = await asyncio.open_connection(*address)
            _, slow = await asyncio.open_connection(*address)
            hello = ssl.MemoryBIO()
            client = DIALS.wrap_bio(ssl.MemoryBIO(), hello)
            with pytest.raises(ssl.SSLWantReadError):
                client.do_handshake()
            while there.ended.empty():
                assert hello.pending, "all of it could be said"
                slow.write(hello.read(1))
                await asyncio.sleep(0.2)
            assert time.monotonic() - begin > 0.9
            assert [type(await there.end()) for _ in range(2)] == [TimeoutError] * 2
            for writer in (silent, slow):
                writer.transport.abort()

    run(scenario())


CLIENTS = """
import socket, ssl, sys
context = ssl.SSLContext(ssl.PROTOCOL_TLS_CLIENT)
context.check_hostname, context.verify_mode = False, ssl.CERT_NONE
context.set_alpn_protocols(["shoal-client/1"])
context.load_cert_chain(sys.argv[3])
held = []
for _ in range(int(sys.argv[2])):
    held.append(context.wrap_socket(socket.create_connection(("127.0.0.1", int(sys.argv[1])))))
    held[-1].sendall(bytes(4000))
print("all", flush=True)
sys.stdin.read()
"""


@pytest.mark.slow
@pytest.mark.skipif(not Path("/proc/self/statm").exists(), reason="reads Linux's /proc")
def test_an_idle_connection_is_small(tmp_path: Path) -> None:
    """500 devices in another process, each of which has said 4,000 bytes."""
    leaf = tmp_path / "leaf.pem"
    leaf.write_bytes(ssl.DER_cert_to_PEM_cert(DEVICE.der).encode() + to_pem(KEY))

    def resident_bytes() -> int:
        gc.collect()
        return int(Path("/proc/self/statm").read_text().split()[1]) * os.sysconf("SC_PAGE_SIZE")

    async def held(address: Address, there: Side, count: int) -> int:
        process = await asyncio.create_subprocess_exec(
            *(sys.executable, "-c", CLIENTS, str(address[1]), str(count), str(leaf)),
            stdin=subprocess.PIPE,  # it stays until that ends
            stdout=subprocess.PIPE,
        )
        assert process.stdout is not None
        await process.stdout.readline()
        await there.has(4000 * count)
        there.got.clear()
        resident = resident_bytes()
        process.kill()
        await process.wait()
        for _ in range(count):
            await there.end()
        return resident

    async def scenario() -> None:
        there = Side()
        async with serving(there) as address:
            few = await held(address, there, 50)
            each = (await held(address, there, 550) - few) // 500
        print(f"{each / KIB:.1f} KiB for each idle connection")  # noqa: T201  -s shows the figure
        assert each < 48 * KIB

    asyncio.run(scenario())
