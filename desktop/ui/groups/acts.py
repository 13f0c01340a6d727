"""What a person does to groups and their people: each act asks what it must, then runs a command."""

from collections.abc import Callable
from dataclasses import dataclass

from desktop.engine.views import GroupView, MemberView
from desktop.ui.amounts import isolated, name
from desktop.ui.desk import Desk
from desktop.ui.dialogs import Choice, Confirm, Form
from desktop.ui.words import mark, tr, tr_n
from shared.names import fold


@dataclass(frozen=True)
class GroupActs:
    desk: Desk
    made: Callable[[str], None]
    """Told the name of a group that was created here."""

    def create(self) -> None:
        self._name_one(tr("New group"), "")

    def create_first(self) -> None:
        """Of somebody who is new: what comes next is a place to drop files on."""
        text = tr(
            "It can be a family, a class, a film crew. Then drop files on it, and send a link to the others."
        )
        self._name_one(tr("Name your first group"), text)

    def _name_one(self, title: str, text: str) -> None:
        async def create(group: str) -> None:
            self.made(await self.desk.engine.create_group(group))

        def typed(typed_name: str) -> None:
            group = typed_name.strip()
            self.desk.run(
                create(group), tr("Group {group} created", group=name(group)), "create_group", group=group
            )

        fields = [(mark("Name"), False)]
        Form(self.desk.window, title, fields, mark("Create group"), typed, text).open()

    def join(self) -> None:
        self.desk.runner.run(self.desk.engine.list_groups(), self._choose)

    def _choose(self, groups: list[GroupView]) -> None:
        others = sorted((one for one in groups if one.mine == "none"), key=lambda one: fold(one.name))
        if not others:
            self.desk.notices.tell(tr("There is no other group to join yet"))
            return
        sizes = [isolated(tr_n("%n members", one.members, one="%n member")) for one in others]
        rows = [
            (one.name, f"{name(one.name)}  ·  {name(one.owner)}  ·  {size}")
            for one, size in zip(others, sizes, strict=True)
        ]
        text = tr("The owner of the group is asked to let you in.")
        Choice(self.desk.window, tr("Join a group"), text, rows, mark("Ask to join"), self._join).open()

    def _join(self, group: str) -> None:
        said = tr("Asked the owner of {group} to let you in", group=name(group))
        self.desk.do(self.desk.engine.join_group, said, group=group)

    def leave(self, group: GroupView) -> None:
        def said(new_owner: str | None) -> str:
            if new_owner:
                return tr("Left {group}; {user} owns it now", group=name(group.name), user=name(new_owner))
            return tr("Left {group}", group=name(group.name))

        def leave() -> None:
            self.desk.do(self.desk.engine.leave_group, said, group=group.name)

        text = tr("You stop sharing in it, and need to be let in again to come back.")
        title = tr("Leave {group}?", group=name(group.name))

        def ask(members: list[MemberView]) -> None:
            heir = next((one.user for one in members if not one.owner), None)
            passes = text
            if heir:
                passes = tr("{user} will own it, as the longest in it.", user=name(heir)) + " " + text
            elif members:
                passes = tr("Nobody else is in it: the group ends when you leave.")
            Confirm(self.desk.window, title, passes, (mark("Leave"), leave)).grave().open()

        if group.mine == "owner":
            self.desk.runner.run(self.desk.engine.list_members(group.name), ask, lambda _: ask([]))
        else:
            ask([])

    def withdraw(self, group: str) -> None:
        said = tr("Request to join {group} withdrawn", group=name(group))
        self.desk.do(self.desk.engine.withdraw_request, said, group=group)

    def accept(self, group: str, user: str) -> None:
        said = tr("{user} is now a member of {group}", user=name(user), group=name(group))
        self.desk.do(self.desk.engine.accept_request, said, group=group, user=user)

    def reject(self, group: str, user: str) -> None:
        said = tr("Request of {user} rejected", user=name(user))
        self.desk.do(self.desk.engine.reject_request, said, group=group, user=user)

    def decide(self, group: str, user: str) -> None:
        Confirm(
            self.desk.window,
            tr("Let {user} into {group}?", user=name(user), group=name(group)),
            tr("Members see and download all files of the group, and may share their own."),
            (mark("Accept"), lambda: self.accept(group, user)),
            (mark("Reject"), lambda: self.reject(group, user)),
        ).open()

    def remove(self, group: str, user: str) -> None:
        said = tr("{user} removed from {group}", user=name(user), group=name(group))
        Confirm(
            self.desk.window,
            tr("Remove {user} from {group}?", user=name(user), group=name(group)),
            tr("They keep what they downloaded, and can download nothing more."),
            (
                mark("Remove"),
                lambda: self.desk.do(self.desk.engine.remove_member, said, group=group, user=user),
            ),
        ).grave().open()

    def hand_over(self, group: str, user: str) -> None:
        """To `user`, or to one who is chosen among the members."""

        def choose(members: list[MemberView]) -> None:
            rows = [(one.user, name(one.user)) for one in members if not one.owner]
            text = tr("Who shall own the group? You stay a member.")
            chosen = mark("Choose")
            title = tr("Hand over {group}", group=name(group))
            Choice(self.desk.window, title, text, rows, chosen, lambda one: self._transfer(group, one)).open()

        if user:
            self._transfer(group, user)
        else:
            self.desk.runner.run(self.desk.engine.list_members(group), choose)

    def _transfer(self, group: str, user: str) -> None:
        def transfer() -> None:
            said = tr("{user} is now the owner of {group}", user=name(user), group=name(group))
            self.desk.do(self.desk.engine.transfer_group, said, group=group, user=user)

        Confirm(
            self.desk.window,
            tr("Make {user} the owner of {group}?", user=name(user), group=name(group)),
            tr("You stay a member. Only the new owner can give it back."),
            (mark("Make owner"), transfer),
        ).open()
