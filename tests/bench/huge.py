"""A file of 1 TiB, the largest there may be: seconds to share, list and begin to fetch it; memory of both.

    ./dev bench huge [GIB] [SECONDS]

Nobody hashes it: who shares it knows it already, by a manifest that is made here for a sparse file of zeros.
It is fetched for some SECONDS, into an ext4 of its own that is as large and as sparse: so this needs root.
"""

import subprocess
import sys
import time
from pathlib import Path

from desktop.engine import library_changes as lib
from desktop.engine.files.source_file import stamp_of
from desktop.engine.library import Library, ShareRecord, StoredManifest
from shared.facts.ids import EntryId, GroupId
from shared.limits import PIECE_BYTES
from shared.manifest import Manifest, ManifestBuilder, hash_piece, pieces_in
from tests.bench.stage import GROUP, Stage, Usage, numbers, scratch, stage
from tests.support.shoal_process import ShoalProcess

NAME = "huge.bin"
_MOUNTED = ("unshare", "-m", "sh", "-ec", 'mount -o loop "$0" "$1"; shift; exec "$@"')


def main(arguments: list[str]) -> None:
    gib, seconds = numbers(arguments, 1024, 10)
    with scratch() as top, stage(top) as here:
        source = here.folder / NAME
        with source.open("wb") as file:
            file.truncate(gib << 30)
        _let_know(here, source)
        disk = _disk(here.folder, gib)
        with here.member("taker", (*_MOUNTED, str(disk), str(disk.with_suffix("")))) as taker:
            _measure(here, taker, source, disk.with_suffix(""), seconds)


def _measure(here: Stage, taker: ShoalProcess, source: Path, folder: Path, seconds: int) -> None:
    told: dict[str, float] = {}
    began = time.monotonic()

    def took(what: str) -> None:
        nonlocal began
        told[what], began = time.monotonic() - began, time.monotonic()

    here.share(source)
    took("shared")
    taker.eventually("list_files", GROUP, until=lambda r: r["files"])
    took("listed")
    taker.do("download_file", GROUP, NAME, f"{folder}/")
    took("accepted")
    _goes_on(taker)
    took("first piece")
    pids = here.seeder.process.pid, taker.process.pid
    before = [Usage.of(pid) for pid in pids]
    began = time.monotonic()
    done = _done(taker)
    while time.monotonic() - began < seconds:
        time.sleep(1)
        taker.do("show_downloads", "-v")
    fetched, took_s = _done(taker) - done, time.monotonic() - began
    seeder, leecher = (Usage.of(pid) for pid in pids)
    costs = [
        (1 << 30) * (now.cpu_s - then.cpu_s) / fetched
        for now, then in zip((seeder, leecher), before, strict=True)
    ]
    began = time.monotonic()
    taker.do("pause", "1")
    taker.do("resume", "1")
    _goes_on(taker)
    took("paused and on again")
    taker.kill()
    taker.start()
    taker.do("login", "taker", "long enough")
    _goes_on(taker)
    took("killed and on again")
    sys.stdout.write(
        ", ".join(f"{what} {value:.2f} s" for what, value in told.items())
        + f"; {fetched / took_s / 1e6:.0f} MB/s; taker {costs[1]:.2f} CPU s/GiB,"
        f" {leecher.peak_mib} MiB peak; seeder {costs[0]:.2f} CPU s/GiB,"
        f" {seeder.peak_mib} MiB peak\n"
    )


def _goes_on(taker: ShoalProcess) -> None:
    done = _done(taker)
    taker.eventually("show_downloads", until=lambda r: r["downloads"][0]["done"] > done)


def _done(taker: ShoalProcess) -> int:
    return int(taker.do("show_downloads")["downloads"][0]["done"])


def _let_know(here: Stage, source: Path) -> None:
    """As if it had been hashed for a group that its owner left since."""
    here.seeder.stop()
    (path,) = here.seeder.home.rglob("library.sqlite")
    manifest = _manifest_of_zeros(source.stat().st_size)
    kept = StoredManifest(manifest.header, manifest.index)
    share = ShareRecord(GroupId(bytes(16)), EntryId(bytes(16)), NAME, manifest.root, source, stamp_of(source))
    library = Library(path)
    library.submit(lambda db: lib.keep_manifest(db, manifest.root, kept, enumerate(manifest.blocks))).result()
    library.submit(lambda db: lib.keep_shares(db, [share])).result()
    library.close()
    here.seeder.start()
    here.seeder.do("login", "seeder", "long enough")


def _manifest_of_zeros(size: int) -> Manifest:
    builder, piece = ManifestBuilder(), hash_piece(bytes(PIECE_BYTES))
    for _ in range(pieces_in(size)):
        builder.add(piece)
    return builder.finish(size, bytes(20))


def _disk(folder: Path, gib: int) -> Path:
    """An empty ext4 in a sparse file, and beside it where it is to be mounted."""
    image = folder / "disk.ext4"
    with image.open("wb") as file:
        file.truncate((gib + gib // 10 + 8) << 30)
    image.with_suffix("").mkdir()
    how = ["-E", "lazy_itable_init=1,lazy_journal_init=1,nodiscard", "-T", "largefile4", "-m", "0"]
    subprocess.run(["mkfs.ext4", "-q", "-F", *how, str(image)], check=True)
    return image
