"""Groups, who is in them and who asks to be, at the prompt."""

import msgspec

from desktop.console import activity_text
from desktop.console.acts.answers import Acts, Answer
from shared.names import shown


class GroupActs(Acts):
    async def create_group(self, group: str) -> Answer:
        await self._engine.create_group(group)
        return Answer([f"success: group {shown(group)} created"])

    async def join_group(self, group: str) -> Answer:
        await self._engine.join_group(group)
        return Answer([f"success: request to join {shown(group)} sent to its owner"])

    async def leave_group(self, group: str) -> Answer:
        new_owner = await self._engine.leave_group(group)
        passed_on = f"; its owner is now {shown(new_owner)}" if new_owner else ""
        return Answer([f"success: left {shown(group)}{passed_on}"], {"new_owner": new_owner})

    async def list_requests(self, group: str) -> Answer:
        requests = await self._engine.list_requests(group)
        lines = [shown(request.user) for request in requests] or ["no pending requests"]
        return Answer(lines, {"requests": msgspec.to_builtins(requests)})

    async def accept_request(self, group: str, user: str) -> Answer:
        await self._engine.accept_request(group, user)
        return Answer([f"success: {shown(user)} is now a member of {shown(group)}"])

    async def reject_request(self, group: str, user: str) -> Answer:
        await self._engine.reject_request(group, user)
        return Answer([f"success: request of {shown(user)} rejected"])

    async def withdraw_request(self, group: str) -> Answer:
        await self._engine.withdraw_request(group)
        return Answer(["success: request withdrawn"])

    async def remove_member(self, group: str, user: str) -> Answer:
        await self._engine.remove_member(group, user)
        return Answer([f"success: {shown(user)} removed from {shown(group)}"])

    async def transfer_group(self, group: str, user: str) -> Answer:
        await self._engine.transfer_group(group, user)
        return Answer([f"success: {shown(user)} is now the owner of {shown(group)}"])

    async def list_groups(self) -> Answer:
        groups = await self._engine.list_groups()
        marks = {"owner": " (owner)", "member": " (member)", "pending": " (request pending)", "none": ""}
        lines = [shown(group.name) + marks[group.mine] for group in groups] or ["no groups yet"]
        return Answer(lines, {"groups": msgspec.to_builtins(groups)})

    async def list_members(self, group: str) -> Answer:
        members = await self._engine.list_members(group)
        lines = [
            shown(member.user) + (" (owner)" if member.owner else "") + (" online" if member.online else "")
            for member in members
        ]
        return Answer(lines, {"members": msgspec.to_builtins(members)})

    async def activity(self, group: str) -> Answer:
        acts = await self._engine.activity(group)
        lines = [activity_text.line(act) for act in acts] or ["nothing yet"]
        return Answer(lines, {"activity": msgspec.to_builtins(acts)})
