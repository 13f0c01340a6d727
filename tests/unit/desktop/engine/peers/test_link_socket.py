"""How the socket of a link is set up, and whom it waits for."""

import contextlib
import queue
import random
import socket
import threading
from collections.abc import Callable, Iterator

import pytest

from desktop.engine.peers.link_socket import LinkSocket
from shared.clock import SystemClock
from shared.limits import PEER_SEND_S_MAX, PEER_SILENT_S_MAX
from tests.support.ends import Leaping, connected, unmetered
from tests.support.waiting import LONG_S


@pytest.fixture
def ends() -> Iterator[tuple[socket.socket, socket.socket]]:
    near, far = connected()
    with near, far:
        yield near, far


@pytest.mark.skipif(not hasattr(socket, "TCP_INFO"), reason="only Linux tells how far the other side is")
def test_who_is_on_this_computer_is_not_sent_to_by_bbr(ends: tuple[socket.socket, socket.socket]) -> None:
    near, _ = ends
    with contextlib.suppress(OSError):  # whatever this system begins with
        near.setsockopt(socket.IPPROTO_TCP, socket.TCP_CONGESTION, b"bbr")
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
    link = LinkSocket(near, Leaping(PEER_SEND_S_MAX), unmetered())
    with link.within(2 * PEER_SEND_S_MAX):
        link.send(b"in time")
    link.send(b" and later")
    assert far.recv(len(b"in time and later"), socket.MSG_WAITALL) == b"in time and later"


def test_one_that_takes_nothing_is_not_waited_for_without_end(
    ends: tuple[socket.socket, socket.socket],
) -> None:
    link = LinkSocket(ends[0], SystemClock(), unmetered())
    with link.within(0.05), pytest.raises(TimeoutError):
        link.send(bytes(64 << 20))  # more than any system's buffers


def test_nothing_that_comes_is_not_waited_for_without_end(ends: tuple[socket.socket, socket.socket]) -> None:
    link = LinkSocket(ends[0], SystemClock(), unmetered())
    with link.within(0.05), pytest.raises(TimeoutError):
        link.receive_into(memoryview(bytearray(9)), 9)


def test_an_end_wakes_who_waits_to_send_and_to_receive(ends: tuple[socket.socket, socket.socket]) -> None:
    link = LinkSocket(ends[0], SystemClock(), unmetered())
    ended: queue.SimpleQueue[str] = queue.SimpleQueue()

    def until_it_ends(name: str, work: Callable[[], object]) -> None:
        with contextlib.suppress(OSError):
            while True:
                work()
        ended.put(name)

    works: dict[str, Callable[[], object]] = {
        "sends": lambda: link.send(bytes(1 << 20)),
        "receives": lambda: link.receive_into(memoryview(bytearray(9)), 9),
    }
    for named in works.items():
        threading.Thread(target=until_it_ends, args=named).start()
    with pytest.raises(queue.Empty):
        ended.get(timeout=0.05)
    link.abort()
    assert {ended.get(timeout=LONG_S) for _ in works} == {*works}


def test_no_byte_is_waited_for_in_vain_however_they_come(ends: tuple[socket.socket, socket.socket]) -> None:
    near, far = ends
    link = LinkSocket(near, SystemClock(), unmetered())
    lot = random.Random(1)
    sizes = [lot.choice([1, 4, 600, 70_000, 300_000]) for _ in range(60)]

    def send() -> None:
        for number, size in enumerate(sizes):
            far.sendall(bytes([number]) * size)

    sender = threading.Thread(target=send)
    sender.start()
    for number, size in enumerate(sizes):
        frame = bytearray(size)
        at = 0
        while at < size:
            at += link.receive_into(memoryview(frame)[at:], size - at)
        assert frame == bytes([number]) * size
    sender.join()
