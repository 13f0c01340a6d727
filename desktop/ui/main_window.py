"""The window: lays the panes out, and connects what a person does in them to the acts."""

from collections.abc import Callable
from pathlib import Path

from PySide6.QtCore import QEvent, QSize, Qt, QTimer
from PySide6.QtGui import QCloseEvent
from PySide6.QtWidgets import (
    QDialog,
    QMainWindow,
    QStackedWidget,
    QWidget,
)

from desktop.engine import events
from desktop.engine.engine import Engine
from desktop.engine.transfer_views import Weighed
from desktop.engine.views import StatusView
from desktop.settings import Kept
from desktop.ui import amounts, happenings, parts
from desktop.ui.account_button import AccountButton
from desktop.ui.bridge import Bridge
from desktop.ui.command_bar import CommandBar, CommandLine
from desktop.ui.desk import Desk, said_by_code
from desktop.ui.details.pane import DetailsPane
from desktop.ui.drops import Drops
from desktop.ui.empty_state import DropOverlay
from desktop.ui.files.acts import FileActs
from desktop.ui.files.pane import FilesPane
from desktop.ui.groups.activity import ActivityPane
from desktop.ui.groups.acts import GroupActs
from desktop.ui.groups.model import Place
from desktop.ui.groups.pane import GroupsPane
from desktop.ui.icons import icon_for
from desktop.ui.invites.joining import JoinActs
from desktop.ui.invites.link_queue import LinkQueue
from desktop.ui.limits import LimitActs
from desktop.ui.listings import Listings
from desktop.ui.lost_shares import LostShares
from desktop.ui.menu_acts import MenuActs
from desktop.ui.menus import Menus
from desktop.ui.messages import MessageActs, Messages
from desktop.ui.notices import Notices
from desktop.ui.preferences.dialog import Preferences
from desktop.ui.quitting import Quitting
from desktop.ui.runner import Runner, keep_what_is_shown
from desktop.ui.share_queue import ShareQueue
from desktop.ui.sharing import Sharing
from desktop.ui.status_line import StatusLine
from desktop.ui.trackers_panel import OfflineBar, TrackersPanel
from desktop.ui.transfers.acts import TransferActs
from desktop.ui.transfers.pane import TransfersPane
from desktop.ui.tray import Tray, TrayActs
from desktop.ui.unread import Unread
from desktop.ui.welcome.page import WelcomePage
from desktop.ui.words import tr
from desktop.ui.workspace import Workspace

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
        self._preferences: Preferences | None = None
        self.notices = Notices(self)
        self.desk = Desk(self, engine, runner, self.notices, kept)
        self.bridge = Bridge(engine.subscribe)
        quitting = Quitting(self.desk, closed)
        self.menus = Menus(self, kept, self.desk.change)
        self.groups = GroupsPane(self.menus)
        group = self._group_acts = GroupActs(self.desk, self.groups.choose)
        file = self._file_acts = FileActs(self.desk)
        transfer = TransferActs(self.desk, self.bridge.downloads_stale.emit)
        self._joining = JoinActs(self.desk, group, lambda: self.links.go_on(), self._log_in_for)
        self._limits = LimitActs(self.desk)
        self._lost_shares = LostShares(self.desk)
        self.sharing = Sharing(self.desk, shares or ShareQueue(runner, engine.upload_file))
        self.files = FilesPane(self.menus, self.sharing, self._members_of, engine.local_files)
        self.activity = ActivityPane(self.desk, self.bridge)
        self.transfers = TransfersPane(self.menus, self.desk)
        self.details = DetailsPane(self.desk, file.reveal, self.transfers.model.known.why)
        self.command = CommandBar(self.desk, commands, quitting.quit)
        self.welcome = WelcomePage(self.desk, group)
        self.login = self.welcome.login
        self.links = LinkQueue(self._show_link, self._shown_link)
        self.status = StatusLine(own_tracker=kept.now.tracker_info is None)
        in_tray = TrayActs(
            self.come_forward,
            self.groups.model.requests,
            transfer.pause_all,
            transfer.resume_all,
            quitting.quit,
        )
        self.tray = Tray(self.desk, in_tray, self.groups.model)
        self.messages = Messages(
            self.desk, MessageActs(self.tray.tell, group.accept, group.reject, file.reveal, transfer.retry)
        )
        self.offline = OfflineBar(self.desk)
        self.trackers = TrackersPanel(self.desk, self.menus.action("check_network").trigger)
        panes = (self.groups, self.files, self.activity, self.transfers, self.details)
        self.workspace = Workspace(*panes)
        self.beside = self.workspace.beside
        self._acts = MenuActs(
            self.desk, self.workspace, self.sharing, group, file, transfer, self._joining, self._limits
        )
        own = {"preferences": self.prefer, "quit": quitting.quit, "command": self.command.open}
        self.menus.connect_to(self._acts.slots() | own)
        self._unread = Unread(self, engine, self.groups)
        self._listings = Listings(self.desk, self.bridge, self.groups, self.files, self.transfers)
        self._lay_out()
        overlay = DropOverlay(self, self.workspace.right)
        drops = Drops(self.workspace, self.groups, overlay, self.sharing.share, self._weigh)
        drops.take(self.transfers, file)
        self._status_timer = QTimer(self, interval=_STATUS_MS, timerType=Qt.TimerType.PreciseTimer)
        self._connect()
        self._allow()

    def _connect(self) -> None:
        self.welcome.left.connect(self.links.go_on)
        self.status.trackers_wanted.connect(lambda: self.trackers.open_above(self.status))
        self.status.limits_wanted.connect(self._limits.change)
        self.files.dragged.connect(self._file_acts.dragged)
        self.files.shown.connect(self._file_acts.show)
        self.files.opened.connect(self._file_acts.open)
        for pane in (self.groups, self.files, self.transfers):
            pane.moved.connect(self._allow)
        self.transfers.moved.connect(self._show_details)
        self.details.closed.connect(self.beside.toggle)
        self.groups.moved.connect(self._look_at)
        self.groups.opened.connect(lambda place: self._group_acts.decide(place.group, place.user))
        self.groups.model.gone.connect(self.notices.settle)
        self.bridge.progressed.connect(self.details.progress)
        self.bridge.hashed.connect(self.sharing.show_progress)
        self.bridge.added.connect(self._unread.count)
        for hears in (self.messages, self.status, self._lost_shares):
            self.bridge.told.connect(hears.hear)
        self.bridge.told.connect(self._heard)
        self._status_timer.timeout.connect(self._ask_status)

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
        self.messages.stop()
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
        self._unread.look()
        if place and self._engine.user:
            self.groups.reveal(place)

    def open_link(self, link: str) -> None:
        """Somebody opened it outside of this window, which has started: shows what it says, and asks."""
        self.come_forward()
        self.links.open(link)

    def _show_link(self, link: str) -> None:
        (self._joining.by_link if self._engine.user else self.welcome.use_link)(link)

    def _log_in_for(self, link: str, *, new: bool, back: Callable[[], object]) -> None:
        self.welcome.use_link(link, new=new, back=back)

    def _shown_link(self) -> str | None:
        in_dialog = self._joining.shown_link
        return in_dialog if in_dialog is not None or self._engine.user else self.welcome.shown_link

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
        self._account = AccountButton(self.menus.of["Account"])
        self.menuBar().setCornerWidget(self._account)

    def _weigh(self, paths: list[Path], then: Callable[[Weighed], object]) -> None:
        self.desk.runner.run(self._engine.weigh(paths), then)

    def _members_of(self, group: str) -> int:
        known = self.groups.model.groups.get(group)
        return known.members if known else 0

    @property
    def preferences_page(self) -> int | None:
        """The one that is open."""
        is_open = self._preferences is not None and self._preferences.isVisible()
        return self._preferences.page if self._preferences and is_open else None

    def prefer(self, page: int | None = None) -> None:
        if self._preferences is None:
            self._preferences = Preferences(self.desk, self._limits.change)
        if page is not None:
            self._preferences.page = page
        self._preferences.show()
        self._preferences.raise_()

    def _look_at(self) -> None:
        """The files of the group on show, or what happened in it."""
        place = self.groups.place
        is_activity = place is not None and place.kind == "activity"
        self.workspace.show_activity(is_activity)
        self.activity.open(place.group if place and is_activity else None)
        self._unread.look()

    def _heard(self, event: events.Event) -> None:
        match event:
            case events.LoggedIn() | events.LoggedOut():
                self._settle()
            case events.LoginAgain():
                self._log_in_again(event.reason)
            case _:
                happenings.tell(event, self.notices, self._group_acts, self._file_acts.reveal)

    def _log_in_again(self, reason: str) -> None:
        """This device is nobody's at the trackers any more: the window is nobody's, too."""
        user, why = self._engine.user or "", said_by_code(reason)

        def ask(_: object) -> None:
            self.links.put_by()
            self.welcome.log_in_again(user, why[:1].upper() + why[1:])

        self.desk.runner.run(self._engine.logout(), ask, ask)

    def _show_details(self) -> None:
        chosen = self.transfers.selected
        self.details.show_subject(chosen[0] if len(chosen) == 1 else None)

    def _settle(self) -> None:
        """Shows who is logged in, or that nobody is."""
        user, types_commands = self._engine.user, self.focusWidget() is self.command.edit
        self._account.show_user(user)
        self.menuBar().setCornerWidget(self._account)  # anew, as its width is another
        was_in = self._pages.currentWidget() is not self.welcome
        self._pages.setCurrentWidget(self.workspace if user else self.welcome)
        if user:
            self.groups.view.setFocus()
            if not self.desk.settings.welcomed:
                self.desk.change(welcomed=True)
        elif was_in:
            self.links.put_by()
            self.welcome.begin()
            for dialog in self.findChildren(QDialog):
                if dialog.isModal():  # it is about what nobody may do any more
                    dialog.close()
        if types_commands:
            self.command.keep_keys()
        self.links.go_on()
        self._listings.refresh()
        self._allow()

    def _allow(self) -> None:
        self.menus.allow(self._acts.possible(started=self._status_timer.isActive()))
        group = self.groups.group if self._engine.user else None
        self.setWindowTitle(f"{amounts.name(group.name)} - Shoal" if group else "Shoal")

    def _ask_status(self) -> None:
        if self.isVisible() and not self.isMinimized():
            self.desk.runner.run(self._engine.status(), self._show_status, keep_what_is_shown)

    def _show_status(self, status: StatusView) -> None:
        for shows in (self.status, self.offline, self.trackers, self.transfers):
            shows.show_status(status)

    def changeEvent(self, event: QEvent) -> None:
        if event.type() == QEvent.Type.PaletteChange and hasattr(self, "status"):
            self.menus.redraw()
        if event.type() == QEvent.Type.ActivationChange and hasattr(self, "_unread"):
            self._unread.look()
        super().changeEvent(event)

    def closeEvent(self, event: QCloseEvent) -> None:
        """Never closes by itself: it is hidden, or app.py ends the engine, then the program."""
        event.ignore()
        self.tray.close_window()
