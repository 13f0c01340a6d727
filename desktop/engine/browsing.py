"""Reads listings of any length out of the mirror: its order at once, what its lines say a page at a time."""

import asyncio
import sqlite3
from collections.abc import Callable, Mapping, Sequence
from concurrent.futures import ThreadPoolExecutor
from contextlib import suppress
from pathlib import Path
from typing import Any, TypeVar

from desktop.engine.activity import activity
from desktop.engine.catalogue import FOLDER
from desktop.engine.file_views import FileRow, FilesAsked, FilesFound
from desktop.engine.files_query import Question, files_question, folders_question
from desktop.engine.views import ActivityView, MemberView
from shared.errors import DiskError, NotFound
from shared.fact_tables import SqlRows
from shared.facts.derive import Rights, live_shares, owner, shown_user
from shared.facts.ids import DeviceId, EntryId, GroupId, UserId
from shared.names import fold

FIRST_ROWS = 100
"""Come with the order, so that what is seen first is there when it is drawn."""
PAGE_MAX = 512
ORDER_KIB, PAGE_KIB = 2048, 1024
"""What each keeps of the file; sorting takes as much before it uses the disk."""
T = TypeVar("T")
Groups = Mapping[GroupId, str]
"""Those that may be looked into, with their names."""


def files_below(rows: SqlRows, gid: GroupId, folder: str) -> int:
    """How many files there are in a folder and below it. 10 us. Raises NotFound."""
    sql = "SELECT files FROM folder WHERE gid = ? AND path = ?"
    found = rows.db.execute(sql, (gid, folder)).fetchone()
    if found is None and folder:
        raise NotFound
    return found[0] if found else 0


def entries_of(rows: SqlRows, ids: Sequence[int]) -> list[tuple[GroupId, EntryId]]:
    """Of files of a listing, at most PAGE_MAX."""
    some = ids[:PAGE_MAX]
    sql = f"SELECT gid, eid FROM file JOIN folder ON folder.id = folder WHERE file.id IN ({_marks(some)})"  # noqa: S608
    return [(GroupId(gid), EntryId(eid)) for gid, eid in rows.db.execute(sql, some)]


def _called(rows: SqlRows, gid: GroupId, name: str) -> tuple[int, EntryId]:
    """The file that is shown so. Raises NotFound."""
    above, slash, last = name.rpartition("/")
    found = rows.db.execute(
        "SELECT file.id, eid FROM folder JOIN file ON file.folder = folder.id WHERE gid = ? AND path = ?"
        " AND (file.fold = ? OR shown <> file.name) AND shown = ?",
        (gid, above + slash, fold(last), last),
    ).fetchone()
    if found is None:
        raise NotFound
    return found[0], EntryId(found[1])


def _marks(values: Sequence[object]) -> str:
    return ", ".join("?" * len(values))


class _Reader:
    """One connection and its thread."""

    def __init__(self, path: Path, name: str, cache_kib: int) -> None:
        self.db = sqlite3.connect(
            f"{path.absolute().as_uri()}?mode=ro", uri=True, isolation_level=None, check_same_thread=False
        )
        self.db.execute(f"PRAGMA cache_size = -{cache_kib}")
        self.rows = SqlRows(self.db)
        self._thread = ThreadPoolExecutor(1, name)
        self._running: object = None

    async def ask(self, question: Callable[[SqlRows], T]) -> T:
        """All that it reads is one snapshot. Once cancelled, what it was at ends too. Raises DiskError."""
        mine = object()

        def answer() -> T:
            self._running = mine
            try:
                return self.rows.ask(question)
            except sqlite3.Error as error:
                raise DiskError(f"the mirror could not be read: {error}") from error
            finally:
                self._running = None

        try:
            return await asyncio.get_running_loop().run_in_executor(self._thread, answer)
        except asyncio.CancelledError:
            if self._running is mine:
                self.db.interrupt()
            raise

    def close(self) -> None:
        with suppress(sqlite3.Error):
            self.db.interrupt()
        self._thread.shutdown(cancel_futures=True)
        self.db.close()


