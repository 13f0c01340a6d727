import asyncio
import base64
import json
import os
import random
from collections import Counter
from collections.abc import Callable, Coroutine
from contextlib import suppress
from pathlib import Path
from typing import Any

import pytest

from desktop.engine.downloads import turns
from desktop.engine.downloads.downloads import Downloads
from desktop.engine.events import DiskFilled, DownloadChanged, DownloadProgress, PieceRejected, ShareWithdrawn
from desktop.engine.files import bitfield
from desktop.engine.files.source_file import PART_FOLDER
from desktop.engine.sharing.sharing import Sharing
from desktop.engine.transfers import files_of
from desktop.engine.views import PRIORITIES
from shared.errors import Altered, BadArgument, Damaged, Exists, NotAMember, NotFound, NoTracker, Timeout
from shared.facts.derive import visible_entries
from shared.facts.ids import DeviceId, EntryId, entry_id
from shared.limits import AHEAD_PEERS_MAX, FREE_SPACE_RESERVE_BYTES, LANES_MAX, PIECE_BYTES
from shared.manifest import check_index
from shared.wire import peer_messages as m
from shared.wire import tracker_messages as t
from tests.support.left_open import nothing_left_open
from tests.support.memory_book import AT, QUOTAS, let_in, person
from tests.support.scripted_link import Content, ScriptedLink, content_of
from tests.support.small_world import Account, World
from tests.support.waiting import LONG_S, until
from trackerd import rules
from trackerd.rules import Actor

LARGE = content_of(random.Random(1).randbytes(20 * PIECE_BYTES + 7))


class FakePeers:
    """Links that exist, and those that come when they are dialled."""

    def __init__(self) -> None:
        self.links: dict[DeviceId, ScriptedLink] = {}
        self.dialled: list[DeviceId] = []
        self.reachable: dict[DeviceId, ScriptedLink] = {}
        self.lanes: dict[DeviceId, list[ScriptedLink]] = {}
        self.widened: list[tuple[DeviceId, int]] = []
        self.bad: list[DeviceId] = []
        self.on_link: Callable[[ScriptedLink], None] = lambda _: None

    def links_to(self, dev: DeviceId) -> list[ScriptedLink]:
        return [self.links[dev], *self.lanes.get(dev, [])] if dev in self.links else []

    def widen(self, dev: DeviceId, connections: int) -> None:
        self.widened.append((dev, connections))

    def want(self, dev: DeviceId, addresses: object) -> None:
        if dev not in self.links:
            self.dialled.append(dev)
            if link := self.reachable.get(dev):
                self.links[dev] = link
                self.on_link(link)

    def bad_piece(self, dev: DeviceId) -> None:
        self.bad.append(dev)
        if self.bad.count(dev) == 2:
            self.lose(dev)

    def lose(self, dev: DeviceId) -> None:
        self.reachable.pop(dev, None)
        if link := self.links.pop(dev, None):
            link.lose()


class Bench:
    """cem downloads what ann and bob share."""

    def __init__(self, folder: Path) -> None:
        self.world = World()
        self.gid = self.world.gid
        self.folder = folder
        self.here = folder / "here"
        self.here.mkdir(exist_ok=True)
        self.contents: dict[EntryId, Content] = {}
        self.links = {
            actor.dev: ScriptedLink(actor.dev, self.contents) for actor in (self.world.ann, self.world.bob)
        }
        self.speed = 1_000_000
        """Messages that each peer answers in a round."""
        self.round_s = 0.001
        self.log_in()

    def log_in(self) -> None:
        self.account = Account(self.world, self.world.cem, self.folder / "cem")
        self.peers = FakePeers()
        self.peers.reachable = dict(self.links)
        self.sharing = Sharing(self.account.around)
        self.downloads = Downloads(self.account.around, self.sharing, self.peers, disk_retry_s=0.05)
        self.peers.on_link = self.downloads.linked
        self.account.background.spawn(self._work())

    async def log_out(self) -> None:
        await self.downloads.close()
        self.sharing.offered.close()
        for dev in list(self.peers.links):
            self.peers.links.pop(dev).lose()
        await self.account.close()
        self.links = {dev: ScriptedLink(dev, self.contents) for dev in self.links}

    async def log_in_again(self) -> None:
        await self.log_out()
        self.log_in()
        self.downloads.resume_all()

    async def _work(self) -> None:
        while True:
            for link in list(self.peers.links.values()):
                link.work(self.speed)
            await asyncio.sleep(self.round_s)

    def share(self, name: str, content: Content | bytes, *actors: Actor) -> EntryId:
        content = content_of(content) if isinstance(content, bytes) else content
        file = t.NewShare(name, content.size, content.manifest.root, bytes(20), None)
        for actor in actors or (self.world.ann,):
            rules.share(self.world.book, actor, t.Share(self.gid, [file]), AT, QUOTAS)
            self.world.online.add(actor.dev)
        eid = entry_id(self.gid, name, content.manifest.root, content.size)
        self.contents[eid] = content
        return eid

    async def start(self, name: str, destination: str = "") -> int:
        return (await self.downloads.start(self.gid, name, destination or str(self.here))).id

    async def complete(self, *ids: int) -> None:
        await self.downloads.wait(list(ids), LONG_S)

    def left_overs(self) -> list[str]:
        return [str(path) for path in self.here.rglob(f"{PART_FOLDER}/*")]

    def states(self) -> list[tuple[int, str, str | None]]:
        return [(one.id, one.state, one.error.code if one.error else None) for one in self.downloads.views()]


Scenario = Callable[[Bench], Coroutine[Any, Any, None]]
Run = Callable[[Scenario], None]


@pytest.fixture
def run(tmp_path: Path) -> Run:
    def run_one(scenario: Scenario) -> None:
        async def with_bench() -> None:
            bench = Bench(tmp_path)
            try:
                await asyncio.wait_for(scenario(bench), 2 * LONG_S)
            finally:
                await bench.log_out()

        with nothing_left_open():
            asyncio.run(with_bench())

    return run_one


