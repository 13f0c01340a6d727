"""What trackers acknowledged, against what they have in the end: nothing is lost, and nothing is done twice.

In each store a trigger keeps every row that it ever held (the journal), with its dot and its stamp. So of an
acknowledged write it is known what it wrote, and whether what stands in its place has a right to: the greater
stamp, or from kind 64 on the smaller (replication.md, 3.4).
"""

import contextlib
import math
import sqlite3
from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import NamedTuple

import shared.wire.tracker_messages as m
from shared.fact_tables import SqlRows
from shared.facts.derive import fact, is_alive, is_gone, membership, owner, shown_group, shown_user
from shared.facts.ids import DeviceId, Dot, GroupId, UserId, device_id, entry_id, group_id, user_id
from shared.facts.rows import FIRST_CLAIM, Group, Key, Kind, Row, User
from shared.names import fold

_COLUMNS = "kind, id, hlc, log, seq, body"
_KEEP = "INSERT INTO journal VALUES (new.kind, new.id, new.hlc, new.log, new.seq, new.body)"
_JOURNAL = f"""
CREATE TABLE IF NOT EXISTS journal(kind INT, id BLOB, hlc INT, log INT, seq INT, body BLOB);
CREATE TRIGGER IF NOT EXISTS journal_new AFTER INSERT ON row BEGIN {_KEEP}; END;
CREATE TRIGGER IF NOT EXISTS journal_changed AFTER UPDATE ON row BEGIN {_KEEP}; END;
"""
Vector = dict[int, int]


@dataclass
class Act:
    """One write of one client, from its first byte to its answer."""

    uid: UserId
    dev: DeviceId
    request: m.Message
    begun_s: float
    ended_s: float = math.inf
    asked: list[int] = field(default_factory=list)
    """Numbers of the trackers it was sent to, the last of which answered if any did."""
    copies: int = 0
    """0 while nobody acknowledged it."""
    dot: Dot | None = None
    """Of the last row written; None where all was in the asked state already."""
    refused: str = ""


class LostDisk(NamedTuple):
    """A tracker's disk was set back, or lost."""

    number: int
    at_s: float
    had: Vector
    kept: Vector
    """What it has none the less, or another disk had at that time."""

    def took(self, dot: Dot) -> bool:
        return self.kept.get(dot.log, 0) < dot.seq <= self.had.get(dot.log, 0)

    def excuses(self, act: Act) -> bool:
        """Whether that tracker alone had acknowledged it."""
        is_its = act.copies == 1 and act.asked[-1] == self.number and act.begun_s < self.at_s
        return is_its and (act.dot is None or self.took(act.dot))


# --- stores --------------------------------------------------------------------------------------


@contextlib.contextmanager
def opened(store: Path) -> Iterator[sqlite3.Connection]:
    """Also of a tracker that runs."""
    with contextlib.closing(sqlite3.connect(store, isolation_level=None)) as db:
        yield db


def keep_journal(store: Path) -> None:
    with opened(store) as db:
        db.executescript(_JOURNAL)


def vector_of(store: Path) -> Vector:
    with opened(store) as db:
        return dict(db.execute("SELECT log, seq FROM vv"))


def journal_of(store: Path) -> dict[Dot, Row]:
    with opened(store) as db:
        rows = [Row(*found) for found in db.execute(f"SELECT {_COLUMNS} FROM journal")]
    return {row.dot: row for row in rows}


def rows_of(store: Path) -> dict[Key, Row]:
    with opened(store) as db:
        rows = [Row(*found) for found in db.execute(f"SELECT {_COLUMNS} FROM row")]
    return {row.key: row for row in rows}


# --- what must be so -----------------------------------------------------------------------------


def differing(stores: list[Path]) -> Iterator[str]:
    """What is not the same in all stores."""
    first, *others = [(vector_of(store), rows_of(store)) for store in stores]
    for store, (vector, rows) in zip(stores[1:], others, strict=True):
        if vector != first[0]:
            yield f"vectors differ: {first[0].items() ^ vector.items()} of {stores[0]} and {store}"
        keys = [key for key in {**rows, **first[1]} if rows.get(key) != first[1].get(key)]
        if keys:
            pair = first[1].get(keys[0]), rows.get(keys[0])
            yield f"{len(keys)} rows differ between {stores[0]} and {store}: {pair}"


def lost(
    acts: Iterable[Act], journal: dict[Dot, Row], final: dict[Key, Row], disks: list[LostDisk]
) -> Iterator[str]:
    """Acknowledged writes that are neither there nor replaced by what may replace them."""
    for act in acts:
        if not act.copies or any(disk.excuses(act) for disk in disks):
            continue
        wrote = journal.get(act.dot) if act.dot else None
        if act.dot and not wrote:
            yield f"no store ever had what was acknowledged: {worded(act)}"
        elif wrote and not _stands(wrote, final):
            yield f"lost: {worded(act)}: {wrote}, now {final.get(wrote.key)}"
        elif gone := [key for key in keys_of(act) if key not in final and (act.dot or _makes(act))]:
            yield f"lost: {worded(act)}: nothing at {gone}"


