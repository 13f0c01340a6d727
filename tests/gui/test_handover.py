"""What a window hears on the socket in its profile, and from whom it hears nothing."""

import os
import socket
from collections.abc import Iterator

import pytest
from pytestqt.qtbot import QtBot

from desktop.handover import FirstWindow, hand_over
from desktop.paths import Profile
from shared.limits import HANDOVER_BYTES_MAX, HANDOVER_CALLERS_MAX
from tests.gui.person import LONG_MS

pytestmark = [
    pytest.mark.gui,
    pytest.mark.slow,
    pytest.mark.skipif(os.name != "posix", reason="speaks on the socket itself"),
]


@pytest.fixture
def profile(tmp_path_factory: pytest.TempPathFactory) -> Profile:
    return Profile(tmp_path_factory.mktemp("p") / "profile")  # the paths of sockets are short


@pytest.fixture
def told() -> list[str]:
    return []


@pytest.fixture
def first(profile: Profile, told: list[str], qtbot: QtBot) -> Iterator[FirstWindow]:
    made = FirstWindow(profile, told.append)
    yield made
    made.close()


def caller(profile: Profile, said: bytes = b"") -> socket.socket:
    made = socket.socket(socket.AF_UNIX, socket.SOCK_STREAM)
    made.connect(str(profile.window_socket))
    made.sendall(said)
    made.setblocking(False)
    return made


def is_cut(made: socket.socket) -> bool:
    try:
        return made.recv(16) == b""
    except BlockingIOError:
        return False
    except ConnectionError:
        return True


@pytest.mark.usefixtures("first")
def test_a_link_is_handed_over_in_one_line(profile: Profile, told: list[str], qtbot: QtBot) -> None:
    assert profile.window_socket.stat().st_mode & 0o077 == 0
    for count, link in enumerate(("shoal://join/abc", ""), 1):
        made = caller(profile, link.encode() + b"\n")
        qtbot.waitUntil(lambda count=count: len(told) == count, timeout=LONG_MS)  # type: ignore[misc]
        made.setblocking(True)
        assert made.makefile("rb").read() == b"ok\n"
        made.close()
    assert told == ["shoal://join/abc", ""]


def test_what_is_no_line_comes_to_nothing(
    profile: Profile, first: FirstWindow, told: list[str], qtbot: QtBot
) -> None:
    long = caller(profile, b"x" * HANDOVER_BYTES_MAX)
    qtbot.waitUntil(lambda: is_cut(long), timeout=LONG_MS)
    silent = [caller(profile) for _ in range(HANDOVER_CALLERS_MAX)]
    crowd = caller(profile, b"shoal://join/abc\n")  # before their time is over, whatever holds this test up
    qtbot.waitUntil(lambda: is_cut(crowd), timeout=LONG_MS)
    assert told == []
    qtbot.waitUntil(lambda: all(map(is_cut, silent)), timeout=LONG_MS)  # they had their time
    odd = caller(profile, b"\xff\x00\n\nmore\n")
    qtbot.waitUntil(lambda: bool(told), timeout=LONG_MS)
    assert told == ["\N{REPLACEMENT CHARACTER}\0"]
    for made in (long, crowd, odd, *silent):
        made.close()


def test_without_a_window_nobody_takes_it(profile: Profile, qtbot: QtBot) -> None:
    assert not hand_over(profile, "shoal://join/abc")
