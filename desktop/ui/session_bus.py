"""The bus on which programs of a session speak to each other: calls that nothing waits for, and signals.

The messages are jeepney's; Qt moves their bytes, so that no call of ours ever blocks the window.
"""

import os
from collections.abc import Callable

from jeepney import DBus, DBusAddress, HeaderFields, MatchRule, Message, MessageType
from jeepney.auth import BEGIN, Authenticator
from jeepney.bus import get_connectable_addresses
from jeepney.low_level import Parser
from PySide6.QtCore import QObject, Signal
from PySide6.QtNetwork import QLocalSocket

from shared.limits import BUS_BYTES_MAX, BUS_CALLS_MAX

Answered = Callable[[Message | None], object]
"""Told the reply; None for an error, and where there is no bus any more."""


class SessionBus(QObject):
    signalled = Signal(object)
    """A Message."""

    def __init__(self, parent: QObject) -> None:
        super().__init__(parent)
        self.is_up = False
        self._serial = 0
        self._waiting: dict[int, Answered] = {}
        self._unsent = bytearray()
        self._greeting, self._parser = Authenticator(), Parser()
        self._socket = QLocalSocket(self)

    def dial(self) -> None:
        """Where there is a bus, which may be another one than before; calls may be made meanwhile. Nothing
        of an earlier connection is known there."""
        self._unsent.clear()
        self._greeting, self._parser = Authenticator(), Parser()
        self._socket.blockSignals(True)  # its end is not that of the next one
        self._socket.deleteLater()
        self._socket = QLocalSocket(self)
        self._socket.setReadBufferSize(BUS_BYTES_MAX)
        self._socket.connected.connect(self._greet)
        self._socket.readyRead.connect(self._read)
        self._socket.disconnected.connect(self.close)
        self._socket.errorOccurred.connect(self.close)
        if place := _place():
            self.is_up = True
            self.call(DBus().Hello())
            if place.startswith("\0"):
                self._socket.setSocketOptions(QLocalSocket.SocketOption.AbstractNamespaceOption)
            self._socket.connectToServer(place.removeprefix("\0"))

    def call(self, message: Message, then: Answered | None = None) -> None:
        """Whoever waits for more than BUS_CALLS_MAX answers gets None for the oldest."""
        if not self.is_up:
            if then:
                then(None)
            return
        self._serial += 1
        if then:
            self._waiting[self._serial] = then
            if len(self._waiting) > BUS_CALLS_MAX:
                self._waiting.pop(next(iter(self._waiting)))(None)
        self._unsent += message.serialise(self._serial)
        self._send()

    def listen(self, to: DBusAddress) -> None:
        """To the signals of that interface, which then come by `signalled`."""
        rule = MatchRule(type="signal", sender=to.bus_name, path=to.object_path, interface=to.interface)
        self.call(DBus().AddMatch(rule))

    def close(self) -> None:
        """What was called still goes out; what waits for an answer gets None."""
        self.is_up = False
        self._socket.disconnectFromServer()
        waiting, self._waiting = self._waiting, {}
        for then in waiting.values():
            then(None)

    def _greet(self) -> None:
        self._socket.write(self._greeting.data_to_send() or b"")

    def _send(self) -> None:
        if self._greeting.authenticated:
            self._socket.write(bytes(self._unsent))
            self._unsent.clear()

    def _read(self) -> None:
        data = bytes(self._socket.readAll().data())
        try:
            messages = self._parsed(data) if self._greeting.authenticated else self._greeted(data)
        except Exception:  # noqa: BLE001  the library has many errors for what is malformed
            self.close()
        else:
            for message in messages:
                self._hear(message)

    def _greeted(self, data: bytes) -> list[Message]:
        self._greeting.feed(data)
        if self._greeting.authenticated:
            self._socket.write(BEGIN)
            self._send()
        return []

    def _parsed(self, data: bytes) -> list[Message]:
        messages: list[Message] = self._parser.feed(data)
        if self._parser.bytes_desired() > BUS_BYTES_MAX:
            raise ValueError("too long a message of the bus")
        return messages

    def _hear(self, message: Message) -> None:
        kind, fields = message.header.message_type, message.header.fields
        if kind is MessageType.signal:
            self.signalled.emit(message)
        elif then := self._waiting.pop(fields.get(HeaderFields.reply_serial), None):
            then(message if kind is MessageType.method_return else None)


def _place() -> str | None:
    """Where the session's bus listens, a name in the abstract space behind a zero; None where there is none
    on a socket of this computer."""
    said = os.environ.get("DBUS_SESSION_BUS_ADDRESS")
    if said is None:
        folder = os.environ.get("XDG_RUNTIME_DIR")
        return f"{folder}/bus" if folder else None
    try:
        return str(next(get_connectable_addresses(said)))
    except (ValueError, RuntimeError):
        return None
