"""The people of a download in two lines each: who and how fast, then what they do and what they gave."""

from collections.abc import Callable
from typing import Any

from PySide6.QtCore import Qt

from desktop.engine.views import SourceView
from desktop.ui import amounts
from desktop.ui.details import sayings
from desktop.ui.rows import ICON
from desktop.ui.two_lines import LINES, Lines, TwoLineModel
from desktop.ui.words import tr


class PeersModel(TwoLineModel):
    def __init__(self) -> None:
        super().__init__(lambda peer: peer.device, _READ)

    def show(self, peers: list[SourceView]) -> None:
        """Who gave most comes first, and who is gone last."""
        self.show_rows(
            sorted(peers, key=lambda peer: (peer.state == "gone", -peer.given, peer.user, peer.device))
        )


def _lines(peer: SourceView) -> Lines:
    down, up = (f"{arrow} {amounts.rate(rate)}" for arrow, rate in (("↓", peer.down), ("↑", peer.up)))
    does = "  ·  ".join(filter(None, (sayings.peer_state(peer), sayings.peer_amounts(peer))))
    return amounts.name(peer.user), down, does, up


def _tip(peer: SourceView) -> str:
    lines = [amounts.name(peer.user)]
    if peer.address:
        lines.append(tr("at {address}", address=amounts.isolated(peer.address)))
    if peer.proven:
        lines.append(tr("Membership proven: their key is that of a member"))
    return "\n".join(lines)


_READ: dict[int, Callable[[SourceView], Any]] = {
    Qt.ItemDataRole.AccessibleTextRole: sayings.peer_said,
    Qt.ItemDataRole.ToolTipRole: _tip,
    LINES: _lines,
    ICON: lambda peer: ("proven", "good") if peer.proven else ("offline", "muted"),
}
