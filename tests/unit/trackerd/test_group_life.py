"""Partitioned histories of groups: one owner, the same everywhere, and no answer that was given is undone.

SHOAL_REPLICA_SEEDS says how many.
"""

import contextlib
import os
import random
from collections.abc import Callable, Iterable

import pytest

import shared.wire.tracker_messages as m
from shared.errors import NotYet, Refused
from shared.facts.derive import (
    claimants,
    fact,
    members,
    owner,
    pending,
    resolve_group,
    shown_group,
    shown_user,
)
from shared.facts.ids import DeviceId, GroupId, UserId
from shared.facts.rows import Body, Key, Kind, Member, Owner, Row, body_of
from shared.facts.tombstones import is_collectable, is_live
from tests.support.memory_book import AT, QUOTAS, MemoryBook, nonce, person
from trackerd.rules import (
    Actor,
    accept,
    create_group,
    delete_user,
    join,
    leave,
    reject,
    remove_member,
    transfer,
    withdraw,
)

SEEDS = int(os.environ.get("SHOAL_REPLICA_SEEDS", "60"))
SEEDS_TO_CATCH_MAX = 2000
STEPS = 60
NO_DEVICE = DeviceId(b"")
OwnerOf = Callable[[MemoryBook, GroupId], UserId | None]


class Life:
    """Of three trackers, four people and two groups, which may have one name."""

    def __init__(self, seed: int, make: type[MemoryBook] = MemoryBook, owner_of: OwnerOf = owner) -> None:
        self.lot, self.owner_of = random.Random(seed), owner_of
        self.books = [make(number=number, wall_s=1e9 + self.lot.uniform(-200, 200)) for number in (1, 2, 3)]
        self.people = [person(self.books[0], name) for name in ("Ann", "Bob", "Cem", "Dia")]
        self.gids = [
            create_group(self.books[0], actor, m.CreateGroup(nonce(name), name), AT, QUOTAS).gid
            for actor, name in zip(self.people, ("Band", "Choir"), strict=False)
        ]
        self.answered: dict[bytes, list[Row]] = {}
        """By gid+uid: the member rows of which somebody was told that it is so now."""
        for gid in self.gids:
            self._note(self.books[0], gid)
        self.meet()

    def go(self) -> None:
        """Raises AssertionError where something does not hold."""
        for _ in range(STEPS):
            if self.lot.random() < 0.15:
                self._hear(*self.lot.sample(self.books, 2))
            elif self.lot.random() < 0.03:
                self.meet()
            else:
                self._step(self.lot.choice(self.books))
        self.meet()
        self._check_answers()

    def meet(self) -> None:
        """All hear all; then some delete what is over, as they may."""
        for _ in self.books:
            for one in self.books:
                for other in self.books:
                    self._hear(one, other)
        for book in self.books:
            if self.lot.random() < 0.3:
                book.purge([row for row in book.facts.values() if is_collectable(book, row)])
        seen = [self._seen(book) for book in self.books]
        assert seen[0] == seen[1] == seen[2]

    def _hear(self, one: MemoryBook, other: MemoryBook) -> None:
        other.merge(one.above(other.seen))
        other.finish_round(one.seen)
        other.pen.hlc = max(other.pen.hlc, one.pen.hlc)
        for gid in self.gids:
            self._check_owner(other, gid)

    def _step(self, book: MemoryBook) -> None:
        gid, actor = self.lot.choice(self.gids), self.lot.choice(self.people)
        lord, asked = owner(book, gid), [uid for uid, _ in pending(book, gid)]
        other = self.lot.choice(
            asked if asked and self.lot.random() < 0.6 else [one.uid for one in self.people]
        )
        host = Actor(lord, NO_DEVICE) if lord and self.lot.random() < 0.8 else actor
        steps: list[Callable[[], object]] = [
            lambda: join(book, actor, m.Join(gid), AT, QUOTAS),
            lambda: join(book, actor, m.Join(gid), AT, QUOTAS),
            lambda: withdraw(book, actor, m.Withdraw(gid), AT),
            lambda: accept(book, host, m.Accept(gid, other), AT, QUOTAS),
            lambda: accept(book, host, m.Accept(gid, other), AT, QUOTAS),
            lambda: reject(book, host, m.Reject(gid, other), AT),
            lambda: leave(book, actor, m.Leave(gid, again=self.lot.random() < 0.3), AT),
            lambda: transfer(book, host, m.Transfer(gid, other), AT),
            lambda: remove_member(book, host, m.RemoveMember(gid, other), AT),
        ]
        with contextlib.suppress(Refused, NotYet):
            if self.lot.random() < 0.01:
                delete_user(book, actor, AT)
            else:
                self.lot.choice(steps)()
        self._note(book, gid)
        self._check_owner(book, gid)

    def _note(self, book: MemoryBook, gid: GroupId) -> None:
        for row in book.scan(Kind.MEMBER, gid):
            told = self.answered.setdefault(row.id, [])
            if row.log == book.pen.log and row not in told:
                told.append(row)

    # --- what holds ---

    def _check_owner(self, book: MemoryBook, gid: GroupId) -> None:
        everybody = [uid for uid, _ in members(book, gid)]
        lord = self.owner_of(book, gid)
        assert lord in everybody if everybody else lord is None
        assert not {uid for uid, _ in pending(book, gid)} & {*everybody}

    def _check_answers(self) -> None:
        """The last answer about a person stands; earlier ones were replaced by it."""
        for book in self.books:
            for id_, told in self.answered.items():
                last, now = max(told, key=lambda row: row.stamp, default=None), fact(book, Member, id_)
                if last:
                    assert bool(now and now.is_in) == body_of(last, Member).is_in

    def _seen(self, book: MemoryBook) -> object:
        groups = [
            (
                members(book, gid),
                self.owner_of(book, gid),
                pending(book, gid),
                shown_group(book, gid),
                resolve_group(book, shown_group(book, gid)),
            )
            for gid in self.gids
        ]
        names = [shown_user(book, actor.uid) for actor in self.people]
        live = {key: row for key, row in book.facts.items() if is_live(book, row)}
        return groups, names, live, book.seen


