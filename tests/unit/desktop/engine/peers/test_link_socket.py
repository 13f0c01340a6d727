"""How the socket of a link is set up, and whom it waits for."""

import socket
from collections.abc import Iterator

import pytest

from desktop.engine.peers.link_socket import LinkSocket
from shared.clock import SystemClock
from shared.limits import PEER_SEND_S_MAX, PEER_SILENT_S_MAX
from tests.support.ends import Leaping, connected, unmetered


@pytest.fixture
def ends() -> Iterator[tuple[socket.socket, socket.socket]]:
    near, far = connected()
    with near, far:
        yield near, far


@pytest.mark.skipif(not hasattr(socket, "TCP_INFO"), reason="only Linux tells how far the other side is")
def test_who_is_on_this_computer_is_not_sent_to_by_bbr(ends: tuple[socket.socket, socket.socket]) -> None:
    near, _ = ends
    LinkSocket(near, SystemClock(), unmetered())
    assert b"bbr" not in near.getsockopt(socket.IPPROTO_TCP, socket.TCP_CONGESTION, 16)
    assert near.getsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY)


def test_all_that_is_done_within_a_time_is_done_in_it(ends: tuple[socket.socket, socket.socket]) -> None:
    near, far = ends
    link = LinkSocket(near, Leaping(PEER_SILENT_S_MAX), unmetered())
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
