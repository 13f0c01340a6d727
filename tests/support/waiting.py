"""Waiting for what no event tells."""

import asyncio
from collections.abc import Callable

LONG_S = 60.0
"""More than any wait of a test takes, also on a slow machine with other things to do."""


async def until(holds: Callable[[], object]) -> None:
    """Returns once it does. Raises TimeoutError where it never does."""
    async with asyncio.timeout(LONG_S):
        while not holds():  # noqa: ASYNC110  nothing tells of it
            await asyncio.sleep(0.01)