@pytest.mark.parametrize("first", range(0, SEEDS, 20))
def test_a_group_has_one_owner_and_every_answer_stands(first: int) -> None:
    for seed in range(first, first + 20):
        Life(seed).go()


def test_groups_of_one_name_are_told_apart_alike_everywhere() -> None:
    for seed in range(SEEDS // 4):
        life = Life(seed)
        for book, actor in zip(life.books, life.people, strict=False):
            made = m.CreateGroup(nonce(f"Duo {seed} {book.number}"), "Duo")
            life.gids.append(create_group(book, actor, made, AT, QUOTAS).gid)
            life._note(book, life.gids[-1])
        life.go()
        book = life.books[0]
        shown = [shown_group(book, GroupId(gid)) for gid in claimants(book, Kind.GROUP, "duo")]
        assert len({*shown}) == len(shown)
        assert all(resolve_group(book, name)[0] in life.gids for name in shown)


# --- mutants ---------------------------------------------------------------------------------------


def stored_owner(book: MemoryBook, gid: GroupId) -> UserId | None:
    """Believes the row, also of somebody who has left meanwhile."""
    named = fact(book, Owner, gid)
    return named.uid if named and members(book, gid) else None


class OneRow(MemoryBook):
    """Keeps request and membership of a person in one row: the later one replaces the other."""

    def merge(self, came: Iterable[Row]) -> None:
        super().merge(came)
        self._join_rows()

    def write(self, kind: Kind, id_: bytes, body: Body) -> Row:
        row = super().write(kind, id_, body)
        self._join_rows()
        return row

    def _join_rows(self) -> None:
        for row in [row for row in self.facts.values() if row.kind == Kind.REQUEST]:
            member = self.facts.get(Key(Kind.MEMBER, row.id))
            if member:
                del self.facts[min(row, member, key=lambda one: one.stamp).key]


@pytest.mark.parametrize(("make", "owner_of"), [(MemoryBook, stored_owner), (OneRow, owner)])
def test_a_mutant_is_caught(make: type[MemoryBook], owner_of: OwnerOf) -> None:
    for seed in range(SEEDS_TO_CATCH_MAX):
        try:
            Life(seed, make, owner_of).go()
        except AssertionError:
            return
    pytest.fail(f"nothing is wrong in {SEEDS_TO_CATCH_MAX} lives")
