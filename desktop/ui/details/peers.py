"""The people of a download in two lines each: who and how fast, then what they do and what they gave."""

from collections.abc import Callable, Sequence
from typing import Any, NamedTuple

from PySide6.QtCore import Qt

from desktop.engine.views import SourceView
from desktop.ui import amounts
from desktop.ui.details import sayings
from desktop.ui.rows import ICON
from desktop.ui.two_lines import LINES, Lines, TwoLineModel
from desktop.ui.words import tr


class _Row(NamedTuple):
    peer: SourceView
    name: str
    """Which no other row has."""


class PeersModel(TwoLineModel):
    def __init__(self) -> None:
        super().__init__(lambda one: one.peer.device, _READ)

    def show(self, peers: list[SourceView]) -> None:
        """Who gave most comes first, and who is gone last."""
        ordered = sorted(peers, key=lambda peer: (peer.state == "gone", -peer.given, peer.user, peer.device))
        names = _names(ordered)
        self.show_rows([_Row(peer, names[peer.device]) for peer in ordered])


def _names(peers: Sequence[SourceView]) -> dict[str, str]:
    """Who each is, by their devices; of somebody with several in the list also which of them."""
    named = {}
    for user in {peer.user for peer in peers}:
        theirs = [peer for peer in peers if peer.user == user]
        called = amounts.computers([(peer.label, peer.device) for peer in theirs])
        for peer, computer in zip(theirs, called, strict=True):
            named[peer.device] = amounts.name(user) + (f"  ·  {computer}" if len(theirs) > 1 else "")
    return named


def _lines(row: _Row) -> Lines:
    peer = row.peer
    down, up = (f"{arrow} {amounts.rate(rate)}" for arrow, rate in (("↓", peer.down), ("↑", peer.up)))
    if peer.state == "gone":
        down = up = ""
    does = "  ·  ".join(filter(None, (sayings.peer_state(peer), sayings.peer_amounts(peer))))
    return row.name, down, does, up


def _tip(row: _Row) -> str:
    peer, lines = row.peer, [row.name]
    if peer.address:
        lines.append(tr("at {address}", address=amounts.isolated(peer.address)))
    if peer.proven:
        lines.append(tr("Membership proven: their key is that of a member"))
    return "\n".join(lines)


_READ: dict[int, Callable[[_Row], Any]] = {
    Qt.ItemDataRole.AccessibleTextRole: lambda row: sayings.peer_said(row.peer, row.name),
    Qt.ItemDataRole.ToolTipRole: _tip,
    LINES: _lines,
    ICON: lambda row: ("proven", "good") if row.peer.proven else ("offline", "muted"),
}
