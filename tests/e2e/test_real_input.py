"""What people really share: thousands of small files, one huge one, names of every kind; sources that die.

SHOAL_TEST_BIG_MIB sets the size of the huge file: 96 unless told, 3072 for the whole proof.
"""

import os
import random
import threading
import time
from pathlib import Path

import pytest

from tests.e2e.conftest import StartShoal
from tests.support.same import same
from tests.support.shoal_process import FREE_S_MAX, founded

pytestmark = pytest.mark.slow
BIG_MIB = int(os.environ.get("SHOAL_TEST_BIG_MIB", "96"))
SMALL_FILES = 2000
NAMES = (
    "with spaces in it.txt",
    'it\'s "quoted".txt',
    "emoji 😀👨‍👩‍👧.png",
    "ملف عربي.txt",
    "קובץ.doc",
    "日本語.txt",
    "#1 [x](y) a=b &c 50%.md",
)


def filled(path: Path, mib: int) -> Path:
    with path.open("wb") as file:
        for _ in range(mib):
            file.write(os.urandom(1 << 20))
    return path


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    lot = random.Random(7)
    top = tmp_path / "real input"
    contents = [os.urandom(lot.randrange(64 * 1024)) for _ in range(SMALL_FILES // 2)] + [b""] * 20
    for number in range(SMALL_FILES - len(NAMES)):
        path = top / f"{number % 40:02}" / f"file {number}.bin"
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(lot.choice(contents))
    for name in NAMES:
        (top / "names").mkdir(exist_ok=True)
        (top / "names" / name).write_bytes(lot.choice(contents))
    filled(top / "huge.bin", BIG_MIB)
    return top


def same_trees(left: Path, right: Path) -> bool:
    """Every file of `left` is in `right` under its saved name, byte for byte, and nothing more."""
    names = sorted(str(path.relative_to(left)) for path in left.rglob("*") if path.is_file())
    saved = [name.replace('"', "_") for name in names]
    found = sorted(str(path.relative_to(right)) for path in right.rglob("*") if path.is_file())
    return sorted(saved) == found and all(
        same(left / name, right / there) for name, there in zip(names, saved, strict=True)
    )


def test_s50_s60_a_real_folder_reaches_two_others_at_once_while_the_prompts_stay_free(
    start_shoal: StartShoal, name: str, folder: Path
) -> None:
    owner, *readers = (start_shoal(f"{name} {number}") for number in range(3))
    founded(owner, name, *((reader, f"{name} {n}") for n, reader in enumerate(readers, start=1)))
    files = SMALL_FILES + 1
    result = owner.do("upload_file", str(folder), name, seconds_max=300)
    assert len(result["files"]) == files
    assert not result.get("skipped")
    for reader in readers:
        reader.eventually("list_files", name, until=lambda r: len(r["files"]) == files)
        reader.do("download_file", name, folder.name, str(reader.downloads))
    slowest = 0.0
    while any(reader.do("show_downloads")["downloads"][0]["state"] == "D" for reader in readers):
        for shoal in (owner, *readers):
            begin = time.monotonic()
            shoal.do("status")
            slowest = max(slowest, time.monotonic() - begin)
        time.sleep(0.2)
    for reader in readers:
        view = reader.do("show_downloads")["downloads"][0]
        assert (view["state"], view["files_done"]) == ("C", files), view
        assert same_trees(folder, reader.downloads / folder.name)
    assert slowest < FREE_S_MAX, f"the slowest of the answers to `status` took {slowest:.3f} s"


def test_three_sources_all_serve_and_two_of_them_may_die(
    start_shoal: StartShoal, name: str, tmp_path: Path
) -> None:
    source = filled(tmp_path / "film.bin", 96)
    sources = [start_shoal(f"{name} {number}") for number in range(3)]
    taker = start_shoal(f"{name} taker")
    founded(
        sources[0],
        name,
        *((shoal, f"{name} {n}") for n, shoal in enumerate(sources) if n),
        (taker, f"{name} taker"),
    )
    uploads = [
        threading.Thread(target=shoal.do, args=("upload_file", str(source), name)) for shoal in sources
    ]
    for upload in uploads:
        upload.start()
    for upload in uploads:
        upload.join()
    taker.eventually("list_files", name, until=lambda r: r["files"] and r["files"][0]["online"] == 3)
    taker.do("limit", "down", "10000")  # so that it does not end before they die
    taker.do("download_file", name, source.name, str(tmp_path / "got.bin"))
    for shoal in sources:
        shoal.eventually("status", until=lambda status: status["sent"])
    sources[0].kill()
    sources[1].kill()
    assert taker.do("show_downloads")["downloads"][0]["state"] == "D"
    taker.do("limit", "down", "off")
    taker.completes(1)
    assert same(source, tmp_path / "got.bin")
