"""The transfers under the files, by what becomes of them, and what may be done to those that are selected."""

from PySide6.QtCore import QElapsedTimer, QModelIndex, QPoint, QTimer, Signal
from PySide6.QtGui import QHideEvent, QShowEvent
from PySide6.QtWidgets import QFrame, QHeaderView, QTabBar

from desktop.engine.transfer_views import DownloadFile, LastSeen, SharedItem
from desktop.engine.views import PRIORITIES, DownloadView, StatusView
from desktop.ui import amounts, parts
from desktop.ui.desk import Desk
from desktop.ui.empty_state import EmptyState
from desktop.ui.menus import Menus
from desktop.ui.runner import Asked, keep_what_is_shown
from desktop.ui.tracker_rows import none_answers
from desktop.ui.transfers.known import key_of
from desktop.ui.transfers.model import TransfersModel
from desktop.ui.transfers.rows import FILTERS, STATUS, stands_still, stopped, untold, waits
from desktop.ui.transfers.view import TransfersView
from desktop.ui.words import mark, tr
from shared.errors import ShoalError

_MENU = (
    "pause", "resume", "", "priority_high", "priority_normal", "priority_low", "", "first", "rarest", "",
    "verify", "reveal", "details", "", "unshare", "cancel",
)  # fmt: skip
_NARROW = {1: 860, 4: 740, 5: 640, 6: 660}
_LOOK_MS = 1000
_WHY_MS = 20_000
_WHY_MAX = 8
"""Downloads for which it is asked in one look, for whom they wait."""
_TABS = {
    "all": mark("All"),
    "active": mark("Active"),
    "done": mark("Done"),
    "sharing": mark("Sharing"),
    "failed": mark("Failed"),
}
_EMPTY = {
    "all": (mark("Nothing downloaded yet"), mark("Double-click a file to download it.")),
    "active": (mark("Nothing under way"), mark("Double-click a file to download it.")),
    "done": (mark("Nothing is complete yet"), ""),
    "sharing": (mark("You share nothing yet"), mark("Drop files on a group to share them.")),
    "failed": (mark("Nothing has failed"), ""),
}


