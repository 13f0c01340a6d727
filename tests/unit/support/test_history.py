"""The judge of the nemesis sees what it is there to see."""

from pathlib import Path

import shared.wire.tracker_messages as m
from shared.fact_tables import TABLES, SqlRows
from shared.facts.ids import DeviceId, Dot, Epoch, GroupId, UserId
from shared.facts.rows import Group, Key, Kind, Member, Request, Row, encode_body
from tests.support.history import (
    Act,
    LostDisk,
    differing,
    done_twice,
    ill_derived,
    journal_of,
    keep_journal,
    lost,
    opened,
    rows_of,
    vanished,
)

UID, GID = UserId(bytes(16)), GroupId(bytes(range(16)))
LOG = 1 << 55
JOIN = Key(Kind.REQUEST, GID + UID)


def row(hlc: int, seq: int, log: int = LOG) -> Row:
    return Row(*JOIN, hlc, log, seq, encode_body(Request(True, 0)))


def joined(copies: int = 2, seq: int = 5) -> Act:
    return Act(UID, DeviceId(UID), m.Join(GID), 0, 1, [1], copies, Dot(LOG, seq))


def store_of(path: Path, *rows: Row) -> Path:
    with opened(path) as db:
        db.executescript(f"{TABLES} CREATE TABLE IF NOT EXISTS vv(log INTEGER PRIMARY KEY, seq INT);")
        keep_journal(path)
        for each in rows:
            SqlRows(db).keep(each)
    return path


def test_what_was_acknowledged_may_be_replaced_by_a_greater_stamp_alone() -> None:
    acknowledged, older, newer = row(10, 5), row(9, 4), row(11, 1, LOG + 1)
    journal = {acknowledged.dot: acknowledged}
    assert not [*lost([joined()], journal, {JOIN: acknowledged}, [])]
    assert not [*lost([joined()], journal, {JOIN: newer}, [])]
    assert [*lost([joined()], journal, {JOIN: older}, [])]
    assert [*lost([joined()], journal, {}, [])]
    assert [*lost([joined()], {}, {JOIN: newer}, [])]


def test_only_what_one_tracker_alone_had_is_excused_by_the_loss_of_its_disk() -> None:
    disk = LostDisk(1, 2, {LOG: 5}, {LOG: 4})
    assert not [*lost([joined(copies=1)], {}, {}, [disk])]
    assert [*lost([joined(copies=2)], {}, {}, [disk])]
    assert [*lost([joined(copies=1, seq=4)], {}, {}, [disk])]
    assert [*lost([joined(copies=1)], {}, {}, [disk._replace(number=2)])]


def test_a_row_that_a_store_had_and_has_no_more_is_missed(tmp_path: Path) -> None:
    store = store_of(tmp_path / "a", row(10, 5), row(11, 6))
    assert journal_of(store).keys() == {Dot(LOG, 5), Dot(LOG, 6)}
    assert not [*vanished(journal_of(store), rows_of(store))]
    store_of(store, row(9, 4))
    assert [*vanished(journal_of(store), rows_of(store))]


def test_stores_that_differ_are_told_apart(tmp_path: Path) -> None:
    ours, theirs = store_of(tmp_path / "a", row(10, 5)), store_of(tmp_path / "b", row(10, 5))
    assert not [*differing([ours, theirs])]
    store_of(theirs, row(11, 6))
    assert [*differing([ours, theirs])]


def test_one_write_that_is_done_twice_is_found() -> None:
    assert [*done_twice([joined(), joined()], {}, [])]
    group = encode_body(Group("film", "film", UID, 0))
    made = [Row(Kind.GROUP, GID, 10 + seq, LOG, seq, group) for seq in (1, 2)]
    assert not [*done_twice([], {made[0].dot: made[0]}, [])]
    assert [*done_twice([], {each.dot: each for each in made}, [])]


def test_two_groups_of_one_name_are_found_unless_they_are_told_apart(tmp_path: Path) -> None:
    def rows(gid: bytes) -> list[Row]:
        group, member = Group("film", "film", UID, 0), Member(True, Epoch(1, LOG), UID, 0)
        found = ((Kind.GROUP, gid, group), (Kind.MEMBER, gid + UID, member))
        return [Row(kind, id_, 1, LOG, gid[0], encode_body(body)) for kind, id_, body in found]

    store = store_of(tmp_path / "a", *rows(GID), *rows(b"\1" * 16))
    assert [*ill_derived(store)]  # nothing says which names are claimed
    with opened(store) as db:
        for gid in (GID, b"\1" * 16):
            db.execute("INSERT INTO name_idx VALUES (?, ?, ?)", (Kind.GROUP, "film", gid))
    assert not [*ill_derived(store)]
