"""Many people, in a tracker's store before it starts: rows by the real rules, certificates by its real key.

Whoever shows such a certificate is logged in by its Hello, so that no measurement pays for passwords.
"""

import asyncio
import itertools
import random
import secrets
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any, NamedTuple

import shared.wire.tracker_messages as m
from shared.clock import SystemClock
from shared.facts import rows as facts
from shared.facts.ids import DeviceId, EntryId, GroupId, UserId, entry_id
from shared.limits import SHARE_BATCH_MAX
from shared.trust.certificates import Leaf, device_leaf
from shared.trust.identity import PrivateKey, raw_public
from trackerd import rules
from trackerd.identity_files import load_or_make_keys, make_folder
from trackerd.rules import Actor, Book, Quotas
from trackerd.store.store import Store

_AMPLE = Quotas(
    groups_per_user=1_000_000,
    requests_per_user=1_000_000,
    entries_per_group=1_000_000_000,
    shares_per_user=1_000_000_000,
)
_AT_ONCE = 100
_CLOCK = SystemClock()


class Person(NamedTuple):
    """A user with one device."""

    uid: UserId
    dev: DeviceId
    leaf: Leaf
    gid: GroupId

    @property
    def actor(self) -> Actor:
        return Actor(self.uid, self.dev)


class Crowd(NamedTuple):
    data: Path
    number: int
    people: list[Person]

    def share(self, files: int) -> None:
        """The first person shares so many: two rows each, some 40 us."""
        sharer = self.people[0]
        starts = range(0, files, SHARE_BATCH_MAX)
        batches = ([file(n) for n in range(start, min(files, start + SHARE_BATCH_MAX))] for start in starts)
        jobs = (_share(sharer.actor, m.Share(sharer.gid, batch)) for batch in batches)
        _write(self.data, self.number, jobs)


def settle(data: Path, number: int, people: int, *, group_of: int = 8, files: int = 1) -> Crowd:
    """In the store of tracker `number`, which must not run. Everybody shares all the files of the group."""
    make_folder(data)
    d_key = load_or_make_keys(data).d
    settled: list[Person] = []

    def moves_in(book: Book) -> None:
        key = PrivateKey.generate()
        owner = settled[-(len(settled) % group_of)] if len(settled) % group_of else None
        actor, gid = _let_in(book, key, len(settled), owner)
        rules.share(book, actor, m.Share(gid, [file(n) for n in range(files)]), 0, _AMPLE)
        leaf = Leaf(device_leaf(d_key, raw_public(key), _CLOCK.wall_s()), key)
        settled.append(Person(actor.uid, actor.dev, leaf, gid))

    _write(data, number, (moves_in for _ in range(people)))
    return Crowd(data, number, settled)


def file(number: int) -> m.NewShare:
    return m.NewShare(f"file {number}.bin", 1 << 20, number.to_bytes(32, "big"), bytes(20), None)


def eid_of(gid: GroupId, shared: m.NewShare) -> EntryId:
    return entry_id(gid, shared.name, shared.root, shared.size)


def _let_in(book: Book, key: PrivateKey, number: int, owner: Person | None) -> tuple[Actor, GroupId]:
    user = m.CreateUser(secrets.token_bytes(32), f"user {number}", "")
    uid = rules.create_user(book, user, facts.Cred(""), 0).uid
    at = int(_CLOCK.wall_s())
    actor = Actor(uid, rules.enrol(book, uid, raw_public(key), "bench", at, _AMPLE).dev)
    if owner is None:
        group = m.CreateGroup(secrets.token_bytes(32), f"group {number}")
        return actor, rules.create_group(book, actor, group, 0, _AMPLE).gid
    rules.join(book, actor, m.Join(owner.gid), 0, _AMPLE)
    rules.accept(book, owner.actor, m.Accept(owner.gid, uid), 0, _AMPLE)
    return actor, owner.gid


def _share(actor: Actor, request: m.Share) -> Callable[[Book], Any]:
    return lambda book: rules.share(book, actor, request, 0, _AMPLE)


def _write(data: Path, number: int, jobs: Iterator[Callable[[Book], Any]]) -> None:
    keys, lot = load_or_make_keys(data), random.SystemRandom()
    store = Store.open(data / "store.sqlite", number=number, ca_key=raw_public(keys.t), clock=_CLOCK, lot=lot)

    async def write() -> None:
        for some in iter(lambda: [*itertools.islice(jobs, _AT_ONCE)], []):
            await asyncio.gather(*map(store.write, some))
        await store.close()

    asyncio.run(write())
