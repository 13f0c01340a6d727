"""Real stores under random lives: rows lost on the way, rounds cut, old copies restored, rows deleted.

SHOAL_STORE_SEEDS says how many.
"""

import asyncio
import contextlib
import os
import random
import shutil
from pathlib import Path
from typing import NamedTuple

import pytest

from shared.facts.ids import Epoch, UserId
from shared.facts.rows import (
    Body,
    Gone,
    Invite,
    InviteUse,
    Key,
    Kind,
    Renewed,
    Row,
    Share,
    body_of,
)
from shared.facts.tombstones import is_live
from tests.support.stores import opened
from trackerd.mesh.collector import Collector
from trackerd.store.book import Commit
from trackerd.store.store import Store

SEEDS = int(os.environ.get("SHOAL_STORE_SEEDS", "4"))
STEPS = 200
EVER = 1 << 62
NUMBERS = (1, 2, 3)
BODIES: dict[Kind, list[Body]] = {
    Kind.SHARE: [Share(UserId(bytes(16)), Epoch(1, 1), is_on, 1) for is_on in (True, False)],
    Kind.RENEWED: [Renewed(1)],
    Kind.GONE: [Gone(1)],
    Kind.INVITE: [
        Invite(bytes(32), 1, 1, UserId(bytes(16)), Epoch(1, 1), is_on, 1) for is_on in (True, False)
    ],
    Kind.INVITE_USE: [InviteUse(Epoch(1, 1), 1)],
}


class Pushed(NamedTuple):
    log: int
    first: int
    last: int
    rows: list[Row]


