"""No test leaves anything behind: it would go when the collector comes, in the middle of another one."""

from collections.abc import Iterator

import pytest

from tests.support.left_open import nothing_left_behind


@pytest.fixture(autouse=True)
def _leaves_nothing_behind() -> Iterator[None]:
    with nothing_left_behind():
        yield
