import asyncio
import socket
import ssl

import pytest

from desktop.engine.background import Background
from desktop.engine.trackers.finding import first_of, why_not
from desktop.wording import SENTENCES
from shared.errors import Version
from tests.support.waiting import LONG_S


class Link:
    is_closed = False

    def close(self) -> None:
        self.is_closed = True


class Trackers:
    """What each does: answer, refuse, be silent, or answer while the one that is silent is given up."""

    def __init__(self) -> None:
        self.links: dict[str, Link] = {}
        self.given_up: list[str] = []

    async def reach(self, what: str) -> Link | None:
        if "silent" in what:
            try:
                await asyncio.Event().wait()
            except asyncio.CancelledError:
                self.given_up.append(what)
                if what == "silent, then late":
                    return self.links.setdefault(what, Link())
                raise
        return self.links.setdefault(what, Link()) if "answers" in what else None


@pytest.mark.parametrize(
    ("candidates", "chosen", "given_up"),
    [
        ([], None, []),
        (["refuses", "refuses too"], None, []),
        (["answers", "silent"], "answers", []),
        (["refuses", "answers", "answers too"], "answers", []),
        (["silent", "refuses", "answers"], "answers", ["silent"]),
        (["silent, then late", "answers"], "answers", ["silent, then late"]),
    ],
)
def test_the_first_that_answers_is_taken_and_a_silent_one_holds_nobody_up(
    candidates: list[str], chosen: str | None, given_up: list[str]
) -> None:
    async def scenario() -> None:
        trackers, background = Trackers(), Background()
        async with asyncio.timeout(LONG_S):
            found = await first_of(candidates, trackers.reach, background.spawn)
        await background.close()
        assert (found[1] if found else None) == chosen
        assert trackers.given_up == given_up
        assert [what for what, link in trackers.links.items() if not link.is_closed] == [
            what for what in [chosen] if what
        ]

    asyncio.run(scenario())


def test_who_stops_looking_leaves_nothing_open() -> None:
    async def scenario() -> None:
        trackers, background = Trackers(), Background()
        background.spawn(first_of(["silent", "silent too"], trackers.reach, background.spawn))
        for _ in range(3):
            await asyncio.sleep(0)
        await background.close()
        assert trackers.given_up == ["silent"]

    asyncio.run(scenario())


@pytest.mark.parametrize(
    ("error", "said"),
    [
        (None, "it ended the connection"),
        (ConnectionRefusedError(111, "Connect call failed ('127.0.0.1', 5)"), "no tracker runs there"),
        (TimeoutError(), "no answer"),
        (ssl.SSLCertVerificationError("x"), "it has another key"),
        (socket.gaierror(-2, "Name or service not known"), "no such computer is known"),
        (ConnectionResetError("peer"), "the connection broke"),
        (Version(), SENTENCES["version"]),
        (OSError(113, "Connect call failed ('192.0.2.9', 4000)"), "no network leads there"),
        (OSError("Multiple exceptions: [Errno 101] Connect call failed …"), "no network leads there"),
        (OSError(24, "Too many open files"), "Too many open files"),
        (EOFError(), "EOFError"),
    ],
)
def test_why_a_tracker_is_not_there_is_said_in_few_words(error: Exception | None, said: str) -> None:
    assert why_not(error) == said