class TransfersPane(QFrame):
    moved = Signal()

    def __init__(self, menus: Menus, desk: Desk) -> None:
        super().__init__()
        self.setObjectName("transfersPane")
        self._menus, self._desk = menus, desk
        self.model = TransfersModel(self._files_of)
        self.view = TransfersView(self.model)
        self.view.set_columns([12, 17, 22, 10, 10, 8], _NARROW)
        self.view.header().setSectionResizeMode(STATUS, QHeaderView.ResizeMode.Stretch)
        self.view.customContextMenuRequested.connect(self._menu)
        self.view.activated.connect(self._activate)
        self.view.deleted.connect(self._delete)
        self.view.selectionModel().selectionChanged.connect(self.moved)
        self._empty = EmptyState(self.view, "download", "transfersEmpty")
        self.tabs = QTabBar()
        self.tabs.setObjectName("transferTabs")
        self.tabs.setAccessibleName(tr("Which transfers are listed"))
        self.tabs.setDrawBase(False)
        self.tabs.setExpanding(False)
        for _ in FILTERS:
            self.tabs.addTab("")
        self.tabs.currentChanged.connect(self._filter)
        head = parts.row(spacing=4, margins=(8, 4, 12, 2))
        head.addWidget(self.tabs, stretch=1)
        for name in ("pause", "resume", "cancel", "details"):
            head.addWidget(menus.button(name, plain=True))
        column = parts.column(self)
        column.addLayout(head)
        rows = parts.row(margins=(12, 0, 0, 0))
        rows.addWidget(self.view)
        column.addLayout(rows)
        self._clock = QElapsedTimer()
        self._clock.start()
        self._asked_why: dict[int, int] = {}
        self._is_offline = False
        self._timer = QTimer(self, interval=_LOOK_MS)
        self._timer.timeout.connect(self._look)
        self.items = Asked(desk.runner, self._ask_items)
        """What is shared from here."""
        self._filter(0)

    def show_downloads(self, views: list[DownloadView]) -> None:
        self.model.show(views)
        self._settle()
        self.moved.emit()

    def show_status(self, status: StatusView) -> None:
        self._is_offline = status.offline is not None
        self.model.show_untold(untold(status.offline) if none_answers(status) else "")

    def stop(self) -> None:
        """For good."""
        self._timer.stop()
        self.items.stop()

    # --- what is selected ------------------------------------------------------------------------

    @property
    def selected(self) -> list[DownloadView | SharedItem]:
        """A file that is selected stands for its download."""
        views = [self.model.view(index) for index in self.view.rows_chosen()]
        return list({key_of(view): view for view in views}.values())

    @property
    def chosen(self) -> list[DownloadView]:
        return [view for view in self.selected if isinstance(view, DownloadView)]

    @property
    def items_chosen(self) -> list[SharedItem]:
        """Of what is shared."""
        return [view for view in self.selected if isinstance(view, SharedItem)]

    def possible(self) -> set[str]:
        chosen = self.chosen
        acts = ({"cancel"} if chosen else set()) | ({"unshare"} if self.items_chosen else set())
        if any(view.state == "D" for view in chosen):
            acts.add("pause")
        if any(view.state in "PF" for view in chosen):
            acts.add("resume")
        acts |= {"rarest" if view.order == "first" else "first" for view in chosen if view.state in "DP"}
        now = {view.priority for view in chosen if view.state in "DP"}
        acts |= {f"priority_{name}" for name in PRIORITIES if now - {name}}
        if any(view.state == "C" for view in chosen):
            acts.add("verify")
        if len(self.selected) == 1:
            acts.add("reveal")
        states = {view.state for view in self.model.views}
        return acts | {act for act, state in (("pause_all", "D"), ("resume_all", "P")) if state in states}

    def _menu(self, at: QPoint) -> None:
        if self.view.indexAt(at).isValid():
            self._menus.popup(_MENU, self.view.viewport().mapToGlobal(at))

    def _activate(self, index: QModelIndex) -> None:
        view = self.model.view(index)
        if isinstance(view, SharedItem):
            act = "details"
        else:
            act = {"D": "pause", "P": "resume", "F": "resume", "C": "reveal"}[view.state]
        self._menus.action(act).trigger()

    def _delete(self) -> None:
        self._menus.action("unshare" if self.items_chosen else "cancel").trigger()

    # --- what is listed --------------------------------------------------------------------------

    def _filter(self, at: int) -> None:
        name = FILTERS[at]
        self.model.show_only(name)
        title, text = _EMPTY[name]
        self._empty.say(tr(title), tr(text) if text else "")
        self._settle()
        self._look()
        self.moved.emit()

    def _settle(self) -> None:
        """Counts, and the header only where there is something below it."""
        self.view.setHeaderHidden(self.model.rowCount() == 0)
        for at, name in enumerate(FILTERS):
            said, count = tr(_TABS[name]), self.model.known.count(name)
            text = f"{said} {amounts.number(count)}" if count and name != "all" else said
            if text != self.tabs.tabText(at):
                self.tabs.setTabText(at, text)

    def _files_of(self, id_: int, count_max: int) -> list[DownloadFile]:
        try:
            return self._desk.engine.download_files(id_, count_max)
        except ShoalError:  # it was cancelled, and its row is about to go
            return []

    def _ask_items(self) -> None:
        if self._desk.engine.user is None:
            self._show_items([])
        else:
            self.items.run(self._desk.engine.shared_items(), self._show_items, keep_what_is_shown)

    def _show_items(self, items: list[SharedItem]) -> None:
        self.model.show_items(items)
        self._settle()
        self.moved.emit()

    # --- what changes by itself ------------------------------------------------------------------

    def _look(self) -> None:
        """Once a second, and only while it is seen."""
        if self._desk.engine.user is None or not self.isVisible() or self.window().isMinimized():
            return
        self.model.show_taken(self._desk.engine.taken())
        for view in self.model.views:
            if view.name.endswith("/") and self.view.isExpanded(self.model.index_of(view.id)):
                self.model.refresh_files(view.id)
        groups = {view.group for view in self.model.views}
        self.model.show_stopped(stopped(self._desk.engine.limits(), groups))
        self._ask_why()

    def _ask_why(self) -> None:
        """For whom those wait that stand still: a tracker knows when it saw them, if there is one."""
        if self._is_offline:
            return
        now = self._clock.elapsed()
        still = [view.id for view in self.model.views if stands_still(view)]
        self._asked_why = {id_: at for id_, at in self._asked_why.items() if id_ in still}
        due = [id_ for id_ in still if now - self._asked_why.get(id_, -_WHY_MS) >= _WHY_MS]
        for id_ in due[:_WHY_MAX]:
            self._asked_why[id_] = now
            self._desk.runner.run(
                self._desk.engine.waited_for(id_),
                lambda seen, id_=id_: self._show_why(id_, seen),  # type: ignore[misc]
                keep_what_is_shown,
            )

    def _show_why(self, id_: int, seen: list[LastSeen]) -> None:
        self.model.show_why(id_, waits(seen))

    def showEvent(self, event: QShowEvent) -> None:
        super().showEvent(event)
        self._timer.start()

    def hideEvent(self, event: QHideEvent) -> None:
        self._timer.stop()
        super().hideEvent(event)
