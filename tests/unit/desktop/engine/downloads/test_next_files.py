"""Which files are opened next, and which together."""

from collections import deque
from collections.abc import Container, Iterable

from hypothesis import given
from hypothesis import strategies as st

from desktop.engine.downloads.next_files import Next, Reach, next_files, places_of
from desktop.engine.library import FileRecord
from shared.facts.ids import EntryId
from shared.limits import BUNDLE_FILES_MAX, BUNDLED_FILE_BYTES_MAX, PIECE_BYTES

SIZES = st.sampled_from([0, 1, 5000, BUNDLED_FILE_BYTES_MAX, BUNDLED_FILE_BYTES_MAX + 1, PIECE_BYTES + 1])


def record(n: int, size: int) -> FileRecord:
    return FileRecord(n, EntryId(b"%016d" % n), str(n), b"root", size, str(n), str(n))


def chosen(
    todo: deque[FileRecord],
    room: int,
    reach: Iterable[Reach] = (Reach(True, True),),
    alone: Container[int] = (),
) -> Next:
    """The givers of a file are those at its number, round and round."""
    givers = [*reach]

    def by_givers(files: Iterable[FileRecord]) -> list[tuple[Reach, list[FileRecord]]]:
        looked = [*files]
        return [
            (one, [file for file in looked if file.n % len(givers) == at]) for at, one in enumerate(givers)
        ]

    return next_files(todo, room, by_givers, alone)


@given(
    st.lists(SIZES, max_size=600),
    st.integers(0, 256),
    st.permutations([Reach(True, True), Reach(True, False), Reach(False, False)]),
)
def test_no_file_is_lost_doubled_or_beyond_the_room(sizes: list[int], room: int, reach: list[Reach]) -> None:
    files = [record(n, size) for n, size in enumerate(sizes)]
    todo = deque(files)
    found = chosen(todo, room, reach)
    taken = found.singles + [file for bundle in found.bundles for file in bundle]
    assert sorted([*taken, *todo], key=lambda one: one.n) == files
    used = [*found.bundles, *([one] for one in found.singles)]
    assert sum(map(places_of, used[:-1])) <= room
    for bundle in found.bundles:
        assert 1 < len(bundle) <= BUNDLE_FILES_MAX
        assert sum(file.size for file in bundle) <= PIECE_BYTES
        assert all(0 < file.size <= BUNDLED_FILE_BYTES_MAX for file in bundle)
        assert len({file.n % 3 for file in bundle}) == 1
    assert taken or not files or not room


def test_all_small_files_of_one_giver_come_in_bundles_in_their_order() -> None:
    todo = deque(record(n, 4096) for n in range(300))
    found = chosen(todo, 256)
    assert [len(bundle) for bundle in found.bundles] == [128, 128, 44]
    assert [file.n for bundle in found.bundles for file in bundle] == [*range(300)]
    assert not todo


def test_what_did_not_come_in_a_bundle_is_taken_alone() -> None:
    todo = deque(record(n, 4096) for n in range(4))
    assert [one.n for one in chosen(todo, 256, alone={1}).singles] == [1]


def test_who_is_away_goes_behind_those_who_are_here() -> None:
    todo = deque(record(n, PIECE_BYTES) for n in range(100))
    found = chosen(todo, 10, [Reach(False, False), Reach(True, False)])
    assert [one.n for one in found.singles] == [*range(1, 21, 2)]
    assert [one.n for one in todo][:2] == [21, 23]
    assert todo[-1].n % 2 == 0
