"""What a change of the mirror means to the person: what stood before against what stands now, as events."""

from collections.abc import Callable, Iterable, Iterator
from typing import NamedTuple

import shared.wire.tracker_messages as m
from desktop.engine import events
from desktop.engine.file_changes import FileChange
from shared.facts.derive import (
    Rows,
    claimants,
    fact,
    is_pending,
    members,
    membership,
    owner,
    pending_rows,
    shown_user,
)
from shared.facts.ids import Epoch, GroupId, UserId
from shared.facts.rows import Kind, Member, User
from shared.names import unmarked


class Standing(NamedTuple):
    """What one group is to me."""

    name: str
    is_in: bool
    is_pending: bool
    by: UserId | None
    """Who last let me in or put me out; myself, if I made the group or left it."""
    owner: UserId | None
    asking: frozenset[tuple[UserId, Epoch]]
    """Who waits to be let in, where I am the owner, and by which request: of one that was taken back and made
    again at once it is the second."""
    members: frozenset[UserId] = frozenset()
    rivals: frozenset[str] = frozenset()
    """What other groups are called that claimed its name later."""


NOTHING = Standing("", False, False, None, None, frozenset())


class News:
    """Of one account, over its mirror. Each look compares with the one before it."""

    def __init__(self, rows: Rows, me: UserId, called: str, named: Callable[[GroupId], m.Named]) -> None:
        """`called`: what the user is shown as. `named`: what a group and its rivals are."""
        self._rows = rows
        self._me = me
        self._named = named
        self._called = self._names() | {me: called}
        self._standing: dict[GroupId, Standing] = {}
        self._let_in: dict[GroupId, set[UserId]] = {}
        """By this very device, which needs no news of that."""
        self._whole: set[GroupId] = set()

    def look(self, gid: GroupId) -> list[events.Event]:
        before, after = self._standing.get(gid, NOTHING), self._stands(gid)
        self._standing[gid] = after
        if after == before:
            return []
        here = self._let_in.get(gid, set())
        came = [
            events.MemberCame(group=after.name, user=shown_user(self._rows, uid))
            for uid in sorted(self._came(before, after) - here)
        ]
        here -= after.members
        return [*self._told(before, after), *came, events.GroupsChanged()]

    def lets_in(self, gid: GroupId, uid: UserId) -> None:
        self._let_in.setdefault(gid, set()).add(uid)

    def standing(self, gid: GroupId) -> Standing:
        """As of the last look."""
        return self._standing.get(gid, NOTHING)

    def shown(self, gid: GroupId) -> str:
        return self._named(gid).name or self.standing(gid).name

    def own_name(self) -> list[events.NameChanged]:
        """What the user is called now, and whoever claims the same name."""
        before, self._called = self._called, self._names()
        me = fact(self._rows, User, self._me)
        return [
            events.NameChanged(
                kind="user", old=before.get(uid, unmarked(name)), new=name, rival=uid != self._me
            )
            for uid, name in self._called.items()
            if me and name != before.get(uid, unmarked(name))
        ]

    def has_files(self, gid: GroupId) -> bool:
        """Whether all of them were here once."""
        return gid in self._whole

    def know_files(self, gid: GroupId) -> None:
        """All of them are here: what comes from now on is news."""
        self._whole.add(gid)

    def files(self, gid: GroupId, changes: Iterable[FileChange]) -> Iterator[events.Event]:
        """Costs a read of the rows for each user who shared what is new."""
        group = self.shown(gid)
        names: dict[UserId, str] = {}
        for one in changes:
            if one.after is None:
                assert one.before is not None
                yield events.FileRemoved(group=group, name=one.before)
            elif one.before is None:
                if one.by not in names:
                    names[one.by] = shown_user(self._rows, one.by)
                yield events.FileAdded(group=group, name=one.after, size=one.size, user=names[one.by])
            elif not one.is_version:
                yield events.NameChanged(kind="file", old=one.before, new=one.after)

    def forget(self, gid: GroupId) -> None:
        """Its rows are gone."""
        self._whole.discard(gid)

    def _names(self) -> dict[UserId, str]:
        me = fact(self._rows, User, self._me)
        uids = map(UserId, claimants(self._rows, Kind.USER, me.fold)) if me else []
        return {uid: shown_user(self._rows, uid) for uid in uids}

    def _stands(self, gid: GroupId) -> Standing:
        member = fact(self._rows, Member, gid + self._me)
        is_in = membership(self._rows, gid, self._me) is not None
        lord = owner(self._rows, gid) if is_in else None
        return Standing(
            # The rows of a group that I left, or am not in yet, do not say its name.
            self.shown(gid),
            is_in,
            is_pending(self._rows, gid, self._me) is not None,
            member.by if member else None,
            lord,
            frozenset((uid, row.stamp) for uid, row in pending_rows(self._rows, gid))
            if lord == self._me
            else frozenset(),
            frozenset(uid for uid, _ in members(self._rows, gid)) if is_in else frozenset(),
            frozenset(other for other in self._named(gid).others if other != unmarked(other)),
        )

    def _came(self, before: Standing, after: Standing) -> frozenset[UserId]:
        """Into a group that was and is mine."""
        return after.members - before.members if before.owner == after.owner == self._me else frozenset()

    def _told(self, before: Standing, after: Standing) -> Iterable[events.Event]:
        if after.is_in and not before.is_in:
            if after.by != self._me:
                yield events.Accepted(group=after.name)
        elif before.is_in and not after.is_in:
            if after.by != self._me:
                yield events.Removed(group=before.name)
        elif before.is_pending and not after.is_pending:
            yield events.Rejected(group=after.name)
        elif after.is_in:
            if before.owner != after.owner and after.owner:
                yield events.OwnerChanged(group=after.name, user=shown_user(self._rows, after.owner))
            if before.name != after.name:
                yield events.NameChanged(kind="group", old=before.name, new=after.name)
            for other in sorted(after.rivals - before.rivals):
                yield events.NameChanged(kind="group", old=unmarked(other), new=other, rival=True)
