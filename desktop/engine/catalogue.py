"""What the files of my groups are called, how large they are, how many have them: tables to list them from.

The rows say all of it, but to order or filter a million files each would have to be read. So the mirror's
writer keeps this beside them, in the same transaction: rows that came make some entries stale, and those are
looked at again. What derive finds visible is here, and nothing else.
"""

import re
import sys
from collections.abc import Iterable, Iterator
from typing import NamedTuple

from desktop.engine.file_changes import FileChange
from shared.fact_tables import SqlRows
from shared.facts.derive import Rights, Taken, fact, first_versions, live_shares, shown_user, told_apart
from shared.facts.ids import DeviceId, EntryId, GroupId, UserId
from shared.facts.rows import KEY_BYTES_MAX, Device, Entry, Kind, Row, User, split
from shared.names import fold

TABLES = """
CREATE TABLE folder(id INTEGER PRIMARY KEY, key BLOB, gid BLOB, above INT, path TEXT, fold TEXT,
    files INT NOT NULL DEFAULT 0, size INT NOT NULL DEFAULT 0, UNIQUE(gid, path));
CREATE INDEX folder_above ON folder(above);
CREATE TABLE person(id INTEGER PRIMARY KEY, uid BLOB UNIQUE, fold TEXT);
CREATE TABLE file(id INTEGER PRIMARY KEY, key BLOB, eid BLOB UNIQUE, top INT, folder INT, name TEXT,
    shown TEXT, fold TEXT, size INT, at INT, person INT, sharers INT, mine INT, newer INT NOT NULL DEFAULT 0);
CREATE INDEX file_in_group ON file(top, fold, folder, size, at, person, sharers, mine, key) WHERE newer = 0;
CREATE INDEX file_by_size ON file(top, size, key) WHERE newer = 0;
CREATE INDEX file_by_date ON file(top, at, size, key) WHERE newer = 0;
CREATE INDEX file_by_person ON file(top, person, fold, folder, size, key) WHERE newer = 0;
CREATE INDEX file_in_folder ON file(folder, fold, size, at, person, sharers, mine, newer, key);
CREATE INDEX file_marked ON file(folder, name) WHERE shown <> name;
CREATE INDEX file_older ON file(newer) WHERE newer <> 0;
"""
"""Of a folder, `path` is empty or ends in a slash, and the counts are of all below, without older versions.
Of a file, `top` is its group's outermost folder, `name` as it was shared and `shown` as it is told apart,
both without the folder, and `newer` the file that is shown in its place, of which it is an older version.
`key` is the id in 4 bytes of this machine's order: so a listing of any length is one value."""
FOLDER = 1 << 31
"""Set in a folder's key: files and folders stand in one listing."""
_VALUES_MAX = 500
_KNOWN_MAX = 50_000
_MARK = re.compile(r" \([0-9a-f]{4,}\)")
_FILE = """
SELECT file.id, file.eid, folder.id, path, name, shown, file.size, sharers, mine, newer, uid FROM file
JOIN folder ON folder.id = folder JOIN person ON person.id = person WHERE
"""


class File(NamedTuple):
    id: int
    eid: EntryId
    folder: int
    path: str
    name: str
    shown: str
    size: int
    sharers: int
    mine: int
    newer: int
    by: UserId


_Before = dict[tuple[GroupId, EntryId], File | None]