def vanished(journal: dict[Dot, Row], final: dict[Key, Row]) -> Iterator[str]:
    """Rows that were on a disk and are no more, acknowledged or not."""
    for row in journal.values():
        if not _stands(row, final):
            yield f"vanished: {row}, now {final.get(row.key)}"


def done_twice(acts: list[Act], journal: dict[Dot, Row], disks: list[LostDisk]) -> Iterator[str]:
    dots = Counter(act.dot for act in acts if act.dot)
    yield from (f"{count} writes had the dot {dot}" for dot, count in dots.items() if count > 1)
    set_back = {disk.number for disk in disks}
    made = Counter((row.key, row.log >> 55) for row in journal.values() if row.kind >= FIRST_CLAIM)
    for (key, number), count in made.items():
        if count > 1 and number not in set_back:
            yield f"tracker {number} made {key} {count} times"


def ill_derived(store: Path) -> Iterator[str]:
    """Groups without an owner who is in them, and names that mean two."""
    with opened(store) as db:
        rows = SqlRows(db)
        groups = [GroupId(row.id) for row in rows.scan(Kind.GROUP, b"")]
        alive = [gid for gid in groups if is_alive(rows, gid)]
        for gid in alive:
            lord = owner(rows, gid)
            if lord is None or membership(rows, gid, lord) is None:
                yield f"{lord!r} owns group {gid.hex()}, and is not in it"
        users = [UserId(row.id) for row in rows.scan(Kind.USER, b"")]
        yield from _ambiguous(shown_group(rows, gid) for gid in alive)
        yield from _ambiguous(shown_user(rows, uid) for uid in users if not is_gone(rows, uid))


def misnamed(acts: Iterable[Act], store: Path) -> Iterator[str]:
    """What was made under one name, and has another."""
    with opened(store) as db:
        rows = SqlRows(db)
        for act in acts:
            match act.request:
                case m.CreateGroup(nonce=nonce, name=name):
                    made: Group | User | None = fact(rows, Group, group_id(nonce))
                case m.CreateUser(nonce=nonce, name=name):
                    made = fact(rows, User, user_id(nonce))
                case _:
                    continue
            if made and made.name != name:
                yield f"{made.name} was made as {name}"


def keys_of(act: Act) -> list[Key]:
    """Of the rows that are there in some state, however often, once it has been done."""
    match act.request:
        case m.CreateUser(nonce=nonce):
            return [Key(Kind.USER, user_id(nonce)), Key(Kind.CRED, user_id(nonce))]
        case m.Login(dev_key=dev_key):
            return [Key(Kind.DEVICE, device_id(dev_key))]
        case m.ChangePassword():
            return [Key(Kind.CRED, act.uid)]
        case m.DeleteUser():
            return [Key(Kind.GONE, act.uid)]
        case m.Logout():
            return [Key(Kind.REVOKED, act.dev)]
        case m.CreateGroup(nonce=nonce):
            gid = group_id(nonce)
            return [Key(Kind.GROUP, gid), Key(Kind.OWNER, gid), Key(Kind.MEMBER, gid + act.uid)]
        case m.Share(gid=gid, files=files):
            ids = [gid + entry_id(gid, file.name, file.root, file.size) for file in files]
            return [Key(Kind.ENTRY, id_) for id_ in ids] + [Key(Kind.SHARE, id_ + act.dev) for id_ in ids]
        case m.StopShare(gid=gid, eids=eids):
            return [Key(Kind.SHARE, gid + eid + act.dev) for eid in eids]
        case _:
            return [_key_of_membership(act)]


def _key_of_membership(act: Act) -> Key:
    match act.request:
        case m.Join(gid=gid) | m.Withdraw(gid=gid):
            return Key(Kind.REQUEST, gid + act.uid)
        case m.Reject(gid=gid, uid=uid):
            return Key(Kind.REQUEST, gid + uid)
        case m.Leave(gid=gid):
            return Key(Kind.MEMBER, gid + act.uid)
        case m.Accept(gid=gid, uid=uid) | m.RemoveMember(gid=gid, uid=uid):
            return Key(Kind.MEMBER, gid + uid)
        case m.Transfer(gid=gid):
            return Key(Kind.OWNER, gid)
        case other:
            raise AssertionError(other)


def worded(act: Act) -> str:
    return f"{act.request!r} at trackers {act.asked}, {act.copies} copies, {act.dot}, {act.begun_s:.2f} s"


def _makes(act: Act) -> bool:
    """Whether what it makes is there even where it had to write nothing."""
    return isinstance(act.request, m.CreateUser | m.Login | m.CreateGroup | m.Share | m.DeleteUser | m.Logout)


def _stands(row: Row, final: dict[Key, Row]) -> bool:
    now = final.get(row.key)
    return now is not None and not row.beats(now)


def _ambiguous(shown: Iterable[str]) -> Iterator[str]:
    counted = Counter(map(fold, shown))
    yield from (f"{count} are shown as {name}" for name, count in counted.items() if count > 1)
