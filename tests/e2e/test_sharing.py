"""S36 to S44 and S56 of the source system's promises: sharing files and folders.

SHOAL_TEST_SPARSE_MIB sets the size of the largest file: a little over a block of hashes unless told,
20480 for the whole proof.
"""

import hashlib
import json
import os
import shlex
import shutil
import unicodedata
from pathlib import Path

import pytest

from tests.e2e.conftest import StartShoal
from tests.support.same import same
from tests.support.shoal_process import RefusedAnswer, ShoalProcess, founded

pytestmark = pytest.mark.slow
PIECE = 524_288
SPARSE_MIB = int(os.environ.get("SHOAL_TEST_SPARSE_MIB", "2052"))
CORPUS = Path(__file__).parents[1] / "corpus" / "nasty_names.txt"


def _can_be_a_file(name: str) -> bool:
    """Whether a file system here can hold a file of that name."""
    try:
        raw = os.fsencode(name)
    except UnicodeEncodeError:
        return False
    return 0 < len(raw) <= 255 and name not in (".", "..") and not {"/", "\0"} & {*name}


def fetched(shoal: ShoalProcess, group: str, name: str, into: Path) -> Path:
    """Where the download lies once it is complete."""
    into.mkdir(exist_ok=True, parents=True)
    started = shoal.do("download_file", group, name, str(into))
    shoal.completes(started["id"])
    return into / name.rpartition("/")[2]


def test_s36_the_path_comes_first_and_the_other_way_round_is_recognised(
    mira: ShoalProcess, group: str, payload: Path
) -> None:
    with pytest.raises(RefusedAnswer) as refused:
        mira.do("upload_file", group, str(payload))
    assert refused.value.code == "usage"
    assert shlex.join(("upload_file", str(payload), group)) in refused.value.message
    result = mira.do("upload_file", str(payload), group)
    assert [file["name"] for file in result["files"]] == [payload.name]
    relative = os.path.relpath(payload, Path(__file__).parents[2])
    assert mira.do("upload_file", relative, group)["files"][0]["already"] is True


def test_s37_what_cannot_be_shared_is_said_apart(
    mira: ShoalProcess, ada: ShoalProcess, group: str, payload: Path
) -> None:
    assert mira.refused("upload_file", str(payload), group + " nowhere") == "not_found"
    assert ada.refused("upload_file", str(payload), group) == "not_a_member"
    assert mira.refused("upload_file", str(payload) + ".none", group) == "bad_path"
    (empty := payload.with_name("empty folder")).mkdir()
    assert mira.refused("upload_file", str(empty), group) == "bad_path"
    os.mkfifo(fifo := payload.with_name("fifo"))
    assert mira.refused("upload_file", str(fifo), group) == "bad_path"


@pytest.mark.parametrize("size", [0, 1, PIECE, PIECE + 1, 3 * PIECE])
def test_s38_any_size_arrives_as_it_was(
    mira: ShoalProcess, joao: ShoalProcess, group: str, tmp_path: Path, size: int
) -> None:
    source = tmp_path / f"{size}.bin"
    source.write_bytes(os.urandom(size))
    mira.do("upload_file", str(source), group)
    listed = joao.eventually("list_files", group, until=lambda result: result["files"])["files"][0]
    assert (listed["name"], listed["size"]) == (source.name, size)
    assert listed["sha1"] == hashlib.sha1(source.read_bytes()).hexdigest()
    assert fetched(joao, group, source.name, tmp_path / "got").read_bytes() == source.read_bytes()


