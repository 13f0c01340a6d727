"""Coming in by an invite link: what it says is shown, and nothing is dialled before somebody wants it."""

from collections.abc import Callable
from dataclasses import dataclass
from functools import partial
from pathlib import Path
from typing import Protocol

from desktop.engine.views import JoinedView
from desktop.ui import parts
from desktop.ui.amounts import name
from desktop.ui.desk import Desk
from desktop.ui.dialogs import Dialog
from desktop.ui.groups.acts import GroupActs
from desktop.ui.invites.link_entry import LinkDrops, LinkEntry, LinkFacts, clipboard, link_text
from desktop.ui.words import mark, tr


class LogIn(Protocol):
    def __call__(self, link: str, *, new: bool, back: Callable[[], object]) -> object:
        """It is used at the next login. `new`: nobody has an account there, as far as is known. `back` goes
        to the network that was left for it."""


class JoinDialog(Dialog):
    """For whoever is logged in."""

    def __init__(self, desk: Desk, acts: GroupActs, link: str, log_in: LogIn) -> None:
        """Without a `link` that can be used it is to be pasted, or is in the clipboard."""
        self._desk, self._acts, self._log_in = desk, acts, log_in
        self.facts = LinkFacts(desk.engine)
        self.facts.read(link)
        entry = None if self.facts.view else LinkEntry(desk)
        self.facts = entry.facts if entry else self.facts
        head = parts.head(tr("Join by an invite link") if entry else tr("You are invited"))
        self._leaves = parts.label(name="linkLeaves")
        body = (head, entry or self.facts, self._leaves)
        super().__init__(desk.window, "joinLink", tr("Join a group"), [(mark("Join"), self._join)], *body)
        self.facts.changed.connect(self._check)
        if entry:
            LinkDrops(self, entry.take)
            entry.put(link or link_text(clipboard()))
        self._check()

    def _check(self) -> None:
        view = self.facts.view
        self.allow(view is not None, mark("Show group") if view and view.member else mark("Join"))
        leaves = view is not None and view.network != "here"
        self._leaves.setText(
            tr("You leave the network that you use now; you can come back to it.") if leaves else ""
        )
        self._leaves.setVisible(leaves)
        self.adjustSize()

    def _join(self) -> None:
        view, link = self.facts.view, self.facts.text
        if view and view.member:
            self._acts.made(view.group)
        else:
            joined = partial(self._joined, link, self._desk.settings.tracker_info)
            self._desk.run(self._desk.engine.join_link(link), joined, "join_link")

    def _joined(self, link: str, before: Path | None, view: JoinedView) -> str:
        if view.state == "login":
            desk = self._desk
            back = partial(desk.do, desk.engine.use_network, "", before)
            self._log_in(link, new=view.network == "new", back=back)
            return ""
        self._acts.made(view.group)
        if view.state == "asked":
            return tr("Asked the owner of {group} to let you in", group=name(view.group))
        return tr("You are now a member of {group}", group=name(view.group))


@dataclass(frozen=True)
class JoinActs:
    desk: Desk
    groups: GroupActs
    left: Callable[[], object]
    """Called when a link is shown no more."""
    log_in: LogIn

    @property
    def shown_link(self) -> str | None:
        """In a dialog; empty where none was pasted yet."""
        dialogs = self.desk.window.findChildren(JoinDialog)
        return next((one.facts.text for one in dialogs if one.isVisible()), None)

    def by_link(self, link: str = "") -> None:
        dialog = JoinDialog(self.desk, self.groups, link, self.log_in)
        dialog.finished.connect(lambda _: self.left())
        dialog.open()
