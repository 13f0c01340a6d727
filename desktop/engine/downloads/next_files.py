"""Which files of a download are opened next, and which of them together as bundles. Pure."""

from collections import deque
from collections.abc import Callable, Container, Iterable, Iterator, Sequence
from typing import NamedTuple

from desktop.engine.library import FileRecord
from shared.limits import (
    ACTIVE_FILES_MIN,
    BUNDLE_FILES_MAX,
    BUNDLED_FILE_BYTES_MAX,
    BUNDLED_PER_PLACE,
    LARGE_FILE_PLACES,
    PIECE_BYTES,
)


class Reach(NamedTuple):
    """Of some devices."""

    is_linked: bool
    """One at least."""
    may_bundle: bool
    """One gives bundles, or it is to be found out."""


class Next(NamedTuple):
    singles: list[FileRecord]
    bundles: list[list[FileRecord]]


ByGivers = Callable[[Iterable[FileRecord]], Iterable[tuple[Reach, list[FileRecord]]]]
"""Files by who has them."""


def next_files(todo: deque[FileRecord], room: int, by_givers: ByGivers, alone: Container[int]) -> Next:
    """Takes them out of `todo`: those that can be had now come first, as files of somebody who is away hold
    no others up. Small ones come in bundles where somebody may give such, but for `alone`, by number."""
    looked = [todo.popleft() for _ in range(min(len(todo), room * BUNDLED_PER_PLACE))]
    found = Next([], [])
    later: list[FileRecord] = []
    away: list[FileRecord] = []
    for reach, files in sorted(by_givers(looked), key=lambda one: not one[0].is_linked):
        small = [one for one in files if reach.may_bundle and _is_small(one) and one.n not in alone]
        small = small if len(small) > 1 else []
        numbers = {one.n for one in small}
        for some in [*bundled(small), *([one] for one in files if one.n not in numbers)]:
            if (places := places_of(some)) <= room or (room > 0 and len(some) == 1):
                room -= places
                found.singles.extend(some) if len(some) == 1 else found.bundles.append(some)
            else:
                (later if reach.is_linked else away).extend(some)
    todo.extendleft(sorted(later, key=lambda one: -one.n))
    todo.extend(away)
    return found


def places_of(files: Sequence[FileRecord]) -> int:
    """That a file takes, or a bundle."""
    if len(files) > 1:
        return min(-(-len(files) // BUNDLED_PER_PLACE), ACTIVE_FILES_MIN)
    return 1 if files[0].size <= PIECE_BYTES else LARGE_FILE_PLACES


def bundled(files: Iterable[FileRecord]) -> Iterator[list[FileRecord]]:
    """Small files in their order, as many together as may be."""
    some: list[FileRecord] = []
    size = 0
    for file in files:
        if some and (size + file.size > PIECE_BYTES or len(some) == BUNDLE_FILES_MAX):
            yield some
            some, size = [], 0
        some.append(file)
        size += file.size
    if some:
        yield some


def _is_small(file: FileRecord) -> bool:
    return 0 < file.size <= BUNDLED_FILE_BYTES_MAX
