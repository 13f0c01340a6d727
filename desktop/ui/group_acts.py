"""What a person does to groups and their people: each act asks what it must, then runs a command."""

from collections.abc import Callable
from dataclasses import dataclass

from desktop.engine.views import GroupView
from desktop.ui.amounts import counted, name
from desktop.ui.desk import Desk
from desktop.ui.dialogs import Choice, Confirm, Form
from shared.names import fold


@dataclass(frozen=True)
class GroupActs:
    desk: Desk
    made: Callable[[str], None]
    """Told the name of a group that was created here."""

    def create(self) -> None:
        async def create(group: str) -> None:
            self.made(await self.desk.engine.create_group(group))

        def typed(text: str) -> None:
            group = text.strip()
            self.desk.run(create(group), f"Group {name(group)} created", "create_group", group=group)

        Form(self.desk.window, "New group", [("Name", False)], "Create group", typed).open()

    def join(self) -> None:
        self.desk.runner.run(self.desk.engine.list_groups(), self._choose)

    def _choose(self, groups: list[GroupView]) -> None:
        others = sorted((one for one in groups if one.mine == "none"), key=lambda one: fold(one.name))
        if not others:
            self.desk.notices.tell("There is no other group to join yet")
            return
        sizes = [counted(one.members, "member", "members") for one in others]
        rows = [
            (one.name, f"{name(one.name)}  ·  {name(one.owner)}  ·  {size}")
            for one, size in zip(others, sizes, strict=True)
        ]
        text = "The owner of the group is asked to let you in."
        Choice(self.desk.window, "Join a group", text, rows, "Ask to join", self._join).open()

    def _join(self, group: str) -> None:
        self.desk.do(
            self.desk.engine.join_group, f"Asked the owner of {name(group)} to let you in", group=group
        )

    def leave(self, group: GroupView) -> None:
        def said(new_owner: str | None) -> str:
            return f"Left {name(group.name)}" + (f"; {name(new_owner)} owns it now" if new_owner else "")

        def leave() -> None:
            self.desk.do(self.desk.engine.leave_group, said, group=group.name)

        passes = "Ownership passes on to another member, if there is one. " if group.mine == "owner" else ""
        text = passes + "You stop sharing in it, and need to be let in again to come back."
        Confirm(self.desk.window, f"Leave {name(group.name)}?", text, ("Leave", leave)).open()

    def withdraw(self, group: str) -> None:
        self.desk.do(
            self.desk.engine.withdraw_request, f"Request to join {name(group)} withdrawn", group=group
        )

    def accept(self, group: str, user: str) -> None:
        said = f"{name(user)} is now a member of {name(group)}"
        self.desk.do(self.desk.engine.accept_request, said, group=group, user=user)

    def reject(self, group: str, user: str) -> None:
        said = f"Request of {name(user)} rejected"
        self.desk.do(self.desk.engine.reject_request, said, group=group, user=user)

    def decide(self, group: str, user: str) -> None:
        Confirm(
            self.desk.window,
            f"Let {name(user)} into {name(group)}?",
            "Members see and fetch all files of the group, and may share their own.",
            ("Accept", lambda: self.accept(group, user)),
            ("Reject", lambda: self.reject(group, user)),
        ).open()

    def remove(self, group: str, user: str) -> None:
        said = f"{name(user)} removed from {name(group)}"
        Confirm(
            self.desk.window,
            f"Remove {name(user)} from {name(group)}?",
            "What was fetched already stays where it is; nothing new can be fetched.",
            ("Remove", lambda: self.desk.do(self.desk.engine.remove_member, said, group=group, user=user)),
        ).open()

    def transfer(self, group: str, user: str) -> None:
        def transfer() -> None:
            said = f"{name(user)} is now the owner of {name(group)}"
            self.desk.do(self.desk.engine.transfer_group, said, group=group, user=user)

        Confirm(
            self.desk.window,
            f"Make {name(user)} the owner of {name(group)}?",
            "You stay a member. Only the new owner can give it back.",
            ("Make owner", transfer),
        ).open()
