"""The window: lays the panes out, and connects what a person does in them to the acts."""

from collections.abc import Callable
from pathlib import Path

from PySide6.QtCore import QEvent, QSize, Qt, QTimer
from PySide6.QtGui import QCloseEvent
from PySide6.QtWidgets import (
    QDialog,
    QMainWindow,
    QStackedWidget,
    QToolButton,
    QWidget,
)

from desktop.engine import events
from desktop.engine.engine import Engine
from desktop.engine.transfer_views import Weighed
from desktop.engine.views import StatusView
from desktop.settings import Kept
from desktop.ui import amounts, happenings, parts
from desktop.ui.account_acts import AccountActs
from desktop.ui.bridge import Bridge
from desktop.ui.command_bar import CommandBar, CommandLine
from desktop.ui.desk import Desk, said_by_code
from desktop.ui.details.pane import DetailsPane
from desktop.ui.drops import Drops
from desktop.ui.empty_state import DropOverlay
from desktop.ui.files.acts import FileActs
from desktop.ui.files.drags import Chosen
from desktop.ui.files.pane import FilesPane
from desktop.ui.groups.activity import ActivityPane
from desktop.ui.groups.acts import GroupActs
from desktop.ui.groups.model import Place
from desktop.ui.groups.pane import GroupsPane
from desktop.ui.icons import icon_for
from desktop.ui.invites.dialog import InviteActs
from desktop.ui.invites.joining import JoinActs
from desktop.ui.invites.link_queue import LinkQueue
from desktop.ui.keys_help import KeysHelp
from desktop.ui.limits import LimitActs
from desktop.ui.listings import Listings
from desktop.ui.lost_shares import LostShares
from desktop.ui.menus import Menus
from desktop.ui.messages import MessageActs, Messages
from desktop.ui.network_check import CheckDialog
from desktop.ui.notices import Notices
from desktop.ui.preferences.dialog import Preferences
from desktop.ui.runner import Runner
from desktop.ui.share_queue import ShareQueue
from desktop.ui.sharing import Sharing
from desktop.ui.status_line import StatusLine
from desktop.ui.trackers_panel import OfflineBar, TrackersPanel
from desktop.ui.transfer_acts import TransferActs
from desktop.ui.transfers_pane import TransfersPane
from desktop.ui.tray import Tray, TrayActs
from desktop.ui.welcome.page import WelcomePage
from desktop.ui.words import tr
from desktop.ui.workspace import Workspace
from shared.errors import ShoalError

SIZE = QSize(1180, 720)
SIZE_MIN = QSize(760, 480)
_STATUS_MS = 1000


