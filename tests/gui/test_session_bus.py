"""The session's bus: where it is, and what whoever listens there in its place may say."""

import asyncio
from pathlib import Path

import pytest
from jeepney import DBusAddress, Message, new_method_call
from PySide6.QtCore import QObject

from desktop.qt_loop import QtLoop
from desktop.ui.session_bus import SessionBus, _place
from shared.limits import BUS_CALLS_MAX
from tests.gui.person import until

pytestmark = [pytest.mark.gui, pytest.mark.slow]

CALL = new_method_call(DBusAddress("/a", "b.c", "d.e"), "Do")


@pytest.mark.parametrize(
    ("said", "place"),
    [
        ({"DBUS_SESSION_BUS_ADDRESS": "unix:path=/run/user/1000/bus"}, "/run/user/1000/bus"),
        ({"DBUS_SESSION_BUS_ADDRESS": "unix:abstract=/tmp/dbus-X,guid=0f"}, "\0/tmp/dbus-X"),
        ({"DBUS_SESSION_BUS_ADDRESS": "tcp:host=x,port=1;unix:path=/a%20b,guid=1"}, "/a b"),
        ({"DBUS_SESSION_BUS_ADDRESS": "autolaunch:", "XDG_RUNTIME_DIR": "/run/user/1"}, None),
        ({"DBUS_SESSION_BUS_ADDRESS": "tcp:host=x,port=1"}, None),
        ({"DBUS_SESSION_BUS_ADDRESS": "unix:path"}, None),
        ({"XDG_RUNTIME_DIR": "/run/user/1000"}, "/run/user/1000/bus"),
        ({}, None),
    ],
)
def test_the_bus_is_where_the_session_says(
    said: dict[str, str], place: str | None, monkeypatch: pytest.MonkeyPatch
) -> None:
    for name in ("DBUS_SESSION_BUS_ADDRESS", "XDG_RUNTIME_DIR"):
        monkeypatch.delenv(name, raising=False)
    for name, value in said.items():
        monkeypatch.setenv(name, value)
    assert _place() == place


@pytest.mark.parametrize(
    "answer",
    [
        b"",
        b"REJECTED KERBEROS_V4\r\n",
        b"x" * 10_000,
        b"OK 0f\r\n" + bytes(16),
        (b"OK 0f\r\n", b"HTTP/1.1 400 Bad"),
        (b"OK 0f\r\n", b"l\1\0\1" + b"\xff" * 12),
        (b"OK 0f\r\n", b"l\2\0\1" + bytes(3) + b"\4" + bytes(12)),
        (b"OK 0f\r\n", b"l\2\0\1\0\0\0\0\1\0\0\0\7\0\0\0\1\1v\0" + b"\1v\0" * 4),
    ],
)
def test_another_than_the_bus_ends_nothing_and_is_asked_nothing_more(
    qloop: QtLoop, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, answer: bytes | tuple[bytes, bytes]
) -> None:
    answers = (answer,) if isinstance(answer, bytes) else answer
    monkeypatch.setenv("DBUS_SESSION_BUS_ADDRESS", f"unix:path={tmp_path}/b")

    async def serve(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        for one in answers:
            await reader.readuntil(b"\r\n")
            writer.write(one)
        writer.write_eof() if answer == b"" else await reader.read()
        writer.close()

    async def scenario() -> None:
        owner, heard = QObject(), list[Message | None]()
        async with await asyncio.start_unix_server(serve, tmp_path / "b"):
            bus = SessionBus(owner)
            bus.dial()
            for _ in range(BUS_CALLS_MAX + 1):
                bus.call(CALL, heard.append)
            assert heard == [None], "the oldest is given up"
            await until(lambda: not bus.is_up)
        assert heard == [None] * (BUS_CALLS_MAX + 1)
        bus.call(CALL, heard.append)
        assert heard[-1] is None

    qloop.run_until_complete(scenario())
