"""The store on a disk holds what the replica in memory holds, through any history."""

import asyncio
from collections import deque
from collections.abc import Awaitable, Callable, Coroutine
from contextlib import ExitStack
from dataclasses import dataclass, field
from itertools import pairwise
from pathlib import Path
from typing import Any, TypeVar

import pytest
from hypothesis import settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, invariant, precondition, rule

from shared.facts.ids import Epoch, UserId
from shared.facts.replica import Replica, dominates, lift
from shared.facts.rows import Gone, Kind, Renewed, Row, Share, body_of
from shared.wire.mesh_messages import Collected
from tests.support.memory_book import AT
from tests.support.quick_folder import quick_folder
from tests.support.stores import opened, parts_of
from trackerd.rules import Book
from trackerd.store.book import Commit
from trackerd.store.rounds import RoundPart
from trackerd.store.store import Store

EVER = 1 << 62
KINDS = (Kind.RENEWED, Kind.GONE, Kind.SHARE)
GROUPS = (bytes([1]) * 16, bytes([2]) * 16)
Work = tuple[Awaitable[Any], Callable[[Any], None]]
"""Something to do at the store, and what its result is to the model."""
T = TypeVar("T")


@dataclass
class Twin:
    """A store, and what it should hold."""

    path: Path
    number: int
    store: Store = field(init=False)
    model: Replica = field(default_factory=Replica)
    gc: dict[bytes, dict[int, int]] = field(default_factory=dict)
    commits: list[Commit] = field(default_factory=list)
    """Of all its runs, those in which it wrote."""
    seen: dict[int, int] = field(default_factory=dict)
    """As its commits said."""
    coming: deque[RoundPart] = field(default_factory=deque)
    """Of a round that it is in."""
    listed: list[Row] = field(default_factory=list)
    listing: int = 0
    was_purged: bool = False

    def open(self, seed: int) -> None:
        self.store = opened(self.path, self.number, seed=seed)
        self.store.on_commit = self._committed

    def _committed(self, commit: Commit) -> None:
        self.seen.update(commit.seen)
        assert commit.seen.get(self.store.log, commit.last) == commit.last
        assert [row.dot for row in commit.own] == [
            (self.store.log, seq) for seq in range(commit.first, commit.last + 1)
        ]
        if commit.own:
            self.commits.append(commit)

    # --- what may be done ---

    def write(self, command: Callable[[Book], Row]) -> Work:
        def done(written: Any) -> None:
            for row in written.rows:
                assert row.hlc > max((other.hlc for other in self.model.facts.values()), default=0)
                assert self.model.push(row.log, row.seq, row.seq, [row])

        return self.store.write(command), done

    def hear(self, commit: Commit) -> Work:
        (log, _), rows = commit.own[0].dot, commit.own

        def done(taken: bool) -> None:
            assert taken == self.model.push(log, commit.first, commit.last, rows)

        return self.store.take_live(log, commit.first, commit.last, rows), done

    def take_part(self) -> Work:
        part = self.coming.popleft()
        self.listing = self.listing or self.store.new_listing()
        self.listed += part.rows if part.whole else []

        def done(_: None) -> None:
            self.model.merge(part.rows)
            for scope, log, seq in part.gc:
                lift(self.gc.setdefault(scope, {}), {log: seq})

        whole = self.listing if part.whole else 0
        return self.store.take_rows(part.rows, gc=part.gc, whole=whole), done

    def finish(self, part: RoundPart) -> Work:
        assert part.end is not None
        end, listed = part.end, {row.key for row in self.listed}

        def done(_: None) -> None:
            self.model.finish_round(end)
            if part.whole:
                self.model.keep_only(listed, end)

        whole = self.listing if part.whole else 0
        self.listing, self.listed = 0, []
        return self.store.finish_round(end, whole=whole), done


