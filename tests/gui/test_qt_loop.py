"""asyncio's promises, kept on Qt's event loop; and the promise of PySide6 that this program outlives."""

import asyncio
import contextlib
import contextvars
import os
import signal
import ssl
import sys
import threading
import time
from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from cryptography import x509
from cryptography.hazmat.primitives import serialization
from cryptography.hazmat.primitives.asymmetric import ed25519
from PySide6.QtCore import QObject, Qt, QTimer
from PySide6.QtWidgets import QApplication

from desktop import qt_loop
from desktop.qt_loop import CANCELLED_MIN, QtLoop

pytestmark = pytest.mark.gui
LONG_S = 60.0
"""Nothing takes that long, on however busy a machine, that does not wait for ever."""
which: contextvars.ContextVar[int] = contextvars.ContextVar("which", default=0)


def test_timers_never_fire_early_and_wait_for_nothing_else(qloop: QtLoop) -> None:
    lateness: list[float] = []

    async def scenario() -> None:
        async with asyncio.timeout(LONG_S):
            await asyncio.gather(*(one(delay / 1000) for delay in (0.1, 0.9, 1, 3, 20, 49.7, 50, 150)))

    async def one(delay: float) -> None:
        due = qloop.time() + delay
        await asyncio.sleep(delay)
        lateness.append(qloop.time() - due)

    qloop.run_until_complete(scenario())
    assert min(lateness) >= 0


def test_timers_fire_in_the_order_of_their_times(qloop: QtLoop) -> None:
    fired: list[int] = []

    async def scenario() -> None:
        now = qloop.time()
        for delay in (30, 10, 20, 0, 40, -5):
            qloop.call_at(now + delay / 1000, fired.append, delay)
        await asyncio.sleep(0.05)

    qloop.run_until_complete(scenario())
    assert fired == [-5, 0, 10, 20, 30, 40]


def test_a_timer_handle_knows_when_and_can_be_cancelled(qloop: QtLoop) -> None:
    fired: list[str] = []

    async def scenario() -> None:
        before = qloop.time()
        handle = qloop.call_later(0.02, fired.append, "kept")
        assert before + 0.02 <= handle.when() <= qloop.time() + 0.02
        qloop.call_later(0.01, fired.append, "cancelled").cancel()
        await asyncio.sleep(0.04)

    qloop.run_until_complete(scenario())
    assert fired == ["kept"]


def test_cancelled_timers_are_swept(qloop: QtLoop) -> None:
    async def scenario() -> None:
        for _ in range(5_000):
            async with asyncio.timeout(30):
                await asyncio.sleep(0)
        await asyncio.sleep(0.001)

    qloop.run_until_complete(scenario())
    assert len(qloop._scheduled) <= 2 * CANCELLED_MIN


def test_timeouts_interrupt_no_sooner_than_they_say(qloop: QtLoop) -> None:
    async def scenario() -> float:
        start: float = qloop.time()
        with contextlib.suppress(TimeoutError):
            async with asyncio.timeout(0.05):
                await asyncio.Event().wait()
        end: float = qloop.time()
        return end - start

    assert qloop.run_until_complete(scenario()) >= 0.05


def test_callbacks_run_in_the_order_they_came(qloop: QtLoop) -> None:
    seen: list[int] = []

    async def scenario() -> None:
        for number in range(2_000):
            qloop.call_soon(seen.append, number)
        done = asyncio.Event()
        qloop.call_soon(done.set)
        await done.wait()

    qloop.run_until_complete(scenario())
    assert seen == list(range(2_000))


@pytest.mark.parametrize("how", ["call_soon", "call_later", "call_soon_threadsafe"])
def test_callbacks_keep_their_context(qloop: QtLoop, how: str) -> None:
    context = contextvars.copy_context()
    context.run(which.set, 5)

    async def scenario() -> tuple[int, int]:
        given: asyncio.Future[int] = qloop.create_future()
        copied: asyncio.Future[int] = qloop.create_future()
        which.set(7)
        call: Callable[..., object] = getattr(qloop, how)
        delay = [0.001] if how == "call_later" else []
        call(*delay, lambda: given.set_result(which.get()), context=context)
        call(*delay, lambda: copied.set_result(which.get()))
        return await given, await copied

    assert qloop.run_until_complete(scenario()) == (5, 7)


