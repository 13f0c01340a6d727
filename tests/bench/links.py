"""One file over one link, two processes on loopback: the byte path alone, without trackers.

    ./dev bench links [MIB] [--tls]

Encrypted, both hashes, written to a part file; no fsync. The part file lies in the page cache already:
memory that a virtual machine touches anew costs it ten times as much, and would hide all else. With `--tls`
the link does not leave TLS for the seal: two runs in turns say what the seal gains.
"""

import asyncio
import os
import random
import resource
import sys
import tempfile
import time
from collections.abc import Sequence
from multiprocessing import get_context
from multiprocessing.connection import Connection
from pathlib import Path

from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey

from desktop.engine.background import Background
from desktop.engine.files.hasher import Hasher
from desktop.engine.files.held_folder import HeldFolder, parts_of
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
from shared.limits import BLOCK_PIECES
from shared.manifest import piece_hash, piece_length, pieces_in
from shared.trust.certificates import Leaf, device_leaf
from shared.trust.identity import raw_public
from shared.wire import peer_messages as m

GID, EID = GroupId(bytes(16)), EntryId(bytes(16))
WINDOW_PIECES = 8


class Everybody:
    def may_talk(self, dev: DeviceId, gid: GroupId) -> bool:
        return True

    def my_epoch(self, gid: GroupId) -> Epoch | None:
        return None


class OneFile:
    def __init__(self, offer: Offer | None) -> None:
        self._offer = offer

    def offer(self, gid: GroupId, eid: EntryId) -> Offer | None:
        return self._offer

    def foresee(self, gid: GroupId, eids: Sequence[EntryId]) -> None:
        pass


async def nobody_to_ask(dev: DeviceId, gid: GroupId) -> None:
    pass


def peers_with(
    offer: Offer | None, checker: PieceChecker, d_key: Ed25519PrivateKey, *, seals: bool = True
) -> tuple[Peers, DeviceId, int]:
    clock, key = SystemClock(), Ed25519PrivateKey.generate()
    uploads = Uploads(OneFile(offer), Everybody(), nobody_to_ask, Background(), clock, random.Random(1))
    peers = Peers(checker, uploads, clock, seals=seals)
    peers.seen_as = "127.0.0.1"
    peers.enter(Leaf(device_leaf(d_key, raw_public(key), clock.wall_s()), key), [raw_public(d_key)])
    return peers, device_id(raw_public(key)), peers.listen("127.0.0.1", 0).port


def used() -> tuple[float, int]:
    """CPU seconds so far, and the peak of resident MiB."""
    usage = resource.getrusage(resource.RUSAGE_SELF)
    return usage.ru_utime + usage.ru_stime, usage.ru_maxrss // 1024


def seed(path: Path, d_seed: bytes, pipe: Connection) -> None:
    hasher = Hasher(path.parent)
    hashed = hasher.hash(path, lambda _: None, lambda: False)
    hasher.close()
    blocks = [*hashed.blocks]

    async def serve() -> None:
        file = OpenFile(lambda: os.open(path, os.O_RDONLY))
        manifest = StoredManifest(hashed.header, hashed.index)
        offer = Offer(hashed.size, manifest, file, blocks.__getitem__, None, lambda: None)
        checker = PieceChecker()
        peers, me, port = peers_with(offer, checker, Ed25519PrivateKey.from_private_bytes(d_seed))
        before, _ = used()
        pipe.send((me, port))
        await asyncio.to_thread(pipe.recv)
        cpu_s, rss_mib = used()
        pipe.send((cpu_s - before, rss_mib))
        await peers.stop()
        checker.close()

    asyncio.run(serve())


