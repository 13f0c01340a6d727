"""Inviting people to a group: a link with its QR code, for whom and how long; and the links still open."""

from dataclasses import dataclass

from PySide6.QtCore import QDateTime, QLocale, Qt
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QDialog, QFrame, QLineEdit, QListWidget, QListWidgetItem, QWidget
from shiboken6 import isValid

from desktop.engine.views import GroupView, HostView, InviteView, OpenInviteView
from desktop.ui import amounts, parts
from desktop.ui.amounts import isolated, name
from desktop.ui.desk import Desk
from desktop.ui.invites.qr import QrCode
from desktop.ui.rows import ICON, PLACE, RowDelegate
from desktop.ui.words import mark, tr, tr_n

WIDTH_PX = 720
_LIST_PX = 110
_USES = (1, 10, 100)
_HOURS = {1: mark("1 hour"), 24: mark("1 day"), 7 * 24: mark("1 week"), 30 * 24: mark("30 days")}
_USES_AT_FIRST, _HOURS_AT_FIRST = 10, 7 * 24


class InviteDialog(QDialog):
    def __init__(self, desk: Desk, group: GroupView) -> None:
        super().__init__(desk.window)
        self.setObjectName("invite")
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.setWindowTitle(tr("Invite"))
        self._desk, self._group = desk, group.name
        self._owns = group.mine == "owner"
        head = parts.label(tr("Invite to {group}", group=name(group.name)), bold=True, scale=1.25)
        head.setWordWrap(True)
        self._link = QLineEdit(readOnly=True)
        self._link.setObjectName("inviteLink")
        self._link.setAccessibleName(tr("Invite link"))
        self._about = parts.label(name="inviteAbout", kind="muted")
        self._copy = parts.push_button("copyInvite", tr("Copy link"))
        self._copy.clicked.connect(self._copy_link)
        self._qr = QrCode()
        self._made: InviteView | None = None
        self._reach = QFrame()
        self._reach.setObjectName("inviteReach")
        self._result = QWidget()
        self._open = _OpenInvites(desk, group.name)
        self._lay_out(head)
        self._result.hide()
        if self._owns:
            self._open.refresh()
        else:
            self._make()

    def _lay_out(self, head: QWidget) -> None:
        column = parts.column(self, spacing=14, margins=(24, 20, 24, 18))
        column.addWidget(head)
        if self._owns:
            column.addWidget(parts.label(tr("Whoever opens the link"), kind="muted"))
            column.addWidget(self._choices())
        link = parts.column(spacing=10)
        line = parts.row(spacing=8)
        line.addWidget(self._link, stretch=1)
        line.addWidget(self._copy)
        link.addLayout(line)
        link.addWidget(self._about)
        link.addWidget(self._reach)
        self._lay_out_reach()
        link.addStretch()
        made = parts.row(self._result, spacing=20)
        made.addLayout(link, stretch=1)
        made.addWidget(self._qr)
        column.addWidget(self._result)
        column.addWidget(self._open)
        column.addStretch()
        close = parts.push_button("closeInvite", tr("Close"))
        close.setAutoDefault(False)
        close.clicked.connect(self.close)
        foot = parts.row()
        foot.addStretch()
        foot.addWidget(close)
        column.addLayout(foot)
        self.setMinimumWidth(WIDTH_PX)

    def _lay_out_reach(self) -> None:
        column = parts.column(self._reach, spacing=8, margins=(0, 8, 0, 0))
        text = tr("So far the link works on this computer only.")
        column.addWidget(parts.label(text))
        host = parts.push_button("hostOnNetwork", tr("Let other computers in"))
        host.setAutoDefault(False)
        host.clicked.connect(self._host)
        line = parts.row()
        line.addWidget(host)
        line.addStretch()
        column.addLayout(line)

    def _choices(self) -> QWidget:
        self._door = parts.combo_box("inviteDoor", tr("Who opens the link"))
        self._door.addItem(tr("is let in at once"), True)
        self._door.addItem(tr("asks me first"), False)
        self._uses = parts.combo_box("inviteUses", tr("For how many people"))
        for uses in _USES:
            self._uses.addItem(tr_n("%n people", uses, one="%n person"), uses)
        self._uses.setCurrentIndex(_USES.index(_USES_AT_FIRST))
        self._hours = parts.combo_box("inviteHours", tr("For how long"))
        for hours, text in _HOURS.items():
            self._hours.addItem(tr(text), hours)
        self._hours.setCurrentIndex([*_HOURS].index(_HOURS_AT_FIRST))
        self._make_button = parts.push_button("makeInvite", tr("Make link and copy it"), primary=True)
        self._make_button.clicked.connect(self._make)
        self._make_button.setDefault(True)
        box = QWidget()
        line = parts.row(box, spacing=8)
        for field in (self._door, self._uses, self._hours):
            field.currentIndexChanged.connect(self._choose)
            line.addWidget(field)
        line.addStretch()
        line.addWidget(self._make_button)
        return box

    def _choose(self) -> None:
        """A link that is shown is not what is chosen now."""
        is_open = bool(self._door.currentData())
        self._uses.setEnabled(is_open)
        self._hours.setEnabled(is_open)
        self._result.hide()

    def _make(self) -> None:
        uses = hours = None
        if self._owns and self._door.currentData():
            uses, hours = self._uses.currentData(), self._hours.currentData()
        making = self._desk.engine.invite(self._group, uses, hours)
        self._desk.run(making, self._show, "invite", group=self._group)

    def _host(self) -> None:
        """The link that nobody could use is of no use any more; another one is made."""

        async def host() -> HostView:
            view = await self._desk.engine.host_on_network(on=True)
            if self._made and self._made.id:
                await self._desk.engine.revoke_invite(self._group, self._made.id)
            return view

        def hosted(view: HostView) -> str:
            if isValid(self):
                self._make()
            return (
                "" if view.reachable else tr("Other computers may not come through: {why}", why=tr(view.why))
            )

        self._desk.run(host(), hosted, "host_on_network")

    def _show(self, made: InviteView) -> str:
        if not isValid(self):
            return ""  # closed meanwhile
        self._made = made
        self._reach.setVisible(made.reach == "computer")
        self._link.setText(made.link)
        self._link.setCursorPosition(0)
        self._qr.show_text(made.link)
        self._about.setText(_said(made))
        self._result.show()
        self._copy_link()
        self._copy.setFocus()
        if self._owns:
            self._open.refresh()
        return ""

    def _copy_link(self) -> None:
        QGuiApplication.clipboard().setText(self._link.text())
        self._copy.setText(tr("Copied"))