class Browsing:
    """Of one account, for the loop. Orders and pages are read by different threads, so that one who scrolls
    waits for no sorting."""

    def __init__(self, path: Path, dev: DeviceId) -> None:
        """`path`: the mirror's, which is there."""
        self._dev = dev
        self._orders, self._pages = (
            _Reader(path, "files-order", ORDER_KIB),
            _Reader(path, "files-page", PAGE_KIB),
        )
        self.online: dict[GroupId, set[DeviceId]] = {}
        """As last told by a tracker."""

    def close(self) -> None:
        self._orders.close()
        self._pages.close()

    async def find(self, asked: FilesAsked, groups: Groups) -> FilesFound:
        """In the groups that `asked` means, all of them in `groups`."""
        return await self._orders.ask(lambda rows: self._found(rows, asked, groups))

    async def page(self, ids: Sequence[int], groups: Groups) -> list[FileRow]:
        """Of at most PAGE_MAX lines; those that are gone are left out."""
        return await self._pages.ask(lambda rows: self._rows(rows, ids[:PAGE_MAX], groups))

    async def tree(self, gid: GroupId, folder: str, groups: Groups) -> list[FileRow]:
        """Every file below `folder`. For few: each costs 25 us."""

        def read(rows: SqlRows) -> list[FileRow]:
            last = folder + "\U0010ffff"
            found = rows.db.execute(
                "SELECT file.id FROM folder JOIN file ON file.folder = folder.id WHERE gid = ?"
                " AND folder.path BETWEEN ? AND ? AND newer = 0 ORDER BY folder.path, file.fold",
                (gid, folder, last),
            )
            return self._rows(rows, [id_ for (id_,) in found], groups)

        return await self._pages.ask(read)

    async def older(self, gid: GroupId, name: str, groups: Groups) -> list[FileRow]:
        """The older versions that are still shared, newest first. Raises NotFound."""

        def read(rows: SqlRows) -> list[FileRow]:
            newest, _ = _called(rows, gid, name)
            found = rows.db.execute("SELECT id FROM file WHERE newer = ? ORDER BY at DESC", (newest,))
            return self._rows(rows, [id_ for (id_,) in found], groups)

        return await self._pages.ask(read)

    async def who_has(self, gid: GroupId, name: str, online: set[DeviceId]) -> list[MemberView]:
        """The names of all who share it, those who are online first. Raises NotFound."""

        def read(rows: SqlRows) -> list[MemberView]:
            _, eid = _called(rows, gid, name)
            lord = owner(rows, gid)
            devices: dict[UserId, bool] = {}
            for _, sharer in live_shares(rows, gid, eid):
                devices[sharer.uid] = devices.get(sharer.uid, False) or sharer.dev in online
            views = [
                MemberView(user=shown_user(rows, uid), owner=uid == lord, online=is_on)
                for uid, is_on in devices.items()
            ]
            return sorted(views, key=lambda view: (not view.online, fold(view.user)))

        return await self._pages.ask(read)

    async def activity(self, gid: GroupId) -> list[ActivityView]:
        return await self._pages.ask(lambda rows: activity(rows, gid))

    # --- in the reading threads --------------------------------------------------------------------

    def _found(self, rows: SqlRows, asked: FilesAsked, groups: Groups) -> FilesFound:
        tops = {
            top: groups[GroupId(gid)]
            for top, gid in rows.db.execute("SELECT id, gid FROM folder WHERE path = ''")
            if GroupId(gid) in groups
        }
        questions: list[Question] = []
        folder = None
        if tops and not (asked.all_below or asked.search):
            (gid,) = groups
            found = rows.db.execute("SELECT id FROM folder WHERE gid = ? AND path = ?", (gid, asked.folder))
            if (row := found.fetchone()) is None:
                raise NotFound
            folder = row[0]
            questions.append(folders_question(asked, row[0]))
        if tops:
            questions.append(files_question(asked, tops, folder))
        keys, files, size = list[bytes](), 0, 0
        for question in questions:
            some, count, bytes_ = rows.db.execute(*question).fetchone()
            keys += [some] if some else []
            files, size = files + count, size + bytes_
        order = memoryview(keys[0] if len(keys) == 1 else b"".join(keys)).cast("I")  # nothing is copied
        return FilesFound(
            order=order, files=files, size=size, rows=self._rows(rows, order[:FIRST_ROWS].tolist(), groups)
        )

    def _rows(self, rows: SqlRows, ids: Sequence[int], groups: Groups) -> list[FileRow]:
        """In the order of `ids`."""
        files = self._select(
            rows, [id_ for id_ in ids if id_ < FOLDER],
            "SELECT file.id, gid, eid, path || shown, file.size, at, uid,"
            " (SELECT count(*) FROM file AS old WHERE old.newer = file.id AND old.newer <> 0) FROM file"
            " JOIN folder ON folder.id = file.folder JOIN person ON person.id = file.person WHERE file.id",
        )  # fmt: skip
        folders = self._select(
            rows, [id_ - FOLDER for id_ in ids if id_ >= FOLDER],
            "SELECT id, gid, path, size, files FROM folder WHERE id",
        )  # fmt: skip
        rights = {gid: Rights(rows, gid) for gid in groups}
        names: dict[UserId, str] = {}
        made: dict[int, FileRow] = {
            id_ + FOLDER: FileRow(id=id_ + FOLDER, group=groups[gid], name=path, size=size, files=count)
            for id_, gid, path, size, count in folders
            if gid in groups
        }
        for id_, gid, eid, name, size, at, uid, older in files:
            if gid not in groups:
                continue
            if uid not in names:
                names[uid] = shown_user(rows, uid)
            sharers = [sharer for _, sharer in live_shares(rows, gid, EntryId(eid), rights[gid])]
            online = self.online.get(gid, set())
            made[id_] = FileRow(
                id=id_, group=groups[gid], name=name, size=size, by=names[uid], at=at, older=older,
                sharers=len({one.uid for one in sharers}),
                online=len({one.uid for one in sharers if one.dev in online}),
                mine=any(one.dev == self._dev for one in sharers),
            )  # fmt: skip
        return [made[id_] for id_ in ids if id_ in made]

    def _select(self, rows: SqlRows, ids: Sequence[int], sql: str) -> list[Any]:
        found: list[Any] = []
        for at in range(0, len(ids), PAGE_MAX):
            some = ids[at : at + PAGE_MAX]
            found += rows.db.execute(f"{sql} IN ({_marks(some)})", some)
        return found