class Leech:
    """Asks for all pieces in order, a window at a time."""

    def __init__(self, part: PartFile, size: int) -> None:
        self.part, self.size = part, size
        self.done = asyncio.Event()
        self.blocks: dict[int, bytes] = {}
        self._next, self._had = 0, 0

    def opened(self, link: PeerLink, ch: int, message: m.Opened) -> None:
        for block in range(-(-pieces_in(self.size) // BLOCK_PIECES)):
            link.send(m.GetBlock(ch, block))

    def block(self, link: PeerLink, ch: int, block: int, hashes: bytes) -> None:
        self.blocks[block] = hashes
        if len(self.blocks) == -(-pieces_in(self.size) // BLOCK_PIECES):
            self._ask(link, ch, WINDOW_PIECES)

    def outcomes(self, link: PeerLink, outcomes: list[PieceOutcome]) -> None:
        assert all(outcome.reason is None for outcome in outcomes), outcomes
        self._had += len(outcomes)
        if self._had == pieces_in(self.size):
            self.done.set()
        else:
            self._ask(link, outcomes[0].ch, len(outcomes))

    def _ask(self, link: PeerLink, ch: int, count: int) -> None:
        pieces = list(range(self._next, min(self._next + count, pieces_in(self.size))))
        self._next += len(pieces)
        for piece in pieces:
            expected = piece_hash(self.blocks[piece // BLOCK_PIECES], piece % BLOCK_PIECES)
            link.expect(ch, piece, PieceSink(self.part, piece, piece_length(self.size, piece), expected))
        if pieces:
            link.send(m.Request(ch, pieces))

    def refused(self, link: PeerLink, ch: int, code: str) -> None:
        raise AssertionError(code)

    def have(self, link: PeerLink, ch: int, pieces: list[int]) -> None: ...
    def granted(self, link: PeerLink, ch: int, pieces: list[int]) -> None: ...
    def rejected(self, link: PeerLink, ch: int, piece: int, code: str) -> None:
        raise AssertionError(code)

    def closed(self, link: PeerLink, ch: int) -> None:
        assert self.done.is_set(), "the link was lost"


async def fetch(part: PartFile, d_seed: bytes, seeder: DeviceId, port: int, *, seals: bool) -> None:
    checker = PieceChecker()
    peers, _, _ = peers_with(None, checker, Ed25519PrivateKey.from_private_bytes(d_seed), seals=seals)
    leech = Leech(part, part.size)

    def ask(link: PeerLink) -> None:
        link.open_channels([(GID, EID)], leech)

    peers.on_link = ask
    peers.want(seeder, [("127.0.0.1", port)])
    await leech.done.wait()
    await peers.stop()
    checker.close()


def main(arguments: list[str]) -> None:
    seals = "--tls" not in arguments
    size = int(next((one for one in arguments if one != "--tls"), "1024")) << 20
    d_seed = os.urandom(32)
    with tempfile.TemporaryDirectory() as name:
        folder, source = Path(name), Path(name, "source.bin")
        with source.open("wb") as file:
            for _ in range(size >> 20):
                file.write(os.urandom(1 << 20))
        spawn = get_context("spawn")
        here, there = spawn.Pipe()
        process = spawn.Process(target=seed, args=(source, d_seed, there))
        process.start()
        seeder, port = here.recv()
        part = PartFile.create(parts_of(HeldFolder.open(folder)), "part", size)
        for piece in range(pieces_in(size)):
            part.write(piece, bytes(piece_length(size, piece)))
        cpu_before, _ = used()
        began = time.monotonic()
        asyncio.run(fetch(part, d_seed, seeder, port, seals=seals))
        took = time.monotonic() - began
        cpu_s, rss_mib = used()
        here.send("done")
        seeder_cpu_s, seeder_rss_mib = here.recv()
        process.join()
        part.discard()
    gib = size / (1 << 30)
    sys.stdout.write(
        f"{size / took / 1e6:.0f} MB/s; leecher {(cpu_s - cpu_before) / gib:.2f} CPU s/GiB, {rss_mib} MiB;"
        f" seeder {seeder_cpu_s / gib:.2f} CPU s/GiB, {seeder_rss_mib} MiB\n"
    )
