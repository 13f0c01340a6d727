"""Many small files on their way here as one piece: asked for like a file of one piece, kept and published
each by itself. What a peer cannot give so is fetched file by file."""

import random
from collections.abc import Sequence
from dataclasses import replace

from desktop.engine.downloads.bundle_part import BundlePart
from desktop.engine.downloads.fetch import Channel, Fetch, Host
from desktop.engine.files.piece_set import PieceSet
from desktop.engine.library import FileRecord
from shared.errors import DiskError, Violation
from shared.facts.ids import GroupId
from shared.manifest import PIECE_HASH_BYTES
from shared.wire import peer_messages as m

_UNKNOWN = bytes(PIECE_HASH_BYTES)
"""Hashes of the piece: each of its files has a root of its own instead."""


class Bundle(Fetch):
    is_bundle = True

    def __init__(self, gid: GroupId, part: BundlePart, host: Host, lot: random.Random) -> None:
        whole = replace(part.files[0], size=part.size)
        super().__init__(gid, whole, part, PieceSet(1), host, lambda _: None, lot)
        self.parts = part
        self._blocks.take(0, _UNKNOWN)

    @property
    def files(self) -> Sequence[FileRecord]:
        return self.parts.files

    def opened(self, _channel: Channel, _message: m.Opened) -> None:
        raise Violation("a bundle opened like a file")

    def block(self, _channel: Channel, _number: int, _hashes: bytes) -> None:
        """Nobody was asked for any."""

    def asked_of(self, channel: Channel) -> None:
        """Nobody says what there is: it comes, or it is refused."""
        channel.is_open = True
        channel.has = PieceSet.whole(1)
        self._count_one(channel.peer.device)

    def refused(self, channel: Channel, piece: int) -> None:
        super().refused(channel, piece)
        self._host.channel_lost(self, channel.peer.device, DiskError.code)
