"""The bus on which programs of a session speak to each other: calls that nothing waits for, and signals."""

import os
from collections.abc import Callable
from dataclasses import replace

from PySide6.QtCore import QObject, Signal
from PySide6.QtNetwork import QLocalSocket

from desktop.bus.wire import Kind, Message, bus_address, decoded, encoded, whole
from shared.limits import BUS_BYTES_MAX, BUS_CALLS_MAX

_GREETING = b"\0AUTH EXTERNAL\r\nDATA\r\nBEGIN\r\n"
"""The kernel says who we are. All at once, as with another answer than these we are not wanted."""
_WELCOME = (b"DATA\r\n", b"OK ")
Answered = Callable[[Message | None], object]
"""Told the reply; None for an error, and where there is no bus any more."""


class SessionBus(QObject):
    signalled = Signal(object)
    """A Message; whose it is says its `sender`."""

    def __init__(self, parent: QObject) -> None:
        """Dials at once, where there is a bus; calls may be made meanwhile."""
        super().__init__(parent)
        place = bus_address(os.environ)
        self.is_up = place is not None
        self._serial = 0
        self._waiting: dict[int, Answered] = {}
        self._welcome = list(_WELCOME)
        self._unsent = bytearray(_GREETING)
        self._socket = QLocalSocket(self)
        self._socket.setReadBufferSize(BUS_BYTES_MAX)
        self._socket.connected.connect(self._send)
        self._socket.readyRead.connect(self._read)
        self._socket.disconnected.connect(self.close)
        self._socket.errorOccurred.connect(self.close)
        self._ask_bus("Hello")
        if place:
            if place[1]:
                self._socket.setSocketOptions(QLocalSocket.SocketOption.AbstractNamespaceOption)
            self._socket.connectToServer(place[0])

    def call(self, message: Message, then: Answered | None = None) -> None:
        """`serial` is set here."""
        if not self.is_up:
            if then:
                then(None)
            return
        self._serial += 1
        if then:
            self._waiting[self._serial] = then
            if len(self._waiting) > BUS_CALLS_MAX:
                self._waiting.pop(next(iter(self._waiting)))(None)
        self._unsent += encoded(replace(message, serial=self._serial))
        self._send()

    def listen(self, service: str, path: str, interface: str) -> None:
        """To the signals of that interface, which then come by `signalled`."""
        rule = f"type='signal',sender='{service}',path='{path}',interface='{interface}'"
        self._ask_bus("AddMatch", rule)

    def close(self) -> None:
        """What was called still goes out; what waits for an answer gets None."""
        self.is_up = False
        self._socket.disconnectFromServer()
        waiting, self._waiting = self._waiting, {}
        for then in waiting.values():
            then(None)

    def _ask_bus(self, member: str, *texts: str) -> None:
        name, path = "org.freedesktop.DBus", "/org/freedesktop/DBus"
        self.call(Message(Kind.CALL, path, name, member, name, "s" * len(texts), list(texts)))

    def _send(self) -> None:
        if self._socket.state() is QLocalSocket.LocalSocketState.ConnectedState:
            self._socket.write(bytes(self._unsent))
            self._unsent.clear()

    def _read(self) -> None:
        try:
            while self._welcome and self._socket.canReadLine():
                if not bytes(self._socket.readLine().data()).startswith(self._welcome.pop(0)):
                    raise ValueError("the bus does not take us")
            while not self._welcome and (size := self._next()):
                self._hear(decoded(bytes(self._socket.read(size).data())))
        except ValueError:
            self.close()

    def _next(self) -> int:
        """How long the next message is, once it is here; else 0. Raises ValueError."""
        size = whole(bytes(self._socket.peek(16).data()))
        return size if self._socket.bytesAvailable() >= size else 0

    def _hear(self, message: Message | None) -> None:
        if message and message.kind is Kind.SIGNAL:
            self.signalled.emit(message)
        elif message and (then := self._waiting.pop(message.reply_to, None)):
            then(message if message.kind is Kind.REPLY else None)
