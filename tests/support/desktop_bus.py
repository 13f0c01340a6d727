"""A session's bus of its own, with somebody on it who shows notifications, as a desktop has them.

The bus is the real daemon; the one who shows is Qt's, which writes and reads the messages by libdbus.
"""

import os
import shutil
import subprocess
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

import pytest
from PySide6.QtCore import ClassInfo, QObject, Signal, Slot
from PySide6.QtDBus import QDBusConnection

NAME = "org.freedesktop.Notifications"
PATH = "/org/freedesktop/Notifications"
_CONFIG = """<busconfig><type>session</type><listen>unix:dir={folder}</listen>
<policy context="default"><allow send_destination="*" eavesdrop="true"/>
<allow eavesdrop="true"/><allow own="*"/></policy></busconfig>"""
"""As a session's own, but for services that it would start."""


@contextmanager
def session_bus(folder: Path) -> Iterator[str]:
    """Its address, which is in the environment meanwhile. Skips the test where there is no dbus-daemon."""
    daemon = shutil.which("dbus-daemon")
    if daemon is None:
        pytest.skip("dbus-daemon is not installed")
    config = folder / "bus.conf"
    config.write_text(_CONFIG.format(folder=folder))
    command = [daemon, f"--config-file={config}", "--nofork", "--nopidfile", "--print-address=1"]
    with subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL) as process:
        assert process.stdout
        before = os.environ["DBUS_SESSION_BUS_ADDRESS"]
        os.environ["DBUS_SESSION_BUS_ADDRESS"] = address = process.stdout.readline().decode().strip()
        try:
            yield address
        finally:
            os.environ["DBUS_SESSION_BUS_ADDRESS"] = before
            process.terminate()


@dataclass(frozen=True)
class Notification:
    number: int
    title: str
    text: str
    buttons: dict[str, str]
    """Key by label."""


@ClassInfo({"D-Bus Interface": NAME})  # type: ignore[call-arg]
class Shower(QObject):  # type: ignore[operator]
    """Shows nothing, but knows what it was asked to show, and says that buttons are pressed."""

    ActionInvoked = Signal("uint", "QString")  # type: ignore[arg-type]
    ActivationToken = Signal("uint", "QString")  # type: ignore[arg-type]
    NotificationClosed = Signal("uint", "uint")  # type: ignore[arg-type]

    def __init__(self, address: str, *capabilities: str) -> None:
        super().__init__()
        self.shown: list[Notification] = []
        self.taken_back: list[int] = []
        self.capabilities = list(capabilities)
        self._given = 0
        self._bus = QDBusConnection.connectToBus(address, f"shower {id(self)}")
        flags = QDBusConnection.RegisterOption
        assert self._bus.registerObject(PATH, self, flags.ExportAllSlots | flags.ExportAllSignals)

    def appear(self) -> None:
        assert self._bus.registerService(NAME)

    def leave(self) -> None:
        self._bus.unregisterService(NAME)
        QDBusConnection.disconnectFromBus(self._bus.name())

    def press(self, number: int, key: str) -> None:
        self.ActivationToken.emit(number, f"token of {key}")
        self.ActionInvoked.emit(number, key)
        self._close(number)

    @Slot(result="QStringList")
    def GetCapabilities(self) -> list[str]:  # noqa: N802  its name on the bus, as of those below
        return self.capabilities

    @Slot(
        "QString", "uint", "QString", "QString", "QString", "QStringList", "QVariantMap", int, result="uint"
    )
    def Notify(  # noqa: N802
        self, app: str, replaces: int, icon: str, title: str, text: str, buttons: list[str], *_: object
    ) -> int:
        assert (app, replaces, icon) == ("Shoal", 0, "shoal")
        self._given += 1
        labelled = dict(zip(buttons[1::2], buttons[::2], strict=True))
        self.shown.append(Notification(self._given, title, text, labelled))
        return self._given

    @Slot("uint")
    def CloseNotification(self, number: int) -> None:  # noqa: N802
        self.taken_back.append(number)
        self._close(number)

    def _close(self, number: int) -> None:
        self.shown = [one for one in self.shown if one.number != number]
        self.NotificationClosed.emit(number, 3)
