import shared.wire.mesh_messages as mm
from shared.facts.rows import Row
from shared.limits import ROWS_PAGE_MAX, TAKEN_ROWS_MAX
from trackerd.mesh.inbox import Claim, Inbox, Item

LOG = 2 << 55
SEVEN = {LOG: 7}


def live(first: int, last: int) -> mm.Live:
    return mm.Live(LOG, first, last, [row(seq) for seq in range(first, last + 1)])


def row(seq: int) -> Row:
    return Row(1, bytes(16), 1, LOG, seq, b"")


def taken(*items: Item) -> list[Item]:
    inbox = Inbox()
    for item in items:
        inbox.put(item)
    return [inbox.take() for _ in iter(inbox.__len__, 0)]


def test_commits_that_follow_on_each_other_are_taken_as_one() -> None:
    assert taken(live(1, 2), live(3, 3), live(4, 9)) == [live(1, 9)]


def test_a_gap_is_not_hidden() -> None:
    assert taken(live(1, 2), live(4, 5)) == [live(1, 2), live(4, 5)]


def test_parts_of_a_round_are_taken_together_up_to_its_end() -> None:
    parts = [mm.Rows([row(1)]), mm.Rows([row(2)], SEVEN), mm.Rows([row(3)])]
    assert taken(*parts) == [mm.Rows([row(1), row(2)], SEVEN), mm.Rows([row(3)])]
    assert len(taken(mm.Rows([], None, whole=True), mm.Rows([]))) == 2
    collected = [mm.Collected(bytes(16), LOG, seq) for seq in (5, 6)]
    assert taken(*(mm.Rows([], gc=[one]) for one in collected)) == [mm.Rows([], gc=collected)]


def test_what_is_taken_at_once_is_bounded() -> None:
    page = mm.Rows([row(1)] * ROWS_PAGE_MAX)
    fit = TAKEN_ROWS_MAX // ROWS_PAGE_MAX
    sizes = [len(item.rows) for item in taken(*[page] * (fit + 2)) if isinstance(item, mm.Rows)]
    assert sizes == [TAKEN_ROWS_MAX, 2 * ROWS_PAGE_MAX]


def test_nothing_overtakes() -> None:
    items: list[Item] = [live(1, 2), Claim({LOG: 2}), live(3, 4), mm.Rows([], SEVEN), live(8, 8)]
    assert taken(*items) == items
    assert taken(Claim({1: 1, 2: 5}), Claim({1: 2})) == [Claim({1: 2, 2: 5})]
