"""What a person does to groups and their people: each act asks what it must, then runs a command."""

from collections.abc import Callable
from dataclasses import dataclass

from desktop.engine.views import GroupView
from desktop.ui import amounts
from desktop.ui.desk import Desk
from desktop.ui.dialogs import Choice, Confirm, ask_name
from shared.names import fold


@dataclass(frozen=True)
class GroupActs:
    desk: Desk
    made: Callable[[str], None]
    """Told the name of a group that was created here."""

    def create(self) -> None:
        ask_name(self.desk.window, "New group", "Name", "Create group", self._create)

    def _create(self, group: str) -> None:
        async def create() -> None:
            self.made(await self.desk.engine.create_group(group))

        self.desk.do(create(), f"Group {amounts.name(group)} created", "create_group", group=group)

    def join(self) -> None:
        self.desk.runner.run(self.desk.engine.list_groups(), self._choose)

    def _choose(self, groups: list[GroupView]) -> None:
        others = sorted(
            (group for group in groups if group.mine == "none"), key=lambda group: fold(group.name)
        )
        if not others:
            self.desk.notices.tell("There is no other group to join yet")
            return
        rows = [
            (
                group.name,
                f"{amounts.name(group.name)}  ·  {amounts.name(group.owner)}"
                f"  ·  {amounts.counted(group.members, 'member', 'members')}",
            )
            for group in others
        ]
        text = "The owner of the group is asked to let you in."
        Choice(self.desk.window, "Join a group", text, rows, "Ask to join", self._join).open()

    def _join(self, group: str) -> None:
        said = f"Asked the owner of {amounts.name(group)} to let you in"
        self.desk.do(self.desk.engine.join_group(group), said, "join_group", group=group)

    def leave(self, group: GroupView) -> None:
        name = amounts.name(group.name)

        def said(new_owner: str | None) -> str:
            return f"Left {name}" + (f"; it belongs to {amounts.name(new_owner)} now" if new_owner else "")

        def leave() -> None:
            self.desk.do(self.desk.engine.leave_group(group.name), said, "leave_group", group=group.name)

        passes = "Ownership passes on to another member, if there is one. " if group.mine == "owner" else ""
        text = passes + "You stop sharing in it, and need to be let in again to come back."
        Confirm(self.desk.window, f"Leave {name}?", text, ("Leave", leave)).open()

    def withdraw(self, group: str) -> None:
        said = f"Request to join {amounts.name(group)} withdrawn"
        self.desk.do(self.desk.engine.withdraw_request(group), said, "withdraw_request", group=group)

    def accept(self, group: str, user: str) -> None:
        said = f"{amounts.name(user)} is now a member of {amounts.name(group)}"
        self.desk.do(
            self.desk.engine.accept_request(group, user), said, "accept_request", group=group, user=user
        )

    def reject(self, group: str, user: str) -> None:
        said = f"Request of {amounts.name(user)} rejected"
        self.desk.do(
            self.desk.engine.reject_request(group, user), said, "reject_request", group=group, user=user
        )

    def decide(self, group: str, user: str) -> None:
        Confirm(
            self.desk.window,
            f"Let {amounts.name(user)} into {amounts.name(group)}?",
            "Members see and fetch all files of the group, and may share their own.",
            ("Accept", lambda: self.accept(group, user)),
            ("Reject", lambda: self.reject(group, user)),
        ).open()

    def remove(self, group: str, user: str) -> None:
        name = amounts.name(user)

        def remove() -> None:
            self.desk.do(
                self.desk.engine.remove_member(group, user),
                f"{name} removed from {amounts.name(group)}",
                "remove_member",
                group=group,
                user=user,
            )

        text = "What was fetched already stays where it is; nothing new can be fetched."
        Confirm(
            self.desk.window, f"Remove {name} from {amounts.name(group)}?", text, ("Remove", remove)
        ).open()

    def transfer(self, group: str, user: str) -> None:
        name = amounts.name(user)

        def transfer() -> None:
            self.desk.do(
                self.desk.engine.transfer_group(group, user),
                f"{name} is now the owner of {amounts.name(group)}",
                "transfer_group",
                group=group,
                user=user,
            )

        text = "You stay a member. Only the new owner can give it back."
        title = f"Make {name} the owner of {amounts.name(group)}?"
        Confirm(self.desk.window, title, text, ("Make owner", transfer)).open()
