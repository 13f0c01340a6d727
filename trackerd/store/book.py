"""The rows over the connection that writes: what commands decide and what other trackers bring, a commit at
a time."""

import operator
import sqlite3
from collections.abc import Callable, Iterable, Iterator, Mapping
from typing import Any, Generic, NamedTuple, TypeVar

from shared.clock import Clock
from shared.errors import ShoalError
from shared.fact_tables import SqlRows
from shared.facts.ids import Dot
from shared.facts.replica import Pen
from shared.facts.rows import FIRST_CLAIM, Body, Key, Kind, Row
from shared.facts.tombstones import OpenInvites, is_collectable, scopes_of
from shared.limits import (
    CHECKPOINT_PAGES,
    CHECKPOINT_ROUND_PAGES,
    COMMIT_S_MAX,
    ROWS_KNOWN_MAX,
    TAKEN_ROWS_MAX,
)
from shared.wire.mesh_messages import Collected
from trackerd.rules import Book
from trackerd.store.projections import ADD, OF_KIND, REMOVE, TALLY, TALLY_MORE, Place, places
from trackerd.store.schema import as_coded
from trackerd.store.sums import seen_sum, summed

T = TypeVar("T")


class Torn(Exception):
    """A command wrote, and then refused; the cause is its refusal."""


class Written(NamedTuple, Generic[T]):
    value: T
    dot: Dot | None
    """Of the last row; None where nothing had to be written."""
    rows: list[Row]


class Commit(NamedTuple):
    """What one transaction changed, once it is on the disk."""

    rows: list[Row]
    """New in the table, own and taken, in the order in which they came. One may have replaced another."""
    seen: dict[int, int]
    """The entries of the store's vector that moved."""
    first: int
    last: int
    """Seqs of this run's log that were written; `last` is `first - 1` where none was."""
    own: list[Row]
    """The rows that have them."""
    relist: dict[bytes, None]
    """Scopes (gid, or uid for `me`) whose mirrors may hold what other trackers have deleted for good."""
    took_s: float = 0.0
    """From the begin of the transaction to its being on the disk."""


class TrackerRows(SqlRows):
    """Listed, over one connection."""

    def unseen(self, prefix: bytes, vv: Mapping[int, int], at_most: int, /) -> list[Row]:
        where = "FROM row WHERE substr(id, 1, 16) = ? AND log = ? AND seq > ? LIMIT ?"
        found: list[Row] = []
        for log in self.logs(prefix):
            found += self.select(where, prefix, log, vv.get(log, 0), at_most - len(found))
        return found

    def logs(self, prefix: bytes, /) -> Iterator[int]:
        # Jumps from log to log in the index, where DISTINCT would read all that the scope has.
        sql = "SELECT log FROM row WHERE substr(id, 1, 16) = ? AND log > ? ORDER BY log LIMIT 1"
        log = -1
        while found := self.db.execute(sql, (prefix, log)).fetchone():
            (log,) = found
            yield log

    def tally(self, kind: int, id_: bytes, /) -> int:
        found = self.db.execute("SELECT n FROM tally WHERE kind = ? AND id = ?", (kind, id_)).fetchone()
        return int(found[0]) if found else 0

    def vector(self) -> dict[int, int]:
        return dict(self.db.execute("SELECT log, seq FROM vv"))

    def gc(self, scope: bytes, /) -> dict[int, int]:
        return dict(self.db.execute("SELECT log, seq FROM gc WHERE scope = ?", (scope,)))

    def count_by_kind(self) -> dict[int, int]:
        found = self.db.execute("SELECT id, n FROM tally WHERE kind = ? AND n > 0", (OF_KIND,))
        return {id_[0]: n for id_, n in found}


class KnownRows(TrackerRows):
    """Keeps in memory what it was asked for: the rows of the same people, again and again."""

    def __init__(self, db: sqlite3.Connection) -> None:
        super().__init__(db)
        self._known: dict[tuple[int, bytes], Row | None] = {}

    def get(self, kind: int, id_: bytes, /) -> Row | None:
        key = kind, id_
        if key not in self._known:
            if len(self._known) >= ROWS_KNOWN_MAX:
                self._known = {}
            self._known[key] = super().get(kind, id_)
        return self._known[key]

    def forget(self, rows: list[Row]) -> None:
        """They have changed."""
        if len(rows) > len(self._known):
            self.forget_all()
        for row in rows if self._known else ():
            self._known.pop((row.kind, row.id), None)

    def forget_all(self) -> None:
        self._known = {}