def test_another_thread_wakes_an_idle_loop(qloop: QtLoop) -> None:
    """By itself: the only other thing that would is far away."""

    async def scenario() -> None:
        woken = asyncio.Event()
        thread = threading.Timer(0.05, qloop.call_soon_threadsafe, [woken.set])
        thread.start()
        async with asyncio.timeout(LONG_S):
            await woken.wait()
        thread.join()

    qloop.run_until_complete(scenario())


def test_a_callback_that_raises_is_told_to_the_handler_and_stops_nobody(qloop: QtLoop) -> None:
    told: list[object] = []
    qloop.set_exception_handler(lambda _loop, context: told.append(context.get("exception")))
    error = ValueError("on purpose")

    def fail() -> None:
        raise error

    async def scenario() -> None:
        qloop.call_soon(fail)
        qloop.call_later(0.001, fail)
        await asyncio.sleep(0.02)

    qloop.run_until_complete(scenario())
    assert told == [error, error]


def test_threads_answer_and_many_at_once(qloop: QtLoop) -> None:
    async def scenario() -> list[str]:
        names = await asyncio.gather(
            *(asyncio.to_thread(lambda: threading.current_thread().name) for _ in range(100))
        )
        with pytest.raises(ZeroDivisionError):
            await asyncio.to_thread(lambda: 1 // 0)
        return list(names)

    assert all(name.startswith("worker") for name in qloop.run_until_complete(scenario()))


def test_streams_carry_tls_both_ways(qloop: QtLoop, tmp_path: Path) -> None:
    server_context, client_context = _contexts(tmp_path)
    sent, is_over = os.urandom(3 << 20), asyncio.Event()

    async def answer(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        try:
            while data := await reader.read(1 << 16):
                writer.write(data)
                await writer.drain()
            writer.close()
        finally:
            is_over.set()

    async def scenario() -> bytes:
        server = await asyncio.start_server(answer, "127.0.0.1", 0, ssl=server_context)
        port = server.sockets[0].getsockname()[1]
        reader, writer = await asyncio.open_connection("127.0.0.1", port, ssl=client_context)
        got, _ = await asyncio.gather(reader.readexactly(len(sent)), _write(writer, sent))
        writer.close()
        with contextlib.suppress(ConnectionError, ssl.SSLError):
            await writer.wait_closed()
        server.close()
        await server.wait_closed()
        await is_over.wait()
        return got

    assert qloop.run_until_complete(scenario()) == sent


def test_a_signal_is_heard_by_an_idle_loop(qloop: QtLoop) -> None:
    async def scenario() -> None:
        heard = asyncio.Event()
        qloop.add_signal_handler(signal.SIGUSR1, heard.set)
        threading.Timer(0.02, os.kill, (os.getpid(), signal.SIGUSR1)).start()
        async with asyncio.timeout(LONG_S):
            await heard.wait()
        assert qloop.remove_signal_handler(signal.SIGUSR1)

    qloop.run_until_complete(scenario())


def test_a_child_process_speaks_and_ends(qloop: QtLoop) -> None:
    async def scenario() -> tuple[bytes, int | None]:
        child = await asyncio.create_subprocess_exec(
            "/bin/cat", stdin=asyncio.subprocess.PIPE, stdout=asyncio.subprocess.PIPE
        )
        out, _ = await child.communicate(b"hello")
        return out, child.returncode

    assert qloop.run_until_complete(scenario()) == (b"hello", 0)


def test_a_task_group_cancels_the_others_when_one_fails(qloop: QtLoop) -> None:
    ended: list[str] = []

    async def wait() -> None:
        try:
            await asyncio.Event().wait()
        finally:
            ended.append("cancelled")

    async def fail() -> None:
        await asyncio.sleep(0)
        raise ValueError("on purpose")

    async def scenario() -> None:
        async with asyncio.TaskGroup() as tasks:
            tasks.create_task(wait())
            tasks.create_task(fail())

    with pytest.raises(ExceptionGroup):
        qloop.run_until_complete(scenario())
    assert ended == ["cancelled"]


def test_qt_and_timers_have_their_turn_while_callbacks_never_end(qloop: QtLoop) -> None:
    ticks: list[int] = []
    fired: list[int] = []
    timer = QTimer(interval=5, timerType=Qt.TimerType.PreciseTimer)
    timer.timeout.connect(lambda: ticks.append(1))

    async def scenario() -> None:
        timer.start()
        qloop.call_later(0.01, fired.append, 1)
        async with asyncio.timeout(LONG_S):
            while len(ticks) < 10 or not fired:  # noqa: ASYNC110  a loop kept busy is the point
                await asyncio.sleep(0)
        timer.stop()

    qloop.run_until_complete(scenario())


def test_a_qt_loop_inside_a_task_loses_no_other_task(qloop: QtLoop) -> None:
    ran: list[int] = []

    async def other() -> None:
        for number in range(3):
            await asyncio.sleep(0.001)
            ran.append(number)

    async def scenario() -> None:
        task = qloop.create_task(other())
        await asyncio.sleep(0)
        until = time.monotonic() + 0.05
        while time.monotonic() < until:
            QApplication.processEvents()
        assert ran == []
        await task

    qloop.run_until_complete(scenario())
    assert ran == [0, 1, 2]


def test_many_callbacks_run_in_one_turn_of_qts_loop(qloop: QtLoop, monkeypatch: pytest.MonkeyPatch) -> None:
    """It is what makes yielding cheap: a turn costs some 10 us. Here a slice of time never ends."""
    monkeypatch.setattr(qt_loop, "SLICE_S", LONG_S)
    turns: list[int] = []
    qloop._drain_timer.timeout.connect(lambda: turns.append(1))

    async def scenario() -> None:
        for _ in range(20_000):
            await asyncio.sleep(0)

    qloop.run_until_complete(scenario())
    assert len(turns) < 10


def test_the_loop_runs_again_after_it_ran(qloop: QtLoop) -> None:
    assert [qloop.run_until_complete(asyncio.sleep(0, number)) for number in range(50)] == list(range(50))


def test_a_closed_loop_takes_nothing_more(qapp: QApplication) -> None:
    loop = QtLoop(qapp)
    loop.run_until_complete(asyncio.sleep(0))
    loop.close()
    loop.close()
    with pytest.raises(RuntimeError, match="closed"):
        loop.call_soon_threadsafe(print)
    with pytest.raises(RuntimeError, match="closed"):
        loop.call_soon(print)
    with pytest.raises(RuntimeError, match="closed"):
        loop.call_later(1, print)


def test_runner_ends_tasks_and_closes(qapp: QApplication) -> None:
    ended: list[str] = []

    async def wait() -> None:
        try:
            await asyncio.Event().wait()
        finally:
            ended.append("cancelled")

    async def scenario() -> int:
        left = asyncio.get_running_loop().create_task(wait())
        await asyncio.sleep(0)
        return 3 if not left.done() else 0

    with asyncio.Runner(loop_factory=lambda: QtLoop(qapp)) as runner:
        assert runner.run(scenario()) == 3
    assert ended == ["cancelled"]


def test_pyside_drops_no_reference_to_none(qapp: QApplication) -> None:
    """PySide6 6.12.0 does on Python 3.11, and the interpreter aborts after some 2,000 calls."""
    thing = QObject()
    before = sys.getrefcount(None)
    for _ in range(10_000):
        thing.setObjectName("name")
    assert sys.getrefcount(None) - before > -100


async def _write(writer: asyncio.StreamWriter, data: bytes) -> None:
    writer.write(data)
    await writer.drain()


def _contexts(folder: Path) -> tuple[ssl.SSLContext, ssl.SSLContext]:
    """Server's and client's, on a fresh self-signed key."""
    key = ed25519.Ed25519PrivateKey.generate()
    name = x509.Name([x509.NameAttribute(x509.NameOID.COMMON_NAME, "loop")])
    now = datetime.now(UTC)
    certificate = (
        x509.CertificateBuilder(name, name, key.public_key(), x509.random_serial_number())
        .not_valid_before(now - timedelta(hours=1))
        .not_valid_after(now + timedelta(hours=1))
        .sign(key, None)
    )
    pem = folder / "pem"
    pem.write_bytes(
        key.private_bytes(
            serialization.Encoding.PEM, serialization.PrivateFormat.PKCS8, serialization.NoEncryption()
        )
        + certificate.public_bytes(serialization.Encoding.PEM)
    )
    server = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    server.load_cert_chain(pem)
    client = ssl.SSLContext(ssl.PROTOCOL_TLS_CLIENT)
    client.check_hostname = False
    client.load_verify_locations(pem)
    return server, client
