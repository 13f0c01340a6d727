"""S45 to S61 of the source system's promises: downloading, and peers among themselves."""

import os
import random
import re
import time
from pathlib import Path

import pytest

from shared.manifest import pieces_in
from tests.e2e.conftest import StartShoal
from tests.support.shoal_process import FREE_S_MAX, ShoalProcess, founded

pytestmark = pytest.mark.slow
PIECE = 524_288


def shared(owner: ShoalProcess, group: str, path: Path, *readers: ShoalProcess) -> None:
    owner.do("upload_file", str(path), group)
    for reader in readers:
        reader.eventually(
            "list_files", group, until=lambda r: path.name in [file["name"] for file in r["files"]]
        )


def state(shoal: ShoalProcess, id_: int) -> dict[str, object]:
    (found,) = [view for view in shoal.do("show_downloads")["downloads"] if view["id"] == id_]
    assert isinstance(found, dict)
    return found


@pytest.fixture
def big(tmp_path: Path) -> Path:
    path = tmp_path / f"big {random.randrange(10**9)}.bin"
    with path.open("wb") as file:
        for _ in range(64):
            file.write(os.urandom(1 << 20))
    return path


def test_s45_what_cannot_start_is_said_before_anything_is_made(
    mira: ShoalProcess, joao: ShoalProcess, ada: ShoalProcess, group: str, payload: Path, tmp_path: Path
) -> None:
    shared(mira, group, payload, joao)
    there = tmp_path / "there.bin"
    there.write_bytes(b"mine")
    assert joao.refused("download_file", group, "nothing.bin", str(tmp_path)) == "not_found"
    assert ada.refused("download_file", group, payload.name, str(tmp_path)) == "not_a_member"
    assert (
        joao.refused("download_file", group, payload.name, str(tmp_path / "no" / "such" / "x")) == "bad_path"
    )
    assert joao.refused("download_file", group, payload.name, str(there)) == "exists"
    assert there.read_bytes() == b"mine"
    assert not list(tmp_path.glob(".shoal-part/*"))
    started = joao.do("download_file", group, payload.name, str(tmp_path / "renamed.bin"))
    assert started["online"] == 1
    joao.completes(started["id"])
    assert (tmp_path / "renamed.bin").read_bytes() == payload.read_bytes()


def test_who_brings_a_file_and_what_goes_over_each_link_is_shown(
    mira: ShoalProcess, joao: ShoalProcess, group: str, payload: Path
) -> None:
    shared(mira, group, payload, joao)
    size = payload.stat().st_size
    started = joao.do("download_file", group, payload.name, f"{joao.downloads}/")
    joao.completes(started["id"])
    (shown,) = [view for view in joao.do("show_downloads", "-v")["downloads"] if view["id"] == started["id"]]
    assert [(one["user"], one["given"]) for one in shown["peers"]] == [("mira", size)]
    assert (shown["refetched"], shown["wasted"]) == (0, 0)
    (film,) = shown["pieces"]
    assert (film["runs"], film["asked"]) == ([[pieces_in(size), "mira"]], [])
    assert "peers" not in state(joao, started["id"])
    status = joao.do("status", "-v")
    (link,) = [one for one in status["links"] if one["user"] == "mira"]
    assert link["device"] == shown["peers"][0]["device"]
    assert link["received"] >= size
    assert link["sealed"]
    assert (status["rejected"], status["banned"]) == (0, 0)
    assert "links" not in joao.do("status")
    (back,) = [one for one in mira.do("status", "-v")["links"] if one["user"] == "joao"]
    assert back["sent"] >= size
    assert back["dialled"] != link["dialled"]


def test_s45_with_nobody_online_it_waits_and_says_so(
    start_shoal: StartShoal, mira: ShoalProcess, name: str, payload: Path
) -> None:
    shoal = start_shoal(name)
    founded(shoal, name, (mira, "mira"))
    shared(shoal, name, payload, mira)
    shoal.kill()
    mira.eventually("list_files", name, until=lambda r: r["files"][0]["online"] == 0)
    started = mira.do("download_file", name, payload.name, str(mira.downloads))
    assert started["online"] == 0
    assert state(mira, started["id"])["state"] == "D"
    shoal.start()
    shoal.do("login", name, "long enough")
    mira.completes(started["id"])


