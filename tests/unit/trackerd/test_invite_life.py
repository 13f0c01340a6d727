"""Partitioned histories of one group's invites: by none does somebody come back whose membership ended later.

Ann owns the group all the time. What is over is collected whenever all trackers have heard all.
"""

import contextlib
import random
from collections.abc import Callable
from unittest import mock

import pytest

import shared.wire.tracker_messages as m
from shared.errors import NotYet, Refused
from shared.facts.ids import Epoch, invite_hash
from shared.facts.rows import Kind, Member, body_of
from shared.facts.tombstones import is_collectable
from shared.limits import DAY_S
from tests.support.memory_book import AT, QUOTAS, MemoryBook, group, let_in, person
from trackerd.invites import close_spent, invite, revoke_invite, use_invite
from trackerd.rules import leave, remove_member

pytestmark = pytest.mark.slow
LIVES, LIVES_TO_CATCH_MAX, STEPS = 20, 500, 60
LONG_AGO = Epoch(0, 0)


class Life:
    def __init__(self, seed: int) -> None:
        self.lot, self.at = random.Random(seed), AT
        self.books = [MemoryBook(number=number) for number in (1, 2, 3)]
        self.ann, *self.others = [person(self.books[0], name) for name in ("Ann", "Bob", "Cem")]
        self.gid = group(self.books[0], self.ann, "Band")
        self.secrets: list[bytes] = []
        self.ended: list[dict[bytes, Epoch]] = [{}, {}, {}]
        """What each tracker ever knew: when a membership ended last."""
        self.hear_all()

    def go(self) -> None:
        """Raises AssertionError where somebody comes back."""
        for _ in range(STEPS):
            for book in self.books:
                self.at += 60
                book.wall_s = self.at
            with contextlib.suppress(Refused, NotYet):
                self.step(self.lot.choice(self.books))
            self.note()

    def step(self, book: MemoryBook) -> None:
        actor, secret = self.lot.choice(self.others), self.lot.choice(self.secrets or [bytes(16)])
        hash_ = invite_hash(self.gid, secret)
        steps: list[Callable[[], object]] = [
            lambda: self.invite(book),
            lambda: self.invite(book),
            lambda: revoke_invite(book, self.ann, m.RevokeInvite(self.gid, hash_[:16]), self.at),
            lambda: close_spent(book, [self.gid + hash_[:16]], self.at + DAY_S),
            lambda: let_in(book, self.ann, self.gid, actor),
            lambda: let_in(book, self.ann, self.gid, actor),
            lambda: remove_member(book, self.ann, m.RemoveMember(self.gid, actor.uid), self.at),
            lambda: leave(book, actor, m.Leave(self.gid), self.at),
            self.hear_all,
            self.collect,
        ]
        if self.lot.random() < 0.3:
            use_invite(book, actor, m.UseInvite(self.gid, secret), self.at, QUOTAS)
            used = book.get(Kind.INVITE, self.gid + hash_[:16])
            assert used is not None
            assert used.stamp > self.ended[book.number - 1].get(self.gid + actor.uid, LONG_AGO)
        else:
            self.lot.choice(steps)()

    def invite(self, book: MemoryBook) -> None:
        self.secrets = [*self.secrets, self.lot.randbytes(16)][-3:]
        hash_ = invite_hash(self.gid, self.secrets[-1])
        invite(book, self.ann, m.Invite(self.gid, hash_, 3, 24), self.at, QUOTAS)

    def hear_all(self) -> None:
        for one in self.books * 2:
            for other in self.books:
                other.merge(one.above(other.seen))
                other.finish_round(one.seen)
                other.pen.hlc = max(other.pen.hlc, one.pen.hlc)

    def collect(self) -> None:
        self.hear_all()
        self.note()
        for book in self.lot.sample(self.books, self.lot.randint(1, 3)):
            while going := [row for row in book.facts.values() if is_collectable(book, row)]:
                book.purge(going)

    def note(self) -> None:
        for book, ended in zip(self.books, self.ended, strict=True):
            for row in book.scan(Kind.MEMBER, self.gid):
                if not body_of(row, Member).is_in:
                    ended[row.id] = max(ended.get(row.id, LONG_AGO), row.stamp)


def test_nobody_comes_back_by_an_invite_that_was_made_before_their_membership_ended() -> None:
    for seed in range(LIVES):
        Life(seed).go()


def test_a_tracker_that_forgets_who_was_put_out_is_caught() -> None:
    with mock.patch("shared.facts.tombstones._keeps_out", return_value=False):
        for seed in range(LIVES_TO_CATCH_MAX):
            try:
                Life(seed).go()
            except AssertionError:
                return
    pytest.fail(f"nothing is wrong in {LIVES_TO_CATCH_MAX} lives")
