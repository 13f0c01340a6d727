"""Caps and shares on a clock that jumps from one grant to the next."""

import heapq
import itertools
import math
from collections import Counter

import pytest
from hypothesis import given
from hypothesis import strategies as st

from desktop.engine.limits.fair_share import FairShare, Wish
from shared.facts.ids import GroupId
from shared.limits import CAP_BURST_S, KIB, PIECE_BYTES

FILM, MUSIC = GroupId(b"f" * 16), GroupId(b"m" * 16)
ANN, BO, CY, DI = b"ann", b"bo", b"cy", b"di"
caps = st.integers(20 * KIB, 1 << 30)
per_mille = st.integers(10, 1000)
"""Of a second: what a thread wants at a time."""


class Line:
    """Threads that always want more, each `delay_s` after it had something."""

    def __init__(self, whole: float | None = None, groups: dict[GroupId, float] | None = None) -> None:
        self.share, self.now_s = FairShare(), 0.0
        self.passed: list[tuple[float, Wish]] = []
        self._delays: dict[Wish, float] = {}
        self._order = itertools.count()
        self._asks: list[tuple[float, int, Wish]] = []
        self.change(whole, groups)

    def change(self, whole: float | None = None, groups: dict[GroupId, float] | None = None) -> None:
        self.share.change(whole, groups or {}, self.now_s)

    def want(
        self,
        person: bytes,
        group: GroupId = FILM,
        frame: int = 64 * KIB,
        threads: int = 1,
        delay_s: float = 0,
    ) -> None:
        for _ in range(threads):
            self._ask(Wish(person, group, frame), delay_s)

    def run(self, seconds: float) -> None:
        """A thread is late by a millisecond each time, as real ones are."""
        end_s = self.now_s + seconds
        while self.now_s < end_s:
            while self._asks and self._asks[0][0] <= self.now_s:
                self.share.ask(heapq.heappop(self._asks)[2])
            for wish in self.share.grant(self.now_s):
                self.passed.append((self.now_s, wish))
                again = Wish(wish.person, wish.group, wish.wanted)
                self._ask(again, self._delays.pop(wish) or 0.0)
            next_ask_s = self._asks[0][0] if self._asks else math.inf
            self.now_s = min(self.now_s + self.share.seconds_to_next(self.now_s) + 0.001, next_ask_s, end_s)

    def bytes_of(self, person: bytes, group: GroupId, since_s: float = 0.0) -> int:
        return sum(
            wish.count
            for at, wish in self.passed
            if at >= since_s and (wish.person, wish.group) == (person, group)
        )

    def by_person(self) -> Counter[bytes]:
        had: Counter[bytes] = Counter()
        for _, wish in self.passed:
            had[wish.person] += wish.count
        return had

    def seconds(self) -> list[int]:
        """Bytes in each second that begins with a grant and is over."""
        found, first, total = [], 0, 0
        for at, wish in self.passed:
            total += wish.count
            while self.passed[first][0] <= at - 1.0:
                total -= self.passed[first][1].count
                first += 1
            if at >= 1.0:
                found.append(total)
        return found

    def _ask(self, wish: Wish, delay_s: float) -> None:
        self._delays[wish] = delay_s
        heapq.heappush(self._asks, (self.now_s + delay_s, next(self._order), wish))