@pytest.mark.slow
def test_a_file_comes_and_is_shared_from_where_it_lies(run: Run) -> None:
    async def scenario(bench: Bench) -> None:
        eid = bench.share("a/large.bin", LARGE)
        started = await bench.downloads.start(bench.gid, "a/large.bin", str(bench.here))
        assert (started.id, started.online) == (1, 1)
        await bench.complete(1)
        assert (bench.here / "large.bin").read_bytes() == LARGE.data
        (view,) = bench.downloads.views()
        assert (view.state, view.name, view.done, view.size) == ("C", "a/large.bin", LARGE.size, LARGE.size)
        assert view.path == str(bench.here / "large.bin")
        assert not bench.left_overs()
        assert not (bench.here / PART_FOLDER).exists()
        await until(lambda: len(visible_entries(bench.world.book, bench.gid)[0].sharers) == 2)
        assert bench.downloads.views()[0] is bench.downloads.views()[0], (
            "of thousands at rest none is made anew"
        )
        offer = bench.sharing.offered.offer(bench.gid, eid)
        assert offer is not None
        with offer.file as fd:
            assert os.pread(fd, PIECE_BYTES, 20 * PIECE_BYTES) == LARGE.piece(20)
        states = [event.state for event in bench.account.told(DownloadChanged)]
        assert states[0] == "D"
        assert states[-1] == "C"

    run(scenario)


def test_several_peers_give_at_once(run: Run) -> None:
    async def scenario(bench: Bench) -> None:
        eid = bench.share("a", LARGE, bench.world.ann, bench.world.bob)
        for link in bench.links.values():
            link.down.rate = 1_000_000
        bench.speed, bench.round_s = 1, 0.01
        await bench.complete(await bench.start("a"))
        served = [piece for link in bench.links.values() for _, piece in link.served]
        assert all(len(link.served) >= 7 for link in bench.links.values())
        assert len(served) == 21
        assert eid

    run(scenario)


def test_who_wants_what_is_fetched_here_is_asked_for_it_too(run: Run) -> None:
    async def scenario(bench: Bench) -> None:
        eid = bench.share("a", LARGE)
        bench.speed = 0
        other = bench.links[bench.world.bob.dev]
        bench.peers.links[other.device] = other
        id_ = await bench.start("a")
        await until(lambda: bench.peers.links[bench.world.ann.dev].opens)
        bench.downloads.wanted_by(other.device, bench.gid, eid)
        await until(lambda: other.opens)
        bench.speed = 1_000_000
        await bench.complete(id_)

    run(scenario)


def test_every_connection_to_a_device_brings_pieces(run: Run) -> None:
    async def scenario(bench: Bench) -> None:
        bench.share("a", LARGE)
        ann = bench.links[bench.world.ann.dev]
        lanes = [ScriptedLink(ann.device, bench.contents) for _ in range(2)]
        bench.peers.lanes[ann.device] = lanes
        bench.speed = 0
        id_ = await bench.start("a")
        await until(lambda: ann.opens == 1 and all(lane.opens == 1 for lane in lanes))
        assert (ann.device, 8) in bench.peers.widened
        bench.speed = 1_000_000
        while bench.states() != [(id_, "C", None)]:
            for lane in lanes:
                lane.work(1)
            await asyncio.sleep(0.001)
        assert all(lane.served for lane in lanes)

    run(scenario)


