"""What is to be shared goes on over a change of the window, and is told of where it is shown then."""

import asyncio
from pathlib import Path

import pytest

from desktop.app import TaskRunner
from desktop.engine.views import ShareResult
from desktop.ui.share_queue import ShareQueue
from shared.errors import BadPath, NotLoggedIn, ShoalError

pytestmark = pytest.mark.gui


refused = {"bad": BadPath(), "late": NotLoggedIn()}


class Told:
    """Where it is shown."""

    def __init__(self) -> None:
        self.lines: list[str] = []

    def begins(self, path: Path, group: str) -> None:
        self.lines.append(f"{path} in {group}")

    def fails(self, error: ShoalError) -> None:
        self.lines.append(type(error).__name__)

    def ends(self, results: list[ShareResult]) -> None:
        self.lines.append(f"{len(results)} shared")


def test_sharing_goes_on_in_the_window_of_another_language() -> None:
    async def scene() -> None:
        may_end, runner = asyncio.Event(), TaskRunner()

        async def upload(path: Path, group: str) -> ShareResult:
            await may_end.wait()
            if path.name in refused:
                raise refused[path.name]
            return ShareResult(files=[], skipped=[])

        queue, before, after = ShareQueue(runner, upload), Told(), Told()
        queue.show_in(before)
        queue.add([Path("a"), Path("bad"), Path("b")], "g")
        queue.show_in(after)
        assert queue.waiting == 2
        may_end.set()
        while queue.runs:
            await runner.ended()
        assert before.lines == ["a in g"]
        assert after.lines == ["a in g", "bad in g", "BadPath", "b in g", "2 shared"]

        may_end.clear()
        queue.add([Path("c"), Path("d")], "g")
        queue.cancel()
        await runner.ended()
        assert after.lines[-2:] == ["c in g", "0 shared"]
        assert not queue.runs

        may_end.set()
        queue.add([Path("late"), Path("e")], "g")
        await runner.ended()
        assert after.lines[-3:] == ["late in g", "NotLoggedIn", "0 shared"], "the group was who logged out's"

    asyncio.run(scene())
