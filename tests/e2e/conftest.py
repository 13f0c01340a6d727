"""One real tracker and three people at real prompts, shared by the tests that only add to what is there."""

import itertools
import os
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from tests.support.shoal_process import ShoalProcess, founded
from tests.support.tracker import TrackerProcess

_numbers = itertools.count(1)
StartShoal = Callable[..., ShoalProcess]


@pytest.fixture(scope="session")
def network(tmp_path_factory: pytest.TempPathFactory) -> Iterator[TrackerProcess]:
    with TrackerProcess(tmp_path_factory.mktemp("tracker")) as tracker:
        yield tracker


def _person(user: str, network: TrackerProcess, factory: pytest.TempPathFactory) -> Iterator[ShoalProcess]:
    with ShoalProcess(factory.mktemp(user), network.info_file) as shoal:
        shoal.join(user)
        yield shoal


@pytest.fixture(scope="session")
def mira(network: TrackerProcess, tmp_path_factory: pytest.TempPathFactory) -> Iterator[ShoalProcess]:
    yield from _person("mira", network, tmp_path_factory)


@pytest.fixture(scope="session")
def joao(network: TrackerProcess, tmp_path_factory: pytest.TempPathFactory) -> Iterator[ShoalProcess]:
    yield from _person("joao", network, tmp_path_factory)


@pytest.fixture(scope="session")
def ada(network: TrackerProcess, tmp_path_factory: pytest.TempPathFactory) -> Iterator[ShoalProcess]:
    yield from _person("ada", network, tmp_path_factory)


@pytest.fixture
def name() -> str:
    """A name that no other test uses."""
    return f"name {next(_numbers)}"


@pytest.fixture
def group(name: str, mira: ShoalProcess, joao: ShoalProcess) -> str:
    """A group that mira owns and joao is in."""
    founded(mira, name, (joao, "joao"))
    return name


@pytest.fixture
def start_shoal(network: TrackerProcess, tmp_path: Path) -> Iterator[StartShoal]:
    """Starts further prompts on the shared network, and ends them."""
    started: list[ShoalProcess] = []

    def start(user: str = "", *arguments: str) -> ShoalProcess:
        shoal = ShoalProcess(tmp_path / f"shoal{len(started)}", network.info_file, *arguments)
        started.append(shoal)
        if user:
            shoal.join(user)
        return shoal

    yield start
    for shoal in started:
        if shoal.process.poll() is None:
            shoal.stop()


@pytest.fixture
def payload(tmp_path: Path) -> Path:
    """A file of a little over two pieces that no other test has."""
    path = tmp_path / f"film {next(_numbers)}.bin"
    path.write_bytes(os.urandom(2 * 524_288 + 1))
    return path