def test_s40_equal_names_and_equal_contents_do_not_mix(
    mira: ShoalProcess, joao: ShoalProcess, ada: ShoalProcess, group: str, tmp_path: Path
) -> None:
    ada.do("join_group", group)
    mira.do("accept_request", group, "ada")
    ada.event("accepted", group=group)
    contents = {}
    for shoal, who in ((mira, "mira"), (joao, "joao")):
        source = tmp_path / who / "notes.txt"
        source.parent.mkdir()
        source.write_bytes(os.urandom(1000))
        contents[who] = source.read_bytes()
        shoal.do("upload_file", str(source), group)
    twin = tmp_path / "twin.txt"
    twin.write_bytes(contents["mira"])
    mira.do("upload_file", str(twin), group)
    names = [
        file["name"]
        for file in ada.eventually("list_files", group, until=lambda r: len(r["files"]) == 3)["files"]
    ]
    assert "notes.txt" in names
    assert "twin.txt" in names
    (other,) = {*names} - {"notes.txt", "twin.txt"}
    assert fetched(ada, group, "notes.txt", tmp_path / "1").read_bytes() == contents["mira"]
    assert fetched(ada, group, other, tmp_path / "2").read_bytes() == contents["joao"]
    assert fetched(ada, group, "twin.txt", tmp_path / "3").read_bytes() == contents["mira"]


def test_an_unchanged_file_is_not_read_again_and_a_changed_one_is(
    mira: ShoalProcess, group: str, tmp_path: Path
) -> None:
    source = tmp_path / "large.bin"
    source.write_bytes(os.urandom(16 * PIECE))

    def share() -> tuple[str, bool]:
        """Its root, and whether all of it was read."""
        counts = Path("/proc", str(mira.process.pid), "io")
        before = int(counts.read_text().split()[1])
        (shared,) = mira.do("upload_file", str(source), group)["files"]
        return shared["root"], int(counts.read_text().split()[1]) - before >= 16 * PIECE

    first, was_read = share()
    assert was_read
    assert share() == (first, False)
    times = source.stat()
    with source.open("r+b") as file:
        file.write(b"another start")
    os.utime(source, ns=(times.st_atime_ns, times.st_mtime_ns))  # only the ctime still tells
    second, was_read = share()
    assert was_read
    assert second != first


def test_s40_a_new_version_by_the_same_person_takes_the_name(
    mira: ShoalProcess, joao: ShoalProcess, group: str, tmp_path: Path
) -> None:
    source = tmp_path / "draft.txt"
    for text in (b"first", b"second!"):
        source.write_bytes(text)
        mira.do("upload_file", str(source), group)
    joao.eventually("list_files", group, until=lambda r: [file["size"] for file in r["files"]] == [7])
    assert fetched(joao, group, "draft.txt", tmp_path / "got").read_bytes() == b"second!"


def test_s41_the_same_content_by_a_second_member_is_one_entry_with_two_sources(
    mira: ShoalProcess, joao: ShoalProcess, group: str, payload: Path
) -> None:
    mira.do("upload_file", str(payload), group)
    assert mira.do("upload_file", str(payload), group)["files"][0]["already"] is True
    joao.do("upload_file", str(payload), group)
    files = mira.eventually(
        "list_files", group, until=lambda r: r["files"] and r["files"][0]["sharers"] == 2
    )["files"]
    assert len(files) == 1
    assert files[0]["online"] == 2


def test_s42_only_members_see_the_files(
    mira: ShoalProcess, ada: ShoalProcess, group: str, payload: Path
) -> None:
    mira.do("upload_file", str(payload), group)
    assert mira.names(group) == [payload.name]
    assert ada.refused("list_files", group) == "not_a_member"
    assert ada.refused("list_members", group) == "not_a_member"
    assert mira.refused("list_files", group + " nowhere") == "not_found"


def test_s43_stopping_ends_one_share_in_one_group(
    mira: ShoalProcess, joao: ShoalProcess, group: str, payload: Path
) -> None:
    second = group + " too"
    mira.do("create_group", second)
    for where in (group, second):
        mira.do("upload_file", str(payload), where)
    joao.do("upload_file", str(payload), group)
    assert mira.refused("stop_share", group, "nothing.bin") in ("not_found", "not_shared")
    mira.do("stop_share", group, payload.name)
    joao.eventually("list_files", group, until=lambda r: r["files"] and r["files"][0]["sharers"] == 1)
    assert mira.refused("stop_share", group, payload.name) == "not_shared"
    joao.do("stop_share", group, payload.name)
    mira.eventually("list_files", group, until=lambda r: not r["files"])
    assert mira.names(second) == [payload.name]