class SqlBook(KnownRows):
    """Book. Its public methods but commit() and project_all() are for the jobs of a commit."""

    def __init__(self, db: sqlite3.Connection, pen: Pen, clock: Clock) -> None:
        super().__init__(db)
        self.pen = pen
        self._clock = clock
        db.execute(
            """CREATE TEMP TABLE listed(listing INT, kind INT, id BLOB, PRIMARY KEY(listing, kind, id))
            WITHOUT ROWID"""
        )
        self._checkpoint_pages = 0
        self._checkpoint_after(CHECKPOINT_PAGES)
        self._seen = self.vector()
        self._hlc_kept = pen.hlc
        self._written: list[Row] = []
        """By the command that is being decided."""
        self._came: list[Row] = []
        """Taken, and not merged yet: one merge for all that wait is faster than many."""
        self._tallied: dict[tuple[int, bytes], int] = {}
        """What this commit adds to the tallies."""
        self._commit = Commit([], {}, 1, 0, [], {})

    def commit(self, jobs: list[Callable[["SqlBook"], Any]]) -> tuple[list[Any], Commit]:
        """What the first few return, as many as there was time for, once it is on the disk.

        A job that raises a ShoalError has that for its outcome; what else is raised leaves nothing of all.
        """
        kept, begun_s = self.pen.seq, self._clock.monotonic_s()
        self._came, self._tallied, self._commit = [], {}, Commit([], {}, kept + 1, kept, [], {})
        outcomes: list[Any] = []
        try:
            self.db.execute("BEGIN IMMEDIATE")
            for job in jobs:
                outcomes.append(job(self))
                is_late = self._clock.monotonic_s() - begun_s > COMMIT_S_MAX
                if is_late or len(self._came) >= TAKEN_ROWS_MAX:
                    break
            self._merge_came()
            commit = self._note()
            self.db.execute("COMMIT")
            kept = self.pen.seq
        except BaseException as error:
            self.forget_all()  # what failed was never there
            if isinstance(error, sqlite3.Error):
                raise as_coded(error) from error
            raise
        finally:
            self.pen.seq = kept  # so there are no gaps
            if self.db.in_transaction:
                self.db.execute("ROLLBACK")
        self._seen |= commit.seen
        self._hlc_kept = self.pen.hlc
        return outcomes, commit._replace(took_s=self._clock.monotonic_s() - begun_s)

    def project_all(self) -> None:
        """O(rows)."""
        for table in (*ADD, TALLY):
            self.db.execute(f"DELETE FROM {table}")  # noqa: S608  the names are ours
        for row in self.select("FROM row"):
            self._project([(None, row)])
        self._note_tallied()

    # --- jobs: what a user decides ---

    def decide(self, decide: Callable[[Book], T]) -> Written[T] | ShoalError:
        """Raises Torn for a command that refuses after it wrote: what it wrote goes with the whole commit."""
        self._merge_came()
        written: list[Row] = []
        self._written = written
        try:
            value = decide(self)
        except ShoalError as error:
            if written:
                raise Torn from error
            return error
        self._commit.rows.extend(written)
        self._commit.own.extend(written)
        return Written(value, written[-1].dot if written else None, written)

    def write(self, kind: Kind, id_: bytes, body: Body, /) -> Row:
        old = self.get(kind, id_)
        if old and kind >= FIRST_CLAIM:
            return old
        row = self.pen.write(Key(kind, id_), body, old, self._clock.wall_s())
        self.keep(row)
        self._known[kind, id_] = row
        self._project([(old, row)])
        self._written.append(row)
        return row

    def tally(self, kind: int, id_: bytes, /) -> int:
        return super().tally(kind, id_) + self._tallied.get((kind, id_), 0)

    # --- jobs: what other trackers bring ---

    def take_live(self, log: int, first: int, last: int, rows: list[Row]) -> bool:
        seen = self._seen_of(log)
        if seen < first - 1:
            return False
        if seen < last:
            self._came += (row for row in rows if row.seq > seen)
            self._commit.seen[log] = last
        return True

    def take(
        self, rows: list[Row], *, gc: Iterable[Collected] = (), whole: int = 0, repair: bool = False
    ) -> None:
        self._checkpoint_after(CHECKPOINT_ROUND_PAGES)
        if repair:
            self.forget_all()  # what is remembered need not be on the disk
        self._came += rows if repair else (row for row in rows if row.seq > self._seen_of(row.log))
        for collected in gc:
            self._note_collected(*collected)
        if whole:
            listed = ((whole, row.kind, row.id) for row in rows)
            self.db.executemany("INSERT OR IGNORE INTO temp.listed VALUES (?, ?, ?)", listed)

    def finish_round(self, end: Mapping[int, int], hlc: int = 0, *, whole: int = 0) -> None:
        self._merge_came()
        self.pen.hlc = max(self.pen.hlc, hlc)
        moved = {log: seq for log, seq in end.items() if seq > self._seen_of(log)}
        for log, seq in moved.items():
            between = (log, self._seen_of(log), seq)
            found = self.db.execute("SELECT scope FROM gc WHERE log = ? AND seq > ? AND seq <= ?", between)
            self._commit.relist.update((scope, None) for (scope,) in found)
        self._commit.seen.update(moved)
        if whole:
            unlisted = self.select(
                """FROM row WHERE NOT EXISTS
                (SELECT 1 FROM temp.listed WHERE listing = ? AND kind = row.kind AND id = row.id)""",
                whole,
            )
            self._delete([row for row in unlisted if row.seq <= end.get(row.log, 0)])
            self.forget_listing(whole)
        self.db.execute("UPDATE meta SET v = 0 WHERE k = 'must_refill'")
        self._checkpoint_after(CHECKPOINT_PAGES)

    def forget_listing(self, whole: int) -> None:
        self.db.execute("DELETE FROM temp.listed WHERE listing = ?", (whole,))

    # --- jobs: what nobody needs any more ---

    def purge(self, rows: list[Row]) -> int:
        self._merge_came()
        is_open = OpenInvites(self)
        found = (row for row in rows if self.get(row.kind, row.id) == row)
        gone = [row for row in found if is_collectable(self, row, is_open)]
        self._delete(gone)
        for row in gone:
            for scope in scopes_of(row):
                self._note_collected(scope, row.log, row.seq)
        return len(gone)

    # --- inside ---

    def _seen_of(self, log: int) -> int:
        return self._commit.seen.get(log) or self._seen.get(log, 0)

    def _checkpoint_after(self, pages: int) -> None:
        """What is written often is then copied into the file once."""
        if pages != self._checkpoint_pages:
            self._checkpoint_pages = pages
            self.db.execute(f"PRAGMA wal_autocheckpoint = {pages}")

    def keep(self, row: Row) -> None:
        self.db.execute("INSERT OR REPLACE INTO row VALUES (?, ?, ?, ?, ?, ?, ?)", summed(row))

    def _delete(self, rows: list[Row]) -> None:
        self.db.executemany("DELETE FROM row WHERE kind = ? AND id = ?", (row.key for row in rows))
        self.forget(rows)
        self._project((row, None) for row in rows)

    def _note_collected(self, scope: bytes, log: int, seq: int) -> None:
        sql = "SELECT 1 FROM gc WHERE scope = ? AND log = ? AND seq >= ?"
        if self.db.execute(sql, (scope, log, seq)).fetchone() is None:
            self.db.execute("INSERT OR REPLACE INTO gc(scope, log, seq) VALUES (?, ?, ?)", (scope, log, seq))

    def _merge_came(self) -> None:
        came, self._came = self._came, []
        if not came:
            return
        self.pen.read(max(came, key=operator.attrgetter("hlc")))
        best: dict[tuple[int, bytes], Row] = {}
        for row in came:
            key = row.kind, row.id
            if (other := best.get(key)) is None or row.beats(other):
                best[key] = row
        # In the order of the keys, so that each page of their index is come to once.
        won = self._insert([best[key] for key in sorted(best)])
        news = [row for _, row in won]
        self.forget(news)
        self._project(won)
        self._commit.rows.extend(news)

    def _insert(self, rows: list[Row]) -> list[tuple[Row | None, Row]]:
        """Of rows with a key each, those that stay, with those in whose place: mostly there is none."""
        (last,) = self.db.execute("SELECT max(rowid) FROM row").fetchone()
        sql = "INSERT INTO row VALUES (?, ?, ?, ?, ?, ?, ?) ON CONFLICT (kind, id) DO NOTHING"
        if self.db.executemany(sql, map(summed, rows)).rowcount == len(rows):
            return [(None, row) for row in rows]
        where = "FROM row WHERE kind = ? AND id = ? AND rowid <= ?"
        claims = [(next(self.select(where, row.kind, row.id, last), None), row) for row in rows]
        won = [(old, row) for old, row in claims if old is None or row.beats(old)]
        for old, row in won:
            if old:
                self.keep(row)
        return won

    def _note(self) -> Commit:
        """Writes down how far the store is."""
        self._note_tallied()
        commit = self._commit._replace(last=self.pen.seq)
        if commit.own:
            commit.seen[self.pen.log] = commit.last
        seen = ((log, seq, seen_sum(log, seq)) for log, seq in commit.seen.items())
        self.db.executemany("INSERT OR REPLACE INTO vv VALUES (?, ?, ?)", seen)
        if self.pen.hlc > self._hlc_kept:
            self.db.execute("UPDATE meta SET v = ? WHERE k = 'hlc'", (self.pen.hlc,))
        return commit

    def _project(self, changes: Iterable[tuple[Row | None, Row | None]]) -> None:
        """Of rows that stood, and those that stand in their place."""
        moved: dict[Place, int] = {}
        for old, new in changes:
            for place in places(old) if old else ():
                moved[place] = moved.get(place, 0) - 1
            for place in places(new) if new else ():
                moved[place] = moved.get(place, 0) + 1
        for (table, key), count in moved.items():
            if table == TALLY:
                self._tallied[key] = self._tallied.get(key, 0) + count
            elif count:
                self.db.execute((ADD if count > 0 else REMOVE)[table], key)

    def _note_tallied(self) -> None:
        tallied, self._tallied = self._tallied, {}
        self.db.executemany(TALLY_MORE, ((*key, count) for key, count in tallied.items() if count))
