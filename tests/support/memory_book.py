"""A tracker's rows in memory: the Book of the rules, for tests that need no disk. Scans are O(all rows)."""

import hashlib
import random
from collections.abc import Iterable
from dataclasses import dataclass, field

import shared.wire.tracker_messages as m
from shared.facts.ids import EntryId, GroupId, UserId
from shared.facts.replica import Pen, Replica, new_log
from shared.facts.rows import (
    FIRST_CLAIM,
    Body,
    Cred,
    Device,
    Group,
    Key,
    Kind,
    Member,
    Row,
    Share,
    User,
    body_of,
)
from trackerd.rules import Actor, Book, Quotas, accept, create_group, create_user, enrol, join, share

AT = 1_700_000_000
QUOTAS = Quotas()


@dataclass
class MemoryBook(Replica):
    """One tracker of a network of several; merge() and the rest of Replica join them."""

    number: int = 1
    wall_s: float = 1_700_000_000.0
    """Set it to move the clock."""
    pen: Pen = field(init=False)

    def __post_init__(self) -> None:
        self.pen = Pen(0)
        self.restart(random.Random(self.number))

    def restart(self, lot: random.Random) -> None:
        """A new run: a new log. The greatest stamp is on the disk, also of rows that are no more."""
        self.pen = Pen(new_log(self.number, self.wall_s, lot), self.pen.hlc)

    def merge(self, came: Iterable[Row]) -> None:
        rows = list(came)
        super().merge(rows)
        for row in rows:
            self.pen.read(row)

    def write(self, kind: Kind, id_: bytes, body: Body) -> Row:
        old = self.get(kind, id_)
        if old and kind >= FIRST_CLAIM:
            return old
        row = self.pen.write(Key(kind, id_), body, old, self.wall_s)
        self.facts[row.key] = row
        self.seen[row.log] = row.seq
        return row

    def get(self, kind: Kind, id_: bytes) -> Row | None:
        return self.facts.get(Key(kind, id_))

    def scan(self, kind: Kind, prefix: bytes, start: bytes = b"") -> Iterable[Row]:
        found = (row for row in self.facts.values() if row.kind == kind and row.id.startswith(prefix))
        return sorted((row for row in found if row.id >= start), key=lambda row: row.id)

    def claims(self, kind: Kind, folded: str) -> Iterable[bytes]:
        expected: type[User | Group] = User if kind == Kind.USER else Group
        return [row.id for row in self.scan(kind, b"") if body_of(row, expected).fold == folded]

    def groups_of(self, uid: UserId) -> Iterable[GroupId]:
        rows = (row for row in self.scan(Kind.MEMBER, b"") if row.id[16:] == uid)
        return [GroupId(row.id[:16]) for row in rows if body_of(row, Member).is_in]

    def about(self, uid: UserId) -> Iterable[Row]:
        devices = [row.id for row in self.scan(Kind.DEVICE, b"") if body_of(row, Device).uid == uid]
        for row in sorted(self.facts.values(), key=lambda row: row.key):
            if (
                (row.kind in (Kind.USER, Kind.GONE) and row.id == uid)
                or (row.kind in (Kind.DEVICE, Kind.REVOKED) and row.id in devices)
                or (row.kind in (Kind.MEMBER, Kind.REQUEST) and row.id[16:] == uid)
            ):
                yield row

    def unseen(self, prefix: bytes, vv: dict[int, int], at_most: int) -> list[Row]:
        return [row for row in self.above(vv) if row.id[:16] == prefix][:at_most]

    def logs(self, prefix: bytes) -> Iterable[int]:
        return {row.log for row in self.facts.values() if row.id[:16] == prefix}

    def tally(self, kind: Kind, id_: bytes) -> int:
        if kind == Kind.SHARE:
            shares = (body_of(row, Share) for row in self.scan(kind, b""))
            return sum(share.live and share.uid == id_ for share in shares)
        rows = self.scan(kind, id_)
        return sum(kind != Kind.MEMBER or body_of(row, Member).is_in for row in rows)

    def vector(self) -> dict[int, int]:
        return dict(self.seen)

    def gc(self, scope: bytes) -> dict[int, int]:
        return {}


# --- what happens in groups, in few words ----------------------------------------------------------


def nonce(text: str) -> bytes:
    return hashlib.sha256(text.encode()).digest()


def person(book: Book, name: str, device: str = "laptop") -> Actor:
    """A user with a device; made where they are not there yet."""
    uid = create_user(book, m.CreateUser(nonce(name), name, "password"), Cred("hash"), AT).uid
    return Actor(uid, enrol(book, uid, nonce(name + device), device, AT, QUOTAS).dev)


def group(book: Book, actor: Actor, name: str, seed: str = "") -> GroupId:
    return create_group(book, actor, m.CreateGroup(nonce(name + seed), name), AT, QUOTAS).gid


def let_in(book: Book, owner: Actor, gid: GroupId, *actors: Actor) -> None:
    for actor in actors:
        join(book, actor, m.Join(gid), AT, QUOTAS)
        accept(book, owner, m.Accept(gid, actor.uid), AT, QUOTAS)


def share_file(
    book: Book, actor: Actor, gid: GroupId, name: str, content: str = "", replaces: EntryId | None = None
) -> EntryId:
    file = m.NewShare(name, len(content), nonce(content), bytes(20), replaces)
    return share(book, actor, m.Share(gid, [file]), AT, QUOTAS).entries[0].eid
