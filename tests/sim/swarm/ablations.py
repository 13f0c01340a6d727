"""What each trick is worth: the same swarms without it."""

from collections.abc import Generator, Mapping
from contextlib import contextmanager
from typing import Any

from desktop.engine.downloads import piece_picker, sources
from desktop.engine.downloads.asked_peer import AskedPeer
from desktop.engine.downloads.choosing import Choosing
from desktop.engine.downloads.piece_picker import PiecePicker
from desktop.engine.downloads.request_window import RequestWindow
from desktop.engine.files.bitfield import Bits
from shared.limits import PIECE_BYTES
from tests.sim.swarm.node import Node

Change = tuple[Any, str, Any]
"""Of what, which attribute, and what it is instead."""


def _any_of(self: PiecePicker, among: Mapping[int, Bits]) -> tuple[int, Bits]:
    block = self._lot.choice(list(among))
    return block, among[block]


NO_CREDIT: Change = (Choosing, "takes_credit", lambda self, source: False)
NO_RAREST: Change = (PiecePicker, "rarest_of", _any_of)
NOT_NEAR: Change = (AskedPeer, "is_near", False)
NO_PROGRESS: Change = (RequestWindow, "left_bytes", property(lambda self: self.in_flight_bytes))


def _window(pieces: int) -> Change:
    return RequestWindow, "bytes_max", lambda self, rate, rtt_s, now: pieces * PIECE_BYTES


ABLATIONS: dict[str, list[Change]] = {
    "all of it": [],
    "no credit requests": [NO_CREDIT],
    "the first piece without asking for credit": [NOT_NEAR],
    "no rarest first": [NO_RAREST],
    "neither of them: any piece of anybody": [NO_CREDIT, NO_RAREST],
    "no random first": [(piece_picker, "FIRST_PIECES", 0)],
    "no endgame": [(Choosing, "last_piece", lambda self, source, only=None: None)],
    "pieces that stall are not asked elsewhere": [
        (AskedPeer, "is_late", lambda self, asked_at, now: False),
        (AskedPeer, "_is_stalled", lambda self, now: False),
    ],
    "who is quiet is waited for until it stalls": [(AskedPeer, "quiet_s", 0.0)],
    "always 8 pieces in flight": [_window(8)],
    "always 2 pieces in flight": [_window(2)],
    "what of a piece has come is not looked at": [NO_PROGRESS],
    "Haves every second": [(Node, "haves_s", 1.0)],
    "the tracker is asked again after 10 s": [(sources, "SOURCES_ASKED_FIRST_S", 10.0)],
}


@contextmanager
def without(changes: list[Change]) -> Generator[None]:
    before = [(of, name, vars(of)[name]) for of, name, _ in changes]
    for of, name, instead in changes:
        setattr(of, name, instead)
    try:
        yield
    finally:
        for of, name, was in before:
            setattr(of, name, was)
