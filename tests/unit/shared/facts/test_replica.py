import random

import pytest
from hypothesis import given
from hypothesis import strategies as st

from shared.errors import ClockOff
from shared.facts.replica import HLC_END, Pen, Replica, new_log
from shared.facts.rows import FIRST_CLAIM, Gone, Key, Kind, Renewed, Row
from tests.support.memory_book import MemoryBook

Drawn = tuple[Kind, bytes, int, int, bytes]
KINDS = (Kind.RENEWED, Kind.OWNER, Kind.USER, Kind.GONE)
rows_of_all_kinds = st.lists(
    st.builds(
        lambda kind, id_, hlc, writer, body: (kind, bytes([id_]) * 16, hlc, writer, bytes([body])),
        st.sampled_from(KINDS),
        st.integers(0, 3),
        st.integers(1, 8),
        st.integers(1, 3),
        st.integers(0, 255),
    ),
    max_size=30,
)
lots = st.randoms(use_true_random=False)


def history(drawn: list[Drawn]) -> list[Row]:
    """Rows with proper dots: no two of one log with one stamp or one seq."""
    last: dict[int, tuple[int, int]] = {}
    rows = []
    for kind, id_, hlc, log, body in drawn:
        before, seq = last.get(log, (0, 0))
        last[log] = (max(hlc, before + 1), seq + 1)
        rows.append(Row(kind, id_, *(last[log][0], log, last[log][1]), body))
    return rows


def vector(rows: list[Row]) -> dict[int, int]:
    found: dict[int, int] = {}
    for row in rows:
        found[row.log] = max(row.seq, found.get(row.log, 0))
    return found


@given(rows_of_all_kinds, lots)
def test_neither_order_nor_repetition_of_what_arrives_matters(drawn: list[Drawn], lot: random.Random) -> None:
    rows = history(drawn)
    straight, shuffled = Replica(), Replica()
    straight.merge(rows)
    for _ in range(lot.randrange(1, 4)):
        shuffled.merge(lot.sample(rows, lot.randrange(len(rows) + 1)))
    shuffled.merge(lot.sample(rows, len(rows)))
    assert shuffled.facts == straight.facts


@given(rows_of_all_kinds, lots)
def test_replicas_merge_in_any_grouping_and_any_order_and_with_themselves(
    drawn: list[Drawn], lot: random.Random
) -> None:
    rows = history(drawn)
    one, two, three = (merged(lot.sample(rows, lot.randrange(len(rows) + 1))) for _ in range(3))
    assert merged(merged(one, two), three) == merged(one, merged(two, three))
    assert merged(one, two) == merged(two, one)
    assert merged(one, one) == one


def merged(*several: list[Row]) -> list[Row]:
    """What a replica comes to that gets all of these, in the order of the keys."""
    replica = Replica()
    for rows in several:
        replica.merge(rows)
    return sorted(replica.facts.values(), key=lambda row: row.key)


@given(rows_of_all_kinds)
def test_below_64_the_last_stamp_stays_and_from_64_on_the_first(drawn: list[Drawn]) -> None:
    rows = history(drawn)
    replica = Replica()
    replica.merge(rows)
    for key, kept in replica.facts.items():
        stamps = [row.stamp for row in rows if row.key == key]
        assert kept.stamp == (max(stamps) if key.kind < FIRST_CLAIM else min(stamps))


@given(rows_of_all_kinds, lots)
def test_a_round_that_was_cut_anywhere_claims_nothing_and_is_made_good_by_the_next(
    drawn: list[Drawn], lot: random.Random
) -> None:
    sender, receiver = Replica(), Replica()
    rows = history(drawn)
    sender.merge(rows)
    sender.finish_round(vector(rows))
    for _ in range(lot.randrange(4)):
        cut = sender.above(receiver.seen)
        receiver.merge(cut[: lot.randrange(len(cut) + 1)])
        assert receiver.seen == {}
    receiver.merge(sender.above(receiver.seen))
    receiver.finish_round(sender.seen)
    assert (receiver.facts, receiver.seen) == (sender.facts, sender.seen)
    assert sender.above(receiver.seen) == []