class _OpenInvites(QWidget):
    """Those that let people in at once, each to be revoked."""

    def __init__(self, desk: Desk, group: str) -> None:
        super().__init__()
        self._desk, self._group = desk, group
        self._list = QListWidget()
        self._list.setObjectName("openInvites")
        self._list.setAccessibleName(tr("Open invites"))
        self._list.setItemDelegate(RowDelegate(self._list))
        self._list.setFixedHeight(_LIST_PX)
        self._revoke = parts.push_button("revokeInvite", tr("Revoke invite"))
        self._revoke.setAutoDefault(False)
        self._revoke.clicked.connect(self._revoke_chosen)
        self._list.currentRowChanged.connect(lambda row: self._revoke.setEnabled(row >= 0))
        column = parts.column(self, spacing=8)
        head = parts.row()
        head.addWidget(parts.label(tr("Open invites"), bold=True), stretch=1)
        head.addWidget(self._revoke)
        column.addLayout(head)
        column.addWidget(self._list)
        self.hide()

    def refresh(self) -> None:
        self._desk.runner.run(self._desk.engine.list_invites(self._group), self._show)

    def _show(self, invites: list[OpenInviteView]) -> None:
        if not isValid(self):
            return
        self._list.clear()
        for invite in invites:
            item = QListWidgetItem(_counted(invite), self._list)
            item.setData(PLACE, invite.id)
            item.setData(ICON, ("join", "accent"))
        self._list.setCurrentRow(len(invites) - 1)
        self._revoke.setEnabled(bool(invites))
        self.setVisible(bool(invites))

    def _revoke_chosen(self) -> None:
        async def revoke(invite: str) -> None:
            await self._desk.engine.revoke_invite(self._group, invite)
            if isValid(self):
                self.refresh()

        invite = self._list.currentItem().data(PLACE)
        said = tr("Invite revoked: nobody comes in by it any more")
        self._desk.run(revoke(invite), said, "revoke_invite", group=self._group)


@dataclass(frozen=True)
class InviteActs:
    desk: Desk

    def invite(self, group: GroupView) -> None:
        InviteDialog(self.desk, group).open()


def _said(made: InviteView) -> str:
    if not made.uses:
        return tr("Whoever opens it asks to join; the owner of the group decides.")
    return tr_n(
        "Lets in %n people until {when} without asking you. Send it only to them.",
        made.uses,
        one="Lets in %n person until {when} without asking you. Send it only to them.",
        when=_moment(made.until),
    )


def _counted(invite: OpenInviteView) -> str:
    used = tr(
        "{used} of {uses} came in",
        used=amounts.number(invite.used),
        uses=amounts.number(invite.uses),
    )
    return f"{used}  ·  " + tr("until {when}", when=_moment(invite.until))


def _moment(at_s: int) -> str:
    then = QDateTime.fromSecsSinceEpoch(at_s)
    return isolated(QLocale().toString(then, QLocale.FormatType.ShortFormat))
