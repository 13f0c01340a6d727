"""One tracker in memory, by its real rules, and accounts that share and download in one group of it."""

import random
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import TypeVar

from desktop.engine.background import Background
from desktop.engine.events import Event
from desktop.engine.files.hasher import Hasher
from desktop.engine.library import Library
from desktop.engine.surroundings import Surroundings
from shared.clock import Clock, SystemClock
from shared.errors import Coded
from shared.facts.derive import (
    Rows,
    VisibleEntry,
    live_shares,
    membership,
    shown_group,
    user_of_device,
    visible_entries,
)
from shared.facts.ids import DeviceId, Epoch, GroupId
from shared.wire import tracker_messages as t
from tests.support.memory_book import AT, QUOTAS, MemoryBook, group, let_in, person
from trackerd import rules
from trackerd.rules import Actor

E = TypeVar("E", bound=Event)


class World:
    """The group is called `team`; ann owns it and bob and cem are in it."""

    def __init__(self) -> None:
        self.book = MemoryBook()
        self.ann, self.bob, self.cem = (person(self.book, name) for name in ("ann", "bob", "cem"))
        self.gid = group(self.book, self.ann, "team")
        let_in(self.book, self.ann, self.gid, self.bob, self.cem)
        self.online: set[DeviceId] = set()

    def leave(self, actor: Actor) -> None:
        rules.leave(self.book, actor, t.Leave(self.gid), AT)

    def names(self) -> list[str]:
        return sorted(entry.name for entry in visible_entries(self.book, self.gid))


@dataclass
class Account:
    """One device of one user: what Sharing and Downloads stand on, and what they said."""

    world: World
    actor: Actor
    folder: Path
    clock: Clock = field(default_factory=SystemClock)
    background: Background = field(default_factory=Background)
    events: list[Event] = field(default_factory=list)
    requests: list[t.Message] = field(default_factory=list)
    announced: set[t.EntryRef] = field(default_factory=set)
    fails: Callable[[t.Message], Coded | None] = lambda _: None

    def __post_init__(self) -> None:
        self.folder.mkdir(exist_ok=True)
        self.library = Library(self.folder / "library.sqlite")
        self.hasher = Hasher(self.folder)
        self.around = Surroundings(
            self.actor.uid,
            self.actor.dev,
            self.library,
            self,
            self,
            self.hasher,
            self.events.append,
            self.background.spawn,
            self.clock,
            random.Random(1),
            lambda gid: shown_group(self.rows, gid),
            self.folder,
        )

    async def close(self) -> None:
        await self.background.close()
        self.library.close()
        self.hasher.close()

    def told(self, kind: type[E]) -> list[E]:
        return [event for event in self.events if isinstance(event, kind)]

    # --- its mirror ------------------------------------------------------------------------------

    @property
    def rows(self) -> Rows:
        return self.world.book

    def my_epoch(self, gid: GroupId) -> Epoch | None:
        return membership(self.rows, gid, self.actor.uid)

    def may_talk(self, dev: DeviceId, gid: GroupId) -> bool:
        uid = user_of_device(self.rows, dev)
        return uid is not None and membership(self.rows, gid, uid) is not None

    async def listing(self, gid: GroupId, name: str = "") -> list[VisibleEntry]:
        return visible_entries(self.rows, gid)  # what is not asked for may be there, too

    # --- its tracker -----------------------------------------------------------------------------

    async def request(self, message: t.Message) -> t.Answer:
        self.requests.append(message)
        if error := self.fails(message):
            raise error
        match message:
            case t.Share():
                return rules.share(self.world.book, self.actor, message, AT, QUOTAS)
            case t.StopShare():
                return rules.stop_share(self.world.book, self.actor, message, AT)
            case t.Peers(gid, eids):
                return t.PeersFound([(eid, self._online_sharers(gid, eid)) for eid in eids])
            case _:
                raise AssertionError(message)

    def announce(self, *, add: Sequence[t.EntryRef] = (), drop: Sequence[t.EntryRef] = ()) -> None:
        self.announced |= set(add)
        self.announced -= set(drop)

    def _online_sharers(self, gid: GroupId, eid: bytes) -> list[t.PeerListed]:
        return [
            t.PeerListed(sharer.dev, sharer.uid, "127.0.0.1", 4000, False)
            for _, sharer in live_shares(self.rows, gid, eid)
            if sharer.dev in self.world.online
        ]
