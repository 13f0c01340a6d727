"""Coming in by an invite link: what it says is shown, and nothing is dialled before somebody wants it."""

from collections.abc import Callable
from dataclasses import dataclass

from PySide6.QtCore import Signal
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QLineEdit, QWidget

from desktop.engine.engine import Engine
from desktop.engine.views import InviteLinkView, JoinedView
from desktop.ui import parts
from desktop.ui.amounts import isolated, name
from desktop.ui.desk import Desk, worded
from desktop.ui.dialogs import Dialog
from desktop.ui.groups.acts import GroupActs
from desktop.ui.words import joined, mark, tr, tr_n
from shared.errors import BadArgument
from shared.invite_link import SCHEME, is_link
from shared.limits import INVITE_LINK_CHARS_MAX

_ADDRESSES_NAMED_MAX = 2


class LinkField(QLineEdit):
    """Where a link is pasted; takes the one of the clipboard by itself."""

    def __init__(self) -> None:
        super().__init__()
        self.setObjectName("link")
        self.setAccessibleName(tr("Invite link"))
        self.setMaxLength(2 * INVITE_LINK_CHARS_MAX)
        self.setPlaceholderText(f"{SCHEME}//join/…")

    def take_from_clipboard(self) -> None:
        if link := link_in_clipboard():
            self.setText(link)


class LinkFacts(QWidget):
    """What the link says, or why it is of no use."""

    changed = Signal()

    def __init__(self, engine: Engine) -> None:
        super().__init__()
        self.view: InviteLinkView | None = None
        """Of a link that can be used."""
        self.text = ""
        self._engine = engine
        self._group = parts.label(name="linkGroup", bold=True, scale=1.25)
        self._group.setWordWrap(True)
        self._about = parts.label(name="linkAbout", kind="muted")
        self._error = parts.label(name="linkError", kind="bad")
        column = parts.column(self, spacing=6)
        for widget in (self._group, self._about, self._error):
            column.addWidget(widget)
        self.read("")

    def read(self, text: str) -> None:
        """Dials nothing."""
        self.text, self.view = text.strip(), None
        error, about = "", ""
        if self.text:
            try:
                view = self._engine.read_link(self.text)
            except BadArgument as refused:
                error = worded(refused)
            else:
                self._group.setText(name(view.group))
                about = "\n".join(_facts(view))
                if view.refused:
                    error = tr(
                        "The link names another key for a tracker than the one that is known here. Do not "
                        "use it; ask who sent it."
                    )
                else:
                    self.view = view
        self._group.setVisible(bool(about))
        self._about.setText(about)
        self._about.setVisible(bool(about))
        self._error.setText(error)
        self._error.setVisible(bool(error))
        self.changed.emit()


class JoinDialog(Dialog):
    """For whoever is logged in."""

    def __init__(self, desk: Desk, acts: GroupActs, link: str) -> None:
        """Without `link` it is to be pasted, or is in the clipboard."""
        self._desk, self._acts = desk, acts
        self.field = LinkField()
        self.facts = LinkFacts(desk.engine)
        head = parts.label(tr("You are invited") if link else tr("Join by an invite link"), bold=True)
        self._leaves = parts.label(name="linkLeaves")
        acts_ = [(mark("Join"), self._join)]
        title = tr("Join a group")
        super().__init__(desk.window, "joinLink", title, acts_, head, self.field, self.facts, self._leaves)
        self.field.setVisible(not link)
        self.field.textChanged.connect(self.facts.read)
        self.facts.changed.connect(self._check)
        if link:
            self.facts.read(link)
        else:
            self.field.take_from_clipboard()
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


def link_in_clipboard() -> str:
    text = QGuiApplication.clipboard().text()
    return text.strip() if len(text) <= 2 * INVITE_LINK_CHARS_MAX and is_link(text) else ""


def _facts(view: InviteLinkView) -> list[str]:
    return [_door(view), _network(view)]


def _door(view: InviteLinkView) -> str:
    if view.member:
        return tr("You are a member of it already.")
    if view.expired:
        return tr("The time of this invitation is over; ask for another one.")
    if view.preapproved:
        return tr("You are let in at once.")
    return tr("Its owner is asked to let you in.")


def _network(view: InviteLinkView) -> str:
    if view.network == "here":
        return tr("It is in the network that you use.")
    if view.network == "known":
        return tr("It is in another network, which this computer knows.")
    named = joined(isolated(one.address) for one in view.trackers[:_ADDRESSES_NAMED_MAX])
    return tr_n(
        "It is in a network that is new to this computer, with %n trackers: {addresses}",
        len(view.trackers),
        one="It is in a network that is new to this computer, with a tracker at {addresses}",
        addresses=named,
    )