def test_what_becomes_of_a_file_is_told_and_taken_back_at_the_prompt_as_in_the_window(
    mira: ShoalProcess, joao: ShoalProcess, group: str, tmp_path: Path
) -> None:
    source = tmp_path / "here" / "draft of a play.txt"
    source.parent.mkdir()
    source.write_bytes(os.urandom(5))
    mira.do("upload_file", str(source), group)
    joao.eventually("list_files", group, until=lambda result: result["files"])
    fetched(joao, group, source.name, tmp_path / "got")
    (part,) = joao.do("show_files", str(joao.do("show_downloads")["downloads"][-1]["id"]))["files"]
    assert (part["name"], part["done"], part["state"]) == (source.name, 5, "C")
    source.write_bytes(os.urandom(7))
    mira.do("upload_file", str(source), group)
    (older,) = mira.eventually("older_versions", group, source.name, until=lambda r: r["files"])["files"]
    assert (older["name"].startswith("draft of a play ("), older["size"], older["sharers"]) == (True, 5, 1)
    for where in ([], [group]):
        found = mira.do("find_files", "PLAY draft", *where)
        assert [(one["group"], one["name"], one["older"]) for one in found["files"]] == [
            (group, source.name, 1)
        ]
    assert mira.refused("older_versions", group, "nothing") == "not_found"

    def shares() -> list[str]:
        return [one["name"] for one in mira.do("show_shares")["shares"] if one["group"] == group]

    people = mira.do("who_has", group, source.name)["people"]
    assert [(one["user"], one["done"], one["size"]) for one in people] == [("mira", 7, 7), ("joao", 0, 7)]
    assert shares() == [source.name]

    def joao_sees(size: int) -> None:
        asked = ("find_files", source.name, group)
        joao.eventually(*asked, until=lambda result: result["files"][0]["size"] == size)

    mira.do("stop_share", group, source.name)
    assert shares() == []
    joao_sees(5)
    mira.do("share_again")
    assert shares() == [source.name]
    joao_sees(7)
    assert mira.refused("share_again") == "not_found"
    (away := tmp_path / ".where nobody looks").mkdir()
    source.rename(away / source.name)
    started = joao.do("download_file", group, source.name, str(tmp_path / "got" / "second"))
    mira.event("share_withdrawn", group=group, name=source.name, reason="missing")
    assert mira.refused("relink", group, source.name, str(source.parent)) == "bad_path"
    mira.do("relink", group, source.name, str(away))
    joao.completes(started["id"])
    assert mira.refused("relink", group, "nothing", str(away)) == "not_found"
    mira.eventually(
        "who_has", group, source.name, until=lambda result: all(one["done"] == 7 for one in result["people"])
    )


