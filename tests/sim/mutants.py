"""Faults planted into the real code, one at a time: what the histories must find, each within a few seeds."""

from collections.abc import Callable, Iterator, Sequence
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass, replace
from types import FunctionType
from typing import Any
from unittest import mock

import shared.wire.tracker_messages as m
from shared.facts import derive
from shared.facts.derive import Rows, fact, is_gone
from shared.facts.ids import Epoch, GroupId, UserId
from shared.facts.rows import Kind, Member, Owner, Request, Row, body_of
from tests.sim.world import LIFE, Profile
from trackerd import questions, rules
from trackerd.mesh.collector import Collector
from trackerd.store.book import SqlBook

FEW = Profile(trackers=(3,), clients=(5,), desktops=(0,), lasts_s=35, page_rows=(4,))


@dataclass(frozen=True)
class Mutant:
    plant: Callable[[ExitStack], None]
    profile: Profile
    symptom: str
    """What a history says that has found it, as a pattern."""


@contextmanager
def planted(mutant: Mutant) -> Iterator[None]:
    with ExitStack() as stack:
        mutant.plant(stack)
        yield


def _instead(stack: ExitStack, function: Callable[..., Any], other: Callable[..., Any]) -> None:
    """For all who have imported it, too."""
    assert isinstance(function, FunctionType)
    assert isinstance(other, FunctionType)
    names = {name: globals()[name] for name in other.__code__.co_names if name in globals()}
    stack.enter_context(mock.patch.dict(function.__globals__, names))
    stack.callback(setattr, function, "__code__", function.__code__)
    function.__code__ = other.__code__


# --- the vector moves with each row of a round, and not at its end ---


def _vector_moves(stack: ExitStack) -> None:
    take = SqlBook.take

    def takes(self: SqlBook, rows: list[Row], *args: Any, **options: Any) -> None:
        take(self, rows, *args, **options)
        for row in rows:
            self._commit.seen[row.log] = max(self._seen_of(row.log), row.seq)

    stack.enter_context(mock.patch.object(SqlBook, "take", takes))


# --- a tracker that is restored goes on with the log that it had ---


def _log_again(stack: ExitStack) -> None:
    def log(number: int, _wall_s: float, _lot: object) -> int:
        return number << 55 | 1

    begins = SqlBook.__init__

    def goes_on(self: SqlBook, *args: Any) -> None:
        begins(self, *args)
        self.pen.seq = self.vector().get(self.pen.log, 0)

    stack.enter_context(mock.patch("trackerd.store.store.new_log", log))
    stack.enter_context(mock.patch.object(SqlBook, "__init__", goes_on))


# --- what is over is deleted at once, whatever is still on its way from others ---


def _collected_at_once(stack: ExitStack) -> None:
    def known(self: Collector, _seen: object) -> Sequence[Row]:
        return self._noted

    stack.enter_context(mock.patch.object(Collector, "due", known))


# --- the owner is who the row names, member or not ---


def _stored_owner(rows: Rows, gid: GroupId) -> UserId | None:
    named = fact(rows, Owner, gid)
    return named.uid if named else None


def _owner_is_stored(stack: ExitStack) -> None:
    _instead(stack, derive.owner, _stored_owner)


# --- who asks to be let in writes the row that says who is in ---

ASKS = Epoch(0, 0)
"""In place of the beginning of a membership."""


def _join(book: Any, actor: Any, request: m.Join, at: int, _quotas: Any) -> m.Nothing:
    if derive.membership(book, request.gid, actor.uid) is None:
        book.write(Kind.MEMBER, request.gid + actor.uid, Member(False, ASKS, actor.uid, at))
    return m.Nothing()


def _is_pending(rows: Rows, gid: GroupId, uid: UserId) -> Row | None:
    row = rows.get(Kind.MEMBER, gid + uid)
    is_it = row is not None and body_of(row, Member).epoch == ASKS and not is_gone(rows, uid)
    return row if is_it else None


def _pending(rows: Rows, gid: GroupId) -> list[tuple[UserId, Request]]:
    asked = [row for row in rows.scan(Kind.MEMBER, gid) if body_of(row, Member).epoch == ASKS]
    return [(UserId(row.id[16:]), Request(True, body_of(row, Member).at)) for row in asked]


def _one_row(stack: ExitStack) -> None:
    _instead(stack, rules.join, _join)
    _instead(stack, derive.is_pending, _is_pending)
    _instead(stack, derive.pending, _pending)


# --- with a new member come none of the old rows that say who that is ---


def _companions(_rows: Any, _row: Row) -> list[Row]:
    return []


def _no_companions(stack: ExitStack) -> None:
    _instead(stack, questions.companions, _companions)


FILES = {"creates_group": 1.0, "joins": 2.0, "accepts": 4.0, "shares": 10.0, "stops_sharing": 10.0}
COMPANY = {"creates_group": 0.5, "joins": 6.0, "accepts": 12.0, "shares": 3.0, "moves": 2.0, "leaves": 0.2}
CRASHES = {"splits": 4.0, "resets": 6.0, "kills": 3.0, "kills_within_a_commit": 3.0, "slows": 3.0}
MUTANTS = {
    "the vector moves with each row, and a tracker is lost": Mutant(
        _vector_moves,
        replace(FEW, faults={"loses_tracker_in_a_round": 1.0}, life=FILES, page_rows=(1,)),
        "diverged|acknowledged and lost|has nothing",
    ),
    "the log goes on after a restore": Mutant(
        _log_again, replace(FEW, faults={**CRASHES, "restores": 6.0}), "one dot, two rows"
    ),
    "what is over is deleted without two phases": Mutant(
        _collected_at_once,
        replace(FEW, life={**FILES, "moves": 8.0}, faults={"splits": 3.0}, collected=1.0),
        "acknowledged and lost",
    ),
    "the owner is stored": Mutant(_owner_is_stored, FEW, "another owner"),
    "request and membership are one row": Mutant(
        _one_row,
        replace(FEW, life={**LIFE, "joins": 20.0, "removes": 0.5, "leaves": 1.0}, faults={"splits": 1.0}),
        "Accept.* came to",
    ),
    "no rows come with a new member": Mutant(
        _no_companions,
        replace(FEW, desktops=(2,), life=COMPANY),
        "nothing for (USER|DEVICE)",
    ),
}
