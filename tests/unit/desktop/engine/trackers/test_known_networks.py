import hashlib
import random
from pathlib import Path

from desktop.engine.trackers.known_networks import KnownNetwork
from desktop.paths import Profile
from shared.facts.rows import Kind, Removed, Tracker
from shared.tracker_info import format_pin, parse
from tests.support.memory_book import MemoryBook

T1, T2, T3, D1, D2, D3 = (bytes([n]) * 32 for n in range(1, 7))
LOT = random.Random(0)


def pinned(*trackers: tuple[str, bytes]) -> str:
    return "\n".join(f"{address} {format_pin(key)}" for address, key in trackers)


def test_a_file_belongs_to_the_network_that_knows_one_of_its_keys(tmp_path: Path) -> None:
    profile = Profile(tmp_path / "profile")
    first = KnownNetwork.of(profile, parse(pinned(("a:1", T1), ("b:2", T2))), LOT)
    other = KnownNetwork.of(profile, parse(pinned(("a:1", T3))), LOT)
    assert other.folder != first.folder
    assert KnownNetwork.of(profile, parse(pinned(("c:3", T2))), LOT).folder == first.folder
    assert KnownNetwork.of(profile, parse(pinned(("x:1", T3))), LOT).folder == other.folder


def test_a_bare_line_belongs_to_where_a_tracker_was_met_at_its_address(tmp_path: Path) -> None:
    profile, info = Profile(tmp_path / "profile"), parse("[::1]:21001")
    network = KnownNetwork.of(profile, info, LOT)
    (candidate,) = network.candidates(info, None)
    assert candidate.pin is None
    assert KnownNetwork.of(profile, info, LOT).folder == network.folder  # nobody was met there yet
    network.met(candidate.address, T1, 2, [D1])
    again = KnownNetwork.of(profile, info, LOT)
    assert again.folder == network.folder
    assert again.candidates(info, None) == [candidate._replace(pin=T1, number=2)]
    assert again.d_keys(None) == {D1}


def test_an_address_is_of_the_tracker_that_was_met_there_last(tmp_path: Path) -> None:
    info = parse(pinned(("a:1", T1)))
    network = KnownNetwork.of(Profile(tmp_path / "profile"), info, LOT)
    network.met("a:1", T2)
    assert network.pin_at("a:1") == T2
    # but the user's own file is what counts
    assert network.candidates(info, None)[0].pin == T1


def test_own_lines_come_first_then_rows_and_what_was_removed_is_not_dialled(tmp_path: Path) -> None:
    rows = MemoryBook()
    rows.write(Kind.TRACKER, b"\x02", Tracker(T2, [D2], ["b:2", "a:1", "no address"]))
    rows.write(Kind.TRACKER, b"\x03", Tracker(T3, [D3], ["c:3"]))
    rows.write(Kind.TRACKER, b"\x04", Tracker(T3, [D3], ["d:4"], 1))
    info = parse(f"bare:9\n-\n{pinned(('a:1', T1))}\nb:2")
    network = KnownNetwork.of(Profile(tmp_path / "profile"), info, LOT)
    network.met("a:1", T1, 1, [D1])
    found = [(one.address, one.pin) for one in network.candidates(info, rows)]
    assert found == [("bare:9", None), ("a:1", T1), ("b:2", T2), ("c:3", T3)]
    assert network.d_keys(rows) == {D1, D2, D3}

    for key in (T3, D2):
        rows.write(Kind.REMOVED, hashlib.sha256(key).digest()[:16], Removed(0))
    assert "c:3" not in [one.address for one in network.candidates(info, rows)]
    assert network.d_keys(rows) == {D1, D3}
