"""Trackers in memory over links that stall, are cut and come back: in the end all of them have the same."""

import itertools
import random
from collections import deque
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from typing import TypeVar

from hypothesis import given
from hypothesis import strategies as st

import shared.wire.mesh_messages as mm
from shared.facts.rows import Gone, Kind, Renewed
from shared.limits import MESH_BUFFERED_BYTES_MAX
from tests.support.memory_book import MemoryBook
from trackerd.mesh.inbox import Claim, Inbox, Item
from trackerd.mesh.link_session import LinkSession
from trackerd.mesh.telling import LiveFrame

NUMBERS = (1, 2, 3)
PAIRS = [*itertools.combinations(NUMBERS, 2)]
PAGE = 2
T = TypeVar("T")
WEIGHTS = {"write": 6, "hear": 8, "apply": 6, "send": 4, "stick": 1, "cut": 1, "connect": 3, "restart": 0.3}
seeds = st.integers(0, (1 << 32) - 1)


@dataclass(eq=False)
class Node:
    """A tracker. Its store is in memory, and a commit is on the disk at once."""

    book: MemoryBook
    ends: dict[int, "End"] = field(default_factory=dict)
    streamed: dict[int, tuple[int, dict[int, int]]] = field(default_factory=dict)

    @property
    def number(self) -> int:
        return self.book.number

    def hello(self) -> mm.Hello:
        return mm.Hello(1, 1, self.number, bytes(16), self.book.pen.log, dict(self.book.seen), 0)

    def live(self, but: "End") -> list[int]:
        theirs = [end.session.theirs for end in self.ends.values() if end is not but]
        return [hello.log for hello in theirs if hello]

    def write(self, key: int, *, once: bool) -> None:
        kind, body = (Kind.GONE, Gone(key)) if once else (Kind.RENEWED, Renewed(key))
        before = self.book.pen.seq
        row = self.commits(lambda: self.book.write(kind, bytes([key]) * 16, body))
        if self.book.pen.seq > before:
            live = mm.encode(mm.Live(row.log, row.seq, row.seq, [row]))
            for end in self.ends.values():
                end.sent.extend(end.session.telling.wrote([LiveFrame(row.seq, live)], end.unread_bytes))

    def commits(self, act: Callable[[], T]) -> T:
        before = dict(self.book.seen)
        done = act()
        moved = {log: seq for log, seq in self.book.seen.items() if seq != before.get(log)}
        moved.pop(self.book.pen.log, None)
        for end in self.ends.values():
            if moved and end.session.telling.may_say(moved, end.unread_bytes):
                end.say(mm.Ack(moved))
        return done

    def round_above(self, theirs: dict[int, int]) -> Iterator[mm.Rows]:
        """As the store reads it: pages up to now, then a snapshot of the rest."""
        book, begun, at = self.book, dict(self.book.seen), (0, 0)
        while page := [
            row for row in book.above(theirs) if row.seq <= begun.get(row.log, 0) and row.dot > at
        ][:PAGE]:
            yield mm.Rows(page)
            at = page[-1].dot
        floor = {log: max(theirs.get(log, 0), begun.get(log, 0)) for log in {**theirs, **begun}}
        rest, end = book.above(floor), dict(book.seen)
        for start in range(0, max(len(rest), 1), PAGE):
            is_last = start + PAGE >= len(rest)
            yield mm.Rows(rest[start : start + PAGE], end if is_last else None)


@dataclass(eq=False)
class End:
    """One side of one link."""

    node: Node
    session: LinkSession
    sent: deque[bytes] = field(default_factory=deque)
    inbox: Inbox = field(default_factory=Inbox)
    sending: Iterator[mm.Rows] | None = None
    is_stuck: bool = False

    @property
    def unread_bytes(self) -> int:
        return MESH_BUFFERED_BYTES_MAX + 1 if self.is_stuck else 0

    def say(self, message: mm.Message) -> None:
        self.sent.append(mm.encode(message))

    def hear(self, written: bytes) -> None:
        message = mm.decode(written)
        assert message is not None
        self.session.hears(message)
        match message:
            case mm.Hello():
                log, streamed = self.node.streamed.get(message.number, (0, {}))
                self.session.greeted(message, streamed if log == message.log else {})
                self.ask()
            case mm.Live() | mm.Rows():
                self.inbox.put(message)
            case mm.Ack(vv):
                log = self.session.log
                if log in vv:
                    self.inbox.put(Claim({log: vv[log]}))
                self.session.asking.claimed(vv, self.node.book.seen, {log, *self.node.live(but=self)})
                self.ask()
            case mm.Pull():
                self.session.telling.is_in_round = True
                self.sending = self.node.round_above(message.vv)
            case _:
                pass

    def ask(self) -> None:
        if (above := self.session.asking.next_round(self.node.book.seen)) is not None:
            self.say(mm.Pull(above))

    def send(self) -> None:
        """What may go now that the other has read on."""
        if self.is_stuck:
            return
        if self.sending:
            part = next(self.sending)
            self.say(part)
            if part.end is not None:
                self.sending = None
                self.sent.extend(self.session.telling.round_ended(part.end))
        if claim := self.session.telling.claim():
            self.say(mm.Ack(claim))

    def apply(self) -> None:
        if len(self.inbox):
            self._take(self.inbox.take())
            self.ask()

    def _take(self, item: Item) -> None:
        book, asking = self.node.book, self.session.asking
        match item:
            case mm.Live(log, first, last, rows):
                if not self.node.commits(lambda: book.push(log, first, last, rows)):
                    asking.missed()
            case Claim(vv):
                asking.claimed(vv, book.seen, live=())
            case mm.Rows():
                part = self.session.taken(item, book.pen.seq)
                book.merge(part.rows)
                asking.took(part.rows, whole=part.whole)
                if part.end is not None:
                    end = part.end
                    self.node.commits(lambda: book.finish_round(end))
                    asking.told(end)
                    asking.ended()


