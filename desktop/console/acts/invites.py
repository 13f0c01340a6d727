"""Invite links at the prompt: made, looked at, used, taken back."""

import msgspec

from desktop.console.acts.answers import Acts, Answer, minute, whole_number
from desktop.engine.views import InviteLinkView
from shared.names import shown

_ASKS = "whoever uses it asks to join; to let in at once, type: invite <group> --uses 1"
_JOINED = {
    "joined": "you are now a member of {group}",
    "asked": "request to join {group} sent to its owner",
    "login": "the link to {group} is used as soon as you are logged in; type: login <user> <password>",
}
_NETWORKS = {
    "here": "its network is the one in use",
    "known": "its network is another one, which was used here before",
    "new": "its network is another one, which was never used here",
}


class InviteActs(Acts):
    async def invite(self, group: str, uses: str | None = None, hours: str | None = None) -> Answer:
        made = await self._engine.invite(group, _count(uses), _count(hours))
        lines = [made.link, f"lets in {made.uses}, until {minute(made.until)}" if made.id else _ASKS]
        if made.reach == "computer":
            lines.append("it can be used on this computer alone, as no other reaches its tracker")
        return Answer(lines, msgspec.to_builtins(made))

    async def read_link(self, link: str) -> Answer:
        view = self._engine.read_link(link)
        return Answer(_said_by(view), msgspec.to_builtins(view))

    async def join_link(self, link: str) -> Answer:
        joined = await self._engine.join_link(link)
        lines = [f"success: {_JOINED[joined.state].format(group=shown(joined.group))}"]
        if joined.network != "here":
            lines.append("its network is another one, which is in use now")
        return Answer(lines, msgspec.to_builtins(joined))

    async def list_invites(self, group: str) -> Answer:
        invites = await self._engine.list_invites(group)
        lines = [f"{one.id} used {one.used} of {one.uses}, until {minute(one.until)}" for one in invites]
        return Answer(lines or ["no invites"], {"invites": msgspec.to_builtins(invites)})

    async def revoke_invite(self, group: str, id: str) -> Answer:  # noqa: A002
        await self._engine.revoke_invite(group, id)
        return Answer(["success: invite taken back"])


def _count(text: str | None) -> int | None:
    """Of an option that was typed."""
    return None if text is None else whole_number(text, "a whole number")


def _said_by(view: InviteLinkView) -> list[str]:
    if view.refused:
        last = "do not use it: it names another key for a tracker than the one that is known here"
    elif view.member:
        last = "you are in that group already"
    elif view.preapproved:
        last = f"it lets in at once, until {minute(view.until)}{' (over)' if view.expired else ''}"
    else:
        last = "whoever uses it asks to join"
    known = {True: "known here by its key", False: "new here"}
    trackers = [f"  tracker at {one.address}, {known[one.known]}" for one in view.trackers]
    return [f"to {shown(view.group)}", _NETWORKS[view.network], *trackers, last]
