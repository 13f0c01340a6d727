"""Those who lie, who were put out, who never were in: what they get, and what becomes of their victims.

A hostile peer here is this program's own engine, logged in for real, whose offers are spoilt behind it.
"""

import asyncio
import contextlib
import os
from collections.abc import AsyncIterator, Callable
from dataclasses import replace
from pathlib import Path

import pytest

from desktop import settings
from desktop.engine.engine import Engine
from desktop.engine.events import Event, PeerBanned, PieceRejected
from desktop.engine.files.open_file import OpenFile
from desktop.engine.files.piece_io import PieceOutcome
from desktop.engine.offers import Offer
from desktop.engine.peers.peer_link import PeerLink
from desktop.paths import Profile
from shared.facts.derive import resolve_group
from shared.facts.ids import EntryId, GroupId
from shared.wire import peer_messages as m
from tests.support.tracker import running_tracker
from tests.support.waiting import LONG_S, until

pytestmark = pytest.mark.slow
PIECE = 524_288


class Person:
    """One engine of this process, logged in under its name."""

    def __init__(self, engine: Engine, folder: Path) -> None:
        self.engine = engine
        self.folder = folder
        self.events: list[Event] = []
        engine.subscribe(self.events.append)

    def gid(self, group: str) -> GroupId:
        assert self.engine._session
        return resolve_group(self.engine._session.mirror.rows, group)[0]

    def is_in_film(self) -> bool:
        session = self.engine._session
        assert session
        return any(session.mirror.my_epoch(gid) for gid in resolve_group(session.mirror.rows, "film"))

    def spoil_offers(self, spoil: Callable[[Offer], Offer]) -> None:
        """From now on, what this one offers to others is changed like that."""
        session = self.engine._session
        assert session
        honest = session.downloads.offer

        def offer(gid: GroupId, eid: EntryId) -> Offer | None:
            found = honest(gid, eid)
            return spoil(found) if found else None

        session.downloads.offer = offer  # type: ignore[method-assign]

    async def sees(self, group: str, *names: str) -> None:
        async with asyncio.timeout(LONG_S):
            while {file.name for file in await self.engine.list_files(group)} != {*names}:  # noqa: ASYNC110
                await asyncio.sleep(0.02)

    async def linked_to(self, other: "Person") -> PeerLink:
        peers, theirs = self.engine._peers, other.engine._client.account
        assert theirs
        host, port = other.engine.listen.rsplit(":", 1)
        peers.want(theirs.dev, [(host, int(port))])
        await until(lambda: theirs.dev in peers.links)
        return peers.links[theirs.dev]


@contextlib.asynccontextmanager
async def people(tmp_path: Path, *names: str) -> AsyncIterator[list[Person]]:
    """All in one network; the first owns `film`, and all are in it but those called `stranger`."""
    (tmp_path / "tracker").mkdir()
    async with running_tracker(tmp_path / "tracker") as tracker, contextlib.AsyncExitStack() as stack:
        found = []
        for name in names:
            folder = tmp_path / name
            profile = Profile.open(folder / "profile")
            engine = Engine(profile, settings.load(profile.settings))
            person = Person(engine, folder)
            await engine.start(("127.0.0.1", 0), tracker.info_file, resume=False)
            stack.push_async_callback(engine.stop)
            await engine.create_user(name, "long enough")
            await engine.login(name, "long enough")
            found.append(person)
        owner = found[0].engine
        await owner.create_group("film")
        for person, name in zip(found[1:], names[1:], strict=True):
            if name != "stranger":
                await person.engine.join_group("film")
                await owner.accept_request("film", name)
                await until(person.is_in_film)
        yield found


def lying(folder: Path) -> Callable[[Offer], Offer]:
    """The right manifest, and other bytes for every piece."""

    def spoil(offer: Offer) -> Offer:
        wrong = folder / f"wrong {offer.size}"
        if not wrong.exists():
            wrong.write_bytes(os.urandom(offer.size))
        return replace(offer, file=OpenFile(lambda: os.open(wrong, os.O_RDONLY)))

    return spoil


def test_s48_a_peer_that_sends_wrong_bytes_gets_none_into_the_file_and_is_dropped(tmp_path: Path) -> None:
    source = tmp_path / "film.bin"
    source.write_bytes(os.urandom(24 * PIECE + 17))

    async def scenario() -> None:
        async with people(tmp_path, "mira", "liar", "joao") as (mira, liar, joao):
            for one in (mira, liar):
                await one.engine.upload_file(source, "film")
            liar.spoil_offers(lying(tmp_path))
            await joao.sees("film", "film.bin")
            link = await joao.linked_to(liar)  # so that it is asked, however fast the honest one is
            started = await joao.engine.download_file("film", "film.bin", str(tmp_path / "got.bin"))
            await joao.engine.wait([started.id], 60)
            assert (tmp_path / "got.bin").read_bytes() == source.read_bytes()
            rejected = [event for event in joao.events if isinstance(event, PieceRejected)]
            banned = [event.peer for event in joao.events if isinstance(event, PeerBanned)]
            assert 1 <= len(rejected) <= 10
            assert {event.peer for event in rejected} == {"liar"}
            assert banned == ["liar"]
            assert link.device not in joao.engine._peers.links

    asyncio.run(scenario())


