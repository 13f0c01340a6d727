from collections.abc import Iterable

from desktop.engine.files.bitfield import Bits


def bits_of(pieces: Iterable[int]) -> Bits:
    return sum(1 << piece for piece in set(pieces))