class World:
    def __init__(self) -> None:
        self.nodes = {number: Node(MemoryBook(number=number)) for number in NUMBERS}

    def connect(self, one: int, other: int) -> None:
        self.cut(one, other)
        for here, there in ((one, other), (other, one)):
            node = self.nodes[here]
            end = End(node, LinkSession(there, node.hello()))
            end.say(end.session.ours)
            node.ends[there] = end

    def cut(self, one: int, other: int) -> None:
        for here, there in ((one, other), (other, one)):
            node = self.nodes[here]
            if (end := node.ends.pop(there, None)) and end.session.theirs:
                node.streamed[there] = end.session.theirs.log, end.session.asking.streamed

    def restart(self, number: int, lot: random.Random) -> None:
        for other in NUMBERS:
            self.cut(number, other)
        self.nodes[number].streamed = {}
        self.nodes[number].book.restart(lot)

    def ends(self) -> list[tuple[End, End]]:
        """Each with the one that hears it."""
        return [
            (end, self.nodes[number].ends[node.number])
            for node in self.nodes.values()
            for number, end in node.ends.items()
        ]

    def settle(self) -> None:
        """Until nobody has anything to say."""
        for end, _ in self.ends():
            end.is_stuck = False
            end.send()
        while any(end.sent or end.sending or len(end.inbox) for end, _ in self.ends()):
            for end, other in self.ends():
                end.send()
                while end.sent:
                    other.hear(end.sent.popleft())
                end.apply()

    def turn(self) -> None:
        for end, _ in self.ends():
            end.session.asking.turn(end.node.book.seen)
            end.ask()


def one_step(world: World, lot: random.Random) -> None:
    one, other = lot.sample(NUMBERS, 2)
    ends = world.ends()
    match lot.choices([*WEIGHTS], [*WEIGHTS.values()])[0]:
        case "write":
            world.nodes[one].write(lot.randrange(6), once=lot.random() < 0.2)
        case "cut":
            world.cut(one, other)
        case "connect" if other not in world.nodes[one].ends:
            world.connect(one, other)
        case "restart":
            world.restart(one, lot)
        case "hear" if ends:
            end, hearer = lot.choice(ends)
            if end.sent:
                hearer.hear(end.sent.popleft())
        case "apply" if ends:
            lot.choice(ends)[0].apply()
        case "send" if ends:
            lot.choice(ends)[0].send()
        case "stick" if ends:
            end, _ = lot.choice(ends)
            end.is_stuck = not end.is_stuck


def linked(one: int, other: int, world: World) -> None:
    if other not in world.nodes[one].ends:
        world.connect(one, other)


def assert_all_have_the_same(world: World) -> None:
    first, *others = (node.book for node in world.nodes.values())
    assert all((book.seen, book.facts) == (first.seen, first.facts) for book in others)


@given(seeds)
def test_while_all_are_linked_nothing_waits_for_a_turn(seed: int) -> None:
    lot, world = random.Random(seed), World()
    for _ in range(200):
        for one, other in PAIRS:
            linked(one, other, world)
        one_step(world, lot)
    for one, other in PAIRS:
        linked(one, other, world)
    world.settle()
    assert_all_have_the_same(world)


@given(seeds, st.sampled_from(PAIRS))
def test_two_that_have_no_link_get_what_they_lack_through_the_third(
    seed: int, apart: tuple[int, int]
) -> None:
    lot, world = random.Random(seed), World()
    for _ in range(300):
        one_step(world, lot)
    world.cut(*apart)
    for one, other in PAIRS:
        if (one, other) != apart:
            linked(one, other, world)
    world.settle()
    for _ in range(3):
        world.turn()
        world.settle()
    assert_all_have_the_same(world)
