"""What a batch of rows, or several, made of a file that a person sees."""

from collections.abc import Iterable
from typing import NamedTuple

from shared.facts.ids import EntryId, GroupId, UserId


class FileChange(NamedTuple):
    """None where it was, or is, not to be seen; equal names where no more than who has it is different."""

    gid: GroupId
    eid: EntryId
    before: str | None
    after: str | None
    size: int
    by: UserId
    is_version: bool = False
    """It was, or is, an older version of another, and is marked as such."""


class FileChanges:
    """Of one group, since they were told last: what came of them all together."""

    def __init__(self) -> None:
        self._by_file: dict[EntryId, FileChange] = {}

    def add(self, change: FileChange) -> None:
        first = self._by_file.get(change.eid, change)
        is_version = first.is_version or change.is_version
        self._by_file[change.eid] = change._replace(before=first.before, is_version=is_version)

    @property
    def is_only_people(self) -> bool:
        """Every file is where it was, and called as it was."""
        return all(one.before == one.after for one in self._by_file.values())

    def seen(self) -> Iterable[FileChange]:
        """Those of which the name is another."""
        return (one for one in self._by_file.values() if one.before != one.after)
