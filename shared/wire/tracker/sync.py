"""Rows on their way into a client's mirror: listed when it asks, and pushed once it has subscribed."""

from typing import Annotated, NamedTuple

import msgspec

from shared.facts.ids import Dev, Gid, Uid
from shared.facts.rows import Key, Row
from shared.limits import SCOPES_MAX
from shared.wire.tracker.bases import Answer, FromTracker, Message, Scope, Vector

NETWORK: Scope = b"network"
ME: Scope = b"me"


class SyncPage(Answer, frozen=True):
    rows: list[Row]
    next: Key | None
    """Where the next page begins; nil on the last."""
    vv: Vector | None
    """In the first page: all of the scope that this tracker has, and the asker after the last page."""
    full: bool = False
    """The whole scope is listed, whatever the asker has: it may hold rows of which nothing is left here."""


class Sync(Message, frozen=True, tag=50):
    answer = SyncPage
    scope: Scope
    vv: Vector
    after: Key | None = None


class ScopeSeen(NamedTuple):
    scope: Scope
    vv: Vector


class Subscribe(Message, frozen=True, tag=51):
    scopes: Annotated[list[ScopeSeen], msgspec.Meta(max_length=SCOPES_MAX)]


class Delta(FromTracker, frozen=True, tag=100):
    scope: Scope
    vv0: Vector
    vv1: Vector
    rows: list[Row]


class Changed(FromTracker, frozen=True, tag=101):
    scope: Scope


class Revoked(FromTracker, frozen=True, tag=102):
    """`uid` (one device of it, or all) lost `gid`, or everything where that is nil."""

    gid: Gid | None
    uid: Uid
    dev: Dev | None = None


class RowsFound(Answer, frozen=True):
    rows: list[Row]


class Who(Message, frozen=True, tag=42):
    """The rows that say whether `dev` belongs to a member of `gid`, for a peer whose mirror lags."""

    answer = RowsFound
    dev: Dev
    gid: Gid
