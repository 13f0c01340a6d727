"""Which cipher this computer would rather seal by is tried out, and said as it came out."""

from itertools import accumulate, chain, cycle, repeat

import pytest

from desktop.engine.peers.sealed_frames import suites
from shared.trust.seal import Suites


class Took:
    """A clock by which the tries take these times, one after the other."""

    def __init__(self, tries_s: list[float]) -> None:
        steps = chain.from_iterable(zip(repeat(0.0), cycle(tries_s)))
        self._now = accumulate(steps)

    def wall_s(self) -> float:
        raise NotImplementedError

    def monotonic_s(self) -> float:
        return next(self._now)


@pytest.mark.parametrize(
    ("aes_s", "chacha_s", "is_fast"),
    [
        ([1, 1, 1], [3, 3, 3], True),
        ([4, 4, 4], [1, 1, 1], False),
        ([9, 1, 9], [3, 3, 3], True),  # somebody else had the processor meanwhile
        ([4, 4, 4], [9, 9, 1], False),
    ],
)
def test_aes_is_called_fast_where_its_best_try_is_no_slower(
    aes_s: list[float], chacha_s: list[float], is_fast: bool
) -> None:
    found = suites(Took(aes_s + chacha_s))
    assert found & Suites.BOTH == Suites.BOTH
    assert (Suites.AES_IS_FAST in found) == is_fast
