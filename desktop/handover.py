"""One window a profile: a second start hands the link that it was told to the first one, and ends.

On a socket in the profile's folder, where nobody else gets to; on Windows a named pipe of this user.
"""

import hashlib
import sys
import time
from collections.abc import Callable

from PySide6.QtCore import QTimer
from PySide6.QtNetwork import QLocalServer, QLocalSocket

from desktop.paths import Profile
from shared.limits import HANDOVER_BYTES_MAX, HANDOVER_CALLERS_MAX, HANDOVER_S_MAX

_TAKEN = b"ok\n"
_TRIES, _TRIED_S = 5, 0.2
"""The first window may be starting itself."""


class FirstWindow:
    """Hears what later starts were told, from now until close()."""

    def __init__(self, profile: Profile, told: Callable[[str], object]) -> None:
        """`told` is called with a link, or "" for a start without one. Whatever came is at most a line."""
        self._told = told
        self._callers: set[QLocalSocket] = set()
        self._server = QLocalServer()
        self._server.setSocketOptions(QLocalServer.SocketOption.UserAccessOption)
        self._server.setMaxPendingConnections(HANDOVER_CALLERS_MAX)
        self._server.newConnection.connect(self._accept)
        QLocalServer.removeServer(_place(profile))  # of one that was killed: the profile's lock is ours
        self._server.listen(_place(profile))  # where it cannot, a later start says that the profile is in use

    def close(self) -> None:
        self._server.close()
        for caller in list(self._callers):
            caller.abort()

    def _accept(self) -> None:
        while self._server.hasPendingConnections():
            caller = self._server.nextPendingConnection()
            if len(self._callers) >= HANDOVER_CALLERS_MAX:
                caller.abort()
                caller.deleteLater()
                continue
            self._callers.add(caller)
            caller.setReadBufferSize(HANDOVER_BYTES_MAX)
            caller.readyRead.connect(lambda caller=caller: self._read(caller))
            caller.disconnected.connect(lambda caller=caller: self._left(caller))
            QTimer.singleShot(int(HANDOVER_S_MAX * 1000), caller, caller.abort)
            self._read(caller)

    def _read(self, caller: QLocalSocket) -> None:
        if not caller.canReadLine():
            if caller.bytesAvailable() >= HANDOVER_BYTES_MAX:
                caller.abort()
            return
        line = bytes(caller.readLine(HANDOVER_BYTES_MAX).data())
        caller.readyRead.disconnect()  # one line each
        caller.write(_TAKEN)
        caller.flush()
        caller.disconnectFromServer()
        self._told(line.decode(errors="replace").strip())

    def _left(self, caller: QLocalSocket) -> None:
        self._callers.discard(caller)
        caller.deleteLater()


def hand_over(profile: Profile, link: str) -> bool:
    """Whether a window of that profile took it, and is in front now. `link` is a line that fits, as that of
    the arguments does. Blocks, some seconds at most."""
    for turn in range(_TRIES):
        if turn:
            time.sleep(_TRIED_S)
        first = QLocalSocket()
        first.connectToServer(_place(profile))
        limit_ms = int(HANDOVER_S_MAX * 1000)
        if first.waitForConnected(limit_ms):
            first.write(link.encode() + b"\n")
            first.flush()
            return first.canReadLine() or first.waitForReadyRead(limit_ms)
    return False


def _place(profile: Profile) -> str:
    if sys.platform == "win32":
        return "shoal-" + hashlib.sha256(str(profile.root).encode()).hexdigest()[:32]
    return str(profile.window_socket)