def test_who_shares_most_of_what_is_looked_at_is_linked_before_it_is_wanted(run: Run) -> None:
    async def scenario(bench: Bench) -> None:
        world = bench.world
        others = [person(world.book, f"person {n}") for n in range(5)]
        let_in(world.book, world.ann, world.gid, *others)
        bench.links |= {one.dev: ScriptedLink(one.dev, bench.contents) for one in others}
        bench.peers.reachable = dict(bench.links)
        bench.share("a", b"a", world.ann, *others)
        bench.share("b", b"b", *others[:3])
        bench.share("c", b"c", others[0], world.bob)
        world.online.discard(others[1].dev)
        bench.downloads.ahead.looked_at(bench.gid, world.online)
        await until(lambda: len(bench.peers.links) == AHEAD_PEERS_MAX)
        assert {others[0].dev, others[2].dev} < bench.peers.links.keys()
        assert others[1].dev not in bench.peers.links
        assert set(bench.peers.widened) == {(dev, LANES_MAX // AHEAD_PEERS_MAX) for dev in bench.peers.links}
        bench.peers.lose(others[0].dev)
        bench.downloads.ahead.looked_at(bench.gid, world.online)
        assert len(bench.account.requests) == 1, "nor is anybody pressed"

    run(scenario)


@pytest.mark.slow
def test_a_folder_of_many_small_files_is_one_pipeline(run: Run) -> None:
    async def scenario(bench: Bench) -> None:
        lot = random.Random(3)
        files = {f"f/{n % 7}/{n} ü.txt": lot.randbytes(lot.choice([0, 1, 100, 5000])) for n in range(300)}
        for name, data in files.items():
            bench.share(name, data, bench.world.ann, bench.world.bob)
        await bench.complete(await bench.start("f"))
        for name, data in files.items():
            assert (bench.here / name).read_bytes() == data
        asked = [one for one in bench.account.requests if isinstance(one, t.Peers)]
        assert len(asked) <= 4
        assert sum(link.opens for link in bench.links.values()) < 150
        (view,) = bench.downloads.views()
        assert (view.name, view.files, view.files_done) == ("f/", 300, 300)
        await until(
            lambda: all(len(one.sharers) == 3 for one in visible_entries(bench.world.book, bench.gid))
        )
        declared = [one for one in bench.account.requests if isinstance(one, t.Share)]
        assert len(declared) <= 3

    run(scenario)


@pytest.mark.slow
@pytest.mark.parametrize("ill", ["is busy", "refuses", "cannot read", "spoils one"])
def test_small_files_come_in_bundles_and_what_these_do_not_bring_file_by_file(run: Run, ill: str) -> None:
    async def scenario(bench: Bench) -> None:
        files = {f"f/{n % 3}/{n}": b"%d" % n * 2000 for n in range(1, 100)} | {
            "f/empty": b"",
            "f/big": bytes(70_000),
        }
        eids = [bench.share(name, data) for name, data in files.items()]
        link = bench.links[bench.world.ann.dev]
        link.features = m.FEATURE_BUNDLES
        link.busy = ill == "is busy"
        link.refuses_bundles = ill == "refuses"
        link.is_unreadable = ill == "cannot read"
        if ill == "spoils one":
            link.spoil = lambda eid, _, data: (
                bytes(len(data)) if eid == eids[50] and len(link.served) < 99 else data
            )
        bench.peers.want(link.device, [])
        (bench.here / "f/1").mkdir(parents=True)
        (bench.here / "f/1/1").write_bytes(files["f/1/1"])
        (bench.here / "f/1/4").write_bytes(b"another")
        await bench.complete(await bench.start("f"))
        saved = {name: bench.here / ("f/1/4 (1)" if name == "f/1/4" else name) for name in files}
        assert {name: path.read_bytes() for name, path in saved.items()} == files
        assert (bench.here / "f/1/4").read_bytes() == b"another"
        bundled = {eid for eids in link.bundles for eid in eids}
        assert bundled == {*eids[1:99]} if ill == "is busy" else bundled <= {*eids[:99]}
        assert len(link.served) == {"is busy": 99, "refuses": 99, "cannot read": 99, "spoils one": 100}[ill]
        assert bench.downloads.wasted_bytes == (len(files["f/0/51"]) if ill == "spoils one" else 0)
        assert not bench.peers.bad
        assert not bench.left_overs()
        for eid in eids:
            offer = bench.sharing.offered.offer(bench.gid, eid)
            assert offer
            check_index(bench.contents[eid].manifest.root, offer.header, offer.index)

    run(scenario)


@pytest.mark.slow
def test_a_bundle_whose_giver_goes_comes_from_the_next_and_leaves_nothing(run: Run) -> None:
    async def scenario(bench: Bench) -> None:
        files = {f"f/{n}": b"%d" % n * 100 for n in range(50)}
        for name, data in files.items():
            bench.share(name, data, bench.world.ann, bench.world.bob)
        ann, bob = (bench.links[actor.dev] for actor in (bench.world.ann, bench.world.bob))
        ann.features, ann.is_stalled = m.FEATURE_BUNDLES, True
        bench.peers.reachable = {ann.device: ann}
        bench.peers.want(ann.device, [])
        id_ = await bench.start("f")
        await until(lambda: ann.bundles)
        await bench.downloads.pause(id_)
        assert not bench.left_overs()
        await bench.downloads.priority(id_, "high")
        await bench.downloads.resume(id_)
        await until(lambda: len(ann.bundles) == 2)
        active = bench.downloads.line(id_).files.active.values()
        assert [PRIORITIES[one.priority] for one in active] == ["high"]
        bench.peers.reachable[bob.device] = bob
        bench.peers.want(bob.device, [])
        bench.peers.lose(ann.device)
        await bench.complete(id_)
        assert {name: (bench.here / name).read_bytes() for name in files} == files

    run(scenario)


@pytest.mark.slow
def test_what_came_before_the_disk_refused_does_not_come_again(run: Run) -> None:
    async def scenario(bench: Bench) -> None:
        files = {f"f/{n}": bytes([n]) * 60_000 for n in range(12)}
        for name, data in files.items():
            bench.share(name, data)
        ann = bench.links[bench.world.ann.dev]
        ann.features, ann.is_stalled = m.FEATURE_BUNDLES, True
        bench.peers.want(ann.device, [])
        id_ = await bench.start("f")
        await until(lambda: len(ann.bundles) == 2)
        in_the_way = next(
            one for one in bench.downloads.line(id_).files.records if one.eid == ann.bundles[1][0]
        )
        (bench.here / PART_FOLDER / in_the_way.part).touch()
        ann.is_stalled = False
        await bench.complete(id_)
        assert {name: (bench.here / name).read_bytes() for name in files} == files
        served = Counter(eid for eid, _ in ann.served)
        assert {served[eid] for eid in ann.bundles[0]} == {1}
        assert {served[eid] for eid in ann.bundles[1]} == {2}

    run(scenario)


def test_an_empty_file_needs_nobody(run: Run) -> None:
    async def scenario(bench: Bench) -> None:
        bench.share("empty", b"")
        bench.links.clear()
        bench.peers.reachable.clear()
        await bench.complete(await bench.start("empty"))
        assert (bench.here / "empty").read_bytes() == b""

    run(scenario)


@pytest.mark.slow
def test_with_nobody_online_it_waits_and_says_so_and_goes_on_when_one_comes(run: Run) -> None:
    async def scenario(bench: Bench) -> None:
        bench.share("a", LARGE)
        bench.world.online.clear()
        started = await bench.downloads.start(bench.gid, "a", str(bench.here))
        assert started.online == 0
        await until(lambda: bench.states() == [(1, "D", "not_yet")])
        bench.peers.links = dict(bench.links)
        bench.downloads.linked(bench.links[bench.world.ann.dev])
        await bench.complete(1)
        assert bench.states() == [(1, "C", None)]

    run(scenario)


@pytest.mark.slow
def test_many_downloads_take_turns_and_what_nobody_has_holds_no_other_up(
    run: Run, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(turns, "DOWNLOADS_AT_WORK_MAX", 2)
    monkeypatch.setattr(turns, "TURN_S", 0.0)

    async def scenario(bench: Bench) -> None:
        for name in "abc":
            bench.share(name, random.Random(name).randbytes(100), bench.world.bob)
        bench.world.online.clear()
        bench.share("d", LARGE)
        for name in "abcd":
            await bench.start(name)
        await bench.complete(4)
        await until(lambda: [state for state in bench.states() if state[2] != "not_yet"] == [(4, "C", None)])
        assert "queued" in {event.error for event in bench.account.told(DownloadChanged)}
        await bench.downloads.pause(1)
        await bench.downloads.cancel(2)
        await bench.log_in_again()
        assert [state[:2] for state in bench.states()] == [(1, "P"), (3, "D"), (4, "C")]
        bench.world.online.add(bench.world.bob.dev)
        bench.peers.want(bench.world.bob.dev, [])
        await bench.downloads.resume(1)
        await bench.complete()
        assert [state for _, state, _ in bench.states()] == ["C"] * 3

    run(scenario)


@pytest.mark.slow
def test_without_a_tracker_linked_peers_are_enough(run: Run) -> None:
    async def scenario(bench: Bench) -> None:
        bench.share("a", LARGE)
        bench.account.fails = lambda _: NoTracker()
        id_ = await bench.start("a")
        await until(lambda: bench.states() == [(1, "D", "no_tracker")])
        bench.peers.links = dict(bench.links)
        bench.downloads.linked(bench.links[bench.world.ann.dev])
        await bench.complete(id_)

    run(scenario)


def test_a_liar_is_dropped_and_the_file_is_right(run: Run) -> None:
    async def scenario(bench: Bench) -> None:
        bench.share("a", LARGE, bench.world.ann, bench.world.bob)
        liar = bench.links[bench.world.ann.dev]
        liar.spoil = lambda _eid, _piece, data: data[:-1] + b"?"
        await bench.complete(await bench.start("a"))
        assert (bench.here / "a").read_bytes() == LARGE.data
        assert set(bench.peers.bad) == {liar.device}
        assert {(event.peer, event.reason) for event in bench.account.told(PieceRejected)} == {
            ("ann", "sha1")
        }
        assert bench.downloads.wasted_bytes >= PIECE_BYTES
        line = bench.downloads.line(1)
        assert line.tally.wasted_bytes == bench.downloads.wasted_bytes
        given = {source.device: source.given for source in line.tally.sources(line.files)}
        assert given == {bench.world.bob.dev: LARGE.size}  # the liar gave nothing

    run(scenario)


def test_somebody_with_two_computers_is_one_who_brings_it(run: Run) -> None:
    async def scenario(bench: Bench) -> None:
        bench.share("a", LARGE, bench.world.ann, bench.world.bob)
        ann, bob = bench.links.values()
        ann.person, bob.person = b"ann", b"bob"
        bench.speed = 0
        line = bench.downloads.line(await bench.start("a"))

        def both_bring_it() -> bool:
            ann.work(1)
            bob.work(1)
            return line.view().sources == 2

        await until(both_bring_it)
        assert files_of(line, 1)[0].people == 2
        bob.person = b"ann"
        assert line.view().sources == files_of(line, 1)[0].people == 1

    run(scenario)


def test_pieces_that_collide_in_sha1_are_told_apart(run: Run) -> None:
    async def scenario(bench: Bench) -> None:
        pairs = json.loads((Path(__file__).parents[4] / "corpus" / "sha1_collisions.json").read_text())
        good, forged = (base64.b64decode(text) for text in pairs["identical_prefix_320"])
        content = content_of((good + bytes(PIECE_BYTES - len(good))) * 3)
        bench.share("a", content, bench.world.ann, bench.world.bob)
        liar = bench.links[bench.world.bob.dev]
        liar.spoil = lambda _eid, _piece, data: forged + data[len(forged) :]
        bench.peers.reachable = {liar.device: liar}
        await bench.start("a")
        await until(lambda: len(bench.peers.bad) >= 2)
        bench.peers.links = {bench.world.ann.dev: bench.links[bench.world.ann.dev]}
        bench.downloads.linked(bench.links[bench.world.ann.dev])
        await bench.complete(1)
        assert (bench.here / "a").read_bytes() == content.data
        assert {event.reason for event in bench.account.told(PieceRejected)} == {"strong"}

    run(scenario)


@pytest.mark.slow
@pytest.mark.parametrize("ill", ["lies", "has nothing", "does not answer"])
def test_who_brings_nothing_does_not_keep_others_from_bringing_a_small_file(run: Run, ill: str) -> None:
    async def scenario(bench: Bench) -> None:
        bench.share("a", b"small", bench.world.ann, bench.world.bob)
        bad, good = bench.links[bench.world.ann.dev], bench.links[bench.world.bob.dev]
        bad.spoil = (lambda _eid, _piece, _data: b"smell") if ill == "lies" else bad.spoil
        bad.holds = (lambda _eid: 0) if ill == "has nothing" else bad.holds
        bad.is_stalled = ill == "does not answer"
        bench.peers.reachable = {bad.device: bad}
        await bench.start("a")
        await until(lambda: bad.opens)
        await asyncio.sleep(0.05)
        bench.peers.links[good.device] = good
        bench.downloads.linked(good)
        await bench.complete(1)

    run(scenario)


def test_a_peer_lost_on_the_way_and_back_again_goes_on_where_it_stood(run: Run) -> None:
    async def scenario(bench: Bench) -> None:
        bench.share("a", LARGE)
        first = bench.links[bench.world.ann.dev]
        bench.speed, bench.round_s = 1, 0.01
        first.down.rate = 1_000_000
        await bench.start("a")
        await until(lambda: len(first.served) > 5)
        bench.peers.lose(first.device)
        second = ScriptedLink(first.device, bench.contents)
        bench.peers.links[first.device] = second
        bench.downloads.linked(second)
        await bench.complete(1)
        assert len(first.served) + len(second.served) <= 22
        assert (bench.here / "a").read_bytes() == LARGE.data

    run(scenario)


@pytest.mark.slow
def test_a_peer_that_has_not_heard_of_it_yet_is_asked_again(run: Run) -> None:
    async def scenario(bench: Bench) -> None:
        eid = bench.share("a", LARGE)
        link = bench.links[bench.world.ann.dev]
        link.refuses[eid] = "not_yet"
        await bench.start("a")
        await until(lambda: link.opens == 1)
        link.refuses.clear()
        await bench.complete(1)

    run(scenario)


@pytest.mark.slow
@pytest.mark.parametrize("times", [1, 3])
def test_a_login_goes_on_where_the_last_one_ended(run: Run, times: int) -> None:
    async def scenario(bench: Bench) -> None:
        bench.share("a", LARGE)
        bench.speed, bench.round_s = 1, 0.01
        served = 0
        link = bench.links[bench.world.ann.dev]
        link.holds = lambda _: bitfield.full(6)
        await bench.start("a")
        for turn in range(times):
            await until(lambda link=link: len(link.served) > 2)  # type: ignore[misc]
            await bench.log_out()
            served += len(link.served)
            link = bench.links[bench.world.ann.dev]
            if turn < times - 1:
                link.holds = lambda _, turn=turn: bitfield.full(6 * turn + 12)  # type: ignore[misc]
            bench.log_in()
            bench.downloads.resume_all()
        await bench.complete(1)
        served += len(link.served)
        assert (bench.here / "a").read_bytes() == LARGE.data
        assert served <= 21 + 2 * times

    run(scenario)


@pytest.mark.slow
def test_pausing_stops_and_resuming_goes_on(run: Run) -> None:
    async def scenario(bench: Bench) -> None:
        bench.share("a", LARGE)
        bench.speed, bench.round_s = 1, 0.01
        link = bench.links[bench.world.ann.dev]
        link.down.rate = 1_000_000
        await bench.start("a")
        await until(lambda: len(link.served) > 3)
        await bench.downloads.pause(1)
        assert bench.states() == [(1, "P", None)]
        done = bench.downloads.views()[0].done
        assert done >= 3 * PIECE_BYTES
        served = len(link.served)
        await asyncio.sleep(0.1)
        assert len(link.served) == served
        with pytest.raises(Timeout):
            await bench.downloads.wait([], 0.01)
        await bench.log_in_again()
        assert bench.states() == [(1, "P", None)]
        assert bench.downloads.views()[0].done == done
        await bench.downloads.resume(1)
        await bench.complete(1)
        assert (bench.here / "a").read_bytes() == LARGE.data
        with pytest.raises(BadArgument):
            await bench.downloads.resume(1)
        with pytest.raises(BadArgument):
            await bench.downloads.pause(1)

    run(scenario)


@pytest.mark.slow
def test_the_order_is_kept_over_a_login_and_changes_what_is_asked(run: Run) -> None:
    async def scenario(bench: Bench) -> None:
        bench.share("a", LARGE)
        bench.speed = 0
        await bench.start("a")
        assert bench.downloads.views()[0].order == "rarest"
        await bench.downloads.order(1, "first")
        await bench.log_in_again()
        assert bench.downloads.views()[0].order == "first"
        bench.speed, bench.round_s = 1, 0.01
        link = bench.links[bench.world.ann.dev]
        await until(lambda: len(link.served) > 8)
        served = [piece for _, piece in link.served]
        assert served == list(range(len(served)))
        await bench.downloads.order(1, "rarest")
        assert bench.downloads.views()[0].order == "rarest"
        await bench.complete(1)
        for order in ("last", "first"):  # there is none such, and it is complete
            with pytest.raises(BadArgument):
                await bench.downloads.order(1, order)
        with pytest.raises(NotFound):
            await bench.downloads.order(2, "first")

    run(scenario)


@pytest.mark.slow
def test_a_download_with_a_higher_priority_is_asked_for_first(run: Run) -> None:
    async def scenario(bench: Bench) -> None:
        bench.share("a", LARGE)
        bench.share("b", content_of(random.Random(2).randbytes(20 * PIECE_BYTES)))
        bench.speed = 0
        for name in "ab":
            await bench.start(name)
        await bench.downloads.priority(1, "low")
        await bench.log_in_again()
        assert [view.priority for view in bench.downloads.views()] == ["low", "normal"]
        bench.speed, bench.round_s = 1, 0.01
        await bench.complete(2)
        assert bench.downloads.views()[0].state == "D"
        await bench.downloads.priority(1, "high")
        await bench.complete(1)
        with pytest.raises(BadArgument):
            await bench.downloads.priority(2, "first")

    run(scenario)


def test_cancelling_leaves_nothing_and_its_id_never_comes_back(run: Run) -> None:
    async def scenario(bench: Bench) -> None:
        bench.share("a", LARGE)
        bench.speed, bench.round_s = 1, 0.01
        link = bench.links[bench.world.ann.dev]
        link.down.rate = 1_000_000
        await bench.start("a")
        await until(lambda: len(link.served) > 3)
        waiting = asyncio.gather(bench.downloads.wait([1]), return_exceptions=True)
        await asyncio.sleep(0)
        await bench.downloads.cancel(1)
        assert isinstance((await waiting)[0], NotFound)
        assert list(bench.here.iterdir()) == []
        assert bench.downloads.views() == []
        assert bench.account.told(DownloadChanged)[-1].state == "X"
        assert await bench.start("a") == 2
        for command in (bench.downloads.pause, bench.downloads.cancel, bench.downloads.verify):
            with pytest.raises(NotFound):
                await command(1)

    run(scenario)


def test_what_is_clicked_twice_or_crosswise_is_done_once(run: Run) -> None:
    async def scenario(bench: Bench) -> None:
        bench.share("a", LARGE)
        bench.speed = 0
        await bench.start("a")
        downloads = bench.downloads
        await asyncio.gather(downloads.pause(1), downloads.pause(1))
        await asyncio.gather(downloads.resume(1), downloads.resume(1))
        assert [event.state for event in bench.account.told(DownloadChanged)] == ["D", "P", "D"]
        await downloads.pause(1)
        ends = await asyncio.gather(
            downloads.cancel(1), downloads.cancel(1), downloads.resume(1), return_exceptions=True
        )
        assert ends[0] is None
        assert [type(end) for end in ends[1:]] == [NotFound, NotFound]
        assert bench.states() == []
        assert bench.account.told(DownloadChanged)[-1].state == "X"

    run(scenario)


@pytest.mark.slow
def test_a_cancelled_folder_keeps_what_is_complete(run: Run) -> None:
    async def scenario(bench: Bench) -> None:
        bench.share("f/small", b"small")
        large = bench.share("f/large", LARGE)
        bench.links[bench.world.ann.dev].refuses[large] = "not_found"
        await bench.start("f")
        await until((bench.here / "f" / "small").exists)
        await bench.downloads.cancel(1)
        assert [path.name for path in (bench.here / "f").iterdir()] == ["small"]
        assert not bench.left_overs()

    run(scenario)


@pytest.mark.slow
def test_who_leaves_the_group_gets_no_more_and_may_try_again_after_a_return(run: Run) -> None:
    async def scenario(bench: Bench) -> None:
        eid = bench.share("a", LARGE)
        bench.links[bench.world.ann.dev].refuses[eid] = "not_yet"
        await bench.start("a")
        await asyncio.sleep(0.05)
        bench.world.leave(bench.world.cem)
        bench.downloads.groups_changed([bench.gid])
        await until(lambda: bench.states() == [(1, "F", "not_a_member")])
        with pytest.raises(NotAMember):
            await bench.complete(1)
        with pytest.raises(NotAMember):
            await bench.start("a")
        let_in(bench.world.book, bench.world.ann, bench.gid, bench.world.cem)
        bench.links[bench.world.ann.dev].refuses.clear()
        await bench.downloads.resume(1)
        await bench.complete(1)

    run(scenario)


def test_what_is_refused_leaves_nothing(run: Run) -> None:
    async def scenario(bench: Bench) -> None:
        bench.share("a", b"a")
        (bench.here / "a").write_text("mine")
        with pytest.raises(Exists):
            await bench.start("a")
        with pytest.raises(NotFound):
            await bench.start("b")
        assert bench.downloads.views() == []
        assert [path.name for path in bench.here.iterdir()] == ["a"]

    run(scenario)


@pytest.mark.slow
def test_a_folder_that_is_there_keeps_what_matches_and_what_does_not(run: Run) -> None:
    async def scenario(bench: Bench) -> None:
        same = content_of(b"the same")
        bench.share("f/same", same)
        bench.share("f/other", b"theirs")
        bench.share("f/sub/x", b"x")
        (bench.here / "f").mkdir()
        (bench.here / "f" / "same").write_bytes(b"the same")
        (bench.here / "f" / "other").write_bytes(b"my own")
        (bench.here / "f" / "sub").write_bytes(b"a file where a folder should be")
        await bench.complete(await bench.start("f"))
        assert (bench.here / "f" / "other").read_bytes() == b"my own"
        assert (bench.here / "f" / "other (1)").read_bytes() == b"theirs"
        assert (bench.here / "f" / "sub (1)" / "x").read_bytes() == b"x"
        assert sorted(path.name for path in (bench.here / "f").iterdir()) == [
            "other", "other (1)", "same", "sub", "sub (1)",
        ]  # fmt: skip

    run(scenario)


@pytest.mark.slow
def test_two_downloads_of_one_file_at_once_are_both_there(run: Run) -> None:
    async def scenario(bench: Bench) -> None:
        bench.share("a", LARGE)
        bench.peers.reachable.clear()  # until both have begun
        ids = [await bench.start("a"), await bench.start("a")]
        bench.peers.reachable = dict(bench.links)
        for dev in bench.links:
            bench.peers.want(dev, [])
        await bench.complete(*ids)
        assert sorted(path.name for path in bench.here.iterdir()) == ["a", "a (1)"]
        assert (bench.here / "a (1)").read_bytes() == LARGE.data

    run(scenario)


def test_a_file_of_ones_own_is_copied_from_disk(run: Run) -> None:
    async def scenario(bench: Bench) -> None:
        mine = bench.folder / "mine.bin"
        mine.write_bytes(LARGE.data)
        await bench.sharing.share(bench.gid, mine)
        bench.peers.reachable.clear()
        await bench.complete(await bench.start("mine.bin"))
        assert (bench.here / "mine.bin").read_bytes() == LARGE.data
        (record,) = bench.account.library.shares(bench.gid)
        assert record.path == mine

    run(scenario)


@pytest.mark.slow
def test_ones_own_file_that_changed_is_fetched_from_others(run: Run) -> None:
    async def scenario(bench: Bench) -> None:
        mine = bench.folder / "large.bin"
        mine.write_bytes(LARGE.data)
        await bench.sharing.share(bench.gid, mine)
        bench.share("large.bin", LARGE)
        mine.write_bytes(LARGE.data[:-1] + b"?")
        await bench.complete(await bench.start("large.bin"))
        assert (bench.here / "large.bin").read_bytes() == LARGE.data
        assert bench.links[bench.world.ann.dev].served

    run(scenario)


def test_what_has_come_is_offered_while_it_runs(run: Run) -> None:
    async def scenario(bench: Bench) -> None:
        eid = bench.share("a", LARGE)
        haves: list[int] = []
        bench.downloads.offering.on_have = lambda _gid, _eid, pieces: haves.extend(pieces)
        bench.speed, bench.round_s = 1, 0.02
        link = bench.links[bench.world.ann.dev]
        link.down.rate = 1_000_000
        await bench.start("a")
        assert bench.downloads.offer(bench.gid, eid) is None
        await until(lambda: len(haves) > 3)
        offer = bench.downloads.offer(bench.gid, eid)
        assert offer is not None
        piece = haves[0]
        assert offer.has(piece)
        with offer.file as fd:
            assert os.pread(fd, PIECE_BYTES, piece * PIECE_BYTES) == LARGE.piece(piece)
        assert bench.account.announced == {t.EntryRef(bench.gid, eid)}
        bench.speed, bench.round_s = 1000, 0.001
        while bench.states() != [(1, "C", None)]:
            assert bench.downloads.offer(bench.gid, eid) is not None
            await asyncio.sleep(0)
        whole = bench.downloads.offer(bench.gid, eid)
        assert whole is not None
        assert whole.bitfield() is None
        source, room = offer.source(piece), memoryview(bytearray(PIECE_BYTES))
        assert source.file.read(source.offset, room), "who was just being sent some of it gets the rest"
        assert room == LARGE.piece(piece)
        assert bench.account.announced == set()
        assert sorted(haves) == list(range(21))

    run(scenario)


@pytest.mark.slow
def test_two_who_lack_each_a_half_are_announced_at_once_after_a_new_login(run: Run) -> None:
    async def scenario(bench: Bench) -> None:
        eid = bench.share("a", LARGE)
        bench.speed, bench.round_s = 1, 0.02
        id_ = await bench.start("a")
        await until(lambda: bench.downloads.views()[0].done > 3 * PIECE_BYTES)
        bench.links.clear()  # nobody is there to give more
        await bench.log_in_again()
        await until(lambda: bench.account.announced == {t.EntryRef(bench.gid, eid)})
        assert bench.downloads.views()[0].id == id_

    run(scenario)


@pytest.mark.slow
def test_who_refused_is_asked_again_though_another_brings_some_meanwhile(run: Run) -> None:
    async def scenario(bench: Bench) -> None:
        eid = bench.share("a", LARGE, bench.world.ann, bench.world.bob)
        bench.links[bench.world.ann.dev].holds = lambda _: 1 << 20
        early = bench.links[bench.world.bob.dev]
        early.refuses[eid] = "not_yet"
        await bench.start("a")
        await until(lambda: early.opens == 1)
        early.refuses.clear()
        await bench.complete(1)
        assert early.opens == 2

    run(scenario)


@pytest.mark.slow
def test_a_folder_that_vanishes_is_said_and_it_goes_on_after_repair(run: Run) -> None:
    async def scenario(bench: Bench) -> None:
        bench.share("a", LARGE)
        bench.speed, bench.round_s = 1, 0.01
        link = bench.links[bench.world.ann.dev]
        link.down.rate = 1_000_000
        await bench.start("a")
        await until(lambda: len(link.served) > 3)
        bench.here.rename(bench.folder / "away")
        await bench.downloads.pause(1)
        await bench.downloads.resume(1)
        await until(lambda: bench.states() == [(1, "D", "disk_error")])
        (bench.folder / "away").rename(bench.here)
        await bench.complete(1)
        assert (bench.here / "a").read_bytes() == LARGE.data
        assert len(link.served) <= 23

    run(scenario)


@pytest.mark.slow
def test_part_files_that_were_deleted_are_fetched_again(run: Run) -> None:
    async def scenario(bench: Bench) -> None:
        bench.share("a", LARGE)
        bench.speed, bench.round_s = 1, 0.01
        link = bench.links[bench.world.ann.dev]
        link.down.rate = 1_000_000
        await bench.start("a")
        await until(lambda: len(link.served) > 3)
        await bench.downloads.pause(1)
        for path in bench.left_overs():
            os.unlink(path)  # noqa: PTH108
        await bench.downloads.resume(1)
        await bench.complete(1)
        assert (bench.here / "a").read_bytes() == LARGE.data

    run(scenario)


@pytest.mark.slow
def test_what_was_in_a_part_file_that_is_gone_is_not_believed_of_the_next(run: Run) -> None:
    async def scenario(bench: Bench) -> None:
        bench.share("a", LARGE)
        bench.speed, bench.round_s = 1, 0.01
        link = bench.links[bench.world.ann.dev]
        link.down.rate = 1_000_000
        await bench.start("a")
        await until(lambda: len(link.served) > 3)
        await bench.downloads.pause(1)
        for path in bench.left_overs():
            os.unlink(path)  # noqa: PTH108
        library = bench.account.library
        keeps = "CREATE TRIGGER keeps BEFORE DELETE ON had BEGIN SELECT RAISE(FAIL, 'kept'); END"
        await library.write(lambda db: db.execute(keeps))
        await bench.downloads.resume(1)
        await until(lambda: bench.states() == [(1, "F", "damaged")])  # or the program is killed just then
        await library.write(lambda db: db.execute("DROP TRIGGER keeps"))
        await bench.downloads.resume(1)
        await bench.complete(1)
        assert (bench.here / "a").read_bytes() == LARGE.data

    run(scenario)


@pytest.mark.slow
def test_a_single_piece_that_is_stopped_before_it_is_published_counts_as_fetched_twice(run: Run) -> None:
    async def scenario(bench: Bench) -> None:
        bench.share("a", b"a")
        bench.speed = 0
        link = bench.links[bench.world.ann.dev]
        await bench.start("a")
        await until(lambda: link.opens)
        assert link.work()
        assert link.work()
        assert link.served
        await bench.downloads.pause(1)
        assert bench.downloads.refetched_bytes == bench.downloads.line(1).tally.refetched_bytes == 1
        assert bench.downloads.views()[0].done == 0
        bench.speed = 1
        await bench.downloads.resume(1)
        await bench.complete(1)

    run(scenario)


@pytest.mark.slow
def test_what_could_not_be_written_down_is_done_again_when_there_is_space(run: Run) -> None:
    async def scenario(bench: Bench) -> None:
        content = content_of(bytes(100 * PIECE_BYTES))
        bench.share("a", content)
        bench.world.online.clear()
        await bench.start("a")
        await bench.downloads.pause(1)
        (bench.here / "a").touch()
        os.truncate(bench.here / "a", content.size)
        library = bench.account.library
        (pages,) = await library.write(lambda db: db.execute("PRAGMA page_count").fetchone())
        await library.write(lambda db: db.execute(f"PRAGMA max_page_count = {pages}"))
        await bench.downloads.resume(1)
        await until(lambda: bench.states() == [(1, "D", "disk_full")])
        await library.write(lambda db: db.execute("PRAGMA max_page_count = 1000000"))
        await bench.complete(1)

    run(scenario)


def test_a_crash_between_publish_and_commit_costs_nothing(run: Run) -> None:
    async def scenario(bench: Bench) -> None:
        bench.share("a", LARGE)
        bench.speed, bench.round_s = 1, 0.01
        link = bench.links[bench.world.ann.dev]
        link.down.rate = 1_000_000
        await bench.start("a")
        await until(lambda: len(link.served) > 1)
        await bench.downloads.pause(1)
        served = len(link.served)
        (bench.here / "a").write_bytes(LARGE.data)  # as a crash leaves it
        await bench.downloads.resume(1)
        await bench.complete(1)
        assert len(link.served) == served
        assert [path.name for path in bench.here.iterdir()] == ["a"]
        (view,) = bench.downloads.views()
        assert view.done == view.size

    run(scenario)


def test_a_file_that_cannot_be_does_not_keep_the_others_from_coming(run: Run) -> None:
    async def scenario(bench: Bench) -> None:
        bench.share("f/good", LARGE)
        lie = t.NewShare("f/lie", LARGE.size + 1, LARGE.manifest.root, bytes(20), None)
        empty = t.NewShare("f/empty", 0, LARGE.manifest.root, bytes(20), None)
        rules.share(bench.world.book, bench.world.ann, t.Share(bench.gid, [lie, empty]), AT, QUOTAS)
        bench.contents[entry_id(bench.gid, "f/lie", lie.root, lie.size)] = LARGE
        await bench.start("f")
        with pytest.raises(Damaged):
            await bench.complete(1)
        assert bench.states() == [(1, "F", "damaged")]
        assert [path.name for path in (bench.here / "f").iterdir()] == ["good"]
        assert [path.name for path in bench.here.iterdir()] == ["f"]
        await bench.downloads.resume(1)
        with pytest.raises(Damaged):
            await bench.complete(1)

    run(scenario)


@pytest.mark.slow
def test_files_of_somebody_who_is_away_hold_no_others_up(run: Run) -> None:
    async def scenario(bench: Bench) -> None:
        for n in range(100):
            bench.share(f"f/a{n}", b"away", bench.world.bob)
            bench.share(f"f/b{n}", b"here", bench.world.ann)
        bench.world.online.discard(bench.world.bob.dev)
        bench.peers.links = {bench.world.ann.dev: bench.links[bench.world.ann.dev]}
        await bench.start("f")
        await until(lambda: bench.downloads.views()[0].files_done == 100)
        assert {path.name[0] for path in (bench.here / "f").iterdir()} == {"b"}
        bench.peers.links = dict(bench.links)
        bench.downloads.linked(bench.links[bench.world.ann.dev])
        await bench.complete(1)

    run(scenario)


@pytest.mark.slow
def test_who_is_linked_only_later_gets_the_place_of_what_nobody_brings(run: Run) -> None:
    async def scenario(bench: Bench) -> None:
        for n in range(64):
            bench.share(f"f/a{n}", b"away", bench.world.bob)
        bench.share("f/b", b"here", bench.world.ann)
        bench.world.online.clear()
        bench.peers.reachable.clear()
        await bench.start("f")
        await asyncio.sleep(0.2)
        bench.peers.links = {bench.world.ann.dev: bench.links[bench.world.ann.dev]}
        bench.downloads.linked(bench.links[bench.world.ann.dev])
        await until((bench.here / "f" / "b").exists)

    run(scenario)


def test_the_path_of_a_line_is_where_its_file_came_to_lie(run: Run) -> None:
    async def scenario(bench: Bench) -> None:
        bench.share("a", LARGE)
        await bench.start("a")
        (bench.here / "a").write_text("somebody was faster")
        await bench.complete(1)
        assert bench.downloads.views()[0].path == str(bench.here / "a (1)")
        await bench.log_in_again()
        assert bench.downloads.views()[0].path == str(bench.here / "a (1)")
        await bench.downloads.verify(1)

    run(scenario)


def test_verify_reads_again_and_finds_what_changed(run: Run) -> None:
    async def scenario(bench: Bench) -> None:
        bench.share("f/a", LARGE)
        bench.share("f/b", b"b")
        link = bench.links[bench.world.ann.dev]
        link.is_stalled = True
        await bench.start("f")
        with pytest.raises(BadArgument):
            await bench.downloads.verify(1)
        link.is_stalled = False
        await bench.complete(1)
        await bench.downloads.verify(1)
        path = bench.here / "f" / "a"
        path.write_bytes(LARGE.data[:-1] + b"?")
        with pytest.raises(Altered, match=r"f/a: .*; type: resume 1"):
            await bench.downloads.verify(1)
        assert bench.states() == [(1, "F", "altered")]
        assert bench.downloads.views()[0].files_done == 1
        await until(lambda: [one.name for one in bench.account.told(ShareWithdrawn)] == ["f/a"])
        await bench.log_in_again()
        assert bench.states() == [(1, "F", "altered")]
        await bench.downloads.resume(1)
        await bench.complete(1)
        assert path.read_bytes()[-1:] == b"?", "nothing of a person's is replaced"
        assert (path.parent / "a (1)").read_bytes() == LARGE.data
        await bench.downloads.verify(1)
        (path.parent / "a (1)").unlink()
        (path.parent / "b").unlink()
        with pytest.raises(Altered):
            await bench.downloads.verify(1)
        await bench.downloads.resume(1)
        await bench.complete(1)
        assert (path.parent / "b").read_bytes() == b"b"
        await bench.downloads.verify(1)

    run(scenario)


def test_progress_is_told_and_not_too_often(run: Run) -> None:
    async def scenario(bench: Bench) -> None:
        bench.share("a", LARGE)
        bench.speed, bench.round_s = 1, 0.01
        bench.links[bench.world.ann.dev].down.rate = 500_000
        started = asyncio.get_running_loop().time()
        await bench.complete(await bench.start("a"))
        seconds = asyncio.get_running_loop().time() - started
        told = bench.account.told(DownloadProgress)
        assert 1 <= len(told) <= seconds * 10 + 2
        assert [event.done for event in told] == sorted(event.done for event in told)

    run(scenario)


@pytest.mark.skipif(os.geteuid() != 0, reason="mounts a small disk")
@pytest.mark.root
@pytest.mark.slow
def test_small_files_wait_for_space_too_before_they_come_and_where_it_goes_meanwhile(run: Run) -> None:
    async def scenario(bench: Bench) -> None:
        small = bench.folder / "small"
        small.mkdir()
        if os.system(f"mount -t tmpfs -o size={FREE_SPACE_RESERVE_BYTES + 8 * PIECE_BYTES} none {small}"):  # noqa: ASYNC221
            pytest.skip("no mounts here")
        filler = small / "filler"

        def fill() -> None:
            with suppress(OSError), filler.open("wb", buffering=0) as file:
                while True:
                    file.write(bytes(4096))

        try:
            files = {f"f/{n}": b"%d" % n * 2000 for n in range(50)}
            for name, data in files.items():
                bench.share(name, data)
            ann = bench.links[bench.world.ann.dev]
            ann.features, ann.is_stalled = m.FEATURE_BUNDLES, True
            bench.peers.want(ann.device, [])
            await bench.start("f", str(small))
            await until(lambda: ann.bundles)
            fill()
            ann.is_stalled = False
            await until(lambda: bench.states() == [(1, "D", "disk_full")])
            asked = len(ann.bundles)
            await asyncio.sleep(0.3)  # some tries
            assert bench.states() == [(1, "D", "disk_full")]
            assert len(ann.bundles) == asked
            assert len(bench.account.told(DiskFilled)) == 1
            filler.unlink()
            await bench.complete(1)
            assert {name: (small / name).read_bytes() for name in files} == files
        finally:
            await bench.downloads.close()
            os.system(f"umount {small}")  # noqa: ASYNC221

    run(scenario)


@pytest.mark.skipif(os.geteuid() != 0, reason="mounts a small disk")
@pytest.mark.root
@pytest.mark.slow
def test_a_full_disk_is_said_what_fits_comes_and_all_else_when_there_is_space(run: Run) -> None:
    async def scenario(bench: Bench) -> None:
        small = bench.folder / "small"
        small.mkdir()
        size = FREE_SPACE_RESERVE_BYTES + 40 * PIECE_BYTES
        if os.system(f"mount -t tmpfs -o size={size} none {small}"):  # noqa: ASYNC221
            pytest.skip("no mounts here")
        try:
            bench.share("f/a", LARGE)
            for n in range(50):
                bench.share(f"f/{n}", b"%d" % n * 2000)
            bench.share("b", b"b")
            bench.world.online.clear()
            bench.links[bench.world.ann.dev].features = m.FEATURE_BUNDLES
            await bench.start("f", str(small))
            await asyncio.sleep(0.1)
            await bench.downloads.pause(1)
            for path in small.rglob(f"{PART_FOLDER}/*"):
                path.unlink()
            filler = small / "filler"
            filler.write_bytes(bytes(size - 5 * PIECE_BYTES))
            bench.peers.links = dict(bench.links)
            await bench.downloads.resume(1)
            await until(lambda: bench.downloads.views()[0].files_done == 50)
            await until(lambda: bench.states()[0] == (1, "D", "disk_full"))
            assert bench.account.told(DiskFilled)[0].path == str(small)
            assert bench.downloads.refetched_bytes == 0, "nothing came in vain"
            await bench.complete(await bench.start("b"))
            filler.unlink()
            await bench.complete(1)
            assert (small / "f" / "a").read_bytes() == LARGE.data
        finally:
            await bench.downloads.close()
            os.system(f"umount {small}")  # noqa: ASYNC221

    run(scenario)