@given(rows_of_all_kinds, lots)
def test_pushes_apply_in_order_or_not_at_all(drawn: list[Drawn], lot: random.Random) -> None:
    rows = history(drawn)
    receiver, whole = Replica(), Replica()
    whole.merge(rows)
    while receiver.seen != vector(rows):
        row = lot.choice(rows)
        known = receiver.seen.get(row.log, 0)
        assert receiver.push(row.log, row.seq, row.seq, [row]) is (row.seq <= known + 1)
        assert receiver.seen.get(row.log, 0) == max(known, row.seq if row.seq <= known + 1 else 0)
    assert receiver.facts == whole.facts


@given(
    st.lists(st.tuples(st.integers(0, 2), st.integers(0, 2), st.integers(0, 2), st.booleans()), max_size=60),
    lots,
)
def test_three_trackers_that_hear_of_each_other_agree_and_keep_what_was_last_or_first(
    script: list[tuple[int, int, int, bool]], lot: random.Random
) -> None:
    books = [MemoryBook(number=number, wall_s=1e9 + lot.uniform(-200, 200)) for number in (1, 2, 3)]
    for step, (one, other, key, is_write) in enumerate(script):
        if is_write:
            kind, body = (Kind.RENEWED, Renewed(key)) if lot.random() < 0.7 else (Kind.GONE, Gone(key))
            seen = books[one].get(kind, bytes([key]) * 16)
            row = books[one].write(kind, bytes([key]) * 16, body)
            assert seen is None or kind == Kind.GONE or row.beats(seen)
        elif one != other:
            round_ = books[one].above(books[other].seen)
            books[other].merge(round_[: lot.randrange(len(round_) + 1)])
            if lot.random() < 0.5:
                books[other].merge(round_)
                books[other].finish_round(books[one].seen)
        if lot.random() < 0.1:
            books[one].restart(random.Random(1000 + step))
    for one, other in [(0, 1), (1, 2), (2, 0), (0, 1)]:
        books[other].merge(books[one].above(books[other].seen))
        books[other].finish_round(books[one].seen)
    for book in books[1:]:
        assert (book.facts, book.seen) == (books[0].facts, books[0].seen)


def test_a_stamp_is_after_the_clock_the_last_stamp_and_the_row_that_it_replaces() -> None:
    pen, key = Pen(7), Key(Kind.RENEWED, bytes(16))
    first = pen.write(key, Renewed(1), None, 2.0)
    assert (first.hlc, first.dot) == (2000 << 15, (7, 1))
    assert pen.write(key, Renewed(1), first, 1.0).hlc == first.hlc + 1
    ahead = Row(Kind.RENEWED, bytes(16), 5000 << 15, 9, 1, b"")
    assert pen.write(key, Renewed(1), ahead, 2.0).hlc == ahead.hlc + 1
    pen.read(Row(Kind.RENEWED, bytes(16), 9000 << 15, 9, 2, b""))
    assert pen.write(key, Renewed(1), None, 2.0).hlc == (9000 << 15) + 1


def test_a_stamp_that_would_poison_other_clocks_is_not_written() -> None:
    pen = Pen(7, hlc=HLC_END - 2)
    pen.write(Key(Kind.GONE, bytes(16)), Gone(1), None, 1.0)
    with pytest.raises(ClockOff):
        pen.write(Key(Kind.GONE, bytes(16)), Gone(1), None, 1.0)
    assert pen.seq == 1


def test_a_log_names_its_tracker_and_is_another_at_each_start() -> None:
    lot = random.Random(1)
    logs = {new_log(255, 1_700_000_000.5, lot) for _ in range(100)}
    assert len(logs) == 100
    assert {log >> 55 for log in logs} == {255}
    assert {log >> 21 & (1 << 34) - 1 for log in logs} == {1_700_000_000}
    assert max(logs) < 1 << 63
