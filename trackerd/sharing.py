"""Who shares the files that are asked for, as the rows said last: asked often, and changed seldom."""

from collections.abc import Iterable, Mapping

from shared.facts.derive import Sharer
from shared.facts.ids import EntryId, GroupId
from shared.facts.rows import Kind, Row, split
from shared.limits import SHARERS_KNOWN_MAX


class Reading:
    """A snapshot is being read; of what a commit touches meanwhile, it does not count."""


class Sharing:
    """What is known of each group's files. Never older than the last commit that was told."""

    def __init__(self) -> None:
        self._known: dict[bytes, dict[bytes, list[Sharer] | Reading]] = {}
        self._size = 0
        """Sharers put in since all was forgotten."""

    def known(self, gid: GroupId, eids: Iterable[EntryId]) -> dict[EntryId, list[Sharer]] | None:
        """Who shares each of the files; None unless that is known of all."""
        of_group, found = self._known.get(gid, {}), {}
        for eid in eids:
            sharers = of_group.get(eid)
            if not isinstance(sharers, list):
                return None
            found[eid] = sharers
        return found

    def reading(self, gid: GroupId, eids: Iterable[EntryId]) -> Reading:
        """To be called before the snapshot is taken."""
        reading = Reading()
        self._known.setdefault(gid, {}).update(dict.fromkeys(eids, reading))
        return reading

    def read(self, gid: GroupId, reading: Reading, sharers: Mapping[EntryId, list[Sharer]]) -> None:
        of_group = self._known.get(gid, {})
        for eid, of_file in sharers.items():
            if of_group.get(eid) is reading:
                of_group[eid] = of_file
                self._size += 1 + len(of_file)
        if self._size > SHARERS_KNOWN_MAX:
            self._forget_all()

    def committed(self, rows: Iterable[Row], relist: Iterable[bytes] = ()) -> None:
        """Forgets what these rows may have changed, and groups of which rows may have been deleted."""
        for scope in relist:
            self._known.pop(scope, None)
        for row in rows if self._known else ():
            gid, rest = split(row.id)
            if row.kind == Kind.SHARE:
                self._known.get(gid, {}).pop(rest[:16], None)
            elif row.kind == Kind.MEMBER:
                self._known.pop(gid, None)
            elif row.kind in (Kind.GONE, Kind.REVOKED):
                self._forget_all()

    def _forget_all(self) -> None:
        self._known, self._size = {}, 0