def test_s48_with_only_liars_it_never_completes_and_has_no_wrong_byte(tmp_path: Path) -> None:
    source = tmp_path / "film.bin"
    source.write_bytes(os.urandom(4 * PIECE))

    async def scenario() -> None:
        async with people(tmp_path, "liar", "joao") as (liar, joao):
            await liar.engine.upload_file(source, "film")
            liar.spoil_offers(lying(tmp_path))
            await joao.sees("film", "film.bin")
            await joao.engine.download_file("film", "film.bin", str(tmp_path / "got.bin"))
            await until(lambda: any(isinstance(event, PeerBanned) for event in joao.events))
            (view,) = joao.engine.downloads()
            assert (view.state, view.done) == ("D", 0)
            assert not (tmp_path / "got.bin").exists()
            (part,) = (tmp_path / ".shoal-part").iterdir()
            assert part.read_bytes() == bytes(4 * PIECE)

    asyncio.run(scenario())


def test_s44_s59_a_stranger_to_the_group_gets_no_name_no_address_no_byte(tmp_path: Path) -> None:
    source = tmp_path / "film.bin"
    source.write_bytes(b"secret" * 1000)

    async def scenario() -> None:
        async with people(tmp_path, "mira", "joao", "stranger") as (mira, joao, stranger):
            await mira.engine.upload_file(source, "film")
            await joao.sees("film", "film.bin")
            assert mira.engine._session
            (entry,) = await mira.engine._session.mirror.listing(mira.gid("film"))
            heard: list[tuple[str, object]] = []
            link = await stranger.linked_to(mira)
            for eid in (entry.eid, EntryId(b"x" * 16)):
                link.open_channels([(mira.gid("film"), eid)], Listener(heard))
            await until(lambda: len(heard) == 2)
            assert heard == [("refused", "not_yet")] * 2
            assert link.down.total == 0

    asyncio.run(scenario())


def test_an_ex_member_gets_no_byte_more(tmp_path: Path) -> None:
    source = tmp_path / "film.bin"
    source.write_bytes(os.urandom(4 * PIECE))

    async def scenario() -> None:
        async with people(tmp_path, "mira", "joao") as (mira, joao):
            await mira.engine.upload_file(source, "film")
            await joao.sees("film", "film.bin")
            gid = mira.gid("film")
            assert mira.engine._session
            (entry,) = await mira.engine._session.mirror.listing(gid)
            heard: list[tuple[str, object]] = []
            link = await joao.linked_to(mira)
            (ch,) = link.open_channels([(gid, entry.eid)], Listener(heard))
            await until(lambda: [kind for kind, _ in heard] == ["opened"])
            await joao.engine.limit("down", 0)
            await joao.engine.download_file("film", "film.bin", str(tmp_path / "got.bin"))
            assert [(one.group, one.state) for one in joao.engine.downloads()] == [("film", "D")]
            await mira.engine.remove_member("film", "joao")
            await until(lambda: len(heard) > 1)
            assert heard[1][0] in ("refused", "closed")
            link.send(m.Request(ch, [0]))
            link.open_channels([(gid, entry.eid)], Listener(heard))
            await until(lambda: len(heard) > 2)
            assert heard[-1] == ("refused", "not_yet")
            assert link.down.total == 0
            await until(lambda: joao.engine.downloads()[0].state == "F")
            assert joao.engine.downloads()[0].group == "film", "nobody tells its name any more"

    asyncio.run(scenario())


def test_a_member_cannot_probe_what_another_holds_from_another_group(tmp_path: Path) -> None:
    source = tmp_path / "private.bin"
    source.write_bytes(b"mine alone")

    async def scenario() -> None:
        async with people(tmp_path, "mira", "joao") as (mira, joao):
            await mira.engine.create_group("private")
            await mira.engine.upload_file(source, "private")
            assert mira.engine._session
            (entry,) = await mira.engine._session.mirror.listing(mira.gid("private"))
            heard: list[tuple[str, object]] = []
            link = await joao.linked_to(mira)
            for gid in (mira.gid("private"), mira.gid("film")):
                link.open_channels([(gid, entry.eid)], Listener(heard))
            await until(lambda: len(heard) == 2)
            assert heard == [("refused", "not_yet")] * 2

    asyncio.run(scenario())


class Listener:
    """Remembers what a channel is answered."""

    def __init__(self, heard: list[tuple[str, object]]) -> None:
        self._heard = heard

    def opened(self, link: PeerLink, ch: int, message: m.Opened) -> None:
        self._heard.append(("opened", message))

    def refused(self, link: PeerLink, ch: int, code: str) -> None:
        self._heard.append(("refused", code))

    def block(self, link: PeerLink, ch: int, block: int, hashes: bytes) -> None:
        self._heard.append(("block", hashes))

    def have(self, link: PeerLink, ch: int, pieces: list[int]) -> None:
        self._heard.append(("have", pieces))

    def granted(self, _link: PeerLink, ch: int, pieces: list[int]) -> None:
        self._heard.append(("granted", pieces))

    def outcomes(self, _link: PeerLink, outcomes: list[PieceOutcome]) -> None:
        self._heard.append(("outcomes", outcomes))

    def rejected(self, link: PeerLink, ch: int, piece: int, code: str) -> None:
        self._heard.append(("rejected", piece))

    def closed(self, link: PeerLink, ch: int) -> None:
        self._heard.append(("closed", ch))
