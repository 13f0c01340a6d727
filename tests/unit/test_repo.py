"""What the repository promises of itself: a locked, hashed, host-free set-up by one script."""

import os
import re
import tomllib
from pathlib import Path

import pytest

from shared.tracker_info import parse

ROOT = Path(__file__).parents[2]
LOCKS = ["requirements.lock", "requirements-dev.lock"]


def pins(lock: str) -> set[str]:
    """The `name==version` of each requirement, with its marker left out."""
    return set(re.findall(r"^[a-z0-9-]+==[^ ]+", (ROOT / lock).read_text(), re.MULTILINE))


def names(requirements: set[str] | list[str]) -> set[str]:
    return {re.split(r"[<>=~ ]", requirement)[0].lower() for requirement in requirements}


@pytest.mark.parametrize("lock", LOCKS)
def test_a_lock_names_no_host_and_no_path(lock: str) -> None:
    assert "/" not in (ROOT / lock).read_text()


@pytest.mark.parametrize("lock", LOCKS)
def test_every_requirement_of_a_lock_has_a_hash(lock: str) -> None:
    requirements = re.split(r"\n(?=\S)", (ROOT / lock).read_text().strip())
    assert len(requirements) == len(pins(lock))
    assert all("--hash=sha256:" in requirement for requirement in requirements)


def test_what_pyproject_asks_for_is_locked() -> None:
    project = tomllib.loads((ROOT / "pyproject.toml").read_text())["project"]
    extras = [one for group in project["optional-dependencies"].values() for one in group]
    assert names(project["dependencies"]) <= names(pins("requirements.lock"))
    assert names(extras) <= names(pins("requirements-dev.lock"))


def test_tests_run_on_the_versions_that_users_get() -> None:
    assert pins("requirements.lock") <= pins("requirements-dev.lock")


@pytest.mark.parametrize(
    "script",
    [
        "dev",
        ".ci/run",
        *(f"packaging/{name}" for name in ("build", "smoke", "fresh-machine", "linux/install-service.sh")),
    ],
)
def test_the_scripts_are_executable(script: str) -> None:
    assert os.access(ROOT / script, os.X_OK)


def test_the_example_tracker_file_has_two_trackers_on_this_computer() -> None:
    lines = parse((ROOT / "tracker_info.txt").read_text()).lines
    assert [line.host for line in lines if line] == ["127.0.0.1", "127.0.0.1"]
