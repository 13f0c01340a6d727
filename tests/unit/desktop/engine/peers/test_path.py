import socket

import pytest

from desktop.engine.peers.path import Path, loses_by_itself, path_of
from tests.support.ends import connected

BEFORE = Path(rtt_us=10_000, repeated=5, sent=1000, min_rtt_us=10_000)


@pytest.mark.parametrize(
    ("rtt_us", "repeated", "is_its_own"),
    [(10_500, 25, True), (13_000, 25, True), (60_000, 25, False), (10_500, 6, False), (10_500, 5, False)],
)
def test_what_is_lost_behind_a_full_queue_is_not_the_path_s_own_loss(
    rtt_us: int, repeated: int, *, is_its_own: bool
) -> None:
    assert loses_by_itself(BEFORE, Path(rtt_us, repeated, 3000, 10_000)) == is_its_own


@pytest.mark.skipif(not hasattr(socket, "TCP_INFO"), reason="only Linux tells")
def test_the_system_tells_how_far_the_other_side_is_and_how_much_was_sent() -> None:
    near, far = connected()
    with near, far:
        near.sendall(b"x")
        far.recv(1)
        path = path_of(near)
    assert path
    assert 0 < path.min_rtt_us <= path.rtt_us < 1_000_000
    assert path.sent >= 2
    assert path.repeated == 0
