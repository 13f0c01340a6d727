"""Invite links: made, looked at, used, taken back."""

import secrets
from pathlib import Path

from msgspec.structs import replace

import shared.wire.tracker_messages as m
from desktop.engine.commands.life import Life
from desktop.engine.commands.names import Named
from desktop.engine.invites import is_local, network_of, opening, reading, trackers_of
from desktop.engine.trackers.known_networks import KnownNetwork
from desktop.engine.views import InviteLinkView, InviteView, JoinedView, OpenInviteView
from shared.errors import NotFound, PinMismatch
from shared.facts.derive import fact
from shared.facts.ids import ID_BYTES, GroupId, invite_hash
from shared.facts.rows import Group
from shared.invite_link import InviteLink, invite_link, read
from shared.names import shown


class LinkCommands(Life, Named):
    async def invite(self, group: str, uses: int | None = None, hours: int | None = None) -> InviteView:
        """A link to the group, by which others ask to join it. With `uses` or `hours`, for its owner alone:
        so many are let in at once, 1 if not said, within so long, INVITE_HOURS if not said."""
        session, gid = await self._my_group(group)
        made_as = fact(session.mirror.rows, Group, gid)
        own = self._own_tracker
        hosted = own.candidates() if own.is_of(self._network) else []
        trackers = trackers_of([*hosted, *self._client.connection.candidates()])
        link = InviteLink(trackers[:1], gid, made_as.name if made_as else group)
        invite_link(trackers, link)  # before there is an invite of which nobody has the link
        id_ = b""
        if uses is not None or hours is not None:
            uses, hours = opening(uses, hours)
            secret = secrets.token_bytes(ID_BYTES)
            asked = m.Invite(gid, invite_hash(gid, secret), uses, hours)
            made = await self._client.ask(asked, m.Invited)
            link = replace(link, secret=secret, until=made.until)
            id_ = asked.hash[:ID_BYTES]
        return InviteView(
            link=invite_link(trackers, link),
            group=session.mirror.named(gid).name,
            id=id_.hex(),
            uses=uses or 0,
            until=link.until,
            reach="computer" if is_local(trackers[0]) else "network",
        )

    async def list_invites(self, group: str) -> list[OpenInviteView]:
        """Those of the group that let people in at once, the oldest first; for its owner."""
        return [
            OpenInviteView(id=one.invite.hex(), uses=one.uses, used=one.used, until=one.until, at=one.at)
            for one in await self._invites(await self._group(group))
        ]

    async def revoke_invite(self, group: str, invite: str) -> None:
        """By its id, or a beginning of it that no other has. Who came in by it stays. Raises NotFound."""
        gid = await self._group(group)
        begins = invite.lower()
        found = [one.invite for one in await self._invites(gid) if one.invite.hex().startswith(begins)]
        if not invite or len(found) != 1:
            raise NotFound(f"there is no one invite {shown(invite)}; type: list_invites {shown(group)}")
        await self._do(m.RevokeInvite(gid, found[0]))

    async def _invites(self, gid: GroupId) -> list[m.InviteListed]:
        return (await self._client.ask(m.ListInvites(gid), m.InvitesPage)).invites

    def read_link(self, text: str) -> InviteLinkView:
        """Dials nothing and changes nothing. Raises BadArgument for what is no whole link."""
        link = read(text)
        saved = [KnownNetwork(folder) for folder in self._profile.networks]
        is_member = self._session is not None and self._session.mirror.my_epoch(GroupId(link.gid)) is not None
        return reading(link, self._network, saved, self._clock.wall_s(), is_member=is_member)

    async def join_link(self, text: str) -> JoinedView:
        """Goes to the network of the link, if it is another one (see use_network), and joins the group, now
        or as soon as somebody is logged in. Raises PinMismatch where read_link() says so, what the tracker
        refuses with, and NoTracker: then it is used when there is one."""
        link, view = read(text), self.read_link(text)
        if view.refused:
            raise PinMismatch("the link names another key for a tracker than the one that is known here")
        if view.network != "here":
            await self.use_network(self._file_of(link))
        else:  # a tracker may have moved since, and the link come from who knows where to
            lines = [line for line in link.info.lines if line]
            known = (line for line in lines if line.pin and self._network.knows(line.pin))
            self._client.connection.try_also(known)
        state = await self._links.use(link)
        return JoinedView(group=link.group, state=state, network=view.network)

    def _file_of(self, link: InviteLink) -> Path | None:
        """The tracker file of the link's network, None for the own tracker. To a network that is known here a
        link adds no tracker."""
        saved = [KnownNetwork(folder) for folder in self._profile.networks]
        known = network_of(link, saved)
        network = known or KnownNetwork.of(self._profile, link.info, self._lot)
        if self._own_tracker.is_of(network):
            return None
        return network.note_file([one for one in link.trackers if network.knows(one.key)])
