"""How the socket of a link is set up, and whom it waits for."""

import socket
from collections.abc import Iterator
from itertools import count

import pytest

from desktop.engine.peers.link_socket import LinkSocket
from shared.clock import SystemClock
from shared.limits import PEER_SEND_S_MAX, PEER_SILENT_S_MAX
from tests.support.ends import unmetered


@pytest.fixture
def ends() -> Iterator[tuple[socket.socket, socket.socket]]:
    with socket.create_server(("127.0.0.1", 0)) as listener:
        near = socket.create_connection(listener.getsockname())
        far, _ = listener.accept()
    with near, far:
        yield near, far


class Leaping:
    """A clock on which the longest silence passes whenever somebody looks."""

    def __init__(self) -> None:
        self._looks = count()

    def wall_s(self) -> float:
        raise NotImplementedError

    def monotonic_s(self) -> float:
        return next(self._looks) * PEER_SILENT_S_MAX


@pytest.mark.skipif(not hasattr(socket, "TCP_INFO"), reason="only Linux tells how far the other side is")
def test_who_is_on_this_computer_is_not_sent_to_by_bbr(ends: tuple[socket.socket, socket.socket]) -> None:
    near, _ = ends
    LinkSocket(near, SystemClock(), unmetered())
    assert b"bbr" not in near.getsockopt(socket.IPPROTO_TCP, socket.TCP_CONGESTION, 16)
    assert near.getsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY)


def test_all_that_is_done_within_a_time_is_done_in_it(ends: tuple[socket.socket, socket.socket]) -> None:
    near, far = ends
    link = LinkSocket(near, Leaping(), unmetered())
    far.sendall(b"there already")
    with link.within(3 * PEER_SILENT_S_MAX):
        assert link.receive_into(memoryview(bytearray(5))) == 5
        with pytest.raises(TimeoutError):
            link.send(b"too late")


def test_time_is_not_short_again_afterwards(ends: tuple[socket.socket, socket.socket]) -> None:
    near, far = ends
    link = LinkSocket(near, SystemClock(), unmetered())
    with link.within(1):
        link.send(b"in time")
        assert 0 < (near.gettimeout() or 0) <= 1
    assert near.gettimeout() == PEER_SEND_S_MAX
    link.send(b" and later")
    assert far.recv(len(b"in time and later"), socket.MSG_WAITALL) == b"in time and later"
