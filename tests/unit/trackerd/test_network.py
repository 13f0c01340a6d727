from shared.facts.rows import Kind, Removed, Tracker, body_of
from shared.tracker_info import TrackerInfo, TrackerLine
from shared.trust.identity import key_name
from tests.support.memory_book import AT, MemoryBook
from trackerd.network import Peer, authorities, forget, has_others, peers


def t_key(number: int) -> bytes:
    return bytes([number]) * 32


def d_key(number: int) -> bytes:
    return bytes([100 + number]) * 32


def line(number: int, *, pinned: bool = True) -> TrackerLine:
    return TrackerLine("10.0.0.1", 21000 + number, t_key(number) if pinned else None)


def book_of(*numbers: int) -> MemoryBook:
    """With the rows of these trackers."""
    book = MemoryBook()
    for number in numbers:
        book.write(Kind.TRACKER, bytes([number]), Tracker(t_key(number), [d_key(number)]))
    return book


def test_peers_are_the_other_lines_that_have_a_key() -> None:
    info = TrackerInfo((line(1), line(2), None, line(4, pinned=False)))
    assert peers(book_of(), info, own=1) == {2: Peer("10.0.0.1", 21002, t_key(2))}
    assert has_others(info, own=1)
    assert not has_others(TrackerInfo((line(1), None)), own=1)


def test_the_own_authority_comes_first_and_none_of_a_forgotten_tracker() -> None:
    book = book_of(1, 2, 3)
    assert authorities(book, d_key(3)) == [d_key(3), d_key(1), d_key(2)]
    book.write(Kind.TRACKER, b"\x02", Tracker(t_key(2), [d_key(2)], state=1))
    assert authorities(book, d_key(3)) == [d_key(3), d_key(1)]


def test_who_is_taken_out_of_the_file_is_forgotten_with_all_keys_and_once() -> None:
    book, info = book_of(1, 2, 3), TrackerInfo((line(1), None, line(3)))
    assert forget(book, info, own=1, at=AT) == [2]
    assert [row.id.hex() for row in book.scan(Kind.REMOVED, b"")] == sorted(
        key_name(key) for key in (t_key(2), d_key(2))
    )
    row = book.get(Kind.TRACKER, b"\x02")
    assert row
    assert body_of(row, Tracker).state == 1
    written = dict(book.facts)
    assert forget(book, info, own=1, at=AT + 1) == []
    assert book.facts == written
    assert peers(book, TrackerInfo((line(1), line(2), line(3))), own=1).keys() == {3}  # also by an old file


def test_of_whom_nobody_knows_anything_nothing_is_written() -> None:
    book = book_of(1)
    assert forget(book, TrackerInfo((line(1), None)), own=1, at=AT) == []
    assert not [*book.scan(Kind.REMOVED, b"")]


def test_a_tracker_that_only_has_another_line_now_is_not_forgotten() -> None:
    book, moved = book_of(1, 2), TrackerLine("10.0.0.9", 21001, t_key(2))
    assert forget(book, TrackerInfo((line(1), None, moved)), own=1, at=AT) == []


def test_a_key_that_is_removed_is_an_authority_no_more_whatever_its_tracker_says() -> None:
    book = book_of(1, 2)
    book.write(Kind.REMOVED, bytes.fromhex(key_name(d_key(2))), Removed(AT))
    assert authorities(book, d_key(1)) == [d_key(1)]
