"""R62, R74: trackers die, freeze, are cut off and set back under clients that write, and nothing is lost.

SHOAL_NEMESIS_S says how long (40), SHOAL_NEMESIS_CYCLES instead how many short cycles of faults,
SHOAL_NEMESIS_SEED which. Real processes on a real clock make no two runs equal.
"""

import faulthandler
import os
import random
import time
from collections.abc import Iterator
from contextlib import ExitStack
from pathlib import Path

import pytest

from tests.support import history
from tests.support.arena import CLIENT_HOSTS, Arena
from tests.support.hosts import Host, hosts
from tests.support.nemesis import Nemesis
from tests.support.writers import Crowd, World
from trackerd.care.digest import digest
from trackerd.care.integrity import look_over

pytestmark = pytest.mark.slow
SECONDS = float(os.environ.get("SHOAL_NEMESIS_S", "40"))
CYCLES = int(os.environ.get("SHOAL_NEMESIS_CYCLES", "0"))
SEED = int(os.environ.get("SHOAL_NEMESIS_SEED", random.randrange(10**6)))
SHORT_S = 0.5
WRITERS = 20


def suffer(nemesis: Nemesis, seconds: float) -> None:
    end_s = time.monotonic() + seconds
    if CYCLES:
        while nemesis.cycles < CYCLES:
            nemesis.cycle(SHORT_S)
    else:
        while time.monotonic() < end_s:
            nemesis.cycle()


def found(arena: Arena, acts: list[history.Act]) -> Iterator[str]:
    """Whatever is not as it must be, once all trackers have stopped."""
    final, journal = history.rows_of(arena.store(0)), arena.journal()
    yield from history.differing(arena.stores)
    if len(digests := {digest(store.parent) for store in arena.stores}) > 1:
        yield f"trackers come to {digests}"
    yield from history.lost(acts, journal, final, arena.lost_disks)
    for store in arena.stores:
        yield from look_over(store.parent).problems
        yield from history.vanished(history.journal_of(store), final)
    yield from history.done_twice(acts, journal, arena.lost_disks)
    yield from history.ill_derived(arena.store(0))
    yield from history.misnamed(acts, arena.store(0))


def run(folder: Path, count: int, places: list[Host], seconds: float) -> str:
    """What happened, in a few lines. Raises AssertionError with what is wrong."""
    lot = random.Random(SEED)
    faulthandler.cancel_dump_traceback_later()  # it may take longer than a hang of other tests is given
    with Arena(folder, count, places) as arena:
        world, nemesis = World(arena.clients_places()), Nemesis(arena, lot)
        try:
            with Crowd(world, WRITERS, [*arena.client_hosts] or [None], lot):
                suffer(nemesis, seconds)
            arena.catch_up()
            arena.stop()
            wrong = [*found(arena, world.acts)]
        finally:
            (folder / "did").write_text("\n".join(nemesis.did))
        said = told(arena, world, nemesis, wrong)
    assert not wrong, f"{said}\n" + "\n".join(wrong[:20])
    return said


def told(arena: Arena, world: World, nemesis: Nemesis, wrong: list[str]) -> str:
    done = [act for act in world.acts if act.copies]
    in_two = sum(act.copies > 1 for act in done)
    excused = sum(any(disk.excuses(act) for disk in arena.lost_disks) for act in done)
    gaps, starts = sorted(world.gaps_s) or [0.0], sorted(arena.starts_s) or [0.0]
    return (
        f"seed {SEED}: {nemesis.cycles} cycles; {len(world.acts)} writes asked for, {len(done)} acknowledged,"
        f" {in_two} by two trackers, {excused} by the one whose disk was lost; {len(wrong)} wrong or lost;"
        f" a tracker starts in {starts[len(starts) // 2]:.2f} s, at most {starts[-1]:.2f};"
        f" a client is elsewhere in {gaps[len(gaps) // 2]:.2f} s, 95 % in {gaps[len(gaps) * 95 // 100]:.2f}"
    )


@pytest.mark.parametrize("count", [1, 3])
def test_nothing_acknowledged_is_lost_whatever_happens_to_trackers(
    count: int, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    with ExitStack() as stack:
        places, where = [], "without cuts, as this is not root: "
        if os.geteuid() == 0:
            places, where = stack.enter_context(hosts(count + 1 + CLIENT_HOSTS)), ""
        print(f"SHOAL_NEMESIS_SEED={SEED}")  # noqa: T201  shown where it fails
        said = run(tmp_path, count, places, SECONDS if count > 1 else SECONDS / 4)
    with capsys.disabled():
        print(f"\n{where}{said}")  # noqa: T201
