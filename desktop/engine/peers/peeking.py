"""Looks how much a linked peer has of an entry: opens a channel, reads what it has, closes it again.

No piece is asked for. It answers who shares a file and wants to know whether everybody has got it.
"""

import asyncio
from collections.abc import Iterable
from contextlib import suppress

from desktop.engine.files.piece_io import PieceOutcome
from desktop.engine.files.piece_set import PieceSet
from desktop.engine.peers.peer_link import PeerLink
from shared.facts.ids import EntryId, GroupId
from shared.limits import PEEK_S_MAX, PIECE_BYTES
from shared.manifest import pieces_in
from shared.wire import peer_messages as m


async def peek(link: PeerLink, gid: GroupId, eid: EntryId, size: int) -> int:
    """Bytes of it that the peer has; 0 where it does not say within PEEK_S_MAX."""
    listener = _Listener(size)
    [ch] = link.open_channels([(gid, eid)], listener)
    try:
        with suppress(TimeoutError):
            async with asyncio.timeout(PEEK_S_MAX):
                await listener.answered.wait()
    finally:  # also where nobody waits for it any more
        if not listener.is_gone:
            link.send(m.Close(ch))
    return listener.had_bytes


class _Listener:
    """To one channel (asked_channels.ChannelListener)."""

    def __init__(self, size: int) -> None:
        self.answered = asyncio.Event()
        self.had_bytes = 0
        self.is_gone = False
        self._size = size

    def opened(self, _link: object, _ch: int, message: m.Opened) -> None:
        """Raises Violation."""
        count, had = pieces_in(self._size), message.bitfield
        has = PieceSet.whole(count) if had is None else PieceSet.from_wire(had, count)
        self.had_bytes = min(len(has) * PIECE_BYTES, self._size)
        self.answered.set()

    def refused(self, _link: object, _ch: int, _code: str) -> None:
        self.is_gone = True
        self.answered.set()

    def closed(self, link: object, ch: int) -> None:
        self.refused(link, ch, "")

    def block(self, _link: object, _ch: int, _block: int, _hashes: bytes) -> None: ...
    def have(self, _link: object, _ch: int, _pieces: Iterable[int]) -> None: ...
    def granted(self, _link: object, _ch: int, _pieces: list[int]) -> None: ...
    def outcomes(self, _link: object, _outcomes: Iterable[PieceOutcome]) -> None: ...
    def rejected(self, _link: object, _ch: int, _piece: int, _code: str) -> None: ...
