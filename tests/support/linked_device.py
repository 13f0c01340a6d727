"""A device with its port open, its listeners gathered in one place, and no tracker behind it."""

import asyncio
import os
import random
import time
from collections.abc import AsyncIterator, Callable, Coroutine, Sequence
from contextlib import asynccontextmanager
from pathlib import Path
from typing import Any

from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey

from desktop.engine.background import Background
from desktop.engine.files.hasher import Hasher
from desktop.engine.files.open_file import OpenFile
from desktop.engine.files.part_file import PartFile
from desktop.engine.files.piece_checker import PieceChecker
from desktop.engine.files.piece_io import PieceOutcome, PieceSink
from desktop.engine.library import StoredManifest
from desktop.engine.offers import Offer
from desktop.engine.peers.peer_link import PeerLink
from desktop.engine.peers.peer_pool import Peers
from desktop.engine.peers.uploads import Uploads
from shared.clock import SystemClock
from shared.facts.ids import DeviceId, EntryId, Epoch, GroupId, device_id
from shared.manifest import piece_hash, piece_length
from shared.trust.certificates import Leaf, device_leaf
from shared.trust.identity import raw_public
from shared.wire import peer_messages as m
from tests.support.waiting import LONG_S, until

GID, EID = GroupId(b"g" * 16), EntryId(b"e" * 16)
D_KEY = Ed25519PrivateKey.generate()
NOW_S = time.time()  # noqa: TID251  certificates are checked by the system's clock


class Device:
    """One device with its port open: what it offers, who may have it, and what it heard on its channels."""

    def __init__(self, d_key: Ed25519PrivateKey = D_KEY, *, seals: bool = True) -> None:
        self.key = Ed25519PrivateKey.generate()
        self.dev = device_id(raw_public(self.key))
        self.leaf = Leaf(device_leaf(d_key, raw_public(self.key), NOW_S), self.key)
        self.offers: dict[tuple[GroupId, EntryId], Offer] = {}
        self.members: set[tuple[DeviceId, GroupId]] = set()
        self.asked_tracker: list[tuple[DeviceId, GroupId]] = []
        self.learns_from_tracker = False
        self.checker = PieceChecker()
        self.uploads = Uploads(self, self, self._ask_tracker, Background(), SystemClock(), random.Random(1))
        self.peers = Peers(self.checker, self.uploads, SystemClock(), seals=seals)
        self.linked: asyncio.Queue[PeerLink] = asyncio.Queue()
        self.peers.on_link = self.linked.put_nowait
        self.banned: list[tuple[DeviceId, str]] = []
        self.peers.on_banned = lambda dev, reason: self.banned.append((dev, reason))
        self.heard: asyncio.Queue[tuple[str, object]] = asyncio.Queue()

        self.peers.seen_as = "127.0.0.1"
        self.address = self.peers.listen("127.0.0.1", 0)
        self.peers.enter(self.leaf, [raw_public(D_KEY)])

    async def stop(self) -> None:
        await self.peers.stop()
        self.checker.close()
        for offer in self.offers.values():
            offer.file.close()

    def offer(self, gid: GroupId, eid: EntryId) -> Offer | None:
        return self.offers.get((gid, eid))

    def foresee(self, gid: GroupId, eids: Sequence[EntryId]) -> None:
        pass

    def may_talk(self, dev: DeviceId, gid: GroupId) -> bool:
        return (dev, gid) in self.members

    def my_epoch(self, gid: GroupId) -> Epoch | None:
        return Epoch(1, 1) if gid == GID else None

    async def _ask_tracker(self, dev: DeviceId, gid: GroupId) -> None:
        self.asked_tracker.append((dev, gid))
        if self.learns_from_tracker:
            self.members.add((dev, gid))

    async def link_to(self, other: "Device") -> PeerLink:
        self.peers.want(other.dev, [other.address])
        async with asyncio.timeout(LONG_S):
            return await self.linked.get()

    async def next(self) -> tuple[str, object]:
        async with asyncio.timeout(LONG_S):
            return await self.heard.get()

    async def until(self, holds: Callable[[], object]) -> None:
        await until(holds)

    # ChannelListener
    def opened(self, link: PeerLink, ch: int, message: m.Opened) -> None:
        self.heard.put_nowait(("opened", message))

    def refused(self, link: PeerLink, ch: int, code: str) -> None:
        self.heard.put_nowait(("refused", code))

    def block(self, link: PeerLink, ch: int, block: int, hashes: bytes) -> None:
        self.heard.put_nowait(("block", hashes))

    def have(self, link: PeerLink, ch: int, pieces: list[int]) -> None:
        self.heard.put_nowait(("have", pieces))

    def granted(self, link: PeerLink, ch: int, pieces: list[int]) -> None:
        self.heard.put_nowait(("granted", pieces))

    def outcomes(self, link: PeerLink, outcomes: list[PieceOutcome]) -> None:
        for outcome in outcomes:
            self.heard.put_nowait(("outcome", outcome))

    def rejected(self, link: PeerLink, ch: int, piece: int, code: str) -> None:
        self.heard.put_nowait(("rejected", piece))

    def closed(self, link: PeerLink, ch: int) -> None:
        self.heard.put_nowait(("closed", ch))


def run(
    scenario: Callable[[Device, Device], Coroutine[Any, Any, None]],
    seals: tuple[bool, bool] = (True, True),
) -> None:
    """With two devices."""

    async def both() -> None:
        async with device(seals=seals[0]) as a, device(seals=seals[1]) as b:
            await scenario(a, b)

    asyncio.run(both())


@asynccontextmanager
async def device(d_key: Ed25519PrivateKey = D_KEY, *, seals: bool = True) -> AsyncIterator[Device]:
    one = Device(d_key, seals=seals)
    try:
        yield one
    finally:
        await one.stop()


def share(owner: Device, path: Path, spoil: Callable[[], None] = lambda: None) -> bytes:
    """`owner` offers the file; its only block of hashes."""
    hasher = Hasher(path.parent)
    hashed = hasher.hash(path, lambda _: None, lambda: False)
    hasher.close()
    blocks = [*hashed.blocks]
    file = OpenFile(lambda: os.open(path, os.O_RDONLY))
    manifest = StoredManifest(hashed.header, hashed.index)
    owner.offers[GID, EID] = Offer(hashed.size, manifest, file, blocks.__getitem__, None, spoil)
    return blocks[0]


async def channel_of(asker: Device, giver: Device) -> tuple[PeerLink, int]:
    """The asker is let in, links, and opens what the giver shares."""
    giver.members.add((asker.dev, GID))
    link = await asker.link_to(giver)
    (ch,) = link.open_channels([(GID, EID)], asker)
    assert (await asker.next())[0] == "opened"
    return link, ch


def expect(link: PeerLink, ch: int, part: PartFile, blocks: bytes, piece: int) -> None:
    sink = PieceSink(part, piece, piece_length(part.size, piece), piece_hash(blocks, piece))
    link.expect(ch, piece, sink)
