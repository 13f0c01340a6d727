"""What many commands ask first: which group or person a shown name means, and who is online."""

from collections.abc import Iterable
from contextlib import suppress

import shared.wire.tracker_messages as m
from desktop.engine import transfers
from desktop.engine.account_session import AccountSession
from desktop.engine.browsing import Groups
from desktop.engine.commands.core import Core
from desktop.engine.file_views import FilesAsked
from desktop.engine.transfer_views import LastSeen
from shared.errors import NotAMember, NotFound, Unavailable, Unsupported
from shared.facts.derive import resolve_group, shown_user
from shared.facts.ids import DeviceId, GroupId, UserId
from shared.names import fold


class Named(Core):
    """By the rows that are here, or as a tracker says."""

    async def _group(self, name: str) -> GroupId:
        """The one that is called so: one of mine, as this device knows, else as a tracker does. Raises
        NotFound."""
        session, folded = self._logged_in(), fold(name)
        for gid, called in self._my_groups(session).items():
            if fold(called) == folded:
                return gid
        return GroupId(await self._resolved("group", name))

    async def _my_group(self, name: str) -> tuple[AccountSession, GroupId]:
        """Also by a name that another group has now. Raises NotFound, NotAMember."""
        session = self._logged_in()
        claimed = self._mine(resolve_group(session.mirror.rows, name))
        try:
            gid = await self._group(name)
        except Unavailable:
            if not claimed:
                raise
            return session, claimed[0]
        if session.mirror.my_epoch(gid) is not None:
            return session, gid
        if not claimed:
            raise NotAMember
        return session, claimed[0]

    def _group_of_mine(self, name: str) -> tuple[AccountSession, GroupId]:
        """Without asking anybody. Raises NotFound."""
        session = self._logged_in()
        for gid, called in self._my_groups(session).items():
            if called == name:
                return session, gid
        raise NotFound

    def _groups_in(self, asked: FilesAsked) -> Groups:
        if asked.group is None:
            return self._my_groups(self._logged_in())
        return {self._group_of_mine(asked.group)[1]: asked.group}

    def _my_groups(self, session: AccountSession) -> dict[GroupId, str]:
        """With their names."""
        mine = self._mine(session.mirror.rows.groups_of(session.account.uid))
        return {gid: session.mirror.named(gid).name for gid in mine}

    def _mine(self, gids: Iterable[GroupId]) -> list[GroupId]:
        mirror = self._logged_in().mirror
        return [gid for gid in gids if mirror.my_epoch(gid) is not None]

    async def _user(self, name: str) -> UserId:
        return UserId(await self._resolved("user", name))

    async def _resolved(self, kind: str, name: str) -> bytes:
        if not 0 < len(name.encode()) <= 98:
            raise NotFound
        found = (await self._client.ask(m.Resolve(kind, name), m.Resolved)).found
        if not found:
            raise NotFound
        return found[0][0]

    async def _online(self, gid: GroupId) -> set[DeviceId]:
        try:
            return set((await self._client.ask(m.Online(gid), m.OnlineFound)).devs)
        except Unavailable:
            return set()

    async def _last_seen(
        self, session: AccountSession, gid: GroupId, uids: Iterable[UserId]
    ) -> dict[UserId, LastSeen]:
        """Who was seen last comes first. With no tracker nobody is known to be online."""
        online = {uid for dev in await self._online(gid) if (uid := session.mirror.user_of(dev))}
        ago: dict[UserId, int] = {}
        with suppress(Unavailable, Unsupported):  # an older tracker does not tell
            ago = dict((await self._client.ask(m.Away(gid), m.AwayFound)).away)
        names = {uid: shown_user(session.mirror.rows, uid) for uid in uids}
        return transfers.last_seen(names, online, ago)

    def _shown_group(self, gid: GroupId) -> str:
        return self._logged_in().mirror.named(gid).name