class StoreMachine(RuleBasedStateMachine):
    def __init__(self) -> None:
        super().__init__()
        self.open = ExitStack()
        self.folder = self.open.enter_context(quick_folder())
        self.runner = asyncio.Runner()
        self.starts = 0
        self.twins = [Twin(self.folder / str(number), number) for number in (1, 2)]
        for twin in self.twins:
            self._open(twin)

    def teardown(self) -> None:
        try:
            if not any(twin.was_purged for twin in self.twins):
                self._join()
        finally:
            for twin in self.twins:
                self._run(twin.store.close())
            self.runner.close()
            self.open.close()

    @rule(
        who=st.booleans(),
        what=st.lists(st.tuples(st.sampled_from("wwwlp"), st.integers(0, 11), st.booleans()), max_size=6),
    )
    def several_at_once(self, who: bool, what: list[tuple[str, int, bool]]) -> None:
        """So that they share commits."""
        twin, other = self.twins[who], self.twins[not who]
        works: list[Work] = []
        for kind, number, is_live in what:
            if kind == "w":
                works.append(twin.write(_command(number, is_live)))
            elif kind == "l" and other.commits:
                works.append(twin.hear(other.commits[number % len(other.commits)]))
            elif kind == "p" and twin.coming:
                part = twin.coming[0]
                works.append(twin.take_part())
                if part.end is not None:
                    works.append(twin.finish(part))
        self._do(works)

    @rule(who=st.booleans(), size=st.integers(1, 5), count=st.integers(1, 5))
    def a_round(self, who: bool, size: int, count: int) -> None:
        """Cut into small parts, of which some come now; whatever there was of the last one does not."""
        twin, other = self.twins[who], self.twins[not who]
        if twin.listing:
            self._run(twin.store.forget_listing(twin.listing))
        twin.listing, twin.listed = 0, []
        theirs = dict(twin.model.seen)
        parts = self._run(parts_of(other.store, theirs))
        _check_round(other, theirs, parts)
        twin.coming = deque(piece for part in parts for piece in _cut(part, size))
        self.several_at_once(who, [("p", 0, False)] * count)

    @rule(who=st.booleans())
    def the_rest_of_the_round(self, who: bool) -> None:
        self.several_at_once(who, [("p", 0, False)] * len(self.twins[who].coming))

    @rule(who=st.booleans())
    def restart(self, who: bool) -> None:
        twin = self.twins[who]
        self._run(twin.store.close())
        twin.coming.clear()
        twin.listing, twin.listed = 0, []
        self._open(twin)
        assert twin.store.log not in twin.store.seen

    @precondition(lambda self: any(_over(twin.model) for twin in self.twins))
    @rule(who=st.booleans(), which=st.sets(st.integers(0, 5)))
    def purge(self, who: bool, which: set[int]) -> None:
        twin = self.twins[who]
        found = self._run(twin.store.tombstones(EVER, None, 100))
        assert found == _over(twin.model)
        chosen = [row for number, row in enumerate(found) if number in which]
        assert self._run(twin.store.purge(chosen)) == len(chosen)
        twin.model.purge(chosen)
        for row in chosen:
            lift(twin.gc.setdefault(row.id[:16], {}), dict([row.dot]))
            twin.was_purged = True

    @rule(who=st.booleans(), number=st.integers(6, 11))
    def a_round_from_one_that_deleted_what_nobody_saw(self, who: bool, number: int) -> None:
        self.several_at_once(not who, [("w", number, False)])
        self.purge(not who, set(range(6)))
        self.a_round(who, 5, 1)

    @invariant()
    def stores_hold_what_the_models_hold(self) -> None:
        for twin in self.twins:
            rows = [row for kind in KINDS for row in twin.store.rows.scan(kind, b"")]
            assert {row.key: row for row in rows} == twin.model.facts
            assert twin.store.rows.vector() == twin.store.vector() == twin.seen == twin.model.seen
            assert {gid: twin.store.rows.gc(gid) for gid in GROUPS if gid in twin.gc} == twin.gc
            by_kind = [kind for kind in KINDS for row in rows if row.kind == kind]
            assert twin.store.rows_by_kind == {kind: by_kind.count(kind) for kind in by_kind}

    # --- inside ---

    def _join(self) -> None:
        """When each has what the other has, they are the same."""
        for who in (False, True, False):
            self.a_round(who, 1000, 0)
            self.the_rest_of_the_round(who)
        one, other = (self._run(twin.store.checksums()) for twin in self.twins)
        assert one == other
        assert self.twins[0].model.facts == self.twins[1].model.facts

    def _open(self, twin: Twin) -> None:
        self.starts += 1
        self.runner.run(_nothing())  # there is a loop from now on
        twin.open(self.starts)

    def _do(self, works: list[Work]) -> None:
        async def together() -> list[Any]:
            return await asyncio.gather(*(work for work, _ in works))

        for result, (_, done) in zip(self._run(together()), works, strict=True):
            done(result)

    def _run(self, work: Coroutine[Any, Any, T]) -> T:
        return self.runner.run(work)


async def _nothing() -> None: ...


def _command(number: int, is_live: bool) -> Callable[[Book], Row]:
    key = bytes([number]) * 16
    if number < 3:
        return lambda book: book.write(Kind.RENEWED, key, Renewed(AT))
    if number < 6:
        return lambda book: book.write(Kind.GONE, key, Gone(AT))
    share = Share(UserId(key), Epoch(1, 1), is_live, AT)
    return lambda book: book.write(Kind.SHARE, GROUPS[number % 2] + key + key, share)


def _over(model: Replica) -> list[Row]:
    shares = [row for row in model.facts.values() if row.kind == Kind.SHARE]
    return sorted((row for row in shares if not body_of(row, Share).live), key=lambda row: row.key)


def _check_round(sender: Twin, theirs: dict[int, int], parts: list[RoundPart]) -> None:
    whole = bool(theirs) and not all(dominates(theirs, gc) for gc in sender.gc.values())
    assert {part.whole for part in parts} == {whole}
    rows = [row for part in parts for row in part.rows]
    assert sorted(rows, key=lambda row: row.dot) == sender.model.above({} if whole else theirs)
    # What the sender's vector does not cover comes last.
    assert sum(one.dot > other.dot for one, other in pairwise(rows)) <= 1
    assert parts[-1].end == sender.model.seen
    missed = {
        Collected(scope, log, seq)
        for scope, gc in sender.gc.items()
        for log, seq in gc.items()
        if seq > theirs.get(log, 0)
    }
    assert {collected for part in parts for collected in part.gc} == missed


def _cut(part: RoundPart, size: int) -> list[RoundPart]:
    pages = [part.rows[at : at + size] for at in range(0, len(part.rows), size)] or [[]]
    pieces = [RoundPart(page, None, part.whole, []) for page in pages]
    return [*pieces[:-1], part._replace(rows=pages[-1])]


TestStore = pytest.mark.slow(StoreMachine.TestCase)
# Each of its lives opens two stores: half as many as others have.
TestStore.settings = settings(stateful_step_count=30, max_examples=max(25, settings().max_examples // 2))