class MainWindow(QMainWindow):
    def __init__(
        self,
        engine: Engine,
        runner: Runner,
        kept: Kept,
        commands: CommandLine,
        closed: Callable[[], None],
        shares: ShareQueue | None = None,
    ) -> None:
        """`closed` is called when the person wants the program to end. `shares` goes on from window to
        window; without it this one has its own."""
        super().__init__()
        self.setObjectName("window")
        self.setWindowTitle("Shoal")
        self.setWindowIcon(icon_for(self, "shoal", "accent"))
        self.setMinimumSize(SIZE_MIN)
        self.resize(SIZE)
        self._engine = engine
        self._closed = closed
        self._preferences: Preferences | None = None
        self.notices = Notices(self)
        self.desk = Desk(self, engine, runner, self.notices, kept)
        self.bridge = Bridge(engine.subscribe)
        self.menus = Menus(self, self._slots(), kept, self.desk.change)
        self.groups = GroupsPane(self.menus)
        self._group_acts = GroupActs(self.desk, self.groups.choose)
        self._file_acts = FileActs(self.desk)
        self._transfer_acts = TransferActs(self.desk, self.bridge.downloads_stale.emit)
        self._join_acts = JoinActs(self.desk, self._group_acts, lambda: self.links.go_on())
        self._invite_acts = InviteActs(self.desk)
        self._limit_acts = LimitActs(self.desk)
        self._lost_shares = LostShares(self.desk)
        self.sharing = Sharing(self.desk, shares or ShareQueue(runner, engine.upload_file))
        self.files = FilesPane(self.menus, self.sharing, self._members_of, engine.local_files)
        self.activity = ActivityPane(self.desk, self.bridge)
        self.transfers = TransfersPane(self.menus, self.desk)
        self.details = DetailsPane(self.desk, self._file_acts.reveal, self.transfers.model.why)
        self.command = CommandBar(self.desk, commands, closed)
        self.welcome = WelcomePage(self.desk, self._group_acts)
        self.login = self.welcome.login
        self.links = LinkQueue(self._show_link, self._shown_link)
        self.welcome.left.connect(self.links.go_on)
        self.status = StatusLine(own_tracker=kept.now.tracker_info is None)
        acts = self._transfer_acts
        in_tray = TrayActs(
            self.come_forward, self.groups.model.requests, acts.pause_all, acts.resume_all, closed
        )
        self.tray = Tray(self.desk, in_tray, self.groups.model)
        group, file = self._group_acts, self._file_acts
        self._messages = Messages(
            self.desk, MessageActs(self.tray.tell, group.accept, group.reject, file.reveal, acts.retry)
        )
        self.offline = OfflineBar(self.desk)
        self.trackers = TrackersPanel(self.desk, self.menus.action("check_network").trigger)
        self.status.trackers_wanted.connect(lambda: self.trackers.open_above(self.status))
        panes = (self.groups, self.files, self.activity, self.transfers, self.details)
        self.workspace = Workspace(*panes)
        self.beside = self.workspace.beside
        self._lay_out()
        self._listings = Listings(self.desk, self.bridge, self.groups, self.files, self.transfers)
        overlay = DropOverlay(self, self.workspace.right)
        drops = Drops(self.workspace, self.groups, overlay, self.sharing.share, self._weigh)
        drops.take(self.transfers, self._file_acts)
        self.files.dragged.connect(self._file_acts.dragged)
        self.files.shown.connect(self._file_acts.reveal)
        for pane in (self.groups, self.files, self.transfers):
            pane.moved.connect(self._allow)
        self.transfers.moved.connect(self._show_details)
        self.details.closed.connect(self.beside.toggle)
        self.bridge.progressed.connect(self.details.progress)
        self.status.limits_wanted.connect(self.menus.action("limits").trigger)
        self.groups.moved.connect(self._look_at)
        self.groups.opened.connect(self._open_request)
        self.groups.model.gone.connect(self.notices.settle)
        self.bridge.added.connect(self._count_unread)
        self.bridge.told.connect(self._heard)
        self.bridge.hashed.connect(self.sharing.show_progress)
        self._status_timer = QTimer(self, interval=_STATUS_MS)
        self._status_timer.timeout.connect(self._ask_status)
        self._allow()

    def started(self) -> None:
        """The engine is under way: shows the account that it resumed, or asks for one."""
        self._status_timer.start()
        self._ask_status()
        self.tray.start()
        self._settle()

    def stop(self) -> None:
        """Before the engine stops: nothing is asked of it any more."""
        self.bridge.stop()
        self.links.take()
        self._status_timer.stop()
        self._listings.stop()
        self.transfers.stop()
        self.trackers.hide()
        for dialog in self.findChildren(QDialog):
            dialog.close()
        self.activity.stop()
        self.command.stop()
        self._messages.stop()
        self._lost_shares.stop()
        self.tray.stop()
        self.hide()

    def come_forward(self, place: Place | None = None) -> None:
        """Shows the window over the others, and `place` in it."""
        if self.isMinimized():
            self.showNormal()
        self.show()
        self.raise_()
        self.activateWindow()
        self._see()
        if place and self._engine.user:
            self.groups.reveal(place)

    def open_link(self, link: str) -> None:
        """Somebody opened it outside of this window, which has started: shows what it says, and asks."""
        self.come_forward()
        self.links.open(link)

    def _show_link(self, link: str) -> None:
        (self._join_acts.by_link if self._engine.user else self.welcome.use_link)(link)

    def _shown_link(self) -> str | None:
        return self._join_acts.shown_link if self._engine.user else self.welcome.shown_link

    def _lay_out(self) -> None:
        waiting = parts.label(tr("Starting…"), kind="muted", centred=True)
        self._pages = QStackedWidget()
        for page in (waiting, self.welcome, self.workspace):
            self._pages.addWidget(page)
        central = QWidget()
        column = parts.column(central)
        column.addWidget(self.offline)
        column.addWidget(self._pages, stretch=1)
        column.addWidget(self.command)
        column.addWidget(self.status)
        self.setCentralWidget(central)
        self._account = QToolButton()
        self._account.setObjectName("account")
        self._account.setPopupMode(QToolButton.ToolButtonPopupMode.InstantPopup)
        self._account.setProperty("kind", "plain")
        self._account.setToolButtonStyle(Qt.ToolButtonStyle.ToolButtonTextBesideIcon)
        self._account.setMenu(self.menus.of["Account"])
        self.menuBar().setCornerWidget(self._account)

    def _slots(self) -> dict[str, Callable[[], object]]:
        """Each act of the menus. Only those that are possible are ever triggered."""
        account_acts = AccountActs(self.desk)
        return {
            "new_group": lambda: self._group_acts.create(),
            "join_group": lambda: self._group_acts.join(),
            "join_link": lambda: self._join_acts.by_link(),
            "invite": self._invite,
            "accept": lambda: self._group_acts.accept(self._place.group, self._place.user),
            "reject": lambda: self._group_acts.reject(self._place.group, self._place.user),
            "remove_member": lambda: self._group_acts.remove(self._place.group, self._place.user),
            "transfer": lambda: self._group_acts.hand_over(self._place.group, self._place.user),
            "withdraw": lambda: self._group_acts.withdraw(self._place.group),
            "leave": self._leave,
            "limit_group": self._limit_group,
            "limits": lambda: self._limit_acts.change(),
            "share_files": lambda: self._choose(folder=False),
            "share_folder": lambda: self._choose(folder=True),
            "download": lambda: self._with_files(self._file_acts.download),
            "download_to": lambda: self._with_files(self._file_acts.download_to),
            "preview": lambda: self._with_files(self._file_acts.preview),
            "stop_sharing": lambda: self._with_files(self._file_acts.stop_sharing),
            "who_has": lambda: self._file_acts.who_has(self.files.chosen()[0]),
            "older": lambda: self._file_acts.older(self.files.chosen()[0]),
            "show_file": lambda: self.files.show_chosen(),
            "find": lambda: self.files.start_search(),
            "as_list": lambda: self.files.toggle_list(),
            "pause": lambda: self._transfer_acts.pause(self.transfers.chosen),
            "resume": lambda: self._transfer_acts.resume(self.transfers.chosen),
            "first": lambda: self._transfer_acts.order(self.transfers.chosen, "first"),
            "rarest": lambda: self._transfer_acts.order(self.transfers.chosen, "rarest"),
            "pause_all": lambda: self._transfer_acts.pause_all(),
            "resume_all": lambda: self._transfer_acts.resume_all(),
            "priority_high": lambda: self._transfer_acts.priority(self.transfers.chosen, "high"),
            "priority_normal": lambda: self._transfer_acts.priority(self.transfers.chosen, "normal"),
            "priority_low": lambda: self._transfer_acts.priority(self.transfers.chosen, "low"),
            "unshare": lambda: self._file_acts.stop_sharing(self.transfers.items_chosen),
            "cancel": lambda: self._transfer_acts.cancel(self.transfers.chosen),
            "reveal": lambda: self._file_acts.reveal(self.transfers.selected[0].path),
            "details": self._toggle_details,
            "verify": lambda: self._transfer_acts.verify(self.transfers.chosen),
            "change_password": account_acts.change_password,
            "devices": account_acts.devices,
            "log_out": account_acts.log_out,
            "delete_account": account_acts.delete,
            "check_network": lambda: CheckDialog(self.desk).open(),
            "preferences": lambda: self.prefer(),
            "quit": self._closed,
            "command": lambda: self.command.open(),
            "to_groups": lambda: self.groups.view.setFocus(),
            "to_files": lambda: self.workspace.upper_list.setFocus(),
            "to_transfers": lambda: self.transfers.view.setFocus(),
            "to_details": self._to_details,
            "keys": lambda: KeysHelp(self).open(),
        }

    def _with_files(self, act: Callable[[list[Chosen]], object]) -> None:
        self._file_acts.with_names(self.files, act)

    def _weigh(self, paths: list[Path], then: Callable[[Weighed], object]) -> None:
        self.desk.runner.run(self._engine.weigh(paths), then)

    def _members_of(self, group: str) -> int:
        known = self.groups.model.groups.get(group)
        return known.members if known else 0

    @property
    def _place(self) -> Place:
        place = self.groups.place
        assert place is not None, "an act on a group was possible without one"
        return place

    @property
    def preferences_page(self) -> int | None:
        """The one that is open."""
        is_open = self._preferences is not None and self._preferences.isVisible()
        return self._preferences.page if self._preferences and is_open else None

    def prefer(self, page: int | None = None) -> None:
        if self._preferences is None:
            self._preferences = Preferences(self.desk, self._limit_acts.change)
        if page is not None:
            self._preferences.page = page
        self._preferences.show()
        self._preferences.raise_()

    def _invite(self) -> None:
        if self.groups.group:
            self._invite_acts.invite(self.groups.group)

    def _look_at(self) -> None:
        """The files of the group on show, or what happened in it."""
        place = self.groups.place
        is_activity = place is not None and place.kind == "activity"
        self.workspace.show_activity(is_activity)
        self.activity.open(place.group if place and is_activity else None)
        self._see()

    @property
    def _looked_at(self) -> str | None:
        """The group whose files are on show, where somebody looks at the window."""
        place = self.groups.place
        return place.group if place and self.isVisible() and self.isActiveWindow() else None

    def _see(self) -> None:
        if group := self._looked_at:
            self.groups.model.came(group, 0)

    def _count_unread(self, added: dict[tuple[str, str], int]) -> None:
        """Files of others, in groups that are not looked at."""
        looked_at = self._looked_at
        for (group, user), count in added.items():
            if user != self._engine.user and group != looked_at:
                self.groups.model.came(group, count)

    def _leave(self) -> None:
        if self.groups.group:
            self._group_acts.leave(self.groups.group)

    def _limit_group(self) -> None:
        if self.groups.group:
            self._limit_acts.change_in(self.groups.group)

    def _choose(self, *, folder: bool) -> None:
        self._file_acts.choose(self._place.group, self.sharing.share, folder=folder)

    def _open_request(self, place: Place) -> None:
        self._group_acts.decide(place.group, place.user)

    def _heard(self, event: events.Event) -> None:
        self._messages.hear(event)
        match event:
            case events.LoggedIn() | events.LoggedOut():
                self._settle()
            case events.LoginAgain():
                self._log_in_again(event.reason)
            case events.NetworkChanged():
                self.status.use_network(own_tracker=event.tracker_info is None)
            case events.TrackerChanged():
                self.status.show_tracker(event)
            case events.ShareMoved() | events.ShareFound() | events.ShareWithdrawn():
                self._lost_shares.hear(event)
            case _:
                happenings.tell(event, self.notices, self._group_acts)

    def _log_in_again(self, reason: str) -> None:
        """This device is nobody's at the trackers any more: the window is nobody's, too."""
        user, why = self._engine.user or "", said_by_code(reason)

        def ask(_: object) -> None:
            self.links.put_by()
            self.welcome.log_in_again(user, why[:1].upper() + why[1:])

        self.desk.runner.run(self._engine.logout(), ask, ask)

    def _toggle_details(self) -> None:
        self.beside.toggle()
        (self.details.tabs if self.beside.is_open else self.transfers.view).setFocus()

    def _to_details(self) -> None:
        self.beside.set_open(True)
        self.details.tabs.setFocus()

    def _show_details(self) -> None:
        chosen = self.transfers.selected
        self.details.show_subject(chosen[0] if len(chosen) == 1 else None)

    def _settle(self) -> None:
        """Shows who is logged in, or that nobody is."""
        user = self._engine.user
        self._account.setVisible(user is not None)
        self._account.setIcon(icon_for(self, "account"))
        self._account.setText(" " + amounts.name(user or "").replace("&", "&&"))  # else it touches its icon
        self._account.setAccessibleName(tr("Account of {user}", user=amounts.name(user or "")))
        self.menuBar().setCornerWidget(self._account)  # anew, as its width is another
        was_in = self._pages.currentWidget() is not self.welcome
        self._pages.setCurrentWidget(self.workspace if user else self.welcome)
        if user:
            self.groups.view.setFocus()
            if not self.desk.settings.welcomed:
                self.desk.change(welcomed=True)
        elif was_in:
            self.welcome.begin()
        self.links.go_on()
        self._listings.refresh()
        self._allow()

    def _allow(self) -> None:
        acts = {"quit", "command", "keys"} | (
            {"limits", "preferences", "check_network"} if self._status_timer.isActive() else set()
        )
        user = self._engine.user
        if user:
            acts |= {"to_groups", "to_files", "to_transfers", "to_details"}
            acts |= {
                "new_group",
                "join_group",
                "join_link",
                "change_password",
                "devices",
                "log_out",
                "delete_account",
            }
            acts.add("details")
            acts |= self.groups.possible(user) | self.files.possible() | self.transfers.possible()
        self.menus.allow(acts)
        group = self.groups.group
        self.setWindowTitle(f"{amounts.name(group.name)} - Shoal" if user and group else "Shoal")

    def _ask_status(self) -> None:
        if self.isVisible() and not self.isMinimized():
            self.desk.runner.run(self._engine.status(), self._show_status, _no_status)

    def _show_status(self, status: StatusView) -> None:
        for shows in (self.status, self.offline, self.trackers):
            shows.show_status(status)

    def changeEvent(self, event: QEvent) -> None:
        if event.type() == QEvent.Type.PaletteChange and hasattr(self, "status"):
            self.menus.redraw()
            self._account.setIcon(icon_for(self, "account"))
        if event.type() == QEvent.Type.ActivationChange and hasattr(self, "groups"):
            self._see()
        super().changeEvent(event)

    def closeEvent(self, event: QCloseEvent) -> None:
        """Never closes by itself: it is hidden, or app.py ends the engine, then the program."""
        event.ignore()
        self.tray.close_window()


def _no_status(_: ShoalError) -> None:
    """The line keeps what it says; the next second asks again."""