@given(caps, st.lists(per_mille, min_size=1, max_size=4))
def test_in_every_second_within_a_tenth_of_the_cap_passes(cap: int, sizes: list[int]) -> None:
    line = Line(cap)
    for number, size in enumerate(sizes):
        line.want(bytes([number]), frame=size * cap // 1000, threads=2)
    line.run(2)
    assert 0.9 * cap <= min(line.seconds()) <= max(line.seconds()) <= 1.1 * cap


@given(caps, st.floats(0.1, 1e6), per_mille)
def test_after_any_lull_no_more_than_the_burst_comes_on_top(cap: int, lull_s: float, size: int) -> None:
    line = Line(cap)
    line.run(lull_s)
    slept_until_s = line.now_s
    line.want(ANN, frame=size * cap // 1000, threads=8)
    line.run(1.0)
    assert line.bytes_of(ANN, FILM, since_s=slept_until_s) <= max(cap * (1 + CAP_BURST_S), cap + KIB) + 1


@given(caps, st.lists(st.integers(1, 9), min_size=2, max_size=4))
def test_persons_get_the_same_whatever_their_devices_and_frames(cap: int, persons: list[int]) -> None:
    line = Line(cap)
    for number, threads in enumerate(persons):
        line.want(bytes([number]), frame=cap, threads=threads)
    line.run(1)
    had = line.by_person()
    portion = line.share.portion_bytes(FILM) or 0
    assert max(had.values()) - min(had[bytes([number])] for number in range(len(persons))) <= 2 * portion


@pytest.mark.parametrize(("anns", "bos"), [(1, 1), (1, 4), (4, 1)])
def test_whoever_gets_much_elsewhere_still_gets_some_in_a_capped_group(anns: int, bos: int) -> None:
    cap = 1000 * KIB
    line = Line(10 * cap, {FILM: cap})
    line.want(ANN, FILM, threads=anns)
    line.want(BO, FILM, threads=bos)
    line.want(ANN, MUSIC, threads=4)
    line.run(2)
    in_film = [line.bytes_of(who, FILM) for who in (ANN, BO)]
    assert sum(in_film) == pytest.approx(2 * cap, rel=0.1)
    assert min(in_film) > 0.2 * cap


def test_what_a_capped_group_leaves_is_for_the_others() -> None:
    line = Line(1000 * KIB, {FILM: 100 * KIB})
    line.want(ANN, FILM)
    line.want(BO, MUSIC)
    line.want(CY, MUSIC)
    line.run(10)
    had = line.by_person()
    assert had[ANN] == pytest.approx(1000 * KIB, rel=0.1)
    assert had[BO] == pytest.approx(4500 * KIB, rel=0.1)
    assert had[CY] == pytest.approx(4500 * KIB, rel=0.1)


def test_a_slow_taker_holds_nobody_up() -> None:
    line = Line(1000 * KIB)
    line.want(ANN, delay_s=2.0)
    line.want(BO)
    line.run(10)
    assert line.by_person()[BO] >= 9500 * KIB


def test_who_wanted_nothing_for_long_or_was_stopped_has_no_claim_for_that() -> None:
    line = Line(1000 * KIB, {FILM: 0})
    line.want(ANN, FILM)
    line.want(BO, MUSIC)
    line.run(100)
    assert not line.by_person()[ANN]
    line.change(1000 * KIB)
    line.want(CY, MUSIC)
    line.run(3)
    for who, group in ((ANN, FILM), (BO, MUSIC), (CY, MUSIC)):
        assert line.bytes_of(who, group, since_s=100.0) == pytest.approx(1000 * KIB, rel=0.1)


@pytest.mark.parametrize("ways", [(1000, 50, 5000), (20, 100_000), (100_000, 20)])
def test_another_cap_holds_from_that_moment_on(ways: tuple[int, ...]) -> None:
    line = Line(ways[0] * KIB)
    line.want(ANN, threads=2)
    for kib in ways:
        changed_s = line.now_s
        line.change(kib * KIB)
        line.run(1.0)
        assert line.bytes_of(ANN, FILM, since_s=changed_s) == pytest.approx(kib * KIB, rel=0.1)


def test_without_a_cap_nobody_waits_any_more() -> None:
    line = Line(0)
    line.want(ANN, threads=3)
    line.run(5)
    assert not line.passed
    assert line.share.seconds_to_next(line.now_s) == math.inf
    line.change(None)
    assert line.share.portion_bytes(FILM) is None
    assert len(line.share.grant(line.now_s)) == 3


def test_a_wish_that_is_dropped_costs_nobody_anything() -> None:
    line = Line(1000 * KIB)
    line.run(1)
    first, second = Wish(ANN, FILM, KIB), Wish(BO, FILM, KIB)
    line.share.ask(first)
    line.share.ask(second)
    line.share.drop(first)
    assert line.share.grant(line.now_s) == [second]


def test_a_group_that_is_capped_alone_leaves_others_alone() -> None:
    line = Line(None, {FILM: 50 * KIB})
    assert line.share.portion_bytes(MUSIC) is None
    other = Wish(BO, MUSIC, PIECE_BYTES)
    line.share.ask(Wish(ANN, FILM, PIECE_BYTES))
    line.share.ask(other)
    assert line.share.grant(0.0) == [other]
    assert other.count == PIECE_BYTES
