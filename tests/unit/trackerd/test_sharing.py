import pytest

from shared.facts.derive import Sharer
from shared.facts.ids import DeviceId, EntryId, GroupId, UserId
from shared.facts.rows import Kind, Row
from shared.limits import SHARERS_KNOWN_MAX
from trackerd.sharing import Sharing

GID, EID, OTHER = GroupId(b"g" * 16), EntryId(b"e" * 16), EntryId(b"o" * 16)
SHARER = Sharer(UserId(b"u" * 16), DeviceId(b"d" * 16))


def row(kind: Kind, *key: bytes) -> Row:
    return Row(kind, b"".join(key), 1, 1, 1, b"")


@pytest.fixture
def sharing() -> Sharing:
    """Knows two files of a group."""
    sharing = Sharing()
    reading = sharing.reading(GID, [EID, OTHER])
    sharing.read(GID, reading, {EID: [SHARER], OTHER: []})
    return sharing


def test_what_was_read_is_known(sharing: Sharing) -> None:
    assert sharing.known(GID, [EID, OTHER]) == {EID: [SHARER], OTHER: []}
    assert sharing.known(GroupId(b"h" * 16), [EID]) is None


def test_a_share_makes_its_own_file_unknown(sharing: Sharing) -> None:
    sharing.committed([row(Kind.SHARE, GID, EID, SHARER.dev)])
    assert sharing.known(GID, [EID]) is None
    assert sharing.known(GID, [OTHER]) == {OTHER: []}


@pytest.mark.parametrize(
    "change",
    [row(Kind.MEMBER, GID, SHARER.uid), row(Kind.GONE, SHARER.uid), row(Kind.REVOKED, SHARER.dev)],
)
def test_whatever_may_change_who_shares_makes_the_group_unknown(sharing: Sharing, change: Row) -> None:
    sharing.committed([change])
    assert sharing.known(GID, [OTHER]) is None


def test_a_group_of_which_rows_were_deleted_for_good_elsewhere_is_unknown(sharing: Sharing) -> None:
    sharing.committed([], relist=[SHARER.uid])
    assert sharing.known(GID, [EID])
    sharing.committed([], relist=[GID])
    assert sharing.known(GID, [EID]) is None


def test_what_a_commit_touches_while_it_is_read_stays_unknown(sharing: Sharing) -> None:
    late = sharing.reading(GID, [EID, OTHER])
    sharing.committed([row(Kind.SHARE, GID, EID, SHARER.dev)])
    newer = sharing.reading(GID, [EID])
    sharing.read(GID, late, {EID: [], OTHER: [SHARER]})
    assert sharing.known(GID, [EID]) is None
    assert sharing.known(GID, [OTHER]) == {OTHER: [SHARER]}
    sharing.read(GID, newer, {EID: [SHARER]})
    assert sharing.known(GID, [EID]) == {EID: [SHARER]}


def test_all_is_forgotten_before_it_is_too_much(sharing: Sharing) -> None:
    reading = sharing.reading(GID, [OTHER])
    sharing.read(GID, reading, {OTHER: [SHARER] * SHARERS_KNOWN_MAX})
    assert sharing.known(GID, [EID]) is None
