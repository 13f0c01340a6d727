from desktop.engine.peers.open_bundles import OpenBundles
from desktop.engine.peers.peer_session import Served
from shared.facts.ids import EntryId, GroupId
from shared.limits import BUNDLED_FILES_PER_LINK_MAX

GID, OTHER = GroupId(b"g" * 16), GroupId(b"h" * 16)
A, B, C = (EntryId(letter * 16) for letter in (b"a", b"b", b"c"))


def test_those_that_a_file_is_in_are_found_until_they_end() -> None:
    bundles = OpenBundles[str]()
    first, second = Served(GID, [A, B, A]), Served(GID, [B, C])
    bundles.begin("ann", 0, first)
    bundles.begin("bob", 0, second)
    assert bundles.with_file(GID, A) == [("ann", 0)]
    assert bundles.with_file(GID, B) == [("ann", 0), ("bob", 0)]
    assert bundles.with_file(OTHER, B) == []
    bundles.end("ann", 0, first)
    assert (bundles.with_file(GID, A), bundles.with_file(GID, B)) == ([], [("bob", 0)])
    bundles.end("bob", 0, second)
    assert not bundles._with


def test_one_link_has_room_for_so_many_files_whatever_another_has_open() -> None:
    bundles = OpenBundles[str]()
    some = Served(GID, [A] * (BUNDLED_FILES_PER_LINK_MAX - 1))
    bundles.begin("ann", 0, some)
    assert bundles.has_room("ann", 1)
    assert not bundles.has_room("ann", 2)
    assert bundles.has_room("bob", BUNDLED_FILES_PER_LINK_MAX)
    bundles.end("ann", 0, some)
    assert bundles.has_room("ann", 2)