class Life:
    def __init__(self, folder: Path, seed: int) -> None:
        self.folder, self.lot = folder, random.Random(seed)
        self.stores: dict[int, Store] = {}
        self.pushed: dict[tuple[int, int], list[Pushed]] = {}
        self.written: list[Row] = []
        self.behind: dict[int, None] = {}
        self.copied: dict[int, None] = {}
        self.collectors: dict[int, tuple[Collector, list[Row]]] = {}
        self.purged = 0

    async def go(self) -> None:
        for number in NUMBERS:
            self._open(number)
        usual = [self.write] * 2 + [self.invite] + [self.push] * 4 + [self.round] * 12 + [self.collect] * 6
        for _ in range(STEPS):
            rare = self.lot.random() < 0.04
            await self.lot.choice([self.copy, self.restart, self.restore] if rare else usual)()
        self.pushed = {}
        for _ in range(2):
            for one in NUMBERS:
                for other in NUMBERS:
                    await self._round(one, other, cut=0.0)
        self._check()
        for store in self.stores.values():
            await store.close()

    # --- what happens ---

    async def write(self) -> None:
        number = self._any()
        if number in self.behind:
            return
        kind = self.lot.choice([Kind.SHARE, Kind.SHARE, Kind.RENEWED, Kind.GONE])
        size = 48 if kind == Kind.SHARE else 16
        keys = [Key(kind, bytes([self.lot.randrange(4)]) * size) for _ in range(self.lot.choice([1, 1, 3]))]
        body = self.lot.choice(BODIES[kind])
        await self.stores[number].write(lambda book: [book.write(kind, key.id, body) for key in keys])

    async def invite(self) -> None:
        """Makes one, uses one that is open here, or takes it back: never one that was taken back before."""
        number = self._any()
        if number in self.behind:
            return
        rows = self.stores[number].rows
        ids = [row.id for row in rows.scan(Kind.INVITE, b"") if body_of(row, Invite).live]
        is_open, is_over = BODIES[Kind.INVITE]
        match self.lot.choice([0, 1, 1, 2] if ids else [0]):
            case 0:
                kind, id_, body = Kind.INVITE, self.lot.randbytes(32), is_open
            case 1:
                kind, id_, body = (
                    Kind.INVITE_USE,
                    self.lot.choice(ids) + bytes(15) + b"%c" % number,
                    InviteUse(Epoch(1, 1), 1),
                )
            case _:
                kind, id_, body = Kind.INVITE, self.lot.choice(ids), is_over
        await self.stores[number].write(lambda book: book.write(kind, id_, body))

    async def push(self) -> None:
        links = [link for link, waiting in self.pushed.items() if waiting]
        if links:
            link = self.lot.choice(links)
            commit = self.pushed[link].pop(self.lot.choice([0, 0, -1]))
            if self.lot.random() < 0.9:
                await self.stores[link[1]].take_live(*commit)

    async def round(self) -> None:
        one, other = self.lot.sample(NUMBERS, 2)
        await self._round(one, other, cut=0.2)

    async def _round(self, one: int, other: int, cut: float) -> None:
        """Between its parts others write and delete."""
        if one == other:
            return
        sender, receiver = self.stores[one], self.stores[other]
        if found := self.collectors.get(other):
            found[0].asked(one)
        listing = 0
        async with contextlib.aclosing(sender.round_above(receiver.vector())) as parts:
            async for part in parts:
                if self.lot.random() < cut:
                    self._cut(one, other)
                    if listing:
                        await receiver.forget_listing(listing)
                    return
                if cut and self.lot.random() < 0.3:
                    await self.lot.choice([self.write, self.push, self.collect])()
                if part.whole and not listing:
                    listing = receiver.new_listing()
                whole = listing if part.whole else 0
                await receiver.take_rows(part.rows, gc=part.gc, whole=whole)
                if part.end is not None:
                    await receiver.finish_round(part.end, part.hlc, whole=whole)
                    self._ended(one, other, part.end)

    def _ended(self, one: int, other: int, end: dict[int, int]) -> None:
        if one not in self.behind:
            self.behind.pop(other, None)
        if found := self.collectors.get(other):
            found[0].ended(one, end)

    def _cut(self, one: int, other: int) -> None:
        for link in ((one, other), (other, one)):
            self.pushed.pop(link, None)
            if found := self.collectors.get(link[1]):
                found[0].lost(link[0])

    async def collect(self) -> None:
        number = self._any()
        store, (collector, _) = self.stores[number], self.collectors.get(number, (None, []))
        if collector is None:
            noted = await store.tombstones(EVER, None, 100)
            others = [other for other in NUMBERS if other != number]
            self.collectors[number] = Collector(noted, store.seen, others), noted
        elif (due := collector.due(store.seen)) is not None:
            del self.collectors[number]
            self.purged += await store.purge([*due])

    async def copy(self) -> None:
        number = self._any()
        await self._closed(number)
        shutil.copy(self._path(number), self.folder / f"copy{number}.sqlite")
        self.copied[number] = None
        self._open(number)

    async def restart(self) -> None:
        number = self._any()
        await self._closed(number)
        self._open(number)

    async def restore(self) -> None:
        number = self._any()
        if number in self.copied:
            await self._closed(number)
            shutil.copy(self.folder / f"copy{number}.sqlite", self._path(number))
            self.behind[number] = None
            others = [store.seen for store in self.stores.values() if store is not self.stores[number]]
            self.written = [
                row for row in self.written if any(row.seq <= seen.get(row.log, 0) for seen in others)
            ]
            self._open(number)

    # --- inside ---

    def _any(self) -> int:
        return self.lot.choice(NUMBERS)

    def _path(self, number: int) -> Path:
        return self.folder / f"{number}.sqlite"

    def _open(self, number: int) -> None:
        store = self.stores[number] = opened(self._path(number), number, seed=self.lot.getrandbits(32))

        def committed(commit: Commit) -> None:
            self.written += commit.own
            if commit.own:
                pushed = Pushed(store.log, commit.first, commit.last, commit.own)
                for other in NUMBERS:
                    if other != number:
                        self.pushed.setdefault((number, other), []).append(pushed)

        store.on_commit = committed

    async def _closed(self, number: int) -> None:
        await self.stores[number].close()
        self.collectors.pop(number, None)
        for other in NUMBERS:
            self._cut(number, other)

    def _check(self) -> None:
        facts = {number: self._facts(store) for number, store in self.stores.items()}
        assert self.stores[1].seen == self.stores[2].seen == self.stores[3].seen
        live = [
            {key: row for key, row in mine.items() if is_live(self.stores[number].rows, row)}
            for number, mine in facts.items()
        ]
        assert live[0] == live[1] == live[2]
        for store in self.stores.values():
            assert store.rows_by_kind == {
                kind: count for kind in BODIES if (count := len([*store.rows.scan(kind, b"")]))
            }
        for row in self.written:
            best = [other for other in self.written if other.key == row.key]
            last = (
                max(best, key=lambda one: one.stamp)
                if row.kind < 64
                else min(best, key=lambda one: one.stamp)
            )
            kept = facts[1].get(row.key)
            assert (
                kept == last
                or (kept is None and not is_live(self.stores[1].rows, last))
                or (kept is not None and kept.beats(last))
            )

    def _facts(self, store: Store) -> dict[Key, Row]:
        return {row.key: row for kind in BODIES for row in store.rows.scan(kind, b"")}


@pytest.mark.parametrize("seed", range(SEEDS))
def test_stores_agree_in_the_end_and_keep_what_they_were_given(seed: int, tmp_path: Path) -> None:
    asyncio.run(Life(tmp_path, seed).go())