def test_s46_s51_s52_several_sources_give_a_share_each_and_the_downloader_is_one_at_once(
    start_shoal: StartShoal, mira: ShoalProcess, name: str, big: Path, tmp_path: Path
) -> None:
    sources = [start_shoal(f"{name} {number}") for number in range(3)]
    founded(
        sources[0], name, *((shoal, f"{name} {n}") for n, shoal in enumerate(sources) if n), (mira, "mira")
    )
    for shoal in sources:
        shoal.do("upload_file", str(big), name)
    mira.eventually("list_files", name, until=lambda r: r["files"] and r["files"][0]["online"] == 3)
    before = [shoal.do("status")["sent"] for shoal in sources]
    started = mira.do("download_file", name, big.name, str(tmp_path / "got.bin"))
    mira.completes(started["id"])
    assert (tmp_path / "got.bin").read_bytes() == big.read_bytes()
    sent = [shoal.do("status")["sent"] - was for shoal, was in zip(sources, before, strict=True)]
    assert all(each > big.stat().st_size * 0.1 for each in sent), sent
    mira.eventually(
        "list_files", name, until=lambda r: r["files"][0]["sharers"] == 4 and r["files"][0]["mine"]
    )


def test_s49_losing_sources_midway_does_not_stop_it(
    start_shoal: StartShoal, mira: ShoalProcess, name: str, big: Path, tmp_path: Path
) -> None:
    sources = [start_shoal(f"{name} {number}") for number in range(2)]
    founded(sources[0], name, (sources[1], f"{name} 1"), (mira, "mira"))
    for shoal in sources:
        shoal.do("upload_file", str(big), name)
    mira.eventually("list_files", name, until=lambda r: r["files"] and r["files"][0]["online"] == 2)
    started = mira.do("download_file", name, big.name, str(tmp_path / "got.bin"))
    sources[0].kill()
    mira.completes(started["id"])
    assert (tmp_path / "got.bin").read_bytes() == big.read_bytes()


def test_s50_s54_several_downloads_run_while_the_prompt_stays_free(
    mira: ShoalProcess, joao: ShoalProcess, group: str, big: Path, payload: Path, tmp_path: Path
) -> None:
    shared(mira, group, big, joao)
    shared(mira, group, payload, joao)
    before = len(joao.do("show_downloads")["downloads"])
    ids = [
        joao.do("download_file", group, path.name, str(tmp_path / f"got {path.name}"))["id"]
        for path in (big, payload)
    ]
    begin = time.monotonic()
    joao.do("status")
    assert time.monotonic() - begin < FREE_S_MAX
    for id_ in ids:
        joao.completes(id_)
    shown = joao.do("show_downloads")["downloads"][before:]
    assert [(view["id"], view["group"], view["name"], view["state"]) for view in shown] == [
        (ids[0], group, big.name, "C"),
        (ids[1], group, payload.name, "C"),
    ]
    for path in (big, payload):
        assert (tmp_path / f"got {path.name}").read_bytes() == path.read_bytes()


def test_s53_leaving_the_group_stops_its_downloads(
    start_shoal: StartShoal, mira: ShoalProcess, name: str, payload: Path
) -> None:
    shoal = start_shoal(name)
    founded(shoal, name, (mira, "mira"))
    shared(shoal, name, payload, mira)
    shoal.kill()
    started = mira.do("download_file", name, payload.name, str(mira.downloads))
    mira.do("leave_group", name)
    mira.event("download", id=started["id"], state="F")
    failed = state(mira, started["id"])
    assert failed["state"] == "F"
    assert failed["error"]["code"] == "not_a_member"  # type: ignore[index]


def test_s55_a_paused_download_goes_on_where_it_was_and_a_cancelled_one_leaves_nothing(
    start_shoal: StartShoal, mira: ShoalProcess, name: str, payload: Path, tmp_path: Path
) -> None:
    shoal = start_shoal(name)
    founded(shoal, name, (mira, "mira"))
    shared(shoal, name, payload, mira)
    shoal.kill()
    into = tmp_path / "into"
    into.mkdir()
    ids = [mira.do("download_file", name, payload.name, str(into / f"{n}.bin"))["id"] for n in range(2)]
    mira.do("pause", str(ids[0]))
    assert [state(mira, id_)["state"] for id_ in ids] == ["P", "D"]
    mira.do("pause", "all")
    assert [state(mira, id_)["state"] for id_ in ids] == ["P", "P"]
    mira.do("order", str(ids[0]), "first")
    assert state(mira, ids[0])["order"] == "first"
    mira.do("cancel", str(ids[1]))
    assert ids[1] not in [view["id"] for view in mira.do("show_downloads")["downloads"]]
    shoal.start()
    shoal.do("login", name, "long enough")
    mira.do("resume", "all")
    mira.completes(ids[0])
    mira.do("verify", str(ids[0]))
    assert sorted(path.name for path in into.iterdir() if path.name != ".shoal-part") == ["0.bin"]
    assert not list(into.glob(".shoal-part/*"))


