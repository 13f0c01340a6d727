"""Caps between real devices over real sockets. Nothing here measures a rate: what is held must not come."""

import asyncio
import os
import socket
import sys
from pathlib import Path

import pytest

from desktop.engine.files.piece_io import PieceOutcome
from desktop.engine.limits.rules import Caps
from desktop.engine.limits.throttle import Throttle
from desktop.engine.peers.link_socket import _SO_BUF_LOCK
from desktop.engine.peers.peer_link import PeerLink
from shared.facts.ids import GroupId
from shared.limits import KIB, PIECE_BYTES
from shared.wire import peer_messages as m
from tests.support.linked_device import EID, GID, Device, channel_of, expect, run, share
from tests.support.parts import part_in

OTHER = GroupId(b"o" * 16)
NONE = Caps(None, {})
HELD_S = 0.1
"""That a test looks whether something comes that must not."""


class Transfer:
    """From `a` to `b`, which has asked for all pieces of a file."""

    def __init__(self, folder: Path, pieces: int) -> None:
        self._source = folder / "source.bin"
        self._source.write_bytes(os.urandom(pieces * PIECE_BYTES))
        self.pieces = pieces
        self.part = part_in(folder, pieces * PIECE_BYTES)

    async def begin(self, a: Device, b: Device) -> PeerLink:
        blocks = share(a, self._source)
        link, ch = await channel_of(b, a)
        for piece in range(self.pieces):
            expect(link, ch, self.part, blocks, piece)
        link.send(m.Request(ch, list(range(self.pieces))))
        return link

    async def comes(self, b: Device) -> None:
        outcomes = [(await b.next())[1] for _ in range(self.pieces)]
        assert all(isinstance(outcome, PieceOutcome) and outcome.reason is None for outcome in outcomes)

    async def is_held(self, b: Device) -> None:
        await asyncio.sleep(HELD_S)
        assert b.heard.empty()


def cap(throttle: Throttle, caps: Caps) -> None:
    throttle.change(caps, lan_exempt=False)


@pytest.mark.parametrize("caps", [Caps(0, {}), Caps(None, {GID: 0}), Caps(KIB, {})])
def test_what_may_not_be_sent_waits_and_messages_do_not(tmp_path: Path, caps: Caps) -> None:
    transfer = Transfer(tmp_path, 2)

    async def scenario(a: Device, b: Device) -> None:
        cap(a.peers.throttles.up, caps)
        link = await transfer.begin(a, b)
        await transfer.is_held(b)
        link.open_channels([(OTHER, EID)], b)
        assert await b.next() == ("refused", "not_yet")
        cap(a.peers.throttles.up, NONE)
        await transfer.comes(b)

    run(scenario)
    transfer.part.close()


@pytest.mark.parametrize("caps", [Caps(KIB, {}), Caps(None, {GID: KIB})])
def test_what_may_not_be_received_yet_waits_and_the_end_of_the_cap_frees_it(
    tmp_path: Path, caps: Caps
) -> None:
    transfer = Transfer(tmp_path, 3)

    async def scenario(a: Device, b: Device) -> None:
        cap(b.peers.throttles.down, caps)
        await transfer.begin(a, b)
        await transfer.is_held(b)
        cap(b.peers.throttles.down, NONE)
        await transfer.comes(b)

    run(scenario)
    transfer.part.close()


def test_caps_of_other_groups_and_of_the_other_direction_hold_nothing_up(tmp_path: Path) -> None:
    transfer = Transfer(tmp_path, 3)

    async def scenario(a: Device, b: Device) -> None:
        cap(a.peers.throttles.up, Caps(None, {OTHER: 0}))
        cap(a.peers.throttles.down, Caps(KIB, {}))
        cap(b.peers.throttles.down, Caps(None, {OTHER: 0}))
        cap(b.peers.throttles.up, Caps(0, {}))
        await transfer.begin(a, b)
        await transfer.comes(b)

    run(scenario)
    transfer.part.close()


def test_a_group_of_which_nothing_may_come_is_not_asked(tmp_path: Path) -> None:
    async def scenario(a: Device, b: Device) -> None:
        link = await b.link_to(a)
        cap(b.peers.throttles.down, Caps(None, {GID: 0}))
        assert (link.may_ask(GID), link.may_ask(OTHER)) == (False, True)
        b.peers.throttles.down.change(Caps(0, {}), lan_exempt=True)
        assert link.may_ask(GID)  # it is on this computer's own network

    run(scenario)


def test_links_end_although_their_threads_wait(tmp_path: Path) -> None:
    transfer = Transfer(tmp_path, 3)

    async def scenario(a: Device, b: Device) -> None:
        cap(a.peers.throttles.up, Caps(40 * KIB, {}))
        cap(b.peers.throttles.down, Caps(KIB, {}))
        await transfer.begin(a, b)
        await b.until(lambda: a.peers.sent_bytes)

    run(scenario)
    transfer.part.close()


def test_all_devices_of_one_person_share_as_one(tmp_path: Path) -> None:
    async def scenario(a: Device, b: Device) -> None:
        a.peers.person_of = lambda _: b"bo"
        await b.link_to(a)
        await a.until(lambda: b.dev in a.peers.links)
        assert a.peers.links[b.dev].person == b"bo"
        a.peers.person_of = lambda _: b"bo, as the mirror knows now"
        a.peers.recheck()
        assert a.peers.links[b.dev].person == b"bo, as the mirror knows now"

    run(scenario)


@pytest.mark.skipif(sys.platform != "linux", reason="elsewhere the system takes in what it likes")
def test_the_system_sizes_its_buffer_by_itself_but_under_a_cap(tmp_path: Path) -> None:
    async def scenario(a: Device, b: Device) -> None:
        link = await b.link_to(a)

        def is_ours_to_size() -> bool:
            return link._threads.socket._socket.getsockopt(socket.SOL_SOCKET, _SO_BUF_LOCK) != 0

        assert not is_ours_to_size()
        cap(b.peers.throttles.down, Caps(2000 * KIB, {}))
        link.send(m.Ping())  # the link looks at its caps when it goes on
        await b.until(is_ours_to_size)
        cap(b.peers.throttles.down, NONE)
        link.send(m.Ping())
        await b.until(lambda: not is_ours_to_size())

    run(scenario)