class Catalogue:
    """Of one mirror, for its writing thread."""

    def __init__(self, rows: SqlRows, me: UserId) -> None:
        self._rows, self._db, self._me = rows, rows.db, me
        self._stale: set[tuple[GroupId, EntryId]] = set()
        self._devices: dict[GroupId, set[DeviceId]] = {}
        """Of which every share may count another way than before."""
        self._folders: dict[tuple[bytes, str], int] = {}
        self._people: dict[UserId, int] = {}
        (self._last,) = self._db.execute("SELECT max(coalesce(max(id), 0), 0) FROM file").fetchone()

    def heard(self, row: Row) -> None:
        """It is kept, or deleted, in the transaction under way."""
        head, rest = split(row.id)
        match row.kind:
            case Kind.ENTRY | Kind.SHARE:
                self._stale.add((GroupId(head), EntryId(rest[:16])))
            case Kind.MEMBER:
                self._doubt(GroupId(head), self._devices_of(UserId(rest)))
            case Kind.DEVICE | Kind.REVOKED:
                if device := fact(self._rows, Device, head):
                    for gid in self._rows.groups_of(device.uid):
                        self._doubt(gid, [DeviceId(head)])
            case Kind.GONE:
                for gid in self._rows.groups_of(UserId(head)):
                    self._doubt(gid, self._devices_of(UserId(head)))
            case _:
                pass
        if row.kind in (Kind.USER, Kind.GONE):
            self._name_again(UserId(head))

    def settle(self) -> list[FileChange]:
        """At the end of the transaction. Costs some 60 us for each entry that became stale."""
        stale, self._stale = self._stale, set()
        devices, self._devices = self._devices, {}
        stale.update((gid, eid) for gid, devs in devices.items() for eid in self._shared_from(gid, devs))
        known = {file.eid: file for file in self._files([eid for _, eid in stale])}
        before = {(gid, eid): known.get(eid) for gid, eid in stale}
        rights = {gid: Rights(self._rows, gid) for gid in {gid for gid, _ in stale}}
        names = {
            (gid, *place)
            for (gid, eid), old in before.items()
            for place in self._look(gid, eid, old, rights[gid])
        }
        for gid, folder, name in sorted(names):
            self._tell_apart(gid, folder, name, before)
            if _MARK.search(name):  # as others are marked: they may not be shown as it, or may be again
                for (other,) in self._db.execute(
                    "SELECT DISTINCT name FROM file WHERE folder = ? AND shown <> name", (folder,)
                ).fetchall():
                    self._tell_apart(gid, folder, other, before)
        after = {file.eid: file for file in self._files([eid for _, eid in before])}
        self._count(before, after)
        return [
            FileChange(
                gid,
                eid,
                old and old.path + old.shown,
                new and new.path + new.shown,
                one.size,
                one.by,
                is_version=bool((old and old.newer) or (new and new.newer)),
            )
            for (gid, eid), old in before.items()
            if (new := after.get(eid)) or old
            for one in [new or old]
            if one
        ]

    def forget(self, gid: bytes) -> None:
        self._db.execute(
            "DELETE FROM file WHERE top = (SELECT id FROM folder WHERE gid = ? AND path = '')", (gid,)
        )
        self._db.execute("DELETE FROM folder WHERE gid = ?", (gid,))
        self.forget_cached()

    def forget_cached(self) -> None:
        """What was written may have been taken back."""
        self._folders.clear()
        self._people.clear()

    # --- inside ----------------------------------------------------------------------------------

    def _doubt(self, gid: GroupId, devices: Iterable[DeviceId]) -> None:
        self._devices.setdefault(gid, set()).update(devices)

    def _devices_of(self, uid: UserId) -> list[DeviceId]:
        return [DeviceId(row.id) for row in self._rows.about(uid, Kind.DEVICE)]

    def _shared_from(self, gid: GroupId, devices: set[DeviceId]) -> Iterator[EntryId]:
        """0.3 s for a million shares."""
        span = (Kind.SHARE, gid, gid.ljust(KEY_BYTES_MAX, b"\xff"))
        listed = list(devices)
        for at in range(0, len(listed), _VALUES_MAX):
            some = listed[at : at + _VALUES_MAX]
            where = f"id BETWEEN ? AND ? AND substr(id, 33) IN ({', '.join('?' * len(some))})"
            sql = f"SELECT DISTINCT substr(id, 17, 16) FROM row WHERE kind = ? AND {where}"  # noqa: S608
            yield from (EntryId(eid) for (eid,) in self._db.execute(sql, (*span, *some)))

    def _look(
        self, gid: GroupId, eid: EntryId, old: File | None, rights: Rights
    ) -> Iterator[tuple[int, str]]:
        """Keeps what the rows say of one entry now. Yields where to look for others of its name, if so."""
        people = {sharer.uid for _, sharer in live_shares(self._rows, gid, eid, rights)}
        entry = fact(self._rows, Entry, gid + eid) if people else None
        counts = (len(people), self._me in people)
        if old and entry:
            if (old.sharers, bool(old.mine)) != counts:
                self._db.execute("UPDATE file SET sharers = ?, mine = ? WHERE id = ?", (*counts, old.id))
        elif old:
            self._db.execute("DELETE FROM file WHERE id = ?", (old.id,))
            yield old.folder, old.name
        elif entry:
            above, slash, name = entry.name.rpartition("/")
            folder = self._folder(gid, above + slash)
            self._last += 1
            self._db.execute(
                "INSERT INTO file VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, 0)",
                (self._last, _key(self._last), eid, self._folder(gid, ""), folder, name, name, fold(name),
                 entry.size, entry.at, self._person(entry.by), *counts),
            )  # fmt: skip
            yield folder, name

    def _tell_apart(self, gid: GroupId, folder: int, name: str, before: _Before) -> None:
        """What is shown as `name`, and as what all others are that were shared as that."""
        same = {file.eid: file for file in self.called(folder, name)}
        for eid, file in same.items():
            before.setdefault((gid, eid), file)
        if len(same) == 1:
            (only,) = same.values()
            self._show(only, name, 0)
        elif same:
            path = next(iter(same.values())).path
            versions = [row for eid in same if (row := self._rows.get(Kind.ENTRY, gid + eid))]
            shown = {
                row.id: text
                for text, row in told_apart(self._rows, path + name, versions, _Exact(self, folder))
            }
            newest_first = sorted(versions, key=lambda row: row.stamp, reverse=True)
            first_of = first_versions(self._rows, newest_first)
            newest: dict[bytes, int] = {}
            for row in newest_first:
                file = same[EntryId(row.id[16:])]
                head = newest.setdefault(first_of[row.id].id, file.id)
                self._show(file, shown[row.id].removeprefix(path), 0 if head == file.id else head)

    def _show(self, file: File, shown: str, newer: int) -> None:
        if (file.shown, file.newer) != (shown, newer):
            self._db.execute("UPDATE file SET shown = ?, newer = ? WHERE id = ?", (shown, newer, file.id))

    def called(self, folder: int, name: str) -> Iterator[File]:
        where = "folder = ? AND file.fold = ? AND name = ?"
        return (File(*found) for found in self._db.execute(_FILE + where, (folder, fold(name), name)))

    def _files(self, eids: list[EntryId]) -> Iterator[File]:
        for at in range(0, len(eids), _VALUES_MAX):
            some = eids[at : at + _VALUES_MAX]
            where = f"file.eid IN ({', '.join('?' * len(some))})"
            yield from (File(*found) for found in self._db.execute(_FILE + where, some).fetchall())

    def _count(self, before: _Before, after: dict[EntryId, File]) -> None:
        changes: dict[int, list[int]] = {}
        for (_, eid), old in before.items():
            for file, sign in ((old, -1), (after.get(eid), 1)):
                if file and not file.newer:
                    change = changes.setdefault(file.folder, [0, 0])
                    change[0] += sign
                    change[1] += sign * file.size
        for folder, (files, size) in changes.items():
            above: int | None = folder
            while above is not None and (files or size):
                self._db.execute(
                    "UPDATE folder SET files = files + ?, size = size + ? WHERE id = ?", (files, size, above)
                )
                (above,) = self._db.execute("SELECT above FROM folder WHERE id = ?", (above,)).fetchone()

    def _folder(self, gid: GroupId, path: str) -> int:
        """Made with all above it if it is not there yet."""
        known = self._folders.get((gid, path))
        if known is not None:
            return known
        found = self._db.execute("SELECT id FROM folder WHERE gid = ? AND path = ?", (gid, path)).fetchone()
        if found is None:
            parent = path[:-1].rpartition("/")
            above = self._folder(gid, parent[0] + parent[1]) if path else None
            id_ = self._db.execute(
                "INSERT INTO folder(gid, above, path, fold) VALUES (?, ?, ?, ?)",
                (gid, above, path, fold(path)),
            ).lastrowid
            assert id_ is not None
            self._db.execute("UPDATE folder SET key = ? WHERE id = ?", (_key(id_ | FOLDER), id_))
            found = (id_,)
        if len(self._folders) >= _KNOWN_MAX:
            self._folders.clear()
        return self._folders.setdefault((gid, path), found[0])

    def _person(self, uid: UserId) -> int:
        if uid not in self._people:
            values = (uid, fold(shown_user(self._rows, uid)))
            self._db.execute("INSERT OR IGNORE INTO person(uid, fold) VALUES (?, ?)", values)
            found = self._db.execute("SELECT id FROM person WHERE uid = ?", (uid,)).fetchone()
            self._people[uid] = found[0]
        return self._people[uid]

    def _name_again(self, uid: UserId) -> None:
        """Also of whoever claims the same name."""
        user = fact(self._rows, User, uid)
        for one in map(UserId, self._rows.claims(Kind.USER, user.fold) if user else []):
            values = (fold(shown_user(self._rows, one)), one)
            self._db.execute("UPDATE person SET fold = ? WHERE uid = ?", values)


class _Exact(Taken):
    """The names that files of one folder were shared as, and those that were given meanwhile."""

    def __init__(self, catalogue: Catalogue, folder: int) -> None:
        self._catalogue, self._folder = catalogue, folder
        self._given: set[object] = set()

    def __contains__(self, path: object, /) -> bool:
        assert isinstance(path, str)
        name = path.rpartition("/")[2]
        return path in self._given or any(self._catalogue.called(self._folder, name))

    def add(self, path: str, /) -> None:
        self._given.add(path)


def _key(number: int) -> bytes:
    return number.to_bytes(4, sys.byteorder)
