"""Groups: who is in them, who asks to be, and what happened there."""

import secrets

import shared.wire.tracker_messages as m
from desktop.engine.account_session import AccountSession
from desktop.engine.commands.core import ended_by_logout
from desktop.engine.commands.names import Named
from desktop.engine.views import ActivityView, GroupView, MemberView, RequestView
from shared.errors import Unavailable
from shared.facts.derive import members, owner, shown_user
from shared.facts.ids import GroupId
from shared.names import check_name


class GroupCommands(Named):
    async def create_group(self, group: str) -> str:
        """The name as shown."""
        check_name(group)
        self._logged_in()
        await self._do(m.CreateGroup(secrets.token_bytes(32), group))
        return group

    async def join_group(self, group: str) -> None:
        await self._do(m.Join(await self._group(group)))

    async def leave_group(self, group: str) -> str | None:
        """The new owner's name, where ownership passed on."""
        session, gid = self._logged_in(), await self._group(group)
        rows = session.mirror.rows
        names = {uid: shown_user(rows, uid) for uid, _ in members(rows, gid)}
        left = await self._client.ask(m.Leave(gid), m.Left)
        return None if left.owner is None else names.get(left.owner, left.owner.hex())

    async def list_requests(self, group: str) -> list[RequestView]:
        page = await self._client.ask(m.ListRequests(await self._group(group)), m.RequestsPage)
        return [RequestView(user=one.name, at=one.at) for one in page.requests]

    async def accept_request(self, group: str, user: str) -> None:
        await self._do(m.Accept(await self._group(group), await self._user(user)))

    async def reject_request(self, group: str, user: str) -> None:
        await self._do(m.Reject(await self._group(group), await self._user(user)))

    async def withdraw_request(self, group: str) -> None:
        await self._do(m.Withdraw(await self._group(group)))

    async def remove_member(self, group: str, user: str) -> None:
        await self._do(m.RemoveMember(await self._group(group), await self._user(user)))

    async def transfer_group(self, group: str, user: str) -> None:
        await self._do(m.Transfer(await self._group(group), await self._user(user)))

    @ended_by_logout
    async def list_groups(self) -> list[GroupView]:
        """Every group of the network; with no tracker, those this device mirrors."""
        session = self._logged_in()
        listed: list[m.GroupListed] = []
        try:
            page = await self._client.ask(m.ListGroups(), m.GroupsPage)
            listed += page.groups
            while page.more and page.groups:
                page = await self._client.ask(m.ListGroups(listed[-1].gid), m.GroupsPage)
                listed += page.groups
        except Unavailable:
            return [
                self._known_group(session, gid) for gid in session.mirror.rows.groups_of(session.account.uid)
            ]
        views = [
            GroupView(name=one.name, owner=one.owner, members=one.members, mine=one.mine) for one in listed
        ]
        return sorted(views, key=lambda view: view.name)

    @ended_by_logout
    async def list_members(self, group: str) -> list[MemberView]:
        """The oldest first."""
        session, gid = await self._my_group(group)
        rows = session.mirror.rows
        online = {session.mirror.user_of(dev) for dev in await self._online(gid)}
        lord = owner(rows, gid)
        return [
            MemberView(user=shown_user(rows, uid), owner=uid == lord, online=uid in online)
            for uid, _ in members(rows, gid)
        ]

    @ended_by_logout
    async def activity(self, group: str) -> list[ActivityView]:
        """What happened lately, newest first; what is known here, without asking anybody."""
        session, gid = await self._my_group(group)
        return await session.browsing.activity(gid)

    def _known_group(self, session: AccountSession, gid: GroupId) -> GroupView:
        rows = session.mirror.rows
        lord = owner(rows, gid)
        return GroupView(
            name=session.mirror.named(gid).name,
            owner="" if lord is None else shown_user(rows, lord),
            members=len(members(rows, gid)),
            mine="owner" if lord == session.account.uid else "member",
        )
