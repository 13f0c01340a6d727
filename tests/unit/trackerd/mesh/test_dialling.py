import asyncio
import random

import pytest

from shared.limits import MESH_BACKOFF_S_MAX, MESH_BACKOFF_S_MIN
from tests.support.waiting import LONG_S
from trackerd.mesh.dialling import Dialler


@pytest.mark.slow
def test_it_dials_again_after_a_failure_until_it_is_stopped() -> None:
    async def scenario() -> None:
        failures: list[Exception] = []
        enough = asyncio.Event()

        async def dial() -> None:
            await asyncio.sleep(0)
            raise ConnectionRefusedError

        def failed(error: Exception) -> None:
            failures.append(error)
            if len(failures) == 3:
                dialler.stop()
                enough.set()
            else:
                dialler.again()

        dialler = Dialler(dial, failed, random.Random(1))
        dialler.now()
        dialler.now()  # it is under way
        async with asyncio.timeout(LONG_S):
            await enough.wait()
        await asyncio.sleep(2 * MESH_BACKOFF_S_MIN)
        assert len(failures) == 3

    asyncio.run(scenario())


def test_pauses_grow_to_a_bound_are_never_equal_and_begin_anew_after_a_link_that_lasted() -> None:
    async def scenario() -> None:
        async def dial() -> None:
            raise AssertionError("too early")

        dialler = Dialler(dial, lambda _error: None, random.Random(1))
        loop = asyncio.get_running_loop()

        def pause_s() -> float:
            dialler.again()
            assert dialler._timer
            return dialler._timer.when() - loop.time()

        pauses = [pause_s() for _ in range(8)]
        assert all(pause <= MESH_BACKOFF_S_MAX for pause in pauses)
        assert pauses[-1] > MESH_BACKOFF_S_MIN
        assert len(set(pauses)) == len(pauses)
        dialler.lasted()
        assert pause_s() <= MESH_BACKOFF_S_MIN
        dialler.stop()

    asyncio.run(scenario())
