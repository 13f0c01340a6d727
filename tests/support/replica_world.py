"""Trackers and what is under way between them, in memory: the pure core under a random life, from one seed.

Whoever calls decides what happens next; a World knows what may, and what has to hold whatever happens.
"""

import random
from collections.abc import Callable, Iterable, Mapping, Sequence
from itertools import combinations
from typing import NamedTuple

from shared.facts.ids import Dot, Epoch, UserId
from shared.facts.rows import FIRST_CLAIM, Gone, Key, Kind, Renewed, Row, Share
from shared.facts.tombstones import is_live
from tests.support.replicas import Node, Round

YEAR_S = 365 * 24 * 3600


class Commit(NamedTuple):
    log: int
    first: int
    last: int
    rows: list[Row]


Link = tuple[int, int]
"""From, to."""


class World:
    def __init__(
        self,
        lot: random.Random,
        count: int = 3,
        make: Callable[..., Node] = Node,
        kinds: Sequence[Kind] = (Kind.SHARE, Kind.RENEWED, Kind.GONE),
        hot_keys: int = 6,
    ) -> None:
        """Keys are hot, `hot_keys` of each of the kinds, or are written once."""
        self.lot, self.kinds, self._make, self._hot_keys = lot, kinds, make, hot_keys
        self.nodes = {number: make(number, lot) for number in range(1, count + 1)}
        self.written: dict[Dot, Row] = {}
        self.acked: dict[Dot, Row] = {}
        """Those of them that no lost disk had alone."""
        self.cut: dict[frozenset[int], None] = {}
        self.lives: dict[Link, list[Commit]] = {}
        self.rounds: dict[Link, Round] = {}
        self.purged = 0
        self._fresh = 0

    # --- what happens ---

    def write(self, number: int, keys: Iterable[Key], is_on: bool) -> None:
        """One commit, pushed to all who are linked."""
        node = self.nodes[number]
        if node.is_behind:
            return
        first = node.pen.seq + 1
        rows: dict[Dot, Row] = {}
        for key in keys:
            row = node.write(Kind(key.kind), key.id, _body(key, is_on))
            if row.log == node.pen.log and row.seq >= first:
                rows[row.dot] = row
        if rows:
            self.written |= rows
            self.acked |= rows
            commit = Commit(node.pen.log, first, node.pen.seq, list(rows.values()))
            for other in self._linked(number):
                self.lives.setdefault((number, other), []).append(commit)

    def hot_key(self, lot: random.Random) -> Key:
        kind = lot.choice(self.kinds)
        return Key(kind, bytes([lot.randrange(self._hot_keys)]) * (48 if kind == Kind.SHARE else 16))

    def fresh_key(self) -> Key:
        self._fresh += 1
        return Key(Kind.RENEWED, self._fresh.to_bytes(16, "big"))

    def push(self, link: Link, index: int, is_lost: bool) -> None:
        """A commit arrives, or is lost; not always the first."""
        waiting = self.lives.get(link, [])
        if waiting:
            commit = waiting.pop(index % len(waiting))
            if not is_lost:
                self.nodes[link[1]].push(*commit)

    def ask(self, link: Link) -> None:
        sender, receiver = self.nodes[link[0]], self.nodes[link[1]]
        if link in self.rounds or frozenset(link) in self.cut:
            return
        self.rounds[link] = Round(sender, receiver)
        if receiver.collector:
            receiver.collector.asked(sender.number)

    def read(self, link: Link, at_most: int) -> None:
        if (found := self.rounds.get(link)) and not found.is_read and not found.read(at_most):
            self.drop(*link)

    def take(self, link: Link) -> None:
        if (found := self.rounds.get(link)) and found.under_way and found.take():
            del self.rounds[link]

    def drop(self, one: int, other: int) -> None:
        """All that is on this link is lost, with the link; there is another at once."""
        for way in ((one, other), (other, one)):
            self.lives.pop(way, None)
            self.rounds.pop(way, None)
            if (node := self.nodes.get(way[1])) and node.collector:
                node.collector.lost(way[0])

    def part(self, one: int, other: int) -> None:
        self.drop(one, other)
        self.cut[frozenset((one, other))] = None

    def join(self) -> None:
        self.cut.clear()

    def crash(self, number: int) -> None:
        """What was committed is there again; a new run begins."""
        for other in self.nodes:
            self.drop(number, other)
        node = self.nodes[number]
        is_behind = node.is_behind
        node.restart(self.lot)
        node.begin()
        node.is_behind = is_behind

    def back_up(self, number: int) -> None:
        node = self.nodes[number]
        node.backups.append(node.back_up())

    def restore(self, number: int, index: int) -> None:
        node = self.nodes[number]
        if node.backups:
            self._lose(number)
            node.restore(node.backups[index % len(node.backups)])
            self.crash(number)
            node.is_behind = len(self.nodes) > 1

    def destroy(self, number: int, for_good: bool) -> None:
        """The disk is lost. The tracker begins anew with an empty one, or never."""
        if len(self.nodes) == 2:
            return
        self._lose(number)
        for other in self.nodes:
            self.drop(number, other)
        backups = self.nodes.pop(number).backups
        if for_good:
            for node in self.nodes.values():
                node.collector = None
            return
        self.nodes[number] = self._make(number, self.lot)
        self.nodes[number].backups = backups
        self.nodes[number].is_behind = True
        self.nodes = dict(sorted(self.nodes.items()))

    def collect(self, number: int) -> None:
        node, before = self.nodes[number], len(self.nodes[number].facts)
        node.collect(self.lot, [other for other in self.nodes.values() if other is not node])
        self.purged += before - len(node.facts)

    def settle(self) -> None:
        """Quiet: everybody asks everybody, until nothing is news."""
        self.join()
        for link in self.links():
            self.drop(*link)
        for _ in range(3):
            for link in self.links():
                self.ask(link)
                while link in self.rounds:
                    self.read(link, 1000)
                    self.take(link)

    def live_on(self, steps: int, weights: Mapping[str, float]) -> None:
        """So many random steps, each kind as often as its weight says."""
        names, often = list(weights), list(weights.values())
        for name in self.lot.choices(names, often, k=steps):
            getattr(self, f"_any_{name}")()

    def _any_write(self) -> None:
        count = self.lot.choice([1, 1, 1, 2, 4])
        keys = [self.fresh_key() if self.lot.random() < 0.3 else self.hot_key(self.lot) for _ in range(count)]
        self.write(self._any_node(), keys, self.lot.random() < 0.5)

    def _any_push(self) -> None:
        if waiting := [link for link, commits in self.lives.items() if commits]:
            self.push(self.lot.choice(waiting), self.lot.choice([0, 0, 0, 1]), self.lot.random() < 0.1)

    def _any_round(self) -> None:
        """Goes on with one, mostly a little."""
        link = self.lot.choice(self.links())
        self.ask(link)
        if self.lot.random() < 0.7:
            self.read(link, self.lot.choice([1, 3, 1000]))
        for _ in range(self.lot.choice([0, 1, 2, 1000])):
            self.take(link)

    def _any_drop(self) -> None:
        self.drop(*self.lot.choice(self.links()))

    def _any_part(self) -> None:
        self.part(*self.lot.choice(self.links()))

    def _any_join(self) -> None:
        self.join()

    def _any_crash(self) -> None:
        self.crash(self._any_node())

    def _any_back_up(self) -> None:
        self.back_up(self._any_node())

    def _any_restore(self) -> None:
        self.restore(self._any_node(), self.lot.randrange(100))

    def _any_replace(self) -> None:
        self.destroy(self._any_node(), for_good=False)

    def _any_destroy(self) -> None:
        self.destroy(self._any_node(), for_good=True)

    def _any_skew(self) -> None:
        off_s = self.lot.choice([0, 0, self.lot.uniform(-200, 200), self.lot.choice([-3, 3]) * YEAR_S])
        self.nodes[self._any_node()].wall_s = 1.7e9 + off_s

    def _any_collect(self) -> None:
        self.collect(self._any_node())

    def _any_node(self) -> int:
        return self.lot.choice(list(self.nodes))

    # --- what holds ---

    def check(self) -> None:
        """At any time: who has seen the same has the same."""
        nodes = [node for node in self.nodes.values() if node.is_comparable()]
        for one, other in combinations(nodes, 2):
            assert one.seen != other.seen or one.live() == other.live(), "equal vectors, unequal rows"

    def check_settled(self) -> None:
        nodes = list(self.nodes.values())
        for node in nodes[1:]:
            assert (node.live(), node.seen) == (nodes[0].live(), nodes[0].seen), "no quiet"
        for row in self.acked.values():
            self._check_kept(row, nodes[0])

    def _check_kept(self, acked: Row, node: Node) -> None:
        kept = node.facts.get(acked.key)
        if kept is not None:
            assert kept == acked or kept.beats(acked), "an acknowledged row is lost, or a collected one back"
            return
        ended_by = [
            row
            for row in self.written.values()
            if row.key == acked.key and not is_live(node, row) and row.seq <= node.seen.get(row.log, 0)
        ]
        assert any(row == acked or row.beats(acked) for row in ended_by), "an acknowledged row is lost"

    def links(self) -> list[Link]:
        return [(one, other) for one in self.nodes for other in self.nodes if one != other]

    def _linked(self, number: int) -> list[int]:
        return [
            other for other in self.nodes if other != number and frozenset((number, other)) not in self.cut
        ]

    def _lose(self, number: int) -> None:
        """Of what only this disk had, nothing is promised any more."""
        others = [node.seen for node in self.nodes.values() if node.number != number]
        self.acked = {
            dot: row
            for dot, row in self.acked.items()
            if any(seen.get(dot.log, 0) >= dot.seq for seen in others)
        }


def _body(key: Key, is_on: bool) -> Renewed | Share | Gone:
    if key.kind == Kind.SHARE:
        return Share(UserId(bytes(16)), Epoch(1, 1), is_on, 1)
    return Gone(1) if key.kind >= FIRST_CLAIM else Renewed(1)
