"""The mirror's file, and all that its one writing thread does with it: merges, drops, forgets."""

import logging
import sqlite3
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import NamedTuple, TypeVar

from desktop.engine import catalogue
from desktop.engine.catalogue import Catalogue
from desktop.engine.file_changes import FileChange
from shared.errors import DiskError, DiskFull, Violation
from shared.fact_tables import TABLES, SqlRows, connect
from shared.facts.derive import fact
from shared.facts.ids import UserId
from shared.facts.replica import lift
from shared.facts.rows import (
    BODY_OF,
    GROUP_KINDS,
    NETWORK_KINDS,
    Device,
    Group,
    Kind,
    Row,
    User,
    body_of,
    check,
    split,
)
from shared.wire.tracker_messages import ME, NETWORK, Named, Scope, Vector

log = logging.getLogger(__name__)
SCHEMA = 4
"""To be raised with every kind of row that is new, which older mirrors left out, and with every change of a
table or an index. Mirrors with another number are fetched anew."""
_TABLES = f"""
{TABLES}
{catalogue.TABLES}
CREATE TABLE vv(scope BLOB, log INT, seq INT, PRIMARY KEY(scope, log)) WITHOUT ROWID;
CREATE TABLE named(gid BLOB PRIMARY KEY, name TEXT, others TEXT) WITHOUT ROWID;
PRAGMA user_version = {SCHEMA};
"""
_LISTED = """
CREATE TEMP TABLE listed(scope BLOB, kind INT, id BLOB, PRIMARY KEY(scope, kind, id)) WITHOUT ROWID
"""
_FILE_KINDS = (Kind.SHARE, Kind.ENTRY)
T = TypeVar("T")


class Merged(NamedTuple):
    """What a batch came to."""

    scopes: set[bytes]
    """Whose rows are different now."""
    people: set[bytes]
    """Scopes in which more than files changed."""
    vv: Vector | None
    """Where the scope is now; None where it has not moved."""
    files: list[FileChange]
    """Files that came, went, are called otherwise or are had by others."""


