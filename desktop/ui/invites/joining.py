"""Coming in by an invite link: what it says is shown, and nothing is dialled before somebody wants it."""

from collections.abc import Callable
from dataclasses import dataclass

from desktop.engine.views import JoinedView
from desktop.ui import parts
from desktop.ui.amounts import name
from desktop.ui.desk import Desk
from desktop.ui.dialogs import Dialog
from desktop.ui.groups.acts import GroupActs
from desktop.ui.invites.link_entry import LinkDrops, LinkEntry, LinkFacts, clipboard, link_text
from desktop.ui.words import mark, tr


class JoinDialog(Dialog):
    """For whoever is logged in."""

    def __init__(self, desk: Desk, acts: GroupActs, link: str) -> None:
        """Without `link` it is to be pasted, or is in the clipboard."""
        self._desk, self._acts = desk, acts
        entry = None if link else LinkEntry(desk)
        self.facts = entry.facts if entry else LinkFacts(desk.engine)
        head = parts.head(tr("You are invited") if link else tr("Join by an invite link"))
        self._leaves = parts.label(name="linkLeaves")
        body = (head, entry or self.facts, self._leaves)
        super().__init__(desk.window, "joinLink", tr("Join a group"), [(mark("Join"), self._join)], *body)
        self.facts.changed.connect(self._check)
        if entry:
            LinkDrops(self, entry.take)
            entry.put(link_text(clipboard()))
        else:
            self.facts.read(link)
        self._check()

    def _check(self) -> None:
        view = self.facts.view
        self.allow(view is not None)
        leaves = view is not None and view.network != "here"
        self._leaves.setText(
            tr("You leave the network that you use now; you can come back to it.") if leaves else ""
        )
        self._leaves.setVisible(leaves)
        self.adjustSize()

    def _join(self) -> None:
        join(self._desk, self._acts, self.facts.text)


def join(desk: Desk, acts: GroupActs, link: str) -> None:
    def joined(view: JoinedView) -> str:
        acts.made(view.group)
        said = {
            "joined": tr("You are now a member of {group}", group=name(view.group)),
            "asked": tr("Asked the owner of {group} to let you in", group=name(view.group)),
        }
        return said.get(view.state, "")

    desk.run(desk.engine.join_link(link), joined, "join_link")


@dataclass(frozen=True)
class JoinActs:
    desk: Desk
    groups: GroupActs
    left: Callable[[], object]
    """Called when a link is shown no more."""

    @property
    def shown_link(self) -> str | None:
        """In a dialog; empty where none was pasted yet."""
        dialogs = self.desk.window.findChildren(JoinDialog)
        return next((one.facts.text for one in dialogs if one.isVisible()), None)

    def by_link(self, link: str = "") -> None:
        dialog = JoinDialog(self.desk, self.groups, link)
        dialog.finished.connect(lambda _: self.left())
        dialog.open()
