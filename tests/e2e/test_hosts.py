"""S61: between hosts with addresses of their own, where the source system could not share on."""

import os
import subprocess
import sys
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from pathlib import Path

import pytest

from tests.support.hosts import Host, hosts
from tests.support.shoal_process import ROOT, ShoalProcess, founded

pytestmark = [pytest.mark.slow, pytest.mark.root]


def test_who_hosts_for_the_network_invites_somebody_whose_own_tracker_is_left_for_it(tmp_path: Path) -> None:
    source = tmp_path / "film.bin"
    source.write_bytes(b"film")
    with (
        hosts(2) as (here, there),
        ShoalProcess(tmp_path / "mira", None, prefix=here.prefix) as mira,
        ShoalProcess(tmp_path / "bo", None, prefix=there.prefix) as bo,
    ):
        mira.join("mira")
        mira.do("create_group", "film")
        mira.do("upload_file", str(source), "film")
        assert mira.do("invite", "film")["reach"] == "computer"
        assert mira.do("host_on_network") == {"on": False, "addresses": [], "reachable": False, "why": ""}
        hosting = mira.do("host_on_network", "on")
        assert hosting["on"]
        assert hosting["reachable"]
        assert hosting["addresses"][0].startswith(f"{here.address}:")
        made = mira.do("invite", "film", "--uses", "1")
        assert made["reach"] == "network"
        assert bo.do("join_link", made["link"]) == {"group": "film", "state": "login", "network": "new"}
        bo.join("bo")
        bo.event("accepted", group="film")
        bo.eventually("list_files", "film", until=lambda r: r["files"] and r["files"][0]["online"] == 1)
        bo.do("download_file", "film", "film.bin", str(bo.downloads))
        bo.completes(1)
        assert not mira.do("host_on_network", "off")["on"]
        bo.event("tracker", state="lost")


@contextmanager
def tracker_on(host: Host, folder: Path, pace: int = 1) -> Iterator[Path]:
    """A tracker there, whose seconds are so much shorter; the file for everybody."""
    info = folder / "tracker_info.txt"
    info.write_text(f"{host.address}:21001\n")
    program = [sys.executable, "-m", "tests.support.trackerd_off", "0", str(pace)]
    argv = [*host.prefix, *program, str(info), "1", "--data", str(folder / "data")]
    with subprocess.Popen(argv, stdin=subprocess.PIPE, stdout=subprocess.PIPE, cwd=ROOT) as tracker:
        assert tracker.stdout is not None
        try:
            assert b"ready on" in tracker.stdout.readline()
            yield info
        finally:
            tracker.terminate()


@contextmanager
def shoals_on(places: list[Host], folder: Path, info: Path) -> Iterator[list[ShoalProcess]]:
    with ExitStack() as stack:
        yield [
            stack.enter_context(
                ShoalProcess(folder / host.name, info, listen="0.0.0.0:0", prefix=host.prefix)
            )
            for host in places
        ]


def test_s61_a_download_is_shared_on_from_its_own_host(tmp_path: Path) -> None:
    source = tmp_path / "film.bin"
    source.write_bytes(os.urandom(20 * 524_288 + 5))
    with (
        hosts(4) as (tracker_host, *others),
        tracker_on(tracker_host, tmp_path) as info,
        shoals_on(others, tmp_path, info) as people,
    ):
        mira, joao, ada = people
        for shoal, user in zip(people, ("mira", "joao", "ada"), strict=True):
            shoal.join(user)
        founded(mira, "film", (joao, "joao"), (ada, "ada"))
        mira.do("upload_file", str(source), "film")
        joao.eventually("list_files", "film", until=lambda r: r["files"])
        joao.do("download_file", "film", "film.bin", str(joao.downloads))
        joao.completes(1)
        ada.eventually("list_files", "film", until=lambda r: r["files"] and r["files"][0]["online"] == 2)
        assert mira.stop() == 0
        ada.do("download_file", "film", "film.bin", str(ada.downloads))
        ada.completes(1)
        assert (ada.downloads / "film.bin").read_bytes() == source.read_bytes()


def test_a_tracker_tells_that_others_reach_a_port(tmp_path: Path) -> None:
    with (
        hosts(2) as (tracker_host, other),
        tracker_on(tracker_host, tmp_path) as info,
        shoals_on([other], tmp_path, info) as (bo,),
    ):
        bo.join("bo")
        bo.eventually("check_network", until=lambda r: r["port"] == "reached")


def test_a_host_that_falls_silent_is_gone_for_the_others_until_it_speaks_again(tmp_path: Path) -> None:
    source = tmp_path / "film.bin"
    source.write_bytes(b"film")
    with (
        hosts(3) as (tracker_host, *others),
        tracker_on(tracker_host, tmp_path, pace=2) as info,
        shoals_on(others, tmp_path, info) as (mira, joao),
    ):
        mira.join("mira")
        joao.join("joao")
        founded(mira, "film", (joao, "joao"))
        mira.do("upload_file", str(source), "film")
        joao.eventually("list_files", "film", until=lambda r: r["files"] and r["files"][0]["online"] == 1)
        others[0].cut()
        joao.eventually("list_files", "film", until=lambda r: r["files"][0]["online"] == 0)
        others[0].heal()
        joao.eventually("list_files", "film", until=lambda r: r["files"][0]["online"] == 1)