class MirrorFile:
    """Belongs to the writing thread, once it is made."""

    def __init__(self, path: Path, uid: UserId) -> None:
        self._uid = uid
        self.db = connected(path)
        self.db.execute(_LISTED)
        self.rows = SqlRows(self.db)
        self._catalogue = Catalogue(self.rows, uid)

    def transaction(self, job: Callable[..., T], *values: object) -> T:
        """`job` is one of the methods below. All that it does is kept, or nothing of it."""
        with disk_errors():
            self.db.execute("BEGIN IMMEDIATE")
            try:
                result = job(*values)
                self.db.execute("COMMIT")
            finally:
                if self.db.in_transaction:
                    self.db.execute("ROLLBACK")
                    self._catalogue.forget_cached()
        return result

    def merge(
        self, scope: Scope, rows: list[Row], vv: Vector | None, full: bool, since: Vector | None
    ) -> Merged:
        changed = [row for row in rows if _is_sound(row) and self._keep(row)]
        ours = dict(self.db.execute("SELECT log, seq FROM vv WHERE scope = ?", (scope,)))
        if full:
            keys = [(scope, row.kind, row.id) for row in rows]
            self.db.executemany("INSERT OR IGNORE INTO listed VALUES (?, ?, ?)", keys)
        if full and vv is not None:
            changed += self._drop_unlisted(scope, vv)
            ours = {}
        elif since is not None and any(ours.get(log_, 0) < seq for log_, seq in since.items()):
            vv = None  # something before these rows is missing
        if vv is not None:
            vv = _moved(ours, since or {}, vv)
            lost = [(scope, log_) for log_ in ours.keys() - vv.keys()]
            self.db.executemany("DELETE FROM vv WHERE scope = ? AND log = ?", lost)
            self.db.executemany(
                "INSERT OR REPLACE INTO vv VALUES (?, ?, ?)",
                [(scope, *dot) for dot in vv.items() - ours.items()],
            )
        people = {one for row in changed if row.kind not in _FILE_KINDS for one in self._scopes_of(row)}
        if full and vv:
            people.add(scope)  # it is whole now, whether or not the last rows said something new
        files = {row.id[:16] for row in changed if row.kind in _FILE_KINDS}
        return Merged(files | people, people, vv, self._catalogue.settle())

    def _keep(self, row: Row) -> bool:
        old = self.rows.get(Kind(row.kind), row.id)
        if old and not row.beats(old):
            return False
        self.rows.keep(row)
        if row.kind == Kind.USER:
            self._project("name_idx", row.kind, body_of(row, User).fold, row.id)
        elif row.kind == Kind.GROUP:
            self._project("name_idx", row.kind, body_of(row, Group).fold, row.id)
        elif row.kind == Kind.DEVICE:
            self._project("user_row", body_of(row, Device).uid, row.kind, row.id)
        elif row.kind in (Kind.MEMBER, Kind.REQUEST):
            self._project("user_row", split(row.id)[1], row.kind, row.id)
        self._catalogue.heard(row)
        return True

    def _project(self, table: str, *values: int | str | bytes) -> None:
        # Never taken back: what points to a row that is gone finds none.
        self.db.execute(f"INSERT OR IGNORE INTO {table} VALUES (?, ?, ?)", values)  # noqa: S608

    def _scopes_of(self, row: Row) -> set[bytes]:
        """Where it makes a difference."""
        if row.kind in GROUP_KINDS:
            is_mine = row.kind in (Kind.MEMBER, Kind.REQUEST) and row.id[16:] == self._uid
            return {row.id[:16], ME} if is_mine else {row.id[:16]}
        if row.kind in NETWORK_KINDS:
            return {NETWORK}
        if row.kind in (Kind.DEVICE, Kind.REVOKED):
            device = fact(self.rows, Device, row.id)
            concerned = [device.uid] if device else []
        else:  # and those whose name it is, too
            user = fact(self.rows, User, row.id)
            claims = self.rows.claims(Kind.USER, user.fold) if user else []
            concerned = [UserId(row.id), *map(UserId, claims)]
        scopes = {gid for uid in concerned for gid in self.rows.groups_of(uid)}
        return scopes | ({ME} if self._uid in concerned else set())

    def _drop_unlisted(self, scope: Scope, vv: Vector) -> list[Row]:
        if scope == NETWORK:
            found = [row for kind in NETWORK_KINDS for row in self.rows.scan(kind, b"")]
        elif scope == ME:
            kinds = (Kind.MEMBER, Kind.REQUEST, Kind.DEVICE)
            found = [row for kind in kinds for row in self.rows.about(self._uid, kind)]
        else:
            found = [row for kind in GROUP_KINDS for row in self.rows.scan(kind, scope)]
        lost = [row for row in found if row.seq <= vv.get(row.log, 0) and not self._is_listed(scope, row)]
        self._delete(lost)
        for row in lost:
            self._catalogue.heard(row)
        self.forget_vector(scope)
        return lost

    def _is_listed(self, scope: Scope, row: Row) -> bool:
        key = (scope, row.kind, row.id)
        found = self.db.execute("SELECT 1 FROM listed WHERE scope = ? AND kind = ? AND id = ?", key)
        return found.fetchone() is not None

    def forget_vector(self, scope: bytes) -> None:
        self.db.execute("DELETE FROM vv WHERE scope = ?", (scope,))
        self.db.execute("DELETE FROM listed WHERE scope = ?", (scope,))

    def forget_group(self, gid: bytes) -> None:
        self.forget_vector(gid)
        self.db.execute("DELETE FROM named WHERE gid = ?", (gid,))
        self._catalogue.forget(gid)
        rows = (row for kind in GROUP_KINDS for row in self.rows.scan(kind, gid))
        self._delete(row for row in rows if row.kind in _FILE_KINDS or row.id[16:] != self._uid)

    def _delete(self, rows: Iterable[Row]) -> None:
        keys = [(row.kind, row.id) for row in rows]
        self.db.executemany("DELETE FROM row WHERE kind = ? AND id = ?", keys)

    def set_named(self, named: Named) -> None:
        values = (named.gid, named.name, "\n".join(named.others))
        self.db.execute("INSERT OR REPLACE INTO named VALUES (?, ?, ?)", values)

    def set_meta(self, key: str, value: float) -> None:
        self.db.execute("INSERT OR REPLACE INTO meta VALUES (?, ?)", (key, value))


def _moved(ours: Vector, since: Vector, now: Vector) -> Vector:
    """As far as `now`; and back to it, where a tracker has less than it was asked above."""
    back = {log_ for log_, seq in since.items() if now.get(log_, 0) < seq}
    moved = {log_: seq for log_, seq in ours.items() if log_ not in back}
    lift(moved, now)
    return moved


def _is_sound(row: Row) -> bool:
    try:
        check(row)
    except Violation as error:
        log.warning("a tracker sent a row that is not what it says: %s", error)
        return False
    return row.kind in BODY_OF and row.kind != Kind.CRED


def connected(path: Path) -> sqlite3.Connection:
    db = connect(path, "NORMAL")
    try:
        (version,) = db.execute("PRAGMA user_version").fetchone()
        if version == 0:
            db.executescript(f"BEGIN; {_TABLES} COMMIT;")
        elif version != SCHEMA:
            raise sqlite3.DatabaseError("it was written by another version")
    except sqlite3.Error:
        db.close()
        raise
    return db


@contextmanager
def disk_errors() -> Iterator[None]:
    try:
        yield
    except sqlite3.Error as error:
        full = getattr(error, "sqlite_errorcode", 0) & 0xFF == sqlite3.SQLITE_FULL
        raise (DiskFull if full else DiskError)(f"the mirror could not be written: {error}") from error
