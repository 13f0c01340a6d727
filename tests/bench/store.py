"""How many rows a second a tracker's store takes of another, gives to one, compares, and how it starts.

    ./dev bench store [ROWS]

CPU seconds of this process are said beside those on the wall, as others may share the
cores; peak memory is that of the process that takes, with nothing else in it.
"""

import asyncio
import contextlib
import random
import resource
import sys
import tempfile
import time
from collections.abc import Awaitable, Callable, Iterator
from pathlib import Path

from shared.clock import SystemClock
from shared.facts.ids import DeviceId, EntryId, Epoch, GroupId, UserId
from shared.facts.rows import Device, Entry, Group, Kind, Member, Row, Share, User, encode_body
from shared.limits import MESH_APPLYING_MAX, ROWS_PAGE_MAX
from tests.bench.stage import numbers
from trackerd.store.store import Store

LOG = 2 << 55 | 1_790_000_000 << 21
FILES_A_GROUP = 5_000
AT = 1_790_000_000


def main(arguments: list[str]) -> None:
    (rows,) = numbers(arguments, 1_000_000)
    with tempfile.TemporaryDirectory() as name:
        path = Path(name, "store.sqlite")
        asyncio.run(_measure(path, rows))
        size = path.stat().st_size
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss // 1024
    sys.stdout.write(f"file {size / 1e6:.0f} MB, {size / rows:.0f} B a row; peak memory {peak} MiB\n")


async def _measure(path: Path, rows: int) -> None:
    store = _opened(path)
    await _timed("takes", rows, lambda: _take(store, rows))
    await _timed("gives", rows, lambda: _give(store))
    await _timed("compares", rows, store.checksums)
    await _timed("looks for tombstones", rows, lambda: store.tombstones(1 << 62, None, 1000))
    await store.close()
    began = time.monotonic()
    store = _opened(path)
    sys.stdout.write(f"starts in {time.monotonic() - began:.2f} s\n")
    await store.close()


def _opened(path: Path) -> Store:
    return Store.open(path, number=1, ca_key=bytes(32), clock=SystemClock(), lot=random.Random(1))


async def _timed(what: str, rows: int, work: Callable[[], Awaitable[object]]) -> None:
    began, cpu = time.monotonic(), time.process_time()
    await work()
    wall_s, cpu_s = time.monotonic() - began, time.process_time() - cpu
    sys.stdout.write(
        f"{what}: {rows / wall_s:,.0f} rows/s ({wall_s:.1f} s), {rows / cpu_s:,.0f} a CPU second\n"
    )
    sys.stdout.flush()


async def _take(store: Store, count: int) -> None:
    """As a link does: a part at a time, of which some may wait."""
    page: list[Row] = []
    waiting: list[Awaitable[None]] = []
    for row in _rows(count):
        page.append(row)
        if len(page) == ROWS_PAGE_MAX:
            waiting.append(asyncio.ensure_future(store.take_rows(page)))  # noqa: TID251
            page = []
            await asyncio.sleep(0)
            if len(waiting) > MESH_APPLYING_MAX:
                await waiting.pop(0)
    await store.take_rows(page)
    await store.finish_round({LOG: count})


async def _give(store: Store) -> None:
    async with contextlib.aclosing(store.round_above({})) as parts:
        async for _ in parts:
            pass


def _rows(count: int) -> Iterator[Row]:
    """Half of them files, half of them their shares; a few groups and users."""
    lot = random.Random(1)
    seq = 0

    def row(kind: Kind, id_: bytes, body: bytes) -> Row:
        nonlocal seq
        seq += 1
        return Row(kind, id_, (AT * 1000 << 15) + seq, LOG, seq, body)

    while seq < count:
        gid, uid, dev = GroupId(lot.randbytes(16)), UserId(lot.randbytes(16)), DeviceId(lot.randbytes(16))
        epoch = Epoch(AT, LOG)
        yield row(Kind.USER, uid, encode_body(User(f"user {seq}", f"user {seq}", AT)))
        yield row(Kind.DEVICE, dev, encode_body(Device(uid, lot.randbytes(32), "laptop", AT)))
        yield row(Kind.GROUP, gid, encode_body(Group(f"group {seq}", f"group {seq}", uid, AT)))
        yield row(Kind.MEMBER, gid + uid, encode_body(Member(True, epoch, uid, AT)))
        share = encode_body(Share(uid, epoch, True, AT))
        for number in range(FILES_A_GROUP):
            eid = EntryId(lot.randbytes(16))
            name = f"holidays/2026/{number % 40}/picture {number}.jpeg"
            entry = Entry(name, number, lot.randbytes(32), 1, lot.randbytes(20), uid, AT)
            yield row(Kind.ENTRY, gid + eid, encode_body(entry))
            yield row(Kind.SHARE, gid + eid + dev, share)
