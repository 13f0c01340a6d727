"""What sharing and downloading stand on: the account in use, and the parts of the engine around them."""

import random
from collections.abc import Callable, Coroutine, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Protocol

from desktop.engine.events import Event
from desktop.engine.files.hasher import Hasher
from desktop.engine.library import Library
from shared.clock import Clock
from shared.facts.derive import Rows, VisibleEntry
from shared.facts.ids import DeviceId, Epoch, GroupId, UserId
from shared.wire import tracker_messages as t

Spawn = Callable[[Coroutine[Any, Any, Any]], object]


class Mirror(Protocol):
    @property
    def rows(self) -> Rows: ...
    def my_epoch(self, gid: GroupId) -> Epoch | None:
        """None: not a member now."""

    def may_talk(self, dev: DeviceId, gid: GroupId) -> bool:
        """Whether the device is of a member now."""

    async def listing(self, gid: GroupId, name: str = "") -> list[VisibleEntry]:
        """With `name`: those that are shown or were shared so, or are in that folder."""


class Tracker(Protocol):
    async def request(self, message: t.Message) -> t.Answer:
        """What `message.answer` says. Raises NoTracker after some seconds, and the refusal if it is one."""

    def announce(self, *, add: Sequence[t.EntryRef] = (), drop: Sequence[t.EntryRef] = ()) -> None:
        """Entries of which this device holds pieces while it downloads them."""


@dataclass(frozen=True)
class Surroundings:
    uid: UserId
    dev: DeviceId
    library: Library
    mirror: Mirror
    tracker: Tracker
    hasher: Hasher
    emit: Callable[[Event], None]
    spawn: Spawn
    clock: Clock
    lot: random.Random
    shown_group: Callable[[GroupId], str]
    keep_out: Path
    """The profile: nothing is saved in there, and nothing of it is shared."""