def test_a_folder_keeps_its_relative_paths_and_tells_what_it_skipped(
    mira: ShoalProcess, joao: ShoalProcess, group: str, tmp_path: Path
) -> None:
    top = tmp_path / "Photos"
    files = {
        "a.jpg": os.urandom(100),
        "2026/emoji 😀 'quoted' \"double\".png": b"",
        "2026/ملف عربي.txt": os.urandom(PIECE + 5),
        "2026/.gitignore": b"*\n",
    }
    for name, content in files.items():
        (top / name).parent.mkdir(parents=True, exist_ok=True)
        (top / name).write_bytes(content)
    (top / "link").symlink_to("/etc/passwd")
    os.mkfifo(top / "fifo")
    result = mira.do("upload_file", str(top), group)
    assert {file["name"] for file in result["files"]} == {f"Photos/{name}" for name in files}
    assert {Path(skipped["path"]).name for skipped in result["skipped"]} == {"link", "fifo"}
    joao.eventually("list_files", group, until=lambda r: len(r["files"]) == len(files))
    (tmp_path / "got").mkdir()
    started = joao.do("download_file", group, "Photos", str(tmp_path / "got"))
    joao.completes(started["id"])
    got = tmp_path / "got" / "Photos"
    assert (got / "a.jpg").read_bytes() == files["a.jpg"]
    assert (got / "2026/ملف عربي.txt").read_bytes() == files["2026/ملف عربي.txt"]
    assert (got / "2026/.gitignore").read_bytes() == b"*\n"
    assert (got / "2026/emoji 😀 'quoted' _double_.png").read_bytes() == b""
    assert sum(1 for path in got.rglob("*") if path.is_file()) == len(files)
    shown = joao.do("show_downloads")["downloads"][-1]
    assert (shown["name"], shown["files"], shown["files_done"], shown["state"]) == ("Photos/", 4, 4, "C")


def test_s56_no_name_leaves_the_destination_folder(
    mira: ShoalProcess, joao: ShoalProcess, group: str, tmp_path: Path
) -> None:
    names = [json.loads(line) for line in CORPUS.read_text("utf-8").splitlines() if line]
    top, contents = tmp_path / "nasty", set()
    top.mkdir()
    for number, name in enumerate(names):
        if not _can_be_a_file(name):
            continue
        (top / name).write_text(str(number))
        contents.add(str(number))
    legitimate = names[-25:]
    result = mira.do("upload_file", str(top), group)
    assert len(result["files"]) + len(result.get("skipped", ())) == len(contents)
    joao.eventually("list_files", group, until=lambda r: len(r["files"]) == len(result["files"]))
    (into := tmp_path / "into").mkdir()
    started = joao.do("download_file", group, "nasty", str(into))
    joao.completes(started["id"])
    assert {path.name for path in into.iterdir()} <= {"nasty", ".shoal-part"}
    got = {path.name: path.read_text() for path in (into / "nasty").iterdir()}
    assert len(got) == len(result["files"])
    assert set(got.values()) <= contents
    assert {unicodedata.normalize("NFC", name) for name in legitimate} <= got.keys()


def test_s39_a_file_of_many_blocks_of_hashes_arrives(
    mira: ShoalProcess, joao: ShoalProcess, group: str, tmp_path: Path
) -> None:
    source = tmp_path / "sparse.img"
    with source.open("wb") as file:
        file.truncate(SPARSE_MIB << 20)
        for at in (0, (SPARSE_MIB << 20) - 7):
            file.seek(at)
            file.write(os.urandom(7))
    mira.do("upload_file", str(source), group, seconds_max=300)
    joao.eventually("list_files", group, until=lambda r: r["files"])
    target = tmp_path / "got.img"
    started = joao.do("download_file", group, source.name, str(target))
    joao.completes(started["id"])
    assert same(source, target)


def test_a_source_that_changed_is_withdrawn_and_never_served_wrong(
    start_shoal: StartShoal, mira: ShoalProcess, name: str, payload: Path, tmp_path: Path
) -> None:
    shoal = start_shoal(name)
    founded(shoal, name, (mira, "mira"))
    kept = tmp_path / "kept.bin"
    shutil.copy(payload, kept)
    shoal.do("upload_file", str(payload), name)
    mira.eventually("list_files", name, until=lambda r: r["files"])
    payload.write_bytes(payload.read_bytes()[: PIECE + 3])
    mira.do("download_file", name, payload.name, str(tmp_path / "got.bin"))
    assert shoal.event("share_withdrawn")["reason"] == "changed"
    mira.eventually("list_files", name, until=lambda r: not r["files"])
    assert not (tmp_path / "got.bin").exists()