def test_s55_after_kill_9_it_resumes_and_fetches_at_most_16_verified_pieces_again(
    start_shoal: StartShoal, mira: ShoalProcess, name: str, big: Path, tmp_path: Path
) -> None:
    shoal = start_shoal(name)
    founded(mira, name, (shoal, name))
    shared(mira, name, big, shoal)
    id_ = shoal.do("download_file", name, big.name, str(tmp_path / "got.bin"))["id"]
    had = 0
    for _ in range(5):
        shoal.eventually(
            "show_downloads",
            until=lambda r, had=had: r["downloads"][0]["done"] > had or r["downloads"][0]["state"] == "C",
        )
        had = shoal.do("show_downloads")["downloads"][0]["done"]
        if had == big.stat().st_size:
            break
        shoal.kill()
        shoal.start()
        shoal.do("login", name, "long enough")
        kept = shoal.do("show_downloads")["downloads"][0]["done"]
        assert kept >= had - 16 * PIECE
    shoal.completes(id_)
    assert (tmp_path / "got.bin").read_bytes() == big.read_bytes()


def test_s57_one_download_that_cannot_be_written_does_not_hold_the_others(
    mira: ShoalProcess, joao: ShoalProcess, group: str, big: Path, payload: Path, tmp_path: Path
) -> None:
    shared(mira, group, big, joao)
    shared(mira, group, payload, joao)
    gone = tmp_path / "gone"
    gone.mkdir()
    first = joao.do("download_file", group, big.name, str(gone))["id"]
    for path in (*gone.glob(".shoal-part/*"), *gone.glob("*.bin")):
        path.unlink()
    second = joao.do("download_file", group, payload.name, str(tmp_path / "other.bin"))["id"]
    joao.completes(second)
    joao.do("cancel", str(first))


def test_s7_s58_no_content_passes_the_tracker(
    mira: ShoalProcess, joao: ShoalProcess, group: str, big: Path, tmp_path: Path, network: object
) -> None:
    marker = big.read_bytes()[:64]
    shared(mira, group, big, joao)
    joao.completes(joao.do("download_file", group, big.name, str(tmp_path / "got.bin"))["id"])
    data = Path(network.data)  # type: ignore[attr-defined]
    assert not [path for path in data.rglob("*") if path.is_file() and marker in path.read_bytes()]


def test_s64_help_names_every_command_in_the_source_systems_order(mira: ShoalProcess) -> None:
    usage = mira.do("help")["help"]
    for line in (
        "create_user <user> <password>",
        "login <user> <password>",
        "create_group <group>",
        "join_group <group>",
        "leave_group <group>",
        "list_requests <group>",
        "accept_request <group> <user>",
        "list_groups",
        "list_files <group>",
        "upload_file <path> <group>",
        "download_file <group> <name> <destination>",
        "logout",
        "show_downloads",
        "stop_share <group> <name>",
    ):
        assert [text for text in usage if re.match(re.escape(line) + r"( |$)", text)], line


def test_s55_a_folder_of_thousands_of_files_survives_kill_9_as_it_was_paused_or_not(
    start_shoal: StartShoal, mira: ShoalProcess, name: str, tmp_path: Path
) -> None:
    folder, into = tmp_path / f"many of {name}", tmp_path / "into"
    into.mkdir()
    files = {f"{n // 300}/{n}": f"{n} of {name}".encode() * (1 if n < 300 else 200) for n in range(1200)}
    for n in range(4):
        (folder / str(n)).mkdir(parents=True)
    for place, data in files.items():
        (folder / place).write_bytes(data)
    shoal = start_shoal(name)
    founded(mira, name, (shoal, name))
    mira.do("upload_file", str(folder), name)
    shoal.eventually("list_files", name, until=lambda r: len(r["files"]) == len(files))
    shoal.do("limit", "down", "100")  # the first ones come at once, all only in half a minute
    id_ = shoal.do("download_file", name, folder.name, str(into))["id"]
    shoal.eventually("show_downloads", until=lambda r: r["downloads"][0]["files_done"] > 0)
    shoal.do("pause", str(id_))
    shoal.do("priority", str(id_), "high")
    paused = state(shoal, id_)
    assert (paused["state"], paused["priority"]) == ("P", "high")
    for goes_on in (False, True):
        if goes_on:
            shoal.do("resume", str(id_))
        shoal.kill()
        shoal.start()
        shoal.do("login", name, "long enough")
        again = state(shoal, id_)
        assert (again["state"], again["priority"]) == ("D" if goes_on else "P", "high")
        assert int(str(again["files_done"])) >= int(str(paused["files_done"]))
    shoal.do("limit", "down", "off")
    shoal.completes(id_)
    assert {place: (into / folder.name / place).read_bytes() for place in files} == files
    assert not list(into.glob(".shoal-part/*"))
