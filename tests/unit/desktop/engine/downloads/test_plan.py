import json
import os
from pathlib import Path

import pytest

from desktop.engine.downloads.plan import Wanted, plan, wanted
from desktop.engine.files.source_file import PART_FOLDER
from shared.errors import BadPath, Exists, NoSpace, NotFound
from shared.facts.derive import VisibleEntry
from shared.facts.ids import EntryId, UserId
from shared.facts.rows import Entry

CORPUS = Path(__file__).parents[4] / "corpus" / "nasty_names.txt"


def entry(name: str, size: int = 1, real: str = "") -> VisibleEntry:
    body = Entry(real or name, size, b"r" * 32, 1, b"s" * 20, UserId(b"u" * 16), 0)
    return VisibleEntry(EntryId(name.encode(errors="replace").ljust(16)[:16]), name, body, ())


@pytest.fixture
def keep_out(tmp_path: Path) -> Path:
    (tmp_path / "profile" / "networks").mkdir(parents=True)
    return tmp_path / "profile"


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    (tmp_path / "here").mkdir()
    return tmp_path / "here"


def planned(names: list[str], what: str, destination: str, keep_out: Path) -> tuple[Path, str, list[str]]:
    made = plan(wanted([entry(name) for name in names], what), destination, keep_out)
    return made.folder, made.target, [file.target for file in made.files]


def test_a_file_goes_into_a_folder_under_its_last_name(folder: Path, keep_out: Path) -> None:
    assert planned(["a/b/c.txt"], "a/b/c.txt", str(folder), keep_out) == (folder, "c.txt", ["c.txt"])


def test_a_file_may_be_given_another_name(folder: Path, keep_out: Path) -> None:
    assert planned(["a/c.txt"], "a/c.txt", f"{folder}/d", keep_out) == (folder, "d", ["d"])


def test_a_folder_goes_in_with_all_below_it(folder: Path, keep_out: Path) -> None:
    names = ["a/b/c.txt", "a/b/d/.gitignore", "a/bc", "a/x"]
    assert planned(names, "a/b", f"{folder}/", keep_out) == (folder, "b/", ["b/c.txt", "b/d/.gitignore"])


def test_a_name_that_is_file_and_folder_means_the_file_unless_it_ends_in_a_slash() -> None:
    listing = [entry("a"), entry("a/b")]
    assert wanted(listing, "a").entries == [listing[0]]
    assert wanted(listing, "a/").entries == [listing[1]]


@pytest.mark.parametrize("name", ["nothing", "", "/", "a/b/c.txt/", "a/b/"])
def test_what_is_not_there_is_not_found(name: str) -> None:
    with pytest.raises(NotFound):
        wanted([entry("a/b")], name)


def test_an_existing_target_is_left_alone(folder: Path, keep_out: Path) -> None:
    (folder / "a").write_text("mine")
    (folder / "link").symlink_to("nowhere")
    (folder / "file").write_text("mine")
    for what, names in (("a", ["a"]), ("link", ["link"]), ("file", ["file/b"])):
        with pytest.raises(Exists):
            planned(names, what, str(folder), keep_out)
    with pytest.raises(Exists):
        planned(["b"], "b", f"{folder}/a", keep_out)


@pytest.mark.parametrize("destination", ["missing/", "missing/x", "a/", "a/x", "\0", "x" * 5000])
def test_a_destination_that_cannot_be_is_refused(folder: Path, keep_out: Path, destination: str) -> None:
    (folder / "a").write_text("mine")
    with pytest.raises(BadPath):
        planned(["b"], "b", f"{folder}/{destination}", keep_out)


def test_nothing_is_saved_in_the_profile_even_through_a_link(folder: Path, keep_out: Path) -> None:
    (folder / "link").symlink_to(keep_out)
    for destination in (keep_out, keep_out / "networks", keep_out / "new name", folder / "link"):
        with pytest.raises(BadPath):
            planned(["b"], "b", str(destination), keep_out)


def test_a_relative_destination_and_a_home_are_found(
    folder: Path, keep_out: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(folder)
    monkeypatch.setenv("HOME", str(folder))
    assert planned(["b"], "b", ".", keep_out)[0] == folder
    assert planned(["b"], "b", "~/", keep_out)[0] == folder


def test_no_space_is_said_before_anything_starts(folder: Path, keep_out: Path) -> None:
    with pytest.raises(NoSpace):
        plan(Wanted("a", [entry("a", 1 << 40), entry("b", 1 << 60)][1:]), str(folder), keep_out)


def test_what_may_be_there_already_needs_no_space(folder: Path, keep_out: Path) -> None:
    (folder / "f").mkdir()
    with (folder / "f" / "large").open("wb") as file:
        file.truncate(1 << 40)
    assert plan(Wanted("f/", [entry("f/large", 1 << 40)]), str(folder), keep_out).files


def test_names_that_some_file_system_takes_for_one_are_told_apart(folder: Path, keep_out: Path) -> None:
    names = ["f/README", "f/readme", "f/a", "f/a/b", "f/con", "f/_con"]
    _, _, targets = planned(names, "f", str(folder), keep_out)
    assert len({target.casefold() for target in targets}) == 6
    assert sorted(targets) == sorted(["f/README", "f/readme (1)", "f/a (1)", "f/a/b", "f/_con", "f/_con (1)"])


def test_no_name_leaves_the_folder(folder: Path, keep_out: Path) -> None:
    names = [json.loads(line) for line in CORPUS.read_text().splitlines()]
    listing = [entry(f"f/{name}") for name in dict.fromkeys(map(str.strip, names)) if name]
    made = plan(Wanted("f/", listing), str(folder), keep_out)
    for file in made.files:
        path = os.path.normpath(folder / file.target)
        assert path.startswith(f"{folder}/f/")
        assert PART_FOLDER not in path.split("/")
    assert len({file.target for file in made.files}) == len(made.files)
